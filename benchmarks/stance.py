"""Stance against human labels: ``python benchmarks/stance.py SET FILE... [--train FILE]``.

Sets, all public:

* ``newsmtsc FILE``: NewsMTSC (Hamborg and Donnay 2021), JSON lines with sentence, start, end, polarity.
* ``directed FILE``: directed sentiment between political entities (Park, Pan and Joo 2021), JSON lines with
  sentence (names in brackets), p, q, label; repeated sentences are left out.
* ``newswcl50 ARTICLES ANNOTATIONS``: NewsWCL50 (Hamborg, Zhukova and Gipp 2019).
* ``basil ARTICLES SPANS``: BASIL (Fan et al. 2019).

Files are JSON lines and may be gzipped. With ``--train`` the trained variant is fitted on the train part of the
same set. One JSON line of figures is printed; intervals are 95 % percentile bootstrap intervals over rows, for
the article sets over events.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
from sklearn.metrics import f1_score

from framing.stances.between import NamedPairs, bracketed, direct, polarity
from framing.stances.labelled import Labelled, mark
from framing.stances.marked import read
from framing.stances.trained import StanceModel, train

RESAMPLES = 1000
SEED = 0


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as lines:
        return [json.loads(line) for line in lines]


def macro_f1(gold: np.ndarray, found: np.ndarray) -> float:
    """Return the mean F1 over the labels of the gold standard."""
    return float(f1_score(gold, found, labels=np.unique(gold), average="macro"))


def with_interval(name: str, n: int, figure: Callable[[np.ndarray], float]) -> dict[str, Any]:
    """Return a figure and its bootstrap interval over rows."""
    rng = np.random.default_rng(SEED)
    every = [figure(rng.integers(0, n, n)) for _ in range(RESAMPLES)]
    low, high = np.nanquantile(every, [0.025, 0.975])
    return {name: round(figure(np.arange(n)), 4), f"{name}_interval": [round(float(low), 4), round(float(high), 4)]}


def confident_half(model: StanceModel, marked: Labelled | NamedPairs, found: np.ndarray) -> dict[str, float]:
    """Return the accuracy on all rows and on the half in which the model is surest."""
    right = found == marked.label
    sure = np.argsort(-model.chances(marked).max(axis=1), kind="stable")[: len(right) // 2]
    return {
        "accuracy_all": round(float(right.mean()), 4),
        "accuracy_confident_half": round(float(right[sure].mean()), 4),
    }


def targets_of(path: Path) -> Labelled:
    """Read NewsMTSC."""
    rows = rows_of(path)
    return mark([r["sentence"] for r in rows], [[(r["start"], r["end"])] for r in rows], [r["polarity"] for r in rows])


def pairs_of(path: Path) -> NamedPairs:
    """Read the directed set."""
    rows = rows_of(path)
    return bracketed([r["sentence"] for r in rows], [(r["p"], r["q"]) for r in rows], [r["label"] for r in rows])


def newsmtsc(file: Path, trained_on: Path | None) -> dict[str, Any]:
    """Stance toward a marked target."""
    marked = targets_of(file)
    n = len(marked.label)
    rules = read(marked).polarity
    figures = {"n": n, "accuracy_rules": round(float((rules == marked.label).mean()), 4)}
    figures |= with_interval("macro_f1_rules", n, lambda i: macro_f1(marked.label[i], rules[i]))
    clause = read(marked, "clause").polarity
    figures |= with_interval("macro_f1_rules_clause", n, lambda i: macro_f1(marked.label[i], clause[i]))
    if trained_on is not None:
        model = train(targets_of(trained_on))
        found = model.predict(marked)
        figures |= with_interval("macro_f1_trained", n, lambda i: macro_f1(marked.label[i], found[i]))
        figures |= confident_half(model, marked, found)
    return figures


def directed(file: Path, trained_on: Path | None) -> dict[str, Any]:
    """Stance between two named parties."""
    named = pairs_of(file)
    n = len(named.label)
    rules = direct(named)
    gold = polarity(named.label)
    figures: dict[str, Any] = {"n": n}
    figures |= with_interval("macro_f1_undirected", n, lambda i: macro_f1(gold[i], polarity(rules)[i]))
    figures |= with_interval("macro_f1_directed", n, lambda i: macro_f1(named.label[i], rules[i]))
    if trained_on is not None:
        own = set(article.text for article in named.tokens.articles)
        other = pairs_of(trained_on)
        kept = np.array([article.text not in own for article in other.tokens.articles])
        model = train(other[np.flatnonzero(kept)])
        found = model.predict(named)
        figures |= with_interval("macro_f1_undirected_trained", n, lambda i: macro_f1(gold[i], polarity(found)[i]))
        figures |= with_interval("macro_f1_directed_trained", n, lambda i: macro_f1(named.label[i], found[i]))
        figures |= confident_half(model, named, found)
    return figures


@click.command()
@click.argument("which", type=click.Choice(["newsmtsc", "directed", "newswcl50", "basil"]))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--train", "trained_on", type=click.Path(exists=True, path_type=Path), help="Train part of the set.")
def main(which: str, files: tuple[Path, ...], trained_on: Path | None) -> None:
    """Print one JSON line of figures for a set."""
    if which in ("newsmtsc", "directed"):
        figures = {"newsmtsc": newsmtsc, "directed": directed}[which](files[0], trained_on)
    click.echo(json.dumps({"set": which, **figures}))


if __name__ == "__main__":
    main()
