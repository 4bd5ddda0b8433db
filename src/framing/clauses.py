"""Clauses: the stretches of a sentence within which a cue bears on a target and a negation holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens

_ALWAYS = frozenset("while whereas although though because unless".split())
_AFTER_COMMA = frozenset(
    """but yet and or so as with which who where when if even including signalling signaling saying making giving
    leaving raising complicating forcing prompting given since however""".split()
)
_MARKS = frozenset(";:—–()")


def clause_numbers(tokens: Tokens) -> NDArray[np.int32]:
    """Return the number of the clause of each word, counted over all articles, shape (n_words,).

    A clause ends with its sentence, at a semicolon, colon, dash or bracket, before ``while`` and its
    kin, and at a comma before a conjunction or participle that opens a clause. A comma in a list does
    not end one, nor does a coordination before which a clause would hold fewer than three words.
    """
    begins = np.zeros(len(tokens.word), bool)
    begins[tokens.sentence_bounds[:-1]] = True
    always = tokens.types.where(lambda s: s.lower() in _ALWAYS)[tokens.word] if len(tokens.word) else begins
    begins |= always
    article = tokens.article
    for place in np.flatnonzero(tokens.fenced & ~begins).tolist():
        text = tokens.articles[article[place]].text
        between = text[tokens.end[place - 1] : tokens.start[place]]
        if _MARKS & set(between) or ("," in between and _opens_clause(tokens, place)):
            begins[place] = True
    return (np.cumsum(begins) - 1).astype(np.int32)


def _opens_clause(tokens: Tokens, place: int) -> bool:
    word = tokens.norm(place)
    if word not in _AFTER_COMMA:
        return False
    if word in ("and", "or", "as", "including"):  # ", and X" closes a list more often than it opens a clause
        end = int(tokens.sentence_bounds[tokens.sentence[place] + 1])
        ahead = [tokens.norm(p) for p in range(place + 1, min(end, place + 5))]
        return word != "including" and any(w in _FINITE for w in ahead)
    return True


_FINITE = frozenset("is are was were has have had will would can could may might must should does do did said".split())
