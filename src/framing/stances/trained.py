"""A trained reading of stance: logistic regression on features a reader can list, saved as plain JSON.

Nothing of a saved model is executed: the file holds names of features and numbers.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.metrics import f1_score

from framing.errors import FramingError
from framing.stances.features import Row, features
from framing.stances.labelled import Labelled
from framing.stances.named_pairs import NamedPairs, polarity, turned_round
from framing.stances.pair_features import pair_features

LABELS = (-1, 0, 1)
PAIR_LABELS = (0, 1, 2, 3, 4)
TASKS = {"target": features, "pair": pair_features}
_FORMAT = "framing stance model 3"
_SCALE = 3.0  # of the n-gram blocks, whose rows have length 1, against the 0/1 and summed features
DIGITS = 4


@dataclass(frozen=True)
class Block:
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


class Answers(NamedTuple):
    """What a model answers for each row, and how sure it is of it.

    Attributes
    ----------
    label
        -1, 0, 1, or one of those of `NamedPairs`; shape (n_rows,).
    confidence
        How far the probability of the answer leads that of the next, rare labels lifted; in [0, 1], shape (n_rows,).
    """

    label: NDArray[np.int64]
    confidence: NDArray[np.float64]


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
        What the probability of each label is multiplied by in `answers`, so that rare ones are found too; for the
        best macro-F1 in cross-validation. Shape (3,), for pairs (5,).
    about
        What the model was trained on and how well it did in cross-validation.
    """

    task: str
    blocks: dict[str, Block]
    coefficients: NDArray[np.float64]
    intercept: NDArray[np.float64]
    direction: NDArray[np.float64]
    lift: NDArray[np.float64]
    about: dict[str, Any]

    def chances(self, marked: Labelled | NamedPairs) -> NDArray[np.float64]:
        """Return the probabilities of -1, 0 and 1 for each row, shape (n_rows, 3); for pairs whatever the direction."""
        return self._signs(stacked(self.blocks, TASKS[self.task](marked)))

    def _signs(self, matrix: sparse.csr_matrix) -> NDArray[np.float64]:
        logit = matrix @ self.coefficients.T + self.intercept
        odds = np.exp(logit - logit.max(axis=1, keepdims=True))
        return odds / odds.sum(axis=1, keepdims=True)

    def attitudes(self, named: NamedPairs) -> NDArray[np.float64]:
        """Return the probabilities of the labels of `NamedPairs`, by the order of the text, shape (n_rows, 5)."""
        matrix = stacked(self.blocks, TASKS[self.task](named))
        back = 1 / (1 + np.exp(-(matrix @ self.direction[:-1] + self.direction[-1])))
        return with_direction(self._signs(matrix), back)

    def lifted(self, marked: Labelled | NamedPairs) -> NDArray[np.float64]:
        """Return the probabilities with rare labels lifted as in training, shape (n_rows, 3), for pairs (n_rows, 5)."""
        found = self.attitudes(marked) if isinstance(marked, NamedPairs) else self.chances(marked)
        return times_lift(found, self.lift)

    def answers(self, marked: Labelled | NamedPairs) -> Answers:
        """Return the label of each row and the confidence in it, rare labels lifted as in training."""
        lifted = self.lifted(marked)
        best = lifted.argmax(axis=1)
        label = turned_round(best, turned(marked)) if isinstance(marked, NamedPairs) else np.array(LABELS)[best]
        return Answers(label, confidence(lifted))

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
            name: Block(
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
    except FileNotFoundError as error:
        raise FramingError(f"{path}: no such file; 'framing train stance' writes models.") from error
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


def turned(named: NamedPairs) -> NDArray[np.bool_]:
    """Tell which pairs name the target before the holder, shape (n_rows,)."""
    return named.target.first < named.holder.first


def with_direction(chances: NDArray[np.float64], back: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities of the labels of pairs from those of the signs and of the direction."""
    bad, none, good = chances.T
    return np.stack([none, good * (1 - back), good * back, bad * (1 - back), bad * back], axis=1)


def signs_of(best: NDArray[np.int64], task: str) -> NDArray[np.int64]:
    """Return -1, 0 or 1 for labels that are columns of probabilities."""
    return np.array(LABELS)[best] if task == "target" else polarity(best)


def times_lift(chances: NDArray[np.float64], lift: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities times the lifts of their labels, again with the sum 1."""
    odds = chances * lift
    return odds / odds.sum(axis=1, keepdims=True)


def quality(label: NDArray[np.int64], predicted: NDArray[np.int64], sure: NDArray[np.float64]) -> dict[str, Any]:
    """Return accuracy, macro-F1 and the risk-coverage curve of predicted signs and the confidence in each.

    Risk is the share of wrong rows among those of the highest confidence (Geifman and El-Yaniv 2017,
    arXiv:1705.08500); `confidence` is the least among them.
    """
    order = np.argsort(-sure, kind="stable")
    right = (predicted == label)[order]
    answered = {f"{share / 10:.1f}": max(1, round(share * len(right) / 10)) for share in range(1, 11)}
    return {
        "accuracy": round(float(right.mean()), DIGITS),
        "macro_f1": round(float(f1_score(label, predicted, average="macro")), DIGITS),
        "risk_coverage": {share: round(float(1 - right[:n].mean()), DIGITS) for share, n in answered.items()},
        "confidence": {share: round(float(sure[order[n - 1]]), DIGITS) for share, n in answered.items()},
    }


def confidence(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the most probable label leads the next, for each row, in [0, 1]."""
    ranked = np.sort(chances, axis=1)
    return ranked[:, -1] - ranked[:, -2]


def stacked(blocks: dict[str, Block], rows: dict[str, list[Row]]) -> sparse.csr_matrix:
    """Return the features of all blocks side by side, shape (n_rows, n_features)."""
    return sparse.hstack([block.matrix(rows[name]) for name, block in blocks.items()], format="csr")


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return np.round(values, DIGITS).tolist()
