"""Heat maps: themes by kind, and the stance matrix of voice, target and kind."""

from __future__ import annotations

from textwrap import fill

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from framing.figures.style import MM, style, words

VOICE_ROWS = ("", "author", "quoted", "paraphrased")


def theme_heatmap(means: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the mean share of sentences of each theme in each kind.

    Parameters
    ----------
    means
        Columns measure, kind, mean, n, as `framing.Comparison.means`; other families are left out.
    ax
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        Per cent of sentences in each cell; missing cells are hatched, they are not zero.
    """
    own = means[means["measure"].str.startswith("themes__")]
    table = _pivot(own, "mean") * 100
    table.index = [words(m) for m in table.index]
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=((50 + 32 * len(table.columns)) * MM, (22 + 11 * len(table)) * MM))
        top = np.nanmax(table.to_numpy()) if np.isfinite(table.to_numpy()).any() else 1.0
        colours = sns.light_palette("#0072B2", as_cmap=True)
        sns.heatmap(table, ax=ax, cmap=colours, vmin=0, vmax=max(top, 1), annot=True, fmt=".0f", linewidths=1.5,
                    cbar=False, mask=table.isna(), annot_kws={"size": 9})  # fmt: skip
        _hatch(ax, table)
        _label_columns(ax, table)
        ax.set_title("Mean share of body sentences, per cent", loc="left")
    return ax


def stance_matrix(means: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw who says what about whom: stance by target and voice, for each kind.

    Parameters
    ----------
    means
        Columns measure, kind, mean, n, as `framing.Comparison.means`; other families are left out.
    ax
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        Mean stance from -1 to 1 in each cell with the number of articles it rests on; hatched cells
        are missing: in that voice the target is never named.
    """
    own = means[means["measure"].str.startswith("stance__")]
    names = own["measure"].drop_duplicates().tolist()
    targets = [n for n in names if f"{n}_n" in names]
    rows = [(t, v) for t in targets for v in VOICE_ROWS]
    order = [f"{t}_{v}" if v else t for t, v in rows]
    table, counts = (_pivot(own, column).reindex(order) for column in ("mean", "n"))
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=((72 + 32 * len(table.columns)) * MM, (22 + 7.5 * len(table)) * MM))
        notes = [
            [
                f"{m:+.2f}  ({n:.0f})".replace("+0.00", "0").replace("-0.00", "0") if np.isfinite(m) else ""
                for m, n in zip(r, c, strict=True)
            ]
            for r, c in zip(table.to_numpy(), counts.to_numpy(), strict=True)
        ]
        colours = sns.diverging_palette(35, 250, s=85, l=60, as_cmap=True)
        sns.heatmap(table, ax=ax, cmap=colours, vmin=-1, vmax=1,
                    annot=np.array(notes, dtype=object).reshape(table.shape), fmt="", linewidths=1.5, cbar=False,
                    mask=table.isna(), annot_kws={"size": 8, "color": "black"})  # fmt: skip
        _hatch(ax, table)
        _label_columns(ax, table)
        ax.set_yticklabels([fill(words(t), 24) + ", all" if not v else v for t, v in rows], rotation=0)
        for tick, (_, voice) in zip(ax.get_yticklabels(), rows, strict=True):
            tick.set_weight("normal" if voice else "bold")
        for line in range(len(VOICE_ROWS), len(rows), len(VOICE_ROWS)):
            ax.axhline(line, color="#444444", lw=1)
        ax.set_title("Mean stance (articles): against -1, for +1; hatched: not named in that voice", loc="left", size=8)
    return ax


def _pivot(means: pd.DataFrame, column: str) -> pd.DataFrame:
    table = means.pivot(index="measure", columns="kind", values=column)
    return table.loc[means["measure"].drop_duplicates(), means["kind"].drop_duplicates()].astype(float)


def _hatch(ax: Axes, table: pd.DataFrame) -> None:
    for i, j in np.argwhere(table.isna().to_numpy()):
        ax.add_patch(Rectangle((j, i), 1, 1, facecolor="#f4f4f4", edgecolor="#9a9a9a", hatch="////", lw=0))


def _label_columns(ax: Axes, table: pd.DataFrame) -> None:
    ax.set_xlabel("")
    ax.set_ylabel("")
    ax.set_xticklabels([fill(str(c), 18) for c in table.columns], rotation=0)
    ax.set_yticklabels(ax.get_yticklabels(), rotation=0)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
