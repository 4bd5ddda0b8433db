"""Readability: twelve indices with textstat's formulas and counts, offline and without textstat's caches.

The counts are textstat's: words are stretches between white space without their punctuation,
sentences are runs up to ``. ! ?`` of more than two words, syllables come from the CMU dictionary. They
are taken once per distinct word, not once per index.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.errors import missing_extra
from framing.extractors.base import EXTRACTORS, Extraction, Extractor, Measure, scorable, totals_by_article
from framing.syllables import n_syllables
from framing.tokens import Tokens

MIN_WORDS = 30
"""Below so many words no index is computed: the ratios would hang on single words."""
MIN_SENTENCES_SMOG = 3
_LINSEAR_WORDS = 100

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
    r / 2 - 1 (O'Hayre 1966, as textstat computes it).
    """
    ratio = totals["linsear_points"] / totals["linsear_sentences"]
    return np.where(ratio > 20, ratio / 2, ratio / 2 - 1)


_HARDER = "a US grade, higher is harder"
FORMULAS: dict[str, Linear] = {
    "flesch_reading_ease": Linear(
        206.835, ((-1.015, "words", "sentences"), (-84.6, "syllables", "words")), "Flesch 1948", "higher is easier"
    ),
    "flesch_kincaid_grade": Linear(
        -15.59, ((0.39, "words", "sentences"), (11.8, "syllables", "words")), "Kincaid et al. 1975", _HARDER
    ),
    "coleman_liau_index": Linear(
        -15.8, ((5.8, "letters", "words"), (-29.6, "sentences", "words")), "Coleman & Liau 1975", _HARDER
    ),
    "automated_readability_index": Linear(
        -21.43, ((4.71, "characters", "chunks"), (0.5, "words", "sentences")), "Senter & Smith 1967", _HARDER
    ),
    "dale_chall_readability_score": Linear(
        0.0, ((15.79, "unfamiliar", "words"), (0.0496, "words", "sentences")), "Dale & Chall 1948",
        "higher is harder", (100.0, "unfamiliar", "words", 5.0, 3.6365),
    ),
    "gunning_fog": Linear(
        0.0, ((0.4, "words", "sentences"), (40.0, "difficult3", "words")), "Gunning 1952 (textstat)", _HARDER
    ),
    "lix": Linear(0.0, ((1.0, "words", "sentences"), (100.0, "long", "words")), "Björnsson 1968", "higher is harder"),
    "rix": Linear(0.0, ((1.0, "long", "sentences"),), "Anderson 1983", "higher is harder"),
    "spache_readability": Linear(
        0.839, ((0.141, "words", "sentences"), (8.6, "difficult2", "words")), "Spache 1953 (textstat)", _HARDER
    ),
    "mcalpine_eflaw": Linear(
        0.0, ((1.0, "words", "sentences"), (1.0, "mini", "sentences")), "McAlpine 2006", "higher is harder for learners"
    ),
}  # fmt: skip
INDICES = (
    "flesch_reading_ease", "flesch_kincaid_grade", "smog_index", "coleman_liau_index", "automated_readability_index",
    "linsear_write_formula", "dale_chall_readability_score", "gunning_fog", "lix", "rix", "spache_readability",
    "mcalpine_eflaw",
)  # fmt: skip
"""All indices, under textstat's names."""

_COUNTS = (
    "chunks", "words", "syllables", "letters", "characters", "polysyllables", "unfamiliar", "difficult2", "difficult3",
    "long", "mini", "points",
)  # fmt: skip
_STRAY_APOSTROPHE = re.compile(r"'(?![tsd]|ve|ll|re)")
_PUNCTUATION = re.compile(r"[^\w\s']")
_NON_WORD = re.compile(r"[^\w\s]")
_RUN = re.compile(r"\b[^.!?]+[.!?]*")
_HAS_WORD = re.compile(r"\w")


@lru_cache(maxsize=1)
def _easy_words() -> frozenset[str]:
    """Return textstat's list of familiar words, read from its files without importing it."""
    spec = find_spec("textstat")
    if spec is None or not spec.submodule_search_locations:
        raise missing_extra("textstat", "test", "the list of familiar words")
    file = Path(next(iter(spec.submodule_search_locations))) / "resources" / "en" / "easy_words.txt"
    return frozenset(line.strip() for line in file.read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=200_000)
def _chunk_counts(chunk: str) -> tuple[int, ...]:
    """Return what one stretch between white space adds to each of `_COUNTS`."""
    bare = _NON_WORD.sub("", chunk)
    word = _PUNCTUATION.sub("", _STRAY_APOSTROPHE.sub("", chunk))
    characters = len(chunk)
    if not word:
        return (1, 0, 0, 0, characters, 0, 0, 0, 0, 0, 0, 0)
    lower = word.lower()
    syllables = n_syllables(lower)
    hard = lower not in _easy_words()
    points = 3 if syllables >= 3 else int(syllables > 0)
    return (
        1, 1, syllables, len(bare), characters, syllables >= 3, hard, hard and syllables >= 2,
        hard and syllables >= 3, len(bare) > 6, 0 < len(bare) <= 3, points,
    )  # fmt: skip


@EXTRACTORS.register("readability")
class Readability(Extractor):
    """Twelve readability indices of the body, equal to textstat 0.7.13 with the CMU dictionary.

    An index is missing where the text has fewer than `MIN_WORDS` words (SMOG also below
    `MIN_SENTENCES_SMOG` sentences) or is not English. `FORMULAS` gives each formula's source and
    direction.

    Examples
    --------
    >>> text = "The cat sat on the mat and looked at the rain. " * 4
    >>> round(Readability().fit_transform([text])["flesch_kincaid_grade"].item(), 2)
    0.5
    """

    def measures(self) -> tuple[Measure, ...]:
        """Return the indices."""
        special = {
            "smog_index": Measure("smog_index", smog_index, ("polysyllables", "sentences"), False),
            "linsear_write_formula": Measure(
                "linsear_write_formula", linsear_write_formula, ("linsear_points", "linsear_sentences")
            ),
        }
        return tuple(special.get(name) or Measure(name, FORMULAS[name], FORMULAS[name].counts) for name in INDICES)

    def extract(self, tokens: Tokens) -> Extraction:
        """Count each sentence; the indices are functions of the totals."""
        ok, problems = scorable(tokens)
        units = _units(tokens)
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
            self.measures(), {"sentences": units}, dict.fromkeys(INDICES, "sentences"), valid,
            _spans(tokens, units, valid), {}, problems,
        )  # fmt: skip


def _units(tokens: Tokens) -> pd.DataFrame:
    """Count each sentence of each article."""
    counts = np.zeros((tokens.n_sentences, len(_COUNTS)))
    runs = np.zeros(tokens.n_sentences)
    linsear = np.zeros((tokens.n_sentences, 2))
    for index, article in enumerate(tokens.articles):
        first, last = tokens.article_bounds[index : index + 2].tolist()
        if first == last:
            continue
        body = article.body
        begins = tokens.sentence_start[first:last]
        ends = [*tokens.sentence_start[first + 1 : last].tolist(), len(body)]
        chunks = [body[s:e].split() for s, e in zip(begins.tolist(), ends, strict=True)]
        per_chunk = [[_chunk_counts(c) for c in own] for own in chunks]
        for offset, rows in enumerate(per_chunk):
            counts[first + offset] = np.sum(rows, axis=0) if rows else 0
        runs[first:last] = _runs(body, begins, len(body))
        linsear[first:last] = _linsear(body, begins, per_chunk)
    table = pd.DataFrame(counts, columns=list(_COUNTS)).drop(columns="points")
    table["sentences"] = runs
    table["linsear_points"], table["linsear_sentences"] = linsear[:, 0], linsear[:, 1]
    table.insert(0, "article", tokens.sentence_article)
    table.insert(1, "sentence", np.arange(tokens.n_sentences))
    return table


def _runs(body: str, begins: NDArray[np.int32], end: int) -> NDArray[np.float64]:
    """Count textstat's sentences, each in the sentence where it begins; at least one in all."""
    found = np.zeros(len(begins))
    for match in _RUN.finditer(body, 0, end):
        if sum(1 for chunk in match.group().split() if _HAS_WORD.search(chunk)) > 2:
            found[max(0, np.searchsorted(begins, match.start(), side="right") - 1)] += 1
    if not found.sum():
        found[0] = 1
    return found


def _linsear(body: str, begins: NDArray[np.int32], per_chunk: list[list[tuple[int, ...]]]) -> NDArray[np.float64]:
    """Count the points and sentences of the first hundred words, by sentence."""
    found = np.zeros((len(begins), 2))
    n_words = n_chunks = 0
    short = sum(len(rows) for rows in per_chunk) <= _LINSEAR_WORDS
    for offset, rows in enumerate(per_chunk):
        for row in rows:
            if n_words >= _LINSEAR_WORDS and not short:
                break
            n_chunks += 1
            # textstat counts a word here when anything but its punctuation is left
            n_words += row[1]
            found[offset, 0] += row[-1]
    end = len(body)
    if not short:
        for position, match in enumerate(re.finditer(r"\S+", body)):
            if position == n_chunks - 1:
                end = match.end()
                break
    found[:, 1] = _runs(body[:end], begins, end)
    return found


def _spans(tokens: Tokens, units: pd.DataFrame, valid: Mapping[str, NDArray[np.bool_]]) -> pd.DataFrame:
    """One row a sentence and index, and one row for the constant where the index is additive."""
    owner = tokens.sentence_article
    n = len(tokens)
    names = [c for c in units.columns if c not in ("article", "sentence")]
    totals = totals_by_article(units, tuple(names), n)
    pieces = []
    with np.errstate(divide="ignore", invalid="ignore"):
        for name in INDICES:
            rows = pd.DataFrame({
                "article": owner, "measure": name, "sentence": np.arange(tokens.n_sentences),
                "start": tokens.sentence_start, "end": tokens.sentence_end, "rule": _rule(name), "inherited": False,
                "contribution": _contributions(name, units, totals, owner),
            })  # fmt: skip
            constant = _constant(name, totals)
            if constant is not None:
                extra = pd.DataFrame({
                    "article": np.arange(n), "measure": name, "sentence": -1, "start": -1, "end": -1,
                    "rule": "constant",
                    "inherited": False, "contribution": constant,
                })  # fmt: skip
                rows = pd.concat([rows, extra[np.isfinite(extra["contribution"])]], ignore_index=True)
            pieces.append(rows[valid[name][rows["article"].to_numpy(int)]])
    return pd.concat(pieces, ignore_index=True)


def _rule(name: str) -> str:
    if name in FORMULAS:
        return " and ".join(f"{a} per {b}" for _, a, b in FORMULAS[name].terms)
    return (
        "square root of polysyllables per sentence" if name == "smog_index" else "points per sentence, first 100 words"
    )


def _contributions(name: str, units: pd.DataFrame, totals: Totals, owner: NDArray[np.int32]) -> NDArray[np.float64]:
    if name == "smog_index":  # the square root of a sum is not a sum over sentences
        return np.full(len(units), np.nan)
    if name == "linsear_write_formula":
        terms: tuple[tuple[float, str, str], ...] = ((0.5, "linsear_points", "linsear_sentences"),)
    else:
        terms = FORMULAS[name].terms
    return sum((c * units[a].to_numpy() / totals[b][owner] for c, a, b in terms), np.zeros(len(units)))


def _constant(name: str, totals: Totals) -> NDArray[np.float64] | None:
    if name == "smog_index":
        return None
    if name == "linsear_write_formula":
        return np.where(totals["linsear_points"] / totals["linsear_sentences"] > 20, 0.0, -1.0)
    return FORMULAS[name].constant_for(totals)
