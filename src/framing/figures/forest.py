"""Forest plot: which contrasts hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.columns import check_table, common_scale
from framing.figures.lettering import SMALL, below, distinct, extent, named, room, unit_of
from framing.figures.rows import PAGE, Rows, least_row
from framing.figures.style import COLOURS, MARKERS, style

MIN_EVENTS = 6
"""Below so many events an interval rests on its assumptions alone, and the point stays hollow."""

_APART = 7  # pairs of kinds that colours and shapes tell apart; more pairs have one colour, and their labels


def forest(
    contrasts: pd.DataFrame,
    ax: Axes | None = None,
    width: float = 178,
    labels: Mapping[str, str] | None = None,
    equivalence: float | None = None,
    of: int | None = None,
) -> Axes:
    """Draw differences with their intervals, one row a measure and pair, the largest first within a measure.

    Parameters
    ----------
    contrasts
        Columns measure, a, b, difference, ci_low, ci_high and, where known, n_events, p_adjusted and bound (see
        `equivalence`); measures of one scale. Shares are drawn in percentage points.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm.
    labels
        Words for measures.
    equivalence
        Differences up to this size, in the measures' own unit, count as equal; the band is shaded. By default each
        block has the band of its measure's ``bound``, where the table has one.
    of
        How many differences there are, where only the largest of them are in the table; the figure says so.

    Returns
    -------
    matplotlib.axes.Axes
        Filled points have an interval that excludes zero and rests on `MIN_EVENTS` events or more; an asterisk
        marks an adjusted p below .05.

    Raises
    ------
    FramingError
        If the table lacks a column or rows, or its measures are of different scales.
    """
    check_table(
        "contrasts", contrasts, ("measure", "a", "b", "difference", "ci_low", "ci_high"), "Comparison.contrasts"
    )
    pairs = list(dict.fromkeys(zip(contrasts["a"], contrasts["b"], strict=True)))
    measures = contrasts["measure"].drop_duplicates().tolist()
    scale = common_scale("contrasts", measures)
    with style():
        labels_of = _labels(pairs, width)
        lines = _lines(labels_of)
        sizes = contrasts["measure"].value_counts()
        rows = Rows([(named(m, labels), int(sizes[m])) for m in measures], lines, ax, width, 28)
        signs: set[str] = set()
        for measure in measures:
            rows.heading(named(measure, labels))
            own = contrasts[contrasts["measure"] == measure]
            _shade(rows, own, scale, equivalence, signs)
            order = own["difference"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
            for _, row in own.loc[order].iterrows():
                pair = (row["a"], row["b"])
                y = rows.add(labels_of[pair], _reach(row, signs))
                _draw_row(rows.ax, row, y, scale, pairs.index(pair) if len(pairs) <= _APART else 0)
            rows.end_block()
        rows.finish()
        rows.ax.axvline(0, color="#444444", lw=0.9, zorder=1)
        label = "Difference, percentage points"
        if scale == 1:
            label = f"Difference ({unit_of(measures[0]).partition(',')[0].lower()})"
        below(rows.ax, label, _note(signs, len(contrasts), of), width, rows.own)
    return rows.ax


def rows_on_page(contrasts: pd.DataFrame, width: float) -> int:
    """Return how many of these contrasts one page can show in a figure of `width` mm."""
    labels_of = _labels(zip(contrasts["a"], contrasts["b"], strict=True), width)
    return int(PAGE / least_row(_lines(labels_of), width) - 1.3 * contrasts["measure"].nunique())


def _labels(pairs: Iterable[tuple[str, str]], width: float) -> dict[tuple[str, str], str]:
    """Return the label of each pair, on one line where it fits, else on two."""
    pairs = list(dict.fromkeys(pairs))
    narrow = width < 120
    side = room((0.38 if narrow else 0.35) * width, SMALL if narrow else 8)
    kinds = [kind for pair in pairs for kind in pair]
    first, second = distinct(kinds, side), distinct(kinds, side - extent("minus "))
    both = {(a, b): f"{first[a]} minus {first[b]}" for a, b in pairs}
    return {p: t if extent(t) <= side else f"{first[p[0]]}\nminus {second[p[1]]}" for p, t in both.items()}


def _lines(labels_of: Mapping[tuple[str, str], str]) -> int:
    return max((label.count("\n") + 1 for label in labels_of.values()), default=1)


def _shade(rows: Rows, own: pd.DataFrame, scale: float, equivalence: float | None, signs: set[str]) -> None:
    bound = equivalence
    if bound is None and "bound" in own and own["bound"].notna().any():
        bound = float(own["bound"].max())
    if bound is not None:
        span = (rows.y - 0.45, rows.y + len(own) - 0.55)
        rows.ax.fill_betweenx(span, -scale * bound, scale * bound, color="#e4e4e4", lw=0, zorder=0)
        signs.add("band")


def _reach(row: pd.Series, signs: set[str]) -> str:
    """Say at the right what a row rests on."""
    starred = bool(row.get("p_adjusted", np.nan) < 0.05)
    if starred:
        signs.add("star")
    events = row.get("n_events", np.nan)
    if not np.isfinite(row["difference"]):
        return ""
    if np.isfinite(events):
        note = "1 event" if events == 1 else f"{events:,.0f} events"
    elif np.isfinite(row.get("n_a", np.nan)):
        note = f"{row['n_a']:,.0f}+{row['n_b']:,.0f} texts"
    else:
        note = ""
    return note + (" *" if starred else "")


def _draw_row(ax: Axes, row: pd.Series, y: float, scale: float, number: int) -> None:
    colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
    value, low, high = scale * row["difference"], scale * row["ci_low"], scale * row["ci_high"]
    if not np.isfinite(value):
        ax.text(0, y, " missing", va="center", ha="left", color="#595959", style="italic", size=SMALL)
        return
    n_events = row.get("n_events", np.nan)
    n = n_events if np.isfinite(n_events) else min(row.get("n_a", MIN_EVENTS), row.get("n_b", MIN_EVENTS))
    holds = np.isfinite(low) and (low > 0 or high < 0) and n >= MIN_EVENTS
    if np.isfinite(low):
        ax.plot([low, high], [y, y], color=colour, lw=1.6, solid_capstyle="butt", zorder=2)
    ax.plot(value, y, marker, ms=5.5, mfc=colour if holds else "white", mec=colour, mew=1.3, zorder=3)


def _note(signs: set[str], n: int, of: int | None) -> str:
    lines = [
        *([f"Shown: the {n:,} largest of {of:,} differences, which overstates their size."] if of and of > n else []),
        "Right of zero: higher in the kind named first.",
        "Hollow: the interval includes zero, is not given, or rests on fewer than six events or texts.",
    ]  # fmt: skip
    if "band" in signs:
        lines.append("Shaded: differences so small that they count as equal.")
    if "star" in signs:
        lines.append("Asterisk: adjusted p below .05.")
    return " ".join(lines)
