"""Agreement between coders."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def krippendorff_alpha(ratings: ArrayLike, level: str = "nominal") -> float:
    """Return Krippendorff's alpha, 1 - observed / expected disagreement (Krippendorff 2011).

    Parameters
    ----------
    ratings
        Shape (n_coders, n_units), NaN where a coder did not rate a unit.
    level
        ``"nominal"``, ``"ordinal"`` or ``"interval"``.

    Returns
    -------
    float
        1 is perfect agreement, 0 is chance; NaN where fewer than two distinct values stand in units
        with two or more ratings.

    Raises
    ------
    ValueError
        If `level` is unknown.

    Examples
    --------
    The data of Krippendorff (2011), four coders and twelve units:

    >>> n = float("nan")
    >>> data = [[1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
    ...         [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n]]
    >>> [round(krippendorff_alpha(data, level), 3) for level in ("nominal", "ordinal", "interval")]
    [0.743, 0.815, 0.849]
    """
    if level not in ("nominal", "ordinal", "interval"):
        raise ValueError(f"level must be 'nominal', 'ordinal' or 'interval', got {level!r}.")
    data = np.asarray(ratings, float)
    data = data[:, np.sum(np.isfinite(data), axis=0) >= 2]
    values = np.unique(data[np.isfinite(data)])
    if len(values) < 2:
        return np.nan
    counts = (data[:, :, None] == values).sum(axis=0).astype(float)  # units x values
    pairable = counts.sum(axis=1)
    coincidence = (counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(values))) / (
        pairable[:, None, None] - 1
    )
    observed = coincidence.sum(axis=0)
    totals = observed.sum(axis=0)
    n = totals.sum()
    expected = (np.outer(totals, totals) - np.diag(totals)) / (n - 1)
    distance = _distances(values, totals, level)
    return float(1 - (observed * distance).sum() / (expected * distance).sum())


def _distances(values: np.ndarray, totals: np.ndarray, level: str) -> np.ndarray:
    """Return the squared differences between values at a level of measurement."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        return (values[:, None] - values) ** 2
    ranks = np.cumsum(totals) - totals / 2
    return (ranks[:, None] - ranks) ** 2
