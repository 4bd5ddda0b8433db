"""Subjects that sentences open with: whom "she said" may stand for, though they have not spoken before."""

from __future__ import annotations

import numpy as np

from framing.names import begins_with_capital
from framing.tokens import Tokens
from framing.voice.context import Ints, cue_kinds
from framing.voice.heads import BREAK, CUT
from framing.voice.holder_words import GROUPS, INSTITUTIONS, ROLES

_DETERMINERS = frozenset("the a an his her its their our some many several two three".split())
_NO_NAME = _DETERMINERS | frozenset(
    """in on at for from with by to of as if when while after before since until because though although but and or so
    this that these those it he she they we i you there here what who how why where most all no not both each every
    any such other another more less last next new old""".split()
)
_NOUNS = GROUPS | INSTITUTIONS | ROLES
_LONGEST = 6  # words of a name


def subjects(tokens: Tokens) -> Ints:
    """Return the heads of persons, bodies and groups that open a sentence and do not speak there, in text order.

    A name of two words or more, or "the" and a noun of persons or bodies.
    """
    return tokens.once(_subjects)


def _subjects(tokens: Tokens) -> Ints:
    types, word, bounds = tokens.types, tokens.word, tokens.sentence_bounds
    named_type = begins_with_capital(types) & ~types.among(_NO_NAME | CUT)
    cue = cue_kinds(types)
    first, end = bounds[:-1], bounds[1:]
    first, end = first[end - first > 2], end[end - first > 2]
    begin = first + types.among(_DETERMINERS)[word[first]]
    named = named_type[word[begin]]
    last = begin.copy()
    for _ in range(_LONGEST):
        following = np.minimum(last + 1, end - 1)
        goes_on = named & (following > last) & named_type[word[following]]
        last = last + (goes_on & ((tokens.before[following] & BREAK) == 0))
    noun = (begin > first) & ~named & types.among(_NOUNS)[word[begin]]
    behind = np.minimum(last + 1, end - 1)
    found = ((named & (last > begin)) | noun) & (cue[word[behind]] == 0) & (last < end - 1)
    return last[found]
