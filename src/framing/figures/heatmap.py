"""Heat map: themes by kind."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from framing.figures.columns import check_table
from framing.figures.lettering import SMALL, below, distinct, folded, named, room
from framing.figures.style import MM, style

_WIDEST = 34.0  # mm of a column; few kinds make a narrower figure
_PAGE = 190.0


def theme_heatmap(
    means: pd.DataFrame, ax: Axes | None = None, width: float = 178, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw the mean share of sentences of each theme in each kind.

    Parameters
    ----------
    means
        Columns measure, kind, mean, n, as `framing.Comparison.means`; other families are left out.
    ax
        Where to draw; a new figure by default.
    width
        Greatest width of a new figure in mm; few kinds take less.
    labels
        Words for measures.

    Returns
    -------
    matplotlib.axes.Axes
        Per cent of sentences in each cell; missing cells are hatched, they are not zero.

    Raises
    ------
    FramingError
        If the table lacks a column, or has no theme.
    """
    check_table("means", means, ("measure", "kind", "mean"), "Comparison.means")
    means = means[means["measure"].str.startswith("themes__")]
    check_table("means of themes", means, (), "Comparison.means")
    table = means.pivot(index="measure", columns="kind", values="mean").astype(float) * 100
    table = table.loc[means["measure"].drop_duplicates(), means["kind"].drop_duplicates()]
    side = max(22.0, 0.26 * width)
    column = min(_WIDEST, (width - side - 3) / max(len(table.columns), 1))
    size = width if column < _WIDEST else min(width, max(side + column * len(table.columns) + 3, 80))
    row = max(4.5, min(10.0, _PAGE / max(len(table), 1)))
    own = ax is None
    with style():
        across, lines = room(column - 1.5), max(1, int(row / 3.2))
        heads = [folded(c, across, 3) for c in distinct(table.columns, 2.4 * across).values()]
        measures = [named(m, labels) for m in table.index]
        shown = distinct(measures, (0.85 if lines > 1 else 1) * lines * room(side))
        names = [folded(shown[m], room(side), lines) for m in measures]
        above = 4 + 3.2 * max((h.count("\n") + 1 for h in heads), default=1)
        if ax is None:
            _, ax = plt.subplots(figsize=(size * MM, (12 + above + row * len(table)) * MM), layout="constrained")
        top = np.nanmax(table.to_numpy()) if np.isfinite(table.to_numpy()).any() else 1.0
        colours = sns.light_palette("#0072B2", as_cmap=True)
        notes = table.map(lambda v: "0" if v == 0 else f"{v:.1f}" if v < 9.95 else f"{v:.0f}").to_numpy(object)
        letters = {"size": 9 if column > 14 and row > 6 else SMALL}
        sns.heatmap(table, ax=ax, cmap=colours, vmin=0, vmax=max(top, 1), annot=notes, fmt="", linewidths=1.5,
                    cbar=False, xticklabels=heads, yticklabels=names, mask=table.isna(),
                    annot_kws=letters)  # fmt: skip
        for i, j in np.argwhere(table.isna().to_numpy()):
            ax.add_patch(Rectangle((j, i), 1, 1, facecolor="#f4f4f4", edgecolor="#8a8a8a", hatch="////", lw=0))
        ax.set(xlabel="", ylabel="")
        ax.tick_params(axis="x", labelrotation=0, labelsize=SMALL if width < 120 else 7.5)
        ax.tick_params(axis="y", labelrotation=0, labelsize=7.5)
        ax.xaxis.tick_top()
        ax.tick_params(length=0)
        below(ax, "", "Mean share of body sentences, per cent. Hatched: missing, not zero.", size, own)
    return ax
