"""Reading a corpus: a folder of texts, or one table in CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from framing.corpus import Article, Corpus, article_from
from framing.errors import CorpusError, listed, missing_extra, unknown_name

TEXT_SUFFIXES = (".txt", ".md")
TABLE_SUFFIXES = (".csv", ".jsonl", ".parquet")
METADATA_FILE = "metadata.csv"


def read_corpus(path: str | Path) -> Corpus:
    """Read a corpus from a folder of texts or from one table.

    Parameters
    ----------
    path
        A folder of ``.txt`` and ``.md`` files (sub-folders included), with YAML front matter or with
        a ``metadata.csv`` beside them; or one ``.csv``, ``.jsonl`` or ``.parquet`` file. Rows of
        ``metadata.csv`` join by the column ``file`` (the path relative to the folder), else by ``id``
        (the file's name without suffix). The known columns are `framing.corpus.FIELDS`; only the
        text is required. Files named ``README.*``, names that begin with ``.`` or ``_``, and csv
        files beside texts are no articles.

    Returns
    -------
    Corpus
        Articles in the order of their paths, or of the table's rows. An article that cannot be
        read stays in the corpus, with its reason in ``problem``.

    Raises
    ------
    CorpusError
        If nothing can be read, if an id stands twice, or if the metadata contradict the files.
    """
    path = Path(path)
    if path.is_dir():
        return Corpus(_read_folder(path))
    if not path.exists():
        raise CorpusError(f"{path}: no such file or folder; give a folder of texts or a {listed(TABLE_SUFFIXES)} file.")
    readers = {".csv": _csv_rows, ".jsonl": _jsonl_rows, ".parquet": _parquet_rows}
    if path.suffix.lower() in TEXT_SUFFIXES:
        return Corpus([_read_file(path, path.stem, {})])
    if path.suffix.lower() not in readers:
        raise CorpusError(f"{path}: " + unknown_name("file type", path.suffix, [*TEXT_SUFFIXES, *TABLE_SUFFIXES]))
    articles = _from_rows(path, readers[path.suffix.lower()](path))
    if not articles:
        raise CorpusError(f"{path}: no articles; the table has no rows.")
    return Corpus(articles)


def _read_folder(folder: Path) -> list[Article]:
    files = sorted(p for p in folder.rglob("*") if _is_article(p, folder))
    if not files:
        raise CorpusError(
            f"{folder}: no articles; expected {listed(TEXT_SUFFIXES)} files. README.* and names that begin "
            "with '.' or '_' do not count, and a table must be given as the file itself."
        )
    rows = _metadata(folder / METADATA_FILE, folder, files) if (folder / METADATA_FILE).exists() else {}
    ids = _default_ids(files, folder)
    return [_read_file(p, ids[p], rows.get(p, {})) for p in files]


def _default_ids(files: list[Path], folder: Path) -> dict[Path, str]:
    """Return each file's stem, or its relative path without suffix where files share a stem."""
    stems = Counter(p.stem for p in files)
    return {p: p.stem if stems[p.stem] == 1 else p.relative_to(folder).with_suffix("").as_posix() for p in files}


def _is_article(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    hidden = any(part[0] in "._" for part in parts)
    return (
        path.is_file()
        and path.suffix.lower() in TEXT_SUFFIXES
        and not hidden
        and path.name.split(".")[0].upper() != "README"
    )


def _metadata(table: Path, folder: Path, files: list[Path]) -> dict[Path, dict[str, Any]]:
    rows = _csv_rows(table)
    if not rows:
        return {}
    by_file = {p.relative_to(folder).as_posix(): p for p in files}
    by_stem: dict[str, list[Path]] = {}
    for p in files:
        by_stem.setdefault(p.stem, []).append(p)
    columns = rows[0].keys()
    if "file" not in columns and "id" not in columns:
        raise CorpusError(
            f"{table}: missing column: expected 'file' (relative path) or 'id' (file name without suffix), "
            f"got {listed(columns)}."
        )
    joined: dict[Path, dict[str, Any]] = {}
    for number, row in enumerate(rows, start=2):
        path = _row_path(table, number, row, by_file, by_stem)
        if path in joined:
            raise CorpusError(f"{table}, line {number}: duplicate id: a second row for {path.name}; keep one.")
        joined[path] = row
    return joined


def _row_path(
    table: Path, number: int, row: dict[str, Any], by_file: dict[str, Path], by_stem: dict[str, list[Path]]
) -> Path:
    if row.get("file"):
        name = str(row["file"]).replace("\\", "/")
        if name not in by_file:
            raise CorpusError(
                f"{table}, line {number}: no text file {name!r}; the folder has {listed(list(by_file)[:10])}."
            )
        return by_file[name]
    paths = by_stem.get(str(row.get("id") or ""), [])
    if not paths:
        raise CorpusError(
            f"{table}, line {number}: no text file for id {row.get('id')!r}; "
            f"the folder has {listed(list(by_stem)[:10])}."
        )
    if len(paths) > 1:
        raise CorpusError(
            f"{table}, line {number}: id {row['id']!r} fits {len(paths)} files; "
            "add a column 'file' with the relative path."
        )
    return paths[0]


def _read_file(path: Path, default_id: str, row: dict[str, Any]) -> Article:
    row = {k: v for k, v in row.items() if v is not None}
    text, problem = _decode(path.read_bytes())
    front, text, front_problem = _front_matter(text)
    problem = problem or front_problem
    merged = {**front, **row}
    return article_from(str(merged.get("id") or default_id), text, merged, problem)


def _decode(raw: bytes) -> tuple[str, str | None]:
    """Decode bytes as UTF-8, or as UTF-16 with a mark; else return no text and the reason."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        byte = raw[error.start : error.start + 1].hex()
        return (
            "",
            f"wrong encoding: not UTF-8 (byte 0x{byte} at position {error.start}); save the file as UTF-8",
        )
    if "\x00" in text:
        return "", "wrong encoding: holds null bytes; save the file as UTF-8 text"
    return text, None


def _front_matter(text: str) -> tuple[dict[str, Any], str, str | None]:
    """Split YAML front matter from a text; a text that only begins with a rule is left whole."""
    first, newline, rest = text.partition("\n")
    if first.rstrip("\r ") != "---" or not newline:
        return {}, text, None
    lines = rest.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.rstrip("\r\n ") in ("---", "..."):
            block, body = "".join(lines[:number]), "".join(lines[number + 1 :])
            break
    else:
        return {}, text, None
    try:
        values = yaml.load(block, Loader=_TextLoader)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" (line {where.line + 2})" if where else ""
        return {}, body, f"front matter is not valid YAML{line}; quote values that hold a colon"
    if not isinstance(values, dict):
        return {}, text, None
    return {str(k): v for k, v in values.items()}, body, None


class _TextLoader(yaml.SafeLoader):
    """A safe loader that leaves every scalar text: ``000`` stays ``000`` and dates stay as written."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag == "tag:yaml.org,2002:null"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _csv_rows(path: Path) -> list[dict[str, Any]]:
    text, problem = _decode(path.read_bytes())
    if problem:
        raise CorpusError(f"{path}: {problem}.")
    csv.field_size_limit(2**31 - 1)
    first_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    rows = []
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if None in row:
                raise CorpusError(
                    f"{path}, line {reader.line_num}: more cells than the header has columns; "
                    "quote cells that hold the delimiter."
                )
            rows.append({k.strip(): v or None for k, v in row.items()})
    except csv.Error as error:
        raise CorpusError(f"{path}, line {reader.line_num}: not a valid CSV table ({error}).") from error
    return rows


def _jsonl_rows(path: Path) -> list[dict[str, Any]]:
    text, problem = _decode(path.read_bytes())
    if problem:
        raise CorpusError(f"{path}: {problem}.")
    rows = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise CorpusError(
                f"{path}, line {number}: not valid JSON ({error.msg}); expected one object a line."
            ) from error
        if not isinstance(row, dict):
            raise CorpusError(f"{path}, line {number}: expected a JSON object, got {type(row).__name__}.")
        rows.append(row)
    return rows


def _parquet_rows(path: Path) -> list[dict[str, Any]]:
    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise missing_extra("pyarrow", "parquet", f"reading {path.name}") from error
    try:
        return parquet.read_table(path).to_pylist()
    except Exception as error:  # pyarrow raises several unrelated classes for a damaged file
        raise CorpusError(f"{path}: not a readable Parquet file ({error}).") from error


def _from_rows(path: Path, rows: Iterable[dict[str, Any]]) -> list[Article]:
    rows = list(rows)
    columns = list(dict.fromkeys(k for row in rows for k in row))
    if rows and "text" not in columns:
        raise CorpusError(f"{path}: missing column: expected 'text', got {listed(columns)}.")
    return articles_from_rows(rows)


def articles_from_rows(rows: Iterable[dict[str, Any]]) -> list[Article]:
    """Build one article a row; a missing text stays, with its reason in ``problem``; ids default to row numbers."""
    return list(_row_articles(list(rows)))


def _row_articles(rows: list[dict[str, Any]]) -> Iterator[Article]:
    for number, row in enumerate(rows, start=1):
        text, problem = row.get("text"), None
        if text is None or text != text:
            text = ""
        elif not isinstance(text, str):
            text, problem = "", f"text is no string but {type(text).__name__}"
        id = row.get("id")
        yield article_from(str(number) if id is None or str(id) == "" else str(id), text or "", row, problem)
