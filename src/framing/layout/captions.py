"""Captions of pictures: short paragraphs that end in a credit."""

from __future__ import annotations

import re

from framing.layout.dates_and_agencies import AGENCY
from framing.layout.prose import is_prose

# A bracketed credit: "(Facebook pic)", "[Photo: Reuters]".
_CREDIT = re.compile(
    r"[(\[][^()\[\]]*\b(?:pic|pics|photo|photos|photograph|picture|image|file|handout|screengrab|"
    r"Reuters|AFP|AP|EPA|Bernama|Getty|Facebook|courtesy|via)\b[^()\[\]]*[)\]]\s*$",
    re.IGNORECASE,
)
# An agency alone in brackets credits a text as well as a picture: "… met on Monday. (Bernama)".
_AGENCY_CREDIT = re.compile(rf"[(\[]\s*{AGENCY}(?:\s*[/,-]\s*{AGENCY})*\s*[)\]]\s*$")
_NAME = r"[A-ZÀ-ÖØ-Þ@][\w.'’-]*"
_NAMES = rf"{_NAME}(?:(?:\s*[/|,&]\s*|\s+(?:(?:and|via|of|for)\s+)?){_NAME}){{0,7}}"
_PICTURE = (
    r"(?:(?:[Ff]ile|FILE|[Hh]andout|[Cc]ourtesy)\s+)?(?:[Pp]i[cx]s?|PI[CX]S?|[Pp]ictures?|[Pp]hotos?|PHOTOS?|image)"
)
# A credit of a picture and of nothing else, wherever the paragraph stands.
_PICTURE_CREDIT = re.compile(
    rf"(?:(?:^|(?<=\s)|(?<=[.!?…\"”’)]))(?:"
    rf"[–—-]+\s*(?:{_NAME}(?:[/\s]+{_NAME}){{0,3}}[/\s]+{_PICTURE}|[A-Z]+PI[CX]S?|{_PICTURE}\s+(?:by|courtesy\s+of|from)\s+{_NAMES})"
    rf"|(?:PHOTOS?|PICTURES?|PICS?|IMAGES?|Photos?|Pictures?|Pics?|Images?|Photographs?)(?:\s+(?:[Cc]redit|by))?\s*:\s*{_NAMES}"
    rf"|REUTERS/{_NAMES}|[–—-]+\s*{_NAMES}\s*/\s*Getty\s+Images)"
    rf"|(?:^|[.!?…\"”’)]\s+|[.!?…\"”’)]\s+{_NAMES}\s*[/|]\s*|^{_NAMES}\s*[/|]\s*)Getty\s+Images"
    rf"|[(\[](?:{AGENCY}(?:\s+(?:[Ff]ile\s+)?[Pp]hoto)?\s*/\s*(?!{AGENCY}(?!\w)){_NAMES}|{AGENCY}\s+(?:[Ff]ile\s+)?[Pp]hoto"
    rf"|(?:[Pp]hoto|[Pp]icture|[Ii]mage)s?\s*(?::|by|courtesy\s+of)\s*{_NAMES})[)\]])\.?$"
)
# What such credits hold and end in, which is faster to look for: a mark, and a name or a word for pictures; a full stop
# stands only behind a name that a colon or a slash stands before.
_ENDS_OF_PROSE = frozenset(["", *'.!?…"”’:;,'])
_IN_CREDITS = ("/", ":", "mages", "—", "–", " -", "(")
_PICTURE_WORDS = ("pic", "pix", "photo", "image")
_LONGEST_CREDIT = 120
_LONGEST_WORD = 40
_SHORT_CREDIT = 40  # "Image: Jane Doe."
_MAX_CAPTION = 600  # characters
_MAX_LATER_CAPTION = 400  # of those between the paragraphs of the body


def is_caption(block: str) -> bool:
    """Tell whether a paragraph at the head of a text is a caption: it ends in a credit in brackets."""
    if block[-1] not in ")]" or len(block) > _MAX_CAPTION or not _CREDIT.search(block):
        return False
    agency = _AGENCY_CREDIT.search(block)
    return not agency or not is_prose(block[: agency.start()])


def is_credited(block: str) -> bool:
    """Tell whether a short paragraph ends in a credit that only pictures have.

    Examples
    --------
    >>> [is_credited(block) for block in ("The pier in May. — Bernama pic", "PHOTO: AFP", "She took the photo.")]
    [True, True, False]
    """
    begin = max(0, len(block) - _LONGEST_CREDIT)
    return len(block) <= _MAX_LATER_CAPTION and _PICTURE_CREDIT.search(block, begin) is not None


def may_hold_captions(text: str) -> bool:
    """Tell whether some line of a text ends in a credit that only pictures have."""
    marked = ":" in text or "/" in text
    lines = [
        line
        for line in text.splitlines()
        if line[-1:] not in _ENDS_OF_PROSE or (marked and (":" in (end := line[-_SHORT_CREDIT:]) or "/" in end))
    ]
    return any(map(is_credited, filter(_may_be_credited, map(str.rstrip, lines))))


def _may_be_credited(line: str) -> bool:
    last = line[-_LONGEST_WORD:].rpartition(" ")[2]
    if last.islower() and not last.startswith(_PICTURE_WORDS):
        return False
    return 0 < len(line) <= _MAX_LATER_CAPTION and any(map(line[-_LONGEST_CREDIT:].__contains__, _IN_CREDITS))
