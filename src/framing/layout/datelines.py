"""Datelines: the place, the day and the agency before the first words."""

from __future__ import annotations

import re

from framing.layout.dates_and_agencies import DAY, MONTH, WIRE

# "KUALA LUMPUR: ", "HANOI, April 15 (Agency) - ", "ISTANBUL : "; a place in capitals, then a mark. Letters may be
# followed by combining accents.
_CAPITAL = r"(?:[^\W\d_a-zà-ÿ][\u0300-\u036f]*)"
_PLACE = rf"{_CAPITAL}{{2,}}(?:[-'’]{_CAPITAL}+)*"
_STATE = r"(?:,\s(?:D\.?C\.?|[A-ZÀ-Ý][a-zà-ÿ]+(?:\s[A-ZÀ-Ý][a-zà-ÿ]+)?\.?)(?!\s*\d)|\s*\[[A-Z][\w ]{2,30}\])"
_MARK = r"\s*(?::|--?(?=\s)|–|—|―|_(?=\s)|\.\s?(?:--?(?=\s)|–|—))\s*(?=\S)"
_SIGN = rf"(?:\((?:{WIRE})\)|/[A-Z]\w{{1,15}}/)"
_LEAD = rf"\s*(?:\((?:{WIRE})\)\s*[-–—]+\s*)?"  # "(ANSA) - ROME, APR 16 -"
# Behind the place: the day, perhaps with whoever sends it ("April 16 (Kyodo)", "April 16, Kyodo").
_DATED = (
    rf"(?:\s*\({DAY}\)|(?:\s*[,.]\s*|\s+[-–—]+\s+){DAY})"
    rf"(?:\s*\([^()]{{2,30}}\)|\s*/[A-Z]\w{{1,15}}/|,\s*{WIRE}(?!\w))?"
)
_NAMED = r"\s*\([A-Z][\w.&'’-]*(?:[ /,-]+[A-Z][\w.&'’-]*){0,3}\)"
# A day and an agency need no mark behind them: "NEW DELHI, Apr 16 (PTI) The talks".
_FULL = rf"\s*[,.]\s*{DAY}\.?\s*{_SIGN}\.?\s+(?=[\"“‘']?[A-ZÀ-Ý])"
_DATELINE = re.compile(
    rf"{_LEAD}(?P<place>{_PLACE}\.?(?:[ /,]+{_PLACE}\.?){{0,4}}?){_STATE}?"
    rf"(?:(?P<day>{_DATED})?(?P<by>{_NAMED}|\s*,\s*{WIRE}(?!\w))?(?P<mark>{_MARK})|(?P<full>{_FULL}))"
)
# A place in ordinary case needs a day or an agency to be told from a sentence, and a day alone needs its year.
_DATELINE_MIXED = re.compile(
    rf"{_LEAD}[A-ZÀ-Ý][\w\u0300-\u036f.'’-]+(?: [A-ZÀ-Ý][\w\u0300-\u036f.'’-]+){{0,3}}{_STATE}?"
    rf"(?:(?:{_DATED}|\s*,\s*D\.?C\.?(?:\s*{_SIGN})?|\s*{_SIGN}|\s*,\s*{WIRE}(?=\s*[-–—])){_MARK}|{_FULL})"
    rf"|\s*(?:{DAY}\s*{_SIGN}|(?i:\d{{1,2}}\s+{MONTH}|{MONTH}\s+\d{{1,2}}),?\s+\d{{4}}(?=\s*:\s*[^\Wa-z])|{_SIGN}){_MARK}"
)
_SIGNED = re.compile(rf"(?<!\w){WIRE}(?!\w)")
_LONGEST_DATELINE = 120
_NOT_A_PLACE = frozenset(
    """NOTE UPDATE CORRECTION CORRECTED EDITOR BREAKING FACTBOX EXCLUSIVE ANALYSIS OPINION COMMENT WATCH VIDEO PHOTO
    PHOTOS QUESTION ANSWER NATO USA UK EU UN ASEAN BRICS WHO IMF WTO OPEC UAE USSR AUKUS QUAD SCO APEC OECD UNESCO
    UNICEF OIC GCC DPRK ROK PRC CAATSA MITI ISIS SETA AI IT GDP HLSCC AFP AP CEO FILE FIRST SECOND THIRD FOURTH
    FIFTH LAST FINALLY NEXT ALSO PICTURE PICTURES IMAGE CAPTION CREDIT SOURCE SOURCES BYLINE LOOK READ LISTEN
    UPDATED EXPLAINER FACT FACTS FALSE TRUE CLAIM VERDICT RATING SUMMARY BACKGROUND CONTEXT TIMELINE REPORT REVIEW
    INTERVIEW PROFILE FEATURE FOCUS SPECIAL COLUMN EDITORIAL LETTER LIVE ALERT URGENT FLASH NEWS TOPSHOT HOST
    MODERATOR REPORTER INTERVIEWER SPEAKER""".split()
)
_IN_NO_PLACE = frozenset(
    "IS ARE WAS WERE IN HOW WHY WHAT WHO WHEN NOT NO YOU WE THEY THIS THAT WILL CAN FOR TO".split()
)
# What somebody says begins so, and hardly what is told of a place.
_SPEECH = re.compile(r"(?:I|We|You|My|Our|Your|Yes|No|Yeah|Well|Thanks?|Please|Let|So|OK|Okay|Sorry|Hello)(?![\w-])")
_TWO_SPEAKERS = re.compile(r"^[A-Z][A-Z .'’-]{1,30}:\s(?:.*\n)+?[A-Z][A-Z .'’-]{1,30}:\s", re.MULTILINE)
_HONORIFIC = r"(?:Mr|Mrs|Ms|Madam|Dr|Prof|Datuk|Dato|Sri|Seri|Tun|Sir|Minister|President|Senator|Governor)\.?"
# A few words between dashes say who is named before them: "DAP - PKR's ally - wants".
_ENCLOSED = re.compile(r"(?:[^\s.!?…-]\S*\s+){1,5}?(?:--?|–|—|―)\s")


def dateline_end(text: str, start: int, end: int) -> int | None:
    """Return where the dateline ends that a paragraph begins with, or nothing."""
    head = text[start : min(end, start + _LONGEST_DATELINE)]
    if not any(map(head.__contains__, "-:–—―/_(")):
        return None
    match = None if text[start + 1 : start + 2].islower() else _DATELINE.match(text, start, end)
    if match and not _is_place(text, match, end):
        match = None
    match = match or _DATELINE_MIXED.match(text, start, end)
    return match.end() if match and match.end() < end else None


def _is_place(text: str, match: re.Match[str], end: int) -> bool:
    """Tell whether what looks like a dateline in capitals is one."""
    place = match["place"]
    words = place.replace(",", " ").replace("/", " ").split()
    if sum(c.isalpha() for c in place) < 3 or words[0].strip(".:") in _NOT_A_PLACE or match.end() >= end:
        return False
    if match["full"] or match["day"] or _SIGNED.search(match[0], len(place)):
        return True
    # "SANCTIONS: a history", "CHINA – the largest buyer – cut": what follows a place alone begins a sentence
    if text[match.end()].islower() or not _IN_NO_PLACE.isdisjoint(words):
        return False
    if ":" in match["mark"]:
        return not _speaks(text, place, match.end())
    return _ENCLOSED.match(text, match.end(), end) is None


def _speaks(text: str, name: str, place: int) -> bool:
    """Tell whether a name before a colon is rather a speaker: of what follows, or a person elsewhere."""
    if _SPEECH.match(text, place) or _TWO_SPEAKERS.search(text):
        return True
    return re.search(rf"\b{_HONORIFIC}\s{re.escape(name.title())}\b", text) is not None
