"""Codebook terms against tokens: patterns meet each type once, then only integers are compared.

A term is a sequence of words, e.g. ``"diversif* ~2 partner*"``. A word may be

* plain (``tariffs``), matched whatever its case; a plain word in capitals (``NATO``) matches capitals only;
* a wildcard (``non-align*``, ``m?ddle``);
* ``case:Turkey``, matched with its capitals;
* ``stem:invest``, matched by its Snowball stem;
* ``(tie|ties|relations)``, one of several;
* ``~3``, up to three words in between.

A hyphen in a term matches a hyphen or a space: ``long-term`` finds "long-term" and "long term". Phrases, gaps
included, do not run across commas, full stops, colons or brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from framing.errors import CodebookError, bad_value
from framing.tokens import Tokens, Types, normal_form

_MAX_EXPANSIONS = 2_000
_MAX_GAP = 10
_GROUP = re.compile(r"\(([^()]*)\)")
_GAP = re.compile(r"~(\d+)$")


class Hit(NamedTuple):
    """One match: number of the term, first and last word (positions in the tokens, both inside)."""

    term: int
    first: int
    last: int


@dataclass(frozen=True)
class _Term:
    number: int
    elements: tuple[int, ...]
    gaps: tuple[int, ...]


class _Starts(NamedTuple):
    """Terms that begin with an element: those that may follow any word, and the others by their second element."""

    alone: list[_Term]
    by_second: dict[int, list[_Term]]


def expand(term: str) -> list[str]:
    """Write out the alternatives of a term.

    Examples
    --------
    >>> expand("(close|strong) ties")
    ['close ties', 'strong ties']
    """
    phrases = [term]
    done: list[str] = []
    while phrases:
        phrase = phrases.pop()
        group = _GROUP.search(phrase)  # the first innermost one, so that brackets may nest
        if group is None:
            done.append(" ".join(phrase.split()))
            continue
        phrases += [
            phrase[: group.start()] + choice + phrase[group.end() :] for choice in group.group(1).split("|")[::-1]
        ]
        if len(phrases) + len(done) > _MAX_EXPANSIONS:
            raise CodebookError(f"term {term!r} stands for more than {_MAX_EXPANSIONS} phrases; split it.")
    if any(c in phrase for phrase in done for c in "()|"):
        raise CodebookError(f"term {term!r}: brackets must pair; write alternatives as (a|b).")
    return list(dict.fromkeys(done))


class Matcher:
    """Finds many terms at once.

    Parameters
    ----------
    terms
        Terms; a hit names a term by its position in this sequence.

    Raises
    ------
    CodebookError
        If a term has no word or a malformed part.
    """

    def __init__(self, terms: Sequence[str]):
        self.terms = tuple(terms)
        self._elements: dict[tuple[str, str], int] = {}
        self._by_first: dict[int, _Starts] = {}
        for number, term in enumerate(self.terms):
            for phrase in expand(term):
                compiled = self._compile(number, phrase)
                starts = self._by_first.setdefault(compiled.elements[0], _Starts([], {}))
                if len(compiled.elements) > 1 and compiled.gaps[1] == 0:
                    starts.by_second.setdefault(compiled.elements[1], []).append(compiled)
                else:
                    starts.alone.append(compiled)
        kinds: dict[str, dict[str, int]] = {"plain": {}, "case": {}, "stem": {}, "prefix": {}, "glob": {}}
        for (kind, form), element in self._elements.items():
            kinds[kind][form] = element
        self._kinds = kinds
        self._longest_prefix = max(map(len, kinds["prefix"]), default=0)
        self._globs = [(re.compile(_glob_regex(form)), e) for form, e in kinds["glob"].items()]
        self._known: WeakKeyDictionary[Types, list[tuple[int, ...]]] = WeakKeyDictionary()

    def _compile(self, number: int, phrase: str) -> _Term:
        elements: list[int] = []
        gaps: list[int] = []
        gap = 0
        for chunk in phrase.split():
            if match := _GAP.match(chunk):
                gap = int(match.group(1))
                if not elements or gap > _MAX_GAP:
                    raise CodebookError(
                        f"term {phrase!r}: " + bad_value("a gap", f"~1 to ~{_MAX_GAP} between words", chunk)
                    )
                continue
            prefix, _, rest = chunk.partition(":") if chunk.startswith(("case:", "stem:")) else ("", "", chunk)
            for part in re.split(r"[-‐‑/]", rest):
                if not part.strip("*?.,'’"):
                    if len(re.split(r"[-‐‑/]", rest)) > 1 and not part:
                        continue
                    raise CodebookError(f"term {phrase!r}: the part {part!r} has no letter; it would match anything.")
                elements.append(self._element(prefix, part))
                gaps.append(gap)
                gap = 0
        if not elements:
            raise CodebookError(f"term {phrase!r} has no word.")
        return _Term(number, tuple(elements), tuple(gaps))

    def _element(self, prefix: str, part: str) -> int:
        if prefix == "case":
            key = ("case", cased_form(part))
        elif prefix == "stem":
            key = ("stem", stem(normal_form(part)))
        elif part.endswith("*") and not set("*?[") & set(part[:-1]):
            key = ("prefix", normal_form(part[:-1]))
        elif set("*?") & set(part):
            key = ("glob", normal_form(part))
        elif len(part) > 1 and part.isupper() and part.isalpha():
            key = ("case", cased_form(part))
        else:
            key = ("plain", normal_form(part))
        return self._elements.setdefault(key, len(self._elements))

    def _types(self, types: Types) -> list[tuple[int, ...]]:
        known = self._known.setdefault(types, [])
        for number in range(len(known), len(types)):
            known.append(self._of_type(types.strings[number], types.norms[number]))
        return known

    def _of_type(self, string: str, norm: str) -> tuple[int, ...]:
        kinds = self._kinds
        found = [kinds["plain"][norm]] if norm in kinds["plain"] else []
        if kinds["case"]:
            form = cased_form(string)
            found += [kinds["case"][f] for f in {form, _titled(form)} if f in kinds["case"]]
        if kinds["prefix"]:
            lengths = range(1, min(len(norm), self._longest_prefix) + 1)
            found += [kinds["prefix"][norm[:n]] for n in lengths if norm[:n] in kinds["prefix"]]
        found += [element for pattern, element in self._globs if pattern.fullmatch(norm)]
        if kinds["stem"] and (root := stem(norm)) in kinds["stem"]:
            found.append(kinds["stem"][root])
        return tuple(found)

    def find(self, tokens: Tokens) -> list[Hit]:
        """Return all hits in text order, overlapping ones included.

        Parameters
        ----------
        tokens
            The tokens to search.
        """
        known = self._types(tokens.types)
        begins = np.fromiter((any(e in self._by_first for e in es) for es in known), dtype=bool, count=len(known))
        hits: list[Hit] = []
        if not len(tokens.word):
            return hits
        words, fenced = tokens.word.tolist(), [*tokens.fenced.tolist(), True]
        for position in np.flatnonzero(begins[tokens.word]).tolist():
            follows = () if fenced[position + 1] else known[words[position + 1]]
            for element in known[words[position]]:
                for term in self._candidates(element, follows):
                    last = _walk(term, position, known, words, fenced)
                    if last is not None:
                        hits.append(Hit(term.number, position, last))
        return list(dict.fromkeys(hits))

    def _candidates(self, element: int, follows: Sequence[int]) -> Iterator[_Term]:
        """Yield the terms that begin with an element and can go on with the next word's elements."""
        starts = self._by_first.get(element)
        if starts is not None:
            yield from starts.alone
            for second in follows:
                yield from starts.by_second.get(second, ())


def _walk(term: _Term, position: int, known: list[tuple[int, ...]], words: list[int], fenced: list[bool]) -> int | None:
    """Return the last word of a term that begins at a position, or None; fences and sentence bounds stop it."""
    here = position
    for element, gap in zip(term.elements[1:], term.gaps[1:], strict=True):
        for there in range(here + 1, here + gap + 2):
            if fenced[there]:
                return None
            if element in known[words[there]]:
                here = there
                break
        else:
            return None
    return here


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Keep, of hits that overlap, the longest (the first of equals); return them in text order."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first, h.term)):
        places = range(hit.first, hit.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.first, h.last))


def guarded(hits: Iterable[Hit], guards: Iterable[Hit]) -> list[Hit]:
    """Drop hits that touch a guard, unless they are longer than it."""
    barred: dict[int, int] = {}
    for guard in guards:
        for place in range(guard.first, guard.last + 1):
            barred[place] = max(barred.get(place, 0), guard.last - guard.first + 1)
    return [
        h for h in hits
        if all(barred.get(p, 0) < h.last - h.first + 1 for p in range(h.first, h.last + 1) if p in barred)
    ]  # fmt: skip


def cased_form(word: str) -> str:
    """Return a word without possessive, its capitals kept."""
    return re.sub(r"(?:['’]s|['’])$", "", word) or word


def _titled(form: str) -> str:
    """Return how a word in headline capitals is written in running text; short words may be acronyms."""
    return form.capitalize() if len(form) > 3 and form.isupper() else form


def stem(norm: str) -> str:
    """Return the English Snowball stem of a normal form."""
    global _stemmer
    if _stemmer is None:
        from nltk.stem.snowball import EnglishStemmer  # a heavy import that most codebooks never need

        _stemmer = EnglishStemmer()
    return _stemmer.stem(norm)


_stemmer = None


def _glob_regex(form: str) -> str:
    return "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in form)
