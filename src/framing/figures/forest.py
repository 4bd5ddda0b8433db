"""Forest plot: which contrasts hold."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.style import COLOURS, MARKERS, MM, style, words

MIN_EVENTS = 6
"""Below so many events an interval rests on its assumptions alone, and the point stays hollow."""


def forest(contrasts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw differences with their intervals, one row a measure and pair.

    Parameters
    ----------
    contrasts
        Columns measure, a, b, difference, ci_low, ci_high and, where known, n_events; measures of one
        scale. Shares (``themes__``) are drawn in percentage points.
    ax
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        Filled points have an interval that excludes zero and rests on `MIN_EVENTS` events or more.
    """
    pairs = list(dict.fromkeys(zip(contrasts["a"], contrasts["b"], strict=True)))
    measures = contrasts["measure"].drop_duplicates().tolist()
    scale = 100 if measures and measures[0].startswith("themes__") else 1
    with style():
        if ax is None:
            height = (14 + 6.5 * len(contrasts) + 6 * len(measures)) * MM
            _, ax = plt.subplots(figsize=(178 * MM, height))
        y = 0.0
        ticks: list[float] = []
        labels: list[str] = []
        for measure in measures:
            ax.text(0, y, words(measure), transform=ax.get_yaxis_transform(), weight="bold", va="center", ha="left",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
            y += 1
            for number, (a, b) in enumerate(pairs):
                row = contrasts[(contrasts["measure"] == measure) & (contrasts["a"] == a) & (contrasts["b"] == b)]
                if len(row):
                    _draw_row(ax, row.iloc[0], y, scale, number)
                ticks.append(y)
                labels.append(f"{a} minus {b}")
                y += 1
            y += 0.3
        ax.axvline(0, color="#444444", lw=0.9, zorder=1)
        ax.set_yticks(ticks, labels)
        ax.set_ylim(y - 0.3, -0.8)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(_axis_label(measures, scale))
    return ax


def _draw_row(ax: Axes, row: pd.Series, y: float, scale: float, number: int) -> None:
    colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
    value, low, high = scale * row["difference"], scale * row["ci_low"], scale * row["ci_high"]
    if not np.isfinite(value):
        ax.text(0, y, " missing", va="center", ha="left", color="#666666", style="italic", size=7)
        return
    n_events = row.get("n_events", np.nan)
    n = n_events if np.isfinite(n_events) else min(row.get("n_a", MIN_EVENTS), row.get("n_b", MIN_EVENTS))
    few = n < MIN_EVENTS
    holds = np.isfinite(low) and (low > 0 or high < 0) and not few
    if np.isfinite(n_events):
        note = "1 event" if n_events == 1 else f"{n_events:.0f} events"
        ax.text(1.01, y, note, transform=ax.get_yaxis_transform(), va="center", size=7, color="#444444")
    if np.isfinite(low):
        ax.plot([low, high], [y, y], color=colour, lw=1.6, solid_capstyle="butt", zorder=2)
    ax.plot(value, y, marker, ms=5.5, mfc=colour if holds else "white", mec=colour, mew=1.3, zorder=3)


def _axis_label(measures: list[str], scale: float) -> str:
    unit = "Difference, percentage points of sentences" if scale == 100 else "Difference in score"
    hollow = "Hollow: the interval includes zero, is not given, or rests on fewer than six events or texts."
    return f"{unit}\nRight of zero: higher in the kind named first.\n{hollow}"
