"""Patterns in which the words beside a cue plainly name its source, or plainly are its content."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.type_table import COMMA
from framing.voice.addressees import OPENERS, addressees
from framing.voice.context import BREAKS, CUE_KINDS, Context, Ints, within

_LONGEST = 12
_LONGEST_TAG = 6
_LONGEST_COMMENT = 20  # words from the beginning of a sentence to its cue
_FEWEST = 2  # words of a clause before a tag
_NEUTRAL = CUE_KINDS.index("neutral") + 1
_ACCORDING, _TO, _THAT, _ON = (frozenset({word}) for word in ("according", "to", "that", "on"))
_SAID, _SAY = frozenset("said says".split()), frozenset("said says say added reported".split())
_SAID_THAT = frozenset(
    """added adds warned warns announced stressed insisted argued argues noted claimed claims denied promised declared
    stated""".split()
)
_ING = frozenset("saying adding telling reporting noting announcing stating writing describing explaining".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_OPENS_NAME = frozenset("the a an one another his her their its our two three some several".split())
# Words that show that a clause follows, not a name.
_CLAUSE = frozenset(
    """that is are was were has have had will would can could may might must should do does did be been not it there he
    she they we i""".split()
)
_NO_SPEAKER = frozenset("who which those when while if as".split())
_NO_CLAUSE = frozenset(
    """of in at for from with to by on as about during after before when where while and or but than last this because
    how what""".split()
)


@dataclass(frozen=True)
class Marks:
    """Where sentences pause, where words stand that show a clause, and how many words before each are quoted."""

    pauses: Ints
    clauses: Ints
    quoted: Ints

    @classmethod
    def of(cls, context: Context) -> Marks:
        """Look over some words."""
        tokens = context.tokens
        pauses = (context.bits & BREAKS) > 0
        pauses[tokens.sentence_bounds[:-1]] = True
        clause = tokens.types.among(_CLAUSE)[tokens.word]
        quoted = np.append(0, np.cumsum(context.quoted, dtype=np.int32))
        return cls(np.append(np.flatnonzero(pauses), len(pauses)), np.flatnonzero(clause), quoted)

    def until(self, place: Ints) -> Ints:
        """Return the next word before which there is a pause."""
        return self.pauses[np.searchsorted(self.pauses, place, side="right")]

    def since(self, place: Ints) -> Ints:
        """Return the last word, this one included, before which there is a pause."""
        return self.pauses[np.searchsorted(self.pauses, place, side="right") - 1]

    def no_clause(self, begin: Ints, end: Ints) -> NDArray[np.bool_]:
        """Tell whether no word from `begin` on before `end` shows a clause."""
        return np.searchsorted(self.clauses, begin) == np.searchsorted(self.clauses, end)

    def no_quotation(self, begin: Ints, end: Ints) -> NDArray[np.bool_]:
        """Tell whether no word from `begin` on before `end` is quoted."""
        return self.quoted[begin] == self.quoted[end]


def plain_content(context: Context, marks: Marks) -> Ints:
    """Return the words that plainly are content: `stated`, `tagged` and `told`."""
    return np.concatenate([find(context, marks) for find in (stated, tagged, told)])


def stated(context: Context, marks: Marks) -> Ints:
    """Return the words of a clause that a sentence opens by attributing: "The envoy said it rained".

    Who speaks is named in a few words without a verb, right before "said" or "says", or before a verb like "added" and
    "that"; up to the next mark. In the train part of PolNeAR 98 % of such stretches are marked as attributed.
    """
    c, types, word = context, context.tokens.types, context.tokens.word
    said = types.among(_SAID)[word]
    cue = np.flatnonzero(said | types.among(_SAID_THAT)[word])
    cue = cue[(cue + 1 < c.last[cue]) & ~c.quoted[cue]]
    first, following = c.first[cue], word[cue + 1]
    opens = types.among(_THAT)[following]
    opens |= said[cue] & (types.among(OPENERS)[following] | (c.capital[cue + 1] > 0))
    found = opens & (cue > first) & (cue - first <= _LONGEST_TAG) & marks.no_clause(first + 1, cue)
    cue, first = cue[found], first[found]
    barred = np.zeros(len(cue), bool)
    for step in range(1, _LONGEST_TAG):
        barred |= (first + step < cue) & types.among(_NO_SPEAKER)[word[np.minimum(first + step, cue)]]
    cue = cue[~barred & (marks.since(cue + 1) == first) & ~c.quoted[cue + 1]]
    return within(cue + 1, np.minimum(marks.until(cue), c.last[cue] + 1) - cue - 1)


def tagged(context: Context, marks: Marks) -> Ints:
    """Return the words before a tag that ends their sentence: "Exports rose, the ministry said on Monday".

    A tag is a comma, one to `_LONGEST_TAG` words that name somebody, and a form of "say", "add" or "report"; a day may
    follow. Of such sentences without quotation marks in the train part of PolNeAR, 93 % are marked as attributed.
    """
    c, types, word = context, context.tokens.types, context.tokens.word
    last = context.tokens.sentence_bounds[1:] - 1
    day = types.among(_DAYS)[word[last]]
    last = last - day
    cue = last - (day & types.among(_ON)[word[last]])
    cue = cue[types.among(_SAY)[word[cue]] & ~c.quoted[cue]]
    opens, first = marks.since(cue), c.first[cue]
    length = cue - opens
    named = (types.among(_OPENS_NAME)[word[opens]] | (c.capital[opens] > 0)) & marks.no_clause(opens, cue)
    found = (length >= 1) & (length <= _LONGEST_TAG) & (opens - first >= _FEWEST)
    found &= ((c.bits[opens] & BREAKS) == COMMA) & (named | (length == 1)) & marks.no_quotation(first, opens)
    return within(first[found], (opens - first)[found])


def told(context: Context, marks: Marks) -> Ints:
    """Return the words that tell, behind those who are told: a clause with a verb, up to the next mark.

    In the train part of PolNeAR 95 % of such stretches are marked as attributed.
    """
    _, end = addressees(context.tokens)
    end = end[~context.tokens.types.among(_NO_CLAUSE)[context.tokens.word[end]]]
    stop = np.minimum(marks.until(end), context.last[end] + 1)
    has = (stop > end + 1) & ~marks.no_clause(end + 1, stop)
    return within(end[has], (stop - end)[has])


def plain_sources(context: Context, marks: Marks, content: NDArray[np.bool_]) -> Ints:
    """Return the words that name a source, or who is told.

    Parameters
    ----------
    context, marks
        The words.
    content
        Whether each word is content by the model, shape (n_words,).
    """
    types, word, last = context.tokens.types, context.tokens.word, context.last
    # "according to the ministry"
    to = np.flatnonzero(types.among(_TO)[word])
    to = to[(to > 0) & types.among(_ACCORDING)[word[to - 1]] & (to < last[to])]
    to = to[marks.until(to) - to <= _LONGEST]
    # "..., said the ministry"
    cue = np.flatnonzero((context.kind == _NEUTRAL) & ~context.quoted)
    opens = marks.since(cue)
    tag = cue[(opens == cue) & (cue > context.first[cue]) & (cue < last[cue])]
    tag = tag[content[tag - 1] & (types.among(_OPENS_NAME)[word[tag + 1]] | (context.capital[tag + 1] > 0))]
    end = marks.until(tag)
    tag = tag[(end - tag <= _LONGEST_TAG + 1) & marks.no_clause(tag, end)]
    begin = np.append(to, tag)
    # "..., the foreign ministry said": from the pause to the cue
    named = (opens < cue) & (opens > context.first[cue]) & (cue - opens <= _LONGEST_TAG)
    named &= content[opens - 1] & (types.among(_OPENS_NAME)[word[opens]] | (context.capital[opens] > 0))
    named &= marks.no_clause(opens, cue)
    # who is told something in what is told belongs to it
    hearer, behind = addressees(context.tokens)
    apart = ~content[hearer - 1]
    return np.concatenate([
        within(begin + 1, marks.until(begin) - begin - 1), within(opens[named], (cue - opens)[named]),
        within(hearer[apart], (behind - hearer)[apart]), apposed(context, marks, content),
    ])  # fmt: skip


def apposed(context: Context, marks: Marks, content: NDArray[np.bool_]) -> Ints:
    """Return the words that open a sentence with who speaks and a comment: "The mayor, a Green, said it rained".

    They hold no verb that shows a clause, a comma stands before the cue, and behind it content with such a verb.
    """
    c, types, word = context, context.tokens.types, context.tokens.word
    cue = np.flatnonzero((c.kind == _NEUTRAL) & ((c.bits & BREAKS) == COMMA) & ~c.quoted)
    cue = cue[(cue + 1 < c.last[cue]) & ~content[cue] & ~types.among(_ING)[word[cue]]]
    cue = cue[content[cue + 1] & ((c.bits[cue + 1] & BREAKS) == 0)]
    first, stop = c.first[cue], np.minimum(marks.until(cue), c.last[cue] + 1)
    found = (cue - first <= _LONGEST_COMMENT) & marks.no_clause(first, cue) & marks.no_quotation(first, cue)
    found &= ~marks.no_clause(cue + 1, stop)
    return within(first[found], (cue - first)[found])
