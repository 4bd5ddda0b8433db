"""Shares of single texts with Wilson intervals over their own sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis import Analysis
from framing.stats.interval import effective_n, wilson_bounds

COLUMNS = ("measure", "kind", "article", "k", "n", "n_effective", "share", "low", "high")


def text_shares(analysis: Analysis, groups: NDArray[np.object_]) -> pd.DataFrame:
    """Return every share of every text with a label, with its 95 % interval.

    Parameters
    ----------
    analysis
        The scored articles.
    groups
        The kind of each article, ``None`` for one without, shape (n_articles,).

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`: ``share`` is ``k`` of ``n`` sentences or words; ``low`` to ``high`` is the Wilson interval on
        ``n_effective``, which is n for sentences, and for words n divided by the design effect of their sentences. It
        is about this text, not its kind. Shares that are missing are left out.
    """
    ids = np.array([a.id for a in analysis.corpus], object)
    labelled = np.array([g is not None for g in groups], bool)
    pieces = []
    for name, measure in analysis.measures.items():
        if measure.kind != "share":
            continue
        k, n, of_effect = _counts(analysis, name)
        rows = np.flatnonzero(labelled & (n > 0) & analysis.features[name].notna().to_numpy())
        low, high = wilson_bounds(k[rows] / n[rows], of_effect[rows])
        pieces.append(pd.DataFrame({
            "measure": name, "kind": groups[rows], "article": ids[rows], "k": k[rows], "n": n[rows],
            "n_effective": of_effect[rows], "share": k[rows] / n[rows], "low": low, "high": high,
        }))  # fmt: skip
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=list(COLUMNS))


def _counts(analysis: Analysis, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return count, total and effective total of a share in every article."""
    units, (part, whole) = analysis.units(name), analysis.measures[name].counts
    n_sentences, n_articles = analysis.tokens.n_sentences, len(analysis.tokens)
    sentence = units["sentence"].to_numpy(int)
    k, n = (np.bincount(sentence, units[c].to_numpy(float), n_sentences) for c in (part, whole))
    owner = analysis.tokens.sentence_article
    return (
        np.bincount(owner, k, n_articles), np.bincount(owner, n, n_articles), effective_n(k, n, owner, n_articles)
    )  # fmt: skip
