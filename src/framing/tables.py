"""Tables as files and text: CSV, JSON lines, Parquet; full precision, empty or null for what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from framing.errors import FramingError, bad_value, missing_extra

TABLE_SUFFIXES = (".csv", ".parquet", ".jsonl")
_ROW_GROUP = 5_000


def write_table(table: pd.DataFrame, path: str | Path) -> None:
    """Write a table as CSV, Parquet or JSON lines, by the suffix of its path.

    Raises
    ------
    FramingError
        If the suffix is none of these.
    """
    path = Path(path)
    check_table_path(path)
    with TableWriter(path) as writer:
        writer.write(table)


def check_table_path(path: Path) -> None:
    """Raise if no table can be written to `path`, before anything is computed for it."""
    if path.suffix.lower() not in TABLE_SUFFIXES:
        raise FramingError(bad_value("the suffix of the output file", f"one of {', '.join(TABLE_SUFFIXES)}", path.name))
    if path.is_dir():
        raise FramingError(f"{path}: is a folder; give the name of a file.")
    if not path.absolute().parent.is_dir():
        raise FramingError(f"{path}: there is no folder {path.parent}; make it first.")
    if path.suffix.lower() == ".parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise missing_extra("pyarrow", "parquet", f"writing {path.name}") from error


class TableWriter:
    """Writes a table piece by piece; the file holds what one write of the whole would hold.

    Parameters
    ----------
    path
        A path that `check_table_path` accepts.
    """

    def __init__(self, path: Path):
        self._suffix = path.suffix.lower()
        self._path = path
        parquet = self._suffix == ".parquet"
        self._text = None if parquet else path.open("w", encoding="utf-8", newline="")
        self._parquet: Any = None
        self._waiting: list[pd.DataFrame] = []
        self._started = False

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def write(self, piece: pd.DataFrame) -> None:
        """Append rows; all pieces have the same columns."""
        if self._suffix == ".parquet":
            # Small pieces would make as many row groups, each with statistics of every column.
            self._waiting.append(piece)
            if sum(map(len, self._waiting)) >= _ROW_GROUP:
                self._write_group()
        elif self._text is not None:
            text = jsonl_text(piece) if self._suffix == ".jsonl" else csv_text(piece, header=not self._started)
            self._text.write(text)
        self._started = True

    def close(self) -> None:
        """Write what waits and close the file."""
        try:
            if self._waiting:
                self._write_group()
        finally:
            for file in (self._parquet, self._text):
                if file is not None:
                    file.close()

    def _write_group(self) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        table = self._waiting[0] if len(self._waiting) == 1 else pd.concat(self._waiting, ignore_index=True)
        self._waiting = []
        group = pa.Table.from_pandas(table, schema=_arrow_schema(table), preserve_index=False)
        if self._parquet is None:
            self._parquet = parquet.ParquetWriter(self._path, group.schema)
        self._parquet.write_table(group.cast(self._parquet.schema), row_group_size=_ROW_GROUP)


def _arrow_schema(table: pd.DataFrame) -> Any:
    """Return the types of a table's columns; a column in which all is missing is one of text.

    Without this, a piece that lacks, say, every date would have another type than the next.
    """
    import pyarrow as pa

    schema = pa.Schema.from_pandas(table, preserve_index=False)
    for place, field in enumerate(schema):
        if pa.types.is_null(field.type):
            schema = schema.set(place, field.with_type(pa.string()))
    return schema


def csv_text(table: pd.DataFrame, header: bool = True) -> str:
    """Return a table as CSV with full precision and empty cells for what is missing."""
    return table.to_csv(index=False, header=header, lineterminator="\n")


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
