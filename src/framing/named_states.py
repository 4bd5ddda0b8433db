"""Where a text names a state, its people or its government."""

from __future__ import annotations

from functools import lru_cache

from framing.hits import Hit, Hits, guarded
from framing.lookup import Matcher
from framing.state_guards import no_states
from framing.tokens import Tokens
from framing.wordlists import states


@lru_cache(maxsize=1)
def _matcher() -> tuple[Matcher, tuple[str, ...]]:
    """Return the matcher of all names of states, then of what is none, and the state of each name."""
    pairs = [(state, name) for state, names in states().items() for name in names]
    others = [phrase for phrases in no_states().values() for phrase in phrases]
    return Matcher([name for _, name in pairs] + others), tuple(state for state, _ in pairs)


def state_of(hit: Hit) -> str:
    """Return the state that a hit of `state_hits` names."""
    return _matcher()[1][hit.term]


def state_hits(tokens: Tokens) -> Hits:
    """Return all names of states in text order; looked up once for some tokens."""
    return tokens.once(_find)


def _find(tokens: Tokens) -> Hits:
    matcher, state_of_term = _matcher()
    hits = matcher.find(tokens)
    named = hits.term < len(state_of_term)
    return guarded(hits[named], hits[~named])
