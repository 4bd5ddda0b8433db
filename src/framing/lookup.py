"""Codebook terms against tokens: patterns meet each type once, then only integers are compared.

A term is a sequence of words, e.g. ``"diversif* ~2 partner*"``. A word may be

* plain (``tariffs``), matched whatever its case; a plain word in capitals (``NATO``) matches capitals only;
* a wildcard (``non-align*``, ``m?ddle``);
* ``case:Turkey``, matched with its capitals;
* ``stem:invest``, matched by its Snowball stem;
* ``(tie|ties|relations)``, one of several;
* ``~3``, up to three words in between.

The notation is read and checked in `framing.terms`.

A hyphen in a term matches a hyphen or a space: ``long-term`` finds "long-term" and "long term". Phrases, gaps
included, do not run across commas, full stops, colons or brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from framing.contractions import contracted, contraction
from framing.hits import NO_HITS, Hits
from framing.kernels import as_arrays, kernels
from framing.phrases import Elements, Found, Phrase, PhraseTable
from framing.terms import Word, expand, words
from framing.tokens import Tokens
from framing.type_table import Ragged, Types, normal_form

_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")


class Matcher:
    """Finds many terms at once.

    Parameters
    ----------
    terms
        Terms; a hit names a term by its position in this sequence.
    contractions
        Whether the words of a term are found in contractions too: "have to" in "they've to".

    Raises
    ------
    CodebookError
        If a term has no word or a malformed part.
    """

    def __init__(self, terms: Sequence[str], contractions: bool = False):
        self.terms = tuple(terms)
        self._contractions = contractions
        self._elements: dict[tuple[str, str], int] = {}
        self._single: dict[int, list[int]] = {}
        phrases = []
        for number, term in enumerate(self.terms):
            for compiled in self._compiled(number, term):
                if len(compiled.elements) == 1:
                    self._single.setdefault(compiled.elements[0], []).append(number)
                else:
                    phrases.append(compiled)
        self._phrases = PhraseTable(phrases)
        kinds: dict[str, dict[str, int]] = {
            kind: {} for kind in ("plain", "case", "stem", "prefix", "glob", "first", "second", "both")
        }
        for (kind, form), element in self._elements.items():
            kinds[kind][form] = element
        self._kinds = kinds
        self._prefix_lengths = sorted({len(prefix) for prefix in kinds["prefix"]})
        shortest = min(self._prefix_lengths, default=0)
        self._prefix_heads = {prefix[:shortest] for prefix in kinds["prefix"]}
        self._globs = [(re.compile(_glob_regex(form), re.MULTILINE), e) for form, e in kinds["glob"].items()]
        self._known: WeakKeyDictionary[Types, _Known] = WeakKeyDictionary()

    def _compiled(self, number: int, term: str) -> Iterator[Phrase]:
        for phrase in map(words, expand(term)):
            for way in contracted(phrase) if self._contractions else (phrase,):
                yield Phrase(number, tuple(map(self._element, way)), tuple(word.gap for word in way))

    def _element(self, word: Word) -> int:
        kind, form = word.kind, word.form
        if kind == "case":
            form = cased_form(form)
        elif kind == "stem":
            form = stem(normal_form(form))
        elif kind not in ("first", "second", "both"):
            form = normal_form(form[:-1] if kind == "prefix" else form)
        return self._elements.setdefault((kind, form), len(self._elements))

    def _types(self, types: Types) -> _Known:
        known = self._known.setdefault(types, _Known())
        begin = len(known.elements.of_type)
        if begin < len(types):
            new = self._of_types(types.strings[begin:], types.norms[begin:])
            self._match_globs(types.norms[begin:], new)
            known.elements.extend(new)
            lengths, numbers = [0] * len(new), []
            bits = np.zeros((2, len(new)), np.int64)
            wanted, offered = self._phrases.wanted, self._phrases.offered
            for place in [i for i, found in enumerate(new) if found]:  # few types match anything
                found = new[place]
                own = self._single_terms(found)
                lengths[place] = len(own)
                numbers += [n for number in own for n in (number, 0)]
                bits[:, place] = [_union(table.get(e, 0) for e in found) for table in (wanted, offered)]
            known.singles.extend(lengths, numbers)
            known.single = np.append(known.single, np.array(lengths) > 0)
            known.bits = np.concatenate([known.bits, bits], axis=1)
        return known

    def _single_terms(self, elements: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted({number for e in elements for number in self._single.get(e, ())}))

    def _of_types(self, strings: Sequence[str], norms: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the elements that each of some types matches; most match none."""
        kinds = self._kinds
        found = [() if element is None else (element,) for element in map(kinds["plain"].get, norms)]
        cased = kinds["case"]
        if cased:
            forms = [string if string.isalnum() else cased_form(string) for string in strings]
            for place in [i for i, form in enumerate(forms) if form in cased]:
                found[place] += (cased[forms[place]],)
            for place in [i for i, form in enumerate(forms) if form.isupper()]:
                if (titled := _titled(forms[place])) != forms[place] and titled in cased:
                    found[place] += (cased[titled],)
        prefixes = kinds["prefix"]
        if prefixes:
            shortest, heads = self._prefix_lengths[0], self._prefix_heads
            for place, norm in enumerate(norms):
                if norm[:shortest] in heads:
                    found[place] += tuple(
                        prefixes[norm[:n]] for n in self._prefix_lengths if n <= len(norm) and norm[:n] in prefixes
                    )
        if self._contractions:
            apart = (place for place, string in enumerate(strings) if "'" in string or "’" in string)
            for place in apart:
                for first, second in contraction(strings[place]):
                    parts = (("first", first), ("second", second), ("both", f"{first} {second}"))
                    found[place] += tuple(kinds[kind][form] for kind, form in parts if form in kinds[kind])
        if kinds["stem"]:
            for place, norm in enumerate(norms):
                if (root := stem(norm)) in kinds["stem"]:
                    found[place] += (kinds["stem"][root],)
        return found

    def _match_globs(self, norms: Sequence[str], found: list[tuple[int, ...]]) -> None:
        """Add the elements with inner wildcards; each pattern goes once over the list of all new types."""
        if not self._globs:
            return
        text = "\n".join(norms)
        begins = np.cumsum([0, *(len(norm) + 1 for norm in norms)])
        for pattern, element in self._globs:
            for place in np.searchsorted(begins, [m.start() for m in pattern.finditer(text)]).tolist():
                found[place] += (element,)

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
        places, begin, end = self._spots(tokens, known, where)
        owner, numbers = known.singles.gather(tokens.word[places])
        places = places[owner]
        singles = Hits(numbers[:, 0].astype(np.int64), places, places)
        if not len(self._phrases):
            return singles
        found = self._phrases.find(tokens, known.elements, known.pairs, begin, end)
        return _merged(singles, _distinct(found)) if len(found.number) else singles

    def _spots(
        self, tokens: Tokens, known: _Known, where: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the words that are terms, and the first and the second word of what may be longer ones."""
        if kernels:
            found = kernels.spots(tokens.word, known.single, *known.bits, tokens.fenced, where, self._phrases.reach)
            places, begin, end = as_arrays(found, np.int64, np.int64, np.int64)
            return places, begin, end
        single, (wanted, offered) = known.single[tokens.word], known.bits[:, tokens.word]
        if where is not None:
            single, wanted = single & where, wanted * where
        return np.flatnonzero(single), *self._phrases.starts(tokens, wanted, offered)


def _union(bits: Iterable[int]) -> int:
    """Return the union of sets that are bits of a number."""
    return reduce(or_, bits)


def _distinct(found: Found) -> Hits:
    """Return phrases in text order, each once: several spellings of a term may find the same words."""
    order = np.lexsort((found.number, found.last, found.first))
    term, first, last = found.number[order], found.first[order], found.last[order]
    new = np.append(True, (np.diff(term) != 0) | (np.diff(first) != 0) | (np.diff(last) != 0))
    return Hits(term[new], first[new], last[new])


def _merged(singles: Hits, phrases: Hits) -> Hits:
    """Return words and phrases, each in text order, as one list; where both begin, the word stands first."""
    n = len(singles) + len(phrases)
    place = np.searchsorted(singles.first, phrases.first, side="right") + np.arange(len(phrases))
    single = np.ones(n, bool)
    single[place] = False
    merged = []
    for own, others in ((singles.term, phrases.term), (singles.first, phrases.first), (singles.last, phrases.last)):
        column = np.empty(n, np.int64)
        column[single], column[place] = own, others
        merged.append(column)
    return Hits(*merged)


class _Known:
    """What a matcher knows of a table of types: elements and one-word terms of each, and pairs met.

    `bits` holds, for each type, the `wanted` and the `offered` of `PhraseTable`, shape (2, n_types).
    """

    def __init__(self) -> None:
        self.elements = Elements()
        self.singles = Ragged()
        self.single = np.zeros(0, bool)
        self.bits = np.zeros((2, 0), np.int64)
        self.pairs: dict[int, tuple[int, ...]] = {}


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
    """Write a wildcard as a regular expression over lines; the groups never go back, so time stays linear."""
    pieces = ["".join("[^\\n]" if c == "?" else re.escape(c) for c in part) for part in re.split(r"\*+", form)]
    if len(pieces) == 1:
        return f"^{pieces[0]}$"
    inner = "".join(f"(?>[^\\n]*?{piece})" for piece in pieces[1:-1])
    return f"^{pieces[0]}{inner}[^\\n]*{pieces[-1]}$"
