"""Where somebody is told something: the words that name them end before what they are told begins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.names import begins_with_capital
from framing.tokens import Tokens
from framing.voice.context import BREAKS, Ints

_TELL = frozenset("told tell tells telling".split())
_ONE_WORD = frozenset(
    """him her them me us you himself herself themselves reporters journalists lawmakers supporters delegates investors
    parliament congress voters people reuters afp ap bloomberg cnn bbc cnbc nbc abc cbs npr xinhua bernama kyodo tass
    interfax dpa politico axios""".split()
)
_DETERMINERS = frozenset("the a an this his her their its our my your".split())
OPENERS = _DETERMINERS | frozenset(
    """these those it he she they we i you there no any some all most many few both each every one two what how if
    whether that""".split()
)
"""Words that may open a clause."""
VERBS = frozenset("is are was were has have had will would can could may might must should does do did".split())
"""Auxiliaries, finite verbs by which a clause is known whatever its own verb."""
_LINKS = frozenset("of in at for from with on to by and near".split())
_ON = frozenset(["on"])
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_LONGEST = 6  # words of who is told


def addressees(tokens: Tokens) -> tuple[Ints, Ints]:
    """Return where those who are told something are named: the first word, and the first one behind, in text order.

    A day that follows belongs to them: "told reporters on Monday | the deal was dead". Only what a clause may follow
    counts, which names of several words (with a verb behind) and the words that open a clause show.
    """
    return tokens.once(_addressees)


def _addressees(tokens: Tokens) -> tuple[Ints, Ints]:
    types, word = tokens.types, tokens.word
    tell = tokens.places(_TELL)
    last = tokens.sentence_bounds[tokens.sentence[tell] + 1] - 1
    tell, last = tell[tell + 2 <= last], last[tell + 2 <= last]
    capitals = begins_with_capital(types)

    def among(words: frozenset[str], place: Ints) -> NDArray[np.bool_]:
        return types.among(words)[word[np.minimum(place, len(word) - 1)]]

    def capital(place: Ints) -> NDArray[np.bool_]:
        return capitals[word[np.minimum(place, len(word) - 1)]]

    begin = tell + 1
    short = among(_ONE_WORD, begin)
    article = ~short & among(_DETERMINERS, begin)
    named = ~short & ~article & capital(begin)
    end = begin + 1 + article
    for _ in range(_LONGEST):
        goes_on = (named & capital(end)) | (
            article & (~(among(OPENERS, end) | (capital(end) & ~capital(end - 1))) | among(_LINKS, end - 1))
        )
        end += goes_on & (end <= last)
    end -= named & among(VERBS, end) & (end - begin > 1)  # "told Reuters China would": the last name is what speaks
    found = ~article | among(OPENERS, end) | capital(end)
    end += 2 * (among(_ON, end) & among(DAYS, end + 1))
    end += among(DAYS, end)
    found &= (end <= last) & (end - begin <= _LONGEST + 2)
    for step in range(_LONGEST + 3):
        place = np.minimum(begin + step, len(word) - 1)
        found &= (place > end) | ((tokens.before[place] & BREAKS) == 0)
    return begin[found], end[found]
