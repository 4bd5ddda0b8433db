"""Phrases that hold the name of a state and do not name it: "South China Sea", "New Mexico", "Papua New Guinea"."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from framing.terms import expand
from framing.wordlists import gazetteer, states


@lru_cache(maxsize=1)
def no_states() -> dict[str, tuple[str, ...]]:
    """Return, by state, the phrases that hold a name of it and do not name it, such as "South China Sea"."""
    return {
        row["state"]: tuple(phrase for term in row["not"].split(";") if term for phrase in expand(term))
        for row in gazetteer()
    }


_NO_ORGANS = tuple(
    """citizen* national nationals journalist* reporter* student* tourist* worker* migrant* refugee* fan fans man men
    woman women girl* boy* child* couple family families teenager* doctor* nurse* teacher* scientist* novelist*
    writer* author* artist* singer* actor* actress* player* footballer* striker* athlete* team teams club clubs
    priest* driver* pilot* film* music food cuisine restaurant* literature language culture holiday*""".split()
)
"""Persons and things with an adjective of a state that are not its organs: "a French journalist" is not France."""


def state_guards(state: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the phrases in which a name of a state does not name it.

    They are those of the gazetteer, the names of states that hold this one, and people and things that come from it.

    Parameters
    ----------
    state
        A state of the gazetteer.
    aliases
        What a user names a target by: it is one also where the gazetteer says otherwise.

    Examples
    --------
    >>> state_guards("India", [])[:2]
    ('indian ocean', 'indian summer')
    >>> state_guards("India", ["Indian Ocean"])[:1]
    ('indian summer',)
    >>> "case:Papua New Guinea" in state_guards("Guinea", [])
    True
    """
    own = [padded for holder, _, padded in _all_names() if holder == state]
    longer = [
        name
        for other, name, padded in _all_names()
        if other != state and any(part in padded and part != padded for part in own)
    ]
    adjectives = next(row["adjective"].split(";") for row in gazetteer() if row["state"] == state)
    people = [f"case:{adjective} {noun}" for adjective in adjectives if adjective for noun in _NO_ORGANS]
    found = (*no_states()[state], *longer, *people)
    wanted = [_bare(alias) for alias in aliases]
    return tuple(phrase for phrase in found if not any(_is(alias, _bare(phrase)) for alias in wanted))


def _is(alias: str, term: str) -> bool:
    stem = term.removesuffix("*")
    if "*" in stem or "?" in stem:
        return fnmatchcase(alias, term)
    return alias == term or (stem != term and alias.startswith(stem))  # most terms, and no expression to compile


@lru_cache(maxsize=1)
def _all_names() -> list[tuple[str, str, str]]:
    """Return each state with each of its names, and the name in lower case between spaces."""
    return [(state, name, f" {_bare(name)} ") for state, names in states().items() for name in names]


def _bare(term: str) -> str:
    return term.replace("case:", "").lower()
