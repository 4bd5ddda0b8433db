"""Learn how strongly each cue speaks for or against a target, by its place.

Usage: ``python -m framing.stances.make_strengths NEWSMTSC DIRECTED --without VALID``.

A ridge regression of the label (-1, 0, 1) on the cues round each marked target. The strength of a cue is the sum
of four coefficients (see `framing.stances.tone.keys_of`), so a cue that the labelled texts do not hold still has
the strength of its class in its place. There is no intercept: a sentence without a cue has the value 0. The two
thresholds are those with the best macro-F1 in cross-validation.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score
from sklearn.model_selection import KFold, cross_val_predict

from framing.stances import between
from framing.stances.between import NamedPairs, bracketed, polarity, sentences
from framing.stances.labelled import Labelled, mark
from framing.stances.text import clauses
from framing.stances.tone import keys_of, pairs, tone_cues

_PENALTY = 20.0
_PAIR_PENALTY = 70.0
_LOWER = np.arange(-0.40, -0.04, 0.05)
_UPPER = np.arange(0.05, 0.41, 0.05)


def counted(marked: Labelled) -> list[Counter[str]]:
    """Return, for each row, how often each strength counts."""
    cues, tokens = tone_cues(), marked.tokens
    where = np.ones(len(tokens.word), bool)
    found = cues.find(tokens, clauses(tokens).number, where)
    near = pairs(tokens, clauses(tokens), marked.mentions, found)
    rows: list[Counter[str]] = [Counter() for _ in marked.label]
    for mention, cue, place in zip(*(part.tolist() for part in near), strict=True):
        term = int(found.term[cue])
        names = keys_of(cues.matcher.terms[term], int(cues.kind[term]), int(found.sign[cue]), place)
        rows[int(marked.mentions.term[mention])].update(names)
    return rows


def learn(marked: Labelled, penalty: float = _PENALTY) -> dict[str, float]:
    """Return the strengths and thresholds of the tone toward a marked target, by name."""
    return fit(counted(marked), marked.label, penalty)


def fit(rows: list[Counter[str]], y: NDArray[np.int64], penalty: float) -> dict[str, float]:
    """Fit the ridge regression and choose the thresholds."""
    vectorizer = DictVectorizer()
    X = vectorizer.fit_transform(rows)
    ridge = Ridge(alpha=penalty, fit_intercept=False, solver="sparse_cg", tol=1e-8)
    value = cross_val_predict(ridge, X, y, cv=KFold(5, shuffle=True, random_state=0))

    def quality(lower: float, upper: float) -> float:
        return f1_score(y, (value >= upper).astype(int) - (value <= lower), average="macro")

    _, lower, upper = max((quality(low, high), low, high) for low in _LOWER for high in _UPPER)
    ridge.fit(X, y)
    found = dict(zip(vectorizer.feature_names_, ridge.coef_.tolist(), strict=True))
    return {"lower threshold": round(lower, 2), "upper threshold": round(upper, 2), **found}


def learn_pairs(named: NamedPairs, penalty: float = _PAIR_PENALTY) -> dict[str, float]:
    """Return the strengths and thresholds of the stance between two names, by name."""
    rows = [Counter(key for cue in sentence.cues for key in between.keys_of(cue)) for sentence in sentences(named)]
    return fit(rows, polarity(named.label), penalty)


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _write(values: dict[str, float], name: str, source: str) -> None:
    text = f"# Strengths of cues of stance, learned from the train part of {source}; see make_strengths.py\n"
    text += "".join(f"{key}\t{value:.3f}\n" for key, value in values.items() if abs(value) >= 0.0005)
    Path(__file__).with_name(name).write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    click.echo(f"{name}: {len(values)} strengths, from {values['lower threshold']} to {values['upper threshold']}")


@click.command()
@click.argument("newsmtsc", type=click.Path(exists=True, path_type=Path))
@click.argument("directed", type=click.Path(exists=True, path_type=Path))
@click.option("--without", type=click.Path(exists=True, path_type=Path), help="Pairs whose sentences are left out.")
def main(newsmtsc: Path, directed: Path, without: Path | None) -> None:
    """Learn from the train parts of NewsMTSC and of the directed-sentiment set, as gzipped JSON lines.

    The published parts of the second share sentences: name its other part with --without.
    """
    rows = _rows(newsmtsc)
    marked = mark(
        [r["sentence"] for r in rows], [[(r["start"], r["end"])] for r in rows], [r["polarity"] for r in rows]
    )
    _write(learn(marked), "strengths.txt.gz", "NewsMTSC")
    rows = _rows(directed)
    held = {re.sub(r"[][]", "", r["sentence"]) for r in _rows(without)} if without else set()
    rows = [r for r in rows if re.sub(r"[][]", "", r["sentence"]) not in held]
    pairs_ = bracketed([r["sentence"] for r in rows], [(r["p"], r["q"]) for r in rows], [r["label"] for r in rows])
    _write(learn_pairs(pairs_), "pair_strengths.txt.gz", "directed-sentiment")


if __name__ == "__main__":
    main()
