"""Counts of distinct things (holders, themes), made comparable between texts of unequal length."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis import Analysis, analyse
from framing.arguments import whole_number
from framing.errors import DesignError
from framing.stats.rarefaction import rarefied
from framing.tokens import Tokens
from framing.voice.holders import AUTHOR_HOLDER, holders
from framing.voice.sources import attributions

HOLDERS = "sourcing__n_holders"
"""The measure that counts distinct things."""

FEWEST_SENTENCES = 5
"""Texts with fewer sentences are not compared by it: rarefied to so few, all texts have about one holder or none."""

COLUMNS = ("id", "n_sentences", "of_sentences", "holders", "holders_rarefied", "themes", "themes_rarefied")


def rarefied_holders(tokens: Tokens, m: int) -> NDArray[np.float64]:
    """Return the number of distinct holders expected in `m` sentences of each text; NaN in shorter texts.

    A holder stands in the sentences whose attributions are theirs, as ``sourcing__n_holders`` names them.
    """
    return _rarefied(tokens, m, *_held(tokens))


def distinct(corpus: Any, m: int | None = None) -> pd.DataFrame:
    """Count distinct holders and themes of each text, as they are and as expected in equally many sentences.

    Parameters
    ----------
    corpus
        Anything `framing.analyse` takes, or an `Analysis` with the extractor ``themes``.
    m
        How many sentences to rarefy to; those of the shortest text that has any when not given.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`, one row an article; ``of_sentences`` is `m`. The expectation is in closed form, see
        `framing.stats.rarefaction`; it is missing in texts shorter than `m`.

    Raises
    ------
    DesignError
        If `m` is no whole number from 1, or the analysis was made without themes.
    """
    if m is not None:
        m = whole_number("m", m, 1)
    analysis = corpus if isinstance(corpus, Analysis) else analyse(corpus, extractors=["themes"])
    if "themes" not in analysis.found:
        raise DesignError("distinct things: the analysis was made without themes; use extractor 'themes' as well.")
    tokens = analysis.tokens
    n = tokens.n_sentences_by_article
    m = shortest(tokens, n > 0) if m is None else m
    columns = analysis.found["themes"].sentence_columns
    raised = [np.flatnonzero(np.nan_to_num(columns[name]) > 0) for name in analysis.codebook.themes]
    themes = np.repeat(list(analysis.codebook.themes), [len(r) for r in raised]).tolist()
    sentences = np.concatenate([*raised, np.zeros(0, int)]).astype(int)
    return pd.DataFrame({
        "id": [a.id for a in tokens.articles], "n_sentences": n, "of_sentences": m,
        "holders": _rarefied(tokens, None, *_held(tokens)), "holders_rarefied": rarefied_holders(tokens, m),
        "themes": _rarefied(tokens, None, themes, sentences),
        "themes_rarefied": _rarefied(tokens, m, themes, sentences),
    }, columns=list(COLUMNS))  # fmt: skip


def shortest(tokens: Tokens, among: NDArray[np.bool_]) -> int:
    """Return the number of sentences of the shortest of some texts, 0 where there are none."""
    n = tokens.n_sentences_by_article[among]
    return int(n.min()) if len(n) else 0


def _held(tokens: Tokens) -> tuple[list[str | None], NDArray[np.int64]]:
    """Return the holder of each attribution, ``None`` for the author and the unknown, and its sentence."""
    names = [h.name.lower() if h is not None and h is not AUTHOR_HOLDER else None for h in holders(tokens)]
    return names, np.asarray(attributions(tokens).sentence, int)


def _rarefied(
    tokens: Tokens, m: int | None, things: list[str | None], sentences: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return how many distinct things are expected in `m` sentences of each text, in all of them for ``None``."""
    n = tokens.n_sentences_by_article
    owner = tokens.sentence_article
    held: dict[int, dict[str, set[int]]] = {}
    for thing, sentence in zip(things, sentences.tolist(), strict=True):
        if thing is not None:
            held.setdefault(int(owner[sentence]), {}).setdefault(thing, set()).add(sentence)
    found = np.where(n > 0, 0.0, np.nan)
    for article, own in held.items():
        found[article] = len(own)
    if m is None:
        return found
    for article, own in held.items():
        found[article] = rarefied([len(s) for s in own.values()], int(n[article]), m)
    return np.where(n >= m, found, np.nan)
