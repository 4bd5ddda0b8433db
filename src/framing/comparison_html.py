"""A comparison as a notebook shows it: the main measures, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.codebook import Codebook
from framing.display import headline_measures
from framing.labels import FAMILY_NAMES, label, number, p_text
from framing.markup import escaped, html_table, paragraphs

_HEADS = ("Measure", "", "Higher in", "by", "95 % interval", "n", "p adjusted")


def comparison_html(contrasts: pd.DataFrame, design: str, notes: Sequence[str], book: Codebook) -> str:
    """Return design, contrasts of the main measures and notes as HTML, everything from outside escaped."""
    known = contrasts["measure"].drop_duplicates().tolist()
    shown = headline_measures(known)
    pieces = [paragraphs([f"Design: {design}"])]
    for (a, b), part in contrasts.groupby(["a", "b"], sort=False):
        rows = part.set_index("measure").reindex(shown).reset_index().to_dict("records")
        pieces.append(f"<p><strong>{escaped(a, 60)}</strong> against <strong>{escaped(b, 60)}</strong></p>")
        pieces.append(html_table(_HEADS, [_row(row, book) for row in rows], left=3))
    more = f"{len(known) - len(shown)} more measures in the table contrasts." if len(known) > len(shown) else ""
    legend = "–: missing, which is not zero. * fewer than six events: the interval rests on its assumptions alone."
    return "".join(pieces) + paragraphs([*notes, " ".join(filter(None, [legend, more]))])


def _row(row: dict[str, Any], book: Codebook) -> list[str]:
    measure, difference = row["measure"], row["difference"]
    low, high = row["ci_low"], row["ci_high"]
    if difference < 0:  # the side is named in words, so the difference and its interval lose their sign
        low, high = -high, -low
    side = row["a"] if difference > 0 else row["b"] if difference < 0 else "equal" if difference == 0 else "–"
    given = np.isfinite(low)
    n = f"{row['n_events']:,.0f}" if np.isfinite(row["n_events"]) else f"{row['n_a']:,.0f}+{row['n_b']:,.0f}"
    family = measure.partition("__")[0]
    return [
        label(measure, book), FAMILY_NAMES.get(family, family), side,
        number(abs(difference), measure).replace("%", "points"),
        " to ".join(number(v, measure, signed=True) for v in (low, high)) if given else "–",
        n + ("*" if 1 < row["n_events"] < 6 else ""),
        p_text(row["p_adjusted"]),
    ]  # fmt: skip
