"""Credits: bylines at the head of a text, credits and footers at its end."""

from __future__ import annotations

import re
from string import ascii_uppercase

from framing.layout.dates_and_agencies import AGENCY, CLOCK, DAY

# Names, and the words between them in a credit; any other word in lower case makes a sentence of it.
_NAME = (
    r"(?:[A-ZÀ-ÖØ-Þ@][\w.'’-]*|\d{4}|(?i:and|in|at|of|for|the|bin|binti|al|de|da|van|von|by|with|additional|reporting|"
    r"writing|editing|translation|from|agencies|staff|inputs))(?![\w'’-])"
)
_NAMES = rf"{_NAME}(?:[\s,;&|/:]+{_NAME})*"
_PERSON = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:\s+(?:bin|binti|al|de|da|van|von|[A-ZÀ-ÖØ-Þ][\w.'’-]*)){1,4}"
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?:By|BY|by):?\s+{_PERSON}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*){_PERSON})*"
    rf"(?:\s*[,|–—-]\s*(?:{AGENCY}|[Ss]taff\b.*|[\w ]*\b(?:[Ee]ditor|[Cc]orrespondent|[Rr]eporter|[Ww]riter)|{DAY})"
    rf"|\s+in\s+{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,3}}|\s*\|\s*{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,4}})*"
)
_DATE_LINE = re.compile(
    rf"(?:(?:First |Last )?(?:published|updated|posted|modified)\b\s*(?:on|at|:)?\s*)(?:\w+day,?\s+)?"
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{DAY})(?:(?:T|,)?\s*(?:at\s+|[-–|]\s*)?{CLOCK})?\.?",
    re.IGNORECASE,
)
_CREDIT_HEADS = ("By", "BY", "by", "Pub", "PUB", "Upd", "UPD", "Post", "POST", "Last", "LAST", "First", "FIRST")
_CREDIT_LETTERS = frozenset(head[0] for head in _CREDIT_HEADS)
_SIGNATURE = rf"(?:{AGENCY}|{AGENCY.upper()})"
_INITIALS = r"\s+[A-Z]{2,4}(?:[/ ]+[A-Z]{2,4}){0,3}"  # of who wrote and who edited it
_LINK = r"(?:https?://|www\.)\S+"
# A line at the end of a text that credits, advertises or ends it.
_FOOTER = re.compile(
    rf"(?:[(\[]?\s*(?:(?:Additional\s)?[Rr]eporting|Editing|Writing|Compiled|Edited|Written|Translated)(?:\s+and\s+\w+ing)?"
    rf"\s+by:?\s+{_NAMES}\.?\s*[)\]]?"
    rf"|[(\[]?\s*With\s+(?:inputs?|reports?|reporting|files|additional\s+reporting)\s+(?:from|by)\s+{_NAMES}\.?\s*[)\]]?"
    r"|Our\s+Standards:.*"
    r"|(?:©|\([cC]\)\s*\d{4}|Copyright\s+(?:©|\([cC]\)|\d{4})).*|All\s+rights\s+reserved\.?"
    rf"|Follow\s+(?:us|@\w+)\s+(?:on|at)\s+(?:(?:(?:and|or|at|the|our|&)(?!\w)|[A-ZÀ-ÖØ-Þ@][\w.'’-]*+|{_LINK})[\s,/:]*+)++"
    r"(?:for\s+(?:more|all|the\s+latest)\b[^.!?]*)?[.!]?|Follow\s+us\s*:.*|Follow\s+us\s+[@h]\S+"
    rf"|(?i:read\s+more|read\s+also|also\s+read|see\s+also|related|more|watch|read)\s*:\s*(?:[^.!?]*\s)?{_LINK}"
    r"|(?i:read\s+more|read\s+also|also\s+read|see\s+also)\s*:\s*[^.!?:]+"
    r"|(?i:media|press|editorial)\s+(?i:contacts?|enquiries|inquiries)\s*:.*"
    r"|For\s+(?:media|press|more|further)\s+(?:enquiries|inquiries|information),?\s+(?:please\s+)?(?:contact|visit|e-?mail)\b[^.!?]*(?:@|www|http|\d{3}).*"
    rf"|(?:Tags?|TAGS?|Topics|TOPICS|Keywords)\s*:\s*[^.!?]+|Sources?\s*:\s*{_NAMES}|Enditem|ENDITEM"
    r"|[A-Z][^!?]{2,250}\scontributed\s+(?:reporting|research|to\s+this\s+(?:report|story|article))(?:\s+from\s+[^.!?]+)?\."
    r"|[(\[]?(?:Except\s+for\s+the\s+headline,\s+t|T)his\s+(?:story|article|report|copy)\s+(?:has\s+not\s+been|was\s+not|is)"
    r"\s+(?:edited|auto-?generated)\b[^!?]*"
    rf"|[-–—=]+\s*{_SIGNATURE}{_INITIALS}"
    rf"|Reuters?|REUTERS?|[-–—=\s(/]*(?:ENDS?|Ends?|30|{_SIGNATURE})[-–—\s)/.]*|[#*]\s?[#*]\s?[#*]+)\s*"
)
_FOOTER_HEADS = frozenset("([REWCTAOFMPr©aswme#*-–—=/3BVXKYdDPENS")
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
    "Kyodo",
    "Enditem",
)
_SIGNED_LETTERS = frozenset([*(sign[-1] for sign in _SIGNED), *ascii_uppercase])
_END_CREDIT = re.compile(
    rf"(?<=[.!?…”\"’)])(?:\s*(?:[–—-]+|==)\s*(?:(?:{AGENCY}|BERNAMA|REUTERS)(?:{_INITIALS})?|ENDS)"
    r"|\s+(?:Reuter|REUTER|/TASS/|Enditem)|\s{3,}ENDS)$"
    r"|(?<=\S)\s{4,}(?:Reuter|REUTER)$"
)
_CONTACTS = re.compile(r"(?i:media|press|editorial)\s+(?i:contacts?|enquiries|inquiries)\s*:[ \t]*\r?\n")
_MAX_CREDIT = 400
_TAIL = 8  # lines at the end among which credits stand


def is_credit(line: str) -> bool:
    """Tell whether a line says by whom or of when a text is, or credits, advertises or ends it."""
    return _is_footer(line) or (line.startswith(_CREDIT_HEADS) and _is_byline(line))


def _is_byline(line: str) -> bool:
    return len(line) <= _MAX_CREDIT and bool(_BYLINE.fullmatch(line) or _DATE_LINE.fullmatch(line))


def tail_spans(text: str) -> list[tuple[int, int, str]]:
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
        elif _may_be_signed(line) and (match := _END_CREDIT.search(line)):
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


def _may_be_signed(line: str) -> bool:
    return line.endswith(_SIGNED) or line[-2:].isupper()


def _is_footer(line: str) -> bool:
    if line in _WIRE_ENDS:
        return True
    may_be_one = line[:1] in _FOOTER_HEADS or " contributed " in line
    return may_be_one and len(line) <= _MAX_CREDIT and _FOOTER.fullmatch(line) is not None


def byline_end(text: str, start: int, end: int) -> int | None:
    """Return where the line ends that a paragraph begins with, if it says by whom the text is, or of when."""
    if text[start] not in _CREDIT_LETTERS or not text.startswith(_CREDIT_HEADS, start):
        return None
    cut = text.find("\n", start, end)
    stop = end if cut < 0 else cut
    line = text[start:stop].rstrip()
    return start + len(line) if _is_byline(line) else None
