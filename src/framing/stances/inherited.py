"""Targets carried over: clauses that go on about a target named in the sentence before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.codebook import Target
from framing.named_states import state_hits
from framing.stances.cues import FoundCues
from framing.stances.polarity import Units, undecided
from framing.stances.text import Clauses
from framing.tokens import Tokens

_AGENT_REACH = 4  # words before an act in which its agent is looked for
_PRONOUNS = frozenset("this it they these such that".split())
_KINDS_OF = {"actor": ("effects", "portrayal"), "relation": ("relation", "predicate"), "policy": ("policy",)}


def inherit(tokens: Tokens, text: Clauses, target: Target, own: Units, cues: FoundCues) -> Units:
    """Return one clause a sentence that follows a sentence about the target in its paragraph and goes on about it.

    Without a word that points back only an effect (such as "raises uncertainty") carries an agent over;
    never where another state stands before the act.
    """
    sentence = _following(tokens, text, own)
    points_back = _points_back(tokens, text, cues)
    rows: list[tuple[int, int, int, int, str, int, bool]] = []
    taken = np.zeros(tokens.n_sentences, bool)
    rank = {kind: number for number, kind in enumerate(_KINDS_OF[target.kind])}
    found = []
    for kind in rank:
        acts = cues.of(kind, target.name)
        of = tokens.sentence[acts.first]
        able = sentence[of] & (points_back[of] | (kind == "effects"))
        able[able] &= ~_other_agent(tokens, acts.first[able])
        for place in np.flatnonzero(able).tolist():
            clause = int(text.number[acts.first[place]])
            found.append((int(of[place]), clause, rank[kind], kind, place))
    for at, clause, _, kind, place in sorted(found):
        if not taken[at]:
            taken[at] = True
            act = cues.of(kind, target.name)[place]
            name = "portrayal" if kind == "effects" else kind
            rows.append((clause, int(act.first), int(act.last), int(act.sign), name, int(act.term), bool(act.negated)))
    units = undecided(np.array([r[0] for r in rows], np.int64), np.array([r[1] for r in rows], np.int64))
    columns = units.last, units.polarity, units.rule, units.term, units.negated
    for number, column in enumerate(columns, start=2):
        column[:] = [r[number] for r in rows]
    units.inherited[:] = True
    return units


def _following(tokens: Tokens, text: Clauses, own: Units) -> NDArray[np.bool_]:
    """Tell which sentences follow one about the target in their paragraph without naming it themselves."""
    n = tokens.n_sentences
    about = np.zeros(n, bool)
    about[text.sentence_of[own.clause]] = True
    after = np.zeros(n, bool)
    after[1:] = (
        about[:-1]
        & ~about[1:]
        & (tokens.sentence_article[1:] == tokens.sentence_article[:-1])
        & (tokens.sentence_paragraph[1:] == tokens.sentence_paragraph[:-1])
    )
    return after


def _points_back(tokens: Tokens, text: Clauses, cues: FoundCues) -> NDArray[np.bool_]:
    """Tell which sentences begin with a pronoun or hold a phrase such as "such moves"."""
    begins = np.minimum(tokens.sentence_bounds[:-1], max(len(tokens.word) - 1, 0))
    found = tokens.types.among(_PRONOUNS)[tokens.word[begins]] if len(tokens.word) else np.zeros(0, bool)
    found[tokens.sentence[cues.of("anaphor").first]] = True
    return found


def _other_agent(tokens: Tokens, act: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell before which acts a state is named within a few words of the same sentence."""
    first = np.maximum(tokens.sentence_bounds[tokens.sentence[act]], act - _AGENT_REACH)
    named = tokens.once(_words_of_states)
    return named[act] > named[first]


def _words_of_states(tokens: Tokens) -> NDArray[np.int64]:
    change = np.zeros(len(tokens.word) + 1, np.int64)
    hits = state_hits(tokens)
    np.add.at(change, hits.first, 1)
    np.add.at(change, hits.last + 1, -1)
    return np.append(0, np.cumsum(np.cumsum(change[:-1]) > 0))
