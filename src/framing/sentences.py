"""Sentence bounds: end marks that end, and end marks that do not.

The splitter walks over candidate end marks only. A candidate is refused when the word before it is
an abbreviation that is followed by its name, when the next word goes on in lower case, or when a
closing quotation mark is followed by its reporting clause.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.chunk_marks import NO_END, PLAIN, UNCLEAR, ChunkMarks
from framing.chunks import Chunks, ChunkTable, cut
from framing.sentence_ends import CANDIDATE, ends_sentence, list_items


def sentences(text: str) -> list[tuple[int, int, int]]:
    """Return ``(start, end, paragraph)`` of every sentence, in text order.

    Parameters
    ----------
    text
        The text, with all that is not body blanked out.

    Returns
    -------
    list of (int, int, int)
        Offsets into `text` without surrounding white space, and the number of the paragraph from 0.
        Stretches without any letter or digit are no sentences; they join the sentence before them.

    Examples
    --------
    >>> text = "Dr Lim met the U.S. envoy. He paid RM2.5 million."
    >>> [text[s:e] for s, e, _ in sentences(text)]
    ['Dr Lim met the U.S. envoy.', 'He paid RM2.5 million.']
    """
    table = ChunkTable()
    chunks = cut([text], table)
    found = bounds(chunks, ChunkMarks().of(table))
    return list(
        zip(chunks.start[found.first].tolist(), chunks.end[found.last].tolist(), found.paragraph.tolist(), strict=True)
    )


class Bounds(NamedTuple):
    """First and last chunk (inside) of each sentence, its text's index and its paragraph's number in the text."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    owner: NDArray[np.int32]
    paragraph: NDArray[np.int64]


def bounds(chunks: Chunks, marks: ChunkMarks) -> Bounds:
    """Find the sentences of texts that were cut into chunks.

    Parameters
    ----------
    chunks
        The texts.
    marks
        What their table's chunks tell, see `ChunkMarks`.
    """
    n = len(chunks.ids)
    if not n:
        return Bounds(*(np.zeros(0, np.int64) for _ in range(4)))
    ends = np.append(chunks.opens[1:], True)  # a sentence ends after these chunks
    heads = np.flatnonzero(chunks.opens)
    tails = np.append(heads[1:], n) - 1
    for head in heads[marks.list_head[chunks.ids[heads]]].tolist():
        limit = int(chunks.end[tails[np.searchsorted(heads, head)]])
        for item in list_items(chunks.text, int(chunks.start[head]), limit):
            ends[np.searchsorted(chunks.start, item) - 1] = True
    ends[chunks.parts] = True
    kind = marks.ends[chunks.ids]
    follows = np.append(marks.can_start[chunks.ids[1:]], False)
    plain = (kind == PLAIN) & follows
    doubtful = np.flatnonzero((kind != NO_END) & ~plain & ~ends)
    ends |= plain
    if len(doubtful):
        clear = (kind[doubtful] != UNCLEAR) & ~marks.far_start[chunks.ids[doubtful + 1]]
        _decide(chunks, marks, doubtful[clear], ends)
        doubtful = doubtful[~clear]
        _judge(chunks, doubtful, ends, tails[np.searchsorted(tails, doubtful)])
    return _runs(chunks, marks, ends, heads)


def _decide(chunks: Chunks, marks: ChunkMarks, doubtful: NDArray[np.int64], ends: NDArray[np.bool_]) -> None:
    """Decide the ends that a chunk and the kind of the next one settle; each such pair is looked at once."""
    decided = marks.decided
    keys = chunks.ids[doubtful].astype(np.int64) << 8 | marks.follows[chunks.ids[doubtful + 1]]
    pairs, sample, which = np.unique(keys, return_index=True, return_inverse=True)
    known = []
    for key, place in zip(pairs.tolist(), doubtful[sample].tolist(), strict=True):
        found = decided.get(key)
        if found is None:
            start, limit = int(chunks.start[place]), int(chunks.end[place + 1])
            match = CANDIDATE.search(chunks.text, start, limit)
            found = (
                match is not None
                and match.start() < chunks.end[place]
                and ends_sentence(chunks.text, start, match, limit)
            )
            decided[key] = found
        known.append(found)
    ends[doubtful] = np.array(known, bool)[which]


def _judge(chunks: Chunks, doubtful: NDArray[np.int64], ends: NDArray[np.bool_], tails: NDArray[np.int64]) -> None:
    """Decide the doubtful ends in text order; `tails` are the last chunks of their paragraphs."""
    text = chunks.text
    sure = np.maximum.accumulate(np.where(ends, np.arange(len(ends)), -1))
    latest = -1
    starts, stops, limits = chunks.start[doubtful], chunks.end[doubtful], chunks.end[tails]
    for place, start, stop, limit, before in zip(
        doubtful.tolist(), starts.tolist(), stops.tolist(), limits.tolist(),
        np.where(doubtful > 0, sure[doubtful - 1], -1).tolist(), strict=True,
    ):  # fmt: skip
        begin = int(chunks.start[max(before, latest) + 1])
        match = CANDIDATE.search(text, start, limit)
        if match is None or match.start() >= stop or not ends_sentence(text, begin, match, limit):
            continue
        latest = place if match.end() <= stop else int(np.searchsorted(chunks.end, match.end()))
        ends[latest] = True


def _runs(chunks: Chunks, marks: ChunkMarks, ends: NDArray[np.bool_], heads: NDArray[np.int64]) -> Bounds:
    """Turn ends into sentences; a run without letter or digit joins the sentence before it in its paragraph."""
    last = np.flatnonzero(ends)
    first = np.concatenate([[0], last[:-1] + 1])
    lettered = np.concatenate([[0], np.cumsum(marks.has_letter[chunks.ids])])
    real = lettered[last + 1] > lettered[first]
    owner = chunks.owner[first]
    number = np.cumsum(chunks.opens)[first] - 1
    if not real.all():
        keep = np.flatnonzero(real)
        for run in np.flatnonzero(~real).tolist():
            before = np.searchsorted(keep, run) - 1
            if before >= 0 and number[keep[before]] == number[run]:
                last[keep[before]] = last[run]
        first, last, owner, number = first[keep], last[keep], owner[keep], number[keep]
    heads_before = np.searchsorted(chunks.owner[heads], np.arange(len(chunks.base)))
    return Bounds(first, last, owner, number - heads_before[owner])
