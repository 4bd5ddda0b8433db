"""Where the naming of a source begins and ends round its head: titles, particles, offices of something, appositions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.names import begins_with_capital
from framing.tokens import Tokens
from framing.type_table import COMMA
from framing.voice.context import Ints
from framing.voice.heads import BREAK, CUT
from framing.voice.holder_words import ARTICLES, INSTITUTIONS, ROLES

_PRONOUNS = {
    **dict.fromkeys("he him his himself".split(), "he"), **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("they them their themselves".split(), "they"), **dict.fromkeys("i me my myself".split(), "i"),
    **dict.fromkeys("we us our ourselves".split(), "we"), **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("who which that this these those".split(), "who"),
}  # fmt: skip
KINDS = ("", *dict.fromkeys(_PRONOUNS.values()))
"""What a source may be by its pronoun; the first one is none."""
_PARTICLES = frozenset("al el bin bint binti ibn van der den von zu de da do dos del della di du la le ter ten".split())
_BODIES = ROLES | INSTITUTIONS
_OF, _THE = frozenset(["of"]), frozenset(["the"])
_JOINS = frozenset(["and", "of"])
_OPENERS = frozenset(
    """while though although meanwhile both since if when because then now yet however still even whereas unless until
    once despite amid""".split()
)  # fmt: skip
_LONGEST = 5  # words of a name before its head


def pronouns(tokens: Tokens) -> NDArray[np.int8]:
    """Return, for each type, which pronoun it is, as a number in `KINDS`."""
    number = {kind: i for i, kind in enumerate(KINDS)}
    norms, strings = tokens.types.norms, tokens.types.strings
    return tokens.types.column(
        "pronouns",
        lambda new: np.array([0 if strings[i] == "US" else number[_PRONOUNS.get(norms[i], "")] for i in new], np.int8),
    )


def mentions(tokens: Tokens, head: Ints) -> Ints:
    """Return the first word of the name or noun phrase that each head word ends, shape of `head`."""
    types, word, capital = tokens.types, tokens.word, begins_with_capital(tokens.types)
    opening = tokens.sentence_bounds[tokens.sentence[head]]
    begin, going = head.copy(), np.ones(len(head), bool)
    cut = types.among(CUT | _OPENERS)  # "While Delhi"
    no_modifier = cut | (pronouns(tokens) > 0)
    inside, common = tokens.once(_inside_a_name), ~capital[word[head]]
    named = capital[word[head]] | inside[head]
    while going.any():
        going &= (begin > opening) & ~_broken(tokens, begin)
        near = np.maximum(begin - 1, 0)
        own = word[near]
        named_before, article = capital[own] | inside[near], types.among(ARTICLES)[own]
        fits = (named_before & named) | (common & ~no_modifier[own])
        inner = fits & (head - begin <= _LONGEST) & ~cut[own]
        moved = going & (article | inner)
        begin -= moved
        named = np.where(moved, named_before, named)
        going &= inner & ~article
    return begin


def _inside_a_name(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which words are particles after a capital or another particle: "van der" in "Alexander van der Bellen"."""
    capital, inside = begins_with_capital(tokens.types), np.zeros(len(tokens.word), bool)
    particle = tokens.places(_PARTICLES)
    particle = particle[~_broken(tokens, particle) & (particle > tokens.sentence_bounds[tokens.sentence[particle]])]
    for _ in range(2):
        inside[particle] = capital[tokens.word[particle - 1]] | inside[particle - 1]
    return inside


def with_office(tokens: Tokens, first: Ints) -> Ints:
    """Return the first word of each name with an office before "of": "Secretary of State Marco Rubio"."""
    types, word, capital = tokens.types, tokens.word, begins_with_capital(tokens.types)
    of = np.flatnonzero((first >= 2) & types.among(_OF)[word[first - 1]] & capital[word[first]])
    office = first[of] - 2
    is_office = types.among(ROLES)[word[office]] & capital[word[office]]
    is_office &= tokens.sentence[office] == tokens.sentence[first[of]]
    whole = first.copy()
    whole[of[is_office]] = mentions(tokens, office[is_office])
    return whole


def name_ends(tokens: Tokens, head: Ints) -> Ints:
    """Return the last word of each name: that of "Ministry of Finance" goes on behind "of"."""
    n, types, word = len(tokens.word), tokens.types, tokens.word
    whole = head.copy()
    some = np.flatnonzero(types.among(_OF)[word[np.minimum(head + 1, n - 1)]] & types.among(_BODIES)[word[head]])
    of, ends_at = head[some] + 1, tokens.sentence_bounds[tokens.sentence[head[some]] + 1]
    begin = of + 1 + types.among(_THE)[word[np.minimum(of + 1, n - 1)]]
    fits = (begin < ends_at) & ~_broken(tokens, of) & ~_broken(tokens, begin)
    going = fits & _capital(tokens, begin)
    last = np.where(going, begin, head[some])
    for step in range(3):  # "the chairperson of the electoral commission"
        body = fits & ~going & (begin + step < ends_at)
        body &= types.among(INSTITUTIONS)[word[np.minimum(begin + step, n - 1)]]
        last = np.where(body & (last == head[some]), begin + step, last)
        fits &= ~_broken(tokens, begin + step + 1)
    for _ in range(_LONGEST):
        joins = types.among(_JOINS)[word[np.minimum(last + 1, n - 1)]] & (last + 2 < ends_at)
        joins &= _capital(tokens, last + 2) & ~_broken(tokens, last + 2)
        going &= (last + 1 < ends_at) & (_capital(tokens, last + 1) | joins) & ~_broken(tokens, last + 1)
        last = last + going * (1 + (joins & ~_capital(tokens, last + 1)))
    whole[some] = last
    return whole


def apposition(tokens: Tokens, head: Ints) -> Ints:
    """Return the last word of the name that stands between commas behind an office or "his lawyer", or -1."""
    name = np.full(len(head), -1)
    ends_at = tokens.sentence_bounds[tokens.sentence[head] + 1]
    some = (tokens.types.among(ROLES)[tokens.word[head]] | ~_capital(tokens, head)) & (head + 1 < ends_at)
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
    return begins_with_capital(tokens.types)[tokens.word[np.minimum(place, len(tokens.word) - 1)]]


def _broken(tokens: Tokens, place: Ints) -> NDArray[np.bool_]:
    return (tokens.before[np.minimum(place, len(tokens.word) - 1)] & BREAK) > 0


def _after_comma(tokens: Tokens, place: Ints) -> NDArray[np.bool_]:
    return (tokens.before[np.minimum(place, len(tokens.word) - 1)] & COMMA) > 0
