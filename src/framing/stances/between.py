"""Who is for or against whom: the stance between two named parties of one sentence.

The value of a pair is the sum of the strengths of the cues of its sentence, each by its class, its sign and its
places from the two names; thresholds turn it into -1, 0 or 1. The direction follows from the grammar: from the
subject to the object, turned round in the passive, after ``by`` and where the second name is the one who speaks.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.hits import Hits
from framing.stances.cues import Signed
from framing.stances.labelled import Labelled, mark
from framing.stances.near import any_between
from framing.stances.places import PLACES, place_of
from framing.stances.text import clauses
from framing.stances.tone import CLASSES, SIGNS, tone_cues
from framing.tokens import Tokens

ZONES = ("before", "between", "after")
_ACTS = frozenset(["praise", "blame"])
_BY = frozenset(["by", "from"])
_SPEECH = frozenset(
    """said say says saying told tells tell wrote writes write added adds argued argues argue arguing claimed claims
    stated states called calls calling described describes tweeted insisted insists suggested suggests noted notes
    warned warns according charges complained complains explained explains declared declares labeled labelled dubbed
    referred think thinks thought believe believes believed replied responded responding announced asked asks urged
    urges""".split()
)
_BRACKETED = re.compile(r"\[([^\]]*)\]")
_BY_REACH, _SPEECH_AFTER, _SPEECH_BEFORE = 5, 4, 3


@dataclass(frozen=True)
class NamedPairs:
    """Pairs of names, row by row: one article a row, and the words of its two parties.

    Attributes
    ----------
    tokens
        The texts.
    holder, target
        One hit a row, shape (n_rows,): the two parties as the row names them.
    label
        0 neutral, 1 holder for target, 2 target for holder, 3 holder against target, 4 target against holder.
    """

    tokens: Tokens
    holder: Hits
    target: Hits
    label: NDArray[np.int64]

    def __getitem__(self, rows: NDArray[np.int64]) -> NamedPairs:
        """Return some of the rows."""
        parts = [Labelled(self.tokens, hits, self.label)[rows] for hits in (self.holder, self.target)]
        return NamedPairs(parts[0].tokens, parts[0].mentions, parts[1].mentions, self.label[rows])


def bracketed(sentences: Sequence[str], parties: Sequence[tuple[str, str]], label: Sequence[int]) -> NamedPairs:
    """Read sentences in which the parties stand in square brackets.

    Rows that repeat a sentence (brackets aside) and rows in which a party does not stand in brackets are left out.

    Parameters
    ----------
    sentences
        The sentences.
    parties
        The two names of each row; where just two are in brackets, the first is the holder.
    label
        See `NamedPairs`.
    """
    seen: set[str] = set()
    texts, spans, labels = [], [], []
    for sentence, names, value in zip(sentences, parties, label, strict=True):
        text, marked = _without_brackets(sentence)
        both = _both(marked, names)
        if text not in seen and both is not None:
            texts.append(text)
            spans.append(both)
            labels.append(value)
        seen.add(text)
    whole = mark(texts, spans, labels)
    rows, counts = np.unique(whole.mentions.term, return_counts=True)
    named = mark([texts[r] for r in rows[counts == 2]], [[spans[r][0]] for r in rows[counts == 2]], rows[counts == 2])
    other = mark([texts[r] for r in rows[counts == 2]], [[spans[r][1]] for r in rows[counts == 2]], rows[counts == 2])
    return NamedPairs(named.tokens, named.mentions, other.mentions, np.asarray(labels, np.int64)[rows[counts == 2]])


def _without_brackets(sentence: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, spans, place = "", [], 0
    for match in _BRACKETED.finditer(sentence):
        text += sentence[place : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[1]))
        text += match[1]
        place = match.end()
    return text + sentence[place:], spans


def _both(marked: list[tuple[int, int, str]], names: tuple[str, str]) -> list[tuple[int, int]] | None:
    if len(marked) == 2:
        return [span[:2] for span in marked]
    first = next((span for span in marked if span[2] == names[0]), None)
    second = next((span for span in marked if span[2] == names[1] and span is not first), None)
    return None if first is None or second is None else [first[:2], second[:2]]


class Cue(NamedTuple):
    """A cue of a pair's sentence: term, class, sign, zone, and its places from the first and the second name."""

    term: str
    kind: str
    sign: int
    zone: str
    first: str
    second: str


class Sentence(NamedTuple):
    """What is read of one pair: its cues, who speaks, whether ``by`` stands before the second name, the order."""

    cues: list[Cue]
    first_speaks: bool
    second_speaks: bool
    by_second: bool
    n_names: int
    turned: bool


def sentences(named: NamedPairs) -> Iterator[Sentence]:
    """Read the sentence of each pair; one with the names in two sentences has no cues."""
    tokens, text = named.tokens, clauses(named.tokens)
    all_cues = tone_cues()
    cues = all_cues.find(tokens, text.number, np.ones(len(tokens.word), bool))
    turned = named.target.first < named.holder.first
    a = tuple(np.where(turned, t, h) for h, t in _ends(named))
    b = tuple(np.where(turned, h, t) for h, t in _ends(named))
    together = tokens.sentence[a[0]] == tokens.sentence[b[0]]
    rows = _cues_of(tokens, text.number, cues, a, b, together)
    speaks_a, speaks_b = _speaks(tokens, a, b[0]), _speaks(tokens, b, np.full(len(b[0]), len(tokens.word)))
    by = any_between(tokens, _BY, np.maximum(a[1] + 1, b[0] - _BY_REACH), b[0])
    capital = _names_between(tokens, a[1], b[0])
    for row, found in enumerate(rows):
        yield Sentence(
            found, bool(speaks_a[row]), bool(speaks_b[row]), bool(by[row]), int(capital[row]), bool(turned[row])
        )


def _ends(named: NamedPairs) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]:
    return (named.holder.first, named.target.first), (named.holder.last, named.target.last)


def _cues_of(
    tokens: Tokens, number: NDArray[np.int32], cues: Signed, a: tuple[NDArray[np.int64], ...],
    b: tuple[NDArray[np.int64], ...], together: NDArray[np.bool_],
) -> list[list[Cue]]:  # fmt: skip
    lists = tone_cues()
    of = tokens.sentence[cues.first]
    begin = np.searchsorted(of, tokens.sentence[a[0]])
    n = (np.searchsorted(of, tokens.sentence[a[0]], side="right") - begin) * together
    row = np.repeat(np.arange(len(n)), n)
    cue = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n) + begin[row]
    first, last = cues.first[cue], cues.last[cue]
    apart = ((last < a[0][row]) | (first > a[1][row])) & ((last < b[0][row]) | (first > b[1][row]))
    row, cue, first, last = row[apart], cue[apart], first[apart], last[apart]
    from_a = place_of(tokens, number, (first, last), (a[0][row], a[1][row]))
    from_b = place_of(tokens, number, (first, last), (b[0][row], b[1][row]))
    zone = (first > a[1][row]).astype(int) + (first > b[1][row])
    found: list[list[Cue]] = [[] for _ in n]
    for r, c, z, p, q in zip(*(x.tolist() for x in (row, cue, zone, from_a, from_b)), strict=True):
        term = int(cues.term[c])
        found[r].append(
            Cue(lists.matcher.terms[term], CLASSES[lists.kind[term]], int(cues.sign[c]), ZONES[z], PLACES[p], PLACES[q])
        )
    return found


def _speaks(tokens: Tokens, name: tuple[NDArray[np.int64], ...], limit: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell whether a verb of speech stands right after or before a name, in its sentence and before a limit."""
    begin = tokens.sentence_bounds[tokens.sentence[name[0]]]
    end = tokens.sentence_bounds[tokens.sentence[name[0]] + 1]
    after = any_between(tokens, _SPEECH, name[1] + 1, np.minimum(np.minimum(name[1] + 1 + _SPEECH_AFTER, end), limit))
    return after | any_between(tokens, _SPEECH, np.maximum(begin, name[0] - _SPEECH_BEFORE), name[0])


def _names_between(tokens: Tokens, first: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    strings = tokens.types.strings
    capital = tokens.types.column(
        "begins with a capital", lambda new: np.array([strings[i][:1].isupper() for i in new], bool)
    )[tokens.word]
    running = np.append(0, np.cumsum(capital))
    return running[np.maximum(end, first + 1)] - running[first + 1]


def keys_of(cue: Cue) -> tuple[str, ...]:
    """Return the names of the strengths that add up for a cue."""
    way = SIGNS[cue.sign > 0]
    return (
        f"{cue.kind} {way} {cue.zone}",
        f"{cue.kind} {way} {cue.zone}, {cue.second}",
        f"{way} {cue.zone}, {cue.first}, {cue.second}",
        f"{cue.term}: {way}",
        f"{cue.term}: {way} {cue.zone}",
        f"{cue.term}: {way} {cue.zone}, {cue.second}",
    )


def value(sentence: Sentence, strengths: Mapping[str, float]) -> float:
    """Return the sum of the strengths of a sentence's cues."""
    return sum(strengths.get(key, 0.0) for cue in sentence.cues for key in keys_of(cue))


def from_second(sentence: Sentence, sign: int) -> bool:
    """Tell whether the attitude goes from the second name to the first, by the cues of its sign."""
    forth, back = 0.5, 0.0
    for cue in sentence.cues:
        if cue.sign != sign:
            continue
        if cue.zone == "between":
            if cue.first.startswith("passive") or (sentence.by_second and not cue.second.startswith("attribute")):
                back += 2
            elif cue.second == "attribute":
                forth += 3
            elif cue.kind in _ACTS and cue.second.startswith("object"):
                forth += 2
            elif sentence.second_speaks and not sentence.first_speaks:
                back += 1
        elif cue.zone == "after" and cue.second == "subject" and cue.kind in _ACTS and not sentence.n_names:
            back += 1
        elif cue.zone == "before" and sentence.second_speaks and not sentence.first_speaks:
            back += 1.5
    return back > forth


@lru_cache(maxsize=1)
def strengths() -> dict[str, float]:
    """Return the strengths and thresholds that ship with the package."""
    file = resources.files("framing") / "stances" / "pair_strengths.txt.gz"
    lines = gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()
    return {key: float(value) for key, _, value in (line.rpartition("\t") for line in lines if line[:1] != "#")}


def direct(named: NamedPairs) -> NDArray[np.int64]:
    """Return the label that the rules give each pair, see `NamedPairs.label`."""
    learned = strengths()
    total = np.array([value(sentence, learned) for sentence in sentences(named)])
    return directed(named, (total >= learned["upper threshold"]).astype(int) - (total <= learned["lower threshold"]))


def directed(named: NamedPairs, sign: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return labels of pairs from their signs: the grammar says who is for or against whom."""
    found = [
        (1 if s > 0 else 3) + (from_second(sentence, int(s)) != sentence.turned) if s else 0
        for sentence, s in zip(sentences(named), sign, strict=True)
    ]
    return np.array(found, np.int64)


def polarity(label: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return -1, 0 or 1 for labels of pairs, their direction left out."""
    return np.array([0, 1, 1, -1, -1])[label]
