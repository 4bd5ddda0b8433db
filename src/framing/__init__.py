"""Compare how kinds of texts frame the same event, with every number led back to sentences.

The public names load on first use, so that ``import framing`` and ``framing --help`` stay quick.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from framing.version import __version__

if TYPE_CHECKING:
    from framing import figures
    from framing.analysis import analyse, evidence
    from framing.audit import check_corpus
    from framing.codebook import Codebook, load_codebook
    from framing.comparing.contrasts import Comparison, compare
    from framing.comparing.specifications import robustness
    from framing.concordance import kwic
    from framing.corpus import Corpus
    from framing.errors import FramingError
    from framing.export import write_comparison
    from framing.extractors import Readability, Stance, Themes
    from framing.highlights import highlighted
    from framing.matrix import stance
    from framing.paper import paper_table
    from framing.parties import stance_between
    from framing.readers import read_corpus
    from framing.salience import theme_salience
    from framing.scoring import features
    from framing.streaming import write_features
    from framing.suggestions import suggest_terms
    from framing.tokens import tokenize
    from framing.words.divergence import distances
    from framing.words.keywords import keyness
    from framing.words.shifts import word_shift

_HOMES = {
    "Article": "corpus", "Corpus": "corpus", "read_corpus": "readers", "Tokens": "tokens", "tokenize": "tokens",
    "Codebook": "codebook", "load_codebook": "codebook", "codebook_names": "codebook", "EXTRACTORS": "extractors",
    "Extractor": "extractors", "Readability": "extractors", "Themes": "extractors", "Stance": "extractors",
    "Style": "extractors", "Voice": "extractors", "Sourcing": "extractors", "Analysis": "analysis",
    "analyse": "analysis", "features": "scoring", "evidence": "analysis", "Comparison": "comparing.contrasts",
    "compare": "comparing.contrasts", "write_comparison": "export", "paper_table": "paper",
    "check_paper_form": "paper", "check_corpus": "audit", "write_features": "streaming", "write_table": "tables",
    "csv_text": "tables", "json_text": "tables", "records": "tables", "stance": "matrix", "StanceTable": "matrix",
    "audit_text": "display", "evidence_text": "display", "stance_text": "stance_display", "risk_text": "display",
    "measure_names": "analysis", "Plan": "comparing.plan", "read_plan": "comparing.plan",
    "Claims": "comparing.claims", "typical_text": "comparing.typical", "robustness": "comparing.specifications",
    "robustness_text": "comparing.specifications", "keyness": "words.keywords", "distances": "words.divergence",
    "word_shift": "words.shifts", "highlighted": "highlights", "Highlighted": "highlights",
    "check_codebook": "codebook_check", "check_text": "check_display", "suggest_terms": "suggestions",
    "suggestions_text": "suggestion_display", "theme_salience": "salience", "salience_text": "salience_display",
    "convert_codebook": "conversion", "lost_text": "check_display", "kwic": "concordance",
    "kwic_text": "concordance_display", "kwic_html": "concordance_display", "FramingError": "errors",
    "distinct": "distinct_things", "stance_between": "parties", "PartyTable": "parties",
    "passed_over": "readers",
}  # fmt: skip

__all__ = [
    "Codebook", "Comparison", "Corpus", "FramingError", "Readability", "Stance", "Themes", "__version__", "analyse",
    "check_corpus", "compare", "distances", "evidence", "features", "figures", "highlighted", "keyness", "kwic",
    "load_codebook", "paper_table", "read_corpus", "robustness", "stance", "stance_between", "suggest_terms",
    "theme_salience", "tokenize", "word_shift", "write_comparison", "write_features",
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
    return sorted({*__all__, "Sourcing", "Style", "Voice"})  # the transformers, all six of them


class _Package(ModuleType):
    """The package, in which a module never takes the place of the function of its name."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (isinstance(value, ModuleType) and name in _HOMES):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
