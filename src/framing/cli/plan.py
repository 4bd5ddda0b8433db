"""The commands round a comparison: what it shall show, a plan before it, and how robust it is."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import click

import framing
from framing.errors import FramingError


def claiming(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what a comparison shall show."""
    for decorate in (
        click.option("--weights", type=click.Choice(["equal", "texts"]), default="equal", help="Weights of events."),
        click.option(
            "--bound",
            "bounds",
            multiple=True,
            metavar="MEASURE=VALUE",
            help="Largest difference that does not matter, for a measure or family; may be repeated.",
        ),
        click.option(
            "--primary", multiple=True, metavar="MEASURE", help="A measure declared beforehand; may be repeated."
        ),
        click.option("--reference", metavar="KIND", help="Compare every kind with this one only."),
        click.option("--method", metavar="NAME", help="An interval: t, bootstrap-t, wild-t, mixed or welch."),
    ):
        command = decorate(command)
    return command


def claims_of(bounds: tuple[str, ...] = (), **claims: Any) -> dict[str, Any]:
    """Return the options of `claiming` as arguments of `framing.compare`.

    Raises
    ------
    FramingError
        If a bound is not written as MEASURE=VALUE.
    """
    found = {}
    for bound in bounds:
        name, _, value = bound.partition("=")
        try:
            found[name] = float(value)
        except ValueError as error:
            raise FramingError(f"--bound {bound!r}: expected MEASURE=VALUE, for example themes=0.05.") from error
    return {**claims, "bounds": found}


def _print_statistics(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    """Print the page on statistics when its flag is given."""
    if value:
        click.echo(resources.files("framing.stats").joinpath("STATISTICS.md").read_text(encoding="utf-8"), nl=False)
        ctx.exit()


def _exclusions(excluded: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the values to leave out by column."""
    found: dict[str, tuple[str, ...]] = {}
    for one in excluded:
        column, sign, value = one.partition("=")
        if not (sign and column and value):
            raise FramingError(f"--exclude {one!r}: expected COLUMN=VALUE, for example source=reuters.")
        found[column] = (*found.get(column, ()), value)
    return found


@click.command()
@click.option("--codebook", metavar="NAME|FILE", help="A shipped codebook or a TOML file of your own.")
@click.option("--by", default="kind", show_default=True, help="Column whose labels will be compared.")
@click.option("--event", default="event", show_default=True, help="Column that says which event a text is about.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of all resampling.")
@claiming
@click.option(
    "--statistics", is_flag=True, is_eager=True, expose_value=False, callback=_print_statistics,
    help="Print the page on designs, coverage and power, and exit.",
)  # fmt: skip
@click.option(
    "--exclude", "excluded", multiple=True, metavar="COLUMN=VALUE", help="Articles to leave out; may be repeated."
)
@click.option("--rule", "rules", multiple=True, help="A rule of exclusion in words; may be repeated.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file for the plan; else stdout.")
@click.argument("corpus", type=click.Path(path_type=Path))
def plan(
    corpus: Path,
    codebook: str | None,
    by: str,
    event: str,
    seed: int,
    excluded: tuple[str, ...],
    rules: tuple[str, ...],
    output: Path | None,
    **claims: Any,
) -> None:
    """Write down a comparison of CORPUS before anybody has seen its scores.

    The plan holds kinds, targets, primary contrasts, bounds, exclusions and
    hashes of codebook and texts, as TOML; 'framing compare --plan FILE' then
    says what is as planned and what deviates.

    Example: framing plan corpus --primary themes__defence --bound themes=0.05
    """
    articles, book = framing.read_corpus(corpus), framing.load_codebook(codebook)
    asked = framing.Claims(**{**claims_of(**claims), "primary": tuple(claims["primary"])})
    made = framing.Plan.of(articles, book, asked, by, event, seed=seed, rules=rules, exclude=_exclusions(excluded))
    asked.check(framing.measure_names(book), made.kinds)
    n_events = made.n_events_of(made.keep(articles), by, event)
    click.echo(made.power(len(asked.pairs(made.kinds)), n_events), err=True)
    if output is None:
        click.echo(made.text(), nl=False)
    else:
        output.write_text(made.text(), encoding="utf-8", newline="")
        click.echo(f"plan {made.sha256[:12]} written to {output}", err=True)


@click.command()
@click.option("--codebook", metavar="NAME|FILE", help="A shipped codebook or a TOML file of your own.")
@click.option("--by", default="kind", show_default=True, help="Column whose labels are compared.")
@click.option("--event", default="event", show_default=True, help="Column that says which event a text is about.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of all resampling.")
@click.option("--measure", "measures", multiple=True, help="A theme share or stance; all when not given.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.argument("corpus", type=click.Path(path_type=Path))
def robustness(
    corpus: Path, codebook: str | None, by: str, event: str, seed: int, measures: tuple[str, ...], form: str
) -> None:
    """Measure the contrasts of CORPUS in every defensible way.

    With and without headlines, quotations, repeated sentences and inherited
    matches, by sentence and by word, with a strict codebook, and with other
    weights: 128 specifications a contrast. csv lists all of them, json what
    they say together.

    Example: framing robustness corpus --measure themes__defence
    """
    found = framing.robustness(corpus, codebook, list(measures) or None, by=by, event=event, seed=seed)
    if form == "csv":
        click.echo(framing.csv_text(found.specifications), nl=False)
    elif form == "json":
        click.echo(framing.json_text({"summary": framing.records(found.summary)}), nl=False)
    else:
        click.echo(framing.robustness_text(found.summary))
