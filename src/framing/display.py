"""Results as text: tables for a terminal of 80 columns and for Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill, wrap
from typing import Any

import numpy as np
import pandas as pd

from framing.labels import p_text

WIDTH = 80
P_TEXTS = (
    "how often a random split of the two texts' own sentences differs as much as they do; for shares and rates of "
    "words a chi-square by the sentences that they rest on (Rao and Scott)"
)
"""What a p of two single texts is, wherever one is shown."""

_HEADLINE = {
    "readability": ("flesch_reading_ease", "flesch_kincaid_grade", "smog_index"),
    "style": ("mattr", "nominalisations_per_1000", "hedges_per_1000"),
    "sourcing": ("named_share", "official_share", "effective_voices"),
}


def headline_measures(measures: Sequence[str]) -> list[str]:
    """Choose what a first look needs: three indices, three of style, every theme, the stance toward each target."""
    voices = ("_author", "_quoted", "_paraphrased", "_directed", "_portrayal", "_n")
    chosen = []
    for name in measures:
        family, _, short = name.partition("__")
        if short not in _HEADLINE.get(family, (short,)):
            continue
        if family == "stance" and any(
            short.endswith(v) and f"{family}__{short[: -len(v)]}" in measures for v in voices
        ):
            continue
        chosen.append(name)
    return chosen


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _number(value: float, share: bool) -> str:
    if not np.isfinite(value):
        return "–"
    return f"{100 * value:.1f} pp" if share else f"{value:.2f}"


def _row(row: pd.Series, single: bool) -> list[str]:
    family, _, short = row["measure"].partition("__")
    share = family == "themes" or short.endswith("_share")
    scale, digits = (100, 1) if share else (1, 2)
    difference = row["difference"]
    side = row["a"] if difference > 0 else row["b"] if difference < 0 else "equal" if difference == 0 else "–"
    interval = _interval(row["ci_low"], row["ci_high"], difference < 0, scale, digits)
    p = row["p_texts"] if single else row["p_adjusted"]
    n = f"{row['n_events']:.0f}" if np.isfinite(row["n_events"]) else f"{row['n_a']:.0f}+{row['n_b']:.0f}"
    n += "†" if 1 < row["n_events"] < 6 else ""
    return [
        short, _cut(str(side), 18), _number(abs(difference), share), interval, n,
        p_text(p),
    ]  # fmt: skip


def _interval(low: float, high: float, turned: bool, scale: float, digits: int) -> str:
    """Write an interval without signs: of the side that is named, or with the letters of both sides."""
    if not np.isfinite(low):
        return "–"
    spans = low < 0 < high
    low, high, own, other = (-high, -low, "B", "A") if turned else (low, high, "A", "B")
    ends = [f"{scale * abs(v):.{digits}f}" for v in (low, high)]
    return f"{ends[0]} {other} to {ends[1]} {own}" if spans else f"{ends[0]} to {ends[1]}"


def contrast_table(contrasts: pd.DataFrame, measures: Sequence[str], markdown: bool = False) -> str:
    """Write contrasts pair by pair, the higher side in words and the difference without sign.

    Parameters
    ----------
    contrasts
        As `framing.Comparison.contrasts`.
    measures
        Which measures, in order.
    markdown
        Whether to write Markdown; else text for 80 columns.
    """
    single = not np.isfinite(contrasts["p"].to_numpy(float)).any()
    heads = ["measure", "higher in", "by", "95 % interval", "n", "p texts" if single else "p adj"]
    blocks = []
    for (a, b), part in contrasts.groupby(["a", "b"], sort=False):
        rows: list[list[str]] = []
        family = ""
        for _, row in part.set_index("measure", drop=False).loc[list(measures)].iterrows():
            if row["measure"].partition("__")[0] != family:
                family = row["measure"].partition("__")[0]
                rows.append([f"**{family}**" if markdown else family, *[""] * (len(heads) - 1)])
            rows.append(_row(row, single))
            rows[-1][0] = rows[-1][0] if markdown else "  " + rows[-1][0]
        title = f"A **{a}** against B **{b}**" if markdown else f"A {_cut(a, 32)} against B {_cut(b, 32)}"
        blocks.append(f"{title}\n\n{markdown_table(heads, rows) if markdown else _columns(heads, rows)}")
    return "\n\n".join(blocks)


def shares_table(shares: pd.DataFrame, measures: Sequence[str], markdown: bool = False) -> str:
    """Write shares of single texts, per cent, with their Wilson intervals; one column a kind where three fit."""
    rows = shares[shares["measure"].isin(measures)]
    cells = [
        f"{100 * r.share:.1f} ({100 * r.low:.1f} to {100 * r.high:.1f})"
        for r in rows.itertuples()
    ]  # fmt: skip
    kinds = rows["kind"].drop_duplicates().tolist()
    title = "Shares of these texts, per cent, with 95 % Wilson intervals of their sentences"
    title = f"**{title}**" if markdown else title
    write = markdown_table if markdown else _columns
    if len(kinds) > 3 and not markdown:
        body = [
            [r.measure.partition("__")[2], _cut(str(r.kind), 30), c]
            for r, c in zip(rows.itertuples(), cells, strict=True)
        ]
        return f"{title}\n\n{write(['measure', 'kind', 'share'], body)}"
    of = {(r.measure, r.kind): c for r, c in zip(rows.itertuples(), cells, strict=True)}
    body = [[m.partition("__")[2], *(of.get((m, k), "–") for k in kinds)] for m in rows["measure"].drop_duplicates()]
    return f"{title}\n\n{write(['measure', *(_cut(str(k), 19) for k in kinds)], body)}"


def _legend(shown: pd.DataFrame) -> list[str]:
    """Explain the signs of a table."""
    lines = ["pp = percentage points of sentences or words; stance runs from -1 to 1."]
    if ((shown["ci_low"] < 0) & (shown["ci_high"] > 0)).any():
        lines.append("95 % interval: one that spans zero names the side of each end, A or B; it is not adjusted.")
    if shown["n_events"].notna().any():
        texts = " (a+b: texts, where no event has both kinds)" if shown["n_events"].isna().any() else ""
        rest = "" if (shown["n_events"] == 1).all() else "; the rest of the texts is left out here"
        lines.append(f"n = events with the measure in both kinds{texts}{rest}.")
    if shown["p"].isna().all() and shown["p_texts"].notna().any():
        lines.append(f"p texts = {P_TEXTS}.")
    if _few(shown["n_events"]).any():
        lines.append(
            "† fewer than six events: the interval rests on its assumptions alone, see the note in --format csv."
        )
    blank = shown[shown["difference"].notna() & shown["ci_low"].isna()]
    reasons = dict.fromkeys(
        r for n in blank["note"] for r in n.split("; ") if "no interval" in r or "without interval" in r
    )
    if reasons:
        said = (r.removeprefix("no interval: ").removesuffix(": no interval") for r in reasons)
        lines.append(f"– for an interval: {'; or '.join(said)}.")
    return lines


def _few(n_events: pd.Series) -> pd.Series:
    return (n_events > 1) & (n_events < 6)


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out a table in `WIDTH` columns; the first column gives way when there is not enough room."""
    widths = [max(len(r[i]) for r in [heads, *rows]) for i in range(len(heads))]
    widths[0] = min(widths[0], WIDTH - sum(widths[1:]) - 2 * (len(heads) - 1))
    lines = []
    for row in [heads, ["-" * w for w in widths], *rows]:
        cells = [
            _cut(cell, w).ljust(w) if i < 2 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, the first two columns to the left."""
    rule = [":--" if i < 2 else "--:" for i in range(len(heads))]
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [heads, rule, *escaped])


def comparison_text(
    contrasts: pd.DataFrame,
    design: str,
    notes: Sequence[str],
    everything: bool = False,
    markdown: bool = False,
    shares: pd.DataFrame | None = None,
) -> str:
    """Write a comparison for people: design, contrasts by pair, notes.

    Parameters
    ----------
    contrasts, design, notes
        As in `framing.Comparison`.
    everything
        Whether to show every measure; else those of `headline_measures`.
    markdown
        Whether to write Markdown; else text for 80 columns.
    shares
        As `framing.Comparison.shares`, to show each text's shares with their intervals first.
    """
    all_measures = contrasts["measure"].drop_duplicates().tolist()
    measures = all_measures if everything else headline_measures(all_measures)
    wrap = (lambda t: t) if markdown else (lambda t: fill(t, WIDTH, subsequent_indent="  "))
    left = len(all_measures) - len(measures)
    lines = list(notes)
    if left:
        lines.append(f"{left} more measures: --all shows them, --format csv gives every column.")
    lines += _legend(contrasts[contrasts["measure"].isin(measures)])
    bullet = "- " if markdown else ""
    return "\n\n".join([
        wrap(("**Design:** " if markdown else "Design: ") + design),
        *([] if shares is None else [shares_table(shares, measures, markdown)]),
        contrast_table(contrasts, measures, markdown),
        "\n".join(wrap(bullet + line) for line in lines),
    ])  # fmt: skip


def evidence_text(evidence: pd.DataFrame) -> str:
    """Write spans of evidence for a terminal of 80 columns, grouped by measure.

    Parameters
    ----------
    evidence
        As `framing.Analysis.evidence`, of one article.
    """
    blocks = []
    for measure, part in evidence.groupby("measure", sort=False):
        total = part["contribution"].sum(min_count=1)
        head = f"{measure} = {total:.4g}" if np.isfinite(total) else f"{measure} (not a sum over sentences)"
        lines = [head, "-" * min(WIDTH, len(head))]
        for row in part.itertuples():
            place = f"S{row.sentence}" if row.sentence is not pd.NA else "constant"
            weight = f"{row.contribution:+.4f}" if np.isfinite(row.contribution) else ""
            mark = " (inherited)" if row.inherited else ""
            lines.append(f"{place:<9}{weight:>10}  {_cut(row.rule + mark, WIDTH - 22)}")
            if row.text:
                lines.append(
                    fill(" ".join(row.text.split()), WIDTH, initial_indent=" " * 11, subsequent_indent=" " * 11)
                )
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) if blocks else "no evidence: the measure has no span in this article."


def audit_text(audit: pd.DataFrame, markdown: bool = False) -> str:
    """Write the audit of a corpus for people: a table of its sources, then what should be looked at.

    Parameters
    ----------
    audit
        As `framing.check_corpus` returns it.
    markdown
        Whether to write Markdown; else text for 80 columns.
    """
    heads = ["source", "marks", "articles", "words", "quoted", "no marks", "unbalanced"]
    rows = [
        [
            row.source, row.style or "–", f"{row.articles:,}", f"{row.words:,}",
            f"{row.quoted_share:.1%}" if np.isfinite(row.quoted_share) else "–", f"{row.without_marks:,}",
            f"{row.unbalanced:,}",
        ]
        for row in audit.itertuples()
    ]  # fmt: skip
    blocks = [markdown_table(heads, rows) if markdown else _columns(heads, _in_full(heads, rows))]
    blocks.append(
        "marks = the most common quotation marks; quoted = share of words in them;\n"
        "no marks, unbalanced = number of articles."
    )
    for row in audit[audit["flags"].notna()].itertuples():
        flags = row.flags.split("; ")
        if markdown:
            blocks.append("\n".join([f"**{row.source}**", "", *(f"- {flag}" for flag in flags)]))
        else:
            lines = [fill(flag, WIDTH, initial_indent="  ! ", subsequent_indent="    ") for flag in flags]
            blocks.append("\n".join([fill(row.source, WIDTH), *lines]))
    passed_over = audit.attrs.get("passed_over")
    if passed_over:
        blocks.append(passed_over if markdown else fill(passed_over, WIDTH))
    elif audit["flags"].isna().all():
        blocks.append("Nothing to look at.")
    return "\n\n".join(blocks)


def _in_full(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Write long names of rows on several lines: cut, two of them might be one."""
    room = WIDTH - sum(max(len(r[i]) for r in [heads, *rows]) + 2 for i in range(1, len(heads)))
    found = []
    for name, *cells in rows:
        first, *more = wrap(name, room, subsequent_indent="  ") or [""]
        found += [[first, *cells], *([line, *[""] * len(cells)] for line in more)]
    return found


_SIGNS = {"-1": "against", "0": "neutral", "1": "for"}
_ATTITUDES = {  # the parties in the order of the text
    "0": "neutral", "1": "first for second", "2": "second for first", "3": "first against second",
    "4": "second against first",
}  # fmt: skip


def risk_text(about: Mapping[str, Any]) -> str:
    """Return how well a trained model does in cross-validation, as text."""
    pairs = len(about["labels"]) > len(_SIGNS)
    words = _ATTITUDES if pairs else _SIGNS
    labels = ", ".join(f"{n} {words[label]}" for label, n in about["labels"].items() if n)
    lines = [
        fill(f"{about['n']} labelled {'pairs' if pairs else 'targets'} ({labels});", WIDTH, subsequent_indent="  "),
        f"{about['folds']}-fold cross-validation:",
        f"macro-F1 {about['macro_f1']:.3f}, accuracy {about['accuracy']:.3f}",
        "",
        "If it answers only where it is surest, the share of wrong answers is:",
    ]
    lines += [
        f"  {float(share):4.0%} answered  {risk:6.1%} wrong  certainty {about['confidence'][share]:.2f}"
        for share, risk in about["risk_coverage"].items()
    ]
    return "\n".join(lines)
