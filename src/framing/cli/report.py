"""The command that writes the report."""

from __future__ import annotations

from pathlib import Path

import click

import framing
from framing.cli.options import comparing, shared, warn


@click.command()
@shared
@comparing
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="report.html",
    show_default=True,
    help="The HTML file.",
)
def report(
    corpus: Path,
    codebook: str | None,
    no_inherited: bool,
    counts: str,
    by: str,
    event: str,
    seed: int | None,
    output: Path,
) -> None:
    """Write a report of CORPUS: one HTML file that works offline.

    It holds the comparison in five sentences, figures, tables that can be
    sorted and filtered, and every text with its highlights; each number
    leads to its sentences.

    Example: framing report corpus -o report.html
    """
    from framing.report import check_report_path, write_report

    check_report_path(output)
    result = framing.compare(
        corpus, codebook, by=by, event=event, inherited=not no_inherited, counts=counts, seed=seed, progress=True
    )
    warn(result.analysis.features)
    write_report(result, output)
    click.echo(f"report written to {output}", err=True)
