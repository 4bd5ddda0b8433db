"""Where a codebook is weak on a corpus: what a reviewer would find, found first."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.codebook import Codebook, load_codebook
from framing.comparing.design import Design
from framing.errors import DesignError, FramingError, bad_value
from framing.extractors import Themes
from framing.extractors.base import scorable
from framing.hits import Hits
from framing.inputs import as_corpus
from framing.lookup import Matcher
from framing.markup import html_table, paragraphs
from framing.term_influence import Shares, leave_one_out, placebo
from framing.terms import expand
from framing.theme_finder import ThemeFinder, theme_finder
from framing.tokens import Tokens, tokenize

LEVELS = ("error", "warning", "note")
_DOMINATES = 0.5
_MIN_HITS = 3  # a term found less often says little about kinds
_FIXED = 0.6  # share of a word's hits in one longer expression that makes it part of it
_MIN_FIXED = 3
_SHORT = 3
_FUNCTION_WORDS = frozenset(
    """about also been between from have into more other over said such than that their they this what when which will
    with would""".split()
)


class Finding(NamedTuple):
    """A weak place: how grave, of what sort, theme and term it is about, and what to know."""

    level: str
    check: str
    theme: str
    term: str
    message: str


@dataclass(frozen=True)
class CodebookCheck:
    """What `check_codebook` found.

    Attributes
    ----------
    codebook
        The codebook that was checked.
    findings
        One row a weak place: level, check, theme, term, message; gravest first.
    terms
        One row a term of a theme: where it was found, how often, and how often it decides.
    leave_one_out, placebo
        See `framing.term_influence`; empty where the corpus has no two kinds.
    notes
        What could not be checked.
    """

    codebook: Codebook
    findings: pd.DataFrame
    terms: pd.DataFrame
    leave_one_out: pd.DataFrame
    placebo: pd.DataFrame
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        counts = self.findings["level"].value_counts()
        said = ", ".join(f"{counts.get(level, 0)} {level}s" for level in LEVELS)
        return f"<CodebookCheck of {self.codebook.name} {self.codebook.version}: {said}>"

    def _repr_html_(self) -> str:
        heads = ("level", "check", "theme", "term", "message")
        rows = self.findings[list(heads)].head(40).itertuples(index=False)
        more = [f"The gravest 40 of {len(self.findings):,} findings."] if len(self.findings) > 40 else []
        about = paragraphs([repr(self).strip("<>"), *self.notes])
        return about + html_table(heads, rows, left=len(heads)) + paragraphs(more)


def check_codebook(
    codebook: str | Path | Codebook,
    corpus: Any,
    *,
    by: str = "kind",
    event: str = "event",
    inherited: bool = True,
    seed: int = 0,
) -> CodebookCheck:
    """Check a codebook on a corpus.

    Runs the examples; looks for terms that are dead, never decide, overlap other themes, stand in one kind
    only, have several senses, or carry most of a theme; works out every contrast without each term, and
    against placebo codebooks of random words of the same frequency.

    Parameters
    ----------
    codebook
        Name, path or `framing.Codebook`.
    corpus
        A path, a `framing.Corpus` or texts.
    by, event
        Columns as in `framing.compare`.
    inherited
        Whether agents carried over from the sentence before count.
    seed
        Seed of the placebos.

    Raises
    ------
    FramingError
        If codebook, corpus or seed cannot be used.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise FramingError(bad_value("seed", "a whole number from 0", seed))
    book, texts = load_codebook(codebook), as_corpus(corpus)
    tokens, finder = tokenize(texts), theme_finder(book)
    hits = finder.matcher.find(tokens)
    found = finder.find(tokens, inherited, hits)
    ok, _ = scorable(tokens, book.language)
    notes = []
    try:
        design = Design.read(texts, by, event)
    except DesignError as error:
        design = None
        notes.append(f"no contrasts were checked: {error}")
    shares = Shares.of(tokens, ok, design)
    seen = _Seen(book, finder, tokens, hits, found, None if design is None else design.groups)
    left = leave_one_out(finder, tokens, hits, found, shares, inherited)
    placebos = placebo(finder, tokens, hits, found, shares, seed)
    findings = [*_examples(book), *seen.findings(), *_cue_senses(book, tokens), *_flips(left), *_no_better(placebos)]
    table = pd.DataFrame(sorted(findings, key=lambda f: LEVELS.index(f.level)), columns=list(Finding._fields))
    return CodebookCheck(book, table, seen.table, left, placebos, tuple(notes))


def _examples(book: Codebook) -> Iterator[Finding]:
    for theme in book.themes.values():
        texts = [*theme.examples, *theme.counter_examples]
        scores = Themes(book).fit_transform(texts)[theme.name].fillna(0).tolist() if texts else []
        for number, (text, score) in enumerate(zip(texts, scores, strict=True)):
            counts = number < len(theme.examples)
            if counts != (score > 0):
                said = "does not raise the theme" if counts else "raises the theme, and should not"
                yield Finding("error", "example", theme.name, "", f"the example {text!r} {said}")
        for part in ("definition", "examples", "counter_examples"):
            if not getattr(theme, part):
                yield Finding("note", "undocumented", theme.name, "", f"has no {part.replace('_', '-')}")


class _Seen:
    """What the terms of the themes find in a corpus."""

    def __init__(
        self, book: Codebook, finder: ThemeFinder, tokens: Tokens, hits: Hits, found: Any, groups: np.ndarray | None
    ):
        self.book, self.finder, self.tokens, self.hits, self.found, self.groups = (
            book, finder, tokens, hits, found, groups,
        )  # fmt: skip
        self.counts = np.bincount(hits.term, minlength=len(finder.slots))
        self.table = self._table()

    def _table(self) -> pd.DataFrame:
        used: dict[tuple[str, str], list[int]] = {}
        for theme, finds in self.found.items():
            for sentence, some in finds.items():
                for find in some:
                    used.setdefault((theme, self.finder.terms[find.term]), []).append(sentence)
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for number, (slot, term) in enumerate(zip(self.finder.slots, self.finder.terms, strict=True)):
            if slot.role not in ("term", "rule"):
                continue
            row = rows.setdefault(
                (slot.theme, term),
                {"theme": slot.theme, "term": term, "part": slot.label, "role": slot.role, "n_hits": 0},
            )
            row["n_hits"] = max(row["n_hits"], int(self.counts[number]))
        for key, row in rows.items():
            sentences = used.get(key, [])
            owners = self.tokens.sentence_article[sentences] if sentences else np.zeros(0, int)
            row |= {
                "n_counted": len(sentences),
                "n_sentences": len(set(sentences)),
                "n_articles": len(set(owners.tolist())),
            }
            row["kinds"] = self._kinds(owners)
        names = ["theme", "term", "part", "role", "n_hits", "n_counted", "n_sentences", "n_articles", "kinds", "share"]
        table = pd.DataFrame(list(rows.values()), columns=names)
        total = table.groupby("theme")["n_counted"].transform("sum")
        table["share"] = (table["n_counted"] / total.where(total > 0)).astype(float)
        return table

    def _kinds(self, owners: np.ndarray) -> str:
        if self.groups is None:
            return ""
        counts = Counter(str(self.groups[i]) for i in owners if self.groups[i] is not None)
        return "; ".join(f"{kind} {n}" for kind, n in sorted(counts.items()))

    def findings(self) -> Iterator[Finding]:
        """Yield all findings about single terms."""
        yield from self._top()
        yield from self._senses()
        yield from self._fixed()
        yield from self._overlaps()
        yield from self._lone_kind()
        yield from self._idle()

    def _top(self) -> Iterator[Finding]:
        for theme, rows in self.table[self.table["n_counted"] > 0].groupby("theme", sort=False):
            rows = rows.sort_values("n_counted", ascending=False, kind="stable")
            first, three = rows.iloc[0], rows.head(3)
            if first["share"] >= _DOMINATES and first["n_counted"] >= _MIN_HITS:
                message = f"{first['share']:.0%} of the theme's {int(rows['n_counted'].sum())} hits are this one term"
                yield Finding("warning", "dominates", theme, first["term"], message)
            names = ", ".join(repr(t if len(t) <= 36 else t[:33] + "...") for t in three["term"])
            yield Finding("note", "top terms", theme, "", f"{three['share'].sum():.0%} of its hits come from {names}")

    def _senses(self) -> Iterator[Finding]:
        pairs = list(zip(self.table["theme"], self.table["term"], strict=True))
        found = dict(zip(pairs, self.table["n_hits"], strict=True))
        guards = [_words_of(g) for theme in self.book.themes.values() for g in theme.guards]
        for (theme, term), words in zip(pairs, _sense_words([t for _, t in pairs]), strict=True):
            for word in words[:1]:
                n_guards = sum(word in some for some in guards)
                said = (
                    f"; {n_guards} phrases under 'not' speak of it" if n_guards else "; no phrase under 'not' guards it"
                )
                level = "warning" if found[theme, term] and not n_guards else "note"
                sense = f"{word!r} has several senses: {_senses()['homograph'][word]}"
                yield Finding(level, "ambiguous", theme, term, f"{sense} ({found[theme, term]} hits{said})")

    def _fixed(self) -> Iterator[Finding]:
        """Single words that mostly stand in one longer expression."""
        singles = self.hits.first == self.hits.last
        norms, word, fenced = self.tokens.types.norms, self.tokens.word, self.tokens.fenced
        said = set()
        for number in np.flatnonzero(self.counts >= _MIN_FIXED).tolist():
            slot, term = self.finder.slots[number], self.finder.terms[number]
            if slot.role not in ("term", "rule") or (slot.theme, term) in said or "case:" in term:
                continue
            places = self.hits.first[singles & (self.hits.term == number)]
            for step in (1, -1):
                near = places[(places + step >= 0) & (places + step < len(word))]
                joined = near[~fenced[near + max(step, 0)]]
                pairs = Counter((word[p], word[p + step]) for p in joined.tolist())
                names = Counter()
                for (own, other), n in pairs.items():
                    if len(norms[other]) <= _SHORT or norms[other] in _FUNCTION_WORDS:
                        continue
                    names[" ".join((norms[own], norms[other])[::step])] += n
                for phrase, n in names.most_common(1):
                    if n >= _FIXED * len(places) and n >= _MIN_FIXED and not self._known(phrase):
                        said.add((slot.theme, term))
                        yield Finding(
                            "note", "fixed expression", slot.theme, term,
                            f"{n} of {len(places)} hits stand in {phrase!r}: write that, or put it under 'not'",
                        )  # fmt: skip

    def _known(self, phrase: str) -> bool:
        return phrase in self.finder.terms

    def _overlaps(self) -> Iterator[Finding]:
        """Terms that several themes share, and terms whose places mostly belong to another theme too."""
        themes: dict[str, list[str]] = {}
        for theme, term in zip(self.table["theme"], self.table["term"], strict=True):
            themes.setdefault(term, []).append(theme)
        for term, names in themes.items():
            if len(names) > 1:
                yield Finding(
                    "note", "overlap", names[0], term, f"stands in {', '.join(names)}: it counts in each of them"
                )
        places: dict[str, set[int]] = {
            theme: {p for some in finds.values() for f in some for p in range(f.first, f.last + 1)}
            for theme, finds in self.found.items()
        }
        names = list(places)
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                both, least = len(places[a] & places[b]), min(len(places[a]), len(places[b]))
                if both >= _MIN_HITS and both >= 0.2 * least:
                    message = f"{both} of the {least} words that count for the smaller one count for {a} and for {b}"
                    yield Finding("warning", "overlap", a, "", message)

    def _lone_kind(self) -> Iterator[Finding]:
        if self.groups is None:
            return
        for row in self.table[self.table["n_counted"] >= _MIN_HITS].itertuples(index=False):
            if row.kinds and ";" not in row.kinds:
                kind, _, n = row.kinds.rpartition(" ")
                where = "one article" if row.n_articles == 1 else f"{row.n_articles} articles"
                message = f"all {n} hits stand in {kind} ({where}): does it measure the theme or the kind?"
                yield Finding("warning", "one kind only", row.theme, row.term, message)

    def _idle(self) -> Iterator[Finding]:
        for theme, rows in self.table.groupby("theme", sort=False):
            dead = rows.loc[rows["n_hits"] == 0, "term"].tolist()
            if len(dead) == len(rows):
                yield Finding("warning", "dead", theme, "", "no term of the theme is found in this corpus")
                continue
            for term in dead:
                yield Finding("note", "dead", theme, term, "is not found in this corpus")
            for row in rows[(rows["n_hits"] > 0) & (rows["n_counted"] == 0) & (rows["role"] == "term")].itertuples():
                why = "always guarded, inside a longer term, negated, or below the threshold"
                yield Finding(
                    "note", "never counts", theme, row.term, f"{row.n_hits} hits, none of which counts: {why}"
                )


def _cue_senses(book: Codebook, tokens: Tokens) -> Iterator[Finding]:
    """Topic words and homographs among the cues of tone that the codebook adds."""
    sources = [("cues", book.cues), *((f"targets.{t.name}.cues", t.cues) for t in book.targets.values())]
    terms = [(f"{place}.{cls}.{sign}", t) for place, cues in sources for cls, signs in cues.items()
             for sign, some in signs.items() for t in some]  # fmt: skip
    if not terms:
        return
    hits = Matcher([t for _, t in terms]).find(tokens)
    counts = np.bincount(hits.term, minlength=len(terms)).tolist()
    for kind in ("topic", "homograph"):
        for (place, term), words, n in zip(terms, _sense_words([t for _, t in terms], kind), counts, strict=True):
            for word in words:
                said = "is a topic word, no word of tone" if kind == "topic" else "has several senses"
                message = f"{word!r} {said}: {_senses()[kind][word]} ({n} hits)"
                yield Finding("warning" if n else "note", "ambiguous", place, term, message)


def _flips(left: pd.DataFrame) -> Iterator[Finding]:
    for row in left[left["flips"].astype(bool)].itertuples(index=False):
        message = f"without it the difference {row.a} - {row.b} turns from {row.difference:+.3f} to {row.without:+.3f}"
        yield Finding("warning", "sign flip", row.theme, row.term, message)
    for (theme, a, b), rows in left.groupby(["theme", "a", "b"], sort=False):
        row = rows.loc[rows["change"].abs().idxmax()]
        if abs(row["change"]) > 0:
            message = f"largest change of {a} - {b} without one term: {row['difference']:+.3f} to {row['without']:+.3f}"
            yield Finding("note", "leave one out", theme, row["term"], message)


def _no_better(placebos: pd.DataFrame) -> Iterator[Finding]:
    for row in placebos[(placebos["p"] > 0.05) & (placebos["difference"].abs() > 0)].itertuples(index=False):
        message = (
            f"{row.a} - {row.b} is {row.difference:+.3f}; random words of the same frequency give "
            f"{row.placebo_low:+.3f} to {row.placebo_high:+.3f}"
        )
        yield Finding("note", "placebo", row.theme, "", message)


@lru_cache(maxsize=1)
def _senses() -> dict[str, dict[str, str]]:
    file = resources.files("framing") / "codebooks" / "senses.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {kind: {r["word"]: r["senses"] for r in rows if r["list"] == kind} for kind in ("homograph", "topic")}


def _words_of(term: str) -> set[str]:
    return {word.rstrip("*") for phrase in expand(term) for word in phrase.split()}


def _sense_words(terms: list[str], kind: str = "homograph") -> list[list[str]]:
    """Return, for each term, the listed words that it finds; of those with one beginning the shortest is named."""
    words = list(_senses()[kind])
    tokens = tokenize(". ".join(words) + ".")
    found: list[list[str]] = [[] for _ in terms]
    hits = Matcher(terms).find(tokens)
    for term, first, last in zip(hits.term.tolist(), hits.first.tolist(), hits.last.tolist(), strict=True):
        word = tokens.norm(first)
        if first == last and not any(word.startswith(w) for w in found[term]):
            found[term].append(word)
    return found
