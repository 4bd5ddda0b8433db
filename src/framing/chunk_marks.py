"""What a chunk alone tells about sentence bounds: worked out once per distinct chunk."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from framing.abbreviations import ABBREVIATIONS
from framing.chunks import END_MARKS, NOTE_MARKS, ChunkTable
from framing.sentence_ends import BULLETS, CANDIDATE, DASHES, LIST_HEAD, PARTS
from framing.starters import AFTER_TIME, FIRM_WORDS, STARTERS, SUBJECTS, bare_word

# A chunk that ends a sentence whatever stood before it: a full stop, perhaps in closing marks, after a word of ordinary
# length that is no abbreviation; and a chunk that can begin one.
_PLAIN_END = re.compile(r"(?:.*[^\w.&'’-])?(?P<word>[\w&'’-]*[^\W\d_]{5})\.[\"'”’»)\]]*$", re.DOTALL)
_PLAIN_START = re.compile(r"[\"'“‘«(]*[^\W\d_]", re.DOTALL)
# An end that more than the next chunk decides: a label, the pronoun I, a question in quotation marks, an omission, a
# time of day.
_FAR_SEEING = re.compile(
    rf"(?:[•⁃‣]\s?)?\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,4}})[{END_MARKS}]|.*(?<![\w.&'’-])I[{END_MARKS}]"
    rf"|.*[!?！？؟][{END_MARKS}]*[\"'”’»]|.*\[[{END_MARKS}]+|.*(?i:[ap]\.m)\.",
    re.DOTALL,
)
# A start before which a doubtful end is decided by what stands behind it.
_FAR_STARTS = SUBJECTS | FIRM_WORDS
# An end mark before a reference mark that is a letter or digit.
_NOTED = re.compile(rf"[{END_MARKS}][\"'”’»)\]]*(?:[{NOTE_MARKS}]+|\^?\d{{1,3}})$")
_END_MARK = re.compile(f"[{END_MARKS}]")
_N_ASCII = 0x80
_OPENING = "\"'“‘«(["
NO_END, PLAIN, _DOUBTFUL, UNCLEAR = range(4)
_STARTER, _FIGURE, _TIME, _ENDS_ON = 8, 16, 32, 64  # of followers; the last begin with an end mark: ". . ."
_KNOWN_FOLLOWERS = dict.fromkeys(STARTERS, _STARTER)
for _word in AFTER_TIME:
    _KNOWN_FOLLOWERS[_word] = _KNOWN_FOLLOWERS.get(_word, 0) | _TIME


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
        """What a chunk is to a doubtful end before it; those of one value are alike to `framing.sentence_ends`."""
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
    def far_start(self) -> NDArray[np.bool_]:
        """Whether a doubtful end before a chunk is decided by what stands behind the chunk.

        So it is where the chunk is but an opening mark or a dash, opens a square bracket, or may be the subject of a
        sentence as well as a part of a name.
        """
        return self._flags[:, 3]


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
    words = [chunk[:-1] if chunk[-1] in ",." else chunk for chunk in chunks]
    small = list(map(str.lower, words))
    heads, ends = (_Characters([chunk[place] for chunk in chunks]) for place in (0, -1))

    def ask(question: Callable[[str], bool], asked: list[str]) -> NDArray[np.bool_]:
        return np.fromiter(map(question, asked), bool, len(asked))

    lower = ask(str.islower, words)
    found[:, 1] = (
        2 * (lower & heads.are(str.islower))
        + 4 * heads.are(str.isupper)
        + np.fromiter(map(_KNOWN_FOLLOWERS.get, small, repeat(0)), np.int8, len(small))
    )
    found[:, 2], found[:, 4] = ~lower, True
    found[:, 5] = ~lower & ask(_FAR_STARTS.__contains__, small)
    stop, comma = ends.codes == ord("."), ends.codes == ord(",")
    found[stop, 0] = PLAIN
    simple = ask(str.isalpha, words)
    # before a full stop only a word of ordinary length that is no abbreviation is simple
    for place in np.flatnonzero(stop & simple).tolist():
        simple[place] = len(small[place]) >= 5 and small[place] not in ABBREVIATIONS
    figure = heads.are(str.isdigit) & (comma | (ends.are(str.isalnum) & (ends.codes < _N_ASCII)))
    found[figure] = NO_END, _FIGURE, False, False, True, False
    rest = np.flatnonzero(~(simple | figure))
    if len(rest):
        found[rest] = [_facts_of(chunks[place]) for place in rest.tolist()]
    return found


def _facts_of(chunk: str) -> tuple[int, int, bool, bool, bool, bool]:
    """Return the facts of any chunk; what most of them are is settled in `_facts`."""
    last, first = chunk[-1], chunk[0]
    lower, opening = chunk.islower(), first in _OPENING
    if opening:
        match = PARTS.match(chunk)
        follows = _follower(match[2], match[1], match[2].islower()) if match else 0
    else:
        follows = _follower(chunk, "", lower)
    can_start = not lower and (first.isalpha() or _PLAIN_START.match(chunk) is not None)
    lettered = chunk.isalnum() or any(map(str.isalnum, chunk))
    far = chunk in DASHES or (not lower and bare_word(chunk) in _FAR_STARTS)
    far = far or (opening and (first == "[" or not chunk.strip(_OPENING)))
    heads_list = chunk in BULLETS or (last in ".)" and LIST_HEAD.match(chunk + " ") is not None)
    return _end_class(chunk), follows, can_start, heads_list, lettered, far


def _follower(word: str, opening: str, lower: bool) -> int:
    """Return all that `framing.sentence_ends` asks of the word after a full stop, as one small number."""
    following = bare_word(word)
    return (
        bool(opening)
        + 2 * (lower and word[0].islower())
        + 4 * word[0].isupper()
        + _KNOWN_FOLLOWERS.get(following, 0)
        + _FIGURE * following[:1].isdigit()
        + _ENDS_ON * (not word.strip("."))
    )


def _end_class(chunk: str) -> int:
    if (
        (chunk[-1].isalnum() and not _NOTED.search(chunk))
        or not _END_MARK.search(chunk)
        or not CANDIDATE.search(chunk + " ")
    ):
        return NO_END
    plain = _PLAIN_END.match(chunk)
    if plain and plain["word"].lower().strip("'’-") not in ABBREVIATIONS:
        return PLAIN
    return UNCLEAR if _FAR_SEEING.match(chunk) else _DOUBTFUL
