"""The trained model on the targets of a text: one row a clause that names the target, read in its sentence."""

from __future__ import annotations

import numpy as np

from framing.hits import Hits
from framing.stances.labelled import mark
from framing.stances.polarity import ABSTAINED, Units, units_of
from framing.stances.text import Clauses
from framing.stances.trained import StanceModel
from framing.tokens import Tokens

MODEL = "trained model"
"""The rule of a clause that a model gave its sign."""


def judge_by_model(tokens: Tokens, text: Clauses, mentions: Hits, model: StanceModel, certainty: float) -> Units:
    """Return the clauses that name a target with the sign that a model gives them.

    Parameters
    ----------
    tokens, text
        The text and its clauses.
    mentions
        Where the target is named.
    model
        The model.
    certainty
        The model abstains below this confidence in its answer, in [0, 1].
    """
    clause_of = text.number[mentions.first]
    units = units_of(text, mentions)
    if not len(units.clause):
        return units
    sentence = text.sentence_of[units.clause]
    starts = tokens.sentence_start[sentence]
    row = np.searchsorted(units.clause, clause_of)
    spans: list[list[tuple[int, int]]] = [[] for _ in sentence]
    for number, first, last in zip(row.tolist(), mentions.first.tolist(), mentions.last.tolist(), strict=True):
        spans[number].append((int(tokens.start[first] - starts[number]), int(tokens.end[last] - starts[number])))
    marked = mark([tokens.text_of(s) for s in sentence.tolist()], spans, [0] * len(spans))
    answers = model.answers(marked)
    units.polarity[:] = answers.label
    units.rule[:] = MODEL
    silent = answers.confidence < certainty
    units.polarity[silent] = 0
    units.rule[silent] = ABSTAINED
    return units
