"""LIWC's dictionaries: categories with numbers between two lines of ``%``, then words with the numbers of theirs."""

from __future__ import annotations

import re

from framing.dictionaries.foreign import MAX_ENTRIES, Category, Lost, Written, translated
from framing.dictionaries.writable import Plain, plain_terms
from framing.errors import CodebookError

_COMMENT = re.compile(r"\s*(?:#|//|;)")
_HEAD = re.compile(r"\s*(\d+)\s+(\S.*?)\s*$")
_NUMBERS = re.compile(r"(?:[\s,]+\d+)+\s*$")
_CONDITION = re.compile(r"\([^()]*\)\s*\d*(?:/\d+)*|<[^<>]*>\s*\d*(?:/\d+)*|\d+(?:/\d+)+")


def read(text: str, where: str, lost: list[Lost]) -> list[Category]:
    """Read a dictionary; what the codebook language cannot say goes to `lost`.

    Tabs, spaces and commas part the fields; empty lines and lines that begin with ``#``, ``//`` or ``;`` and carry no
    number of a category are passed over. Conditions, as in ``like (02 134)125/464 253``, are left out and named.

    Raises
    ------
    CodebookError
        If a line cannot be read; the message names it.
    """
    lines = list(enumerate(text.splitlines(), 1))
    marks = [number for number, line in lines if line.strip() and not line.strip().strip("%")]
    if len(marks) < 2:
        raise CodebookError(
            f"{where}: has {len(marks)} lines of %; a LIWC dictionary has two, round the numbers and names of its "
            "categories."
        )
    before = [number for number, line in lines if number < marks[0] and line.strip() and not _COMMENT.match(line)]
    if before:
        raise CodebookError(f"{where}, line {before[0]}: text before the first line of %.")
    if len(marks) > 2:
        raise CodebookError(f"{where}, line {marks[2]}: a third line of %; one dictionary a file.")
    names = _names([(n, line) for n, line in lines if marks[0] < n < marks[1]], where)
    entries: dict[str, list[tuple[str, int]]] = {number: [] for number in names}
    for number, line in lines[marks[1] :]:
        if line.strip():
            _entry(number, line, names, entries, where, lost)
        if number > 2 * MAX_ENTRIES:
            raise CodebookError(
                f"{where}, line {number}: more than {2 * MAX_ENTRIES:,} lines; no dictionary needs that."
            )
    found = {}
    for number, name in names.items():
        own = entries[number]
        found[name] = translated(name, [e for e, _ in own], lost, lambda i, e=own: f" (line {e[i][1]})")
    return _nested(found)


def _names(lines: list[tuple[int, str]], where: str) -> dict[str, str]:
    """Return names by number, leading zeros dropped."""
    names: dict[str, str] = {}
    for number, line in lines:
        if not line.strip() or _COMMENT.match(line):
            continue
        match = _HEAD.match(line)
        if not match:
            raise CodebookError(
                f"{where}, line {number}: expected the number of a category and its name, got {line.strip()[:60]!r}."
            )
        key, name = str(int(match.group(1))), " ".join(match.group(2).split())
        if key in names:
            raise CodebookError(f"{where}, line {number}: the number {key} stands for {names[key]!r} already.")
        if name in names.values():
            raise CodebookError(f"{where}, line {number}: the name {name!r} stands twice.")
        names[key] = name
    if not names:
        raise CodebookError(f"{where}: has no category between its lines of %.")
    return names


def _entry(
    number: int,
    line: str,
    names: dict[str, str],
    entries: dict[str, list[tuple[str, int]]],
    where: str,
    lost: list[Lost],
) -> None:
    kept = line
    if "(" in line or "<" in line or "/" in line:
        word, tab, rest = line.strip().partition("\t")
        if not tab:
            word, _, rest = line.strip().partition(" ")
        conditions = _CONDITION.findall(rest)
        if conditions:
            kept = f"{word}\t{_CONDITION.sub(' ', rest)}"
            said = ", ".join(c.strip() for c in conditions)
            lost.append(Lost("", f"condition {said!r} of {word!r} (line {number})", "left out"))
    match = _NUMBERS.search(kept)
    if match is None:
        if _COMMENT.match(line) or kept != line:
            return
        raise CodebookError(f"{where}, line {number}: {line.strip()[:60]!r} has no number of a category.")
    term = " ".join(kept[: match.start()].split())
    if not term:
        raise CodebookError(f"{where}, line {number}: numbers without a word: {line.strip()[:60]!r}.")
    for key in dict.fromkeys(str(int(n)) for n in re.findall(r"\d+", match.group())):
        if key not in names:
            known = ", ".join(list(names)[:20])
            raise CodebookError(
                f"{where}, line {number}: {term!r} has the number {key}, which no category has ({known})."
            )
        entries[key].append((term, number))


def _nested(found: dict[str, list[str]]) -> list[Category]:
    """Return categories; ``a/b`` is a part of ``a`` where all its words are words of ``a`` too."""
    parents = {}
    for name, terms in found.items():
        parent, _, _ = name.rpartition("/")
        if parent in found and set(terms) <= set(found[parent]):
            parents[name] = parent
    categories = []
    for name, terms in found.items():
        path = _path(name, parents)
        inner = {t for child, parent in parents.items() if parent == name for t in found[child]}
        categories.append(Category(path, [t for t in terms if t not in inner]))
    return categories


def _path(name: str, parents: dict[str, str]) -> tuple[str, ...]:
    if name not in parents:
        return (name,)
    return (*_path(parents[name], parents), name.removeprefix(parents[name] + "/"))


def write(categories: list[Plain], lost: list[Lost]) -> Written:
    """Write categories with numbers from 1; the words of a part ``a/b`` are words of ``a`` too."""
    numbers: dict[str, int] = {}
    entries: dict[str, dict[int, None]] = {}
    for category in categories:
        terms = plain_terms(category, lost, "LIWC", gaps=False)
        if not terms:
            lost.append(Lost(category.name, "category", "left out: none of its terms can be written"))
            continue
        names = ["/".join(category.path[: i + 1]) for i in range(len(category.path))]
        own = [numbers.setdefault(" ".join(name.split()), len(numbers) + 1) for name in names]
        for term in terms:
            entries.setdefault(term, {}).update(dict.fromkeys(own))
    head = [f"{number}\t{name}" for name, number in numbers.items()]
    body = ["\t".join([term, *map(str, sorted(own))]) for term, own in entries.items()]
    return Written("\n".join(["%", *head, "%", *body]) + "\n", lost)
