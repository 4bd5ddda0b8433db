"""The wider reading: what a whole sentence of general news does, says and tells of a target.

Where the grammar of a clause is silent, the cues of the sentence are added up, each with a strength that
depends on its class, its sign and its place from the mention. The strengths are learned from labelled news
(`framing.stances.make_strengths`) and ship as a text file; a value below the lower or above the upper
threshold gives the clause its sign. This reading finds more than the grammar and errs more often: it is
for news about persons and parties, not for relations between states.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.hits import Hits, longest
from framing.lookup import Matcher
from framing.stances.cues import Signed, negated_at
from framing.stances.places import N_PLACES, PLACES, SIDES, place_of, side
from framing.stances.polarity import Units
from framing.stances.text import Clauses
from framing.tokens import Tokens
from framing.wordlists import word_lists

CLASSES = ("praise", "blame", "relation", "portrayal", "predicate")
SIGNS = ("negative", "positive")
TONE = "tone"
"""The rule of a clause that the tone of its sentence decides."""


class ToneCues:
    """The cues of both lists, whatever the codebook, in one matcher."""

    def __init__(self) -> None:
        slots = []
        terms: list[str] = []
        for source in ("_stance_cues", "_tone_cues"):
            for kind in CLASSES:
                for sign, group in word_lists(source).get(kind, {}).items():
                    if sign in SIGNS:
                        slots += [(CLASSES.index(kind), 1 if sign == "positive" else -1)] * len(group)
                        terms += group
        negators = word_lists("_stance_cues")["negators"]
        self.n_cues = len(terms)
        self.n_negators = len(negators["words"])
        self.matcher = Matcher([*terms, *negators["words"], *negators["not"]])
        self.kind, self.sign = np.array(slots, np.int64).T

    def find(self, tokens: Tokens, number: NDArray[np.int32], where: NDArray[np.bool_]) -> Signed:
        """Return the cues that begin at some words; of those of a class that overlap, the longest."""
        hits = self.matcher.find(tokens, where)
        hits = hits[number[hits.first] == number[hits.last]]
        cue = hits.term < self.n_cues
        kinds = self.kind[np.minimum(hits.term, self.n_cues - 1)]
        parts = [longest(hits[cue & (kinds == kind)]) for kind in range(len(CLASSES))]
        term, first, last = (
            np.concatenate(column) for column in zip(*((p.term, p.first, p.last) for p in parts), strict=True)
        )
        order = np.lexsort((term, last, first))
        term, first, last = term[order], first[order], last[order]
        rest = hits[~cue]
        barring = rest.term >= self.n_cues + self.n_negators
        negated = negated_at(first, longest(rest[~barring]), longest(rest[barring]), number)
        return Signed(term, first, last, np.where(negated, -1, 1) * self.sign[term], negated)


@lru_cache(maxsize=1)
def tone_cues() -> ToneCues:
    """Return the cues, compiled once."""
    return ToneCues()


class Pairs(NamedTuple):
    """Cues beside mentions in one sentence: position of the mention and of the cue, and the place of the cue."""

    mention: NDArray[np.int64]
    cue: NDArray[np.int64]
    place: NDArray[np.int64]


def pairs(tokens: Tokens, text: Clauses, mentions: Hits, cues: Signed) -> Pairs:
    """Pair each mention with the cues of its sentence that do not overlap it."""
    of = tokens.sentence[cues.first]
    begin = np.searchsorted(of, tokens.sentence[mentions.first])
    n = np.searchsorted(of, tokens.sentence[mentions.first], side="right") - begin
    mention = np.repeat(np.arange(len(n)), n)
    cue = np.arange(len(mention)) - np.repeat(np.cumsum(n) - n, n) + begin[mention]
    apart = (cues.last[cue] < mentions.first[mention]) | (cues.first[cue] > mentions.last[mention])
    mention, cue = mention[apart], cue[apart]
    place = place_of(
        tokens, text.number, (cues.first[cue], cues.last[cue]), (mentions.first[mention], mentions.last[mention])
    )
    return Pairs(mention, cue, place)


def keys_of(term: str, kind: int, sign: int, place: int) -> tuple[str, ...]:
    """Return the names of the strengths that add up for a cue of a sign in a place."""
    way = SIGNS[sign > 0]
    where = SIDES[int(side(np.array(place)))]
    return (
        f"{CLASSES[kind]} {way} {PLACES[place]}",
        f"{way} {PLACES[place]}",
        f"{term} {way}",
        f"{term} {way} {where}",
    )


class Strengths(NamedTuple):
    """Strength of each cue by sign (negative, positive) and place, and the thresholds of a clause's value."""

    table: NDArray[np.float64]
    lower: float
    upper: float


@lru_cache(maxsize=1)
def strengths() -> Strengths:
    """Return the strengths that ship with the package."""
    file = resources.files("framing") / "stances" / "strengths.txt.gz"
    lines = gzip.decompress(file.read_bytes()).decode("utf-8").splitlines()
    values = {key: float(value) for key, _, value in (line.rpartition("\t") for line in lines if line[:1] != "#")}
    return assemble(values)


def assemble(values: Mapping[str, float]) -> Strengths:
    """Turn named strengths into a table, shape (n_cues, 2, n_places)."""
    cues = tone_cues()
    table = np.zeros((cues.n_cues, len(SIGNS), N_PLACES))
    for number in range(cues.n_cues):
        for way, sign in enumerate((-1, 1)):
            for place in range(N_PLACES):
                named = keys_of(cues.matcher.terms[number], int(cues.kind[number]), sign, place)
                table[number, way, place] = sum(values.get(key, 0.0) for key in named)
    return Strengths(table, values.get("lower threshold", -np.inf), values.get("upper threshold", np.inf))


def widen(tokens: Tokens, text: Clauses, mentions: Hits, units: Units) -> NDArray[np.float64]:
    """Give undecided clauses the sign of their sentence's tone, in place.

    Returns
    -------
    numpy.ndarray
        The value of each clause, shape (n_clauses,); above 0 is favourable.
    """
    value = np.zeros(len(units.clause))
    if not len(mentions):
        return value
    near = np.zeros(tokens.n_sentences, bool)
    near[tokens.sentence[mentions.first]] = True
    cues = tone_cues().find(tokens, text.number, near[tokens.sentence])
    found = _nearest(tokens, text, mentions, cues, units)
    learned = strengths()
    weight = learned.table[cues.term[found.cue], (cues.sign[found.cue] > 0).astype(int), found.place]
    row = np.searchsorted(units.clause, text.number[mentions.first[found.mention]])
    value = np.bincount(row, weight, len(units.clause))
    sign = (value >= learned.upper).astype(int) - (value <= learned.lower)
    open_ = (units.polarity == 0) & (sign != 0)
    units.polarity[open_] = sign[open_]
    units.rule[open_] = TONE
    for which in np.flatnonzero(open_).tolist():  # the cue that speaks loudest for the sign names the rule
        own = np.flatnonzero(row == which)
        loudest = own[np.argmax(weight[own] * sign[which])]
        units.term[which] = cues.term[found.cue[loudest]]
        units.place[which], units.last[which] = cues.first[found.cue[loudest]], cues.last[found.cue[loudest]]
        units.negated[which] = cues.negated[found.cue[loudest]]
    return value


def _nearest(tokens: Tokens, text: Clauses, mentions: Hits, cues: Signed, units: Units) -> Pairs:
    """Keep, for each clause and cue, the pair with the nearest mention of the clause."""
    every = pairs(tokens, text, mentions, cues)
    gap = np.maximum(
        cues.first[every.cue] - mentions.last[every.mention], mentions.first[every.mention] - cues.last[every.cue]
    )
    clause = text.number[mentions.first[every.mention]]
    order = np.lexsort((gap, every.cue, clause))
    new = np.append(True, (np.diff(clause[order]) != 0) | (np.diff(every.cue[order]) != 0))[: len(order)]
    chosen = np.sort(order[new])
    return Pairs(*(part[chosen] for part in every))
