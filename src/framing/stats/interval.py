"""Confidence intervals."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

NO_INTERVAL = (np.nan, np.nan)
_AT_ONCE = 4_000_000  # numbers held at a time while resampling


def welch(x: ArrayLike, y: ArrayLike) -> tuple[float, float, float]:
    """Return mean x - mean y, its standard error and degrees of freedom (Welch 1947); NaN without spread."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    difference = float(x.mean() - y.mean())
    if min(len(x), len(y)) < 2:
        return difference, np.nan, np.nan
    a, b = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)
    if a + b <= 1e-24:
        return difference, np.nan, np.nan
    df = (a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))
    return difference, float(np.sqrt(a + b)), float(df)


def wilson(k: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval of a share of `k` in `n` (Wilson 1927).

    Examples
    --------
    >>> [round(v, 2) for v in wilson(0, 19)]
    [0.0, 0.17]
    """
    if n <= 0:
        return NO_INTERVAL
    low, high = wilson_bounds(k / n, n, level)
    return float(low), float(high)


def wilson_bounds(p: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Wilson's score intervals of shares `p` in `n`, many at once; `n` may be an effective number."""
    p, n = np.asarray(p, float), np.asarray(n, float)
    z = stats.norm.ppf(0.5 + level / 2)
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return np.maximum(0.0, centre - half), np.minimum(1.0, centre + half)


def rao_scott(p: float, n: float, q: float, m: float) -> float:
    """Return the two-sided p value of the difference of two shares of clustered units (Rao & Scott 1992).

    Pearson's chi-square for a table of two by two, in which each text counts as many units as its clusters are worth
    (Biometrics 48, 577-585). It agrees with an interval that rests on the same effective numbers.

    Parameters
    ----------
    p, q
        The shares, in [0, 1].
    n, m
        Their effective numbers of units, see `effective_n`.

    Returns
    -------
    float
        In [0, 1]; NaN where a side has no units.

    Examples
    --------
    One sentence of 25 against none of 25:

    >>> round(rao_scott(0.04, 25, 0.0, 25), 2)
    0.31
    """
    if not (n > 0 and m > 0 and np.isfinite(p + q)):
        return float("nan")
    pooled = (p * n + q * m) / (n + m)
    variance = pooled * (1 - pooled) * (1 / n + 1 / m)
    return float(stats.chi2.sf((p - q) ** 2 / variance, 1)) if variance > 0 else 1.0


def effective_n(
    k: ArrayLike, n: ArrayLike, group: NDArray[np.integer] | None = None, n_groups: int = 1
) -> NDArray[np.float64]:
    """Return the number of independent draws that is worth as much as units in clusters (Korn & Graubard 1998).

    p (1 - p) / v with p = sum k / sum n and v = S / (S - 1) sum (k - p n)^2 / (sum n)^2 over the S clusters with units,
    at most sum n. Where a share is 0 or 1 or has no spread over clusters, each cluster counts once.

    Parameters
    ----------
    k, n
        Counts and totals of the clusters, shape (n_clusters,). Where no cluster of a group has more than one unit, the
        units are the clusters, and the result is sum n.
    group
        The group (text) of each cluster; one group when not given.
    n_groups
        Number of groups.

    Returns
    -------
    numpy.ndarray
        Shape (n_groups,); 0 in a group without units.

    Examples
    --------
    Three sentences of ten words, of which all, none and all are quoted, are worth little more than two words:

    >>> effective_n([10, 0, 10], [10, 10, 10]).round(2).tolist()
    [2.0]
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    group = np.zeros(len(n), int) if group is None else group
    total, count = np.bincount(group, n, n_groups), np.bincount(group, k, n_groups)
    clusters = np.bincount(group, n > 0, n_groups)
    largest = np.zeros(n_groups)
    np.maximum.at(largest, group, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = count / total
        spread = np.bincount(group, (k - p[group] * n) ** 2, n_groups) * clusters / (clusters - 1) / total**2
        worth = p * (1 - p) / spread
    worth = np.where((p > 1e-12) & (p < 1 - 1e-12) & (spread > 1e-15), worth, clusters)
    return np.where(largest <= 1, total, np.minimum(worth, total))


def newcombe(k1: float, n1: float, k2: float, n2: float, level: float = 0.95) -> tuple[float, float]:
    """Return the hybrid score interval of a difference of shares (Newcombe 1998, method 10).

    Examples
    --------
    >>> [round(v, 4) for v in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    if min(n1, n2) <= 0:
        return NO_INTERVAL
    (l1, u1), (l2, u2) = wilson(k1, n1, level), wilson(k2, n2, level)
    p, q = k1 / n1, k2 / n2
    return (
        float(p - q - np.hypot(p - l1, u2 - q)),
        float(p - q + np.hypot(u1 - p, q - l2)),
    )


def block_totals(
    counts: NDArray[np.float64], n_resamples: int, rng: np.random.Generator, block: int = 3
) -> NDArray[np.float64]:
    """Resample a text's sentences in moving blocks and return the totals of each resample (Künsch 1989).

    Parameters
    ----------
    counts
        Counts by sentence, shape (n_sentences, n_counts).
    n_resamples
        Number of resamples.
    rng
        Generator.
    block
        Length of a block in sentences.

    Returns
    -------
    numpy.ndarray
        Totals, shape (n_resamples, n_counts). Every resample has n_sentences sentences.
    """
    n = len(counts)
    block = min(block, n)
    n_blocks, rest = divmod(n, block)
    sums = np.vstack([np.zeros(counts.shape[1]), np.cumsum(counts, axis=0)])
    totals = np.empty((n_resamples, counts.shape[1]))
    starts = rng.integers(0, n - block + 1, size=(n_resamples, n_blocks + bool(rest)))
    step = max(1, _AT_ONCE // max(1, starts.shape[1] * counts.shape[1]))
    for begin in range(0, n_resamples, step):
        part = starts[begin : begin + step]
        whole, last = part[:, :n_blocks], part[:, n_blocks:]
        totals[begin : begin + step] = (sums[whole + block] - sums[whole]).sum(axis=1)
        totals[begin : begin + step] += (sums[last + rest] - sums[last]).sum(axis=1)
    return totals
