"""Compare how kinds of texts frame the same event, with every number led back to sentences.

The public names load on first use, so that ``import framing`` and ``framing --help`` stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framing.version import __version__

if TYPE_CHECKING:
    from framing import figures
    from framing.analysis import Analysis, analyse, evidence, features
    from framing.audit import check_corpus
    from framing.codebook import Codebook, codebook_names, load_codebook
    from framing.contrasts import Comparison, compare
    from framing.corpus import Article, Corpus
    from framing.divergence import distances
    from framing.errors import FramingError
    from framing.export import write_comparison
    from framing.extractors import Extractor, Readability, Stance, Style, Themes, Voice
    from framing.keywords import keyness
    from framing.matrix import stance
    from framing.readers import read_corpus
    from framing.specifications import robustness
    from framing.streaming import write_features
    from framing.tokens import tokenize
    from framing.word_shifts import word_shift

_HOMES = {
    "Article": "corpus", "Corpus": "corpus", "read_corpus": "readers",
    "Tokens": "tokens", "tokenize": "tokens",
    "Codebook": "codebook", "load_codebook": "codebook", "codebook_names": "codebook",
    "EXTRACTORS": "extractors", "Extractor": "extractors",
    "Readability": "extractors", "Themes": "extractors", "Stance": "extractors",
    "Style": "extractors", "Voice": "extractors", "Sourcing": "extractors",
    "Analysis": "analysis", "analyse": "analysis", "features": "analysis", "evidence": "analysis",
    "Comparison": "contrasts", "compare": "contrasts", "write_comparison": "export",
    "check_corpus": "audit", "write_features": "streaming", "write_table": "tables",
    "csv_text": "tables", "json_text": "tables", "records": "tables",
    "stance": "matrix", "StanceTable": "matrix",
    "audit_text": "display", "evidence_text": "display", "stance_text": "display", "risk_text": "display",
    "measure_names": "analysis", "Plan": "plan", "read_plan": "plan", "Claims": "claims", "typical_text": "typical",
    "robustness": "specifications", "robustness_text": "specifications",
    "keyness": "keywords", "distances": "divergence", "word_shift": "word_shifts", "distinct": "distinct_things",
    "check_codebook": "codebook_check", "check_text": "check_display",
    "FramingError": "errors",
}  # fmt: skip

__all__ = [
    "Analysis", "Article", "Codebook", "Comparison", "Corpus", "Extractor", "FramingError",
    "Readability", "Stance", "Style", "Themes", "Voice", "__version__", "analyse", "check_corpus", "codebook_names",
    "compare", "distances", "evidence", "features", "figures", "keyness", "load_codebook", "read_corpus", "robustness",
    "stance", "tokenize", "word_shift", "write_comparison", "write_features",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name on first use (PEP 562)."""
    if name == "figures":
        return import_module("framing.figures")
    if name not in _HOMES:
        raise AttributeError(f"module 'framing' has no attribute {name!r}")
    value = getattr(import_module(f"framing.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
