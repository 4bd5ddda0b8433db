"""Exceptions of the package, and the functions that word them.

Every error a user can cause is a `FramingError`. Its message says what is wrong and where, what
was expected, what came, and how to mend it; the command line prints it and exits with status 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MANY, _FEW = 12, 5  # names that are all listed; names that are shown of more


class FramingError(ValueError):
    """Base class of all errors that a user's input can cause."""


class CorpusError(FramingError):
    """The corpus as a whole cannot be read or used."""


class CodebookError(FramingError):
    """A codebook is missing, unreadable or says something that has no meaning."""


class DesignError(FramingError):
    """The data cannot carry the comparison that was asked for."""


class MissingDependencyError(FramingError, ImportError):
    """An optional package is needed and not installed."""


def listed(names: Iterable[object]) -> str:
    """Write names as a readable list, all of them, in their order."""
    words = [str(n) for n in names]
    return ", ".join(words) if words else "none"


def counted(n: int, thing: str) -> str:
    """Write a number of things.

    Examples
    --------
    >>> counted(1, "article"), counted(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def unknown_name(what: str, name: object, known: Iterable[str], remedy: str = "") -> str:
    """Word the message for a name that is not known, with the nearest known one; of many names only the nearest few.

    Parameters
    ----------
    what
        The sort of thing, e.g. ``"codebook"``.
    name
        What came.
    known
        All names that are allowed.
    remedy
        A further sentence on how to mend it.
    """
    known = list(known)
    near = get_close_matches(str(name), known, n=_FEW)
    remedy = f" {remedy}" if remedy else ""
    if len(known) <= _MANY:
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return f"unknown {what} {name!r}; known: {listed(known)}.{hint}{remedy}"
    part = str(name).lower()
    near += [k for k in known if part and part in k.lower() and k not in near]
    if not near:
        return f"unknown {what} {name!r}; known: {listed(known[:_FEW])} and {len(known) - _FEW} more.{remedy}"
    others = f" Or: {listed(near[1:_FEW])}." if len(near) > 1 else ""
    return f"unknown {what} {name!r}. Did you mean {near[0]!r}?{others}{remedy}"


def bad_value(argument: str, expected: str, got: object, remedy: str = "") -> str:
    """Word the message for an argument with a value that is not allowed."""
    return f"{argument} must be {expected}, got {got!r}.{' ' + remedy if remedy else ''}"


def missing_extra(package: str, extra: str, purpose: str) -> MissingDependencyError:
    """Build the error for an optional package that is not installed, naming the extra."""
    return MissingDependencyError(
        f"{purpose} needs the package {package!r}, which is not installed; "
        f"install it with: pip install 'framing[{extra}]'"
    )
