"""Extractors: texts in, one row of numbers a text out; each module is one construct."""

from framing.extractors import themes
from framing.extractors.base import EXTRACTORS, Extraction, Extractor, Measure
from framing.extractors.themes import Themes

__all__ = ["EXTRACTORS", "Extraction", "Extractor", "Measure", "Themes", "themes"]
