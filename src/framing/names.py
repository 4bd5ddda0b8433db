"""Names by their capitals: which words are names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.kernels import kernels
from framing.tokens import Tokens

_OPENING_GAP = 3  # characters between two words when a quotation opens between them: mark, space, quote
_PRONOUN = ("I", "I'm", "I'll", "I've", "I'd")


def of_type(tokens: Tokens, name: str, value: Callable[[str], Any], dtype: type = bool) -> NDArray[Any]:
    """Return, for each word, what depends on its type alone; it is worked out once per type.

    Parameters
    ----------
    tokens
        The words.
    name
        Names the column of the types; the same name must always come with the same `value`.
    value
        From the string of a type to its value.
    dtype
        Type of the values.
    """
    return column(tokens, name, value, dtype)[tokens.word]


def column(tokens: Tokens, name: str, value: Callable[[str], Any], dtype: type = bool) -> NDArray[Any]:
    """Return the same by type, shape (n_types,)."""
    strings = tokens.types.strings
    return tokens.types.column(("words", name), lambda ids: np.array([value(strings[i]) for i in ids], dtype))


def names(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which words are names, shape (n_words,).

    A name has a capital where a common word would have none: inside a sentence, not at the opening of
    a quotation. A word that stands so anywhere in an article is a name wherever it has its capital.
    """
    if kernels:
        found = np.empty(len(tokens.word), bool)
        by_type = column(tokens, "capital", _has_capital)
        kernels.names(
            tokens.word, tokens.start, tokens.end, tokens.sentence, tokens.article, by_type, found, _OPENING_GAP
        )
        return found
    capital = of_type(tokens, "capital", _has_capital)
    opens = np.zeros(len(capital), bool)
    opens[tokens.sentence_bounds[:-1]] = True
    opens[1:] |= tokens.start[1:] - tokens.end[:-1] >= _OPENING_GAP
    sure = capital & ~opens
    return sure | (capital & _same_word(tokens, sure, capital & opens))


def _same_word(tokens: Tokens, chosen: NDArray[np.bool_], among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which words of `among` are chosen elsewhere in their article."""
    key = tokens.article.astype(np.int64) * len(tokens.types) + tokens.word
    found = np.zeros(len(key), bool)
    places = np.flatnonzero(among)
    found[places] = np.isin(key[places], key[chosen])
    return found


def _has_capital(string: str) -> bool:
    return string[0].isupper() and string.replace("’", "'") not in _PRONOUN
