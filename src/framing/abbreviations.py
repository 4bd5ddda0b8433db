"""Abbreviations that end in a full stop, by what it says about the end of a sentence."""

from __future__ import annotations

# Titles, ranks and reference words: what follows belongs to them, so they never end a sentence.
BEFORE_A_NAME = frozenset(
    """adm amb approx attys brig bros capt cdr cllr cmdr cpl dr drs e.g eds eq eqs esp excl figs gov hon i.e incl insp
    lieut lt maj messrs mgr mlle mme mr mrs ms mt mts nos pfc pp prof profs pvt rep reps rev rs rt sens sgt spc sr ss st
    supt viz vol vols vs v""".split()
)
# The same only with a capital ("Gen. Lim", "the gen" is a word), or before a number ("fig. 5").
CAPITAL_BEFORE_A_NAME = frozenset(
    """abd art asst atty bkt col dep dir ed fig gen hj hjh ir jl jln kg md mdm mohd op p para pn pres pt ret retd rtd
    sdr sec sen sg sra ste tg tmn tn ts""".split()
)
# The same only before a number, as they are words or end a sentence elsewhere: "no. 5", "et al. (2020)", "Rp. 15.000".
BEFORE_A_NUMBER = frozenset("al arts ext no paras rm rp".split())
# May end a sentence, but go on where a name, number or lower-case word follows.
MAY_END = frozenset(
    """a.d a.m assn ave b.c bhd blvd ca cf corp dept dist est ft inc intl jr ltd oz p.m plc pty pvt rd sdn univ jan feb
    apr jun jul aug sep sept oct nov dec tue tues thu thur thurs fri""".split()
)
CAPITAL_MAY_END = frozenset("al co mar mon sat sun wed".split())
MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
ABBREVIATIONS = BEFORE_A_NAME | CAPITAL_BEFORE_A_NAME | BEFORE_A_NUMBER | MAY_END | CAPITAL_MAY_END | MONTHS


def last_part(word: str) -> str:
    """Return what follows the last hyphen behind a full stop: ranks are joined, "Maj.-Gen."."""
    return word.rpartition(".-")[2]
