"""Whether a paragraph is prose, whatever marks, links and credits stand behind its last sentence."""

from __future__ import annotations

import re

from framing.abbreviations import ABBREVIATIONS
from framing.layout.dates_and_agencies import AGENCY
from framing.layout.lines import has_end_mark

# What may stand after the last end mark of a paragraph: reference marks, links, hashtags, emoji and credits.
_TRAILER = re.compile(
    r"(?<!\s)\s*(?:\[(?:\d{1,3}|[a-z])\]|\(\d{1,3}\)|[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]+|\^\d{1,3}"
    r"|(?<=[.!?…”’\"')\]])\d{1,3}|(?:https?://|www\.)\S+|[#@]\w+|[(\[](?:https?://|www\.)[^\s()\[\]]+[)\]]"
    r"|[\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+"
    rf"|[(\[]\s*{AGENCY}(?:\s*[/,-]\s*{AGENCY})*\s*[)\]]|[–—-]+\s*{AGENCY})$"
)
# The end of one sentence and the beginning of the next.
_INNER_END = re.compile(
    r"(?:(?<!\S)[\"“‘'(]?(?P<word>[^\s.!?…]+)\.|[!?…])[\"”’»)\]]*"
    r"(?:\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079])*\s+[\"“‘'«(]*(?=[^\W\d_])(?P<next>\S)"
)


def is_prose(block: str) -> bool:
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
