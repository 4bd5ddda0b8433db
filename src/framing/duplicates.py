"""Near-duplicate sentences within an article, such as a deck that the lead repeats."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.tokens import Tokens

MIN_SHARED = 8
"""So many distinct content words must be shared."""
MIN_OVERLAP = 0.55
"""Shared content words as a share of the shorter sentence's (overlap coefficient)."""

_LIGHT = frozenset(
    """the a an of and to in is that for on with as by it at from are was be has have he she they its this which but not
    or their his were been will had would who more said also than into over after before between during about""".split()
)


def duplicate_of(tokens: Tokens) -> NDArray[np.int32]:
    """Return, for each sentence, the number of the first earlier sentence it repeats, or 0.

    Two sentences of an article are near duplicates when they share at least `MIN_SHARED` distinct
    content words and these are at least `MIN_OVERLAP` of the shorter sentence's.
    """
    found = np.zeros(tokens.n_sentences, np.int32)
    if not len(tokens.word):
        return found
    norms: dict[str, int] = {}
    norm_id = np.array([norms.setdefault(n, len(norms)) for n in tokens.types.norms], dtype=np.int64)
    content = np.array([n not in _LIGHT and len(n) > 1 for n in tokens.types.norms])[tokens.word]
    rows, columns = tokens.sentence[content], norm_id[tokens.word[content]]
    shape = (tokens.n_sentences, len(norms))
    table = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    table.data[:] = 1.0  # csr sums repeated words; a word counts once a sentence
    sizes = np.asarray(table.sum(axis=1)).ravel()
    for first, last in zip(tokens.article_bounds[:-1], tokens.article_bounds[1:], strict=True):
        own = table[first:last]
        shared = sparse.coo_array(own @ own.T)
        smaller = np.minimum(sizes[first + shared.row], sizes[first + shared.col])
        near = (shared.data >= MIN_SHARED) & (shared.data >= MIN_OVERLAP * smaller) & (shared.col < shared.row)
        for later, earlier in sorted(
            zip(shared.row[near].tolist(), shared.col[near].tolist(), strict=True), reverse=True
        ):
            found[first + later] = tokens.sentence_number[first + earlier]
    return found
