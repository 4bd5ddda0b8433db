"""Words of holders: offices, bodies and groups, and what is a name without them."""

from __future__ import annotations

from functools import lru_cache

from framing.familiar import listed_words
from framing.wordlists import gazetteer, state_of_name

INSTITUTIONS = frozenset(
    """ministry government department agency office court council commission committee parliament senate congress
    house company corporation bank university institute centre center group party police army union association
    campaign administration report study survey poll statement times post news journal agency board federation
    organisation organization fund nations embassy inc corp ltd co bhd plc llc group watch airlines motors holdings
    indictment letter plan article editorial bill law memo document lawsuit complaint resolution ruling email tweet
    post website transcript filing kingdom republic international foundation alliance initiative network partners
    capital systems technologies industries pharmaceuticals insurance securities league coalition forum society academy
    school college hospital church club authority guard navy command bureau secretariat chamber newspaper broadcaster
    outlet polling palace reuters bloomberg xinhua bernama kyodo tass interfax yonhap""".split()
)
ROLES = frozenset(
    """minister president ambassador secretary chairman chairwoman governor spokesman spokeswoman spokesperson king
    queen pope senator mayor premier chancellor judge general director chief envoy officer commissioner professor
    prince princess sultan congressman congresswoman speaker deputy chairperson""".split()
)
ORGANISATIONS = frozenset(
    """greenpeace hamas hezbollah taliban fatah boeing airbus amnesty oxfam unicef unesco pentagon kremlin google
    microsoft facebook meta tesla toyota samsung huawei petronas gazprom aramco interpol fifa opec nato asean brics
    eurostat frontex europol medecins sinopec""".split()
)
"""Well-known bodies whose names do not show that they are none of persons."""
# Words of a name that are no part of it when it is compared with another.
TITLES = ROLES | frozenset(
    """mr mrs ms miss dr sir lord lady dame madam datuk dato sri tun seri datin prime vice former ex foreign defence
    defense finance interior trade sen rep gov gen col lt prof rev hon crown the of state affairs justice treasury
    health education energy commerce""".split()
)
GROUPS = frozenset(
    """analysts experts critics supporters observers officials sources lawmakers diplomats economists residents
    opponents researchers scientists scholars activists leaders ministers companies investors traders voters aides
    advisers governments countries nations states people police authorities others many some prosecutors farmers doctors
    rebels militants villagers protesters unions witnesses teachers students workers employees investigators detectives
    soldiers troops fighters campaigners organisers organizers regulators bankers brokers manufacturers producers
    exporters importers retailers consumers customers patients parents women men families relatives neighbours neighbors
    friends survivors victims refugees migrants locals insiders veterans historians academics professors lawyers
    attorneys judges senators congressmen members delegates representatives spokesmen negotiators mediators envoys
    ambassadors mayors governors commanders generals separatists insurgents demonstrators opponents rivals authors
    editors journalists reporters commentators columnists strategists shareholders creditors lenders donors nurses
    medics engineers developers executives directors managers owners users fans players coaches""".split()
)
ARTICLES = frozenset(["the", "a", "an"])


@lru_cache(maxsize=1 << 15)
def own_words(name: str) -> frozenset[str]:
    """Return the words of a name without titles and roles; a name that is but an office keeps what tells it apart."""
    *front, last = (word.strip(".") for word in name.lower().replace("-", " ").split() or [name])
    no_part = ARTICLES if last in ROLES else TITLES
    return frozenset([last, *(word for word in front if word not in no_part)])


@lru_cache(maxsize=1 << 15)
def names_somebody(name: str, person: bool) -> bool:
    """Tell whether a holder is named, and not by an office or an everyday word alone.

    How a house writes offices does not matter: neither "the Prime Minister" nor "the prime minister" is a name. A
    nationality makes an institution known ("the Turkish ministry"), but no person.

    Parameters
    ----------
    name
        The name as the text gives it.
    person
        Whether it is a person's.

    Examples
    --------
    >>> names_somebody("the Prime Minister", True), names_somebody("Prime Minister Anwar", True)
    (False, True)
    """
    for word in name.split():
        bare = without_possessive(word).strip(".,")
        lower = bare.lower()
        if not bare[:1].isupper() or lower in TITLES or lower in INSTITUTIONS or lower in GROUPS:
            continue
        if lower in listed_words() and bare != name and lower not in state_of_name():
            continue
        if not (person and lower in _demonyms() and bare != name):
            return True
    return False


@lru_cache(maxsize=1)
def _demonyms() -> frozenset[str]:
    return frozenset(word.lower() for row in gazetteer() for word in row["adjective"].split(";"))


def without_possessive(name: str) -> str:
    """Return a name without the ending of a possessive."""
    if name[-2:] in ("'s", "’s"):
        return name[:-2]
    return name[:-1] if name[-1:] in ("'", "’") else name
