"""Content: the attributed stretches of a sentence, each matched with the cue it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.voice.addressees import addressees
from framing.voice.context import CUE_AT, Context, Ints, within
from framing.voice.model import ATTRIBUTED_AT, Reading, attributed_chance
from framing.voice.passives import passives, quotings
from framing.voice.segments import Segments

SURE_CUE = 0.5
_LONG = 200  # words of content
_BOTH_SIDES = 3  # segments between content and more of it after the cue: “Rain,” he said, “is due.”
_ACCORDING = frozenset(["according"])
_ASK, _NOT, _TO = frozenset(["asked", "asks", "asking"]), frozenset(["not"]), frozenset(["to"])
_REMAIN = frozenset(["remain", "stay"])
_GIVES = frozenset("as of for to that".split())
_AS_SAYING = frozenset("saying telling calling describing".split())
_AUXILIARIES = frozenset("has have had is was were are did does not been be also already again always never".split())
_PARTICLES = frozenset("on out off about against up back to all".split())


class Attribution(NamedTuple):
    """One attribution, in positions of words.

    Attributes
    ----------
    sentence
        Number of the sentence over all articles.
    first, last
        First and last word (inside) of the content.
    cue
        The cue word, or -1 where there is none.
    source
        The head word of the words that name the source, or -1 where none is named.
    carried
        Whether cue and source stand in another sentence, from which the content goes on.
    """

    sentence: int
    first: int
    last: int
    cue: int
    source: int
    carried: bool = False


@dataclass(frozen=True)
class Attributions:
    """Attributions in text order, each a column of the fields of `Attribution`, shape (n_attributions,)."""

    sentence: Ints
    first: Ints
    last: Ints
    cue: Ints
    source: Ints
    carried: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Iterable[Attribution]) -> Attributions:
        """Make columns of rows."""
        columns = np.array([tuple(row) for row in rows], np.int64).reshape(-1, 6).T
        return cls(*columns[:5], columns[5].astype(bool))

    def __len__(self) -> int:
        return len(self.sentence)

    def __iter__(self) -> Iterator[Attribution]:
        columns = (self.sentence, self.first, self.last, self.cue, self.source, self.carried)
        return map(Attribution._make, zip(*(c.tolist() for c in columns), strict=True))

    def __getitem__(self, key: slice) -> Attributions:
        return Attributions(
            self.sentence[key], self.first[key], self.last[key], self.cue[key], self.source[key], self.carried[key]
        )

    def with_sources(self, source: Ints) -> Attributions:
        """Return the same attributions with other sources."""
        return replace(self, source=source)


def innermost(rows: Attributions, n_words: int) -> Ints:
    """Return the attribution that owns each word, the shortest that holds it; -1 where none does."""
    owner = np.full(n_words, -1)
    order = np.argsort(rows.first - rows.last, kind="stable")  # the longest first: what is set later wins
    length = (rows.last - rows.first + 1)[order]
    n_long = int(np.searchsorted(-length, -_LONG))
    for row in order[:n_long].tolist():  # a text without full stops has many, and all their words at once no room
        owner[rows.first[row] : rows.last[row] + 1] = row
    order, length = order[n_long:], length[n_long:]
    owner[within(rows.first[order], length)] = np.repeat(order, length)
    return owner


class Runs(NamedTuple):
    """Runs of attributed segments: the first and last segment of each, and its sentence, in text order."""

    begin: Ints
    end: Ints
    sentence: Ints


def runs(found: Reading) -> Runs:
    """Return the runs of attributed segments within a sentence."""
    c, s = found.context, found.segments
    chance = np.minimum.reduceat(attributed_chance(c.tokens), s.first)
    said = (chance > ATTRIBUTED_AT) | c.quoted[s.first]
    opens = s.first == c.first[s.first]
    begins = said & (opens | ~np.append(False, said[:-1])[: len(said)])
    ends = said & np.append((opens | ~said)[1:], True)[: len(said)]
    begin = np.flatnonzero(begins)
    return Runs(begin, np.flatnonzero(ends), c.tokens.sentence[s.first[begin]])


def with_cues(found: Reading) -> Attributions:
    """Match content with its cues, sources left open.

    A cue inside content takes what follows it there. Any other takes the run on the side where it mostly
    has its content, or the other where there is none; an unlikely cue only what no cue before it took.
    """
    s, own = found.segments, runs(found)
    place = _places(found, own)
    before = np.searchsorted(own.begin, place, side="right") - 1
    nested = (before >= 0) & (place <= own.end[np.maximum(before, 0)]) if len(own.begin) else before > 0
    inner = place[nested & (s.cue[place] >= SURE_CUE)]
    inner_end = own.end[np.searchsorted(own.begin, inner, side="right") - 1]
    keep = (s.after[inner] > s.before[inner]) & (inner < inner_end)
    keep &= _behind_who_is_told(found, inner) <= inner_end
    cue, run = _claims(s, own, place[~nested], _sentence_of(found, place[~nested]))
    free = np.ones(len(own.begin), bool)
    free[run] = False
    loose = np.flatnonzero(free)
    first = np.concatenate([_behind_who_is_told(found, inner[keep]), own.begin[run], own.begin[loose]])
    last = np.concatenate([inner_end[keep], own.end[run], own.end[loose]])
    word = _verbs(found.context, np.append(s.first[inner[keep]], s.first[cue]))
    word = np.concatenate([word, np.full(len(loose), -1)])
    doubled = (word < 0) & np.isin(first, first[word >= 0])  # another cue has that content
    first, last, word = first[~doubled], last[~doubled], word[~doubled]
    return _sorted(_sentence_of(found, first), s.first[first], s.last[last], word)


def _behind_who_is_told(found: Reading, cue: Ints) -> Ints:
    """Return the segment behind each cue, and behind those who are told: "told Reza | that it rained"."""
    s, (begin, end) = found.segments, addressees(found.context.tokens)
    if not len(begin):
        return cue + 1
    place = np.minimum(np.searchsorted(begin, s.first[cue] + 1), len(begin) - 1)
    told = begin[place] == s.first[cue] + 1
    return np.where(told, np.searchsorted(s.first, end[place]), cue + 1)  # a segment begins there


def _verbs(context: Context, cue: Ints) -> Ints:
    """Return cues with the verb instead of a function word: "wrote" of "wrote on", "urged" of "has urged"; else -1."""
    c, word, types = context, context.tokens.word, context.tokens.types
    behind, before = np.minimum(cue + 1, c.last[cue]), np.maximum(cue - 1, c.first[cue])
    particle, auxiliary = types.among(_PARTICLES)[word[cue]], types.among(_AUXILIARIES)[word[cue]]
    function = types.among(_PARTICLES | _AUXILIARIES)

    def known(place: Ints) -> NDArray[np.bool_]:
        return ((c.kind[place] > 0) | (c.cue[place] > 0)) & ~function[word[place]]

    verb = np.where(particle & known(before), before, np.where(auxiliary & known(behind), behind, -1))
    return np.where(particle | auxiliary, verb, cue)


def _sentence_of(found: Reading, segment: Ints) -> Ints:
    return found.context.tokens.sentence[found.segments.first[segment]]


def _places(found: Reading, own: Runs) -> Ints:
    """Return the segments that are cues of something: outside quotations, in a sentence with content."""
    c, s = found.context, found.segments
    place = np.flatnonzero(s.cue > CUE_AT)
    place = place[~c.quoted[s.first[place]] & np.isin(_sentence_of(found, place), own.sentence)]
    place = place[~(_asks_for_anonymity(c, s.first[place]) | _relays(c, s.first[place]))]
    return place[~_goes_on(c, s, place)]


def _asks_for_anonymity(context: Context, word: Ints) -> NDArray[np.bool_]:
    """Tell which cues only say how a source is named: "who asked not to be named", "who asked to remain anonymous"."""
    c, types, last = context, context.tokens.types, len(context.tokens.word) - 1
    next_, second = (c.tokens.word[np.minimum(word + step, last)] for step in (1, 2))
    to = types.among(_TO)[next_] & types.among(_REMAIN)[second]
    return types.among(_ASK)[c.tokens.word[word]] & (to | types.among(_NOT)[next_])


def _relays(context: Context, word: Ints) -> NDArray[np.bool_]:
    """Tell which cues leave the speech to the next: "quoted" of "was quoted as saying" and "quoted X as saying"."""
    tokens, last = context.tokens, len(context.tokens.word) - 1
    passive = passives(tokens)
    saying = tokens.types.among(_AS_SAYING)
    relays = (passive.relayed > 0) & saying[tokens.word[np.minimum(passive.end + 1, last)]]
    # "a memo, seen by the Guardian, warned" gives nothing that the Guardian says
    relays |= (passive.agent >= 0) & ~tokens.types.among(_GIVES)[tokens.word[np.minimum(passive.end, last)]]
    relays = passive.cue[relays]
    return np.isin(word, np.append(relays, quotings(tokens).quote))


def _goes_on(context: Context, segments: Segments, place: Ints) -> NDArray[np.bool_]:
    """Tell which cues are only part of one: "have" of "have highlighted", "to" of "according to"."""
    c, word = context, segments.first[place]
    according = c.tokens.types.among(_ACCORDING)
    inside = (word > c.first[word]) & according[c.tokens.word[word - 1]]
    following = np.minimum(place + 1, len(segments.first) - 1)
    after = np.minimum(word + 1, len(c.code) - 1)
    joined = (segments.cue[following] > SURE_CUE) & (segments.first[following] == word + 1) & (word < c.last[word])
    return inside | (joined & (c.bits[after] == 0) & ~according[c.tokens.word[word]])


def _claims(s: Segments, own: Runs, place: Ints, sentence: Ints) -> tuple[Ints, Ints]:
    """Return pairs of a cue's segment and the run it takes."""
    low, high = np.searchsorted(own.sentence, sentence), np.searchsorted(own.sentence, sentence, side="right")
    ahead = np.searchsorted(own.begin, place)  # of the runs of the sentence, the first after the cue
    has_ahead, has_behind = ahead < high, ahead > low
    wants_after = s.after[place] >= s.before[place]
    first = np.where(np.where(wants_after, has_ahead, ~has_behind), ahead, ahead - 1)
    next_begin = own.begin[np.minimum(ahead, len(own.begin) - 1)] if len(own.begin) else place
    both = ~wants_after & has_behind & has_ahead & (next_begin - place <= _BOTH_SIDES)
    both &= np.append(place[1:], len(s.first)) > next_begin  # what another cue brings is not this one's
    sure, order = s.cue[place] >= SURE_CUE, np.arange(len(place))
    claimed = np.full(len(own.begin) + 1, len(place))  # the first to ask for a run gets it, however unlikely it is
    np.minimum.at(claimed, first, order)
    np.minimum.at(claimed, ahead[both & sure], order[both & sure])
    kept = sure | (claimed[first] == order)
    more = kept & both
    return np.concatenate([place[kept], place[more]]), np.concatenate([first[kept], ahead[more]])


def _sorted(sentence: Ints, first: Ints, last: Ints, cue: Ints) -> Attributions:
    order = np.lexsort((cue, last, first, sentence))
    sentence, first, last, cue = sentence[order], first[order], last[order], cue[order]
    n = len(order)
    return Attributions(sentence, first, last, cue, np.full(n, -1), np.zeros(n, bool))
