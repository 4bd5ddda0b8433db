"""The page: a plain dict in, HTML out. Everything that came with the texts is escaped and stays text."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

# As the JSON stands in an HTML page, nothing in it may look like a tag; the last two end lines in JavaScript.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def embedded(value: Any) -> Markup:
    r"""Return a value as JSON that is safe inside a script element.

    Examples
    --------
    >>> print(embedded({"a": "</script>"}))
    {"a":"\u003c/script\u003e"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign, written in _UNSAFE.items():
        text = text.replace(sign, written)
    return Markup(text)


def verbatim(text: str) -> Markup:
    """Escape a text so that a browser shows it with its length: parsers turn a carriage return into a line feed."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("framing.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    found.filters["embedded"] = embedded
    found.filters["verbatim"] = verbatim
    return found


def _source(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0]


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def render(report: dict[str, Any]) -> str:
    """Return the page for what `framing.report.summary.summary` returned.

    The page allows no request, and only its own style and script, known by their hashes: markup that came with a
    text could not do anything even if it were not escaped.
    """
    style, script = _source("report.css"), _source("report.js")
    policy = (
        f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    page = _environment().get_template("report.html.j2")
    return page.render(report=report, style=Markup(style), script=Markup(script), policy=policy)
