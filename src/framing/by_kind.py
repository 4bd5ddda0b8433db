"""Tables by kind: stance by voice, and where in the articles the themes stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis import Analysis
from framing.voice import VOICES


def stances(analysis: Analysis, groups: NDArray[np.object_], kinds: Sequence[str]) -> pd.DataFrame:
    """Return stance by kind, target and voice.

    Parameters
    ----------
    analysis
        What was scored.
    groups
        The kind of each article, ``None`` for one without, shape (n_articles,).
    kinds
        The kinds, in the order in which they are shown.

    Returns
    -------
    pandas.DataFrame
        Columns kind, target (as ``stance__NAME``), voice, stance (mean over the articles that name the target in that
        voice, NaN where none does), n_clauses and n_articles (clauses and articles it rests on).
    """
    names = [m for m in analysis.measures if m.startswith("stance__") and f"{m}_n" in analysis.measures]
    rows = []
    for target in names:
        for voice in VOICES:
            measure = f"{target}_{voice}"
            values = analysis.features[measure].to_numpy(float)
            units = analysis.units(measure)
            counted = analysis.measures[measure].counts[-1]
            clauses = np.bincount(
                units["article"].to_numpy(int), weights=units[counted].to_numpy(float), minlength=len(values)
            )
            for kind in kinds:
                own = (groups == kind) & np.isfinite(values)
                mean = values[own].mean() if own.any() else np.nan
                rows.append((kind, target, voice, mean, int(clauses[own].sum()), int(own.sum())))
    table = pd.DataFrame(rows, columns=["kind", "target", "voice", "stance", "n_clauses", "n_articles"])
    order = {k: i for i, k in enumerate(kinds)}
    return table.sort_values("kind", key=lambda c: c.map(order), kind="stable", ignore_index=True)


def positions(analysis: Analysis, groups: NDArray[np.object_]) -> pd.DataFrame:
    """Return where in the articles the themes stand.

    Parameters
    ----------
    analysis
        What was scored.
    groups
        The kind of each article, ``None`` for one without, shape (n_articles,).

    Returns
    -------
    pandas.DataFrame
        Columns measure, article, kind, sentence, n_sentences, voice: one row a matching sentence; an article and theme
        without a match has one row with a missing sentence and voice.
    """
    table = analysis.sentences
    themes = [m for m in analysis.measures if m.startswith("themes__")]
    if not themes or not len(table):
        return pd.DataFrame(columns=["measure", "article", "kind", "sentence", "n_sentences", "voice"])
    groups = dict(zip((a.id for a in analysis.corpus), groups, strict=True))
    long = table.melt(["article", "sentence", "voice"], themes, var_name="measure", value_name="raised")
    long = long[long["raised"].fillna(0).astype(int) > 0].drop(columns="raised")
    every = pd.MultiIndex.from_product([themes, analysis.features["id"]], names=["measure", "article"]).to_frame(
        index=False
    )
    long = every.merge(long, how="left", on=["measure", "article"])
    long["kind"] = long["article"].map(groups)
    long["n_sentences"] = long["article"].map(table.groupby("article")["sentence"].max()).fillna(0).astype(int)
    long["sentence"] = long["sentence"].astype("Int64")
    columns = ["measure", "article", "kind", "sentence", "n_sentences", "voice"]
    return long.dropna(subset=["kind"])[columns].reset_index(drop=True)
