"""What in a text is not body: title line, caption, date debris, datelines, enumerators, credits.

Scores are about the body. What a page extraction or a newsroom convention puts around it is
recognised here, kept as fields of the article, and blanked out of the text that is counted.
Blanking keeps the length, so every offset stays an offset into the original text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from framing.chunks import CLASSES
from framing.kernels import kernels
from framing.layout.captions import is_caption, is_credited, may_hold_captions
from framing.layout.credits import byline_end, tail_spans
from framing.layout.datelines import dateline_end
from framing.layout.dates_and_agencies import CLOCK, DAY, is_date
from framing.layout.lines import FINISHERS, paragraphs
from framing.layout.list_items import ENUMERATOR, has_enumerator, parted
from framing.layout.titles import is_title, title_line
from framing.layout.wrapping import unwrapped

# "date 2026-01-08", "Published: 8 January 2026": what a page extraction leaves before the text.
_DATE_DEBRIS = re.compile(
    rf"\s*(?:(?:date|dated|published|updated|posted)\b\s*(?:on|:)?\s*)(\d{{4}}-\d{{2}}-\d{{2}}|{DAY})"
    rf"(?:(?:T|,)?\s*(?:at\s+)?{CLOCK})?\s*(?=\S|$)",
    re.IGNORECASE,
)
_HEAD = 8  # paragraphs within which titles, captions, dates and datelines stand
_DATELINES = 3  # of them, those that may begin with a dateline
_MAY_ALL = -1  # all bits
_NONE: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Layout:
    """The parts of a text that are not body.

    Attributes
    ----------
    spans
        ``(start, end, role)`` of each part, in text order; the roles are ``title``, ``caption``,
        ``date``, ``dateline``, ``enumerator`` and ``credit``: bylines, and credits and footers at the end.
    fields
        The text of the first part of each role, stripped.
    flowed
        The text with other line breaks, where those that stand in it mislead: spaces where a line is but wrapped, a
        paragraph separator before an item of a list. It has the length of the text.
    """

    spans: tuple[tuple[int, int, str], ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    flowed: str | None = field(default=None, repr=False)


class _Paragraphs(NamedTuple):
    """The paragraphs of a text that may hold anything but body.

    Attributes
    ----------
    text
        The text, parted where lines begin with an enumerator.
    spans
        The paragraphs: all of them where a line begins with an enumerator or captions stand between them, else those
        at the head of the text.
    listed, pictured
        Whether a line begins with an enumerator, and whether captions stand between the paragraphs.
    dated
        A bit for each of the first paragraphs, not set where it surely begins with no dateline.
    """

    text: str
    spans: list[tuple[int, int]]
    listed: bool
    pictured: bool
    dated: int = _MAY_ALL


def _paragraphs(text: str) -> _Paragraphs:
    if kernels:
        found, listed, pictured, dated = kernels.paragraphs(text, CLASSES, FINISHERS, _HEAD, _DATELINES)
    else:
        found, listed, pictured, dated = [], True, True, _MAY_ALL
    pictured, listed = pictured and may_hold_captions(text), listed and has_enumerator(text)
    if listed:
        text = parted(text)
        return _Paragraphs(text, paragraphs(text), True, pictured)
    if pictured or not kernels:
        return _Paragraphs(text, paragraphs(text, None if pictured else _HEAD), False, pictured)
    return _Paragraphs(text, found, False, False, dated)


def read_layout(text: str, title: str | None = None) -> Layout:
    r"""Recognise what in `text` is not body.

    Parameters
    ----------
    text
        The article as it came.
    title
        The title from the metadata; a first paragraph that repeats it is the title.

    Returns
    -------
    Layout

    Examples
    --------
    >>> layout = read_layout("A headline without end mark\n\nOSLO: It rained. It stopped.")
    >>> layout.fields["title"], layout.fields["dateline"]
    ('A headline without end mark', 'OSLO:')
    """
    whole, flowed = text, unwrapped(text)
    wrapped = flowed is not whole
    text, blocks, listed, pictured, dated = _paragraphs(flowed)
    if tail := tail_spans(text):
        _cut_off(text, blocks, tail[0][0])
    spans: list[tuple[int, int, str]] = []
    while blocks:
        start, end = blocks[0]
        role_spans = _head_spans(text, whole, start, end, title, len(blocks) > 1, wrapped, pictured, spans)
        if not role_spans:
            break
        spans += role_spans
        if role_spans[-1][1] < end:  # only debris at the front: the rest of the paragraph is looked at again
            rest = text[role_spans[-1][1] : end]
            blocks[0] = (end - len(rest.lstrip()), end)
            continue
        blocks.pop(0)
    spans += _body_spans(text, blocks, listed, pictured, dated, bool(spans))
    spans += tail
    fields: dict[str, str] = {}
    for start, end, role in spans:
        fields.setdefault(role, text[start:end].strip())
    if "date" in fields and (day := re.search(r"\d{4}-\d{2}-\d{2}", fields["date"])):
        fields["date"] = day.group()
    return Layout(tuple(spans), fields, None if text is whole else text)


def _body_spans(
    text: str, blocks: list[tuple[int, int]], listed: bool, pictured: bool, dated: int, headed: bool
) -> list[tuple[int, int, str]]:
    """Return the parts in and between the paragraphs of the body."""
    if headed:  # these are not the first paragraphs
        dated = _MAY_ALL
    captions = {block for block in blocks if is_credited(text[slice(*block)])} if pictured else _NONE
    if len(captions) == len(blocks):  # a text of nothing but captions is about them
        captions = _NONE
    spans = []
    for number, (start, end) in enumerate(blocks if listed or captions else blocks[:_DATELINES]):
        if (start, end) in captions:
            spans.append((start, end, "caption"))
            continue
        mark = ENUMERATOR.match(text, start, end) if listed else None
        if mark and (mark.end() < end):
            spans.append((start, mark.end(), "enumerator"))
            start = mark.end()
        if 0 < number < _DATELINES and not headed and not spans and (byline := byline_end(text, start, end)):
            spans.append((start, byline, "credit"))
            continue
        if number < _DATELINES and dated >> number & 1 and (cut := dateline_end(text, start, end)):
            spans.append((start, cut, "dateline"))
    return spans


def _cut_off(text: str, blocks: list[tuple[int, int]], stop: int) -> None:
    """Take from paragraphs what stands from a place on."""
    while blocks and blocks[-1][0] >= stop:
        blocks.pop()
    if blocks and blocks[-1][1] > stop:
        start = blocks[-1][0]
        blocks[-1] = (start, start + len(text[start:stop].rstrip()))


def _head_spans(
    text: str,
    whole: str,
    start: int,
    end: int,
    title: str | None,
    later: bool,
    wrapped: bool,
    pictured: bool,
    spans: list[tuple[int, int, str]],
) -> list[tuple[int, int, str]]:
    """Return the parts at the head of one paragraph, or nothing when it is body."""
    block = text[start:end]
    roles = {role for _, _, role in spans}
    if "date" not in roles and (debris := _DATE_DEBRIS.match(text, start, end)):
        return [(start, debris.end(), "date")]
    if "date" not in roles and (later or "\n" in block) and is_date(line := block.partition("\n")[0].rstrip()):
        return [(start, start + len(line), "date")]
    if spans and (byline := byline_end(text, start, end)):
        return [(start, byline, "credit")]
    if "title" not in roles and (found := title_line(text, whole, start, end, title, wrapped)):
        return found
    if not later:
        return []
    if (pictured and is_credited(block)) or ("caption" not in roles and is_caption(block)):
        return [(start, end, "caption")]
    if "title" not in roles and is_title(text, start, end, title):
        return [(start, end, "title")]
    return []


def blank(text: str, layout: Layout) -> str:
    """Return `text` with every part that is not body replaced by as many spaces.

    Paragraph breaks around the blanked parts stay, and so does the length.
    """
    text = text if layout.flowed is None else layout.flowed
    pieces = []
    last = 0
    for start, end, _ in sorted(layout.spans):
        pieces += [text[last:start], " " * (end - start)]
        last = end
    return "".join([*pieces, text[last:]])
