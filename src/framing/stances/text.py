"""Clauses as places: where each begins, and in which sentence and article it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.clauses import clause_numbers
from framing.tokens import Tokens


@dataclass(frozen=True)
class Clauses:
    """Clauses of some tokens.

    Attributes
    ----------
    number
        Number of the clause of each word, shape (n_words,).
    bounds
        First word of each clause, and the number of words at the end.
    sentence_of, article_of
        Sentence and article of each clause.
    """

    number: NDArray[np.int32]
    bounds: NDArray[np.int64]
    sentence_of: NDArray[np.int32]
    article_of: NDArray[np.int32]


def clauses(tokens: Tokens) -> Clauses:
    """Return the clauses of some tokens; they are worked out once."""
    return tokens.once(_clauses)


def _clauses(tokens: Tokens) -> Clauses:
    number = clause_numbers(tokens)
    n = int(number[-1]) + 1 if len(number) else 0
    bounds = np.searchsorted(number, np.arange(n + 1))
    sentence = tokens.sentence[bounds[:-1]] if n else np.zeros(0, np.int32)
    return Clauses(number, bounds, sentence, tokens.sentence_article[sentence])
