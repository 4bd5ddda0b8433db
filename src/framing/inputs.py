"""What users pass as a corpus: a path, a corpus, strings, a data frame, a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus import Article, Corpus
from framing.errors import FramingError, bad_value
from framing.readers import read_corpus
from framing.tokens import as_articles


def as_corpus(corpus: Any) -> Corpus:
    """Turn what users pass as a corpus (a path, a corpus, or what `as_articles` takes) into one.

    Raises
    ------
    FramingError
        If it is none of these.
    """
    if isinstance(corpus, Corpus):
        return corpus
    if isinstance(corpus, str) and not corpus.strip():
        raise FramingError(bad_value("corpus", "a path, or texts that are not empty", corpus))
    if is_path(corpus):
        return read_corpus(corpus)
    return Corpus(as_articles(with_empty(corpus)))


def with_empty(texts: Any) -> Any:
    """Return a series of texts as a frame, in which a missing text is an empty one, and all else as it is.

    Examples
    --------
    >>> with_empty(pd.Series(["It rained.", None])).columns.tolist()
    ['text']
    """
    if isinstance(texts, pd.Series) and not any(isinstance(text, Article) for text in texts):
        return texts.to_frame("text")
    return texts


def is_path(value: Any) -> bool:
    """Tell whether `value` is a path: a string is when it exists, or looks like one (no space, no line break)."""
    if isinstance(value, Path) or not isinstance(value, str) or "\n" in value:
        return isinstance(value, Path)
    try:
        return Path(value).exists() or (" " not in value.strip() and bool(value.strip()))
    except OSError:
        return False
