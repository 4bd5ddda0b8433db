"""The tables behind the figures of a comparison."""

from __future__ import annotations

import pandas as pd

from framing.comparing.contrasts import Comparison
from framing.comparing.specifications import Robustness
from framing.figures import Tables
from framing.labels import label
from framing.mean_intervals import mean_intervals
from framing.version import __version__


def figure_tables(
    comparison: Comparison, robustness: Robustness | None = None, keyness: pd.DataFrame | None = None
) -> Tables:
    """Return the tables that `framing.figures` draws a comparison from.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.
    robustness
        What `framing.robustness` returned, for specification curves.
    keyness
        A table of words for a figure: see `framing.figures.lollipop`.
    """
    analysis = comparison.analysis
    book = analysis.codebook
    return Tables(
        contrasts=comparison.contrasts, means=mean_intervals(comparison), values=comparison.values,
        stances=comparison.stances, positions=comparison.positions,
        keyness=pd.DataFrame() if keyness is None else keyness,
        specifications=pd.DataFrame() if robustness is None else _specifications(robustness),
        labels={m: label(m, book) for m in analysis.measures}, codebook=f"{book.name} {book.version}",
        counts=analysis.counts, version=__version__,
    )  # fmt: skip


def _specifications(robustness: Robustness) -> pd.DataFrame:
    """Return the specifications under the names that the figure reads, without what it does not draw."""
    names = {"difference": "estimate", "ci_low": "low", "ci_high": "high"}
    return robustness.specifications.rename(columns=names).drop(columns=["p", "n_events"], errors="ignore")
