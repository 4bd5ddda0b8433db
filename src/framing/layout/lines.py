"""Lines, paragraphs, and whether a line is finished."""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.chunks import CLASSES, CLOSERS, END_MARKS
from framing.kernels import kernels

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_LINE_END = re.compile(r"\r\n|[\r\n\u2028\x85]")
_ENDS = frozenset(END_MARKS)
FINISHERS = END_MARKS + ":;" + CLOSERS


def paragraphs(text: str, limit: int | None = None) -> list[tuple[int, int]]:
    r"""Return ``(start, end)`` of each paragraph, without surrounding white space; the first `limit` when given.

    A blank line always parts paragraphs. A single line break does so only where the line before it
    is finished (ends in an end mark or a colon), so that hard-wrapped text stays whole.

    Examples
    --------
    >>> [ "One.\nTwo lines\nwrapped."[s:e] for s, e in paragraphs("One.\nTwo lines\nwrapped.") ]
    ['One.', 'Two lines\nwrapped.']
    """
    if kernels:
        return kernels.paragraphs(text, CLASSES, FINISHERS, -1 if limit is None else limit, 0)[0]
    found: list[tuple[int, int]] = []
    open_paragraph = False
    for place, line in _lines(text):
        inner = line.strip()
        if not inner:
            continue
        start = place + (len(line) - len(line.lstrip()) if line[0] != inner[0] else 0)
        gap = text[found[-1][1] : start] if found else ""
        blank_line = gap == "\n\n" or len(_LINE_END.findall(gap)) > 1 or "\u2029" in gap
        if found and open_paragraph and not blank_line:
            found[-1] = (found[-1][0], start + len(inner))
        else:
            if limit is not None and len(found) == limit:
                return found
            found.append((start, start + len(inner)))
        open_paragraph = not _finished(inner)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the text of each line."""
    if len(text.splitlines()) != text.count("\n") + (text[-1:] != "\n"):  # lines that end in other ways
        yield from ((match.start(), match.group()) for match in _LINE.finditer(text))
        return
    place = 0
    for line in text.split("\n"):  # a line that ends in "\r\n" keeps its "\r", which is white space
        if line:
            yield place, line
        place += len(line) + 1


def _finished(line: str) -> bool:
    return line[-1] in FINISHERS


def has_end_mark(line: str) -> bool:
    """Tell whether a line ends a sentence: an end mark, perhaps before closing quotes or brackets."""
    return line.rstrip(CLOSERS + " \t")[-1:] in _ENDS
