"""The features of words that may be cues: the words and punctuation around them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.kernels import kernels
from framing.voice.context import (
    BITS,
    BREAKS,
    N_DISTANCES,
    N_KINDS,
    Context,
    Feature,
    Ints,
    Lexicon,
    distance_code,
    specimen,
    with_codes,
)

_CUE_ENDINGS = ("said", "ed", "ing", "s", "e")


def cue_features(context: Context) -> list[Feature]:
    """Return the features of the cue candidates; their order is that in which scores add up."""
    if not kernels:
        return _plain(context)
    features, codes = with_codes(_plain(specimen(context.lexicon)), len(context.candidates))
    kernels.cue_codes(
        *context.arrays, context.candidates, _ending_of(context), _often(context.lexicon), codes, context.codes
    )
    return features


def _plain(context: Context) -> list[Feature]:
    return [*_words(context), *_segment(context), *_sentence(context), *_form(context)]


def _words(c: Context) -> list[Feature]:
    """Return the words and marks round each candidate, and the candidate itself."""
    here = c.candidates
    first, last = c.first[here], c.last[here]
    n_words, n_cues = c.lexicon.n_words, len(c.lexicon.cues) + 1

    def mark(step: int) -> Ints:
        return c.at(c.bits, here, step, first, last, BITS)

    words = {step: c.at(c.code, here, step, first, last) for step in (-4, -3, -2, -1, 1, 2, 3, 4)}
    cue, kind = c.cue[here], c.kind[here]
    paused = ((c.bits[here] & BREAKS) > 0) * 2 + c.at(c.capital, here, 1, first, last)
    quoted = c.quoted.astype(np.int32)
    before, after = (c.at(quoted + 1, here, step, first, last) for step in (-1, 1))
    return [
        *(Feature(f"word{step:+d}", codes, n_words) for step, codes in words.items()),
        Feature("cue", cue, n_cues),
        Feature("kind", kind * 2 + (cue > 0), 2 * N_KINDS),
        Feature("kind_word+1", kind * n_words + words[1], N_KINDS * n_words),
        Feature("paused_word+1", paused * n_words + words[1], 4 * n_words),
        *(Feature(f"mark{step:+d}", mark(step), BITS + 1) for step in (-1, 0, 2)),
        Feature("mark+1", np.where(here == last, BITS + 1, mark(1)), BITS + 2),
        Feature("quoted", quoted[here] * 9 + before * 3 + after, 18),
    ]


def _bounds(c: Context) -> tuple[Ints, Ints]:
    """Return the first word of each stretch between marks, and the number of the stretch of each word."""
    breaks = (c.bits & BREAKS) > 0
    breaks[c.tokens.sentence_bounds[:-1]] = True
    return np.flatnonzero(breaks), np.cumsum(breaks, dtype=np.int32) - 1


def _segment(c: Context) -> list[Feature]:
    """Return where each candidate stands in its stretch between marks, and the marks round that."""
    here = c.candidates
    starts, number = _bounds(c)
    own = number[here]
    begin, end = starts[own], np.append(starts[1:], len(number))[own] - 1
    is_first, is_last = own == number[c.first[here]], own == number[c.last[here]]
    edge = is_first * 2 + is_last
    left, right = np.minimum(here - begin, 9), np.minimum(end - here, 9)
    after = np.where(is_last, 0, 1 + c.bits[np.minimum(end + 1, len(c.bits) - 1)])
    return [
        Feature("segment", (left * 10 + right) * 4 + edge, 400),
        Feature("cue_edge", c.cue[here] * 4 + edge, (len(c.lexicon.cues) + 1) * 4),
        Feature("mark_after_segment", after * 2 + ~is_first, 2 * BITS + 2),
        Feature("mark_before_segment", np.where(is_first, 0, 1 + c.bits[begin]), BITS + 1),
    ]


def _sentence(c: Context) -> list[Feature]:
    """Return where each candidate stands in its sentence, and what stands before and after it there."""
    here = c.candidates
    first, last = c.first[here], c.last[here]
    starts, number = _bounds(c)
    quoted = c.quoted.astype(np.int32)
    n_quoted = np.append(0, np.cumsum(quoted, dtype=np.int32)).astype(np.int32)
    quoted_before, quoted_after = n_quoted[here] - n_quoted[first], n_quoted[last + 1] - n_quoted[here]
    quotes = (quoted_before > 0) * 8 + (quoted_after > 0) * 4 + quoted[first] * 2 + quoted[last]
    quotes_near = distance_code(quoted_before) * N_DISTANCES + distance_code(quoted_after)
    n = np.append(0, np.cumsum((c.cue + c.kind > 0) & ~c.quoted))
    candidates = np.minimum(n[here] - n[first], 4) * 6 + np.minimum(n[last + 1] - n[here], 5)
    return [
        Feature("quotes", quotes, 16),
        Feature("quotes_near", quotes_near, N_DISTANCES**2),
        Feature("place", np.minimum(here - first, 15) * 16 + np.minimum(last - here, 15), 256),
        Feature("candidates", candidates, 30),
        Feature("sentence_first", c.code[first], c.lexicon.n_words),
        Feature("segment_first", c.code[starts[number[here]]], c.lexicon.n_words),
    ]


def _form(c: Context) -> list[Feature]:
    """Return the capitals round each candidate, its ending, and how often it is a cue elsewhere."""
    here = c.candidates
    first, last = c.first[here], c.last[here]
    capitals = c.capital.astype(np.int32)
    one_before, two_before, after = (c.at(capitals, here, step, first, last, 2) for step in (-1, -2, 1))
    ending = _ending_of(c)[here].astype(np.int64)
    often = _often(c.lexicon)[c.cue[here]]
    n_words = c.lexicon.n_words
    return [
        Feature("capitals", one_before * 9 + two_before * 3 + after, 27),
        Feature("form", ending * 12 + often, 72),
        Feature("form_word-1", ending * n_words + c.at(c.code, here, -1, first, last), 6 * n_words),
    ]


@lru_cache(maxsize=4)
def _often(lexicon: Lexicon) -> NDArray[np.int32]:
    """Return the class of how often each cue of the lexicon is one, by its number."""
    chances = np.array([0.0, *lexicon.cues.values()])
    return np.minimum(11, (chances * 12).astype(np.int32))


def _ending(norm: str) -> int:
    return next(k + 1 for k, e in enumerate(_CUE_ENDINGS) if norm.endswith(e))


def _ending_of(context: Context) -> NDArray[np.int8]:
    norms = context.tokens.types.norms
    by_type = context.tokens.types.column(
        "cue_ending",
        lambda new: np.array([norms[i].endswith(_CUE_ENDINGS) and _ending(norms[i]) for i in new], np.int8),
    )
    return by_type[context.tokens.word]
