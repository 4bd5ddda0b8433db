"""Text as numbers: integer ids over a table of types, with offsets and sentence bounds.

A corpus is tokenised once. What depends on a word alone (its normal form, whether a pattern of a
codebook matches it, its syllables) is worked out once per type in `Types`; what depends on its place
is an integer array in `Tokens`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.corpus import Article, Corpus
from framing.errors import FramingError
from framing.sentences import sentences

_JOINERS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"  # combining marks, soft hyphen, zero-width
_W = rf"[^\W_{_JOINERS}][{_JOINERS}]*"
_TOKEN = re.compile(
    rf"([^\W\d_](?:\.[^\W\d_])+\.?(?![^\W_])"  # U.S., D.C., e.g.
    rf"|(?:[^\W\d_]{{1,4}})?[$€£¥₹₺]\d+(?:[.,]\d+)*[^\W_]*"  # US$30, $4.92
    rf"|[^\W\d_]*\d+(?:[.,]\d+)+[^\W_]*"  # RM21.2, 1,500
    rf"|(?:{_W})+(?:['’](?:{_W})+)*['’]?(?<![\s])"  # words with inner apostrophes
    r"|``|''|\.{2,}|--+|[^\w\s]|_)"
)
_SEPARATORS = frozenset("-‐‑/'’‘“”\"«»``''")
_POSSESSIVE = re.compile(r"(?:'s|')$")
_STRIP = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0307"))


def normal_form(word: str) -> str:
    """Return the form under which a word is looked up: NFC, lower case, no possessive.

    Examples
    --------
    >>> normal_form("Türkiye’s"), normal_form("U.S"), normal_form("Partners'")
    ('türkiye', 'u.s.', 'partners')
    """
    word = unicodedata.normalize("NFC", word.translate(_STRIP)).replace("’", "'").lower().translate(_STRIP)
    if "." in word and len(word) > 1 and not word.endswith(".") and all(len(p) == 1 for p in word.split(".")):
        word += "."
    return _POSSESSIVE.sub("", word) or word


class Types:
    """The table of types: every distinct token string, in the order of first sight."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}
        self.strings: list[str] = []
        self.norms: list[str] = []
        self._is_word: list[bool] = []
        self._columns: dict[Hashable, NDArray[Any]] = {}

    def __len__(self) -> int:
        return len(self.strings)

    def ids(self, strings: Sequence[str]) -> NDArray[np.int32]:
        """Return the ids of strings, adding those not seen before."""
        index = self._index
        for string in dict.fromkeys(strings):
            if string not in index:
                index[string] = len(self.strings)
                self.strings.append(string)
                self.norms.append(normal_form(string))
                self._is_word.append(any(c.isalnum() for c in string))
        return np.fromiter(map(index.__getitem__, strings), dtype=np.int32, count=len(strings))

    def column(self, key: Hashable, values: Callable[[range], Any]) -> NDArray[Any]:
        """Return what depends on a type alone, one value a type; it is worked out once per type.

        Parameters
        ----------
        key
            Names the column; the same key must always come with the same `values`.
        values
            From a range of new type ids to one value each, an array or a list.
        """
        known = self._columns.get(key)
        n = 0 if known is None else len(known)
        if known is None or n < len(self):
            new = np.asarray(values(range(n, len(self))))
            known = new if known is None else np.concatenate([known, new])
            self._columns[key] = known
        return known

    def where(self, test: Any) -> NDArray[np.bool_]:
        """Return, for each type, whether ``test(string)`` holds."""
        return np.fromiter(map(test, self.strings), dtype=bool, count=len(self))

    @property
    def is_word(self) -> NDArray[np.bool_]:
        """Whether each type holds a letter or digit."""
        return np.array(self._is_word, dtype=bool)


@dataclass(frozen=True)
class Tokens:
    """The words and sentences of some articles, as flat arrays.

    Attributes
    ----------
    articles
        The articles, in order.
    types
        The table of types that `word` points into.
    word
        Type id of each word, shape (n_words,). Words hold a letter or digit; a hyphenated word
        gives one word a part.
    start, end
        Offsets of each word into its article's text, shape (n_words,).
    glued
        Whether a word goes on a hyphenated one; ``n_words`` counts a hyphenated word once.
    fenced
        Whether punctuation that a phrase does not cross stands before a word.
    sentence
        Number of the sentence of each word, counted over all articles, shape (n_words,).
    sentence_article, sentence_number, sentence_start, sentence_end, sentence_paragraph
        Article index, number from 1 within the article, offsets, and paragraph number from 0
        within the article, of each sentence, shape (n_sentences,).
    """

    articles: tuple[Article, ...]
    types: Types
    word: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    glued: NDArray[np.bool_]
    fenced: NDArray[np.bool_]
    sentence: NDArray[np.int32]
    sentence_article: NDArray[np.int32]
    sentence_number: NDArray[np.int32]
    sentence_start: NDArray[np.int32]
    sentence_end: NDArray[np.int32]
    sentence_paragraph: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def shape(self) -> tuple[int]:
        """Number of articles, as scikit-learn asks for it."""
        return (len(self.articles),)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __getitem__(self, key: Any) -> Tokens:
        """Return the tokens of some articles, by slice, integer array or boolean mask."""
        chosen = np.arange(len(self))[key]
        return tokenize([self.articles[i] for i in np.atleast_1d(chosen)], self.types)

    @property
    def n_sentences(self) -> int:
        """Number of sentences over all articles."""
        return len(self.sentence_article)

    @cached_property
    def sentence_bounds(self) -> NDArray[np.int64]:
        """Index of the first word of each sentence, and the number of words at the end."""
        return np.searchsorted(self.sentence, np.arange(self.n_sentences + 1))

    @cached_property
    def article_bounds(self) -> NDArray[np.int64]:
        """Index of the first sentence of each article, and the number of sentences at the end."""
        return np.searchsorted(self.sentence_article, np.arange(len(self) + 1))

    @cached_property
    def article(self) -> NDArray[np.int32]:
        """Article index of each word."""
        return self.sentence_article[self.sentence]

    @cached_property
    def n_words(self) -> NDArray[np.int64]:
        """Number of words of each article, a hyphenated word counted once."""
        return np.bincount(self.article[~self.glued], minlength=len(self))

    @cached_property
    def n_sentences_by_article(self) -> NDArray[np.int64]:
        """Number of sentences of each article."""
        return np.diff(self.article_bounds)

    def norm(self, position: int) -> str:
        """Return the normal form of the word at a position."""
        return self.types.norms[self.word[position]]

    def text_of(self, sentence: int) -> str:
        """Return the text of a sentence, as it stands in the article."""
        article = self.articles[self.sentence_article[sentence]]
        return article.text[self.sentence_start[sentence] : self.sentence_end[sentence]]


def as_articles(texts: Any) -> list[Article]:
    """Turn what users pass as texts (a corpus, articles, strings, a string) into articles.

    Raises
    ------
    FramingError
        If an item is neither an article nor a string.
    """
    if isinstance(texts, Tokens):
        return list(texts.articles)
    if isinstance(texts, str | Article):
        texts = [texts]
    if not isinstance(texts, Iterable):
        raise FramingError(f"texts must be a corpus or strings, got {type(texts).__name__}.")
    items = list(texts)
    if all(isinstance(item, str) for item in items):
        return list(Corpus.from_texts(items))
    for position, item in enumerate(items):
        if not isinstance(item, Article):
            raise FramingError(
                f"text {position + 1} must be a string or an Article, got {type(item).__name__}; "
                "read files with framing.read_corpus."
            )
    return items


def tokenize(texts: Any, types: Types | None = None) -> Tokens:
    """Turn texts into `Tokens`.

    Parameters
    ----------
    texts
        A `framing.Corpus`, articles, strings, or tokens (returned as they are).
    types
        A table of types to go on with, so that work per type is not done twice.

    Returns
    -------
    Tokens

    Examples
    --------
    >>> tokens = tokenize("Malaysia's US$30 deal. It pleased D.C.")
    >>> [tokens.types.strings[i] for i in tokens.word]
    ["Malaysia's", 'US$30', 'deal', 'It', 'pleased', 'D.C.']
    """
    if isinstance(texts, Tokens):
        return texts
    articles = as_articles(texts)
    types = Types() if types is None else types
    strings: list[str] = []
    lengths: list[int] = []
    starts: list[NDArray[np.int64]] = []
    bounds: list[tuple[int, int, int, int, int]] = []
    owners: list[NDArray[np.int64]] = []
    for index, article in enumerate(articles):
        body = article.body
        own = sentences(body)
        pieces = _TOKEN.split(body)
        ends = np.cumsum(np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces)))
        here = ends[:-1:2]  # a token begins where the separator before it ends
        strings += pieces[1::2]
        starts.append(here)
        lengths.append(len(here))
        begins = np.array([s for s, _, _ in own], dtype=np.int64)
        owners.append(np.searchsorted(begins, here, side="right") - 1 + len(bounds))
        prefixes = {e: s for s, e, role in article.layout.spans if role in ("dateline", "enumerator")}
        bounds += [
            (index, number, _with_prefix(s, prefixes), e, paragraph)
            for number, (s, e, paragraph) in enumerate(own, start=1)
        ]
    return _assemble(tuple(articles), types, strings, starts, owners, bounds)


def _with_prefix(start: int, prefixes: dict[int, int]) -> int:
    """Return where a sentence begins with the dateline or enumerator that ends at it and is not counted."""
    while start in prefixes:
        start = prefixes[start]
    return start


def _assemble(
    articles: tuple[Article, ...],
    types: Types,
    strings: list[str],
    starts: list[NDArray[np.int64]],
    owners: list[NDArray[np.int64]],
    bounds: list[tuple[int, int, int, int, int]],
) -> Tokens:
    ids = types.ids(strings)
    start = np.concatenate(starts) if starts else np.zeros(0, np.int64)
    owner = np.concatenate(owners) if owners else np.zeros(0, np.int64)
    end = start + np.fromiter(map(len, strings), dtype=np.int64, count=len(strings))
    is_word = types.is_word[ids] if len(ids) else np.zeros(0, bool)
    words = np.flatnonzero(is_word)
    hard = ~is_word & ~types.where(_SEPARATORS.__contains__)[ids] if len(ids) else np.zeros(0, bool)
    hyphen = types.where(frozenset("-‐‑").__contains__)[ids] if len(ids) else np.zeros(0, bool)
    n_hard = np.concatenate([[0], np.cumsum(hard)])
    previous = np.concatenate([[-1], words[:-1]]) if len(words) else words
    fenced = n_hard[words] - n_hard[previous + 1] > 0
    glued = np.zeros(len(words), bool)
    if len(words):
        one_apart = (words - previous == 2) & hyphen[words - 1]
        glued = one_apart & (start[words] - end[previous] == 1)
        same = owner[words] == owner[previous]
        fenced |= ~same
        glued &= same
        fenced[0] = True
    table = np.array(bounds, dtype=np.int32).reshape(-1, 5)
    return Tokens(
        articles, types, ids[words], start[words].astype(np.int32), end[words].astype(np.int32), glued, fenced,
        owner[words].astype(np.int32), table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 4],
    )  # fmt: skip
