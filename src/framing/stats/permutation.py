"""Permutation tests; all p values are two-sided and count the observed arrangement."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

EXACT_UP_TO = 20_000
"""Up to so many arrangements all are listed; beyond, a random sample is drawn."""

MANY = 1_000
"""From so many texts on, measures with missing values are permuted together."""

_SLACK = 1e-12
_AT_ONCE = 4_000_000  # numbers held at a time while resampling
_MOST_LABELS = 200_000_000  # labels drawn in all


def label_permutations(
    x: ArrayLike, first: ArrayLike, n_resamples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return p values of differences of means under random labels, many measures at once.

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
    numpy.ndarray
        Shape (n_measures,); exact up to `EXACT_UP_TO` splits; NaN below two texts a side.
    """
    x, first = np.asarray(x, float), np.asarray(first, bool)
    known = np.isfinite(x)
    p = np.full(x.shape[1], np.nan)
    patterns, which = np.unique(known, axis=1, return_inverse=True)
    many = []
    for number in range(patterns.shape[1]):
        columns = np.flatnonzero(which.ravel() == number)
        rows = patterns[:, number]
        if rows.sum() >= MANY and min(first[rows].sum(), (~first[rows]).sum()) >= MANY / 10:
            many += columns.tolist()
            continue
        p[columns] = _label_permutations(x[np.ix_(rows, columns)], first[rows], n_resamples, rng)
    if many:
        p[many] = _shared_permutations(x[:, many], first, n_resamples, rng)
    return p


def _shared_permutations(
    x: NDArray[np.float64], first: NDArray[np.bool_], n_resamples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Permute the labels of all texts at once; a measure takes from each draw the texts that have it."""
    known = np.isfinite(x)
    n = known.sum(axis=0)
    filled = np.where(known, x - np.nanmean(x, axis=0), 0.0)
    size = np.sqrt((filled**2).sum(axis=0))
    filled = (filled / np.where(size > 0, size, 1.0)).astype(
        np.float32
    )  # centred: the other side's sum is the opposite
    whole = known.all(axis=0)
    counted = known[:, ~whole].astype(np.float32)
    sides = np.broadcast_to(float(first.sum()), x.shape[1]).copy()

    def statistic(labels: NDArray[np.float32]) -> NDArray[np.float64]:
        n_first = np.broadcast_to(sides, (len(labels), x.shape[1])).copy()
        n_first[:, ~whole] = labels @ counted
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.abs(labels @ filled) * (1 / n_first + 1 / (n - n_first))

    observed = statistic(first[None].astype(np.float32))[0] * (1 - 1e-6)
    extreme = np.zeros(x.shape[1], np.int64)
    n_resamples = max(min(n_resamples, _MOST_LABELS // len(x)), min(n_resamples, 1_999))
    mark = first.astype(np.uint8)
    step = max(64, _AT_ONCE // len(x))
    for begin in range(0, n_resamples, step):
        drawn = rng.permuted(np.tile(mark, (min(step, n_resamples - begin), 1)), axis=1).astype(np.float32)
        extreme += (statistic(drawn) >= observed).sum(axis=0)
    return (1 + extreme) / (n_resamples + 1)


def _label_permutations(
    x: NDArray[np.float64], first: NDArray[np.bool_], n_resamples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    n, k = len(first), int(first.sum())
    if min(k, n - k) < 2:
        return np.full(x.shape[1], np.nan)
    x = x - x.mean(axis=0)
    size = np.abs(x).max(axis=0)
    x = x / np.where(size > 0, size, 1.0)
    observed = np.abs(x[first].sum(axis=0)) - 1e-9  # the sum over one side orders splits as the difference does
    extreme = np.zeros(x.shape[1], np.int64)
    if comb(n, k) <= EXACT_UP_TO:
        chosen = np.array(list(combinations(range(n), k)))
        labels = np.zeros((len(chosen), n))
        labels[np.arange(len(chosen))[:, None], chosen] = 1.0
        return (np.abs(labels @ x) >= observed).sum(axis=0) / len(chosen)
    n_resamples = max(min(n_resamples, _MOST_LABELS // n), min(n_resamples, 1_999))
    mark = first.astype(np.uint8)
    step = max(1, _AT_ONCE // n)
    for begin in range(0, n_resamples, step):
        drawn = rng.permuted(np.tile(mark, (min(step, n_resamples - begin), 1)), axis=1).astype(float)
        extreme += (np.abs(drawn @ x) >= observed).sum(axis=0)
    return (1 + extreme) / (n_resamples + 1)


def split_totals(
    a: NDArray[np.float64], b: NDArray[np.float64], n_resamples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Split the pooled sentences of two texts at random into the two sizes and return the first side's totals.

    Parameters
    ----------
    a, b
        Counts by sentence of the two texts, shapes (n_a, n_counts) and (n_b, n_counts).
    n_resamples
        Number of random splits.
    rng
        Generator.

    Returns
    -------
    numpy.ndarray
        Totals of the first side, shape (n_resamples, n_counts).
    """
    pooled = np.vstack([a, b])
    totals = np.empty((n_resamples, pooled.shape[1]))
    step = max(1, _AT_ONCE // max(1, len(pooled)))
    for begin in range(0, n_resamples, step):
        keys = rng.random((min(step, n_resamples - begin), len(pooled)))
        limit = np.partition(keys, len(a) - 1, axis=1)[:, len(a) - 1 : len(a)]
        totals[begin : begin + step] = (keys <= limit).astype(float) @ pooled
    return totals


def split_p(observed: float, drawn: ArrayLike) -> float:
    """Return how often a random split differs as much as the two texts do.

    Parameters
    ----------
    observed
        The difference between the texts.
    drawn
        Differences of the random splits; those that leave a side without a score (NaN) do not count.

    Returns
    -------
    float
        p in (0, 1], about these texts' sentences only; NaN where the difference is missing.

    Examples
    --------
    >>> split_p(0.5, [0.1, -0.6, 0.2])
    0.5
    """
    if not np.isfinite(observed):
        return np.nan
    size = np.abs(np.asarray(drawn, float))
    size = size[np.isfinite(size)]
    return float((1 + np.sum(size >= abs(observed) - _SLACK * max(1.0, abs(observed)))) / (len(size) + 1))
