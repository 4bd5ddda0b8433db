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
from operator import itemgetter
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from framing.errors import CodebookError, bad_value
from framing.tokens import Ragged, Tokens, Types, normal_form

_MAX_EXPANSIONS = 2_000
_MAX_GAP = 10
_GROUP = re.compile(r"\(([^()]*)\)")
_GAP = re.compile(r"~(\d+)$")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")


_IN_TEXT_ORDER = itemgetter(1, 2, 0)


class Hit(NamedTuple):
    """One match: number of the term, first and last word (positions in the tokens, both inside)."""

    term: int
    first: int
    last: int


class Hits:
    """Matches as arrays: number of the term, first and last word (inside), in text order.

    A mask or an array of positions picks some of them; iteration gives `Hit`.
    """

    __slots__ = ("first", "last", "term")

    def __init__(self, term: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]):
        self.term, self.first, self.last = term, first, last

    def __len__(self) -> int:
        return len(self.term)

    def __getitem__(self, chosen: Any) -> Hits:
        """Return some of the hits."""
        return Hits(self.term[chosen], self.first[chosen], self.last[chosen])

    def __iter__(self) -> Iterator[Hit]:
        return map(Hit, self.term.tolist(), self.first.tolist(), self.last.tolist())

    @classmethod
    def of(cls, hits: Iterable[Hit]) -> Hits:
        """Build from single hits, in any order."""
        rows = np.array(sorted(hits, key=_IN_TEXT_ORDER), np.int64).reshape(-1, 3)
        return cls(rows[:, 0], rows[:, 1], rows[:, 2])


NO_HITS = Hits(*(np.zeros(0, np.int64) for _ in range(3)))


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
        self._thirds = {t.elements[2] for terms in self._pairs.values() for t in terms if len(t.elements) > 2}
        self._firsts = {first for first, _ in self._pairs}
        self._reach = 1 + max((t.gaps[1] for terms in self._pairs.values() for t in terms), default=0)
        kinds: dict[str, dict[str, int]] = {"plain": {}, "case": {}, "stem": {}, "prefix": {}, "glob": {}}
        for (kind, form), element in self._elements.items():
            kinds[kind][form] = element
        self._kinds = kinds
        self._prefix_lengths = sorted({len(prefix) for prefix in kinds["prefix"]})
        shortest = min(self._prefix_lengths, default=0)
        self._prefix_heads = {prefix[:shortest] for prefix in kinds["prefix"]}
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
        roles, singles = [], []
        for number in range(len(elements), len(types)):
            found = self._of_type(types.strings[number], types.norms[number])
            elements.append(found)
            if not found:
                singles.append(())
                roles.append(0)
                continue
            single = tuple(dict.fromkeys(number for e in found for number in self._single.get(e, ())))
            singles.append([(number, 0) for number in single])
            roles.append(
                _SINGLE * bool(single)
                + _FIRST * (not self._firsts.isdisjoint(found))
                + _SECOND * (not self._seconds.isdisjoint(found))
                + _THIRD * (not self._thirds.isdisjoint(found))
            )
        if roles:
            known.singles.extend(singles)
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
        if prefixes and norm[: self._prefix_lengths[0]] in self._prefix_heads:
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

    def find(self, tokens: Tokens, where: NDArray[np.bool_] | None = None) -> Hits:
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
            return NO_HITS
        known = self._types(tokens.types)
        roles = known.roles[tokens.word]
        begins = roles if where is None else roles * where
        singles = np.flatnonzero(begins & _SINGLE)
        owner, numbers = known.singles.gather(tokens.word[singles])
        places = singles[owner]
        pieces = [(numbers[:, 0].astype(np.int64), places, places)]
        if self._pairs:
            pieces += self._find_phrases(tokens, known, roles, np.flatnonzero(begins & _FIRST))
        term, first, last = (np.concatenate(part) for part in zip(*pieces, strict=True))
        order = np.lexsort((term, last, first))
        term, first, last = term[order], first[order], last[order]
        new = np.append(True, (np.diff(term) != 0) | (np.diff(first) != 0) | (np.diff(last) != 0))[: len(term)]
        return Hits(term[new], first[new], last[new])

    def _find_phrases(
        self, tokens: Tokens, known: _Known, roles: NDArray[np.int8], firsts: NDArray[np.int64]
    ) -> list[tuple[NDArray[np.int64], ...]]:
        n = len(roles)
        fences = np.cumsum(tokens.fenced)
        slow: list[tuple[int, int, int]] = []
        pieces: list[tuple[NDArray[np.int64], ...]] = []
        seen: set[tuple[int, int]] = set()
        for step in range(1, self._reach + 1):
            begin = firsts[firsts + step < n]
            end = begin + step
            near = ((roles[end] & _SECOND) > 0) & (fences[end] == fences[begin])
            begin, end = begin[near], end[near]
            keys, which = np.unique(tokens.word[begin].astype(np.int64) << 32 | tokens.word[end], return_inverse=True)
            options = [self._terms_of_pair(known, key, step) for key in keys.tolist()]
            plain = np.fromiter((len(o.plain) for o in options), np.int64, len(options))
            flat = np.array([number for o in options for number in o.plain], np.int64)
            counts = plain[which]
            offsets = (np.cumsum(plain) - plain)[which]
            row = np.repeat(np.arange(len(which)), counts)
            within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
            pieces.append((flat[offsets[row] + within], begin[row], end[row]))
            able = np.fromiter((bool(o.others) for o in options), bool, len(options))[which]
            if step == 1:  # terms that go on with the next word, where that word can be a third one
                third = np.minimum(end + 1, n - 1)
                goes_on = (end + 1 < n) & ((roles[third] & _THIRD) > 0) & ~tokens.fenced[third]
                able |= goes_on & np.fromiter((bool(o.straight) for o in options), bool, len(options))[which]
            for first, second, key in zip(begin[able].tolist(), end[able].tolist(), which[able].tolist(), strict=True):
                for term in options[key].others + options[key].straight:
                    if term.gaps[1]:
                        if (first, id(term)) in seen:
                            continue  # the nearer word was taken
                        seen.add((first, id(term)))
                    last: int | None = second
                    if len(term.elements) > 2:
                        last = _walk(term, second, known.elements, *tokens.once(_as_lists))
                    if last is not None:
                        slow.append((term.number, first, last))
        pieces.append(tuple(np.array(slow, np.int64).reshape(-1, 3).T))
        return pieces

    def _terms_of_pair(self, known: _Known, key: int, step: int) -> _Options:
        """Return the terms that may begin with two types so many words apart."""
        found = known.pairs.get((key, step))
        if found is None:
            first, second = key >> 32, key & 0xFFFFFFFF
            terms = [
                term
                for a in known.elements[first]
                for b in known.elements[second]
                for term in self._pairs.get((a, b), ())
                if term.gaps[1] >= step - 1
            ]
            found = _Options(
                tuple(t.number for t in terms if len(t.elements) == 2 and not t.gaps[1]),
                tuple(t for t in terms if len(t.elements) > 2 and not any(t.gaps[1:3])),
                tuple(t for t in terms if any(t.gaps[1:3])),
            )
            known.pairs[key, step] = found
        return found


_SINGLE, _FIRST, _SECOND, _THIRD = 1, 2, 4, 8


class _Options(NamedTuple):
    """Terms that a pair of words may begin: numbers of those that it makes up, those that go on with the next
    word, and those with a gap.
    """

    plain: tuple[int, ...]
    straight: tuple[_Term, ...]
    others: tuple[_Term, ...]


def _as_lists(tokens: Tokens) -> tuple[list[int], list[bool]]:
    return tokens.word.tolist(), tokens.fenced.tolist()


class _Known:
    """What a matcher knows of a table of types: elements, one-word terms and roles of each, and pairs met."""

    def __init__(self) -> None:
        self.elements: list[tuple[int, ...]] = []
        self.singles = Ragged()
        self.roles = np.zeros(0, np.int8)
        self.pairs: dict[tuple[int, int], _Options] = {}


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


def longest(hits: Hits) -> Hits:
    """Keep, of hits that overlap, the longest (the first of equals), in text order."""
    if len(hits) < 2:
        return hits
    keep = np.ones(len(hits), bool)
    rows = np.arange(len(hits))
    if len(hits) > _FEW:  # most hits of a long list touch no other
        reach = np.maximum.accumulate(hits.last)
        apart = np.append(True, hits.first[1:] > reach[:-1])  # a group of hits that touch one another begins
        group = np.cumsum(apart) - 1
        rows = np.flatnonzero(np.bincount(group)[group] > 1)
    taken: set[int] = set()
    found = zip(
        hits.first[rows].tolist(), hits.last[rows].tolist(), hits.term[rows].tolist(), rows.tolist(), strict=True
    )
    for first, last, _, row in sorted(found, key=_longest_first):
        places = range(first, last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
        else:
            keep[row] = False
    return hits if keep.all() else hits[keep]


def longest_of_few(hits: list[Hit]) -> list[Hit]:
    """Do as `longest` for a few hits, without arrays."""
    if len(hits) < 2:
        return hits
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first, h.term)):
        places = range(hit.first, hit.last + 1)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept, key=_IN_TEXT_ORDER)


_FEW = 20


def _longest_first(found: tuple[int, int, int, int]) -> tuple[int, int, int]:
    return found[0] - found[1], found[0], found[2]


def guarded(hits: Hits, guards: Hits) -> Hits:
    """Drop hits that touch a guard, unless they are longer than it."""
    if not len(hits) or not len(guards):
        return hits
    n = int(max(hits.last[-1], hits.last.max(), guards.last.max())) + 1
    barred = np.zeros(n, np.int64)  # length of the longest guard over each word
    lengths = guards.last - guards.first + 1
    for offset in range(int(lengths.max())):
        covered = lengths > offset
        np.maximum.at(barred, guards.first[covered] + offset, lengths[covered])
    own = hits.last - hits.first + 1
    worst = np.zeros(len(hits), np.int64)
    for offset in range(int(own.max())):
        covered = own > offset
        worst[covered] = np.maximum(worst[covered], barred[hits.first[covered] + offset])
    return hits[own > worst]


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
