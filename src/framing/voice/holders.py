"""Who holds what is attributed: pronouns and parts of names resolved, and sentences that still relay a source."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.names import begins_with_capital
from framing.tokens import Tokens
from framing.type_table import Types
from framing.voice.content import Attributions
from framing.voice.context import Ints, cue_kind
from framing.voice.heads import CUT
from framing.voice.holder_words import (
    ARTICLES,
    GROUPS,
    INSTITUTIONS,
    ORGANISATIONS,
    ROLES,
    own_words,
    without_possessive,
)
from framing.voice.model import ATTRIBUTED_AT, attributed_chance
from framing.voice.quotes import quoted_words
from framing.voice.source_names import KINDS, apposition, mentions, name_ends, pronouns, with_office
from framing.voice.sources import attributions
from framing.voice.subjects import subjects
from framing.wordlists import state_of_name

_MEN, _WOMEN = frozenset("mr sir datuk tan lord king prince".split()), frozenset("ms mrs miss lady queen madam".split())
_OF_GROUPS = ("icans", "crats", "ians", "eans", "ists")  # "Republicans", "Indonesians"
_STATEMENTS = frozenset("statement speech address interview lecture remarks letter".split())
_NO_ANTECEDENT = CUT | ARTICLES
_THAT, _WHO, _THE = frozenset(["that"]), frozenset(["who", "which"]), frozenset(["the"])
_PEOPLE = frozenset("people men women police".split())
_TYPES = ("person", "institution", "group")
_PERSON = _TYPES.index("person")
_MEANS = {"they": ("group", "institution"), "it": ("institution",), "he": ("person",), "she": ("person",)}
_NAME = len(_TYPES)  # a person, or an institution after "the"
ONE_SOURCE = 0.8


class Holder(NamedTuple):
    """Who holds an attribution: a name as the text gives it, and its type."""

    name: str
    type: str


AUTHOR_HOLDER = Holder("author", "person")
"""Who says "I" and "we" outside quotation marks."""


class Held(NamedTuple):
    """The holders of the `attributions`.

    Attributes
    ----------
    whose
        The number of each attribution's holder in `people`, or -1 where none is named, shape (n_attributions,).
    people
        The holders, each once an article; the first one is `AUTHOR_HOLDER`.
    article
        Index of the article of each of `people`, -1 for the author, shape (n_people,).
    """

    whose: Ints
    people: list[Holder]
    article: Ints


def holders(tokens: Tokens) -> list[Holder | None]:
    """Say who the holder of each of the `attributions` is.

    A pronoun stands for the last holder it fits, not for the nearest name; a part of a name stands for
    the whole name met before. Content that goes on from another sentence keeps its holder.
    """
    found = held(tokens)
    return [found.people[number] if number >= 0 else None for number in found.whose.tolist()]


def held(tokens: Tokens) -> Held:
    """Return the same as numbers."""
    return tokens.once(_held)


_AUTHOR, _NOBODY = 0, -1
_GENDERS = tuple(map(KINDS.index, ("he", "she")))


def _held(tokens: Tokens) -> Held:
    rows = attributions(tokens)
    whose: list[int] = []
    people, owners = [AUTHOR_HOLDER], [-1]
    here, article = _Article("", people), -1
    kind, gender, *name = _named(tokens, rows)
    openers = _Openers(tokens, rows.source[(rows.source >= 0) & ~rows.carried & (kind > 0)])
    known: dict[int, int] = {}  # holders of the cues that content is carried from
    is_asked = np.isin(rows.cue, rows.cue[rows.carried & (rows.cue >= 0)])
    gender = np.where(np.isin(gender, _GENDERS) & ~rows.carried, gender, 0)
    columns = (
        tokens.sentence_article[rows.sentence], rows.cue, rows.source, rows.carried, is_asked, kind, gender, *name,
    )  # fmt: skip
    for number, cue, source, carried, asked, pronoun, its_gender, type_, start, end in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        if number != article:
            owners += [article] * (len(people) - len(owners))
            article, here = number, _Article(tokens.articles[number].text, people)
            known.clear()
        if carried and cue in known:
            whose.append(known[cue])
            continue
        holder = _NOBODY
        if source >= 0:
            holder = here.pronoun(KINDS[pronoun], source, openers) if pronoun else here.name(start, end, type_)
            if not carried:
                here.spoke.append((holder, source))
            if its_gender:
                here.gender.setdefault(holder, its_gender)
        if asked:
            known[cue] = holder
        whose.append(holder)
    owners += [article] * (len(people) - len(owners))
    return Held(np.array(whose, np.int64), people, np.array(owners, np.int64))


class _Opener(NamedTuple):
    """Who opens a sentence: a type, and the offsets of the name."""

    type: str
    start: int
    end: int


class _Openers:
    """Who opens the sentence of a pronoun, or the one before (`subjects`)."""

    def __init__(self, tokens: Tokens, pronoun: Ints) -> None:
        heads = np.append(-1, subjects(tokens))
        own = heads[np.searchsorted(heads, pronoun) - 1]
        sentence, article = tokens.sentence, tokens.article
        near = (own >= 0) & (sentence[pronoun] - sentence[own] <= 1) & (article[pronoun] == article[own])
        own, at = own[near], pronoun[near]
        first, last, type_ = _spelled(tokens, own)
        columns = at, own, type_, tokens.start[first], tokens.end[last]
        self._of = {
            place: (head, _Opener(_TYPES[type_], start, end))
            for place, head, type_, start, end in zip(*(c.tolist() for c in columns), strict=True)
        }

    def before(self, place: int, since: int) -> _Opener | None:
        """Return who opens the sentence of a pronoun or the one before, if behind the word `since`."""
        head, opener = self._of.get(place, (-1, None))
        return opener if head > since else None


class _Article:
    """The holders met so far in an article: their full names, and the last ones with their gender (in `KINDS`).

    They are numbered in `people`, a list that is shared with the other articles.
    """

    def __init__(self, text: str, people: list[Holder]) -> None:
        self.text = text
        self.people = people
        self.names: dict[str, frozenset[str]] = {}  # of persons
        self.words: set[str] = set()  # of all of them: a name that shares none is new
        self.named: dict[tuple[str, int], int] = {}
        self.spoke: list[tuple[int, int]] = []  # holders, or `_NOBODY`, with the words that name them
        self.gender: dict[int, int] = {}

    def pronoun(self, kind: str, place: int, openers: _Openers) -> int:
        """Return whom a pronoun stands for: the last holder it fits, or who opens this sentence or the one before."""
        if kind in ("i", "we"):  # outside quotation marks the author speaks
            return _AUTHOR
        spoke, last = next(((n, at) for n, at in reversed(self.spoke) if self._fits(n, kind)), (_NOBODY, -1))
        opener = openers.before(place, last)
        if opener is None or opener.type not in _MEANS.get(kind, ()):
            return spoke
        number = self.name(opener.start, opener.end, _TYPES.index(opener.type))
        return number if opener.type != "person" or self._fits(number, kind) else spoke

    def _fits(self, number: int, kind: str) -> bool:
        if number < 0:
            return False
        type_, gender = self.people[number].type, self.gender.get(number, 0)
        if kind == "they":
            return type_ in _MEANS["they"]
        if kind == "it":
            return type_ == "institution" or self._may_be_a_firm(number, gender)
        return type_ == "person" and KINDS[gender] in ("", kind)

    def _may_be_a_firm(self, number: int, gender: int) -> bool:
        """Tell of a name of one word and no known gender, such as "Boeing", which may be no person."""
        holder = self.people[number]
        return holder.type == "person" and not gender and " " not in holder.name and holder.name[:1].isupper()

    def name(self, start: int, end: int, type_: int) -> int:
        """Return who is named between two offsets; the type is a number in `_TYPES`."""
        holder, bare, words = _as_named(self.text[start:end], type_)
        number = self.named.get(bare, _NOBODY)  # a name stands for the first whole one it is part of: the answer stays
        if number < 0:
            number = self.named[bare] = len(self.people)
            self.people.append(self._whole(holder, words) if words else holder)
        return number

    def _whole(self, person: Holder, words: frozenset[str]) -> Holder:
        """Return a person by the name that was met first, if the two are parts of one another."""
        if not self.words.isdisjoint(words):
            for known, whole in self.names.items():
                if words <= whole or whole <= words:
                    self.names[known] = whole | words
                    self.words |= words
                    return Holder(known, "person")
        self.names[person.name] = words
        self.words |= words
        return person


class _Name(NamedTuple):
    """What a name alone tells: the holder, the name with its type and without a possessive, a person's own words."""

    holder: Holder
    bare: tuple[str, int]
    words: frozenset[str]


@lru_cache(maxsize=1 << 15)
def _as_named(text: str, type_: int) -> _Name:
    """Return who is named, by the name alone; the type is a number in `_TYPES`."""
    name = without_possessive(text)
    state = type_ == _PERSON and " " in name and _is_state(name)
    holder = Holder(name, "institution" if state else _TYPES[type_])
    return _Name(holder, (name, type_), own_words(name) if holder.type == "person" else frozenset())


def _named(tokens: Tokens, rows: Attributions) -> tuple[Ints, ...]:
    """Return columns: each source's pronoun and gender (in `KINDS`), type (in `_TYPES`), and its name's offsets."""
    head = np.maximum(rows.source, 0)
    kind = pronouns(tokens)[tokens.word[head]]
    # "Anna Berg, who said": what the relative pronoun stands behind
    before = tokens.word[head - 1]
    behind = tokens.types.among(_WHO)[tokens.word[head]] & (head > tokens.sentence_bounds[tokens.sentence[head]])
    behind &= ~tokens.types.among(_NO_ANTECEDENT)[before] & (pronouns(tokens)[before] == 0)
    head = head - behind
    kind = np.where(behind, 0, kind)
    first, last, type_ = _spelled(tokens, head)
    gender = _gender(tokens, rows, head, kind)
    named = apposition(tokens, head)  # "the trade minister, Lee Ming, said": the name tells more than the office
    apart = named >= 0
    first = np.where(apart, last + 1, first)
    last = np.where(apart, named, last)
    body = tokens.types.among(INSTITUTIONS | ORGANISATIONS)[tokens.word[last]]  # "the mine's owner, Orexa Ltd, said"
    type_ = np.where(apart, np.where(body, _TYPES.index("institution"), _PERSON), type_)
    return kind, gender, type_, tokens.start[first], tokens.end[last]


def _spelled(tokens: Tokens, head: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the first and last word of each name and its type, in `_TYPES`."""
    first = with_office(tokens, mentions(tokens, head))
    return first, name_ends(tokens, head), _type_of(tokens, first, head)


def _type_of(tokens: Tokens, first: Ints, head: Ints) -> Ints:
    """Return the type of each name, in `_TYPES`, which "the" before a name changes."""
    of_types = tokens.types.column("holder types", lambda new: _of_new_types(tokens.types, new))
    of_head = of_types[tokens.word[head]]
    after_the = tokens.types.among(_THE)[tokens.word[first]]
    states = begins_with_capital(tokens.types) & tokens.types.among(frozenset(state_of_name()))
    alone = (first == head) & states[tokens.word[head]]
    of_name = np.where(after_the | alone, _TYPES.index("institution"), _TYPES.index("person"))
    return np.where(of_head == _NAME, of_name, of_head)


def _is_state(word: str) -> bool:
    return word[:1].isupper() and without_possessive(word).lower() in state_of_name()


def _of_new_types(types: Types, new: range) -> NDArray[np.int8]:
    """Return what some types tell of who is named, in `_TYPES`, or `_NAME`."""
    strings, begin = types.strings, new.start
    capital = begins_with_capital(types)[begin:]
    upper = np.fromiter((s.isupper() and len(s) > 1 for s in strings[begin:]), bool, len(new))

    def among(words: frozenset[str]) -> NDArray[np.bool_]:
        return types.among(words)[begin:]

    several = types.ending_in(("s",))[begin:] | among(_PEOPLE)
    states = np.fromiter((s == "States" for s in strings[begin:]), bool, len(new))  # the United ones
    known = [
        among(ROLES),
        states,
        among(GROUPS) | (capital & types.ending_in(_OF_GROUPS)[begin:]),
        among(INSTITUTIONS) | among(ORGANISATIONS) | upper,
        capital,
    ]
    person, institution, group = range(len(_TYPES))
    found = np.select(known, [person, institution, group, institution, _NAME], np.where(several, group, person))
    return found.astype(np.int8)


def _gender(tokens: Tokens, rows: Attributions, head: Ints, kind: Ints) -> Ints:
    """Return, in `KINDS`, the pronoun itself, or the gender of a title in the four words before.

    Without a title that of the pronoun right behind the cue: "Merkel said she would".
    """
    near = np.maximum(head[:, None] - np.arange(1, 5), 0)
    near_word = tokens.word[near]
    before = head[:, None] > 0
    man = (tokens.types.among(_MEN)[near_word] & before).any(axis=1)
    woman = (tokens.types.among(_WOMEN)[near_word] & before).any(axis=1)
    cue = rows.cue
    after = np.minimum(cue + 1 + _among(tokens, _THAT, cue + 1), len(tokens.word) - 1)
    own = (cue - head == 1) & ~rows.carried & (pronouns(tokens)[tokens.word[after]] > 0)
    said = np.where(own, pronouns(tokens)[tokens.word[after]], 0)
    known = [kind > 0, man, woman, (said == KINDS.index("he")) | (said == KINDS.index("she"))]
    return np.select(
        known, [kind, np.full(len(head), KINDS.index("he")), np.full(len(head), KINDS.index("she")), said], 0
    )


def _among(tokens: Tokens, words: frozenset[str], place: Ints) -> NDArray[np.bool_]:
    return tokens.types.among(words)[tokens.word[np.minimum(place, len(tokens.word) - 1)]]


def relayed(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which sentences probably still relay a source though nothing in them says so, shape (n_sentences,).

    A sentence without attributed words is relayed when it goes on, in its paragraph, from an attributed one; and
    anywhere in an article that gives a statement, a speech or the like of one holder, who has at least
    `ONE_SOURCE` of its attributions.
    """
    n = tokens.n_sentences
    attributed = (attributed_chance(tokens) > ATTRIBUTED_AT) | tokens.once(quoted_words)
    none = np.bincount(tokens.sentence, attributed, n) == 0
    article, paragraph = tokens.sentence_article, tokens.sentence_paragraph
    close = np.append(False, (article[1:] == article[:-1]) & (paragraph[1:] == paragraph[:-1]))[:n]
    found = np.zeros(n, bool)
    for place in np.flatnonzero(none & close).tolist():  # in text order, so that a run of them goes on
        found[place] = not none[place - 1] or found[place - 1]
    gives = np.bincount(tokens.article, tokens.types.among(_STATEMENTS)[tokens.word], len(tokens)) > 0
    rows = attributions(tokens)
    names: dict[int, list[str]] = {}
    for row, holder in zip(rows, holders(tokens), strict=True):
        if holder is not None and not row.carried and cue_kind(tokens.norm(row.cue)):
            names.setdefault(int(article[row.sentence]), []).append(holder.name)
    for number, held in names.items():
        most = max(held.count(name) for name in set(held))
        if gives[number] and len(held) > 1 and most >= ONE_SOURCE * len(held):
            found |= none & (article == number)
    return found
