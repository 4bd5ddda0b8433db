"""Welch's t of two kinds of texts under random labels: a p and an interval that rest on the same draws.

The difference of means itself would only be a fair statistic where both kinds vary alike: with few varied texts beside
many that are alike its p is far too small, and the other way round far too large. Divided by Welch's standard error the
test is exact where the kinds have one distribution, and holds its level in large samples where they only have one mean
(Janssen 1997, Statistics & Probability Letters 36, 9-21; Chung & Romano 2013, Annals of Statistics 41, 484-507).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating]

EXACT_UP_TO = 20_000
"""Up to so many arrangements all are listed; beyond, a random sample is drawn."""

MANY = 1_000
"""From so many texts on, measures with missing values are permuted together."""

_FLAT = 1e-9  # so small a part of the squares is no variance but rounding
_SLACK = 1e-7  # by so much a drawn t may fall short of the observed one and be as large, as sums are rounded
_AT_ONCE = 4_000_000  # numbers held at a time while resampling
_MOST_LABELS = 200_000_000  # labels drawn in all


class Labelled(NamedTuple):
    """Welch's t of one measure, and its size under the labels that were tried.

    Attributes
    ----------
    t
        Difference of means over its standard error (Welch 1947); NaN below two texts a side.
    drawn
        Sizes of t under other labels, the largest first; the observed one is among them where all labels were tried.
    sampled
        Whether the labels are a random sample.
    """

    t: float
    drawn: Floats
    sampled: bool

    @property
    def p(self) -> float:
        """Return the two-sided p of the difference."""
        return self.beyond(abs(self.t))

    def beyond(self, size: float) -> float:
        """Return how often labels at random give a t of a size or more; counts the observed labels."""
        if not np.isfinite(self.t):
            return np.nan
        limit = size * (1 - _SLACK)
        n = np.searchsorted(-self.drawn, -limit, side="right")
        return float((n + self.sampled) / (len(self.drawn) + self.sampled))

    def critical(self, level: float = 0.95) -> float:
        """Return the size of t beyond which p is at most 1 - `level`; infinite where no t is so rare.

        The interval difference ± critical x error therefore leaves zero out exactly where p is at most 1 - `level`.
        """
        if not np.isfinite(self.t):
            return np.nan
        allowed = int((1 - level) * (len(self.drawn) + self.sampled) + 1e-9) - self.sampled
        return float(self.drawn[allowed]) if allowed >= (not self.sampled) else np.inf


def label_test(x: ArrayLike, first: ArrayLike, n_resamples: int, rng: np.random.Generator) -> list[Labelled]:
    """Test differences of means under random labels, many measures at once.

    Parameters
    ----------
    x
        Values, shape (n_texts, n_measures), NaN where missing; a measure permutes the texts that have it. Those that
        `MANY` texts have share the permutations of all texts.
    first
        Whether each text is of the first kind.
    n_resamples, rng
        Number of random labellings, fewer for very many texts (never under 1,999), and generator.

    Returns
    -------
    list of Labelled
        One a measure; exact up to `EXACT_UP_TO` splits, missing below two texts a side.

    Examples
    --------
    >>> x = [[0.0], [0.0], [0.0], [0.0], [0.1], [0.2], [0.3], [0.5]]
    >>> found = label_test(x, np.arange(8) < 4, 99, np.random.default_rng(0))[0]
    >>> round(found.t, 2), round(found.p, 3)
    (-2.26, 0.029)
    """
    x, first = np.asarray(x, float), np.asarray(first, bool)
    known = np.isfinite(x)
    found = [Labelled(np.nan, np.empty(0), False)] * x.shape[1]
    patterns, which = np.unique(known, axis=1, return_inverse=True)
    many: list[int] = []
    for number, rows in enumerate(patterns.T):
        columns = np.flatnonzero(which.ravel() == number).tolist()
        own = first[rows]
        sides = min(own.sum(), (~own).sum())
        if len(own) >= MANY and sides >= MANY / 10:
            many += columns
        elif sides > 1:
            for column, tested in zip(columns, _tested(x[np.ix_(rows, columns)], own, n_resamples, rng), strict=True):
                found[column] = tested
    if many:
        for column, tested in zip(many, _tested(x[:, many], first, n_resamples, rng), strict=True):
            found[column] = tested
    return found


def _tested(x: Floats, first: NDArray[np.bool_], n_resamples: int, rng: np.random.Generator) -> list[Labelled]:
    """Test measures that share their labels; those that a text lacks take what the labels give to the other texts."""
    t = _statistic(x)
    observed = t(first[None].astype(float))[0]
    every = comb(len(first), int(first.sum())) <= EXACT_UP_TO
    labels = _every(first) if every else _random(first, n_resamples, rng)
    drawn = np.concatenate([np.abs(t(some.astype(float))) for some in labels])
    drawn = -np.sort(-drawn, axis=0)
    return [Labelled(float(observed[i]), drawn[:, i], not every) for i in range(x.shape[1])]


def _statistic(x: Floats) -> Callable[[Floats], Floats]:
    """Return the function from labels, shape (n_draws, n_texts), to Welch's t, shape (n_draws, n_measures).

    Values of a side that are all alike do not show how it varies, and few zeros among rare values often come together:
    with no error of their own such labels would have the largest t of all, and nothing could be a finding beside them.
    The variance of all texts stands in for that of such a side.
    """
    known = np.isfinite(x)
    n = known.sum(axis=0)
    off = np.where(known, x - np.nanmean(x, axis=0), 0.0)
    sd = np.sqrt((off**2).sum(axis=0) / n)
    flat = sd <= 1e-12 * np.maximum(1.0, np.abs(np.where(known, x, 0.0)).max(axis=0))
    off = np.where(flat, 0.0, off / np.where(flat, 1.0, sd))  # the variance of all is 1, their sum 0
    squares, total = off**2, np.where(flat, 0.0, n)
    whole, counted = known.all(), known.astype(float)

    def error(n_own: Floats, mean: Floats, square: Floats) -> Floats:
        variance = square - mean**2
        return np.where(variance <= _FLAT * np.maximum(square, _FLAT), 1 / n_own, variance / (n_own - 1))

    def t(labels: Floats) -> Floats:
        n_a = labels.sum(axis=1, keepdims=True) if whole else labels @ counted
        n_b = n - n_a
        sums, own = labels @ off, labels @ squares
        with np.errstate(divide="ignore", invalid="ignore"):
            of_a, of_b = error(n_a, sums / n_a, own / n_a), error(n_b, -sums / n_b, (total - own) / n_b)
            found = sums * (1 / n_a + 1 / n_b) / np.sqrt(of_a + of_b)
        return np.where(np.minimum(n_a, n_b) > 1, found, 0.0)

    return t


def _every(first: NDArray[np.bool_]) -> Iterator[Floats]:
    n = len(first)
    chosen = np.array(list(combinations(range(n), int(first.sum()))))
    labels = np.zeros((len(chosen), n))
    np.put_along_axis(labels, chosen, 1.0, axis=1)
    yield labels


def _random(first: NDArray[np.bool_], n_resamples: int, rng: np.random.Generator) -> Iterator[NDArray[np.uint8]]:
    n_resamples = max(min(n_resamples, _MOST_LABELS // len(first)), min(n_resamples, 1_999))
    mark = first.astype(np.uint8)
    step = max(64, _AT_ONCE // len(first))
    for begin in range(0, n_resamples, step):
        yield rng.permuted(np.tile(mark, (min(step, n_resamples - begin), 1)), axis=1)
