"""What is needed to repeat a run."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from framing.comparing.claims import Claims
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
    analysis, claims = comparison.analysis, comparison.claims
    packages = (*_PACKAGES, "statsmodels") if claims.method == "mixed" else _PACKAGES
    book = analysis.codebook
    return {
        "framing": __version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in packages},
        "seed": comparison.seed,
        "word_lists": {name: word_list_hash(name) for name in WORD_LISTS},
        "codebook": {"name": book.name, "version": book.version, "sha256": book.sha256},
        "options": {
            "by": comparison.by, "event": comparison.event, "extractors": list(analysis.found),
            "inherited": analysis.inherited, "readability_counts": analysis.counts, "claims": _claims(claims),
            "plan_sha256": None if comparison.plan is None else comparison.plan.sha256,
        },
        "design": comparison.design,
        "notes": list(comparison.notes),
        "metadata_sha256": _metadata_hash(analysis.corpus),
        "texts": {article.id: article.sha256 for article in analysis.corpus},
    }  # fmt: skip


def _claims(claims: Claims) -> dict[str, Any]:
    """Return what was asked for as plain values; a bound may be a number of numpy, which JSON does not know."""
    return asdict(claims) | {"bounds": {name: float(bound) for name, bound in claims.bounds.items()}}


def _metadata_hash(corpus: Corpus) -> str:
    """Hash the metadata of all articles, so that a changed label shows."""
    rows = json_text(records(corpus.metadata.astype(str)))
    return hashlib.sha256(rows.encode("utf-8", "surrogatepass")).hexdigest()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
