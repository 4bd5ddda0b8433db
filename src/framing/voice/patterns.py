"""Two patterns in which the words after a cue plainly name its source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.type_table import BRACKET, COLON, COMMA, DASH, QUOTE, STOP
from framing.voice.context import CUE_KINDS, Context, Ints

_PAUSES = COMMA | COLON | DASH | BRACKET | QUOTE | STOP
_LONGEST = 12
_LONGEST_TAG = 6
_NEUTRAL = CUE_KINDS.index("neutral") + 1
_ACCORDING, _TO = frozenset({"according"}), frozenset({"to"})
_OPENS_NAME = frozenset("the a an one another his her their its our two three some several".split())
# Words that show that a clause follows, not a name.
_CLAUSE = frozenset(
    """that is are was were has have had will would can could may might must should do does did be been not it there he
    she they we i""".split()
)


def plain_sources(context: Context, content: NDArray[np.bool_]) -> Ints:
    """Return the words that name a source.

    Parameters
    ----------
    context
        The words.
    content
        Whether each word is content by the model, shape (n_words,).
    """
    tokens, types = context.tokens, context.tokens.types
    n = len(content)
    if not n:
        return np.zeros(0, np.int64)
    word = tokens.word
    row = np.arange(n, dtype=np.int32)
    pause = (context.bits & _PAUSES) > 0
    pause |= row == context.first
    breaks = np.append(np.where(pause, row, n), n)
    until = np.minimum.accumulate(breaks[::-1])[::-1][1:]  # the next word before which there is a pause
    goes_on = row < context.last
    to = np.flatnonzero(types.among(_TO)[word] & np.append(False, types.among(_ACCORDING)[word[:-1]]) & goes_on)
    to = to[until[to] - to <= _LONGEST]
    opens = types.among(_OPENS_NAME)[word] | (context.capital > 0)
    after = np.minimum(row + 1, n - 1)
    tag = np.flatnonzero(
        (context.kind == _NEUTRAL) & pause & goes_on & np.append(False, content[:-1]) & opens[after] & ~context.quoted
        & (row != context.first)
    )  # fmt: skip
    clauses = np.append(0, np.cumsum(types.among(_CLAUSE)[word]))
    tag = tag[(until[tag] - tag <= _LONGEST_TAG + 1) & (clauses[until[tag]] == clauses[tag])]
    edges = np.zeros(n + 1, np.int64)
    for begin in (to, tag):
        np.add.at(edges, begin + 1, 1)
        np.add.at(edges, until[begin], -1)
    return np.flatnonzero(np.cumsum(edges[:-1]) > 0)
