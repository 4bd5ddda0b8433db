"""Position strip: where in each text a theme stands, and in whose voice."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.style import MM, folded, foot, named, shortened, style

LANES = {"author": (0.28, "#000000"), "paraphrased": (0.0, "#0072B2"), "quoted": (-0.28, "#D55E00")}
_BLOCK = 44.0  # mm for a theme


def position_strip(
    positions: pd.DataFrame, ax: Axes | None = None, width: float = 178, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw one tick a matching sentence: articles down, themes side by side, three lanes by voice.

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

    Returns
    -------
    matplotlib.axes.Axes
        From left to right each block runs from the first to the last sentence of an article.
    """
    articles = positions.drop_duplicates("article")
    found = positions.dropna(subset=["sentence"])
    ranked = found["measure"].value_counts(sort=True).index.tolist()
    fitting = ranked[: max(1, int(width * 0.8 // _BLOCK))]
    shown = [m for m in positions["measure"].drop_duplicates() if m in fitting]
    with style():
        if ax is None:
            size = (width * MM, (26 + 5.2 * len(articles)) * MM)
            _, ax = plt.subplots(figsize=size, layout="constrained")
        row = {a: i for i, a in enumerate(articles["article"])}
        for block, measure in enumerate(shown):
            ax.hlines(list(row.values()), block, block + 0.94, color="#ececec", lw=9, zorder=1)
            own = found[found["measure"] == measure]
            for voice, (lane, colour) in LANES.items():
                part = own[own["voice"] == voice]
                steps = np.maximum(part["n_sentences"].to_numpy(float) - 1, 1)
                x = block + 0.94 * (part["sentence"].to_numpy(float) - 1) / steps
                y = part["article"].map(row).to_numpy(float) - lane
                ax.vlines(x, y - 0.13, y + 0.13, color=colour, lw=1.7, zorder=2)
            ax.text(block, -0.75, folded(named(measure, labels), int(_BLOCK * 0.55)), weight="bold", va="bottom")
        side = max(12, int(width * 0.16))
        ax.set_yticks(list(row.values()), [_both_ends(a, side) for a in articles["article"]])
        ax.set_xticks([])
        ax.set_xlim(-0.03, max(len(shown), 1) - 0.03)
        ax.set_ylim(len(row) - 0.3, -0.7)
        ax.grid(visible=False)
        ax.tick_params(length=0)
        for spine in ax.spines.values():
            spine.set_visible(False)
        left = len(ranked) - len(shown)
        note = "Each bar runs from the first to the last sentence. Lanes: author on top (black), paraphrased between "
        note += "(blue), quoted below (orange)."
        note += f" {left} more themes are in the table." if left else ""
        ax.set_xlabel(foot(note, width), loc="left", size=7)
    return ax


def _both_ends(name: object, width: int) -> str:
    """Cut a long id in its middle: ids of one corpus often begin alike and differ at the end."""
    line = shortened(name, 500)
    return line if len(line) <= width else f"{line[: width // 2 - 1]}…{line[-(width - width // 2) :]}"
