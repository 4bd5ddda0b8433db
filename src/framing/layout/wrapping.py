"""Text whose lines were wrapped at a width: the line breaks that mean nothing."""

from __future__ import annotations

import re
from functools import cache

from framing.chunks import CLASSES
from framing.kernels import kernels
from framing.layout.list_items import BULLETS

_WRAPPED_LINES = (40, 110)  # characters of the longest lines of a text that was wrapped
_LINE_LABEL = r"\(?(?:[0-9]{1,3}|[ivxIVX]{1,4}|[A-Za-z])(?:\.\)|[.)])"
_SLACK = 16  # by how many characters a long word at the beginning of the next line shortens a line
_SINGLE_END = re.compile(r"[^\n]\n(?=\S)")
_FINISHED_END = re.compile(r"\.\n(?=\S)")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")


def unwrapped(text: str) -> str:
    """Return a text with the line breaks that only wrap it replaced by spaces; it keeps its length."""
    if "\n" not in text:
        return text
    plain = text.replace("\r\n", " \n") if "\r" in text else text
    flowed, hyphens = _joined(plain)
    if hyphens:
        # a word joiner keeps the length and is part of the first half, so that the hyphen joins the halves
        flowed = _HYPHENATED.sub("\u2060-", flowed)
    return text if flowed is plain else flowed


def _joined(text: str) -> tuple[str, bool]:
    """Join the lines of a text where most are about as long as the longest ones and few end as a sentence does.

    Returns
    -------
    text, hyphens
        The text, and whether a line that another follows ends in a hyphen.
    """
    if kernels:
        found: tuple[str, bool] = kernels.joined(text, CLASSES, BULLETS, *_WRAPPED_LINES, _SLACK)
        return found
    if "\n" not in text:
        return text, False
    hyphens = re.search(r"-\n(?=\S)", text) is not None
    shortest, longest = _WRAPPED_LINES
    lengths = sorted((min(len(line), longest + 1) for line in text.split("\n")), reverse=True)
    width = lengths[len(lengths) // 10 or 1]  # a title or a link may be longer
    if not shortest <= width <= longest:
        return text, hyphens
    joined, n = _wrapping(width - _SLACK).subn(_break_of, text)
    single, finished = len(_SINGLE_END.findall(text)), len(_FINISHED_END.findall(text))
    return (joined if n >= 2 and n * 5 >= single * 3 and finished * 5 <= n * 2 else text), hyphens


def _break_of(match: re.Match[str]) -> str:
    return "\n" if match.string[match.start() - 1] == "-" else " "


@cache
def _wrapping(least: int) -> re.Pattern[str]:
    """Return what matches a line break after so many characters, unless white space or what may be a label follows."""
    return re.compile(rf"\n(?<=[^\n]{{{least}}}\n)(?=[^\s{BULLETS}])(?!{_LINE_LABEL}(?:\s|\Z))")
