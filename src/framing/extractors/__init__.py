"""Extractors: texts in, one row of numbers a text out; each module is one construct."""

from framing.extractors import readability, sourcing, stance, style, themes, voice
from framing.extractors.base import EXTRACTORS, Extraction, Extractor, Measure
from framing.extractors.readability import Readability
from framing.extractors.sourcing import Sourcing
from framing.extractors.stance import Stance
from framing.extractors.style import Style
from framing.extractors.themes import Themes
from framing.extractors.voice import Voice

__all__ = [
    "EXTRACTORS",
    "Extraction",
    "Extractor",
    "Measure",
    "Readability",
    "Sourcing",
    "Stance",
    "Style",
    "Themes",
    "Voice",
    "readability",
    "sourcing",
    "stance",
    "style",
    "themes",
    "voice",
]
