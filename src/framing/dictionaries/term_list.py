"""Plain lists of terms as CSV, in the notation of codebooks: one row a term of a theme."""

from __future__ import annotations

import csv
import io
import math

from framing.categories import NEGATION, Codebook
from framing.dictionaries.foreign import MAX_ENTRIES, Category, Lost, Written
from framing.dictionaries.writable import plain_categories
from framing.errors import CodebookError, bad_value, listed
from framing.terms import check

COLUMNS = ("theme", "sub", "term", "use", "weight", "negated")
_ALSO = {
    "category": "theme", "key": "theme", "dimension": "theme", "word": "term", "pattern": "term", "token": "term",
    "entry": "term", "part": "sub", "subcategory": "sub",
}  # fmt: skip
_USES = ("term", "not")


def read(text: str, where: str, lost: list[Lost], name: str) -> list[Category]:
    """Read a list: a header with ``term`` and, if you like, the other `COLUMNS`, or one term a line without a header.

    Commas, semicolons and tabs part the columns. Without a column ``theme`` all terms belong to one, called `name`.

    Raises
    ------
    CodebookError
        If it cannot be read; the message names the line.
    """
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise CodebookError(f"{where}: not valid CSV: {error}.") from error
    if not rows:
        raise CodebookError(f"{where}: is empty; write one term a line, or a header with the column 'term'.")
    if len(rows) > MAX_ENTRIES:
        raise CodebookError(f"{where}: more than {MAX_ENTRIES:,} rows; split it into several.")
    header = [_ALSO.get(cell.strip().lower(), cell.strip().lower()) for cell in rows[0][1]]
    if "term" not in header:
        if max(len(row) for _, row in rows) > 1:
            raise CodebookError(
                f"{where}, line 1: the header needs a column 'term'; known columns are {listed(COLUMNS)}, "
                f"got {listed(rows[0][1])}."
            )
        header, rows = ["term"], [(0, []), *rows]
    unknown = [c for c in header if c not in COLUMNS]
    lost += [Lost("", f"column {c!r}", "left out: it has no meaning here") for c in unknown]
    found: dict[tuple[str, ...], Category] = {}
    for number, row in rows[1:]:
        if len(row) > len(header):
            raise CodebookError(f"{where}, line {number}: {len(row)} cells under {len(header)} columns; quote commas.")
        _take(dict(zip(header, map(str.strip, row), strict=False)), f"{where}, line {number}", name, found)
    return list(found.values())


def _take(row: dict[str, str], place: str, name: str, found: dict[tuple[str, ...], Category]) -> None:
    """Add a row to its category."""
    term, theme, use = row.get("term", ""), row.get("theme") or name, row.get("use") or "term"
    if not term:
        raise CodebookError(f"{place}: has no term.")
    if not term.startswith("@"):
        try:
            check(term)
        except CodebookError as error:
            raise CodebookError(f"{place}: {error}") from error
    if use not in _USES:
        raise CodebookError(f"{place}: " + bad_value("use", " or ".join(map(repr, _USES)), use))
    path = (theme, *filter(None, row.get("sub", "").split("/")))
    category = found.setdefault(path, Category(path))
    if use == "not":
        category.guards.append(term)
        return
    category.terms.append(term)
    if weight := row.get("weight"):
        category.weights[term] = _number(weight, place)
    if negated := row.get("negated"):
        if negated not in NEGATION:
            raise CodebookError(f"{place}: " + bad_value("negated", f"one of {listed(NEGATION)}", negated))
        category.negations[term] = negated


def _number(text: str, place: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise CodebookError(f"{place}: " + bad_value("weight", "a number", text))
    return value


def write(book: Codebook, lost: list[Lost]) -> Written:
    """Write the terms and the guards of a codebook."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    names = {}
    for category in plain_categories(book):
        theme = category.theme
        names[theme.name] = category.path[0]
        for term in category.terms:
            weight = theme.weight(term)
            negated = theme.negation(term)
            writer.writerow([
                category.path[0], "/".join(category.path[1:]), term, "term", "" if weight == 1 else f"{weight:g}",
                "" if negated == "count" else negated,
            ])  # fmt: skip
    for theme in book.themes.values():
        if theme.name in names:
            writer.writerows([names[theme.name], "", term, "not", "", ""] for term in theme.guards)
    return Written(file.getvalue(), lost)
