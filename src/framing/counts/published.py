"""Counts as the authors of the formulas describe them, over the words and sentences of `framing.tokens`.

A hyphenated word or a contraction is one word (Flesch 1948). What depends on a word alone is a column of
its type; what depends on its place (is it a name?) is one array over all words of the batch.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.familiar import ENDINGS, is_familiar, is_listed, listed_words
from framing.kernels import kernels
from framing.names import names, with_small_letters
from framing.spoken import ALSO_WORDS, READ_OUT, spoken_syllables
from framing.syllables import syllable_table
from framing.tokens import Tokens

POLYSYLLABLE = 3
"""Syllables from which a word is a polysyllable (McLaughlin 1969) and may be a hard word (Gunning 1952)."""
LONG = 7
"""Letters from which a word is long (Björnsson 1968: more than six)."""
MINI = 3
"""Letters up to which a word is a mini-word (McAlpine 2006)."""
LINSEAR_WORDS = 100
"""The Linsear Write sample (O'Hayre 1966): the first so many words of a text."""

_MIN_PART = 3
_POSSESSIVE = re.compile(r"['’]s?$")
_ENDINGS_NO_WORDS = frozenset("able ship age ate ant fully".split())  # "leadership" is no compound of "ship"


def published_counts(tokens: Tokens) -> dict[str, NDArray[Any]]:
    """Count each sentence of each article.

    Returns
    -------
    dict of str to numpy.ndarray
        Columns with one value a sentence of `tokens`: article index, sentence number over all articles, and counts:

        ``words``, ``sentences``, ``syllables``, ``letters`` (digits included)
            A sentence counts 1; syllables are those of `framing.spoken`.
        ``polysyllables``
            Words of three or more syllables, names included (McLaughlin 1969).
        ``unfamiliar``
            Words that are not familiar (`framing.familiar`; Dale & Chall 1948). A name is familiar only as
            it stands in the list: "Brown" is, "Browns" and "Rivers" are no inflections.
        ``complex``
            Words of three or more syllables but names, compounds of easy words, possessives of familiar
            ones, forms in ``-ed``, ``-es``, ``-ing`` that reach three by this ending (Gunning 1952), and
            familiar words such as "another", which are long and not hard.
        ``long``, ``mini``
            Words of `LONG` letters or more, of `MINI` letters or fewer.
        ``linsear_points``, ``linsear_sentences``
            One point a word and three a polysyllable in the first `LINSEAR_WORDS` words; a sentence
            that goes on beyond them counts by its share of words inside.
    """
    n = tokens.n_sentences
    by_word = _counted_words(tokens)
    words = by_word["words"]
    by_word["sentences"] = np.ones(n)
    by_word["linsear_sentences"] = by_word.pop("sampled") / np.maximum(words, 1)
    return {"article": tokens.sentence_article, "sentence": np.arange(n), **by_word}


_COUNTED = (
    "words", "syllables", "letters", "polysyllables", "unfamiliar", "complex", "long", "mini", "linsear_points",
    "sampled",
)  # fmt: skip


def _counted_words(tokens: Tokens) -> dict[str, NDArray[np.float64]]:
    """Count whole words by sentence, those of the Linsear sample as ``sampled``."""
    n = tokens.n_sentences
    name = names(tokens)
    word, facts = _as_read(tokens)
    if kernels:
        table = np.zeros((len(_COUNTED), n))
        kernels.counts(
            word, tokens.glued, tokens.sentence, tokens.article, name, facts, table, POLYSYLLABLE, LONG, MINI,
            LINSEAR_WORDS,
        )  # fmt: skip
        return dict(zip(_COUNTED, table, strict=True))
    first = ~tokens.glued
    whole = np.cumsum(first) - 1  # number of the whole word that each part belongs to
    sentence = tokens.sentence[first]
    facts = facts[word].T
    familiar, listed, hard = facts[[_FAMILIAR, _LISTED, _HARD]] > 0
    syllables, letters = (np.bincount(whole, facts[kind]) for kind in (_SYLLABLES, _LETTERS))
    unfamiliar = np.bincount(whole, ~familiar | (name & ~listed)) > 0
    complex_ = np.bincount(whole, hard & ~name) > 0
    polysyllable = syllables >= POLYSYLLABLE
    place = np.arange(len(sentence)) - _first_word(tokens.sentence_article[sentence], len(tokens))
    sampled = place < LINSEAR_WORDS
    counted = (
        np.ones(len(sentence)), syllables, letters, polysyllable, unfamiliar, complex_, letters >= LONG,
        letters <= MINI, sampled * (1 + 2 * polysyllable), sampled,
    )  # fmt: skip
    return {
        kind: np.bincount(sentence, values, n).astype(float) for kind, values in zip(_COUNTED, counted, strict=True)
    }


def _first_word(article: NDArray[np.int32], n_articles: int) -> NDArray[np.int64]:
    """Return, for each whole word, the number of the first one of its article."""
    counts = np.bincount(article, minlength=n_articles)
    return (np.cumsum(counts) - counts)[article]


def _is_hard(lower: str, n: int) -> bool:
    """Tell whether the three syllables of an unfamiliar word are not those of an ending or of two easy words."""
    if n == POLYSYLLABLE and lower.endswith(("ed", "es", "ing")) and _adds_syllable(lower):
        return False
    bare = _POSSESSIVE.sub("", lower)
    if bare != lower and is_familiar(bare):
        return False
    lower = bare
    easy, most = listed_words(), _longest_part()
    # a part longer than every easy word is none, so a word of any length costs no more than a long one
    cuts = range(max(_MIN_PART, len(lower) - most), min(most, len(lower) - _MIN_PART) + 1)
    # most beginnings are no word, so the rest is seldom looked at
    return not any((lower[:cut] in easy or _is_easy(lower[:cut])) and _ends_compound(lower[cut:]) for cut in cuts)


_SYLLABLES, _LETTERS, _FAMILIAR, _LISTED, _HARD = range(5)  # what words are counted by


def _as_read(tokens: Tokens) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return for each word its row of what it is counted by, and the rows; "IT" in a line of capitals is "it"."""
    facts, strings = _facts(tokens), tokens.types.strings
    either = tokens.types.column("also words", lambda new: np.array([strings[i] in ALSO_WORDS for i in new], bool))
    places = tokens.word_index.of_types(either)
    places = places[~with_small_letters(tokens)[tokens.sentence[places]]] if len(places) else places
    if not len(places):
        return tokens.word, facts
    types, which = np.unique(tokens.word[places], return_inverse=True)
    word = tokens.word.copy()
    word[places] = len(facts) + which
    return word, np.concatenate([facts, _facts_of([strings[i].lower() for i in types])])


def _facts(tokens: Tokens) -> NDArray[np.int32]:
    """Return what each type is counted by, shape (n_types, 5)."""
    strings = tokens.types.strings
    return tokens.types.column("counted by", lambda new: _facts_of(strings[new.start :]))


def _facts_of(strings: list[str]) -> NDArray[np.int32]:
    n, lower = len(strings), list(map(str.lower, strings))
    read_out, known, easy = READ_OUT.get, syllable_table(spoken=True).get, listed_words()
    syllables = [
        read_out(string) or known(low) or (1 if low.isdigit() else spoken_syllables(string))
        for low, string in zip(lower, strings, strict=True)
    ]
    letters = [len(s) if s.isalnum() else sum(map(str.isalnum, s)) for s in strings]
    listed = np.fromiter(map(easy.__contains__, lower), bool, n)
    for place in [i for i, word in enumerate(lower) if "’" in word]:
        listed[place] |= is_listed(strings[place])
    familiar, many = listed.copy(), np.array(syllables, np.int32) >= POLYSYLLABLE
    for place in [i for i, word in enumerate(lower) if word.endswith(ENDINGS)]:
        familiar[place] |= is_familiar(strings[place])
    hard = np.zeros(n, bool)
    for place in np.flatnonzero(many & ~familiar).tolist():
        hard[place] = _is_hard(lower[place], syllables[place])
    return np.stack([syllables, letters, familiar, listed, hard], axis=1).astype(np.int32)


@lru_cache(maxsize=1)
def _longest_part() -> int:
    return max(map(len, listed_words())) + len("ers")


def _is_easy(part: str) -> bool:
    """Tell whether a part of a compound is a familiar word, or the doer of one: "book" and "keeper"."""
    easy = listed_words()
    return part in easy or (part.endswith("er") and part[:-2] in easy)


def _ends_compound(part: str) -> bool:
    """Tell whether a part is the easy end of a compound, in the plural too; endings that are words as well are none."""
    return part not in _ENDINGS_NO_WORDS and (_is_easy(part) or (part[-1:] == "s" and _is_easy(part[:-1])))


def _adds_syllable(word: str) -> bool:
    """Tell whether ``-ed``, ``-es`` or ``-ing`` is a syllable of its own: "created", "passages", "beginning"."""
    if word.endswith("ing"):
        return True
    if word.endswith("ed"):
        return word[-3:-2] in ("t", "d")
    return word.endswith(("ses", "xes", "zes", "ches", "shes", "ces", "ges"))
