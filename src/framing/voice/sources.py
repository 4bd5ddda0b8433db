"""Attributions: the content that belongs to each cue, and the word that heads the naming of its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.tokens import BRACKET, COLON, COMMA, DASH, QUOTE, Tokens
from framing.voice.context import CHANCE_STEPS, CUE_AT, CUE_KINDS, N_CHANCES, Context, Feature, Ints, cue_kind, score
from framing.voice.model import ATTRIBUTED_AT, SOURCE, Reading, attributed_chance, read, weights
from framing.voice.segments import Segments

SURE_CUE = 0.5
REACH = 25  # words between a cue and its source
BREAK = COMMA | COLON | DASH | BRACKET | QUOTE
CUT = frozenset(
    """of for at in from with to on by as who whose which that and or but about against into near under over after
    before during since is was are were has have had said says told released published conducted called based led
    named""".split()
)
# Words that head no name; relative pronouns may.
_NO_HEAD = (CUT - frozenset("who whose which that".split())) | frozenset(
    """the a an be been being not also never more most very would will can could may might must should do does did if
    when while because so than then there where why how still yet even just only too well no""".split()
)
_SHARES = frozenset("one some many most each several all both none few two three any".split())


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


def cue_class(norm: str) -> str:
    """Return the class of a cue (Thompson & Ye 1991; Bednarek 2006): ``neutral``, ``endorsing``, ..., or ``other``."""
    number = cue_kind(norm)
    return CUE_KINDS[number - 1] if number else "other"


def spans(found: Reading) -> tuple[Ints, Ints]:
    """Return the first and last segment of each run of attributed segments within a sentence."""
    c, s = found.context, found.segments
    quoted = c.quoted[s.first]
    chance = np.minimum.reduceat(attributed_chance(c.tokens), s.first)
    said = (chance > ATTRIBUTED_AT) | quoted
    opens = s.first == c.first[s.first]
    begins = said & (opens | ~np.append(False, said[:-1])[: len(said)])
    ends = said & np.append((opens | ~said)[1:], True)[: len(said)]
    return np.flatnonzero(begins), np.flatnonzero(ends)


def attributions(tokens: Tokens) -> list[Attribution]:
    """Find all attributions, in text order; those of a cue inside other content are among them."""
    return tokens.once(_attributions) if len(tokens.word) else []


def _attributions(tokens: Tokens) -> list[Attribution]:
    found: Reading = tokens.once(read)
    rows = with_cues(found)
    sources = choose_sources(found, rows, weights().source)
    rows = [row._replace(source=source) for row, source in zip(rows, sources, strict=True)]
    return _carry(found.context, rows)


def _carry(context: Context, rows: list[Attribution]) -> list[Attribution]:
    """Give content without a cue the cue and source that it goes on from.

    That is the attribution before it in the paragraph, or, for a quotation, the next one in the paragraph,
    or the last one of the paragraph before.
    """
    paragraph = context.tokens.paragraph
    done: list[Attribution] = []
    for number, row in enumerate(rows):
        if row.cue >= 0:
            done.append(row)
            continue
        here = int(paragraph[row.first])
        quoted = bool(context.quoted[row.first])
        before = done[-1] if done else None
        after = next((r for r in rows[number + 1 :][:6] if r.cue >= 0), None)
        origin = None
        if before is not None and paragraph[before.first] == here and row.sentence - before.sentence <= 3:
            origin = before
        elif quoted and after is not None and paragraph[after.first] == here and context.quoted[after.first]:
            origin = after
        elif quoted and before is not None and paragraph[before.first] == here - 1:
            origin = before
        if origin is not None:
            row = row._replace(cue=origin.cue, source=origin.source, carried=True)
        done.append(row)
    return done


def with_cues(found: Reading) -> list[Attribution]:
    """Match content with its cues, sources left open."""
    c, s = found.context, found.segments
    begins, ends = spans(found)
    sentence = c.tokens.sentence[s.first]
    run_of = np.searchsorted(begins, np.arange(len(s.first)), side="right") - 1
    inside = (run_of >= 0) & (np.arange(len(s.first)) <= ends[np.maximum(run_of, 0)]) if len(begins) else run_of > 0
    by_sentence: dict[int, list[int]] = {}
    for run, number in enumerate(sentence[begins].tolist()):
        by_sentence.setdefault(number, []).append(run)
    rows: list[Attribution] = []
    used: set[int] = set()

    def add(number: int, first: int, last: int, cue: int) -> None:
        rows.append(Attribution(number, int(s.first[first]), int(s.last[last]), cue, -1))

    for place in np.flatnonzero(s.cue > CUE_AT).tolist():
        number = int(sentence[place])
        runs = by_sentence.get(number, [])
        nested = bool(inside[place])
        if _goes_on(c, s, place):
            continue
        if not runs or (s.cue[place] < SURE_CUE and nested) or c.quoted[s.first[place]]:
            continue
        cue = int(s.first[place])
        if nested:
            last = int(ends[run_of[place]])
            if s.after[place] > s.before[place] and place < last:
                add(number, place + 1, last, cue)
            continue
        ahead = [r for r in runs if begins[r] > place]
        behind = [r for r in runs if ends[r] < place]
        wants_after = s.after[place] >= s.before[place]
        chosen = (ahead[:1] or behind[-1:]) if wants_after else (behind[-1:] or ahead[:1])
        if s.cue[place] < SURE_CUE and all(r in used for r in chosen):
            continue
        if not wants_after and behind and ahead and begins[ahead[0]] - place <= 3:
            chosen = [*chosen, ahead[0]]  # content on both sides of "he said"
        for r in chosen:
            used.add(r)
            add(number, int(begins[r]), int(ends[r]), cue)
    for runs in by_sentence.values():
        for r in runs:
            if r not in used:
                add(int(sentence[begins[r]]), int(begins[r]), int(ends[r]), -1)
    return sorted(set(rows))


def _goes_on(context: Context, segments: Segments, place: int) -> bool:
    """Tell whether a cue is only part of one: "have" of "have highlighted", "to" of "according to"."""
    word = int(segments.first[place])
    if word > context.first[word] and context.tokens.norm(word - 1) == "according":
        return True
    after = place + 1
    return (
        after < len(segments.first)
        and segments.cue[after] > SURE_CUE
        and segments.first[after] == word + 1 <= context.last[word]
        and not context.bits[word + 1]
        and context.tokens.norm(word) != "according"
    )


class Pairs(NamedTuple):
    """Pairs of an attribution and a word that may be its source's head."""

    row: Ints
    word: Ints


def candidate_pairs(context: Context, rows: Iterable[Attribution]) -> Pairs:
    """List the words of the sentence near each cue that are not the attribution's content."""
    owners, words = [], []
    barred = context.tokens.types.among(_NO_HEAD)[context.tokens.word]
    for number, row in enumerate(rows):
        if row.cue < 0:
            continue
        first = max(int(context.first[row.cue]), row.cue - REACH)
        last = min(int(context.last[row.cue]), row.cue + REACH)
        near = (w for w in range(first, last + 1) if w != row.cue and not row.first <= w <= row.last)
        here = [w for w in near if not barred[w]]
        words += here
        owners += [number] * len(here)
    return Pairs(np.array(owners, np.int64), np.array(words, np.int64))


def source_features(found: Reading, rows: list[Attribution], pairs: Pairs) -> list[Feature]:
    """Return the features of pairs of an attribution and a word."""
    c, s = found.context, found.segments
    n_words, n_cues = c.lexicon.n_words, len(c.lexicon.cues) + 1
    word = pairs.word
    cue = np.array([row.cue for row in rows], np.int64)[pairs.row]
    begin = np.array([row.first for row in rows], np.int64)[pairs.row]
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


def choose_sources(found: Reading, rows: list[Attribution], tables: dict[str, NDArray[np.float32]]) -> list[int]:
    """Return the most likely head of the source of each attribution, or -1."""
    chosen = [-1] * len(rows)
    pairs = candidate_pairs(found.context, rows)
    if not len(pairs.row):
        return chosen
    scores = score(source_features(found, rows, pairs), tables, 1)[:, 0]
    best: dict[int, tuple[float, int]] = {}
    for row, word, value in zip(pairs.row.tolist(), pairs.word.tolist(), scores.tolist(), strict=True):
        if row not in best or value > best[row][0]:
            best[row] = (value, word)
    for row, (value, word) in best.items():
        if value > 0:
            chosen[row] = word
    return chosen


def head_of(tokens: Tokens, words: Ints) -> int:
    """Return the head of words that name a source: the last word before a comma, preposition or relative clause."""
    place = int(words[0])
    rest = words[1:].tolist()
    if len(rest) > 1 and tokens.norm(place) in _SHARES and tokens.norm(rest[0]) == "of":
        place, rest = rest[1], rest[2:]  # "one of the advisers"
    for word in rest:
        if word != place + 1 or tokens.before[word] & BREAK or tokens.norm(word) in CUT:
            break
        place = word
    return place
