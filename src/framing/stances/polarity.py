"""The polarity of each clause that names a target: the most reliable class of cues that bears on it decides."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.codebook import Target
from framing.hits import Hits, longest
from framing.stances.bearing import bears
from framing.stances.cues import FoundCues, Signed
from framing.stances.near import is_among
from framing.stances.text import Clauses
from framing.tokens import Tokens

KINDS_OF = {
    "actor": (("praise", "blame"), ("relation",), ("portrayal",), ("predicate",)),
    "relation": (("relation",), ("praise", "blame"), ("predicate",)),
    "policy": (("policy",), ("praise", "blame"), ("predicate",)),
}
"""The classes of cues that may bear on each kind of target, the most reliable first; those side by side are summed."""

_ABOUT = frozenset("of for against about over to from its their his her the any all".split())
_ABOUT_REACH = 3

NO_CUE = "named, no cue"
"""The rule of a clause in which nothing is done or said to the target: its polarity is 0."""

ABSTAINED = "cues cancel"
"""The rule of a clause whose cues speak against one another: it is no evidence either way and enters no score."""


class Units(NamedTuple):
    """Clauses about one target.

    Attributes
    ----------
    clause
        Number of the clause, increasing.
    polarity
        1, 0 or -1.
    rule
        Class of the deciding cue, `NO_CUE` or `ABSTAINED`.
    term
        Number of the deciding cue in its `CueList`; -1 without one.
    place, last
        The words whose voice the clause has: the deciding cue, first and last, or where nothing decides the first word
        of the first mention.
    negated, inherited
        Whether a negation turned the cue round; whether the target is carried over from the sentence before.
    """

    clause: NDArray[np.int64]
    polarity: NDArray[np.int64]
    rule: NDArray[np.object_]
    term: NDArray[np.int64]
    place: NDArray[np.int64]
    last: NDArray[np.int64]
    negated: NDArray[np.bool_]
    inherited: NDArray[np.bool_]

    def with_others(self, others: Units) -> Units:
        """Return these and others, in text order."""
        order = np.argsort(np.concatenate([self.clause, others.clause]), kind="stable")
        return Units(*(np.concatenate([a, b])[order] for a, b in zip(self, others, strict=True)))


def undecided(clause: NDArray[np.int64], place: NDArray[np.int64]) -> Units:
    """Return units in which nothing is done or said to the target."""
    n = len(clause)
    return Units(
        clause.astype(np.int64), np.zeros(n, np.int64), np.full(n, NO_CUE, object), np.full(n, -1, np.int64),
        place.astype(np.int64), place.astype(np.int64), np.zeros(n, bool), np.zeros(n, bool),
    )  # fmt: skip


def units_of(text: Clauses, mentions: Hits) -> Units:
    """Return the clauses that hold mentions, undecided."""
    clause, first = np.unique(text.number[mentions.first], return_index=True)
    return undecided(clause, mentions.first[first])


def judge(tokens: Tokens, text: Clauses, target: Target, mentions: Hits, cues: FoundCues) -> Units:
    """Return the clauses that name a target, with their polarity.

    The signs of the cues of a class that bear on the target are summed; the first class with a sum other than 0
    decides. Praise and blame are one class here: of "praised X and blamed Y" the nearer word is said of Y.
    """
    clause_of = text.number[mentions.first]
    units = units_of(text, mentions)
    spoken = np.zeros(len(units.clause), bool)
    for kinds in KINDS_OF[target.kind]:
        found, names = _together(cues, kinds, target.name)
        row = np.searchsorted(units.clause, text.number[found.first])
        row = np.minimum(row, max(len(units.clause) - 1, 0))
        open_ = np.zeros(len(row), bool)
        if len(units.clause):
            open_ = (units.clause[row] == text.number[found.first]) & (units.polarity[row] == 0)
        found, names, row = found[open_], names[open_], row[open_]
        pairs = _paired(clause_of, units.clause[row])
        bearing = _bearing(tokens, kinds, target.kind, found, mentions, pairs)
        _decide(units, names[bearing], found[bearing], row[bearing])
        spoken[row[bearing & (found.sign != 0)]] = True
    units.rule[spoken & (units.polarity == 0)] = ABSTAINED
    return units


def _together(cues: FoundCues, kinds: tuple[str, ...], target: str) -> tuple[Signed, NDArray[np.object_]]:
    """Return the cues of some classes for a target in text order, and their classes; of two that overlap the longer."""
    parts = [cues.of(kind, target) for kind in kinds]
    names = np.repeat(np.array(kinds, object), [len(part.term) for part in parts])
    if len(parts) == 1:
        return parts[0], names
    both = Signed(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    order = np.lexsort((both.last, both.first))
    both, names = both[order], names[order]
    hits = Hits(np.arange(len(order)), both.first, both.last)
    kept = longest(hits).term
    return both[kept], names[kept]


def _paired(clause_of: NDArray[np.int32], clause: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each cue, by its clause, beside each mention of that clause."""
    begin = np.searchsorted(clause_of, clause)
    n = np.searchsorted(clause_of, clause, side="right") - begin
    cue = np.repeat(np.arange(len(clause)), n)
    return cue, np.arange(len(cue)) - np.repeat(np.cumsum(n) - n, n) + begin[cue]


def _bearing(
    tokens: Tokens, kinds: tuple[str, ...], target_kind: str, cues: Signed, mentions: Hits,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.bool_]:  # fmt: skip
    """Tell whether each cue bears on one of the mentions of its clause."""
    cue, mention = pairs
    first, last = mentions.first[mention], mentions.last[mention]
    found = bears(tokens, kinds[0], target_kind, (cues.first[cue], cues.last[cue]), cues.sign[cue], (first, last))
    if len(kinds) > 1:
        found &= ~_nearer_is_another(cues, cue, first) & ~_within_another(tokens, cues)[cue]
    return np.bincount(cue[found], minlength=len(cues.first)) > 0


def _nearer_is_another(cues: Signed, cue: NDArray[np.int64], mention: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell whether a cue of the other sign stands between each cue and its mention: "praised X and blamed Y"."""
    answer = np.zeros(len(cue), bool)
    for sign in (1, -1):
        others = cues.first[cues.sign == -sign]
        own = cues.sign[cue] == sign
        answer[own] = np.searchsorted(others, mention[own]) > np.searchsorted(others, cues.last[cue[own]] + 1)
    return answer


def _within_another(tokens: Tokens, cues: Signed) -> NDArray[np.bool_]:
    """Tell whether each cue is what one of the other sign is about, as in "condemned the support for X"."""
    answer = np.zeros(len(cues.first), bool)
    gap = cues.first[1:] - cues.last[:-1] - 1
    about = (gap == 0) | ((gap <= _ABOUT_REACH) & is_among(tokens, _ABOUT, cues.first[1:] - 1))
    answer[1:] = (cues.sign[1:] == -cues.sign[:-1]) & about
    return answer


def _decide(units: Units, kinds: NDArray[np.object_], cues: Signed, row: NDArray[np.int64]) -> None:
    total = np.bincount(row, cues.sign, len(units.clause)).astype(np.int64)
    decided = np.sign(total)
    names = np.flatnonzero(cues.sign == decided[row])  # the first cue of the winning sign stands for the clause
    rows, first = np.unique(row[names], return_index=True)
    chosen = names[first]
    units.polarity[rows] = decided[rows]
    units.rule[rows] = kinds[chosen]
    units.term[rows] = cues.term[chosen]
    units.place[rows], units.last[rows] = cues.first[chosen], cues.last[chosen]
    units.negated[rows] = cues.negated[chosen]


def rules(tokens: Tokens, units: Units) -> list[str]:
    """Return the rule behind each unit in words: the class of the deciding cue, and how the text words it.

    For instance ``"blame: “accused”, negated"``.
    """
    article = tokens.article[units.place]
    columns = (
        units.rule, units.term.tolist(), units.negated.tolist(), article.tolist(), tokens.start[units.place].tolist(),
        tokens.end[units.last].tolist(),
    )  # fmt: skip
    return [
        rule if term < 0 else f"{rule}: “{_quoted(tokens.articles[own].text[start:end])}”{', negated' * negated}"
        for rule, term, negated, own, start, end in zip(*columns, strict=True)
    ]


def _quoted(text: str) -> str:
    return " ".join(text.split())
