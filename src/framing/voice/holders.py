"""Who holds what is attributed: pronouns and parts of names resolved, and sentences that still relay a source."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.familiar import listed_words
from framing.tokens import Tokens
from framing.type_table import COMMA
from framing.voice.content import Attributions
from framing.voice.context import Ints, cue_kind
from framing.voice.model import ATTRIBUTED_AT, attributed_chance
from framing.voice.quotes import quoted_words
from framing.voice.sources import BREAK, CUT, attributions, capitals
from framing.wordlists import gazetteer, state_of_name

_PRONOUNS = {
    **dict.fromkeys("he him his himself".split(), "he"), **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("they them their themselves".split(), "they"), **dict.fromkeys("i me my myself".split(), "i"),
    **dict.fromkeys("we us our ourselves".split(), "we"), **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("who which that this these those".split(), "who"),
}  # fmt: skip
_MEN, _WOMEN = frozenset("mr sir datuk tan lord king prince".split()), frozenset("ms mrs miss lady queen madam".split())
_INSTITUTIONS = frozenset(
    """ministry government department agency office court council commission committee parliament senate congress
    house company corporation bank university institute centre center group party police army union association
    campaign administration report study survey poll statement times post news journal agency board federation
    organisation organization fund nations embassy inc corp ltd co bhd plc llc group watch airlines motors holdings
    indictment letter plan article editorial bill law memo document lawsuit complaint resolution ruling email tweet
    post website transcript filing kingdom republic international foundation alliance initiative network partners
    capital systems technologies industries pharmaceuticals insurance securities league coalition forum society academy
    school college hospital church club authority""".split()
)
_ROLES = frozenset(
    """minister president ambassador secretary chairman chairwoman governor spokesman spokeswoman spokesperson king
    queen pope senator mayor premier chancellor judge general director chief envoy officer commissioner professor
    prince princess sultan congressman congresswoman speaker deputy""".split()
)
# Words of a name that are no part of it when it is compared with another.
_TITLES = _ROLES | frozenset(
    """mr mrs ms miss dr sir lord lady dame madam datuk dato sri tun seri datin prime vice former ex foreign defence
    defense finance interior trade sen rep gov gen col lt prof rev hon crown the of state affairs justice treasury
    health education energy commerce""".split()
)
_PARTICLES = frozenset("al el bin bint binti ibn van der den von zu de da do dos del della di du la le ter ten".split())
_OF_GROUPS = ("icans", "crats", "ians", "eans", "ists")  # "Republicans", "Indonesians"
_GROUPS = frozenset(
    """analysts experts critics supporters observers officials sources lawmakers diplomats economists residents
    opponents researchers scientists scholars activists leaders ministers companies investors traders voters aides
    advisers governments countries nations states people police authorities others many some prosecutors farmers doctors
    rebels militants villagers protesters unions witnesses teachers students workers employees investigators detectives
    soldiers troops fighters campaigners organisers organizers regulators bankers brokers manufacturers producers
    exporters importers retailers consumers customers patients parents women men families relatives neighbours neighbors
    friends survivors victims refugees migrants locals insiders veterans historians academics professors lawyers
    attorneys judges senators congressmen members delegates representatives spokesmen negotiators mediators envoys
    ambassadors mayors governors commanders generals separatists insurgents demonstrators opponents rivals authors
    editors journalists reporters commentators columnists strategists shareholders creditors lenders donors nurses
    medics engineers developers executives directors managers owners users fans players coaches""".split()
)
_STATEMENTS = frozenset("statement speech address interview lecture remarks letter".split())
_BODIES = _ROLES | _INSTITUTIONS
_OF, _THE, _JOINS = frozenset(["of"]), frozenset(["the"]), frozenset(["and", "of"])
_ARTICLES = frozenset(["the", "a", "an"])
_LONGEST = 5  # words of a name before its head
_TYPES = ("person", "institution", "group")
_PERSON = _TYPES.index("person")
_NAME = len(_TYPES)  # a person, or an institution after "the"
_KINDS = ("", *dict.fromkeys(_PRONOUNS.values()))
ONE_SOURCE = 0.8


class Holder(NamedTuple):
    """Who holds an attribution: a name as the text gives it, and its type."""

    name: str
    type: str


AUTHOR_HOLDER = Holder("author", "person")
"""Who says "I" and "we" outside quotation marks."""


def mentions(tokens: Tokens, head: Ints) -> Ints:
    """Return the first word of the name or noun phrase that each head word ends, shape of `head`."""
    types, word = tokens.types, tokens.word
    capital, article, cut = capitals(tokens)[word], types.among(_ARTICLES)[word], types.among(CUT)[word]
    no_modifier = cut | (_pronouns(tokens)[word] > 0)
    opening = tokens.sentence_bounds[tokens.sentence[head]]
    broken = (tokens.before & BREAK) > 0
    named = capital | _inside_a_name(tokens, capital, broken)
    begin, going = head.copy(), np.ones(len(head), bool)
    while going.any():
        going &= (begin > opening) & ~broken[begin]
        near = np.maximum(begin - 1, 0)
        fits = (named[near] & named[begin]) | (~capital[head] & ~no_modifier[near])
        inner = fits & (head - begin <= _LONGEST) & ~cut[near]
        begin -= going & (article[near] | inner)
        going &= inner & ~article[near]
    return begin


def _inside_a_name(tokens: Tokens, capital: NDArray[np.bool_], broken: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which words are particles after a capital or another particle: "van der" in "Alexander van der Bellen"."""
    particle = tokens.types.among(_PARTICLES)[tokens.word] & ~broken
    inside = np.zeros(len(particle), bool)
    for _ in range(2):
        inside[1:] |= particle[1:] & (capital | inside)[:-1] & (tokens.sentence[1:] == tokens.sentence[:-1])
    return inside


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


def _held(tokens: Tokens) -> Held:
    rows = attributions(tokens)
    whose: list[int] = []
    people, owners = [AUTHOR_HOLDER], [-1]
    here, article = _Article("", people), -1
    known: dict[int, int] = {}
    for number, cue, source, carried, kind, gender, type_, start, end in zip(
        tokens.sentence_article[rows.sentence].tolist(), rows.cue.tolist(), rows.source.tolist(),
        rows.carried.tolist(), *_named(tokens, rows), strict=True,
    ):  # fmt: skip
        if number != article:
            owners += [article] * (len(people) - len(owners))
            article, here, known = number, _Article(tokens.articles[number].text, people), {}
        if carried and cue in known:
            whose.append(known[cue])
            continue
        holder = _NOBODY
        if source >= 0:
            holder = here.pronoun(_KINDS[kind]) if kind else here.name(start, end, type_)
            if holder >= 0 and not carried:
                here.recent.append((holder, gender))
        if cue >= 0:
            known[cue] = holder
        whose.append(holder)
    owners += [article] * (len(people) - len(owners))
    return Held(np.array(whose, np.int64), people, np.array(owners, np.int64))


class _Article:
    """The holders met so far in an article: their full names, and the last ones with their gender (in `_KINDS`).

    They are numbered in `people`, a list that is shared with the other articles.
    """

    def __init__(self, text: str, people: list[Holder]) -> None:
        self.text = text
        self.people = people
        self.names: dict[str, frozenset[str]] = {}
        self.named: dict[tuple[str, int], int] = {}
        self.recent: list[tuple[int, int]] = []

    def pronoun(self, kind: str) -> int:
        """Return whom a pronoun stands for."""
        if kind in ("i", "we"):  # outside quotation marks the author speaks
            return _AUTHOR
        for number, gender in reversed(self.recent):
            type_ = self.people[number].type
            fits = (
                type_ in ("group", "institution") if kind == "they"
                else type_ == "institution" or self._may_be_a_firm(number, gender) if kind == "it"
                else type_ == "person" and _KINDS[gender] in ("", kind, "i", "we")
            )  # fmt: skip
            if fits:
                return number
        return _NOBODY

    def _may_be_a_firm(self, number: int, gender: int) -> bool:
        """Tell of a name of one word and no known gender, such as "Boeing", which may be no person."""
        holder = self.people[number]
        return holder.type == "person" and not gender and " " not in holder.name and holder.name[:1].isupper()

    def name(self, start: int, end: int, type_: int) -> int:
        """Return who is named between two offsets; the type is a number in `_TYPES`."""
        key = text, _ = self.text[start:end], type_
        number = self.named.get(key)  # a name stands for the first whole one it is part of, so the answer stays
        if number is None:
            bare = _without_possessive(text)
            number = self.named.get((bare, type_)) if bare != text else None
            if number is None:
                number = self.named[bare, type_] = self._met(bare, type_)
            self.named[key] = number
        return number

    def _met(self, name: str, type_: int) -> int:
        if type_ == _PERSON and " " in name and _is_state(name):
            type_ = _TYPES.index("institution")
        if type_ == _PERSON:
            words = _own_words(name)
            for known, whole in self.names.items():
                if words <= whole or whole <= words:
                    self.names[known] = whole | words
                    name = known
                    break
            else:
                self.names[name] = words
        self.people.append(Holder(name, _TYPES[type_]))
        return len(self.people) - 1


@lru_cache(maxsize=1 << 15)
def _own_words(name: str) -> frozenset[str]:
    """Return the words of a name without titles and roles; a name that is but an office keeps what tells it apart."""
    *front, last = (word.strip(".") for word in name.lower().replace("-", " ").split() or [name])
    no_part = _ARTICLES if last in _ROLES else _TITLES
    return frozenset([last, *(word for word in front if word not in no_part)])


@lru_cache(maxsize=1 << 15)
def names_somebody(name: str, person: bool) -> bool:
    """Tell whether a holder is named, and not by an office or an everyday word alone.

    How a house writes offices does not matter: neither "the Prime Minister" nor "the prime minister" is a name. A
    nationality makes an institution known ("the Turkish ministry"), but no person.

    Parameters
    ----------
    name
        The name as the text gives it.
    person
        Whether it is a person's.

    Examples
    --------
    >>> names_somebody("the Prime Minister", True), names_somebody("Prime Minister Anwar", True)
    (False, True)
    """
    for word in name.split():
        bare = _without_possessive(word).strip(".,")
        lower = bare.lower()
        if not bare[:1].isupper() or lower in _TITLES or lower in _INSTITUTIONS or lower in _GROUPS:
            continue
        if lower in listed_words() and bare != name and lower not in state_of_name():
            continue
        if not (person and lower in _demonyms() and bare != name):
            return True
    return False


@lru_cache(maxsize=1)
def _demonyms() -> frozenset[str]:
    return frozenset(word.lower() for row in gazetteer() for word in row["adjective"].split(";"))


def _without_possessive(name: str) -> str:
    if name[-2:] in ("'s", "’s"):
        return name[:-2]
    return name[:-1] if name[-1:] in ("'", "’") else name


def _named(tokens: Tokens, rows: Attributions) -> list[list[int]]:
    """Return columns: each source's pronoun and gender (in `_KINDS`), type (in `_TYPES`), and its name's offsets."""
    head = np.maximum(rows.source, 0)
    kind = _pronouns(tokens)[tokens.word[head]]
    first, last = _with_office(tokens, mentions(tokens, head)), _name_ends(tokens, head)
    type_, gender = _type_of(tokens, first, head), _gender(tokens, head, kind)
    named = _apposition(tokens, head)  # "the trade minister, Lee Ming, said": the name tells more than the office
    apart = named >= 0
    first = np.where(apart, last + 1, first)
    last = np.where(apart, named, last)
    columns = kind, gender, np.where(apart, _PERSON, type_), tokens.start[first], tokens.end[last]
    return [column.tolist() for column in columns]


def _with_office(tokens: Tokens, first: Ints) -> Ints:
    """Return the first word of each name with an office before "of": "Secretary of State Marco Rubio"."""
    types, word, capital = tokens.types, tokens.word, capitals(tokens)[tokens.word]
    of = np.flatnonzero((first >= 2) & types.among(_OF)[word[first - 1]] & capital[first])
    office = first[of] - 2
    is_office = types.among(_ROLES)[word[office]] & capital[office]
    is_office &= tokens.sentence[office] == tokens.sentence[first[of]]
    whole = first.copy()
    whole[of[is_office]] = mentions(tokens, office[is_office])
    return whole


def _name_ends(tokens: Tokens, head: Ints) -> Ints:
    """Return the last word of each name: that of "Ministry of Finance" goes on behind "of"."""
    n, types, word = len(tokens.word), tokens.types, tokens.word
    whole = head.copy()
    some = np.flatnonzero(types.among(_OF)[word[np.minimum(head + 1, n - 1)]] & types.among(_BODIES)[word[head]])
    of, ends_at = head[some] + 1, tokens.sentence_bounds[tokens.sentence[head[some]] + 1]
    begin = of + 1 + types.among(_THE)[word[np.minimum(of + 1, n - 1)]]
    going = (begin < ends_at) & ~_broken(tokens, of) & ~_broken(tokens, begin) & _capital(tokens, begin)
    last = np.where(going, begin, head[some])
    for _ in range(_LONGEST):
        joins = types.among(_JOINS)[word[np.minimum(last + 1, n - 1)]] & (last + 2 < ends_at)
        joins &= _capital(tokens, last + 2) & ~_broken(tokens, last + 2)
        going &= (last + 1 < ends_at) & (_capital(tokens, last + 1) | joins) & ~_broken(tokens, last + 1)
        last = last + going * (1 + (joins & ~_capital(tokens, last + 1)))
    whole[some] = last
    return whole


def _apposition(tokens: Tokens, head: Ints) -> Ints:
    """Return the last word of the name that stands between commas behind an office, or -1."""
    name = np.full(len(head), -1)
    ends_at = tokens.sentence_bounds[tokens.sentence[head] + 1]
    some = tokens.types.among(_ROLES)[tokens.word[head]] & (head + 1 < ends_at)
    some = np.flatnonzero(some & _after_comma(tokens, head + 1) & _capital(tokens, head + 1))
    begin, ends_at = head[some] + 1, ends_at[some]
    last, going = begin.copy(), np.ones(len(some), bool)
    for _ in range(_LONGEST):
        going &= (last + 1 < ends_at) & _capital(tokens, last + 1) & ~_after_comma(tokens, last + 1)
        last = last + going
    closed = (last > begin) & ((last + 1 >= ends_at) | _after_comma(tokens, last + 1))
    name[some] = np.where(closed, last, -1)
    return name


def _capital(tokens: Tokens, place: Ints) -> NDArray[np.bool_]:
    return capitals(tokens)[tokens.word[np.minimum(place, len(tokens.word) - 1)]]


def _broken(tokens: Tokens, place: Ints) -> NDArray[np.bool_]:
    return (tokens.before[np.minimum(place, len(tokens.word) - 1)] & BREAK) > 0


def _after_comma(tokens: Tokens, place: Ints) -> NDArray[np.bool_]:
    return (tokens.before[np.minimum(place, len(tokens.word) - 1)] & COMMA) > 0


def _pronouns(tokens: Tokens) -> NDArray[np.int8]:
    number = {kind: i for i, kind in enumerate(_KINDS)}
    norms, strings = tokens.types.norms, tokens.types.strings
    return tokens.types.column(
        "pronouns",
        lambda new: np.array([0 if strings[i] == "US" else number[_PRONOUNS.get(norms[i], "")] for i in new], np.int8),
    )


def _type_of(tokens: Tokens, first: Ints, head: Ints) -> Ints:
    """Return the type of each name, in `_TYPES`, which "the" before a name changes."""
    of_head = tokens.types.column(
        "holder types", lambda new: np.array([_type_of_head(tokens, i) for i in new], np.int8)
    )[tokens.word[head]]
    after_the = tokens.types.among(frozenset(["the"]))[tokens.word[first]]
    alone = (first == head) & tokens.types.column(
        "names of states", lambda new: np.array([_is_state(tokens.types.strings[i]) for i in new], bool)
    )[tokens.word[head]]
    of_name = np.where(after_the | alone, _TYPES.index("institution"), _TYPES.index("person"))
    return np.where(of_head == _NAME, of_name, of_head)


def _is_state(word: str) -> bool:
    return word[:1].isupper() and _without_possessive(word).lower() in state_of_name()


def _type_of_head(tokens: Tokens, type_id: int) -> int:
    norm, word = tokens.types.norms[type_id], tokens.types.strings[type_id]
    if norm in _ROLES:
        return _TYPES.index("person")
    if word == "States":  # the United ones
        return _TYPES.index("institution")
    if norm in _GROUPS or (word[:1].isupper() and norm.endswith(_OF_GROUPS)):
        return _TYPES.index("group")
    if norm in _INSTITUTIONS or (word.isupper() and len(word) > 1):
        return _TYPES.index("institution")
    if word[:1].isupper():
        return _NAME
    return _TYPES.index("group" if norm.endswith("s") or norm in ("people", "men", "women", "police") else "person")


def _gender(tokens: Tokens, head: Ints, kind: Ints) -> Ints:
    """Return, in `_KINDS`, the pronoun itself, or the gender of a title in the four words before."""
    near = np.maximum(head[:, None] - np.arange(1, 5), 0)
    near_word = tokens.word[near]
    before = head[:, None] > 0
    man = (tokens.types.among(_MEN)[near_word] & before).any(axis=1)
    woman = (tokens.types.among(_WOMEN)[near_word] & before).any(axis=1)
    return np.where(kind > 0, kind, np.where(man, _KINDS.index("he"), np.where(woman, _KINDS.index("she"), 0)))


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
