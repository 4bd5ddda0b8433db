"""Counts as textstat 0.7.13 takes them when it has the CMU dictionary, offline and without its caches.

Words are stretches between white space without their punctuation, sentences are runs up to ``. ! ?`` of
more than two words. A stretch is counted once per distinct string.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.familiar import easy_words
from framing.syllables import n_syllables
from framing.tokens import Tokens

LINSEAR_WORDS = 100
"""The Linsear Write sample: the first so many words of a text."""

_COUNTS = (
    "chunks", "words", "syllables", "letters", "characters", "polysyllables", "unfamiliar", "difficult2", "difficult3",
    "long", "mini", "points",
)  # fmt: skip
_STRAY_APOSTROPHE = re.compile(r"'(?![tsd]|ve|ll|re)")
_PUNCTUATION = re.compile(r"[^\w\s']")
_NON_WORD = re.compile(r"[^\w\s]")
_RUN = re.compile(r"\b[^.!?]+[.!?]*")
_HAS_WORD = re.compile(r"\w")
_REST = re.compile(r"\S*")


@lru_cache(maxsize=200_000)
def _chunk_counts(chunk: str) -> tuple[int, ...]:
    """Return what one stretch between white space adds to each of `_COUNTS`."""
    bare = _NON_WORD.sub("", chunk)
    word = _PUNCTUATION.sub("", _STRAY_APOSTROPHE.sub("", chunk))
    characters = len(chunk)
    if not word:
        return (1, 0, 0, 0, characters, 0, 0, 0, 0, 0, 0, 0)
    lower = word.lower()
    syllables = n_syllables(lower)
    hard = lower not in easy_words()
    points = 3 if syllables >= 3 else int(syllables > 0)
    return (
        1, 1, syllables, len(bare), characters, syllables >= 3, hard, hard and syllables >= 2,
        hard and syllables >= 3, len(bare) > 6, 0 < len(bare) <= 3, points,
    )  # fmt: skip


def textstat_counts(tokens: Tokens) -> dict[str, NDArray[Any]]:
    """Count each sentence of each article as textstat does.

    Returns
    -------
    dict of str to numpy.ndarray
        Columns with one value a sentence of `tokens`: article index, sentence number over all articles, and the
        counts that the formulas of `framing.Readability` sum.
    """
    counts = np.zeros((tokens.n_sentences, len(_COUNTS)))
    runs = np.zeros(tokens.n_sentences)
    linsear = np.zeros((tokens.n_sentences, 2))
    for index, article in enumerate(tokens.articles):
        first, last = tokens.article_bounds[index : index + 2].tolist()
        if first == last:
            continue
        body = article.body
        begins = tokens.sentence_start[first:last]
        cuts = [begins[0].item(), *(_end_of_chunk(body, place) for place in begins[1:].tolist()), len(body)]
        chunks = [body[s:e].split() for s, e in pairwise(cuts)]
        per_chunk = [[_chunk_counts(c) for c in own] for own in chunks]
        for offset, rows in enumerate(per_chunk):
            counts[first + offset] = np.sum(rows, axis=0) if rows else 0
        runs[first:last] = _runs(body, begins, len(body))
        linsear[first:last] = _linsear(body, begins, per_chunk)
    table = {"article": tokens.sentence_article, "sentence": np.arange(tokens.n_sentences)}
    table |= {name: column for name, column in zip(_COUNTS, counts.T, strict=True) if name != "points"}
    return table | {"sentences": runs, "linsear_points": linsear[:, 0], "linsear_sentences": linsear[:, 1]}


def _end_of_chunk(body: str, place: int) -> int:
    """Return the end of the stretch without white space that goes on at a place: to textstat it is one word."""
    return place if body[place - 1].isspace() else _REST.match(body, place).end()


def _runs(body: str, begins: NDArray[np.int32], end: int) -> NDArray[np.float64]:
    """Count textstat's sentences, each in the sentence where it begins; at least one in all."""
    found = np.zeros(len(begins))
    for match in _RUN.finditer(body, 0, end):
        if sum(1 for chunk in match.group().split() if _HAS_WORD.search(chunk)) > 2:
            found[max(0, np.searchsorted(begins, match.start(), side="right") - 1)] += 1
    if not found.sum():
        found[0] = 1
    return found


def _linsear(body: str, begins: NDArray[np.int32], per_chunk: list[list[tuple[int, ...]]]) -> NDArray[np.float64]:
    """Count the points and sentences of the first hundred words, by sentence."""
    found = np.zeros((len(begins), 2))
    n_words = n_chunks = 0
    short = sum(len(rows) for rows in per_chunk) <= LINSEAR_WORDS
    for offset, rows in enumerate(per_chunk):
        for row in rows:
            if n_words >= LINSEAR_WORDS and not short:
                break
            n_chunks += 1
            # textstat counts a word here when anything but its punctuation is left
            n_words += row[1]
            found[offset, 0] += row[-1]
    end = len(body)
    if not short:
        for position, match in enumerate(re.finditer(r"\S+", body)):
            if position == n_chunks - 1:
                end = match.end()
                break
    found[:, 1] = _runs(body[:end], begins, end)
    return found
