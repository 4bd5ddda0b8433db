"""Codebooks: a researcher's concepts as data, loaded by name or from a file."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import replace
from importlib import resources
from pathlib import Path

from framing.categories import CUE_CLASSES, Codebook, Rule, Target, Theme
from framing.codebook_reader import MAX_BYTES, read_codebook, too_large
from framing.dictionaries import FORMATS, Lost, toml_from
from framing.errors import CodebookError, listed, unknown_name

__all__ = ["CUE_CLASSES", "DEFAULT", "Codebook", "Rule", "Target", "Theme", "codebook_names", "load_codebook"]

DEFAULT = "diplomacy"


def codebook_names() -> list[str]:
    """Return the names of the codebooks that ship with the package."""
    folder = resources.files("framing") / "codebooks"
    return sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml") and not f.name.startswith("_"))


def load_codebook(codebook: str | Path | Codebook | None = None) -> Codebook:
    """Load a codebook by name or from a file.

    Parameters
    ----------
    codebook
        The name of a shipped codebook, the path of a TOML file, a codebook (returned as it is), or
        ``None`` for the default, `DEFAULT`. The dictionaries of quanteda (``.yml``, ``.yaml``) and LIWC (``.dic``) and
        plain lists of terms (``.csv``, ``.txt``) are read too; a warning says when something in them is lost, and
        `framing.convert_codebook` lists what.

    Returns
    -------
    Codebook

    Raises
    ------
    CodebookError
        If there is none of that name, or the file cannot be read or says something that has no
        meaning; the message names the file and the place.
    """
    if isinstance(codebook, Codebook):
        return codebook
    book, lost = lost_in_reading(str(codebook or DEFAULT))
    if lost:
        first = lost[0]
        warnings.warn(
            f"{codebook}: {len(lost)} things cannot be read as written, first: {first.what}, {first.why}. "
            "'framing codebook convert' lists all.",
            stacklevel=2,
        )
    return book


def lost_in_reading(codebook: str | Path) -> tuple[Codebook, list[Lost]]:
    """Load a codebook by name or from a file, and say what of a foreign file cannot be read as written.

    Raises
    ------
    CodebookError
        As `load_codebook`.
    """
    name = str(codebook)
    if name in codebook_names():
        raw = (resources.files("framing") / "codebooks" / f"{name}.toml").read_bytes()
        return read_codebook(raw, f"codebook {name}"), []
    path = Path(name)
    if not path.is_file():
        remedy = "A codebook of your own is given as the path of its file."
        if path.suffix or len(path.parts) > 1:
            raise CodebookError(f"{name}: no such file. Codebooks that come with framing: {listed(codebook_names())}.")
        raise CodebookError(unknown_name("codebook", name, codebook_names(), remedy))
    if path.stat().st_size > MAX_BYTES:
        raise CodebookError(too_large(str(path), path.stat().st_size))
    raw = path.read_bytes()
    if FORMATS.get(path.suffix.lower(), "toml") == "toml":
        return read_codebook(raw, str(path)), []
    written = toml_from(raw, path)
    book = read_codebook(written.text.encode(), str(path))
    return replace(book, sha256=hashlib.sha256(raw).hexdigest()), written.lost
