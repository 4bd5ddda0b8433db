"""The features of words that may be cues: the words and punctuation around them."""

from __future__ import annotations

import numpy as np

from framing.voice.context import (
    BITS,
    BREAKS,
    N_DISTANCES,
    N_KINDS,
    Context,
    Feature,
    Ints,
    distance_code,
)

_CUE_ENDINGS = ("said", "ed", "ing", "s", "e")


def cue_features(context: Context) -> list[Feature]:
    """Return the features of the cue candidates."""
    c = context
    here = c.candidates
    first, last = c.first[here], c.last[here]
    n_words, n_cues = c.lexicon.n_words, len(c.lexicon.cues) + 1
    found: list[Feature] = []

    def add(name: str, codes: Ints, size: int) -> None:
        found.append(Feature(name, codes, size))

    def word(step: int) -> Ints:
        return c.at(c.code, here, step, first, last)

    def mark(step: int) -> Ints:
        return c.at(c.bits, here, step, first, last, BITS)

    breaks = (c.bits & BREAKS) > 0
    breaks[c.tokens.sentence_bounds[:-1]] = True
    starts = np.flatnonzero(breaks)
    number = np.cumsum(breaks, dtype=np.int32) - 1
    ends = np.append(starts[1:], len(breaks)) - 1
    own = number[here]
    begin, end = starts[own], ends[own]
    is_first, is_last = own == number[first], own == number[last]
    quoted = c.quoted.astype(np.int32)
    n_quoted = np.append(0, np.cumsum(quoted, dtype=np.int32)).astype(np.int32)
    quoted_before, quoted_after = n_quoted[here] - n_quoted[first], n_quoted[last + 1] - n_quoted[here]
    n_candidates = np.append(0, np.cumsum((c.cue + c.kind > 0) & ~c.quoted))
    cue = c.cue[here]
    ending = _ending_of(c)[here]
    often = np.array([0.0, *c.lexicon.cues.values()])[cue]
    before = word(-1)
    for step in (-4, -3, -2, -1, 1, 2, 3, 4):
        add(f"word{step:+d}", word(step) if step != -1 else before, n_words)
    add("cue", cue, n_cues)
    kind, after = c.kind[here], word(1)
    add("kind", kind * 2 + (cue > 0), 2 * N_KINDS)
    add("kind_word+1", kind * n_words + after, N_KINDS * n_words)
    paused = ((c.bits[here] & BREAKS) > 0) * 2 + c.at(c.capital, here, 1, first, last)
    add("paused_word+1", paused * n_words + after, 4 * n_words)
    for step in (-1, 0, 2):
        add(f"mark{step:+d}", mark(step), BITS + 1)
    add("mark+1", np.where(here == last, BITS + 1, mark(1)), BITS + 2)
    add(
        "quoted",
        quoted[here] * 9 + c.at(quoted + 1, here, -1, first, last) * 3 + c.at(quoted + 1, here, 1, first, last),
        18,
    )
    left, right = np.minimum(here - begin, 9), np.minimum(end - here, 9)
    edge = is_first * 2 + is_last
    add("segment", (left * 10 + right) * 4 + edge, 400)
    add("cue_edge", cue * 4 + edge, n_cues * 4)
    add(
        "mark_after_segment",
        np.where(is_last, 0, 1 + c.bits[np.minimum(end + 1, len(c.bits) - 1)]) * 2 + ~is_first,
        2 * BITS + 2,
    )
    add("mark_before_segment", np.where(is_first, 0, 1 + c.bits[begin]), BITS + 1)
    add("quotes", (quoted_before > 0) * 8 + (quoted_after > 0) * 4 + quoted[first] * 2 + quoted[last], 16)
    add("quotes_near", distance_code(quoted_before) * N_DISTANCES + distance_code(quoted_after), N_DISTANCES**2)
    add("place", np.minimum(here - first, 15) * 16 + np.minimum(last - here, 15), 256)
    add(
        "candidates",
        np.minimum(n_candidates[here] - n_candidates[first], 4) * 6
        + np.minimum(n_candidates[last + 1] - n_candidates[here], 5),
        30,
    )
    add("sentence_first", c.code[first], n_words)
    add("segment_first", c.code[begin], n_words)
    capitals = c.capital.astype(np.int32)
    add(
        "capitals",
        c.at(capitals, here, -1, first, last, 2) * 9
        + c.at(capitals, here, -2, first, last, 2) * 3
        + c.at(capitals, here, 1, first, last, 2),
        27,
    )
    add("form", ending * 12 + np.minimum(11, (often * 12).astype(np.int64)), 72)
    add("form_word-1", ending * n_words + before, 6 * n_words)
    return found  # fmt: skip


def _ending(norm: str) -> int:
    return next(k + 1 for k, e in enumerate(_CUE_ENDINGS) if norm.endswith(e))


def _ending_of(context: Context) -> Ints:
    norms = context.tokens.types.norms
    by_type = context.tokens.types.column(
        "cue_ending",
        lambda new: np.array([norms[i].endswith(_CUE_ENDINGS) and _ending(norms[i]) for i in new], np.int8),
    )
    return by_type[context.tokens.word].astype(np.int64)
