"""Sentence bounds: end marks that end, and end marks that do not.

The splitter walks over candidate end marks only. A candidate is refused when the word before it is
an abbreviation that is followed by its name, when the next word goes on in lower case, or when a
closing quotation mark is followed by its reporting clause.
"""

from __future__ import annotations

import re

from framing.layout import paragraphs

# Titles, ranks and reference words: what follows belongs to them, so they never end a sentence.
_BEFORE_A_NAME = frozenset(
    """adm amb attys brig bros capt cdr cllr cmdr cpl dr drs e.g eds eq eqs esp figs gov hon i.e insp lieut lt maj
    messrs mgr mlle mme mr mrs ms mt mts nos pp prof profs pvt rep reps rev rs rt sen sens sgt spc sr ss st supt viz vol
    vols vs v""".split()
)
# The same only with a capital ("Gen. Lim", "the gen" is a word), or before a number ("no. 5").
_CAPITAL_BEFORE_A_NAME = frozenset("art col dep dir ed fig gen no op p para pres sec".split())
# May end a sentence, but go on where a name, number or lower-case word follows.
_MAY_END = frozenset(
    """a.d a.m assn ave b.c blvd ca cf corp dept dist est ft inc intl jr ltd oz p.m plc pty pvt rd univ jan feb apr
    jun jul aug sep sept oct nov dec tue tues thu thur thurs fri""".split()
)
_CAPITAL_MAY_END = frozenset("al co mar mon sat sun wed".split())
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
# Words that, in capitals after "U.S." or "Inc.", speak for a new sentence.
_STARTERS = frozenset(
    """the a an this that these those it he she they we i you his her its their our my there here in on at by for from
    with as if when while although though but and or however yet meanwhile after before since under over during
    according both all some many most several no not what why how who where one two three another last next such then
    thus still even also despite instead besides moreover overall analysts critics experts officials""".split()
)
# Possessive and anchored at the run's first mark, so that a long run of marks costs linear time.
_CANDIDATE = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++[\"'”’»)\]]*+)"
    r"(?:\s?\[(?:\d{1,3}|note \d+|citation needed)\])*+(?=\s)"  # a reference mark stays: "riots. [17]"
)
_LIST_HEAD = re.compile(r"((?:[•⁃‣]\s?)?)(\d{1,3}|[a-y])(\.\)|\)|\.)(?=\s)")
_ONLY_LABEL = re.compile(r"(?:[•⁃‣]\s?)?\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})$")
_LAST_WORD = re.compile(r"[\w.&'’-]+$")
_NEXT = re.compile(r"\s+([\"'“‘«(\[\s]*)(\S+)")
_REPORTING = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){0,4}(?:said|says|asked|added|told|wrote|replied|answered|shouted|cried)\b|"
    r"(?:said|asked|added|wrote|replied)\s"
)


def sentences(text: str) -> list[tuple[int, int, int]]:
    """Return ``(start, end, paragraph)`` of every sentence, in text order.

    Parameters
    ----------
    text
        The text, with all that is not body blanked out.

    Returns
    -------
    list of (int, int, int)
        Offsets into `text` without surrounding white space, and the number of the paragraph from 0.
        Stretches without any letter or digit are no sentences; they join the sentence before them.

    Examples
    --------
    >>> text = "Dr Lim met the U.S. envoy. He paid RM2.5 million."
    >>> [text[s:e] for s, e, _ in sentences(text)]
    ['Dr Lim met the U.S. envoy.', 'He paid RM2.5 million.']
    """
    found: list[tuple[int, int, int]] = []
    for number, (start, end) in enumerate(paragraphs(text)):
        begin = start
        items = _list_items(text, start, end)
        for match in _CANDIDATE.finditer(text, start, end):
            while items and items[0] < match.start():  # an item of a list begins before this mark
                _append(found, text, begin, items[0], number)
                begin = items.pop(0)
            if _ends(text, begin, match, end):
                _append(found, text, begin, match.end(), number)
                begin = match.end()
        for item in items:
            _append(found, text, begin, item, number)
            begin = item
        _append(found, text, begin, end, number)
    return found


def _list_items(text: str, start: int, end: int) -> list[int]:
    """Return where the second and later items begin in a paragraph that runs a list on: "1) This 2) That"."""
    head = _LIST_HEAD.match(text, start, end)
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


def _append(found: list[tuple[int, int, int]], text: str, start: int, end: int, paragraph: int) -> None:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return
    start += len(piece) - len(piece.lstrip())
    if not any(c.isalnum() for c in inner):
        if found and found[-1][2] == paragraph:
            found[-1] = (found[-1][0], start + len(inner), paragraph)
        return
    found.append((start, start + len(inner), paragraph))


def _ends(text: str, begin: int, match: re.Match[str], limit: int) -> bool:
    following = _NEXT.match(text, match.end(), limit)
    if not following:
        return True
    opening, word = following.groups()
    mark = match.group("mark")
    first = word[0]
    if first.islower() and word.islower() and not opening.strip():  # "eBay" begins a sentence, "bay" does not
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
    following = word.strip("\"'“‘«([").rstrip(".,;:!?'’\"”").lower()
    if closed_quote:
        return True
    capital = before[:1].isupper()
    if bare in _BEFORE_A_NAME:
        return False
    if bare in _CAPITAL_BEFORE_A_NAME and (following[:1].isdigit() or (capital and bare != "no")):
        return False
    if bare in _MONTHS:
        return not following[:1].isdigit()
    if bare in _MAY_END or (capital and bare in _CAPITAL_MAY_END):
        return following in _STARTERS
    if bare == "etc":
        return word[:1].isupper()
    if len(before) == 1 and before.isupper():  # an initial: "J. Smith"
        return following in _STARTERS
    if before in ("c", "ca", "n°") and following[:1].isdigit():
        return False
    if "." in before and all(len(part) <= 2 and part.isalpha() for part in bare.split(".")):  # U.S, D.C, Ph.D
        return following in _STARTERS
    if before.isdigit() and len(before) <= 2 and not word[0].isupper():
        return not following[:1].isdigit()
    return True
