"""Captions: what is drawn, from how many texts, with which intervals, by which codebook and version."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from framing.figures.lettering import distinct, shortened

_INTERVALS = {
    "paired by event": "95 % t intervals over events",
    "one text a kind": "95 % intervals over the texts' own sentences",
    "independent texts": "95 % Welch intervals over texts",
}
_METHODS = {
    "t": "95 % t intervals over events", "bootstrap-t": "95 % bootstrap-t intervals over events",
    "wild-t": "95 % wild bootstrap-t intervals over events", "mixed": "95 % intervals of a mixed model",
    "welch": "95 % Welch intervals over texts",
}  # fmt: skip


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


def interval_words(rows: pd.DataFrame, method: str | None = None) -> str:
    """Say what the intervals of contrasts are and over how many events they go.

    Parameters
    ----------
    rows
        Contrasts; the columns design, ci_low and n_events are read where there are any.
    method
        A method that was asked for.
    """
    given = rows[rows["ci_low"].notna()]
    if not len(given):
        return "no interval can be given"
    named = [_METHODS[method]] if method in _METHODS else []
    designs = given["design"].drop_duplicates() if "design" in given else ()
    named = named or [words for design, words in _INTERVALS.items() if design in set(designs)]
    said = " or ".join(named) or "95 % intervals"
    events = given["n_events"].dropna() if "n_events" in given else pd.Series(dtype=float)
    if not len(events):
        return said
    low, high = events.min(), events.max()
    return said + (
        f" ({high:,.0f} event{'s' if high != 1 else ''})" if low == high else f" ({low:,.0f} to {high:,.0f})"
    )


def contrasts_caption(rows: pd.DataFrame, method: str | None = None) -> str:
    """Return the caption of a forest plot."""
    tests = int(rows["p"].notna().sum()) if "p" in rows else 0
    adjusted = " Asterisk: p below .05 after adjustment for the whole family of contrasts." if tests else ""
    band = ""
    if "bound" in rows and np.isfinite(rows["bound"].to_numpy(float)).any():
        band = " Shaded: differences that were declared too small to matter."
    return (
        f"{len(rows)} differences between kinds, with {interval_words(rows, method)}; intervals are not adjusted for "
        "their number. Hollow: the interval includes zero, is not given, or rests on fewer than six events or texts."
        f"{adjusted}{band}"
    )
