"""quanteda's dictionaries in YAML: keys, nested as deep as one likes, and lists of patterns with ``*`` and ``?``.

The file is read event by event, so nothing in it builds an object, and neither depth nor aliases can run away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from framing.dictionaries.foreign import MAX_ENTRIES, Category, Lost, Written, globs_of_term, translated
from framing.dictionaries.writable import Plain, plain_terms
from framing.errors import CodebookError

_MAX_DEPTH = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Text(NamedTuple):
    value: str
    line: int


def read(text: str, where: str, lost: list[Lost]) -> list[Category]:
    """Read a dictionary; what the codebook language cannot say goes to `lost`.

    Raises
    ------
    CodebookError
        If it is no YAML, or holds more than keys, lists and texts; the message names the line.
    """
    root = _tree(text, where)
    if not isinstance(root, dict):
        raise CodebookError(f"{where}: a quanteda dictionary is a mapping of keys to lists of words, at the top too.")
    found = []
    for path, entries in _flat(root, ()):
        globs = [e.value for e in entries]
        name = "/".join(path)
        terms = translated(name, globs, lost, lambda i, e=entries: f" (line {e[i].line})")
        found.append(Category(path, terms))
    return found


def write(categories: list[Plain], lost: list[Lost]) -> Written:
    """Write categories as YAML; a gap becomes one pattern for each width."""
    tree: dict[str, Any] = {}
    for category in categories:
        globs = list(
            dict.fromkeys(g for phrase in plain_terms(category, lost, "YAML", gaps=True) for g in globs_of_term(phrase))
        )
        if not globs:
            lost.append(Lost(category.name, "category", "left out: none of its terms can be written"))
            continue
        place = tree
        for name in category.path[:-1]:
            place = place.setdefault(name, {})
        place[category.path[-1]] = globs
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10_000)
    return Written(text, lost)


def _flat(node: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[_Text]]]:
    for key, value in node.items():
        own = (*path, key)
        items = value if isinstance(value, list) else [value]
        texts = [item for item in items if isinstance(item, _Text) and item.value.strip()]
        if texts or not any(isinstance(item, dict) for item in items):
            yield own, texts
        for item in items:
            if isinstance(item, dict):
                yield from _flat(item, own)


def _tree(text: str, where: str) -> Any:
    """Build the tree of a document from its events."""
    root: list[Any] = []
    stack: list[tuple[Any, _Text | None]] = []  # an open list or mapping, and the key that waits for its value
    n_events = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            n_events += 1
            line = event.start_mark.line + 1
            if n_events > 4 * MAX_ENTRIES or len(stack) > _MAX_DEPTH:
                what = f"more than {MAX_ENTRIES:,} entries" if len(stack) <= _MAX_DEPTH else f"{_MAX_DEPTH} levels"
                raise CodebookError(f"{where}, line {line}: holds {what}; no dictionary needs that.")
            if isinstance(event, yaml.AliasEvent):
                raise CodebookError(f"{where}, line {line}: an alias (*{event.anchor}); write its words out.")
            if getattr(event, "tag", None) and not event.tag.startswith("tag:yaml.org,2002:str"):
                raise CodebookError(f"{where}, line {line}: a tag ({event.tag}); only keys, lists and texts are read.")
            if isinstance(event, yaml.ScalarEvent):
                _put(root, stack, _Text(event.value, line), where)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                node: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                _put(root, stack, node, where, line)
                stack.append((node, None))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                stack.pop()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line_said = f", line {mark.line + 1}" if mark else ""
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise CodebookError(f"{where}{line_said}: not valid YAML: {said}.") from error
    if len(root) > 1:
        raise CodebookError(f"{where}: holds {len(root)} documents; keep one.")
    return root[0] if root else None


def _put(root: list[Any], stack: list[tuple[Any, _Text | None]], node: Any, where: str, line: int = 0) -> None:
    """Put a node where it belongs: in the open list, as a key, or as the value of the key that waits."""
    if not stack:
        root.append(node)
        return
    holder, key = stack[-1]
    if isinstance(holder, list):
        holder.append(node)
    elif key is None:
        if not isinstance(node, _Text) or not node.value.strip():
            raise CodebookError(
                f"{where}, line {node.line if isinstance(node, _Text) else line}: a key must be a text."
            )
        if node.value in holder:
            raise CodebookError(
                f"{where}, line {node.line}: the key {node.value!r} stands twice; put its lists together."
            )
        stack[-1] = (holder, node)
    else:
        holder[key.value] = node
        stack[-1] = (holder, None)
