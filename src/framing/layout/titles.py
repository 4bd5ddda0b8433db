"""Titles: a first line without end mark over whole paragraphs, or the one that the metadata give."""

from __future__ import annotations

import re

from framing.layout.credits import is_credit
from framing.layout.dates_and_agencies import is_date
from framing.layout.lines import CLOSERS, FINISHERS, has_end_mark
from framing.layout.list_items import ENUMERATOR
from framing.layout.prose import is_prose

_TWO_LINE_ENDS = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n|\u2029)")
_SAME_MARKS = str.maketrans("‘’“”–—―\u2010\u2011", "''\"\"-----")
_MAX_TITLE_WORDS = 40
_MAX_NAME_WORDS = 6  # of a site that stands over a title
_MAX_ASKING_WORDS = 20
_ANSWER = re.compile(r"\s+[\"“‘]?(?:Yes|Yeah|No|Nothing|None|Nobody|Never|Well|Sure|Mhm|Oh|OK|Okay|Right)\b(?=[,.!?…])")
_ASKING_ENDS = "?!" + CLOSERS
_WRITTEN_LINE = re.compile(r"[^\s](?:[^\r\n\u2028\u2029]*[^\s])?")
_OPENERS = "\"'“‘«(["
# Words that no title ends in, but a line that was wrapped may.
_GO_ON = frozenset(
    "a an the of to in on at by for from with and or but that which who as is are was were its his her their".split()
)


def _plain(line: str) -> str:
    """Return a line as titles are compared: without differences of white space, case and the shape of marks."""
    return " ".join(line.translate(_SAME_MARKS).casefold().split())


def title_line(
    text: str, whole: str, start: int, end: int, title: str | None, wrapped: bool
) -> list[tuple[int, int, str]]:
    """Return the title that a paragraph holds on a line before its text, perhaps under the name of a site."""
    if title and (first := _line_at(whole, start))[1] < len(whole.rstrip()):
        second = _line_at(whole, first[1])
        if _plain(whole[slice(*first)]) == _plain(title):
            return [(*first, "title")]
        is_name = len(whole[slice(*first)].split()) <= _MAX_NAME_WORDS and not has_end_mark(whole[slice(*first)])
        if is_name and _plain(whole[slice(*second)]) == _plain(title):
            return [(*first, "credit"), (*second, "title")]
    cut = -1 if wrapped else text.find("\n", start, end)
    rest = text[cut:end].lstrip()
    if cut < 0 or (_first_letter(rest).islower() and not is_credit(rest.partition("\n")[0].rstrip())):
        return []
    line = text[start:cut].rstrip()
    return [(start, start + len(line), "title")] if _heads_paragraphs(line, text[cut:]) else []


def _line_at(text: str, start: int) -> tuple[int, int]:
    """Return where the first line with anything on it begins and ends."""
    match = _WRITTEN_LINE.search(text, start)
    return match.span() if match else (len(text), len(text))


def _heads_paragraphs(line: str, rest: str) -> bool:
    """Tell whether a line without end mark stands over whole paragraphs, and not in a sentence that was wrapped."""
    if line[-1] in FINISHERS + ",":
        return False
    words = line.split(maxsplit=_MAX_TITLE_WORDS)
    if len(words) > _MAX_TITLE_WORDS or words[-1].lower() in _GO_ON:
        return False
    others = []
    for other in filter(None, map(str.strip, rest.split("\n"))):
        if has_end_mark(other):
            others.append(other)
        elif not is_credit(other) and not is_date(other):
            return False
    if ENUMERATOR.match(line) or is_prose(line):
        return False
    if not others or not _first_letter(others[0]).isalnum() or any(_first_letter(o).islower() for o in others):
        return False
    return len(line) + 1 + len(others[0].split(maxsplit=1)[0]) <= max(map(len, others))


def _first_letter(line: str) -> str:
    return line.lstrip(_OPENERS)[:1]


def is_title(text: str, start: int, end: int, title: str | None) -> bool:
    """Tell whether a paragraph is a title: the one given, or one line of few words that is no prose."""
    block = text[start:end]
    if title and _plain(block) == _plain(title):
        return True
    ended = has_end_mark(block)
    if ended and not title and not text[:start].strip() and _asks(block) and not _ANSWER.match(text, end):
        block, ended = block.rstrip(_ASKING_ENDS), False
    untitled = ended or block[-1] in ":;," or "\n" in block or not _TWO_LINE_ENDS.match(text, end)
    if untitled or len(block.split(maxsplit=_MAX_TITLE_WORDS)) > _MAX_TITLE_WORDS:
        return False
    return not ENUMERATOR.match(block) and any(c.isalpha() for c in block) and not is_prose(block)


def _asks(block: str) -> bool:
    """Tell whether a short line is a question or a call, and no speech."""
    asked = block.rstrip(_ASKING_ENDS)
    ends = block[len(asked) :]
    return (
        asked != ""
        and ("?" in ends or "!" in ends)
        and len(block.split(maxsplit=_MAX_ASKING_WORDS)) <= _MAX_ASKING_WORDS
        and block[0] not in _OPENERS
    )
