"""Heat map: themes by kind."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from framing.figures.style import MM, folded, foot, named, style


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
    """
    own = means[means["measure"].str.startswith("themes__")]
    table = own.pivot(index="measure", columns="kind", values="mean").astype(float) * 100
    table = table.loc[own["measure"].drop_duplicates(), own["kind"].drop_duplicates()]
    side = max(22.0, 0.26 * width)
    column = min(34.0, (width - side) / max(len(table.columns), 1))
    size = (width if column < 34 else max(side + column * len(table.columns), 70)) * MM
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(size, (26 + 10 * len(table)) * MM), layout="constrained")
        top = np.nanmax(table.to_numpy()) if np.isfinite(table.to_numpy()).any() else 1.0
        colours = sns.light_palette("#0072B2", as_cmap=True)
        notes = table.map(lambda v: "0" if v == 0 else f"{v:.1f}" if v < 9.95 else f"{v:.0f}").to_numpy(object)
        sns.heatmap(table, ax=ax, cmap=colours, vmin=0, vmax=max(top, 1), annot=notes, fmt="", linewidths=1.5,
                    cbar=False, mask=table.isna(), annot_kws={"size": 9 if column > 14 else 7})  # fmt: skip
        for i, j in np.argwhere(table.isna().to_numpy()):
            ax.add_patch(Rectangle((j, i), 1, 1, facecolor="#f4f4f4", edgecolor="#9a9a9a", hatch="////", lw=0))
        ax.set(xlabel="", ylabel="")
        ax.set_xticklabels([folded(c, max(6, int(column * 0.58)), 3) for c in table.columns], rotation=0)
        ax.set_yticklabels([folded(named(m, labels), int(side * 0.55), 3) for m in table.index], rotation=0)
        ax.xaxis.tick_top()
        ax.tick_params(length=0)
        note = foot("Mean share of body sentences, per cent. Hatched: missing, not zero.", size / MM)
        ax.set_xlabel(note, loc="left", size=7)
        ax.xaxis.set_label_position("bottom")
    return ax
