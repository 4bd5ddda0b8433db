"""Runs of words in one voice: what highlights of an article show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.voice import voices


def voice_runs(tokens: Tokens) -> list[list[tuple[int, int, int]]]:
    """Return runs of words in one voice within a sentence, article by article; those of the author are left out.

    Returns
    -------
    list of list of tuple
        Start and end in the article's text, and the place of the voice in `framing.voice.VOICES`.
    """
    voice: NDArray[np.int8] = voices(tokens)
    found: list[list[tuple[int, int, int]]] = [[] for _ in tokens.articles]
    if not len(voice):
        return found
    owner = np.repeat(np.arange(tokens.n_sentences), np.diff(tokens.sentence_bounds))
    new = np.flatnonzero((np.diff(voice) != 0) | (np.diff(owner) != 0)) + 1
    first = np.concatenate([[0], new])
    last = np.concatenate([new, [len(voice)]]) - 1
    keep = voice[first] > 0
    articles = tokens.sentence_article[owner[first[keep]]]
    rows = zip(
        articles.tolist(), tokens.start[first[keep]].tolist(), tokens.end[last[keep]].tolist(),
        voice[first[keep]].tolist(), strict=True,
    )  # fmt: skip
    for article, start, end, own in rows:
        found[article].append((start, end, own))
    return found
