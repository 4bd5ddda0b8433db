"""Learn how strongly each cue speaks for or against a target, by its place: ``python -m framing.stances.make_strengths``.

A ridge regression of the label (-1, 0, 1) on the cues round each marked target. The strength of a cue is the sum
of four coefficients (see `framing.stances.tone.keys_of`), so a cue that the labelled texts do not hold still has
the strength of its class in its place. There is no intercept: a sentence without a cue has the value 0. The two
thresholds are those with the best macro-F1 in cross-validation.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import click
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score
from sklearn.model_selection import cross_val_predict

from framing.stances.labelled import Labelled, mark
from framing.stances.text import clauses
from framing.stances.tone import keys_of, pairs, tone_cues

_PENALTY = 10.0
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
    """Return the strengths and thresholds, by name."""
    vectorizer = DictVectorizer()
    X = vectorizer.fit_transform(counted(marked))
    y = marked.label
    ridge = Ridge(alpha=penalty, fit_intercept=False, solver="sparse_cg", tol=1e-8)
    value = cross_val_predict(ridge, X, y, cv=5)

    def quality(lower: float, upper: float) -> float:
        return f1_score(y, (value >= upper).astype(int) - (value <= lower), average="macro")

    _, lower, upper = max((quality(low, high), low, high) for low in _LOWER for high in _UPPER)
    ridge.fit(X, y)
    found = dict(zip(vectorizer.feature_names_, ridge.coef_.tolist(), strict=True))
    return {"lower threshold": round(lower, 2), "upper threshold": round(upper, 2), **found}


@click.command()
@click.argument("train", type=click.Path(exists=True, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=Path(__file__).with_name("strengths.txt.gz"))
def main(train: Path, output: Path) -> None:
    """Learn from TRAIN, the train part of NewsMTSC as JSON lines (gzipped)."""
    with gzip.open(train, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    marked = mark([r["sentence"] for r in rows], [[(r["start"], r["end"])] for r in rows], [r["polarity"] for r in rows])
    values = learn(marked)
    text = "# Strengths of cues of stance, learned from the train part of NewsMTSC; see make_strengths.py\n"
    text += "".join(f"{key}\t{value:.3f}\n" for key, value in values.items() if abs(value) >= 0.0005)
    output.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    click.echo(f"{len(values)} strengths, thresholds {values['lower threshold']} and {values['upper threshold']}")


if __name__ == "__main__":
    main()
