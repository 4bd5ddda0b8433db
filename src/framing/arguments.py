"""Checks of arguments that many functions take: seeds, whole numbers, names, columns."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

from framing.corpus import FIELDS, Article
from framing.errors import DesignError, bad_value, unknown_name


def whole_number(argument: str, value: Any, least: int) -> int:
    """Return a whole number, of whatever library, as Python's own.

    Raises
    ------
    DesignError
        If it is none, or below `least`.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise DesignError(bad_value(argument, f"a whole number from {least}", value))
    return int(value)


def share(argument: str, value: Any) -> float:
    """Return a number in [0, 1] as Python's own.

    Raises
    ------
    DesignError
        If it is none.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value <= 1:
        raise DesignError(bad_value(argument, "a number from 0 to 1", value))
    return float(value)


def checked_seed(value: Any) -> int:
    """Return a seed; see `whole_number`."""
    return whole_number("seed", value, 0)


def names_of(argument: str, value: Any) -> tuple[str, ...]:
    """Return names; one that is given as a text is one name, not its letters.

    Raises
    ------
    DesignError
        If it holds anything but texts.

    Examples
    --------
    >>> names_of("without", "said"), names_of("without", ["said", "says"])
    (('said',), ('said', 'says'))
    """
    if isinstance(value, str):
        return (value,)
    names = tuple(value) if isinstance(value, Iterable) else (None,)
    if not all(isinstance(name, str) for name in names):
        raise DesignError(bad_value(argument, "a name or several of them", value))
    return names


def check_column(argument: str, column: Any, articles: Iterable[Article], usual: Iterable[str] = ()) -> None:
    """Check that a column of metadata is known; those in `usual` may be empty in all articles.

    Raises
    ------
    DesignError
        If no article has a value in it; the message lists those that have.
    """
    if isinstance(column, str) and column in usual:
        return
    articles = list(articles)
    filled = [c for c in dict.fromkeys((*FIELDS, *(k for a in articles for k in a.extra))) if c not in _NO_LABELS]
    filled = [c for c in filled if any(text_of(a.value(c)) is not None for a in articles)]
    if column not in filled:
        raise DesignError(unknown_name(argument, column, filled, "Name a metadata column that has values."))


_NO_LABELS = ("text", "parties")


def text_of(value: Any) -> str | None:
    """Return a label as text, ``None`` where it is missing."""
    return None if value is None or value != value else str(value)
