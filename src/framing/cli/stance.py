"""The commands on stance: the matrix, and training a model on labelled targets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import framing
from framing.cli.options import warn_of
from framing.errors import FramingError

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@click.option("--codebook", metavar="NAME|FILE", help="A shipped codebook or a TOML file of your own.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="NAME[=ALIAS,...]",
    help="A target of your own, instead of those of the codebook; may be repeated, for more aliases of one too.",
)
@click.option(
    "--by",
    help="Groups of the rows: kind, event, source, voice, holder, holder_type, article. [default: "
    "kind,voice,holder_type; with --between: kind]",
)
@click.option(
    "--reach",
    type=click.Choice(["clause", "sentence"]),
    default="clause",
    show_default=True,
    help="What decides: acts and words toward the target in its clause, or also the tone of its sentence.",
)
@click.option("--model", type=click.Path(path_type=Path), help="A model of 'framing train stance'.")
@click.option(
    "--certainty",
    type=click.FloatRange(0, 1),
    show_default="0.15",
    help="How far an answer of the model must lead the next in probability; below it abstains.",
)
@click.option("--between", is_flag=True, help="Stance of the named targets toward each other, in news sentences.")
@click.option("--no-inherited", is_flag=True, help="Leave out targets carried over from the sentence before.")
@click.option("--clauses", "single", is_flag=True, help="List the clauses behind the matrix.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "md"]), default="table", show_default=True)
@click.argument("corpus", type=click.Path(path_type=Path))
def stance(
    corpus: Path,
    codebook: str | None,
    targets: tuple[str, ...],
    by: str | None,
    reach: str,
    model: Path | None,
    certainty: float | None,
    between: bool,
    no_inherited: bool,
    single: bool,
    form: str,
) -> None:
    """Print who is for or against whom in CORPUS, and in whose voice.

    Rows are kinds, voices and types of holders, columns are targets. A cell
    holds the stance, from -1 to 1, and in brackets the number of clauses.

    With --between rows are holders as well, and a cell counts the sentences
    that name both: say with --target who the parties are.

    Example: framing stance corpus --target "China" --target "EU=EU,Brussels"
    """
    own: dict[str, list[str]] = {}
    for name, aliases in map(_named, targets):
        own.setdefault(name, []).extend(aliases)
    if certainty is not None and model is None:
        raise FramingError("--certainty says when a model abstains; give it with --model.")
    sure = {} if certainty is None else {"certainty": certainty}
    if between:
        if unused := [name for name, given in (("--codebook", codebook), ("--no-inherited", no_inherited)) if given]:
            raise FramingError(f"{unused[0]} says nothing about parties; leave it out with --between.")
        if reach != "clause":
            raise FramingError("--reach says nothing about parties; leave it out with --between.")
        if len(own) < 2:
            raise FramingError("--between asks what parties say of each other: name two or more with --target.")
        parties = framing.stance_between(corpus, own, model=model, **sure)
        warn_of(list(parties.problems.items()), len(parties.problems))
        groups = _groups(by or "kind")
        table = parties.sentences if single else parties.matrix(groups)
        _show(table, [*groups, "holder"], parties.parties, single, form, "sentences")
        return
    found = framing.stance(
        corpus, own or None, codebook=codebook, reach=reach, inherited=not no_inherited, model=model, **sure
    )
    warn_of(list(found.problems.items()), len(found.problems))
    groups = _groups(by or "kind,voice,holder_type")
    table = found.clauses if single else found.matrix(groups)
    _show(table, groups, found.targets, single, form, "clauses")


def _show(
    table: pd.DataFrame, groups: list[str], targets: tuple[str, ...], single: bool, form: str, counted: str
) -> None:  # fmt: skip
    if form in ("csv", "json"):
        click.echo(framing.csv_text(table) if form == "csv" else framing.json_text(framing.records(table)), nl=False)
    else:
        click.echo(framing.stance_text(table, groups, targets, single=single, markdown=form == "md", counted=counted))


def _groups(by: str) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in by.split(",") if name.strip()))


def _named(text: str) -> tuple[str, list[str]]:
    name, _, aliases = text.partition("=")
    if not name.strip():
        raise FramingError(f"--target {text!r} has no name; write NAME or NAME=ALIAS,ALIAS.")
    return name.strip(), [alias.strip() for alias in (aliases or name).split(",") if alias.strip()]


@click.group()
def train() -> None:
    """Train a model on labelled texts.

    Example: framing train stance labelled.csv -o model.json.gz
    """


@train.command("stance")
@click.argument("labelled", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File for the model, .json.gz.")
@click.option("--folds", type=click.IntRange(2, 20), default=5, show_default=True, help="Parts of cross-validation.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of the split.")
@click.option("--show", type=click.IntRange(0), default=8, show_default=True, help="Strongest features to list.")
def train_stance(labelled: Path, output: Path, folds: int, seed: int, show: int) -> None:
    """Train stance toward a named target on LABELLED.

    LABELLED is a CSV or JSON-lines file with the columns text, target (as
    it stands in the text) and label (-1, 0, 1 or negative, neutral,
    positive). With a column holder as well the label is the stance of that
    party toward the target, and the model is for 'stance --between'. Prints
    the quality in cross-validation: macro-F1 and how the error rate falls
    when the model abstains where it is unsure.

    Example: framing train stance labelled.csv -o model.json.gz
    """
    from framing.stances.labelled_pairs import read_marked
    from framing.stances.training import train as fit

    if not labelled.is_file():
        raise FramingError(f"{labelled}: no such file; give a CSV or JSON-lines file of labelled targets.")
    model = fit(read_marked(labelled), folds=folds, seed=seed)
    try:
        model.save(output)
    except OSError as error:
        raise FramingError(f"{output}: cannot be written: {error.strerror or error}.") from error
    click.echo(framing.risk_text(model.about))
    words: dict[int, Any] = {-1: "against", 0: "neutral", 1: "for"}
    for label, features in model.strongest(show).items():
        if features:
            click.echo(f"\nspeaks loudest for {words[label]!r}:")
            for name, weight in features:
                click.echo(f"  {weight:6.2f}  {name}")
    click.echo(f"\nmodel written to {output}", err=True)
