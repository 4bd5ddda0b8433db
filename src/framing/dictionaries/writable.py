"""A codebook reduced to what word lists of other programs can hold, with what that loses."""

from __future__ import annotations

from typing import NamedTuple

from framing.categories import Codebook, Theme
from framing.dictionaries.foreign import Lost
from framing.dictionaries.toml import key_of
from framing.terms import expand, words


class Plain(NamedTuple):
    """A category to be written: its path of names, its theme, and its terms in the notation of codebooks."""

    path: tuple[str, ...]
    theme: Theme
    terms: tuple[str, ...]

    @property
    def name(self) -> str:
        """The path as one name."""
        return "/".join(self.path)


def plain_categories(book: Codebook) -> list[Plain]:
    """Return one category a sub-indicator of each theme."""
    found = []
    for theme in book.themes.values():
        name = theme.label if key_of(theme.label) == theme.name and " " in theme.label else theme.name
        name = theme.name if name == theme.name.replace("_", " ") else name
        for sub, terms in theme.terms.items():
            path = (name,) if sub == theme.name else (name, *sub.split("/"))
            if terms:
                found.append(Plain(path, theme, terms))
    return found


def beyond_terms(book: Codebook, holds: frozenset[str] = frozenset()) -> list[Lost]:
    """Return what no list of words holds: all of a codebook but its categories and terms.

    Parameters
    ----------
    book
        The codebook.
    holds
        What the notation does hold: ``"not"``, ``"weight"``, ``"negated"``.
    """
    lost = []
    head = {k: getattr(book, k) for k in ("version", "language", "licence", "authors", "description", "sources")}
    lost.append(Lost("", "head", "left out: name, " + ", ".join(k for k, v in head.items() if v)))
    for theme in book.themes.values():
        lost += [Lost(theme.name, what, "left out") for what in _beyond(theme, holds)]
    lost += [Lost("", f"target {name}", "left out") for name in book.targets]
    if book.cues:
        lost.append(Lost("", "cues", "left out"))
    return lost


def _beyond(theme: Theme, holds: frozenset[str]) -> list[str]:
    found = [] if any(theme.terms.values()) else ["all of it (it has rules only)"]
    if theme.label not in (theme.name, theme.name.replace("_", " ")) and key_of(theme.label) != theme.name:
        found.append("label")
    found += [part for part in ("definition", "include", "exclude") if getattr(theme, part)]
    found += [
        f"{len(v)} {what}"
        for what, v in (("examples", theme.examples), ("counter-examples", theme.counter_examples))
        if v
    ]
    if theme.guards and "not" not in holds:
        found.append(f"{len(theme.guards)} phrases under 'not' (its terms count there too)")
    found += [f"rule {rule.name!r}" for rule in theme.rules]
    if theme.weights and "weight" not in holds:
        found.append(f"weights of {len(theme.weights)} terms")
    if theme.threshold != 1:
        found.append("threshold")
    if (theme.negated != "count" or theme.negations) and "negated" not in holds:
        found.append("what becomes of its terms under negation")
    if theme.scope != "any":
        found.append(f"scope {theme.scope!r}")
    return found


def plain_terms(category: Plain, lost: list[Lost], notation: str, gaps: bool) -> list[str]:
    """Return the phrases that the terms of a category stand for, without what a notation cannot say.

    Parameters
    ----------
    category
        The category.
    lost
        Filled with what is lost.
    notation
        What the messages call it.
    gaps
        Whether phrases with gaps, and wildcards anywhere, can be written.
    """
    found: dict[str, None] = {}
    for term in category.terms:
        for phrase in expand(term):
            why, written = _plain(phrase, notation, gaps)
            if why:
                lost.append(Lost(category.name, f"term {phrase!r}", why))
            if written:
                found[written] = None
    return list(found)


def _plain(phrase: str, notation: str, gaps: bool) -> tuple[str, str]:
    """Return why a phrase cannot be written as it is, and how it is written (empty: not at all)."""
    read = words(phrase)
    if any(word.kind == "stem" for word in read):
        return f"left out: {notation} has no stems", ""
    if not gaps:
        if any(word.gap for word in read):
            return f"left out: {notation} has no gaps", ""
        if "?" in phrase or "*" in phrase[:-1]:
            return f"left out: {notation} has * at the end of an entry only", ""
    written = " ".join(chunk.removeprefix("case:") for chunk in phrase.split())
    if any(word.kind == "case" for word in read):
        return f"written without its capitals: {notation} does not tell them apart", written
    return "", written
