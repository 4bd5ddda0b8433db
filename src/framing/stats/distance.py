"""Distances between distributions, and what each word adds to them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

Floats = NDArray[np.float64]


def jensen_shannon(x: ArrayLike, y: ArrayLike, weights: tuple[float, float] = (0.5, 0.5)) -> tuple[float, Floats]:
    """Return the Jensen-Shannon divergence of two count vectors in bits, and what each entry adds to it.

    With p = x / sum x, q = y / sum y and m = w_1 p + w_2 q: entry = w_1 p log2(p / m) + w_2 q log2(q / m), the
    divergence is their sum (Lin 1991; Gallagher et al. 2021, EPJ Data Science 10:4).

    Parameters
    ----------
    x, y
        Counts or shares, shape (n_entries,), at least 0.
    weights
        Weights of the two sides, adding up to 1.

    Returns
    -------
    tuple
        The divergence, from 0 (equal) to 1 (nothing in common, for equal weights), and its parts, each at least 0. NaN
        where a side is empty.

    Examples
    --------
    >>> whole, parts = jensen_shannon([1, 1, 0], [1, 0, 1])
    >>> round(whole, 6), parts.tolist()
    (0.5, [0.0, 0.25, 0.25])
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    if min(x.sum(), y.sum()) <= 0:
        return np.nan, np.full(x.shape, np.nan)
    p, q = x / x.sum(), y / y.sum()
    m = weights[0] * p + weights[1] * q
    with np.errstate(divide="ignore", invalid="ignore"):
        of_p, of_q = (np.where(v > 0, v * np.log2(np.where(v > 0, v / m, 1.0)), 0.0) for v in (p, q))
    parts = np.maximum(weights[0] * of_p + weights[1] * of_q, 0.0)  # rounding may leave a part below 0
    return float(parts.sum()), parts


def divergences(first: ArrayLike, whole: ArrayLike) -> Floats:
    """Return Jensen-Shannon divergences in bits of many splits of the same counts, with equal weights.

    Parameters
    ----------
    first
        Counts of the first side of each split, shape (n_splits, n_entries).
    whole
        Counts of both sides together, shape (n_entries,).

    Returns
    -------
    numpy.ndarray
        Shape (n_splits,); entropy of the mean less mean of the entropies. NaN where a side is empty.
    """
    first = np.asarray(first, float)
    second = np.asarray(whole, float) - first
    with np.errstate(divide="ignore", invalid="ignore"):
        p, q = (v / v.sum(axis=1, keepdims=True) for v in (first, second))
    m = (p + q) / 2
    bits = (xlogy(p, p).sum(axis=1) + xlogy(q, q).sum(axis=1)) / 2 - xlogy(m, m).sum(axis=1)
    return np.maximum(bits / np.log(2), 0.0)


def shift(
    x: ArrayLike, y: ArrayLike, score: ArrayLike, other: ArrayLike | None = None
) -> tuple[tuple[float, float], Floats]:
    """Return the weighted averages of two bodies of text and what each word adds to their difference.

    With p = x / sum x and q = y / sum y: averages sum p score and sum q other, part = p score - q other; the parts add
    up to the difference of the averages (Gallagher et al. 2021, equation 4).

    Parameters
    ----------
    x, y
        Counts, shape (n_words,).
    score
        What each word is worth in the first body, shape (n_words,).
    other
        What it is worth in the second; the same when not given.

    Examples
    --------
    >>> shift([1, 3], [2, 2], [1.0, 2.0])
    ((1.75, 1.5), array([-0.25,  0.5 ]))
    """
    x, y, score = (np.asarray(v, float) for v in (x, y, score))
    other = score if other is None else np.asarray(other, float)
    if min(x.sum(), y.sum()) <= 0:
        return (np.nan, np.nan), np.full(x.shape, np.nan)
    p, q = x / x.sum() * score, y / y.sum() * other
    return (float(p.sum()), float(q.sum())), p - q
