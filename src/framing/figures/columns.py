"""Checks of the tables that figures are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from framing.errors import FramingError, bad_value, listed
from framing.figures.lettering import unit_of
from framing.labels import is_share


def check_table(argument: str, table: Any, columns: Sequence[str], source: str) -> None:
    """Raise if a figure cannot be drawn from a table.

    Parameters
    ----------
    argument, table
        The argument's name and value.
    columns
        Columns that it must have.
    source
        Where such a table comes from, for messages.

    Raises
    ------
    FramingError
        If it is no data frame, lacks one of the columns, or has no rows.
    """
    if not isinstance(table, pd.DataFrame):
        expected = f"a data frame with the columns {listed(columns)}"
        raise FramingError(bad_value(argument, expected, type(table).__name__, f"Give {source}."))
    missing = [c for c in columns if c not in table]
    if missing:
        word = "columns" if len(missing) > 1 else "column"
        raise FramingError(
            f"{argument}: the table lacks the {word} {listed(map(repr, missing))}; it has {listed(table.columns)}. "
            f"Give {source}."
        )
    if not len(table):
        raise FramingError(f"{argument}: the table has no rows, so there is nothing to draw.")


def common_scale(argument: str, measures: Iterable[str]) -> float:
    """Return what values are multiplied with to be shown: 100 for shares, else 1.

    Raises
    ------
    FramingError
        If the measures are not all of one scale: one axis would show some of them wrongly.
    """
    units: dict[str, str] = {}
    for measure in measures:
        units.setdefault("Per cent" if is_share(measure) else unit_of(measure), measure)
    if len(units) > 1:
        examples = "; ".join(f"{measure}: {unit.partition(',')[0].lower()}" for unit, measure in units.items())
        raise FramingError(f"{argument}: the measures have different scales ({examples}); draw each scale by itself.")
    return 100.0 if "Per cent" in units else 1.0
