"""Confidence intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

NO_INTERVAL = (np.nan, np.nan)


def t_interval(d: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Return the t interval of a mean.

    NaN below two values, and where all are equal: a spread of nothing gives no interval.

    Examples
    --------
    >>> [round(v, 4) for v in t_interval([1.0, 2.0, 3.0])]
    [-0.4841, 4.4841]
    """
    d = np.asarray(d, float)
    if len(d) < 2 or np.ptp(d) <= 1e-12 * max(1.0, float(np.abs(d).max())):
        return NO_INTERVAL
    half = stats.t.ppf(0.5 + level / 2, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    return float(d.mean() - half), float(d.mean() + half)


def welch_interval(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Return Welch's interval for mean x - mean y of independent samples; NaN below two values a side."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    if min(len(x), len(y)) < 2:
        return NO_INTERVAL
    a, b = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)
    if a + b <= 1e-24:
        return NO_INTERVAL
    df = (a + b) ** 2 / (a**2 / (len(x) - 1) + b**2 / (len(y) - 1))
    half = stats.t.ppf(0.5 + level / 2, df) * np.sqrt(a + b)
    difference = x.mean() - y.mean()
    return float(difference - half), float(difference + half)


def wilson(k: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval of a share of `k` in `n` (Wilson 1927).

    Examples
    --------
    >>> [round(v, 2) for v in wilson(0, 19)]
    [0.0, 0.17]
    """
    if n <= 0:
        return NO_INTERVAL
    z = stats.norm.ppf(0.5 + level / 2)
    p = k / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))


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


def block_bootstrap(
    counts: Mapping[str, NDArray[np.float64]],
    score: Callable[[Mapping[str, NDArray[np.float64]]], NDArray[np.float64]],
    n_resamples: int,
    rng: np.random.Generator,
    block: int = 3,
) -> NDArray[np.float64]:
    """Resample a text's sentences in moving blocks and score each resample (Künsch 1989).

    Parameters
    ----------
    counts
        Counts by sentence, each of shape (n_sentences,).
    score
        From totals to a value.
    n_resamples
        Number of resamples.
    rng
        Generator.
    block
        Length of a block in sentences.

    Returns
    -------
    numpy.ndarray
        Scores, shape (n_resamples,); NaN where a resample has no unit.
    """
    n = len(next(iter(counts.values())))
    block = min(block, n)
    starts = rng.integers(0, n - block + 1, size=(n_resamples, -(-n // block)))
    index = (starts[:, :, None] + np.arange(block)).reshape(n_resamples, -1)[:, :n]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(score({name: values[index].sum(axis=1) for name, values in counts.items()}), dtype=float)
