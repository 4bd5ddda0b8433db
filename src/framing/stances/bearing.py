"""Whether a cue bears on a mention in the same clause: the grammar of each class of cues.

Every function takes the first and last words of cues and of mentions, pair by pair, as arrays of shape
(n_pairs,), and returns one truth value a pair.
"""

from __future__ import annotations

import numpy as np

from framing.names import begins_with_capital
from framing.stances.doers import does
from framing.stances.near import Answers, Places, any_between, is_among
from framing.stances.noun_phrases import CIRCUMSTANCES, hangs_on_another, preposition_before
from framing.stances.objects import is_object, is_passive_subject
from framing.tokens import Tokens

_RELATION_REACH = 12
_PREDICATE_REACH = 8  # words between a target and what it is said to be
_COPULA = frozenset(
    """is are was were be been being as remains remain remained seems appears becomes became calls called pose poses
    posed posing represents represented constitutes constituted""".split()
)
# "considers X a threat": what a holder takes the target for.
_DEEMS = frozenset(
    """consider considers considered considering call calls called calling see sees saw seeing view views viewed viewing
    regard regards regarded regarding deem deems deemed brand brands branded branding label labels labelled labeled
    describe describes described describing declare declares declared treat treats treated hold holds held""".split()
)
_TO = frozenset(["to", "for"])
_THAT, _AS, _ARTICLES = frozenset(["that"]), frozenset(["as"]), frozenset(["a", "an"])
_DEEMED_REACH = 3  # words between a target and what it is taken for
_RELATION_NOUNS = frozenset(
    """tie ties relation relations relationship relationships partnership partnerships cooperation collaboration
    alliance alliances agreement agreements link links friendship engagement dialogue trade pact contact
    contacts""".split()
)


def bears(
    tokens: Tokens,
    kind: str,
    target_kind: str,
    cue: tuple[Places, Places],
    sign: Places,
    mention: tuple[Places, Places],
) -> Answers:
    """Tell whether each cue bears on its mention, by the grammar of its class.

    Parameters
    ----------
    tokens
        The text.
    kind
        Class of the cues, one of `framing.codebook.CUE_CLASSES`.
    target_kind
        ``"actor"``, ``"relation"`` or ``"policy"``.
    cue, sign, mention
        First and last words of the cues, their signs, and first and last words of the mentions.
    """
    if target_kind != "actor" and kind in ("relation", "policy"):
        return np.ones(len(cue[0]), bool)
    found = np.zeros(len(cue[0]), bool)
    near = np.flatnonzero(np.maximum(cue[0], mention[0]) - np.minimum(cue[1], mention[1]) <= _RELATION_REACH)
    cue, sign, mention = (cue[0][near], cue[1][near]), sign[near], (mention[0][near], mention[1][near])
    found[near] = _bears(tokens, kind, target_kind, cue, sign, mention)
    return found


def _bears(
    tokens: Tokens, kind: str, target_kind: str, cue: tuple[Places, Places], sign: Places,
    mention: tuple[Places, Places],
) -> Answers:  # fmt: skip
    if kind in ("praise", "blame"):
        return is_object(tokens, *cue, *mention) | is_passive_subject(tokens, *cue, *mention)
    if kind == "relation":
        return _of_a_relation(tokens, *cue, *mention)
    if kind == "portrayal":
        return does(tokens, *cue, sign, *mention)
    return _said_to_be(tokens, target_kind, *cue, *mention)


def _of_a_relation(tokens: Tokens, cue: Places, cue_last: Places, mention: Places, mention_last: Places) -> Answers:
    first, end = np.minimum(cue, mention), np.maximum(cue_last, mention_last) + 1
    apart = any_between(tokens, CIRCUMSTANCES, first, end)
    return (end - first <= _RELATION_REACH) & any_between(tokens, _RELATION_NOUNS, first, end) & ~apart


def _said_to_be(
    tokens: Tokens, target_kind: str, cue: Places, cue_last: Places, mention: Places, mention_last: Places
) -> Answers:
    """The cue stands right before the target, says what it is or is taken for, or belongs to a relation or policy."""
    first, end = np.minimum(cue_last, mention_last) + 1, np.maximum(cue, mention)
    between = np.maximum(end - first, 0)
    follows = cue > mention_last
    is_it = follows & any_between(tokens, _COPULA, first, end)
    if target_kind == "actor":
        is_it &= ~hangs_on_another(tokens, mention, mention_last, cue)
        is_it &= ~_of_another(tokens, first, end)
        is_it |= follows & (between <= _DEEMED_REACH) & is_among(tokens, _DEEMS, preposition_before(tokens, mention))
    to_it = is_among(tokens, _TO, mention - 1)  # "a threat to X" is no word on X
    found = ((cue_last < mention) & (between <= 1) & ~to_it) | is_it
    if target_kind != "actor":
        found |= follows
    if target_kind == "policy":
        found |= (cue <= mention_last) & (mention <= cue_last)
    return found & (between <= _PREDICATE_REACH)


def _of_another(tokens: Tokens, first: Places, end: Places) -> Answers:
    """Tell whether another is said to be something in ``[first, end)``: "X calls Y ...", "X said that Y was ..."."""
    places = tokens.once(_turns_to_another)
    return np.searchsorted(places, np.maximum(end, first)) > np.searchsorted(places, first)


def _turns_to_another(tokens: Tokens) -> Places:
    """Return where a sentence turns to another: verbs of deeming that are no passive, and "that" before a name."""
    word, types, capital = tokens.word, tokens.types, begins_with_capital(tokens.types)
    place = tokens.places(_THAT | _DEEMS)
    own, following = word[place], word[np.minimum(place + 1, len(word) - 1)]
    passive = types.among(_AS | _ARTICLES)[following]
    for back in (1, 2):
        passive |= types.among(_COPULA)[word[np.maximum(place - back, 0)]] & (place >= back)
    return place[np.where(types.among(_THAT)[own], capital[following], ~passive)]
