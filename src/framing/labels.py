"""Names and numbers of measures as people read them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from framing.codebook import Codebook

FAMILY_NAMES = {
    "readability": "Readability", "style": "Style", "themes": "Themes", "stance": "Stance", "voice": "Voice",
    "sourcing": "Sources",
}  # fmt: skip

_NAMES = {
    "flesch_reading_ease": "Flesch reading ease", "flesch_kincaid_grade": "Flesch-Kincaid grade",
    "smog_index": "SMOG index",
    "mattr": "Moving-average type-token ratio", "nominalisations_per_1000": "Nominalisations per 1,000 words",
    "hedges_per_1000": "Hedges per 1,000 words", "attributed_share": "Words of sources, quoted or paraphrased",
    "quoted_share": "Quoted words", "paraphrased_share": "Paraphrased words", "named_share": "Words of named sources",
    "official_share": "Words of officials", "effective_voices": "Effective number of voices",
}  # fmt: skip
_VOICES = ("author", "quoted", "paraphrased", "directed", "portrayal", "n")


def is_share(measure: str) -> bool:
    """Tell whether a measure is shown in per cent."""
    family, _, short = measure.partition("__")
    return family == "themes" or short.endswith("_share")


def label(measure: str, book: Codebook) -> str:
    """Return a measure's name in words: the label of the codebook where there is one.

    Examples
    --------
    >>> from framing.codebook import load_codebook
    >>> label("themes__us_pressure", load_codebook(None)), label("readability__smog_index", load_codebook(None))
    ('Pressure by the United States', 'SMOG index')
    """
    family, _, short = measure.partition("__")
    entries: Mapping[str, object] = {"themes": book.themes, "stance": book.targets}.get(family, {})
    if short in entries:
        return str(getattr(entries[short], "label", "") or short.replace("_", " "))
    stem, _, voice = short.rpartition("_")
    if stem in entries and voice in _VOICES:
        own = {"n": "clauses"}.get(voice, voice)
        return f"{getattr(entries[stem], 'label', '') or stem.replace('_', ' ')}, {own}"
    plain = short.replace("_", " ")
    return _NAMES.get(short, plain[:1].upper() + plain[1:])


def number(value: float, measure: str, signed: bool = False) -> str:
    """Return a value of a measure for people: per cent for shares, a dash where it is missing.

    Examples
    --------
    >>> number(0.256, "themes__x"), number(-0.5, "stance__x"), number(float("nan"), "stance__x")
    ('25.6 %', '−0.50', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{100 * value:+.1f}" if is_share(measure) else f"{value:+.2f}"
    if float(text) == 0:
        text = text.lstrip("+-")
    text = text if signed or text.startswith("-") else text.lstrip("+")
    return text.replace("-", "−") + (" %" if is_share(measure) and not signed else "")


def p_text(p: float) -> str:
    """Return a p value for people: three decimals, never nothing.

    Examples
    --------
    >>> p_text(0.0312), p_text(0.0002), p_text(float("nan"))
    ('0.031', '<.001', '–')
    """
    if not math.isfinite(p):
        return "–"
    return "<.001" if p < 0.001 else f"{p:.3f}"


def shortened(text: str, width: int) -> str:
    """Return a text on one line, cut with an ellipsis where it is longer than `width` characters."""
    text = " ".join(text[: 4 * width].split()) if len(text) > 4 * width else " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"
