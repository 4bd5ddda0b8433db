"""Who speaks each word: quoted, paraphrased, or the author's own words.

Quotation marks win. Outside them a small linear model (`framing.voice.model`) finds indirect speech and
thought: it reads the words and punctuation round every word that may be a cue, then decides segment
by segment, in the order of the text, what is attributed. What it does not claim is the author's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.voice.model import ATTRIBUTED_AT, attributed_chance
from framing.voice.quotes import quoted_spans, quoted_words

__all__ = [
    "AUTHOR", "PARAPHRASED", "QUOTED", "VOICES", "attributed_chance", "majority", "quoted_spans", "quoted_words",
    "voices",
]  # fmt: skip

VOICES = ("author", "quoted", "paraphrased")
"""The voices; arrays of voices hold positions in this tuple."""

AUTHOR, QUOTED, PARAPHRASED = range(3)


def voices(tokens: Tokens) -> NDArray[np.int8]:
    """Return the voice of each word, as positions in `VOICES`, shape (n_words,).

    The result is worked out once for some tokens and kept.
    """
    return tokens.once(_voices)


def _voices(tokens: Tokens) -> NDArray[np.int8]:
    voice = np.zeros(len(tokens.word), np.int8)
    if len(voice):
        voice[attributed_chance(tokens) > ATTRIBUTED_AT] = PARAPHRASED
        voice[tokens.once(quoted_words)] = QUOTED
    return voice


def majority(voice: NDArray[np.int8], bounds: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the voice of most words between successive bounds; of equals, the first in `VOICES` loses."""
    counts = np.stack([np.concatenate([[0], np.cumsum(voice == v)]) for v in range(len(VOICES))])
    inside = counts[:, bounds[1:]] - counts[:, bounds[:-1]]
    return (len(VOICES) - 1 - np.argmax(inside[::-1], axis=0)).astype(np.int8)
