"""Names by their capitals and their neighbours: which words are names, and which name persons or places.

Capitals alone do not tell a person from an organisation or a title, so persons are found by a form of
address before them and places by the gazetteer of states.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.wordlists import states

_OPENING_GAP = 3  # characters between two words when a quotation opens between them: mark, space, quote
_NAMES_IN_A_ROW = 3
_PRONOUN = ("I", "I'm", "I'll", "I've", "I'd")
_ADDRESS = frozenset(
    """mr mrs ms miss dr sir lord lady dame madam monsieur uncle aunt king queen prince princess president premier
    chancellor minister ambassador senator governor mayor secretary general colonel captain professor judge justice
    chairman chairwoman spokesman spokeswoman spokesperson datuk tan sri tun pope bishop""".split()
)


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
    strings = tokens.types.strings
    column = tokens.types.column(("words", name), lambda ids: np.array([value(strings[i]) for i in ids], dtype))
    return column[tokens.word]


def names(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which words are names, shape (n_words,).

    A name has a capital where a common word would have none: inside a sentence, not at the opening of
    a quotation. A word that stands so anywhere in an article is a name wherever it has its capital.
    """
    capital = of_type(tokens, "capital", _has_capital)
    opens = np.zeros(len(capital), bool)
    opens[tokens.sentence_bounds[:-1]] = True
    opens[1:] |= tokens.start[1:] - tokens.end[:-1] >= _OPENING_GAP
    sure = capital & ~opens
    return sure | (capital & _same_word(tokens, sure, capital & opens))


def known_names(tokens: Tokens, name: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which of the names name persons or places, shape (n_words,).

    Persons: up to three names after a form of address ("Prime Minister Anwar Ibrahim"), and the same
    words elsewhere in the article. Places: words of the names, adjectives and capitals of states.
    """
    goes_on = name[1:] & (tokens.sentence[1:] == tokens.sentence[:-1])
    person = np.zeros(len(name), bool)
    person[1:] = of_type(tokens, "address", _is_address)[:-1] & goes_on
    for _ in range(_NAMES_IN_A_ROW - 1):
        person[1:] |= person[:-1] & goes_on & ~tokens.fenced[1:]
    person |= _same_word(tokens, person, name)
    return name & (person | of_type(tokens, "place", _is_place))


def _same_word(tokens: Tokens, chosen: NDArray[np.bool_], among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which words of `among` are chosen elsewhere in their article."""
    key = tokens.article.astype(np.int64) * len(tokens.types) + tokens.word
    found = np.zeros(len(key), bool)
    places = np.flatnonzero(among)
    found[places] = np.isin(key[places], key[chosen])
    return found


def _has_capital(string: str) -> bool:
    return string[0].isupper() and string.replace("’", "'") not in _PRONOUN


def _is_address(string: str) -> bool:
    return string.lower() in _ADDRESS


def _is_place(string: str) -> bool:
    return string.replace("’", "'").removesuffix("'s").removesuffix("'") in _places()


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    terms = (term.removeprefix("case:") for terms in states().values() for term in terms)
    return frozenset(word for term in terms for word in term.split())
