"""Phrases: terms of several words, found by the types of their first two, then word by word for all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.tokens import Tokens

Ints = NDArray[np.integer]
_BITS = 63  # of a set of elements; the sign of a number is left alone
_TYPE_BITS = 24  # of a type, where two of them and the number of words between are one integer


class Phrase(NamedTuple):
    """A term of several words: its number, its elements, and how many words may stand before each."""

    number: int
    elements: tuple[int, ...]
    gaps: tuple[int, ...]


class Elements:
    """Which elements each type matches."""

    def __init__(self) -> None:
        self.of_type: list[tuple[int, ...]] = []
        self._keys = np.zeros(0, np.int64)

    def extend(self, new: Sequence[tuple[int, ...]]) -> None:
        """Append types."""
        known = len(self.of_type)
        self.of_type.extend(new)
        keys = [(known + i) << 32 | e for i, found in enumerate(new) if found for e in sorted(found)]
        if keys:
            self._keys = np.append(self._keys, np.array(keys, np.int64))

    def match(self, types: Ints, elements: Ints) -> NDArray[np.bool_]:
        """Tell which types match which elements, pair by pair."""
        keys = types.astype(np.int64) << 32 | elements
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return self._keys[place] == keys if len(self._keys) else np.zeros(len(keys), bool)


class Found(NamedTuple):
    """Phrases found: number of the term, first and last word."""

    number: Ints
    first: Ints
    last: Ints


class PhraseTable:
    """Phrases, looked up by pairs of elements.

    Parameters
    ----------
    phrases
        Terms of two words or more.

    Attributes
    ----------
    wanted, offered
        By element: which second elements may follow it as the first of a phrase, and which one it is. Sets of second
        elements are bits of one number, several elements a bit: most pairs of words share none, and so begin nothing.
    reach
        How many words after the first the second word of a phrase may stand.
    """

    def __init__(self, phrases: Sequence[Phrase]):
        width = max((len(p.elements) for p in phrases), default=2)
        self._number = np.array([p.number for p in phrases], np.int64)
        self._length = np.array([len(p.elements) for p in phrases], np.int64)
        self._element = np.full((len(phrases), width), -1)
        self._gap = np.zeros((len(phrases), width), np.int64)
        by_pair: dict[tuple[int, int], list[int]] = {}
        for row, (_, elements, gaps) in enumerate(phrases):
            self._element[row, : len(elements)], self._gap[row, : len(gaps)] = elements, gaps
            by_pair.setdefault(elements[:2], []).append(row)  # type: ignore[arg-type]
        self._by_pair = {pair: tuple(rows) for pair, rows in by_pair.items()}
        self.wanted: dict[int, int] = {}
        self.offered: dict[int, int] = {}
        for phrase in phrases:
            first, second = phrase.elements[:2]
            bit = self.offered[second] = 1 << second % _BITS
            self.wanted[first] = self.wanted.get(first, 0) | bit
        self.reach = 1 + max((p.gaps[1] for p in phrases), default=0)

    def __len__(self) -> int:
        return len(self._number)

    def starts(self, tokens: Tokens, wanted: Ints, offered: Ints) -> tuple[Ints, Ints]:
        """Return the pairs of words that phrases may begin with: words near enough, with no fence between.

        Parameters
        ----------
        tokens
            The words.
        wanted, offered
            For each word, which second elements may follow it as the first of a phrase, and which it is, as bits.
        """
        begins = [np.flatnonzero((wanted[:-1] & offered[1:] != 0) & ~tokens.fenced[1:])]
        ends = [begins[0] + 1]
        if self.reach > 1:
            firsts, fences = np.flatnonzero(wanted), np.cumsum(tokens.fenced)
            for step in range(2, self.reach + 1):
                begin = firsts[firsts + step < len(wanted)]
                end = begin + step
                near = (wanted[begin] & offered[end] != 0) & (fences[end] == fences[begin])
                begins.append(begin[near])
                ends.append(end[near])
        begin, end = np.concatenate(begins), np.concatenate(ends)
        order = np.lexsort((end, begin))
        return begin[order], end[order]

    def find(
        self, tokens: Tokens, elements: Elements, pairs: dict[int, tuple[int, ...]], begin: Ints, end: Ints
    ) -> Found:
        """Return the phrases that begin with some pairs of words, in no order.

        Parameters
        ----------
        tokens, elements
            The words, and what each type matches.
        pairs
            What two types so many words apart may begin, as far as met; it is filled here.
        begin, end
            The first and the second word of what may be phrases, in text order.
        """
        row, begin, end = self._begun(tokens, elements, pairs, begin, end)
        row, begin, end = self._nearest(row, begin, end)
        last = self._walk(tokens, elements, row, end)
        whole = last >= 0
        return Found(self._number[row[whole]], begin[whole], last[whole])

    def _begun(
        self, tokens: Tokens, elements: Elements, pairs: dict[int, tuple[int, ...]], begin: Ints, end: Ints
    ) -> tuple[Ints, Ints, Ints]:
        """Return the rows of the phrases that pairs of words may begin, with the two words."""
        # by hashing: most pairs begin nothing, and sorting them all would cost more than the rest
        keys = (
            (end - begin - 1) << 2 * _TYPE_BITS | tokens.word[begin].astype(np.int64) << _TYPE_BITS | tokens.word[end]
        )
        which, keys = pd.factorize(keys)
        known = list(map(pairs.get, keys.tolist()))
        options = [
            self._learn(elements, pairs, key) if rows is None else rows
            for key, rows in zip(keys.tolist(), known, strict=True)
        ]
        counts = np.fromiter(map(len, options), np.int64, len(options))
        flat = np.array([row for rows in options for row in rows], np.int64)
        n, offset = counts[which], (np.cumsum(counts) - counts)[which]
        some = np.flatnonzero(n)
        n, offset, begin, end = n[some], offset[some], begin[some], end[some]
        owner = np.repeat(np.arange(len(n)), n)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(n) - n, n)
        return flat[offset[owner] + within], begin[owner], end[owner]

    def _learn(self, elements: Elements, pairs: dict[int, tuple[int, ...]], key: int) -> tuple[int, ...]:
        known = elements.of_type
        found = pairs[key] = tuple(
            row
            for a in known[key >> _TYPE_BITS & (1 << _TYPE_BITS) - 1]
            for b in known[key & (1 << _TYPE_BITS) - 1]
            for row in self._by_pair.get((a, b), ())
            if self._gap[row, 1] >= key >> 2 * _TYPE_BITS
        )
        return found

    def _nearest(self, row: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
        """Keep, of phrases with a gap after their first word, the nearest second word; nearer ones stand first."""
        gapped = np.flatnonzero(self._gap[row, 1])
        if not len(gapped):
            return row, begin, end
        _, first = np.unique(begin[gapped] * len(self) + row[gapped], return_index=True)
        keep = np.ones(len(row), bool)
        keep[gapped] = False
        keep[gapped[first]] = True
        return row[keep], begin[keep], end[keep]

    def _walk(self, tokens: Tokens, elements: Elements, row: Ints, second: Ints) -> Ints:
        """Return the last word of phrases whose second word is given, or -1; a phrase never crosses a fence."""
        here = second.copy()
        for position in range(2, self._element.shape[1]):
            going = np.flatnonzero((here >= 0) & (self._length[row] > position))
            if len(going):
                here[going] = self._next(tokens, elements, row[going], here[going], position)
        return here

    def _next(self, tokens: Tokens, elements: Elements, row: Ints, here: Ints, position: int) -> Ints:
        """Return the nearest word that fits the element at a position, or -1."""
        element, gap = self._element[row, position], self._gap[row, position]
        found, going = np.full(len(row), -1), np.arange(len(row))
        for step in range(1, int(gap.max()) + 2):
            going = going[gap[going] >= step - 1]
            there = here[going] + step
            open_ = (there < len(tokens.word)) & ~tokens.fenced[np.minimum(there, len(tokens.word) - 1)]
            going, there = going[open_], there[open_]
            fits = elements.match(tokens.word[there], element[going])
            found[going[fits]] = there[fits]
            going = going[~fits]
        return found
