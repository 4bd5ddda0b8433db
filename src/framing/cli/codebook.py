"""The commands on codebooks."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from textwrap import fill
from typing import Any

import click

import framing
from framing.terminal import WIDTH


@click.group()
def codebook() -> None:
    """List, show, check, convert and extend codebooks.

    Example: framing codebook show diplomacy
    """


@codebook.command("list")
def list_codebooks() -> None:
    """List the codebooks that ship with the package.

    Into a file or a pipe one line each, with tabs.

    Example: framing codebook list
    """
    for name in framing.codebook_names():
        book = framing.load_codebook(name)
        if sys.stdout.isatty():
            click.echo(f"{name} {book.version} ({book.language})")
            click.echo(fill(book.description, WIDTH, initial_indent="  ", subsequent_indent="  "))
        else:
            click.echo(f"{name}\t{book.version}\t{book.language}\t{book.description}")


@codebook.command("show")
@click.argument("name")
def show_codebook(name: str) -> None:
    """Print a codebook as TOML, ready to be saved and changed.

    Example: framing codebook show diplomacy > mine.toml
    """
    click.echo(framing.load_codebook(name).text, nl=False)


@codebook.command("language")
def language() -> None:
    """Print the page that explains the codebook language.

    Example: framing codebook language
    """
    click.echo(_packaged("LANGUAGE.md"), nl=False)


@codebook.command("schema")
def schema() -> None:
    """Print the JSON schema of codebooks, for editors.

    Example: framing codebook schema > codebook.schema.json
    """
    click.echo(_packaged("codebook.schema.json"), nl=False)


@codebook.command("check")
@click.option("--by", default="kind", show_default=True, help="Column whose labels are compared.")
@click.option("--event", default="event", show_default=True, help="Column that says which event a text is about.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the placebos.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for findings, terms and contrasts as CSV.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--all", "everything", is_flag=True, help="List every note, not only the first of each sort.")
@click.option("--strict", is_flag=True, help="Exit with status 1 when an example fails.")
@click.argument("file", metavar="NAME|FILE")
@click.argument("corpus", type=click.Path(path_type=Path))
def check(
    file: str,
    corpus: Path,
    by: str,
    event: str,
    seed: int,
    out: Path | None,
    form: str,
    everything: bool,
    strict: bool,
) -> None:
    """Check the codebook FILE on CORPUS as a reviewer would.

    Runs the examples; names terms that are dead, have several senses, stand
    in one kind only, overlap, or carry most of a theme; works out every
    contrast without each term, and with random words of the same frequency.

    Example: framing codebook check diplomacy corpus
    """
    found = framing.check_codebook(file, corpus, by=by, event=event, seed=seed)
    tables = {name: getattr(found, name) for name in ("findings", "terms", "leave_one_out", "placebo")}
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            framing.write_table(table, out / f"{name}.csv")
        click.echo(f"{len(tables)} files written to {out}", err=True)
    if form == "table":
        click.echo(framing.check_text(found, everything=everything))
    elif form == "csv":
        click.echo(framing.csv_text(found.findings), nl=False)
    else:
        values: dict[str, Any] = {name: framing.records(table) for name, table in tables.items()}
        click.echo(framing.json_text({"notes": list(found.notes), **values}), nl=False)
    if strict and (found.findings["level"] == "error").any():
        sys.exit(1)


@codebook.command("suggest")
@click.option("--theme", help="One theme; all when not given.")
@click.option("--top", type=click.IntRange(1), default=15, show_default=True, help="Candidates of each method.")
@click.option("--examples", type=click.IntRange(0), default=2, show_default=True, help="Sentences of each candidate.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the latent space.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for terms and examples as CSV.")
@click.argument("file", metavar="NAME|FILE")
@click.argument("corpus", type=click.Path(path_type=Path))
def suggest(file: str, corpus: Path, form: str, out: Path | None, **options: Any) -> None:
    """Suggest terms for the codebook FILE from CORPUS, with their sentences.

    By keyness: words that mark the sentences which raise a theme. By a latent
    space: words that are used as the theme's terms are. The codebook is not
    changed; --format csv gives full numbers.

    Example: framing codebook suggest diplomacy corpus --theme defence
    """
    found = framing.suggest_terms(file, corpus, **options)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        framing.write_table(found.terms, out / "terms.csv")
        framing.write_table(found.examples, out / "examples.csv")
        click.echo(f"2 files written to {out}", err=True)
    if form == "table":
        click.echo(framing.suggestions_text(found))
        return
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    if form == "csv":
        click.echo(framing.csv_text(found.terms), nl=False)
    else:
        tables = {name: framing.records(getattr(found, name)) for name in ("terms", "examples")}
        click.echo(framing.json_text({"notes": list(found.notes), **tables}), nl=False)


@codebook.command("convert")
@click.option("--all", "everything", is_flag=True, help="List everything that was lost.")
@click.option("--strict", is_flag=True, help="Exit with status 1 when something was lost.")
@click.argument("source", metavar="NAME|IN")
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
def convert(source: str, target: Path, everything: bool, strict: bool) -> None:
    """Convert a codebook; the suffixes of the files name the notations.

    .toml is the codebook language, .yml or .yaml a quanteda dictionary, .dic a
    LIWC dictionary, .csv a list of terms. Says what the other notation cannot
    hold.

    Example: framing codebook convert diplomacy diplomacy.yml
    """
    found = framing.convert_codebook(source, target)
    click.echo(framing.lost_text(found.lost, everything), err=True)
    n, n_written = len(found.codebook.themes), len(found.themes)
    click.echo(f"{n_written if n == n_written else f'{n_written} of {n}'} themes written to {target}", err=True)
    if strict and len(found.lost):
        sys.exit(1)


def _packaged(name: str) -> str:
    return (resources.files("framing") / "codebooks" / name).read_text(encoding="utf-8")
