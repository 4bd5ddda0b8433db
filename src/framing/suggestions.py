"""Candidate terms for a codebook: words that mark a theme's sentences, and words that are used as its terms are.

Nothing is ever added by itself: a candidate comes with its sentences, and the researcher decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from framing.codebook import Codebook, load_codebook
from framing.errors import FramingError, bad_value, unknown_name
from framing.extractors.base import scorable
from framing.hits import Hits
from framing.inputs import as_corpus
from framing.latent_space import nearness, word_vectors
from framing.ngrams import NGrams, ngrams
from framing.stats.keyness import log_odds
from framing.theme_finder import Find, theme_finder
from framing.tokens import Tokens, tokenize

MIN_SENTENCES = 5
"""Sentences that a theme must raise, and others there must be, before any term is suggested for it."""
FEW_SENTENCES = 1_000
"""Below so many sentences a note says that the latent space rests on little."""
_MIN_LETTERS = 3
_MIN_COUNT = 2  # sentences in which a candidate must stand,
_MIN_SPACE = 3  # and one of the latent space: words met once or twice lie wherever those sentences do
_MAX_WORDS = 50_000  # of the latent space; the most frequent
_DIGITS = 6  # scores are rounded, so that no order hangs on the last bits

COLUMNS = (
    "theme", "term", "keyness_rank", "keyness", "log_odds", "space_rank", "cosine", "n_raised", "n_other",
    "n_sentences", "n_articles", "adds",
)  # fmt: skip
EXAMPLE_COLUMNS = ("theme", "term", "article", "kind", "sentence", "raised", "text")


@dataclass(frozen=True)
class Suggestions:
    """What `suggest_terms` returns.

    Attributes
    ----------
    codebook
        The codebook the terms are suggested for; it is not changed.
    terms
        One row a candidate of a theme: its rank and z score by keyness and its log-odds ratio (above 0: more in the
        theme's sentences), its rank and cosine in the latent space, its places in sentences that raise the theme and in
        others, the sentences and articles it stands in, and ``adds``, the sentences that would newly raise the theme.
        What a method has no value for is missing.
    examples
        Sentences of each candidate; ``raised`` tells whether they raise the theme already.
    notes
        What could not be done, and what rests on little.
    """

    codebook: Codebook
    terms: pd.DataFrame
    examples: pd.DataFrame
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        book = self.codebook
        return f"<Suggestions for {book.name} {book.version}: {len(self.terms)} candidates>"


def suggest_terms(
    codebook: str | Path | Codebook,
    corpus: Any,
    *,
    theme: str | None = None,
    top: int = 15,
    examples: int = 2,
    seed: int = 0,
) -> Suggestions:
    """Suggest terms for the themes of a codebook from a corpus.

    Two methods, each with its own rank: *keyness*, the log-odds of words and word pairs in sentences that raise the
    theme against all other sentences, with an informative prior (Monroe, Colaresi & Quinn 2008); and a *latent
    space* of the sentences, in which words near the theme's terms are sought (latent semantic scaling, Watanabe 2021).
    What the theme's terms already find is left out, and so are function words, words of fewer than three letters
    and words that stand in one pair only (the pair is listed); all of them stay in the totals.

    Parameters
    ----------
    codebook
        Name, path or `framing.Codebook`.
    corpus
        A path, a `framing.Corpus` or texts.
    theme
        One theme; all when not given.
    top
        Candidates of each method.
    examples
        Sentences shown of each candidate, first of those that would be new.
    seed
        Seed of the latent space.

    Returns
    -------
    Suggestions

    Raises
    ------
    FramingError
        If codebook, corpus or an argument cannot be used.
    """
    for name, value, least in (("top", top, 1), ("examples", examples, 0), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise FramingError(bad_value(name, f"a whole number from {least}", value))
    book = load_codebook(codebook)
    if theme is not None and theme not in book.themes:
        raise FramingError(unknown_name("theme", theme, book.themes))
    tokens = tokenize(as_corpus(corpus))
    finder = theme_finder(book)
    hits = finder.matcher.find(tokens)
    found = finder.find(tokens, True, hits)
    seen = _Seen.of(tokens, book.language)
    names = [theme] if theme is not None else list(book.themes)
    notes = [note for name in names if (note := seen.too_few(name, found[name]))]
    able = [name for name in names if not seen.too_few(name, found[name])]
    space = _Space.of(seen, seed) if able else None
    if space is not None and space.n_sentences < FEW_SENTENCES:
        notes.append(
            f"the latent space rests on {space.n_sentences:,} sentences; below {FEW_SENTENCES:,} its order is weak"
        )
    known = {name: hits[finder.theme_of[hits.term] == list(book.themes).index(name)] for name in able}
    tables = [seen.candidates(name, found[name], known[name], space, top) for name in able]
    terms = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))
    rows = [row for name in able for row in seen.examples(name, found[name], terms, examples)]
    return Suggestions(book, terms, pd.DataFrame(rows, columns=list(EXAMPLE_COLUMNS)), tuple(notes))


@dataclass(frozen=True)
class _Seen:
    """The words and pairs of a corpus, which sentences can be scored, and which words can be candidates."""

    tokens: Tokens
    grams: NGrams
    scored: NDArray[np.bool_]  # by sentence
    usable: NDArray[np.bool_]  # by word or pair

    @classmethod
    def of(cls, tokens: Tokens, language: str) -> _Seen:
        ok, _ = scorable(tokens, language)
        grams = ngrams(tokens)
        usable = np.array([_usable(name) for name in grams.names], bool)
        _only_pairs(grams, usable)
        return cls(tokens, grams, ok[tokens.sentence_article], usable)

    def too_few(self, name: str, finds: Mapping[int, list[Find]]) -> str:
        """Say why a theme cannot be worked on; empty when it can."""
        raised = int(self.scored[list(finds)].sum())
        others = int(self.scored.sum()) - raised
        if raised >= MIN_SENTENCES and others >= MIN_SENTENCES:
            return ""
        which = f"{raised} sentences raise it" if raised < MIN_SENTENCES else f"only {others} sentences do not raise it"
        return (
            f"{name}: {which}; {MIN_SENTENCES} on each side are the least from which terms can be suggested. "
            "Take a larger corpus, or write the first terms from the definition."
        )

    def candidates(
        self, name: str, finds: Mapping[int, list[Find]], known: Hits, space: _Space | None, top: int
    ) -> pd.DataFrame:
        """Return the best candidates of either method, those of keyness first.

        `known` are all hits of the theme's terms, whether they count or not: what mostly stands in them is no news.
        """
        grams, raised = self.grams, np.zeros(self.tokens.n_sentences, bool)
        raised[list(finds)] = True
        taken = self._covered((f.first, f.last) for some in finds.values() for f in some)
        free, scored = taken[grams.last + 1] == taken[grams.first], self.scored[grams.sentence]
        inside = raised[grams.sentence]
        n_in, n_out = grams.counts(scored & inside & free), grams.counts(scored & ~inside & free)
        numbers, _, _ = grams.in_units(grams.sentence, scored & free)
        n_sentences = np.bincount(numbers, minlength=len(grams))
        fit = (
            self.usable & (n_sentences >= _MIN_COUNT) & ~self.mostly_in(self._covered((h.first, h.last) for h in known))
        )
        delta, z = self._keyness(n_in, n_out)
        key_rank = _ranks(np.where(fit & (n_in > 0) & (z > 0), z, np.nan), grams.names)
        cosine = np.full(len(grams), np.nan) if space is None else space.nearness(self.mostly_in(taken))
        space_rank = _ranks(np.where(fit & (n_sentences >= _MIN_SPACE) & (cosine > 0), cosine, np.nan), grams.names)
        chosen = np.flatnonzero((key_rank <= top) | (space_rank <= top))
        last = np.iinfo(int).max
        order = sorted(chosen.tolist(), key=lambda i: (*(np.nan_to_num([key_rank[i], space_rank[i]], nan=last)), i))
        where = scored & free & np.isin(grams.number, chosen)
        adds = self._n_units(where & ~inside, grams.sentence)
        n_articles = self._n_units(where, self.tokens.sentence_article[grams.sentence].astype(np.int64))
        table = pd.DataFrame({
            "theme": name, "term": [grams.names[i] for i in order], "keyness_rank": key_rank[order],
            "keyness": np.round(z[order], _DIGITS), "log_odds": np.round(delta[order], _DIGITS),
            "space_rank": space_rank[order], "cosine": np.round(cosine[order], _DIGITS), "n_raised": n_in[order],
            "n_other": n_out[order], "n_sentences": n_sentences[order], "n_articles": n_articles[order],
            "adds": adds[order],
        }, columns=list(COLUMNS))  # fmt: skip
        for column in ("keyness_rank", "space_rank"):
            table[column] = table[column].astype("Int64")
        return table

    def _n_units(self, where: NDArray[np.bool_], unit: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(self.grams.in_units(unit, where)[0], minlength=len(self.grams))

    def _covered(self, spans: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
        """Count the words inside some spans up to each word, shape (n_words + 1,)."""
        inside = np.zeros(len(self.tokens.word), bool)
        for first, last in spans:
            inside[first : last + 1] = True
        return np.append(0, np.cumsum(inside))

    def mostly_in(self, covered: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which words and pairs stand wholly inside some spans in at least half of their places."""
        grams = self.grams
        whole = covered[grams.last + 1] - covered[grams.first] == grams.last + 1 - grams.first
        n_whole = grams.counts(whole)
        return (n_whole > 0) & (2 * n_whole >= grams.counts())

    def _keyness(
        self, n_in: NDArray[np.int64], n_out: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return log-odds and z, single words against single words and pairs against pairs.

        The prior follows both sides together and is worth as many words as the smaller side.
        """
        delta, z = np.full((2, len(self.grams)), np.nan)
        for size in (1, 2):
            own = np.flatnonzero((self.grams.size == size) & (n_in + n_out > 0))
            inside, outside = n_in[own], n_out[own]
            worth = min(inside.sum(), outside.sum())
            if worth > 0:
                found = log_odds(inside, outside, worth * (inside + outside) / (inside.sum() + outside.sum()))
                delta[own], z[own] = found.value, found.z
        return delta, z

    def examples(
        self, name: str, finds: Mapping[int, list[Find]], terms: pd.DataFrame, n: int
    ) -> Iterator[tuple[Any, ...]]:
        """Yield sentences of each candidate: those that would be new, from as many articles as there are, first."""
        tokens, grams = self.tokens, self.grams
        taken = self._covered((f.first, f.last) for some in finds.values() for f in some)
        free = taken[grams.last + 1] == taken[grams.first]
        number_of = {term: i for i, term in enumerate(grams.names)}
        where = self.scored[grams.sentence] & free
        numbers, sentences, _ = grams.in_units(grams.sentence, where)
        bounds = np.searchsorted(numbers, np.arange(len(grams) + 1))
        for term in terms.loc[terms["theme"] == name, "term"]:
            own = sentences[bounds[number_of[term]] : bounds[number_of[term] + 1]].tolist()
            for sentence in _spread(own, tokens.sentence_article, finds)[:n]:
                article = tokens.articles[tokens.sentence_article[sentence]]
                yield (
                    name, term, article.id, article.kind, int(tokens.sentence_number[sentence]), sentence in finds,
                    " ".join(tokens.text_of(sentence).split()),
                )  # fmt: skip


class _Space:
    """The latent space of a corpus, worked out once for all themes."""

    def __init__(self, words: NDArray[np.int64], n_sentences: int, vectors: NDArray[np.float64]):
        self._words, self.n_sentences, self._vectors = words, n_sentences, vectors

    @classmethod
    def of(cls, seen: _Seen, seed: int) -> _Space:
        grams = seen.grams
        number, sentence, count = grams.in_units(grams.sentence, seen.scored[grams.sentence])
        n_sentences = np.bincount(number, minlength=len(grams))
        words = np.flatnonzero(seen.usable & (n_sentences >= _MIN_COUNT))
        if len(words) > _MAX_WORDS:
            words = np.sort(words[np.argsort(-n_sentences[words], kind="stable")[:_MAX_WORDS]])
        column = np.full(len(grams), -1)
        column[words] = np.arange(len(words))
        kept = column[number] >= 0
        sentences, row = np.unique(sentence[kept], return_inverse=True)
        shape = (len(sentences), len(words))
        counts = csr_matrix((count[kept].astype(float), (row.reshape(-1), column[number[kept]])), shape=shape)
        return cls(words, len(sentences), word_vectors(counts, seed=seed))

    def nearness(self, own: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the cosine of each word or pair with the mean of some, NaN for what is not in the space."""
        found = np.full(len(own), np.nan)
        found[self._words] = nearness(self._vectors, own[self._words])
        return found


def _usable(name: str) -> bool:
    """Tell whether a word or pair can be a term: no function word at either end, no number, letters enough."""
    parts = name.split()
    return all(
        len(p) >= _MIN_LETTERS and p[0].isalpha() and p.lower() not in ENGLISH_STOP_WORDS and "'" not in p
        for p in parts
    )


def _only_pairs(grams: NGrams, usable: NDArray[np.bool_]) -> None:
    """Leave out words that stand nowhere but in one usable pair: the pair is the term."""
    counts = grams.counts().tolist()
    number_of = {name: i for i, name in enumerate(grams.names)}
    for pair in np.flatnonzero(usable & (grams.size == 2)).tolist():
        if counts[pair] > 1:
            for half in grams.names[pair].split():
                if counts[number_of[half]] == counts[pair]:
                    usable[number_of[half]] = False


def _ranks(scores: NDArray[np.float64], names: Sequence[str]) -> NDArray[np.float64]:
    """Return ranks from 1 for the highest, NaN for what has no score; of equals, what comes first in the alphabet."""
    ranks = np.full(len(scores), np.nan)
    known = np.flatnonzero(np.isfinite(scores)).tolist()
    rounded = np.round(scores, _DIGITS)
    for rank, place in enumerate(sorted(known, key=lambda i: (-rounded[i], names[i])), 1):
        ranks[place] = rank
    return ranks


def _spread(sentences: list[int], article_of: NDArray[np.int32], finds: Mapping[int, Any]) -> list[int]:
    """Order sentences: new ones first, the first of each article before its others."""
    met: dict[tuple[bool, int], int] = {}
    keys = []
    for sentence in sentences:
        group = (sentence in finds, int(article_of[sentence]))
        met[group] = met.get(group, 0) + 1
        keys.append((sentence in finds, met[group], sentence))
    return [key[2] for key in sorted(keys)]
