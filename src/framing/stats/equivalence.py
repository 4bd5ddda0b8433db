"""Equivalence: whether a difference is shown to be smaller than a bound that was set beforehand."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

VERDICTS = ("different", "equivalent", "inconclusive")


def tost_p(mean: ArrayLike, error: ArrayLike, df: ArrayLike, bound: ArrayLike) -> NDArray[np.float64]:
    """Return the p value of two one-sided tests against a difference of `bound` or more (Schuirmann 1987).

    Parameters
    ----------
    mean, error, df
        Difference, its standard error and degrees of freedom.
    bound
        Half-width of the range of differences that do not matter, above 0, on the measure's own scale.

    Returns
    -------
    numpy.ndarray
        The larger of the two p values; NaN where one of the arguments is.

    Examples
    --------
    >>> tost_p(0.0, 1.0, 10, 3.0).round(4).item()
    0.0067
    """
    mean, error, df, bound = (np.asarray(v, float) for v in (mean, error, df, bound))
    with np.errstate(divide="ignore", invalid="ignore"):
        above = stats.t.sf((mean + bound) / error, df)
        below = stats.t.cdf((mean - bound) / error, df)
    return np.maximum(above, below)


def verdict(p_different: float, p_equivalent: float, alpha: float = 0.05) -> str:
    """Return what two tests allow to say, one of `VERDICTS`.

    A difference that is shown to be within the bound is "equivalent", even where it is also shown not to be zero.
    """
    if np.isfinite(p_equivalent) and p_equivalent < alpha:
        return "equivalent"
    return "different" if np.isfinite(p_different) and p_different < alpha else "inconclusive"
