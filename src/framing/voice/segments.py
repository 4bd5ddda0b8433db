"""Segments, the stretches that the voice model decides on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.voice.addressees import addressees
from framing.voice.context import BREAKS, CUE_AT, Context, Ints
from framing.voice.passives import passives

_OPENERS = frozenset("that who which while because but as when after if whether".split())


@dataclass(frozen=True)
class Segments:
    """Stretches of a sentence without punctuation inside; a likely cue is one of its own.

    Attributes
    ----------
    first, last
        First and last word (inside), shape (n_segments,).
    before, after, cue
        The chance that its cue has its content before it, after it, and that it is a cue at all.
    """

    first: Ints
    last: Ints
    before: NDArray[np.floating]
    after: NDArray[np.floating]
    cue: NDArray[np.floating]


def segment(context: Context, chances: NDArray[np.floating]) -> Segments:
    """Part sentences into segments.

    Parameters
    ----------
    context
        The words.
    chances
        For each candidate: no cue, content after it, before it, on both sides or elsewhere; shape
        (n_candidates, 4).
    """
    c = context
    is_cue = 1 - chances[:, 0]
    likely = c.candidates[is_cue > CUE_AT]
    breaks = (c.bits & BREAKS) > 0
    breaks[c.tokens.sentence_bounds[:-1]] = True
    breaks[c.tokens.places(_OPENERS)] = True
    breaks[likely] = True
    breaks[np.minimum(likely + 1, len(breaks) - 1)] = True
    breaks[addressees(c.tokens)[1]] = True
    passive = passives(c.tokens)
    named = passive.agent >= 0
    for begin in (passive.cue[named], passive.begin[named], passive.end[named]):
        breaks[np.minimum(begin, len(breaks) - 1)] = True
    breaks[1:] |= c.quoted[1:] != c.quoted[:-1]
    first = np.flatnonzero(breaks).astype(np.int32)
    last = np.append(first[1:], len(breaks)).astype(np.int32) - 1
    most = np.zeros((len(first), 3), np.float32)
    own = np.cumsum(breaks)[c.candidates] - 1  # ascends, as candidates do
    heads = np.flatnonzero(np.append(True, own[1:] != own[:-1])[: len(own)])
    if len(heads):
        before, after = chances[:, 2] + 0.5 * chances[:, 3], chances[:, 1] + 0.5 * chances[:, 3]
        each = np.stack([before, after, is_cue], axis=1).astype(np.float32)
        most[own[heads]] = np.maximum.reduceat(each, heads, axis=0)
    return Segments(first, last, most[:, 0], most[:, 1], most[:, 2])
