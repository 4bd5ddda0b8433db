"""Which holders speak for a government."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from framing.tokens import Tokens
from framing.voice.holders import Holder, capitals

_OFFICES = frozenset(
    """president presidents premier minister ministers ministry ministries government governments secretary chancellor
    king queen ambassador ambassadors embassy envoy envoys senator congressman congresswoman governor mayor
    administration cabinet parliament official officials spokesman spokeswoman spokesperson commissioner attorney
    sheriff general admiral colonel department pentagon kremlin delegation diplomat diplomats lawmaker lawmakers
    leaders""".split()
)
_AFTER_OFFICE = 5  # words behind the name of an office in which the name of its holder may stand


def are_official(tokens: Tokens, held: list[tuple[int, Holder]]) -> list[bool]:
    """Tell which holders speak for a government, by an office in their name or beside it in the article.

    Parameters
    ----------
    tokens
        The text.
    held
        Index of the article and holder, one item a holder.
    """
    names, nobody = _names_behind_offices(tokens), frozenset()
    parts = [_parts(holder.name) for _, holder in held]
    return [
        office or (holder.type == "person" and last in names.get(article, nobody))
        for (article, holder), (office, last) in zip(held, parts, strict=True)
    ]


@lru_cache(maxsize=1 << 15)
def _parts(name: str) -> tuple[bool, str]:
    """Return whether a name holds an office, and its last word in lower case."""
    words = name.lower().split()
    return not _OFFICES.isdisjoint(words), words[-1] if words else ""


def _names_behind_offices(tokens: Tokens) -> dict[int, set[str]]:
    """Return the names that stand behind an office, by article, in lower case."""
    offices = np.flatnonzero(tokens.types.among(_OFFICES)[tokens.word])
    place = offices[:, None] + np.arange(1, 1 + _AFTER_OFFICE)
    inside = place < tokens.sentence_bounds[tokens.sentence[offices] + 1][:, None]
    behind = np.zeros(len(tokens.word), bool)
    behind[place[inside]] = True
    place = np.flatnonzero(behind)
    place = place[capitals(tokens)[tokens.word[place]]]
    n_types = len(tokens.types)
    each = np.unique(tokens.article[place].astype(np.int64) * n_types + tokens.word[place])
    found: dict[int, set[str]] = {}
    strings = tokens.types.strings
    for article, word in zip((each // n_types).tolist(), (each % n_types).tolist(), strict=True):
        found.setdefault(article, set()).add(strings[word].lower())
    return found
