"""The formats of word lists, by the suffix of their files."""

from __future__ import annotations

from pathlib import Path

from framing.categories import Codebook
from framing.dictionaries import liwc, quanteda, term_list
from framing.dictionaries.encoding import decoded
from framing.dictionaries.foreign import Lost, Written
from framing.dictionaries.toml import key_of, toml_text
from framing.dictionaries.writable import beyond_terms, plain_categories
from framing.errors import CodebookError, bad_value

FORMATS = {".toml": "toml", ".yml": "quanteda", ".yaml": "quanteda", ".dic": "liwc", ".csv": "csv", ".txt": "csv"}
"""Names of formats by suffix."""
_CSV_HOLDS = frozenset(["not", "weight", "negated"])


def format_of(path: str | Path) -> str:
    """Return the name of the format of a file by its suffix.

    Raises
    ------
    CodebookError
        If the suffix is none of `FORMATS`.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise CodebookError(bad_value("the suffix of a codebook", f"one of {', '.join(FORMATS)}", Path(path).name))
    return FORMATS[suffix]


def toml_from(raw: bytes, path: str | Path) -> Written:
    """Return the TOML of a codebook for the word list of another program.

    Parameters
    ----------
    raw
        The bytes of the file.
    path
        Its path: the suffix says the format, the stem becomes the name.

    Raises
    ------
    CodebookError
        If it cannot be read; the message names the file and the line.
    """
    lost: list[Lost] = []
    where, name = str(path), Path(path).stem
    text = decoded(raw, where, lost)
    form = format_of(path)
    if form == "csv":
        categories = term_list.read(text, where, lost, name)
    else:
        categories = (quanteda if form == "quanteda" else liwc).read(text, where, lost)
    return Written(toml_text(key_of(name), categories, lost), lost)


def written_as(book: Codebook, form: str) -> Written:
    """Return a codebook in another notation, and what that cannot hold.

    Parameters
    ----------
    book
        The codebook.
    form
        One of the values of `FORMATS`.

    Raises
    ------
    CodebookError
        If it has no theme with terms, which is all that the other notations hold.
    """
    if form == "toml":
        return Written(book.text, [])
    categories = plain_categories(book)
    if not categories:
        raise CodebookError(f"codebook {book.name}: has no theme with terms, so nothing can be written as {form}.")
    if form == "csv":
        return term_list.write(book, beyond_terms(book, _CSV_HOLDS))
    return (quanteda if form == "quanteda" else liwc).write(categories, beyond_terms(book))
