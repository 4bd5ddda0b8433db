"""Keyness: which terms two bodies of text use at different rates."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

Floats = NDArray[np.float64]


class LogOdds(NamedTuple):
    """Log-odds ratios, their variances and z scores, each of shape (n_terms,)."""

    value: Floats
    variance: Floats
    z: Floats


def log_odds(
    x: ArrayLike, y: ArrayLike, prior: ArrayLike, n_x: float | None = None, n_y: float | None = None,
    n_prior: float | None = None,
) -> LogOdds:  # fmt: skip
    """Return log-odds ratios with an informative Dirichlet prior ("Fightin' Words").

    With counts x, y, totals n_x, n_y and prior a with total a_0:
    value = ln((x + a) / (n_x + a_0 - x - a)) - ln((y + a) / (n_y + a_0 - y - a)),
    variance = 1 / (x + a) + 1 / (y + a), z = value / sqrt(variance)
    (Monroe, Colaresi & Quinn 2008, Political Analysis 16, equations 16, 19, 20).

    Parameters
    ----------
    x, y
        Counts of the terms in the two bodies, shape (n_terms,).
    prior
        Counts that the prior adds to both, shape (n_terms,), above 0.
    n_x, n_y, n_prior
        Totals of all terms, where `x`, `y`, `prior` hold only some of them; their sums when not given.

    Returns
    -------
    LogOdds
        Positive where `x` has the term at the higher rate. z takes terms for drawn one by one: it knows no documents.

    Examples
    --------
    >>> found = log_odds([10, 5], [5, 10], [1, 1])
    >>> found.value.round(4).tolist(), found.z.round(4).tolist()
    ([1.2123, -1.2123], [2.3886, -2.3886])
    """
    x, y, prior = (np.asarray(v, float) for v in (x, y, prior))
    n_x, n_y, n_prior = (float(v.sum()) if n is None else float(n) for v, n in ((x, n_x), (y, n_y), (prior, n_prior)))
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = x + prior, y + prior
        value = np.log(one / (n_x + n_prior - one)) - np.log(two / (n_y + n_prior - two))
        variance = 1 / one + 1 / two
        value = np.where(np.isfinite(value), value, np.nan)  # a term that is all there is has no odds
        return LogOdds(value, variance, value / np.sqrt(variance))


def g2(x: ArrayLike, y: ArrayLike, n_x: float | None = None, n_y: float | None = None) -> Floats:
    """Return signed log-likelihood ratios of the 2 x 2 tables of a term against all others (Dunning 1993).

    G2 = 2 sum O ln(O / E) over the four cells, with the sign of x / n_x - y / n_y; shape (n_terms,). NaN where a body
    is empty.

    Examples
    --------
    >>> g2([10, 5], [5, 10]).round(4).tolist()
    [3.398, -3.398]
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    n_x, n_y = (float(v.sum()) if n is None else float(n) for v, n in ((x, n_x), (y, n_y)))
    if min(n_x, n_y) <= 0:
        return np.full(x.shape, np.nan)
    cells = np.stack([x, y, n_x - x, n_y - y])
    both, n = x + y, n_x + n_y
    expected = np.stack([both * n_x, both * n_y, (n - both) * n_x, (n - both) * n_y]) / n
    ratio = np.divide(cells, expected, out=np.ones_like(cells), where=expected > 0)
    size = 2 * xlogy(cells, ratio).sum(axis=0)
    return np.sign(x * n_y - y * n_x) * np.maximum(size, 0.0)
