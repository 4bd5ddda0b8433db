"""Specification curve: the same estimate under every defensible choice."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.style import MM, foot, shortened, style

_OWN = ("estimate", "low", "high")


def specification_curve(specifications: pd.DataFrame, ax: Axes | None = None, width: float = 178) -> Axes:
    """Draw estimates in order of size, and below them the choices behind each.

    Parameters
    ----------
    specifications
        Columns ``estimate``, optionally ``low`` and ``high``, and one column a choice with the option taken; one row a
        specification.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm.

    Returns
    -------
    matplotlib.axes.Axes
        The upper one; filled points have an interval that excludes zero (Simonsohn, Simmons and Nelson 2020, Nature
        Human Behaviour 4).
    """
    table = specifications.dropna(subset=["estimate"]).sort_values("estimate", kind="stable", ignore_index=True)
    choices = [(c, o) for c in table.columns if c not in _OWN for o in table[c].drop_duplicates()]
    with style():
        if ax is None:
            height = 45 + 5.2 * len(choices)
            _, (ax, lower) = plt.subplots(
                2, 1, figsize=(width * MM, (height + 14) * MM), sharex=True, layout="constrained",
                height_ratios=(45, max(5.2 * len(choices), 1)),
            )  # fmt: skip
        else:
            share = 5.2 * max(len(choices), 1) / 45
            lower = ax.inset_axes((0, -0.08 - share, 1, share), sharex=ax)
        _curve(ax, table)
        for y, (column, option) in enumerate(choices):
            own = np.flatnonzero((table[column] == option).to_numpy())
            lower.plot(np.arange(len(table)), np.full(len(table), y), "|", color="#dcdcdc", ms=5, mew=0.8)
            lower.plot(own, np.full(len(own), y), "s", color="#000000", ms=min(4, 0.8 * width / max(len(table), 1)))
        side = max(16, int(width * 0.17))
        lower.set_yticks(range(len(choices)), [shortened(f"{c}: {o}", side) for c, o in choices])
        lower.set_ylim(len(choices) - 0.4, -0.6)
        lower.set_xticks([])
        lower.grid(visible=False)
        lower.spines[["left", "bottom"]].set_visible(False)
        lower.tick_params(length=0)
        same = max((table["estimate"] > 0).mean(), (table["estimate"] < 0).mean()) if len(table) else np.nan
        note = (
            f"{len(table)} specifications in order of size; {same:.0%} have the same sign. Hollow: the interval is not "
        )
        note += "given or includes zero. Black squares below: the choices of each."
        lower.set_xlabel(foot(note, width), loc="left", size=7)
    return ax


def _curve(ax: Axes, table: pd.DataFrame) -> None:
    x, y = np.arange(len(table)), table["estimate"].to_numpy(float)
    low, high = (table[c].to_numpy(float) if c in table else np.full(len(table), np.nan) for c in ("low", "high"))
    ax.vlines(x, low, high, color="#9bbfd9", lw=1.4, zorder=2)
    holds = (low > 0) | (high < 0)
    size = 4.5 if len(table) <= 60 else 2.5
    for own, face in ((holds, "#0072B2"), (~holds, "white")):
        ax.plot(x[own], y[own], "o", ms=size, mfc=face, mec="#0072B2", mew=0.9, zorder=3)
    ax.axhline(0, color="#444444", lw=0.9, zorder=1)
    ax.set_ylabel("Estimate")
    ax.grid(axis="x", visible=False)
    ax.tick_params(axis="x", length=0, labelbottom=False)
