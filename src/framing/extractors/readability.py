"""Readability: twelve indices, by their published formulas or exactly as textstat computes them.

Programs give one text different scores because they count words, sentences, syllables and hard words
differently. ``counts="framing"`` counts as the authors of the formulas describe, over the sentences and
words that all measures use; ``counts="textstat"`` repeats textstat 0.7.13 with the CMU dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.counts import published_counts, textstat_counts
from framing.errors import FramingError, bad_value
from framing.extractors.base import EXTRACTORS, Columns, Extraction, Extractor, Measure, scorable, totals_by_article
from framing.tokens import Tokens

COUNTS = ("framing", "textstat")
"""The ways to count."""
MIN_WORDS = 30
"""Below so many words no index is computed: the ratios would hang on single words."""
MIN_SENTENCES_SMOG = 3

Totals = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Linear:
    """A formula that is a constant and a sum of coefficient times ratio of counts.

    Such a formula is the sum of what each sentence adds to the numerators.

    Attributes
    ----------
    constant
        The constant term.
    terms
        ``(coefficient, numerator, denominator)`` of each ratio.
    source, direction
        Where the formula is from, and what a higher value means.
    step
        ``(coefficient, numerator, denominator, bound, added)``: `added` joins the constant where
        the ratio is above the bound.
    """

    constant: float
    terms: tuple[tuple[float, str, str], ...]
    source: str
    direction: str
    step: tuple[float, str, str, float, float] | None = None

    @property
    def counts(self) -> tuple[str, ...]:
        """Names of the counts that enter."""
        return tuple(dict.fromkeys(n for _, a, b in self.terms for n in (a, b)))

    def constant_for(self, totals: Totals) -> NDArray[np.float64]:
        """Return the constant, with the step where its ratio is above the bound."""
        base = np.full(np.shape(totals[self.terms[0][1]]), self.constant)
        if self.step is None:
            return base
        coefficient, a, b, bound, added = self.step
        return base + added * (coefficient * totals[a] / totals[b] > bound)

    def __call__(self, totals: Totals) -> NDArray[np.float64]:
        """Return the index for totals of counts."""
        value = self.constant_for(totals)
        for coefficient, a, b in self.terms:
            value = value + coefficient * totals[a] / totals[b]
        return value


def smog_index(totals: Totals) -> NDArray[np.float64]:
    """Return 1.043 * sqrt(30 * polysyllables / sentences) + 3.1291 (McLaughlin 1969); a US grade, higher is harder."""
    return 1.043 * np.sqrt(30.0 * totals["polysyllables"] / totals["sentences"]) + 3.1291


def linsear_write_formula(totals: Totals) -> NDArray[np.float64]:
    """Return the Linsear Write grade of the first hundred words; higher is harder.

    r = (easy words + 3 * words of three or more syllables) / sentences; r / 2 where r > 20, else
    r / 2 - 1 (O'Hayre 1966).
    """
    ratio = totals["linsear_points"] / totals["linsear_sentences"]
    return np.where(ratio > 20, ratio / 2, ratio / 2 - 1)


_HARDER = "a US grade, higher is harder"
_BOTH: dict[str, Linear] = {
    "flesch_reading_ease": Linear(
        206.835, ((-1.015, "words", "sentences"), (-84.6, "syllables", "words")), "Flesch 1948", "higher is easier"
    ),
    "flesch_kincaid_grade": Linear(
        -15.59, ((0.39, "words", "sentences"), (11.8, "syllables", "words")), "Kincaid et al. 1975", _HARDER
    ),
    "dale_chall_readability_score": Linear(
        0.0, ((15.79, "unfamiliar", "words"), (0.0496, "words", "sentences")), "Dale & Chall 1948",
        "higher is harder", (100.0, "unfamiliar", "words", 5.0, 3.6365),
    ),
    "lix": Linear(0.0, ((1.0, "words", "sentences"), (100.0, "long", "words")), "Björnsson 1968", "higher is harder"),
    "rix": Linear(0.0, ((1.0, "long", "sentences"),), "Anderson 1983", "higher is harder"),
    "mcalpine_eflaw": Linear(
        0.0, ((1.0, "words", "sentences"), (1.0, "mini", "sentences")), "McAlpine 2006", "higher is harder for learners"
    ),
}  # fmt: skip
FORMULAS: dict[str, Linear] = _BOTH | {
    "coleman_liau_index": Linear(
        -15.8, ((5.88, "letters", "words"), (-29.6, "sentences", "words")), "Coleman & Liau 1975", _HARDER
    ),
    "automated_readability_index": Linear(
        -21.43, ((4.71, "letters", "words"), (0.5, "words", "sentences")), "Senter & Smith 1967", _HARDER
    ),
    "gunning_fog": Linear(
        0.0, ((0.4, "words", "sentences"), (40.0, "complex", "words")), "Gunning 1952", _HARDER
    ),
    # Spache's own list of 769 words is not at hand: the words are unfamiliar by the list of Dale and Chall.
    "spache_readability": Linear(
        0.839, ((0.141, "words", "sentences"), (8.6, "unfamiliar", "words")), "Spache 1953, list of Dale & Chall 1948",
        _HARDER,
    ),
}  # fmt: skip
"""The published formulas, with ``counts="framing"``."""
TEXTSTAT_FORMULAS: dict[str, Linear] = _BOTH | {
    "coleman_liau_index": Linear(
        -15.8, ((5.8, "letters", "words"), (-29.6, "sentences", "words")), "Coleman & Liau 1975 (textstat)", _HARDER
    ),
    "automated_readability_index": Linear(
        -21.43, ((4.71, "characters", "chunks"), (0.5, "words", "sentences")), "Senter & Smith 1967 (textstat)", _HARDER
    ),
    "gunning_fog": Linear(
        0.0, ((0.4, "words", "sentences"), (40.0, "difficult3", "words")), "Gunning 1952 (textstat)", _HARDER
    ),
    "spache_readability": Linear(
        0.839, ((0.141, "words", "sentences"), (8.6, "difficult2", "words")), "Spache 1953 (textstat)", _HARDER
    ),
}  # fmt: skip
"""The formulas as textstat 0.7.13 has them, with ``counts="textstat"``."""
INDICES = (
    "flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "coleman_liau_index", "automated_readability_index",
    "linsear_write_formula", "dale_chall_readability_score", "gunning_fog", "lix", "rix", "spache_readability",
    "mcalpine_eflaw",
)  # fmt: skip
"""All indices, under textstat's names."""


@EXTRACTORS.register("readability")
class Readability(Extractor):
    """Twelve readability indices of the body.

    An index is missing where the text has fewer than `MIN_WORDS` words (SMOG also below
    `MIN_SENTENCES_SMOG` sentences) or is not English. `FORMULAS` gives each formula's source and
    direction.

    Parameters
    ----------
    counts
        ``"framing"``: the counts that the published formulas describe (`framing.counts`), over the
        words and sentences that all measures use. ``"textstat"``: exactly the values of textstat
        0.7.13 with the CMU dictionary.

    Examples
    --------
    >>> text = "The cat sat on the mat and looked at the rain. " * 4
    >>> round(Readability().fit_transform([text])["flesch_kincaid_grade"].item(), 2)
    0.5
    """

    def __init__(self, counts: str = "framing"):
        self.counts = counts

    def measures(self) -> tuple[Measure, ...]:
        """Return the indices.

        Raises
        ------
        FramingError
            If `counts` is no way to count.
        """
        formulas = self._formulas()
        special = {
            "smog_index": Measure("smog_index", smog_index, ("polysyllables", "sentences"), False),
            "linsear_write_formula": Measure(
                "linsear_write_formula", linsear_write_formula, ("linsear_points", "linsear_sentences")
            ),
        }
        return tuple(special.get(name) or Measure(name, formulas[name], formulas[name].counts) for name in INDICES)

    def _formulas(self) -> dict[str, Linear]:
        if self.counts not in COUNTS:
            raise FramingError(bad_value("counts", " or ".join(map(repr, COUNTS)), self.counts))
        return FORMULAS if self.counts == "framing" else TEXTSTAT_FORMULAS

    def extract(self, tokens: Tokens) -> Extraction:
        """Count each sentence; the indices are functions of the totals."""
        measures = self.measures()
        ok, problems = scorable(tokens)
        units = published_counts(tokens) if self.counts == "framing" else textstat_counts(tokens)
        totals = totals_by_article(units, ("words", "sentences"), len(tokens))
        long_enough = totals["words"] >= MIN_WORDS
        smog = totals["sentences"] >= MIN_SENTENCES_SMOG
        for i in np.flatnonzero(ok & ~(long_enough & smog)).tolist():
            problems[i] = (
                f"too short for readability: {MIN_WORDS} words needed, has {totals['words'][i]:.0f}"
                if not long_enough[i]
                else f"too short for SMOG: {MIN_SENTENCES_SMOG} sentences needed, has {totals['sentences'][i]:.0f}"
            )
        valid = {name: ok & long_enough & (smog if name == "smog_index" else True) for name in INDICES}
        return Extraction(
            measures, {"sentences": units}, dict.fromkeys(INDICES, "sentences"), valid,
            partial(_spans, tokens, units, valid, self._formulas()), {}, problems,
        )  # fmt: skip


def _spans(
    tokens: Tokens, units: Columns, valid: Mapping[str, NDArray[np.bool_]], formulas: Mapping[str, Linear]
) -> pd.DataFrame:
    """One row a sentence and index, and one row for the constant where the index is additive."""
    owner = tokens.sentence_article
    n = len(tokens)
    names = [c for c in units if c not in ("article", "sentence")]
    totals = totals_by_article(units, tuple(names), n)
    pieces = []
    with np.errstate(divide="ignore", invalid="ignore"):
        for name in INDICES:
            formula = formulas.get(name)
            rows = pd.DataFrame({
                "article": owner, "measure": name, "sentence": np.arange(tokens.n_sentences),
                "start": tokens.sentence_start, "end": tokens.sentence_end, "rule": _rule(name, formula),
                "inherited": False, "contribution": _contributions(name, formula, units, totals, owner),
            })  # fmt: skip
            constant = _constant(name, formula, totals)
            if constant is not None:
                extra = pd.DataFrame({
                    "article": np.arange(n), "measure": name, "sentence": -1, "start": -1, "end": -1,
                    "rule": "constant",
                    "inherited": False, "contribution": constant,
                })  # fmt: skip
                rows = pd.concat([rows, extra[np.isfinite(extra["contribution"])]], ignore_index=True)
            pieces.append(rows[valid[name][rows["article"].to_numpy(int)]])
    return pd.concat(pieces, ignore_index=True)


def _rule(name: str, formula: Linear | None) -> str:
    if formula is not None:
        return " and ".join(f"{a} per {b}" for _, a, b in formula.terms)
    return (
        "square root of polysyllables per sentence" if name == "smog_index" else "points per sentence, first 100 words"
    )


def _contributions(
    name: str, formula: Linear | None, units: Columns, totals: Totals, owner: NDArray[np.int32]
) -> NDArray[np.float64]:
    if name == "smog_index":  # the square root of a sum is not a sum over sentences
        return np.full(len(owner), np.nan)
    terms = formula.terms if formula is not None else ((0.5, "linsear_points", "linsear_sentences"),)
    return sum((c * units[a] / totals[b][owner] for c, a, b in terms), np.zeros(len(owner)))


def _constant(name: str, formula: Linear | None, totals: Totals) -> NDArray[np.float64] | None:
    if name == "smog_index":
        return None
    if formula is None:
        return np.where(totals["linsear_points"] / totals["linsear_sentences"] > 20, 0.0, -1.0)
    return formula.constant_for(totals)
