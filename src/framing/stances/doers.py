"""Whose act it is: the subject of a verb, the owner of a noun, or who is named after ``by``."""

from __future__ import annotations

import numpy as np

from framing.stances.near import Answers, Places, any_between, ends_in, is_among, last_between
from framing.stances.noun_phrases import hangs_on_another, has_determiner
from framing.tokens import Tokens

_REACH = 8  # words between a doer and the act
_BY_REACH = 4
_OWNER_REACH = 3
_BY = frozenset(["by", "from"])
_BE = frozenset("is are was were be been being".split())
_PREPOSITIONS = frozenset("by from on against in at to toward towards over with for about after into under".split())
# Between a name and the act: the name suffers or opposes what the act is, or only speaks of it.
_NO_DOER = frozenset(
    """by under against face faces faced facing suffer suffers suffered suffering endure endures endured victim
    victims oppose opposes opposed opposing condemn condemns condemned condemning denounce denounces denounced
    denouncing reject rejects rejected rejecting criticise criticises criticised criticize criticizes criticized
    criticising criticizing protest protests protested resist resists resisted resisting fear fears feared regret
    regrets regretted survive survives survived withstand withstood lived despite""".split()
)
_ONLY_SPEAKS = frozenset(
    """say says said saying call calls called calling warn warns warned warning urge urges urged urging tell tells
    told argue argues argued ask asks asked""".split()
)
_ITSELF = frozenset("it they he she we its their his her our to".split())  # "said it would impose"
_ITS_OWN = frozenset("itself themselves himself herself against".split())
_ASKED = frozenset(
    """urge urges urged urging call calls called calling ask asks asked asking press presses pressed pressing demand
    demands demanded demanding want wants wanted tell tells told order orders ordered appeal appeals appealed warn
    warns warned persuade persuades persuaded require requires required force forces forced""".split()
)
_ASKED_REACH = 3
_TO, _THAT = frozenset(["to"]), frozenset(["that"])
_HAVE = frozenset(["have"])
_OUGHT = frozenset("must should ought needs need".split())
_STOP = frozenset("stop end cease halt refrain avoid not".split())
# Acts as nouns: done by whoever owns them, or by whoever does them with a verb that says little else.
_NOUNS = frozenset(
    """tariff tariffs sanction pressure pressures threat threats coercion duties levy levies surcharge surcharges
    penalty penalties restriction restrictions embargo embargoes hostility hostilities aggression intimidation
    interference retaliation provocation provocations escalation violation violations breach breaches invasion bombing
    assistance contribution contributions protection guarantee guarantees ultimatum ultimatums imposition punishment
    ban protectionism""".split()
)
_NOUNS_OR_VERBS = frozenset(
    "sanctions bans demand demands help offer offers strike strikes block blocks curb curbs".split()
)
_BEFORE_NOUNS = frozenset("of from with by for on against no any new more further under despite american".split())
_FIRST_OF_NOUNS = frozenset(["export"])
_LIGHT = frozenset(
    """announce announces announced announcing put puts putting place places placed slap slaps slapped raise raises
    raised hike hikes hiked increase increases increased increasing issue issues issued exert exerts exerted exerting
    apply applies applied applying plan plans planned planning prepare prepares prepared consider considers considered
    extend extends extended expand expands expanded tighten tightens tightened maintain maintains maintained keep
    keeps kept use uses used using step steps stepped intensify intensifies intensified order orders ordered unveil
    unveils unveiled introduce introduces introduced adopt adopts adopted approve approves approved launch launches
    launched conduct conducts conducted make makes made making threaten threatens threatened threatening impose
    imposes imposed imposing provide provides provided give gives gave given bring brings brought""".split()
)
_OF_A_NOUN = frozenset(
    """new latest recent steep sweeping higher high tough harsh punitive additional proposed planned further import
    steel aluminium aluminum export trade car chip energy oil own secondary percent increased growing mounting
    sustained open renewed repeated fresh heavy naval armed ongoing continued""".split()
)
_ADJECTIVES = ("al", "ic", "ive", "ary", "ory")


def does(tokens: Tokens, cue: Places, cue_last: Places, sign: Places, mention: Places, mention_last: Places) -> Answers:
    """Tell whether each mention does what the cue says: as subject, as owner, or after ``by`` or ``from``."""
    before_noun = has_determiner(tokens, cue - 1) | is_among(tokens, _BEFORE_NOUNS, cue - 1)
    before_noun |= ends_in(tokens, _ADJECTIVES, cue - 1)
    noun = is_among(tokens, _NOUNS, cue_last) | (is_among(tokens, _NOUNS_OR_VERBS, cue_last) & before_noun)
    noun &= (cue == cue_last) | is_among(tokens, _FIRST_OF_NOUNS, cue)
    subject = _is_subject(tokens, cue, cue_last, sign, mention, mention_last)
    owner = _is_owner(tokens, cue, mention_last) | (subject & _done_by_a_verb(tokens, mention_last + 1, cue))
    return np.where(noun, owner, subject) | _is_named_after(tokens, cue_last, mention)


def _is_subject(
    tokens: Tokens, cue: Places, cue_last: Places, sign: Places, mention: Places, mention_last: Places
) -> Answers:
    gap = cue - mention_last
    between = mention_last + 1, np.maximum(cue, mention_last + 1)
    passive = (gap > 1) & is_among(tokens, _BE, cue - 1) & ~ends_in(tokens, ("ing",), cue)
    suffers = passive | (is_among(tokens, _BY, cue_last + 1) & ends_in(tokens, ("ed",), cue_last))
    speaks = any_between(tokens, _ONLY_SPEAKS, *between) & ~any_between(tokens, _ITSELF, *between)
    asked = any_between(tokens, _ASKED, np.maximum(mention - _ASKED_REACH, 0), mention)
    asked &= any_between(tokens, _TO, *between) | is_among(tokens, _THAT, mention - 1)
    ought = last_between(tokens, _OUGHT, *between)  # "should have chosen" is a reproach, no demand
    asked |= (ought >= 0) & ~is_among(tokens, _HAVE, ought + 1)
    asked &= ~((sign < 0) & any_between(tokens, _STOP, *between))  # who is told to stop has begun
    subject = (gap > 0) & (gap <= _REACH) & ~suffers & ~speaks & ~asked
    subject &= ~any_between(tokens, _NO_DOER, *between)
    return subject & ~hangs_on_another(tokens, mention, mention_last, cue)


def _is_owner(tokens: Tokens, cue: Places, mention_last: Places) -> Answers:
    """Tell whether the act is owned: "US tariffs", "Washington’s latest tariffs", "Chinese economic coercion"."""
    gap = cue - mention_last
    owner = (gap > 0) & (gap <= _OWNER_REACH)
    for step in range(1, _OWNER_REACH):
        place = np.minimum(mention_last + step, np.maximum(cue - 1, 0))
        describes = is_among(tokens, _OF_A_NOUN, place) | ends_in(tokens, _ADJECTIVES, place)
        owner &= (gap <= step) | describes
    return owner


def _done_by_a_verb(tokens: Tokens, first: Places, cue: Places) -> Answers:
    """Tell of "announced steep tariffs" and "put pressure on", not of "announced relief from tariffs"."""
    verb = last_between(tokens, _LIGHT, first, cue)
    return (verb >= 0) & (last_between(tokens, _PREPOSITIONS, first, cue) < verb)


def _is_named_after(tokens: Tokens, cue_last: Places, mention: Places) -> Answers:
    """Tell whether ``by`` names the doer: "imposed by X", not "imposed by the EU on X"."""
    near = (cue_last < mention) & (mention - cue_last - 1 <= _BY_REACH)
    nearest = last_between(tokens, _PREPOSITIONS, cue_last + 1, mention)
    return near & (nearest >= 0) & is_among(tokens, _BY, nearest) & ~any_between(tokens, _ITS_OWN, cue_last, mention)
