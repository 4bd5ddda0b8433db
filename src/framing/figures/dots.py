"""Dot plot: every article's value, and the mean of each kind with its interval."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.columns import check_table, common_scale
from framing.figures.lettering import SMALL, below, distinct, extent, folded, named, room, unit_of
from framing.figures.rows import Rows
from framing.figures.style import looks, style

_MANY = 200
"""Beyond so many articles of a kind single marks would merge: the middle half and nine tenths are drawn instead."""

_MEAN, _ARTICLES = -0.2, 0.24  # lanes of a row, so that no mean hides an article


def dots(
    values: pd.DataFrame,
    ax: Axes | None = None,
    note: str = "",
    width: float = 178,
    labels: Mapping[str, str] | None = None,
    means: pd.DataFrame | None = None,
) -> Axes:
    """Draw the values of articles by measure and kind.

    Parameters
    ----------
    values
        Columns measure, kind, value; one row an article and measure; measures of one scale. Shares are drawn in per
        cent.
    ax
        Where to draw; a new figure by default.
    note
        A line for the foot of the figure.
    width
        Width of a new figure in mm.
    labels
        Words for measures.
    means
        Columns measure, kind, mean, ci_low, ci_high, where intervals of the means are to be drawn. By default only the
        means of the articles are.

    Returns
    -------
    matplotlib.axes.Axes
        In each row the mean stands above with its interval, the articles below as small marks; their number stands at
        the right. Beyond 200 articles a kind, bars span the middle half and the middle nine tenths of them instead.

    Raises
    ------
    FramingError
        If a table lacks a column or rows, or the measures are of different scales.
    """
    check_table("values", values, ("measure", "kind", "value"), "Comparison.values")
    if means is not None:
        check_table(
            "means",
            means,
            ("measure", "kind", "ci_low", "ci_high"),
            "framing.mean_intervals.mean_intervals(comparison)",
        )
    measures = values["measure"].drop_duplicates().tolist()
    kinds = values["kind"].drop_duplicates().tolist()
    scale = common_scale("values", measures)
    side = room((0.31 if width < 120 else 0.27) * width, SMALL if width < 120 else 8)
    known = {} if means is None else {(r.measure, r.kind): (r.ci_low, r.ci_high) for r in means.itertuples()}
    with style():
        lines = 1 + any(extent(str(k)) > side for k in kinds)
        shown = distinct(kinds, side if lines == 1 else 1.7 * side)
        rows = Rows([(named(m, labels), len(kinds)) for m in measures], lines, ax, width, 24)
        many = False
        for measure in measures:
            rows.heading(named(measure, labels))
            for kind, look in looks(kinds).items():
                own = values[(values["measure"] == measure) & (values["kind"] == kind)]["value"].to_numpy(float)
                own = scale * own[np.isfinite(own)]
                many |= len(own) > _MANY
                size = f"n = {len(own):,}" if len(own) else "missing"
                y = rows.add(folded(shown[kind], side, lines), size)
                if len(own):
                    _draw_articles(rows.ax, own, y + _ARTICLES, look)
                    low, high = known.get((measure, kind), (np.nan, np.nan))
                    _draw_mean(rows.ax, own.mean(), scale * low, scale * high, y + _MEAN, look)
            rows.end_block()
        rows.finish()
        rows.ax.margins(x=0.03)
        below(rows.ax, unit_of(measures[0]), _note(many, bool(known), note), width, rows.own)
    return rows.ax


def _note(many: bool, intervals: bool, more: str) -> str:
    mean = "Large mark: mean of the articles"
    mean += ", with its 95 % interval where six or more events or texts carry one." if intervals else "."
    marks = "Below it, thick bar: the middle half of the articles, thin: nine tenths." if many else ""
    marks = marks or "Small marks below it: single articles."
    return f"{mean} {marks}" + (f" {more}" if more else "")


def _draw_articles(ax: Axes, own: np.ndarray, y: float, look: tuple[str, str]) -> None:
    colour, marker = look
    if len(own) > _MANY:
        for low, high, thickness in ((5, 95, 1.2), (25, 75, 4)):
            ax.hlines(y, *np.percentile(own, (low, high)), color=colour, lw=thickness, alpha=0.55, zorder=2)
        return
    ax.plot(own, y + _spread(own), marker, ms=2.6, mfc="none", mec=colour, mew=0.6, alpha=0.85, zorder=2, ls="none")


def _spread(own: np.ndarray) -> np.ndarray:
    """Return small shifts that part equal or nearly equal values, the same each time."""
    steps = np.array([0.0, -0.1, 0.1, -0.05, 0.05, -0.15, 0.15])
    place = np.empty(len(own), int)
    place[np.argsort(own, kind="stable")] = np.arange(len(own))
    return steps[place % len(steps)] if len(own) > 1 else np.zeros(len(own))


def _draw_mean(ax: Axes, mean: float, low: float, high: float, y: float, look: tuple[str, str]) -> None:
    colour, marker = look
    if np.isfinite(low):
        ax.plot([low, high], [y, y], color=colour, lw=1.6, solid_capstyle="butt", zorder=3)
    ax.plot(mean, y, marker, ms=5.5, mfc=colour, mec="white", mew=0.7, zorder=4)
