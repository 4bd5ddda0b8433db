"""Items of lists: their labels, and where a list parts a text."""

from __future__ import annotations

import re
from itertools import pairwise

BULLETS = "•‣⁃◦∙●○■□▪▫◆◇►▶▸➤➢✓✔☑"
_LABEL = (
    r"(?:(?P<open>\(?)(?P<label>\d{1,3}|[ivxIVX]{1,4}|[a-z]|[A-Z](?=\)))(?P<close>\.\)|[.)])\s+"
    rf"|(?P<bullet>[{BULLETS}])\s*|(?P<dash>[*·+>–—-])\s+)(?=\S)"
)
ENUMERATOR = re.compile(rf"\s*{_LABEL}")
_ITEM = re.compile(rf"[ \t]*(?={_LABEL})")
_LATER_ITEM = re.compile(rf"\n[ \t]*(?={_LABEL})")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def parted(text: str) -> str:
    """Return a text with a paragraph separator for the line break before each item of a list, and after the last."""
    edges = [-1, *_list_breaks(text), len(text)]
    return "\u2029".join(text[start + 1 : end] for start, end in pairwise(edges)) if len(edges) > 2 else text


def _list_breaks(text: str) -> list[int]:
    """Return the line breaks before the items of lists, and after the last one."""
    items = [(item.start() + 1, item) for item in _LATER_ITEM.finditer(text)]
    if first := _ITEM.match(text):
        items.insert(0, (0, first))
    styles: dict[object, list[tuple[int, re.Match[str]]]] = {}
    for start, item in items:
        style = item["bullet"] or item["dash"] or (item["open"], item["close"])
        styles.setdefault(style, []).append((start, item))
    breaks = []
    for style, own in styles.items():
        if len(own) < 2:
            continue
        values = [_values(item["label"]) for _, item in own] if isinstance(style, tuple) else None
        lines = [start for start, _ in own]
        breaks += [line - 1 for place, line in enumerate(lines) if line and (not values or _in_sequence(values, place))]
        if end := _end_of_list(text, lines):
            breaks.append(end)
    return sorted(set(breaks))


def _end_of_list(text: str, lines: list[int]) -> int | None:
    """Return the line break after the last item of a list of lines, unless the next line may go on with it."""
    end = text.find("\n", lines[-1])
    one_line_each = all(text.find("\n", line) + 1 == after for line, after in pairwise(lines))
    goes_on = not text[end + 1 : end + 2].isupper() or _ITEM.match(text, end + 1)
    return None if end < 0 or not one_line_each or goes_on else end


def _in_sequence(known: list[set[int]], place: int) -> bool:
    """Tell whether a label follows the one before it or precedes the one after it."""
    own = known[place]
    before = known[place - 1] if place else set()
    after = known[place + 1] if place + 1 < len(known) else set()
    return any(value - 1 in before or value + 1 in after for value in own)


def _values(label: str) -> set[int]:
    """Return the numbers that a label may stand for: "v" is the fifth or the 22nd."""
    if label.isdigit():
        return {int(label)}
    letters = label.lower()
    values = {ord(letters) - ord("a") + 1} if len(letters) == 1 else set()
    if set(letters) <= _ROMAN.keys():
        digits = [_ROMAN[letter] for letter in letters]
        values.add(sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True)))
    return values


def has_enumerator(text: str) -> bool:
    """Tell whether a line may begin with the label of an item."""
    if text.isascii() and "\r" not in text and "\f" not in text:  # lines end in one way, which is faster to look for
        return bool(ENUMERATOR.match(text) or _LATER_ITEM.search(text))
    return any(map(ENUMERATOR.match, text.splitlines()))
