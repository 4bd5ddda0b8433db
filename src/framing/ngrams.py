"""Words and word pairs by sentence: what can become a term, as integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens

_ACRONYM = 0.9  # share of a word's places in capitals that makes it an acronym


@dataclass(frozen=True)
class NGrams:
    """Places of the words and of the pairs of neighbouring words of some articles.

    A pair does not run across marks that a phrase does not cross. Numbers follow the alphabet, single words first.

    Attributes
    ----------
    names
        Each distinct word or pair, as the notation of codebooks writes it.
    size
        1 or 2 for each name.
    number, first, last, sentence
        For each place: its name's number, its first and last word (inside), its sentence.
    """

    names: list[str]
    size: NDArray[np.int64]
    number: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    sentence: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)

    def counts(self, where: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Count the places of each name, of all or of some places, shape (n_names,)."""
        return np.bincount(self.number if where is None else self.number[where], minlength=len(self))

    def in_units(
        self, unit: NDArray[np.int64], where: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return numbers, units and counts of what stands in each unit, ordered by number, then unit.

        Parameters
        ----------
        unit
            The unit of each place, e.g. its sentence.
        where
            Which places; all when not given.
        """
        number, unit = (self.number, unit) if where is None else (self.number[where], unit[where])
        width = int(unit.max(initial=0)) + 1
        keys, counts = np.unique(number * width + unit, return_counts=True)
        return keys // width, keys % width, counts


def ngrams(tokens: Tokens) -> NGrams:
    """Return the words and pairs of the articles."""
    names, word = _words(tokens)
    begin = np.flatnonzero(~tokens.fenced[1:]) if len(word) else np.zeros(0, np.int64)
    keys, pair = np.unique(word[begin] << 32 | word[begin + 1], return_inverse=True)
    halves = [(names[a], names[b]) for a, b in zip((keys >> 32).tolist(), (keys & 0xFFFFFFFF).tolist(), strict=True)]
    first = np.concatenate([np.arange(len(word)), begin])
    return NGrams(
        [*names, *(f"{a} {b}" for a, b in halves)],
        np.repeat([1, 2], [len(names), len(halves)]),
        np.concatenate([word, pair.reshape(-1) + len(names)]),
        first, np.concatenate([np.arange(len(word)), begin + 1]), tokens.sentence[first].astype(np.int64),
    )  # fmt: skip


def _words(tokens: Tokens) -> tuple[list[str], NDArray[np.int64]]:
    """Return the distinct normal forms, acronyms in capitals, and the number of each word's."""
    used, type_of = np.unique(tokens.word, return_inverse=True)
    if not len(used):
        return [], np.zeros(0, np.int64)
    forms, form_of = np.unique(np.array([tokens.types.norms[i] for i in used.tolist()]), return_inverse=True)
    word = form_of.reshape(-1).astype(np.int64)[type_of.reshape(-1)]
    strings = tokens.types.strings
    upper = np.array([len(s) > 1 and s.isalpha() and s.isupper() for s in strings], bool)[tokens.word]
    n, n_upper = (np.bincount(word, weights, minlength=len(forms)) for weights in (None, upper))
    capitals = (n_upper >= _ACRONYM * n) & (n_upper > 0)
    names = [f.upper() if c else f for f, c in zip(forms.tolist(), capitals.tolist(), strict=True)]
    return names, word
