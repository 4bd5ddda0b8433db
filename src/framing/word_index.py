"""The places of words by their type, so that the few places of a few words are found without looking at all others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.kernels import as_arrays, kernels
from framing.type_table import Types

_FEW = 30  # one word in so many


class WordIndex:
    """An inverted index of the words of some articles.

    Parameters
    ----------
    word
        Type id of each word, shape (n_words,).
    types
        The table of types.
    """

    def __init__(self, word: NDArray[np.int32], types: Types):
        self._types = types
        n_types = len(types)
        if kernels:
            self._bounds, self._order = as_arrays(kernels.by_type(word, n_types), np.int64, np.int32)
        else:
            self._bounds = np.append(0, np.cumsum(np.bincount(word, minlength=n_types)))
            self._order = np.argsort(word, kind="stable").astype(np.int32)
        self._known: dict[frozenset[str], NDArray[np.int64]] = {}

    def places(self, words: frozenset[str]) -> NDArray[np.int64]:
        """Return the words whose normal form is one of some, in text order; the array is not to be written to."""
        found = self._known.get(words)
        if found is None:
            found = self._known[words] = self.of_types(self._types.among(words))
            found.flags.writeable = False
        return found

    def of_types(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the words of some types, a mask, in text order."""
        ids = np.flatnonzero(chosen[: len(self._bounds) - 1])  # types met later have no place here
        begins, ends = self._bounds[ids], self._bounds[ids + 1]
        runs = [
            self._order[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True) if begin < end
        ]
        found = np.concatenate(runs) if runs else np.zeros(0, np.int32)
        if len(found) * _FEW < len(self._order):
            return np.sort(found).astype(np.int64)
        marked = np.zeros(len(self._order), bool)  # for many words faster than sorting
        marked[found] = True
        return np.flatnonzero(marked)
