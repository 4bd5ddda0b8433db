"""Options that several commands share, and warnings about articles."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_SHOWN_REASONS, _SHOWN_IDS = 20, 3
_NUMBER = re.compile(r"\d+")
_ALL = "the column 'problem' of the features lists all."


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
    warn_of(list(rows.itertuples(index=False)), len(rows))


def warn_of(problems: list[tuple[str, str]], n_problems: int) -> None:
    """Say on standard error which articles have a problem, equal reasons in one line, and how many more there are.

    Parameters
    ----------
    problems
        Id and reasons of articles, the first of `n_problems`.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for article, reasons in problems:
        for reason in reasons.split("; "):
            found.setdefault(_NUMBER.sub("#", reason), []).append((article, reason))
    for own in list(found.values())[:_SHOWN_REASONS]:
        ids = [article for article, _ in own]
        more = f" and {len(ids) - _SHOWN_IDS:,} more" if len(ids) > _SHOWN_IDS else ""
        named = ids[0] if len(ids) == 1 else f"{len(ids):,} articles ({', '.join(ids[:_SHOWN_IDS])}{more})"
        click.echo(f"warning: {named}: {_in_one([reason for _, reason in own])}", err=True)
    if len(found) > _SHOWN_REASONS:
        click.echo(f"warning: {len(found) - _SHOWN_REASONS:,} more reasons; {_ALL}", err=True)
    if more := n_problems - len(problems):
        click.echo(f"warning: {more:,} more articles; {_ALL}", err=True)


def _in_one(reasons: list[str]) -> str:
    """Write reasons that differ in their numbers only as one."""
    if len(set(reasons)) == 1:
        return reasons[0]
    numbers = zip(*([int(n) for n in _NUMBER.findall(reason)] for reason in reasons), strict=True)
    spans = iter([f"{min(n)}" if min(n) == max(n) else f"{min(n)} to {max(n)}" for n in numbers])
    return _NUMBER.sub(lambda _: next(spans), reasons[0])
