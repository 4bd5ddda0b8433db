"""Whose word a passive gives, and whose a quoting verb: "was described by his allies as", "is said to", "quoted X as".

"The general was described by his allies as a patriot" is the allies' word, "is said to be ill" nobody's, and what
"Bernama quoted the palace as saying" the palace's.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from framing.tokens import Tokens
from framing.voice.addressees import DAYS
from framing.voice.context import BREAKS, Ints
from framing.voice.heads import CUT, head_of

_PARTICIPLES = frozenset(
    """described accused praised criticised criticized blamed called seen viewed regarded considered said believed
    thought expected reported known understood rumoured rumored alleged condemned hailed labelled labeled dubbed branded
    deemed perceived denounced welcomed judged portrayed depicted lauded mocked assumed feared estimated""".split()
)
_RELAYED = frozenset("quoted cited".split())  # of these who is the subject speaks
_QUOTING, _SAYING = frozenset("quoted quotes quoting cited cites citing".split()), frozenset("saying telling".split())
_AS = frozenset(["as"])
_BE = frozenset("is are was were be been being".split())
_BETWEEN = frozenset("been being also not now then once still often widely long".split())
_BY = frozenset(["by"])
_BEHIND = frozenset("as of for to that with on over in after when".split())
_STOPS = _BEHIND | CUT
_TIMES = DAYS | frozenset("yesterday today tomorrow next then".split())
_FARTHEST = 3  # words between "was" and its participle
_LONGEST = 8  # words of who is meant by "by"


class Passives(NamedTuple):
    """Passives of verbs of saying and thinking, in text order.

    Attributes
    ----------
    cue
        The participles.
    agent
        The head of the words behind "by", or -1 where there are none.
    begin, end
        The first word of the phrase with "by" and the one behind it; both are the word behind the cue without one.
    relayed
        1 where the subject speaks ("was quoted by Xinhua as saying"), else 0.
    """

    cue: Ints
    agent: Ints
    begin: Ints
    end: Ints
    relayed: Ints


def passives(tokens: Tokens) -> Passives:
    """Find passives of verbs of saying and thinking."""
    return tokens.once(_passives)


def _passives(tokens: Tokens) -> Passives:
    among, word = tokens.types.among, tokens.word
    cue = tokens.places(_PARTICIPLES | _RELAYED)
    be, between = among(_BE), among(_BETWEEN)
    first = tokens.sentence_bounds[tokens.sentence[cue]]
    found, reaching = np.zeros(len(cue), bool), np.ones(len(cue), bool)
    adverb = tokens.types.ending_in(("ly",))
    for step in range(1, _FARTHEST + 1):
        before = word[np.maximum(cue - step, 0)]
        reaching &= cue - step >= first
        found |= reaching & be[before]
        reaching &= be[before] | between[before] | adverb[before]
    found |= among(_BY)[word[np.minimum(cue + 1, len(word) - 1)]]  # "a memo seen by the Guardian"
    rows = [_with_agent(tokens, place) for place in cue[found].tolist()]
    return Passives(*np.array(rows, np.int64).reshape(-1, 5).T)


def _with_agent(tokens: Tokens, cue: int) -> tuple[int, int, int, int, bool]:
    closes = int(tokens.sentence_bounds[tokens.sentence[cue] + 1])
    relayed = tokens.norm(cue) in _RELAYED
    if cue + 2 >= closes or tokens.norm(cue + 1) not in _BY or tokens.norm(cue + 2) in _TIMES:
        return cue, -1, cue + 1, cue + 1, relayed
    stop = next((place for place in range(cue + 3, closes) if tokens.before[place] & BREAKS), closes)
    reach = range(cue + 3, min(stop, cue + _LONGEST))
    ends = [place for place in reach if tokens.norm(place) in _AS] or [p for p in reach if tokens.norm(p) in _STOPS]
    end = ends[0] if ends else reach.stop
    return cue, head_of(tokens, np.arange(cue + 2, end)), cue + 1, end, relayed


class Quotings(NamedTuple):
    """Those whom others quote, in text order: the verb of quoting, the verb behind "as", and the head of the source."""

    quote: Ints
    saying: Ints
    source: Ints


def quotings(tokens: Tokens) -> Quotings:
    """Find "Bernama quoted the palace as saying"."""
    return tokens.once(_quotings)


def _quotings(tokens: Tokens) -> Quotings:
    among, word = tokens.types.among, tokens.word
    saying = tokens.places(_SAYING)
    saying = saying[saying >= tokens.sentence_bounds[tokens.sentence[saying]] + 3]
    rows = []
    for place in saying[among(_AS)[word[saying - 1]]].tolist():
        opens = int(tokens.sentence_bounds[tokens.sentence[place]])
        for quote in range(place - 3, max(opens, place - 2 - _LONGEST) - 1, -1):
            if tokens.before[quote + 1] & BREAKS:
                break
            if tokens.norm(quote) in _QUOTING and tokens.norm(quote + 1) not in _BY:
                rows.append((quote, place, head_of(tokens, np.arange(quote + 1, place - 1))))
                break
    return Quotings(*np.array(rows, np.int64).reshape(-1, 3).T)
