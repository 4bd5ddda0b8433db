"""How much a contrast of theme shares hangs on single terms, and on the words being these and not others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.comparing.design import Design
from framing.hits import Hits
from framing.theme_finder import Find, ThemeFinder
from framing.tokens import Tokens

N_PLACEBOS = 199
_NEAR = 15  # words of like frequency from which a placebo is drawn
_MIN_LETTERS = 3

Raised = Mapping[int, list[Find]]


@dataclass(frozen=True)
class Shares:
    """From raised sentences to shares by article, and to differences between kinds.

    The difference is the estimand of `framing.compare`: the mean over shared events of the difference of
    means, or the difference of means where no event is shared. It is linear in the shares: `weights` has
    one row a pair of kinds, one column an article.
    """

    tokens: Tokens
    ok: NDArray[np.bool_]
    pairs: tuple[tuple[str, str], ...]
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, tokens: Tokens, ok: NDArray[np.bool_], design: Design | None) -> Shares:
        """Build from a design; without one there are no pairs."""
        if design is None:
            return cls(tokens, ok, (), np.zeros((0, len(tokens))))
        pairs, rows = [], []
        for a, b in combinations(design.kinds, 2):
            row = _weights(design, ok, a, b)
            if row is not None:
                pairs.append((a, b))
                rows.append(row)
        return cls(tokens, ok, tuple(pairs), np.array(rows).reshape(-1, len(tokens)))

    def by_article(self, raised: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the share of raised sentences of each article, shape (n_articles,) or (n_articles, n_columns)."""
        owner, n = self.tokens.sentence_article, len(self.tokens)
        total = np.maximum(self.tokens.n_sentences_by_article, 1)
        if raised.ndim == 1:
            return np.bincount(owner, raised, n) / total
        sums = np.zeros((n, raised.shape[1]))
        np.add.at(sums, owner, raised)
        return sums / total[:, None]

    def differences(self, raised: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the difference of each pair of kinds, shape (n_pairs,) or (n_pairs, n_columns)."""
        return self.weights @ self.by_article(raised)


def _weights(design: Design, ok: NDArray[np.bool_], a: str, b: str) -> NDArray[np.float64] | None:
    shared = [
        e
        for e in design.shared_events(a, b)
        if all(np.any((design.events == e) & (design.groups == k) & ok) for k in (a, b))
    ]
    blocks = [design.events == e for e in shared] or [np.ones(len(ok), bool)]
    row = np.zeros(len(ok))
    for block in blocks:
        for kind, sign in ((a, 1.0), (b, -1.0)):
            cell = block & (design.groups == kind) & ok
            if not cell.any():
                return None
            row[cell] += sign / (cell.sum() * len(blocks))
    return row


def raised_in(tokens: Tokens, found: Raised) -> NDArray[np.bool_]:
    """Return which sentences raise a theme, shape (n_sentences,)."""
    raised = np.zeros(tokens.n_sentences, bool)
    raised[list(found)] = True
    return raised


def leave_one_out(
    finder: ThemeFinder, tokens: Tokens, hits: Hits, found: Mapping[str, Raised], shares: Shares, inherited: bool
) -> pd.DataFrame:
    """Work out every difference again without each term that decides anything.

    Returns
    -------
    pandas.DataFrame
        One row a theme, pair of kinds and term: ``difference`` with all terms, ``without`` the term,
        ``change``, and whether the sign flips.
    """
    rows: list[dict[str, Any]] = []
    for theme, finds in found.items():
        if not shares.pairs:
            break
        whole = shares.differences(raised_in(tokens, finds))
        for term, numbers in _used_terms(finder, finds, theme).items():
            left = finder.find(tokens, inherited, hits[~np.isin(hits.term, numbers)], [theme])[theme]
            without = shares.differences(raised_in(tokens, left))
            for (a, b), before, after in zip(shares.pairs, whole.tolist(), without.tolist(), strict=True):
                rows.append({
                    "theme": theme, "a": a, "b": b, "term": term, "difference": before, "without": after,
                    "change": after - before, "flips": before * after < -1e-15,
                })  # fmt: skip
    names = ["theme", "a", "b", "term", "difference", "without", "change", "flips"]
    return pd.DataFrame(rows, columns=names)


def _used_terms(finder: ThemeFinder, finds: Raised, theme: str) -> dict[str, list[int]]:
    """Return the terms behind the finds of a theme, each with all its numbers (it may stand in several rules)."""
    used = {finder.terms[f.term] for some in finds.values() for f in some}
    numbers: dict[str, list[int]] = {}
    for number, (slot, term) in enumerate(zip(finder.slots, finder.terms, strict=True)):
        if slot.theme == theme and slot.role in ("term", "rule") and term in used:
            numbers.setdefault(term, []).append(number)
    return numbers


def placebo(
    finder: ThemeFinder, tokens: Tokens, hits: Hits, found: Mapping[str, Raised], shares: Shares,
    seed: int, n: int = N_PLACEBOS,
) -> pd.DataFrame:  # fmt: skip
    """Compare each difference with those of random words of the same frequency (METHODS: placebo codebook).

    Each term behind a theme is replaced by a word that no term of the codebook finds, drawn from the words that stand
    in about as many sentences.

    Returns
    -------
    pandas.DataFrame
        One row a theme and pair of kinds: the difference, the 2.5th and 97.5th percentile of the
        placebos', and ``p``, the share of codebooks (placebos and this one) with a difference at least as large.
    """
    rows: list[dict[str, Any]] = []
    sentences = _Sentences(tokens, hits)
    for theme, finds in found.items():
        counts = _sentences_by_term(finder, finds)
        if not counts or not shares.pairs or not len(sentences.frequency):
            continue
        rng = np.random.default_rng([seed, len(rows), len(counts)])
        raised = np.column_stack([sentences.with_any(sentences.draw(counts, rng)) for _ in range(n)])
        drawn, own = shares.differences(raised), shares.differences(raised_in(tokens, finds))
        for row, (a, b) in enumerate(shares.pairs):
            low, high = np.quantile(drawn[row], [0.025, 0.975])
            beaten = int(np.sum(np.abs(drawn[row]) >= abs(own[row]) - 1e-12))
            rows.append({
                "theme": theme, "a": a, "b": b, "difference": float(own[row]), "placebo_low": float(low),
                "placebo_high": float(high), "p": (1 + beaten) / (1 + n),
            })  # fmt: skip
    return pd.DataFrame(rows, columns=["theme", "a", "b", "difference", "placebo_low", "placebo_high", "p"])


def _sentences_by_term(finder: ThemeFinder, finds: Raised) -> list[int]:
    by_term: dict[str, int] = {}
    for some in finds.values():
        for term in {finder.terms[f.term] for f in some}:
            by_term[term] = by_term.get(term, 0) + 1
    return sorted(by_term.values(), reverse=True)


class _Sentences:
    """The words that no term finds, ordered by the number of sentences they stand in."""

    def __init__(self, tokens: Tokens, hits: Hits):
        self.n_sentences = tokens.n_sentences
        norms = np.array(tokens.types.norms, dtype=object)
        names, norm_of = np.unique(norms.astype(str), return_inverse=True)
        barred = np.zeros(len(names), bool)
        for offset in range(int((hits.last - hits.first).max(initial=0)) + 1):
            inside = hits.first + offset
            barred[norm_of[tokens.word[inside[inside <= hits.last]]]] = True
        barred |= np.array([len(w) < _MIN_LETTERS or not w.isalpha() for w in names], bool)
        pairs = np.unique(norm_of[tokens.word].astype(np.int64) * (self.n_sentences + 1) + tokens.sentence)
        word, self._sentence = np.divmod(pairs, self.n_sentences + 1)
        frequency = np.bincount(word, minlength=len(names))
        kept = np.flatnonzero(~barred & (frequency > 0))
        self._words = kept[np.argsort(frequency[kept], kind="stable")]
        self.frequency = frequency[self._words]
        self._begin = np.searchsorted(word, np.arange(len(names) + 1))

    def draw(self, counts: list[int], rng: np.random.Generator) -> list[int]:
        """Draw a word of about each frequency, none twice while others are near."""
        drawn: set[int] = set()
        for count in counts:
            centre = int(np.searchsorted(self.frequency, count))
            low = max(0, min(centre - _NEAR // 2, len(self.frequency) - _NEAR))
            same = np.flatnonzero(self.frequency == count)
            near = same if len(same) > _NEAR else np.arange(low, min(low + _NEAR, len(self.frequency)))
            free = [i for i in near.tolist() if i not in drawn] or near.tolist()
            drawn.add(free[int(rng.integers(len(free)))])
        return sorted(drawn)

    def with_any(self, places: list[int]) -> NDArray[np.bool_]:
        """Return which sentences hold any of some words, shape (n_sentences,)."""
        raised = np.zeros(self.n_sentences, bool)
        for word in self._words[places]:
            raised[self._sentence[self._begin[word] : self._begin[word + 1]]] = True
        return raised
