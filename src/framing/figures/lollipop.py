"""Lollipop of words: which words make the difference, and on which side."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from framing.errors import FramingError
from framing.figures.lettering import below, distinct, room, shortened
from framing.figures.rows import Rows
from framing.figures.style import looks, style
from framing.figures.word_tables import word_tables


def lollipop(words: Any, ax: Axes | None = None, width: float = 178, top: int = 12, unit: str = "") -> Axes:
    """Draw the heaviest words of each side: of a keyness table or of a word shift.

    Parameters
    ----------
    words
        What `framing.keyness` (of one pair, by z) or `framing.word_shift` returned, its table, or any table with the
        columns word, weight and side; one row a word. The size of ``weight`` orders the words, ``side`` says in words
        where a word weighs.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm.
    top
        How many words to show for each side.
    unit
        What the weight is, for the axis.

    Returns
    -------
    matplotlib.axes.Axes
        With two sides the first points left, the second right; with more, all point right, one block a side. The sum
        over all words of a side, also those not shown, stands in its heading.

    Raises
    ------
    FramingError
        If the table lacks a column or rows, or is of several pairs of kinds.
    """
    found = word_tables("words", words)
    if len(found) > 1:
        pairs = "; ".join(of_pair.pair for of_pair in found)
        raise FramingError(
            f"words: the table is of several pairs ({pairs}); choose one, as keyness(...).weights(a=, b=)."
        )
    _, words, meaning = found[0]
    unit = unit or meaning
    sides = words["side"].drop_duplicates().tolist()
    opposed = len(sides) == 2
    with style():
        rows = Rows([("", min(top, int((words["side"] == s).sum()))) for s in sides], 1, ax, width, 22)
        heads = distinct(sides, max(10, room(0.66 * width, 8, bold=True) - 30))
        for side, (colour, marker) in looks(sides).items():
            own = words[words["side"] == side]
            weight = own["weight"].abs()
            best = own.assign(weight=weight).sort_values("weight", ascending=False, kind="stable").head(top)
            sign = -1 if opposed and side == sides[0] else 1
            about = f" ({len(own):,} words, sum {weight.sum():.3g})"
            rows.heading(heads[side] + about)
            for row in best.itertuples():
                y = rows.add(shortened(row.word, room(0.25 * width)))
                rows.ax.hlines(y, 0, sign * row.weight, color=colour, lw=1.6, zorder=2)
                rows.ax.plot(sign * row.weight, y, marker, ms=5, mfc=colour, mec="white", mew=0.6, zorder=3)
            rows.end_block()
        rows.finish()
        rows.ax.axvline(0, color="#444444", lw=0.9, zorder=1)
        rows.ax.margins(x=0.08)
        note = "Right: more of it."
        if opposed:
            note = f"Left: {heads[sides[0]]}. Right: {heads[sides[1]]}."
            rows.ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
        below(rows.ax, shortened(unit, 60) or "Weight", note, width, rows.own)
    return rows.ax
