"""A trained reading of stance: logistic regression on features a reader can list, saved as plain JSON.

Nothing of a saved model is executed: the file holds names of features and numbers.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from framing.errors import FramingError, bad_value
from framing.stances.features import WEIGHTED, Row, features
from framing.stances.labelled import Labelled
from framing.stances.named_pairs import NamedPairs, polarity, turned_round
from framing.stances.pair_features import pair_features
from framing.version import __version__

LABELS = (-1, 0, 1)
PAIR_LABELS = (0, 1, 2, 3, 4)
_TASKS = {"target": features, "pair": pair_features}
_FORMAT = "framing stance model 3"
_SCALE = 3.0  # of the n-gram blocks, whose rows have length 1, against the 0/1 and summed features
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
_DIGITS = 4


@dataclass(frozen=True)
class _Block:
    """The features of one block: their columns, and their inverse document frequency where they are weighted."""

    columns: dict[str, int]
    idf: NDArray[np.float64] | None

    def matrix(self, rows: list[Row]) -> sparse.csr_matrix:
        """Return the features of some rows, shape (n_rows, n_columns); unknown ones are left out."""
        found = [[(self.columns[name], value) for name, value in row.items() if name in self.columns] for row in rows]
        bounds = np.cumsum([0, *map(len, found)])
        flat = np.array([pair for row in found for pair in row], float).reshape(-1, 2)
        matrix = sparse.csr_matrix((flat[:, 1], flat[:, 0].astype(int), bounds), (len(rows), len(self.columns)))
        if self.idf is None:
            return matrix
        matrix.data = 1 + np.log(matrix.data)
        matrix = sparse.csr_matrix(matrix.multiply(self.idf))
        length = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
        return sparse.csr_matrix(matrix.multiply((_SCALE / np.where(length, length, 1))[:, None]))


@dataclass(frozen=True)
class StanceModel:
    """A trained reading of stance toward marked targets.

    Attributes
    ----------
    task
        ``"target"``: stance toward a marked target; ``"pair"``: stance between two named parties.
    blocks
        The features.
    coefficients, intercept
        Shape (3, n_features) and (3,), for the labels -1, 0 and 1.
    direction
        For pairs that are not neutral, the coefficients of the log odds that the attitude is that of the party
        named second, and last the intercept, shape (n_features + 1,); empty for targets.
    lift
        What the probability of each label is multiplied by in `predict`, so that rare ones are found too; for the
        best macro-F1 in cross-validation. Shape (3,), for pairs (5,).
    about
        What the model was trained on and how well it did in cross-validation.
    """

    task: str
    blocks: dict[str, _Block]
    coefficients: NDArray[np.float64]
    intercept: NDArray[np.float64]
    direction: NDArray[np.float64]
    lift: NDArray[np.float64]
    about: dict[str, Any]

    def chances(self, marked: Labelled | NamedPairs) -> NDArray[np.float64]:
        """Return the probabilities of -1, 0 and 1 for each row, shape (n_rows, 3); for pairs whatever the direction."""
        return self._signs(_stacked(self.blocks, _TASKS[self.task](marked)))

    def _signs(self, matrix: sparse.csr_matrix) -> NDArray[np.float64]:
        logit = matrix @ self.coefficients.T + self.intercept
        odds = np.exp(logit - logit.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)

    def attitudes(self, named: NamedPairs) -> NDArray[np.float64]:
        """Return the probabilities of the labels of `NamedPairs`, by the order of the text, shape (n_rows, 5)."""
        matrix = _stacked(self.blocks, _TASKS[self.task](named))
        back = 1 / (1 + np.exp(-(matrix @ self.direction[:-1] + self.direction[-1])))
        return _with_direction(self._signs(matrix), back)

    def lifted(self, marked: Labelled | NamedPairs) -> NDArray[np.float64]:
        """Return the probabilities with rare labels lifted as in training, shape (n_rows, 3), for pairs (n_rows, 5)."""
        found = self.attitudes(marked) if isinstance(marked, NamedPairs) else self.chances(marked)
        return _lifted(found, self.lift)

    def predict(self, marked: Labelled | NamedPairs) -> NDArray[np.int64]:
        """Return the label of each row, rare ones lifted as in training: -1, 0, 1, or those of `NamedPairs`."""
        best = self.lifted(marked).argmax(axis=1)
        return turned_round(best, _turned(marked)) if isinstance(marked, NamedPairs) else np.array(LABELS)[best]

    def strongest(self, n: int = 10) -> dict[int, list[tuple[str, float]]]:
        """Return the features that speak loudest for each label, with their coefficients."""
        names = [f"{block}: {name}" for block in self.blocks for name in self.blocks[block].columns]
        return {
            label: [(names[i], float(row[i])) for i in np.argsort(-row, kind="stable")[:n]]
            for label, row in zip(LABELS, self.coefficients, strict=True)
        }

    def save(self, path: str | Path) -> None:
        """Write the model as gzipped JSON."""
        data = {
            "format": _FORMAT,
            "task": self.task,
            "lift": _rounded(self.lift),
            "about": self.about,
            "blocks": {
                name: {"columns": list(block.columns), "idf": None if block.idf is None else _rounded(block.idf)}
                for name, block in self.blocks.items()
            },
            "coefficients": [_rounded(row) for row in self.coefficients],
            "intercept": _rounded(self.intercept),
            "direction": _rounded(self.direction),
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        Path(path).write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def load_model(path: str | Path) -> StanceModel:
    """Read a model that `StanceModel.save` wrote.

    Raises
    ------
    FramingError
        If the file is no such model.
    """
    try:
        data = json.loads(gzip.decompress(Path(path).read_bytes()))
        if data["format"] != _FORMAT:
            raise ValueError(f"format {data['format']!r}")
        blocks = {
            name: _Block(
                {column: i for i, column in enumerate(block["columns"])},
                None if block["idf"] is None else np.array(block["idf"], float),
            )
            for name, block in data["blocks"].items()
        }
        coefficients = np.array(data["coefficients"], float)
        direction = np.array(data["direction"], float)
        n = sum(len(block.columns) for block in blocks.values())
        if coefficients.shape != (len(LABELS), n) or len(direction) != (n + 1) * (data["task"] == "pair"):
            raise ValueError("coefficients and features differ in number")
        return StanceModel(
            data["task"], blocks, coefficients, np.array(data["intercept"], float), direction,
            np.array(data["lift"], float), dict(data["about"]),
        )  # fmt: skip
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FramingError(f"{path}: not a stance model written by 'framing train stance': {error}.") from error


_OF_TASK = {
    "target": ("the stance toward one target", "a table without a column 'holder'"),
    "pair": ("the stance between two parties", "a table with a column 'holder'"),
}


def model_for(task: str, path: str | Path) -> StanceModel:
    """Read a model for a task, see `StanceModel.task`.

    Raises
    ------
    FramingError
        If the file is no model, or one for the other task.
    """
    model = load_model(path)
    if model.task != task:
        raise FramingError(
            f"{path}: this model reads {_OF_TASK[model.task][0]}, not {_OF_TASK[task][0]}; 'framing train stance' "
            f"learns that from {_OF_TASK[task][1]}."
        )
    return model


def train(marked: Labelled | NamedPairs, folds: int = 5, seed: int = 0) -> StanceModel:
    """Fit a model and say how well it does.

    Parameters
    ----------
    marked
        At least 30 rows, as many of each label as there are folds. Rows on one text fall into one fold.
    folds
        Parts of the cross-validation, which chooses how far rare labels are lifted (for the best macro-F1).
    seed
        Seed of the split.

    Returns
    -------
    StanceModel
        ``about`` holds ``macro_f1`` and ``accuracy`` in cross-validation, and ``risk_coverage``: the error rate
        among the rows of the highest confidence, from a tenth of the rows to all.

    Raises
    ------
    FramingError
        If there are too few rows of a label.
    """
    task = "target" if isinstance(marked, Labelled) else "pair"
    sign = polarity(marked.label) if isinstance(marked, NamedPairs) else marked.label
    _check(sign, folds)
    label = turned_round(marked.label, _turned(marked)) if isinstance(marked, NamedPairs) else sign
    weight = marked.weight if isinstance(marked, NamedPairs) else np.ones(len(label))
    rows = _TASKS[task](marked)
    texts = [article.text for article in marked.tokens.articles]
    labels = np.array(LABELS if task == "target" else PAIR_LABELS)
    chances = np.zeros((len(texts), len(labels)))
    for fit, held in _folds(texts, sign, folds, seed):
        part = _fit(task, {name: [r[i] for i in fit] for name, r in rows.items()}, label[fit], weight[fit])
        chances[held] = _chances(part, {name: [r[i] for i in held] for name, r in rows.items()})
    counts = np.array([weight[label == value].sum() for value in labels])
    lift = _best_lift(np.searchsorted(labels, label), chances, weight)
    lifted = _lifted(chances, lift)
    about = {
        "version": __version__,
        "n": len(texts),
        "labels": {str(value): int(n) for value, n in zip(labels, counts, strict=True)},
        "folds": folds,
        **quality(sign, _signs_of(lifted.argmax(axis=1), task), confidence(lifted)),
    }
    if task == "pair":
        found = f1_score(label, lifted.argmax(axis=1), average="macro", sample_weight=weight)
        about["macro_f1_directed"] = round(float(found), _DIGITS)
    blocks, model, direction = _fit(task, rows, label, weight)
    return StanceModel(task, blocks, model.coef_, model.intercept_, direction, lift, about)


def _check(sign: NDArray[np.int64], folds: int) -> None:
    counts = [int((sign == value).sum()) for value in LABELS]
    if min(counts) < folds or len(sign) < _FEWEST:
        got = ", ".join(f"{n} of {value}" for value, n in zip(LABELS, counts, strict=True))
        raise FramingError(bad_value("labelled rows", f"at least {_FEWEST}, and {folds} or more of each label", got))


def _best_lift(
    label: NDArray[np.int64], chances: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the lifts with the best macro-F1, for labels as columns of the probabilities.

    For three labels a power of their shares, of equals the least. For the five of pairs, two of them very rare, one
    lift after the other, over the same few values.
    """
    n = chances.shape[1]

    def reached(lift: NDArray[np.float64]) -> float:
        found = _lifted(chances, lift).argmax(axis=1)
        return float(f1_score(label, found, labels=range(n), average="macro", sample_weight=weight, zero_division=0))

    share = np.bincount(label, weight, n) / weight.sum()
    powers = [np.where(share, share, 1.0) ** -evenness for evenness in _EVENNESS]
    if n == len(LABELS):
        return max(powers, key=reached)
    best, most = np.ones(n), reached(np.ones(n))
    for _ in range(_ROUNDS):
        for place in range(n):
            for value in _LIFTS:
                tried = best.copy()
                tried[place] = value
                if (now := reached(tried)) > most:
                    best, most = tried, now
    return best


def _turned(named: NamedPairs) -> NDArray[np.bool_]:
    return named.target.first < named.holder.first


def _with_direction(chances: NDArray[np.float64], back: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities of the labels of pairs from those of the signs and of the direction."""
    bad, none, good = chances.T
    return np.stack([none, good * (1 - back), good * back, bad * (1 - back), bad * back], axis=1)


def _signs_of(best: NDArray[np.int64], task: str) -> NDArray[np.int64]:
    return np.array(LABELS)[best] if task == "target" else polarity(best)


def _lifted(chances: NDArray[np.float64], lift: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities times the lifts of their labels, again with the sum 1."""
    odds = chances * lift
    return odds / odds.sum(axis=1, keepdims=True)


def quality(label: NDArray[np.int64], predicted: NDArray[np.int64], sure: NDArray[np.float64]) -> dict[str, Any]:
    """Return accuracy, macro-F1 and the risk-coverage curve of predicted signs and the confidence in each.

    Risk is the share of wrong rows among those of the highest confidence (Geifman and El-Yaniv 2017,
    arXiv:1705.08500).
    """
    right = (predicted == label)[np.argsort(-sure, kind="stable")]
    shares = np.arange(1, 11) / 10
    risk = [float(1 - right[: max(1, round(share * len(right)))].mean()) for share in shares]
    return {
        "accuracy": round(float(right.mean()), _DIGITS),
        "macro_f1": round(float(f1_score(label, predicted, average="macro")), _DIGITS),
        "risk_coverage": {f"{share:.1f}": round(value, _DIGITS) for share, value in zip(shares, risk, strict=True)},
    }


def confidence(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the most probable label leads the next, for each row, in [0, 1]."""
    ranked = np.sort(chances, axis=1)
    return ranked[:, -1] - ranked[:, -2]


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


_Fitted = tuple[dict[str, _Block], LogisticRegression, NDArray[np.float64]]


def _fit(task: str, rows: dict[str, list[Row]], label: NDArray[np.int64], weight: NDArray[np.float64]) -> _Fitted:
    """Fit the signs, and for pairs the direction of those that are not neutral."""
    blocks = {name: _block(found, name in WEIGHTED) for name, found in rows.items()}
    matrix = _stacked(blocks, rows)
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
    matrix = _stacked(blocks, rows)
    found = model.predict_proba(matrix)
    if not len(direction):
        return found
    return _with_direction(found, 1 / (1 + np.exp(-(matrix @ direction[:-1] + direction[-1]))))


def _block(rows: list[Row], weighted: bool) -> _Block:
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform(rows)
    keep = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= _MIN_ROWS)
    columns = {vectorizer.feature_names_[i]: number for number, i in enumerate(keep.tolist())}
    return _Block(columns, TfidfTransformer().fit(counts[:, keep]).idf_ if weighted else None)


def _stacked(blocks: dict[str, _Block], rows: dict[str, list[Row]]) -> sparse.csr_matrix:
    return sparse.hstack([block.matrix(rows[name]) for name, block in blocks.items()], format="csr")


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return np.round(values, _DIGITS).tolist()
