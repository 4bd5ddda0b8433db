"""Sourcing: who gets to speak, how directly, and with what verbs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.extractors.base import (
    EXTRACTORS,
    Columns,
    Extraction,
    Extractor,
    Measure,
    Score,
    scorable,
    totals_by_article,
)
from framing.tokens import Tokens
from framing.voice import AUTHOR, QUOTED, voices
from framing.voice.content import Attributions, innermost
from framing.voice.context import CUE_KINDS, cue_kinds
from framing.voice.holder_words import names_somebody
from framing.voice.holders import Holder, held
from framing.voice.officials import are_official
from framing.voice.sources import attributions


def _ratio(part: str, whole: str) -> Score:
    def score(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        return totals[part] / totals[whole]

    return score


def _count(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    return totals["holders"]


def effective_voices(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return e^H, H = -sum p ln p over the holders' shares p of the words that have a holder (Hill 1973).

    With W words in all and w of each holder, H = ln W - (sum w ln w) / W.
    """
    held = totals["held"]
    return np.exp(np.log(held) - totals["w_log_w"] / held)


_MEASURES = (
    Measure("direct_share", _ratio("quoted", "words"), ("quoted", "words"), True, "share"),
    Measure("named_share", _ratio("named", "words"), ("named", "words"), True, "share"),
    Measure("official_share", _ratio("official", "words"), ("official", "words"), True, "share"),
    Measure("n_holders", _count, ("holders",), True, "count"),
    Measure("effective_voices", effective_voices, ("held", "w_log_w"), False, "index"),
    Measure("endorsing_minus_distancing", _ratio("leaning", "cues"), ("leaning", "cues"), True, "balance"),
)
_RULES = {
    "direct_share": ("quoted", "quoted words"),
    "named_share": ("named", "holder is named"),
    "official_share": ("official", "holder speaks for a government"),
    "n_holders": ("holders", "a new holder"),
    "effective_voices": ("held", "words of a holder"),
    "endorsing_minus_distancing": ("leaning", "verb of reporting"),
}


@EXTRACTORS.register("sourcing")
class Sourcing(Extractor):
    """Who gets to speak: shares of the attributed words, the number of voices, and the verbs that report them.

    ``direct_share``, ``named_share`` and ``official_share`` are shares of the attributed words, in [0, 1]: in
    quotation marks; of a holder with a name (not "analysts"); of a holder who speaks for a government.
    ``n_holders`` counts distinct holders as far as they are found; it grows with length. ``effective_voices`` is
    the number of equally frequent holders with the same diversity, from 1. ``endorsing_minus_distancing``, in
    [-1, 1], is the share of endorsing verbs ("noted") less that of distancing ones ("claimed") among the cues.
    All but the number are missing where nothing is attributed.

    Examples
    --------
    >>> row = Sourcing().fit_transform(["“It rained all day,” the minister said. Analysts claimed that it hailed."])
    >>> row["direct_share"].round(2).item(), row["n_holders"].item()
    (0.57, 2.0)
    """

    def measures(self) -> tuple[Measure, ...]:
        """Return six measures."""
        return _MEASURES

    def extract(self, tokens: Tokens) -> Extraction:
        """Count words and cues, attribution by attribution."""
        ok, problems = scorable(tokens)
        units = _units(tokens)
        names = [m.name for m in _MEASURES]
        return Extraction(
            _MEASURES, {"attributions": units}, dict.fromkeys(names, "attributions"), dict.fromkeys(names, ok),
            partial(_spans, tokens, units, ok), {}, problems,
        )  # fmt: skip


def _units(tokens: Tokens) -> Columns:
    """One row an attribution, with the words that are its own; then one a sentence with words of no attribution."""
    rows = attributions(tokens)
    owner = innermost(rows, len(tokens.word))
    voice = voices(tokens)
    attributed = voice != AUTHOR
    n = len(rows)
    own = np.bincount(owner[attributed] + 1, minlength=n + 1)[1:].astype(float)
    quoted = np.bincount(owner[voice == QUOTED] + 1, minlength=n + 1)[1:].astype(float)
    has_cue = (rows.cue >= 0) & ~rows.carried
    table = {
        "article": tokens.sentence_article[rows.sentence],
        "sentence": rows.sentence,
        "start": tokens.start[rows.first],
        "end": tokens.end[rows.last],
        "words": own, "quoted": quoted, **_held(tokens, rows, own),
        "leaning": np.where(has_cue, _leanings(tokens)[tokens.word[rows.cue]] if n else 0, 0).astype(float),
        "cues": has_cue.astype(float),
    }  # fmt: skip
    rest = attributed & (owner < 0)
    sentence, words = np.unique(tokens.sentence[rest], return_counts=True)
    loose = np.bincount(tokens.sentence[rest & (voice == QUOTED)], minlength=tokens.n_sentences)[sentence]
    other = {
        "article": tokens.sentence_article[sentence], "sentence": sentence, "start": tokens.sentence_start[sentence],
        "end": tokens.sentence_end[sentence], "words": words, "quoted": loose,
    }  # fmt: skip
    none = np.zeros(len(sentence))
    return {name: np.concatenate([column, other.get(name, none)]) for name, column in table.items()}


_LEANING = np.array([{"endorsing": 1, "distancing": -1}.get(name, 0) for name in ("", *CUE_KINDS)], np.int8)


def _leanings(tokens: Tokens) -> NDArray[np.int8]:
    """Return, for each type, what it does as a cue: 1 endorses, -1 keeps a distance, 0 neither."""
    return _LEANING[cue_kinds(tokens.types)]


def _held(tokens: Tokens, rows: Attributions, own: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return what depends on the holder; sums over all attributions of a holder stand in the row of its first."""
    found = held(tokens)
    distinct: dict[Holder, int] = {}
    kinds = np.array([distinct.setdefault(holder, len(distinct)) for holder in found.people])
    by_name: dict[str, int] = {}
    names = np.array([by_name.setdefault(holder.name.lower(), len(by_name)) for holder in distinct])
    place = np.flatnonzero(found.whose > 0)
    people = found.whose[place]
    kind, article = kinds[people], found.article[people]
    # those of one name in an article are one
    _, first, whose = np.unique(article * len(by_name) + names[kind], return_index=True, return_inverse=True)
    named = np.array([_has_name(holder) for holder in distinct])[kind]
    official = are_official(tokens, list(distinct), kind[first], article[first])
    words = np.bincount(whose, own[place], len(first))
    first = place[first]
    table = {name: np.zeros(len(rows)) for name in ("named", "official", "holders", "held", "w_log_w")}
    table["held"][place] = own[place]
    table["named"][place] = own[place] * named
    table["official"][place] = own[place] * official[whose]
    table["holders"][first] = 1.0
    table["w_log_w"][first] = words * np.log(np.maximum(words, 1))
    return table


def _has_name(holder: Holder) -> bool:
    return holder.type != "group" and names_somebody(holder.name, holder.type == "person")


def _spans(tokens: Tokens, units: Columns, ok: NDArray[np.bool_]) -> pd.DataFrame:
    """One row an attribution (or a sentence) that adds to a measure."""
    owner = units["article"]
    pieces = []
    for measure in _MEASURES:
        column, rule = _RULES[measure.name]
        values = units[column]
        whole = [c for c in measure.counts if c != column]
        total = totals_by_article(units, tuple(whole), len(tokens))[whole[0]] if whole else np.ones(len(tokens))
        keep = np.flatnonzero((values != 0) & ok[owner] if len(values) else np.zeros(0, bool))
        pieces.append(pd.DataFrame({
            "article": owner[keep], "measure": measure.name, "sentence": units["sentence"][keep],
            "start": units["start"][keep], "end": units["end"][keep], "rule": rule,
            "inherited": False, "contribution": values[keep] / total[owner[keep]] if measure.additive else np.nan,
        }))  # fmt: skip
    return pd.concat(pieces, ignore_index=True)
