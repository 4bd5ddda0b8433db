"""Hits: where terms were found, and which of them stand when they overlap or touch a guard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_IN_TEXT_ORDER = itemgetter(1, 2, 0)


class Hit(NamedTuple):
    """One match: number of the term, first and last word (positions in the tokens, both inside)."""

    term: int
    first: int
    last: int


class Hits:
    """Matches as arrays: number of the term, first and last word (inside), in text order.

    A mask or an array of positions picks some of them; iteration gives `Hit`.
    """

    __slots__ = ("first", "last", "term")

    def __init__(self, term: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]):
        self.term, self.first, self.last = term, first, last

    def __len__(self) -> int:
        return len(self.term)

    def __getitem__(self, chosen: Any) -> Hits:
        """Return some of the hits."""
        return Hits(self.term[chosen], self.first[chosen], self.last[chosen])

    def __iter__(self) -> Iterator[Hit]:
        return map(Hit, self.term.tolist(), self.first.tolist(), self.last.tolist())

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> Hits:
        """Build from single hits, in any order."""
        rows = np.array(sorted(hits, key=_IN_TEXT_ORDER), np.int64).reshape(-1, 3)
        return cls(rows[:, 0], rows[:, 1], rows[:, 2])


NO_HITS = Hits(*(np.zeros(0, np.int64) for _ in range(3)))


def longest(hits: Hits) -> Hits:
    """Keep, of hits that overlap, the longest (the first of equals), in text order."""
    if len(hits) < 2:
        return hits
    keep = np.ones(len(hits), bool)
    rows = np.arange(len(hits))
    if len(hits) > _FEW:  # most hits of a long list touch no other
        reach = np.maximum.accumulate(hits.last)
        apart = np.append(True, hits.first[1:] > reach[:-1])  # a group of hits that touch one another begins
        group = np.cumsum(apart) - 1
        rows = np.flatnonzero(np.bincount(group)[group] > 1)
    taken: set[int] = set()
    found = zip(
        hits.first[rows].tolist(), hits.last[rows].tolist(), hits.term[rows].tolist(), rows.tolist(), strict=True
    )
    for first, last, _, row in sorted(found, key=_longest_first):
        places = range(first, last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
        else:
            keep[row] = False
    return hits if keep.all() else hits[keep]


def longest_of_few(hits: list[Hit]) -> list[Hit]:
    """Do as `longest` for a few hits, without arrays."""
    if len(hits) < 2:
        return hits
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first, h.term)):
        places = range(hit.first, hit.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept, key=_IN_TEXT_ORDER)


_FEW = 20


def _longest_first(found: tuple[int, int, int, int]) -> tuple[int, int, int]:
    return found[0] - found[1], found[0], found[2]


def guarded(hits: Hits, guards: Hits) -> Hits:
    """Drop hits that touch a guard, unless they are longer than it."""
    if not len(hits) or not len(guards):
        return hits
    n = int(max(hits.last[-1], hits.last.max(), guards.last.max())) + 1
    barred = np.zeros(n, np.int64)  # length of the longest guard over each word
    lengths = guards.last - guards.first + 1
    for offset in range(int(lengths.max())):
        covered = lengths > offset
        np.maximum.at(barred, guards.first[covered] + offset, lengths[covered])
    own = hits.last - hits.first + 1
    worst = np.zeros(len(hits), np.int64)
    for offset in range(int(own.max())):
        covered = own > offset
        worst[covered] = np.maximum(worst[covered], barred[hits.first[covered] + offset])
    return hits[own > worst]
