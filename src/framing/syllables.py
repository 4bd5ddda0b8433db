"""Syllables of a word: the shipped table, and hyphenation for words it does not hold."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib import resources
from itertools import repeat
from typing import Any

_NO_WORD = 200


@lru_cache(maxsize=2)
def syllable_table(spoken: bool = False) -> dict[str, int]:
    """Return the shipped table of syllables by lower-case word.

    They are those of the first pronunciation in the CMU dictionary, or those that are spoken: "different" has three and
    two (see `framing.data.make_syllables`).
    """
    raw = (resources.files("framing") / "data" / "syllables.txt.gz").read_bytes()
    found: dict[str, int] = {}
    for line in gzip.decompress(raw).decode("utf-8").splitlines():
        counts, _, words = line.partition(" ")
        first, _, fewer = counts.partition("/")
        count = fewer or first if spoken else first
        found.update(zip(words.split(" "), repeat(int(count)), strict=False))  # loading is a part of every short run
    return found


@lru_cache(maxsize=1)
def _hyphenator() -> Any:
    from pyphen import Pyphen  # loads its dictionary; only unknown words need it

    return Pyphen(lang="en_US")


def n_syllables(word: str) -> int:
    """Return the number of syllables of one lower-case word.

    Parameters
    ----------
    word
        A word without punctuation but apostrophes.

    Returns
    -------
    int
        From the CMU Pronouncing Dictionary (first pronunciation); for other words the number of
        hyphenation points of Hunspell's US English patterns plus one, as textstat counts.

    Examples
    --------
    >>> n_syllables("cooperation"), n_syllables("multipolarity")
    (5, 6)
    """
    known = syllable_table().get(word)
    if len(word) > _NO_WORD:  # a pasted code or address; hyphenating it would take quadratic time
        return len(word) // 3
    return known if known is not None else _hyphenated(word)


def _hyphenated(word: str) -> int:
    hyphenator = _hyphenator()
    n = len(hyphenator.positions(word)) + 1
    hyphenator.hd.cache.clear()  # it would keep every unknown word of a corpus for good; callers ask once a word
    return n
