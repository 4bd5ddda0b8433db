"""Themes: the share of body sentences that raise each theme of the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.clauses import clause_numbers
from framing.codebook import Codebook, Rule, Theme, load_codebook
from framing.extractors.base import EXTRACTORS, Extraction, Extractor, Measure, scorable
from framing.hits import Hit, Hits, guarded, longest, longest_of_few
from framing.lookup import Matcher
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


_ROLES = {"term": 0, "guard": 1, "rule": 2, "unless": 3}


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
            dict.fromkeys(book.themes, ok), partial(_spans, tokens, found, ok), columns, problems,
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
        self.matcher = Matcher(terms)
        places = {name: place for place, name in enumerate(book.themes)}
        codes = np.array([(places[s.theme], _ROLES[s.role], s.rule, s.group) for s in slots], np.int64).reshape(-1, 4)
        self.codes, self.groups = (codes[:, 0], codes[:, 1], codes[:, 2]), codes[:, 3]
        self.labels = [f"{slot.label}: {term}" for slot, term in zip(slots, terms, strict=True)]
        self.scoped = any(theme.scope == "parties" for theme in book.themes.values())

    def find(self, tokens: Tokens, inherited: bool) -> dict[str, dict[int, list[_Find]]]:
        """Return, for each theme, the finds of each sentence that raises it."""
        hits = self.matcher.find(tokens)
        theme_of, role_of, rule_of = (codes[hits.term] for codes in self.codes)
        clauses = clause_numbers(tokens)
        outside = self._foreign_sentences(tokens)
        found = {}
        for place, (name, theme) in enumerate(self.book.themes.items()):
            mine = theme_of == place
            guards = hits[mine & (role_of == _ROLES["guard"])]
            finds = self._terms(tokens, guarded(hits[mine & (role_of == _ROLES["term"])], guards))
            for number, rule in enumerate(theme.rules):
                own = mine & (rule_of == number)
                rule_hits = guarded(hits[own & (role_of == _ROLES["rule"])], guards)
                unless = hits[own & (role_of == _ROLES["unless"])]
                self._rule(tokens, rule, rule_hits, unless, clauses, inherited, finds)
            if theme.scope == "parties":
                finds = {s: f for s, f in finds.items() if s not in outside}
            found[name] = {s: _settle(f) for s, f in sorted(finds.items())}
        return found

    def _terms(self, tokens: Tokens, hits: Hits) -> dict[int, list[_Find]]:
        finds: dict[int, list[_Find]] = {}
        kept = longest(hits)
        for hit, sentence in zip(kept, tokens.sentence[kept.first].tolist(), strict=True):
            finds.setdefault(sentence, []).append(_Find(hit.first, hit.last, self.labels[hit.term], False))
        return finds

    def _rule(
        self, tokens: Tokens, rule: Rule, hits: Hits, unless: Hits, clauses: NDArray[np.int32],
        inherited: bool, finds: dict[int, list[_Find]],
    ) -> None:  # fmt: skip
        if not len(hits):
            return
        unit = (clauses if rule.within == "clause" else tokens.sentence)[hits.first]
        sentence = tokens.sentence[hits.first]
        group = self.groups[hits.term]
        has = np.zeros((len(rule.groups), int(unit.max()) + 1), bool)
        has[group, unit] = True
        shared = has[1:].all(axis=0) if len(has) > 1 else has[0]
        agents = np.zeros(tokens.n_sentences, bool)
        agents[sentence[group == 0]] = True
        barred = np.zeros(tokens.n_sentences, bool)
        barred[tokens.sentence[unless.first]] = True
        chosen = np.flatnonzero(shared[unit] & (has[0][unit] | (inherited & ~barred[sentence])))
        if not len(chosen):
            return
        units = unit[chosen]
        order = np.argsort(units, kind="stable")
        for rows in np.split(chosen[order], np.flatnonzero(np.diff(units[order])) + 1):
            here = int(sentence[rows[0]])
            carried = not has[0][unit[rows[0]]]
            if not carried or _carried(tokens, agents, here, rule.inherit):
                finds.setdefault(here, []).extend(
                    _Find(h.first, h.last, self.labels[h.term], carried) for h in longest_of_few(list(hits[rows]))
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


def _carried(tokens: Tokens, agents: NDArray[np.bool_], sentence: int, back: int) -> bool:
    """Tell whether an agent stands in one of the sentences just before, in the same paragraph."""
    for earlier in range(sentence - 1, sentence - 1 - back, -1):
        if earlier < 0 or tokens.sentence_article[earlier] != tokens.sentence_article[sentence]:
            return False
        if tokens.sentence_paragraph[earlier] != tokens.sentence_paragraph[sentence]:
            return False
        if agents[earlier]:
            return True
    return False


def _settle(finds: list[_Find]) -> list[_Find]:
    """Keep one find a place: direct before inherited, then the longest."""
    direct = [f for f in finds if not f.inherited] or finds
    if len(direct) == 1 or all(a.last < b.first for a, b in pairwise(direct)):
        return direct
    return [direct[h.term] for h in longest_of_few([Hit(i, f.first, f.last) for i, f in enumerate(direct)])]


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
