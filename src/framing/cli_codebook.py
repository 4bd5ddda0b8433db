"""The commands on codebooks."""

from __future__ import annotations

from importlib import resources

import click

import framing


@click.group()
def codebook() -> None:
    """List, show, check, convert and extend codebooks.

    Example: framing codebook show diplomacy
    """


@codebook.command("list")
def list_codebooks() -> None:
    """List the codebooks that ship with the package.

    Example: framing codebook list
    """
    for name in framing.codebook_names():
        book = framing.load_codebook(name)
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


def _packaged(name: str) -> str:
    return (resources.files("framing") / "codebooks" / name).read_text(encoding="utf-8")
