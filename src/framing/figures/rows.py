"""Rows in blocks: a bold heading for each measure, and below it labelled rows, on one common scale."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from framing.figures.lettering import SMALL, distinct, extent, folded, room
from framing.figures.style import MM

_SECOND = 1.0  # rows that the second line of a heading takes
PAGE = 205.0
"""Height in mm that the rows of one page can take."""


def least_row(lines: int, width: float) -> float:
    """Return the least height of a row in mm whose label takes so many lines, in a figure of `width` mm."""
    return (3.6 if width >= 120 else 3.3) * lines + 0.2


class Rows:
    """The places of labelled rows in blocks; use it inside `framing.figures.style.style`.

    Parameters
    ----------
    blocks
        Heading and number of rows of each block.
    lines
        Lines of text that the labels of the rows take.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm.
    foot
        Height of a new figure below its rows, in mm.
    """

    def __init__(self, blocks: Sequence[tuple[str, int]], lines: int, ax: Axes | None, width: float, foot: float):
        self.own = ax is None
        self._across = room((0.6 if width < 120 else 0.66) * width, 8, bold=True)
        self._heads = distinct((text for text, _ in blocks), 1.4 * self._across)
        folds = sum(extent(self._heads[text]) > self._across for text, _ in blocks)
        total = sum(n for _, n in blocks) + 1.3 * len(blocks) + _SECOND * folds
        self.row = max(least_row(lines, width), min(5.6, PAGE / max(total, 1)))
        self.width = width
        if ax is None:
            size = (width * MM, (foot + self.row * total) * MM)
            _, ax = plt.subplots(figsize=size, layout="constrained")
        self.ax = ax
        self.y = 0.0
        self._ticks: list[float] = []
        self._labels: list[str] = []

    def heading(self, text: str) -> None:
        """Write the heading of a block, on two lines where one is too short."""
        text = folded(self._heads.get(text, text), self._across)
        place = self.y
        if "\n" in text:
            self.y += _SECOND
            place += _SECOND / 2
        white = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        across = self.ax.get_yaxis_transform()
        self.ax.text(0, place, text, transform=across, weight="bold", va="center", linespacing=0.95, bbox=white)
        self.y += 1

    def add(self, label: str, right: str = "") -> float:
        """Return the place of a new row, with words at its left and right."""
        place = self.y
        self._ticks.append(place)
        self._labels.append(label)
        if right:
            self.ax.text(
                1.01, place, right, transform=self.ax.get_yaxis_transform(), va="center", size=SMALL, color="#444444"
            )
        self.y += 1
        return place

    def end_block(self) -> None:
        """Leave room before the next block."""
        self.y += 0.3

    def finish(self) -> None:
        """Label the rows."""
        self.ax.set_yticks(self._ticks, self._labels)
        self.ax.tick_params(axis="y", labelsize=8 if self.width >= 120 else SMALL)
        self.ax.set_ylim(self.y - 0.3, -0.8)
        self.ax.grid(axis="y", visible=False)
