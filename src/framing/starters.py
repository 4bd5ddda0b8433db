"""Words that, in capitals behind an abbreviation, tell whether a new sentence begins with them."""

from __future__ import annotations

# Words that, in capitals after "U.S." or "Inc.", speak for a new sentence.
STARTERS = frozenset(
    """the a an this that these those it he she they we i you his her its their our my there here in on at by for from
    with as if when while although though but and or however yet meanwhile after before since under over during
    according both all some many most several no not what why how who where one two three another last next such then
    thus still even also despite instead besides moreover overall each any every everyone nobody none nothing once
    until unless because whether among amid against along within without between through throughout unlike
    nevertheless nonetheless furthermore additionally therefore consequently similarly likewise indeed perhaps
    currently recently later earlier today yesterday mr mrs ms""".split()
)
# Nouns that news begins sentences with and that are rarely the second part of a name; as headlines write them with
# capitals too ("U.S. Shares Rise"), they begin a sentence only where it goes on in lower case.
SUBJECTS = frozenset(
    """shares stocks sales profit profits revenue revenues earnings trade trading exports imports prices markets
    inflation unemployment demand production output orders growth costs losses margins police authorities lawmakers
    investors traders economists prosecutors lawyers regulators negotiators diplomats ministers leaders legislators
    talks negotiations relations tensions ties protesters demonstrators residents voters observers sources consumers
    customers shareholders employees workers executives companies firms banks farmers supporters opponents rivals
    people women men students soldiers troops rescuers witnesses polls results figures data details reports
    elections analysts critics experts officials""".split()
)
# What goes on the time of day: "at 11 a.m. Monday", "at 3 p.m. GMT".
AFTER_TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec gmt utc est edt et cst cdt ct mst mdt mt pst pdt pt bst cet cest eet trt msk ist sgt myt hkt jst kst
    pht ict wib wita wit aest aedt e.t c.t p.t eastern central mountain
    pacific greenwich""".split()
)
# What goes on the name of a firm that ends in an exclamation mark: "Yahoo! Inc.", "Yum! Brands".
FIRM_WORDS = frozenset("inc corp co ltd plc llc bhd sdn brands holdings".split())


def bare_word(word: str) -> str:
    """Return a word without marks round it, in lower case."""
    return word.strip("\"'“‘«([").rstrip(".,;:!?'’\"”").lower()
