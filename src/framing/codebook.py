"""Codebooks: a researcher's concepts as data, loaded by name or from a file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from framing.categories import CUE_CLASSES, Codebook, Rule, Target, Theme
from framing.codebook_reader import MAX_BYTES, read_codebook, too_large
from framing.errors import CodebookError, unknown_name

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
        ``None`` for the default, `DEFAULT`.

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
    name = str(codebook or DEFAULT)
    if name in codebook_names():
        raw = (resources.files("framing") / "codebooks" / f"{name}.toml").read_bytes()
        return read_codebook(raw, f"codebook {name}")
    path = Path(name)
    if not path.is_file():
        remedy = "A codebook of your own is given as the path of its TOML file."
        raise CodebookError(unknown_name("codebook", name, codebook_names(), remedy))
    if path.stat().st_size > MAX_BYTES:
        raise CodebookError(too_large(str(path), path.stat().st_size))
    return read_codebook(path.read_bytes(), str(path))
