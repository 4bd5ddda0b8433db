"""Where a text names the targets of stance: aliases with guards, and phrases for a relation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.codebook import Codebook, Target
from framing.hits import NO_HITS, Hits, guarded, longest
from framing.lookup import Matcher
from framing.tokens import Tokens

_FROM_THERE = frozenset(["based", "born", "headquartered", "listed", "educated"])


class Aliases:
    """All names of all targets of a codebook in one matcher."""

    def __init__(self, book: Codebook):
        self.targets = book.targets
        self.slots: list[tuple[str, str]] = []
        terms: list[str] = []
        for target in book.targets.values():
            for role, names in (("alias", target.aliases), ("relation", target.relation), ("guard", target.guards)):
                self.slots += [(target.name, role)] * len(names)
                terms += names
        self.matcher = Matcher(terms)
        self._distinct = list(dict.fromkeys(self.slots))
        self._slot_of_term = np.array([self._distinct.index(slot) for slot in self.slots], np.int64)

    def find(self, tokens: Tokens) -> dict[str, Hits]:
        """Return the mentions of each target, in text order."""
        hits = self.matcher.find(tokens)
        which = self._slot_of_term[hits.term]
        by_slot = {slot: hits[which == number] for number, slot in enumerate(self._distinct)}
        return {name: self._of(tokens, target, by_slot) for name, target in self.targets.items()}

    def _of(self, tokens: Tokens, target: Target, hits: dict[tuple[str, str], Hits]) -> Hits:
        guards = hits.get((target.name, "guard"), NO_HITS)
        direct = longest(guarded(hits.get((target.name, "alias"), NO_HITS), guards))
        direct = direct[~_only_from_there(tokens, direct)]
        relation = hits.get((target.name, "relation"), NO_HITS)
        if target.kind != "relation" or not len(direct) or not len(relation):
            return direct
        return _merged(direct, _of_the_relation(tokens, target, direct, longest(relation)))


def _only_from_there(tokens: Tokens, hits: Hits) -> NDArray[np.bool_]:
    """Tell which names are part of "London-based" and the like."""
    after = np.minimum(hits.last + 1, len(tokens.word) - 1)
    return tokens.glued[after] & tokens.types.among(_FROM_THERE)[tokens.word[after]] & (after > hits.last)


def _merged(one: Hits, other: Hits) -> Hits:
    first = np.concatenate([one.first, other.first])
    order = np.argsort(first, kind="stable")
    term, last = np.concatenate([one.term, other.term]), np.concatenate([one.last, other.last])
    return Hits(term[order], first[order], last[order])


def _of_the_relation(tokens: Tokens, target: Target, direct: Hits, relation: Hits) -> Hits:
    """Keep phrases such as "both countries" where the article is about the relation with the target."""
    named = np.bincount(tokens.article[direct.first], minlength=len(tokens))
    article = tokens.article[relation.first]
    forms = {alias.removeprefix("case:").lower() for alias in target.aliases}
    about = np.zeros(len(tokens), bool)
    for index in np.unique(article).tolist():
        parties = tokens.articles[index].parties
        about[index] = any(p.lower() in forms for p in parties) if parties else named[index] >= 2
    keep = about[article] & (named[article] > 0) & ~_touched(relation, direct, len(tokens.word))
    return relation[keep]


def _touched(hits: Hits, by: Hits, n_words: int) -> NDArray[np.bool_]:
    change = np.zeros(n_words + 1, np.int64)
    np.add.at(change, by.first, 1)
    np.add.at(change, by.last + 1, -1)
    covered = np.append(0, np.cumsum(np.cumsum(change) > 0))
    return covered[hits.last + 1] > covered[hits.first]
