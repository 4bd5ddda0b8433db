"""The command that draws the figures."""

from __future__ import annotations

import re
from pathlib import Path

import click

import framing
from framing.cli_options import comparing, shared, warn
from framing.errors import FramingError, bad_value


@click.command()
@shared
@comparing
@click.option("--width", default="178mm", show_default=True, help="Width: 85mm is one column of a journal, 178mm two.")
@click.option("--format", "forms", default="png,svg", show_default=True, help="Some of png, svg, pdf.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the figures.")
def figures(
    corpus: Path,
    codebook: str | None,
    no_inherited: bool,
    counts: str,
    by: str,
    event: str,
    seed: int,
    width: str,
    forms: str,
    out: Path,
) -> None:
    """Draw the figures of a comparison of CORPUS.

    Beside each figure stands the data behind it as CSV; captions.md holds
    the captions.

    Example: framing figures corpus --out figures --width 85mm --format pdf
    """
    number = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:mm)?", width.strip())
    if number is None:
        raise FramingError(bad_value("--width", "a number of millimetres, e.g. 85mm", width))
    from framing.figure_tables import figure_tables

    chosen = [form.strip().lower() for form in forms.split(",") if form.strip()]
    framing.figures.check_figures(chosen, float(number[1]))
    result = framing.compare(
        corpus, codebook, by=by, event=event, inherited=not no_inherited, counts=counts, seed=seed, progress=True
    )
    warn(result.analysis.features)
    for path in framing.figures.save_figures(figure_tables(result), out, chosen, float(number[1])):
        click.echo(path)
