"""Scores of many articles, batch by batch, in one process or several, in memory that does not grow with a corpus."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from framing.analysis import Analysis, extractors_for
from framing.codebook import Codebook, load_codebook
from framing.corpus import Article, Corpus, Draft
from framing.errors import FramingError, bad_value
from framing.extractors import Extractor
from framing.inputs import as_corpus, is_path
from framing.processes import in_order
from framing.progress import progress_bar
from framing.readers import iter_drafts
from framing.tokens import tokenize
from framing.type_table import Types

# The bounds of a batch. They do not depend on the number of processes, so neither does any result.
_BATCH = 1000
_BATCH_CHARACTERS = 4_000_000
_MAX_TYPES = 70_000  # beyond so many a new table of types is begun; at about 1 kB each, caches included


def features(
    corpus: Any,
    codebook: str | Path | Codebook | None = None,
    *,
    extractors: str | Sequence[str] | None = None,
    inherited: bool = True,
    counts: str = "framing",
    unit: str = "article",
    n_jobs: int | None = 1,
    progress: bool = False,
) -> pd.DataFrame:
    """Score every article (or sentence) of a corpus.

    Parameters
    ----------
    corpus, codebook, extractors, inherited, counts
        As in `analyse`.
    unit
        ``"article"`` or ``"sentence"``.
    n_jobs
        Number of processes, -1 for one on each core. The table is the same whatever their number.
    progress
        Whether to show a progress bar on standard error; it shows on a terminal only.

    Returns
    -------
    pandas.DataFrame
        As `Analysis.features` or `Analysis.sentences`. Every article of the corpus has its row; one
        that cannot be scored has missing scores and its reason in ``problem``.

    Raises
    ------
    FramingError
        If the corpus, the codebook or an argument is not usable.
    """
    scorer = Scorer.build(codebook, extractors, inherited, unit, counts)
    # All rows are looked at before any is scored, so that a mistake in the last one shows at once.
    texts = list(iter_drafts(corpus)) if is_path(corpus) else list(as_corpus(corpus))
    pieces = [scored.table for scored in score_batches(texts, scorer, n_jobs, progress)]
    return pd.concat(pieces, ignore_index=True) if pieces else scorer([]).table


class Scored(NamedTuple):
    """One batch, scored: its table, its number of articles, and ``(id, problem)`` of those not scored in full."""

    table: pd.DataFrame
    n_articles: int
    problems: list[tuple[str, str]]


@dataclass
class Scorer:
    """Scores one batch after the other; every process has one, with a table of types of its own.

    Use `Scorer.build` to make one.
    """

    codebook: Codebook
    extractors: Mapping[str, Extractor]
    inherited: bool
    unit: str
    counts: str = "framing"
    types: Types = field(default_factory=Types)

    @classmethod
    def build(
        cls,
        codebook: str | Path | Codebook | None = None,
        extractors: str | Sequence[str] | None = None,
        inherited: bool = True,
        unit: str = "article",
        counts: str = "framing",
    ) -> Scorer:
        """Check the arguments of `features` and build the scorer.

        Raises
        ------
        FramingError
            If the codebook or an argument is not usable.
        """
        if unit not in ("article", "sentence"):
            raise FramingError(bad_value("unit", "'article' or 'sentence'", unit))
        book = load_codebook(codebook)
        return cls(book, extractors_for(book, extractors, inherited, counts), inherited, unit, counts)

    def __call__(self, batch: Sequence[Article | Draft]) -> Scored:
        """Score a batch."""
        if len(self.types) > _MAX_TYPES:  # new words never end; a long corpus must not fill the memory
            self.types = Types()
        with _no_collection():
            return self._scored(batch)  # what it made on the way is gone before collection goes on

    def _scored(self, batch: Sequence[Article | Draft]) -> Scored:
        corpus = Corpus(text.article() if isinstance(text, Draft) else text for text in batch)
        tokens = tokenize(corpus, self.types)
        found = {name: extractor.extract(tokens) for name, extractor in self.extractors.items()}
        part = Analysis(corpus, self.codebook, tokens, found, self.inherited, self.counts)
        reasons = [(a.id, reason) for a, reason in zip(corpus, part.problems, strict=True) if reason]
        table = part.features if self.unit == "article" else part.sentences
        tokens.forget()
        return Scored(table, len(corpus), reasons)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Put off the search for unused cycles of objects: it would look at all objects of a batch many times."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def score_batches(
    texts: Iterable[Article | Draft], scorer: Scorer, n_jobs: int | None = 1, progress: bool = False
) -> Iterator[Scored]:
    """Score texts batch by batch, in their order; only a few batches are held at a time.

    Parameters
    ----------
    texts
        Articles, or drafts from `framing.readers.iter_drafts`.
    scorer
        What to do with a batch.
    n_jobs, progress
        As in `features`.
    """
    total = len(texts) if isinstance(texts, Sequence) else None
    with progress_bar(None, "scoring", progress, total=total, unit=" articles") as bar:
        for scored in in_order(scorer, _batches(texts), n_jobs):
            bar.update(scored.n_articles)
            yield scored


def _batches(texts: Iterable[Article | Draft]) -> Iterator[list[Article | Draft]]:
    batch: list[Article | Draft] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text.text)
        if len(batch) >= _BATCH or size >= _BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
