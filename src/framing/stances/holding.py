"""Who holds a stance: the author of a text, or the source to whom the words are attributed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.voice import AUTHOR, voices
from framing.voice.content import innermost
from framing.voice.holders import AUTHOR_HOLDER, Holder, holders
from framing.voice.sources import attributions

THE_AUTHOR = Holder("author", "author")
"""The author of a text; "I" and "we" outside quotation marks are the author, too."""
UNNAMED = Holder("not named", "not named")
"""The holder of attributed words whose source the text does not name, as far as found."""


def holder_of(tokens: Tokens, place: NDArray[np.int64]) -> list[Holder]:
    """Return whose words stand at some places.

    The author's own are the author's; attributed ones belong to the shortest attribution that holds them.
    """
    rows = attributions(tokens)
    who = holders(tokens)
    owner = innermost(rows, len(tokens.word))[place]
    found = []
    for voice, number in zip(voices(tokens)[place].tolist(), owner.tolist(), strict=True):
        holder = who[number] if number >= 0 else None
        if voice == AUTHOR or holder == AUTHOR_HOLDER:
            found.append(THE_AUTHOR)
        else:
            found.append(UNNAMED if holder is None else holder)
    return found
