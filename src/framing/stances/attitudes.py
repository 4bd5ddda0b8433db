"""Who is for or against whom: the stance between two named parties, by strengths of what a sentence says of them.

Four attitudes are possible: the first party for the second, the second for the first, and the same against. The
value of each is the sum of the strengths of the cues of the sentence, by their class, their sign, their places from
both names, the grammar round the names and the tone toward each (`strength_rows`). Each has a threshold; the
attitude that exceeds its own most, in proportion, is the pair's, and the pair is neutral if none does. Which way is
harder to tell than whether: the sign of the pair, whoever holds the attitude, is decided by itself, by the sums for
and against and thresholds of their own. The strengths are learned from labelled pairs
(`framing.stances.make_strengths`) and ship as a text file. Without a cue all values are 0 and the pair is neutral; so
are two parties that are both objects of somebody else's deeds.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.stances.between import FIRST, SECOND, Cue, Sentence, from_second, sentences, two_objects
from framing.stances.named_pairs import NamedPairs, turned_round
from framing.stances.tone import SIGNS
from framing.stances.toward import toward

ATTITUDES = (1, 2, 3, 4)
"""The labels of `NamedPairs` that are no neutral ones, in the order of the text."""
TITLES = frozenset(
    """mr mrs ms sen rep president former gov senator governor secretary the a an his her their its""".split()
)
_GRAMMAR = frozenset(
    """of to with from against by for on in toward towards between than at over into under despite after before
    about like and or who that which but not is was are were be been has have had as while when if over his her
    their its it he she they we i said says""".split()
)
_BETWEEN = frozenset("of to with from against by for and who that which but not as while than over".split())
_OTHER, _BEGINNING, _END = "other", "beginning", "end"
_FAR, _MANY, _LONG = 12, 3, 60  # words between, names between, words of the sentence: counted up to here


class Strengths(NamedTuple):
    """Strength of each name for the four attitudes, the threshold of each, shape (4,), and those of the sums.

    The sums are of the attitudes for and against, shape (2,).
    """

    table: Mapping[str, NDArray[np.float64]]
    thresholds: NDArray[np.float64]
    of_sums: NDArray[np.float64]


def names_of_strengths(sentence: Sentence, by_class: bool = True) -> dict[str, float]:
    """Return the names of the strengths that add up for a sentence, each with the square root of how often it holds.

    Parameters
    ----------
    sentence
        What is read of the pair.
    by_class
        Whether the grammar round the names speaks by the class and zone of each cue as well.
    """
    found: Counter[str] = Counter()
    facts = list(grammar(sentence))
    back = {sign: from_second(sentence, sign) for sign in (-1, 1)}
    for cue in sentence.cues:
        way = SIGNS[cue.sign > 0]
        found.update(_of_cue(cue))
        found.update(_of_speech(cue, sentence))
        found.update(f"{way} {fact}" for fact in facts)
        found.update(f"{cue.kind} {way} {cue.zone}, {fact}" for fact in facts if by_class)
        turned = f"{way}, back: {back[cue.sign]}"
        found.update((turned, f"{cue.kind} {turned}", f"{cue.term}: {turned}"))
    return {name: float(np.sqrt(n)) for name, n in found.items()}


def strength_rows(named: NamedPairs, read: Sequence[Sentence], by_class: bool = True) -> list[dict[str, float]]:
    """Return the names of the strengths of each pair, with the tone toward each party (`framing.stances.toward`)."""
    own = toward(named, np.array([sentence.turned for sentence in read], bool))
    return [names_of_strengths(sentence, by_class) | tone for sentence, tone in zip(read, own, strict=True)]


def _of_cue(cue: Cue) -> Iterator[str]:
    way = SIGNS[cue.sign > 0]
    yield f"{cue.kind} {way} {cue.zone}"
    yield f"{cue.kind} {way} {cue.zone}, {cue.second}"
    yield f"{cue.kind} {way} {cue.zone}, {cue.first}, {cue.second}"
    yield f"{way} {cue.zone}, {cue.first}, {cue.second}"
    yield f"{cue.term}: {way}"
    yield f"{cue.term}: {way} {cue.zone}"
    yield f"{cue.term}: {way} {cue.zone}, {cue.second}"
    yield f"{cue.term}: {way} {cue.zone}, from {cue.first}"


def _of_speech(cue: Cue, sentence: Sentence) -> Iterator[str]:
    way = SIGNS[cue.sign > 0]
    speaks = f"speak: {sentence.first_speaks} {sentence.second_speaks}"
    yield f"{way} {cue.zone}, {speaks}"
    yield f"{cue.kind} {way} {cue.zone}, {speaks}"
    yield f"{way} {cue.zone}, names: {min(sentence.n_names, _MANY)}"
    yield f"{way} {cue.zone}, by: {sentence.by_second}"
    yield f"{way} {cue.zone}, {cue.second}, by: {sentence.by_second}"


def grammar(sentence: Sentence) -> Iterator[str]:
    """Return what the function words beside and between the names, and their distances, say of a sentence."""
    words = sentence.words
    if FIRST not in words or SECOND not in words:
        return
    a, b = words.index(FIRST), words.index(SECOND)
    for name, at in (("first", a), ("second", b)):
        yield f"before the {name}: {_function_word(words, before(words, at))}"
        yield f"after the {name}: {_function_word(words, at + 1)}"
    yield f"gap: {min(b - a - 1, _FAR) // 2}"
    yield f"names between: {min(sentence.n_names, _MANY)}"
    yield f"speak: {sentence.first_speaks} {sentence.second_speaks}"
    yield f"by: {sentence.by_second}"
    yield f"words before: {min(a, 6) // 2}"
    yield f"words after: {min(len(words) - b - 1, _FAR) // 3}"
    yield f"words: {min(len(words), _LONG) // 15}"
    yield from (f"between: {word}" for word in sorted(_BETWEEN.intersection(words[a + 1 : b])))


def before(words: list[str], at: int) -> int:
    """Return the place before a name, skipping articles and titles; -1 where the text begins there."""
    at -= 1
    while at >= 0 and words[at] in TITLES:
        at -= 1
    return at


def _function_word(words: list[str], at: int) -> str:
    if not 0 <= at < len(words):
        return _BEGINNING if at < 0 else _END
    return words[at] if words[at] in _GRAMMAR or words[at] in (FIRST, SECOND) else _OTHER


@lru_cache(maxsize=1)
def strengths() -> Strengths:
    """Return the strengths and thresholds that ship with the package."""
    file = resources.files("framing") / "stances" / "pair_strengths.txt.gz"
    lines = gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line[:1] != "#"]
    table = {name: np.array([float(v) if v else 0.0 for v in values]) for name, *values in rows}
    return Strengths(table, table.pop("thresholds"), table.pop("thresholds of sums"))


def contributions(row: Mapping[str, float], table: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """Return what each name of one row adds to the values of the four attitudes, shape (4,) each."""
    return {name: table[name] * n for name, n in row.items() if name in table}


def decide(value: NDArray[np.float64], thresholds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the label of each row in the order of the text.

    Parameters
    ----------
    value
        Of the four attitudes, shape (n_rows, 4).
    thresholds
        Value from which each attitude holds, shape (4,).
    """
    reached = value / thresholds
    return np.where(reached.max(axis=1) >= 1, np.array(ATTITUDES)[reached.argmax(axis=1)], 0)


def undirected(value: NDArray[np.float64], thresholds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return -1, 0 or 1 for each row: whether the values for or against add up to their threshold, whoever holds them.

    Parameters
    ----------
    value
        Of the four attitudes, shape (n_rows, 4).
    thresholds
        Of the sums for and against, shape (2,).
    """
    good, bad = value[:, :2].sum(axis=1) / thresholds[0], value[:, 2:].sum(axis=1) / thresholds[1]
    return np.where((good >= 1) & (good >= bad), 1, np.where(bad >= 1, -1, 0))


class Weighed(NamedTuple):
    """What the rules say of each pair: label, sign, and what added up to them, the names in the order of the text.

    Labels as in `NamedPairs.label`, signs as from `undirected`.
    """

    label: NDArray[np.int64]
    sign: NDArray[np.int64]
    parts: list[dict[str, NDArray[np.float64]]]


def weighed(named: NamedPairs) -> Weighed:
    """Return the label and the sign that the rules give each pair, and the strengths that decided."""
    read, learned = list(sentences(named)), strengths()
    parts = [
        {} if two_objects(sentence) else contributions(row, learned.table)
        for sentence, row in zip(read, strength_rows(named, read), strict=True)
    ]
    value = np.array([sum(part.values(), np.zeros(len(ATTITUDES))) for part in parts], float)
    value = value.reshape(-1, len(ATTITUDES))
    label = turned_round(decide(value, learned.thresholds), np.array([sentence.turned for sentence in read], bool))
    return Weighed(label, undirected(value, learned.of_sums), parts)


def direct(named: NamedPairs) -> NDArray[np.int64]:
    """Return the label that the rules give each pair, see `NamedPairs.label`."""
    return weighed(named).label
