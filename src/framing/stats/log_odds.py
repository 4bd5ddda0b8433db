"""Weighted log-odds of words with an informative prior ("Fightin' Words")."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class LogOdds(NamedTuple):
    """The log-odds ratio of each word and its z score, shape (n_words,); above 0: more in the target."""

    delta: NDArray[np.float64]
    z: NDArray[np.float64]


def log_odds(target: ArrayLike, reference: ArrayLike, strength: float | None = None) -> LogOdds:
    """Return how much more each word belongs to a target than to a reference.

    ``delta = ln[(y_i + a) / (n_i + a0 - y_i - a)] - ln[(y_j + a) / (n_j + a0 - y_j - a)]`` and
    ``z = delta / sqrt(1 / (y_i + a) + 1 / (y_j + a))`` (Monroe, Colaresi & Quinn 2008, equations 16, 18, 19, 22), the
    prior of a word being ``a = a0 * (share of the word in target and reference together)``.

    Parameters
    ----------
    target, reference
        Counts of the same words, shape (n_words,).
    strength
        ``a0``, the words that the prior is worth; the size of the smaller side if not given.

    Returns
    -------
    LogOdds
        NaN for words that stand on neither side, and everywhere if a side is empty.

    Examples
    --------
    >>> log_odds([3, 1], [1, 3]).delta.round(3).tolist()
    [1.022, -1.022]
    """
    yi, yj = np.asarray(target, float), np.asarray(reference, float)
    ni, nj = yi.sum(), yj.sum()
    both = yi + yj
    if min(ni, nj) <= 0:
        return LogOdds(np.full(len(yi), np.nan), np.full(len(yi), np.nan))
    a0 = min(ni, nj) if strength is None else strength
    with np.errstate(divide="ignore", invalid="ignore"):
        a = a0 * both / (ni + nj)
        odds = [(y + a) / (n + a0 - y - a) for y, n in ((yi, ni), (yj, nj))]
        delta = np.where(both > 0, np.log(odds[0]) - np.log(odds[1]), np.nan)
        z = delta / np.sqrt(1 / (yi + a) + 1 / (yj + a))
    return LogOdds(delta, np.where(np.isfinite(z), z, np.nan))
