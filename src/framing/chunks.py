"""Chunks: the stretches between white space, the first cut of a text.

News repeats itself, so what can be known of a chunk alone (the tokens in it, whether it may end a
sentence, the quotation marks it holds) is worked out once per distinct chunk in `ChunkTable`; the
text itself is then a row of chunk ids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.abbreviations import ABBREVIATIONS, BEFORE_A_NAME, CAPITAL_BEFORE_A_NAME, last_part
from framing.errors import FramingError
from framing.kernels import as_arrays, kernels

_LAST_SPACE = 0x3000  # the highest code point that is white space
_SPACE = np.zeros(_LAST_SPACE + 2, bool)
_SPACE[[i for i in range(_LAST_SPACE + 1) if chr(i).isspace()]] = True
_LINE_ENDS = np.zeros(_LAST_SPACE + 2, bool)
_LINE_ENDS[[ord(c) for c in "\r\n\u2028\u2029\x0b\x0c\x85"]] = True
_COUNTED_ENDS = np.zeros(_LAST_SPACE + 2, bool)  # a form feed ends a line, but two of them are no blank line
_COUNTED_ENDS[[ord(c) for c in "\r\n\u2028\x85"]] = True
_PARAGRAPH_SEPARATOR = 0x2029
_NEXT_LINE = 0x85  # the first code point beyond ASCII that is white space


def _classes() -> bytes:
    bits = (_SPACE + _LINE_ENDS * np.uint8(2) + _COUNTED_ENDS * np.uint8(4)).astype(np.uint8)
    bits[_PARAGRAPH_SEPARATOR] |= 8
    return bits.tobytes()


CLASSES = _classes()
"""What each code point is, as bits, for the loops in C."""

END_MARKS = ".!?…。！？؟"
CLOSERS = "\"'”’»)]"
INVISIBLE = "\u00ad\u200b\u200d\u200e\u200f\u2060\ufeff"
"""Characters without width, which pages leave between a mark and the space behind it."""
NOTE_MARKS = "\u00b9\u00b2\u00b3\u2070-\u2079"
_BEHIND_AN_END = INVISIBLE + "*_"  # emphasis of Markdown
JOINED = r"(?<![^\W_&])[^\W\d_]{1,3}(?:&(?!\w{2,4};)[^\W\d_]{1,3})+(?![^\W_&])"
"""What an ampersand makes one word of: "R&D", "AT&T"; no entity of a page ("Q&amp;A")."""
_MAY_FINISH = frozenset(END_MARKS + ":;" + CLOSERS + _BEHIND_AN_END)
_GLUED = re.compile(r"(?<=[^\W\d_][^\W\d_][.!?])(?:—|--)(?=[\"'“‘(]?[^\W\d_a-z])")
# The end of a sentence before the beginning of another one, without a space: "signed.It was", "“no.”She left", "by
# 3%.The". Words that end links and names of files are none.
_BEGINS_INSIDE = (
    rf"(?:(?<=[a-zß-ÿ]{{2}}.)|(?<=[\d%)”»].))(?P<closers>[\"”’)\]]*)[{INVISIBLE}]*"
    rf"(?:\[\d{{1,3}}\]|[{NOTE_MARKS}])*(?=[\"“‘(]*(?:[A-ZÀ-Þ][a-zß-ÿ]|I(?!\S)))"
    r"(?!(?i:com|org|net|gov|edu|info|co|io|pdf|docx?|xlsx?|txt|html?|jpe?g|png|csv|md|py|js|php|aspx?)\b)"
)
_FULL_WIDTH_END = r"[。！？]++[\"”’)\]」』】》）]*(?=\S)"  # of scripts that write no spaces
_INNER_END = re.compile(rf"[.!?]{_BEGINS_INSIDE}|{_FULL_WIDTH_END}")
# one mark is faster to look for
_INNER_ENDS = tuple(
    re.compile(pattern) for pattern in [*(rf"\{mark}{_BEGINS_INSIDE}" for mark in ".!?"), _FULL_WIDTH_END]
)
# A figure that may be the label of what follows, or a version of it: "1.The", "(a).The", "2.1.Scope".
_LABELLING = re.compile(r"\W*\d{1,3}(?:\.\d{1,3})*|\W*\((?:\d{1,3}|[ivx]{1,4}|[a-z])\)|.*\d\.\d{1,2}\.\d+", re.DOTALL)
_LONGEST_LABEL = 40
_ADDRESS = re.compile(r"[/@\\]|www\.")
_FINISHED = re.compile(rf"(?:[{re.escape(END_MARKS)}:;][{re.escape(CLOSERS)}]*|[{re.escape(CLOSERS)}])$")


_OPENERS = "\"'“‘(["
_INITIALS = re.compile(r"[A-Za-zÀ-ÿ](?:\.[A-Za-zÀ-ÿ])*")


class Numbers(dict[str, int]):
    """Numbers of strings in the order of first sight; to look one up is to add it."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__(zip(strings, range(len(strings)), strict=True))
        self._strings = strings

    def __missing__(self, string: str) -> int:
        self[string] = number = len(self._strings)
        self._strings.append(string)
        return number


class ChunkTable:
    """Distinct chunks, numbered in the order of first sight."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._finished = np.zeros(0, bool)
        self._glued = np.zeros(0, bool)
        self._parted = np.zeros(0, bool)
        self._quotes = np.zeros(0, bool)
        self._number()

    def _number(self) -> None:
        self._numbers = kernels.Numbers(self.strings, CLASSES) if kernels else Numbers(self.strings)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_numbers"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._number()

    def cut(self, text: str, base: NDArray[np.int64]) -> _Cut:
        """Cut a text at white space; chunks not seen before are added.

        Parameters
        ----------
        text
            Some texts, joined by a line break.
        base
            Offset of each of them, shape (n_texts,).
        """
        if kernels:
            found = self._numbers.cut(text, base)
            return _Cut(*as_arrays(found, np.int32, np.int32, np.int32, np.int32, np.uint8))
        chunks = text.split()
        ids = np.fromiter(map(self._numbers.__getitem__, chunks), np.int32, len(chunks))
        codes = _codes(text)
        space = _spaces(codes)
        edges = np.concatenate([[-1], space, [len(text)]])
        inside = np.flatnonzero(np.diff(edges) > 1)  # between two spaces stands a chunk, unless they are neighbours
        start, end = (edges[inside] + 1).astype(np.int32), edges[inside + 1].astype(np.int32)
        first = np.searchsorted(start, base)
        owner = np.repeat(np.arange(len(base), dtype=np.int32), np.diff(np.append(first, len(start))))
        return _Cut(ids, start, end, owner, _gaps(codes[space], space, start))

    @property
    def finished(self) -> NDArray[np.bool_]:
        """Whether a line that ends in a chunk is finished, one value a chunk."""
        new = self.strings[len(self._finished) :]
        if new:
            ends = [s[-1] in _MAY_FINISH and _finishes(s.rstrip(_BEHIND_AN_END)) for s in new]
            self._finished = np.append(self._finished, np.array(ends, bool))
        return self._finished

    @property
    def quotes(self) -> NDArray[np.bool_]:
        """Whether a chunk begins with an opening quotation mark, one value a chunk."""
        new = self.strings[len(self._quotes) :]
        if new:
            self._quotes = np.append(self._quotes, np.array([s[0] == "“" for s in new], bool))
        return self._quotes

    @property
    def glued(self) -> NDArray[np.bool_]:
        """Whether a dash joins the end of a sentence and the beginning of another in a chunk, one value a chunk."""
        new = self.strings[len(self._glued) :]
        if new:
            joined = [("—" in s or "--" in s) and _GLUED.search(s) is not None for s in new]
            self._glued = np.append(self._glued, np.array(joined, bool))
        return self._glued

    @property
    def parted(self) -> NDArray[np.bool_]:
        """Whether a sentence ends and another begins in a chunk without a space, one value a chunk."""
        new = self.strings[len(self._parted) :]
        if new:
            inside = np.zeros(len(new), bool)
            together = "\n".join(new)  # one search over all is faster than one in each
            if places := [match.start() for pattern in _INNER_ENDS for match in pattern.finditer(together)]:
                line_ends = np.flatnonzero(_codes(together) == ord("\n"))
                for place in set(np.searchsorted(line_ends, places).tolist()):
                    inside[place] = bool(inner_ends(new[place]))
            self._parted = np.append(self._parted, inside)
        return self._parted


def inner_ends(chunk: str) -> list[int]:
    """Return where sentences begin inside a chunk.

    Examples
    --------
    >>> inner_ends("signed.It"), inner_ends("Prof.Tan"), inner_ends("www.example.Org")
    ([7], [], [])
    """
    if _ADDRESS.search(chunk):
        return []
    return [m.end() for m in _INNER_END.finditer(chunk) if m["closers"] or not _goes_on_inside(chunk, m.start())]


def _goes_on_inside(chunk: str, mark: int) -> bool:
    before = chunk[max(0, mark - _LONGEST_LABEL) : mark]  # in a chunk of any length
    return _ends_short(before) or _LABELLING.fullmatch(before) is not None


def _ends_short(text: str) -> bool:
    return re.split(r"[^\w.]", text)[-1].rsplit(".", 1)[-1].lower() in ABBREVIATIONS


def _finishes(chunk: str) -> bool:
    return _FINISHED.search(chunk) is not None and not (chunk[-1] == "." and _abbreviates(chunk))


def _abbreviates(chunk: str) -> bool:
    """Tell whether a chunk that ends in a full stop is an abbreviation that goes on: "Dr.", "Gen."."""
    word = chunk[:-1].lstrip(_OPENERS)
    small = last_part(word.lower())
    return small in BEFORE_A_NAME or (word[:1].isupper() and small in CAPITAL_BEFORE_A_NAME)


def _may_go_on(chunk: str) -> bool:
    """Tell whether a line that ends in a chunk is finished only if the next one does not begin in lower case."""
    if chunk[-1] in CLOSERS:
        return True
    word = chunk[:-1].lstrip(_OPENERS)
    return chunk[-1] == "." and (word.lower() in ABBREVIATIONS or _INITIALS.fullmatch(word) is not None)


_MOST = 2**31 - 1  # characters of texts that are cut together, so that an offset takes four bytes
_NO_BREAK, _LINE_BREAK, _BLANK_LINE = range(3)


class _Cut(NamedTuple):
    """Ids, offsets and owners as in `Chunks`, and what stands before each chunk: no line break, one, or a blank line.

    Before the first chunk stands nothing of note: it opens a paragraph whatever it is.
    """

    ids: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    owner: NDArray[np.int32]
    gap: NDArray[np.uint8]


@dataclass(frozen=True)
class Chunks:
    """The chunks of some texts.

    Attributes
    ----------
    text
        The texts, joined by a line break.
    base
        Offset of each text in `text`, shape (n_texts,).
    ids
        Number of each chunk in its table, shape (n_chunks,).
    start, end
        Offsets into `text`, shape (n_chunks,).
    owner
        Index of the text of each chunk, shape (n_chunks,).
    opens
        Whether a paragraph begins with a chunk, shape (n_chunks,).
    parts
        The chunks after which a sentence ends though no white space follows.
    """

    text: str
    base: NDArray[np.int64]
    ids: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    owner: NDArray[np.int32]
    opens: NDArray[np.bool_]
    parts: NDArray[np.int64]


def cut(texts: Sequence[str], table: ChunkTable) -> Chunks:
    """Cut texts at white space and find their paragraphs.

    A blank line always parts paragraphs. A single line break does so only where the line before it
    is finished (ends in an end mark that is not an abbreviation's, or in a colon) and the next line does not
    go on in lower case after it, or where the next line opens a quotation that is open already, so that
    hard-wrapped text stays whole.

    Parameters
    ----------
    texts
        The texts.
    table
        The table to number the chunks by; new ones are added.
    """
    text = "\n".join(texts)
    if len(text) > _MOST:
        raise FramingError(
            f"the texts have {len(text):,} characters together, and {_MOST:,} can be held at once; "
            "framing.features and framing.write_features score a corpus in batches."
        )
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    base = np.concatenate([[0], np.cumsum(lengths + 1)])[:-1]
    found = table.cut(text, base)
    if len(glued := found.owner[table.glued[found.ids]]):
        apart = list(texts)
        for number in set(glued.tolist()):
            apart[number] = _unglued(texts[number])
        text = "\n".join(apart)
        found = table.cut(text, base)
    found, parts = _parted(found, table)
    return Chunks(text, base, *found[:4], _opens(text, found, table), parts)


def _parted(found: _Cut, table: ChunkTable) -> tuple[_Cut, NDArray[np.int64]]:
    """Cut chunks where a sentence ends inside, and return after which of the new ones that is."""
    whole = np.flatnonzero(table.parted[found.ids])
    if not len(whole):
        return found, whole
    cuts = [inner_ends(table.strings[number]) for number in found.ids[whole].tolist()]
    n_cuts = np.array([len(own) for own in cuts])
    place = np.repeat(whole, n_cuts)
    inner = found.start[place] + np.concatenate(cuts)
    start = np.insert(found.start, place + 1, inner).astype(np.int32)
    end = np.insert(found.end, place, inner).astype(np.int32)
    ids, owner, gap = (
        np.insert(column, place + 1, 0 if column is found.gap else column[place])
        for column in (found.ids, found.owner, found.gap)
    )
    pieces = [
        chunk[begin:stop]
        for number, own in zip(found.ids[whole].tolist(), cuts, strict=True)
        for chunk in [table.strings[number]]
        for begin, stop in pairwise([0, *own, len(chunk)])
    ]
    after = place + np.arange(len(place))  # the new chunks that end a sentence
    changed = np.union1d(after, after + 1)
    ids[changed] = table.cut("\n".join(pieces), np.zeros(1, np.int64)).ids
    return _Cut(ids, start, end, owner, gap), after


def _unglued(text: str) -> str:
    """Part sentences that a dash joins without a space ("was lost.—In May"): the dash becomes white space."""
    return _GLUED.sub(lambda match: " " * len(match.group()), text)


def _codes(text: str) -> NDArray[np.unsignedinteger]:
    """Return the code points of a text, in half the memory where all fit."""
    narrow = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(narrow) == len(text):
        return narrow
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _spaces(codes: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """Return where white space stands."""
    low = np.flatnonzero(codes <= ord(" "))
    low = low[_SPACE[codes[low]]]
    high = np.flatnonzero(codes >= _NEXT_LINE)
    high = high[_SPACE[np.minimum(codes[high], _LAST_SPACE + 1)]]
    return np.sort(np.concatenate([low, high])) if len(high) else low


def _gaps(codes: NDArray[np.unsignedinteger], space: NDArray[np.int64], start: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Tell what line breaks stand before each chunk, from the white space and where it stands."""
    gaps = np.zeros(len(start), np.uint8)
    breaks = np.flatnonzero(_LINE_ENDS[codes])
    gap = np.searchsorted(start, space[breaks])  # the chunk that a line end stands before
    inside = (gap > 0) & (gap < len(start))
    breaks, gap = breaks[inside], gap[inside]
    mark = codes[breaks]
    # "\r\n" is one line end; a break inside the text has white space or a chunk before it
    half = (mark == ord("\n")) & (codes[breaks - 1] == ord("\r")) & (space[breaks] - space[breaks - 1] == 1)
    gaps[gap] = _LINE_BREAK
    gaps[np.bincount(gap[_COUNTED_ENDS[mark] & ~half], minlength=len(start)) > 1] = _BLANK_LINE
    gaps[gap[mark == _PARAGRAPH_SEPARATOR]] = _BLANK_LINE
    return gaps


def _goes_on(found: _Cut, table: ChunkTable, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell whether the line after a chunk goes on in lower case with the sentence that the chunk seems to end."""
    strings = table.strings
    ends, follows = found.ids[places].tolist(), found.ids[places + 1].tolist()
    pairs = zip(ends, follows, strict=True)
    return np.array([strings[after][0].islower() and _may_go_on(strings[end]) for end, after in pairs], bool)


def _opens(text: str, found: _Cut, table: ChunkTable) -> NDArray[np.bool_]:
    """Tell which chunks begin a paragraph."""
    opens = found.gap == _BLANK_LINE
    single = np.flatnonzero(found.gap[1:] == _LINE_BREAK)
    finished = table.finished[found.ids[single]]
    finished[finished] = ~_goes_on(found, table, single[finished])
    opens[single + 1] = finished
    opens[:1] = True
    opens[1:] |= found.owner[1:] != found.owner[:-1]
    quotes = single[~finished & table.quotes[found.ids[single + 1]]] + 1
    for place in quotes[~opens[quotes]].tolist():
        # a quotation that runs over paragraphs opens each of them again
        head = place - 1 - int(np.argmax(opens[:place][::-1]))
        before = text[found.start[head] : found.start[place]]
        opens[place] = before.count("“") > before.count("”")
    return opens
