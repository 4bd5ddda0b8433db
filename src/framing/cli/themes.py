"""The commands that look at themes and patterns in their texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import framing
from framing.errors import FramingError, bad_value, listed, unknown_name

_TABLES, _PAGES = (".csv", ".jsonl", ".parquet"), (".html", ".htm")


@click.command()
@click.option("--theme", help="Show what raises a theme of the codebook, in place of a pattern.")
@click.option("--codebook", metavar="NAME|FILE", help="A shipped codebook or a file of your own.")
@click.option("--kind", multiple=True, help="Only articles of this kind; may be given several times.")
@click.option("--by", default="kind", show_default=True, help="Column by which the places are grouped.")
@click.option("--window", default="sentence", show_default=True, help="'sentence', or words on either side.")
@click.option("--limit", type=click.IntRange(1), help="Lines at most of each kind, in a table.")
@click.option("--no-inherited", is_flag=True, help="Leave out matches carried over from the sentence before.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "html"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A .csv, .jsonl, .parquet or .html file.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("pattern", required=False)
def kwic(
    corpus: Path, pattern: str | None, window: str, limit: int | None, no_inherited: bool, form: str,
    output: Path | None, kind: tuple[str, ...], **options: Any,
) -> None:  # fmt: skip
    """Show PATTERN, or what raises a theme, in its context (a concordance).

    PATTERN is a term of the codebook language (framing codebook language).

    Example: framing kwic corpus "tariff*" --window 8
    """
    if output is not None and output.suffix.lower() not in (*_TABLES, *_PAGES):
        raise FramingError(bad_value("--output", f"a file that ends in {listed((*_TABLES, _PAGES[0]))}", output.name))
    size = int(window) if window.isdecimal() else window
    table = framing.kwic(corpus, pattern, kind=kind or None, window=size, inherited=not no_inherited, **options)
    page = form == "html" or (output is not None and output.suffix.lower() in _PAGES)
    if output is not None and not page:
        framing.write_table(table, output)
    else:
        title = pattern if pattern is not None else f"theme {options['theme']}"
        text = framing.kwic_html(table, title) if page else ""
        text = text or (framing.csv_text(table) if form == "csv" else framing.kwic_text(table, limit) + "\n")
        if output is None:
            click.echo(text, nl=False)
            return
        _write(output, text)
    click.echo(f"{len(table)} rows written to {output}", err=True)


@click.command()
@click.option("--theme", help="One theme; all when not given.")
@click.option("--codebook", metavar="NAME|FILE", help="A shipped codebook or a file of your own.")
@click.option("--no-inherited", is_flag=True, help="Leave out matches carried over from the sentence before.")
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A .csv, .jsonl or .parquet file.")
@click.argument("corpus", type=click.Path(path_type=Path))
def salience(
    corpus: Path, theme: str | None, codebook: str | None, no_inherited: bool, form: str, output: Path | None
) -> None:
    """Show how prominent each theme is in each article of CORPUS.

    Each component by itself: share of sentences with its interval, title, lead,
    first mention, mean depth, dispersion, and the share by voice.

    Example: framing salience corpus --theme defence
    """
    table = framing.theme_salience(corpus, codebook, inherited=not no_inherited)
    if theme is not None:
        if theme not in set(table["theme"]):
            raise FramingError(unknown_name("theme", theme, table["theme"].drop_duplicates()))
        table = table[table["theme"] == theme]
    if output is not None:
        framing.write_table(table, output)
        click.echo(f"{len(table)} rows written to {output}", err=True)
    else:
        click.echo(framing.csv_text(table) if form == "csv" else framing.salience_text(table) + "\n", nl=False)


def _write(path: Path, text: str) -> None:
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise FramingError(f"{path}: give the name of a file in a folder that exists.")
    path.write_text(text, encoding="utf-8", newline="")
