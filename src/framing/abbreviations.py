"""Abbreviations that end in a full stop, by what it says about the end of a sentence."""

from __future__ import annotations

# Titles, ranks and reference words: what follows belongs to them, so they never end a sentence.
BEFORE_A_NAME = frozenset(
    """adm amb approx attys brig bros capt cdr cllr cmdr cpl dr drs e.g eds eq eqs esp figs gov hon i.e insp lieut lt
    maj messrs mgr mlle mme mr mrs ms mt mts nos pp prof profs pvt rep reps rev rs rt sen sens sgt spc sr ss st supt viz
    vol vols vs v""".split()
)
# The same only with a capital ("Gen. Lim", "the gen" is a word), or before a number ("no. 5").
CAPITAL_BEFORE_A_NAME = frozenset(
    "abd art asst atty col dep dir ed fig gen hj jl jln md mohd no op p para pres pt sec ste tn".split()
)
# May end a sentence, but go on where a name, number or lower-case word follows.
MAY_END = frozenset(
    """a.d a.m assn ave b.c bhd blvd ca cf corp dept dist est ft inc intl jr ltd oz p.m plc pty pvt rd sdn univ jan feb
    apr jun jul aug sep sept oct nov dec tue tues thu thur thurs fri""".split()
)
CAPITAL_MAY_END = frozenset("al co mar mon sat sun wed".split())
MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
ABBREVIATIONS = BEFORE_A_NAME | CAPITAL_BEFORE_A_NAME | MAY_END | CAPITAL_MAY_END | MONTHS
