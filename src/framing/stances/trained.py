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
from framing.stances.between import NamedPairs, directed, polarity
from framing.stances.features import BLOCKS, Row, features, pair_features
from framing.stances.labelled import Labelled
from framing.version import __version__

LABELS = (-1, 0, 1)
_TASKS = {"target": features, "pair": pair_features}
_FORMAT = "framing stance model 1"
_WEIGHTED = ("words", "window")
_SCALE = 3.0  # of the n-gram blocks, whose rows have length 1, against the 0/1 and summed features
_PENALTY = 0.03
_MIN_ROWS = 2  # rows in which a feature must stand to be learned
_FEWEST = 30
_EVENNESS = tuple(np.arange(0, 0.85, 0.1).round(1))
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
        ``"target"``: stance toward a marked target; ``"pair"``: stance between two named parties, whose direction
        the grammar gives (`framing.stances.between.from_second`).
    blocks
        The features.
    coefficients, intercept
        Shape (3, n_features) and (3,), for the labels -1, 0 and 1.
    evenness
        How far the shares of the labels in training are evened out in `predict`: 0 not, 1 in full.
    about
        What the model was trained on and how well it did in cross-validation.
    """

    task: str
    blocks: dict[str, _Block]
    coefficients: NDArray[np.float64]
    intercept: NDArray[np.float64]
    evenness: float
    about: dict[str, Any]

    def chances(self, marked: Labelled | NamedPairs) -> NDArray[np.float64]:
        """Return the probabilities of -1, 0 and 1 for each row, shape (n_rows, 3); for pairs whatever the direction."""
        logit = _stacked(self.blocks, _TASKS[self.task](marked)) @ self.coefficients.T + self.intercept
        odds = np.exp(logit - logit.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)

    def lifted(self, marked: Labelled | NamedPairs) -> NDArray[np.float64]:
        """Return the probabilities with rare labels lifted as in training, shape (n_rows, 3)."""
        counts = np.array([self.about["labels"][str(label)] for label in LABELS])
        return _lifted(self.chances(marked), counts, self.evenness)

    def predict(self, marked: Labelled | NamedPairs) -> NDArray[np.int64]:
        """Return the label of each row, rare ones lifted as in training: -1, 0, 1, or those of `NamedPairs`."""
        sign = np.array(LABELS)[self.lifted(marked).argmax(axis=1)]
        return directed(marked, sign) if isinstance(marked, NamedPairs) else sign

    def strongest(self, n: int = 10) -> dict[int, list[tuple[str, float]]]:
        """Return the features that speak loudest for each label, with their coefficients."""
        names = [f"{block}: {name}" for block in BLOCKS for name in self.blocks[block].columns]
        return {
            label: [(names[i], float(row[i])) for i in np.argsort(-row, kind="stable")[:n]]
            for label, row in zip(LABELS, self.coefficients, strict=True)
        }

    def save(self, path: str | Path) -> None:
        """Write the model as gzipped JSON."""
        data = {
            "format": _FORMAT,
            "task": self.task,
            "evenness": self.evenness,
            "about": self.about,
            "blocks": {
                name: {"columns": list(block.columns), "idf": None if block.idf is None else _rounded(block.idf)}
                for name, block in self.blocks.items()
            },
            "coefficients": [_rounded(row) for row in self.coefficients],
            "intercept": _rounded(self.intercept),
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
                {column: i for i, column in enumerate(data["blocks"][name]["columns"])},
                None if data["blocks"][name]["idf"] is None else np.array(data["blocks"][name]["idf"], float),
            )
            for name in BLOCKS
        }
        coefficients = np.array(data["coefficients"], float)
        if coefficients.shape != (len(LABELS), sum(len(block.columns) for block in blocks.values())):
            raise ValueError("coefficients and features differ in number")
        return StanceModel(
            data["task"], blocks, coefficients, np.array(data["intercept"], float), float(data["evenness"]),
            dict(data["about"]),
        )  # fmt: skip
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise FramingError(f"{path}: not a stance model written by 'framing train stance': {error}.") from error


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
    labels = np.array(LABELS)
    label = polarity(marked.label) if isinstance(marked, NamedPairs) else marked.label
    counts = np.array([(label == value).sum() for value in labels])
    if counts.min() < folds or len(label) < _FEWEST:
        got = ", ".join(f"{n} of {value}" for value, n in zip(labels, counts, strict=True))
        raise FramingError(bad_value("labelled rows", f"at least {_FEWEST}, and {folds} or more of each label", got))
    rows = _TASKS[task](marked)
    texts = [article.text for article in marked.tokens.articles]
    chances = np.zeros((len(texts), len(labels)))
    for fit, held in _folds(texts, label, folds, seed):
        blocks, model = _fit({name: [r[i] for i in fit] for name, r in rows.items()}, label[fit])
        chances[held] = model.predict_proba(_stacked(blocks, {name: [r[i] for i in held] for name, r in rows.items()}))
    _, evenness = max(
        (f1_score(label, labels[_lifted(chances, counts, e).argmax(axis=1)], average="macro"), -e) for e in _EVENNESS
    )
    blocks, model = _fit(rows, label)
    about = {
        "version": __version__,
        "n": len(texts),
        "labels": {str(value): int(n) for value, n in zip(labels, counts, strict=True)},
        "folds": folds,
    }
    measured = quality(label, _lifted(chances, counts, -evenness))
    return StanceModel(task, blocks, model.coef_, model.intercept_, float(-evenness), about | measured)


def _lifted(chances: NDArray[np.float64], counts: NDArray[np.int64], evenness: float) -> NDArray[np.float64]:
    """Divide probabilities by a power of the shares of their labels in training."""
    odds = chances * (counts / counts.sum()) ** -evenness
    return odds / odds.sum(axis=1, keepdims=True)


def quality(label: NDArray[np.int64], chances: NDArray[np.float64]) -> dict[str, Any]:
    """Return accuracy, macro-F1 and the risk-coverage curve of some probabilities.

    Risk is the share of wrong rows among those of the highest confidence (Geifman and El-Yaniv 2017,
    arXiv:1705.08500).
    """
    predicted = np.array(LABELS)[chances.argmax(axis=1)]
    right = (predicted == label)[np.argsort(-confidence(chances), kind="stable")]
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


def _fit(rows: dict[str, list[Row]], label: NDArray[np.int64]) -> tuple[dict[str, _Block], LogisticRegression]:
    blocks = {name: _block(rows[name], name in _WEIGHTED) for name in BLOCKS}
    model = LogisticRegression(C=_PENALTY, max_iter=1000, tol=1e-5)
    return blocks, model.fit(_stacked(blocks, rows), label)


def _block(rows: list[Row], weighted: bool) -> _Block:
    vectorizer = DictVectorizer()
    counts = vectorizer.fit_transform(rows)
    keep = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= _MIN_ROWS)
    columns = {vectorizer.feature_names_[i]: number for number, i in enumerate(keep.tolist())}
    return _Block(columns, TfidfTransformer().fit(counts[:, keep]).idf_ if weighted else None)


def _stacked(blocks: dict[str, _Block], rows: dict[str, list[Row]]) -> sparse.csr_matrix:
    return sparse.hstack([blocks[name].matrix(rows[name]) for name in BLOCKS], format="csr")


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return np.round(values, _DIGITS).tolist()
