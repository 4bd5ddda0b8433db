"""Which holders speak for a government."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.names import begins_with_capital
from framing.tokens import Tokens
from framing.voice.context import Ints
from framing.voice.holders import Holder
from framing.wordlists import state_of_name

_OFFICES = frozenset(
    """president presidents premier minister ministers ministry ministries government governments secretary chancellor
    king queen ambassador ambassadors embassy envoy envoys senator congressman congresswoman governor mayor
    administration cabinet parliament official officials commissioner attorney sheriff general admiral colonel
    department pentagon kremlin delegation diplomat diplomats lawmaker lawmakers army navy police military""".split()
)
_SPEAK_FOR = frozenset("spokesman spokeswoman spokesperson spokesmen".split())
# With these in the name the office is no government's.
_PRIVATE = frozenset(
    """university college company club bank union firm league association church hotel school business industry
    corporate group manager director practitioner counsel party opposition labor labour""".split()
)
_GOVERNMENTS = frozenset(["european commission", "european union", "eu", "european council"])
_AFTER_OFFICE = 5  # words behind the name of an office in which the name of its holder may stand
_BEFORE_SPOKESMAN = 3  # words before "spokesman" in which a government may be named
_GO_ON = frozenset("of for and the".split())  # "minister of trade Zulkifli Hasan"


def are_official(tokens: Tokens, distinct: list[Holder], holder: Ints, article: Ints) -> NDArray[np.bool_]:
    """Tell which holders speak for a government, by an office in their name or beside it in the article.

    Parameters
    ----------
    tokens
        The text.
    distinct
        Holders.
    holder, article
        Index in `distinct` and index of the article, shape (n,) each.

    Returns
    -------
    numpy.ndarray
        Shape (n,).
    """
    parts = [_parts(who.name) for who in distinct]
    number = {last: i for i, last in enumerate(dict.fromkeys(last for _, last in parts))}
    last = np.array([number[last] for _, last in parts])
    person = np.array([who.type == "person" for who in distinct])
    place = _names_behind_offices(tokens)
    types, own = np.unique(tokens.word[place], return_inverse=True)
    strings = tokens.types.strings
    named = np.array([number.get(strings[i].lower(), -1) for i in types.tolist()], int)[own]
    known = named >= 0
    behind = tokens.article[place[known]].astype(np.int64) * len(number) + named[known]
    beside = person[holder] & np.isin(article * len(number) + last[holder], behind)
    return np.array([office for office, _ in parts])[holder] | beside


@lru_cache(maxsize=1 << 15)
def _parts(name: str) -> tuple[bool, str]:
    """Return whether a name is that of an office or a state, and its last word in lower case."""
    words = [word.removesuffix("'s").removesuffix("’s") for word in name.lower().split()]
    bare = " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)
    if bare in _GOVERNMENTS or (bare in state_of_name() and name.split()[-1][:1].isupper()):
        return True, words[-1]
    if not _PRIVATE.isdisjoint(words):
        return False, words[-1]
    office = not _OFFICES.isdisjoint(words)
    if not office and not _SPEAK_FOR.isdisjoint(words):  # a spokesman speaks for a government if one is named
        office = any(word in state_of_name() for word in words)
    return office, words[-1] if words else ""


def _names_behind_offices(tokens: Tokens) -> Ints:
    """Return the places of names that stand right behind an office."""
    among, word = tokens.types.among, tokens.word
    places = tokens.places(_OFFICES | _SPEAK_FOR)
    near = word[np.maximum(places[:, None] - np.arange(1, 1 + _BEFORE_SPOKESMAN), 0)]
    office = among(_OFFICES)
    of_government = office | among(frozenset(state_of_name()))
    offices = places[~among(_PRIVATE)[near[:, 0]] & (office[word[places]] | of_government[near].any(axis=1))]
    capital, goes_on = begins_with_capital(tokens.types), tokens.types.among(_GO_ON)
    ends = tokens.sentence_bounds[tokens.sentence[offices] + 1]
    behind = np.zeros(len(tokens.word), bool)
    going = np.ones(len(offices), bool)
    skipped = np.zeros(len(offices), int)  # words that are no name: one may stand behind "of"
    for step in range(1, 1 + _AFTER_OFFICE):
        place = np.minimum(offices + step, len(tokens.word) - 1)
        going &= offices + step < ends
        is_name = capital[tokens.word[place]]
        skipped += ~is_name & ~goes_on[tokens.word[place]]
        going &= is_name | goes_on[tokens.word[place]] | ((skipped == 1) & goes_on[tokens.word[place - 1]])
        behind[place[going & is_name]] = True
    return np.flatnonzero(behind)
