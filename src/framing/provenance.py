"""What is needed to repeat a run."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from framing.comparing.contrasts import Comparison
from framing.corpus import Corpus
from framing.tables import json_text, records
from framing.version import __version__
from framing.wordlists import WORD_LISTS, word_list_hash

_PACKAGES = (
    "numpy",
    "pandas",
    "scipy",
    "scikit-learn",
    "nltk",
    "textstat",
    "pyphen",
    "matplotlib",
    "seaborn",
)


def run_record(comparison: Comparison) -> dict[str, Any]:
    """Return what is needed to repeat a run: versions, seed, hashes, options; no time, host or path."""
    analysis = comparison.analysis
    book = analysis.codebook
    return {
        "framing": __version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "seed": comparison.seed,
        "word_lists": {name: word_list_hash(name) for name in WORD_LISTS},
        "codebook": {"name": book.name, "version": book.version, "sha256": book.sha256},
        "options": {
            "by": comparison.by, "event": comparison.event, "extractors": list(analysis.found),
            "inherited": analysis.inherited, "readability_counts": analysis.counts,
        },
        "design": comparison.design,
        "notes": list(comparison.notes),
        "metadata_sha256": _metadata_hash(analysis.corpus),
        "texts": {article.id: article.sha256 for article in analysis.corpus},
    }  # fmt: skip


def _metadata_hash(corpus: Corpus) -> str:
    """Hash the metadata of all articles, so that a changed label shows."""
    rows = json_text(records(corpus.metadata.astype(str)))
    return hashlib.sha256(rows.encode("utf-8", "surrogatepass")).hexdigest()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
