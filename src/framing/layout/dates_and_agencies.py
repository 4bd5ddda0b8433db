"""How texts write days, times of day and agencies: parts of the patterns of datelines, credits and debris."""

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DAY = rf"(?i:{MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{MONTH}(?:,?\s+\d{{4}})?)"
CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*(?:[ap]\.?m\.?|GMT|UTC|MYT|SGT|WIB|IST|TRT|[EP][SD]T|CES?T|BST|HKT)\b)*"
AGENCY = r"(?:Reuters|AFP|AP|EPA|Bernama|Anadolu|AA|VNA|Xinhua|TASS|PTI|Kyodo|Yonhap|Antara|dpa|Agencies)"
