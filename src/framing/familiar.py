"""Familiar words: the list of Dale and Chall, and the plain inflections of its words.

Dale & Chall (1948), "A formula for predicting readability: instructions", Educational Research Bulletin
27(2), 37-54, give a list and rules for a reader with a pencil. Some of the rules ask what the reader knows
(which words name persons and places) or leave room (which forms of a listed word are still the word), so
programs differ. The reading here is the narrow one: a word is familiar as it stands in the list or with one
plain inflection, and nothing else is. Against the rules of 1948 it leaves out names and their titles,
numerals, abbreviations, possessives, and adverbs in ``-ly`` that are not listed. It is the reading that comes
near the values that the authors of the CLEAR corpus publish (Crossley et al. 2023, Behavior Research Methods
55): r .95 where the wide reading has .92. With the judgement of teachers both correlate alike (-.57), see
``benchmarks/readability.py clear``.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from framing.errors import FramingError

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


ENDINGS = ("s", "ed", "ing", "er", "est")
"""What regular forms of listed words end in."""


@lru_cache(maxsize=1)
def easy_words() -> frozenset[str]:
    """Return textstat's list of familiar words, read from its files without importing it."""
    spec = find_spec("textstat")
    if spec is None or not spec.submodule_search_locations:
        raise FramingError("the list of familiar words is textstat's, which is missing: pip install textstat.")
    file = Path(next(iter(spec.submodule_search_locations))) / "resources" / "en" / "easy_words.txt"
    return frozenset(line.strip() for line in file.read_text(encoding="utf-8").splitlines())


# How the British write words that the list has as Americans do.
_BRITISH = dict(
    pair.split(":")
    for pair in """arbour:arbor armour:armor behaviour:behavior centre:center cheque:check colour:color defence:defense
    favour:favor favourite:favorite flavour:flavor grey:gray harbour:harbor honour:honor humour:humor
    jewellery:jewelry labour:labor litre:liter metre:meter mould:mold moustache:mustache neighbour:neighbor
    neighbourhood:neighborhood odour:odor offence:offense parlour:parlor plough:plow programme:program
    pyjamas:pajamas rumour:rumor savour:savor skilful:skillful theatre:theater traveller:traveler tyre:tire
    vapour:vapor waggon:wagon woollen:woolen""".split()
)


@lru_cache(maxsize=1)
def listed_words() -> frozenset[str]:
    """Return the words of the list as Americans and as the British write them."""
    listed = easy_words()
    return listed | {british for british, american in _BRITISH.items() if american in listed}


def is_familiar(word: str) -> bool:
    """Tell whether a word counts as familiar.

    Parameters
    ----------
    word
        One word as it is written, or one part of a hyphenated word (which is familiar when all its parts are).

    Returns
    -------
    bool
        True for listed words (`is_listed`); regular plurals; ``-s``, ``-ed`` and ``-ing`` forms of listed
        words; ``-er`` and ``-est`` forms of listed adjectives. One ending at most: "clippings" is
        unfamiliar, as are numerals, possessives, doers in ``-er``, adverbs in ``-ly``, participles in
        ``-n`` and all other forms that are not listed.

    Examples
    --------
    >>> [is_familiar(w) for w in ("libraries", "dropped", "making", "redder")]
    [True, True, True, True]
    >>> [is_familiar(w) for w in ("burner", "clippings", "soundly", "government's", "1947")]
    [False, False, False, False, False]
    """
    if is_listed(word):
        return True
    lower, listed = word.lower(), listed_words()
    return lower.endswith(ENDINGS) and any(base in listed for base in _plain_forms(lower, ENDINGS))


def is_listed(word: str) -> bool:
    """Tell whether a word is in the list as it stands; some contractions are.

    Examples
    --------
    >>> [is_listed(w) for w in ("Library", "wouldn’t", "neighbour", "libraries", "U.S.")]
    [True, True, True, False, False]
    """
    lower = word.lower()
    return lower in listed_words() or ("’" in lower and lower.replace("’", "'") in listed_words())


def _plain_forms(word: str, endings: tuple[str, ...]) -> list[str]:
    """Return what a word may be a regular form of."""
    found: list[str] = []
    for ending in endings:
        if not word.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word[: -len(ending)]
        if ending == "s":
            es = stem[:-1] if stem.endswith(("se", "xe", "ze", "che", "she", "oe")) else ""
            found += [stem, es, stem[:-2] + "y" if stem.endswith("ie") else ""]
        else:
            doubled = stem[:-1] if stem[-1] == stem[-2] else ""
            y = stem[:-1] + "y" if stem.endswith("i") and ending != "ing" else ""
            bases = [stem, stem + "e", doubled, y]
            found += [b for b in bases if b in _ADJECTIVES] if ending in ("er", "est") else bases
    return [f for f in found if len(f) > 1]
