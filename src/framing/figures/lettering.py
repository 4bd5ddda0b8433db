"""Words in figures: names of measures, labels that are cut or folded, and notes below a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os.path import commonprefix
from unicodedata import combining, east_asian_width

import numpy as np
from matplotlib.axes import Axes

from framing.labels import is_share

SMALL = 7
"""The smallest letters in a figure, in points."""

_LETTER = 1.44  # mm that a common letter of 7 pt takes
_BOLD = 1.16
_WIDTHS = {c: w for signs, w in (
    ("iljI|!.,:;'’‘ftr()[]/- ", 0.64), ("mwMW—…@%&–", 1.55), ("ABCDEFGHJKLNOPQRSTUVXYZ", 1.2), ("acesuvxyzkg", 1.02),
) for c in signs}  # fmt: skip
_UNITS = {"readability": "School grade", "stance": "Stance, from −1 (against) to 1 (for)", "style": "Score"}


def words(name: str) -> str:
    """Return a measure's name as words, without its family."""
    return name.rpartition("__")[2].replace("_", " ")


def named(measure: str, labels: Mapping[str, str] | None) -> str:
    """Return the words for a measure: its label, else its name."""
    return (labels or {}).get(measure) or words(measure)


def unit_of(measure: str) -> str:
    """Return what an axis of a measure counts."""
    if measure.startswith("themes__"):
        return "Per cent of body sentences"
    if measure.startswith("stance__") and measure.endswith("_n"):
        return "Clauses"
    return "Per cent" if is_share(measure) else _UNITS.get(measure.partition("__")[0], "Score")


def room(millimetres: float, size: float = SMALL, bold: bool = False) -> int:
    """Return how many letters of a size in points fit into a width.

    Examples
    --------
    >>> room(85), room(85, 14), room(85, bold=True)
    (59, 29, 50)
    """
    return max(4, int(millimetres * SMALL / size / _LETTER / (_BOLD if bold else 1)))


def extent(text: str) -> float:
    """Return the width of a text, in common letters; those of China, Japan and Korea are nearly twice as wide.

    Examples
    --------
    >>> extent("nnn"), extent("外交部"), extent("ill") < extent("mmm")
    (3.0, 5.6..., True)
    """
    return float(sum(map(_width, text)))


def _width(sign: str) -> float:
    known = _WIDTHS.get(sign)
    if known is not None:
        return known
    if sign.isascii():
        return 1.0
    return 1.88 if east_asian_width(sign) in "WF" else 0.0 if combining(sign) else 1.2


def _fitting(text: str, width: float) -> int:
    """Return how many signs of a text fit into a width."""
    return int(np.searchsorted(np.cumsum([_width(c) for c in text]), width, side="right"))


def shortened(text: object, width: int) -> str:
    r"""Return a text on one line without control characters, cut with an ellipsis where it is too long.

    Examples
    --------
    >>> shortened("one\ntwo", 20), shortened("official statement", 9)
    ('one two', 'official…')
    """
    raw = str(text)
    line = " ".join("".join(c if c.isprintable() else " " for c in raw[: 4 * width]).split())
    if extent(line) <= width and len(raw) <= 4 * width:
        return line
    return line[: _fitting(line, width - _WIDTHS["…"])].rstrip() + "…"


def folded(text: object, width: int, lines: int = 2) -> str:
    r"""Return a label in at most `lines` lines of `width` letters, cut with an ellipsis where it is too long.

    Examples
    --------
    >>> folded("Pressure by the United States", 16), folded("a" * 30, 10)
    ('Pressure by the\nUnited States', 'aaaaaaaaa\naaaaaaaa…')
    """
    rest, found = shortened(text, 8 * width * lines), []
    while rest and len(found) < lines - 1 and extent(rest) > width:
        first = _first_line(rest, width)
        found.append(first.rstrip())
        rest = rest[len(first) :].lstrip()
    return "\n".join([*found, shortened(rest, width)] if rest else found)


def _first_line(text: str, width: int) -> str:
    """Return how much of a text fits, broken after a blank or hyphen where there is one."""
    end = _fitting(text, width)
    if end < len(text) and text[end] == " ":
        return text[:end]
    best = max(text.rfind(sign, 0, end) for sign in " -–/_")
    return text[: best + 1] if best > 0 else text[: max(end, 1)]


def middle_cut(name: object, width: int) -> str:
    """Cut a long id in its middle: ids of one corpus often begin alike and differ at the end.

    Examples
    --------
    >>> middle_cut("summit-2025-analysis", 12)
    'summ…lysis'
    """
    line = shortened(name, 500)
    if extent(line) <= width:
        return line
    half = (width - _WIDTHS["…"]) / 2
    return f"{line[: _fitting(line, half)]}…{line[len(line) - _fitting(line[::-1], half) :]}"


def without_common_end(names: Sequence[str]) -> list[str]:
    """Return names without the part that all of them end in, from a separator on; one name alone is kept.

    Examples
    --------
    >>> without_common_end(["summit-2025-wire", "tariff-2024-wire"]), without_common_end(["a-1", "b-2"])
    (['summit-2025', 'tariff-2024'], ['a-1', 'b-2'])
    """
    tail = commonprefix([name[::-1] for name in names])[::-1]
    begin = min((place for sign in "-_./ " if (place := tail.find(sign)) >= 0), default=len(tail))
    n = len(tail) - begin
    if not n or len(set(names)) < 2 or min(map(len, names)) <= n:
        return [*names]
    return [name[: len(name) - n] for name in names]


def distinct(names: Iterable[object], width: float) -> dict[str, str]:
    """Return each name shortened to `width` letters so that no two look the same.

    Names that begin alike are cut in their middle; those that also end alike are numbered.

    Examples
    --------
    >>> distinct(["Ministry of Trade, 2024", "Ministry of Trade, 2025"], 14)
    {'Ministry of Trade, 2024': 'Ministr…, 2024', 'Ministry of Trade, 2025': 'Ministr…, 2025'}
    """
    every = list(dict.fromkeys(map(str, names)))
    for cut in (shortened, middle_cut):
        found = {name: cut(name, int(width)) for name in every}
        if len(set(found.values())) == len(every):
            return found
    return {name: f"{shortened(name, max(3, int(width) - 5))} ({i})" for i, name in enumerate(every, 1)}


def wrapped(note: str, width: float) -> str:
    """Fold each line of a note to `width` letters."""
    return "\n".join(folded(line, int(width), 12) for line in note.splitlines())


def below(ax: Axes, label: str, note: str, width: float, own: bool) -> None:
    """Write what the axis counts, and below it a note as wide as the figure.

    Parameters
    ----------
    ax
        The axes.
    label, note
        Each line is folded on its own.
    width
        Width of the figure in mm.
    own
        Whether the figure holds nothing else; the note then begins at its left edge.
    """
    note = wrapped(note, room(width - 5))
    if own:
        ax.set_xlabel(label)
        ax.get_figure().supxlabel(note, x=2 / width, ha="left", size=SMALL, linespacing=1.25)
    else:
        ax.set_xlabel("\n".join(part for part in (label, note) if part))
