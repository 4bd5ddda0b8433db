"""The command line: parse, one library call, write."""

from __future__ import annotations

import errno
import sys
import warnings
from pathlib import Path
from typing import Any

import click

import framing
from framing.cli.codebook import codebook
from framing.cli.figures import figures
from framing.cli.options import comparing as _comparing
from framing.cli.options import shared as _shared
from framing.cli.options import warn as _warn
from framing.cli.options import warn_of as _warn_of
from framing.cli.plan import claiming, claims_of, plan, robustness
from framing.cli.report import report
from framing.cli.stance import stance, train
from framing.cli.themes import kwic, salience
from framing.cli.words import words
from framing.errors import FramingError, bad_value


class _Group(click.Group):
    """A group that words users' errors in one line and exits with status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # the same bytes whatever the locale
                stream.reconfigure(encoding="utf-8")
        warnings.showwarning = lambda message, *_, **__: click.echo(f"warning: {message}", err=True)
        try:
            return super().invoke(ctx)
        except FramingError as error:
            raise _failure(_with_notes(str(error), error)) from error
        except KeyboardInterrupt as stop:
            for note in getattr(stop, "__notes__", ()):
                click.echo(note, err=True)
            raise
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of a pipe has gone; click ends quietly
                raise
            message = f"{error.filename or 'file'}: {error.strerror or error}."
            raise _failure(_with_notes(message, error)) from error


def _with_notes(message: str, error: BaseException) -> str:
    return " ".join([message, *getattr(error, "__notes__", ())])


def _failure(message: str) -> click.ClickException:
    failure = click.ClickException(message)
    failure.exit_code = 2
    return failure


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(framing.__version__, prog_name="framing")
def main() -> None:
    """Show how kinds of texts frame the same event, sentence by sentence.

    CORPUS is a folder of .txt or .md files (with YAML front matter or a
    metadata.csv), or one .csv, .jsonl or .parquet file.

    Example: framing compare corpus --out results
    """


@main.command()
@_shared
@_comparing
@click.option("--out", type=click.Path(path_type=Path), help="Folder for tables, figures and run.json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "md", "latex", "html"]),
    default="table",
    show_default=True,
    help="latex and html are tables for papers (extra: tables).",
)
@click.option("--all", "everything", is_flag=True, help="Show every measure in the table, not only the main ones.")
@claiming
@click.option("--plan", type=click.Path(path_type=Path), help="A plan; what is not given here is taken from it.")
@click.option("--typical", metavar="MEASURE", help="Print the sentences that carry a measure, instead of the table.")
def compare(
    corpus: Path,
    codebook: str | None,
    no_inherited: bool,
    counts: str,
    by: str,
    event: str,
    seed: int | None,
    out: Path | None,
    form: str,
    everything: bool,
    plan: Path | None,
    typical: str | None,
    **claims: Any,
) -> None:
    """Compare the kinds of CORPUS on every measure.

    Example: framing compare corpus --out results
    """
    if form in ("latex", "html"):
        framing.check_paper_form(form)
    options = {"by": by, "event": event, "inherited": not no_inherited, "counts": counts, "seed": seed, "plan": plan}
    result = framing.compare(corpus, codebook, **options, **claims_of(**claims), progress=True)
    _warn(result.analysis.features)
    if out is not None:
        paths = framing.write_comparison(result, out)
        click.echo(f"{len(paths)} files written to {out}", err=True)
    if typical is not None:
        table = result.typical_sentences(typical)
        click.echo(framing.csv_text(table) if form == "csv" else framing.typical_text(table) + "\n", nl=False)
        return
    if form in ("latex", "html"):
        every = list(result.analysis.measures) if everything else None
        click.echo(framing.paper_table(result, form, every), nl=False)
        return
    click.echo(result.render(form, everything=everything), nl=False)


@main.command()
@_shared
@click.option("--unit", type=click.Choice(["article", "sentence"]), default="article", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A .csv, .parquet or .jsonl file; else CSV on stdout.",
)
@click.option("--jobs", type=int, default=1, show_default=True, help="Number of processes; -1 for all cores.")
def features(
    corpus: Path, codebook: str | None, no_inherited: bool, counts: str, unit: str, output: Path | None, jobs: int
) -> None:
    """Score every article (or sentence) of CORPUS.

    With --output a corpus of any size is scored in little memory.

    Example: framing features corpus -o features.csv
    """
    if jobs == 0:
        raise FramingError(bad_value("--jobs", "a whole number of processes, or -1 for all cores", jobs))
    options: dict[str, Any] = {
        "unit": unit,
        "inherited": not no_inherited,
        "counts": counts,
        "n_jobs": jobs,
        "progress": True,
    }
    if output is not None:
        written = framing.write_features(corpus, output, codebook, **options)
        _note_passed_over(corpus)
        _warn_of(written.problems, written.n_problems)
        click.echo(f"{written.n_rows} rows written to {output}", err=True)
        return
    table = framing.features(corpus, codebook, **options)
    _note_passed_over(corpus)
    if unit == "article":
        _warn(table)
    _emit(table, None)


@main.command()
@_shared
@click.option("--article", required=True, help="Id of the article.")
@click.option("--measure", help="One measure (themes__defence) or family (themes).")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A .csv, .parquet or .jsonl file; else a table on a terminal, CSV in a pipe.",
)
def evidence(
    corpus: Path,
    codebook: str | None,
    no_inherited: bool,
    counts: str,
    article: str,
    measure: str | None,
    output: Path | None,
) -> None:
    """List the spans behind the scores of one article.

    Example: framing evidence corpus --article hlscc-ankara-2026-wire --measure themes
    """
    table = framing.evidence(
        corpus, codebook, article=article, measure=measure, inherited=not no_inherited, counts=counts
    )
    if output is None and sys.stdout.isatty():
        click.echo(framing.evidence_text(table))
    else:
        _emit(table, output)


main.add_command(figures)
main.add_command(report)
main.add_command(stance)
main.add_command(train)
main.add_command(plan)
main.add_command(robustness)
main.add_command(words)
main.add_command(codebook)
main.add_command(kwic)
main.add_command(salience)


@main.group()
def corpus() -> None:
    """Look at a corpus before it is compared.

    Example: framing corpus check corpus
    """


@corpus.command("check")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "md"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file for the output; else stdout.")
@click.option("--strict", is_flag=True, help="Exit with status 1 when something is flagged.")
def check_corpus(corpus: Path, form: str, output: Path | None, strict: bool) -> None:
    """Check the sources of CORPUS for what could pass as framing.

    Says for each source which quotation marks it uses and how much stands in
    them, and flags marks the program does not know, unbalanced marks, HTML
    tags and entities, garbled characters, missing metadata, kinds that are
    spelt in two ways, duplicates, files that are not read, and texts that are
    short or cannot be scored.

    Example: framing corpus check corpus --format csv -o sources.csv
    """
    table = framing.check_corpus(corpus)
    if form in ("table", "md"):
        text = framing.audit_text(table, markdown=form == "md") + "\n"
    else:
        text = framing.csv_text(table) if form == "csv" else framing.json_text(framing.records(table))
        _note_passed_over(corpus)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")
        click.echo(f"{len(table)} sources written to {output}", err=True)
    if strict and table["flags"].notna().any():
        sys.exit(1)


def _note_passed_over(corpus: Path) -> None:
    if note := framing.passed_over(corpus):
        click.echo(f"note: {note}", err=True)


def _emit(table: Any, output: Path | None) -> None:
    if output is None:
        click.echo(framing.csv_text(table), nl=False)
    else:
        framing.write_table(table, output)
        click.echo(f"{len(table)} rows written to {output}", err=True)
