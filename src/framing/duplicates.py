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

_BLOCK = 256  # sentences compared at a time, so that memory stays small in a long text

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
    for first, last in zip(tokens.article_bounds[:-1].tolist(), tokens.article_bounds[1:].tolist(), strict=True):
        for begin in range(first, last, _BLOCK):
            end = min(begin + _BLOCK, last)
            shared = sparse.coo_array(table[begin:end] @ table[first:end].T)
            later, earlier = shared.row + begin, shared.col + first
            smaller = np.minimum(sizes[later], sizes[earlier])
            near = (shared.data >= MIN_SHARED) & (shared.data >= MIN_OVERLAP * smaller) & (earlier < later)
            # the first earlier sentence wins because it is written last
            order = np.lexsort((-earlier[near], later[near]))
            found[later[near][order]] = tokens.sentence_number[earlier[near][order]]
    return found
