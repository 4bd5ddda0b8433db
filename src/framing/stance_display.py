"""What `framing stance` shows on a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import fill, wrap

import pandas as pd

from framing.comparing.design import ordered_kinds
from framing.display import WIDTH, markdown_table
from framing.errors import listed

_LEAST = 9  # columns for a target, so that a cell such as "-0.25 (14)" nearly always fits
_LEGEND = (
    "stance from -1 (against) to 1 (for) over all {counted}; in brackets how many.\n"
    "– the target is not named there, which is not the same as neutral.{abstains}"
)


def stance_text(
    table: pd.DataFrame, groups: Sequence[str], targets: Sequence[str], single: bool = False, markdown: bool = False,
    counted: str = "clauses",
) -> str:  # fmt: skip
    """Return a stance matrix, or what it counts, as text.

    Parameters
    ----------
    table
        As `StanceTable.matrix` or, with `single`, `StanceTable.clauses`; or the same of a `PartyTable`.
    groups
        The columns that `table` is grouped by. Of two or more the first one's labels become headings.
    targets
        The targets, one column each.
    single
        Whether `table` holds clauses.
    markdown
        Whether to return a Markdown table.
    counted
        What `table` counts: clauses about a target, or sentences that name two parties.
    """
    silent = not single and len(table) and table["stance"].isna().any()
    legend = _LEGEND.format(
        counted=counted, abstains="\nabstains: named, but no side is sure enough." if silent else ""
    )
    if not len(table) and counted != "clauses":
        return "No sentence of the texts that could be read names two of the parties."
    if not len(table):
        return f"{listed(targets)}: not named in the texts that could be read."
    if single:
        return _clauses_text(table) if counted == "clauses" else _sentences_text(table)
    heads, rows = _rows(table, groups, targets)
    if markdown:
        return markdown_table(heads, rows) + "\n\n" + legend
    n = len(groups)
    left = sum(max(len(row[i]) for row in [heads, *rows]) + 2 for i in range(1 if n > 1 else 0, n))
    per_table = max(1, (WIDTH - left) // (_LEAST + 2))
    tables = []
    for begin in range(n, len(heads), per_table):
        part = [*range(n), *range(begin, min(begin + per_table, len(heads)))]
        tables.append(_headed([heads[i] for i in part], [[row[i] for i in part] for row in rows], n))
    return "\n\n".join([*tables, legend])


def _headed(heads: Sequence[str], rows: Sequence[Sequence[str]], n_groups: int) -> str:
    """Return one table; of two groups or more the first one's labels stand above their rows."""
    if n_groups < 2:
        return "\n".join(_table(heads, rows, n_groups))
    lines = ["  " + line for line in _table(heads[1:], [row[1:] for row in rows], n_groups - 1)]
    text, body = lines[: -len(rows)], lines[-len(rows) :]
    for label, part in groupby(zip(rows, body, strict=True), key=lambda pair: pair[0][0]):
        text += ["", label, *(line for _, line in part)]
    return "\n".join(text)


def _rows(
    table: pd.DataFrame, groups: Sequence[str], targets: Sequence[str]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the heads and the cells, kinds in the order in which they are declared."""
    cells = table.assign(cell=[_cell(s, n) for s, n in zip(table["stance"], table["n"], strict=True)])
    wide = cells.pivot(index=list(groups), columns="target", values="cell").reindex(columns=list(targets))
    wide = wide.sort_index().astype(object).where(wide.notna(), "–").reset_index()
    if "kind" in groups:
        place = {kind: i for i, kind in enumerate(ordered_kinds(wide["kind"].dropna().tolist()))}
        wide = wide.sort_values(list(groups), kind="stable", key=lambda c: c.map(place) if c.name == "kind" else c)
    rows = [tuple("–" if pd.isna(v) else str(v) for v in row) for row in wide.itertuples(index=False)]
    return tuple(name.replace("_", " ") for name in (*groups, *targets)), rows


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], n_groups: int) -> list[str]:
    """Lay out a table: groups at the left, targets at the right, their names on as many lines as they need."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(n_groups)]
    room = WIDTH - sum(widths) - 2 * n_groups
    columns = range(n_groups, len(heads))
    each = max(_LEAST, room // max(len(columns), 1) - 2)
    wrapped = {i: wrap(heads[i], each) or [""] for i in columns}
    widths += [max(*map(len, wrapped[i]), *(len(row[i]) for row in rows)) for i in columns]
    deep = max(map(len, wrapped.values()), default=1)
    lines = []
    for k in range(deep):
        left = [heads[i] if k == deep - 1 else "" for i in range(n_groups)]
        right = [([""] * (deep - len(wrapped[i])) + wrapped[i])[k] for i in columns]
        lines.append([*left, *right])
    lines += [["-" * width for width in widths], *rows]
    return [
        "  ".join(
            cell.ljust(width) if i < n_groups else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def _clauses_text(table: pd.DataFrame) -> str:
    lines = []
    for row in table.itertuples():
        who = row.voice if row.voice == row.holder else f"{row.voice}, {row.holder}"
        head = f"[{_sign(row.polarity)}] {row.target} · {who} · {row.rule}{' · inherited' if row.inherited else ''}"
        lines.append(fill(f"{row.article} S{row.sentence}: {head}", WIDTH, subsequent_indent="    "))
        lines.append(fill(" ".join(str(row.text).split()), WIDTH, initial_indent="    ", subsequent_indent="    "))
    return "\n".join(lines)


def _sentences_text(table: pd.DataFrame) -> str:
    lines = []
    for row in table.itertuples():
        arrow = "and" if row.polarity == 0 else "->"
        reason = f" · {row.because}" if row.because else ""
        head = f"[{_sign(row.polarity)}] {row.holder} {arrow} {row.target} · {row.voice}{reason}"
        lines.append(fill(f"{row.article} S{row.sentence}: {head}", WIDTH, subsequent_indent="    "))
        lines.append(fill(" ".join(str(row.text).split()), WIDTH, initial_indent="    ", subsequent_indent="    "))
    return "\n".join(lines)


def _cell(stance: float, n: int) -> str:
    return "abstains" if pd.isna(stance) else f"{stance:+.2f} ({n})".replace("+0.00", "0.00").replace("-0.00", "0.00")


def _sign(polarity: float) -> str:
    return "?" if pd.isna(polarity) else {1: "+", 0: "0", -1: "-"}[int(polarity)]
