"""Targets given as names with aliases, without a codebook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from framing.codebook import Target
from framing.errors import FramingError, bad_value
from framing.state_guards import state_guards
from framing.wordlists import state_of_name, states


def own_targets(
    given: Mapping[str, str | Sequence[str]] | Sequence[str], argument: str = "targets"
) -> dict[str, Target]:
    """Return the targets that names, or names with their aliases, stand for.

    Parameters
    ----------
    given
        Names, or names with one alias or more. The name of a state stands for all its names, but where they are
        part of another name ("South China Sea").
    argument
        What the user calls them, for messages.

    Raises
    ------
    FramingError
        If a name or an alias is no text.
    """
    if isinstance(given, str) or not isinstance(given, Mapping | Sequence):
        expected = "a list of names, or names with their aliases"
        raise FramingError(bad_value(argument, expected, given, f'For one write {argument}=["NATO"].'))
    named = given if isinstance(given, Mapping) else {name: [name] for name in given}
    found = {}
    for name, aliases in named.items():
        if isinstance(name, str) and "=" in name:
            own, _, rest = name.partition("=")
            hint = f"With aliases write {argument}={{{own!r}: {[part.strip() for part in rest.split(',')]}}}."
            raise FramingError(bad_value(argument, "names", name, hint))
        aliases = [aliases] if isinstance(aliases, str) else list(aliases)
        if not aliases or not all(isinstance(a, str) and a.strip() for a in [name, *aliases]):
            raise FramingError(
                bad_value(f"{argument}[{name!r}]", "a name with one alias or more, all of them text", aliases)
            )
        terms = [term for alias in aliases for term in _terms(alias)]
        guards = [guard for alias in aliases if (state := _state(alias)) for guard in state_guards(state, aliases)]
        found[name] = Target(name, label=name, aliases=tuple(dict.fromkeys(terms)), guards=tuple(dict.fromkeys(guards)))
    return found


def _state(alias: str) -> str | None:
    return state_of_name().get(alias.lower()) if alias[:1].isupper() else None


def _terms(alias: str) -> tuple[str, ...]:
    """Return the terms that an alias stands for: all names of a state, else the alias itself, capitals kept."""
    state = _state(alias)
    if state is not None:
        return states()[state]
    cased = [w if ":" in w or not w[:1].isupper() else f"case:{w}" for w in re.sub(r"[’']s?$", "", alias).split()]
    return (" ".join(cased),)
