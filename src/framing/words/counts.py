"""Counts of words and of runs of words by text, as sparse matrices over the table of types."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.lookup import cased_form
from framing.names import all_capitals, names, small_letters, with_small_letters
from framing.tokens import Tokens
from framing.type_table import Types


@dataclass(frozen=True)
class WordCounts:
    """How often each term stands in each text.

    Attributes
    ----------
    terms
        The terms, in order of first sight, shape (n_terms,).
    matrix
        Counts, shape (n_texts, n_terms).
    """

    terms: NDArray[np.object_]
    matrix: sparse.csr_matrix

    def without(self, words: frozenset[str]) -> WordCounts:
        """Return the counts of all terms that hold none of some words, given in lower case, in whatever letters."""
        if not words:
            return self
        keep = np.array([words.isdisjoint(term.lower().split(" ")) for term in self.terms], bool)
        return WordCounts(self.terms[keep], self.matrix[:, keep])


def word_counts(tokens: Tokens, n: int = 1, by_sentence: bool = False) -> WordCounts:
    """Count the words, or the runs of `n` words, of every text.

    Words are in lower case and without possessive; what hyphens join is one word. A word in capitals ("US", "WHO")
    keeps them and is another word than "us" and "who", but not in a sentence all in capitals, and not where the texts
    write the name with one capital as well ("Nato") and never in small letters. A run does not cross a sentence bound
    nor punctuation.

    Parameters
    ----------
    tokens
        The texts.
    n
        Length of the runs.
    by_sentence
        Whether rows are sentences instead of articles.

    Returns
    -------
    WordCounts
    """
    words, strings, begins = _words(tokens)
    owner = (tokens.sentence if by_sentence else tokens.article)[begins]
    n_rows = tokens.n_sentences if by_sentence else len(tokens)
    if n == 1:
        used, column = _compact(words, len(strings))
        terms = strings[used]
    else:
        starts = np.arange(max(0, len(words) - n + 1))
        closed = tokens.fenced[begins]
        for step in range(1, n):
            starts = starts[~closed[starts + step]]
        owner = owner[starts]
        key = words[starts].astype(np.int64)
        for step in range(1, n):  # one number a run, compact after each word so that it cannot overflow
            pairs, key = np.unique(key * len(strings) + words[starts + step], return_inverse=True)
        terms = _run_terms(starts, key, len(pairs) if len(starts) else 0, words, strings, n)
        column = key
    bounds = np.searchsorted(owner, np.arange(n_rows + 1))  # words stand in the order of their texts
    matrix = sparse.csr_matrix((np.ones(len(column)), column, bounds), shape=(n_rows, len(terms)))
    matrix.sum_duplicates()
    return WordCounts(terms, matrix)


def _run_terms(
    starts: NDArray[np.int64], key: NDArray[np.int64], n_terms: int, words: NDArray[np.int64],
    strings: NDArray[np.object_], n: int,
) -> NDArray[np.object_]:  # fmt: skip
    """Return the text of each run, from a place where it stands."""
    place = np.zeros(n_terms, np.int64)
    place[key] = starts
    parts = [strings[words[place + step]] for step in range(n)]
    return np.array([" ".join(run) for run in zip(*parts, strict=True)], object)


def _compact(numbers: NDArray[np.int64], n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the numbers that occur, and the place of each among them."""
    occurs = np.bincount(numbers, minlength=n) > 0
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]


def _norm_numbers(types: Types) -> NDArray[np.int64]:
    """Return the number of the normal form of each type."""
    known: dict[str, int] = types.notes.setdefault("norm_numbers", {})
    norms = types.norms
    return types.column("norm_number", lambda new: np.array([known.setdefault(norms[i], len(known)) for i in new], int))


def _numbered(tokens: Tokens) -> tuple[NDArray[np.int64], list[str]]:
    """Return the number of each word, parts of hyphenated ones singly, and the words by number."""
    if not len(tokens.word):
        return np.zeros(0, int), []
    of_type = _norm_numbers(tokens.types)
    number, strings = of_type[tokens.word], list(tokens.types.notes["norm_numbers"])
    apart = _in_capitals(tokens, of_type)
    written: dict[str, int] = {}
    types, which = np.unique(tokens.word[apart], return_inverse=True)
    forms = [cased_form(tokens.types.strings[i]) for i in types.tolist()]
    number[apart] = np.array([written.setdefault(f, len(strings) + len(written)) for f in forms], int)[which]
    return number, [*strings, *written]


def _in_capitals(tokens: Tokens, of_type: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of capitals that are words of their own, given the number of each type's normal form."""
    capital = all_capitals(tokens.types)
    places = np.flatnonzero(capital[tokens.word])
    places = places[with_small_letters(tokens)[tokens.sentence[places]]]
    # a name that nobody writes without a capital: "Nato" is "NATO"
    titled, used, name = np.zeros((3, len(capital)), bool)
    used[tokens.word] = True
    name[tokens.word[names(tokens)]] = True
    titled[of_type[np.flatnonzero(name & ~capital)]] = True
    titled[of_type[np.flatnonzero(used & small_letters(tokens.types))]] = False
    return places[~titled[of_type[tokens.word[places]]]]


def _words(tokens: Tokens) -> tuple[NDArray[np.int64], NDArray[np.object_], NDArray[np.int64]]:
    """Return the number of each word, the words by number, and where each begins among the tokens' words.

    Parts that a hyphen joins are one word, as they are for ``n_words``.
    """
    number, strings = _numbered(tokens)
    begins = np.flatnonzero(~tokens.glued)
    words = number[begins]
    joined: dict[str, int] = {}
    heads, of_head = np.unique(np.searchsorted(begins, np.flatnonzero(tokens.glued)) - 1, return_inverse=True)
    lengths = 1 + np.bincount(of_head, minlength=len(heads))
    for length in np.unique(lengths):
        own = heads[lengths == length]
        runs, which = np.unique(number[begins[own][:, None] + np.arange(length)], axis=0, return_inverse=True)
        names = ["-".join(strings[i] for i in run) for run in runs]
        numbers = np.array([joined.setdefault(name, len(strings) + len(joined)) for name in names])
        words[own] = numbers[which.ravel()]
    return words, np.array([*strings, *joined], object), begins
