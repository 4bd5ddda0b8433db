"""Dot plot: every article's value, and the mean of each kind."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.style import MM, foot, looks, named, shortened, style

_MANY = 200
"""Beyond so many articles of a kind single marks would merge: the middle half and nine tenths are drawn instead."""


def dots(
    values: pd.DataFrame,
    ax: Axes | None = None,
    note: str = "",
    width: float = 178,
    labels: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the values of articles by measure and kind.

    Parameters
    ----------
    values
        Columns measure, kind, value; one row an article and measure; measures of one scale. Shares
        (``themes__``) are drawn in per cent.
    ax
        Where to draw; a new figure by default.
    note
        A line for the foot of the figure.
    width
        Width of a new figure in mm.
    labels
        Words for measures.

    Returns
    -------
    matplotlib.axes.Axes
        Small points are articles, large ones means; the number of articles stands at the right. Beyond 200 articles a
        kind, bars span the middle half and the middle nine tenths of them instead.
    """
    measures = values["measure"].drop_duplicates().tolist()
    kinds = values["kind"].drop_duplicates().tolist()
    scale = 100 if measures and measures[0].startswith("themes__") else 1
    with style():
        if ax is None:
            size = (width * MM, (22 + 5.6 * len(measures) * (len(kinds) + 1.3)) * MM)
            _, ax = plt.subplots(figsize=size, layout="constrained")
        ticks, names = [], []
        y, many = 0.0, False
        for measure in measures:
            ax.text(0, y, shortened(named(measure, labels), int(width * 0.4)), transform=ax.get_yaxis_transform(),
                    weight="bold", va="center", ha="left",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
            y += 1
            for kind, (colour, marker) in looks(kinds).items():
                own = values[(values["measure"] == measure) & (values["kind"] == kind)]["value"].to_numpy(float)
                own = scale * own[np.isfinite(own)]
                many |= len(own) > _MANY
                _draw_own(ax, own, y, colour, marker)
                size = f"n = {len(own):,}" if len(own) else "missing"
                ax.text(1.01, y, size, transform=ax.get_yaxis_transform(), va="center", size=7, color="#444444")
                ticks.append(y)
                names.append(shortened(kind, max(12, int(width * 0.16))))
                y += 1
            y += 0.3
        ax.set_yticks(ticks, names)
        ax.set_ylim(y - 0.3, -0.8)
        ax.grid(axis="y", visible=False)
        marks = "Small marks: articles. Large mark: their mean."
        if many:
            marks = "Thick bar: the middle half of the articles, thin: nine tenths. Large mark: their mean."
        unit = "Per cent of body sentences" if scale == 100 else "Score"
        ax.set_xlabel(foot(f"{unit}\n{marks}" + (f"\n{note}" if note else ""), width))
    return ax


def _draw_own(ax: Axes, own: np.ndarray, y: float, colour: str, marker: str) -> None:
    if not len(own):
        return
    if len(own) > _MANY:
        for low, high, thickness in ((5, 95, 1.2), (25, 75, 4)):
            ax.hlines(y, *np.percentile(own, (low, high)), color=colour, lw=thickness, alpha=0.55, zorder=2)
    else:
        spread = np.linspace(-0.18, 0.18, len(own)) if len(own) > 1 else np.zeros(len(own))
        ax.plot(own, y + spread, marker, ms=3, mfc="none", mec=colour, mew=0.7, alpha=0.8, zorder=2, ls="none")
    ax.plot(own.mean(), y, marker, ms=7, mfc=colour, mec="white", mew=0.8, zorder=3)
