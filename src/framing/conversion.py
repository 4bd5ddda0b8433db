"""Codebooks converted from one notation to another, with a list of what that loses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from framing.codebook import Codebook, load_codebook, lost_in_reading
from framing.dictionaries import format_of, plain_categories, written_as
from framing.errors import CodebookError

LOST_COLUMNS = ("step", "category", "what", "why")


@dataclass(frozen=True)
class Conversion:
    """What `convert_codebook` returns.

    Attributes
    ----------
    codebook
        What was read.
    text
        What was written.
    lost
        One row a thing that was lost: ``step`` (``"reading"`` or ``"writing"``), ``category``, ``what`` and ``why``.
    themes
        The themes of which something was written.
    """

    codebook: Codebook
    text: str
    lost: pd.DataFrame
    themes: tuple[str, ...]


def convert_codebook(source: str | Path | Codebook, target: str | Path) -> Conversion:
    """Convert a codebook to the notation that the suffix of `target` names, and write it.

    ``.toml`` is the codebook language; ``.yml`` and ``.yaml`` are quanteda's dictionaries, ``.dic`` is LIWC's, ``.csv``
    a plain list of terms in the notation of codebooks.

    Parameters
    ----------
    source
        A codebook's name, the path of a file in one of the notations, or a `framing.Codebook`.
    target
        The file to write.

    Returns
    -------
    Conversion

    Raises
    ------
    CodebookError
        If the source cannot be read, or the target not be written.
    """
    path = Path(target)
    form = format_of(path)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise CodebookError(f"{path}: give the name of a file in a folder that exists.")
    book, reading = (source, []) if isinstance(source, Codebook) else lost_in_reading(source)
    writing = written_as(book, form)
    path.write_text(writing.text, encoding="utf-8", newline="")
    rows = [("reading", *item) for item in reading] + [("writing", *item) for item in writing.lost]
    book = load_codebook(book)
    empty = {item.category for item in writing.lost if item.what == "category"}
    written = {c.theme.name for c in plain_categories(book) if c.name not in empty}
    themes = tuple(name for name in book.themes if form == "toml" or name in written)
    return Conversion(book, writing.text, pd.DataFrame(rows, columns=list(LOST_COLUMNS)), themes)
