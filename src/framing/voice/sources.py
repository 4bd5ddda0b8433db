"""Attributions: content with its cue, and the word that heads the naming of its source."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.kernels import kernels
from framing.names import begins_with_capital, small_letters
from framing.tokens import Tokens
from framing.voice.content import Attribution, Attributions, with_cues
from framing.voice.context import (
    CHANCE_STEPS,
    CUE_KINDS,
    N_CHANCES,
    Context,
    Feature,
    Ints,
    Lexicon,
    cue_kind,
    score,
    specimen,
    within,
)
from framing.voice.heads import BREAK, CUT
from framing.voice.holder_words import ORGANISATIONS, ROLES
from framing.voice.model import SOURCE, STATES, Reading, read, weights
from framing.voice.plain_heads import settled
from framing.voice.segments import segment
from framing.voice.viewpoints import viewpoints
from framing.wordlists import state_of_name

_AHEAD = 6  # attributions between a quotation and the cue after it
_TERM = 4  # words
REACH = 25  # words between a cue and its source
# Words that head no name; relative pronouns may.
_NO_HEAD = (CUT - frozenset("who whose which that".split())) | frozenset(
    """the a an be been being not also never more most very would will can could may might must should do does did if
    when while because so than then there where why how still yet even just only too well no
    further again already often sometimes soon later earlier today yesterday tomorrow monday tuesday wednesday thursday
    friday saturday sunday january february march april june july september october november december
    spoke spoken remain anonymous familiar aware briefed close seen obtained half much both although though whereas
    since unless each first second same such cannot""".split()
)
_TOLD = frozenset("told tells tell telling".split())
_SAID = frozenset("said says say told tells added announced".split())
_WHERE = frozenset("in at from".split())
_NAMES_IN_ING = frozenset(
    ORGANISATIONS | ROLES | state_of_name().keys() | {"jinping", "sterling", "everything", "nothing"}
)
_NOUNS_IN_LY = frozenset("family ally assembly supply reply bully monopoly anomaly butterfly homily lily".split())


def cue_class(norm: str) -> str:
    """Return the class of a cue (Thompson & Ye 1991; Bednarek 2006): ``neutral``, ``endorsing``, ..., or ``other``."""
    number = cue_kind(norm)
    return CUE_KINDS[number - 1] if number else "other"


def attributions(tokens: Tokens) -> Attributions:
    """Find all attributions, in text order; those of a cue inside other content are among them."""
    return tokens.once(_attributions) if len(tokens.word) else Attributions.of([])


def _attributions(tokens: Tokens) -> Attributions:
    found: Reading = tokens.once(read)
    rows = with_cues(found)
    barred = _no_heads(tokens)
    source = settled(found.context, rows, choose_sources(found, rows, weights().source, barred), barred)
    return _carry(found.context, _with_viewpoints(tokens, rows.with_sources(source)))


def _with_viewpoints(tokens: Tokens, rows: Attributions) -> Attributions:
    """Give content that is somebody's view its cue and source: "In the minister's view, ..."."""
    views = viewpoints(tokens)
    if not len(views.cue):
        return rows
    own = np.maximum(np.searchsorted(views.begin, rows.first, side="right") - 1, 0)
    given = (rows.cue < 0) & (views.begin[own] <= rows.first) & (rows.last < views.stop[own])
    return replace(
        rows, cue=np.where(given, views.cue[own], rows.cue), source=np.where(given, views.source[own], rows.source)
    )


def _carry(context: Context, rows: Attributions) -> Attributions:
    """Give content without a cue the cue and source that it goes on from.

    That is the attribution before it in the paragraph, or, for a quotation, the next one in the paragraph, the one
    where it closes when it runs on into the next paragraphs, or the last one of the paragraph before.
    """
    paragraph, quoted = context.tokens.paragraph[rows.first], context.quoted[rows.first]
    cue, source, carried = rows.cue.copy(), rows.source.copy(), rows.carried.copy()
    named = np.flatnonzero(rows.cue >= 0)
    # a few quoted words in capitals in a sentence of the author's are a name: 'Her film "The Long Dry" opened'
    part = (rows.first > context.first[rows.first]) | (rows.last < context.last[rows.last])
    capital = (context.capital[rows.first] > 0) & (context.capital[rows.last] > 0)
    named_only = quoted & part & capital & (rows.last - rows.first < _TERM)
    none = np.flatnonzero(rows.cue < 0)
    following = np.append(named, -1)[np.searchsorted(named, none)]  # the next row that has a cue
    following = np.where(following - none <= _AHEAD, following, -1)
    for row, after in zip(none.tolist(), following.tolist(), strict=True):
        before = row - 1  # in text order: content may go on from content that went on
        while before >= 0 and rows.cue[before] < 0 and named_only[before]:
            before -= 1
        origin = -1
        if before >= 0 and paragraph[before] == paragraph[row] and rows.sentence[row] - rows.sentence[before] <= 3:
            origin = before
        elif quoted[row] and after >= 0 and paragraph[after] == paragraph[row] and quoted[after]:
            origin = after
        elif quoted[row] and (closing := _where_it_closes(context, rows, paragraph, row)) >= 0:
            origin = closing
        elif quoted[row] and before >= 0 and paragraph[before] == paragraph[row] - 1:
            origin = before
        if origin >= 0 and not (named_only[row] and rows.sentence[origin] != rows.sentence[row]):
            cue[row], source[row], carried[row] = cue[origin], source[origin], True
    return replace(rows, cue=cue, source=source, carried=carried)


def _where_it_closes(context: Context, rows: Attributions, paragraph: Ints, row: int) -> int:
    """Return the row with a cue into which an unclosed quotation runs on, paragraph by paragraph, or -1."""
    tokens = context.tokens
    while row + 1 < len(rows) and paragraph[row + 1] == paragraph[row] + 1:
        last, first = int(rows.last[row]), int(rows.first[row + 1])
        if first != last + 1 or tokens.article[first] != tokens.article[last]:
            return -1
        gap = tokens.articles[int(tokens.article[last])].text[tokens.end[last] : tokens.start[first]]
        if "”" in gap or sum(map(gap.count, ('"', "“"))) != 1:  # closed; or not opened again
            return -1
        row += 1
        if rows.cue[row] >= 0:
            return row
    return -1


def _no_heads(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which words head no name: `_NO_HEAD`, and adverbs in -ly."""
    types, strings = tokens.types, tokens.types.strings
    adverb = types.ending_in(("ly",)) & small_letters(types) & ~types.among(_NOUNS_IN_LY)
    figure = types.column("figures", lambda new: np.array([s[:1].isdigit() for s in strings[new.start :]], bool))
    barred = (types.among(_NO_HEAD) | adverb | figure)[tokens.word]
    barred[_participles_at_the_front(tokens)] = True
    barred[_told_or_where(tokens)] = True
    return barred


def _participles_at_the_front(tokens: Tokens) -> Ints:
    """Return the words in -ing that open a sentence and are no name: "Declaring an emergency, the state said"."""
    first, types = tokens.sentence_bounds[:-1], tokens.types
    own = tokens.word[first]
    return first[types.ending_in(("ing",))[own] & ~types.among(_NAMES_IN_ING)[own]]


def _told_or_where(tokens: Tokens) -> Ints:
    """Return the words that name whom something was told, or where: "told Reuters", "said in Brussels"."""
    word, capital = tokens.word, begins_with_capital(tokens.types)
    told, said = tokens.places(_TOLD) + 1, tokens.places(_SAID) + 2
    said = said[said < len(word)]
    name = np.concatenate([told, said[tokens.types.among(_WHERE)[word[said - 1]]]])
    named = []
    for _ in range(3):  # names of several words
        name = name[name < len(word)]
        name = name[capital[word[name]] & (tokens.sentence[name] == tokens.sentence[name - 1])]
        named.append(name)
        name = name + 1
    return np.concatenate(named)


class Pairs(NamedTuple):
    """Pairs of an attribution and a word that may be its source's head."""

    row: Ints
    word: Ints


def candidate_pairs(context: Context, rows: Attributions) -> Pairs:
    """List the words of the sentence near each cue that are not the attribution's content."""
    row = np.flatnonzero(rows.cue >= 0)
    cue = rows.cue[row]
    first, last = np.maximum(context.first[cue], cue - REACH), np.minimum(context.last[cue], cue + REACH)
    length = last - first + 1
    row, word = np.repeat(row, length), within(first, length)
    barred = _no_heads(context.tokens)
    content = (word >= rows.first[row]) & (word <= rows.last[row])
    keep = ~barred[word] & ~content & (word != rows.cue[row])
    return Pairs(row[keep], word[keep])


def source_features(found: Reading, rows: Attributions, pairs: Pairs) -> list[Feature]:
    """Return the features of pairs of an attribution and a word."""
    c, s = found.context, found.segments
    n_words, n_cues = c.lexicon.n_words, len(c.lexicon.cues) + 1
    word = pairs.word
    cue, begin = rows.cue[pairs.row], rows.first[pairs.row]
    first, last = c.first[word], c.last[word]
    right = (word > cue).astype(np.int64)
    ahead = (begin > cue).astype(np.int64)
    side = right * 2 + ahead
    gap = np.minimum(np.abs(word - cue), REACH)
    low, high = np.minimum(word, cue), np.maximum(word, cue)
    breaks = np.cumsum((c.bits & BREAK) > 0)
    n_breaks = np.minimum(3, breaks[high] - breaks[low])
    cutting = np.append(0, np.cumsum(c.tokens.types.among(CUT)[c.tokens.word]))
    n_cuts = np.minimum(3, cutting[high] - cutting[low + 1])
    bits = np.append(c.bits, 0)
    brk = (bits & BREAK) > 0
    own = np.searchsorted(s.first, word, side="right") - 1
    source = np.searchsorted(CHANCE_STEPS, found.chances[own, SOURCE])
    capital = c.capital.astype(np.int64)
    next_capital = c.at(capital, word, 1, first, last, 2)
    before = c.at(c.code, word, -1, first, last)
    after = c.at(c.code, word, 1, first, last)
    ends = (brk[word + 1] | (word == last)).astype(np.int64)
    starts = (brk[word] | (word == first)).astype(np.int64)
    return [
        Feature("word", c.code[word], n_words),
        Feature("word_side", c.code[word] * 4 + side, n_words * 4),
        Feature("before", before, n_words),
        Feature("after", after, n_words),
        Feature("gap", gap * 4 + side, (REACH + 1) * 4),
        Feature("gap_breaks", (gap * 4 + side) * 4 + n_breaks, (REACH + 1) * 16),
        Feature("gap_cuts", (gap * 4 + side) * 4 + n_cuts, (REACH + 1) * 16),
        Feature("breaks_cuts", (n_breaks * 4 + n_cuts) * 4 + side, 64),
        Feature("cue_side", c.cue[cue] * 4 + side, n_cues * 4),
        Feature("cue_before", c.at(c.code, cue, -1, c.first[cue], c.last[cue]) * 2 + right, n_words * 2),
        Feature("cue_after", c.at(c.code, cue, 1, c.first[cue], c.last[cue]) * 2 + right, n_words * 2),
        Feature("cue_marks", (brk[cue] * 2 + brk[cue + 1]) * 4 + side, 16),
        Feature("capitals", (capital[word] * 3 + next_capital) * 4 + ends * 2 + starts, 24),
        Feature("capitals_gap", ((capital[word] * 3 + next_capital) * 4 + side) * 8 + np.minimum(gap, 7), 192),
        Feature("capital_breaks", ((capital[word] * 3 + next_capital) * 4 + side) * 4 + n_breaks, 96),
        Feature("source", source * 4 + side, N_CHANCES * 4),
        Feature("source_breaks", (source * 4 + side) * 4 + n_breaks, N_CHANCES * 16),
        Feature("own_cue", np.searchsorted(CHANCE_STEPS, found.segments.cue[own]) * 4 + side, N_CHANCES * 4),
        Feature("cut_before", _cut_before(c, word, s.first[own]) * 2 + right, n_words * 2),
        Feature("from_start", np.minimum(word - s.first[own], 7) * 8 + np.minimum(s.last[own] - word, 7), 64),
    ]


def _cut_before(context: Context, words: Ints, begin: Ints) -> Ints:
    """Return the code of the last preposition or verb before each word, within its segment."""
    row = np.arange(len(context.code))
    near = np.maximum.accumulate(np.where(context.tokens.types.among(CUT)[context.tokens.word], row, -1))
    near = np.append(-1, near[:-1])[words]
    return np.where(near >= begin, context.code[near], 0)


def choose_sources(
    found: Reading, rows: Attributions, tables: dict[str, NDArray[np.float32]], barred: NDArray[np.bool_]
) -> Ints:
    """Return the most likely head of the source of each attribution, or -1."""
    chosen = np.full(len(rows), -1, np.int64)
    if kernels and len(rows):
        c, s = found.context, found.segments
        columns = (s.first, s.last, s.cue, found.chances[:, SOURCE])
        cut = c.tokens.types.among(CUT)[c.tokens.word]
        given = tuple(tables.get(name, np.zeros(0, np.float32)) for name in _names(c.lexicon))
        kernels.sources(
            *c.arrays, *map(np.ascontiguousarray, columns), *(x.astype(np.int64) for x in (rows.first, rows.last)),
            rows.cue.astype(np.int64), barred, cut, chosen, c.codes, given, REACH, BREAK,
        )  # fmt: skip
        return chosen
    pairs = candidate_pairs(found.context, rows)
    if not len(pairs.row):
        return chosen
    scores = score(source_features(found, rows, pairs), tables, 1)[:, 0]
    begins = np.flatnonzero(np.append(True, pairs.row[1:] != pairs.row[:-1]))
    best = np.repeat(np.maximum.reduceat(scores, begins), np.diff(np.append(begins, len(scores))))
    at = np.flatnonzero((scores == best) & (scores > 0))[::-1]  # of equals the first word wins, set last
    chosen[pairs.row[at]] = pairs.word[at]
    return chosen


@lru_cache(maxsize=4)
def _names(lexicon: Lexicon) -> list[str]:
    """Return the names of the features, in their order."""
    context = specimen(lexicon)
    segments = segment(context, np.full((len(context.candidates), 4), 0.25))
    found = Reading(context, segments, np.zeros((len(segments.first), len(STATES)), np.float32))
    rows = Attributions.of([Attribution(0, 0, 1, 3, -1)])
    return [feature.name for feature in source_features(found, rows, candidate_pairs(context, rows))]
