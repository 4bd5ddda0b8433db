"""Colours, shapes and deterministic saving shared by all figures."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.figure import Figure

# Okabe & Ito (2008): told apart by colour-blind readers; black first is kept for text.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
MM = 1 / 25.4

_RC = {
    "font.family": "DejaVu Sans", "font.size": 8, "axes.titlesize": 9, "axes.labelsize": 8, "xtick.labelsize": 7.5,
    "ytick.labelsize": 8, "svg.fonttype": "none", "svg.hashsalt": "framing", "pdf.fonttype": 42, "figure.dpi": 100,
    "savefig.dpi": 200, "axes.spines.top": False, "axes.spines.right": False, "hatch.linewidth": 0.6,
    "text.parse_math": False,
}  # fmt: skip


@contextmanager
def style() -> Iterator[None]:
    """Draw in the figures' style without changing the user's."""
    with sns.axes_style("whitegrid", {"grid.color": "#e3e3e3"}), mpl.rc_context(_RC):
        yield


def looks(kinds: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return a colour and a marker for each kind; both differ, so that grey print is readable."""
    return {k: (COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]) for i, k in enumerate(kinds)}


def words(name: str) -> str:
    """Return a measure's name as words, without its family."""
    return name.rpartition("__")[2].replace("_", " ")


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Save as PNG and SVG with the same bytes each time, and close the figure."""
    paths = []
    with style(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for suffix, metadata in (("png", {"Software": None}), ("svg", {"Date": None, "Creator": "framing"})):
            path = folder / f"{name}.{suffix}"
            figure.savefig(path, metadata=metadata, bbox_inches="tight", pad_inches=0.08, facecolor="white")
            paths.append(path)
    plt.close(figure)
    if any("Glyph" in str(w.message) for w in caught):
        font = _RC["font.family"]
        warnings.warn(f"figure {name}: some characters are not in the font {font} and show as boxes", stacklevel=2)
    return paths
