"""Which cue bears on which name: a small grammar of agents, objects, passives and negation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from framing.lookup import Hit
from framing.tokens import Tokens

_FAR = 15  # beyond so many words no act bears on a target
_REACH = 8  # words between a target and the act it does or suffers
_NEGATION_REACH = 5
_RELATION_REACH = 12
_NOT_AGENT = frozenset(
    "to with from against of for on in toward towards between than at over into under despite after".split()
)
_BE = frozenset("is are was were be been being".split())
# Between an act and a name, these make the name part of something else that is praised or blamed.
_NOT_OBJECT = frozenset(
    """that against by over sanction sanctions claim claims criticism accusation accusations allegation
    allegations threat threats""".split()
)
_COPULA = frozenset(
    "is are was were be been being as remains remain remained seems appears becomes became calls called".split()
)
_RELATION_NOUNS = frozenset(
    """tie ties relation relations relationship relationships partnership partnerships cooperation collaboration
    alliance alliances agreement agreements link links friendship engagement dialogue trade pact""".split()
)


class Cue(NamedTuple):
    """A word or phrase that may carry an attitude: its place, class, sign (1 or -1) and term."""

    first: int
    last: int
    kind: str
    sign: int
    term: str


def bears_on_any(tokens: Tokens, cue: Cue, mentions: list[Hit], target_kind: str) -> bool:
    """Tell whether a cue bears on one of the mentions of a clause; only near ones can be borne on."""
    if target_kind != "actor" and cue.kind in ("relation", "policy"):
        return True
    begin = bisect_left(mentions, cue.first - _FAR, key=lambda m: m.last)
    end = bisect_right(mentions, cue.last + _FAR, key=lambda m: m.first)
    return any(_bears(tokens, cue, m, target_kind) for m in mentions[begin:end])


def _bears(tokens: Tokens, cue: Cue, mention: Hit, target_kind: str) -> bool:
    """Tell whether a cue bears on a mention in the same clause, by the grammar of its class."""
    overlap = cue.first <= mention.last and mention.first <= cue.last
    if cue.kind in ("praise", "blame"):
        return _object(tokens, cue, mention) or _passive(tokens, cue, mention)
    if cue.kind == "relation":
        between = range(min(cue.first, mention.first), max(cue.last, mention.last) + 1)
        return len(between) <= _RELATION_REACH and any(tokens.norm(p) in _RELATION_NOUNS for p in between)
    if cue.kind == "portrayal":
        return not overlap and _acts(tokens, cue, mention)
    near = range(min(cue.last, mention.last) + 1, max(cue.first, mention.first))
    if len(near) > _REACH:
        return False
    attributive = cue.last < mention.first and len(near) <= 1
    said_to_be = cue.first > mention.last and any(tokens.norm(p) in _COPULA for p in near)
    owned = target_kind != "actor" and cue.first > mention.last
    return attributive or said_to_be or owned or (target_kind == "policy" and overlap)


def _object(tokens: Tokens, cue: Cue, mention: Hit) -> bool:
    """Tell whether the target is the object of an act: it follows, and nothing between makes it part of another."""
    between = range(cue.last + 1, mention.first)
    return (
        cue.last < mention.first and len(between) < _REACH and not any(tokens.norm(p) in _NOT_OBJECT for p in between)
    )


def _passive(tokens: Tokens, cue: Cue, mention: Hit) -> bool:
    gap = cue.first - mention.last
    return 1 < gap <= 5 and tokens.norm(cue.first - 1) in _BE and tokens.norm(cue.first).endswith("ed")


def _acts(tokens: Tokens, cue: Cue, mention: Hit) -> bool:
    """Tell whether the target does what the cue says: as subject, as owner, or after ``by`` or ``from``."""
    if cue.first > mention.last:
        gap = cue.first - mention.last
        if gap > 1 and tokens.norm(cue.first - 1) in _BE and not tokens.norm(cue.first).endswith("ing"):
            return False  # passive: the target is struck, or was sanctioned
        return gap <= 2 or (gap <= _REACH and _word_before(tokens, mention) not in _NOT_AGENT)
    source = [tokens.norm(p) for p in range(cue.last + 1, mention.first)]
    return len(source) <= 4 and any(w in ("by", "from") for w in source)


def _word_before(tokens: Tokens, mention: Hit) -> str:
    """Return the word before a mention and its article, within the sentence; else an empty string."""
    first = int(tokens.sentence_bounds[tokens.sentence[mention.first]])
    place = mention.first - 1
    if place >= first and tokens.norm(place) == "the":
        place -= 1
    return tokens.norm(place) if place >= first else ""


def negation(cue: Cue, found: Mapping[str, list[Cue]]) -> int:
    """Return -1 where an odd number of negators stands in the words before a cue, else 1."""
    barred = {p for c in found.get("not_negator", []) for p in range(c.first, c.last + 1)}
    n = sum(
        0 < cue.first - c.last <= _NEGATION_REACH and c.first not in barred and not (c.first <= cue.first <= c.last)
        for c in found.get("negator", [])
    )
    return -1 if n % 2 else 1
