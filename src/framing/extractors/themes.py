"""Themes: the share of body sentences that raise each theme of the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.clauses import clause_numbers
from framing.codebook import Codebook, Rule, Theme, load_codebook
from framing.extractors.base import EXTRACTORS, Extraction, Extractor, Measure, scorable
from framing.lookup import Hit, Matcher, guarded, longest
from framing.named_states import state_hits, state_of
from framing.tokens import Tokens
from framing.wordlists import state_of_name


class _Slot(NamedTuple):
    """What a term of the matcher stands for."""

    theme: str
    role: str  # "term", "guard", "rule", "unless"
    label: str
    rule: int = -1
    group: int = -1


class _Find(NamedTuple):
    """A stretch of text that raises a theme."""

    first: int
    last: int
    rule: str
    inherited: bool


def share(theme: str):
    """Return the score of a theme: sentences that raise it / all sentences (salience by frequency, Entman 1993)."""

    def score(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        return totals[theme] / totals["sentences"]

    return score


@EXTRACTORS.register("themes")
class Themes(Extractor):
    """Share of body sentences that raise each theme.

    A sentence raises a theme when a term of the theme, or one term of every group of one of its
    rules, stands in it outside the theme's guards. The share lies in [0, 1]; higher is more of the
    theme; it is missing where an article cannot be scored, and 0 where the theme is never raised.

    Parameters
    ----------
    codebook
        Name, path or `framing.Codebook`; ``None`` is the default codebook.
    inherited
        Whether an agent carried over from an earlier sentence of the paragraph counts.

    Examples
    --------
    >>> Themes().fit_transform(["They will not take sides. It rained all day."])["non_alignment"].item()
    0.5
    """

    def __init__(self, codebook: str | Path | Codebook | None = None, inherited: bool = True):
        self.codebook = codebook
        self.inherited = inherited

    def measures(self) -> tuple[Measure, ...]:
        """Return one share a theme."""
        book = load_codebook(self.codebook)
        return tuple(Measure(name, share(name), (name, "sentences"), True, "share") for name in book.themes)

    def extract(self, tokens: Tokens) -> Extraction:
        """Find all theme sentences and their spans."""
        book = load_codebook(self.codebook)
        ok, problems = scorable(tokens, book.language)
        finder = _finder(book)
        found = finder.find(tokens, self.inherited)
        owner = tokens.sentence_article
        units = pd.DataFrame({"article": owner, "sentence": np.arange(tokens.n_sentences), "sentences": 1.0})
        columns: dict[str, NDArray[np.float64]] = {}
        for name in book.themes:
            raised = np.zeros(tokens.n_sentences)
            raised[list(found[name])] = 1.0
            units[name] = raised
            columns[name] = np.where(ok[owner], raised, np.nan) if len(owner) else raised
        return Extraction(
            self.measures(), {"sentences": units}, dict.fromkeys(book.themes, "sentences"),
            dict.fromkeys(book.themes, ok), _spans(tokens, found, ok), columns, problems,
        )  # fmt: skip


def _spans(tokens: Tokens, found: Mapping[str, Mapping[int, list[_Find]]], ok: NDArray[np.bool_]) -> pd.DataFrame:
    rows = []
    for name, by_sentence in found.items():
        for sentence, finds in by_sentence.items():
            article = int(tokens.sentence_article[sentence])
            if not ok[article]:
                continue
            part = 1.0 / (tokens.n_sentences_by_article[article] * len(finds))
            rows += [
                (
                    article,
                    name,
                    sentence,
                    int(tokens.start[f.first]),
                    int(tokens.end[f.last]),
                    f.rule,
                    f.inherited,
                    part,
                )
                for f in finds
            ]
    names = ["article", "measure", "sentence", "start", "end", "rule", "inherited", "contribution"]
    return pd.DataFrame(rows, columns=names)


class _ThemeFinder:
    """All terms of a codebook's themes in one matcher."""

    def __init__(self, book: Codebook):
        self.book = book
        slots: list[_Slot] = []
        terms: list[str] = []
        for theme in book.themes.values():
            for slot, term in _theme_terms(theme):
                slots.append(slot)
                terms.append(term)
        self.slots = slots
        self.matcher = Matcher(terms)
        self.scoped = any(theme.scope == "parties" for theme in book.themes.values())

    def find(self, tokens: Tokens, inherited: bool) -> dict[str, dict[int, list[_Find]]]:
        """Return, for each theme, the finds of each sentence that raises it."""
        hits: dict[tuple[str, str], list[Hit]] = {}
        for hit in self.matcher.find(tokens):
            slot = self.slots[hit.term]
            hits.setdefault((slot.theme, slot.role), []).append(hit)
        clauses = clause_numbers(tokens)
        outside = self._foreign_sentences(tokens)
        found = {}
        for name, theme in self.book.themes.items():
            guards = hits.get((name, "guard"), [])
            finds = self._terms(tokens, guarded(hits.get((name, "term"), []), guards))
            rule_hits = guarded(hits.get((name, "rule"), []), guards)
            for number, rule in enumerate(theme.rules):
                mine = [h for h in rule_hits if self.slots[h.term].rule == number]
                unless = [h for h in hits.get((name, "unless"), []) if self.slots[h.term].rule == number]
                self._rule(tokens, rule, mine, unless, clauses, inherited, finds)
            if theme.scope == "parties":
                finds = {s: f for s, f in finds.items() if s not in outside}
            found[name] = {s: _settle(f) for s, f in sorted(finds.items())}
        return found

    def _terms(self, tokens: Tokens, hits: list[Hit]) -> dict[int, list[_Find]]:
        finds: dict[int, list[_Find]] = {}
        for hit in longest(hits):
            label = f"{self.slots[hit.term].label}: {self.matcher.terms[hit.term]}"
            finds.setdefault(int(tokens.sentence[hit.first]), []).append(_Find(hit.first, hit.last, label, False))
        return finds

    def _rule(
        self, tokens: Tokens, rule: Rule, hits: list[Hit], unless: list[Hit], clauses: NDArray[np.int32],
        inherited: bool, finds: dict[int, list[_Find]],
    ) -> None:  # fmt: skip
        unit_of = clauses if rule.within == "clause" else tokens.sentence
        groups: list[dict[int, list[Hit]]] = [{} for _ in rule.groups]
        for hit in hits:
            groups[self.slots[hit.term].group].setdefault(int(unit_of[hit.first]), []).append(hit)
        barred = {int(tokens.sentence[h.first]) for h in unless}
        agents = {int(tokens.sentence[h.first]) for unit in groups[0].values() for h in unit}
        shared = set(groups[-1]) if len(groups) == 1 else set.intersection(*(set(g) for g in groups[1:]))
        for unit in shared:
            here = [h for g in groups for h in g.get(unit, [])]
            sentence = int(tokens.sentence[here[0].first])
            own = unit in groups[0]
            carried = (
                inherited and not own and sentence not in barred and _carried(tokens, agents, sentence, rule.inherit)
            )
            if own or carried:
                finds.setdefault(sentence, []).extend(
                    _Find(h.first, h.last, f"{rule.name}: {self.matcher.terms[h.term]}", carried) for h in longest(here)
                )

    def _foreign_sentences(self, tokens: Tokens) -> set[int]:
        """Sentences that name states, none of them a party of their article's event."""
        named: dict[int, set[str]] = {}
        if not self.scoped or not any(article.parties for article in tokens.articles):
            return set()
        for hit in longest(state_hits(tokens)):
            named.setdefault(int(tokens.sentence[hit.first]), set()).add(state_of(hit))
        lookup = state_of_name()
        outside = set()
        for sentence, names in named.items():
            parties = tokens.articles[tokens.sentence_article[sentence]].parties
            own = {lookup.get(p.lower(), p) for p in parties}
            if own and not own & names:
                outside.add(sentence)
        return outside


def _carried(tokens: Tokens, agents: set[int], sentence: int, back: int) -> bool:
    """Tell whether an agent stands in one of the sentences just before, in the same paragraph."""
    for earlier in range(sentence - 1, sentence - 1 - back, -1):
        if earlier < 0 or tokens.sentence_article[earlier] != tokens.sentence_article[sentence]:
            return False
        if tokens.sentence_paragraph[earlier] != tokens.sentence_paragraph[sentence]:
            return False
        if earlier in agents:
            return True
    return False


def _settle(finds: list[_Find]) -> list[_Find]:
    """Keep one find a place: direct before inherited, then the longest."""
    direct = [f for f in finds if not f.inherited] or finds
    chosen = longest(Hit(i, f.first, f.last) for i, f in enumerate(direct))
    return [direct[h.term] for h in chosen]


def _theme_terms(theme: Theme):
    for sub, terms in theme.terms.items():
        for term in terms:
            yield _Slot(theme.name, "term", sub), term
    for term in theme.guards:
        yield _Slot(theme.name, "guard", "not"), term
    for number, rule in enumerate(theme.rules):
        for group, terms in enumerate(rule.groups):
            for term in terms:
                yield _Slot(theme.name, "rule", rule.name, number, group), term
        for term in rule.inherit_unless:
            yield _Slot(theme.name, "unless", rule.name, number), term


@lru_cache(maxsize=4)
def _finder(book: Codebook) -> _ThemeFinder:
    """Compile a codebook once; its matcher then also remembers the types it has met."""
    return _ThemeFinder(book)
