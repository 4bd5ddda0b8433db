"""Dot plot: every article's value, and the mean of each kind."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.style import MM, looks, style, words


def dots(values: pd.DataFrame, ax: Axes | None = None, note: str = "") -> Axes:
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

    Returns
    -------
    matplotlib.axes.Axes
        Small points are articles, large ones means; the number of articles stands at the right.
    """
    measures = values["measure"].drop_duplicates().tolist()
    kinds = values["kind"].drop_duplicates().tolist()
    scale = 100 if measures and measures[0].startswith("themes__") else 1
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(178 * MM, (16 + 7 * len(measures) * (len(kinds) + 0.8)) * MM))
        ticks, labels = [], []
        y = 0.0
        for measure in measures:
            ax.text(0, y, words(measure), transform=ax.get_yaxis_transform(), weight="bold", va="center", ha="left",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
            y += 1
            for kind, (colour, marker) in looks(kinds).items():
                own = values[(values["measure"] == measure) & (values["kind"] == kind)]["value"].to_numpy(float)
                own = scale * own[np.isfinite(own)]
                spread = np.linspace(-0.18, 0.18, len(own)) if len(own) > 1 else np.zeros(len(own))
                ax.plot(own, y + spread, marker, ms=3, mfc="none", mec=colour, mew=0.7, alpha=0.8, zorder=2)
                if len(own):
                    ax.plot(own.mean(), y, marker, ms=7, mfc=colour, mec="white", mew=0.8, zorder=3)
                size = f"n = {len(own)}" if len(own) else "missing"
                ax.text(1.01, y, size, transform=ax.get_yaxis_transform(), va="center", size=7, color="#444444")
                ticks.append(y)
                labels.append(kind)
                y += 1
            y += 0.3
        ax.set_yticks(ticks, labels)
        ax.set_ylim(y - 0.3, -0.8)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(
            ("Per cent of body sentences" if scale == 100 else "Score")
            + "\nSmall marks: articles. Large mark: their mean."
            + (f"\n{note}" if note else "")
        )
    return ax
