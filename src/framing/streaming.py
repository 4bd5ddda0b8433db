"""Scores straight into a file, batch by batch, for corpora that do not fit into memory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from framing.codebook import Codebook
from framing.errors import FramingError
from framing.inputs import as_corpus, is_path
from framing.readers import iter_drafts
from framing.scoring import Scored, Scorer, score_batches
from framing.tables import TableWriter, check_table_path

SHOWN_PROBLEMS = 1_000
"""So many problems are kept to be summed up; the column ``problem`` of the table lists all."""


@dataclass
class Written:
    """What `write_features` wrote.

    Attributes
    ----------
    path
        The file.
    n_articles, n_rows
        Number of articles scored, and of rows in the file.
    n_problems
        Number of articles that could not be scored in full.
    problems
        ``(id, problem)`` of the first `SHOWN_PROBLEMS` of them.
    """

    path: Path
    n_articles: int = 0
    n_rows: int = 0
    n_problems: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)

    def add(self, scored: Scored) -> None:
        """Count a batch."""
        self.n_articles += scored.n_articles
        self.n_rows += len(scored.table)
        self.n_problems += len(scored.problems)
        self.problems += scored.problems[: SHOWN_PROBLEMS - len(self.problems)]


def write_features(
    corpus: Any,
    path: str | Path,
    codebook: str | Path | Codebook | None = None,
    *,
    extractors: str | Sequence[str] | None = None,
    inherited: bool = True,
    counts: str = "framing",
    unit: str = "article",
    n_jobs: int | None = 1,
    progress: bool = False,
) -> Written:
    """Score a corpus of any size into a file: the table of `features`, in memory that does not grow with it.

    Articles are read, scored and written batch by batch. Until all are done the rows stand in a
    file beside `path` with ``.partial`` in its name; when the run ends early, that file stays, whole and
    readable, and a note of the exception names it.

    Parameters
    ----------
    corpus
        As in `analyse`; only a path is read bit by bit.
    path
        A ``.csv``, ``.jsonl`` or ``.parquet`` file; replaced when it is there.
    codebook, extractors, inherited, counts, unit, n_jobs, progress
        As in `features`.

    Returns
    -------
    Written
        The number of articles and rows, and the first problems.

    Raises
    ------
    FramingError
        If the corpus, the codebook or an argument is not usable.

    Examples
    --------
    >>> import framing
    >>> folder = getfixture("tmp_path")
    >>> framing.write_features(["It rained.", "It shone."], folder / "features.csv").n_rows
    2
    """
    path = Path(path)
    check_table_path(path)
    scorer = Scorer.build(codebook, extractors, inherited, unit, counts)
    if is_path(corpus):
        if Path(corpus).exists() and path.exists() and os.path.samefile(corpus, path):
            raise FramingError(f"{path}: the scores would replace the corpus; give the output another name.")
        texts: Any = iter_drafts(corpus)
    else:
        texts = list(as_corpus(corpus))
    written = Written(path)
    with _Partial(written) as file:
        for scored in score_batches(texts, scorer, n_jobs, progress):
            file.write(scored.table)
            written.add(scored)
        if not written.n_articles:
            file.write(scorer([]).table)
    return written


class _Partial:
    """A table under a name of its own, which takes the wanted name when all of it is there."""

    def __init__(self, written: Written):
        self._written = written
        self._path = _unused(written.path)
        self._writer = TableWriter(self._path)
        self.write = self._writer.write

    def __enter__(self) -> _Partial:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        whole = True
        try:
            self._writer.close()
        except Exception as late:  # the disk is full, say
            whole = False
            if error is None:
                self._keep(late, whole)
                raise
        if error is not None:
            self._keep(error, whole)
        else:
            os.replace(self._path, self._written.path)

    def _keep(self, error: BaseException, whole: bool) -> None:
        n = self._written.n_articles
        if not n:
            self._path.unlink(missing_ok=True)
        elif whole:
            error.add_note(f"What was finished before ({n} article{'s' * (n > 1)}) is kept in {self._path}.")
        else:
            error.add_note(f"What was written before stands in {self._path}, which could not be completed.")


def _unused(path: Path) -> Path:
    """Return a name beside `path` that is not taken, with the same suffix so that it can be opened."""
    number, name = 1, f"{path.stem}.partial{path.suffix}"
    while path.with_name(name).exists():
        number += 1
        name = f"{path.stem}.partial-{number}{path.suffix}"
    return path.with_name(name)
