"""The command that draws the figures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

import framing
from framing.cli.options import comparing, shared, warn
from framing.errors import FramingError, bad_value

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@shared
@comparing
@click.option("--width", default="178mm", show_default=True, help="Width: 85mm is one column of a journal, 178mm two.")
@click.option("--format", "forms", default="png,svg", show_default=True, help="Some of png, svg, pdf.")
@click.option("--robust", "measures", multiple=True, metavar="MEASURE", help="Add its specification curves.")
@click.option(
    "--words", type=click.Path(path_type=Path), metavar="FILE.csv",
    help="Words to draw too, as framing words --format csv writes them, or columns word, weight, side.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the figures.")
def figures(
    corpus: Path,
    codebook: str | None,
    no_inherited: bool,
    counts: str,
    by: str,
    event: str,
    seed: int | None,
    width: str,
    forms: str,
    measures: tuple[str, ...],
    words: Path | None,
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
    keyness = None if words is None else _words(words)
    options = {"by": by, "event": event, "seed": seed}
    result = framing.compare(corpus, codebook, **options, inherited=not no_inherited, counts=counts, progress=True)
    warn(result.analysis.features)
    robust = None
    if measures:
        robust = framing.robustness(result.analysis, measures=measures, by=by, event=event, seed=seed or 0)
    tables = figure_tables(result, robust, keyness)
    for path in framing.figures.save_figures(tables, out, chosen, float(number[1])):
        click.echo(path)


def _words(path: Path) -> pd.DataFrame:
    """Read a table of words for `framing.figures.lollipop`."""
    import pandas as pd

    from framing.figures.word_tables import word_tables

    try:
        table = pd.read_csv(path, keep_default_na=False, dtype={"word": str, "term": str, "side": str})
    except ValueError as error:
        raise FramingError(f"--words {path}: is no CSV table: {error}.") from error
    word_tables(f"--words {path}", table)  # before the comparison, which takes long
    return table
