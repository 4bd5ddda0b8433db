"""Text as numbers: integer ids over a table of types, with offsets and sentence bounds.

A corpus is tokenised once. What depends on a word alone (its normal form, whether a pattern of a
codebook matches it, its syllables) is worked out once per type in `Types`; what depends on its place
is an integer array in `Tokens`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.chunks import Chunks, cut
from framing.corpus import Article, Corpus, article_from, known_heads
from framing.errors import FramingError, listed
from framing.kernels import as_arrays, kernels
from framing.readers import drafts_from_rows
from framing.sentences import bounds
from framing.single_marks import with_apostrophes, with_double_marks
from framing.type_table import FENCE, HYPHEN, Ragged, Types
from framing.word_index import WordIndex


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
    before
        Bits of the punctuation between a word and the word before it (`COMMA`, `QUOTE`, ...), shape
        (n_words,).
    fenced
        Whether punctuation that a phrase does not cross, or a sentence bound, stands before a word.
    paragraph
        Number of the paragraph of each word, counted over all articles, shape (n_words,); between two
        articles a number is left out.
    mark_word, mark_kind, mark_paragraph
        The word that each quotation mark stands before, what the mark may do (`OPENING`, `CLOSING`
        or `EITHER`), and the paragraph it stands in, shape (n_marks,).
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
    before: NDArray[np.int16]
    fenced: NDArray[np.bool_]
    paragraph: NDArray[np.int32]
    mark_word: NDArray[np.int64]
    mark_kind: NDArray[np.int32]
    mark_paragraph: NDArray[np.int32]
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

    def once(self, make: Callable[[Tokens], Any]) -> Any:
        """Return ``make(tokens)``; it is worked out at the first call and kept."""
        kept = self.__dict__.setdefault("_kept", {})
        if make not in kept:
            kept[make] = make(self)
        return kept[make]

    def forget(self) -> None:
        """Drop what `once` has kept; it may point back to the tokens and so outlive its use."""
        self.__dict__.pop("_kept", None)

    def places(self, words: frozenset[str]) -> NDArray[np.int64]:
        """Return the words whose normal form is one of some, in text order, as an array that must not be written to."""
        return self.word_index.places(words)

    @property
    def word_index(self) -> WordIndex:
        """The places of the words of each type."""
        index: WordIndex = self.once(_index)
        return index

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


def _index(tokens: Tokens) -> WordIndex:
    return WordIndex(tokens.word, tokens.types)


def as_articles(texts: Any) -> list[Article]:
    """Turn what users pass as texts into articles.

    Parameters
    ----------
    texts
        A corpus, articles, strings, a string, a data frame with a column ``text``, or a mapping of id to text.

    Raises
    ------
    FramingError
        If an item is neither an article nor a string, or a frame has no column ``text``.
    """
    if isinstance(texts, Tokens):
        return list(texts.articles)
    if isinstance(texts, str | Article):
        texts = [texts]
    if isinstance(texts, pd.DataFrame):
        return _of_frame(texts)
    if isinstance(texts, Mapping):
        return list(Corpus.from_texts(list(texts.values()), ids=texts))
    if not isinstance(texts, Iterable):
        raise FramingError(f"texts must be a corpus or strings, got {type(texts).__name__}.")
    items = list(texts)
    for position, item in enumerate(items):
        if not isinstance(item, str | Article):
            raise FramingError(
                f"text {position + 1} must be a string or an Article, got {type(item).__name__}; "
                "read files with framing.read_corpus."
            )
    return [item if isinstance(item, Article) else article_from(str(i), item, {}) for i, item in enumerate(items, 1)]


def _of_frame(frame: pd.DataFrame) -> list[Article]:
    frame = frame.set_axis(known_heads(map(str, frame.columns)), axis=1)
    if "text" not in frame.columns:
        raise FramingError(f"the frame has no column 'text'; it has {listed(frame.columns)}.")
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [draft.article() for draft in drafts_from_rows(rows)]


def tokenize(texts: Any, types: Types | None = None) -> Tokens:
    """Turn texts into `Tokens`.

    Parameters
    ----------
    texts
        As in `as_articles`, or tokens (returned as they are).
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
    articles = tuple(as_articles(texts))
    types = Types() if types is None else types
    chunks = cut([with_double_marks(with_apostrophes(article.body)) for article in articles], types.chunks)
    marks, inner, quotes = types.learn_chunks()
    found = bounds(chunks, marks)
    placed = _placed(chunks, types, found.first, inner, quotes)
    sentence_base = chunks.base[found.owner] if len(found.owner) else np.zeros(0, np.int64)
    sentence_start = (chunks.start[found.first] - sentence_base).astype(np.int32)
    number = np.arange(len(found.owner)) - np.searchsorted(found.owner, found.owner)
    _reach_back(articles, found.owner, sentence_start)
    return Tokens(
        articles, types, *placed, found.owner.astype(np.int32), (number + 1).astype(np.int32), sentence_start,
        (chunks.end[found.last] - sentence_base).astype(np.int32), found.paragraph.astype(np.int32),
    )  # fmt: skip


def _placed(
    chunks: Chunks, types: Types, first: NDArray[np.int64], inner: Ragged, quotes: Ragged
) -> Sequence[NDArray[Any]]:
    """Return the arrays of `Tokens` from `word` to `sentence`, in their order.

    Parameters
    ----------
    chunks, types
        The texts.
    first
        The first chunk of each sentence.
    inner, quotes
        The tokens and the quotation marks of each chunk.
    """
    if kernels:
        found = kernels.words(
            chunks.ids, chunks.start, chunks.owner, chunks.opens, chunks.base, first, inner.bounds, inner.values,
            types.is_word, types.length, types.marks, quotes.bounds, quotes.values, FENCE, HYPHEN,
        )  # fmt: skip
        i32 = np.int32
        return as_arrays(found, i32, i32, i32, bool, np.int16, bool, i32, np.int64, i32, i32, i32)
    origin, values = inner.gather(chunks.ids)
    ids, start = values[:, 0], chunks.start[origin] + values[:, 1]
    is_word = types.is_word[ids]
    words = np.flatnonzero(is_word)
    owner = chunks.owner[origin]
    word, origin, start = ids[words], origin[words], start[words]
    end = start + types.length[word]
    opens = np.zeros(len(chunks.ids), np.int32)
    opens[first] = 1
    sentence = (np.cumsum(opens, dtype=np.int32) - 1)[origin]
    before, glued = _punctuation(types.marks[ids], is_word, words, owner, start, end)
    same = np.concatenate([[False], sentence[1:] == sentence[:-1]])[: len(sentence)]
    place, mark = quotes.gather(chunks.ids)
    # one number is left out between articles, so that a quotation does not run on into the next one
    paragraph = (np.cumsum(chunks.opens) - 1 + chunks.owner).astype(np.int32)
    mark_word = np.searchsorted(start, chunks.start[place] + mark[:, 1])
    base = chunks.base[chunks.owner[origin]] if len(origin) else np.zeros(0, np.int64)
    return (
        word, (start - base).astype(np.int32), (end - base).astype(np.int32), glued & same, before,
        (before & FENCE > 0) | ~same, paragraph[origin], mark_word, mark[:, 0], paragraph[place],
        sentence.astype(np.int32),
    )  # fmt: skip


def _punctuation(
    bits: NDArray[np.int16], is_word: NDArray[np.bool_], words: NDArray[np.int64], owner: NDArray[np.int64],
    start: NDArray[np.int64], end: NDArray[np.int64],
) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:  # fmt: skip
    """Return the bits before each word, and whether the word goes on a hyphenated one.

    `bits`, `is_word` and `owner` are those of all tokens, `words` the places of the words among them.
    """
    before = np.zeros(len(words), np.int16)
    if not len(words):
        return before, np.zeros(0, bool)
    marks = np.flatnonzero(~is_word)
    ahead = np.searchsorted(words, marks)  # the word that a mark stands before
    own = ahead < len(words)
    own[own] = owner[marks[own]] == owner[words[ahead[own]]]
    marks, ahead = marks[own], ahead[own]
    heads = np.flatnonzero(np.append(True, ahead[1:] != ahead[:-1])[: len(ahead)])
    if len(heads):
        before[ahead[heads]] = np.bitwise_or.reduceat(bits[marks], heads)
    one_apart = np.append(False, (words[1:] - words[:-1] == 2) & (start[1:] - end[:-1] == 1))
    return before, one_apart & (before & HYPHEN > 0)


def _reach_back(articles: Sequence[Article], owner: NDArray[np.int64], starts: NDArray[np.int32]) -> None:
    """Begin a sentence with the dateline or enumerator that ends at it and is not counted."""
    own = np.searchsorted(owner, np.arange(len(articles) + 1)).tolist()
    for index, article in enumerate(articles):
        if not article.layout.spans:
            continue
        prefixes = {e: s for s, e, role in article.layout.spans if role in ("dateline", "enumerator")}
        if prefixes:
            for place in range(own[index], own[index + 1]):
                while int(starts[place]) in prefixes:
                    starts[place] = prefixes[int(starts[place])]
