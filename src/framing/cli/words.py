"""The command on words: keyness, distances and word shifts."""

from __future__ import annotations

from pathlib import Path

import click

import framing
from framing.cli.options import comparing


@click.command()
@comparing
@click.option("--pair", nargs=2, metavar="A B", help="Two labels only, instead of every pair.")
@click.option("--reference", metavar="KIND", help="Compare every kind with this one only.")
@click.option("--rest", is_flag=True, help="Compare every kind with all others together.")
@click.option(
    "--what", type=click.Choice(["terms", "distances", "shift"]), default="terms", show_default=True,
    help="Terms that differ; how far apart the kinds are; what each word adds to that.",
)  # fmt: skip
@click.option("--codebook", metavar="NAME|FILE", help="The codebook whose themes distances are over.")
@click.option(
    "--ngram", "ngrams", type=click.IntRange(1, 5), multiple=True, help="Length of runs; 1 and 2 when not given."
)
@click.option("--min-count", type=click.IntRange(1), default=5, show_default=True, help="Terms must stand so often.")
@click.option("--without", multiple=True, metavar="WORD", help="A word to leave out; may be repeated.")
@click.option("--top", type=click.IntRange(1), default=12, show_default=True, help="Terms a side in the table.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.argument("corpus", type=click.Path(path_type=Path))
def words(
    corpus: Path,
    by: str,
    event: str,
    seed: int | None,
    pair: tuple[str, str] | None,
    reference: str | None,
    rest: bool,
    what: str,
    codebook: str | None,
    ngrams: tuple[int, ...],
    min_count: int,
    without: tuple[str, ...],
    top: int,
    form: str,
) -> None:
    """Find the words that the kinds of CORPUS use at different rates.

    Log-odds with an informative prior, G2, and a p that permutes whole texts
    (within events). csv and json hold every term; no side is a bare minus.

    Example: framing words corpus --pair wire-report analysis-piece
    """
    articles = framing.read_corpus(corpus)
    options = {"by": by, "event": event, "pair": pair or None, "without": without, "seed": seed or 0}
    several = {"reference": reference, "rest": rest}
    if what == "shift":
        text = framing.word_shift(articles, **options).render(form, top)
    elif what == "distances":
        text = framing.distances(articles, codebook, **options, **several).render(form)
    else:
        found = framing.keyness(articles, **options, **several, ngrams=ngrams or (1, 2), min_count=min_count)
        text = found.render(form, top)
    click.echo(text, nl=False)
