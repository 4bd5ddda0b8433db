"""Figures: each function takes a table that somebody else computed and returns the Axes it drew on."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from pathlib import Path

import matplotlib.pyplot as plt

from framing.arguments import names_of
from framing.errors import FramingError, bad_value, listed
from framing.figures.dots import dots
from framing.figures.forest import forest
from framing.figures.gallery import Picture, Tables, gallery
from framing.figures.heatmap import theme_heatmap
from framing.figures.lollipop import lollipop
from framing.figures.positions import position_strip
from framing.figures.specification import specification_curve
from framing.figures.stance import stance_matrix
from framing.figures.style import FORMATS, image, save
from framing.tables import csv_text

__all__ = [
    "FORMATS", "Picture", "Tables", "dots", "forest", "gallery", "image", "lollipop", "position_strip", "save_figures",
    "specification_curve", "stance_matrix", "theme_heatmap",
]  # fmt: skip


def save_figures(
    tables: Tables, folder: str | Path, forms: Sequence[str] = ("png", "svg"), width: float = 178
) -> list[Path]:
    """Draw every figure that the tables allow; save each, and beside it its data and caption.

    Parameters
    ----------
    tables
        As `framing.figure_tables.figure_tables` makes them of a comparison.
    folder
        Where to; made when missing.
    forms
        Some of ``png``, ``svg``, ``pdf``; the bytes are the same each time.
    width
        Width in mm; 85 is one column of a journal, 178 are two.

    Returns
    -------
    list of pathlib.Path
        The files, in order: NAME.png, NAME.svg, NAME.csv for each figure, then ``captions.md``.

    Raises
    ------
    FramingError
        If the tables, a form or the width are not usable.
    """
    if not isinstance(tables, Tables):
        expected = "what framing.figure_tables.figure_tables makes of a comparison"
        raise FramingError(bad_value("tables", expected, type(tables).__name__))
    forms = names_of("forms", forms)
    check_figures(forms, width)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    captions = []
    for picture in gallery(tables, width):
        paths += save(picture.draw().get_figure(), folder, picture.name, forms)
        data = folder / f"{picture.name}.csv"
        data.write_text(csv_text(picture.data), encoding="utf-8", newline="")
        paths.append(data)
        captions.append(f"**{picture.name}.** {picture.caption}\n")
    plt.close("all")
    if captions:
        (folder / "captions.md").write_text("\n".join(captions), encoding="utf-8", newline="\n")
        paths.append(folder / "captions.md")
    return paths


def check_figures(forms: Sequence[str], width: float) -> None:
    """Raise if figures cannot be saved in these forms and width (mm), before anything is computed for them."""
    if unknown := [f for f in forms if f not in FORMATS]:
        raise FramingError(bad_value("the format of figures", f"some of {listed(FORMATS)}", unknown[0]))
    if isinstance(width, bool) or not isinstance(width, Real) or not 60 <= width <= 400:
        raise FramingError(bad_value("the width of figures", "from 60 to 400 mm", width))
