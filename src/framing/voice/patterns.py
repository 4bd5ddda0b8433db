"""Patterns in which the words beside a cue plainly name its source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.type_table import BRACKET, COLON, COMMA, DASH, QUOTE, STOP
from framing.voice.context import CUE_KINDS, Context, Ints, within

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
    word, last = tokens.word, context.last
    pauses = (context.bits & _PAUSES) > 0
    pauses[tokens.sentence_bounds[:-1]] = True
    pause_places = np.append(np.flatnonzero(pauses), n)

    def until(places: Ints) -> Ints:
        """Return the next word before which there is a pause."""
        return pause_places[np.searchsorted(pause_places, places, side="right")]

    to = np.flatnonzero(types.among(_TO)[word])
    to = to[(to > 0) & types.among(_ACCORDING)[word[to - 1]] & (to < last[to])]
    to = to[until(to) - to <= _LONGEST]
    tag = np.flatnonzero((context.kind == _NEUTRAL) & pauses & ~context.quoted)
    tag = tag[(tag > context.first[tag]) & (tag < last[tag])]
    tag = tag[content[tag - 1] & (types.among(_OPENS_NAME)[word[tag + 1]] | (context.capital[tag + 1] > 0))]
    clauses = np.flatnonzero(types.among(_CLAUSE)[word])
    end = until(tag)
    tag = tag[(end - tag <= _LONGEST_TAG + 1) & (np.searchsorted(clauses, end) == np.searchsorted(clauses, tag))]
    begin = np.append(to, tag)
    found = np.zeros(n, bool)
    found[within(begin + 1, until(begin) - begin - 1)] = True
    # "..., the foreign ministry said": from the pause to the cue
    cue = np.flatnonzero((context.kind == _NEUTRAL) & ~pauses & ~context.quoted)
    opens = pause_places[np.searchsorted(pause_places, cue, side="right") - 1]
    named = (opens > context.first[cue]) & (cue - opens <= _LONGEST_TAG)
    named &= content[opens - 1] & (types.among(_OPENS_NAME)[word[opens]] | (context.capital[opens] > 0))
    named &= np.searchsorted(clauses, cue) == np.searchsorted(clauses, opens)
    found[within(opens[named], cue[named] - opens[named])] = True
    return np.flatnonzero(found)
