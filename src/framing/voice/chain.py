"""Chances of the states of a chain of segments (the forward-backward algorithm), for many articles at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


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
    found = forward * backward
    return found / found.sum(axis=1, keepdims=True)


def passes(
    scores: NDArray[np.floating], junctions: NDArray[np.integer], moves: NDArray[np.floating],
    bounds: NDArray[np.integer],
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:  # fmt: skip
    """Return the forward and backward messages, scaled to sum to 1 going forward, and the scales."""
    here = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(scores) else scores
    step = np.exp(moves)
    forward, backward = np.empty_like(here), np.ones_like(here)
    scale = np.empty(len(here), here.dtype)
    lengths = np.diff(bounds)
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = bounds[:-1][order], lengths[order]
    alive = np.searchsorted(-lengths, -np.arange(lengths[0] if len(lengths) else 0))  # chains longer than t
    for t, n in enumerate(alive.tolist()):
        place = starts[:n] + t
        message = here[place]
        if t:
            message = message * np.matmul(forward[place - 1][:, None, :], step[junctions[place]])[:, 0, :]
        total = message.sum(axis=1)
        forward[place], scale[place] = message / total[:, None], total
    for t, n in zip(range(len(alive) - 2, -1, -1), alive[:0:-1].tolist(), strict=True):
        place = starts[:n] + t
        ahead = (here[place + 1] * backward[place + 1] / scale[place + 1][:, None])[:, :, None]
        backward[place] = np.matmul(step[junctions[place + 1]], ahead)[:, :, 0]
    return forward, backward, scale
