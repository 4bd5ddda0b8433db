"""The features of segments: their words, the cues about them, their sentence and their article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.kernels import kernels
from framing.tokens import Tokens
from framing.type_table import QUOTE
from framing.voice.context import (
    BITS,
    CUE_AT,
    N_CHANCES,
    N_DISTANCES,
    NOWHERE,
    PAUSES,
    Context,
    Feature,
    Ints,
    Lexicon,
    chance_code,
    distance_code,
    specimen,
    with_codes,
)
from framing.voice.segments import Segments, segment

_GROUPS = {
    "first_person": frozenset("i we my our me us".split()),
    "modal": frozenset("would will could should can may must might".split()),
    "negation": frozenset("not no never".split()),
}
_N_DENSITIES = 9
_FEWEST_WORDS = 200  # a text of a few sentences is read as if so many words were round its quotations and cues


def segment_features(context: Context, segments: Segments) -> list[Feature]:
    """Return the features of the segments; their order is that in which scores add up."""
    if not len(segments.first):
        return [Feature("mark", np.zeros(0, np.int64), 2 * BITS)]
    if not kernels:
        return _plain(context, segments)
    tokens = context.tokens
    features, codes = with_codes(_named(context.lexicon), len(segments.first))
    chances = map(np.ascontiguousarray, (segments.before, segments.after, segments.cue))
    kernels.segment_codes(
        *context.arrays, segments.first, segments.last, *chances, _groups(tokens), tokens.sentence,
        tokens.sentence_article, tokens.sentence_paragraph, codes, context.codes,
    )  # fmt: skip
    return features


@lru_cache(maxsize=4)
def _named(lexicon: Lexicon) -> list[Feature]:
    context = specimen(lexicon)
    return _plain(context, segment(context, np.full((len(context.candidates), 4), 0.25)))


def _groups(tokens: Tokens) -> NDArray[np.uint8]:
    """Return, for each word, a bit for each of `_GROUPS`."""
    bits = [tokens.types.among(words).view(np.uint8) << i for i, words in enumerate(_GROUPS.values())]
    return np.bitwise_or.reduce(bits)[tokens.word]


def _plain(context: Context, segments: Segments) -> list[Feature]:
    view = _View.of(context, segments)
    return [
        *_words(view),
        *_cues_near(view, "left_after", segments.after, left=True),
        *_cues_near(view, "right_before", segments.before, left=False),
        *_cues_near(view, "right_after", segments.after, left=False),
        *_sentence(view, segments),
        *_article(view, segments),
        *_size(view),
    ]


@dataclass(frozen=True)
class _View:
    """What several features of a segment ask, shape (n_segments,) unless noted.

    Attributes
    ----------
    here, end, first, last
        First and last word of the segment, and of its sentence.
    opening, closing
        First and last segment of its sentence.
    heads
        The segments that open a sentence, shape (n_sentences,).
    quoted
        Whether a word stands in quotation marks, shape (n_words,).
    quotes, lengths
        Whether a sentence is quoted not at all, in part or in full, and its words, shape (n_sentences,).
    own_quotes, quotes_code
        How the segment and its sentence are quoted, as codes below 6 and 24.
    chance
        The class of its chance to be a cue.
    pauses, marks
        Running numbers of segments behind a pause and behind a quotation mark.
    """

    context: Context
    here: Ints
    end: Ints
    first: Ints
    last: Ints
    opening: Ints
    closing: Ints
    heads: Ints
    quoted: Ints
    quotes: Ints
    lengths: Ints
    own_quotes: Ints
    quotes_code: Ints
    chance: Ints
    pauses: Ints
    marks: Ints

    @classmethod
    def of(cls, c: Context, s: Segments) -> _View:
        """Work out the view of some segments."""
        here, n = s.first, len(s.first)
        first, last = c.first[here], c.last[here]
        heads = np.flatnonzero(here == first).astype(np.int32)
        n_own = np.diff(np.append(heads, n))
        quoted = c.quoted.astype(np.int32)
        n_quoted = np.append(0, np.cumsum(quoted, dtype=np.int32)).astype(np.int32)
        bounds = c.tokens.sentence_bounds
        lengths, in_quotes = np.diff(bounds), n_quoted[bounds[1:]] - n_quoted[bounds[:-1]]
        quotes = np.where(in_quotes == 0, 0, np.where(in_quotes == lengths, 2, 1))
        of_sentence, bits = quotes[c.tokens.sentence[here]], c.bits[here]
        return cls(
            c, here, s.last, first, last, np.repeat(heads, n_own), np.repeat(np.append(heads[1:], n) - 1, n_own), heads,
            quoted, quotes, lengths, quoted[here] + 2 * of_sentence,
            quoted[here] + 2 * quoted[first] + 4 * quoted[last] + 8 * of_sentence, chance_code(s.cue),
            np.cumsum((bits & PAUSES) > 0, dtype=np.int32), np.cumsum((bits & QUOTE) > 0, dtype=np.int32),
        )  # fmt: skip

    @property
    def row(self) -> Ints:
        """The number of each segment."""
        return np.arange(len(self.here), dtype=np.int32)

    @property
    def length(self) -> Ints:
        """Words in each segment."""
        return self.end - self.here + 1

    def count(self, of_word: NDArray[np.generic]) -> Ints:
        """Count marked words in each segment."""
        running = np.append(0, np.cumsum(of_word, dtype=np.int32))
        return running[self.end + 1] - running[self.here]


def _words(v: _View) -> list[Feature]:
    """Return the words at both ends of each segment, and the marks round it."""
    c, n_words = v.context, v.context.lexicon.n_words
    found = [
        Feature(f"word{step:+d}", c.at(c.code, v.here, step, v.first, v.last), n_words) for step in (-2, -1, 0, 1, 2)
    ]
    for step in (-1, 0, 1):
        codes = c.at(c.code, v.end, step, v.here if step < 0 else v.first, v.last)
        found.append(Feature(f"end{step:+d}", codes, n_words))
    after = np.where(v.end == v.last, BITS, c.bits[np.minimum(v.end + 1, len(c.bits) - 1)])
    return [
        *found,
        Feature("mark", c.bits[v.here] + BITS * (v.here == v.first), 2 * BITS),
        Feature("mark_after", after, BITS + 1),
        Feature("quotes", v.quotes_code, 24),
    ]


def _cues_near(v: _View, name: str, likely: NDArray[np.floating], left: bool) -> list[Feature]:
    """Return how far the nearest likely cue on one side is, within the sentence, and what it is."""
    c, n_words, n_cues = v.context, v.context.lexicon.n_words, len(v.context.lexicon.cues) + 1
    mask, n = likely > CUE_AT, len(v.here)
    if left:
        near = np.append(-1, np.maximum.accumulate(np.where(mask, v.row, -1))[:-1])
        there = near >= v.opening
    else:
        near = np.minimum.accumulate(np.where(mask, v.row, n)[::-1])[::-1]
        there = near <= v.closing
    near = np.where(there, near, 0)
    place = v.here[near]
    n_pauses = np.where(there, np.minimum(3, np.abs(v.pauses - v.pauses[near])), 4)
    n_marks = np.where(there, np.minimum(2, np.abs(v.marks - v.marks[near])), 3)
    far = np.where(there, distance_code(np.abs(v.here - place)), 0) * 5 + n_pauses
    quotes = (np.where(there, chance_code(likely[near]), N_CHANCES) * 4 + n_marks) * 6 + v.own_quotes
    found = [
        Feature(f"{name}_far", far, N_DISTANCES * 5),
        Feature(f"{name}_quotes", quotes, (N_CHANCES + 1) * 24),
        Feature(f"{name}_cue", np.where(there, c.cue[place], 0) * 2 + (n_pauses > 0), n_cues * 2),
    ]
    if left:
        follows = np.where(there & (place < v.last), c.code[np.minimum(place + 1, len(c.code) - 1)], NOWHERE)
        found.append(Feature(f"{name}_next", follows * 5 + n_pauses, n_words * 5))
    elif name == "right_before":
        to_end = np.where(there, np.minimum(7, v.last - place), 8)
        found.append(Feature(f"{name}_end", to_end * 5 + n_pauses, 45))
    return found


def _sentence(v: _View, s: Segments) -> list[Feature]:
    """Return what the sentence of each segment and its neighbours hold: cues, quotation marks, length, first words."""
    c, tokens = v.context, v.context.tokens
    top_after = chance_code(np.maximum.reduceat(s.after, v.heads))
    top_before = chance_code(np.maximum.reduceat(s.before, v.heads))
    of_sentence = tokens.sentence[v.first[v.heads]]
    article, paragraph = tokens.sentence_article[of_sentence], tokens.sentence_paragraph[of_sentence]
    whose = np.cumsum(v.here == v.first) - 1
    quotes = v.quotes[of_sentence]
    brief = np.minimum(2, np.maximum(top_after, top_before) // 3) * 3 + quotes
    same = np.append(False, article[1:] == article[:-1])
    close = same & np.append(False, paragraph[1:] == paragraph[:-1])
    before = np.where(same, np.append(0, brief[:-1]) + 1, 0) * 2 + close
    after = np.where(np.append(same[1:], False), np.append(brief[1:], 0) + 1, 0) * 2 + np.append(close[1:], False)
    own = (top_after * N_CHANCES + top_before) * 3 + quotes
    return [
        Feature("sentence", own[whose], 3 * N_CHANCES**2),
        Feature("sentence_before", (before * 9 + brief)[whose], 180),
        Feature("sentence_after", (after * 9 + brief)[whose], 180),
        Feature("sentences_around", (before * 20 + after)[whose], 400),
        Feature("sentence_length", (np.minimum(v.lengths[of_sentence] // 4, 12) * 3 + quotes)[whose], 39),
        Feature("sentence_first", c.code[v.first], c.lexicon.n_words),
        Feature("sentence_second", c.code[np.minimum(v.first + 1, v.last)], c.lexicon.n_words),
    ]


def _article(v: _View, s: Segments) -> list[Feature]:
    """Return how much the article quotes, how many cues it has, and whether it speaks in the first person."""
    c, tokens = v.context, v.context.tokens
    owner, n_articles = tokens.article, len(tokens)
    of_article = owner[v.here]
    n_in_article = np.maximum(_FEWEST_WORDS, np.bincount(owner, minlength=n_articles))

    def density(values: NDArray[np.floating], owners: Ints, scale: float) -> Ints:
        mean = np.bincount(owners, values, n_articles) / n_in_article
        return np.minimum(_N_DENSITIES - 1, np.rint(np.sqrt(mean * scale) * 2)).astype(np.int64)[of_article]

    spoken = tokens.types.among(_GROUPS["first_person"])[tokens.word] & ~c.quoted
    size = _N_DENSITIES * N_CHANCES
    return [
        Feature("article_quotes", density(v.quoted, owner, 6.0) * 24 + v.quotes_code, _N_DENSITIES * 24),
        Feature("article_cues", density(s.cue, of_article, 120.0) * N_CHANCES + v.chance, size),
        Feature("article_first_person", density(spoken, owner, 200.0) * N_CHANCES + v.chance, size),
    ]


def _size(v: _View) -> list[Feature]:
    """Return the place and length of each segment, its neighbours, capitals, modals and negations."""
    c, tokens, length = v.context, v.context.tokens, v.length
    short = np.minimum(length, 12)
    place = np.minimum(v.row - v.opening, 3) * 4 + np.minimum(v.closing - v.row, 3)
    found = [
        Feature("place", place * N_CHANCES + v.chance, 16 * N_CHANCES),
        Feature("length", short * 6 + v.own_quotes, 78),
        Feature("chance", v.chance * 13 + short, N_CHANCES * 13),
        Feature("capitals", np.minimum(v.count(c.capital), 5) * 13 + short, 78),
    ]
    for step in (-1, 1):
        there = v.row + step
        inside = (there >= v.opening) & (there <= v.closing)
        there = np.where(inside, there, 0)
        codes = np.where(inside, v.chance[there] * 5 + np.minimum(4, length[there] // 2) + 1, 0)
        found.append(Feature(f"segment{step:+d}", codes, N_CHANCES * 5 + 1))
    for name in ("modal", "negation"):
        has = v.count(tokens.types.among(_GROUPS[name])[tokens.word]) > 0
        found.append(Feature(name, has * 6 + v.own_quotes, 12))
    return found
