"""The notation of a term, read into parts; what a codebook says is checked here before any text is read.

Nothing in a term is a regular expression, and what it may stand for is bounded, so no term can run away.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from framing.chunks import JOINED
from framing.errors import CodebookError, bad_value

MAX_TERM = 1_000
"""Characters of a term."""
MAX_EXPANSIONS = 2_000
"""Phrases that the alternatives of one term may stand for."""
MAX_GAP = 10
MAX_WORDS = 25
"""Words of a phrase."""

_GROUP = re.compile(r"\(([^()]*)\)")
_GAP = re.compile(r"~(\d{1,3})$")
_HYPHEN = re.compile(r"[-‐‑/]")
_JOINED = re.compile(JOINED)
_STOP = re.compile(r"(?<=[^\W_])[.!]$")  # "St." and "Yahoo!" are the words "St" and "Yahoo", "U.S." is one with stops


class Word(NamedTuple):
    """One word of a phrase: its kind (``plain``, ``case``, ``stem``, ``prefix``, ``glob``) and form, as written."""

    kind: str
    form: str
    gap: int = 0


def expand(term: str) -> list[str]:
    """Write out the alternatives of a term.

    Raises
    ------
    CodebookError
        If brackets do not pair, or the term is too long or stands for too many phrases.

    Examples
    --------
    >>> expand("(close|strong) ties")
    ['close ties', 'strong ties']
    """
    if len(term) > MAX_TERM:
        raise CodebookError(
            f"term {term[:40]!r}... has {len(term):,} characters; {MAX_TERM:,} are allowed: split it into several."
        )
    if "(" not in term and ")" not in term and "|" not in term:
        return [" ".join(term.split())]
    phrases = [term]
    done: dict[str, None] = {}
    while phrases:
        phrase = phrases.pop()
        group = _GROUP.search(phrase)  # the first innermost one, so that brackets may nest
        if group is None:
            done[" ".join(phrase.split())] = None
            continue
        phrases += [
            phrase[: group.start()] + choice + phrase[group.end() :] for choice in group.group(1).split("|")[::-1]
        ]
        if len(phrases) + len(done) > MAX_EXPANSIONS:
            raise CodebookError(f"term {term!r} stands for more than {MAX_EXPANSIONS} phrases; split it.")
    if any(c in phrase for phrase in done for c in "()|"):
        raise CodebookError(f"term {term!r}: brackets must pair; write alternatives as (a|b).")
    return list(done)


def words(phrase: str) -> tuple[Word, ...]:
    """Read one phrase, alternatives written out, into its words.

    Raises
    ------
    CodebookError
        If it has no word, too many, or a malformed part.

    Examples
    --------
    >>> [tuple(w) for w in words("diversif* ~2 non-US")]
    [('prefix', 'diversif*', 0), ('plain', 'non', 2), ('case', 'US', 0)]
    """
    found: list[Word] = []
    gap = 0
    for chunk in phrase.split():
        if chunk.isalnum():  # most words; the rest looks for signs of the notation
            found.append(Word(_kind("", chunk, phrase), chunk, gap))
            gap = 0
            continue
        if chunk[0] == "~":
            match = _GAP.match(chunk)
            gap = int(match.group(1)) if match else 0
            if not found or not 1 <= gap <= MAX_GAP:
                expected = bad_value("a gap", f"~1 to ~{MAX_GAP} between words", chunk)
                raise CodebookError(f"term {phrase!r}: {expected}")
            continue
        prefix, _, rest = chunk.partition(":") if chunk.startswith(("case:", "stem:")) else ("", "", chunk)
        parts = [p for half in _HYPHEN.split(rest) for p in ([half] if _JOINED.match(half) else half.split("&"))]
        for written in parts:
            part = _STOP.sub("", written) if written.count(".") < 2 else written
            if not part.strip("*?.,'’"):
                if len(parts) > 1 and not part:
                    continue
                raise CodebookError(f"term {phrase!r}: the part {part!r} has no letter; it would match anything.")
            found.append(Word(_kind(prefix, part, phrase), part, gap))
            gap = 0
    if not found:
        raise CodebookError(f"term {phrase!r} has no word.")
    if gap:
        raise CodebookError(f"term {phrase!r}: a gap must stand between two words, not at the end.")
    if len(found) > MAX_WORDS:
        raise CodebookError(f"term {phrase!r} has {len(found)} words; {MAX_WORDS} are allowed.")
    return tuple(found)


def check(term: str) -> int:
    """Check a term and return the number of phrases it stands for.

    Raises
    ------
    CodebookError
        If it has no meaning.
    """
    phrases = expand(term)
    for phrase in phrases:
        words(phrase)
    return len(phrases)


def _kind(prefix: str, part: str, phrase: str) -> str:
    wild = "*" in part or "?" in part
    if prefix:
        if wild:
            raise CodebookError(f"term {phrase!r}: {prefix}: takes a whole word, without * or ?.")
        return prefix
    if not wild:
        return "case" if len(part) > 1 and part.isupper() and part.isalpha() else "plain"
    return "prefix" if part.endswith("*") and not set("*?") & set(part[:-1]) else "glob"
