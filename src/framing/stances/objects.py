"""Who is praised or blamed: the object of an act, or the subject of its passive."""

from __future__ import annotations

import numpy as np

from framing.stances.near import Answers, Places, any_between, comma_between, ends_in, is_among
from framing.stances.noun_phrases import (
    CIRCUMSTANCES,
    hangs_on_another,
    has_determiner,
    preposition_before,
    suffers_noun,
    tells_of_harm,
)
from framing.tokens import Tokens

_REACH = 8  # words between an act and its object
_PASSIVE_REACH = 5
_BE = frozenset("is are was were be been being".split())
# Between an act and a name, these make the name part of something else that is praised or blamed.
_NOT_OBJECT = (
    frozenset(
        """that against over claim claims accusation accusations allegation allegations threat threats criticism
    condemnation who which whose""".split()
    )
    | CIRCUMSTANCES
)
_IN_WORDS = frozenset(
    "his her my your our their verbal personal scathing sharp blistering fierce political public repeated".split()
)
_BY = frozenset(["by"])
_PLACES = frozenset("in at near inside outside across throughout from than unlike not nor".split())
_MATTERS = frozenset("on about concerning regarding".split())
_TO = frozenset(["to"])
_GIVEN = frozenset(
    """aid support help assistance commitment loan loans contribution tribute supplies arms weapons deliveries
    friendship gratitude thanks congratulations respect you""".split()
)
_TRUSTS = frozenset("confidence trust faith belief satisfaction pride".split())
_PREPOSITIONS = _PLACES | _MATTERS | _TO | _BY | frozenset("of for with against toward towards".split())
_FINITE = frozenset(
    "is was were has have had will would can could may might must should does did said says told are".split()
)
_RELATIVES = frozenset("who which that those".split())
_RELATIVE_REACH = 3
_ANOTHER_CLAUSE = frozenset("after before when while as that because and but or says said".split())


def is_object(tokens: Tokens, cue_first: Places, cue: Places, mention: Places, mention_last: Places) -> Answers:
    """Tell whether each mention is the object of an act: it follows, and nothing makes it part of another.

    "Condemned the bombing of X" and "the coup in X" say nothing against X; "the attack by X" does.
    """
    found = np.zeros(len(cue), bool)
    near = np.flatnonzero((cue < mention) & (mention - cue - 1 < _REACH))
    found[near] = _is_object(tokens, cue_first[near], cue[near], mention[near], mention_last[near])
    return found


def _is_object(tokens: Tokens, cue_first: Places, cue: Places, mention: Places, mention_last: Places) -> Answers:
    free = ~any_between(tokens, _NOT_OBJECT, cue + 1, mention)
    in_words = is_among(tokens, _IN_WORDS, cue_first - 1)  # "her attacks on X" are what she said
    free &= ~suffers_noun(tokens, np.where(in_words, cue + 1, cue_first), mention)
    before = preposition_before(tokens, mention)
    own = (before == cue + 1) | (before == cue)  # "support for", "thanks to": the preposition of the act itself
    trusts = (before == cue) | (own & is_among(tokens, _TRUSTS, cue))
    elsewhere = is_among(tokens, _PLACES, before) & ~trusts
    elsewhere |= is_among(tokens, _MATTERS, before) & ~own
    elsewhere |= is_among(tokens, _TO, before) & ~own & ~any_between(tokens, _GIVEN, cue, before)
    # "as tensions with X rise, A courts B": what a preposition rules stands before the next comma
    elsewhere |= is_among(tokens, _PREPOSITIONS, cue) & comma_between(tokens, cue, mention)
    by = any_between(tokens, _BY, cue + 1, mention)
    of_its_doing = is_among(tokens, _BY, before) & ~own
    of_its_doing &= has_determiner(tokens, cue + 1) | tells_of_harm(tokens, cue + 1, mention)
    # "confident X was behind it": a subject of its own, but not in "those who support X are"
    subject = is_among(tokens, _FINITE, mention_last + 1) & ~is_among(tokens, _PREPOSITIONS, before)
    subject &= ~any_between(tokens, _RELATIVES, np.maximum(cue_first - _RELATIVE_REACH, 0), cue_first)
    return free & ~elsewhere & ~subject & (~by | of_its_doing)


def is_passive_subject(
    tokens: Tokens, cue: Places, cue_last: Places, mention_first: Places, mention: Places
) -> Answers:
    """Tell whether each mention is the subject of an act in the passive, an adverb between them or not."""
    gap = cue - mention
    near = (gap > 1) & (gap <= _PASSIVE_REACH) & ends_in(tokens, ("ed",), cue)
    if not near.any():
        return near
    adverb = ends_in(tokens, ("ly",), cue - 1) & (gap > 2)
    be = is_among(tokens, _BE, cue - 1) | (adverb & is_among(tokens, _BE, cue - 2))
    another = any_between(tokens, _ANOTHER_CLAUSE, mention + 1, cue)
    return near & be & ~another & ~hangs_on_another(tokens, mention_first, mention, cue - 1)
