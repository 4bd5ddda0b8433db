"""Sentence bounds: end marks that end, and end marks that do not.

The splitter walks over candidate end marks only. A candidate is refused when the word before it is
an abbreviation that is followed by its name, when the next word goes on in lower case, or when a
closing quotation mark is followed by its reporting clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.abbreviations import (
    ABBREVIATIONS,
    BEFORE_A_NAME,
    CAPITAL_BEFORE_A_NAME,
    CAPITAL_MAY_END,
    MAY_END,
    MONTHS,
)
from framing.chunks import END_MARKS, NOTE_MARKS, Chunks, ChunkTable, cut

# Words that, in capitals after "U.S." or "Inc.", speak for a new sentence.
_STARTERS = frozenset(
    """the a an this that these those it he she they we i you his her its their our my there here in on at by for from
    with as if when while although though but and or however yet meanwhile after before since under over during
    according both all some many most several no not what why how who where one two three another last next such then
    thus still even also despite instead besides moreover overall analysts critics experts officials""".split()
)
# What goes on the time of day: "at 11 a.m. Monday", "at 3 p.m. GMT".
_AFTER_TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec gmt utc est edt et cst cdt ct mst mdt mt pst pdt pt bst cet cest eet trt msk ist sgt myt hkt jst kst
    pht ict wib wita wit aest aedt e.t c.t p.t eastern central mountain
    pacific greenwich""".split()
)
_TIMES_OF_DAY = ("a.m", "p.m")
# Possessive and anchored at the run's first mark, so that a long run of marks costs linear time.
_CANDIDATE = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++[\"'”’»)\]]*+)"
    # a reference mark stays: "riots. [17]", "riots.¹", "(in May).3"
    rf"(?:[{NOTE_MARKS}]|\^\d{{1,3}}|(?<=[^\s\d.][.!?])\d{{1,3}}|(?<=[.!?][\"”’)])\d{{1,3}}"
    r"|\s?\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\])*+(?=\s)"
)
_BULLETS = ("•", "⁃", "‣")
_LIST_HEAD = re.compile(r"((?:[•⁃‣]\s?)?)(\d{1,3}|[a-y])(\.\)|\)|\.)(?=\s)")
_ONLY_LABEL = re.compile(r"(?:[•⁃‣]\s?)?\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})$")
_LAST_WORD = re.compile(r"[\w.&'’-]+$")
_NEXT = re.compile(r"\s+([\"'“‘«(\[\s]*)(\S+)")
_PARTS = re.compile(r"([\"'“‘«(\[]*)(\S+)")
_REPORTING = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){0,4}(?:said|says|asked|added|told|wrote|replied|answered|shouted|cried)\b|"
    r"(?:said|asked|added|wrote|replied)\s"
)


# A chunk that ends a sentence whatever stood before it: a full stop, perhaps in closing marks, after a word of ordinary
# length that is no abbreviation; and a chunk that can begin one.
_PLAIN_END = re.compile(r"(?:.*[^\w.&'’-])?(?P<word>[\w&'’-]*[^\W\d_]{5})\.[\"'”’»)\]]*$", re.DOTALL)
_PLAIN_START = re.compile(r"[\"'“‘«(]*[^\W\d_]", re.DOTALL)
# An end that more than the next chunk decides: a label, the pronoun I, a question in quotation marks, an omission.
_FAR_SEEING = re.compile(
    r"(?:[•⁃‣]\s?)?\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.!?…]|.*(?<![\w.&'’-])I[.!?…]|.*[!?][.!?…]*[\"'”’»]|.*\[[.!?…]+",
    re.DOTALL,
)
# An end mark before a reference mark that is a letter or digit.
_NOTED = re.compile(rf"[.!?…][\"'”’»)\]]*(?:[{NOTE_MARKS}]+|\^?\d{{1,3}})$")
_END_MARK = re.compile(f"[{END_MARKS}]")
_N_ASCII = 0x80
_OPENING = "\"'“‘«(["
_NO_END, _PLAIN, _DOUBTFUL, _UNCLEAR = range(4)
_STARTER, _FIGURE, _TIME, _ENDS_ON = 8, 16, 32, 64  # of followers; the last begin with an end mark: ". . ."
_KNOWN_FOLLOWERS = dict.fromkeys(_STARTERS, _STARTER)
for _word in _AFTER_TIME:
    _KNOWN_FOLLOWERS[_word] = _KNOWN_FOLLOWERS.get(_word, 0) | _TIME


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
    table = ChunkTable()
    chunks = cut([text], table)
    found = bounds(chunks, ChunkMarks().of(table))
    return list(
        zip(chunks.start[found.first].tolist(), chunks.end[found.last].tolist(), found.paragraph.tolist(), strict=True)
    )


class ChunkMarks:
    """What a chunk alone tells about sentence bounds, kept for the chunks already seen."""

    def __init__(self) -> None:
        self._ends = np.zeros(0, np.int8)
        self._follows = np.zeros(0, np.int8)
        self._flags = np.zeros((0, 4), bool)
        self.decided: dict[int, bool] = {}

    def of(self, table: ChunkTable) -> ChunkMarks:
        """Take in the chunks that are new in a table, and return the object itself."""
        new = table.strings[len(self._ends) :]
        if new:
            known = _facts(new)
            self._ends = np.append(self._ends, known[:, 0])
            self._follows = np.append(self._follows, known[:, 1])
            self._flags = np.concatenate([self._flags, known[:, 2:] > 0])
        return self

    @property
    def ends(self) -> NDArray[np.int8]:
        """Whether a chunk cannot end a sentence, ends one, or is doubtful."""
        return self._ends

    @property
    def follows(self) -> NDArray[np.int8]:
        """What a chunk is to a doubtful end before it; chunks of one value are alike to `_ends`."""
        return self._follows

    @property
    def can_start(self) -> NDArray[np.bool_]:
        """Whether a chunk plainly can begin a sentence: its first letter is a capital or has no case."""
        return self._flags[:, 0]

    @property
    def list_head(self) -> NDArray[np.bool_]:
        """Whether a chunk may be the label of the first item of a list."""
        return self._flags[:, 1]

    @property
    def has_letter(self) -> NDArray[np.bool_]:
        """Whether a chunk holds a letter or digit."""
        return self._flags[:, 2]

    @property
    def opening_only(self) -> NDArray[np.bool_]:
        """Whether a chunk is but an opening mark, or opens a square bracket."""
        return self._flags[:, 3]


class Bounds(NamedTuple):
    """First and last chunk (inside) of each sentence, its text's index and its paragraph's number in the text."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    owner: NDArray[np.int32]
    paragraph: NDArray[np.int64]


class _Characters:
    """Characters of which most are ASCII, so that questions to them are answered from a table."""

    def __init__(self, characters: list[str]) -> None:
        self.codes = np.fromiter(map(ord, characters), np.uint32, len(characters))
        self._others = np.flatnonzero(self.codes >= _N_ASCII)
        self._characters = characters

    def are(self, question: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Return the answer for each character."""
        answers = np.fromiter(map(question, map(chr, range(_N_ASCII))), bool, _N_ASCII)
        found = answers[np.minimum(self.codes, _N_ASCII - 1)]
        for place in self._others.tolist():
            found[place] = question(self._characters[place])
        return found


def _facts(chunks: list[str]) -> NDArray[np.int8]:
    """Return, for each chunk, its class as an end and as a follower and the flags of `ChunkMarks`, shape (n, 6)."""
    found = np.zeros((len(chunks), 6), np.int8)
    bare = [chunk[:-1] if chunk[-1] in ",." else chunk for chunk in chunks]
    small = list(map(str.lower, bare))
    heads, ends = (_Characters([chunk[place] for chunk in chunks]) for place in (0, -1))

    def ask(question: Callable[[str], bool], words: list[str]) -> NDArray[np.bool_]:
        return np.fromiter(map(question, words), bool, len(words))

    lower = ask(str.islower, bare)
    found[:, 1] = (
        2 * (lower & heads.are(str.islower))
        + 4 * heads.are(str.isupper)
        + np.fromiter(map(_KNOWN_FOLLOWERS.get, small, repeat(0)), np.int8, len(small))
    )
    found[:, 2], found[:, 4] = ~lower, True
    stop, comma = ends.codes == ord("."), ends.codes == ord(",")
    found[stop, 0] = _PLAIN
    simple = ask(str.isalpha, bare)
    # before a full stop only a word of ordinary length that is no abbreviation is simple
    for place in np.flatnonzero(stop & simple).tolist():
        simple[place] = len(small[place]) >= 5 and small[place] not in ABBREVIATIONS
    figure = heads.are(str.isdigit) & (comma | (ends.are(str.isalnum) & (ends.codes < _N_ASCII)))
    found[figure] = _NO_END, _FIGURE, False, False, True, False
    rest = np.flatnonzero(~(simple | figure))
    if len(rest):
        found[rest] = [_facts_of(chunks[place]) for place in rest.tolist()]
    return found


def _facts_of(chunk: str) -> tuple[int, int, bool, bool, bool, bool]:
    """Return the facts of any chunk; what most of them are is settled in `_facts`."""
    last, first = chunk[-1], chunk[0]
    lower, opening = chunk.islower(), first in _OPENING
    if opening:
        match = _PARTS.match(chunk)
        follows = _follower(match[2], match[1], match[2].islower()) if match else 0
    else:
        follows = _follower(chunk, "", lower)
    can_start = not lower and (first.isalpha() or _PLAIN_START.match(chunk) is not None)
    lettered = chunk.isalnum() or any(map(str.isalnum, chunk))
    opening = opening and (first == "[" or not chunk.strip(_OPENING))
    heads_list = chunk in _BULLETS or (last in ".)" and _LIST_HEAD.match(chunk + " ") is not None)
    return _end_class(chunk), follows, can_start, heads_list, lettered, opening


def _follower(word: str, opening: str, lower: bool) -> int:
    """Return all that `_ends` asks of the word after a full stop, as one small number."""
    following = _bare(word)
    return (
        bool(opening)
        + 2 * (lower and word[0].islower())
        + 4 * word[0].isupper()
        + _KNOWN_FOLLOWERS.get(following, 0)
        + _FIGURE * following[:1].isdigit()
        + _ENDS_ON * (not word.strip("."))
    )


def _bare(word: str) -> str:
    """Return a word without marks round it, in lower case."""
    return word.strip("\"'“‘«([").rstrip(".,;:!?'’\"”").lower()


def _end_class(chunk: str) -> int:
    if (
        (chunk[-1].isalnum() and not _NOTED.search(chunk))
        or not _END_MARK.search(chunk)
        or not _CANDIDATE.search(chunk + " ")
    ):
        return _NO_END
    plain = _PLAIN_END.match(chunk)
    if plain and plain["word"].lower().strip("'’-") not in ABBREVIATIONS:
        return _PLAIN
    return _UNCLEAR if _FAR_SEEING.match(chunk) else _DOUBTFUL


def bounds(chunks: Chunks, marks: ChunkMarks) -> Bounds:
    """Find the sentences of texts that were cut into chunks.

    Parameters
    ----------
    chunks
        The texts.
    marks
        What their table's chunks tell, see `ChunkMarks`.
    """
    n = len(chunks.ids)
    if not n:
        return Bounds(*(np.zeros(0, np.int64) for _ in range(4)))
    ends = np.append(chunks.opens[1:], True)  # a sentence ends after these chunks
    heads = np.flatnonzero(chunks.opens)
    tails = np.append(heads[1:], n) - 1
    for head in heads[marks.list_head[chunks.ids[heads]]].tolist():
        limit = int(chunks.end[tails[np.searchsorted(heads, head)]])
        for item in _list_items(chunks.text, int(chunks.start[head]), limit):
            ends[np.searchsorted(chunks.start, item) - 1] = True
    ends[chunks.parts] = True
    kind = marks.ends[chunks.ids]
    follows = np.append(marks.can_start[chunks.ids[1:]], False)
    plain = (kind == _PLAIN) & follows
    doubtful = np.flatnonzero((kind != _NO_END) & ~plain & ~ends)
    ends |= plain
    if len(doubtful):
        clear = (kind[doubtful] != _UNCLEAR) & ~marks.opening_only[chunks.ids[doubtful + 1]]
        _decide(chunks, marks, doubtful[clear], ends)
        doubtful = doubtful[~clear]
        _judge(chunks, doubtful, ends, tails[np.searchsorted(tails, doubtful)])
    return _runs(chunks, marks, ends, heads)


def _decide(chunks: Chunks, marks: ChunkMarks, doubtful: NDArray[np.int64], ends: NDArray[np.bool_]) -> None:
    """Decide the ends that a chunk and the kind of the next one settle; each such pair is looked at once."""
    decided = marks.decided
    keys = chunks.ids[doubtful].astype(np.int64) << 8 | marks.follows[chunks.ids[doubtful + 1]]
    pairs, sample, which = np.unique(keys, return_index=True, return_inverse=True)
    known = []
    for key, place in zip(pairs.tolist(), doubtful[sample].tolist(), strict=True):
        found = decided.get(key)
        if found is None:
            start, limit = int(chunks.start[place]), int(chunks.end[place + 1])
            match = _CANDIDATE.search(chunks.text, start, limit)
            found = match is not None and match.start() < chunks.end[place] and _ends(chunks.text, start, match, limit)
            decided[key] = found
        known.append(found)
    ends[doubtful] = np.array(known, bool)[which]


def _judge(chunks: Chunks, doubtful: NDArray[np.int64], ends: NDArray[np.bool_], tails: NDArray[np.int64]) -> None:
    """Decide the doubtful ends in text order; `tails` are the last chunks of their paragraphs."""
    text = chunks.text
    sure = np.maximum.accumulate(np.where(ends, np.arange(len(ends)), -1))
    latest = -1
    starts, stops, limits = chunks.start[doubtful], chunks.end[doubtful], chunks.end[tails]
    for place, start, stop, limit, before in zip(
        doubtful.tolist(), starts.tolist(), stops.tolist(), limits.tolist(),
        np.where(doubtful > 0, sure[doubtful - 1], -1).tolist(), strict=True,
    ):  # fmt: skip
        begin = int(chunks.start[max(before, latest) + 1])
        match = _CANDIDATE.search(text, start, limit)
        if match is None or match.start() >= stop or not _ends(text, begin, match, limit):
            continue
        latest = place if match.end() <= stop else int(np.searchsorted(chunks.end, match.end()))
        ends[latest] = True


def _runs(chunks: Chunks, marks: ChunkMarks, ends: NDArray[np.bool_], heads: NDArray[np.int64]) -> Bounds:
    """Turn ends into sentences; a run without letter or digit joins the sentence before it in its paragraph."""
    last = np.flatnonzero(ends)
    first = np.concatenate([[0], last[:-1] + 1])
    lettered = np.concatenate([[0], np.cumsum(marks.has_letter[chunks.ids])])
    real = lettered[last + 1] > lettered[first]
    owner = chunks.owner[first]
    number = np.cumsum(chunks.opens)[first] - 1
    if not real.all():
        keep = np.flatnonzero(real)
        for run in np.flatnonzero(~real).tolist():
            before = np.searchsorted(keep, run) - 1
            if before >= 0 and number[keep[before]] == number[run]:
                last[keep[before]] = last[run]
        first, last, owner, number = first[keep], last[keep], owner[keep], number[keep]
    heads_before = np.searchsorted(chunks.owner[heads], np.arange(len(chunks.base)))
    return Bounds(first, last, owner, number - heads_before[owner])


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


def _ends(text: str, begin: int, match: re.Match[str], limit: int) -> bool:
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
    following = _bare(word)
    if closed_quote:
        return True
    capital = before[:1].isupper()
    if bare in BEFORE_A_NAME:
        return False
    if bare in CAPITAL_BEFORE_A_NAME and (following[:1].isdigit() or (capital and bare != "no")):
        return False
    if bare in _TIMES_OF_DAY and word[0].isupper() and following not in _AFTER_TIME:
        return True
    if bare in MONTHS:
        return not following[:1].isdigit()
    if bare in MAY_END or (capital and bare in CAPITAL_MAY_END):
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
