"""Chances of the states of a chain of segments (the forward-backward algorithm), for many articles at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.kernels import kernels


def posterior(
    scores: NDArray[np.floating], junctions: NDArray[np.integer], moves: NDArray[np.floating],
    bounds: NDArray[np.integer],
) -> NDArray[np.floating]:  # fmt: skip
    """Return the chance of each state at each place of a linear-chain conditional random field.

    Parameters
    ----------
    scores
        Score of each state at each place, shape (n, n_states).
    junctions
        Kind of the junction before each place, shape (n,).
    moves
        Score of going from one state to another over each kind of junction, shape (n_kinds,
        n_states, n_states).
    bounds
        First place of each chain, and n, shape (n_chains + 1,).

    Returns
    -------
    numpy.ndarray
        Rows add up to 1, shape (n, n_states). Source: Lafferty, McCallum & Pereira 2001.
    """
    forward, backward, _ = passes(scores, junctions, moves, bounds)
    return shares(forward * backward)


def passes(
    scores: NDArray[np.floating], junctions: NDArray[np.integer], moves: NDArray[np.floating],
    bounds: NDArray[np.integer],
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:  # fmt: skip
    """Return the forward and backward messages, scaled to sum to 1 going forward, and the scales."""
    n, k = scores.shape
    here = np.exp(centred(scores))
    moves = np.exp(moves)
    if kernels and here.dtype == moves.dtype == np.float32:
        forward, backward, scale = np.empty_like(here), np.empty_like(here), np.empty(n, here.dtype)
        kernels.passes(here, junctions.astype(np.int64, copy=False), moves, bounds, forward, backward, scale)
        return forward, backward, scale
    lengths = np.diff(bounds)
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = bounds[:-1][order], lengths[order]
    # one step is one place of every chain that is long enough; steps lie one after the other in memory
    alive = np.searchsorted(-lengths, -np.arange(lengths[0] if len(lengths) else 0))
    edges = np.append(0, np.cumsum(alive)).tolist()
    step = np.repeat(np.arange(len(alive)), alive)
    by_step = starts[np.arange(n) - np.asarray(edges)[step]] + step
    here, move = here[by_step], moves[junctions[by_step]]
    forward, backward = np.empty_like(here), np.ones_like(here)
    scale = np.empty(n, here.dtype)
    for t in range(len(alive)):
        begin, end = edges[t], edges[t + 1]
        message = here[begin:end]
        if t:
            last = forward[edges[t - 1] : edges[t - 1] + end - begin]
            message = message * added([last[:, i, None] * move[begin:end, i] for i in range(k)])
        scale[begin:end] = added([message[:, j] for j in range(k)])
        np.divide(message, scale[begin:end, None], out=forward[begin:end])
    ahead = here / scale[:, None] if n else here
    for t in range(len(alive) - 2, -1, -1):
        begin, end = edges[t + 1], edges[t + 2]
        coming = ahead[begin:end] * backward[begin:end]
        went = added([coming[:, j, None] * move[begin:end, :, j] for j in range(k)])
        backward[edges[t] : edges[t] + end - begin] = went
    back = np.empty(n, np.int64)
    back[by_step] = np.arange(n)
    return forward[back], backward[back], scale[back]


def centred(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return scores less the highest of each row, so that none overflows when exponentiated."""
    highest = scores[:, 0].copy()
    for column in scores.T[1:]:  # column by column: numpy is slow along short rows
        np.maximum(highest, column, out=highest)
    return scores - highest[:, None]


def shares(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return values divided by the sum of their row."""
    return values / added(list(values.T))[:, None]


def added(parts: list[NDArray[np.floating]]) -> NDArray[np.floating]:
    """Add up, one after the other: the order of a product of matrices depends on the library that computes it."""
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total
