"""Whether a cue bears on a mention in the same clause: a small grammar of agents, objects and passives.

Every function takes the first and last words of cues and of mentions, pair by pair, as arrays of shape
(n_pairs,), and returns one truth value a pair.
"""

from __future__ import annotations

import numpy as np

from framing.stances.near import Answers, Places, any_between, before_mention, ends_in, is_among
from framing.tokens import Tokens

_REACH = 8  # words between a target and the act it does or suffers
_PASSIVE_REACH = 5
_RELATION_REACH = 12
_BY_REACH = 4
_THE = frozenset(["the"])
_BY = frozenset(["by", "from"])
_NOT_AGENT = frozenset(
    "to with from against of for on in toward towards between than at over into under despite after".split()
)
_BE = frozenset("is are was were be been being".split())
# Between an act and a name, these make the name part of something else that is praised or blamed.
_NOT_OBJECT = frozenset(
    """that against by over sanction sanctions claim claims criticism accusation accusations allegation
    allegations threat threats""".split()
)
# Between a name and the act of a portrayal: the name suffers or opposes what the act is, or only speaks of it.
_NO_DOER = frozenset(
    """by under against face faces faced facing suffer suffers suffered suffering endure endures endured victim victims
    oppose opposes opposed opposing condemn condemns condemned condemning denounce denounces denounced denouncing
    reject rejects rejected rejecting criticise criticises criticised criticize criticizes criticized criticising
    criticizing protest protests protested resist resists resisted resisting fear fears feared regret regrets
    regretted survive survives survived withstand withstood lived""".split()
)
_ONLY_SPEAKS = frozenset(
    """say says said saying call calls called calling warn warns warned warning urge urges urged urging tell tells told
    argue argues argued ask asks asked""".split()
)
_ITSELF = frozenset("it they he she we its their his her our to".split())  # "said it would impose"
_COPULA = frozenset(
    "is are was were be been being as remains remain remained seems appears becomes became calls called".split()
)
_RELATION_NOUNS = frozenset(
    """tie ties relation relations relationship relationships partnership partnerships cooperation collaboration
    alliance alliances agreement agreements link links friendship engagement dialogue trade pact""".split()
)


def bears(
    tokens: Tokens,
    kind: str,
    target_kind: str,
    cue: tuple[Places, Places],
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
    cue, mention
        First and last words.
    """
    if target_kind != "actor" and kind in ("relation", "policy"):
        return np.ones(len(cue[0]), bool)
    if kind in ("praise", "blame"):
        return _object(tokens, *cue, *mention) | _passive(tokens, *cue, *mention)
    if kind == "relation":
        return _of_a_relation(tokens, *cue, *mention)
    if kind == "portrayal":
        return _acts(tokens, *cue, *mention)
    return _said_to_be(tokens, target_kind, *cue, *mention)


def _object(tokens: Tokens, cue_first: Places, cue: Places, mention: Places, mention_last: Places) -> Answers:
    """The target is the object of an act: it follows, and nothing between makes it part of another."""
    near = (cue < mention) & (mention - cue - 1 < _REACH)
    return near & ~any_between(tokens, _NOT_OBJECT, cue + 1, mention)


def _passive(tokens: Tokens, cue: Places, cue_last: Places, mention_first: Places, mention: Places) -> Answers:
    gap = cue - mention
    near = (gap > 1) & (gap <= _PASSIVE_REACH)
    return near & is_among(tokens, _BE, cue - 1) & ends_in(tokens, ("ed",), cue)


def _of_a_relation(tokens: Tokens, cue: Places, cue_last: Places, mention: Places, mention_last: Places) -> Answers:
    first, end = np.minimum(cue, mention), np.maximum(cue_last, mention_last) + 1
    return (end - first <= _RELATION_REACH) & any_between(tokens, _RELATION_NOUNS, first, end)


def _acts(tokens: Tokens, cue: Places, cue_last: Places, mention: Places, mention_last: Places) -> Answers:
    """The target does what the cue says: as subject, as owner, or after ``by`` or ``from``."""
    gap = cue - mention_last
    suffers = (gap > 1) & is_among(tokens, _BE, cue - 1) & ~ends_in(tokens, ("ing",), cue)
    part_of_phrase = is_among(tokens, _NOT_AGENT, before_mention(tokens, mention, _THE, 1))
    subject = (gap > 0) & ~suffers & ((gap <= 2) | ((gap <= _REACH) & ~part_of_phrase))
    between = mention_last + 1, np.maximum(cue, mention_last + 1)
    speaks = any_between(tokens, _ONLY_SPEAKS, *between) & ~any_between(tokens, _ITSELF, *between)
    subject &= ~any_between(tokens, _NO_DOER, *between) & ~speaks
    named_after = (cue_last < mention) & (mention - cue_last - 1 <= _BY_REACH)
    return subject | (named_after & any_between(tokens, _BY, cue_last + 1, mention))


def _said_to_be(
    tokens: Tokens, target_kind: str, cue: Places, cue_last: Places, mention: Places, mention_last: Places
) -> Answers:
    """The cue stands right before the target, or after a verb such as ``is``, or belongs to a relation or policy."""
    first, end = np.minimum(cue_last, mention_last) + 1, np.maximum(cue, mention)
    between = np.maximum(end - first, 0)
    follows = cue > mention_last
    found = ((cue_last < mention) & (between <= 1)) | (follows & any_between(tokens, _COPULA, first, end))
    if target_kind != "actor":
        found |= follows
    if target_kind == "policy":
        found |= (cue <= mention_last) & (mention <= cue_last)
    return found & (between <= _REACH)
