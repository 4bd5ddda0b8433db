"""Texts with a marked target and a human label: what the wider reading and the trained model learn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus import Article
from framing.errors import FramingError
from framing.hits import Hits
from framing.tokens import Tokens, tokenize

LABELS = {"-1": -1, "0": 0, "1": 1, "negative": -1, "neutral": 0, "positive": 1}
COLUMNS = ("text", "target", "label")


@dataclass(frozen=True)
class Labelled:
    """Marked targets.

    Attributes
    ----------
    tokens
        One article a row.
    mentions
        The words of each target; `term` is the number of its row. A row whose target lies in no word is left out.
    label
        -1, 0 or 1 for each row, shape (n_rows,).
    """

    tokens: Tokens
    mentions: Hits
    label: NDArray[np.int64]

    def __getitem__(self, rows: NDArray[np.int64]) -> Labelled:
        """Return some of the rows."""
        again = tokenize([self.tokens.articles[i] for i in rows], self.tokens.types)
        chosen = [np.flatnonzero(self.mentions.term == row) for row in rows]
        shift = _first_words(again) - _first_words(self.tokens)[rows]
        pieces = [
            (number, int(self.mentions.first[k] + shift[number]), int(self.mentions.last[k] + shift[number]))
            for number, found in enumerate(chosen)
            for k in found
        ]
        term, first, last = np.array(pieces, np.int64).reshape(-1, 3).T
        return Labelled(again, Hits(term, first, last), self.label[rows])


def _first_words(tokens: Tokens) -> NDArray[np.int64]:
    return tokens.sentence_bounds[tokens.article_bounds[:-1]]


def mark(texts: Sequence[str], spans: Sequence[Iterable[tuple[int, int]]], label: Sequence[int]) -> Labelled:
    """Find the words of marked targets.

    Parameters
    ----------
    texts
        The texts.
    spans
        For each text the offsets (start, end) at which its target stands.
    label
        -1, 0 or 1 for each text.
    """
    # not read for titles and credits: a labelled text is a sentence or two, and all of it may name the target
    tokens = tokenize([Article(str(number), text) for number, text in enumerate(texts, 1)])
    bounds = np.append(_first_words(tokens), len(tokens.word))
    rows = []
    for number, marked in enumerate(spans):
        first, end = bounds[number : number + 2]
        for start, stop in marked:
            inside = np.flatnonzero((tokens.start[first:end] < stop) & (tokens.end[first:end] > start))
            if len(inside):
                rows.append((number, int(first + inside[0]), int(first + inside[-1])))
    term, begin, last = np.array(rows, np.int64).reshape(-1, 3).T
    order = np.argsort(begin, kind="stable")
    return Labelled(tokens, Hits(term[order], begin[order], last[order]), np.asarray(label, np.int64))


def read_labelled(path: str | Path) -> Labelled:
    """Read a table of labelled targets.

    Parameters
    ----------
    path
        A CSV or JSON-lines file (``.gz`` too) with the columns ``text``, ``target`` (as it stands in the text;
        every place where it stands is marked) and ``label`` (-1, 0, 1 or negative, neutral, positive). Where
        there are columns ``start`` and ``end``, these offsets mark the target instead.

    Raises
    ------
    FramingError
        If a column is missing, a label is none of the six words, or a target does not stand in its text, by its words
        or its offsets.
    """
    path = Path(path)
    return labelled_from(path, read_table(path))


def labelled_from(path: Path, table: pd.DataFrame) -> Labelled:
    """Return the labelled targets of a table that was read from a path; see `read_labelled`."""
    missing = [name for name in ("text", "label") if name not in table]
    if "target" not in table and not {"start", "end"} <= set(table):
        missing.append("target")
    if missing:
        raise FramingError(
            f"{path}: no column {', '.join(map(repr, missing))}; found {', '.join(map(str, table.columns))}."
        )
    rows = list(table.to_dict("records"))
    label = [label_of(path, number, row["label"]) for number, row in enumerate(rows, 1)]
    return mark([str(row["text"]) for row in rows], [_spans(path, n, row) for n, row in enumerate(rows, 1)], label)


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV or JSON-lines file, text as text.

    Raises
    ------
    FramingError
        If it cannot be read.
    """
    try:
        reader: Any = pd.read_json if ".json" in path.name else pd.read_csv
        options = {"lines": True} if ".json" in path.name else {"keep_default_na": False}
        return reader(path, dtype=str if ".json" not in path.name else False, **options)
    except (OSError, EOFError, ValueError) as error:
        raise FramingError(f"{path}: cannot be read as a table of labelled targets: {error}.") from error


def label_of(path: Path, number: int, value: Any) -> int:
    """Return -1, 0 or 1 for the label of a row."""
    found = LABELS.get(str(value).strip().lower().removesuffix(".0"))
    if found is None:
        raise FramingError(f"{path}, row {number}: label must be one of {', '.join(LABELS)}; got {value!r}.")
    return found


def _spans(path: Path, number: int, row: dict[str, Any]) -> list[tuple[int, int]]:
    if "start" in row and "end" in row:
        try:
            start, end = int(row["start"]), int(row["end"])
        except (TypeError, ValueError):
            raise FramingError(
                f"{path}, row {number}: start and end must be whole numbers; got {row['start']!r} and {row['end']!r}."
            ) from None
        if not 0 <= start < end <= len(str(row["text"])):
            raise FramingError(
                f"{path}, row {number}: start and end must mark words of the text, which has {len(str(row['text']))} "
                f"characters; got {start} and {end}."
            )
        return [(start, end)]
    text, target = str(row["text"]), str(row["target"])
    found, place = [], text.find(target) if target else -1
    while place >= 0:
        found.append((place, place + len(target)))
        place = text.find(target, place + len(target))
    if not found:
        raise FramingError(f"{path}, row {number}: the target {target!r} does not stand in the text.")
    return found
