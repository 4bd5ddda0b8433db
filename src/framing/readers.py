"""Reading a corpus: a folder of texts, or one table in CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from framing.corpus import FIELDS, Corpus, Draft, as_written, known_heads, known_names, missing, whole
from framing.errors import CorpusError, listed, missing_extra, unknown_name

TEXT_SUFFIXES = (".txt", ".md")
TABLE_SUFFIXES = (".csv", ".jsonl", ".parquet")
METADATA_FILE = "metadata.csv"

_NULL_BYTES = "wrong encoding: holds null bytes; save the file as UTF-8 text"
_PARQUET_ROWS = 100
_EXCEL_DELIMITER = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)  # a first line that Excel writes and reads
_FIELD = re.compile(r"([^\W\d_][\w-]*)[ ]*:(?=\s|$)")
_HASHTAG = re.compile(r"(?:^|\s)#\w")
# A tag such as !!int may fail in Python's own ways.
_NOT_YAML = (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, RecursionError)


def read_corpus(path: str | Path) -> Corpus:
    """Read a corpus from a folder of texts or from one table.

    Parameters
    ----------
    path
        A folder of ``.txt`` and ``.md`` files (sub-folders included), with YAML front matter or with
        a ``metadata.csv`` beside them; or one ``.csv``, ``.jsonl`` or ``.parquet`` file. Rows of
        ``metadata.csv`` join by the column ``file`` (the path relative to the folder), else by ``id``
        (the file's name, without suffix or with it). The known columns are `framing.corpus.FIELDS`, in small letters or
        not; only the text is required. Files named ``README.*``, names that begin with ``.`` or ``_``, and csv
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
    return Corpus(draft.article() for draft in _drafts(Path(path)))


def iter_drafts(path: str | Path) -> Iterator[Draft]:
    """Read a corpus as `read_corpus` does, but one article after the other, with only its id remembered.

    Tables are read line by line (Parquet by row group), folders file by file. What is wrong with a
    row is raised when the row's turn comes, so what stands before it has been handed out by then.

    Parameters
    ----------
    path
        As in `read_corpus`.

    Yields
    ------
    Draft
        What stands in the file about one article; ``draft.article()`` makes it an article.

    Raises
    ------
    CorpusError
        As `read_corpus`.
    """
    seen: set[str] = set()
    for number, draft in enumerate(_drafts(Path(path)), start=1):
        if draft.id in seen:
            raise CorpusError(
                f"duplicate id: {draft.id!r} stands more than once (again as article {number} of {path}); "
                "every article needs an id of its own."
            )
        seen.add(draft.id)
        yield draft


def _drafts(path: Path) -> Iterator[Draft]:
    if path.is_dir():
        yield from _folder(path)
        return
    if not path.exists():
        raise CorpusError(f"{path}: no such file or folder; give a folder of texts or a {listed(TABLE_SUFFIXES)} file.")
    readers = {".csv": _csv_rows, ".jsonl": _jsonl_rows, ".parquet": _parquet_rows}
    if path.suffix.lower() in TEXT_SUFFIXES:
        yield _file(path, path.stem, {})
        return
    if path.suffix.lower() not in readers:
        raise CorpusError(f"{path}: " + unknown_name("file type", path.suffix, [*TEXT_SUFFIXES, *TABLE_SUFFIXES]))
    yield from drafts_from_rows(_with_text(path, readers[path.suffix.lower()](path)))


def _folder(folder: Path) -> Iterator[Draft]:
    files = sorted(p for p in folder.rglob("*") if _is_article(p, folder))
    if not files:
        raise CorpusError(
            f"{folder}: no articles; expected {listed(TEXT_SUFFIXES)} files. README.* and names that begin "
            "with '.' or '_' do not count, and a table must be given as the file itself."
        )
    rows = _metadata(folder / METADATA_FILE, folder, files) if (folder / METADATA_FILE).exists() else {}
    ids = _default_ids(files, folder)
    for path in files:
        yield _file(path, ids[path], rows.get(path, {}))


def passed_over(path: str | Path) -> str:
    """Say how many files of a corpus folder are not read, by their endings; empty where there are none.

    Tables, ``README.*`` and names that begin with ``.`` or ``_`` do not count, and a corpus that is one file passes
    nothing over.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> for name in ("a.txt", "b.docx", "c.html", "d.html"):
    ...     _ = (folder / name).write_text("It rained.")
    >>> passed_over(folder)
    '3 files are not read: 1 .docx, 2 .html; texts are .txt, .md'
    """
    folder = Path(path)
    read = (*TEXT_SUFFIXES, *TABLE_SUFFIXES)
    others = (p for p in folder.rglob("*") if p.suffix.lower() not in read and _counts(p, folder))
    n = Counter(p.suffix.lower() or "without ending" for p in others)
    if not n:
        return ""
    what = ", ".join(f"{n[ending]} {ending}" for ending in sorted(n))
    said = "1 file is" if n.total() == 1 else f"{n.total()} files are"
    return f"{said} not read: {what}; texts are {listed(TEXT_SUFFIXES)}"


def _default_ids(files: list[Path], folder: Path) -> dict[Path, str]:
    """Return each file's stem, or its relative path without suffix where files share a stem."""
    stems = Counter(p.stem for p in files)
    return {p: p.stem if stems[p.stem] == 1 else p.relative_to(folder).with_suffix("").as_posix() for p in files}


def _is_article(path: Path, folder: Path) -> bool:
    return path.suffix.lower() in TEXT_SUFFIXES and _counts(path, folder)


def _counts(path: Path, folder: Path) -> bool:
    """Tell whether a file is neither hidden nor a README."""
    hidden = any(part[0] in "._" for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden and path.name.split(".")[0].upper() != "README"


def _metadata(table: Path, folder: Path, files: list[Path]) -> dict[Path, dict[str, Any]]:
    numbered = list(_csv_lines(table))
    if not numbered:
        return {}
    by_file = {p.relative_to(folder).as_posix(): p for p in files}
    by_stem: dict[str, list[Path]] = {}
    by_name: dict[str, list[Path]] = {}
    for p in files:
        by_stem.setdefault(p.stem, []).append(p)
        by_name.setdefault(p.name, []).append(p)
    columns = numbered[0][1].keys()
    if "file" not in columns and "id" not in columns:
        raise CorpusError(
            f"{table}: missing column: expected 'file' (relative path) or 'id' (file name without suffix), "
            f"got {listed(columns)}."
        )
    joined: dict[Path, dict[str, Any]] = {}
    for number, row in numbered:
        path = _row_path(table, number, row, by_file, by_stem, by_name)
        if path in joined:
            raise CorpusError(f"{table}, line {number}: duplicate id: a second row for {path.name}; keep one.")
        joined[path] = row
    return joined


def _row_path(
    table: Path,
    number: int,
    row: dict[str, Any],
    by_file: dict[str, Path],
    by_stem: dict[str, list[Path]],
    by_name: dict[str, list[Path]],
) -> Path:
    if row.get("file"):
        name = str(row["file"]).replace("\\", "/")
        if name not in by_file:
            raise CorpusError(
                f"{table}, line {number}: no text file {name!r}; the folder has {listed(list(by_file)[:10])}."
            )
        return by_file[name]
    id = str(row.get("id") or "")
    paths = by_stem.get(id) or by_name.get(id, [])
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


def _file(path: Path, default_id: str, row: dict[str, Any]) -> Draft:
    row = {k: v for k, v in row.items() if v is not None}
    text, problem = _decode(path.read_bytes())
    front, text, front_problem = _front_matter(text)
    problem = problem or front_problem
    merged = {**front, **row}
    return Draft(whole(str(merged.get("id") or default_id)), text, merged, problem)


def _decode(raw: bytes) -> tuple[str, str | None]:
    """Decode bytes as UTF-8, or as UTF-16 with a mark; else return no text and the reason."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        return "", _wrong_byte(error.object[error.start : error.start + 1], error.start)
    if "\x00" in text:
        return "", _NULL_BYTES
    return text, None


def _wrong_byte(byte: bytes, position: int) -> str:
    return f"wrong encoding: not UTF-8 (byte 0x{byte.hex()} at position {position}); save the file as UTF-8"


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
        if lines and lines[0].partition(":")[0] in FIELDS:
            return {}, text, "front matter is not closed; write a line --- after its last field"
        return {}, text, None
    written = _written_fields(block)
    try:
        values = yaml.load(block, Loader=_TextLoader)
    except _NOT_YAML as error:
        values = _field_by_field(written)
        if values is None:
            where = getattr(error, "problem_mark", None)
            line = f" (line {where.line + 2})" if where else ""
            return {}, body, f"front matter is not valid YAML{line}; quote values that hold a colon"
    if not isinstance(values, dict):
        return {}, text, None
    values = known_names({str(k): v for k, v in values.items()})
    title, plain = values.get("title"), _plain_value(written.get("title", ""))
    if isinstance(title, list | dict) or (_HASHTAG.search(plain) and "#" not in (title or "")):
        values["title"] = plain  # "[Update]" and "#NoTariffs" are headlines, not a list and a comment
    return values, body, None


def _written_fields(block: str) -> dict[str, str]:
    """Return the lines of each field as they are written; none where a line belongs to no field."""
    found: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if head := _FIELD.match(line):
            name = head[1]
            found[name] = line
        elif found and line.startswith((" ", "\t", "- ")):
            found[name] += "\n" + line
        elif line.strip() and not line.startswith("#"):
            return {}
    return known_names(found)


def _field_by_field(written: dict[str, str]) -> dict[str, Any] | None:
    """Read each field by itself, as plain text where it is no YAML; nothing where this makes no sense either."""
    if not set(written) & set(FIELDS):
        return None
    values: dict[str, Any] = {}
    for name, lines in written.items():
        try:
            (values[name],) = yaml.load(lines, Loader=_TextLoader).values()
        except _NOT_YAML:
            values[name] = _plain_value(lines)
            if name != "title" and values[name].startswith(("[", "{")):
                return None  # a list that was not closed
    return values


def _plain_value(lines: str) -> str:
    return " ".join(lines.partition(":")[2].split())


class _TextLoader(yaml.SafeLoader):
    """A safe loader that leaves every scalar text: ``000`` stays ``000`` and dates stay as written."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag == "tag:yaml.org,2002:null"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _lines(path: Path, newline: str) -> Iterator[str]:
    """Yield the lines of a table with their ends, decoded as `_decode` does, without holding the whole file."""
    with path.open("rb") as raw:
        encoding = "utf-16" if raw.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    with path.open(encoding=encoding, newline=newline) as lines:
        try:
            for line in lines:
                if "\x00" in line:
                    raise CorpusError(f"{path}: {_NULL_BYTES}.")
                yield line
        except UnicodeDecodeError as error:
            place = _bad_byte(path) if encoding != "utf-16" else None
            byte, position = place or (error.object[error.start : error.start + 1], error.start)
            raise CorpusError(f"{path}: {_wrong_byte(byte, position)}.") from error


def _bad_byte(path: Path) -> tuple[bytes, int] | None:
    """Return the first byte of a file that is not UTF-8 and its position: a decoder in pieces does not know it."""
    place = 0
    with path.open("rb") as lines:
        for line in lines:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as here:
                return line[here.start : here.start + 1], place + here.start
            place += len(line)
    return None


def _csv_rows(path: Path) -> Iterator[dict[str, Any]]:
    return (row for _, row in _csv_lines(path))


def _csv_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a table, each with the number of the line it ends in."""
    csv.field_size_limit(2**31 - 1)
    lines = _lines(path, newline="")
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


def _jsonl_rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path, newline="\n"), start=1):
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


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
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


def _with_text(path: Path, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
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
        raise CorpusError(f"{path}: missing column: expected 'text', got {listed(columns)}.")


def drafts_from_rows(rows: Iterable[dict[str, Any]]) -> Iterator[Draft]:
    """Yield one draft a row; a missing text stays, with its reason in ``problem``; ids default to row numbers."""
    for number, row in enumerate(rows, start=1):
        text, problem = row.get("text"), None
        if missing(text):
            text = ""
        elif not isinstance(text, str):
            text, problem = "", f"text is no string but {type(text).__name__}"
        id = row.get("id")
        name = "" if missing(id) else as_written(id)
        yield Draft(whole(name or str(number)), text, row, problem)
