"""What users pass as a corpus: a path, a corpus, strings, a data frame."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from framing.corpus import Corpus
from framing.errors import FramingError
from framing.readers import drafts_from_rows, read_corpus
from framing.tokens import as_articles


def as_corpus(corpus: Any) -> Corpus:
    """Turn what users pass as a corpus (a path, a corpus, strings, a frame with a column ``text``) into one.

    Raises
    ------
    FramingError
        If it is none of these.
    """
    if isinstance(corpus, Corpus):
        return corpus
    if is_path(corpus):
        return read_corpus(corpus)
    if isinstance(corpus, pd.DataFrame):
        if "text" not in corpus.columns:
            raise FramingError(f"the frame has no column 'text'; it has {', '.join(map(str, corpus.columns))}.")
        rows = corpus.astype(object).where(corpus.notna(), None).to_dict("records")
        drafts = drafts_from_rows({str(k): v for k, v in row.items()} for row in rows)
        return Corpus(draft.article() for draft in drafts)
    return Corpus(as_articles(corpus))


def is_path(value: Any) -> bool:
    """Tell whether `value` is a path: a string is when it exists, or looks like one (no space, no line break)."""
    if isinstance(value, Path) or not isinstance(value, str) or "\n" in value:
        return isinstance(value, Path)
    try:
        return Path(value).exists() or (" " not in value.strip() and bool(value.strip()))
    except OSError:
        return False
