"""Stance: who is for or against each target, clause by clause, with a neutral default.

The unit is a clause that names the target. Directed acts, moves of a relation, the target's own acts
on others, what the target is said to be, and dealings with a policy decide its polarity, in this
order; a clause in which nothing is done or said to the target counts as 0. Adjectives that merely
stand near a target never count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.clauses import clause_numbers
from framing.codebook import CUE_CLASSES, Codebook, Target, load_codebook
from framing.extractors.base import EXTRACTORS, Extraction, Extractor, Measure, Score, scorable
from framing.grammar import Cue, bears_on_any, negation
from framing.lookup import NO_HITS, Hit, Hits, Matcher, guarded, longest, longest_of_few
from framing.named_states import state_hits
from framing.tokens import Tokens
from framing.voice import VOICES, majority, voices
from framing.wordlists import word_lists

_AGENT_REACH = 4  # words before an act in which its agent is looked for
_PRONOUNS = frozenset("this it they these such that".split())
_PARTS = ("", *VOICES, "directed", "portrayal")


class _Clause(NamedTuple):
    """A unit: one clause about one target."""

    clause: int
    polarity: int
    rule: str
    inherited: bool


def balance(part: str = "") -> Score:
    """Return the score (P - N) / (P + N + U) of the clauses of one part, net tone over all mentions.

    It lies in [-1, 1]; above 0 is favourable; without a clause it is missing.
    """
    suffix = f"_{part}" if part else ""

    def score(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        return totals["polarity" + suffix] / totals["clauses" + suffix]

    return score


def count_clauses(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the number of target clauses."""
    return totals["clauses"]


@EXTRACTORS.register("stance")
class Stance(Extractor):
    """Stance toward each target of the codebook, over all and by voice.

    For a target ``T`` the columns are ``T`` (all clauses), ``T_author``, ``T_quoted``,
    ``T_paraphrased`` (clauses whose words are mostly in that voice), ``T_directed`` (without the
    clauses decided by the target's own acts), ``T_portrayal`` (these alone) and ``T_n`` (the number of
    clauses). Scores lie in [-1, 1], above 0 is favourable, and are missing without a clause.

    Parameters
    ----------
    codebook
        Name, path or `framing.Codebook`; ``None`` is the default codebook.
    inherited
        Whether a target carried over from the sentence before counts.

    Examples
    --------
    >>> row = Stance().fit_transform(["Officials accused the United States of coercion."]).iloc[0]
    >>> row["united_states"].item(), row["united_states_n"].item()
    (-1.0, 1.0)
    """

    def __init__(self, codebook: str | Path | Codebook | None = None, inherited: bool = True):
        self.codebook = codebook
        self.inherited = inherited

    def measures(self) -> tuple[Measure, ...]:
        """Return seven measures a target."""
        return tuple(m for name in load_codebook(self.codebook).targets for m in _target_measures(name))

    def extract(self, tokens: Tokens) -> Extraction:
        """Find all target clauses, their polarity and voice."""
        book = load_codebook(self.codebook)
        ok, problems = scorable(tokens, book.language)
        text = _ClauseText.of(tokens)
        finder = _finder(book)
        matches = finder.matches(tokens, text)
        units, columns, spans, unit_of = {}, {}, [], {}
        for name in book.targets:
            found = finder.find(tokens, text, matches, name, self.inherited)
            table = _unit_table(tokens, text, [c for c in found if ok[text.article_of[c.clause]]])
            units[name] = table
            columns[name] = _sentence_sign(table, tokens)
            spans.append(partial(_spans, table, name, len(tokens)))
            unit_of |= {m.name: name for m in _target_measures(name)}
        return Extraction(
            self.measures(), units, unit_of, dict.fromkeys(unit_of, ok),
            lambda: pd.concat([make() for make in spans or [partial(_spans, _unit_table(tokens, text, []), "", 0)]]),
            columns, problems,
        )  # fmt: skip


def _target_measures(name: str) -> list[Measure]:
    found = []
    for part in _PARTS:
        suffix = f"_{part}" if part else ""
        counts = ("polarity" + suffix, "clauses" + suffix)
        found.append(Measure(name + suffix, balance(part), counts, True, "balance"))
    return [*found, Measure(f"{name}_n", count_clauses, ("clauses",), True, "count")]


@dataclass(frozen=True)
class _ClauseText:
    """Clauses of some tokens: bounds in words, sentence, article and voice of each."""

    number: NDArray[np.int32]
    bounds: NDArray[np.int64]
    sentence_of: NDArray[np.int32]
    article_of: NDArray[np.int32]
    voice: NDArray[np.int8]

    @classmethod
    def of(cls, tokens: Tokens) -> _ClauseText:
        number = clause_numbers(tokens)
        n = int(number[-1]) + 1 if len(number) else 0
        bounds = np.searchsorted(number, np.arange(n + 1))
        sentence = tokens.sentence[bounds[:-1]] if n else np.zeros(0, np.int32)
        return cls(number, bounds, sentence, tokens.sentence_article[sentence], majority(voices(tokens), bounds))


def _unit_table(tokens: Tokens, text: _ClauseText, found: list[_Clause]) -> pd.DataFrame:
    clause = np.array([c.clause for c in found], dtype=np.int64)
    portrayal = np.array([c.rule.startswith("portrayal") for c in found], dtype=bool)
    polarity = np.array([c.polarity for c in found], dtype=float)
    voice = text.voice[clause] if len(clause) else np.zeros(0, np.int8)
    table = pd.DataFrame({
        "article": text.article_of[clause] if len(clause) else clause,
        "sentence": text.sentence_of[clause] if len(clause) else clause,
        "start": tokens.start[text.bounds[clause]] if len(clause) else clause,
        "end": tokens.end[text.bounds[clause + 1] - 1] if len(clause) else clause,
        "rule": pd.Series([c.rule for c in found], dtype=object),
        "inherited": np.array([c.inherited for c in found], dtype=bool),
        "voice": voice,
    })  # fmt: skip
    parts = {"": np.ones(len(found), bool), "directed": ~portrayal, "portrayal": portrayal}
    parts |= {name: voice == number for number, name in enumerate(VOICES)}
    for part, mask in parts.items():
        suffix = f"_{part}" if part else ""
        table["polarity" + suffix] = polarity * mask
        table["clauses" + suffix] = mask.astype(float)
    return table


def _sentence_sign(table: pd.DataFrame, tokens: Tokens) -> NDArray[np.float64]:
    values = np.full(tokens.n_sentences, np.nan)
    sums = table.groupby("sentence")["polarity"].sum()
    values[sums.index.to_numpy(int)] = np.sign(sums.to_numpy(float))
    return values


def _spans(table: pd.DataFrame, name: str, n_articles: int) -> pd.DataFrame:
    keep = ["article", "measure", "sentence", "start", "end", "rule", "inherited", "contribution"]
    pieces = []
    for part in (*_PARTS, "n"):
        suffix = f"_{part}" if part and part != "n" else ""
        rows = table[table["clauses" + suffix] > 0].copy()
        totals = np.bincount(rows["article"], minlength=n_articles)
        rows["measure"] = f"{name}_n" if part == "n" else name + suffix
        weight = 1.0 if part == "n" else rows["polarity" + suffix] / totals[rows["article"].to_numpy(int)]
        rows["contribution"] = weight
        pieces.append(rows[keep])
    return pd.concat(pieces, ignore_index=True)


class _Matches(NamedTuple):
    """Alias hits by target and role, and cue hits by clause in the sentences near them."""

    aliases: dict[tuple[str, str], Hits]
    cues: dict[int, list[Hit]]


class _StanceFinder:
    """All aliases and cues of a codebook in two matchers."""

    def __init__(self, book: Codebook):
        self.book = book
        self.alias_slots: list[tuple[str, str]] = []
        aliases: list[str] = []
        for target in book.targets.values():
            for role, terms in (
                ("alias", target.aliases),
                ("relation", target.relation),
                ("guard", target.guards),
            ):
                self.alias_slots += [(target.name, role)] * len(terms)
                aliases += terms
        self.alias_matcher = Matcher(aliases)
        default = word_lists("_stance_cues")
        self.cue_slots: list[tuple[str, str, int]] = []  # target or "", class, sign
        cues: list[str] = []
        for owner, source in [
            ("", default),
            ("", book.cues),
            *((t.name, t.cues) for t in book.targets.values()),
        ]:
            for kind in CUE_CLASSES:
                for sign, terms in source.get(kind, {}).items():
                    slot = (owner, "effects" if sign == "effects" else kind, 1 if sign == "positive" else -1)
                    self.cue_slots += [slot] * len(terms)
                    cues += terms
        for kind, terms in (("negator", "words"), ("not_negator", "not")):
            self.cue_slots += [("", kind, 0)] * len(default["negators"][terms])
            cues += default["negators"][terms]
        self.cue_slots += [("", "anaphor", 0)] * len(default["anaphora"]["words"])
        cues += default["anaphora"]["words"]
        self.cue_matcher = Matcher(cues)
        self._slots: dict[tuple[str, tuple[str, ...]], dict[int, tuple[str, int, str]]] = {}

    def matches(self, tokens: Tokens, text: _ClauseText) -> _Matches:
        """Find all aliases, cues and states once, for every target."""
        hits = self.alias_matcher.find(tokens)
        slots = list(dict.fromkeys(self.alias_slots))
        which = np.array([slots.index(slot) for slot in self.alias_slots])[hits.term]
        aliases = {slot: hits[which == number] for number, slot in enumerate(slots)}
        cues: dict[int, list[Hit]] = {}
        near = np.zeros(tokens.n_sentences + 1, bool)  # a target's sentence and the one after, which may go on about it
        near[tokens.sentence[hits.first]] = True
        near[1:] |= near[:-1]
        found = self.cue_matcher.find(tokens, near[tokens.sentence])
        found = found[text.number[found.first] == text.number[found.last]]
        for hit, clause in zip(found, text.number[found.first].tolist(), strict=True):
            cues.setdefault(clause, []).append(hit)
        return _Matches(aliases, cues)

    def find(self, tokens: Tokens, text: _ClauseText, matches: _Matches, name: str, inherited: bool) -> list[_Clause]:
        """Return the clauses about one target, in text order."""
        target = self.book.targets[name]
        guards = matches.aliases.get((name, "guard"), NO_HITS)
        direct = list(longest(guarded(matches.aliases.get((name, "alias"), NO_HITS), guards)))
        relation = matches.aliases.get((name, "relation"), NO_HITS)
        mentions = direct + self._relation_mentions(tokens, target, direct, relation)
        by_clause: dict[int, list[Hit]] = {}
        for hit in mentions:
            by_clause.setdefault(int(text.number[hit.first]), []).append(hit)
        found = [self._judge(tokens, target, clause, hits, matches.cues) for clause, hits in by_clause.items()]
        if inherited:
            found += self._inherit(tokens, text, target, by_clause, matches)
        return sorted(found, key=lambda c: c.clause)

    def _relation_mentions(self, tokens: Tokens, target: Target, direct: list[Hit], relation: Hits) -> list[Hit]:
        """Keep phrases such as "both countries" where the article is about the relation with the target."""
        if target.kind != "relation" or not direct:
            return []
        named = np.bincount(tokens.article[[h.first for h in direct]], minlength=len(tokens))
        forms = {a.removeprefix("case:").lower() for a in target.aliases}
        taken = {p for h in direct for p in range(h.first, h.last + 1)}
        kept = []
        for hit in longest(relation):
            article = int(tokens.article[hit.first])
            parties = tokens.articles[article].parties
            about = any(p.lower() in forms for p in parties) if parties else named[article] >= 2
            if about and named[article] and taken.isdisjoint(range(hit.first, hit.last + 1)):
                kept.append(hit)
        return kept

    def _cues_in(
        self, clause: int, target: Target, cues: dict[int, list[Hit]], kinds: tuple[str, ...]
    ) -> dict[str, list[Cue]]:
        """Return the cues of a clause by kind, negators among them; nothing when there are only negators."""
        slots = self._slots_for(target.name, kinds)
        chosen: dict[str, list[Hit]] = {}
        bearing = False
        for hit in cues[clause]:
            slot = slots.get(hit.term)
            if slot is not None:
                chosen.setdefault(slot[0], []).append(hit)
                bearing = bearing or slot[1] != 0
        if not bearing:
            return {}
        return {
            kind: [Cue(h.first, h.last, *slots[h.term]) for h in longest_of_few(hits)] for kind, hits in chosen.items()
        }

    def _slots_for(self, target: str, kinds: tuple[str, ...]) -> dict[int, tuple[str, int, str]]:
        """Return kind, sign and term of those cues that may bear on a target, by their number."""
        found = self._slots.get((target, kinds))
        if found is None:
            wanted = {*kinds, "negator", "not_negator"}
            terms = self.cue_matcher.terms
            found = self._slots[target, kinds] = {
                number: (kind, sign, terms[number])
                for number, (owner, kind, sign) in enumerate(self.cue_slots)
                if kind in wanted and owner in ("", target)
            }
        return found

    def _judge(
        self, tokens: Tokens, target: Target, clause: int, mentions: list[Hit], cues: dict[int, list[Hit]]
    ) -> _Clause:
        if clause not in cues:
            return _Clause(clause, 0, "named, no cue", False)
        kinds = _KINDS_OF[target.kind]
        found = self._cues_in(clause, target, cues, kinds)
        if not found:
            return _Clause(clause, 0, "named, no cue", False)
        mentions = sorted(mentions, key=lambda m: m.first)
        for kind in kinds:
            bearing = [c for c in found.get(kind, []) if bears_on_any(tokens, c, mentions, target.kind)]
            signs = [(c, c.sign * negation(c, found)) for c in bearing]
            total = sum(sign for _, sign in signs)
            if total:
                polarity = 1 if total > 0 else -1
                cue, sign = next((c, s) for c, s in signs if s == polarity)
                negated = ", negated" if sign != cue.sign else ""
                return _Clause(clause, polarity, f"{kind}: {cue.term}{negated}", False)
        return _Clause(clause, 0, "named, no cue", False)

    def _inherit(
        self, tokens: Tokens, text: _ClauseText, target: Target, by_clause: dict[int, list[Hit]], matches: _Matches
    ) -> list[_Clause]:
        """Find clauses that go on about a target named in the sentence before, in the same paragraph."""
        own = {int(text.sentence_of[c]) for c in by_clause}
        found = []
        for before in sorted(own):
            sentence = before + 1
            if sentence in own or sentence >= tokens.n_sentences:
                continue
            same = tokens.sentence_article[before] == tokens.sentence_article[sentence]
            if same and tokens.sentence_paragraph[before] == tokens.sentence_paragraph[sentence]:
                found += self._inherited_clause(tokens, text, target, sentence, matches)
        return found

    def _inherited_clause(
        self, tokens: Tokens, text: _ClauseText, target: Target, sentence: int, matches: _Matches
    ) -> list[_Clause]:
        first, last = tokens.sentence_bounds[sentence : sentence + 2]
        clauses = range(int(text.number[first]), int(text.number[last - 1]) + 1)
        clauses = [clause for clause in clauses if clause in matches.cues]
        if not clauses:
            return []
        slots = self.cue_slots
        anaphor = any(slots[h.term][1] == "anaphor" for c in clauses for h in matches.cues.get(c, []))
        points_back = anaphor or tokens.norm(int(first)) in _PRONOUNS
        kinds = {"actor": ("effects", "portrayal"), "relation": ("relation", "predicate"), "policy": ("policy",)}
        for clause in clauses:
            wanted = kinds[target.kind] if points_back else ("effects",) if "effects" in kinds[target.kind] else ()
            found = self._cues_in(clause, target, matches.cues, wanted)
            for kind in kinds[target.kind]:
                if kind != "effects" and not points_back:
                    continue  # without a word that points back, only an effect carries the agent over
                for cue in found.get(kind, []):
                    ahead = range(max(int(first), cue.first - _AGENT_REACH), cue.first)
                    if not tokens.once(_words_of_states).isdisjoint(ahead):  # another state is the agent
                        continue
                    sign = cue.sign * negation(cue, found)
                    name = "portrayal" if kind == "effects" else kind
                    return [_Clause(clause, sign, f"{name}: {cue.term}", True)]
        return []


def _words_of_states(tokens: Tokens) -> frozenset[int]:
    return frozenset(p for h in state_hits(tokens) for p in range(h.first, h.last + 1))


_KINDS_OF = {
    "actor": ("praise", "blame", "relation", "portrayal", "predicate"),
    "relation": ("relation", "praise", "blame", "predicate"),
    "policy": ("policy", "praise", "blame", "predicate"),
}


@lru_cache(maxsize=4)
def _finder(book: Codebook) -> _StanceFinder:
    """Compile a codebook once; its matchers then also remember the types they have met."""
    return _StanceFinder(book)
