"""What `framing codebook check` shows on a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import pandas as pd

from framing.codebook_check import LEVELS, CodebookCheck

WIDTH = 80
_LONG = 36
_FEW = 3  # notes of one sort and theme that are listed, unless all are asked for


def check_text(found: CodebookCheck, everything: bool = False) -> str:
    """Return the findings as text, gravest first.

    Parameters
    ----------
    found
        What `framing.check_codebook` returned.
    everything
        Whether to list every note; else the first few of each sort and theme.
    """
    book = found.codebook
    counts = found.findings["level"].value_counts()
    said = ", ".join(f"{counts.get(level, 0)} {level}{'s' if counts.get(level, 0) != 1 else ''}" for level in LEVELS)
    lines = [f"{book.name} {book.version}, {book.sha256[:12]}: {said}"]
    lines += [line for note in found.notes for line in _wrapped(note, "  ")]
    for level in LEVELS:
        rows = found.findings[found.findings["level"] == level]
        if len(rows):
            lines += ["", f"{level}s".upper()]
            lines += list(_notes(rows) if level == "note" and not everything else _listed(rows))
    if not everything and counts.get("note", 0):
        lines += ["", "--all lists every note; --out DIR writes all tables."]
    return "\n".join(lines)


def lost_text(lost: pd.DataFrame, everything: bool = False) -> str:
    """Return what a conversion lost as text, things of one sort in one category together.

    Parameters
    ----------
    lost
        As `framing.convert_codebook` returns it.
    everything
        Whether to list every thing; else the first few of each sort.
    """
    if not len(lost):
        return "Nothing was lost."
    lines = []
    for (category, why), rows in lost.groupby(["category", "why"], sort=False):
        things = rows["what"].tolist()
        shown = things if everything else things[:_FEW]
        more = f" and {len(things) - len(shown)} more" if len(things) > len(shown) else ""
        lines += _wrapped(f"{', '.join(shown)}{more}: {why}", "  ", f"{category}: " if category else "")
    return "\n".join([f"{len(lost)} things were lost or changed:", *lines])


def _listed(rows: pd.DataFrame) -> Iterator[str]:
    for row in rows.itertuples(index=False):
        yield from _wrapped(f"{_place(row.theme, row.term)}: {row.message}", "  ", f"{row.check}: ")


def _notes(rows: pd.DataFrame) -> Iterator[str]:
    for (check, theme), some in rows.groupby(["check", "theme"], sort=False):
        if check in ("dead", "never counts"):
            terms = [t for t in some["term"] if t]
            said = f"{theme}: {len(terms)} terms, e.g. {', '.join(map(_short, terms[:6]))}"
            yield from _wrapped(said, "  ", f"{check}: ")
            continue
        yield from _listed(some.head(_FEW))
        if len(some) > _FEW:
            yield f"    ... and {len(some) - _FEW} more of {check} in {theme}"


def _place(theme: str, term: str) -> str:
    return f"{theme}, {_short(term)!r}" if term else theme


def _short(term: str) -> str:
    return term if len(term) <= _LONG else term[: _LONG - 3] + "..."


def _wrapped(text: str, indent: str, head: str = "") -> list[str]:
    return textwrap.wrap(
        head + text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
