"""Text of unknown origin on a terminal: nothing that moves the cursor, and columns counted as they are shown."""

from __future__ import annotations

import re
import unicodedata

WIDTH = 80
_SPACE = re.compile(r"\s+")
_NO_COLUMN = frozenset(["Mn", "Me", "Cf"])
_HIDDEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
_KEPT = frozenset("\u200c\u200d")  # joiners that scripts need


def printable(text: str) -> str:
    r"""Return a text on one line, without control and direction characters.

    Examples
    --------
    >>> printable("a\n  b\x1b[31m\u202ec")
    'a b[31mc'
    """
    text = _SPACE.sub(" ", text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _HIDDEN)


def columns(text: str) -> int:
    """Return how many columns a text takes: two for a wide character, none for a mark on the one before.

    Examples
    --------
    >>> columns("ab"), columns("安全"), columns("e\u0301")
    (2, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_column, text))


def _column(character: str) -> int:
    if unicodedata.category(character) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def head(text: str, width: int) -> str:
    """Return the beginning of a text in at most `width` columns; ``…`` stands for what is cut off."""
    if columns(text) <= width:
        return text
    kept, room = 0, width - 1
    for character in text:
        room -= _column(character)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def tail(text: str, width: int) -> str:
    """Return the end of a text in at most `width` columns; ``…`` stands for what is cut off."""
    if columns(text) <= width:
        return text
    kept, room = 0, width - 1
    for character in reversed(text):
        room -= _column(character)
        if room < 0:
            break
        kept += 1
    return "…" + (text[-kept:] if kept else "").lstrip(" \u0300\u0301")


def ends(text: str, width: int) -> str:
    """Return a text in at most `width` columns, its middle cut out.

    Examples
    --------
    >>> ends("hlscc-ankara-2026-wire", 15)
    'hlscc-a…26-wire'
    """
    if columns(text) <= width:
        return text
    right = tail(text, width // 2 + 1)[1:]
    return head(text, width - columns(right)) + right


def left_aligned(text: str, width: int) -> str:
    """Cut or fill a text to `width` columns, flush left."""
    text = head(text, width)
    return text + " " * (width - columns(text))


def right_aligned(text: str, width: int) -> str:
    """Cut or fill a text to `width` columns, flush right; its end is kept."""
    text = tail(text, width)
    return " " * (width - columns(text)) + text
