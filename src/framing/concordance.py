"""Concordances: every place of a pattern or of a theme's terms, with what stands left and right of it (KWIC)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import check_column, names_of, text_of
from framing.codebook import Codebook, load_codebook
from framing.errors import CodebookError, FramingError, bad_value, listed, unknown_name
from framing.hits import longest
from framing.inputs import as_corpus
from framing.lookup import Matcher
from framing.terms import check
from framing.theme_finder import theme_finder
from framing.tokens import Tokens, tokenize
from framing.voice import VOICES, majority, voices

COLUMNS = (
    "article", "kind", "event", "source", "date", "sentence", "start", "end", "left", "keyword", "right", "voice",
    "rule", "inherited",
)  # fmt: skip
MAX_WIDTH = 200
"""Words on either side at most: a "sentence" may be a whole table, and each of its places would carry all of it."""


class _Place(NamedTuple):
    first: int
    last: int
    rule: str
    inherited: bool


def kwic(
    corpus: Any,
    pattern: str | Sequence[str] | None = None,
    *,
    theme: str | None = None,
    codebook: str | Path | Codebook | None = None,
    kind: str | Sequence[str] | None = None,
    by: str = "kind",
    window: int | str = "sentence",
    inherited: bool = True,
) -> pd.DataFrame:
    """Return every place of a pattern, or of what raises a theme, in its context.

    Parameters
    ----------
    corpus
        A path, a `framing.Corpus` or texts. Body sentences are searched; titles, captions and datelines are not.
    pattern
        A term of the codebook language (``"diversif* ~3 partner*"``), or several; where places overlap, the longest
        counts.
    theme
        In place of a pattern, a theme of `codebook`: the places by which it is counted, guards and rules observed.
    codebook
        Name, path or `framing.Codebook`; ``None`` is the default codebook.
    kind
        Keep articles of these kinds only.
    by
        The column that `kind` speaks of and that the result shows as ``kind``.
    window
        ``"sentence"``: the context is the rest of the sentence, at most `MAX_WIDTH` words on either side; a number: so
        many words on either side, across sentence bounds but not beyond the article.
    inherited
        Whether a theme's agents carried over from the sentence before count.

    Returns
    -------
    pandas.DataFrame
        One row a place, in text order: article, kind, event, source, date, sentence (from 1), start and end (offsets
        into the article's text), left, keyword, right (white space made single), voice (of most words of the sentence),
        rule (the term that matched) and inherited.

    Raises
    ------
    FramingError
        If neither or both of pattern and theme are given, or one of them, a kind, a column or the window has no
        meaning.

    Examples
    --------
    >>> kwic(["The ship sailed. A shipyard built it."], "ship*")[["left", "keyword", "right"]].values.tolist()
    [['The', 'ship', 'sailed.'], ['A', 'shipyard', 'built it.']]
    """
    if (pattern is None) == (theme is None):
        raise FramingError("give either a pattern or a theme (on the command line PATTERN or --theme NAME).")
    _check_window(window)
    tokens = tokenize(as_corpus(corpus))
    if len(tokens):
        check_column("column", by, tokens.articles, usual=("kind",))
    labels = [text_of(article.value(by)) for article in tokens.articles]
    chosen = _chosen(labels, kind, by)
    places = _of_theme(tokens, theme, codebook, inherited) if pattern is None else _of_pattern(tokens, pattern)
    says = [VOICES[v] for v in majority(voices(tokens), tokens.sentence_bounds)]
    rows = [
        _row(tokens, place, labels, says, window)
        for place in places
        if labels[tokens.sentence_article[tokens.sentence[place.first]]] in chosen
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"sentence": "int64", "start": "int64", "end": "int64", "inherited": bool})


def _check_window(window: int | str) -> None:
    if window == "sentence":
        return
    if isinstance(window, bool) or not isinstance(window, int) or not 0 <= window <= MAX_WIDTH:
        raise FramingError(bad_value("window", f"'sentence' or a number of words from 0 to {MAX_WIDTH}", window))


def _chosen(labels: Sequence[str | None], kind: str | Sequence[str] | None, by: str) -> set[str | None]:
    known = dict.fromkeys(label for label in labels if label is not None)
    if kind is None:
        return {*known, None}
    wanted = names_of("kind", kind)
    for name in wanted:
        if name not in known:
            raise FramingError(unknown_name(by, name, known))
    return set(wanted)


def _of_pattern(tokens: Tokens, pattern: str | Sequence[str]) -> Iterator[_Place]:
    terms = [pattern] if isinstance(pattern, str) else list(pattern) if isinstance(pattern, Sequence) else []
    if not terms or not all(isinstance(t, str) for t in terms):
        raise FramingError(bad_value("pattern", "a term of the codebook language or a list of terms", pattern))
    for term in terms:
        if term.lstrip().startswith("@"):
            raise CodebookError(f"pattern {term!r}: references stand in codebooks only; use a theme instead.")
        check(term)
    for hit in longest(Matcher(terms).find(tokens)):
        yield _Place(hit.first, hit.last, terms[hit.term], False)


def _of_theme(
    tokens: Tokens, theme: str | None, codebook: str | Path | Codebook | None, inherited: bool
) -> Iterator[_Place]:
    book = load_codebook(codebook)
    if theme not in book.themes:
        remedy = f"Codebook {book.name} {book.version}; its targets are {listed(book.targets)}."
        raise FramingError(unknown_name("theme", theme, book.themes, remedy))
    finder = theme_finder(book)
    found = finder.find(tokens, inherited, themes=[theme])[theme]
    for _, finds in sorted(found.items()):
        for find in sorted(finds):
            yield _Place(find.first, find.last, finder.labels[find.term], find.inherited)


def _row(
    tokens: Tokens, place: _Place, labels: Sequence[str | None], says: Sequence[str], window: int | str
) -> tuple[Any, ...]:
    sentence = int(tokens.sentence[place.first])
    index = int(tokens.sentence_article[sentence])
    article = tokens.articles[index]
    start, end = int(tokens.start[place.first]), int(tokens.end[place.last])
    if window == "sentence":
        low, high = _words_away(tokens, place, tokens.sentence_bounds[sentence : sentence + 2], MAX_WIDTH)
        low = int(tokens.sentence_start[sentence]) if low is None else int(tokens.start[low])
        high = int(tokens.sentence_end[sentence]) if high is None else int(tokens.end[high])
    else:
        bounds = tokens.sentence_bounds[tokens.article_bounds[index : index + 2]]
        low, high = _words_away(tokens, place, bounds, int(window))
        low = int(tokens.start[bounds[0] if low is None else low])
        high = int(tokens.end[bounds[1] - 1 if high is None else high])
    parts = (article.text[low:start], article.text[start:end], article.text[end:high])
    return (
        article.id, labels[index], article.event, article.source, article.date, int(tokens.sentence_number[sentence]),
        start, end, *(" ".join(part.split()) for part in parts), says[sentence], place.rule, place.inherited,
    )  # fmt: skip


def _words_away(tokens: Tokens, place: _Place, bounds: NDArray[np.int64], window: int) -> tuple[int | None, int | None]:
    """Return the words so far before and after a place; ``None`` where the bounds are nearer."""
    low, high = place.first - window, place.last + window
    return (None if low <= bounds[0] else low), (None if high >= bounds[1] - 1 else high)
