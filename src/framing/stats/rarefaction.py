"""Rarefaction: how many distinct things a shorter text would hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln


def rarefied(incidence: ArrayLike, n: int, m: int) -> float:
    """Return the expected number of distinct things in `m` of a text's `n` units, drawn without replacement.

    sum over things of 1 - C(n - k, m) / C(n, m), with k the number of units that hold the thing (Hurlbert 1971, Ecology
    52; for units that hold several things: Colwell et al. 2012, equation 5).

    Parameters
    ----------
    incidence
        For each thing, the number of units that hold it, from 1 to `n`.
    n
        Number of units of the text.
    m
        Number of units to draw, up to `n`.

    Returns
    -------
    float
        From 0 to the number of things; NaN where `m` is above `n` or `n` is 0.

    Examples
    --------
    Three things in 1, 2 and 4 of 4 units; two units hold 1/2 + 5/6 + 1 of them:

    >>> round(rarefied([1, 2, 4], 4, 2), 6)
    2.333333
    """
    k = np.asarray(incidence, float)
    if n <= 0 or m > n:
        return np.nan
    rest = n - k
    possible = rest >= m
    rest = np.where(possible, rest, m)
    missed = gammaln(rest + 1) - gammaln(rest - m + 1) - gammaln(n + 1) + gammaln(n - m + 1)
    return float(np.sum(1.0 - np.where(possible, np.exp(missed), 0.0)))
