"""End marks that end a sentence, and end marks that do not: by the words before and behind."""

from __future__ import annotations

import re

from framing.abbreviations import (
    BEFORE_A_NAME,
    BEFORE_A_NUMBER,
    CAPITAL_BEFORE_A_NAME,
    CAPITAL_MAY_END,
    MAY_END,
    MONTHS,
    last_part,
)
from framing.chunks import END_MARKS, INVISIBLE, NOTE_MARKS
from framing.starters import AFTER_TIME, FIRM_WORDS, STARTERS, SUBJECTS, bare_word

_TIMES_OF_DAY = ("a.m", "p.m")
_STATES = frozenset(["u.s", "u.k", "u.n", "e.u"])  # names with "the", adjectives without it
# Possessive and anchored at the run's first mark, so that a long run of marks costs linear time.
CANDIDATE = re.compile(
    rf"(?<![{END_MARKS}])(?P<mark>[{END_MARKS}]++[\"'”’»)\]]*+)"
    # emphasis of Markdown ends behind the mark, "ended.**", and pages leave characters there that nobody sees
    rf"[*_{INVISIBLE}]*+"
    # a reference mark stays: "riots. [17]", "riots.¹", "(in May).3"
    rf"(?:[{NOTE_MARKS}]|\^\d{{1,3}}|(?<=[^\s\d.][.!?])\d{{1,3}}|(?<=[.!?][\"”’)])\d{{1,3}}"
    r"|\s?\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\])*+(?=\s)"
)
BULLETS = ("•", "⁃", "‣")
LIST_HEAD = re.compile(r"((?:[•⁃‣]\s?)?)(\d{1,3}|[a-y])(\.\)|\)|\.)(?=\s)")
_ONLY_LABEL = re.compile(r"(?:[•⁃‣]\s?)?\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})$")
_LAST_WORD = re.compile(r"[\w.&'’-]+$")
_NEXT = re.compile(r"\s+([\"'“‘«(\[\s]*)(\S+)")
DASHES = frozenset(["-", "--", "–", "—", "―"])
# What stands behind a word that may be the first of a sentence or, in a headline, of a name.
_GOES_ON = re.compile(r"\s+[\"'“‘«(]*(\S)")
_CLOCK_PLACE = re.compile(r"(?:\s+[A-Z]\w*){0,2}\s+[Tt]ime\b")  # "8 p.m. Malaysia time"
PARTS = re.compile(r"([\"'“‘«(\[]*)(\S+)")
_REPORTING = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){0,4}(?:said|says|asked|added|told|wrote|replied|answered|shouted|cried)\b|"
    r"(?:said|asked|added|wrote|replied)\s"
)


def ends_sentence(text: str, begin: int, match: re.Match[str], limit: int) -> bool:
    """Tell whether a candidate ends the sentence that began at `begin`, in a paragraph that ends at `limit`."""
    following = _NEXT.match(text, match.end(), limit)
    if not following:
        return True
    opening, word = following.groups()
    mark = match.group("mark")
    first = word[0]
    if first.islower() and word.islower() and not opening.strip():  # "eBay" begins a sentence, "bay" does not
        return False
    if not word.strip(".") and not opening.strip():  # an ellipsis with spaces, ". . ."
        return False
    if _ONLY_LABEL.match(text[begin : match.start()].strip()):
        return False  # "1." before its item
    if text[match.start() - 1 : match.start()] == "[":  # an omission, "[...]"
        return first.isupper() and not opening.strip()
    closed_quote = mark[-1] in "\"'”’»"
    asks = mark[0] not in ".…"
    if asks and closed_quote:
        return not _REPORTING.match(text, following.start(2), limit)
    before = _LAST_WORD.search(text, max(begin, match.start() - 30), match.start())
    if asks or mark[0] == "…" or mark.startswith("..."):
        in_name = mark == "!" and before and before.group()[0].isupper() and bare_word(word) in FIRM_WORDS
        return not (in_name or (word in DASHES and _goes_on_in_lower_case(text, following.end(), limit)))
    if before and before.group() == "I":  # the pronoun after "and", else an initial
        return text[max(begin, before.start() - 5) : before.start()].strip().endswith(("and", "than", "am"))
    of_day = before is not None and before.group().lower() in _TIMES_OF_DAY and bare_word(word) not in STARTERS
    if of_day and _CLOCK_PLACE.match(text, following.end(), limit):
        return False
    subject = bare_word(word) in SUBJECTS and _goes_on_in_lower_case(text, following.end(), limit)
    if before and before.group().lower() in _STATES:  # not in "the data of U.S. Sales"
        subject = subject and text.endswith(" the ", begin, before.start())
    return not before or _full_stop_ends(before.group(), word, closed_quote, subject)


def _goes_on_in_lower_case(text: str, place: int, limit: int) -> bool:
    """Tell whether the word behind a place is no capitalised one, or a comma before it parts them."""
    behind = _GOES_ON.match(text, place, limit)
    return behind is not None and (text[place - 1] == "," or not behind[1].isupper())


def _full_stop_ends(before: str, word: str, closed_quote: bool, subject: bool) -> bool:
    """Decide for a full stop between the words `before` and `word`, which may be the subject of a sentence."""
    bare = last_part(before.lower().strip("'’-"))
    following = bare_word(word)
    if closed_quote:
        return True
    capital = before[:1].isupper()
    figure = following[:1].isdigit()
    if bare in BEFORE_A_NAME:
        return bare == "st" and following in STARTERS  # "Downing St. The chancellor"
    if bare in BEFORE_A_NUMBER and figure:
        return False
    if bare in CAPITAL_BEFORE_A_NAME and (figure or capital):
        return False
    if bare in _TIMES_OF_DAY and word[0].isupper() and following not in AFTER_TIME:
        return True
    if bare in MONTHS:
        return not figure
    if bare in MAY_END or (capital and bare in CAPITAL_MAY_END):
        return following in STARTERS or subject
    if bare == "etc":
        return word[:1].isupper()
    if len(before) == 1 and before.isupper():  # an initial: "J. Smith"
        return following in STARTERS
    if before in ("c", "ca", "n°") and figure:
        return False
    if "." in before and all(len(part) <= 2 and part.isalpha() for part in bare.split(".")):  # U.S, D.C, Ph.D
        return following in STARTERS or subject
    if before.isdigit() and len(before) <= 2 and not word[0].isupper():
        return not figure
    return True


def list_items(text: str, start: int, end: int) -> list[int]:
    """Return where the second and later items begin in a paragraph that runs a list on: "1) This 2) That"."""
    head = LIST_HEAD.match(text, start, end)
    if not head:
        return []
    bullet, label, close = head.groups()
    begins = []
    place = head.end()
    while True:
        label = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
        match = re.compile(rf"(?<=\s){re.escape(bullet.strip())}\s?{label}{re.escape(close)}(?=\s)").search(
            text, place, end
        )
        if not match:
            return begins
        begins.append(match.start())
        place = match.end()
