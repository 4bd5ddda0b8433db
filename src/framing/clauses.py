"""Clauses: the stretches of a sentence within which a cue bears on a target and a negation holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.type_table import BRACKET, COLON, COMMA, DASH

_ALWAYS = frozenset("while whereas although though because unless".split())
_AFTER_COMMA = frozenset(
    """but yet and or so as with which who where when if even including signalling signaling saying making giving
    leaving raising complicating forcing prompting given since however""".split()
)


def clause_numbers(tokens: Tokens) -> NDArray[np.int32]:
    """Return the number of the clause of each word, counted over all articles, shape (n_words,).

    A clause ends with its sentence, at a semicolon, colon, dash or bracket, before ``while`` and its
    kin, and at a comma before a conjunction or participle that opens a clause. A comma in a list does
    not end one, nor does a coordination before which a clause would hold fewer than three words.
    """
    return tokens.once(_clause_numbers)


def _clause_numbers(tokens: Tokens) -> NDArray[np.int32]:
    places, after_comma = tokens.places, (tokens.before & COMMA) > 0
    begins = (tokens.before & (COLON | DASH | BRACKET)) > 0
    begins[tokens.sentence_bounds[:-1]] = True
    begins[places(_ALWAYS)] = True
    opening = places(_OPENING)
    begins[opening[after_comma[opening]]] = True
    list_like, finite = places(_LIST_LIKE), places(_FINITE)
    list_like = list_like[after_comma[list_like]]
    ends = np.minimum(tokens.sentence_bounds[tokens.sentence[list_like] + 1], list_like + 5)
    begins[list_like] |= np.searchsorted(finite, ends) > np.searchsorted(finite, list_like + 1)
    # "praised China, and Mexico condemned Iran": a subject of its own between the conjunction and an act
    acts, joins = places(_ACTS), np.union1d(list_like, places(_BUT))
    ends = np.minimum(tokens.sentence_bounds[tokens.sentence[joins] + 1], joins + 5)
    begins[joins] |= np.searchsorted(acts, ends) > np.searchsorted(acts, np.minimum(joins + 2, ends))
    return np.cumsum(begins, dtype=np.int32) - 1


# ", and X" closes a list more often than it opens a clause
_LIST_LIKE = frozenset("and or as".split())
_BUT = frozenset(["but"])
_ACTS = frozenset(
    """condemned criticised criticized praised accused blamed denounced rejected welcomed imposed threatened warned
    urged signed agreed refused announced denied demanded offered accepted opposed supported defended backed
    joined attacked thanked hailed welcomes condemns criticises
    criticizes praises accuses blames denounces rejects imposes threatens
    warns urges signs agrees refuses announces denies demands offers accepts opposes supports defends backs""".split()
)
_OPENING = _AFTER_COMMA - _LIST_LIKE - {"including"}
_FINITE = frozenset("is are was were has have had will would can could may might must should does do did said".split())
