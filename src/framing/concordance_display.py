"""Concordances for people: aligned on a terminal of 80 columns, and as an HTML page."""

from __future__ import annotations

import html
import re

import pandas as pd

from framing.terminal import WIDTH, columns, head, left_aligned, printable, right_aligned

_PLACE = 6
_LEFT = 34
_NO_KIND = "no kind"
_CLOSING = re.compile(r"[,.;:!?…)\]”’»%]+|(?=[-‐‑/'’])")
_STYLE = """body{font:15px/1.4 system-ui,sans-serif;margin:2em auto;max-width:75em;padding:0 1em;color:#111}
body{background:#fff}
table{border-collapse:collapse;width:100%;table-layout:fixed}td{padding:.15em .4em;vertical-align:top}
.s{color:#555;font-size:.85em}.l{text-align:right}
tr.a td{padding-top:.8em;color:#555;font-size:.85em}tbody tr:hover{background:#f2f2f2}.n{color:#555;font-size:.85em}"""


_COLUMNS = '<colgroup><col style="width:3.5em"><col style="width:45%"><col></colgroup>'


def kwic_text(table: pd.DataFrame, limit: int | None = None) -> str:
    """Return a concordance as text, by kind and article, the keywords one below the other.

    Parameters
    ----------
    table
        As `framing.kwic` returns it.
    limit
        Lines at most of each kind; all when not given.
    """
    if not len(table):
        return "Not found."
    blocks = []
    for kind, rows in _groups(table):
        lines = [head(f"{printable(kind)}: {_n(rows)}", WIDTH)]
        article = None
        for row in rows.head(len(rows) if limit is None else limit).itertuples(index=False):
            if row.article != article:
                article = row.article
                lines.append(head(f"  {printable(article)}", WIDTH))
            lines.append(_line(row))
        if limit is not None and len(rows) > limit:
            lines.append(f"  ... and {len(rows) - limit:,} more")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _groups(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    kinds = table["kind"].astype(object).where(table["kind"].notna(), _NO_KIND)
    return [(str(kind), table[kinds == kind]) for kind in dict.fromkeys(kinds)]


def _n(rows: pd.DataFrame) -> str:
    n, articles = len(rows), rows["article"].nunique()
    return f"{n:,} place{'s' if n != 1 else ''} in {articles:,} article{'s' if articles != 1 else ''}"


def _line(row: tuple) -> str:
    place = left_aligned(f"  S{row.sentence}", _PLACE)
    left, keyword, right = (printable(part) for part in (row.left, row.keyword, row.right))
    room = WIDTH - _PLACE - _LEFT - 3
    joined = _CLOSING.match(right)  # a comma stays with the word before it
    if joined:
        keyword, right = keyword + joined.group(), right[joined.end() :].lstrip()
    keyword = head(keyword, room)
    gap = "" if joined and not joined.group() else "  "
    rest = room - columns(keyword) - len(gap)
    return f"{place} {right_aligned(left, _LEFT)}  {keyword}{gap}{head(right, rest) if rest > 3 else ''}".rstrip()


def kwic_html(table: pd.DataFrame, title: str = "Concordance") -> str:
    """Return a concordance as an HTML page; all that comes from the texts is escaped, and nothing is loaded.

    Parameters
    ----------
    table
        As `framing.kwic` returns it.
    title
        What the page is called, e.g. the pattern.
    """
    name = html.escape(printable(title))
    parts = [
        f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>{name}</title><style>{_STYLE}</style></head><body>
<h1>{name}</h1>"""
    ]
    for kind, rows in _groups(table):
        parts.append(f'<h2>{_safe(kind)}</h2>\n<p class="n">{_n(rows)}</p>\n<table>{_COLUMNS}<tbody>')
        article = None
        for row in rows.itertuples(index=False):
            if row.article != article:
                article = row.article
                parts.append(f'<tr class="a"><td colspan="3">{_safe(article)}</td></tr>')
            about = _safe(f"{row.voice}: {row.rule}{', inherited' if row.inherited else ''}")
            gap = "" if _CLOSING.match(row.right) else " "
            tds = f'<td class="l" dir="auto">{_safe(row.left)}</td>'
            tds += f'<td dir="auto"><b>{_safe(row.keyword)}</b>{gap}{_safe(row.right)}</td>'
            parts.append(f'<tr title="{about}"><td class="s">S{row.sentence}</td>{tds}</tr>')
        parts.append("</tbody></table>")
    if not len(table):
        parts.append("<p>Not found.</p>")
    return "\n".join([*parts, "</body></html>\n"])


def _safe(text: object) -> str:
    return html.escape(printable(str(text)))
