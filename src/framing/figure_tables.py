"""The tables behind the figures of a comparison."""

from __future__ import annotations

from framing.contrasts import Comparison
from framing.figures import Tables


def figure_tables(comparison: Comparison) -> Tables:
    """Return the tables that `framing.figures` draws a comparison from.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.
    """
    book = comparison.analysis.codebook
    labels = {f"themes__{name}": theme.label for name, theme in book.themes.items()}
    labels |= {f"stance__{name}": target.label for name, target in book.targets.items()}
    return Tables(
        contrasts=comparison.contrasts, means=comparison.means, values=comparison.values,
        stances=comparison.stances, positions=comparison.positions, labels=labels,
        codebook=f"{book.name} {book.version}", counts=comparison.analysis.counts,
    )  # fmt: skip
