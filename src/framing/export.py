"""Writing results: the files of a comparison, the same bytes each time."""

from __future__ import annotations

from pathlib import Path

from framing import figures
from framing.comparing.contrasts import Comparison, check_comparison
from framing.errors import FramingError
from framing.figure_tables import figure_tables
from framing.provenance import run_record
from framing.report import write_report
from framing.tables import json_text, write_table


def write_comparison(comparison: Comparison, folder: str | Path) -> list[Path]:
    """Write everything about a comparison into a folder.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.
    folder
        Where to; made when missing. Files of the same names are replaced.

    Returns
    -------
    list of pathlib.Path
        ``features.csv``, ``sentences.csv``, ``contrasts.csv``, ``evidence.csv``, ``attributions.csv``, the figures,
        ``report.html`` and ``run.json``.
    """
    check_comparison(comparison)
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise FramingError(f"{folder}: is a file; give a folder for the results.")
    folder.mkdir(parents=True, exist_ok=True)
    analysis = comparison.analysis
    tables = {
        "features.csv": analysis.features,
        "sentences.csv": analysis.sentences,
        "contrasts.csv": comparison.contrasts,
        "evidence.csv": analysis.evidence,
        "attributions.csv": analysis.attributions,
    }
    paths = []
    for name, table in tables.items():
        write_table(table, folder / name)
        paths.append(folder / name)
    paths += figures.save_figures(figure_tables(comparison), folder / "figures")
    paths.append(write_report(comparison, folder / "report.html"))
    (folder / "run.json").write_text(json_text(run_record(comparison)), encoding="utf-8", newline="\n")
    return [*paths, folder / "run.json"]
