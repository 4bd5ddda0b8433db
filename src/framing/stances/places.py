"""Where a cue stands from a mention in its sentence: before or after, as owner, subject, object, behind another name.

The wider reading of a sentence and the trained model both read these places.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.stances.near import Answers, Places, any_between, before_mention, ends_in, is_among
from framing.tokens import Tokens

_BASE = ("own", "subject", "phrase", "passive", "after", "attribute", "object", "by", "before")
PLACES = (*_BASE, *(name + " a name" for name in _BASE))
"""Places of a cue. In the second half another name stands between the cue and the mention."""

SIDES = ("after", "before")
_SIDE = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1] * 2)
N_PLACES = len(PLACES)

_OWNED = 2  # words between an owner and what is its own
_SUBJECT_REACH = 8
_OBJECT_REACH = 6
_PREPOSITIONS = frozenset(
    """to with from against of for on in toward towards between than at over into under despite after by about
    like""".split()
)
_BE = frozenset("is are was were be been being get gets got getting".split())
_BY = frozenset(["by"])
_PARTICIPLES = ("ed", "en", "wn", "ut", "ght", "old", "ade")
_BEFORE_NAMES = frozenset(
    """the a an his her their its our my your president mr mrs ms sen rep former gov senator governor secretary
    justice judge dr""".split()
)
_MOST_TITLES = 3
_NO_NAMES = frozenset(["I", "The", "A"])


def side(place: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Return, for each place, whether the cue stands after (0) or before (1) the mention."""
    return _SIDE[place]


def place_of(
    tokens: Tokens, number: NDArray[np.int32], cue: tuple[Places, Places], mention: tuple[Places, Places]
) -> NDArray[np.int64]:
    """Return the place of each cue, as positions in `PLACES`.

    Parameters
    ----------
    tokens
        The text.
    number
        Clause of each word.
    cue, mention
        First and last words, pair by pair, shape (n_pairs,); both stand in one sentence and do not overlap.
    """
    (first, last), (named, named_last) = cue, mention
    after = first > named_last
    same = number[first] == number[named]
    before_name = before_mention(tokens, named, _BEFORE_NAMES, _MOST_TITLES)
    gap = np.where(after, first - named_last - 1, named - last - 1)
    behind = np.select(
        [
            _possessive(tokens, named_last) & (gap <= _OWNED),
            ~same | (gap > _SUBJECT_REACH),
            is_among(tokens, _PREPOSITIONS, before_name),
            _passive(tokens, first, named_last),
        ],
        [_BASE.index(name) for name in ("own", "after", "phrase", "passive")],
        _BASE.index("subject"),
    )
    ahead = np.select(
        [gap == 0, ~same | (gap > _OBJECT_REACH), is_among(tokens, _BY, before_name)],
        [_BASE.index(name) for name in ("attribute", "before", "by")],
        _BASE.index("object"),
    )
    begin = np.where(after, named_last, last) + 1
    names = tokens.once(_names)
    another = names[np.where(after, first, named)] > names[begin]
    return np.where(after, behind, ahead) + len(_BASE) * another


def _possessive(tokens: Tokens, place: Places) -> Answers:
    strings = tokens.types.strings
    ends = ("'s", "’s", "'", "’")
    column = tokens.types.column("possessive", lambda new: np.array([strings[i].endswith(ends) for i in new], bool))
    return column[tokens.word[place]]


def _passive(tokens: Tokens, cue: Places, mention: Places) -> Answers:
    participle = ends_in(tokens, _PARTICIPLES, cue)
    return participle & any_between(tokens, _BE, np.maximum(cue - 2, mention + 1), cue)


def _names(tokens: Tokens) -> NDArray[np.int64]:
    """Return how many capitalised words that do not open a sentence stand before each word."""
    strings = tokens.types.strings
    capital = tokens.types.column(
        "may be a name",
        lambda new: np.array(
            [strings[i][:1].isupper() and len(strings[i]) > 1 and strings[i] not in _NO_NAMES for i in new], bool
        ),
    )[tokens.word]
    capital[tokens.sentence_bounds[:-1]] = False
    return np.append(0, np.cumsum(capital))
