"""What all extractors share: scikit-learn manners, checks, and the shape of their results."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html.entities import html5
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from framing.corpus import Article, Corpus
from framing.inputs import with_empty
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


Columns = Mapping[str, NDArray[Any]]
"""A table as arrays of one length by their names; no frame, which would cost more to make than what it holds."""


@dataclass(frozen=True)
class Extraction:
    """What an extractor found in some articles.

    Attributes
    ----------
    measures
        The measures, in order.
    units
        Columns with one value a unit (a sentence or a target clause): ``article`` (index), ``sentence`` (number
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
    units: dict[str, Columns]
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


def totals_by_article(units: Columns, counts: tuple[str, ...], n_articles: int) -> dict[str, NDArray[np.float64]]:
    """Sum unit counts by article."""
    owner = units["article"]
    return {c: np.bincount(owner, weights=units[c], minlength=n_articles) for c in counts}


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
        """Do nothing: an extractor always returns a frame, see `transform` for its index."""
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
            One row a text; one column a measure, NaN where it is missing. The index is that of a series or frame, so
            that scores can be joined to it; the ids of a corpus, of articles, tokens or a mapping; else 0, 1, 2, ...

        Examples
        --------
        >>> from framing import Themes
        >>> Themes().fit_transform(pd.Series(["They will not take sides."], index=["monday"])).index.tolist()
        ['monday']
        """
        texts = with_empty(X)
        if isinstance(texts, Iterator):  # it is read twice
            texts = list(texts)
        tokens = tokenize(texts)
        return scores(self.extract(tokens), tokens).set_axis(_index_of(texts, tokens))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the names of the columns."""
        return np.array([m.name for m in self.measures()], dtype=object)


def scores(found: Extraction, tokens: Tokens) -> pd.DataFrame:
    """Return the values of the measures, one row an article."""
    names = [m.name for m in found.measures]
    return pd.DataFrame(score_columns(found, tokens), index=range(len(tokens)), columns=names, dtype=float)


def _index_of(texts: Any, tokens: Tokens) -> pd.Index:
    """Return the labels of the rows: those that the texts came with, as strings alone have none."""
    if isinstance(texts, pd.DataFrame | pd.Series):
        return texts.index
    named = isinstance(texts, Corpus | Tokens | Mapping | Article)
    if named or (not isinstance(texts, str) and any(isinstance(text, Article) for text in texts)):
        return pd.Index([a.id for a in tokens.articles], name="id", dtype=object)
    return pd.RangeIndex(len(tokens))


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
_TAG = re.compile(
    r"<!(?:--|doctype\b)[^<>]*>|</?(?:html|body|head|div|p|br|hr|span|a|b|i|em|strong|ul|ol|li|table|tr|td|th|script|"
    r"style|h[1-6]|img|iframe|figure|figcaption|section|article|blockquote)(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
# What UTF-8 becomes when it is read as Windows-1252: "â€œ" was a quotation mark, "Ã¼" an ü. Curly quotation marks are
# its second halves as well, but after a word in capitals ("SOFIÃ”") they only close a quotation.
_MOJIBAKE = re.compile(
    r"â€.?|ï»¿|[ÂÃÄÅ](?:[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|[‘’“”–—](?=[^\W\d_]))",
)
_FIRST_HALVES = "âïÂÃÄÅ"
_BROKEN_WORD = re.compile(r"(?<=\w)\ufffd+(?=\w)")
_SUSPECT = ("<", "&", "\ufffd", *_FIRST_HALVES)  # each alone is found faster than a class of characters


class Debris(NamedTuple):
    """What a broken extraction left in a text, in the order of the text: tags, entities, characters."""

    tags: list[str]
    entities: list[str]
    garbled: list[str]
    replaced: int


def debris(text: str) -> Debris:
    r"""Find HTML tags and entities, UTF-8 that was read in another encoding, and replacement characters (U+FFFD).

    Examples
    --------
    >>> debris("<br>TÃ¼rkiye &amp; AT&T; said â€œno\ufffd.")
    Debris(tags=['<br>'], entities=['&amp;'], garbled=['Ã¼', 'â€œ'], replaced=1)
    """
    entities = [e for e in _ENTITY.findall(text) if e[1] == "#" or e[1:] in html5] if "&" in text else []
    garbled = _MOJIBAKE.findall(text) if any(half in text for half in _FIRST_HALVES) else []
    return Debris(_TAG.findall(text) if "<" in text else [], entities, garbled, text.count("\ufffd"))


def markup_problem(text: str) -> str:
    """Say what a text holds that would be counted as words and is none; empty when there is nothing."""
    if not any(part in text for part in _SUSPECT):  # most texts
        return ""
    found = debris(text)
    broken = ["U+FFFD"] * len(_BROKEN_WORD.findall(text)) if found.replaced else []
    said = (
        _held(found.tags, "HTML tag", "HTML tags", "counted as words: extract the text first"),
        _held(found.entities, "HTML entity", "HTML entities", "counted as words: extract the text first"),
        _held(found.garbled, "garbled character", "garbled characters", "counted as words: read the file as UTF-8"),
        _held(broken, "lost character", "lost characters", "inside words: read the file in its own encoding"),
    )
    return "; ".join(filter(None, said))


def _held(found: list[str], one: str, many: str, so: str) -> str:
    return f"holds {len(found)} {one if len(found) == 1 else many} ({found[0][:20]}), {so}" if found else ""


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
