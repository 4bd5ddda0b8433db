"""Learn how strongly each cue speaks for or against a target, by its place.

Usage: ``python -m framing.stances.make_strengths NEWSMTSC DIRECTED --without VALID``.

A ridge regression of the label (-1, 0, 1) on the cues round each marked target. The strength of a cue is the sum
of four coefficients (see `framing.stances.tone.keys_of`), so a cue that the labelled texts do not hold still has
the strength of its class in its place. There is no intercept: a sentence without a cue has the value 0. The two
thresholds are those with the best macro-F1 in cross-validation, of several alike the widest apart. For pairs of
names there is one regression for each of the four attitudes (see `framing.stances.attitudes`), a sentence that the
source gives twice counts twice, and the thresholds are chosen over several splits together.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict

from framing.stances.attitudes import ATTITUDES, decide, strength_rows, undirected
from framing.stances.between import sentences
from framing.stances.labelled import Labelled, mark
from framing.stances.named_pairs import NamedPairs, bracketed, polarity, turned_round
from framing.stances.one_by_one import best_one_by_one
from framing.stances.text import clauses
from framing.stances.tone import keys_of, pairs, tone_cues

_LEAST, _LEAST_OF_PAIR = 0.0005, 0.002
_DIGITS, _DIGITS_OF_PAIR = 3, 4
_PENALTY = 20.0
_PAIR_PENALTY = 250.0
_REPEATS = 5
_ALIKE = 0.001  # macro-F1 by which thresholds are told apart; of those alike the pair that leaves most neutral is taken
_LOWER = np.arange(-0.40, -0.04, 0.05)
_UPPER = np.arange(0.05, 0.41, 0.05)
_FIRST_THRESHOLD = 0.33
_SUMS = np.arange(0.16, 0.49, 0.03)
_THRESHOLDS, _ROUNDS = np.arange(0.04, 0.61, 0.02), 3


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
    splits = [KFold(5, shuffle=True, random_state=seed) for seed in range(_REPEATS)]
    value = np.concatenate([cross_val_predict(ridge, X, y, cv=split) for split in splits])
    label = np.tile(y, _REPEATS)

    def quality(lower: float, upper: float) -> float:
        return f1_score(label, (value >= upper).astype(int) - (value <= lower), average="macro")

    tried = [(quality(low, high), low, high) for low in _LOWER for high in _UPPER]
    good = [(high - low, low, high) for reached, low, high in tried if reached >= max(tried)[0] - _ALIKE]
    _, lower, upper = max(good)
    ridge.fit(X, y)
    found = dict(zip(vectorizer.feature_names_, ridge.coef_.tolist(), strict=True))
    return {"lower threshold": round(lower, 2), "upper threshold": round(upper, 2), **found}


def learn_pairs(named: NamedPairs, penalty: float = _PAIR_PENALTY) -> dict[str, NDArray[np.float64]]:
    """Return the strengths for the four attitudes, and the thresholds, by name."""
    read = list(sentences(named))
    label = turned_round(named.label, np.array([sentence.turned for sentence in read]))
    vectorizer = DictVectorizer()
    X = vectorizer.fit_transform(strength_rows(named, read))
    y = np.stack([label == attitude for attitude in ATTITUDES], axis=1).astype(float)
    values = []
    for seed in range(_REPEATS):  # over one split the best thresholds are half chance
        value = np.zeros(y.shape)
        for fitted, held in StratifiedKFold(5, shuffle=True, random_state=seed).split(label, label):
            ridge = _ridge(penalty).fit(X[fitted], y[fitted], sample_weight=named.weight[fitted])
            value[held] = ridge.predict(X[held])
        values.append(value)
    held_out = np.concatenate(values), np.tile(label, _REPEATS), np.tile(named.weight, _REPEATS)
    coefficients = _ridge(penalty).fit(X, y, sample_weight=named.weight).coef_
    found = dict(zip(vectorizer.feature_names_, coefficients.T, strict=True))
    thresholds = {"thresholds": _thresholds(*held_out), "thresholds of sums": _thresholds_of_sums(*held_out)}
    return {**{name: np.round(values, 2) for name, values in thresholds.items()}, **found}


def _ridge(penalty: float) -> Ridge:
    return Ridge(alpha=penalty, fit_intercept=False, solver="sparse_cg", tol=1e-6)


def _thresholds(
    value: NDArray[np.float64], label: NDArray[np.int64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return those with the best macro-F1 over the five labels, found one after the other."""

    def quality(tried: NDArray[np.float64]) -> float:
        return float(f1_score(label, decide(value, tried), average="macro", sample_weight=weight))

    return best_one_by_one(quality, np.full(len(ATTITUDES), _FIRST_THRESHOLD), _THRESHOLDS, _ROUNDS)


def _thresholds_of_sums(
    value: NDArray[np.float64], label: NDArray[np.int64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return those with the best macro-F1 over the three signs."""
    sign = polarity(label)

    def quality(tried: tuple[float, float]) -> float:
        return float(f1_score(sign, undirected(value, np.array(tried)), average="macro", sample_weight=weight))

    return np.array(max(((good, bad) for good in _SUMS for bad in _SUMS), key=quality))


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _write(
    values: Mapping[str, float | NDArray[np.float64]], name: str, source: str, least: float, digits: int
) -> None:
    """Write strengths, one a line; those below `least` in all their parts are left out."""
    text = f"# Strengths of cues of stance, learned from the train part of {source}; see make_strengths.py\n"
    for key, value in values.items():
        parts = np.atleast_1d(value)
        if (np.abs(parts) >= least).any():
            text += "\t".join([key, *(f"{part:.{digits}f}" if abs(part) >= _LEAST else "" for part in parts)]) + "\n"
    Path(__file__).with_name(name).write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
    click.echo(f"{name}: {text.count(chr(10)) - 1} strengths")


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
    _write(learn(marked), "strengths.txt.gz", "NewsMTSC", _LEAST, _DIGITS)
    rows = _rows(directed)
    held = {re.sub(r"[][]", "", r["sentence"]) for r in _rows(without)} if without else set()
    rows = [r for r in rows if re.sub(r"[][]", "", r["sentence"]) not in held]
    pairs_ = bracketed([r["sentence"] for r in rows], [(r["p"], r["q"]) for r in rows], [r["label"] for r in rows])
    _write(learn_pairs(pairs_), "pair_strengths.txt.gz", "directed-sentiment", _LEAST_OF_PAIR, _DIGITS_OF_PAIR)


if __name__ == "__main__":
    main()
