"""The words that may carry an attitude, by class and sign, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.codebook import CUE_CLASSES, Codebook
from framing.hits import Hits, guarded, longest
from framing.lookup import Matcher
from framing.tokens import Tokens
from framing.wordlists import word_lists

_NEGATION_REACH = 5
_ACTS = frozenset(["praise", "blame", "portrayal", "effects"])
_UNSIGNED = frozenset(["negator", "not_negator", "no_cue", "anaphor"])


class _Slot(NamedTuple):
    """What a cue term stands for: the target that owns it or an empty string, its class and its sign."""

    owner: str
    kind: str
    sign: int


class Signed(NamedTuple):
    """Cues of one class: number of the term, first and last word, sign, and whether a negation turned it."""

    term: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    sign: NDArray[np.int64]
    negated: NDArray[np.bool_]

    def __getitem__(self, chosen: Any) -> Signed:  # type: ignore[override]
        """Return some of the cues, by mask or positions."""
        return Signed(*(part[chosen] for part in tuple(self)))


class CueList:
    """All cues of a codebook, those that every codebook shares among them, in one matcher."""

    def __init__(self, book: Codebook):
        pairs = list(_cues(book))
        self.slots = [slot for slot, _ in pairs]
        self.matcher = Matcher([term for _, term in pairs])
        self.sign = np.array([slot.sign for slot in self.slots], np.int64)
        self.owners = {(slot.owner, slot.kind) for slot in self.slots if slot.owner}
        self._chosen: dict[tuple[str, str], NDArray[np.bool_]] = {}

    def chosen(self, kind: str, target: str) -> NDArray[np.bool_]:
        """Return which terms are cues of a class for a target, shape (n_terms,)."""
        key = (kind, target if (target, kind) in self.owners else "")
        if key not in self._chosen:
            self._chosen[key] = np.array([s.kind == kind and s.owner in ("", key[1]) for s in self.slots], bool)
        return self._chosen[key]

    def find(self, tokens: Tokens, number: NDArray[np.int32], where: NDArray[np.bool_]) -> FoundCues:
        """Find the cues that begin at some words and lie within one clause."""
        hits = self.matcher.find(tokens, where)
        return FoundCues(self, tokens, hits[number[hits.first] == number[hits.last]], number)


def _cues(book: Codebook) -> Iterator[tuple[_Slot, str]]:
    default = word_lists("_stance_cues")
    own: Iterable[tuple[str, Mapping[str, Any]]] = [(t.name, t.cues) for t in book.targets.values()]
    for owner, source in [("", default), ("", book.cues), *own]:
        for kind in CUE_CLASSES:
            for sign, terms in source.get(kind, {}).items():
                slot = _Slot(owner, "effects" if sign == "effects" else kind, 1 if sign == "positive" else -1)
                yield from ((slot, term) for term in terms)
    for kind, terms in (("negator", "words"), ("not_negator", "not")):
        yield from ((_Slot("", kind, 0), term) for term in default["negators"][terms])
    yield from ((_Slot("", "no_cue", 0), term) for term in default["no_cues"]["words"])
    yield from ((_Slot("", "anaphor", 0), term) for term in default["anaphora"]["words"])


@dataclass
class FoundCues:
    """The cues of some tokens; of those of a class that overlap, the longest."""

    cues: CueList
    tokens: Tokens
    hits: Hits
    number: NDArray[np.int32]
    _kept: dict[tuple[str, str], Signed] = field(default_factory=dict)

    def of(self, kind: str, target: str = "") -> Signed:
        """Return the cues of a class for a target, in text order."""
        key = (kind, target if (target, kind) in self.cues.owners else "")
        if key not in self._kept:
            found = longest(self.hits[self.cues.chosen(*key)[self.hits.term]])
            if kind not in _UNSIGNED:
                found = guarded(found, longest(self.hits[self.cues.chosen("no_cue", "")[self.hits.term]]))
            if kind in _ACTS:
                found = found[~self._in_compound(found)]
            sign = self.cues.sign[found.term]
            negated = self._negated(found.first) if kind not in _UNSIGNED else np.zeros(len(sign), bool)
            turned = np.where(negated, -sign, sign)
            if kind in _ACTS:  # who does not condemn has not praised, and what is not done to others is no good deed
                turned[(sign < 0) & negated] = 0
            self._kept[key] = Signed(found.term, found.first, found.last, turned, negated)
        return self._kept[key]

    def _in_compound(self, found: Hits) -> NDArray[np.bool_]:
        """Tell which are part of a hyphenated word: "Iran-backed" praises nobody, who is "tariff-hit" raises none."""
        glued = np.append(self.tokens.glued, False)
        return glued[found.first] | glued[found.last + 1]

    def _negated(self, first: NDArray[np.int64]) -> NDArray[np.bool_]:
        return negated_at(first, self.of("negator"), self.of("not_negator"), self.number)


def negated_at(
    first: NDArray[np.int64], negators: Signed | Hits, barring: Signed | Hits, number: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Tell where an odd number of negators stands in the five words before a cue, in its clause.

    Parameters
    ----------
    first
        First word of each cue.
    negators, barring
        Words that turn a sign round, and phrases such as "not only" in which they do not.
    number
        Clause of each word.
    """
    begun = np.searchsorted(np.sort(barring.first), negators.first, side="right")
    ended = np.searchsorted(np.sort(barring.last), negators.first)
    ends = np.sort(negators.last[begun == ended])  # those that no barring phrase covers
    from_here = np.maximum(first - _NEGATION_REACH, np.searchsorted(number, number[first]))
    return (np.searchsorted(ends, first) - np.searchsorted(ends, from_here)) % 2 == 1
