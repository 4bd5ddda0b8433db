"""The table of types: every distinct token once, with what depends on it alone.

What depends on a word alone (its normal form, whether a pattern of a codebook matches it, its syllables) is worked
out once per type; `framing.tokens` holds what depends on its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.chunk_marks import ChunkMarks
from framing.chunks import JOINED, ChunkTable, Numbers

_JOINERS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"  # combining marks, soft hyphen, zero-width
_W = rf"[^\W_{_JOINERS}][{_JOINERS}]*"
_TOKEN = re.compile(
    rf"[^\W\d_](?:\.[^\W\d_])+\.?(?:['’]s)?(?![^\W_])"  # U.S., D.C.'s, e.g.
    rf"|{JOINED}(?:['’]s(?![^\W_]))?"
    rf"|(?:[^\W\d_]{{1,4}})?[$€£¥₹₺]\d+(?:[.,]\d+)*[^\W_]*"  # US$30, $4.92
    rf"|[^\W\d_]*\d+(?:[.,]\d+)+[^\W_]*"  # RM21.2, 1,500
    rf"|(?:{_W})+(?:['’](?:{_W})+)*['’]?(?<![\s])"  # words with inner apostrophes
    r"|``|''|\.{2,}|--+|[^\w\s]|_"
)
# A link or an address is one token, so that no list finds words in it; so is a name of a site and one of a user.
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://|www\.)[^\s\"“”‘’«»<>]*[^\W_]/?|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+(?<![-_])"
    r"|(?<![\w.-])(?:[a-zA-Z0-9][\w-]{0,62}\.){1,4}(?:com|org|net|gov|edu|info|int|co(?=\.[a-z]{2}(?!\w)))(?:\.[a-z]{2})?(?![\w-])"
    r"(?:/(?:[^\s\"“”‘’«»<>]*[^\W_]/?)?|['’]s(?![^\W_]))?"
    r"|(?<=@)[^\W_]+(?:_+[^\W_]+)+"
    rf"|{_TOKEN.pattern}"
)
_IN_ADDRESSES = ("www.", ".com", ".co.", ".org", ".net", ".gov", ".edu", ".info", ".int")
_SHORTEST_ADDRESS = 5
COMMA, COLON, DASH, BRACKET, QUOTE, STOP, MARK, HYPHEN, FENCE = (1 << i for i in range(9))
"""Bits of `Tokens.before`; `MARK` is set by every mark but hyphens and quotation marks, `FENCE` by every one that a
phrase does not cross, a comma included. A stop inside a sentence ends an abbreviation: "Dr. Lee" is one phrase."""

_MARK_BITS = {
    ",": COMMA, ";": COLON, ":": COLON, "—": DASH, "–": DASH, "―": DASH,
    "(": BRACKET, ")": BRACKET, "[": BRACKET, "]": BRACKET,
    ".": STOP, "!": STOP, "?": STOP, "…": STOP, "-": HYPHEN, "‐": HYPHEN, "‑": HYPHEN,
    **dict.fromkeys(["“", "”", "„", "«", "»", '"', "``", "''"], QUOTE),
}  # fmt: skip
_SEPARATORS = frozenset(["-", "‐", "‑", "/", "'", "’", "‘", "“", "”", '"', "«", "»", "`", "``", "''"])
_IN_NAMES = frozenset(".&")
_MAY_QUOTE = frozenset("“”„«»\"`'")
_QUOTE_MARK = re.compile(r"[“”„«»\"]|``|''")
OPENING, CLOSING, EITHER = range(3)
"""What a quotation mark may do; a straight one, and two apostrophes, may do either."""
_QUOTE_KINDS = {"“": OPENING, "„": OPENING, "«": OPENING, "``": OPENING, "”": CLOSING, "»": CLOSING}


def mark_bits(mark: str) -> int:
    """Return the bits of a punctuation token, see `Tokens.before`."""
    bits = _MARK_BITS.get(mark) or (DASH if mark.startswith("--") else STOP if mark.startswith("..") else 0)
    if mark in _SEPARATORS:
        return bits
    return bits | MARK | (0 if mark in _IN_NAMES else FENCE)


_POSSESSIVE = re.compile(r"(?:'s|')$")
_STRIP = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0307"))
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_PLAIN = _STRIP | str.maketrans(_LIGATURES)


def normal_form(word: str) -> str:
    """Return the form under which a word is looked up: NFC, lower case, no possessive, no ligatures of PDF files.

    Examples
    --------
    >>> [normal_form(word) for word in ("Türkiye’s", "U.S", "U.S.'s", "Partners'", "ofﬁcial")]
    ['türkiye', 'u.s.', 'u.s.', 'partners', 'official']
    """
    if word.isascii():
        word = word.lower()
    else:
        composed = unicodedata.normalize("NFC", word.translate(_PLAIN))
        word = composed.replace("’", "'").lower().translate(_STRIP)
    if "'" in word:
        word = _POSSESSIVE.sub("", word) or word
    if "." in word and not word.endswith(".") and all(len(p) == 1 and p.isalpha() for p in word.split(".")):
        word += "."
    return word


class Types:
    """The table of types: every distinct token string, in the order of first sight."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.norms: list[str] = []
        self._index = Numbers(self.strings)
        self._norm_index: dict[str, int] = {}
        self._norm_numbers: list[int] = []
        self.notes: dict[str, Any] = {}  # what the maker of a column needs to go on with it
        self._columns: dict[Hashable, NDArray[Any]] = {}
        self.chunks = ChunkTable()
        self._marks = ChunkMarks()
        self._inner = Ragged()
        self._quotes = Ragged()

    def __len__(self) -> int:
        return len(self.strings)

    def _add_norms(self) -> None:
        """Add the normal forms of the strings that are new."""
        norms = [
            string.lower() if string.isascii() and string.isalnum() else normal_form(string)
            for string in self.strings[len(self.norms) :]
        ]
        self.norms += norms
        known, number = self._norm_index, self._norm_index.setdefault
        self._norm_numbers += [number(norm, len(known)) for norm in norms]

    def learn_chunks(self) -> tuple[ChunkMarks, Ragged, Ragged]:
        """Return what is known of each chunk: its bounds, its tokens and its quotation marks.

        A token is its id and its offset in the chunk; a mark is what it does and its offset.
        """
        new = self.chunks.strings[len(self._inner) :]
        if not new:
            return self._marks.of(self.chunks), self._inner, self._quotes
        tokens, quotes = [], []
        n_tokens, n_quotes = [1] * len(new), [0] * len(new)
        known, number = self._index, self._index.setdefault
        for place, chunk in enumerate(new):
            if chunk.isalnum():
                tokens += (number(chunk, len(known)), 0)
                continue
            end = chunk[-1]
            if end in ",." and len(chunk) > 2 and chunk[:-1].isalnum():  # a plain word and its mark
                tokens += (number(chunk[:-1], len(known)), 0, number(end, len(known)), len(chunk) - 1)
                n_tokens[place] = 2
                continue
            before = len(tokens)
            may_address = len(chunk) > _SHORTEST_ADDRESS and (
                "//" in chunk or "@" in chunk or ("." in chunk and any(map(chunk.__contains__, _IN_ADDRESSES)))
            )
            pattern = _ADDRESS if may_address else _TOKEN
            for match in pattern.finditer(chunk):
                tokens += (number(match[0], len(known)), match.start())
            n_tokens[place] = (len(tokens) - before) // 2
            if not _MAY_QUOTE.isdisjoint(chunk):
                marks = [(_QUOTE_KINDS.get(m.group(), EITHER), m.start()) for m in _QUOTE_MARK.finditer(chunk)]
                quotes += [value for mark in marks for value in mark]
                n_quotes[place] = len(marks)
        self.strings += islice(known, len(self.strings), None)
        self._add_norms()
        self._inner.extend(n_tokens, tokens)
        self._quotes.extend(n_quotes, quotes)
        return self._marks.of(self.chunks), self._inner, self._quotes

    def column(self, key: Hashable, values: Callable[[range], Any]) -> NDArray[Any]:
        """Return what depends on a type alone, one value a type; it is worked out once per type.

        Parameters
        ----------
        key
            Names the column; the same key must always come with the same `values`.
        values
            From a range of new type ids to one value each, an array or a list.
        """
        known = self._columns.get(key)
        n = 0 if known is None else len(known)
        if known is None or n < len(self):
            new = np.asarray(values(range(n, len(self))))
            known = new if known is None else np.concatenate([known, new])
            self._columns[key] = known
        return known

    def among(self, words: frozenset[str]) -> NDArray[np.bool_]:
        """Return, for each type, whether its normal form is one of some words."""

        def members(new: range) -> NDArray[np.bool_]:
            chosen = np.zeros(len(self._norm_index), bool)  # words are looked up once, not types
            chosen[[self._norm_index[word] for word in words if word in self._norm_index]] = True
            return chosen[self.norm_number[new.start :]]

        return self.column(words, members)

    def ending_in(self, endings: tuple[str, ...]) -> NDArray[np.bool_]:
        """Return, for each type, whether its normal form has one of some endings."""
        norms = self.norms
        return self.column(endings, lambda new: np.array([n.endswith(endings) for n in norms[new.start :]], bool))

    @property
    def norm_number(self) -> NDArray[np.int32]:
        """The number of each type's normal form, so that "It" and "it" are one word."""
        numbers = self._norm_numbers
        return self.column("norm number", lambda new: np.array(numbers[new.start :], np.int32))

    @property
    def is_word(self) -> NDArray[np.bool_]:
        """Whether each type holds a letter or digit."""
        strings = self.strings

        def hold(new: range) -> NDArray[np.bool_]:
            found = np.fromiter(map(str.isalnum, strings[new.start :]), bool, len(new))
            for i in (np.flatnonzero(~found) + new.start).tolist():
                found[i - new.start] = any(map(str.isalnum, strings[i]))
            return found

        return self.column("is_word", hold)

    @property
    def marks(self) -> NDArray[np.int16]:
        """The bits of each type that is no word, 0 for words."""
        strings, word = self.strings, self.is_word

        def bits(new: range) -> NDArray[np.int16]:
            found = np.zeros(len(new), np.int16)
            for i in (np.flatnonzero(~word[new.start :]) + new.start).tolist():
                found[i - new.start] = mark_bits(strings[i])
            return found

        return self.column("marks", bits)

    @property
    def length(self) -> NDArray[np.int32]:
        """Number of characters of each type."""
        strings = self.strings
        return self.column("length", lambda new: np.fromiter(map(len, strings[new.start :]), np.int32, len(new)))


class Ragged:
    """Rows of unequal length of pairs of integers, kept flat."""

    def __init__(self) -> None:
        self.bounds = np.zeros(1, np.int64)
        self.values = np.zeros((0, 2), np.int32)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def extend(self, lengths: Sequence[int], values: Sequence[int]) -> None:
        """Append rows: how many pairs each holds, and the pairs, flat."""
        if lengths:
            self.bounds = np.concatenate([self.bounds, self.bounds[-1] + np.cumsum(lengths)])
            self.values = np.concatenate([self.values, np.array(values, np.int32).reshape(-1, 2)])

    def gather(self, rows: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the values of some rows one after the other, and from which of them each comes."""
        begins = self.bounds[rows]
        lengths = self.bounds[rows + 1] - begins
        origin = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        return origin, self.values[np.arange(len(origin)) + (begins - before)[origin]]
