"""Single quotation marks: where speech stands in them, as in the British press, they are read as double ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

# An opening mark stands before a letter and not after one; words that lost their beginning ('tis, '90s) open nothing.
_OPENING = r"(?<![\w’'])(?:‘|'(?!(?i:tis|twas|em|til|cause|round|n|cos)\b))(?=[^\W\d_])"
# What it opens ends at a mark after which no letter follows: one that does not end a plural possessive ("the
# ministers’"), if there is any before the next opening mark, else the first one before a curly opening mark.
_OPENING_MARK = re.compile(_OPENING)
_STRETCH = re.compile(rf"{_OPENING}(?:(?!{_OPENING})[^\n]){{1,1000}}?(?<![sS])[’'](?![\w’'])")
_STOP = re.compile(r"(?P<closing>[’'](?![\w’']))|[’'](?!\w)|[‘\n]")
# Double marks, and where what each kind opens ends in its line.
_DOUBLE_MARK = re.compile(r"[“„«\"]|``|''")
_DOUBLE_STOPS = {
    "“": re.compile(r"(?P<closing>”)|\n"),
    "„": re.compile(r"(?P<closing>[“”])|\n"),
    "«": re.compile(r"(?P<closing>»)|\n"),
    '"': re.compile(r"(?P<closing>\")|\n"),
    "``": re.compile(r"(?P<closing>'')|\n"),
    "''": re.compile(r"(?P<closing>'')|\n"),
}
_ANY_DOUBLE = re.compile(r"[“”„«»\"]|``|''")
_TYPED_FOR_ONE = re.compile(r"(?<=[^\W\d_])[`´′＇](?=[^\W\d_])")
_MIN_SPEECH = 3  # words; shorter ones are terms or titles unless they end as speech does


def with_apostrophes(body: str) -> str:
    """Return a text of the same length in which what is typed for an apostrophe inside a word is one.

    Examples
    --------
    >>> with_apostrophes("He didn`t call it 5′ or ´hot´.")
    "He didn't call it 5′ or ´hot´."
    """
    return _TYPED_FOR_ONE.sub("'", body) if any(map(body.__contains__, "`´′＇")) else body


def single_speech(body: str) -> int:
    """Count stretches outside double marks that single marks hold and that read as speech.

    Examples
    --------
    >>> single_speech("‘We will wait,’ he said of the ‘hub’ and the ministers' talks.")
    1
    """
    return sum(_is_speech(body[start + 1 : end - 1]) for start, end in _outside(body))


def with_double_marks(body: str) -> str:
    """Return a text of the same length in which the marks of speech are double.

    A text is changed only where more stretches of speech stand in single marks than in double ones; the marks inside
    them become single.

    Examples
    --------
    >>> with_double_marks("‘We will wait,’ he said of the ‘hub’. 'Tis the ministers' pier.")
    "“We will wait,” he said of the “hub”. 'Tis the ministers' pier."
    """
    if "‘" not in body and not _straight_beyond_double(body):  # most texts
        return body
    spans = _outside(body)
    n_single = sum(_is_speech(body[start + 1 : end - 1]) for start, end in spans)
    if not n_single:
        return body
    n_double = sum(not _holds(spans, start + 1, start) for start, _ in _double(body))
    if n_double >= n_single:
        return body
    parts, place = [], 0
    for start, end in spans:
        parts += [body[place:start], "“", _ANY_DOUBLE.sub(_as_single, body[start + 1 : end - 1]), "”"]
        place = end
    return "".join([*parts, body[place:]])


def _straight_beyond_double(body: str) -> bool:
    """Tell whether straight single marks may open more than double ones hold."""
    before = body.split("'")[:-1]  # faster than to look for two characters
    may_open = sum(part[-1:] in (" ", "\n") for part in before) + body.startswith("'")
    if not may_open:
        return False
    return may_open > body.count('"') / 2 and may_open > (body.count('"') + body.count("''")) / 2 + body.count("“")


class _Ahead:
    """The next match of a pattern from a place on; places that only grow cost linear time together."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern, self._text = pattern, text
        self._found = pattern.search(text)

    def closing(self, place: int) -> int | None:
        """Return where the next match ends, if it closes what was opened."""
        if self._found and self._found.start() < place:
            self._found = self._pattern.search(self._text, place)
        return self._found.end() if self._found and self._found["closing"] else None


def _single(body: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of stretches in single marks, the marks included."""
    ahead, place = _Ahead(_STOP, body), 0
    while opening := _OPENING_MARK.search(body, place):
        start = opening.start()
        near = _STRETCH.match(body, start)
        end = near.end() if near else ahead.closing(start + 1)
        if end:
            yield start, end
        place = end or start + 1


def _double(body: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of stretches in double marks, the marks included."""
    ahead: dict[str, _Ahead] = {}
    place = 0
    while opening := _DOUBLE_MARK.search(body, place):
        mark = opening[0]
        if mark not in ahead:
            ahead[mark] = _Ahead(_DOUBLE_STOPS[mark], body)
        end = ahead[mark].closing(opening.end())
        if end:
            yield opening.start(), end
        place = end or opening.start() + 1


def _outside(body: str) -> list[tuple[int, int]]:
    """Return the bounds of stretches in single marks that stand in no double ones."""
    double = list(_double(body))
    return [span for span in _single(body) if not _holds(double, *span)]


def _holds(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether one of some spans, in text order, begins before a stretch and ends behind it."""
    place = bisect_left(spans, (start,))
    return place > 0 and end < spans[place - 1][1]


def _is_speech(held: str) -> bool:
    return len(held.split()) >= _MIN_SPEECH or held[-1] in ",.!?…"


def _as_single(mark: re.Match[str]) -> str:
    return "‘" * len(mark[0]) if mark[0] in ("“", "„", "«", "``") else "’" * len(mark[0])
