"""What the voice model sees of a batch of words: their codes, punctuation and sentences, and how features are scored.

A feature is a row of small integers, one a cue candidate or segment; the weights are tables that
such integers point into. All is worked out for a batch of articles at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.kernels import kernels
from framing.names import begins_with_capital
from framing.tokens import Tokens, tokenize
from framing.type_table import BRACKET, COLON, COMMA, DASH, MARK, QUOTE, STOP, Types
from framing.voice.quotes import quoted_words
from framing.wordlists import word_lists

Ints = NDArray[np.integer]

N_KINDS = 7
N_CLASSES = 20  # codes of words outside the vocabulary: figures, capitals, endings
NOWHERE = 0
_ENDINGS = ("ing", "ed", "ly", "s", "tion", "er", "ion")
BREAKS = COMMA | COLON | DASH | BRACKET | QUOTE | STOP
PAUSES = COMMA | COLON | DASH | BRACKET
BITS = MARK * 2  # number of values that the bits up to MARK can take
_DISTANCES = np.array([0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 40], np.int64)
CHANCE_STEPS = np.array([0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97])
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
        strings, norms, kinds = tokens.types.strings, tokens.types.norms, cue_kinds(tokens.types)
        code, cue = self._code, self._cue
        return tokens.types.column(
            ("voice", self),
            lambda new: np.array([
                (code.get(norm) or _class_of(string, norm), cue.get(norm, 0), kind)
                for string, norm, kind in zip(strings[new.start :], norms[new.start :], kinds[new.start :], strict=True)
            ], np.int32).reshape(-1, 3),
        )  # fmt: skip


CUE_KINDS = ("neutral", "endorsing", "distancing", "arguing", "hedged", "performative")
"""Classes of cue verbs, see ``codebooks/_reporting_verbs.toml``."""


@lru_cache(maxsize=1)
def _listed_cues() -> tuple[dict[str, int], dict[str, int]]:
    """Return the classes of listed forms, and of beginnings that stand for all forms; of phrases the first word."""
    exact: dict[str, int] = {}
    beginnings: dict[str, int] = {}
    for number, kind in enumerate(CUE_KINDS, start=1):
        for verb in word_lists("_reporting_verbs")[kind]["verbs"]:
            first = verb.split()[0]
            if first.endswith("*"):
                beginnings.setdefault(first[:-1], number)
            elif first not in _LIGHT_VERBS:
                exact.setdefault(first, number)
    return exact, beginnings


@lru_cache(maxsize=1)
def _beginnings() -> tuple[str, ...]:
    return tuple(_listed_cues()[1])


def cue_kinds(types: Types) -> NDArray[np.int8]:
    """Return the `cue_kind` of each type, shape (n_types,)."""
    norms = types.norms
    return types.column("cue kinds", lambda new: np.array([cue_kind(norm) for norm in norms[new.start :]], np.int8))


def cue_kind(norm: str) -> int:
    """Return the class of a cue verb's form, counted from 1 as in `CUE_KINDS`, or 0."""
    exact, beginnings = _listed_cues()
    if norm in exact:
        return exact[norm]
    if not norm.startswith(_beginnings()):
        return 0
    return next(number for stem, number in beginnings.items() if norm.startswith(stem))


_SAID, _THE = frozenset(["said"]), frozenset(["the", "this", "these"])
_LIGHT_VERBS = frozenset("is was are were in from as".split())


def _class_of(string: str, norm: str) -> int:
    if not norm.isalpha() and any(map(str.isdigit, norm)):
        return 1
    if string[:1].isupper():
        return 2 if string.isupper() else 3
    if not norm.endswith(_ENDINGS):
        return 4 + len(_ENDINGS)
    return next(4 + i for i, ending in enumerate(_ENDINGS) if norm.endswith(ending))


def distance_code(words: Ints) -> Ints:
    """Return the class of a distance in words, below `N_DISTANCES`."""
    return np.searchsorted(_DISTANCES, words, side="right")


def chance_code(probability: NDArray[np.floating]) -> Ints:
    """Return the class of a chance, below `N_CHANCES`."""
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
        code, cue, kind = (column[tokens.word] for column in lexicon.of_types(tokens).T)
        bounds = tokens.sentence_bounds.astype(np.int32)
        lengths = np.diff(bounds)
        capital = begins_with_capital(tokens.types)[tokens.word]
        said = tokens.places(_SAID)
        said = said[(said > 0) & (tokens.before[said] == 0)]
        the = tokens.types.among(_THE)[tokens.word[said - 1]]
        no_verb = said[(capital[said] & capital[said - 1]) | the]  # "Omar Said", "the said deal"
        cue[no_verb] = kind[no_verb] = 0
        return cls(
            tokens, lexicon, code, cue, kind, np.repeat(bounds[:-1], lengths),
            np.repeat(bounds[1:] - 1, lengths), tokens.before.astype(np.int32) & (BITS - 1),
            tokens.once(quoted_words), capital.view(np.int8),
        )  # fmt: skip

    @cached_property
    def candidates(self) -> Ints:
        """Words that may be cues."""
        return np.flatnonzero(self.cue + self.kind).astype(np.int32)

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """What the loops in C ask of the words."""
        return self.code, self.cue, self.kind, self.first, self.last, self.bits, self.quoted, self.capital

    @property
    def codes(self) -> tuple[Any, ...]:
        """What the loops in C ask of the codes."""
        return self.lexicon.n_words, BITS, BREAKS, PAUSES, QUOTE, _DISTANCES, CHANCE_STEPS, CUE_AT

    def at(self, values: Ints, places: Ints, step: int, first: Ints, last: Ints, nowhere: int = NOWHERE) -> Ints:
        """Return values so many words on, or `nowhere` beyond the sentence."""
        there = places + step
        inside = (there >= first) & (there <= last)
        return np.where(inside, values[np.where(inside, there, 0)], nowhere)


@lru_cache(maxsize=4)
def specimen(lexicon: Lexicon) -> Context:
    """Return the context of a short text: the names and sizes of features are the same for all texts."""
    return Context.of(tokenize("“It rained,” he said."), lexicon)


def with_codes(plain: Sequence[Feature], n: int) -> tuple[list[Feature], NDArray[np.int16]]:
    """Return features of the same names and sizes for `n` rows, and the array that holds their codes, to be filled."""
    codes = np.empty((len(plain), n), np.int16)  # the sizes of all features fit
    return [Feature(feature.name, row, feature.size) for feature, row in zip(plain, codes, strict=True)], codes


def within(first: Ints, length: Ints) -> Ints:
    """Return the places first, first + 1, ... of runs of such lengths, one run after the other."""
    ends = np.cumsum(length)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + length, length)


def covered(first: Ints, length: Ints) -> Ints:
    """Return the places that runs cover, each once, in ascending order.

    There are no more than there are words, however far the runs of a text without full stops reach.
    """
    order = np.argsort(first, kind="stable")
    begin, end = first[order], (first + length)[order]
    begin[1:] = np.maximum(begin[1:], np.maximum.accumulate(end)[:-1])
    return within(begin, np.maximum(end - begin, 0))


def score(features: Sequence[Feature], tables: dict[str, NDArray[np.float32]], n_classes: int) -> NDArray[np.float32]:
    """Add up the weights that the features point at, shape (n_rows, n_classes)."""
    total = np.zeros((len(features[0].codes), n_classes), np.float32)
    if kernels:
        known = [feature for feature in features if feature.name in tables]
        kernels.add_up(total, tuple(f.codes for f in known), tuple(tables[f.name] for f in known))
        return total
    rows = np.empty_like(total)
    for feature in features:
        table = tables.get(feature.name)
        if table is not None:
            total += np.take(table, feature.codes, axis=0, out=rows, mode="clip")  # codes are below the size
    return total
