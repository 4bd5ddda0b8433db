"""The report: one self-contained HTML file that leads every number back to its sentences."""

from __future__ import annotations

from pathlib import Path

from framing.comparing.contrasts import Comparison, check_comparison
from framing.errors import FramingError
from framing.report.html import render
from framing.report.summary import summary

__all__ = ["report_html", "write_report"]


def report_html(comparison: Comparison) -> str:
    """Return the report of a comparison as one HTML page that needs no network and no other file.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.
    """
    check_comparison(comparison)
    return render(summary(comparison))


def write_report(comparison: Comparison, path: str | Path) -> Path:
    """Write the report of a comparison.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.
    path
        A file whose folder exists; it is replaced.

    Returns
    -------
    pathlib.Path
        The file; the same bytes for the same comparison.

    Raises
    ------
    FramingError
        If no file can be written there.
    """
    path = Path(path)
    check_report_path(path)
    path.write_text(report_html(comparison), encoding="utf-8", newline="\n")
    return path


def check_report_path(path: Path) -> None:
    """Raise if no report can be written to `path`, before anything is computed for it."""
    if path.is_dir():
        raise FramingError(f"{path}: is a folder; give the name of a file.")
    if not path.absolute().parent.is_dir():
        raise FramingError(f"{path}: there is no folder {path.parent}; make it first.")
