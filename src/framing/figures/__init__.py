"""Figures: each function takes a table that somebody else computed and returns the Axes it drew on."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from framing.figures.dots import dots
from framing.figures.forest import forest
from framing.figures.heatmap import stance_matrix, theme_heatmap
from framing.figures.style import save

__all__ = ["dots", "forest", "save_figures", "stance_matrix", "theme_heatmap"]


def save_figures(
    contrasts: pd.DataFrame, means: pd.DataFrame, values: pd.DataFrame, folder: str | Path, counts: str = ""
) -> list[Path]:
    """Draw every figure that the tables allow and save each as PNG and SVG.

    Parameters
    ----------
    contrasts, means, values
        As in `framing.Comparison`.
    folder
        Where to; made when missing.
    counts
        What readability counts (see `framing.Readability`), for the foot of its figure.

    Returns
    -------
    list of pathlib.Path
        The files, in order.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    measures = means["measure"].drop_duplicates().tolist()
    targets = [m for m in measures if m.startswith("stance__") and f"{m}_n" in measures]
    themes = [m for m in measures if m.startswith("themes__")]
    if themes:
        paths += save(_figure(theme_heatmap(means)), folder, "themes")
        paths += save(_figure(dots(values[values["measure"].isin(themes)])), folder, "articles-themes")
        paths += save(_figure(forest(contrasts[contrasts["measure"].isin(themes)])), folder, "contrasts-themes")
    if targets:
        paths += save(_figure(stance_matrix(means)), folder, "stance-matrix")
        paths += save(_figure(forest(contrasts[contrasts["measure"].isin(targets)])), folder, "contrasts-stance")
    indices = [m for m in measures if m in ("readability__flesch_kincaid_grade", "readability__smog_index")]
    if indices:
        note = f"Words, sentences and syllables as {counts} counts them." if counts else ""
        paths += save(_figure(dots(values[values["measure"].isin(indices)], note=note)), folder, "articles-readability")
    plt.close("all")
    return paths


def _figure(ax: plt.Axes) -> Figure:
    return ax.get_figure()
