"""Tables as files and text: CSV, JSON lines, Parquet; full precision, empty or null for what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import FramingError, bad_value, missing_extra

TABLE_SUFFIXES = (".csv", ".parquet", ".jsonl")


def write_table(table: pd.DataFrame, path: str | Path) -> None:
    """Write a table as CSV, Parquet or JSON lines, by the suffix of its path.

    Raises
    ------
    FramingError
        If the suffix is none of these.
    """
    path = Path(path)
    if path.suffix.lower() not in TABLE_SUFFIXES:
        raise FramingError(bad_value("the suffix of the output file", f"one of {', '.join(TABLE_SUFFIXES)}", path.name))
    if path.suffix.lower() == ".parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise missing_extra("pyarrow", "parquet", f"writing {path.name}") from error
        table.to_parquet(path, index=False)
    else:
        text = csv_text(table) if path.suffix.lower() == ".csv" else jsonl_text(table)
        path.write_text(text, encoding="utf-8", newline="")


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as CSV with full precision and empty cells for what is missing."""
    return table.to_csv(index=False, lineterminator="\n")


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dicts of plain values, ``None`` for what is missing."""
    plain = table.astype(object).where(table.notna(), None)
    return [{k: v.item() if hasattr(v, "item") else v for k, v in row.items()} for row in plain.to_dict("records")]


def jsonl_text(table: pd.DataFrame) -> str:
    """Return a table as JSON lines, null for what is missing."""
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in records(table))


def json_text(value: Any) -> str:
    """Return a value as indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
