"""The components of salience, each by itself: how often a theme is raised, how prominently, where, and by whom.

They are not blended into one score (METHODS: Salience), and they are a table of their own beside the features: seven
components and four shares a theme would more than treble the family of measures that a comparison tests, and the title
is searched beside the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis import Analysis
from framing.codebook import Codebook, load_codebook
from framing.corpus import Article
from framing.errors import DesignError, bad_value
from framing.extractors.base import scorable
from framing.inputs import as_corpus
from framing.stats.dispersion import deviation_of_proportions
from framing.stats.interval import wilson
from framing.theme_finder import ThemeFinder, theme_finder
from framing.tokens import Tokens, tokenize
from framing.voice import VOICES, majority, voices

LEAD = 2
"""Sentences of the lead."""
N_PARTS = 4
"""Parts of a text over which dispersion is measured."""
_FLAGS = ("present", "headline", "lead")
_COUNTS = ("n_sentences", "n_raised", *(f"n_{voice}" for voice in VOICES), *(f"n_raised_{voice}" for voice in VOICES))
_SHARES = ("share", *(f"share_{voice}" for voice in VOICES))
COLUMNS = (
    "article", "kind", "event", "source", "date", "theme", "problem", "n_sentences", "n_raised", "share", "share_low",
    "share_high", *_FLAGS, "first_mention", "mean_depth", "dispersion",
    *(f"{part}_{voice}{end}" for voice in VOICES
      for part, end in (("n", ""), ("n_raised", ""), ("share", ""), ("share", "_low"), ("share", "_high"))),
)  # fmt: skip


def theme_salience(
    corpus: Any,
    codebook: str | Path | Codebook | None = None,
    *,
    inherited: bool | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the components of salience of each theme in each article.

    Parameters
    ----------
    corpus
        A path, a `framing.Corpus`, texts, or a `framing.Analysis`, whose codebook and tokens are used.
    codebook
        Name, path or `framing.Codebook`; ``None`` is the default codebook, or that of the analysis.
    inherited
        Whether agents carried over from the sentence before count; they do unless an analysis says otherwise.
    level
        Level of the intervals.

    Returns
    -------
    pandas.DataFrame
        One row an article and theme. With S body sentences, of which those numbered s raise the theme:

        n_sentences, n_raised, share
            S, how many raise it, and their share (Entman 1993: frequency), in [0, 1]; share_low and share_high are
            Wilson's interval, for the sentences of this text.
        present
            1 if any sentence raises it, else 0.
        headline
            1 if the title raises it, else 0; missing without a title.
        lead
            1 if one of the first two sentences raises it, else 0.
        first_mention
            min(s) / S, in (0, 1]; lower is earlier; missing where the theme is never raised.
        mean_depth
            mean(s) / S, in (0, 1]; lower is nearer to the top; missing where it is never raised.
        dispersion
            Gries' DP over the four quarters of the sentences: 0 is evenly spread, towards .75 all in one quarter;
            missing where it is never raised, or S < 4.
        n_VOICE, n_raised_VOICE, share_VOICE
            By the voice of most words of a sentence (author, quoted, paraphrased): the sentences in that voice,
            those of them that raise the theme, and their share with its interval; missing where the voice is silent.

        In an article that cannot be scored all of them are missing, and ``problem`` says why: neither 0 nor absence.

    Raises
    ------
    FramingError
        If corpus or codebook cannot be used, or the level does not lie between 0 and 1.
    """
    if isinstance(level, bool) or not isinstance(level, Real) or not 0 < level < 1:
        raise DesignError(bad_value("level", "a number between 0 and 1, e.g. 0.95", level))
    analysis = corpus if isinstance(corpus, Analysis) else None
    book = analysis.codebook if analysis is not None and codebook is None else load_codebook(codebook)
    tokens = analysis.tokens if analysis is not None else tokenize(as_corpus(corpus))
    if inherited is None:
        inherited = analysis.inherited if analysis is not None else True
    finder = theme_finder(book)
    ok, problems = scorable(tokens, book.language)
    found = finder.find(tokens, inherited)
    titles = _titles(tokens, finder, inherited)
    voice = majority(voices(tokens), tokens.sentence_bounds)
    raised = {theme: np.sort(np.fromiter(found[theme], int, len(found[theme]))) for theme in book.themes}
    begins = {theme: np.searchsorted(own, tokens.article_bounds) for theme, own in raised.items()}
    rows = []
    for index, article in enumerate(tokens.articles):
        first, last = tokens.article_bounds[index : index + 2].tolist()
        for theme in book.themes:
            head = (article.id, article.kind, article.event, article.source, article.date, theme)
            parts: dict[str, Any] = {}
            if ok[index]:
                places = raised[theme][slice(*begins[theme][index : index + 2])] - first
                parts = _components(places, voice[first:last], level) | {"headline": titles[theme][index]}
            rows.append(dict(zip(COLUMNS, (*head, problems[index] or None), strict=False)) | parts)
    return _frame(rows)


def _components(places: NDArray[np.int64], voice: NDArray[np.integer], level: float) -> dict[str, Any]:
    """Return the components of one theme in one article, from the numbers of its sentences, counted from 0."""
    n = len(voice)
    raised = np.zeros(n, bool)
    raised[places] = True
    numbers = np.flatnonzero(raised) + 1
    parts = {
        "n_sentences": n, "n_raised": len(numbers), "present": float(raised.any()), "lead": float(raised[:LEAD].any()),
        "first_mention": numbers.min() / n if len(numbers) else np.nan,
        "mean_depth": numbers.mean() / n if len(numbers) else np.nan, "dispersion": _dispersion(raised),
    }  # fmt: skip
    parts |= _share("share", len(numbers), n, level)
    for code, name in enumerate(VOICES):
        own = voice == code
        parts |= {f"n_{name}": int(own.sum()), f"n_raised_{name}": int(raised[own].sum())}
        parts |= _share(f"share_{name}", int(raised[own].sum()), int(own.sum()), level)
    return parts


def _share(name: str, k: int, n: int, level: float) -> dict[str, float]:
    low, high = wilson(k, n, level)
    return {name: k / n if n else np.nan, f"{name}_low": low, f"{name}_high": high}


def _dispersion(raised: NDArray[np.bool_]) -> float:
    quarter = np.arange(len(raised)) * N_PARTS // max(1, len(raised))
    return deviation_of_proportions(
        np.bincount(quarter, raised, minlength=N_PARTS), np.bincount(quarter, minlength=N_PARTS)
    )


def _titles(tokens: Tokens, finder: ThemeFinder, inherited: bool) -> Mapping[str, NDArray[np.float64]]:
    """Return, for each theme, whether each article's title raises it; NaN without one."""
    owners = [i for i, a in enumerate(tokens.articles) if a.title and a.title.strip()]
    own = [tokens.articles[i] for i in owners]
    titles = tokenize([Article(id=a.id, text=a.title or "", parties=a.parties) for a in own], tokens.types)
    found = finder.find(titles, inherited)
    table = {}
    for theme, finds in found.items():
        values = np.full(len(tokens), np.nan)
        values[owners] = 0.0
        values[[owners[titles.sentence_article[s]] for s in finds]] = 1.0
        table[theme] = values
    return table


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in (*_COUNTS, *_FLAGS):
        table[column] = pd.array(table[column].to_numpy(float), dtype="Float64").astype("Int64")
    for column in table.columns[table.columns.get_loc("share") :]:
        if column not in (*_COUNTS, *_FLAGS):
            table[column] = table[column].astype(float)
    for column in COLUMNS[:7]:
        table[column] = table[column].astype(object)
    return table
