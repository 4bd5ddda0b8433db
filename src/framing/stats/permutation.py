"""Permutation tests; all p values are two-sided and count the observed arrangement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

EXACT_UP_TO = 20_000
"""Up to so many arrangements all are listed; beyond, a random sample is drawn."""

_SLACK = 1e-12


def sign_flip(d: ArrayLike, n_resamples: int, rng: np.random.Generator) -> float:
    """Return the p value of a mean of paired differences under random signs.

    Exact up to 14 differences; the smallest p possible is 2 / 2^n. Zero differences stay zero.

    Examples
    --------
    >>> sign_flip([1.0, 2.0, 3.0], 99, np.random.default_rng(0))
    0.25
    """
    d = np.asarray(d, float)
    n = len(d)
    if n == 0:
        return np.nan
    observed = abs(d.sum()) - _SLACK * max(1.0, float(np.abs(d).sum()))
    if 2**n <= EXACT_UP_TO:
        signs = 1 - 2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
        return float(np.mean(np.abs(signs @ d) >= observed))
    signs = rng.integers(0, 2, size=(n_resamples, n)) * 2 - 1
    return float((1 + np.sum(np.abs(signs @ d) >= observed)) / (n_resamples + 1))


def label_permutation(x: ArrayLike, y: ArrayLike, n_resamples: int, rng: np.random.Generator) -> float:
    """Return the p value of a difference of means under random labels.

    Exact up to `EXACT_UP_TO` splits; NaN below two values a side.

    Examples
    --------
    >>> round(label_permutation([1.0, 2.0], [8.0, 9.0], 99, np.random.default_rng(0)), 4)
    0.3333
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    n, k = len(x) + len(y), len(x)
    if min(k, n - k) < 2:
        return np.nan
    pooled = np.concatenate([x, y])
    observed = abs(x.mean() - y.mean()) - _SLACK * max(1.0, float(np.abs(pooled).max()))
    if comb(n, k) <= EXACT_UP_TO:
        chosen = np.array(list(combinations(range(n), k)))
    else:
        chosen = rng.permuted(np.tile(np.arange(n), (n_resamples, 1)), axis=1)[:, :k]
    sums = pooled[chosen].sum(axis=1)
    extreme = np.abs(sums / k - (pooled.sum() - sums) / (n - k)) >= observed
    return float(extreme.mean()) if comb(n, k) <= EXACT_UP_TO else float((1 + extreme.sum()) / (n_resamples + 1))


def split_permutation(
    a: Mapping[str, NDArray[np.float64]],
    b: Mapping[str, NDArray[np.float64]],
    score: Callable[[Mapping[str, NDArray[np.float64]]], NDArray[np.float64]],
    n_resamples: int,
    rng: np.random.Generator,
) -> float:
    """Return how often a random split of the units of two texts differs as much as the texts do.

    Parameters
    ----------
    a, b
        Counts by sentence of the two texts.
    score
        From totals to a value.
    n_resamples
        Number of random splits into the two sizes.
    rng
        Generator.

    Returns
    -------
    float
        p, in (0, 1]. It speaks of these texts' sentences only. NaN where a text has no score. Splits
        that leave a side without a score count as no difference.
    """
    pooled = {name: np.concatenate([a[name], b[name]]) for name in a}
    n_a = len(next(iter(a.values())))
    n = len(next(iter(pooled.values())))
    with np.errstate(divide="ignore", invalid="ignore"):
        one = score({k: np.array([v.sum()]) for k, v in a.items()})[0]
        two = score({k: np.array([v.sum()]) for k, v in b.items()})[0]
        if not np.isfinite(one - two):
            return np.nan
        chosen = rng.permuted(np.tile(np.arange(n), (n_resamples, 1)), axis=1)[:, :n_a]
        first = {k: v[chosen].sum(axis=1) for k, v in pooled.items()}
        drawn = score(first) - score({k: v.sum() - first[k] for k, v in pooled.items()})
    drawn = np.nan_to_num(np.abs(drawn), nan=0.0)
    return float((1 + np.sum(drawn >= abs(one - two) - _SLACK * max(1.0, abs(one - two)))) / (n_resamples + 1))
