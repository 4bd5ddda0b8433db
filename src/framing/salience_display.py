"""The components of salience on a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd

from framing.terminal import WIDTH, ends, left_aligned, printable
from framing.voice import VOICES

_LEGEND = (
    "share = of body sentences, with Wilson's 95 % interval for this text; T, L = raised in the title, in the first "
    "two sentences (· no, blank: no title); first, depth = first and mean place, 0 is the top, 1 the end; disp = "
    "dispersion over quarters, 0 is even; aut, quo, par = share of the sentences in the author's voice, quoted, "
    "paraphrased. – missing: never raised, no such sentence, or the text cannot be scored."
)
_ARTICLE = 22


def salience_text(table: pd.DataFrame) -> str:
    """Return the components of salience as text, theme by theme.

    Parameters
    ----------
    table
        As `framing.theme_salience` returns it.
    """
    if not len(table):
        return "No article."
    blocks = []
    for theme, rows in table.groupby("theme", sort=False):
        heads = f"  {'article':<{_ARTICLE}} {'share':>5} {'interval':>9} T L {'first':>5} {'depth':>5} {'disp':>4}"
        heads += f"{'aut':>5}{'quo':>5}{'par':>5}"
        blocks.append("\n".join([str(theme), heads, *(_line(row) for row in rows.itertuples(index=False))]))
    return "\n\n".join([*blocks, textwrap.fill(_LEGEND, WIDTH)])


def _line(row: Any) -> str:
    interval = f"{_two(row.share_low)}-{_two(row.share_high)}" if np.isfinite(row.share_low) else "–"
    flags = "".join(
        f" {' ' if pd.isna(f) else sign if f else '·'}" for f, sign in ((row.headline, "T"), (row.lead, "L"))
    )
    voices = "".join(f"{_two(getattr(row, f'share_{voice}')):>5}" for voice in VOICES)
    places = f"{_two(row.first_mention):>5} {_two(row.mean_depth):>5} {_two(row.dispersion):>4}"
    article = left_aligned(ends(printable(str(row.article)), _ARTICLE), _ARTICLE)
    return f"  {article} {_two(row.share):>5} {interval:>9}{flags} {places}{voices}".rstrip()


def _two(value: float) -> str:
    """Return a number of [0, 1] as ``.25``."""
    return f"{value:.2f}".removeprefix("0") if np.isfinite(value) else "–"
