"""Lollipop of words: which words make the difference, and on which side."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.style import MM, folded, foot, looks, shortened, style


def lollipop(words: pd.DataFrame, ax: Axes | None = None, width: float = 178, top: int = 12, unit: str = "") -> Axes:
    """Draw the heaviest words of each side: of a keyness table or of a word shift.

    Parameters
    ----------
    words
        Columns word, weight and side; one row a word. The size of ``weight`` orders the words, ``side`` says in words
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
    """
    sides = words["side"].drop_duplicates().tolist()
    opposed = len(sides) == 2
    y, ticks, labels = 0.0, [], []
    with style():
        if ax is None:
            shown = sum(min(top, int((words["side"] == s).sum())) for s in sides)
            _, ax = plt.subplots(figsize=(width * MM, (20 + 4.6 * shown + 6 * len(sides)) * MM), layout="constrained")
        for side, (colour, marker) in looks(sides).items():
            own = words[words["side"] == side]
            weight = own["weight"].abs()
            best = own.assign(weight=weight).sort_values("weight", ascending=False, kind="stable").head(top)
            sign = -1 if opposed and side == sides[0] else 1
            head = f"{folded(side, int(width * 0.3))} (sum of {len(own):,} words: {weight.sum():.3g})"
            ax.text(0, y, head, transform=ax.get_yaxis_transform(), weight="bold", va="center",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
            for row in best.itertuples():
                y += 1
                ax.hlines(y, 0, sign * row.weight, color=colour, lw=1.6, zorder=2)
                ax.plot(sign * row.weight, y, marker, ms=5, mfc=colour, mec="white", mew=0.6, zorder=3)
                ticks.append(y)
                labels.append(shortened(row.word, max(12, int(width * 0.14))))
            y += 1.5
        ax.axvline(0, color="#444444", lw=0.9, zorder=1)
        ax.set_yticks(ticks, labels)
        ax.set_ylim(y - 0.6, -0.8)
        ax.margins(x=0.08)
        ax.grid(axis="y", visible=False)
        note = f"{shortened(unit, 60) or 'Weight'}\n"
        note += (
            f"Left: {shortened(sides[0], 40)}. Right: {shortened(sides[1], 40)}." if opposed else "Right: more of it."
        )
        ax.set_xlabel(foot(note, width))
        if opposed:
            ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    return ax
