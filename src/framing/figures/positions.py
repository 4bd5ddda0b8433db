"""Position strip: where in each text a theme stands, and in whose voice."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.columns import check_table
from framing.figures.lettering import SMALL, below, distinct, extent, folded, named, room, without_common_end
from framing.figures.style import MM, style

LANES = {"author": (0.27, "#000000"), "paraphrased": (0.0, "#0072B2"), "quoted": (-0.27, "#D98200")}
_BLOCK = 28.0  # mm for a theme, at least
_PAGE = 190.0
_LARGEST = 0.45  # share of the width that ids may take before they are cut


def position_strip(
    positions: pd.DataFrame,
    ax: Axes | None = None,
    width: float = 178,
    labels: Mapping[str, str] | None = None,
    note: str = "",
) -> Axes:
    """Draw one tick a matching sentence: articles down, kind by kind, themes side by side, three lanes by voice.

    Parameters
    ----------
    positions
        Columns measure, article, kind, sentence (from 1), n_sentences and voice; one row a matching sentence. An
        article without a match has one row with a missing sentence.
    ax
        Where to draw; a new figure by default.
    width
        Width of a new figure in mm; the themes with most ticks that fit are shown.
    labels
        Words for measures.
    note
        A sentence for the foot of the figure.

    Returns
    -------
    matplotlib.axes.Axes
        From left to right each block runs from the first to the last sentence of an article.

    Raises
    ------
    FramingError
        If the table lacks a column or rows.
    """
    columns = ("measure", "article", "kind", "sentence", "n_sentences", "voice")
    check_table("positions", positions, columns, "Comparison.positions")
    found = positions.dropna(subset=["sentence"])
    ranked = found["measure"].value_counts(sort=True).index.tolist()
    side = _side(positions["article"], width)
    fitting = ranked[: max(1, int((width - side) // _BLOCK))]
    shown = [m for m in positions["measure"].drop_duplicates() if m in fitting]
    own = ax is None
    with style():
        place, heads, end = _places(positions)
        names = [named(m, labels) for m in shown]
        across = room((width - side) / max(len(shown), 1) - 3, 8, bold=True)
        short = distinct(names, 2.5 * across)
        titles = [folded(short[name], across, 3) for name in names]
        if ax is None:
            row = max(3.4, min(5.0, _PAGE / max(end, 1)))
            above = 3.6 * max((t.count("\n") + 1 for t in titles), default=1)
            _, ax = plt.subplots(figsize=(width * MM, (16 + above + row * (end + 0.3)) * MM), layout="constrained")
        for block, (measure, title) in enumerate(zip(shown, titles, strict=True)):
            ax.barh(list(place.values()), 0.94, 0.84, block, color="#ececec", lw=0, zorder=1)
            _draw_ticks(ax, found[found["measure"] == measure], block, place)
            ax.text(block, -0.65, title, weight="bold", va="bottom")
        for kind, name in distinct(heads, room(width - side, 8, bold=True)).items():
            ax.text(0, heads[kind], name, weight="bold", va="center")
        shown_ids = _ids(positions, room(side - 2))
        ax.set_yticks(list(place.values()), [shown_ids[a] for a in place])
        ax.tick_params(axis="y", labelsize=SMALL)
        ax.set_ylim(end - 0.5, -0.6)
        _bare(ax, len(shown))
        below(ax, "", _note(len(ranked) - len(shown), note), width, own)
    return ax


def _side(articles: pd.Series, width: float) -> float:
    """Return the room for the articles' ids in mm: as much as the longest takes, where the themes still have enough."""
    if width < 120:  # one column of a journal: ids give way, or a theme would be lost
        return 0.3 * width
    longest = max(extent(str(article)) for article in articles.drop_duplicates()) / room(100) * 100
    return min(max(longest + 3, 0.27 * width), _LARGEST * width)


def _ids(positions: pd.DataFrame, width: int) -> dict[str, str]:
    """Return how the id of each article is shown; where room is short, without what all ids of its kind end in."""
    found: dict[str, str] = {}
    for _, articles in positions.drop_duplicates("article").groupby("kind", sort=False, dropna=False):
        own = articles["article"].tolist()
        names = list(map(str, own))
        if max(map(extent, names)) > width:
            names = without_common_end(names)
        short = distinct(names, width)
        found |= {article: short[name] for article, name in zip(own, names, strict=True)}
    return found


def _places(positions: pd.DataFrame) -> tuple[dict[str, float], dict[str, float], float]:
    """Return the rows of articles and of the headings of their kinds, and where the next row would stand."""
    articles = positions.drop_duplicates("article")
    place, heads, y = {}, {}, 0.0
    for kind in articles["kind"].drop_duplicates():
        heads[kind] = y
        y += 1
        for article in articles.loc[articles["kind"] == kind, "article"]:
            place[article] = y
            y += 1
        y += 0.4
    return place, heads, y


def _draw_ticks(ax: Axes, own: pd.DataFrame, block: int, place: Mapping[str, float]) -> None:
    for voice, (lane, colour) in LANES.items():
        part = own[own["voice"] == voice]
        steps = np.maximum(part["n_sentences"].to_numpy(float) - 1, 1)
        x = block + 0.005 + 0.93 * (part["sentence"].to_numpy(float) - 1) / steps
        y = part["article"].map(place).to_numpy(float) - lane
        ax.vlines(x, y - 0.13, y + 0.13, color=colour, lw=1.6, zorder=2)


def _bare(ax: Axes, n_blocks: int) -> None:
    ax.set_xticks([])
    ax.set_xlim(-0.02, max(n_blocks, 1) - 0.04)
    ax.grid(visible=False)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _note(left: int, more: str) -> str:
    note = (
        "Each bar runs from the first to the last sentence of an article; a tick is a sentence. Lanes: author on top "
    )
    note += "(black), paraphrased between (blue), quoted below (orange)."
    if left:
        note += f" {left} more theme{'s are' if left > 1 else ' is'} in the table."
    return note + (f" {more}" if more else "")
