"""Familiar words: the list of Dale and Chall, with the forms of its words that their rules count as known.

The rules are those of Dale & Chall (1948), "A formula for predicting readability: instructions",
Educational Research Bulletin 27(2), 37-54. Names of people and places depend on the sentence and are
not decided here.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from framing.errors import missing_extra

_ABBREVIATIONS = frozenset("a.m. p.m.".split())  # the rules name these two and "U.S."
_CONTRACTED = ("'ll", "'d", "'ve", "'re", "'m")
# Listed words of one form that are adjectives: -er makes their comparative. From a noun or verb it makes a doer
# ("burner"), which the rules count as unfamiliar.
_ADJECTIVES = frozenset(
    """angry bare big black blue bold brave bright broad brown busy cheap clean clear clever close cloudy cold
    cool crazy cruel curly damp dark dear deep dim dirty dry dull dusty early easy empty fair fast fat few fine
    flat foggy fond free fresh full funny gay gentle glad grand gray great green happy hard healthy heavy high
    hot hungry icy jolly juicy kind large late lazy lean light little lively lonely long loose loud lovely low
    lucky mad mean merry mighty muddy narrow naughty near neat new nice noisy odd old pale plain poor pretty
    proud pure quick quiet rainy raw red rich ripe rough round sad safe sandy sharp shiny short shy sick silly
    simple sleepy slippery slow sly small smart smooth soft sore sour stiff stormy straight strange strong sunny
    sure sweet swift tall tame thick thin thirsty tight tiny tired true ugly warm weak wet white wide wild windy
    wise young""".split()
)


@lru_cache(maxsize=1)
def easy_words() -> frozenset[str]:
    """Return textstat's list of familiar words, read from its files without importing it."""
    spec = find_spec("textstat")
    if spec is None or not spec.submodule_search_locations:
        raise missing_extra("textstat", "test", "the list of familiar words")
    file = Path(next(iter(spec.submodule_search_locations))) / "resources" / "en" / "easy_words.txt"
    return frozenset(line.strip() for line in file.read_text(encoding="utf-8").splitlines())


def is_familiar(word: str) -> bool:
    """Tell whether a word counts as familiar.

    Parameters
    ----------
    word
        One word as it is written, or one part of a hyphenated word (which is familiar when all its parts are).

    Returns
    -------
    bool
        True for listed words; numerals; regular plurals and possessives; ``-s``, ``-ed``, ``-ing``
        and ``-n`` forms of listed verbs; ``-er`` and ``-est`` forms of listed adjectives; adverbs in
        ``-ly`` added to a listed word as it is; contractions of listed words. One ending at most:
        "clippings" is unfamiliar, as are the doers in ``-er``, adjectives in ``-y`` and all forms
        with other endings that are not listed.

    Examples
    --------
    >>> [is_familiar(w) for w in ("libraries", "dropped", "soundly", "government's", "1947")]
    [True, True, True, True, True]
    >>> [is_familiar(w) for w in ("burner", "clippings", "easily", "pressure", "oxen")]
    [False, False, False, False, False]
    """
    listed = easy_words()
    lower = word.lower()
    if lower in listed or any(c.isdigit() for c in word):
        return True
    lower = lower.replace("’", "'")
    if lower in listed or lower + "." in listed or lower in _ABBREVIATIONS or word in ("U.S.", "U.S"):
        return True
    for mark in _CONTRACTED if "'" in lower else ():
        if lower.endswith(mark) and lower.removesuffix(mark) in listed:
            return True
    if lower.endswith("n't"):
        return lower[:-3] in listed
    if lower.endswith(("'s", "'")):
        lower = lower.removesuffix("s").removesuffix("'")
        return lower in listed or any(b in listed for b in _plain_forms(lower, ("s",)))
    return any(base in listed for base in _plain_forms(lower, ("s", "ed", "ing", "n", "er", "est", "ly")))


def _plain_forms(word: str, endings: tuple[str, ...]) -> list[str]:
    """Return what a word may be a regular form of."""
    found: list[str] = []
    for ending in endings:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        if ending == "s":
            es = stem[:-1] if stem.endswith(("se", "xe", "ze", "che", "she", "oe")) else ""
            found += [stem, es, stem[:-2] + "y" if stem.endswith("ie") else ""]
        elif ending == "n":
            found += [stem] if stem.endswith(("e", "w")) else []
        elif ending == "ly":
            found += [stem]
        else:
            doubled = stem[:-1] if stem[-1] == stem[-2] else ""
            y = stem[:-1] + "y" if stem.endswith("i") and ending != "ing" else ""
            bases = [stem, stem + "e", doubled, y]
            found += [b for b in bases if b in _ADJECTIVES] if ending in ("er", "est") else bases
    return [f for f in found if len(f) > 1]
