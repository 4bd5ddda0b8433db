"""Who holds the stance of a clause: its author, or the source to whom its words are attributed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.stances.text import Clauses
from framing.tokens import Tokens
from framing.voice import AUTHOR
from framing.voice.holders import AUTHOR_HOLDER, Holder, holders
from framing.voice.sources import Attribution, attributions

THE_AUTHOR = Holder("author", "author")
"""The author of a text; "I" and "we" outside quotation marks are the author, too."""
UNNAMED = Holder("not named", "not named")
"""The holder of attributed words whose source the text does not name, as far as found."""


def holder_of(tokens: Tokens, text: Clauses, clause: NDArray[np.int64]) -> list[Holder]:
    """Return the holder of each clause.

    A clause in the author's voice is the author's. An attributed one belongs to the attribution that covers
    most of its words; of nested ones, the innermost.
    """
    rows = attributions(tokens)
    who = holders(tokens, rows)
    owner = innermost(rows, len(tokens.word))
    found = []
    for number in clause.tolist():
        if text.voice[number] == AUTHOR:
            found.append(THE_AUTHOR)
            continue
        own = owner[text.bounds[number] : text.bounds[number + 1]]
        own = own[own >= 0]
        holder = who[int(np.bincount(own).argmax())] if len(own) else None
        found.append(UNNAMED if holder is None else THE_AUTHOR if holder == AUTHOR_HOLDER else holder)
    return found


def innermost(rows: Sequence[Attribution], n_words: int) -> NDArray[np.int64]:
    """Return the attribution that owns each word, the shortest that holds it; -1 where none does."""
    owner = np.full(n_words, -1)
    for number in sorted(range(len(rows)), key=lambda i: rows[i].first - rows[i].last):
        owner[rows[number].first : rows[number].last + 1] = number
    return owner
