"""Codebooks as TOML, from categories and their terms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from framing.dictionaries.foreign import Category, Lost


def key_of(name: str) -> str:
    """Return a name of a theme for any name: letters, digits and single underscores.

    Examples
    --------
    >>> key_of("Foreign policy (2)"), key_of("us_pressure")
    ('Foreign_policy_2', 'us_pressure')
    """
    kept = "".join(c if c.isalnum() else "_" for c in name)
    return re.sub("_+", "_", kept).strip("_") or "category"


def quoted(text: str) -> str:
    r"""Return a text as a TOML string.

    Examples
    --------
    >>> print(quoted('a "b"\x7f'))
    "a \"b\"\u007f"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_text(name: str, categories: Sequence[Category], lost: list[Lost]) -> str:
    """Write categories as a codebook: the first name of a path is the theme, the others are nested lists.

    Parameters
    ----------
    name
        Name of the codebook. Foreign lists say neither version nor language: ``"unversioned"`` and ``"en"`` are
        written.
    categories
        Categories; those without a term are left out.
    lost
        Filled with what cannot be said.
    """
    head = (("name", name), ("version", "unversioned"), ("language", "en"))
    lines = ["[codebook]", *(f"{key} = {quoted(value)}" for key, value in head)]
    themes: dict[str, list[Category]] = {}
    guards: dict[str, dict[str, None]] = {}
    for category in categories:
        guards.setdefault(category.path[0], {}).update(dict.fromkeys(category.guards))
    for category in _apart(categories, lost):
        themes.setdefault(category.path[0], []).append(category)
    taken: set[str] = set()
    for theme, parts in themes.items():
        key = _free(key_of(theme), taken)
        lines += ["", f"[themes.{quoted(key)}]"]
        if theme != key:
            lines.append(f"label = {quoted(theme)}")
        if guards[theme]:
            lines.append(f"not = {_listed(map(quoted, guards[theme]))}")
        for part in parts:
            inner = ".".join(map(quoted, part.path[1:]))
            lines.append(f"terms{'.' * bool(inner)}{inner} = {_listed(_entry(part, term) for term in part.terms)}")
    return "\n".join(lines) + "\n"


def _apart(categories: Sequence[Category], lost: list[Lost]) -> list[Category]:
    """Return categories with terms, one a path, none of them above another; a slash in a name becomes a hyphen."""
    paths = {}
    for category in categories:
        path = (category.path[0], *(p.replace("/", "-") or "-" for p in category.path[1:]))
        if path != category.path:
            lost.append(Lost("/".join(category.path), "name", "a slash in it became a hyphen"))
        paths[category.path] = path
    above = {path[:n] for path in paths.values() for n in range(1, len(path))}
    found: dict[tuple[str, ...], Category] = {}
    for category in categories:
        path = paths[category.path]
        if not category.terms:
            if path not in above and not any(p[0] == path[0] and p != path for p in paths.values()):
                lost.append(Lost("/".join(path), "category", "left out: it has no term"))
            continue
        path = (*path, path[-1]) if path in above else path  # its own terms stand beside its parts
        same = found.setdefault(path, Category(path))
        same.terms = list(dict.fromkeys([*same.terms, *category.terms]))
        same.weights |= category.weights
        same.negations |= category.negations
    return list(found.values())


def _free(key: str, taken: set[str]) -> str:
    """Return a name that no other theme has."""
    number, free = 2, key
    while free.lower() in taken:
        free, number = f"{key}_{number}", number + 1
    taken.add(free.lower())
    return free


def _listed(entries: Iterable[str]) -> str:
    return "[" + ", ".join(entries) + "]"


def _entry(category: Category, term: str) -> str:
    extra = [f"weight = {category.weights[term]!r}"] if term in category.weights else []
    extra += [f"negated = {quoted(category.negations[term])}"] if term in category.negations else []
    return f"{{ term = {quoted(term)}, {', '.join(extra)} }}" if extra else quoted(term)
