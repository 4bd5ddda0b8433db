"""What stands near or between words: questions to the text that are answered for many places at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.type_table import COMMA

Places = NDArray[np.int64]
"""Positions of words, shape (n,)."""
Answers = NDArray[np.bool_]


def any_between(tokens: Tokens, words: frozenset[str], first: Places, end: Places) -> Answers:
    """Tell whether one of some words stands in ``[first, end)``; an empty stretch holds none."""
    longest = int((end - first).max(initial=0))
    if longest * len(first) <= _FEW:
        return _stretches(tokens, words, first, end, longest)[0].any(axis=1)
    places = tokens.places(words)
    return np.searchsorted(places, np.maximum(end, first)) > np.searchsorted(places, first)


def comma_between(tokens: Tokens, first: Places, last: Places) -> Answers:
    """Tell whether a comma stands before one of the words behind each `first`, up to `last`."""
    commas = tokens.once(_commas)
    return np.searchsorted(commas, last, side="right") > np.searchsorted(commas, first, side="right")


def _commas(tokens: Tokens) -> Places:
    return np.flatnonzero((tokens.before & COMMA) > 0)


def last_between(tokens: Tokens, words: frozenset[str], first: Places, end: Places) -> Places:
    """Return the place of the last of some words in ``[first, end)``, or -1."""
    longest = int((end - first).max(initial=0))
    if longest * len(first) <= _FEW:
        inside, place = _stretches(tokens, words, first, end, longest)
        return np.where(inside, place, -1).max(axis=1, initial=-1)
    places = np.append(-1, tokens.places(words))
    found = places[np.searchsorted(places, end) - 1]
    return np.where(found >= first, found, -1)


_FEW = 2_000  # words up to which stretches are looked at one by one: cheaper than finding a word in all texts


def _stretches(
    tokens: Tokens, words: frozenset[str], first: Places, end: Places, longest: int
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return the places of each stretch, shape (n, longest), and whether they are inside it and one of some words."""
    place = first[:, None] + np.arange(longest)
    inside = place < end[:, None]
    return inside & tokens.types.among(words)[tokens.word[np.where(inside, place, 0)]], place


def is_among(tokens: Tokens, words: frozenset[str], place: Places) -> Answers:
    """Tell whether the word at each place is one of some words; no word stands before the text."""
    inside = (place >= 0) & (place < len(tokens.word))
    return tokens.types.among(words)[tokens.word[np.where(inside, place, 0)]] & inside


def ends_in(tokens: Tokens, endings: tuple[str, ...], place: Places) -> Answers:
    """Tell whether the word at each place has one of some endings."""
    return tokens.types.ending_in(endings)[tokens.word[np.maximum(place, 0)]]


def before_mention(tokens: Tokens, first: Places, skipped: frozenset[str], most: int) -> Places:
    """Return the place before each mention, skipping articles and titles; -1 where its sentence begins there."""
    begin = tokens.sentence_bounds[tokens.sentence[first]]
    place = first - 1
    for _ in range(most):
        place = place - ((place >= begin) & is_among(tokens, skipped, np.maximum(place, 0)))
    return np.where(place >= begin, place, -1)
