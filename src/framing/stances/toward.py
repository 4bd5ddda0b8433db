"""What the rules for a single target say of each of two parties."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from framing.stances.labelled import Labelled
from framing.stances.marked import read
from framing.stances.named_pairs import NamedPairs
from framing.stances.tone import SIGNS

_SCALE = 3.0  # so that the value of the tone, in [-1, 1], is learned beside features of 0 and 1


def toward(named: NamedPairs, turned: NDArray[np.bool_]) -> list[dict[str, float]]:
    """Return, for each pair, the sign of the clauses about each party, that with the tone, and the value of the tone.

    Parameters
    ----------
    named
        The pairs.
    turned
        Whether the target is named first, shape (n_rows,).

    Returns
    -------
    list of dict
        By name; the parties are named in the order of the text. What is 0 is left out.
    """
    rows: list[dict[str, float]] = [{} for _ in named.label]
    for own, other, hits in (("first", "second", named.holder), ("second", "first", named.target)):
        marked = Labelled(named.tokens, hits, named.label)
        wide, narrow = read(marked), read(marked, "clause")
        value = np.clip(wide.tone, -1, 1) * _SCALE
        for row, turn, *of_row in zip(
            rows, turned.tolist(), value.tolist(), wide.polarity.tolist(), narrow.polarity.tolist(), strict=True
        ):
            row.update(_named(other if turn else own, *of_row))
    return rows


def _named(party: str, value: float, by_tone: int, by_clause: int) -> Iterator[tuple[str, float]]:
    if value:
        yield f"toward the {party}, tone {SIGNS[value > 0]}", abs(value)
    if by_tone:
        yield f"toward the {party}, sentence {SIGNS[by_tone > 0]}", 1.0
    if by_clause:
        yield f"toward the {party}, clause {SIGNS[by_clause > 0]}", 1.0
