"""Contractions: "we've" is "we" and "have", so that lists of words need not hold every short form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.terms import Word

_HOSTS = "i you he she it we they that this there here who what where when how".split()
_ENDINGS = {"'re": ("are",), "'ve": ("have",), "'ll": ("will",), "'m": ("am",), "'d": ("would", "had"), "'s": ("is",)}
_WITH_NOT = {
    **{
        verb: verb for verb in "is are was were do does did has have had could should would might must may need".split()
    },
    **{"ca": "can", "wo": "will", "sha": "shall", "ought": "ought", "dare": "dare"},
}
_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    **{host + end: tuple((host, word) for word in full) for host in _HOSTS for end, full in _ENDINGS.items()},
    **{f"{written}n't": ((verb, "not"),) for written, verb in _WITH_NOT.items()},
    **{f"{verb}'ve": ((verb, "have"),) for verb in "could should would might must may".split()},
    "let's": (("let", "us"),),
}
_FIRST = frozenset(first for readings in _PARTS.values() for first, _ in readings)
_SECOND = frozenset(second for readings in _PARTS.values() for _, second in readings)
_PAIRS = frozenset(pair for readings in _PARTS.values() for pair in readings)


def contraction(string: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of words that a word may be short for; none where it is no contraction.

    Examples
    --------
    >>> contraction("We’ve"), contraction("they'd"), contraction("China's")
    ((('we', 'have'),), (('they', 'would'), ('they', 'had')), ())
    """
    if "'" not in string and "’" not in string:
        return ()
    return _PARTS.get(string.replace("’", "'").lower(), ())


def contracted(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield a phrase as it is written, and in every way in which contractions may hold some of its words.

    A word of kind ``"first"`` or ``"second"`` is that part of a contraction whose other part is not in the phrase, one
    of kind ``"both"`` is a whole contraction.

    Examples
    --------
    >>> ways = contracted([Word("plain", "have"), Word("plain", "to")])
    >>> [" ".join(f"{word.kind}:{word.form}" for word in way) for way in ways]
    ['plain:have plain:to', 'second:have plain:to']
    """
    for way in _joined(tuple(words)):
        opens, closes = _is(way[0], _SECOND), _is(way[-1], _FIRST)
        yield way
        if opens:
            yield way[0]._replace(kind="second"), *way[1:]
        if closes:
            yield *way[:-1], way[-1]._replace(kind="first")
        if opens and closes and len(way) > 1:
            yield way[0]._replace(kind="second"), *way[1:-1], way[-1]._replace(kind="first")


def _joined(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """Yield a phrase with any of its pairs of neighbours as one contraction."""
    if len(words) < 2:
        yield words
        return
    first, second, *rest = words
    for way in _joined(words[1:]):
        yield first, *way
    if _is(first, _FIRST) and _is(second, _SECOND) and not second.gap and (first.form, second.form) in _PAIRS:
        whole = Word("both", f"{first.form} {second.form}", first.gap)
        for way in _joined(tuple(rest)) if rest else [()]:
            yield whole, *way


def _is(word: Word, forms: frozenset[str]) -> bool:
    return word.kind in ("plain", "case") and word.form in forms
