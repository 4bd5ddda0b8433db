"""Rows of tables in CSV, JSON lines and Parquet, one after the other."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from framing.corpus import known_heads, known_names
from framing.decoding import decoded_lines
from framing.errors import CorpusError, listed, missing_extra

_PARQUET_ROWS = 100
_EXCEL_DELIMITER = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)  # a first line that Excel writes and reads


def csv_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a CSV table, whatever of comma, semicolon and tab parts its cells."""
    return (row for _, row in csv_lines(path))


def csv_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a table, each with the number of the line it ends in."""
    csv.field_size_limit(2**31 - 1)
    lines = decoded_lines(path, newline="")
    first_line = next(lines, "")
    above = 0
    if named := _EXCEL_DELIMITER.fullmatch(first_line):
        first_line, above = next(lines, ""), 1
    delimiter = named[1] if named else max(",;\t", key=first_line.count)
    reader = csv.DictReader(chain([first_line], lines), delimiter=delimiter, strict=True)
    try:
        heads = [(name or "").strip() for name in reader.fieldnames or []]
        reader.fieldnames = known_heads(heads)
        if twice := sorted({name for name in heads if name and heads.count(name) > 1}):
            raise CorpusError(
                f"{path}: more than one column {', '.join(map(repr, twice))}; rename or drop one of them."
            )
        for row in reader:
            if None in row:
                raise CorpusError(
                    f"{path}, line {reader.line_num + above}: more cells than the header has columns; "
                    "quote cells that hold the delimiter."
                )
            yield reader.line_num + above, {k: v or None for k, v in row.items()}
    except csv.Error as error:
        raise CorpusError(f"{path}, line {reader.line_num + above}: not a valid CSV table ({error}).") from error


def jsonl_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    for number, line in enumerate(decoded_lines(path, newline="\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(
                f"{path}, line {number}: not valid JSON ({error.msg}); expected one object a line."
            ) from error
        except (ValueError, RecursionError) as error:  # a number of thousands of digits; lists in lists in lists
            raise CorpusError(f"{path}, line {number}: not readable JSON ({error}).") from error
        if not isinstance(row, dict):
            raise CorpusError(f"{path}, line {number}: expected a JSON object, got {type(row).__name__}.")
        yield known_names(row)


def parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file, some at a time."""
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise missing_extra("pyarrow", "parquet", f"reading {path.name}") from error
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_PARQUET_ROWS, use_threads=False):
                yield from map(known_names, batch.to_pylist())
    except Exception as error:  # pyarrow raises several unrelated classes for a damaged file
        raise CorpusError(f"{path}: not a readable Parquet file ({error}).") from error


def with_text(path: Path, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Pass rows on; raise where there is none, or none with a text.

    JSON lines may leave out what they do not have, so that only the last row shows that no row has a
    text; the other tables have the same columns in every row.
    """
    columns: dict[str, None] = {}
    row = None
    for row in rows:
        columns.update(dict.fromkeys(row))
        if "text" not in columns and path.suffix.lower() != ".jsonl":
            break
        yield row
    if row is None:
        raise CorpusError(f"{path}: no articles; the table has no rows.")
    if "text" not in columns:
        raise CorpusError(
            f"{path}: missing column: expected 'text', got {listed(columns)}. Rename your column of texts to 'text'."
        )
