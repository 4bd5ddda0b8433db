"""Which sentences raise the themes of a codebook, and by what: terms, guards, rules, weights and negation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.categories import Rule, Theme
from framing.clauses import clause_numbers
from framing.codebook import Codebook
from framing.hits import Hit, Hits, guarded, longest, longest_of_few
from framing.lookup import Matcher
from framing.named_states import state_hits, state_of
from framing.stances.cues import negated_at
from framing.tokens import Tokens
from framing.wordlists import state_of_name, word_lists


class Slot(NamedTuple):
    """What a term of the matcher stands for."""

    theme: str
    role: str  # "term", "guard", "rule", "unless", "none"
    label: str
    rule: int = -1
    group: int = -1


class Raised(Mapping[int, "list[Find]"]):
    """The sentences that raise a theme, in order, and what raises each; that is made at the first question for it.

    Parameters
    ----------
    sentences
        Numbers of the sentences, ascending.
    finds
        From nothing to the finds of each of them.
    """

    def __init__(self, sentences: NDArray[np.int64], finds: Callable[[], Mapping[int, list[Find]]]):
        self.sentences = sentences
        self._make = finds
        self._finds: Mapping[int, list[Find]] | None = None

    def __len__(self) -> int:
        return len(self.sentences)

    def __iter__(self) -> Iterator[int]:
        return iter(self.sentences.tolist())

    def __getitem__(self, sentence: int) -> list[Find]:
        """Return the finds of a sentence that raises the theme."""
        if self._finds is None:
            self._finds = self._make()
        return self._finds[sentence]


_ROLES = {"term": 0, "guard": 1, "rule": 2, "unless": 3, "none": 4}


class Find(NamedTuple):
    """A stretch of text that raises a theme: first and last word, number of the term, the rule it belongs to or -1."""

    first: int
    last: int
    term: int
    rule: int
    inherited: bool
    weight: float


class ThemeFinder:
    """All terms of a codebook's themes in one matcher.

    Attributes
    ----------
    slots, terms
        What each term of the matcher stands for, and how it is written.
    labels
        What the evidence says of each term.
    """

    def __init__(self, book: Codebook):
        self.book = book
        pairs = [pair for theme in book.themes.values() for pair in _theme_terms(theme)]
        self.slots, self.terms = [slot for slot, _ in pairs], [term for _, term in pairs]
        self.matcher = Matcher(self.terms)
        places = {name: place for place, name in enumerate(book.themes)}
        codes = [(places[s.theme], _ROLES[s.role], s.rule, s.group) for s in self.slots]
        self.theme_of, self.role_of, self.rule_of, self.groups = np.array(codes, np.int64).reshape(-1, 4).T
        self.labels = [f"{slot.label}: {term}" for slot, term in pairs]
        self.weights = [book.themes[s.theme].weight(t) if s.role == "term" else 1.0 for s, t in pairs]
        modes = [book.themes[s.theme].negation(t) if s.role == "term" else "count" for s, t in pairs]
        self.dropped, self.only = (np.array([m == mode for m in modes], bool) for mode in ("drop", "only"))
        self.scoped = any(theme.scope == "parties" for theme in book.themes.values())

    def find(
        self, tokens: Tokens, inherited: bool, hits: Hits | None = None, themes: Collection[str] | None = None
    ) -> dict[str, Raised]:
        """Return, for each theme, the finds of each sentence that raises it.

        Parameters
        ----------
        tokens
            The tokens to search.
        inherited
            Whether an agent carried over from an earlier sentence counts.
        hits
            Hits of `matcher` to go by, instead of all.
        themes
            Names of the themes to look for; all when not given.
        """
        hits = self.matcher.find(tokens) if hits is None else hits
        theme_of = self.theme_of[hits.term]
        outside = tokens.once(_foreign_sentences) if self.scoped else frozenset()
        found = {}
        for place, (name, theme) in enumerate(self.book.themes.items()):
            if themes is None or name in themes:
                mine = hits[theme_of == place]
                found[name] = self._raised(tokens, theme, mine, inherited, outside if theme.scope == "parties" else ())
        return found

    def _raised(self, tokens: Tokens, theme: Theme, hits: Hits, inherited: bool, outside: Collection[int]) -> Raised:
        """Return what raises one theme, by the hits of its own terms."""
        role_of = self.role_of[hits.term]
        guards = hits[role_of == _ROLES["guard"]]
        terms = guarded(hits[role_of == _ROLES["term"]], guards)
        plain = theme.threshold == 1 and not theme.weights and not theme.rules
        if plain and not (self.dropped[terms.term] | self.only[terms.term]).any():
            # any hit decides for its sentence: which of those that overlap count is asked for the evidence only
            raised = np.zeros(tokens.n_sentences, bool)
            raised[tokens.sentence[terms.first]] = True
            sentences = np.flatnonzero(raised)
            if outside:
                sentences = sentences[[s not in outside for s in sentences.tolist()]]
            return Raised(sentences, partial(self._terms, tokens, terms))
        kept = self._kept(tokens, terms)
        met = []
        for number, rule in enumerate(theme.rules):
            own = self.rule_of[hits.term] == number
            rule_hits = guarded(hits[own & (role_of == _ROLES["rule"])], guards)
            barring = [hits[own & (role_of == _ROLES[role])] for role in ("unless", "none")]
            if len(rule_hits):
                met.append(self._met(tokens, number, rule, rule_hits, barring, inherited))

        def finds() -> dict[int, list[Find]]:
            found = self._finds(tokens, kept)
            for of_rule in met:
                for sentence, own in of_rule.finds():
                    found.setdefault(sentence, []).extend(own)
            return {s: _settle(f) for s, f in sorted(found.items()) if s not in outside}

        if theme.threshold != 1 or theme.weights or any(r.weight != 1 for r in theme.rules):
            strong = {s: f for s, f in finds().items() if _strength(f) >= theme.threshold}
            return Raised(np.fromiter(strong, np.int64, len(strong)), strong.copy)
        # any find decides for its sentence: what they are is asked for the evidence only
        raised = set(tokens.sentence[kept.first].tolist()).union(*(of_rule.sentence.tolist() for of_rule in met))
        return Raised(np.array(sorted(raised.difference(outside)), np.int64), finds)

    def _terms(self, tokens: Tokens, hits: Hits) -> dict[int, list[Find]]:
        return self._finds(tokens, self._kept(tokens, hits))

    def _kept(self, tokens: Tokens, hits: Hits) -> Hits:
        """Return the hits of single terms that count: the longest, negated or not as their term asks."""
        kept = longest(hits)
        turned = self.dropped[kept.term] | self.only[kept.term]
        if turned.any():
            negators, barring = tokens.once(_negator_hits)
            negated = negated_at(kept.first, negators, barring, clause_numbers(tokens))
            kept = kept[~turned | (negated == self.only[kept.term])]
        return kept

    def _finds(self, tokens: Tokens, hits: Hits) -> dict[int, list[Find]]:
        finds: dict[int, list[Find]] = {}
        for hit, sentence in zip(hits, tokens.sentence[hits.first].tolist(), strict=True):
            finds.setdefault(sentence, []).append(
                Find(hit.first, hit.last, hit.term, -1, False, self.weights[hit.term])
            )
        return finds

    def _met(self, tokens: Tokens, number: int, rule: Rule, hits: Hits, barring: list[Hits], inherited: bool) -> _Met:
        """Return where a rule is met, by one hit at least."""
        units = clause_numbers(tokens) if rule.within == "clause" else tokens.sentence
        unit = units[hits.first]
        sentence = tokens.sentence[hits.first]
        group = self.groups[hits.term]
        has = np.zeros((len(rule.groups), int(unit.max()) + 1), bool)
        has[group, unit] = True
        shared = has[1:].all(axis=0) if len(has) > 1 else has[0]
        unless, none = barring
        shared[[u for u in units[none.first].tolist() if u < len(shared)]] = False
        agents = np.zeros(tokens.n_sentences, bool)
        agents[sentence[group == 0]] = True
        barred = np.zeros(tokens.n_sentences, bool)
        barred[tokens.sentence[unless.first]] = True
        chosen = np.flatnonzero(shared[unit] & (has[0][unit] | (inherited & ~barred[sentence])))
        chosen = chosen[np.argsort(unit[chosen], kind="stable")]
        begin = np.flatnonzero(np.append(True, np.diff(unit[chosen]) > 0)[: len(chosen)])
        end = np.append(begin[1:], len(chosen))[: len(begin)]
        first = chosen[begin]
        carried = ~has[0][unit[first]]
        met = ~carried | _carried(tokens, agents, sentence[first], rule.inherit)
        return _Met(sentence[first][met], carried[met], hits[chosen], begin[met], end[met], number, rule.weight)


class _Met(NamedTuple):
    """The units in which a rule is met.

    Sentence and whether its agent is carried over, shape (n_units,); the rule's hits unit by unit, and where those of
    each unit begin and end among them, shape (n_units,); the number and the weight of the rule.
    """

    sentence: NDArray[np.int64]
    carried: NDArray[np.bool_]
    hits: Hits
    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    rule: int
    weight: float

    def finds(self) -> Iterator[tuple[int, list[Find]]]:
        """Yield the sentence of each unit, and the hits that count as finds."""
        hits = list(self.hits)
        columns = self.sentence, self.carried, self.begin, self.end
        for sentence, carried, begin, end in zip(*(column.tolist() for column in columns), strict=True):
            yield (
                sentence,
                [
                    Find(hit.first, hit.last, hit.term, self.rule, carried, self.weight)
                    for hit in longest_of_few(hits[begin:end])
                ],
            )


def _foreign_sentences(tokens: Tokens) -> set[int]:
    """Sentences that name states, none of them a party of their article's event."""
    named: dict[int, set[str]] = {}
    if not any(article.parties for article in tokens.articles):
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


@lru_cache(maxsize=1)
def _negators() -> tuple[Matcher, Matcher]:
    words = word_lists("_stance_cues")["negators"]
    return Matcher(words["words"]), Matcher(words["not"])


def _negator_hits(tokens: Tokens) -> tuple[Hits, Hits]:
    words, barring = _negators()
    return longest(words.find(tokens)), barring.find(tokens)


def _carried(tokens: Tokens, agents: NDArray[np.bool_], sentence: NDArray[np.int64], back: int) -> NDArray[np.bool_]:
    """Tell whether an agent stands in one of the sentences just before each, in the same paragraph."""
    found, going = np.zeros(len(sentence), bool), np.ones(len(sentence), bool)
    for step in range(1, back + 1):
        earlier = sentence - step
        going &= (
            (earlier >= 0)
            & (tokens.sentence_article[earlier] == tokens.sentence_article[sentence])
            & (tokens.sentence_paragraph[earlier] == tokens.sentence_paragraph[sentence])
        )
        found |= going & agents[earlier]
        if not going.any():
            break
    return found


def _strength(finds: list[Find]) -> float:
    """Add up the weights of terms, and of each rule once."""
    rules = {f.rule: f.weight for f in finds if f.rule >= 0}
    return sum(f.weight for f in finds if f.rule < 0) + sum(rules.values()) + 1e-9


def _settle(finds: list[Find]) -> list[Find]:
    """Keep one find a place: direct before inherited, then the longest."""
    direct = [f for f in finds if not f.inherited] or finds
    if len(direct) == 1 or all(a.last < b.first for a, b in pairwise(direct)):
        return direct
    return [direct[h.term] for h in longest_of_few([Hit(i, f.first, f.last) for i, f in enumerate(direct)])]


def _theme_terms(theme: Theme):
    for sub, terms in theme.terms.items():
        for term in terms:
            yield Slot(theme.name, "term", sub), term
    for term in theme.guards:
        yield Slot(theme.name, "guard", "not"), term
    for number, rule in enumerate(theme.rules):
        for group, terms in enumerate(rule.groups):
            for term in terms:
                yield Slot(theme.name, "rule", rule.name, number, group), term
        for term in rule.inherit_unless:
            yield Slot(theme.name, "unless", rule.name, number), term
        for term in rule.none:
            yield Slot(theme.name, "none", rule.name, number), term


@lru_cache(maxsize=4)
def theme_finder(book: Codebook) -> ThemeFinder:
    """Compile a codebook once; its matcher then also remembers the types it has met."""
    return ThemeFinder(book)
