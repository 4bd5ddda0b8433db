"""Differences by event, many measures at once: intervals and sign-flip permutations of their means.

Arrays are of shape (n_events, n_measures) with NaN where an event lacks the measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]

DEFAULT = "t"
_FLAT = 1e-12
_EXACT_EVENTS = 14  # up to so many events all signs are tried
_AT_ONCE = 8_000_000  # numbers held at a time while resampling


class Means(NamedTuple):
    """Number of events, mean and standard error of differences, shape (n_measures,); no error without spread."""

    n: NDArray[np.int64]
    mean: Floats
    error: Floats
    sd: Floats


def means(d: ArrayLike, weights: ArrayLike | None = None) -> Means:
    """Return the mean difference over events and its standard error, sd / sqrt(n).

    Parameters
    ----------
    d
        Differences, shape (n_events, n_measures), NaN where missing.
    weights
        Weights of the events, shape (n_events,), equal when not given. With weights w that sum to 1 over the events of
        a measure, the error is sqrt(n / (n - 1) sum w^2 (d - mean)^2), which is sd / sqrt(n) for equal ones.
    """
    d = np.atleast_2d(np.asarray(d, float))
    known = np.isfinite(d)
    n = known.sum(axis=0)
    w = np.ones(len(d)) if weights is None else np.asarray(weights, float)
    w = np.where(known, w[:, None], 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        w = w / w.sum(axis=0)
        filled = np.where(known, d, 0.0)
        mean = np.where(n > 0, (w * filled).sum(axis=0), np.nan)
        off = np.where(known, d - mean, 0.0)
        flat = np.abs(off).max(axis=0, initial=0) <= _FLAT * np.maximum(1.0, np.abs(filled).max(axis=0, initial=0))
        spread = np.where(flat | (n < 2), np.nan, 1.0)
        sd = np.sqrt((off**2).sum(axis=0) / (n - 1)) * spread
        error = np.sqrt(n / (n - 1) * (w**2 * off**2).sum(axis=0)) * spread
    return Means(n, mean, error, sd)


def t_intervals(found: Means, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the t intervals of the means; NaN below two events and where all differences are equal."""
    half = stats.t.ppf(0.5 + level / 2, np.maximum(found.n - 1, 1)) * found.error
    return found.mean - half, found.mean + half


def bootstrap_t_intervals(
    d: ArrayLike, rng: np.random.Generator, n_resamples: int = 1_999, level: float = 0.95, wild: bool = False
) -> tuple[Floats, Floats]:
    """Return studentised bootstrap intervals of the means (Efron & Tibshirani 1993; wild: Webb 2014 weights).

    The same draws of events serve all measures; in a draw, a measure has the events that have it.

    Parameters
    ----------
    d
        Differences, shape (n_events, n_measures), NaN where missing.
    rng, n_resamples, level
        Generator, number of resamples of events, and level.
    wild
        Whether residuals get Webb's six weights instead of events being drawn.

    Returns
    -------
    tuple of numpy.ndarray
        Bounds; NaN where fewer than three events have the measure or the resamples have no spread.
    """
    d = np.atleast_2d(np.asarray(d, float))
    low, high = np.full(d.shape[1], np.nan), np.full(d.shape[1], np.nan)
    known = np.isfinite(d)
    centre = means(d)
    off = np.where(known, d - np.where(centre.n > 0, centre.mean, 0.0), 0.0)
    size = np.abs(off).max(axis=0, initial=0.0)
    off = off / np.where(size > 0, size, 1.0)
    t = np.concatenate([_studentised(off, known, w, wild) for w in _draws(len(d), n_resamples, rng, wild)])
    usable = (centre.n > 2) & np.isfinite(centre.error) & (np.isfinite(t).sum(axis=0) > len(t) / 2)
    if usable.any():
        ends = np.nanquantile(t[:, usable], [0.5 - level / 2, 0.5 + level / 2], axis=0)
        low[usable] = centre.mean[usable] - ends[1] * centre.error[usable]
        high[usable] = centre.mean[usable] - ends[0] * centre.error[usable]
    return low, high


def _draws(n: int, n_resamples: int, rng: np.random.Generator, wild: bool) -> Iterator[Floats]:
    """Draw how often each event counts in a resample, or its weight, shape (some resamples, n); for all measures."""
    step = max(1, _AT_ONCE // max(1, n))
    for begin in range(0, n_resamples, step):
        size = min(step, n_resamples - begin)
        if wild:
            yield rng.choice(_WEBB, size=(size, n))
        else:
            yield np.stack([np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(size)]).astype(float)


def _studentised(off: Floats, known: NDArray[np.bool_], drawn: Floats, wild: bool) -> Floats:
    """Return the t values of resampled differences, shape (n_resamples, n_measures), NaN without spread."""
    n = known.sum(axis=0) if wild else drawn @ known
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = drawn @ off / n
        squares = ((drawn**2 if wild else drawn) @ off**2) / n
        sd = np.sqrt(np.maximum(squares - mean**2, 0.0) * n / (n - 1))
        return np.where((n > 1) & (sd > 1e-7), mean / (sd / np.sqrt(n)), np.nan)


def intervals(
    d: ArrayLike, method: str = DEFAULT, rng: np.random.Generator | None = None, weights: ArrayLike | None = None
) -> tuple[Floats, Floats, Means]:
    """Return 95 % intervals of mean differences by a method, and the means.

    The default is the t interval: of t, bootstrap-t and wild-t it alone covers 93 % and more for three events and more,
    for normal outcomes, shares and equally skewed kinds. Where one kind is skewed and the other is not, all three fall
    short, bootstrap-t the least; the page ``STATISTICS.md`` beside this file has the table.
    """
    found = means(d, weights)
    if method in ("bootstrap-t", "wild-t"):
        return *bootstrap_t_intervals(d, rng or np.random.default_rng(0), wild=method == "wild-t"), found
    return *t_intervals(found), found


_WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])


def sign_flips(
    d: ArrayLike, rng: np.random.Generator, n_resamples: int = 9_999, weights: ArrayLike | None = None
) -> Floats:
    """Return two-sided p values of the means under random signs of the events, shape (n_measures,).

    Exact for a measure that up to 14 events have; the smallest possible p is then 2 / 2^n. The same random signs serve
    all other measures, so that their joint distribution is kept.

    Examples
    --------
    >>> sign_flips([[1.0], [2.0], [3.0]], np.random.default_rng(0)).tolist()
    [0.25]
    """
    d = np.atleast_2d(np.asarray(d, float))
    known = np.isfinite(d)
    w = np.ones(len(d)) if weights is None else np.asarray(weights, float)
    filled = np.where(known, d * w[:, None], 0.0)
    n = known.sum(axis=0)
    p = np.full(d.shape[1], np.nan)
    few, many = np.flatnonzero((n > 0) & (n <= _EXACT_EVENTS)), np.flatnonzero(n > _EXACT_EVENTS)
    if len(few):
        patterns, which = np.unique(known[:, few], axis=1, return_inverse=True)
        for number, rows in enumerate(patterns.T):
            columns = few[which.ravel() == number]
            p[columns] = _every_sign(filled[np.ix_(rows, columns)])
    if len(many):
        p[many] = _random_signs(filled[:, many], rng, n_resamples)
    return p


def _every_sign(filled: Floats) -> Floats:
    n = len(filled)
    signs = 1.0 - 2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
    slack = _FLAT * np.maximum(1.0, np.abs(filled).sum(axis=0))
    return (np.abs(signs @ filled) >= np.abs(filled.sum(axis=0)) - slack).mean(axis=0)


def _random_signs(filled: Floats, rng: np.random.Generator, n_resamples: int) -> Floats:
    n, size = len(filled), np.abs(filled).sum(axis=0)
    # single precision is enough to compare sums of signs; the slack covers its rounding
    scaled = (filled / np.where(size > 0, size, 1.0)).astype(np.float32)
    limit = np.abs(scaled.sum(axis=0)) - np.float32(1e-6)
    extreme = np.zeros(filled.shape[1], np.int64)
    step = max(8, _AT_ONCE // max(1, n) // 8 * 8)
    for begin in range(0, n_resamples, step):
        size_now = min(step, n_resamples - begin)
        bits = np.frombuffer(rng.bytes((size_now * n + 7) // 8), np.uint8)
        signs = np.unpackbits(bits, count=size_now * n).reshape(size_now, n).astype(np.float32)
        signs *= 2
        signs -= 1
        extreme += (np.abs(signs @ scaled) >= limit).sum(axis=0)
    return (1 + extreme) / (n_resamples + 1)


def skewness(d: ArrayLike) -> Floats:
    """Return the skewness of differences, mean of (d - mean)^3 over sd^3, shape (n_measures,); NaN without spread.

    Examples
    --------
    >>> skewness([[0.0], [0.0], [0.0], [4.0]]).round(3).tolist()
    [1.155]
    """
    d = np.atleast_2d(np.asarray(d, float))
    n = np.isfinite(d).sum(axis=0)
    filled = np.where(np.isfinite(d), d, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.where(np.isfinite(d), d - filled.sum(axis=0) / n, 0.0)
        second, third = (off**2).sum(axis=0) / n, (off**3).sum(axis=0) / n
        flat = np.sqrt(second) <= _FLAT * np.maximum(1.0, np.abs(filled).max(axis=0, initial=0.0))
        return np.where(flat, np.nan, third / np.where(flat, 1.0, second) ** 1.5)


def smallest_p(n: ArrayLike) -> Floats:
    """Return the smallest two-sided p that sign flips of so many events can give, 2 / 2^n."""
    return 2.0 / 2.0 ** np.asarray(n, float)
