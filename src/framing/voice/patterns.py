"""Patterns in which words plainly are the content of a cue.

How often each holds, `benchmarks/voice_patterns.py` prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.type_table import COMMA
from framing.voice.addressees import DAYS, OPENERS, VERBS, addressees
from framing.voice.context import BREAKS, CUE_KINDS, Context, Ints, covered
from framing.voice.passives import passives
from framing.voice.viewpoints import viewpoints

LONGEST_PHRASE = 12
"""Words of a phrase with "according to"."""
LONGEST_TAG = 6
"""Words that name somebody in a tag."""
_LONGEST_NAME = 10
_FEWEST = 2  # words of a clause before a tag
_NEUTRAL = CUE_KINDS.index("neutral") + 1
_ACCORDING, _TO, _THAT, _ON = (frozenset({word}) for word in ("according", "to", "that", "on"))
_SAID, _SAY = frozenset("said says".split()), frozenset("said says say added reported".split())
_SAY_LAST = _SAY | frozenset("adds reports noted notes show shows showed indicate indicates indicated wrote".split())
_SAID_THAT = frozenset(
    """added adds warned warns announced stressed insisted argued argues noted claimed claims denied promised declared
    stated""".split()
)
_FINITE = frozenset(
    """said says told tells thought thinks wrote writes believes argues insists contends concludes maintains counters
    concedes acknowledges asserts denies predicts expects warns adds notes suggests explains alleges stresses""".split()
)
REPORTING = frozenset("saying adding telling reporting noting announcing stating writing describing explaining".split())
"""Participles by which a sentence goes on reporting."""
# Words that show that a clause follows, not a name.
_CLAUSE = frozenset(
    """that is are was were has have had will would can could may might must should do does did be been not it there he
    she they we i""".split()
)
_NAMES = frozenset(["may", "will"])  # verbs, but with a capital in a sentence
_NO_NAME = frozenset(
    """and but or nor yet so then when while who whom whose which that as also later not never to in on at of with from
    for by if because though although since until after before than instead having being""".split()
)
_BEHIND = frozenset("on in at during after late earlier last early before".split()) | DAYS
_ADVERBIAL = _BEHIND | frozenset("when while if as although since for with despite by but asked speaking".split())
_REPLY = frozenset("respond responds responded reply replies replied".split())
_LATEST = 9  # words from a cue to its "that"
_AS, _AS_OF, _SAYING = (frozenset(words.split()) for words in ("as", "as of", "saying"))
_NO_ANSWER = frozenset("nothing so yes no it not".split())
_OF_COMMENTS = frozenset("who which that whose whom where a an the his her their its one another".split())
_NO_SPEAKER = frozenset("who which those when while if as".split())
_NO_CLAUSE = frozenset(
    """of in at for from with to by on as about during after before when where while and or but than last this because
    how what""".split()
)


@dataclass(frozen=True)
class Marks:
    """What several patterns ask.

    Attributes
    ----------
    pauses
        Words before which there is a pause, the first one of each sentence included, and n_words.
    verbs
        Finite verbs.
    clauses, quoted
        How many words before each one are signs of a clause, and how many are quoted, shape (n_words + 1,).
    neutral
        Words that may be neutral cues.
    """

    pauses: Ints
    verbs: Ints
    clauses: Ints
    quoted: Ints
    neutral: Ints

    @classmethod
    def of(cls, context: Context) -> Marks:
        """Look over some words."""
        tokens = context.tokens
        pauses = (context.bits & BREAKS) > 0
        pauses[tokens.sentence_bounds[:-1]] = True
        quoted = np.append(np.int32(0), np.cumsum(context.quoted, dtype=np.int32))
        clauses = np.zeros(len(quoted), np.int32)
        clauses[_no_names(context, tokens.places(_CLAUSE)) + 1] = 1
        neutral = np.flatnonzero(context.kind == _NEUTRAL)
        pauses, verbs = np.append(np.flatnonzero(pauses), len(pauses)), _no_names(context, tokens.places(VERBS))
        return cls(pauses, verbs, np.cumsum(clauses, dtype=np.int32), quoted, neutral)

    def until(self, place: Ints) -> Ints:
        """Return the next word before which there is a pause."""
        return self.pauses[np.searchsorted(self.pauses, place, side="right")]

    def since(self, place: Ints) -> Ints:
        """Return the last word, this one included, before which there is a pause."""
        return self.pauses[np.searchsorted(self.pauses, place, side="right") - 1]

    def no_clause(self, begin: Ints, end: Ints) -> NDArray[np.bool_]:
        """Tell whether no word from `begin` on before `end` shows a clause."""
        return self.clauses[begin] == self.clauses[end]

    def no_quotation(self, begin: Ints, end: Ints) -> NDArray[np.bool_]:
        """Tell whether no word from `begin` on before `end` is quoted."""
        return self.quoted[begin] == self.quoted[end]


def _no_names(context: Context, verbs: Ints) -> Ints:
    """Return the verbs that are no month or first name: not "May" in "on May 5"."""
    name = context.tokens.types.among(_NAMES)[context.tokens.word[verbs]] & (context.capital[verbs] > 0)
    return verbs[~(name & (verbs > context.first[verbs]))]


def plain_content(context: Context, marks: Marks, tagged: Tags, opening: Ints) -> Ints:
    """Return what plainly is content: behind `openings`, before `tags`, and what the other functions find.

    These are `according`, `described`, `reported`, `stated_later` and `told`, and `framing.voice.viewpoints`.
    """
    stop = np.minimum(marks.until(opening), context.last[opening] + 1)
    found = [find(context, marks) for find in (according, described, reported, stated_later, told)]
    stated, before = covered(opening + 1, stop - opening - 1), covered(tagged.sentence, tagged.first - tagged.sentence)
    views = viewpoints(context.tokens)
    return np.concatenate([stated, *found, before, covered(views.begin, views.stop - views.begin)])


def openings(context: Context, marks: Marks) -> Ints:
    """Return the cues of clauses that a sentence opens by attributing: "The envoy said it rained".

    Who speaks is named in a few words without a verb, right before "said" or "says", or before a verb like "added" and
    "that"; up to the next mark. Where nothing shows at once that a clause follows, a finite verb must. In the train
    part of PolNeAR 98 % of such stretches are marked as attributed.
    """
    c, types, word = context, context.tokens.types, context.tokens.word
    cue = c.tokens.places(_SAID | _SAID_THAT)
    cue = cue[(cue + 1 < c.last[cue]) & ~c.quoted[cue]]
    first, following, said = c.first[cue], word[cue + 1], types.among(_SAID)[word[cue]]
    opens = types.among(_THAT)[following]
    opens |= said & (types.among(OPENERS)[following] | (c.capital[cue + 1] > 0))
    stop = np.minimum(marks.until(cue + 1), c.last[cue] + 1)
    clause = said & (np.searchsorted(marks.verbs, cue + 1) < np.searchsorted(marks.verbs, stop))
    clause &= ~types.among(_NO_CLAUSE | _ADVERBIAL | _NO_ANSWER)[following]
    found = (opens & (cue - first <= LONGEST_TAG)) | (clause & (cue - first <= _LONGEST_NAME))
    found &= (cue > first) & marks.no_clause(first + 1, cue)
    cue, first = cue[found], first[found]
    barred = np.zeros(len(cue), bool)
    for step in range(1, _LONGEST_NAME):
        barred |= (first + step < cue) & types.among(_NO_SPEAKER)[word[np.minimum(first + step, cue)]]
    return cue[~barred & (marks.since(cue + 1) == first) & ~c.quoted[cue + 1]]


def according_to(tokens: Tokens) -> Ints:
    """Return the words "to" of "according to"."""
    to = tokens.places(_TO)
    to = to[to > 0]
    return to[tokens.types.among(_ACCORDING)[tokens.word[to - 1]]]


def according(context: Context, marks: Marks) -> Ints:
    """Return what follows the phrase in "According to the ministry, it rained", up to the end of the sentence.

    In the train part of PolNeAR 95 % of such stretches are marked as attributed.
    """
    c, to = context, according_to(context.tokens)
    to = to[to == c.first[to] + 1]
    begin, last = marks.until(to), c.last[to]
    found = (begin - to <= LONGEST_PHRASE) & (begin <= last)
    begin, last = begin[found], last[found]
    comma = (c.bits[begin] & BREAKS) == COMMA
    return covered(begin[comma], (last + 1 - begin)[comma])


def described(context: Context, marks: Marks) -> Ints:
    """Return what is said in "was described by his allies as a patriot" and "is quoted as saying it rained".

    Up to the next mark. In the train part of PolNeAR 78 % of such stretches are marked as attributed.
    """
    passive = passives(context.tokens)
    last = context.last[passive.cue]
    begin = passive.end[(passive.agent >= 0) & (passive.end < last) & (passive.relayed == 0)]
    types, word = context.tokens.types, context.tokens.word
    begin = begin[types.among(_AS_OF)[word[begin]]]
    saying = context.tokens.places(_SAYING)
    saying = saying[(context.last[saying] > context.first[saying] + 2)]
    saying = saying[(saying > context.first[saying]) & (saying < context.last[saying])]
    begin = np.union1d(begin, saying[types.among(_AS)[word[saying - 1]]] + 1)
    begin = begin[(context.bits[begin] & BREAKS) == 0]
    return covered(begin, np.minimum(marks.until(begin), context.last[begin] + 1) - begin)


def reported(context: Context, marks: Marks) -> Ints:
    """Return the words from "that" on behind a verb of a listed class: "which the union maintains that it paid".

    Up to the next mark, and with a verb among them; or behind a comma and a participle: ", adding that it paid". In the
    train part of PolNeAR 97.5 % of such stretches are marked as attributed.
    """
    c, types, word = context, context.tokens.types, context.tokens.word
    that = c.tokens.places(_THAT)
    that = that[~c.quoted[that] & (that > c.first[that])]
    that = that[marks.since(that) < that]
    finite = types.ending_in(("ed",)) | types.among(_FINITE)
    that = that[c.kind[that - 1] > 0]
    aside = types.among(REPORTING)[word[that - 1]] & ((c.bits[that - 1] & BREAKS) == COMMA)  # ", adding that it paid"
    stop = np.minimum(marks.until(that), c.last[that] + 1)
    has = finite[word[that - 1]] & (np.searchsorted(marks.verbs, that) < np.searchsorted(marks.verbs, stop))
    return covered(that[has | aside], (stop - that)[has | aside])


def stated_later(context: Context, marks: Marks) -> Ints:
    """Return the words from "that" on in "The envoy wrote in a letter on Monday that it rained", up to the next mark.

    In the train part of PolNeAR 98 % of such stretches are marked as attributed.
    """
    _, that = cues_apart(context, marks)
    return covered(that, np.minimum(marks.until(that), context.last[that] + 1) - that)


def cues_apart(context: Context, marks: Marks) -> tuple[Ints, Ints]:
    """Return neutral cues that a time or place parts from their "that", and those words "that".

    Between them stand a few words without a verb, the first of them a preposition or a day.
    """
    c, types, word = context, context.tokens.types, context.tokens.word
    that = c.tokens.places(_THAT)
    that = that[~c.quoted[that]]
    neutral = marks.neutral[~types.among(_REPLY)[word[marks.neutral]]]
    if not len(neutral):
        return neutral, neutral
    cue = neutral[np.maximum(np.searchsorted(neutral, that) - 1, 0)]
    later = types.among(_BEHIND)[word[cue + 1 - (cue == len(word) - 1)]]
    found = later & (that - cue >= 2) & (that - cue <= _LATEST) & (marks.since(that) <= cue)
    found &= marks.no_clause(cue + 1, that) & ~c.quoted[cue]
    return cue[found], that[found]


class Tags(NamedTuple):
    """Tags: the first word of each one's sentence, its own, its cue, and the word behind it, shape (n_tags,)."""

    sentence: Ints
    first: Ints
    cue: Ints
    end: Ints


def tags(context: Context, marks: Marks) -> Tags:
    """Find tags: ", the ministry said", ", the ministry said in May", ", say analysts at the bank".

    A tag is a comma, one to `LONGEST_TAG` words that name somebody, and a verb of saying. It ends the sentence, or a
    time or place follows and before it stands a clause. What stands before is content: of such sentences without
    quotation marks in the train part of PolNeAR, 95 % are marked so.
    """
    c, types, word = context, context.tokens.types, context.tokens.word
    cue = c.tokens.places(_SAY_LAST)
    cue = cue[~c.quoted[cue]]
    opens, first, last = marks.since(cue), c.first[cue], c.last[cue]
    length = cue - opens
    found = (length >= 1) & (length <= LONGEST_TAG) & (opens - first >= _FEWEST)
    found &= ((c.bits[opens] & BREAKS) == COMMA) & ~types.among(_NO_NAME)[word[opens]]
    found &= (marks.no_clause(opens, cue) | (length == 1)) & marks.no_quotation(first, opens)
    day = types.among(DAYS)[word[last]]
    ends = cue == last - day - (day & types.among(_ON)[word[last - day]])
    stop = np.minimum(marks.until(cue), last + 1)
    following = word[np.minimum(cue + 1, last)]
    later = types.among(_SAY)[word[cue]] & (stop > cue + 1) & types.among(_BEHIND)[following]
    phrase = types.among(_ADVERBIAL)[word[first]]
    clause = ~marks.no_clause(np.minimum(first + 1, opens), opens)
    found &= (ends & (clause | ~phrase)) | (later & clause & ~phrase & marks.no_clause(cue + 1, stop))
    # ", say analysts at the bank"
    turned = types.among(_SAY)[word[cue]] & (length == 0) & (cue < last) & (cue - first >= _FEWEST)
    turned &= ((c.bits[cue] & BREAKS) == COMMA) & (stop - cue - 1 <= LONGEST_TAG) & marks.no_clause(cue + 1, stop)
    turned &= ~types.among(_BEHIND | _NO_NAME)[following] & marks.no_quotation(first, np.minimum(cue + 1, last))
    since = marks.since(np.maximum(cue - 1, 0))
    # with pauses before it, "Boats, tugs and ferries were lost, said Lim": the last stretch is no comment on a speaker
    named = types.among(_SAID)[word[cue]] & ((c.bits[np.minimum(cue + 1, last)] & BREAKS) == 0)
    named &= (c.capital[np.minimum(cue + 1, last)] > 0) & ~types.among(_OF_COMMENTS)[word[since]]
    turned &= (clause | ~phrase) & ((since == first) | (named & ~marks.no_clause(since, cue)))
    found |= turned
    return Tags(first[found], opens[found], cue[found], stop[found])


def told(context: Context, marks: Marks) -> Ints:
    """Return the words that tell, behind those who are told: a clause with a verb, up to the next mark.

    In the train part of PolNeAR 96 % of such stretches are marked as attributed.
    """
    _, end = addressees(context.tokens)
    end = end[~context.tokens.types.among(_NO_CLAUSE)[context.tokens.word[end]]]
    stop = np.minimum(marks.until(end), context.last[end] + 1)
    has = np.searchsorted(marks.verbs, end) < np.searchsorted(marks.verbs, stop)
    return covered(end[has], (stop - end)[has])
