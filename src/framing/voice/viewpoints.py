"""Phrases that say whose view a sentence gives: "In the minister's view, ...", "As per the ministry, ..."."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.type_table import COMMA, QUOTE
from framing.voice.context import BREAKS, Ints
from framing.voice.heads import head_of

_VIEWS = frozenset(
    """view views opinion eyes estimation judgment judgement words telling account perspective standpoint assessment
    reckoning""".split()
)
_IN, _OF, _PER, _AS = (frozenset(words.split()) for words in ("in from to by", "of", "per", "as"))
_POINT = ("point", "of", "view")
_OWN = frozenset("his her their its my our your".split())
_OWNERS = ("'s", "’s", "s'", "s’")
_NO_SOURCE = frozenset("a an one day week month year hour head capita person cent share barrel tonne ton".split())
_LONGEST = 10  # words from the beginning of the phrase to the pause behind it


class Viewpoints(NamedTuple):
    """Phrases of a view, in text order: the phrase, its cue, the head of its source, and the content.

    Attributes
    ----------
    first, end
        First word of the phrase and the one behind it.
    cue, source
        The words that stand for the cue and for the source.
    begin, stop
        First word of the content and the one behind it: the rest of the sentence.
    """

    first: Ints
    end: Ints
    cue: Ints
    source: Ints
    begin: Ints
    stop: Ints


def viewpoints(tokens: Tokens) -> Viewpoints:
    """Find phrases of a view that open or close a sentence, a comma between."""
    return tokens.once(_viewpoints)


def _viewpoints(tokens: Tokens) -> Viewpoints:
    cues = tokens.places(_VIEWS | _PER)
    cues = cues[_may_be(tokens, cues)]
    found = [row for row in (_phrase(tokens, cue) for cue in cues.tolist()) if row]
    return Viewpoints(*np.array(found, np.int64).reshape(-1, 6).T)


def _may_be(tokens: Tokens, cue: Ints) -> NDArray[np.bool_]:
    """Tell which words may be of such a phrase: an owner or "of" stands beside a view, a pause or "as" before "per"."""
    among, word, strings = tokens.types.among, tokens.word, tokens.types.strings
    owner = tokens.types.column(
        "owners", lambda new: np.array([strings[i].endswith(_OWNERS) for i in new], bool)
    ) | among(_OWN)  # fmt: skip
    before, after = word[np.maximum(cue - 1, 0)], word[np.minimum(cue + 1, len(word) - 1)]
    per = among(_PER)[word[cue]]
    pause = (
        (tokens.before[cue] & COMMA > 0) | (cue == tokens.sentence_bounds[tokens.sentence[cue]]) | among(_AS)[before]
    )
    return np.where(per, pause, owner[before] | among(_OF)[before] | among(_OF)[after])


def _phrase(tokens: Tokens, cue: int) -> tuple[int, ...] | None:
    """Return the phrase round a cue as a row of `Viewpoints`."""
    sentence = tokens.sentence[cue]
    opens, closes = (int(bound) for bound in tokens.sentence_bounds[sentence : sentence + 2])
    named = (
        _named_by_per(tokens, cue, opens, closes) if tokens.norm(cue) in _PER else _owner(tokens, cue, opens, closes)
    )
    if named is None:
        return None
    first, begin, stop, end = named
    source = head_of(tokens, np.arange(begin, stop))
    if first == opens and end < closes and tokens.before[end] & COMMA:
        return first, end, cue, source, end, closes
    if first > opens + 1 and end == closes and tokens.before[first] & COMMA:
        return first, end, cue, source, opens, first
    return None


def _owner(tokens: Tokens, cue: int, opens: int, closes: int) -> tuple[int, int, int, int] | None:
    """Return the first word of "in X's view" or "in the view of X", the bounds of X, and the word behind it all."""
    end, noun = cue + 1, cue
    if cue - 2 >= opens and tuple(tokens.norm(place) for place in (cue - 2, cue - 1, cue)) == _POINT:
        noun = cue - 2
    first = _last_among(tokens, _IN, max(opens, noun - _LONGEST), noun)
    if first is None or any(tokens.before[place] & BREAKS for place in range(first + 1, end)):
        return None
    owner = tokens.types.strings[tokens.word[noun - 1]]
    if noun - first >= 2 and (tokens.norm(noun - 1) in _OWN or owner.endswith(_OWNERS)):
        return first, first + 1, noun, end
    if noun - first == 2 and tokens.norm(noun - 1) == "the" and end < closes and tokens.norm(end) in _OF:
        stop = _pause(tokens, end + 1, closes)
        return (first, end + 1, stop, stop) if stop > end + 1 else None
    return None


def _named_by_per(tokens: Tokens, cue: int, opens: int, closes: int) -> tuple[int, int, int, int] | None:
    """Return the first word of "as per X" or "per X", the bounds of X, and the word behind it."""
    first = cue - (cue > opens and tokens.norm(cue - 1) in _AS)
    stop = _pause(tokens, cue + 1, closes)
    if stop <= cue + 1 or tokens.norm(cue + 1) in _NO_SOURCE:
        return None
    return first, cue + 1, stop, stop


def _pause(tokens: Tokens, begin: int, closes: int) -> int:
    """Return the first word behind a pause, no more than `_LONGEST` on, or `begin` where there is none."""
    for place in range(begin, min(begin + _LONGEST, closes)):
        if tokens.before[place] & (BREAKS | QUOTE):
            return place
    return closes if closes - begin < _LONGEST else begin


def _last_among(tokens: Tokens, words: frozenset[str], begin: int, end: int) -> int | None:
    return next((place for place in range(end - 1, begin - 1, -1) if tokens.norm(place) in words), None)
