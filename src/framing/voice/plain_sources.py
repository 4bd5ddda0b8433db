"""Words that plainly name a source, who is told, or when and where, and so are no content.

How often the patterns hold, `benchmarks/voice_patterns.py` prints.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.type_table import COMMA
from framing.voice.addressees import addressees
from framing.voice.context import BREAKS, Context, Ints, covered
from framing.voice.passives import passives
from framing.voice.patterns import LONGEST_PHRASE, LONGEST_TAG, REPORTING, Marks, Tags, according_to, cues_apart
from framing.voice.viewpoints import viewpoints

_LONGEST_COMMENT = 20  # words from the beginning of a sentence to its cue
_ARTICLES = frozenset("the a an its".split())
_OPENS_NAME = frozenset("the a an one another his her their its our two three some several".split())


def plain_sources(context: Context, marks: Marks, tagged: Tags, content: NDArray[np.bool_]) -> Ints:
    """Return the words that name a source, who is told, or when and where it was said.

    Parameters
    ----------
    context, marks, tagged
        The words and their `tags`.
    content
        Whether each word is content by the model, shape (n_words,).
    """
    types, word, last = context.tokens.types, context.tokens.word, context.last
    # "according to the ministry"
    to = according_to(context.tokens)
    to = to[to < last[to]]
    to = to[marks.until(to) - to <= LONGEST_PHRASE]
    # "..., said the ministry"
    cue = marks.neutral[~context.quoted[marks.neutral]]
    opens = marks.since(cue)
    tag = cue[(opens == cue) & (cue > context.first[cue]) & (cue < last[cue])]
    tag = tag[content[tag - 1] & (types.among(_OPENS_NAME)[word[tag + 1]] | (context.capital[tag + 1] > 0))]
    end = marks.until(tag)
    tag = tag[(end - tag <= LONGEST_TAG + 1) & marks.no_clause(tag, end)]
    begin = np.append(to, tag)
    # "..., said MIDA, the trade agency that ran the meeting"
    comment = marks.until(tag)
    comment = comment[comment <= last[tag]]
    comment = comment[types.among(_ARTICLES)[word[comment]] & ((context.bits[comment] & BREAKS) == COMMA)]
    # "..., the foreign ministry said": from the pause to the cue
    named = (opens < cue) & (opens > context.first[cue]) & (cue - opens <= LONGEST_TAG)
    named &= content[opens - 1] & (types.among(_OPENS_NAME)[word[opens]] | (context.capital[opens] > 0))
    named &= marks.no_clause(opens, cue)
    # who is told something in what is told belongs to it
    hearer, behind = addressees(context.tokens)
    apart = ~content[hearer - 1]
    views, passive = viewpoints(context.tokens), passives(context.tokens)
    alone = passive.cue[(passive.agent >= 0) & _first_verb(context, marks, passive.cue)]
    said, that = cues_apart(context, marks)
    said, that = said[~content[said]], that[~content[said]]  # what is said in what is said belongs to it
    return np.concatenate([
        # "said on Monday that": in the train part of PolNeAR 7 % of such stretches are marked as attributed
        covered(said + 1, that - said - 1),
        covered(begin + 1, marks.until(begin) - begin - 1), covered(opens[named], (cue - opens)[named]),
        covered(comment, np.minimum(marks.until(comment), last[comment] + 1) - comment),
        covered(tagged.first, tagged.end - tagged.first),
        covered(hearer[apart], (behind - hearer)[apart]), apposed(context, marks, content),
        covered(views.first, views.end - views.first),
        # "The general was described by his allies": neither who is described nor who describes
        covered(context.first[alone], alone - context.first[alone]),
        covered(passive.begin, passive.end - passive.begin),
    ])  # fmt: skip


def _first_verb(context: Context, marks: Marks, cue: Ints) -> NDArray[np.bool_]:
    """Tell before which cues their sentence has no other cue, pause or quotation."""
    first = context.first[cue]
    cues = np.append(0, np.cumsum(context.kind > 0))
    return (marks.since(cue) == first) & (cues[cue] == cues[first]) & marks.no_quotation(first, cue)


def apposed(context: Context, marks: Marks, content: NDArray[np.bool_]) -> Ints:
    """Return the words that open a sentence with who speaks and a comment: "The mayor, a Green, said it rained".

    They hold no verb that shows a clause, a comma stands before the cue, and behind it content with such a verb.
    """
    c, types, word = context, context.tokens.types, context.tokens.word
    cue = marks.neutral[((c.bits[marks.neutral] & BREAKS) == COMMA) & ~c.quoted[marks.neutral]]
    cue = cue[(cue + 1 < c.last[cue]) & ~content[cue] & ~types.among(REPORTING)[word[cue]]]
    cue = cue[content[cue + 1] & ((c.bits[cue + 1] & BREAKS) == 0)]
    first, stop = c.first[cue], np.minimum(marks.until(cue), c.last[cue] + 1)
    found = (cue - first <= _LONGEST_COMMENT) & marks.no_clause(first, cue) & marks.no_quotation(first, cue)
    found &= ~marks.no_clause(cue + 1, stop)
    return covered(first[found], (cue - first)[found])
