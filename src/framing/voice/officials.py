"""Which holders speak for a government."""

from __future__ import annotations

import numpy as np

from framing.tokens import Tokens
from framing.voice.holders import Holder

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
    names = _names_behind_offices(tokens, {article for article, _ in held})
    found = []
    for article, holder in held:
        words = holder.name.lower().split()
        last = words[-1] if words else ""
        found.append(not _OFFICES.isdisjoint(words) or (holder.type == "person" and last in names.get(article, ())))
    return found


def _names_behind_offices(tokens: Tokens, articles: set[int]) -> dict[int, set[str]]:
    strings = tokens.types.strings
    offices = np.flatnonzero(tokens.types.among(_OFFICES)[tokens.word])
    found: dict[int, set[str]] = {}
    for place, article, sentence in zip(
        offices.tolist(), tokens.article[offices].tolist(), tokens.sentence[offices].tolist(), strict=True
    ):
        if article not in articles:
            continue
        end = min(place + 1 + _AFTER_OFFICE, int(tokens.sentence_bounds[sentence + 1]))
        following = (strings[w] for w in tokens.word[place + 1 : end].tolist())
        found.setdefault(article, set()).update(w.lower() for w in following if w[:1].isupper())
    return found
