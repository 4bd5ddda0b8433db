"""The signature figure: who says what about whom, voice by target, side by side for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from framing.figures.columns import check_table
from framing.figures.lettering import SMALL, distinct, extent, folded, named, room, wrapped
from framing.figures.style import MM, style

VOICES = ("author", "quoted", "paraphrased")
_HEADS = ("author", "quoted", "para-\nphrased")
# mm; a column must hold a number of five characters, a row a square and two numbers
_NARROWEST, _WIDEST, _HIGH, _SQUARE, _GAP = 9.4, 14.0, 13.0, 5.8, 4.0
_LINE = 3.1
# Orange to blue through white: told apart by colour-blind readers. Grey print loses the side, so cells have a sign.
COLOURS = LinearSegmentedColormap.from_list("stance", ["#D98200", "#F6D9A8", "#FFFFFF", "#B5D3EA", "#3B8BC2"])
_NOTE = (
    "Stance from −1 (against, orange) to +1 (for, blue), by whose words they are. Area of a square and small number: "
    "clauses. Hatched: not named in that voice, which is not neutral."
)


@dataclass(frozen=True)
class _Grid:
    """Where things stand, in mm from the upper left corner."""

    width: float
    side: float
    cell: float
    bands: list[list[str]]
    targets: list[str]
    shown: Mapping[str, str]
    head_lines: int
    note: str

    @classmethod
    def of(cls, kinds: Sequence[str], targets: Sequence[str], width: float) -> _Grid:
        longest = max(
            (extent(line) for t in targets for line in folded(t, room(0.22 * width), 3).split("\n")), default=4
        )
        side = max(16.0, min(0.23 * width, 1.44 * longest + 4))
        block = len(VOICES) * _NARROWEST
        per_band = max(1, int((width - side - 1 + _GAP) // (block + _GAP)))
        n_bands = -(-len(kinds) // per_band)
        per_band = -(-len(kinds) // n_bands)  # bands of nearly equal length
        bands = [list(kinds[i : i + per_band]) for i in range(0, len(kinds), per_band)]
        cell = min(_WIDEST, (width - side - 1 - (per_band - 1) * _GAP) / (per_band * len(VOICES)))
        short = distinct(targets, 3.3 * room(side - 2))
        names = [folded(short[t], room(side - 2), 4) for t in targets]
        across = room(len(VOICES) * cell, 8, bold=True)
        shown = {k: folded(name, across) for k, name in distinct(kinds, 1.7 * across).items()}
        heads = max((name.count("\n") + 1 for name in shown.values()), default=1)
        note = wrapped(_NOTE, room(width - 5))
        return cls(width, side, cell, bands, names, shown, heads, note)

    @property
    def head(self) -> float:
        return 3.6 * self.head_lines + 2 * _LINE + 2

    @property
    def band(self) -> float:
        return self.head + _HIGH * len(self.targets) + 3

    @property
    def height(self) -> float:
        return self.band * len(self.bands) + 3 + _LINE * (self.note.count("\n") + 1)


def stance_matrix(
    stances: pd.DataFrame, ax: Axes | None = None, width: float = 178, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw who says what about whom: one block a kind, targets down, voices across.

    Parameters
    ----------
    stances
        Columns kind, target, voice (author, quoted, paraphrased), stance in [-1, 1] (NaN where it is missing) and
        n_clauses, or n in its place: what `framing.StanceTable.matrix` gives by kind and voice. Rows of one cell, as by
        type of holder, are drawn together, each by its clauses.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm; kinds that do not fit side by side go on below.
    labels
        Words for targets.

    Returns
    -------
    matplotlib.axes.Axes
        Coordinates are mm. The colour of a square is the stance, its area the number of clauses, which stands below;
        hatched cells are missing: the target is not named in that voice.

    Raises
    ------
    FramingError
        If the table lacks a column or rows.
    """
    stances = _cells(stances)
    kinds = stances["kind"].drop_duplicates().tolist()
    targets = stances["target"].drop_duplicates().tolist()
    top = stances["n_clauses"].max()
    cells = {(r.kind, r.target, r.voice): (r.stance, r.n_clauses) for r in stances.itertuples()}
    with style():
        grid = _Grid.of(kinds, [named(t, labels) for t in targets], width)
        if ax is None:
            figure = plt.figure(figsize=(width * MM, grid.height * MM))
            ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.set_aspect("equal", adjustable="box", anchor="W")
        ax.set_xlim(0, width)
        ax.set_ylim(grid.height, 0)
        for b, band in enumerate(grid.bands):
            y = b * grid.band + grid.head
            for t, name in enumerate(grid.targets):
                ax.text(grid.side - 1.5, y + (t + 0.5) * _HIGH, name, ha="right", va="center", size=SMALL)
            for k, kind in enumerate(band):
                x = grid.side + k * (len(VOICES) * grid.cell + _GAP)
                _heads(ax, kind, x, y, grid)
                for t, target in enumerate(targets):
                    for v, voice in enumerate(VOICES):
                        stance, n = cells.get((kind, target, voice), (np.nan, 0))
                        _cell(ax, (x + v * grid.cell, y + t * _HIGH), grid.cell, stance, n, top)
        ax.text(2, grid.height - 1.5, grid.note, va="bottom", size=SMALL, linespacing=1.25)
    return ax


def _cells(stances: pd.DataFrame) -> pd.DataFrame:
    """Return one row a cell: kind, target, voice, stance, n_clauses."""
    if isinstance(stances, pd.DataFrame) and "n_clauses" not in stances and "n" in stances:
        stances = stances.rename(columns={"n": "n_clauses"})
    check_table(
        "stances",
        stances,
        ("kind", "target", "voice", "stance", "n_clauses"),
        "Comparison.stances or StanceTable.matrix",
    )
    cell = ["kind", "target", "voice"]
    table = stances.assign(kind=stances["kind"].astype(object).where(stances["kind"].notna(), "no kind"))
    if not table.duplicated(cell).any():
        return table
    known = table["stance"].notna()
    table = table.assign(n_clauses=table["n_clauses"].where(known, 0), sum=table["stance"] * table["n_clauses"])
    table = table.groupby(cell, sort=False, as_index=False)[["sum", "n_clauses"]].sum()
    return table.assign(stance=(table["sum"] / table["n_clauses"]).where(table["n_clauses"] > 0))


def _heads(ax: Axes, kind: str, x: float, y: float, grid: _Grid) -> None:
    across = len(VOICES) * grid.cell
    ax.text(x + across / 2, y - 2 * _LINE - 1.4, grid.shown[kind], ha="center", va="bottom", weight="bold", size=8)
    for v, head in enumerate(_HEADS):
        ax.text(x + (v + 0.5) * grid.cell, y - 0.6, head, ha="center", va="bottom", size=SMALL, linespacing=0.95)


def _cell(ax: Axes, corner: tuple[float, float], wide: float, stance: float, n: float, top: float) -> None:
    x, y = corner
    box = ((x + 0.25, y + 0.25), wide - 0.5, _HIGH - 0.5)
    if not np.isfinite(stance):
        ax.add_patch(Rectangle(*box, fc="#f6f6f6", ec="#9a9a9a", hatch="////", lw=0))
        return
    ax.add_patch(Rectangle(*box, fc="none", ec="#d8d8d8", lw=0.6))
    length = _SQUARE * max(0.2, np.sqrt(n / top)) if top else _SQUARE
    square = (x + (wide - length) / 2, y + 0.6 + (_SQUARE - length) / 2)
    ax.add_patch(Rectangle(square, length, length, fc=COLOURS((stance + 1) / 2), ec="#6f6f6f", lw=0.7))
    text = "0" if abs(stance) < 0.005 else f"{stance:+.2f}".replace("-", "−")
    ax.text(x + wide / 2, y + _SQUARE + 2.6, text, ha="center", va="center", size=SMALL + 0.5)
    ax.text(x + wide / 2, y + _HIGH - 1.7, f"{n:,.0f}", ha="center", va="center", size=SMALL, color="#595959")
