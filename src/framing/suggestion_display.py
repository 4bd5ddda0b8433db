"""What `framing codebook suggest` shows on a terminal of 80 columns."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import numpy as np
import pandas as pd

from framing.suggestions import Suggestions
from framing.terminal import WIDTH, columns, head, left_aligned, printable, tail

_TERM = 28
_INDENT = 6
_LEGEND = (
    "key, z = rank and z score by log-odds against the sentences that do not raise the theme; near, cos = rank and "
    "cosine with the theme's terms in the latent space; in, out = places in sentences that raise it and in others; "
    "adds = sentences that would newly raise it. + marks an example that would be new. Nothing was added: read the "
    "sentences before you take a term."
)


def suggestions_text(found: Suggestions) -> str:
    """Return candidates with their sentences as text, theme by theme.

    Parameters
    ----------
    found
        What `framing.suggest_terms` returned.
    """
    book = found.codebook
    blocks = [f"{book.name} {book.version}, {book.sha256[:12]}: candidate terms"]
    for theme, rows in found.terms.groupby("theme", sort=False):
        own = found.examples[found.examples["theme"] == theme]
        heads = f"  {'term':<{_TERM}}  {'key':>4} {'z':>5}  {'near':>4} {'cos':>5} {'in':>5} {'out':>6} {'adds':>5}"
        lines = [str(theme), heads, "  " + "-" * (len(heads) - 2)]
        for row in rows.itertuples(index=False):
            lines.append(_line(row))
            for example in own[own["term"] == row.term].itertuples(index=False):
                lines += _example(example)
        blocks.append("\n".join(lines))
    blocks.append(textwrap.fill(_LEGEND, WIDTH) if len(found.terms) else "No candidate.")
    blocks += [textwrap.fill(f"note: {note.rstrip('.')}.", WIDTH, subsequent_indent="  ") for note in found.notes]
    return "\n\n".join(blocks)


def _line(row: Any) -> str:
    key, near = ("–" if pd.isna(rank) else str(rank) for rank in (row.keyness_rank, row.space_rank))
    z = f"{row.keyness:.1f}" if np.isfinite(row.keyness) else "–"
    cosine = f"{row.cosine:.2f}" if np.isfinite(row.cosine) else "–"
    counts = f"{row.n_raised:>5} {row.n_other:>6} {row.adds:>5}"
    return f"  {left_aligned(row.term, _TERM)}  {key:>4} {z:>5}  {near:>4} {cosine:>5} {counts}"


def _example(row: Any) -> list[str]:
    """Return the place of a sentence, and as much of it round the term as one line holds."""
    text = printable(row.text)
    pattern = r"\W+".join(map(re.escape, row.term.split()))
    match = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) or re.search(pattern, text, re.IGNORECASE)
    begin, end = match.span() if match else (0, 0)
    room = WIDTH - _INDENT - columns(text[begin:end])
    left = tail(text[:begin], max(room // 2, room - columns(text[end:])))
    right = head(text[end:], room - columns(left))
    place = head(f"{' ' * (_INDENT - 2)}{' ' if row.raised else '+'} {printable(row.article)} S{row.sentence}", WIDTH)
    return [place, " " * _INDENT + left + text[begin:end] + right]
