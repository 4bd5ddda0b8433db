"""Colours, shapes and deterministic saving shared by all figures."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from textwrap import wrap

import matplotlib as mpl
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.figure import Figure

# Okabe & Ito (2008): told apart by colour-blind readers. Yellow is darkened, it vanishes on white paper.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A7F00", "#000000")
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
    "font.size": 8, "axes.titlesize": 9, "axes.labelsize": 8, "xtick.labelsize": 7.5,
    "ytick.labelsize": 8, "svg.fonttype": "none", "svg.hashsalt": "framing", "pdf.fonttype": 42, "figure.dpi": 100,
    "savefig.dpi": 200, "axes.spines.top": False, "axes.spines.right": False, "hatch.linewidth": 0.6,
    "text.parse_math": False, "axes.unicode_minus": True,
}  # fmt: skip


def _fonts() -> list[str]:
    installed = set(mpl.font_manager.get_font_names())
    return [f for f in _FONTS if f in installed] or ["DejaVu Sans"]


@contextmanager
def style() -> Iterator[None]:
    """Draw in the figures' style without changing the user's."""
    with sns.axes_style("whitegrid", {"grid.color": "#e3e3e3"}), mpl.rc_context({**_RC, "font.family": _fonts()}):
        yield


def looks(kinds: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return a colour and a marker for each kind; both differ, so that grey print is readable."""
    return {k: (COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]) for i, k in enumerate(kinds)}


def words(name: str) -> str:
    """Return a measure's name as words, without its family."""
    return name.rpartition("__")[2].replace("_", " ")


def named(measure: str, labels: Mapping[str, str] | None) -> str:
    """Return the words for a measure: its label, else its name."""
    return (labels or {}).get(measure) or words(measure)


def shortened(text: object, width: int) -> str:
    """Return a text on one line without control characters, cut with an ellipsis where it is too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(text)[: 4 * width]).split())
    return line if len(line) <= width and len(str(text)) <= 4 * width else line[: width - 1] + "…"


def folded(text: object, width: int, lines: int = 2) -> str:
    """Return a label in at most `lines` lines of `width` characters, cut with an ellipsis where it is too long."""
    return "\n".join(wrap(shortened(text, width * lines), width, break_long_words=True)[:lines])


def foot(text: str, width: float) -> str:
    """Fold each line of a note to a figure of `width` mm."""
    return "\n".join("\n".join(wrap(line, int(width * 0.58))) for line in text.splitlines())


def image(figure: Figure, form: str) -> bytes:
    """Return a figure as a file of one of `FORMATS`, the same bytes each time; text stays text in SVG and PDF."""
    file = BytesIO()
    with style():
        figure.savefig(
            file, format=form, metadata=_METADATA[form], bbox_inches="tight", pad_inches=0.08, facecolor="white"
        )
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
