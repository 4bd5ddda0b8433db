"""How texts write days, times of day and agencies: parts of the patterns of datelines, credits and debris."""

from __future__ import annotations

import re

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DAY = rf"(?i:{MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{MONTH}(?:,?\s+\d{{4}})?)"
CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*(?:[ap]\.?m\.?|GMT|UTC|MYT|SGT|WIB|IST|TRT|[EP][SD]T|CES?T|BST|HKT)\b)*"
AGENCY = r"(?:Reuters|AFP|AP|EPA|Bernama|Anadolu|AA|VNA|Xinhua|TASS|PTI|Kyodo|Yonhap|Antara|dpa|Agencies)"
WIRE = (
    rf"(?:{AGENCY}|BERNAMA|REUTERS|XINHUA|KYODO|ANTARA|Bloomberg|Interfax|PRNewswire|CNN|PNA|CNA|SPA|WAM|TNA|EFE|UPI|ANI|"
    r"KUNA|IRNA|ANSA|IANS|KCNA|QNA|MENA|UNI|MNA|APP|BSS|Lusa|Sputnik|Thomson Reuters)"
)
"""An agency, also one whose letters are common enough to be looked for in datelines only."""
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_DATE_LINE = re.compile(
    rf"(?:{_WEEKDAY},?\s+)?"
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+\d{{4}})"
    rf"(?:\s*[T,|@–—-]?\s*(?:at\s+)?{CLOCK})?\.?",
    re.IGNORECASE,
)
_LONGEST_DATE_LINE = 60


def is_date(line: str) -> bool:
    """Tell whether a line is a day with its year, and no more but a weekday and the time of day.

    Examples
    --------
    >>> [is_date(line) for line in ("Wednesday, 16 Apr 2025", "2025-04-16 10:30", "16 April", "In April 2025")]
    [True, True, False, False]
    """
    return len(line) <= _LONGEST_DATE_LINE and _DATE_LINE.fullmatch(line) is not None
