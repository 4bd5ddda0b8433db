"""From a corpus to tables: one row an article, one row a sentence, one row a span of evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.codebook import Codebook, load_codebook
from framing.corpus import Article, Corpus
from framing.duplicates import duplicate_of
from framing.errors import FramingError, bad_value, unknown_name
from framing.extractors import EXTRACTORS, Extraction, Extractor, Measure
from framing.extractors.base import EVIDENCE_COLUMNS, markup_problem, score_columns
from framing.inputs import as_corpus
from framing.markup import paragraphs
from framing.progress import progress_bar
from framing.tokens import Tokens, tokenize
from framing.voice import VOICES, majority, voices
from framing.voice.holders import holders, relayed
from framing.voice.sources import attributions, cue_class

HEAD = ("id", "kind", "event", "source", "date", "problem", "n_words", "n_sentences")
"""The columns with which a table of features begins."""

FAMILIES = ("readability", "style", "themes", "stance", "voice", "sourcing")
"""The order of the built-in families; extractors from elsewhere follow."""


def extractors_for(
    codebook: str | Path | Codebook | None = None,
    names: str | Sequence[str] | None = None,
    inherited: bool = True,
    counts: str = "framing",
) -> dict[str, Extractor]:
    """Build extractors by name, each with the parameters it takes.

    Raises
    ------
    FramingError
        If there is no name, or one is not registered; the message lists the known ones.
    """
    book = load_codebook(codebook)
    values = {"codebook": book, "inherited": inherited, "counts": counts}
    found = {}
    every = [*FAMILIES, *(n for n in EXTRACTORS.names() if n not in FAMILIES)]
    chosen = every if names is None else [names] if isinstance(names, str) else list(names)
    if not chosen:
        raise FramingError(bad_value("extractors", "one name or more", chosen, "Leave it out for all of them."))
    for name in chosen:
        cls = EXTRACTORS.get(name)
        known = cls().get_params()
        found[name] = cls(**{k: v for k, v in values.items() if k in known})
    return found


def measure_names(codebook: str | Path | Codebook | None = None) -> list[str]:
    """Return the names of all default measures with a codebook, ``FAMILY__NAME``, in order."""
    return [f"{family}__{m.name}" for family, e in extractors_for(codebook).items() for m in e.measures()]


@dataclass(frozen=True)
class Analysis:
    """What the extractors found in a corpus: the tables behind every result.

    Use `framing.analyse` to make one. `features`, `sentences` and `evidence` are data frames.
    """

    corpus: Corpus
    codebook: Codebook
    tokens: Tokens
    found: Mapping[str, Extraction]
    inherited: bool = True
    counts: str = "framing"

    def __repr__(self) -> str:
        book = f"{self.codebook.name} {self.codebook.version}"
        return f"<Analysis of {len(self.corpus)} articles with {', '.join(self.found)}; codebook {book}>"

    def _repr_html_(self) -> str:
        table = self.features.head(30).to_html(float_format="{:.3f}".format, na_rep="–", index=False)
        more = [f"The first 30 of {len(self.corpus):,} articles."] if len(self.corpus) > 30 else []
        return paragraphs([repr(self).strip("<>")]) + table + paragraphs(more)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """All measures under their full names, ``family__name``."""
        return {f"{family}__{m.name}": m for family, found in self.found.items() for m in found.measures}

    @cached_property
    def problems(self) -> list[str | None]:
        """What kept each article from being scored in full, or nothing."""
        return [joined_problems(self.found, i, a.text) for i, a in enumerate(self.corpus)]

    @cached_property
    def features(self) -> pd.DataFrame:
        """One row an article: `HEAD`, then the measures; missing values are NaN."""
        return _features(self.tokens, self.found, self.problems)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a body sentence: place, text, voice, and what it adds to themes and stance.

        ``themes__NAME`` is 1 where the sentence raises the theme, else 0; ``stance__NAME`` is the sign of
        its clauses' sum; both are missing where an article cannot be scored, stance also where the
        sentence is not about the target. ``relay`` marks sentences without attributed words that probably
        still relay a source. ``duplicate_of`` is the number of an earlier sentence of
        the article that it repeats.
        """
        tokens = self.tokens
        articles = tokens.articles
        repeats = duplicate_of(tokens)
        table = {
            "article": [articles[i].id for i in tokens.sentence_article],
            "sentence": tokens.sentence_number,
            "start": tokens.sentence_start,
            "end": tokens.sentence_end,
            "text": [tokens.text_of(i) for i in range(tokens.n_sentences)],
            "voice": [VOICES[v] for v in majority(voices(tokens), tokens.sentence_bounds)],
            "relay": relayed(tokens),
            "duplicate_of": pd.array(np.where(repeats > 0, repeats, -1), dtype="Int64"),
        }
        frame = pd.DataFrame(table)
        frame["duplicate_of"] = frame["duplicate_of"].mask(frame["duplicate_of"] < 0)
        for family, found in self.found.items():
            for name, values in found.sentence_columns.items():
                frame[f"{family}__{name}"] = pd.array(values, dtype="Float64").astype("Int64")
        return frame

    @cached_property
    def attributions(self) -> pd.DataFrame:
        """One row an attribution: article, sentence, start, end, text of its content, cue, cue_class, source, holder.

        ``source`` is the word that heads the naming of the source in the text, ``holder`` whom it
        stands for ("He" is the source, the minister named before is the holder) and ``holder_type`` a
        person, an institution or a group; they are missing where the text names none. ``carried``
        marks content that goes on from another sentence. A cue inside other content has a row of its own.
        """
        tokens = self.tokens
        rows = attributions(tokens)
        who = holders(tokens)
        texts = [tokens.articles[tokens.sentence_article[r.sentence]] for r in rows]

        def word(article: Article, place: int) -> str | None:
            return article.text[tokens.start[place] : tokens.end[place]] if place >= 0 else None

        spans = [(int(tokens.start[r.first]), int(tokens.end[r.last])) for r in rows]
        return pd.DataFrame({
            "article": pd.Series([a.id for a in texts], dtype=object),
            "sentence": [int(tokens.sentence_number[r.sentence]) for r in rows],
            "start": [s for s, _ in spans],
            "end": [e for _, e in spans],
            "text": pd.Series([a.text[s:e] for a, (s, e) in zip(texts, spans, strict=True)], dtype=object),
            "cue": pd.Series([word(a, r.cue) for a, r in zip(texts, rows, strict=True)], dtype=object),
            "cue_class": pd.Series([cue_class(tokens.norm(r.cue)) if r.cue >= 0 else None for r in rows], dtype=object),
            "source": pd.Series([word(a, r.source) for a, r in zip(texts, rows, strict=True)], dtype=object),
            "holder": pd.Series([h.name if h else None for h in who], dtype=object),
            "holder_type": pd.Series([h.type if h else None for h in who], dtype=object),
            "carried": np.array([r.carried for r in rows], bool),
        })  # fmt: skip

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """One row a span: article, measure, sentence, start, end, text, rule, inherited, contribution.

        For additive measures the contributions of an article add up to its score. The row
        ``constant`` of an index belongs to no sentence.
        """
        order = {name: i for i, name in enumerate(self.measures)}
        pieces = []
        for family, found in self.found.items():
            spans = found.spans.copy()
            spans["measure"] = family + "__" + spans["measure"].astype(str)
            pieces.append(spans)
        table = pd.concat([p for p in pieces if len(p)] or pieces[:1], ignore_index=True)
        table["order"] = table["measure"].map(order)
        table = table.sort_values(["article", "order", "sentence", "start", "end"], kind="stable", ignore_index=True)
        return _evidence_frame(table, self.tokens)

    def units(self, measure: str) -> pd.DataFrame:
        """Return the unit counts of one measure (see `framing.extractors.base.Extraction`)."""
        family, _, name = measure.partition("__")
        found = self.found[family]
        return pd.DataFrame(found.units[found.unit_of[name]])


def _evidence_frame(table: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    articles = tokens.articles
    nowhere = (table["sentence"] < 0).to_numpy(bool)
    number = np.append(tokens.sentence_number, 0)[table["sentence"].to_numpy(int)]
    spans = zip(table["article"], table["start"], table["end"], strict=True)
    frame = pd.DataFrame({
        "article": [articles[i].id for i in table["article"]],
        "measure": table["measure"],
        "sentence": pd.array(number, dtype="Int64"),
        "start": pd.array(table["start"].to_numpy(int), dtype="Int64"),
        "end": pd.array(table["end"].to_numpy(int), dtype="Int64"),
        "text": [articles[a].text[s:e] if s >= 0 else "" for a, s, e in spans],
        "rule": table["rule"],
        "inherited": table["inherited"].astype(bool),
        "contribution": table["contribution"].astype(float),
    }, columns=list(EVIDENCE_COLUMNS))  # fmt: skip
    for column in ("sentence", "start", "end"):
        frame[column] = frame[column].mask(nowhere)
    return frame


def analyse(
    corpus: Any,
    codebook: str | Path | Codebook | None = None,
    *,
    extractors: str | Sequence[str] | None = None,
    inherited: bool = True,
    counts: str = "framing",
    progress: bool = False,
) -> Analysis:
    """Score a corpus and keep everything that a comparison or a look at the evidence needs.

    Parameters
    ----------
    corpus
        A path, a `framing.Corpus`, strings, or a data frame with a column ``text``.
    codebook
        Name, path or `framing.Codebook`; ``None`` is the default codebook.
    extractors
        Names of extractors, or one name; ``None`` is all.
    inherited
        Whether agents and targets carried over from the sentence before count.
    counts
        What readability counts: ``"framing"`` or ``"textstat"`` (see `framing.Readability`).
    progress
        Whether to show a progress bar on standard error; it shows on a terminal only.

    Returns
    -------
    Analysis
    """
    corpus = as_corpus(corpus)
    tokens = tokenize(corpus)
    book = load_codebook(codebook)
    chosen = extractors_for(book, extractors, inherited, counts)
    bar = progress_bar(list(chosen.items()), "scoring", progress)
    found = {name: extractor.extract(tokens) for name, extractor in bar}
    return Analysis(corpus, book, tokens, found, inherited, counts)


def _features(tokens: Tokens, found: Mapping[str, Extraction], problems: Sequence[str | None]) -> pd.DataFrame:
    articles = tokens.articles
    table = {name: pd.Series([getattr(a, name) for a in articles], dtype=object) for name in HEAD[:5]}
    table["problem"] = pd.Series(problems, dtype=object)
    table["n_words"] = tokens.n_words
    table["n_sentences"] = tokens.n_sentences_by_article
    for family, extraction in found.items():
        table.update({f"{family}__{name}": values for name, values in score_columns(extraction, tokens).items()})
    return pd.DataFrame(table)


def joined_problems(found: Mapping[str, Extraction], index: int, text: str) -> str | None:
    """Return all that kept an article from being scored in full, or nothing."""
    reasons = dict.fromkeys(f.problems[index] for f in found.values() if f.problems[index])
    if markup := markup_problem(text):
        reasons[markup] = None
    return "; ".join(reasons) or None


def evidence(
    corpus: Any,
    codebook: str | Path | Codebook | None = None,
    *,
    article: str | None = None,
    measure: str | None = None,
    inherited: bool = True,
    counts: str = "framing",
) -> pd.DataFrame:
    """Return the spans behind the scores.

    Parameters
    ----------
    corpus, codebook, inherited, counts
        As in `analyse`; an `Analysis` is taken as it is.
    article, measure
        Keep one article, one measure (``"themes__defence"``) or one family (``"themes"``).

    Returns
    -------
    pandas.DataFrame
        As `Analysis.evidence`.

    Raises
    ------
    FramingError
        If there is no such article or measure; the message lists the known ones.
    """
    found = corpus if isinstance(corpus, Analysis) else None
    corpus = found.corpus if found else as_corpus(corpus)
    if article is not None and article not in {a.id for a in corpus}:
        raise FramingError(unknown_name("article", article, [a.id for a in corpus]))
    if found is None:
        chosen = Corpus([corpus[article]]) if article is not None else corpus
        found = analyse(chosen, codebook, inherited=inherited, counts=counts)
    table = found.evidence
    if article is not None:
        table = table[table["article"] == article]
    if measure is not None:
        families = list(found.found)
        if measure not in found.measures and measure not in families:
            raise FramingError(unknown_name("measure", measure, [*families, *found.measures]))
        table = table[(table["measure"] == measure) | table["measure"].str.startswith(measure + "__")]
    return table.reset_index(drop=True)
