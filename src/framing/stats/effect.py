"""Effect sizes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats


def _correction(df: float) -> float:
    """Return Hedges' small-sample factor J = 1 - 3 / (4 df - 1)."""
    return 1.0 - 3.0 / (4.0 * df - 1.0)


def hedges_g(x: ArrayLike, y: ArrayLike) -> float:
    """Return the standardised mean difference of two independent samples.

    g = J(n_x + n_y - 2) (mean x - mean y) / pooled sd (Hedges 1981). Positive where `x` is higher; NaN
    below two values a side or without spread.

    Examples
    --------
    >>> round(hedges_g([1, 2, 3], [2, 3, 4]), 6)
    -0.8
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    if min(len(x), len(y)) < 2:
        return np.nan
    df = len(x) + len(y) - 2
    pooled = np.sqrt(((len(x) - 1) * x.var(ddof=1) + (len(y) - 1) * y.var(ddof=1)) / df)
    return float(_correction(df) * (x.mean() - y.mean()) / pooled) if pooled > 0 else np.nan


def hedges_gz(d: ArrayLike) -> float:
    """Return the standardised mean of paired differences, g_z = J(n - 1) mean(d) / sd(d).

    NaN below three differences, where the correction is not defined, or without spread.

    Examples
    --------
    >>> round(hedges_gz([1.0, 2.0, 3.0]), 6)
    1.142857
    """
    d = np.asarray(d, float)
    if len(d) < 3 or not _spread(d):
        return np.nan
    return float(_correction(len(d) - 1) * d.mean() / d.std(ddof=1))


def cohen_h(p: float, q: float) -> float:
    """Return Cohen's h of two shares, 2 asin(sqrt p) - 2 asin(sqrt q) (Cohen 1988), in [-pi, pi].

    Examples
    --------
    >>> round(cohen_h(0.5, 0.0), 6)
    1.570796
    """
    return float(2 * np.arcsin(np.sqrt(p)) - 2 * np.arcsin(np.sqrt(q)))


def g_interval(g: float, df: float, per: float, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a standardised mean difference by inverting the noncentral t (Cumming & Finch 2001).

    Parameters
    ----------
    g
        Hedges' g or g_z, with its small-sample factor.
    df
        Degrees of freedom.
    per
        Noncentrality for each unit of the effect: sqrt(n) for paired differences, sqrt(n_x n_y / (n_x + n_y)) for
        independent samples.
    level
        Level of the interval.

    Examples
    --------
    >>> [round(v, 3) for v in g_interval(hedges_gz([1.0, 2.0, 3.0]), 2, 3**0.5)]
    [-0.081, 2.346]
    """
    if not np.isfinite(g):
        return np.nan, np.nan
    factor = _correction(df)
    t = g / factor * per

    with np.errstate(all="ignore"):
        low, high = (_noncentrality(t, df, 0.5 + side * level / 2) for side in (1, -1))
    return float(low * factor / per), float(high * factor / per)


def _noncentrality(t: float, df: float, chance: float) -> float:
    """Return the noncentrality under which a value up to `t` has a chance; NaN where scipy finds none."""
    side = -1.0 if chance > 0.5 else 1.0
    reach = 1.0
    while reach < 1e4:  # scipy's distribution breaks down far from its centre, so that the bracket grows step by step
        value = stats.nct.cdf(t, df, t + side * reach) - chance
        if not np.isfinite(value):
            return np.nan
        if (value > 0) == (side < 0):
            ends = sorted((t, t + side * reach))
            return float(optimize.brentq(lambda ncp: stats.nct.cdf(t, df, ncp) - chance, *ends))
        reach *= 1.5
    return np.nan


def cliffs_delta(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> tuple[float, float, float]:
    """Return Cliff's delta of two independent samples and its interval.

    delta = (#{x > y} - #{x < y}) / (n_x n_y), from -1 to 1, positive where `x` is higher; consistent variance and
    asymmetric interval of Feng & Cliff (2004). NaN below two values a side; the interval also where delta is -1 or 1.

    Examples
    --------
    >>> [round(v, 3) for v in cliffs_delta([1, 2, 3, 4], [2, 3, 4, 5])]
    [-0.438, -0.892, 0.455]
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    n, m = len(x), len(y)
    if min(n, m) < 2:
        return np.nan, np.nan, np.nan
    ordered = np.sort(y)
    above = np.searchsorted(ordered, x, side="left") - (m - np.searchsorted(ordered, x, side="right"))
    ordered = np.sort(x)
    below = (n - np.searchsorted(ordered, y, side="right")) - np.searchsorted(ordered, y, side="left")
    delta = above.sum() / (n * m)
    untied = sum(m - np.abs(np.searchsorted(np.sort(y), x, "right") - np.searchsorted(np.sort(y), x, "left")))
    of_x, of_y = above / m - delta, below / n - delta
    squares = untied - n * m * delta**2  # sum over pairs of (d_ij - delta)^2, as d_ij^2 is 1 but for ties
    variance = (m**2 * (of_x**2).sum() + n**2 * (of_y**2).sum() - squares) / (n * m * (n - 1) * (m - 1))
    variance = max(variance, (1 - delta**2) / (n * m - 1))
    return float(delta), *_asymmetric(delta, variance, n + m - 2, level)


def paired_dominance(d: ArrayLike, level: float = 0.95) -> tuple[float, float, float]:
    """Return Cliff's delta of paired differences, (#{d > 0} - #{d < 0}) / n, and its interval (Cliff 1993).

    Examples
    --------
    >>> [round(v, 3) for v in paired_dominance([1.0, 2.0, -1.0, 3.0, 0.0, 2.0])]
    [0.5, -0.42, 0.913]
    """
    signs = np.sign(np.asarray(d, float))
    n = len(signs)
    if n < 2:
        return np.nan, np.nan, np.nan
    delta = signs.mean()
    return float(delta), *_asymmetric(delta, signs.var(ddof=1) / n, n - 1, level)


def _asymmetric(delta: float, variance: float, df: float, level: float) -> tuple[float, float]:
    if abs(delta) >= 1 or variance <= 0:
        return np.nan, np.nan
    t = stats.t.ppf(0.5 + level / 2, df)
    half = t * np.sqrt(variance) * np.sqrt((1 - delta**2) ** 2 + t**2 * variance)
    middle, scale = delta - delta**3, 1 - delta**2 + t**2 * variance
    return float(max(-1.0, (middle - half) / scale)), float(min(1.0, (middle + half) / scale))


def _spread(d: np.ndarray) -> bool:
    """Tell whether values differ by more than rounding."""
    return bool(np.ptp(d) > 1e-12 * max(1.0, float(np.abs(d).max())))
