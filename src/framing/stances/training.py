"""Learning a trained reading from labels, and how well it does in cross-validation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from framing.errors import FramingError, bad_value
from framing.stances.features import WEIGHTED, Row
from framing.stances.labelled import Labelled
from framing.stances.named_pairs import NamedPairs, polarity, turned_round
from framing.stances.one_by_one import best_one_by_one
from framing.stances.trained import (
    DIGITS,
    LABELS,
    PAIR_LABELS,
    TASKS,
    Block,
    StanceModel,
    confidence,
    quality,
    signs_of,
    stacked,
    times_lift,
    turned,
    with_direction,
)  # fmt: skip
from framing.version import __version__

_PENALTY = {"target": 0.05, "pair": 0.005}
_TRUST = 0.75  # power of the log-count ratios by which features of targets are scaled
_DIRECTION_PENALTY = 0.01
_TOLERANCE = {"target": 1e-5, "pair": 1e-3}
_SMOOTHING = 1.0
_CERTAIN = 4.0  # log odds of the direction where training shows but one
_MIN_ROWS = 2  # rows in which a feature must stand to be learned
_FEWEST = 30
_EVENNESS = tuple(np.arange(0, 0.85, 0.1).round(1))
_LIFTS, _ROUNDS = np.exp(np.arange(-2, 2.6, 0.15)), 3


def train(marked: Labelled | NamedPairs, folds: int = 5, seed: int = 0) -> StanceModel:
    """Fit a model and say how well it does.

    Parameters
    ----------
    marked
        At least 30 rows, and as many texts of each label as there are folds. Rows on one text fall into one fold.
    folds
        Parts of the cross-validation, which chooses how far rare labels are lifted (for the best macro-F1).
    seed
        Seed of the split.

    Returns
    -------
    StanceModel
        ``about`` holds ``macro_f1`` and ``accuracy`` in cross-validation, and ``risk_coverage``: the error rate
        among the rows of the highest confidence, from a tenth of the rows to all, and ``confidence``: the least of
        theirs.

    Raises
    ------
    FramingError
        If there are too few rows, or texts of a label.
    """
    task = "target" if isinstance(marked, Labelled) else "pair"
    sign = polarity(marked.label) if isinstance(marked, NamedPairs) else marked.label
    texts = [article.text for article in marked.tokens.articles]
    _check(texts, sign, folds)
    label = turned_round(marked.label, turned(marked)) if isinstance(marked, NamedPairs) else sign
    weight = marked.weight if isinstance(marked, NamedPairs) else np.ones(len(label))
    rows = TASKS[task](marked)
    labels = np.array(LABELS if task == "target" else PAIR_LABELS)
    chances = np.zeros((len(texts), len(labels)))
    for fit, held in _folds(texts, sign, folds, seed):
        part = _fit(task, {name: [r[i] for i in fit] for name, r in rows.items()}, label[fit], weight[fit])
        chances[held] = _chances(part, {name: [r[i] for i in held] for name, r in rows.items()})
    counts = np.array([weight[label == value].sum() for value in labels])
    lift = _best_lift(np.searchsorted(labels, label), chances, weight)
    lifted = times_lift(chances, lift)
    about = {
        "version": __version__,
        "n": len(texts),
        "labels": {str(value): int(n) for value, n in zip(labels, counts, strict=True)},
        "folds": folds,
        **quality(sign, signs_of(lifted.argmax(axis=1), task), confidence(lifted)),
    }
    if task == "pair":
        found = f1_score(label, lifted.argmax(axis=1), average="macro", sample_weight=weight)
        about["macro_f1_directed"] = round(float(found), DIGITS)
    blocks, model, direction = _fit(task, rows, label, weight)
    return StanceModel(task, blocks, model.coef_, model.intercept_, direction, lift, about)


def _check(texts: list[str], sign: NDArray[np.int64], folds: int) -> None:
    counts = [len({texts[i] for i in np.flatnonzero(sign == value)}) for value in LABELS]
    if min(counts) < folds or len(sign) < _FEWEST:
        got = ", ".join(f"{n} of {value}" for value, n in zip(LABELS, counts, strict=True))
        expected = f"at least {_FEWEST}, and {folds} or more texts of each label"
        raise FramingError(bad_value("labelled rows", expected, f"{len(sign)} rows, with texts: {got}"))


def _best_lift(
    label: NDArray[np.int64], chances: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the lifts with the best macro-F1, for labels as columns of the probabilities.

    For three labels a power of their shares, of equals the least. For the five of pairs, two of them very rare, one
    lift after the other, over the same few values.
    """
    n = chances.shape[1]

    def reached(lift: NDArray[np.float64]) -> float:
        found = times_lift(chances, lift).argmax(axis=1)
        return float(f1_score(label, found, labels=range(n), average="macro", sample_weight=weight, zero_division=0))

    share = np.bincount(label, weight, n) / weight.sum()
    powers = [np.where(share, share, 1.0) ** -evenness for evenness in _EVENNESS]
    if n == len(LABELS):
        return max(powers, key=reached)
    return best_one_by_one(reached, np.ones(n), _LIFTS, _ROUNDS)


def _folds(
    texts: list[str], label: NDArray[np.int64], folds: int, seed: int
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Split by text, so that one sentence with two targets is never in both parts."""
    distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    group = np.array([distinct[text] for text in texts])
    first = np.array([label[np.argmax(group == g)] for g in range(len(distinct))])
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    return [
        (np.flatnonzero(~np.isin(group, held)), np.flatnonzero(np.isin(group, held)))
        for _, held in splitter.split(first, first)
    ]


_Fitted = tuple[dict[str, Block], LogisticRegression, NDArray[np.float64]]


def _fit(task: str, rows: dict[str, list[Row]], label: NDArray[np.int64], weight: NDArray[np.float64]) -> _Fitted:
    """Fit the signs, and for pairs the direction of those that are not neutral."""
    blocks = {name: _block(found, name in WEIGHTED) for name, found in rows.items()}
    matrix = stacked(blocks, rows)
    if task == "target":
        scale = _log_ratios(matrix, label) ** _TRUST
        model = LogisticRegression(C=_PENALTY[task], max_iter=1000, tol=_TOLERANCE[task])
        model.fit(sparse.csr_matrix(matrix.multiply(scale)), label)
        model.coef_ *= scale
        return blocks, model, np.zeros(0)
    some = np.flatnonzero(label)
    back = label[some] % 2 == 0
    model = LogisticRegression(C=_PENALTY[task], max_iter=1000, tol=_TOLERANCE[task])
    model.fit(matrix, polarity(label), sample_weight=weight)
    if back.all() or not back.any():  # one direction only: nothing to learn but which
        return blocks, model, np.append(np.zeros(matrix.shape[1]), _CERTAIN if back.all() else -_CERTAIN)
    way = LogisticRegression(C=_DIRECTION_PENALTY, max_iter=1000, tol=_TOLERANCE[task])
    way.fit(matrix[some], back, sample_weight=weight[some])
    return blocks, model, np.append(way.coef_[0], way.intercept_)


def _log_ratios(matrix: sparse.csr_matrix, label: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how far each feature tells a label from the others: the log-count ratio of Wang and Manning (2012, ACL).

    Of the labels the one it tells best. Shape (n_columns,), 0 or more. A feature that all labels share counts little
    before the regression sees it.
    """
    sizes = abs(matrix)
    best = np.zeros(matrix.shape[1])
    for value in np.unique(label):
        inside = np.asarray(sizes[label == value].sum(axis=0)).ravel() + _SMOOTHING
        outside = np.asarray(sizes[label != value].sum(axis=0)).ravel() + _SMOOTHING
        best = np.maximum(best, np.abs(np.log(inside / inside.sum() / (outside / outside.sum()))))
    return best


def _chances(fitted: _Fitted, rows: dict[str, list[Row]]) -> NDArray[np.float64]:
    blocks, model, direction = fitted
    matrix = stacked(blocks, rows)
    found = np.zeros((matrix.shape[0], len(LABELS)))
    found[:, np.searchsorted(LABELS, model.classes_)] = model.predict_proba(matrix)  # a fold may lack a label
    if not len(direction):
        return found
    return with_direction(found, 1 / (1 + np.exp(-(matrix @ direction[:-1] + direction[-1]))))


def _block(rows: list[Row], weighted: bool) -> Block:
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform(rows)
    keep = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= _MIN_ROWS)
    columns = {vectorizer.feature_names_[i]: number for number, i in enumerate(keep.tolist())}
    return Block(columns, TfidfTransformer().fit(counts[:, keep]).idf_ if weighted else None)
