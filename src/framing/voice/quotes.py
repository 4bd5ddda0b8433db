"""Quotation marks: which stretches of text, and which words, stand between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.chunks import cut
from framing.tokens import Tokens
from framing.type_table import CLOSING, EITHER, OPENING, Types

_DOUBLED = ("``", "''")


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
    types = Types()
    chunks = cut([text], types.chunks)
    _, _, quotes = types.learn_chunks()
    place, mark = quotes.gather(chunks.ids)
    if not len(place):
        return []
    offsets = (chunks.start[place] + mark[:, 1]).tolist()
    heads = chunks.start[chunks.opens].tolist()
    tails = chunks.end[np.append(np.flatnonzero(chunks.opens)[1:], len(chunks.ids)) - 1].tolist()
    paragraphs = (np.cumsum(chunks.opens) - 1)[place].tolist()
    return [
        (
            offsets[first] if first is not None else heads[paragraph],
            offsets[last] + (2 if text.startswith(_DOUBLED, offsets[last]) else 1) if last is not None
            else tails[paragraph],
        )
        for first, last, paragraph in _pairs(mark[:, 0].tolist(), paragraphs)
    ]  # fmt: skip


def quoted_words(tokens: Tokens) -> NDArray[np.bool_]:
    """Return whether each word stands in quotation marks, shape (n_words,)."""
    edges = np.zeros(len(tokens.word) + 1, np.int32)
    places = tokens.mark_word.tolist()
    pairs = _pairs(tokens.mark_kind.tolist(), tokens.mark_paragraph.tolist())
    owners = np.array([paragraph for _, _, paragraph in pairs], np.int64)
    heads = np.searchsorted(tokens.paragraph, owners).tolist()
    tails = np.searchsorted(tokens.paragraph, owners, side="right").tolist()
    for (first, last, _), head, tail in zip(pairs, heads, tails, strict=True):
        edges[head if first is None else places[first]] += 1
        edges[tail if last is None else places[last]] -= 1
    return np.cumsum(edges[:-1]) > 0


def _pairs(kinds: list[int], paragraphs: list[int]) -> list[tuple[int | None, int | None, int]]:
    """Pair quotation marks: first mark (``None``: the paragraph's start), last (``None``: its end), paragraph."""
    found: list[tuple[int | None, int | None, int]] = []
    opened: int | None = None
    here = running_into = -1  # the paragraph that an open quotation runs into
    for number, (kind, paragraph) in enumerate(zip(kinds, paragraphs, strict=True)):
        if paragraph != here:
            if opened is not None:
                found.append((opened, None, here))
                running_into = here + 1
            opened, here, fresh = None, paragraph, True
        if kind == OPENING or (kind == EITHER and opened is None):
            opened = number if opened is None else opened
        elif opened is not None:
            found.append((opened, number, paragraph))
            opened = None
        elif kind == CLOSING and fresh and running_into == paragraph:
            found.append((None, number, paragraph))
        fresh = False
    if opened is not None:
        found.append((opened, None, here))
    return found
