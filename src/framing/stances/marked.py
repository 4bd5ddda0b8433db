"""The rules on marked targets: one value a row, for labelled sets and for features of the trained model."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.codebook import Codebook, Target, load_codebook
from framing.stances.cues import CueList
from framing.stances.labelled import Labelled
from framing.stances.polarity import judge
from framing.stances.text import clauses
from framing.stances.tone import TONE, widen


class Reading(NamedTuple):
    """What the rules say of each row: the sign of the sum of its clauses, and the value of the wider reading."""

    polarity: NDArray[np.int64]
    tone: NDArray[np.float64]


def read(marked: Labelled, reach: str = "sentence", codebook: str | Codebook | None = None) -> Reading:
    """Apply the rules of stance toward an actor to marked targets.

    Parameters
    ----------
    marked
        The targets.
    reach
        ``"clause"``: what is done or said to the target in its clause; ``"sentence"``: where that is silent, the
        tone of the sentence as well.
    codebook
        The codebook whose cues count.
    """
    tokens, text = marked.tokens, clauses(marked.tokens)
    everywhere = np.ones(len(tokens.word), bool)
    cues = CueList(load_codebook(codebook)).find(tokens, text.number, everywhere)
    units = judge(tokens, text, Target("marked", "marked target"), marked.mentions, cues)
    value = widen(tokens, text, marked.mentions, units)
    if reach == "clause":
        units.polarity[units.rule == TONE] = 0
    row = text.article_of[units.clause]
    n = len(marked.label)
    return Reading(
        np.sign(np.bincount(row, units.polarity, n)).astype(np.int64), np.bincount(row, value, n).astype(float)
    )
