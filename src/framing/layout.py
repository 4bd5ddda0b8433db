"""What in a text is not body: title line, caption, date debris, datelines, enumerators, credits.

Scores are about the body. What a page extraction or a newsroom convention puts around it is
recognised here, kept as fields of the article, and blanked out of the text that is counted.
Blanking keeps the length, so every offset stays an offset into the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from framing.abbreviations import ABBREVIATIONS
from framing.chunks import CLASSES, CLOSERS, END_MARKS
from framing.kernels import kernels

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = rf"(?i:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?)"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*(?:[ap]\.?m\.?|GMT|UTC|MYT|SGT|WIB|IST|TRT|[EP][SD]T|CES?T|BST|HKT)\b)*"
# "date 2026-01-08", "Published: 8 January 2026": what a page extraction leaves before the text.
_DATE_DEBRIS = re.compile(
    rf"\s*(?:(?:date|dated|published|updated|posted)\b\s*(?:on|:)?\s*)(\d{{4}}-\d{{2}}-\d{{2}}|{_DAY})"
    rf"(?:(?:T|,)?\s*(?:at\s+)?{_CLOCK})?\s*(?=\S|$)",
    re.IGNORECASE,
)
# A bracketed credit: "(Facebook pic)", "[Photo: Reuters]".
_CREDIT = re.compile(
    r"[(\[][^()\[\]]*\b(?:pic|pics|photo|photos|photograph|picture|image|file|handout|screengrab|"
    r"Reuters|AFP|AP|EPA|Bernama|Getty|Facebook|courtesy|via)\b[^()\[\]]*[)\]]\s*$",
    re.IGNORECASE,
)
# An agency alone in brackets credits a text as well as a picture: "… met on Monday. (Bernama)".
_AGENCY = r"(?:Reuters|AFP|AP|EPA|Bernama|Anadolu|AA|VNA|Xinhua|TASS|PTI|Kyodo|Yonhap|Antara|dpa|Agencies)"
_AGENCY_CREDIT = re.compile(rf"[(\[]\s*{_AGENCY}(?:\s*[/,-]\s*{_AGENCY})*\s*[)\]]\s*$")
# What may stand after the last end mark of a paragraph: reference marks, links, hashtags, emoji and credits.
_TRAILER = re.compile(
    r"(?<!\s)\s*(?:\[(?:\d{1,3}|[a-z])\]|\(\d{1,3}\)|[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]+|\^\d{1,3}"
    r"|(?<=[.!?…”’\"')\]])\d{1,3}|(?:https?://|www\.)\S+|[#@]\w+|[(\[](?:https?://|www\.)[^\s()\[\]]+[)\]]"
    r"|[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+"
    rf"|[(\[]\s*{_AGENCY}(?:\s*[/,-]\s*{_AGENCY})*\s*[)\]]|[–—-]+\s*{_AGENCY})$"
)
# The end of one sentence and the beginning of the next.
_INNER_END = re.compile(
    r"(?:(?<!\S)[\"“‘'(]?(?P<word>[^\s.!?…]+)\.|[!?…])[\"”’»)\]]*"
    r"(?:\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079])*\s+[\"“‘'«(]*(?=[^\W\d_])(?P<next>\S)"
)
# Names, and the words between them in a credit; any other word in lower case makes a sentence of it.
_NAME = (
    r"(?:[A-ZÀ-ÖØ-Þ@][\w.'’-]*|\d{4}|(?i:and|in|at|of|for|the|bin|binti|al|de|da|van|von|by|with|additional|reporting|"
    r"writing|editing|translation|from|agencies|staff|inputs))(?![\w'’-])"
)
_NAMES = rf"{_NAME}(?:[\s,;&|/:]+{_NAME})*"
_PERSON = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:\s+(?:bin|binti|al|de|da|van|von|[A-ZÀ-ÖØ-Þ][\w.'’-]*)){1,4}"
_BYLINE = re.compile(
    rf"(?:By|BY):?\s+{_PERSON}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*){_PERSON})*"
    rf"(?:\s*[,|–—-]\s*(?:{_AGENCY}|[Ss]taff\b.*|[\w ]*\b(?:[Ee]ditor|[Cc]orrespondent|[Rr]eporter|[Ww]riter)|{_DAY}))*"
)
_DATE_LINE = re.compile(
    rf"(?:(?:First |Last )?(?:published|updated|posted|modified)\b\s*(?:on|at|:)?\s*)(?:\w+day,?\s+)?"
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{_DAY})(?:(?:T|,)?\s*(?:at\s+|[-–|]\s*)?{_CLOCK})?\.?",
    re.IGNORECASE,
)
_CREDIT_HEADS = ("By", "BY", "Pub", "PUB", "Upd", "UPD", "Post", "POST", "Last", "LAST", "First", "FIRST")
_CREDIT_LETTERS = frozenset(head[0] for head in _CREDIT_HEADS)
_LINK = r"(?:https?://|www\.)\S+"
# A line at the end of a text that credits, advertises or ends it.
_FOOTER = re.compile(
    rf"(?:[(\[]?\s*(?:(?:Additional\s)?[Rr]eporting|Editing|Writing|Compiled|Edited|Written|Translated)(?:\s+and\s+\w+ing)?"
    rf"\s+by:?\s+{_NAMES}\.?\s*[)\]]?"
    rf"|[(\[]?\s*With\s+(?:inputs?|reports?|reporting|files|additional\s+reporting)\s+(?:from|by)\s+{_NAMES}\.?\s*[)\]]?"
    r"|Our\s+Standards:.*"
    r"|(?:©|\([cC]\)\s*\d{4}|Copyright\s+(?:©|\([cC]\)|\d{4})).*|All\s+rights\s+reserved\.?"
    rf"|Follow\s+(?:us|@\w+)\s+(?:on|at)\s+(?:{_NAMES}|{_LINK}|[@/:,]|\s)+[.!]?|Follow\s+us\s*:.*|Follow\s+us\s+[@h]\S+"
    rf"|(?i:read\s+more|read\s+also|also\s+read|see\s+also|related|more|watch|read)\s*:\s*(?:[^.!?]*\s)?{_LINK}"
    r"|(?i:read\s+more|read\s+also|also\s+read|see\s+also)\s*:\s*[^.!?:]+"
    r"|(?i:media|press|editorial)\s+(?i:contacts?|enquiries|inquiries)\s*:.*"
    r"|For\s+(?:media|press|more|further)\s+(?:enquiries|inquiries|information),?\s+(?:please\s+)?(?:contact|visit|e-?mail)\b[^.!?]*(?:@|www|http|\d{3}).*"
    rf"|Reuters?|REUTERS?|[-–—\s(/]*(?:ENDS?|Ends?|30|{_AGENCY}|{_AGENCY.upper()})[-–—\s)/.]*|[#*]\s?[#*]\s?[#*]+)\s*"
)
_FOOTER_HEADS = frozenset("([REWCTAOFMPr©aswme#*-–—/3BVXKYdDPEN")
_WIRE_ENDS = frozenset(["Reuter", "REUTER", "ENDS", "###"])  # of those that match, the most common ones
# The same behind the last sentence: "he said. – Bernama", "at 45 pct.     REUTER".
_SIGNED = (
    "Reuter",
    "REUTER",
    "Reuters",
    "REUTERS",
    "Bernama",
    "BERNAMA",
    "AFP",
    "AP",
    "Agencies",
    "AA",
    "/TASS/",
    "ENDS",
)
_SIGNED_LETTERS = frozenset(sign[-1] for sign in _SIGNED)
_END_CREDIT = re.compile(
    rf"(?<=[.!?…”\"’)])(?:\s*[–—-]+\s*(?:{_AGENCY}|BERNAMA|REUTERS|ENDS)|\s+(?:Reuter|REUTER|/TASS/)|\s{{3,}}ENDS)$"
    r"|(?<=\S)\s{4,}(?:Reuter|REUTER)$"
)
_CONTACTS = re.compile(r"(?i:media|press|editorial)\s+(?i:contacts?|enquiries|inquiries)\s*:[ \t]*\r?\n")
# "KUALA LUMPUR: ", "HANOI, April 15 (Agency) - ", "ISTANBUL : "; a place in capitals, then a mark. Letters may be
# followed by combining accents.
_CAPITAL = r"(?:[^\W\d_a-zà-ÿ][\u0300-\u036f]*)"
_PLACE = rf"{_CAPITAL}{{2,}}(?:[-'’]{_CAPITAL}+)*\.?"
_MARK = r"\s*(?::|--?(?=\s)|–|—|―)\s*(?=\S)"
_DATELINE = re.compile(
    rf"\s*(?P<place>{_PLACE}(?:[ /,]+{_PLACE}){{0,4}})"
    rf"(?:,\s(?:D\.?C\.?|[A-ZÀ-Ý][a-zà-ÿ]+(?:\s[A-ZÀ-Ý][a-zà-ÿ]+)?\.?)(?!\s*\d))?"
    rf"(?:(?P<day>\s*,\s*{_DAY})?(?P<by>\s*\([^()]{{2,30}}\))?{_MARK}|\s*,\s*{_DAY}\.?\s*/[A-Z]{{2,12}}/\.?\s*(?=\S))"
)
# A place in ordinary case needs a day or an agency to be told from a sentence, and a day alone needs its year.
_BY = rf"\s*\((?:{_AGENCY}|CNN|PNA|CNA|SPA|WAM|TNA|EFE|UPI|ANI|BERNAMA|KUNA|IRNA|ANSA|IANS|KCNA|ANTARA|Lusa)\)"
_DATELINE_MIXED = re.compile(
    r"\s*(?:[A-ZÀ-Ý][\w\u0300-\u036f.'’-]+(?: [A-ZÀ-Ý][\w\u0300-\u036f.'’-]+){0,3}"
    rf"(?:\s*,\s*(?:{_DAY}(?:\s*\([^()]{{2,30}}\))?|D\.?C\.?(?:{_BY})?)|{_BY})"
    rf"|{_DAY}{_BY}|(?i:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}),?\s+\d{{4}}(?=\s*:\s*[^\Wa-z])|{_BY}){_MARK}"
)
_LONGEST_DATELINE = 120
_NOT_A_PLACE = frozenset(
    """NOTE UPDATE CORRECTION EDITOR BREAKING FACTBOX EXCLUSIVE ANALYSIS OPINION COMMENT WATCH VIDEO PHOTOS QUESTION
    ANSWER NATO USA UK EU UN ASEAN BRICS WHO IMF WTO OPEC UAE USSR AUKUS QUAD SCO APEC OECD UNESCO UNICEF OIC GCC
    DPRK ROK PRC CAATSA MITI ISIS SETA AI IT GDP HLSCC AFP AP CEO""".split()
)
_BULLETS = "•‣⁃◦∙●○■□▪▫◆◇►▶▸➤➢✓✔☑"
_LABEL = (
    r"(?:(?P<open>\(?)(?P<label>\d{1,3}|[ivxIVX]{1,4}|[a-z]|[A-Z](?=\)))(?P<close>\.\)|[.)])\s+"
    rf"|(?P<bullet>[{_BULLETS}])\s*|(?P<dash>[*·+>–—-])\s+)(?=\S)"
)
_ENUMERATOR = re.compile(rf"\s*{_LABEL}")
_ITEM = re.compile(rf"[ \t]*(?={_LABEL})")
_LATER_ITEM = re.compile(rf"\n[ \t]*(?={_LABEL})")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_TWO_LINE_ENDS = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n|\u2029)")
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_LINE_END = re.compile(r"\r\n|[\r\n\u2028\x85]")
_ENDS = frozenset(END_MARKS)
_FINISHERS = END_MARKS + ":;" + CLOSERS
_WRAPPED_LINES = (40, 110)  # characters of the longest lines of a text that was wrapped
_LINE_LABEL = r"\(?(?:[0-9]{1,3}|[ivxIVX]{1,4}|[A-Za-z])(?:\.\)|[.)])"
_SLACK = 16  # by how many characters a long word at the beginning of the next line shortens a line
_SINGLE_END = re.compile(r"[^\n]\n(?=\S)")
_FINISHED_END = re.compile(r"\.\n(?=\S)")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_SAME_MARKS = str.maketrans("‘’“”–—―\u2010\u2011", "''\"\"-----")
_HEAD = 8  # paragraphs within which titles, captions, dates and datelines stand
_DATELINES = 3  # of them, those that may begin with a dateline
_MAX_TITLE_WORDS = 40
_MAX_NAME_WORDS = 6  # of a site that stands over a title
_MAX_CAPTION = 600  # characters
_MAX_CREDIT = 400
_TAIL = 8  # lines at the end among which credits stand
_WRITTEN_LINE = re.compile(r"[^\s](?:[^\r\n\u2028\u2029]*[^\s])?")
_OPENERS = "\"'“‘«(["
# Words that no title ends in, but a line that was wrapped may.
_GO_ON = frozenset(
    "a an the of to in on at by for from with and or but that which who as is are was were its his her their".split()
)


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
        return kernels.paragraphs(text, CLASSES, _FINISHERS, -1 if limit is None else limit)[0]
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


def _flowed(text: str) -> str:
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
        found: tuple[str, bool] = kernels.joined(text, CLASSES, _BULLETS, *_WRAPPED_LINES, _SLACK)
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
    return re.compile(rf"\n(?<=[^\n]{{{least}}}\n)(?=[^\s{_BULLETS}])(?!{_LINE_LABEL}(?:\s|\Z))")


def _heads(text: str) -> tuple[str, list[tuple[int, int]], bool]:
    """Return a text, its first paragraphs, and whether a line begins with an enumerator; then it parts the text.

    Where one does, all paragraphs are returned; else only the head of a text holds anything but body.
    """
    if kernels:
        found, doubtful = kernels.paragraphs(text, CLASSES, _FINISHERS, _HEAD)
        if not doubtful:
            return text, found, False
    if not _has_enumerator(text):
        return text, paragraphs(text, _HEAD), False
    if breaks := _list_breaks(text):
        edges = [-1, *breaks, len(text)]
        text = "\u2029".join(text[start + 1 : end] for start, end in pairwise(edges))
    return text, paragraphs(text), True


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


def _has_enumerator(text: str) -> bool:
    if text.isascii() and "\r" not in text and "\f" not in text:  # lines end in one way, which is faster to look for
        return bool(_ENUMERATOR.match(text) or _LATER_ITEM.search(text))
    return any(map(_ENUMERATOR.match, text.splitlines()))


def _finished(line: str) -> bool:
    return line[-1] in _FINISHERS


def has_end_mark(line: str) -> bool:
    """Tell whether a line ends a sentence: an end mark, perhaps before closing quotes or brackets."""
    return line.rstrip(CLOSERS + " \t")[-1:] in _ENDS


def _plain(line: str) -> str:
    """Return a line as titles are compared: without differences of white space, case and the shape of marks."""
    return " ".join(line.translate(_SAME_MARKS).casefold().split())


def _is_prose(block: str) -> bool:
    """Tell whether a paragraph ends as a sentence does, whatever marks, links and credits follow, or holds two."""
    while trailer := _TRAILER.search(block):
        block = block[: trailer.start()]
        if has_end_mark(block):
            return True
    return has_end_mark(block) or any(
        match["next"].isupper() and not _abbreviates(match["word"]) for match in _INNER_END.finditer(block)
    )


def _abbreviates(word: str | None) -> bool:
    return word is not None and (len(word) < 2 or word.strip("\"“‘'(").lower() in ABBREVIATIONS)


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
    whole, flowed = text, _flowed(text)
    wrapped = flowed is not whole
    text, blocks, listed = _heads(flowed)
    if tail := _tail_spans(text):
        _cut_off(text, blocks, tail[0][0])
    spans: list[tuple[int, int, str]] = []
    while blocks:
        start, end = blocks[0]
        role_spans = _head_spans(text, whole, start, end, title, len(blocks) > 1, wrapped, spans)
        if not role_spans:
            break
        spans += role_spans
        if role_spans[-1][1] < end:  # only debris at the front: the rest of the paragraph is looked at again
            rest = text[role_spans[-1][1] : end]
            blocks[0] = (end - len(rest.lstrip()), end)
            continue
        blocks.pop(0)
    for number, (start, end) in enumerate(blocks if listed else blocks[:_DATELINES]):
        mark = _ENUMERATOR.match(text, start, end) if listed else None
        if mark and (mark.end() < end):
            spans.append((start, mark.end(), "enumerator"))
            start = mark.end()
        if 0 < number < _DATELINES and not spans and (byline := _byline_end(text, start, end)):
            spans.append((start, byline, "credit"))
            continue
        if number < _DATELINES and (cut := _dateline_end(text, start, end)):
            spans.append((start, cut, "dateline"))
    spans += tail
    fields: dict[str, str] = {}
    for start, end, role in spans:
        fields.setdefault(role, text[start:end].strip())
    if "date" in fields and (day := re.search(r"\d{4}-\d{2}-\d{2}", fields["date"])):
        fields["date"] = day.group()
    return Layout(tuple(spans), fields, None if text is whole else text)


def _title_line(
    text: str, whole: str, start: int, end: int, title: str | None, wrapped: bool
) -> list[tuple[int, int, str]]:
    """Return the title that a paragraph holds on a line before its text, perhaps under the name of a site."""
    first = _line_at(whole, start)
    if title and first[1] < len(whole.rstrip()):
        second = _line_at(whole, first[1])
        if _plain(whole[slice(*first)]) == _plain(title):
            return [(*first, "title")]
        is_name = len(whole[slice(*first)].split()) <= _MAX_NAME_WORDS and not has_end_mark(whole[slice(*first)])
        if is_name and _plain(whole[slice(*second)]) == _plain(title):
            return [(*first, "credit"), (*second, "title")]
    cut = -1 if wrapped else text.find("\n", start, end)
    if cut < 0 or _first_letter(text[cut:end].lstrip()).islower():
        return []
    line = text[start:cut].rstrip()
    return [(start, start + len(line), "title")] if _heads_paragraphs(line, text[cut:]) else []


def _line_at(text: str, start: int) -> tuple[int, int]:
    """Return where the first line with anything on it begins and ends."""
    match = _WRITTEN_LINE.search(text, start)
    return match.span() if match else (len(text), len(text))


def _heads_paragraphs(line: str, rest: str) -> bool:
    """Tell whether a line without end mark stands over whole paragraphs, and not in a sentence that was wrapped."""
    if line[-1] in _FINISHERS + ",":
        return False
    words = line.split(maxsplit=_MAX_TITLE_WORDS)
    if len(words) > _MAX_TITLE_WORDS or words[-1].lower() in _GO_ON:
        return False
    others = []
    for other in filter(None, map(str.strip, rest.split("\n"))):
        if has_end_mark(other):
            others.append(other)
        elif not _is_credit(other):
            return False
    if _ENUMERATOR.match(line) or _is_prose(line):
        return False
    if not others or not _first_letter(others[0]).isalnum() or any(_first_letter(o).islower() for o in others):
        return False
    return len(line) + 1 + len(others[0].split(maxsplit=1)[0]) <= max(map(len, others))


def _first_letter(line: str) -> str:
    return line.lstrip(_OPENERS)[:1]


def _is_credit(line: str) -> bool:
    return _is_footer(line) or (line.startswith(_CREDIT_HEADS) and _is_byline(line))


def _is_byline(line: str) -> bool:
    return len(line) <= _MAX_CREDIT and bool(_BYLINE.fullmatch(line) or _DATE_LINE.fullmatch(line))


def _tail_spans(text: str) -> list[tuple[int, int, str]]:
    """Return the credits and footers at the end of a text; the first line is none."""
    spans: list[tuple[int, int, str]] = []
    stop = len(text.rstrip())
    line = ""
    while len(spans) < _TAIL and stop:
        begin = text.rfind("\n", 0, stop) + 1
        short = stop - begin <= _MAX_CREDIT
        if not short and text[stop - 1] not in _SIGNED_LETTERS:  # most often
            break
        line = text[begin if short else stop - _MAX_CREDIT : stop].lstrip()
        if begin and short and _is_footer(line):
            start = stop - len(line)
        elif text[stop - 1] in _SIGNED_LETTERS and line.endswith(_SIGNED) and (match := _END_CREDIT.search(line)):
            start = stop - len(line) + match.start()
        else:
            break
        spans.append((start, stop, "credit"))
        stop = len(text[:start].rstrip())
    spans.reverse()
    if "@" in line or "+" in line:  # perhaps the last of some lines of addresses and numbers
        begin = text.rfind("\n\n", 0, stop) + 2
        if begin > 1 and _CONTACTS.match(text, begin, stop) and text.count("\n", begin, stop) <= _TAIL:
            spans.insert(0, (begin, stop, "credit"))
    return spans


def _is_footer(line: str) -> bool:
    if line in _WIRE_ENDS:
        return True
    return line[:1] in _FOOTER_HEADS and len(line) <= _MAX_CREDIT and _FOOTER.fullmatch(line) is not None


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
    spans: list[tuple[int, int, str]],
) -> list[tuple[int, int, str]]:
    """Return the parts at the head of one paragraph, or nothing when it is body."""
    block = text[start:end]
    roles = {role for _, _, role in spans}
    if "date" not in roles and (debris := _DATE_DEBRIS.match(text, start, end)):
        return [(start, debris.end(), "date")]
    if spans and (byline := _byline_end(text, start, end)):
        return [(start, byline, "credit")]
    if "title" not in roles and (found := _title_line(text, whole, start, end, title, wrapped)):
        return found
    if not later:
        return []
    if "caption" not in roles and block[-1] in ")]" and len(block) <= _MAX_CAPTION and _CREDIT.search(block):
        agency = _AGENCY_CREDIT.search(block)
        if not agency or not _is_prose(block[: agency.start()]):
            return [(start, end, "caption")]
    if "title" not in roles:
        if title and _plain(block) == _plain(title):
            return [(start, end, "title")]
        untitled = has_end_mark(block) or block[-1] in ":;," or "\n" in block or not _TWO_LINE_ENDS.match(text, end)
        if not untitled and len(block.split(maxsplit=_MAX_TITLE_WORDS)) <= _MAX_TITLE_WORDS:
            if not _ENUMERATOR.match(block) and any(c.isalpha() for c in block) and not _is_prose(block):
                return [(start, end, "title")]
    return []


def _byline_end(text: str, start: int, end: int) -> int | None:
    """Return where the line ends that a paragraph begins with, if it says by whom the text is, or of when."""
    if text[start] not in _CREDIT_LETTERS or not text.startswith(_CREDIT_HEADS, start):
        return None
    cut = text.find("\n", start, end)
    stop = end if cut < 0 else cut
    line = text[start:stop].rstrip()
    return start + len(line) if _is_byline(line) else None


def _dateline_end(text: str, start: int, end: int) -> int | None:
    head = text[start : min(end, start + _LONGEST_DATELINE)]
    if not ("-" in head or ":" in head or "–" in head or "—" in head or "―" in head or "/" in head):
        return None
    match = None if text[start + 1 : start + 2].islower() else _DATELINE.match(text, start, end)
    if match:
        place = match.group("place")
        letters = sum(c.isalpha() for c in place)
        # "SANCTIONS: a history", "CHINA – the largest buyer – cut": what follows a place alone begins a sentence
        bare = match["day"] is match["by"] and text[match.end()].islower() and "/" not in match[0]
        if letters < 3 or bare or place.split()[0].strip(".,:") in _NOT_A_PLACE:
            match = None
    match = match or _DATELINE_MIXED.match(text, start, end)
    return match.end() if match and match.end() < end else None


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
