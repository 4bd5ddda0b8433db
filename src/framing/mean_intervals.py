"""Intervals of the means of kinds, with the event as the sampling unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from framing.comparing.contrasts import Comparison
from framing.comparing.design import text_of
from framing.labels import is_share

MIN_EVENTS = 6
"""Below so many events or texts an interval would rest on its assumptions alone; it is missing."""


def mean_intervals(comparison: Comparison) -> pd.DataFrame:
    """Return the mean of each measure in each kind with its 95 % interval.

    Texts about one event are not independent. The standard error is therefore that of a mean of clusters,
    sqrt(G / (G - 1) * sum over events of (sum of the event's residuals)^2) / n with G events and n texts, and the
    interval is mean ± t(G - 1) of it (Cameron and Miller 2015, Journal of Human Resources 50). With one text an event
    it is the ordinary t interval. Texts without an event stand for themselves.
    Intervals of shares and of stance are cut at the ends of their scales.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.

    Returns
    -------
    pandas.DataFrame
        Columns measure, kind, mean, n (texts), n_events (G), ci_low, ci_high; the interval is missing below
        `MIN_EVENTS` events and where all residuals are zero.
    """
    events = {
        a.id: text_of(a.value(comparison.event)) or f"\x00{i}" for i, a in enumerate(comparison.analysis.corpus)
    }  # an event never begins with U+0000, so no text without one joins another
    table = comparison.values.dropna(subset=["value"])
    table = table.assign(event=table["article"].map(events))
    groups = table.groupby(["measure", "kind"], sort=False, observed=True)
    found = groups["value"].agg(mean="mean", n="count")
    residuals = table.assign(residual=table["value"] - groups["value"].transform("mean"))
    sums = residuals.groupby(["measure", "kind", "event"], sort=False, observed=True)["residual"].sum()
    squares = sums.pow(2).groupby(level=["measure", "kind"], sort=False).agg(["sum", "size"]).reindex(found.index)
    g = squares["size"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(g / (g - 1) * squares["sum"].to_numpy(float)) / found["n"].to_numpy(float)
        half = stats.t.ppf(0.975, g - 1) * error
    half = np.where((g >= MIN_EVENTS) & (error > 1e-12), half, np.nan)
    found["n_events"] = g.astype(int)
    low, high = _ends(found.index.get_level_values("measure"))
    found["ci_low"], found["ci_high"] = np.maximum(found["mean"] - half, low), np.minimum(found["mean"] + half, high)
    every = comparison.means[["measure", "kind"]]
    found = every.merge(found.reset_index(), how="left", on=["measure", "kind"])
    found[["n", "n_events"]] = found[["n", "n_events"]].fillna(0).astype(int)
    return found


def _ends(measures: pd.Index) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lowest and highest value that each measure can have."""
    share = np.array([is_share(m) for m in measures], bool)
    stance = np.array([m.startswith("stance__") and not m.endswith("_n") for m in measures], bool)
    return np.where(share, 0.0, np.where(stance, -1.0, -np.inf)), np.where(share | stance, 1.0, np.inf)
