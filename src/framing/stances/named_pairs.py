"""Pairs of named parties, one pair a sentence, with a human label of who is for or against whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.hits import Hits
from framing.stances.labelled import Labelled, mark
from framing.tokens import Tokens

_BRACKETED = re.compile(r"\[([^\]]*)\]")
_SIGN = np.array([0, 1, 1, -1, -1])


@dataclass(frozen=True)
class NamedPairs:
    """Pairs of names, row by row: one article a row, and the words of its two parties.

    Attributes
    ----------
    tokens
        The texts.
    holder, target
        One hit a row, shape (n_rows,): the two parties as the row names them.
    label
        0 neutral, 1 holder for target, 2 target for holder, 3 holder against target, 4 target against holder.
    weight
        How many rows of the source a row stands for, shape (n_rows,); a sentence given twice weighs 2 in training.
    """

    tokens: Tokens
    holder: Hits
    target: Hits
    label: NDArray[np.int64]
    weight: NDArray[np.float64]

    def __getitem__(self, rows: NDArray[np.int64]) -> NamedPairs:
        """Return some of the rows."""
        parts = [Labelled(self.tokens, hits, self.label)[rows] for hits in (self.holder, self.target)]
        return NamedPairs(parts[0].tokens, parts[0].mentions, parts[1].mentions, self.label[rows], self.weight[rows])


def bracketed(sentences: Sequence[str], parties: Sequence[tuple[str, str]], label: Sequence[int]) -> NamedPairs:
    """Read sentences in which the parties stand in square brackets.

    Rows that repeat a sentence (brackets aside) only add to the weight of its first row; rows in which a party does
    not stand in brackets are left out.

    Parameters
    ----------
    sentences
        The sentences.
    parties
        The two names of each row; where just two are in brackets, the first is the holder.
    label
        See `NamedPairs`.
    """
    times = Counter(_without_brackets(sentence)[0] for sentence in sentences)
    seen: set[str] = set()
    texts, spans, labels = [], [], []
    for sentence, names, value in zip(sentences, parties, label, strict=True):
        text, marked = _without_brackets(sentence)
        both = _both(marked, names)
        if text not in seen and both is not None:
            texts.append(text)
            spans.append(both)
            labels.append(value)
        seen.add(text)
    return placed(texts, spans, labels, [float(times[text]) for text in texts])[0]


def placed(
    texts: Sequence[str],
    spans: Sequence[Sequence[tuple[int, int]]],
    label: Sequence[int],
    weight: Sequence[float] | None = None,
) -> tuple[NamedPairs, NDArray[np.int64]]:
    """Find the words of both parties of each text.

    Parameters
    ----------
    texts
        One text a pair.
    spans
        The offsets (start, end) of the holder and of the target, for each text.
    label, weight
        See `NamedPairs`; without weights each row weighs 1.

    Returns
    -------
    named
        The pairs of which both names stand in the words of the body.
    rows
        Which of the texts these are, shape (n_rows,).
    """
    rows, counts = np.unique(mark(texts, spans, label).mentions.term, return_counts=True)
    rows = rows[counts == 2]
    chosen = [texts[r] for r in rows.tolist()]
    named, other = (mark(chosen, [[spans[r][party]] for r in rows.tolist()], rows.tolist()) for party in (0, 1))
    own = np.ones(len(rows)) if weight is None else np.array(weight, float)[rows]
    return NamedPairs(named.tokens, named.mentions, other.mentions, np.asarray(label, np.int64)[rows], own), rows


def _without_brackets(sentence: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, spans, place = "", [], 0
    for match in _BRACKETED.finditer(sentence):
        text += sentence[place : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[1]))
        text += match[1]
        place = match.end()
    return text + sentence[place:], spans


def _both(marked: list[tuple[int, int, str]], names: tuple[str, str]) -> list[tuple[int, int]] | None:
    if len(marked) == 2:
        return [span[:2] for span in marked]
    first = next((span for span in marked if span[2] == names[0]), None)
    second = next((span for span in marked if span[2] == names[1] and span is not first), None)
    return None if first is None or second is None else [first[:2], second[:2]]


def polarity(label: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return -1, 0 or 1 for labels of pairs, their direction left out."""
    return _SIGN[label]


def turned_round(label: NDArray[np.int64], turned: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return labels with holder and target exchanged in some rows."""
    return np.where(turned, np.array([0, 2, 1, 4, 3])[label], label)
