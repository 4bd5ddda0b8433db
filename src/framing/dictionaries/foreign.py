"""What all foreign word lists share: categories with their terms, and what one notation cannot say of another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from framing.errors import CodebookError
from framing.terms import MAX_GAP, check

MAX_ENTRIES = 250_000


class Lost(NamedTuple):
    """Something that a notation cannot hold: the category, what it is, and what became of it."""

    category: str
    what: str
    why: str


class Written(NamedTuple):
    """A text in some notation, and what it could not hold."""

    text: str
    lost: list[Lost]


@dataclass
class Category:
    """A category as other programs know it: its path of names, and terms in the notation of codebooks.

    `guards` are phrases in which a term does not count, `weights` and `negations` hold what is said of single terms;
    only CSV holds them.
    """

    path: tuple[str, ...]
    terms: list[str] = field(default_factory=list)
    guards: list[str] = field(default_factory=list)
    weights: dict[str, float] = field(default_factory=dict)
    negations: dict[str, str] = field(default_factory=dict)


_POSSESSIVE = re.compile(r"\w['’]s?$")
_HYPHENS = str.maketrans({"_": " "})


def term_of_glob(glob: str) -> str:
    """Return the term of codebooks that stands for a pattern with ``*`` and ``?`` whatever its case.

    Raises
    ------
    CodebookError
        If there is none.

    Examples
    --------
    >>> term_of_glob("NATO"), term_of_glob("united_states"), term_of_glob("joint * exercis*")
    ('nato', 'united states', 'joint ~1 exercis*')
    """
    parts = []
    gap = 0
    for word in glob.translate(_HYPHENS).split():
        if not word.strip("*"):
            gap += 1
            continue
        if gap and not parts:
            raise CodebookError("begins with a word that may be any; start with one that is given")
        if gap > MAX_GAP:
            raise CodebookError(f"has {gap} words that may be any in a row; {MAX_GAP} are allowed")
        if set("()|~@") & set(word) or word.startswith(("case:", "stem:")):
            raise CodebookError("holds signs that mean something else in a codebook: ( ) | ~ @ case: stem:")
        # a word in capitals would match capitals only
        parts += [*([f"~{gap}"] if gap else []), word.lower() if word.isupper() else word]
        gap = 0
    if gap and parts:
        raise CodebookError("ends with a word that may be any; leave that out")
    term = " ".join(parts)
    check(term)
    return term


def globs_of_term(phrase: str) -> list[str]:
    """Write a phrase with gaps as patterns in which ``*`` stands for one word, one for each width.

    Examples
    --------
    >>> globs_of_term("diversif* ~2 partner*")
    ['diversif* partner*', 'diversif* * partner*', 'diversif* * * partner*']
    """
    done = [""]
    gap = 0
    for word in phrase.split():
        if word[0] == "~":
            gap = int(word[1:])
            continue
        done = [" ".join([*[d] * bool(d), *["*"] * n, word]) for d in done for n in range(gap + 1)]
        gap = 0
    return done


def joined_gaps(terms: Iterable[str]) -> list[str]:
    """Put together the terms that differ by the width of one gap only: those of 0, 1 ... n words are ``~n``.

    Examples
    --------
    >>> joined_gaps(["a b", "c", "a ~1 b", "a ~2 b"])
    ['a ~2 b', 'c']
    """
    place = {term: number for number, term in enumerate(dict.fromkeys(terms))}
    covered = set()
    for term in list(place):
        for other in _narrower(term):
            if other in place:
                covered.add(other)
                place[term] = min(place[term], place[other])
    return sorted((t for t in place if t not in covered), key=lambda t: place[t])


def _narrower(term: str) -> list[str]:
    """Return the terms that a term with one gap or more finds too: each gap narrower, down to none."""
    found = []
    for match in re.finditer(r" ~(\d+)(?= )", term):
        for n in range(int(match.group(1))):
            found.append(term[: match.start()] + (f" ~{n}" if n else "") + term[match.end() :])
    return found


def note_possessive(term: str) -> str:
    """Say what is lost of a term that ends like a possessive; empty when nothing is."""
    if _POSSESSIVE.search(term) and term.lower().endswith(("'s", "’s", "'", "’")):
        return "a final 's or ' is no part of a word here: it finds the bare word too"
    return ""


def translated(
    category: str, globs: Sequence[str], lost: list[Lost], place: Callable[[int], str] = lambda i: ""
) -> list[str]:
    """Return the terms for the patterns of a category; what has none goes to `lost`.

    Parameters
    ----------
    category
        Its name, for `lost`.
    globs
        The patterns.
    lost
        Filled with what cannot be said.
    place
        From the number of a pattern to words that say where it stands.
    """
    terms: dict[str, None] = {}
    for number, glob in enumerate(globs):
        try:
            term = term_of_glob(glob)
        except CodebookError as error:
            lost.append(Lost(category, f"term {glob!r}{place(number)}", f"left out: {error}"))
            continue
        if why := note_possessive(term):
            lost.append(Lost(category, f"term {glob!r}{place(number)}", why))
        terms[term] = None
    joined = joined_gaps(terms)
    for term in joined:
        if "~" in term and not all(n in terms for n in _narrower(term)):
            lost.append(Lost(category, f"term {term!r}", "finds the phrase without the words in between too"))
    return joined
