"""Names by their capitals: which words are names, and which are written in capitals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.kernels import kernels
from framing.tokens import Tokens
from framing.type_table import Types

_OPENING_GAP = 3  # characters between two words when a quotation opens between them: mark, space, quote
_PRONOUN = ("I", "I'm", "I'll", "I've", "I'd")


def names(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which words are names, shape (n_words,).

    A name has a capital where a common word would have none: inside a sentence, not at the opening of
    a quotation. A word that stands so anywhere in an article is a name wherever it has its capital.
    """
    return tokens.once(_names)


def _names(tokens: Tokens) -> NDArray[np.bool_]:
    strings = tokens.types.strings
    by_type = tokens.types.column("name's capital", lambda new: np.array([_has_capital(strings[i]) for i in new], bool))
    if kernels:
        found = np.empty(len(tokens.word), bool)
        kernels.names(
            tokens.word, tokens.start, tokens.end, tokens.sentence, tokens.article, by_type, found, _OPENING_GAP
        )
        return found
    capital = by_type[tokens.word]
    opens = np.zeros(len(capital), bool)
    opens[tokens.sentence_bounds[:-1]] = True
    opens[1:] |= tokens.start[1:] - tokens.end[:-1] >= _OPENING_GAP
    sure = capital & ~opens
    return sure | (capital & _same_word(tokens, sure, capital & opens))


def begins_with_capital(types: Types) -> NDArray[np.bool_]:
    """Tell which types begin with a capital, shape (n_types,)."""
    strings = types.strings
    return types.column("begins with a capital", lambda new: np.array([strings[i][:1].isupper() for i in new], bool))


def all_capitals(types: Types) -> NDArray[np.bool_]:
    """Tell which types are written in capitals, two letters or more and a possessive aside, shape (n_types,)."""
    strings, norms = types.strings, types.norms

    def written(new: range) -> NDArray[np.bool_]:
        found = np.zeros(len(new), bool)
        for i in new:
            if strings[i][:2].isupper():  # few words do
                word = strings[i][: len(norms[i])]
                found[i - new.start] = word.isupper() and sum(map(str.isalpha, word)) > 1
        return found

    return types.column("all capitals", written)


def small_letters(types: Types) -> NDArray[np.bool_]:
    """Tell which types are written in small letters, shape (n_types,)."""
    strings = types.strings
    return types.column("small letters", lambda new: np.array([strings[i].islower() for i in new], bool))


def with_small_letters(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which sentences hold a word in small letters, shape (n_sentences,); in others capitals mean nothing."""
    if not tokens.n_sentences:
        return np.zeros(0, bool)
    return np.logical_or.reduceat(small_letters(tokens.types)[tokens.word], tokens.sentence_bounds[:-1])


def _same_word(tokens: Tokens, chosen: NDArray[np.bool_], among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which words of `among` are chosen elsewhere in their article."""
    key = tokens.article.astype(np.int64) * len(tokens.types) + tokens.word
    found = np.zeros(len(key), bool)
    places = np.flatnonzero(among)
    found[places] = np.isin(key[places], key[chosen])
    return found


def _has_capital(string: str) -> bool:
    return string[0].isupper() and string.replace("’", "'") not in _PRONOUN
