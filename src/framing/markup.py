"""HTML for notebooks: what came with a text is escaped, shortened and kept from turning the line round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_LONGEST = 200


def escaped(value: object, longest: int = _LONGEST) -> str:
    """Return a value as HTML on one line, cut with an ellipsis where it is longer than `longest` characters.

    Examples
    --------
    >>> escaped("<b>"), escaped(None), escaped("abcdef", 4)
    ('<bdi>&lt;b&gt;</bdi>', '–', '<bdi>abc…</bdi>')
    """
    if value is None or value != value:
        return "–"
    text = " ".join(str(value)[: 4 * longest].split())
    if len(text) > longest or len(str(value)) > 4 * longest:
        text = text[: longest - 1] + "…"
    return f"<bdi>{escape(text)}</bdi>" if text else ""


def html_table(heads: Sequence[str], rows: Iterable[Sequence[object]], left: int = 1) -> str:
    """Return a table.

    Parameters
    ----------
    heads
        Headings of the columns.
    rows
        Cells of each row.
    left
        How many columns hold words and are aligned left.
    """
    align = ["left" if i < left else "right" for i in range(len(heads))]
    head = "".join(f'<th style="text-align:{a}">{escaped(h)}</th>' for a, h in zip(align, heads, strict=True))
    body = "".join(
        "<tr>"
        + "".join(f'<td style="text-align:{a}">{escaped(c)}</td>' for a, c in zip(align, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def paragraphs(lines: Iterable[object], longest: int = 1000) -> str:
    """Return one paragraph a line."""
    return "".join(f"<p>{escaped(line, longest)}</p>" for line in lines)
