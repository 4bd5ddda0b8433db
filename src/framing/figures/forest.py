"""Forest plot: which contrasts hold."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.style import COLOURS, MARKERS, MM, foot, named, shortened, style

MIN_EVENTS = 6
"""Below so many events an interval rests on its assumptions alone, and the point stays hollow."""


def forest(
    contrasts: pd.DataFrame,
    ax: Axes | None = None,
    width: float = 178,
    labels: Mapping[str, str] | None = None,
    equivalence: float | None = None,
) -> Axes:
    """Draw differences with their intervals, one row a measure and pair, the largest first within a measure.

    Parameters
    ----------
    contrasts
        Columns measure, a, b, difference, ci_low, ci_high and, where known, n_events and p_adjusted; measures of one
        scale. Shares (``themes__``) are drawn in percentage points.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm.
    labels
        Words for measures.
    equivalence
        Differences up to this size, in the measures' own unit, count as equal; the band is shaded.

    Returns
    -------
    matplotlib.axes.Axes
        Filled points have an interval that excludes zero and rests on `MIN_EVENTS` events or more; an asterisk
        marks an adjusted p below .05.
    """
    pairs = list(dict.fromkeys(zip(contrasts["a"], contrasts["b"], strict=True)))
    measures = contrasts["measure"].drop_duplicates().tolist()
    scale = 100 if measures and measures[0].startswith("themes__") else 1
    with style():
        if ax is None:
            height = (26 + 5.6 * len(contrasts) + 7 * len(measures)) * MM
            _, ax = plt.subplots(figsize=(width * MM, height), layout="constrained")
        if equivalence is not None:
            ax.axvspan(-scale * equivalence, scale * equivalence, color="#ececec", lw=0, zorder=0)
        ticks: list[float] = []
        rows_labels: list[str] = []
        y, marked = 0.0, False
        side = max(10, int(width * 0.13))
        for measure in measures:
            ax.text(0, y, shortened(named(measure, labels), int(width * 0.4)), transform=ax.get_yaxis_transform(),
                    weight="bold", va="center", ha="left",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
            y += 1
            own = contrasts[contrasts["measure"] == measure]
            order = own["difference"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
            for _, row in own.loc[order].iterrows():
                marked |= _draw_row(ax, row, y, scale, pairs.index((row["a"], row["b"])))
                ticks.append(y)
                minus = " minus " if width >= 120 else " minus\n"
                rows_labels.append(shortened(row["a"], side) + minus + shortened(row["b"], side))
                y += 1
            y += 0.3
        ax.axvline(0, color="#444444", lw=0.9, zorder=1)
        ax.set_yticks(ticks, rows_labels)
        ax.tick_params(axis="y", labelsize=8 if width >= 120 else 6)
        ax.set_ylim(y - 0.3, -0.8)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(foot(_axis_label(scale, equivalence, marked), width))
    return ax


def _draw_row(ax: Axes, row: pd.Series, y: float, scale: float, number: int) -> bool:
    colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
    value, low, high = scale * row["difference"], scale * row["ci_low"], scale * row["ci_high"]
    if not np.isfinite(value):
        ax.text(0, y, " missing", va="center", ha="left", color="#666666", style="italic", size=7)
        return False
    n_events = row.get("n_events", np.nan)
    n = n_events if np.isfinite(n_events) else min(row.get("n_a", MIN_EVENTS), row.get("n_b", MIN_EVENTS))
    holds = np.isfinite(low) and (low > 0 or high < 0) and n >= MIN_EVENTS
    starred = bool(row.get("p_adjusted", np.nan) < 0.05)
    if np.isfinite(n_events):
        note = ("1 event" if n_events == 1 else f"{n_events:.0f} events") + (" *" if starred else "")
        ax.text(1.01, y, note, transform=ax.get_yaxis_transform(), va="center", size=7, color="#444444")
    elif starred:
        ax.text(1.01, y, "*", transform=ax.get_yaxis_transform(), va="center", size=7, color="#444444")
    if np.isfinite(low):
        ax.plot([low, high], [y, y], color=colour, lw=1.6, solid_capstyle="butt", zorder=2)
    ax.plot(value, y, marker, ms=5.5, mfc=colour if holds else "white", mec=colour, mew=1.3, zorder=3)
    return starred


def _axis_label(scale: float, equivalence: float | None, marked: bool) -> str:
    unit = "Difference, percentage points of sentences" if scale == 100 else "Difference in score"
    lines = [
        unit, "Right of zero: higher in the kind named first.",
        "Hollow: the interval includes zero, is not given, or rests on fewer than six events or texts.",
    ]  # fmt: skip
    if equivalence is not None:
        lines.append(f"Shaded: differences of up to {scale * equivalence:g} count as equal.")
    if marked:
        lines.append("* adjusted p below .05")
    return "\n".join(lines)
