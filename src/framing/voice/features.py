"""What the voice model sees: codes of the words around a cue, and of the segments between cues and punctuation.

A feature is a row of small integers, one a cue candidate or segment; the weights are tables that
such integers point into. All is worked out for a batch of articles at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.tokens import BRACKET, COLON, COMMA, DASH, FENCE, QUOTE, STOP, Tokens
from framing.voice.quotes import quoted_words
from framing.wordlists import word_lists

Ints = NDArray[np.integer]

N_KINDS = 7
N_CLASSES = 20  # codes of words outside the vocabulary: figures, capitals, endings
NOWHERE = 0
_ENDINGS = ("ing", "ed", "ly", "s", "tion", "er", "ion")
_CUE_ENDINGS = ("said", "ed", "ing", "s", "e")
_BREAKS = COMMA | COLON | DASH | BRACKET | QUOTE | STOP
_PAUSES = COMMA | COLON | DASH | BRACKET
_BITS = FENCE * 2  # number of values that the bits up to FENCE can take
_OPENERS = frozenset("that who which while because but as when after if whether".split())
_GROUPS = {
    "first_person": frozenset("i we my our me us".split()),
    "modal": frozenset("would will could should can may must might".split()),
    "negation": frozenset("not no never".split()),
}
_DISTANCES = np.array([0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 40])
CHANCE_STEPS = np.array([0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97])
_N_DENSITIES = 9
_QUOTES_AT = 10  # where segment_features lists "quotes"
CUE_AT = 0.15
"""A candidate so likely a cue parts segments."""


class Feature(NamedTuple):
    """Codes of one feature, shape (n_rows,), and how many there are."""

    name: str
    codes: Ints
    size: int


@dataclass(frozen=True, eq=False)  # equal only to itself, so that it can name a column of the types
class Lexicon:
    """Words that the model knows by name, and words that may be cues with how often they are."""

    words: tuple[str, ...]
    cues: dict[str, float]

    @property
    def n_words(self) -> int:
        """Number of codes of words, those for classes included."""
        return N_CLASSES + len(self.words)

    @cached_property
    def _code(self) -> dict[str, int]:
        return {word: N_CLASSES + i for i, word in enumerate(self.words)}

    @cached_property
    def _cue(self) -> dict[str, int]:
        return {word: i + 1 for i, word in enumerate(self.cues)}

    def of_types(self, tokens: Tokens) -> NDArray[np.int32]:
        """Return the word code, cue number and class of cue (0: none) of each type, shape (n_types, 3)."""
        strings, norms = tokens.types.strings, tokens.types.norms
        code, cue = self._code, self._cue
        return tokens.types.column(
            ("voice", self),
            lambda new: np.array([
                (code.get(norms[i]) or _class_of(strings[i], norms[i]), cue.get(norms[i], 0), cue_kind(norms[i]))
                for i in new
            ], np.int32).reshape(-1, 3),
        )  # fmt: skip


CUE_KINDS = ("neutral", "endorsing", "distancing", "arguing", "hedged", "performative")
"""Classes of cue verbs, see ``codebooks/_reporting_verbs.toml``."""


@lru_cache(maxsize=1)
def _listed_cues() -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    """Return the classes of listed forms, and of beginnings that stand for all forms; of phrases the first word."""
    exact: dict[str, int] = {}
    beginnings: list[tuple[str, int]] = []
    for number, kind in enumerate(CUE_KINDS, start=1):
        for verb in word_lists("_reporting_verbs")[kind]["verbs"]:
            first = verb.split()[0]
            if first.endswith("*"):
                beginnings.append((first[:-1], number))
            elif first not in _LIGHT_VERBS:
                exact.setdefault(first, number)
    return exact, tuple(beginnings)


def cue_kind(norm: str) -> int:
    """Return the class of a cue verb's form, counted from 1 as in `CUE_KINDS`, or 0."""
    exact, beginnings = _listed_cues()
    return exact.get(norm) or next((number for stem, number in beginnings if norm.startswith(stem)), 0)


_LIGHT_VERBS = frozenset("is was are were in from as".split())


def _class_of(string: str, norm: str) -> int:
    if not norm.isalpha() and any(map(str.isdigit, norm)):
        return 1
    if string[:1].isupper():
        return 2 if string.isupper() else 3
    return next((4 + i for i, ending in enumerate(_ENDINGS) if norm.endswith(ending)), 4 + len(_ENDINGS))


def _distance(words: Ints) -> Ints:
    return np.searchsorted(_DISTANCES, words, side="right")


def _chance(probability: NDArray[np.floating]) -> Ints:
    return np.searchsorted(CHANCE_STEPS, probability)


N_DISTANCES, N_CHANCES = len(_DISTANCES) + 1, len(CHANCE_STEPS) + 1


@dataclass(frozen=True)
class Context:
    """Words of a batch with what every feature asks of them, shape (n_words,) unless noted."""

    tokens: Tokens
    lexicon: Lexicon
    code: Ints
    cue: Ints
    kind: Ints
    first: Ints
    last: Ints
    bits: Ints
    quoted: NDArray[np.bool_]
    capital: Ints

    @classmethod
    def of(cls, tokens: Tokens, lexicon: Lexicon) -> Context:
        """Work out the context of some tokens."""
        of_word = lexicon.of_types(tokens)[tokens.word]
        strings = tokens.types.strings
        capital = tokens.types.column("capital", lambda new: np.array([strings[i][:1].isupper() for i in new], np.int8))
        bounds = tokens.sentence_bounds.astype(np.int32)
        lengths = np.diff(bounds)
        return cls(
            tokens, lexicon, of_word[:, 0], of_word[:, 1], of_word[:, 2], np.repeat(bounds[:-1], lengths),
            np.repeat(bounds[1:] - 1, lengths), tokens.before.astype(np.int32) & (_BITS - 1),
            tokens.once(quoted_words), capital[tokens.word],
        )  # fmt: skip

    @cached_property
    def candidates(self) -> Ints:
        """Words that may be cues."""
        return np.flatnonzero(self.cue + self.kind).astype(np.int32)

    def at(self, values: Ints, places: Ints, step: int, first: Ints, last: Ints, nowhere: int = NOWHERE) -> Ints:
        """Return values so many words on, or `nowhere` beyond the sentence."""
        there = places + step
        inside = (there >= first) & (there <= last)
        return np.where(inside, values[np.where(inside, there, 0)], nowhere)


def cue_features(context: Context) -> list[Feature]:
    """Return the features of the cue candidates."""
    c = context
    here = c.candidates
    first, last = c.first[here], c.last[here]
    n_words, n_cues = c.lexicon.n_words, len(c.lexicon.cues) + 1
    found: list[Feature] = []

    def add(name: str, codes: Ints, size: int) -> None:
        found.append(Feature(name, codes, size))

    def word(step: int) -> Ints:
        return c.at(c.code, here, step, first, last)

    def mark(step: int) -> Ints:
        return c.at(c.bits, here, step, first, last, _BITS)

    breaks = (c.bits & _BREAKS) > 0
    breaks[c.tokens.sentence_bounds[:-1]] = True
    starts = np.flatnonzero(breaks)
    number = np.cumsum(breaks, dtype=np.int32) - 1
    ends = np.append(starts[1:], len(breaks)) - 1
    own = number[here]
    begin, end = starts[own], ends[own]
    is_first, is_last = own == number[first], own == number[last]
    quoted = c.quoted.astype(np.int32)
    n_quoted = np.append(0, np.cumsum(quoted, dtype=np.int32)).astype(np.int32)
    quoted_before, quoted_after = n_quoted[here] - n_quoted[first], n_quoted[last + 1] - n_quoted[here]
    n_candidates = np.append(0, np.cumsum((c.cue + c.kind > 0) & ~c.quoted))
    cue = c.cue[here]
    ending = _ending_of(c)[here]
    often = np.array([0.0, *c.lexicon.cues.values()])[cue]
    before = word(-1)
    for step in (-4, -3, -2, -1, 1, 2, 3, 4):
        add(f"word{step:+d}", word(step) if step != -1 else before, n_words)
    add("cue", cue, n_cues)
    kind, after = c.kind[here], word(1)
    add("kind", kind * 2 + (cue > 0), 2 * N_KINDS)
    add("kind_word+1", kind * n_words + after, N_KINDS * n_words)
    paused = ((c.bits[here] & _BREAKS) > 0) * 2 + c.at(c.capital, here, 1, first, last)
    add("paused_word+1", paused * n_words + after, 4 * n_words)
    for step in (-1, 0, 2):
        add(f"mark{step:+d}", mark(step), _BITS + 1)
    add("mark+1", np.where(here == last, _BITS + 1, mark(1)), _BITS + 2)
    add(
        "quoted",
        quoted[here] * 9 + c.at(quoted + 1, here, -1, first, last) * 3 + c.at(quoted + 1, here, 1, first, last),
        18,
    )
    left, right = np.minimum(here - begin, 9), np.minimum(end - here, 9)
    edge = is_first * 2 + is_last
    add("segment", (left * 10 + right) * 4 + edge, 400)
    add("cue_edge", cue * 4 + edge, n_cues * 4)
    add(
        "mark_after_segment",
        np.where(is_last, 0, 1 + c.bits[np.minimum(end + 1, len(c.bits) - 1)]) * 2 + ~is_first,
        2 * _BITS + 2,
    )
    add("mark_before_segment", np.where(is_first, 0, 1 + c.bits[begin]), _BITS + 1)
    add("quotes", (quoted_before > 0) * 8 + (quoted_after > 0) * 4 + quoted[first] * 2 + quoted[last], 16)
    add("quotes_near", _distance(quoted_before) * N_DISTANCES + _distance(quoted_after), N_DISTANCES**2)
    add("place", np.minimum(here - first, 15) * 16 + np.minimum(last - here, 15), 256)
    add(
        "candidates",
        np.minimum(n_candidates[here] - n_candidates[first], 4) * 6
        + np.minimum(n_candidates[last + 1] - n_candidates[here], 5),
        30,
    )
    add("sentence_first", c.code[first], n_words)
    add("segment_first", c.code[begin], n_words)
    capitals = c.capital.astype(np.int32)
    add(
        "capitals",
        c.at(capitals, here, -1, first, last, 2) * 9
        + c.at(capitals, here, -2, first, last, 2) * 3
        + c.at(capitals, here, 1, first, last, 2),
        27,
    )
    add("form", ending * 12 + np.minimum(11, (often * 12).astype(np.int64)), 72)
    add("form_word-1", ending * n_words + before, 6 * n_words)
    return found  # fmt: skip


def _ending_of(context: Context) -> Ints:
    norms = context.tokens.types.norms
    by_type = context.tokens.types.column(
        "cue_ending",
        lambda new: np.array(
            [next((k + 1 for k, e in enumerate(_CUE_ENDINGS) if norms[i].endswith(e)), 0) for i in new], np.int8
        ),
    )
    return by_type[context.tokens.word].astype(np.int64)


@dataclass(frozen=True)
class Segments:
    """Stretches of a sentence without punctuation inside; a likely cue is one of its own.

    Attributes
    ----------
    first, last
        First and last word (inside), shape (n_segments,).
    before, after, cue
        The chance that its cue has its content before it, after it, and that it is a cue at all.
    """

    first: Ints
    last: Ints
    before: NDArray[np.floating]
    after: NDArray[np.floating]
    cue: NDArray[np.floating]


def segment(context: Context, chances: NDArray[np.floating]) -> Segments:
    """Part sentences into segments.

    Parameters
    ----------
    context
        The words.
    chances
        For each candidate: no cue, content after it, before it, on both sides or elsewhere; shape
        (n_candidates, 4).
    """
    c = context
    is_cue = 1 - chances[:, 0]
    likely = c.candidates[is_cue > CUE_AT]
    breaks = (c.bits & _BREAKS) > 0
    breaks[c.tokens.sentence_bounds[:-1]] = True
    breaks |= c.tokens.types.among(_OPENERS)[c.tokens.word]
    breaks[likely] = True
    breaks[np.minimum(likely + 1, len(breaks) - 1)] = True
    breaks[1:] |= c.quoted[1:] != c.quoted[:-1]
    first = np.flatnonzero(breaks).astype(np.int32)
    last = np.append(first[1:], len(breaks)).astype(np.int32) - 1
    most = np.zeros((len(first), 3), np.float32)
    own = np.cumsum(breaks)[c.candidates] - 1
    before, after = chances[:, 2] + 0.5 * chances[:, 3], chances[:, 1] + 0.5 * chances[:, 3]
    np.maximum.at(most, own, np.stack([before, after, is_cue], axis=1).astype(np.float32))
    return Segments(first, last, most[:, 0], most[:, 1], most[:, 2])


def segment_features(context: Context, segments: Segments) -> list[Feature]:
    """Return the features of the segments."""
    c, s = context, segments
    tokens = c.tokens
    n_words, n_cues = c.lexicon.n_words, len(c.lexicon.cues) + 1
    here, end = s.first, s.last
    n = len(here)
    first, last = c.first[here], c.last[here]
    sentence = tokens.sentence[here]
    heads = np.flatnonzero(here == first).astype(np.int32)
    opening = np.repeat(heads, np.diff(np.append(heads, n)))  # the first segment of the sentence of each
    closing = np.repeat(np.append(heads[1:], n) - 1, np.diff(np.append(heads, n)))
    row = np.arange(n, dtype=np.int32)
    quoted = c.quoted.astype(np.int32)
    n_quoted = np.append(0, np.cumsum(quoted, dtype=np.int32)).astype(np.int32)
    bounds = tokens.sentence_bounds
    lengths, in_quotes = np.diff(bounds), n_quoted[bounds[1:]] - n_quoted[bounds[:-1]]
    quotes = np.where(in_quotes == 0, 0, np.where(in_quotes == lengths, 2, 1))
    own_quotes = quoted[here] + 2 * quotes[sentence]
    length = end - here + 1
    found: list[Feature] = []

    def add(name: str, codes: Ints, size: int) -> None:
        found.append(Feature(name, codes, size))

    for step in (-2, -1, 0, 1, 2):
        add(f"word{step:+d}", c.at(c.code, here, step, first, last), n_words)
    for step in (-1, 0, 1):
        add(f"end{step:+d}", c.at(c.code, end, step, here if step < 0 else first, last), n_words)
    add("mark", c.bits[here] + _BITS * (here == first), 2 * _BITS)
    add("mark_after", np.where(end == last, _BITS, c.bits[np.minimum(end + 1, len(c.bits) - 1)]), _BITS + 1)
    add("quotes", quoted[here] + 2 * quoted[first] + 4 * quoted[last] + 8 * quotes[sentence], 24)
    chance = _chance(s.cue)
    pauses = np.cumsum((c.bits[here] & _PAUSES) > 0, dtype=np.int32)
    marks = np.cumsum((c.bits[here] & QUOTE) > 0, dtype=np.int32)
    for name, likely, left in (
        ("left_after", s.after, True), ("right_before", s.before, False),
        ("right_after", s.after, False),
    ):  # fmt: skip
        mask = likely > CUE_AT
        if left:
            near = np.maximum.accumulate(np.where(mask, row, -1))
            near = np.append(-1, near[:-1])
            there = near >= opening
        else:
            near = np.minimum.accumulate(np.where(mask, row, n)[::-1])[::-1]
            there = near <= closing
        near = np.where(there, near, 0)
        n_pauses = np.where(there, np.minimum(3, np.abs(pauses - pauses[near])), 4)
        n_marks = np.where(there, np.minimum(2, np.abs(marks - marks[near])), 3)
        add(f"{name}_far", np.where(there, _distance(np.abs(here - here[near])), 0) * 5 + n_pauses, N_DISTANCES * 5)
        add(
            f"{name}_quotes",
            (np.where(there, _chance(likely[near]), N_CHANCES) * 4 + n_marks) * 6 + own_quotes,
            (N_CHANCES + 1) * 24,
        )
        add(f"{name}_cue", np.where(there, c.cue[here[near]], 0) * 2 + (n_pauses > 0), n_cues * 2)
        if left:
            follows = np.where(
                there & (here[near] < last), c.code[np.minimum(here[near] + 1, len(c.code) - 1)], NOWHERE
            )
            add(f"{name}_next", follows * 5 + n_pauses, n_words * 5)
        elif name == "right_before":
            add(f"{name}_end", np.where(there, np.minimum(7, last - here[near]), 8) * 5 + n_pauses, 45)
    # the sentence and its neighbours
    top_after = _chance(np.maximum.reduceat(s.after, heads)) if n else row
    top_before = _chance(np.maximum.reduceat(s.before, heads)) if n else row
    of_sentence = tokens.sentence[first[heads]]
    article, paragraph = tokens.sentence_article[of_sentence], tokens.sentence_paragraph[of_sentence]
    whose = np.cumsum(here == first) - 1
    head_quotes = quotes[of_sentence]
    add("sentence", ((top_after * N_CHANCES + top_before) * 3 + head_quotes)[whose], 3 * N_CHANCES**2)
    brief = np.minimum(2, np.maximum(top_after, top_before) // 3) * 3 + head_quotes
    same = np.append(False, article[1:] == article[:-1])
    close = same & np.append(False, paragraph[1:] == paragraph[:-1])
    before = np.where(same, np.append(0, brief[:-1]) + 1, 0) * 2 + close
    after = np.where(np.append(same[1:], False), np.append(brief[1:], 0) + 1, 0) * 2 + np.append(close[1:], False)
    add("sentence_before", (before * 9 + brief)[whose], 180)
    add("sentence_after", (after * 9 + brief)[whose], 180)
    add("sentences_around", (before * 20 + after)[whose], 400)
    add("sentence_length", (np.minimum(lengths[of_sentence] // 4, 12) * 3 + head_quotes)[whose], 39)
    add("sentence_first", c.code[first], n_words)
    add("sentence_second", c.code[np.minimum(first + 1, last)], n_words)
    # the article: how much it quotes, how many cues it has, whether it speaks in the first person
    owner = tokens.article
    n_articles = len(tokens)
    of_article = owner[here]
    n_in_article = np.maximum(1, np.bincount(owner, minlength=n_articles))

    def density(values: NDArray[np.floating], owners: Ints, scale: float) -> Ints:
        mean = np.bincount(owners, values, n_articles) / n_in_article
        return np.minimum(_N_DENSITIES - 1, np.rint(np.sqrt(mean * scale) * 2)).astype(np.int64)[of_article]

    add("article_quotes", density(quoted, owner, 6.0) * 24 + found[_QUOTES_AT].codes, _N_DENSITIES * 24)
    add("article_cues", density(s.cue, of_article, 120.0) * N_CHANCES + chance, _N_DENSITIES * N_CHANCES)
    unquoted_i = tokens.types.among(_GROUPS["first_person"])[tokens.word] & ~c.quoted
    add("article_first_person", density(unquoted_i, owner, 200.0) * N_CHANCES + chance, _N_DENSITIES * N_CHANCES)
    place = np.minimum(row - opening, 3) * 4 + np.minimum(closing - row, 3)
    add("place", place * N_CHANCES + chance, 16 * N_CHANCES)
    add("length", np.minimum(length, 12) * 6 + own_quotes, 78)
    add("chance", chance * 13 + np.minimum(length, 12), N_CHANCES * 13)
    capitals = np.add.reduceat(c.capital.astype(np.int32), here) if n else row
    add("capitals", np.minimum(capitals, 5) * 13 + np.minimum(length, 12), 78)
    for step in (-1, 1):
        there = row + step
        inside = (there >= opening) & (there <= closing)
        there = np.where(inside, there, 0)
        add(
            f"segment{step:+d}",
            np.where(inside, chance[there] * 5 + np.minimum(4, length[there] // 2) + 1, 0),
            N_CHANCES * 5 + 1,
        )
    for name in ("modal", "negation"):
        member = tokens.types.among(_GROUPS[name])[tokens.word].astype(np.int32)
        has = np.add.reduceat(member, here) > 0 if n else row
        add(name, has * 6 + own_quotes, 12)
    return found  # fmt: skip


def score(features: Sequence[Feature], tables: dict[str, NDArray[np.float32]], n_classes: int) -> NDArray[np.float32]:
    """Add up the weights that the features point at, shape (n_rows, n_classes)."""
    total = np.zeros((len(features[0].codes), n_classes), np.float32)
    rows = np.empty_like(total)
    for feature in features:
        table = tables.get(feature.name)
        if table is not None:
            total += np.take(table, feature.codes, axis=0, out=rows, mode="clip")  # codes are below the size
    return total
