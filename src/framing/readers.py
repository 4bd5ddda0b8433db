"""Reading a corpus: a folder of texts, or one table in CSV, JSON lines or Parquet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from framing.corpus import Corpus, Draft, as_written, missing, whole
from framing.decoding import decode
from framing.errors import CorpusError, listed, unknown_name
from framing.front_matter import front_matter
from framing.table_rows import csv_lines, csv_rows, jsonl_rows, parquet_rows, with_text

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
    readers = {".csv": csv_rows, ".jsonl": jsonl_rows, ".parquet": parquet_rows}
    if path.suffix.lower() in TEXT_SUFFIXES:
        yield _file(path, path.stem, {})
        return
    if path.suffix.lower() not in readers:
        raise CorpusError(f"{path}: " + unknown_name("file type", path.suffix, [*TEXT_SUFFIXES, *TABLE_SUFFIXES]))
    yield from drafts_from_rows(with_text(path, readers[path.suffix.lower()](path)))


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
    numbered = list(csv_lines(table))
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
    text, problem = decode(path.read_bytes())
    front, text, front_problem = front_matter(text)
    problem = problem or front_problem
    merged = {**front, **row}
    return Draft(whole(str(merged.get("id") or default_id)), text, merged, problem)


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
