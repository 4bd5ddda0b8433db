"""Effect sizes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


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


def _spread(d: np.ndarray) -> bool:
    """Tell whether values differ by more than rounding."""
    return bool(np.ptp(d) > 1e-12 * max(1.0, float(np.abs(d).max())))
