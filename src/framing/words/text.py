"""Tables of words for a terminal of 80 columns; sides stand in words, sizes have no sign."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import numpy as np
import pandas as pd

from framing.labels import p_text

WIDTH = 80


def keyness_text(table: pd.DataFrame, notes: Sequence[str], top: int = 12) -> str:
    """Write the first terms of each side.

    Parameters
    ----------
    table, notes
        As in `framing.words.keywords.Keyness`.
    top
        How many terms of a length and side to show.
    """
    blocks = []
    for (a, b), of_pair in table.groupby(["a", "b"], sort=False):
        blocks.append(f"{_cut(a, 36)} against {_cut(b, 36)}")
        for n, rows in of_pair.groupby("n_words", sort=False):
            for here in (a, b):
                own = rows[rows["side"] == f"more in {here}"]
                blocks.append(_side(own, here, here == a, "words" if n == 1 else f"runs of {n} words", top))
    lines = [*notes]
    lines.append(
        "here, there: per 1,000 words (or runs) on the side named and on the other; texts: with the term on each side."
    )
    return "\n\n".join([*blocks, "\n".join(_wrapped(line) for line in lines)])


def _side(rows: pd.DataFrame, kind: str, first: bool, what: str, top: int) -> str:
    head = _cut(f"more in {kind}: {what}", WIDTH)
    if not len(rows):
        return f"{head}\n  none"
    tested = rows["p"].notna().any()
    lines = [head, f"  {'term':<20}{'here':>8}{'there':>8}{'texts':>9}{'log-odds':>10}{'z':>7}{'G2':>8}"]
    lines[1] += f"{'p adj':>8}" if tested else ""
    for row in rows.head(top).itertuples():
        sides = [(row.rate_a, row.texts_a), (row.rate_b, row.texts_b)]
        (here, m), (there, n) = sides if first else sides[::-1]
        line = f"  {_cut(row.term, 20):<20}{here:>8.2f}{there:>8.2f}{f'{m}+{n}':>9}{row.log_odds:>10.2f}"
        line += f"{row.z:>7.2f}{row.g2:>8.1f}"
        lines.append(line + (f"{p_text(row.p_adjusted):>8}" if tested else ""))
    if len(rows) > top:
        lines.append(f"  and {len(rows) - top:,} more")
    return "\n".join(lines)


def distances_text(table: pd.DataFrame, notes: Sequence[str]) -> str:
    """Write divergences, each beside what shuffled labels give."""
    lines = []
    for (a, b), rows in table.groupby(["a", "b"], sort=False):
        lines.append(f"{_cut(a, 36)} against {_cut(b, 36)}")
        for row in rows.itertuples():
            line = f"  {row.over}: {_bits(row.jsd)} bits; shuffled {_bits(row.null_mean)}"
            line += f" ({_bits(row.null_low)} to {_bits(row.null_high)})"
            for name, p in (("p", row.p), ("p texts", row.p_texts)):
                line += f"; {name} {p_text(p)}" if np.isfinite(p) else ""
            lines += [line, *([f"    {row.note}"] if row.note else [])]
        lines.append("")
    return "\n".join([*lines, *(_wrapped(note) for note in notes)])


def shift_text(table: pd.DataFrame, whole: str, notes: Sequence[str], top: int = 15) -> str:
    """Write the heaviest words of each side of a word shift, with the sums over all words."""
    blocks = [_wrapped(whole)]
    for side, rows in table.groupby("side", sort=False):
        lines = [_cut(f"{side} (sum of {len(rows):,} words: {rows['part'].sum():.4g})", WIDTH)]
        for row in rows.sort_values(["part", "word"], ascending=[False, True], kind="stable").head(top).itertuples():
            lines.append(f"  {_cut(row.word, 24):<24}{row.part:>12.5f}{row.rate_a:>10.2f}{row.rate_b:>10.2f}")
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, "\n".join(_wrapped(note) for note in notes)])


def _bits(value: float) -> str:
    return f"{value:.3f}" if np.isfinite(value) else "–"


def _wrapped(text: str) -> str:
    return fill(text, WIDTH, subsequent_indent="  ")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
