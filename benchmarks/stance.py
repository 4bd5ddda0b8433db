"""Stance against human labels: ``python benchmarks/stance.py SET FILE... [--train FILE]``.

Sets, all public:

* ``newsmtsc FILE``: NewsMTSC (Hamborg and Donnay 2021), JSON lines with sentence, start, end, polarity.
* ``directed FILE``: directed sentiment between political entities (Park, Pan and Joo 2021), JSON lines with
  sentence (names in brackets), p, q, label; repeated sentences are left out.
* ``newswcl50 ARTICLES ANNOTATIONS``: NewsWCL50 (Hamborg, Zhukova and Gipp 2019).
* ``basil ARTICLES SPANS``: BASIL (Fan et al. 2019).

* ``pooled ARTICLES SPANS ARTICLES ANNOTATIONS``: BASIL and NewsWCL50 together, each standardised.

Files are JSON lines and may be gzipped. With ``--train`` the trained variant is fitted on the train part of the
same set. One JSON line of figures is printed; intervals are 95 % percentile bootstrap intervals over rows, for
the article sets over articles.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from sklearn.metrics import f1_score
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import framing
from framing.corpus import Corpus
from framing.stances.attitudes import weighed
from framing.stances.labelled import Labelled, mark
from framing.stances.marked import read
from framing.stances.named_pairs import NamedPairs, bracketed, polarity
from framing.stances.trained import Answers
from framing.stances.training import train
from framing.tokens import tokenize

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


def confident_half(answers: Answers, label: np.ndarray) -> dict[str, Any]:
    """Return the accuracy on all rows and on the half in which the model is surest."""
    right = answers.label == label
    sure = np.argsort(-answers.confidence, kind="stable")[: len(right) // 2]
    return with_interval("accuracy_all", len(right), lambda i: float(right[i].mean())) | with_interval(
        "accuracy_confident_half", len(sure), lambda i: float(right[sure[i]].mean())
    )


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
        answers = train(targets_of(trained_on)).answers(marked)
        found = answers.label
        figures |= with_interval("macro_f1_trained", n, lambda i: macro_f1(marked.label[i], found[i]))
        figures |= confident_half(answers, marked.label)
    return figures


def directed(file: Path, trained_on: Path | None) -> dict[str, Any]:
    """Stance between two named parties."""
    named = pairs_of(file)
    n = len(named.label)
    rules = weighed(named)
    gold = polarity(named.label)
    figures: dict[str, Any] = {"n": n}
    figures |= with_interval("macro_f1_undirected", n, lambda i: macro_f1(gold[i], rules.sign[i]))
    figures |= with_interval("macro_f1_directed", n, lambda i: macro_f1(named.label[i], rules.label[i]))
    if trained_on is not None:
        own = set(article.text for article in named.tokens.articles)
        other = pairs_of(trained_on)
        kept = np.array([article.text not in own for article in other.tokens.articles])
        answers = train(other[np.flatnonzero(kept)]).answers(named)
        found = answers.label
        figures |= with_interval("macro_f1_undirected_trained", n, lambda i: macro_f1(gold[i], polarity(found)[i]))
        figures |= with_interval("macro_f1_directed_trained", n, lambda i: macro_f1(named.label[i], found[i]))
        figures |= confident_half(answers, named.label)
    return figures


def pooled(*sets: Cells) -> Cells:
    """Put sets together; in each, gold and found values are standardised."""

    def standard(values: np.ndarray) -> np.ndarray:
        return (values - values.mean()) / values.std()

    parts = [Cells(*s[:3], *(standard(v) for v in s[3:])) for s in sets]
    return Cells(*(np.concatenate(column) for column in zip(*parts, strict=True)))


class Cells(NamedTuple):
    """One row an article and target: gold net valence, what is found, and where it belongs."""

    event: np.ndarray
    source: np.ndarray
    target: np.ndarray
    gold: np.ndarray
    found: np.ndarray
    share: np.ndarray
    vader: np.ndarray
    vader_sum: np.ndarray


def cells_of(articles: list[dict[str, Any]], targets: dict[str, dict[str, list[str]]], gold: dict[Any, float]) -> Cells:
    """Score the marked targets of every article that names them.

    Articles have id, event, source and text; `targets` are the aliases of each target by event; `gold` is the net
    valence, favourable less unfavourable marks, by (article, target). What is found is the net stance, clauses for
    less clauses against the target; the stance as a share of all clauses, and the mean and the sum of VADER over
    the sentences that hold an alias, stand beside it.
    """
    analyzer = SentimentIntensityAnalyzer()
    rows = []
    for event, named in targets.items():
        own = [a for a in articles if a["event"] == event]
        ids = [a["id"] for a in own]
        corpus = Corpus.from_texts([a["text"] for a in own], ids=ids)
        table = framing.stance(corpus, named, reach="sentence").articles
        tokens = tokenize(corpus)
        sentences = [(tokens.articles[a].id, tokens.text_of(s)) for s, a in enumerate(tokens.sentence_article)]
        source = {a["id"]: a["source"] for a in own}
        for row in table[table["n"] > 0].itertuples():
            if (row.article, row.target) not in gold:
                continue
            said = [t for i, t in sentences if i == row.article and any(alias in t for alias in named[row.target])]
            tone = [analyzer.polarity_scores(t)["compound"] for t in said] or [0.0]
            value = gold[row.article, row.target]
            net = row.positive - row.negative
            rows.append((event, source[row.article], row.target, value, net, row.stance, np.mean(tone), np.sum(tone)))
    columns = list(zip(*rows, strict=True))
    return Cells(*(np.array(c, object) for c in columns[:3]), *(np.array(c, float) for c in columns[3:]))


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Return Pearson's r, missing where one side does not vary."""
    return float(np.corrcoef(a, b)[0, 1]) if len(a) > 2 and a.std() and b.std() else np.nan


def pairs_of_sources(cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """Return the two rows of each pair of sources on one event and target whose gold valence differs."""
    groups: dict[Any, list[int]] = defaultdict(list)
    for row, key in enumerate(zip(cells.event, cells.target, strict=True)):
        groups[key].append(row)
    pairs = [pair for own in groups.values() for pair in combinations(own, 2) if np.ptp(cells.gold[list(pair)])]
    one, other = np.array(pairs, int).reshape(-1, 2).T
    return one, other


def order_right(cells: Cells, pairs: tuple[np.ndarray, np.ndarray], found: np.ndarray, times: np.ndarray) -> float:
    """Return the share of pairs of sources on one event and target, of different gold valence, in the right order.

    A tie counts half. `times` tells how often each row was drawn; a pair counts as often as its rows together.
    """
    one, other = pairs
    weight = times[one] * times[other]
    right = (1 + np.sign(cells.gold[one] - cells.gold[other]) * np.sign(found[one] - found[other])) / 2
    return float((weight * right).sum() / weight.sum()) if weight.sum() else np.nan


def actor_only(cells: Cells) -> np.ndarray:
    """Return, for each cell, the mean gold valence of the target's name in all other events."""
    guess = np.zeros(len(cells.gold))
    for i, (event, target) in enumerate(zip(cells.event, cells.target, strict=True)):
        other = (cells.target == target) & (cells.event != event)
        guess[i] = cells.gold[other].mean() if other.any() else 0.0
    return guess


def figures_of(cells: Cells) -> dict[str, Any]:
    """Return correlations and orders with intervals from a bootstrap of articles."""
    every = np.arange(len(cells.gold))
    guess = actor_only(cells)
    pairs = pairs_of_sources(cells)
    measures = {"": cells.found, "vader_": cells.vader, "vader_sum_": cells.vader_sum, "share_": cells.share}
    figures: dict[str, Any] = {"n": len(every), "n_events": len(set(cells.event))}
    for name, values in measures.items():
        figures[f"{name}r_articles"] = round(correlation(cells.gold, values), 4)
        figures[f"{name}order_right"] = round(order_right(cells, pairs, values, np.ones(len(every))), 4)
    figures["actor_only"] = round(correlation(cells.gold, guess), 4)
    rng = np.random.default_rng(SEED)
    unit = np.array([f"{e}|{s}" for e, s in zip(cells.event, cells.source, strict=True)])
    units = [np.flatnonzero(unit == u) for u in np.unique(unit)]
    draws = [np.concatenate([units[k] for k in rng.integers(0, len(units), len(units))]) for _ in range(RESAMPLES)]
    r = np.array([[correlation(cells.gold[d], v[d]) for v in measures.values()] for d in draws])
    times = np.array([np.bincount(d, minlength=len(every)) for d in draws])
    order = np.array([[order_right(cells, pairs, v, t) for v in list(measures.values())[:2]] for t in times])
    figures["order_right_interval"] = np.nanquantile(order[:, 0], [0.025, 0.975]).round(4).tolist()
    figures["vader_order_right_interval"] = np.nanquantile(order[:, 1], [0.025, 0.975]).round(4).tolist()
    figures["vader_r_articles_interval"] = np.nanquantile(r[:, 1], [0.025, 0.975]).round(4).tolist()
    alone = np.array([correlation(cells.gold[d], guess[d]) for d in draws])
    figures["actor_only_interval"] = np.nanquantile(alone, [0.025, 0.975]).round(4).tolist()
    figures["r_articles_interval"] = np.nanquantile(r[:, 0], [0.025, 0.975]).round(4).tolist()
    for column, name in ((1, "vader"), (2, "vader_sum")):
        figures[f"r_above_{name}"] = round(figures["r_articles"] - figures[f"{name}_r_articles"], 4)
        interval = np.nanquantile(r[:, 0] - r[:, column], [0.025, 0.975])
        figures[f"r_above_{name}_interval"] = interval.round(4).tolist()
    return figures


def basil(files: tuple[Path, ...]) -> Cells:
    """Read BASIL: net polarity of the spans about a target, per article."""
    articles = [
        {"id": a["id"], "event": a["event"], "source": a["source"].lower(), "text": "\n\n".join(a["paragraphs"])}
        for a in rows_of(files[0])
    ]
    gold: dict[Any, float] = defaultdict(float)
    targets: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for span in rows_of(files[1]):
        name = span["target"].replace("_", " ").strip()
        if name and span["polarity"] in ("pos", "neg"):
            gold[span["article"], name] += 1 if span["polarity"] == "pos" else -1
            last = name.split()[-1]
            person = len(name.split()) > 1 and all(w[:1].isupper() for w in name.split()) and last not in _COMMON
            targets[span["event"]][name] = [name, last] if person else [name]
    return cells_of(articles, targets, gold)


_COMMON = frozenset("Lawmakers Republicans Democrats Department Congress Now Party Administration".split())
_FAVOURABLE = frozenset(
    "Affection|Confidence|Trustworthiness|Reason|Honor|Good quality|Positive|Lawfulness|Safety|Fairness|Easiness|"
    "Economy positive".split("|")
)
_UNFAVOURABLE = frozenset(
    "Aggressor|Refusal|No trustworthiness|Unreason|Dishonor|Poor quality|Negative|Unlawfulness|Unsafety|Difficulty|"
    "Weakness|Economy negative".split("|")
)


def newswcl50(files: tuple[Path, ...]) -> Cells:
    """Read NewsWCL50: favourable less unfavourable properties of a target, per article.

    Power, importance, victim and other are left out: they say neither. The names that coders marked for a target
    are its aliases, but for pronouns and names marked for two targets.
    """
    articles = [
        {"id": a["doc"], "event": str(a["event"]), "source": a["publisher"], "text": a["text"]}
        for a in rows_of(files[0])
    ]
    rows = rows_of(files[1])
    gold: dict[Any, float] = defaultdict(float)
    judged: dict[str, set[str]] = defaultdict(set)
    owners: dict[str, set[str]] = defaultdict(set)
    marked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        event = str(row["event"])
        if row["code_type"] == "PROPERTY":
            sign = (row["code"] in _FAVOURABLE) - (row["code"] in _UNFAVOURABLE)
            for target in filter(None, map(str.strip, row["target"].split(";"))):
                judged[event].add(target)
                gold[f"{event}_{row['publisher']}", target] += sign
        else:
            target = row["code"].split("\\")[-1]
            owners[row["mention"]].add(target)
            marked[event, target].add(row["mention"])
    targets: dict[str, dict[str, list[str]]] = {}
    for event, names in judged.items():
        own = {n: [m for m in marked[event, n] if len(owners[m]) == 1 and _is_name(m)] for n in names}
        targets[event] = {n: sorted(aliases) for n, aliases in own.items() if aliases}
    return cells_of(articles, targets, gold)


def _is_name(mention: str) -> bool:
    words = mention.split()
    return (len(words) > 1 or mention[:1].isupper()) and len(words) <= 4 and mention.replace(" ", "").isalpha()


@click.command()
@click.argument("which", type=click.Choice(["newsmtsc", "directed", "newswcl50", "basil", "pooled"]))
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--train", "trained_on", type=click.Path(exists=True, path_type=Path), help="Train part of the set.")
def main(which: str, files: tuple[Path, ...], trained_on: Path | None) -> None:
    """Print one JSON line of figures for a set."""
    if which in ("newsmtsc", "directed"):
        figures = {"newsmtsc": newsmtsc, "directed": directed}[which](files[0], trained_on)
    elif which == "pooled":
        figures = figures_of(pooled(basil(files[:2]), newswcl50(files[2:])))
    else:
        figures = figures_of({"basil": basil, "newswcl50": newswcl50}[which](files))
    click.echo(json.dumps({"set": which, **figures}))


if __name__ == "__main__":
    main()
