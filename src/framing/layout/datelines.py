"""Datelines: the place, the day and the agency before the first words."""

from __future__ import annotations

import re

from framing.layout.dates_and_agencies import AGENCY, DAY, MONTH

# "KUALA LUMPUR: ", "HANOI, April 15 (Agency) - ", "ISTANBUL : "; a place in capitals, then a mark. Letters may be
# followed by combining accents.
_CAPITAL = r"(?:[^\W\d_a-zà-ÿ][\u0300-\u036f]*)"
_PLACE = rf"{_CAPITAL}{{2,}}(?:[-'’]{_CAPITAL}+)*\.?"
_MARK = r"\s*(?::|--?(?=\s)|–|—|―)\s*(?=\S)"
_DATELINE = re.compile(
    rf"\s*(?P<place>{_PLACE}(?:[ /,]+{_PLACE}){{0,4}})"
    rf"(?:,\s(?:D\.?C\.?|[A-ZÀ-Ý][a-zà-ÿ]+(?:\s[A-ZÀ-Ý][a-zà-ÿ]+)?\.?)(?!\s*\d))?"
    rf"(?:(?P<day>\s*,\s*{DAY})?(?P<by>\s*\([^()]{{2,30}}\))?{_MARK}|\s*,\s*{DAY}\.?\s*/[A-Z]{{2,12}}/\.?\s*(?=\S))"
)
# A place in ordinary case needs a day or an agency to be told from a sentence, and a day alone needs its year.
_BY = rf"\s*\((?:{AGENCY}|CNN|PNA|CNA|SPA|WAM|TNA|EFE|UPI|ANI|BERNAMA|KUNA|IRNA|ANSA|IANS|KCNA|ANTARA|Lusa)\)"
_DATELINE_MIXED = re.compile(
    r"\s*(?:[A-ZÀ-Ý][\w\u0300-\u036f.'’-]+(?: [A-ZÀ-Ý][\w\u0300-\u036f.'’-]+){0,3}"
    rf"(?:\s*,\s*(?:{DAY}(?:\s*\([^()]{{2,30}}\))?|D\.?C\.?(?:{_BY})?)|{_BY})"
    rf"|{DAY}{_BY}|(?i:\d{{1,2}}\s+{MONTH}|{MONTH}\s+\d{{1,2}}),?\s+\d{{4}}(?=\s*:\s*[^\Wa-z])|{_BY}){_MARK}"
)
_LONGEST_DATELINE = 120
_NOT_A_PLACE = frozenset(
    """NOTE UPDATE CORRECTION EDITOR BREAKING FACTBOX EXCLUSIVE ANALYSIS OPINION COMMENT WATCH VIDEO PHOTOS QUESTION
    ANSWER NATO USA UK EU UN ASEAN BRICS WHO IMF WTO OPEC UAE USSR AUKUS QUAD SCO APEC OECD UNESCO UNICEF OIC GCC
    DPRK ROK PRC CAATSA MITI ISIS SETA AI IT GDP HLSCC AFP AP CEO""".split()
)


def dateline_end(text: str, start: int, end: int) -> int | None:
    """Return where the dateline ends that a paragraph begins with, or nothing."""
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
