"""How evenly something is spread over a text."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def deviation_of_proportions(counts: ArrayLike, sizes: ArrayLike) -> float:
    """Return Gries' DP: half the sum of the absolute differences between shares of the counts and of the sizes.

    ``DP = 1/2 * sum |counts_i / sum(counts) - sizes_i / sum(sizes)|`` (Gries 2008). 0: spread as the parts are large;
    towards 1: all in one small part. NaN without a count, or where a part has no size.

    Parameters
    ----------
    counts, sizes
        Occurrences in each part, and its length, shape (n_parts,).

    Examples
    --------
    >>> deviation_of_proportions([1, 1, 0, 0], [5, 5, 5, 5])
    0.5
    """
    k, n = np.asarray(counts, float), np.asarray(sizes, float)
    if k.sum() <= 0 or not (n > 0).all():
        return float("nan")
    return float(0.5 * np.abs(k / k.sum() - n / n.sum()).sum())
