"""Who speaks each word: quoted, paraphrased, or the author's own words.

Quotation marks win. Outside them, clause rules find indirect speech: a cue verb with its complement, a
trailing or inserted reporting clause, and ``according to``. What no rule claims is the author's.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from framing.layout import paragraphs
from framing.lookup import Hit, Matcher, longest
from framing.tokens import Tokens
from framing.wordlists import word_lists

VOICES = ("author", "quoted", "paraphrased")
"""The voices; arrays of voices hold positions in this tuple."""

AUTHOR, QUOTED, PARAPHRASED = range(3)
_QUOTE = re.compile(r"[“”„«»\"]|``|''")
_OPENERS, _CLOSERS = ("“", "„", "«", "``"), ("”", "»", "''")
_MAX_TAG = 12
_MAX_CONTENT = 80
# Words that cannot be the end of a subject: a cue verb after them is no finite reporting verb.
_NO_SUBJECT = frozenset(
    """the a an of in on at by with from to for and or its their his her this these those as is are was were be been
    being has have had will would can could should may might must not no such than that""".split()
)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    r"""Return the spans between double quotation marks, the marks inside.

    Marks may be curly, straight, angled or doubled (``''``). A quotation that is not closed in its
    paragraph goes on when the next paragraph opens with a mark, as in running speech; otherwise it
    ends with its paragraph.

    Examples
    --------
    >>> text = "“One.\n\n“Two,” he said."
    >>> [text[s:e] for s, e in quoted_spans(text)]
    ['“One.', '“Two,”']
    """
    spans: list[tuple[int, int]] = []
    running = False
    for start, end in paragraphs(text):
        opened: int | None = None
        for match in _QUOTE.finditer(text, start, end):
            mark = match.group()
            opens = mark in _OPENERS or (mark == '"' and opened is None)
            if opens and opened is None:
                opened = match.start()
            elif not opens and opened is not None:
                spans.append((opened, match.end()))
                opened = None
            elif mark in _CLOSERS and opened is None and running:
                spans.append((start, match.end()))
            running = False
        if opened is not None:
            spans.append((opened, end))
        running = opened is not None
    return spans


@lru_cache(maxsize=1)
def _cues() -> tuple[Matcher, int]:
    lists = word_lists("_reporting_verbs")
    verbs = [v for name, table in lists.items() if name != "according" for v in table["verbs"]]
    according = lists["according"]["words"]
    return Matcher([*verbs, *according]), len(verbs)


def voices(tokens: Tokens) -> NDArray[np.int8]:
    """Return the voice of each word, as positions in `VOICES`, shape (n_words,)."""
    voice = np.zeros(len(tokens.word), np.int8)
    matcher, n_verbs = _cues()
    by_sentence: dict[int, list[Hit]] = {}
    for hit in longest(matcher.find(tokens)):
        by_sentence.setdefault(int(tokens.sentence[hit.first]), []).append(hit)
    bounds = tokens.sentence_bounds
    quoted = _quoted_words(tokens)
    for sentence, hits in by_sentence.items():
        first, last = int(bounds[sentence]), int(bounds[sentence + 1])
        for begin, end in _paraphrases(tokens, hits, n_verbs, first, last, quoted):
            voice[begin:end] = PARAPHRASED
    voice[quoted] = QUOTED
    return voice


def _quoted_words(tokens: Tokens) -> NDArray[np.bool_]:
    quoted = np.zeros(len(tokens.word), bool)
    first_words = tokens.sentence_bounds[tokens.article_bounds]
    for index, article in enumerate(tokens.articles):
        begin, end = first_words[index], first_words[index + 1]
        starts = tokens.start[begin:end]
        for start, stop in quoted_spans(article.body):
            quoted[begin + np.searchsorted(starts, start) : begin + np.searchsorted(starts, stop)] = True
    return quoted


def _paraphrases(
    tokens: Tokens, hits: list[Hit], n_verbs: int, first: int, last: int, quoted: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Return the word ranges of indirect speech in one sentence."""
    spans: list[tuple[int, int]] = []
    for hit in hits:
        if quoted[hit.first]:
            continue
        if hit.term >= n_verbs:
            spans += _according(tokens, hit, first, last)
            continue
        comma_before = _comma_before(tokens, first, hit.first)
        tag_begin = comma_before if comma_before is not None else first
        trailing = last - 1 - hit.last <= 4 or tokens.fenced[hit.last + 1 : hit.last + 6].any()
        inserted = comma_before is not None and hit.first - comma_before <= _MAX_TAG
        if inserted and trailing and _tag_is_bare(tokens, tag_begin, hit, last):
            spans += _around_tag(tokens, tag_begin, hit, first, last)
        elif hit.first > first and _has_subject(tokens, hit, first):
            spans.append((hit.last + 1, _content_end(tokens, hit.last + 1, last)))
    return spans


def _comma_before(tokens: Tokens, first: int, position: int) -> int | None:
    """Return the first word after the nearest punctuation not far before a position, or None."""
    for place in range(position, max(first, position - _MAX_TAG - 1), -1):
        if tokens.fenced[place]:
            return place
    return None


def _tag_is_bare(tokens: Tokens, begin: int, hit: Hit, last: int) -> bool:
    """Tell whether ``, X said`` or ``, said X`` has no complement of its own."""
    end = hit.last + 1
    after = [tokens.norm(p) for p in range(end, min(last, end + 3))]
    if after[:1] == ["that"]:
        return False
    closed = end >= last or bool(tokens.fenced[end])
    named_after = begin == hit.first and end < last
    return closed or named_after or last - end <= 4 and not after[:1] == ["to"]


def _around_tag(tokens: Tokens, begin: int, hit: Hit, first: int, last: int) -> list[tuple[int, int]]:
    end = hit.last + 1
    while end < last and not tokens.fenced[end]:
        end += 1
    return [(a, b) for a, b in ((first, begin), (end, last)) if b > a]


def _has_subject(tokens: Tokens, hit: Hit, first: int) -> bool:
    before = tokens.norm(hit.first - 1)
    if before in ("has", "have", "had", "also", "then", "later", "again", "further"):
        return hit.first - 1 > first
    return before not in _NO_SUBJECT and not tokens.fenced[hit.first]


def _content_end(tokens: Tokens, begin: int, last: int) -> int:
    """Return where indirect speech ends: at the sentence's end, or at a comma with a new main clause."""
    for place in range(begin + 4, min(last, begin + _MAX_CONTENT)):
        if tokens.fenced[place] and tokens.norm(place) in ("but", "although", "whereas"):
            return place
    return last


def _according(tokens: Tokens, hit: Hit, first: int, last: int) -> list[tuple[int, int]]:
    """Return what stands beside ``according to X``: after it at the sentence's head, else before it."""
    end = hit.last + 1
    while end < last and not tokens.fenced[end]:
        end += 1
    if hit.first == first:
        return [(end, last)] if end < last else []
    return [(first, hit.first)] + ([(end, last)] if end < last else [])


def majority(voice: NDArray[np.int8], bounds: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the voice of most words between successive bounds; of equals, the first in `VOICES` loses."""
    counts = np.stack([np.concatenate([[0], np.cumsum(voice == v)]) for v in range(len(VOICES))])
    inside = counts[:, bounds[1:]] - counts[:, bounds[:-1]]
    return (len(VOICES) - 1 - np.argmax(inside[::-1], axis=0)).astype(np.int8)
