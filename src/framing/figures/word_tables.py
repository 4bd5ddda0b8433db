"""Tables of words as figures take them: columns word, weight, side, or as keyness and word shifts write them."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from framing.errors import FramingError
from framing.figures.columns import check_table

_COLUMNS = ("word", "weight", "side")
_WRITTEN = {
    ("term", "z"): "z of the log-odds",  # framing.keyness
    ("word", "part"): "Part of the difference",  # framing.word_shift
}
_SOURCE = "what framing.keyness or framing.word_shift returns, or what framing words --format csv writes"


class Words(NamedTuple):
    """Words of one pair of kinds: the pair in words (empty where the table names none), the table, what weighs."""

    pair: str
    table: pd.DataFrame
    unit: str


def word_tables(argument: str, words: Any) -> list[Words]:
    """Return the words of each pair of kinds, with the columns word, weight and side.

    Parameters
    ----------
    argument
        Its name in messages.
    words
        The table, or a result whose ``table`` it is. Words that stand on no side are left out.

    Raises
    ------
    FramingError
        If it is no such table, has no rows, or a weight is no number.
    """
    table = getattr(words, "table", words)
    unit = ""
    for (word, weight), meaning in _WRITTEN.items():
        if isinstance(table, pd.DataFrame) and {word, weight, "side"} <= set(table) and "weight" not in table:
            table, unit = table.rename(columns={word: "word", weight: "weight"}), meaning
    check_table(argument, table, _COLUMNS, _SOURCE)
    if not pd.api.types.is_numeric_dtype(table["weight"]):
        raise FramingError(f"{argument}: the column 'weight' must hold numbers only.")
    table = table[table["side"] != "equal"]
    check_table(f"{argument} on a side", table, _COLUMNS, _SOURCE)
    if not unit or not {"a", "b"} <= set(table):
        return [Words("", table[list(_COLUMNS)], unit)]
    return [
        Words(f"{a} and {b}", own[list(_COLUMNS)].reset_index(drop=True), unit)
        for (a, b), own in table.groupby(["a", "b"], sort=False)
    ]
