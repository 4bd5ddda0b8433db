"""Segments, the stretches that the voice model decides on, and their features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.tokens import QUOTE
from framing.voice.context import (
    BITS,
    BREAKS,
    CUE_AT,
    N_CHANCES,
    N_DISTANCES,
    NOWHERE,
    PAUSES,
    Context,
    Feature,
    Ints,
    chance_code,
    distance_code,
)

_OPENERS = frozenset("that who which while because but as when after if whether".split())
_GROUPS = {
    "first_person": frozenset("i we my our me us".split()),
    "modal": frozenset("would will could should can may must might".split()),
    "negation": frozenset("not no never".split()),
}
_N_DENSITIES = 9


@dataclass(frozen=True)
class Segments:
    """Stretches of a sentence without punctuation inside; a likely cue is one of its own.

    Attributes
    ----------
    first, last
        First and last word (inside), shape (n_segments,).
    before, after, cue
        The chance that its cue has its content before it, after it, and that it is a cue at all.
    """

    first: Ints
    last: Ints
    before: NDArray[np.floating]
    after: NDArray[np.floating]
    cue: NDArray[np.floating]


def segment(context: Context, chances: NDArray[np.floating]) -> Segments:
    """Part sentences into segments.

    Parameters
    ----------
    context
        The words.
    chances
        For each candidate: no cue, content after it, before it, on both sides or elsewhere; shape
        (n_candidates, 4).
    """
    c = context
    is_cue = 1 - chances[:, 0]
    likely = c.candidates[is_cue > CUE_AT]
    breaks = (c.bits & BREAKS) > 0
    breaks[c.tokens.sentence_bounds[:-1]] = True
    breaks |= c.tokens.types.among(_OPENERS)[c.tokens.word]
    breaks[likely] = True
    breaks[np.minimum(likely + 1, len(breaks) - 1)] = True
    breaks[1:] |= c.quoted[1:] != c.quoted[:-1]
    first = np.flatnonzero(breaks).astype(np.int32)
    last = np.append(first[1:], len(breaks)).astype(np.int32) - 1
    most = np.zeros((len(first), 3), np.float32)
    own = np.cumsum(breaks)[c.candidates] - 1  # ascends, as candidates do
    heads = np.flatnonzero(np.append(True, own[1:] != own[:-1])[: len(own)])
    if len(heads):
        before, after = chances[:, 2] + 0.5 * chances[:, 3], chances[:, 1] + 0.5 * chances[:, 3]
        each = np.stack([before, after, is_cue], axis=1).astype(np.float32)
        most[own[heads]] = np.maximum.reduceat(each, heads, axis=0)
    return Segments(first, last, most[:, 0], most[:, 1], most[:, 2])


def segment_features(context: Context, segments: Segments) -> list[Feature]:
    """Return the features of the segments."""
    c, s = context, segments
    tokens = c.tokens
    n_words, n_cues = c.lexicon.n_words, len(c.lexicon.cues) + 1
    here, end = s.first, s.last
    n = len(here)
    first, last = c.first[here], c.last[here]
    sentence = tokens.sentence[here]
    heads = np.flatnonzero(here == first).astype(np.int32)
    opening = np.repeat(heads, np.diff(np.append(heads, n)))  # the first segment of the sentence of each
    closing = np.repeat(np.append(heads[1:], n) - 1, np.diff(np.append(heads, n)))
    row = np.arange(n, dtype=np.int32)
    quoted = c.quoted.astype(np.int32)
    n_quoted = np.append(0, np.cumsum(quoted, dtype=np.int32)).astype(np.int32)
    bounds = tokens.sentence_bounds
    lengths, in_quotes = np.diff(bounds), n_quoted[bounds[1:]] - n_quoted[bounds[:-1]]
    quotes = np.where(in_quotes == 0, 0, np.where(in_quotes == lengths, 2, 1))
    own_quotes = quoted[here] + 2 * quotes[sentence]
    length = end - here + 1
    found: list[Feature] = []

    def add(name: str, codes: Ints, size: int) -> None:
        found.append(Feature(name, codes, size))

    for step in (-2, -1, 0, 1, 2):
        add(f"word{step:+d}", c.at(c.code, here, step, first, last), n_words)
    for step in (-1, 0, 1):
        add(f"end{step:+d}", c.at(c.code, end, step, here if step < 0 else first, last), n_words)
    add("mark", c.bits[here] + BITS * (here == first), 2 * BITS)
    add("mark_after", np.where(end == last, BITS, c.bits[np.minimum(end + 1, len(c.bits) - 1)]), BITS + 1)
    quotes_code = quoted[here] + 2 * quoted[first] + 4 * quoted[last] + 8 * quotes[sentence]
    add("quotes", quotes_code, 24)
    chance = chance_code(s.cue)
    pauses = np.cumsum((c.bits[here] & PAUSES) > 0, dtype=np.int32)
    marks = np.cumsum((c.bits[here] & QUOTE) > 0, dtype=np.int32)
    for name, likely, left in (
        ("left_after", s.after, True), ("right_before", s.before, False),
        ("right_after", s.after, False),
    ):  # fmt: skip
        mask = likely > CUE_AT
        if left:
            near = np.maximum.accumulate(np.where(mask, row, -1))
            near = np.append(-1, near[:-1])
            there = near >= opening
        else:
            near = np.minimum.accumulate(np.where(mask, row, n)[::-1])[::-1]
            there = near <= closing
        near = np.where(there, near, 0)
        n_pauses = np.where(there, np.minimum(3, np.abs(pauses - pauses[near])), 4)
        n_marks = np.where(there, np.minimum(2, np.abs(marks - marks[near])), 3)
        add(f"{name}_far", np.where(there, distance_code(np.abs(here - here[near])), 0) * 5 + n_pauses, N_DISTANCES * 5)
        add(
            f"{name}_quotes",
            (np.where(there, chance_code(likely[near]), N_CHANCES) * 4 + n_marks) * 6 + own_quotes,
            (N_CHANCES + 1) * 24,
        )
        add(f"{name}_cue", np.where(there, c.cue[here[near]], 0) * 2 + (n_pauses > 0), n_cues * 2)
        if left:
            follows = np.where(
                there & (here[near] < last), c.code[np.minimum(here[near] + 1, len(c.code) - 1)], NOWHERE
            )
            add(f"{name}_next", follows * 5 + n_pauses, n_words * 5)
        elif name == "right_before":
            add(f"{name}_end", np.where(there, np.minimum(7, last - here[near]), 8) * 5 + n_pauses, 45)
    # the sentence and its neighbours
    top_after = chance_code(np.maximum.reduceat(s.after, heads)) if n else row
    top_before = chance_code(np.maximum.reduceat(s.before, heads)) if n else row
    of_sentence = tokens.sentence[first[heads]]
    article, paragraph = tokens.sentence_article[of_sentence], tokens.sentence_paragraph[of_sentence]
    whose = np.cumsum(here == first) - 1
    head_quotes = quotes[of_sentence]
    add("sentence", ((top_after * N_CHANCES + top_before) * 3 + head_quotes)[whose], 3 * N_CHANCES**2)
    brief = np.minimum(2, np.maximum(top_after, top_before) // 3) * 3 + head_quotes
    same = np.append(False, article[1:] == article[:-1])
    close = same & np.append(False, paragraph[1:] == paragraph[:-1])
    before = np.where(same, np.append(0, brief[:-1]) + 1, 0) * 2 + close
    after = np.where(np.append(same[1:], False), np.append(brief[1:], 0) + 1, 0) * 2 + np.append(close[1:], False)
    add("sentence_before", (before * 9 + brief)[whose], 180)
    add("sentence_after", (after * 9 + brief)[whose], 180)
    add("sentences_around", (before * 20 + after)[whose], 400)
    add("sentence_length", (np.minimum(lengths[of_sentence] // 4, 12) * 3 + head_quotes)[whose], 39)
    add("sentence_first", c.code[first], n_words)
    add("sentence_second", c.code[np.minimum(first + 1, last)], n_words)
    # the article: how much it quotes, how many cues it has, whether it speaks in the first person
    owner = tokens.article
    n_articles = len(tokens)
    of_article = owner[here]
    n_in_article = np.maximum(1, np.bincount(owner, minlength=n_articles))

    def density(values: NDArray[np.floating], owners: Ints, scale: float) -> Ints:
        mean = np.bincount(owners, values, n_articles) / n_in_article
        return np.minimum(_N_DENSITIES - 1, np.rint(np.sqrt(mean * scale) * 2)).astype(np.int64)[of_article]

    add("article_quotes", density(quoted, owner, 6.0) * 24 + quotes_code, _N_DENSITIES * 24)
    add("article_cues", density(s.cue, of_article, 120.0) * N_CHANCES + chance, _N_DENSITIES * N_CHANCES)
    unquoted_i = tokens.types.among(_GROUPS["first_person"])[tokens.word] & ~c.quoted
    add("article_first_person", density(unquoted_i, owner, 200.0) * N_CHANCES + chance, _N_DENSITIES * N_CHANCES)
    place = np.minimum(row - opening, 3) * 4 + np.minimum(closing - row, 3)
    add("place", place * N_CHANCES + chance, 16 * N_CHANCES)
    add("length", np.minimum(length, 12) * 6 + own_quotes, 78)
    add("chance", chance * 13 + np.minimum(length, 12), N_CHANCES * 13)
    capitals = np.add.reduceat(c.capital.astype(np.int32), here) if n else row
    add("capitals", np.minimum(capitals, 5) * 13 + np.minimum(length, 12), 78)
    for step in (-1, 1):
        there = row + step
        inside = (there >= opening) & (there <= closing)
        there = np.where(inside, there, 0)
        add(
            f"segment{step:+d}",
            np.where(inside, chance[there] * 5 + np.minimum(4, length[there] // 2) + 1, 0),
            N_CHANCES * 5 + 1,
        )
    for name in ("modal", "negation"):
        member = tokens.types.among(_GROUPS[name])[tokens.word].astype(np.int32)
        has = np.add.reduceat(member, here) > 0 if n else row
        add(name, has * 6 + own_quotes, 12)
    return found  # fmt: skip
