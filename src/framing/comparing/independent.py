"""The contrast of one measure between two kinds whose texts have no events: interval and p that agree about zero."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from framing.stats import no_spread
from framing.stats.equivalence import tost_p
from framing.stats.interval import welch
from framing.stats.label_test import Labelled
from framing.stats.relabelling import smallest_p

_ALPHA = 0.05
_NOTED_FROM = 0.01  # a smallest possible p above this is told


class Contrast(NamedTuple):
    """What a row gets: ``ci_low``, ``ci_high``, ``p``, ``p_equivalence``, ``method``, and its notes."""

    columns: dict[str, Any]
    notes: list[str]


def contrast(
    x: NDArray[np.float64], y: NDArray[np.float64], test: Labelled, bound: float, by_t: bool, kinds: tuple[str, str]
) -> Contrast:
    """Contrast the means of two kinds.

    Parameters
    ----------
    x, y
        Values of the texts of either kind, two or more.
    test
        Welch's t of them under permuted labels.
    bound
        The largest difference that does not matter, NaN where none was set.
    by_t
        Whether Welch's interval by the t distribution was asked for.
    kinds
        The labels of `x` and `y`, for the notes.

    Notes
    -----
    The interval is difference ± critical x error, where `critical` is the larger of what permuted labels and Welch's t
    distribution ask for, and p the larger of theirs: permuted labels guard against rare values, which t misses, and t
    against a difference that is much larger than permuted labels can be. So few texts that no labels are rare enough
    for a level of 95 % get Welch's interval instead, and a kind without spread that of `framing.stats.no_spread`, with
    a p that is not below the one which the interval implies.
    """
    n = len(x) + len(y)
    floor = smallest_p(np.arange(n) < len(x), np.zeros(n, int)) if n < 60 else 0.0
    notes = [f"{len(x)} and {len(y)} texts: smallest possible p {floor:.3g}"] if floor > _NOTED_FROM else []
    spread = [no_spread.has_spread(v) for v in (x, y)]
    if not all(spread) and not by_t:
        columns, more = _without_spread(x, y, test, bound, [k for k, s in zip(kinds, spread, strict=True) if not s])
        return Contrast(columns, notes + more)
    difference, error, df = welch(x, y)
    p = max(test.p, float(2 * stats.t.sf(abs(difference) / error, df))) if np.isfinite(error) else test.p
    columns = {"p": p, "method": "permutation t interval, permuted labels of texts"}
    critical = float(stats.t.ppf(0.5 + (1 - _ALPHA) / 2, df)) if np.isfinite(df) else np.nan
    if by_t or floor > _ALPHA:
        columns["method"] = "Welch interval, permuted labels of texts"
        columns["p_equivalence"] = float(tost_p(difference, error, df, bound))
        low, high = difference - critical * error, difference + critical * error
        if (low > 0 or high < 0) != (p <= _ALPHA):
            notes.append("the Welch interval rests on its assumptions and does not agree with p about zero")
        return Contrast(columns | {"ci_low": low, "ci_high": high}, notes)
    critical = max(critical, test.critical())
    ends = difference - critical * error, difference + critical * error
    columns["ci_low"], columns["ci_high"] = ends if p <= _ALPHA else (min(ends[0], 0.0), max(ends[1], 0.0))
    columns["p_equivalence"] = max(
        _equivalence(difference, error, bound, test), float(tost_p(difference, error, df, bound))
    )
    return Contrast(columns, notes)


def _equivalence(difference: float, error: float, bound: float, test: Labelled) -> float:
    """Return the p of two one-sided tests, each by half of the labels whose t is as far from zero on either side."""
    if not np.isfinite(bound):
        return np.nan
    inside = bound - abs(difference)
    tail = test.beyond(abs(inside) / error) / 2
    return tail if inside > 0 else 1 - tail


def _without_spread(
    x: NDArray[np.float64], y: NDArray[np.float64], test: Labelled, bound: float, flat: list[str]
) -> tuple[dict[str, Any], list[str]]:
    """Contrast kinds of which one or both have the same value in every text."""
    columns: dict[str, Any] = {"method": "recovered-variance interval, permuted labels of texts", "p": test.p}
    if not no_spread.has_spread(np.concatenate([x, y])):
        return columns | {"ci_low": np.nan, "ci_high": np.nan}, ["the same value in every text: no interval"]
    columns["p"] = p = max(test.p, no_spread.p_difference(x, y))
    low, high = no_spread.interval(x, y)
    columns["ci_low"], columns["ci_high"] = (low, high) if p <= _ALPHA else (min(low, 0.0), max(high, 0.0))
    columns["p_equivalence"] = no_spread.p_equivalence(x, y, bound) if np.isfinite(bound) else np.nan
    return columns, [f"the same value in every text of {' and of '.join(flat)}: the interval allows for unseen others"]
