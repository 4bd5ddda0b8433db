"""Tables for papers: contrasts as LaTeX (booktabs), HTML or Markdown, with the notes that a reader needs."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd

from framing.arguments import names_of
from framing.comparing.contrasts import Comparison, check_comparison
from framing.display import P_TEXTS, headline_measures
from framing.errors import FramingError, bad_value, listed, missing_extra, unknown_name
from framing.figures.captions import interval_words
from framing.figures.forest import MIN_EVENTS
from framing.labels import FAMILY_NAMES, is_share, label, number, shortened
from framing.version import __version__

FORMS = ("latex", "html", "md")

_EFFECTS = {
    "hedges_gz": "Hedges' g of paired differences", "hedges_g": "Hedges' g", "cohen_h": "Cohen's h",
    "cliffs_delta": "Cliff's delta",
}  # fmt: skip
_LATEX = {"−": "$-$", "≥": "$\\geq$", "≤": "$\\leq$", "…": "\\ldots{}"}
_LABEL = 100


def paper_table(
    comparison: Comparison, form: str = "latex", measures: Sequence[str] | None = None, title: str = ""
) -> str:
    """Return the contrasts of a comparison as a table for a paper, with its notes.

    One row a measure, one block a pair of kinds: means, difference with its interval, effect size, p as it is and
    adjusted, and the number of events or texts. There are no stars: a reader sees the numbers.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.
    form
        ``"latex"`` (needs the LaTeX packages booktabs and caption), ``"html"`` or ``"md"``.
    measures
        Full names of measures, in order; the main ones when not given.
    title
        A title above the table.

    Returns
    -------
    str
        The table and its notes: design, numbers, kind of interval, adjustment with the size of the family, effect size,
        codebook with its version and hash, version of the program.

    Raises
    ------
    FramingError
        If the form or a measure is unknown, or the extra ``tables`` is not installed (for LaTeX and HTML).

    Examples
    --------
    >>> from framing.comparing.contrasts import compare
    >>> from framing.corpus import Corpus
    >>> texts = ["They signed a defence agreement.", "They will not take sides."] * 2
    >>> result = compare(Corpus.from_texts(texts, kind=["a", "b"] * 2, event=["x", "x", "y", "y"]))
    >>> print(paper_table(result, "md", ["themes__defence"]).splitlines()[3])
    | Defence cooperation | 100.0 % | 0.0 % | +100.0 | – | – | 0.500 | 0.750 | 2 |
    """
    check_paper_form(form)
    check_comparison(comparison)
    known = comparison.contrasts["measure"].drop_duplicates().tolist()
    asked = names_of("measures", measures or ())
    for name in asked:
        if name not in known:
            raise FramingError(unknown_name("measure", name, known))
    chosen = list(asked) or headline_measures(known)
    rows = comparison.contrasts[comparison.contrasts["measure"].isin(chosen)]
    cells, notes = _cells(comparison, rows, chosen), _notes(comparison, rows)
    if form == "md":
        return _markdown(cells, notes, title)
    table = _great_table(cells, notes, title)
    if form == "html":
        return table.as_raw_html() + "\n"
    return _tidied(table.as_latex())


def check_paper_form(form: str) -> None:
    """Raise if no table can be made in this form, before anything is computed for it."""
    if form not in FORMS:
        raise FramingError(bad_value("form", f"one of {listed(map(repr, FORMS))}", form))
    if form != "md" and find_spec("great_tables") is None:
        raise missing_extra("great-tables", "tables", "a table as LaTeX or HTML")


def _cells(comparison: Comparison, rows: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Return the cells as text, with the pair of kinds in the column ``pair``."""
    place = {m: i for i, m in enumerate(measures)}
    pairs = {p: i for i, p in enumerate(dict.fromkeys(zip(rows["a"], rows["b"], strict=True)))}
    order = [(pairs[a, b], place[m]) for a, b, m in zip(rows["a"], rows["b"], rows["measure"], strict=True)]
    rows = rows.iloc[sorted(range(len(rows)), key=order.__getitem__)]
    found = [_row(row, comparison) for row in rows.to_dict("records")]
    table = pd.DataFrame(found, columns=[*found[0]] if found else ["pair"])
    verdicts = table["Verdict"] if "Verdict" in table else pd.Series(dtype=str)
    return table if verdicts.astype(bool).any() else table.drop(columns="Verdict", errors="ignore")


def _row(row: dict[str, Any], comparison: Comparison) -> dict[str, str]:
    measure = row["measure"]
    family = FAMILY_NAMES.get(measure.partition("__")[0], "")
    name = shortened(label(measure, comparison.analysis.codebook), _LABEL)
    if family == "Stance":
        name = f"Stance: {name}"
    low, high = (number(row[c], measure, signed=True) for c in ("ci_low", "ci_high"))
    interval = f"{low} to {high}" if math.isfinite(row["ci_low"]) else "–"
    n = f"{row['n_events']:,.0f}" if math.isfinite(row["n_events"]) else f"{row['n_a']:,.0f} + {row['n_b']:,.0f}"
    return {
        "pair": f"{shortened(row['a'], _LABEL)} minus {shortened(row['b'], _LABEL)}", "Measure": name,
        "Mean of first": number(row["mean_a"], measure), "Mean of second": number(row["mean_b"], measure),
        "Difference": number(row["difference"], measure, signed=True), "95 % interval": interval,
        "Effect": number(row["effect"], "effect", signed=True),
        "p": _p(row["p"] if math.isfinite(row["p"]) else row["p_texts"]), "p adjusted": _p(row["p_adjusted"]),
        "n": n if math.isfinite(row["difference"]) else "–", "Verdict": row["verdict"],
    }  # fmt: skip


def _p(value: float) -> str:
    if not math.isfinite(value):
        return "–"
    return "< .001" if value < 0.001 else f"{value:.3f}"


def _notes(comparison: Comparison, rows: pd.DataFrame) -> list[str]:
    """Return what a reader must know, one sentence or two a note."""
    book = comparison.analysis.codebook
    design = comparison.design
    effects = [_EFFECTS.get(e, e.replace("_", " ")) for e in rows["effect_name"].drop_duplicates() if e]
    notes = [f"Design: {design[:1]}{design[1:]}"]
    if any(map(is_share, rows["measure"])):
        notes.append("Means of shares are per cent, their differences percentage points.")
    if rows["measure"].str.startswith("stance__").any():
        notes.append("Stance runs from −1 (against) to 1 (for).")
    single = not np.isfinite(rows["p"].to_numpy(float)).any() and rows["p_texts"].notna().any()
    notes.append("n: events with the measure in both kinds; a + b: texts, where no event has both.")
    notes.append(f"Intervals: {interval_words(rows)}; not adjusted. –: missing or not to be had, which is not zero.")
    if ((rows["n_events"] > 1) & (rows["n_events"] < MIN_EVENTS)).any():
        notes.append(f"Below {MIN_EVENTS} events an interval rests on its assumptions alone.")
    if effects:
        notes.append(f"Effect: {' or '.join(effects)}.")
    if single:
        notes.append(f"p: {P_TEXTS}. It is about these texts, not about kinds.")
    notes += [n.replace("p_adjusted", "p adjusted") for n in comparison.notes if n.startswith("p_adjusted")]
    notes.append(
        f"Codebook {shortened(book.name, _LABEL)} {book.version} (SHA-256 {book.sha256[:12]}); framing {__version__}; "
        f"seed {comparison.seed}."
    )
    return notes


def _great_table(cells: pd.DataFrame, notes: Sequence[str], title: str) -> Any:
    from great_tables import GT  # of an extra, see `check_paper_form`

    table = GT(cells, groupname_col="pair", id="framing")
    if title:
        table = table.tab_header(title)
    right = [c for c in cells.columns if c not in ("pair", "Measure", "Verdict")]
    table = table.cols_align("left", ["Measure"]).cols_align("right", right).tab_options(table_font_size="9pt")
    for note in notes:
        table = table.tab_source_note(note)
    return table


def _tidied(latex: str) -> str:
    """Write signs that LaTeX's default input encoding does not know as commands."""
    for sign, command in _LATEX.items():
        latex = latex.replace(sign, command)
    return "% needs \\usepackage{booktabs} and \\usepackage{caption}\n" + latex.strip() + "\n"


def _markdown(cells: pd.DataFrame, notes: Sequence[str], title: str) -> str:
    heads = [c for c in cells.columns if c != "pair"]
    lines = [f"**{_plain(title)}**", ""] if title else []
    rule = [":--" if head == "Measure" else "--:" for head in heads]
    lines += ["| " + " | ".join(heads) + " |", "| " + " | ".join(rule) + " |"]
    for pair, rows in cells.groupby("pair", sort=False):
        lines.append(f"| **{_plain(str(pair))}** |" + " |" * (len(heads) - 1))
        lines += ["| " + " | ".join(map(_plain, row)) + " |" for row in rows[heads].itertuples(index=False)]
    return "\n".join([*lines, "", *(f"*{_plain(note)}*  " for note in notes)]).rstrip() + "\n"


def _plain(text: str) -> str:
    """Escape what Markdown would read as markup."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\|*_`\[\]])", r"\\\1", " ".join(text.split()))
