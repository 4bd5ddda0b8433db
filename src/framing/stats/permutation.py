"""How two single texts differ, beside random splits of their own sentences."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

_SLACK = 1e-12
_AT_ONCE = 4_000_000  # numbers held at a time while resampling


def split_totals(
    a: NDArray[np.float64], b: NDArray[np.float64], n_resamples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Split the pooled sentences of two texts at random into the two sizes and return the first side's totals.

    Parameters
    ----------
    a, b
        Counts by sentence of the two texts, shapes (n_a, n_counts) and (n_b, n_counts).
    n_resamples
        Number of random splits.
    rng
        Generator.

    Returns
    -------
    numpy.ndarray
        Totals of the first side, shape (n_resamples, n_counts).
    """
    pooled = np.vstack([a, b])
    totals = np.empty((n_resamples, pooled.shape[1]))
    step = max(1, _AT_ONCE // max(1, len(pooled)))
    for begin in range(0, n_resamples, step):
        keys = rng.random((min(step, n_resamples - begin), len(pooled)))
        limit = np.partition(keys, len(a) - 1, axis=1)[:, len(a) - 1 : len(a)]
        totals[begin : begin + step] = (keys <= limit).astype(float) @ pooled
    return totals


def split_p(observed: float, drawn: ArrayLike) -> float:
    """Return how often a random split differs as much as the two texts do.

    Parameters
    ----------
    observed
        The difference between the texts.
    drawn
        Differences of the random splits; those that leave a side without a score (NaN) do not count.

    Returns
    -------
    float
        p in (0, 1], about these texts' sentences only; NaN where the difference is missing.

    Examples
    --------
    >>> split_p(0.5, [0.1, -0.6, 0.2])
    0.5
    """
    if not np.isfinite(observed):
        return np.nan
    size = np.abs(np.asarray(drawn, float))
    size = size[np.isfinite(size)]
    return float((1 + np.sum(size >= abs(observed) - _SLACK * max(1.0, abs(observed)))) / (len(size) + 1))
