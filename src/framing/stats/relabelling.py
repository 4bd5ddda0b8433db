"""Random labels of texts within blocks: the null of everything that sums counts over texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb, prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

EXACT_UP_TO = 20_000
"""Up to so many arrangements all are listed; beyond, a random sample is drawn."""

_AT_ONCE = 4_000_000  # numbers held at a time


def n_arrangements(first: ArrayLike, blocks: ArrayLike) -> int:
    """Return in how many ways labels can be permuted within blocks."""
    first, blocks = np.asarray(first, bool), np.asarray(blocks, int)
    n, k = np.bincount(blocks), np.bincount(blocks, first).astype(int)
    return prod(comb(int(a), int(b)) for a, b in zip(n, k, strict=True))


def smallest_p(first: ArrayLike, blocks: ArrayLike) -> float:
    """Return the smallest two-sided p that permuting labels can give.

    Where both sides have as many texts in every block, the labels the other way round are as extreme.
    """
    first, blocks = np.asarray(first, bool), np.asarray(blocks, int)
    even = (np.bincount(blocks) == 2 * np.bincount(blocks, first)).all()
    return (2 if even else 1) / n_arrangements(first, blocks)


def arrangements(
    first: NDArray[np.bool_], blocks: NDArray[np.int64], most: int = EXACT_UP_TO
) -> NDArray[np.float32] | None:
    """Return all arrangements, shape (n_arrangements, n_texts), 1 for the first side; ``None`` where above `most`."""
    if n_arrangements(first, blocks) > most:
        return None
    drawn = np.zeros((1, len(first)), np.float32)
    for block in np.unique(blocks):
        rows = np.flatnonzero(blocks == block)
        chosen = np.array(list(combinations(rows, int(first[rows].sum()))), int)
        own = np.zeros((len(chosen), len(first)), np.float32)
        np.put_along_axis(own, chosen, 1.0, axis=1)
        drawn = (drawn[:, None] + own[None]).reshape(-1, len(first))
    return drawn


def relabellings(
    first: NDArray[np.bool_], blocks: NDArray[np.int64], n: int, rng: np.random.Generator, width: int = 1
) -> Iterator[NDArray[np.float32]]:
    """Draw labels at random within blocks.

    Parameters
    ----------
    first
        Whether each text is of the first side, shape (n_texts,).
    blocks
        Number of the block of each text.
    n, rng
        Number of draws and generator.
    width
        How many numbers the caller makes of a draw, which bounds the draws given at a time.

    Yields
    ------
    numpy.ndarray
        Shape (some draws, n_texts), 1 for the first side, else 0.
    """
    groups = _alike(first, blocks)
    step = max(1, _AT_ONCE // max(len(first), width))
    for begin in range(0, n, step):
        size = min(step, n - begin)
        drawn = np.zeros((size, len(first)), np.float32)
        for places in groups:
            k = int(first[places[0]].sum())
            marks = np.arange(places.shape[1]) < k
            if places.shape == (len(places), 2) and k == 1:
                heads = rng.integers(0, 2, size=(size, len(places)), dtype=np.uint8)
                drawn[:, places[:, 0]], drawn[:, places[:, 1]] = heads, 1 - heads
            elif len(places) == 1:
                drawn[:, places[0]] = rng.permuted(np.tile(marks.astype(np.uint8), (size, 1)), axis=1)
            else:
                order = np.argsort(rng.random((size, *places.shape), np.float32), axis=2)
                drawn[:, places] = marks[order]
        yield drawn


def _alike(first: NDArray[np.bool_], blocks: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the texts of blocks with equal numbers on both sides together, shape (n_blocks, n_texts of a block)."""
    found: dict[tuple[int, int], list[NDArray[np.int64]]] = {}
    order = np.argsort(blocks, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(blocks[order])) + 1):
        found.setdefault((len(rows), int(first[rows].sum())), []).append(rows)
    return [np.array(rows) for _, rows in sorted(found.items())]
