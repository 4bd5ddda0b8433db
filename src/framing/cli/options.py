"""Options that several commands share, and warnings about articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_SHOWN_PROBLEMS = 20


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the arguments that every command on a corpus takes."""
    for decorate in (
        click.option(
            "--counts",
            type=click.Choice(["framing", "textstat"]),
            default="framing",
            show_default=True,
            help="What readability counts: as published, or exactly as textstat.",
        ),
        click.option("--no-inherited", is_flag=True, help="Leave out matches carried over from the sentence before."),
        click.option("--codebook", metavar="NAME|FILE", help="A shipped codebook or a TOML file of your own."),
        click.argument("corpus", type=click.Path(path_type=Path)),
    ):
        command = decorate(command)
    return command


def comparing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the arguments of commands that compare kinds."""
    for decorate in (
        click.option("--seed", type=click.IntRange(0), default=None, show_default="0", help="Seed of all resampling."),
        click.option(
            "--event",
            default="event",
            show_default=True,
            help="Column that says which event a text is about.",
        ),
        click.option("--by", default="kind", show_default=True, help="Column whose labels are compared."),
    ):
        command = decorate(command)
    return command


def warn(table: Any) -> None:
    """Say on standard error which articles could not be scored in full."""
    rows = table.loc[table["problem"].notna(), ["id", "problem"]]
    warn_of(list(rows.head(_SHOWN_PROBLEMS).itertuples(index=False)), len(rows))


def warn_of(problems: list[tuple[str, str]], n_problems: int) -> None:
    """Say on standard error which articles have a problem, and how many more there are."""
    for article, problem in problems[:_SHOWN_PROBLEMS]:
        click.echo(f"warning: {article}: {problem}", err=True)
    if more := max(0, n_problems - _SHOWN_PROBLEMS):
        click.echo(f"warning: {more:,} more articles; the column 'problem' of the features lists all.", err=True)
