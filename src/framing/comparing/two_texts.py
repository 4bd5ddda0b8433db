"""What can be said of two texts by their own sentences: an interval and a permutation for each measure.

Resamples are drawn once a text and once a pair of texts, over all counts together; each measure is then
a function of the drawn totals.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from framing.analysis import Analysis
from framing.extractors import Measure
from framing.stats.effect import cohen_h
from framing.stats.interval import NO_INTERVAL, block_totals, effective_n, newcombe, rao_scott
from framing.stats.permutation import split_p, split_totals

N_RESAMPLES = 1_999
MIN_UNITS = 5
"""Below so many sentences or clauses a side, an interval over them says nothing."""

NOT_RESAMPLED = frozenset({"sourcing__effective_voices"})
"""Measures that are no function of sums over sentences: a holder's words are not those of a sentence."""

_MIN_SCORED = 0.95  # share of resamples that must have a score


class TwoTexts:
    """Resampling of articles' sentences.

    Parameters
    ----------
    analysis
        The analysis of the articles.
    seed
        Seed; draws depend on it and on the articles' texts, not on the order of work.
    """

    def __init__(self, analysis: Analysis, seed: int):
        self.analysis = analysis
        self.seed = seed
        self._counts: dict[int, NDArray[np.float64]] = {}
        self._bootstraps: dict[int, NDArray[np.float64]] = {}
        self._splits: dict[tuple[int, int], NDArray[np.float64]] = {}
        self._columns: dict[tuple[str, str, str], int] = {}
        for name, measure in analysis.measures.items():
            for count in measure.counts:
                self._columns.setdefault(self._key(name, count), len(self._columns))

    def _key(self, name: str, count: str) -> tuple[str, str, str]:
        family, _, short = name.partition("__")
        return family, self.analysis.found[family].unit_of[short], count

    def _rng(self, *articles: int) -> np.random.Generator:
        texts = "".join(self.analysis.corpus[i].sha256 for i in articles)
        return np.random.default_rng([self.seed, crc32(texts.encode())])

    def counts(self, article: int) -> NDArray[np.float64]:
        """Return all counts of an article's sentences, shape (n_sentences, n_counts)."""
        if article not in self._counts:
            first, last = self.analysis.tokens.article_bounds[article : article + 2]
            table = np.zeros((last - first, len(self._columns)))
            for (family, unit, count), column in self._columns.items():
                units = self.analysis.found[family].units[unit]
                mine = units["article"] == article
                place = units["sentence"][mine] - first
                table[:, column] = np.bincount(place, weights=units[count][mine], minlength=last - first)
            self._counts[article] = table
        return self._counts[article]

    def _score(self, name: str, measure: Measure, totals: NDArray[np.float64]) -> NDArray[np.float64]:
        named = {c: totals[..., self._columns[self._key(name, c)]] for c in measure.counts}
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(measure.score(named), dtype=float)

    def total(self, name: str, count: str, article: int) -> float:
        """Return the total of one count of a measure in an article."""
        return float(self.counts(article)[:, self._columns[self._key(name, count)]].sum())

    def share(self, name: str, measure: Measure, article: int) -> tuple[float, float, bool]:
        """Return a share of an article, the number of independent draws it is worth, and whether of sentences."""
        part, whole = (self.counts(article)[:, self._columns[self._key(name, c)]] for c in measure.counts)
        n = float(effective_n(part, whole)[0])
        return float(part.sum() / whole.sum()), n, bool(whole.max(initial=0.0) <= 1)

    def share_interval(self, name: str, measure: Measure, a: int, b: int) -> tuple[tuple[float, float], float, str]:
        """Return an interval of the difference of two shares, Cohen's h, and the method."""
        (p, n, of_sentences), (q, m, _) = (self.share(name, measure, i) for i in (a, b))
        method = "Newcombe-Wilson interval over " + ("sentences" if of_sentences else "words clustered in sentences")
        return newcombe(p * n, n, q * m, m), cohen_h(p, q), method

    def p(self, name: str, measure: Measure, a: int, b: int) -> float:
        """Return how often a random split of the two texts' sentences differs as much as they do.

        A share or rate of words is tested by the number of sentences that it rests on instead: a split mixes short
        and long sentences, evens out the words of the two sides, and so calls texts with sentences of unlike length
        different in everything.
        """
        if name in NOT_RESAMPLED:
            return np.nan
        if self._of_words(name, measure, a, b):
            (p, n, _), (q, m, _) = (self.share(name, measure, i) for i in (a, b))
            return rao_scott(p, n, q, m)
        counts = self.counts(a), self.counts(b)
        whole = counts[0].sum(axis=0) + counts[1].sum(axis=0)
        if (a, b) not in self._splits:
            self._splits[a, b] = split_totals(*counts, N_RESAMPLES, self._rng(a, b))
        first = self._splits[a, b]
        one, two = (self._score(name, measure, c.sum(axis=0)[None, :])[0] for c in counts)
        return split_p(one - two, self._score(name, measure, first) - self._score(name, measure, whole - first))

    def _of_words(self, name: str, measure: Measure, a: int, b: int) -> bool:
        """Tell whether a measure is a share of units of which a sentence has more than one, up to a factor."""
        if not _is_ratio(measure):
            return False
        table = np.vstack([self.counts(a), self.counts(b)])
        part, whole = (table[:, self._columns[self._key(name, c)]] for c in measure.counts)
        return bool(whole.max(initial=0.0) > 1 and (part <= whole).all())

    def interval(self, name: str, measure: Measure, a: int, b: int) -> tuple[tuple[float, float], str]:
        """Return a moving-block bootstrap interval of the difference, and a note on it."""
        if name in NOT_RESAMPLED:
            return NO_INTERVAL, "no interval: not a sum over sentences"
        clauses = measure.kind == "balance"
        sizes = [self.total(name, measure.counts[-1], i) if clauses else len(self.counts(i)) for i in (a, b)]
        if min(sizes) < MIN_UNITS:
            return NO_INTERVAL, f"fewer than {MIN_UNITS} {'clauses' if clauses else 'sentences'} in a text: no interval"
        drawn = [self._drawn(name, measure, i) for i in (a, b)]
        if any(np.nanmax(d) - np.nanmin(d) < 1e-12 for d in drawn if np.isfinite(d).any()):
            return NO_INTERVAL, "no interval: all clauses of a text are alike, which a bootstrap takes for certainty"
        difference = drawn[0] - drawn[1]
        difference = difference[np.isfinite(difference)]
        if len(difference) < _MIN_SCORED * N_RESAMPLES or np.ptp(difference) < 1e-12:
            return NO_INTERVAL, "no interval: resampled sentences give no spread"
        low, high = np.quantile(difference, [0.025, 0.975])
        return (float(low), float(high)), "block bootstrap interval over sentences"

    def _drawn(self, name: str, measure: Measure, article: int) -> NDArray[np.float64]:
        if article not in self._bootstraps:
            self._bootstraps[article] = block_totals(self.counts(article), N_RESAMPLES, self._rng(article))
        return self._score(name, measure, self._bootstraps[article])


def _is_ratio(measure: Measure) -> bool:
    """Tell whether a measure is its first count over its second one, up to a factor."""
    if len(measure.counts) != 2:
        return False
    once, twice, same = (
        float(np.asarray(measure.score(dict(zip(measure.counts, map(np.array, counts), strict=True)))))
        for counts in ((100.0, 1000.0), (200.0, 1000.0), (200.0, 2000.0))
    )
    return once != 0 and bool(np.allclose([twice, same], [2 * once, once]))
