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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from framing.errors import CodebookError, bad_value
from framing.tokens import Tokens, Types, normal_form

_MAX_EXPANSIONS = 2_000
_MAX_GAP = 10
_GROUP = re.compile(r"\(([^()]*)\)")
_GAP = re.compile(r"~(\d+)$")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")


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
        self._single: dict[int, list[int]] = {}
        self._pairs: dict[tuple[int, int], list[_Term]] = {}
        for number, term in enumerate(self.terms):
            for phrase in expand(term):
                compiled = self._compile(number, phrase)
                if len(compiled.elements) == 1:
                    self._single.setdefault(compiled.elements[0], []).append(number)
                else:
                    self._pairs.setdefault(compiled.elements[:2], []).append(compiled)
        self._seconds = {second for _, second in self._pairs}
        self._firsts = {first for first, _ in self._pairs}
        self._reach = 1 + max((t.gaps[1] for terms in self._pairs.values() for t in terms), default=0)
        kinds: dict[str, dict[str, int]] = {"plain": {}, "case": {}, "stem": {}, "prefix": {}, "glob": {}}
        for (kind, form), element in self._elements.items():
            kinds[kind][form] = element
        self._kinds = kinds
        self._prefix_lengths = sorted({len(prefix) for prefix in kinds["prefix"]})
        self._globs = [(re.compile(_glob_regex(form)), e) for form, e in kinds["glob"].items()]
        self._known: WeakKeyDictionary[Types, _Known] = WeakKeyDictionary()

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

    def _types(self, types: Types) -> _Known:
        known = self._known.setdefault(types, _Known())
        elements = known.elements
        roles = []
        for number in range(len(elements), len(types)):
            found = self._of_type(types.strings[number], types.norms[number])
            elements.append(found)
            if not found:
                known.singles.append(())
                roles.append(0)
                continue
            single = tuple(dict.fromkeys(number for e in found for number in self._single.get(e, ())))
            known.singles.append(single)
            roles.append(
                _SINGLE * bool(single)
                + _FIRST * (not self._firsts.isdisjoint(found))
                + _SECOND * (not self._seconds.isdisjoint(found))
            )
        if roles:
            known.roles = np.append(known.roles, np.array(roles, np.int8))
        return known

    def _of_type(self, string: str, norm: str) -> tuple[int, ...]:
        kinds = self._kinds
        found = [kinds["plain"][norm]] if norm in kinds["plain"] else []
        cased = kinds["case"]
        if cased:
            form = cased_form(string)
            if form in cased:
                found.append(cased[form])
            if len(form) > 3 and (titled := _titled(form)) != form and titled in cased:
                found.append(cased[titled])
        prefixes = kinds["prefix"]
        for n in self._prefix_lengths:
            if n > len(norm):
                break
            if norm[:n] in prefixes:
                found.append(prefixes[norm[:n]])
        if self._globs:
            found += [element for pattern, element in self._globs if pattern.fullmatch(norm)]
        if kinds["stem"] and (root := stem(norm)) in kinds["stem"]:
            found.append(kinds["stem"][root])
        return tuple(found)

    def find(self, tokens: Tokens, where: NDArray[np.bool_] | None = None) -> list[Hit]:
        """Return all hits in text order, overlapping ones included.

        A phrase is looked up by its first two words: what a pair of types may begin is worked out once
        a pair.

        Parameters
        ----------
        tokens
            The tokens to search.
        where
            Words at which a hit may begin, shape (n_words,); all when not given.
        """
        if not len(tokens.word):
            return []
        known = self._types(tokens.types)
        roles = known.roles[tokens.word]
        begins = roles if where is None else roles * where
        singles = np.flatnonzero(begins & _SINGLE)
        words = tokens.word[singles].tolist()
        hits = [
            Hit(number, place, place)
            for place, word in zip(singles.tolist(), words, strict=True)
            for number in known.singles[word]
        ]
        if self._pairs:
            hits += self._find_phrases(tokens, known, roles, np.flatnonzero(begins & _FIRST))
            hits.sort(key=_IN_TEXT_ORDER)
        return hits

    def _find_phrases(
        self, tokens: Tokens, known: _Known, roles: NDArray[np.int8], firsts: NDArray[np.int64]
    ) -> set[Hit]:
        n = len(roles)
        fences = np.cumsum(tokens.fenced)
        hits: set[Hit] = set()
        seen: set[tuple[int, int]] = set()
        words: list[int] = []
        fenced: list[bool] = []
        for step in range(1, self._reach + 1):
            begin = firsts[firsts + step < n]
            end = begin + step
            near = ((roles[end] & _SECOND) > 0) & (fences[end] == fences[begin])
            begin, end = begin[near], end[near]
            keys, which = np.unique(tokens.word[begin].astype(np.int64) << 32 | tokens.word[end], return_inverse=True)
            options = [self._terms_of_pair(known, key, step) for key in keys.tolist()]
            able = np.fromiter(map(bool, options), bool, len(options))[which]
            for first, second, key in zip(begin[able].tolist(), end[able].tolist(), which[able].tolist(), strict=True):
                for term in options[key]:
                    if term.gaps[1]:
                        if (first, id(term)) in seen:
                            continue  # the nearer word was taken
                        seen.add((first, id(term)))
                    last: int | None = second
                    if len(term.elements) > 2:
                        if not words:
                            words, fenced = tokens.word.tolist(), tokens.fenced.tolist()
                        last = _walk(term, second, known.elements, words, fenced)
                    if last is not None:
                        hits.add(Hit(term.number, first, last))
        return hits

    def _terms_of_pair(self, known: _Known, key: int, step: int) -> tuple[_Term, ...]:
        """Return the terms that may begin with two types so many words apart."""
        found = known.pairs.get((key, step))
        if found is None:
            first, second = key >> 32, key & 0xFFFFFFFF
            found = tuple(
                term
                for a in known.elements[first]
                for b in known.elements[second]
                for term in self._pairs.get((a, b), ())
                if term.gaps[1] >= step - 1
            )
            known.pairs[key, step] = found
        return found


_SINGLE, _FIRST, _SECOND = 1, 2, 4


class _Known:
    """What a matcher knows of a table of types: elements, one-word terms and roles of each, and pairs met."""

    def __init__(self) -> None:
        self.elements: list[tuple[int, ...]] = []
        self.singles: list[tuple[int, ...]] = []
        self.roles = np.zeros(0, np.int8)
        self.pairs: dict[tuple[int, int], tuple[_Term, ...]] = {}


_IN_TEXT_ORDER = itemgetter(1, 2, 0)


def _walk(term: _Term, second: int, known: list[tuple[int, ...]], words: list[int], fenced: list[bool]) -> int | None:
    """Return the last word of a term whose second word is given, or None; fences and sentence bounds stop it."""
    here = second
    for element, gap in zip(term.elements[2:], term.gaps[2:], strict=True):
        for there in range(here + 1, here + gap + 2):
            if there >= len(words) or fenced[there]:
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
    return sorted(kept, key=_IN_TEXT_ORDER)


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
    if word[-1:] in "'’s" and ("'" in word or "’" in word):
        return _POSSESSIVE.sub("", word) or word
    return word


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
