"""Numbers that are chosen for the best of a quality, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray


def best_one_by_one(
    quality: Callable[[NDArray[np.float64]], float], start: NDArray[np.float64], values: Iterable[float], rounds: int
) -> NDArray[np.float64]:
    """Return the numbers reached by giving each in turn the value with the best quality, some times over.

    Parameters
    ----------
    quality
        What is to be high.
    start
        The numbers at first, shape (n,).
    values
        Values that each may take; of equals the first.
    rounds
        How often all are gone through.

    Examples
    --------
    >>> best_one_by_one(lambda x: -abs(x[0] - 2) - abs(x[1] - 1), np.zeros(2), [0.0, 1.0, 2.0], 1).tolist()
    [2.0, 1.0]
    """
    best, most = start, quality(start)
    for _ in range(rounds):
        for place in range(len(start)):
            for value in values:
                tried = best.copy()
                tried[place] = value
                if (now := quality(tried)) > most:
                    best, most = tried, now
    return best
