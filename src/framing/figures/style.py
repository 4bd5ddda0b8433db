"""Colours, shapes and deterministic saving shared by all figures."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.figure import Figure

# Okabe & Ito (2008), told apart by colour-blind readers. Their yellow vanishes on white paper, and darkened it looks
# like their vermillion to those who lack red cones; a violet stands in its place.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7B2FBE", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
MM = 1 / 25.4
FORMATS = ("png", "svg", "pdf")
_METADATA = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": "framing"},
    "pdf": {"CreationDate": None, "Creator": "framing", "Producer": None},
}
# What the first font lacks is looked for in the next; those that are not installed are passed over.
_FONTS = (
    "DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans Arabic", "Noto Naskh Arabic",
    "Noto Sans Devanagari", "Noto Sans Thai", "Arial Unicode MS", "Microsoft YaHei", "Hiragino Sans",
    "WenQuanYi Micro Hei",
)  # fmt: skip

_RC = {
    "font.size": 8, "axes.titlesize": 9, "axes.labelsize": 8, "xtick.labelsize": 7.5, "ytick.labelsize": 8,
    "figure.constrained_layout.h_pad": 1.5 / 25.4, "figure.constrained_layout.w_pad": 1.5 / 25.4,
    "svg.fonttype": "none", "svg.hashsalt": "framing", "pdf.fonttype": 42, "figure.dpi": 100,
    "savefig.dpi": 200, "axes.spines.top": False, "axes.spines.right": False, "hatch.linewidth": 0.6,
    "text.parse_math": False, "axes.unicode_minus": True,
}  # fmt: skip


def _fonts() -> list[str]:
    installed = set(mpl.font_manager.get_font_names())
    return [f for f in _FONTS if f in installed] or ["DejaVu Sans"]


@contextmanager
def style() -> Iterator[None]:
    """Draw in the figures' style without changing the user's.

    Only what is set here is set back: a notebook's first figure turns on the settings by which it shows figures, and
    they must stay on.
    """
    own = {**sns.axes_style("whitegrid", {"grid.color": "#e3e3e3"}), **_RC, "font.family": _fonts()}
    before = {name: mpl.rcParams[name] for name in own}
    mpl.rcParams.update(own)
    try:
        yield
    finally:
        mpl.rcParams.update(before)


def looks(kinds: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return a colour and a marker for each kind; both differ, so that grey print is readable."""
    return {k: (COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]) for i, k in enumerate(kinds)}


def image(figure: Figure, form: str) -> bytes:
    """Return a figure as a file of one of `FORMATS`, the same bytes each time; text stays text in SVG and PDF."""
    file = BytesIO()
    with style():
        figure.savefig(file, format=form, metadata=_METADATA[form], facecolor="white")
    return file.getvalue()


def save(figure: Figure, folder: Path, name: str, forms: Sequence[str] = ("png", "svg")) -> list[Path]:
    """Save in some of `FORMATS` with the same bytes each time, and close the figure."""
    paths = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for form in forms:
            path = folder / f"{name}.{form}"
            path.write_bytes(image(figure, form))
            paths.append(path)
    plt.close(figure)
    if any("Glyph" in str(w.message) for w in caught):
        fonts = ", ".join(_fonts())
        warnings.warn(
            f"figure {name}: some characters are in none of the fonts {fonts} and show as boxes in PNG and PDF; "
            "install a Noto font with them", stacklevel=2,
        )  # fmt: skip
    return paths
