"""The signature figure: who says what about whom, voice by target, side by side for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from framing.figures.style import MM, folded, foot, named, style

VOICES = ("author", "quoted", "paraphrased")
_HEADS = ("author", "quoted", "para-\nphrased")
_CELL = 11.0  # mm; room for a number of five characters
# Orange to blue through white: told apart by colour-blind readers. Grey print loses the side, so cells have a sign.
_COLOURS = LinearSegmentedColormap.from_list("stance", ["#D98200", "#F6D9A8", "#FFFFFF", "#B5D3EA", "#3B8BC2"])


def stance_matrix(
    stances: pd.DataFrame, ax: Axes | None = None, width: float = 178, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw who says what about whom: one block a kind, targets down, voices across.

    Parameters
    ----------
    stances
        Columns kind, target, voice (author, quoted, paraphrased), stance in [-1, 1] (NaN where it is missing) and
        n_clauses; one row a cell.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm; kinds that do not fit side by side go on below.
    labels
        Words for targets.

    Returns
    -------
    matplotlib.axes.Axes
        The colour of a square is the stance, its area the number of clauses, which stands below; hatched cells are
        missing: the target is not named in that voice.
    """
    kinds = stances["kind"].drop_duplicates().tolist()
    targets = stances["target"].drop_duplicates().tolist()
    side = max(22.0, 0.25 * width)
    per_band = max(1, int((width - side) // (len(VOICES) * _CELL)))
    bands = [kinds[i : i + per_band] for i in range(0, len(kinds), per_band)]
    across = max(map(len, bands)) * (len(VOICES) + 0.3)
    top = stances["n_clauses"].max()
    rows = len(targets)
    depth = rows + 2.1
    with style():
        if ax is None:
            cell = min(16.0, (width - side) / across)
            size = (width * MM, (len(bands) * depth * cell + 8) * MM)
            _, ax = plt.subplots(figsize=size, layout="constrained")
        cells = {(r.kind, r.target, r.voice): (r.stance, r.n_clauses) for r in stances.itertuples()}
        for b, band in enumerate(bands):
            for k, kind in enumerate(band):
                x0, y0 = k * (len(VOICES) + 0.3), b * depth
                middle = x0 + len(VOICES) / 2
                chars = int(width * 0.75 / max(map(len, bands)) * 0.5)
                ax.text(
                    middle, y0 - 0.72, folded(kind, max(10, chars)), ha="center", va="bottom", weight="bold", size=8
                )
                for v, voice in enumerate(VOICES):
                    ax.text(x0 + v + 0.5, y0 - 0.08, _HEADS[v], ha="center", va="bottom", size=6.5, linespacing=0.9)
                    for t, target in enumerate(targets):
                        _cell(ax, x0 + v, y0 + t, *cells.get((kind, target, voice), (np.nan, 0)), top)
        _finish(ax, [named(t, labels) for t in targets], bands, depth, across, width)
    return ax


def _cell(ax: Axes, x: float, y: float, stance: float, n: float, top: float) -> None:
    if not np.isfinite(stance):
        ax.add_patch(Rectangle((x + 0.03, y + 0.03), 0.94, 0.94, fc="#f6f6f6", ec="#a8a8a8", hatch="////", lw=0))
        return
    ax.add_patch(Rectangle((x + 0.03, y + 0.03), 0.94, 0.94, fc="none", ec="#d8d8d8", lw=0.6))
    length = 0.58 * max(0.2, np.sqrt(n / top)) if top else 0.58
    corner = (x + 0.5 - length / 2, y + 0.34 - length / 2)
    ax.add_patch(Rectangle(corner, length, length, fc=_COLOURS((stance + 1) / 2), ec="#8c8c8c", lw=0.7))
    text = "0" if abs(stance) < 0.005 else f"{stance:+.2f}".replace("-", "−")
    ax.text(x + 0.5, y + 0.745, text, ha="center", va="center", size=7)
    ax.text(x + 0.5, y + 0.945, f"{n:,.0f}", ha="center", va="bottom", size=5.5, color="#333333")


def _finish(
    ax: Axes, targets: Sequence[str], bands: Sequence[Sequence[str]], depth: float, across: float, width: float
) -> None:
    places = [b * depth + t + 0.5 for b in range(len(bands)) for t in range(len(targets))]
    ax.set_yticks(places, [folded(t, max(12, int(width * 0.14)), 3) for t in targets] * len(bands))
    ax.set_xticks([])
    ax.set_xlim(0, across - 0.3)
    ax.set_ylim(len(bands) * depth - 1.9, -1.35)
    ax.set_aspect("equal", adjustable="box", anchor="W")
    ax.grid(visible=False)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    note = (
        "Stance from −1 (against, orange) to +1 (for, blue). Area and small number: clauses. Hatched: not named in "
        "that voice, which is not neutral."
    )
    ax.set_xlabel(foot(note, width), size=7, loc="left")
