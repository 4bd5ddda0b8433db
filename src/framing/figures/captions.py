"""Captions: what is drawn, from how many texts, with which intervals, by which codebook and version."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from framing.figures.lettering import distinct, shortened


def sizes(counts: Mapping[str, float]) -> str:
    """Return how many articles each kind has, in words.

    Examples
    --------
    >>> sizes({"wire-report": 9, "analysis-piece": 1200})
    'wire-report 9, analysis-piece 1,200'
    """
    shown = distinct(counts, 60)
    return shortened(", ".join(f"{shown[str(kind)]} {n:,.0f}" for kind, n in counts.items()), 600)


def articles_of(table: pd.DataFrame) -> dict[str, int]:
    """Return how many articles of each kind have a value of any measure."""
    own = table.dropna(subset=["value"])
    return {k: int(own.loc[own["kind"] == k, "article"].nunique()) for k in table["kind"].drop_duplicates()}


def interval_words(rows: pd.DataFrame) -> str:
    """Say what the intervals of contrasts are and over how many events they go.

    Parameters
    ----------
    rows
        Contrasts; the columns ``method`` and ``n_events`` are read where there are any.

    Examples
    --------
    >>> interval_words(pd.DataFrame({"ci_low": [0.1], "method": ["t interval, sign flips"], "n_events": [9.0]}))
    '95 % t intervals over 9 events'
    """
    given = rows[rows["ci_low"].notna()]
    if not len(given):
        return "no intervals, which the data cannot carry"
    named = given["method"].drop_duplicates().tolist() if "method" in given else []
    said = " or ".join(_plural(name.partition(", ")[0]) for name in named if name) or "intervals"
    events = given["n_events"].dropna() if "n_events" in given else pd.Series(dtype=float)
    if not len(events) or "over" in said:
        return f"95 % {said}"
    low, high = events.min(), events.max()
    n = f"{high:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
    return f"95 % {said} over {n} event{'s' if high != 1 else ''}"


def _plural(name: str) -> str:
    return name.replace("interval", "intervals", 1) if "interval" in name else f"intervals of a {name}"


def contrasts_caption(rows: pd.DataFrame) -> str:
    """Return the caption of a forest plot."""
    starred = "p_adjusted" in rows and bool((rows["p_adjusted"] < 0.05).any())
    adjusted = " Asterisk: p below .05 after adjustment for the whole family of contrasts." if starred else ""
    band = ""
    if "bound" in rows and np.isfinite(rows["bound"].to_numpy(float)).any():
        band = " Shaded: differences that were declared too small to matter."
    return (
        f"{len(rows)} differences between kinds, with {interval_words(rows)}; intervals are not adjusted for "
        "their number. Hollow: the interval includes zero, is not given, or rests on fewer than six events or texts."
        f"{adjusted}{band}"
    )
