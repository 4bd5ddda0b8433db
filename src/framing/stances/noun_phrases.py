"""Which name a preposition hangs on: "the attack on X", "the government of X", "in X"."""

from __future__ import annotations

from framing.stances.near import Answers, Places, any_between, before_mention, is_among
from framing.tokens import Tokens

_DETERMINERS = frozenset(
    """the a an its his her their our my your this that these those all both several many most other some
    neighbouring neighboring mainland former""".split()
)
_MOST_DETERMINERS = 2
_ON = frozenset("on against in at to into over toward towards upon".split())
"""Prepositions after which a name suffers what the noun before tells."""
_OF, _BY = frozenset(["of"]), frozenset(["by"])
_ELSEWHERE = frozenset(
    "to with from against of for on in toward towards between than at over into under near inside outside about".split()
)
_SUBORDINATORS = frozenset("with for than".split())  # "with China threatening", "for China to impose"
_RULED = frozenset(
    """government governments president presidents minister ministers ministry leader leaders leadership army forces
    parliament republic kingdom state people authorities regime rulers military king prime party head company chief
    chairman policies policy actions conduct behaviour behavior""".split()
)
_SUFFERED = frozenset(
    """bombing bombings shelling bombardment invasion occupation annexation blockade siege destruction defeat killing
    killings murder murders assassination kidnapping abduction arrest arrests detention massacre persecution seizure
    expulsion exclusion isolation encirclement dismemberment""".split()
)
"""Nouns whose "of" names who suffers."""
_HARM = _SUFFERED | frozenset(
    """attack attacks assault assaults strike strikes airstrike airstrikes raid raids embargo embargoes tariff tariffs
    duties sanction sanctions ban bans restriction restrictions curb curbs interference intervention meddling coup war
    violence pressure threat threats aggression hostility incursion incursions terrorism crackdown plot campaign boycott
    violation violations abuse abuses riot riots protest protests clashes explosion shooting shootings""".split()
)

CIRCUMSTANCES = frozenset(
    "because after before while when amid amidst as despite although though since unless until during where".split()
)
"""Words that open the circumstances of what is done: what stands behind them is not what it is done to."""


def preposition_before(tokens: Tokens, mention: Places) -> Places:
    """Return the place of the word before each mention and its articles; -1 where its sentence begins there."""
    return before_mention(tokens, mention, _DETERMINERS, _MOST_DETERMINERS)


def has_determiner(tokens: Tokens, place: Places) -> Answers:
    """Tell whether a determiner stands at each place."""
    return is_among(tokens, _DETERMINERS, place)


def suffers_noun(tokens: Tokens, first: Places, mention: Places) -> Answers:
    """Tell whether a noun of harm from `first` on happens to the mention: "the attack on X", "the bombing of X".

    What is done "by X" happens to another.
    """
    before = preposition_before(tokens, mention)
    harm = any_between(tokens, _HARM, first, mention)
    to_it = harm & any_between(tokens, _ON, first, mention) & ~is_among(tokens, _BY, before)
    return to_it | (any_between(tokens, _SUFFERED, first, mention) & is_among(tokens, _OF, before))


def tells_of_harm(tokens: Tokens, first: Places, mention: Places) -> Answers:
    """Tell whether a noun of harm stands from `first` on before the mention."""
    return any_between(tokens, _HARM, first, mention)


def hangs_on_another(tokens: Tokens, mention: Places, mention_last: Places, end: Places) -> Answers:
    """Tell whether a preposition makes each mention part of another phrase, so that it is no subject before `end`.

    "The government of X" is X; "after X", "with X threatening" leave X a subject where its verb follows at once.
    """
    before = preposition_before(tokens, mention)
    hangs = is_among(tokens, _ELSEWHERE, before)
    at_once = end - mention_last <= 2
    ruled = is_among(tokens, _OF, before) & ~is_among(tokens, _HARM, before - 1)
    ruled &= at_once | is_among(tokens, _RULED, before - 1)
    return hangs & ~ruled & ~(is_among(tokens, _SUBORDINATORS, before) & at_once)
