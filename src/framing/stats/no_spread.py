"""A difference of means where all texts of a kind have the same value, so that it seems to be known without error.

Twenty texts without a theme do not show that their kind never has it: up to 16 % of its texts may, by Wilson's score
interval of 0 in 20. The mean of a kind without spread is therefore said to lie where it would if so many of its texts
were as far off as any text of the two kinds. With the t interval of the other kind's mean this makes an interval of the
difference by the method of variance estimates recovery (Zou & Donner 2008, Statistics in Medicine 27, 1693-1702), of
which the interval of Newcombe (1998) for two shares is a case.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, stats

from framing.stats.interval import NO_INTERVAL, wilson

_LEAST = 1e-9  # p values are not sought below


def has_spread(x: ArrayLike) -> bool:
    """Tell whether values differ by more than rounding."""
    x = np.asarray(x, float)
    return bool(np.ptp(x) > 1e-12 * max(1.0, float(np.abs(x).max())))


def interval(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of mean x - mean y, where `x`, `y` or both may have no spread.

    Returns
    -------
    tuple of float
        NaN where all values of both are the same.

    Examples
    --------
    No text of five has a theme, and of five others these shares of their sentences:

    >>> [round(v, 2) for v in interval([0, 0, 0, 0, 0], [0.1, 0.2, 0.3, 0.2, 0.2])]
    [-0.29, -0.04]
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    both = np.concatenate([x, y])
    if not has_spread(both):
        return NO_INTERVAL
    ends = both.min(), both.max()
    (below_x, above_x), (below_y, above_y) = (_reach(v, *ends, level) for v in (x, y))
    difference = x.mean() - y.mean()
    return float(difference - np.hypot(below_x, above_y)), float(difference + np.hypot(above_x, below_y))


def _reach(x: np.ndarray, least: float, most: float, level: float) -> tuple[float, float]:
    """Return how far below and above its estimate a mean may lie."""
    mean = x.mean()
    if has_spread(x):
        half = stats.t.ppf(0.5 + level / 2, len(x) - 1) * x.std(ddof=1) / np.sqrt(len(x))
        return half, half
    unlike = wilson(0, len(x), level)[1]
    return unlike * (mean - least), unlike * (most - mean)


def p_difference(x: ArrayLike, y: ArrayLike) -> float:
    """Return the p of no difference: 1 less the highest level at which the interval leaves zero out.

    Examples
    --------
    >>> round(p_difference([0, 0, 0, 0, 0], [0.1, 0.2, 0.3, 0.2, 0.2]), 3)
    0.018
    """

    def outside(p: float) -> float:
        low, high = interval(x, y, 1 - p)
        return max(low, -high)

    return _smallest(outside, 1.0)


def p_equivalence(x: ArrayLike, y: ArrayLike, bound: float) -> float:
    """Return the p of a difference of `bound` or more, as two one-sided tests give it: by the interval at 1 - 2 p."""

    def inside(p: float) -> float:
        low, high = interval(x, y, 1 - 2 * p)
        return bound - max(-low, high)

    return _smallest(inside, 0.5)


def _smallest(shown: Callable[[float], float], most: float) -> float:
    """Return the smallest p at which something is shown (above 0), 1 where it is not at any."""
    if not shown(most * (1 - _LEAST)) > 0:
        return 1.0
    return _LEAST if shown(_LEAST) > 0 else float(optimize.brentq(shown, _LEAST, most * (1 - _LEAST), xtol=1e-9))
