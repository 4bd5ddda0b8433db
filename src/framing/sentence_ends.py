"""End marks that end a sentence, and end marks that do not: by the words before and behind."""

from __future__ import annotations

import re

from framing.abbreviations import BEFORE_A_NAME, CAPITAL_BEFORE_A_NAME, CAPITAL_MAY_END, MAY_END, MONTHS
from framing.chunks import NOTE_MARKS

# Words that, in capitals after "U.S." or "Inc.", speak for a new sentence.
STARTERS = frozenset(
    """the a an this that these those it he she they we i you his her its their our my there here in on at by for from
    with as if when while although though but and or however yet meanwhile after before since under over during
    according both all some many most several no not what why how who where one two three another last next such then
    thus still even also despite instead besides moreover overall analysts critics experts officials""".split()
)
# What goes on the time of day: "at 11 a.m. Monday", "at 3 p.m. GMT".
AFTER_TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec gmt utc est edt et cst cdt ct mst mdt mt pst pdt pt bst cet cest eet trt msk ist sgt myt hkt jst kst
    pht ict wib wita wit aest aedt e.t c.t p.t eastern central mountain
    pacific greenwich""".split()
)
_TIMES_OF_DAY = ("a.m", "p.m")
# Possessive and anchored at the run's first mark, so that a long run of marks costs linear time.
CANDIDATE = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++[\"'”’»)\]]*+)"
    # a reference mark stays: "riots. [17]", "riots.¹", "(in May).3"
    rf"(?:[{NOTE_MARKS}]|\^\d{{1,3}}|(?<=[^\s\d.][.!?])\d{{1,3}}|(?<=[.!?][\"”’)])\d{{1,3}}"
    r"|\s?\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\])*+(?=\s)"
)
BULLETS = ("•", "⁃", "‣")
LIST_HEAD = re.compile(r"((?:[•⁃‣]\s?)?)(\d{1,3}|[a-y])(\.\)|\)|\.)(?=\s)")
_ONLY_LABEL = re.compile(r"(?:[•⁃‣]\s?)?\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})$")
_LAST_WORD = re.compile(r"[\w.&'’-]+$")
_NEXT = re.compile(r"\s+([\"'“‘«(\[\s]*)(\S+)")
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
    if mark[0] in "!?" and closed_quote:
        return not _REPORTING.match(text, following.start(2), limit)
    if mark[0] in "!?…" or mark.startswith("..."):
        return True
    before = _LAST_WORD.search(text, max(begin, match.start() - 30), match.start())
    if before and before.group() == "I":  # the pronoun after "and", else an initial
        return text[max(begin, before.start() - 5) : before.start()].strip().endswith(("and", "than", "am"))
    return not before or _full_stop_ends(before.group(), word, closed_quote)


def _full_stop_ends(before: str, word: str, closed_quote: bool) -> bool:
    """Decide for a full stop between the words `before` and `word`."""
    bare = before.lower().strip("'’-")
    following = bare_word(word)
    if closed_quote:
        return True
    capital = before[:1].isupper()
    if bare in BEFORE_A_NAME:
        return False
    if bare in CAPITAL_BEFORE_A_NAME and (following[:1].isdigit() or (capital and bare != "no")):
        return False
    if bare in _TIMES_OF_DAY and word[0].isupper() and following not in AFTER_TIME:
        return True
    if bare in MONTHS:
        return not following[:1].isdigit()
    if bare in MAY_END or (capital and bare in CAPITAL_MAY_END):
        return following in STARTERS
    if bare == "etc":
        return word[:1].isupper()
    if len(before) == 1 and before.isupper():  # an initial: "J. Smith"
        return following in STARTERS
    if before in ("c", "ca", "n°") and following[:1].isdigit():
        return False
    if "." in before and all(len(part) <= 2 and part.isalpha() for part in bare.split(".")):  # U.S, D.C, Ph.D
        return following in STARTERS
    if before.isdigit() and len(before) <= 2 and not word[0].isupper():
        return not following[:1].isdigit()
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


def bare_word(word: str) -> str:
    """Return a word without marks round it, in lower case."""
    return word.strip("\"'“‘«([").rstrip(".,;:!?'’\"”").lower()
