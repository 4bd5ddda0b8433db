"""What all extractors share: scikit-learn manners, checks, and the shape of their results."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from framing.corpus import Article
from framing.registry import Registry
from framing.tokens import Tokens, tokenize

EVIDENCE_COLUMNS = (
    "article",
    "measure",
    "sentence",
    "start",
    "end",
    "text",
    "rule",
    "inherited",
    "contribution",
)


class Score(Protocol):
    """A measure as a function of totals: ``score(totals)`` with named totals of equal shape."""

    def __call__(self, totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return values for totals."""
        ...


@dataclass(frozen=True)
class Measure:
    """One measure: its name and how it follows from totals over units of text.

    Attributes
    ----------
    name
        Without the family prefix, e.g. ``"flesch_reading_ease"``.
    score
        From totals to values; undefined is NaN.
    counts
        Names of the unit counts that `score` uses.
    additive
        Whether the values are sums of contributions of spans.
    kind
        ``"share"`` (of the units, in [0, 1]), ``"balance"`` (in [-1, 1]), ``"index"`` or ``"count"``.
    """

    name: str
    score: Score
    counts: tuple[str, ...]
    additive: bool = True
    kind: str = "index"


@dataclass(frozen=True)
class Extraction:
    """What an extractor found in some articles.

    Attributes
    ----------
    measures
        The measures, in order.
    units
        One row a unit (a sentence or a target clause): ``article`` (index), ``sentence`` (number
        over all articles) and the counts that the measures sum.
    valid
        For each measure, whether each article can carry it, shape (n_articles,).
    evidence
        The spans, or a function without arguments that makes them: scores alone do not need them.
    sentence_columns
        Values by sentence, shape (n_sentences,), NaN where missing.
    problems
        For each article, what kept it from being scored in full, or an empty string.
    """

    measures: tuple[Measure, ...]
    units: dict[str, pd.DataFrame]
    unit_of: dict[str, str]
    valid: dict[str, NDArray[np.bool_]]
    evidence: pd.DataFrame | Callable[[], pd.DataFrame]
    sentence_columns: dict[str, NDArray[np.float64]]
    problems: list[str]

    @cached_property
    def spans(self) -> pd.DataFrame:
        """One row a span of evidence, made on first use.

        ``article``, ``measure``, ``sentence``, ``start``, ``end``, ``rule``, ``inherited``,
        ``contribution``; ``sentence`` is -1 and offsets are -1 for a constant.
        """
        return self.evidence() if callable(self.evidence) else self.evidence


def totals_by_article(units: pd.DataFrame, counts: tuple[str, ...], n_articles: int) -> dict[str, NDArray[np.float64]]:
    """Sum unit counts by article."""
    owner = units["article"].to_numpy()
    return {c: np.bincount(owner, weights=units[c].to_numpy(float), minlength=n_articles) for c in counts}


class Extractor(TransformerMixin, BaseEstimator):
    """Base of all extractors: texts in, one row of named numbers a text out.

    Subclasses define ``extract(tokens)``. Nothing is learned, so `fit` only checks.
    """

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that texts come in and no fit is needed."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags

    def fit(self, X: Any, y: Any = None) -> Extractor:
        """Check the parameters; nothing is learned.

        Parameters
        ----------
        X
            Texts, articles, a corpus, or `framing.Tokens`.
        y
            Ignored.
        """
        self.measures()
        return self

    def set_output(self, *, transform: str | None = None) -> Extractor:
        """Do nothing: an extractor always returns a frame indexed by article id."""
        return self

    def measures(self) -> tuple[Measure, ...]:
        """Return the measures this extractor computes, in the order of its columns."""
        raise NotImplementedError

    def extract(self, tokens: Tokens) -> Extraction:
        """Return everything found in the articles: units, spans and values by sentence."""
        raise NotImplementedError

    def transform(self, X: Any) -> pd.DataFrame:
        """Score texts.

        Parameters
        ----------
        X
            Texts, articles, a corpus, or `framing.Tokens`.

        Returns
        -------
        pandas.DataFrame
            One row a text, indexed by its id; one column a measure, NaN where it is missing.
        """
        tokens = tokenize(X)
        return scores(self.extract(tokens), tokens)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the names of the columns."""
        return np.array([m.name for m in self.measures()], dtype=object)


def scores(found: Extraction, tokens: Tokens) -> pd.DataFrame:
    """Return the values of the measures, one row an article."""
    index = pd.Index([a.id for a in tokens.articles], name="id", dtype=object)
    return pd.DataFrame(
        score_columns(found, tokens), index=index, columns=[m.name for m in found.measures], dtype=float
    )


def score_columns(found: Extraction, tokens: Tokens) -> dict[str, NDArray[np.float64]]:
    """Return the values of each measure, shape (n_articles,)."""
    totals: dict[str, dict[str, NDArray[np.float64]]] = {}
    for unit, table in found.units.items():
        counts = dict.fromkeys(c for m in found.measures if found.unit_of[m.name] == unit for c in m.counts)
        totals[unit] = totals_by_article(table, tuple(counts), len(tokens))
    columns = {}
    for measure in found.measures:
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.asarray(measure.score(totals[found.unit_of[measure.name]]), dtype=float)
        columns[measure.name] = np.where(found.valid[measure.name] & np.isfinite(values), values, np.nan)
    return columns


def scorable(tokens: Tokens, language: str = "en") -> tuple[NDArray[np.bool_], list[str]]:
    """Tell which articles can be scored at all, and why the others cannot.

    Parameters
    ----------
    tokens
        The articles.
    language
        Language that the measures cover, an ISO 639-1 code.

    Returns
    -------
    (numpy.ndarray, list of str)
        A mask, and a reason for each article (empty where it can be scored).
    """
    ok, problems = tokens.once(_scorable_in(language))
    return ok.copy(), list(problems)


@lru_cache(maxsize=32)
def _scorable_in(language: str) -> Callable[[Tokens], tuple[NDArray[np.bool_], list[str]]]:
    def judge(tokens: Tokens) -> tuple[NDArray[np.bool_], list[str]]:
        bounds = tokens.sentence_bounds[tokens.article_bounds].tolist()
        columns = tokens.articles, bounds, bounds[1:], tokens.n_words.tolist(), _english_share(tokens).tolist()
        problems = [
            _problem(article, end - begin, n_words, share, language)
            for article, begin, end, n_words, share in zip(*columns, strict=False)
        ]
        return np.array([not p for p in problems], dtype=bool), problems

    return judge


# Frequent English words that are no words of its neighbours (so without in, is, was, of, had, we, ...).
_ENGLISH = frozenset(
    """the and to that for with it by from are they their its this which his her were been will would who more said our
    can could but has have she you your not there when than these those about after""".split()
)
_MIN_ENGLISH = 0.06  # ordinary English prose lies well above, other languages and tables of figures below
_LOOKS_ENGLISH = 0.15
_MIN_WORDS_TO_JUDGE = 20
_HTML = re.compile(
    r"</?(?:html|body|head|div|p|br|span|a|ul|ol|li|table|tr|td|script|style|h[1-6]|img)\b[^<>]*>", re.IGNORECASE
)
_MIN_TAGS = 3


def markup_problem(text: str) -> str:
    """Say that a text holds HTML tags, which would be counted as words; empty when it does not."""
    n = len(_HTML.findall(text)) if "<" in text else 0
    return f"holds {n} HTML tags, which count as words: extract the text first" if n >= _MIN_TAGS else ""


def _same_language(named: str, covered: str) -> bool:
    """Compare a language as users write it ("en-GB", "eng", "English") with a code."""
    named = named.lower().replace("_", "-").strip()
    return named.split("-")[0] == covered or (covered == "en" and (named == "eng" or named.endswith("english")))


def _english_share(tokens: Tokens) -> NDArray[np.float64]:
    """Return the share of common English words in each article, the parts of hyphenated words counted singly."""
    common = tokens.types.among(_ENGLISH)[tokens.word]
    n = np.diff(tokens.sentence_bounds[tokens.article_bounds])
    return np.bincount(tokens.article[common], minlength=len(tokens)) / np.maximum(n, 1)


def _problem(article: Article, n_parts: int, n_words: int, share: float, language: str) -> str:
    """Say why an article cannot be scored, given its words, with the parts of hyphenated ones counted singly or not."""
    if article.problem:
        return article.problem
    if not n_parts:
        return "no sentence: the text has no word" if article.text.strip() else "empty text"
    if n_words < 2:
        return f"too short: {n_words} word"
    if article.language and not _same_language(article.language, language):
        return f"language {article.language!r} is not covered by the codebook (language {language!r})"
    if n_parts < _MIN_WORDS_TO_JUDGE:
        return ""
    if language == "en" and share < _MIN_ENGLISH:
        return (
            f"does not read as running text in a language the codebook covers ('en'): {share:.0%} common English "
            "words; another language, a table or a list?"
        )
    if language != "en" and share > _LOOKS_ENGLISH:
        return f"reads as English, which the codebook (language {language!r}) does not cover"
    return ""


EXTRACTORS: Registry[type[Extractor]] = Registry("extractor", group="framing.extractors")
