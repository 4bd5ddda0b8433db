"""Event means: the mean of every measure in each event and kind, the numbers that comparisons rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True)
class EventMeans:
    """Means by event and kind.

    Attributes
    ----------
    events, kinds, measures
        Labels of the axes; events in the order of the alphabet.
    mean
        Shape (n_events, n_kinds, n_measures), NaN where no text of the kind in the event has the measure.
    n
        Number of texts behind each mean, same shape.
    """

    events: tuple[str, ...]
    kinds: tuple[str, ...]
    measures: tuple[str, ...]
    mean: NDArray[np.float64]
    n: NDArray[np.int64]

    @classmethod
    def of(
        cls, values: pd.DataFrame, events: NDArray[np.object_], groups: NDArray[np.object_], kinds: Sequence[str]
    ) -> EventMeans:
        """Work out the means of articles' values.

        Parameters
        ----------
        values
            One row an article, one column a measure.
        events, groups
            Event and kind of each article; those without either count nowhere.
        kinds
            The kinds, in the order in which they are shown.
        """
        names = sorted({e for e in events if e is not None})
        event_of, kind_of = ({v: i for i, v in enumerate(labels)} for labels in (names, kinds))
        placed = np.array([e is not None and g in kind_of for e, g in zip(events, groups, strict=True)], bool)
        row = np.array([event_of[e] for e in events[placed]], int)
        column = np.array([kind_of[g] for g in groups[placed]], int)
        x = values.to_numpy(float)[placed]
        known = np.isfinite(x)
        shape = (len(names), len(kinds), values.shape[1])
        total, n = np.zeros(shape), np.zeros(shape, np.int64)
        np.add.at(total, (row, column), np.where(known, x, 0.0))
        np.add.at(n, (row, column), known)
        mean = np.where(n > 0, total / np.maximum(n, 1), np.nan)
        return cls(tuple(names), tuple(kinds), tuple(values.columns), mean, n)

    def differences(self, a: str, b: str) -> NDArray[np.float64]:
        """Return mean of `a` less mean of `b` in each event, shape (n_events, n_measures)."""
        i, j = self.kinds.index(a), self.kinds.index(b)
        return self.mean[:, i] - self.mean[:, j]

    def texts(self, a: str, b: str) -> NDArray[np.int64]:
        """Return the number of texts of both kinds in each event, shape (n_events, n_measures)."""
        i, j = self.kinds.index(a), self.kinds.index(b)
        return self.n[:, i] + self.n[:, j]
