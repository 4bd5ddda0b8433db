"""Themes: the share of body sentences that raise each theme of the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.codebook import Codebook, load_codebook
from framing.extractors.base import EXTRACTORS, Extraction, Extractor, Measure, scorable
from framing.theme_finder import Find, ThemeFinder, theme_finder
from framing.tokens import Tokens


def share(theme: str):
    """Return the score of a theme: sentences that raise it / all sentences (salience by frequency, Entman 1993)."""

    def score(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        return totals[theme] / totals["sentences"]

    return score


@EXTRACTORS.register("themes")
class Themes(Extractor):
    """Share of body sentences that raise each theme.

    A sentence raises a theme when a term of the theme, or one term of every group of one of its
    rules, stands in it outside the theme's guards; where the theme has weights, when they add up to its
    threshold. The share lies in [0, 1]; higher is more of the
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
        finder = theme_finder(book)
        found = finder.find(tokens, self.inherited)
        owner = tokens.sentence_article
        n = tokens.n_sentences
        units = {"article": owner, "sentence": np.arange(n), "sentences": np.ones(n)}
        columns: dict[str, NDArray[np.float64]] = {}
        for name in book.themes:
            raised = np.zeros(n)
            raised[found[name].sentences] = 1.0
            units[name] = raised
            columns[name] = np.where(ok[owner], raised, np.nan) if len(owner) else raised
        return Extraction(
            self.measures(), {"sentences": units}, dict.fromkeys(book.themes, "sentences"),
            dict.fromkeys(book.themes, ok), partial(_spans, tokens, finder, found, ok), columns, problems,
        )  # fmt: skip


def _spans(
    tokens: Tokens, finder: ThemeFinder, found: Mapping[str, Mapping[int, list[Find]]], ok: NDArray[np.bool_]
) -> pd.DataFrame:
    rows = []
    for name, by_sentence in found.items():
        for sentence, finds in by_sentence.items():
            article = int(tokens.sentence_article[sentence])
            if not ok[article]:
                continue
            whole = tokens.n_sentences_by_article[article] * sum(f.weight for f in finds)
            rows += [
                (
                    article,
                    name,
                    sentence,
                    int(tokens.start[f.first]),
                    int(tokens.end[f.last]),
                    finder.labels[f.term],
                    f.inherited,
                    f.weight / whole,
                )
                for f in finds
            ]
    names = ["article", "measure", "sentence", "start", "end", "rule", "inherited", "contribution"]
    return pd.DataFrame(rows, columns=names)
