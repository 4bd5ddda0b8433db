"""Specification curve: the same estimate under every defensible choice."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.errors import FramingError
from framing.figures.columns import check_table
from framing.figures.lettering import SMALL, below, named, room, shortened, wrapped
from framing.figures.style import MM, style

_NAMES = ("measure", "a", "b")
_OWN = (*_NAMES, "estimate", "low", "high")
_SOURCE = "Robustness.curve(measure, a, b) of what framing.robustness returns"


def specification_curve(
    specifications: pd.DataFrame,
    ax: Axes | None = None,
    width: float = 178,
    unit: str = "Estimate",
    labels: Mapping[str, str] | None = None,
) -> Axes:
    """Draw estimates in order of size, and below them the choices behind each.

    Parameters
    ----------
    specifications
        Columns ``estimate``, optionally ``low`` and ``high``, and one column a choice with the option taken; one row a
        specification. Of the columns ``measure``, ``a`` and ``b``, where there are any, the figure says what it is of.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm.
    unit
        What the estimates are, for the axis.
    labels
        Words for measures.

    Returns
    -------
    matplotlib.axes.Axes
        The upper one; filled points have an interval that excludes zero (Simonsohn, Simmons and Nelson 2020, Nature
        Human Behaviour 4).

    Raises
    ------
    FramingError
        If the table has no column ``estimate``, or no value in it, or is of several contrasts.
    """
    check_table("specifications", specifications, ("estimate",), _SOURCE)
    table = specifications.dropna(subset=["estimate"]).sort_values("estimate", kind="stable", ignore_index=True)
    check_table("specifications with an estimate", table, (), _SOURCE)
    choices = [(c, o) for c in table.columns if c not in _OWN for o in table[c].drop_duplicates()]
    title, direction = _contrast(specifications, labels)
    own = ax is None
    with style():
        row = max(3.4, min(4.6, 150 / max(len(choices), 1)))
        if ax is None:
            below_it = max(row * len(choices), 1)
            _, (ax, lower) = plt.subplots(
                2, 1, figsize=(width * MM, (48 + below_it + 16) * MM), sharex=True, layout="constrained",
                height_ratios=(48, below_it),
            )  # fmt: skip
        else:
            share = row * max(len(choices), 1) / 48
            lower = ax.inset_axes((0, -0.08 - share, 1, share), sharex=ax)
        _curve(ax, table, unit)
        if title:
            ax.set_title(wrapped(title, room(width - 25, 9, bold=True)), loc="left", weight="bold")
        _choices(lower, table, choices, width)
        same = max((table["estimate"] > 0).mean(), (table["estimate"] < 0).mean()) if len(table) else np.nan
        note = direction + (
            f"{len(table)} specifications in order of size; {same:.0%} have the same sign. Hollow: the interval is not "
            "given or includes zero. Black: the choices behind each."
        )
        below(lower, "", note, width, own)
    return ax


def _contrast(table: pd.DataFrame, labels: Mapping[str, str] | None) -> tuple[str, str]:
    """Say what the estimates are of, and what lies above zero; nothing where the table does not say."""
    if not set(_NAMES) <= set(table):
        return "", ""
    named_in = table[list(_NAMES)].drop_duplicates()
    if len(named_in) > 1:
        raise FramingError(f"specifications: the table is of {len(named_in)} contrasts; give one, {_SOURCE}.")
    measure, a, b = (str(v) for v in named_in.iloc[0])
    a, b = shortened(a, 60), shortened(b, 60)
    return f"{shortened(named(measure, labels), 80)}: {a} minus {b}", f"Above zero: higher in {a}. "


def _choices(lower: Axes, table: pd.DataFrame, choices: list[tuple[str, object]], width: float) -> None:
    size = min(3.5, 1.7 * 0.68 * width / max(len(table), 1))
    for y, (column, option) in enumerate(choices):
        taken = np.flatnonzero((table[column] == option).to_numpy())
        lower.axhline(y, color="#ececec", lw=0.8, zorder=1)
        lower.vlines(taken, y - 0.3, y + 0.3, color="#000000", lw=size, zorder=2)
    lower.set_yticks(range(len(choices)), [shortened(f"{c}: {o}", room(0.28 * width)) for c, o in choices])
    lower.tick_params(axis="y", labelsize=SMALL, length=0)
    lower.set_ylim(len(choices) - 0.4, -0.6)
    lower.set_xticks([])
    lower.grid(visible=False)
    lower.spines[["left", "bottom"]].set_visible(False)


def _curve(ax: Axes, table: pd.DataFrame, unit: str) -> None:
    x, y = np.arange(len(table)), table["estimate"].to_numpy(float)
    low, high = (table[c].to_numpy(float) if c in table else np.full(len(table), np.nan) for c in ("low", "high"))
    ax.vlines(x, low, high, color="#9bbfd9", lw=1.4, zorder=2)
    holds = (low > 0) | (high < 0)
    size = 4.5 if len(table) <= 60 else 2.5
    for own, face in ((holds, "#0072B2"), (~holds, "white")):
        ax.plot(x[own], y[own], "o", ms=size, mfc=face, mec="#0072B2", mew=0.9, zorder=3)
    ax.axhline(0, color="#444444", lw=0.9, zorder=2.5)
    ax.set_ylabel(unit)
    ax.grid(axis="x", visible=False)
    ax.tick_params(axis="x", length=0, labelbottom=False)
