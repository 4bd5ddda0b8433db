"""Front matter: YAML between two rules, read as its authors mean it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from framing.corpus import FIELDS, known_names

_FIELD = re.compile(r"([^\W\d_][\w-]*)[ ]*:(?=\s|$)")
_HASHTAG = re.compile(r"(?:^|\s)#\w")
# A tag such as !!int may fail in Python's own ways.
_NOT_YAML = (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, RecursionError)


def front_matter(text: str) -> tuple[dict[str, Any], str, str | None]:
    """Split YAML front matter from a text; a text that only begins with a rule is left whole."""
    first, newline, rest = text.partition("\n")
    if first.rstrip("\r ") != "---" or not newline:
        return {}, text, None
    lines = rest.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.rstrip("\r\n ") in ("---", "..."):
            block, body = "".join(lines[:number]), "".join(lines[number + 1 :])
            break
    else:
        if lines and lines[0].partition(":")[0] in FIELDS:
            return {}, text, "front matter is not closed; write a line --- after its last field"
        return {}, text, None
    written = _written_fields(block)
    try:
        values = yaml.load(block, Loader=_TextLoader)
    except _NOT_YAML as error:
        values = _field_by_field(written)
        if values is None:
            where = getattr(error, "problem_mark", None)
            line = f" (line {where.line + 2})" if where else ""
            return {}, body, f"front matter is not valid YAML{line}; quote values that hold a colon"
    if not isinstance(values, dict):
        return {}, text, None
    values = known_names({str(k): v for k, v in values.items()})
    title, plain = values.get("title"), _plain_value(written.get("title", ""))
    if isinstance(title, list | dict) or (_HASHTAG.search(plain) and "#" not in (title or "")):
        values["title"] = plain  # "[Update]" and "#NoTariffs" are headlines, not a list and a comment
    return values, body, None


def _written_fields(block: str) -> dict[str, str]:
    """Return the lines of each field as they are written; none where a line belongs to no field."""
    found: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if head := _FIELD.match(line):
            name = head[1]
            found[name] = line
        elif found and line.startswith((" ", "\t", "- ")):
            found[name] += "\n" + line
        elif line.strip() and not line.startswith("#"):
            return {}
    return known_names(found)


def _field_by_field(written: dict[str, str]) -> dict[str, Any] | None:
    """Read each field by itself, as plain text where it is no YAML; nothing where this makes no sense either."""
    if not set(written) & set(FIELDS):
        return None
    values: dict[str, Any] = {}
    for name, lines in written.items():
        try:
            (values[name],) = yaml.load(lines, Loader=_TextLoader).values()
        except _NOT_YAML:
            values[name] = _plain_value(lines)
            if name != "title" and values[name].startswith(("[", "{")):
                return None  # a list that was not closed
    return values


def _plain_value(lines: str) -> str:
    return " ".join(lines.partition(":")[2].split())


class _TextLoader(yaml.SafeLoader):
    """A safe loader that leaves every scalar text: ``000`` stays ``000`` and dates stay as written."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag == "tag:yaml.org,2002:null"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
