"""Keyness with labels: which words and runs of words each kind of text uses more, and whether its texts agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.arguments import checked_seed, names_of, whole_number
from framing.errors import DesignError, bad_value
from framing.stats.keyness import g2, log_odds
from framing.stats.multiple import benjamini_hochberg
from framing.stats.relabelling import arrangements, relabellings, smallest_p
from framing.tables import csv_text, json_text, records
from framing.tokens import Tokens
from framing.words.counts import WordCounts, word_counts
from framing.words.sides import Sides, columns_of, sides_of, tokens_of
from framing.words.text import keyness_text

COLUMNS = (
    "a", "b", "n_words", "term", "side", "count_a", "count_b", "rate_a", "rate_b", "texts_a", "texts_b", "log_odds",
    "se", "z", "g2", "p", "p_adjusted",
)  # fmt: skip
N_RESAMPLES = 9_999
_FIRST, _ENOUGH = 999, 20  # after so many draws, terms with so many draws beyond them need no more
_CELLS = 4_000_000  # numbers held at a time
_SLACK = 1e-12


@dataclass(frozen=True)
class Keyness:
    """Terms of each pair of kinds.

    Attributes
    ----------
    table
        One row a pair and term, ordered by pair, length, side and z: ``side`` says in words which kind uses the term
        more ("more in wire-report"), and ``log_odds``, ``z`` and ``g2`` are sizes toward that side, never negative.
        ``rate_a``, ``rate_b`` are per 1,000 words (or runs of as many words), ``texts_a``, ``texts_b`` the number of
        texts with the term. ``p`` permutes the labels of whole texts, within events where there are events;
        ``p_adjusted`` is Benjamini-Hochberg over the table.
    notes
        What the numbers rest on and what was left out.
    """

    table: pd.DataFrame
    notes: tuple[str, ...]

    def weights(self, weight: str = "z", a: str | None = None, b: str | None = None) -> pd.DataFrame:
        """Return word, weight and side of one pair, as `framing.figures.lollipop` draws them.

        Parameters
        ----------
        weight
            The column that weighs: ``"z"``, ``"log_odds"`` or ``"g2"``.
        a, b
            The pair; may be left out where there is only one.

        Raises
        ------
        DesignError
            If the weight is none of these, or there are several pairs and none is chosen.
        """
        if weight not in ("z", "log_odds", "g2"):
            raise DesignError(bad_value("weight", "'z', 'log_odds' or 'g2'", weight))
        rows = self.table
        for name, label in (("a", a), ("b", b)):
            rows = rows if label is None else rows[rows[name] == label]
        pairs = rows[["a", "b"]].drop_duplicates()
        if len(pairs) != 1:
            several = ", ".join(f"{p.a} and {p.b}" for p in self.table[["a", "b"]].drop_duplicates().itertuples())
            raise DesignError(f"name one pair, a and b, of: {several}.")
        rows = rows[rows["side"] != EQUAL]
        return pd.DataFrame({"word": rows["term"], "weight": rows[weight], "side": rows["side"]}).reset_index(drop=True)

    def render(self, form: str = "table", top: int = 12) -> str:
        """Return the terms as text: ``"table"`` (80 columns, the first `top` a side), ``"csv"`` or ``"json"`` (all).

        Raises
        ------
        DesignError
            If the format is unknown.
        """
        if form == "table":
            return keyness_text(self.table, self.notes, top) + "\n"
        if form == "csv":
            return csv_text(self.table)
        if form == "json":
            return json_text({"notes": list(self.notes), "terms": records(self.table)})
        raise DesignError(bad_value("form", "'table', 'csv' or 'json'", form))

    def __str__(self) -> str:
        return self.render()


EQUAL = "equal"


def keyness(
    corpus: Any,
    *,
    by: str | None = None,
    event: str | None = None,
    pair: Sequence[str] | None = None,
    reference: str | None = None,
    rest: bool = False,
    ngrams: Sequence[int] = (1, 2),
    min_count: int = 5,
    prior: float | None = None,
    without: Sequence[str] = (),
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> Keyness:
    """Find the words and runs of words that each kind of text uses more than another.

    Parameters
    ----------
    corpus
        A path, a `framing.Corpus`, texts, a data frame, tokens, an `Analysis` or a `Comparison`.
    by, event
        Columns of labels and events; ``kind`` and ``event``, or those of the comparison, when not given.
    pair, reference, rest
        Two labels; a label that all others are compared with; or each label against all others together. Every pair
        when none of them is given.
    ngrams
        Lengths of the runs of words.
    min_count
        Terms that stand less often than this on both sides together are counted but not listed.
    prior
        How many words of the common background the log-odds add to each side; the mean length of the texts when not
        given. The background is both sides together.
    without
        Words to leave out, with all runs that hold them; the notes name them.
    n_resamples
        Number of permutations of the texts' labels; 0 for none. A term that 20 of the first 999 exceed gets no more
        (Besag & Clifford 1991, Biometrika 78).
    seed
        Seed of the permutations.

    Returns
    -------
    Keyness

    Raises
    ------
    DesignError
        If a column or label is unknown or an argument has no meaning.

    Notes
    -----
    With events that hold both kinds, only their texts count, and labels are permuted within them. With one text a kind
    there is no p: no single word separates such texts. Words in capitals ("US") are words of their own, see
    `framing.words.counts.word_counts`.
    """
    lengths = _lengths(ngrams)
    if prior is not None and not (isinstance(prior, Real) and prior > 0):
        raise DesignError(bad_value("prior", "a number of words above 0", prior))
    min_count, n_resamples = whole_number("min_count", min_count, 1), whole_number("n_resamples", n_resamples, 0)
    seed, left_out = checked_seed(seed), frozenset(w.lower() for w in names_of("without", without))
    tokens = tokens_of(corpus)
    by, event = columns_of(corpus, by, event)
    pairs = sides_of(tokens, by, event, pair, reference, rest)
    pieces, notes, unlisted = [], [], 0
    for n in lengths:
        counts = word_counts(tokens, n).without(left_out)
        for number, sides in enumerate(pairs):
            piece, few = _of_pair(counts, sides, n, min_count, prior, n_resamples, seed)
            pieces.append(piece.assign(pair=number))
            unlisted += few
    table = pd.concat(pieces, ignore_index=True)
    table["p_adjusted"] = benjamini_hochberg(table["p"].to_numpy(float))
    keys, up = ["pair", "n_words", "turn", "z", "term"], [True, True, True, False, True]
    table = table.sort_values(keys, ascending=up, kind="stable", ignore_index=True)[list(COLUMNS)]
    notes += _notes(table, pairs, tokens, min_count, unlisted, n_resamples)
    notes += [f"Left out, with all runs that hold them: {', '.join(sorted(left_out))}."] if left_out else []
    return Keyness(table, tuple(notes))


def _lengths(ngrams: Any) -> list[int]:
    """Return the different lengths of runs, the shortest first."""
    if isinstance(ngrams, Integral):  # one number could also be meant as "up to so many"
        raise DesignError(bad_value("ngrams", "a list of lengths", ngrams, f"Write ngrams=[{ngrams}]."))
    lengths = tuple(ngrams) if isinstance(ngrams, Iterable) else ()
    if not lengths or any(not isinstance(n, Integral) or not 1 <= n <= 5 for n in lengths):
        raise DesignError(bad_value("ngrams", "whole numbers from 1 to 5", ngrams))
    return sorted({int(n) for n in lengths})


def _of_pair(
    counts: WordCounts, sides: Sides, n: int, min_count: int, prior: float | None, n_resamples: int, seed: int
) -> tuple[pd.DataFrame, int]:
    """Return the rows of one pair and length, and how many terms stand too seldom to be listed."""
    own = counts.matrix[sides.texts]
    whole = np.asarray(own.sum(axis=0)).ravel()
    listed = np.flatnonzero(whole >= min_count)
    totals = np.asarray(own.sum(axis=1)).ravel()
    first = sides.first
    n_a, n_b = totals[first].sum(), totals[~first].sum()
    x, y = (np.asarray(own[side].sum(axis=0)).ravel()[listed] for side in (first, ~first))
    own = own[:, listed].tocsr()
    worth = totals.mean() if prior is None else prior
    background = worth * whole[listed] / max(1.0, n_a + n_b)
    found = log_odds(x, y, background, n_a, n_b, worth)
    side = np.sign(found.value)
    p = np.full(len(listed), np.nan)
    if sides.carries_p and n_resamples and len(listed):
        p = _permuted(own, totals, sides, n_resamples, sides.rng(seed, "keyness", str(n)))
    texts_a, texts_b = (np.bincount(own[s].indices, minlength=len(listed)) for s in (first, ~first))
    return pd.DataFrame({
        "a": sides.a, "b": sides.b, "n_words": n, "term": counts.terms[listed],
        "side": np.select([side > 0, side < 0], [f"more in {sides.a}", f"more in {sides.b}"], EQUAL),
        "count_a": x.astype(int), "count_b": y.astype(int), "rate_a": 1000 * x / n_a if n_a else np.nan,
        "rate_b": 1000 * y / n_b if n_b else np.nan, "texts_a": texts_a, "texts_b": texts_b,
        "log_odds": np.abs(found.value), "se": np.sqrt(found.variance), "z": np.abs(found.z),
        "g2": np.abs(g2(x, y, n_a, n_b)), "p": p, "p_adjusted": np.nan, "turn": np.where(side == 0, 2, side < 0),
    }), int(np.sum((whole > 0) & (whole < min_count)))  # fmt: skip


def _permuted(
    counts: sparse.csr_matrix, totals: NDArray[np.float64], sides: Sides, n_resamples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return how often permuted labels give a difference of rates as large, for each term."""
    p = _drawn_p(counts, totals, sides, n_resamples, rng)
    p[_as_often(counts, sides.blocks)] = 1.0  # else it would be the p of the texts' lengths
    return p


def _drawn_p(
    counts: sparse.csr_matrix, totals: NDArray[np.float64], sides: Sides, n_resamples: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    by_term = counts.T.tocsr().astype(np.float32)  # whole numbers below 2^24, which single precision holds exactly
    observed = _difference(by_term, totals, sides.first[None, :].astype(np.float32))[0] - _SLACK
    every = arrangements(sides.first, sides.blocks)
    if every is not None:
        step = max(1, _CELLS // max(1, by_term.shape[0]))
        pieces = (every[i : i + step] for i in range(0, len(every), step))
        return _extreme(by_term, totals, pieces, observed) / len(every)

    def drawn(terms: NDArray[np.int64], n: int) -> NDArray[np.int64]:
        labels = relabellings(sides.first, sides.blocks, n, rng, len(terms))
        return _extreme(by_term[terms], totals, labels, observed[terms])

    n_first = min(_FIRST, n_resamples)
    extreme = drawn(np.arange(len(observed)), n_first)
    p = (1 + extreme) / (n_first + 1)
    more = np.flatnonzero(extreme < _ENOUGH)
    if n_resamples > n_first and len(more):
        p[more] = (1 + extreme[more] + drawn(more, n_resamples - n_first)) / (n_resamples + 1)
    return p


def _extreme(by_term: sparse.csr_matrix, totals: NDArray[np.float64], labels: Any, limit: Any) -> NDArray[np.int64]:
    found = np.zeros(by_term.shape[0], np.int64)
    for drawn in labels:
        found += (_difference(by_term, totals, drawn) >= limit).sum(axis=0)
    return found


def _difference(
    by_term: sparse.csr_matrix, totals: NDArray[np.float64], labels: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return the size of the difference of rates less half an occurrence, shape (n_draws, n_terms), at least 0.

    Sides are of unlike length, so that equal counts have unequal rates, which are as far apart as the lengths allow
    under the observed labels; but counts are whole numbers, and nothing nearer to a rate than half of one is a
    difference (the correction for continuity of Yates 1934, Supplement to the JRSS 1).
    """
    x = (by_term @ np.ascontiguousarray(labels.T)).T
    n_a = (labels @ totals)[:, None]
    n_b = totals.sum() - n_a
    whole = np.asarray(by_term.sum(axis=1), float).ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        occurrence = 1 / n_a + 1 / n_b
        return np.maximum(np.abs(x * occurrence - whole / n_b) - occurrence / 2, 0.0)


def _as_often(counts: sparse.csr_matrix, blocks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which terms all texts of a block have as often, in each block: labels cannot change their counts."""
    n = np.bincount(blocks)
    block = sparse.csr_matrix((np.ones(len(blocks)), (blocks, np.arange(len(blocks)))), shape=(len(n), len(blocks)))
    # n sum x^2 - (sum x)^2, which is n^2 times the variance within a block
    unlike = (block @ counts.power(2)).multiply(n[:, None]) - (block @ counts).power(
        2
    )  # n sum x^2 - (sum x)^2, never below 0
    return np.asarray(unlike.sum(axis=0)).ravel() == 0


def _notes(
    table: pd.DataFrame, pairs: Sequence[Sides], tokens: Tokens, min_count: int, unlisted: int, n_resamples: int
) -> list[str]:
    notes = []
    if any(s.single for s in pairs):
        reach, n = int((table["z"] > 1.96).sum()), len(table)
        notes.append(
            f"One text a kind: {reach} of {n:,} terms have z above 1.96 (5 % would be {0.05 * n:.0f}), and z knows no "
            "texts. No single word separates kinds on such ground, so there is no p and no mark; see themes, stance "
            "and voices instead."
        )
    tested = int(table["p"].notna().sum())
    if tested:
        within = " within events" if any(len(set(s.blocks)) > 1 for s in pairs) else ""
        notes.append(
            f"p: labels of whole texts permuted{within}, up to {n_resamples:,} times; less than half an occurrence is "
            f"no difference; p adj: Benjamini-Hochberg over a family of {tested:,} terms. z and G2 take words for "
            "drawn one by one and know no texts."
        )
        floor = max(smallest_p(s.first, s.blocks) for s in pairs if s.carries_p)
        notes += [f"The smallest p that so few texts or events can give is {floor:.2g}."] if floor > 0.001 else []
    for s in pairs:
        if not s.carries_p and not s.single:
            notes.append(f"{s.a} against {s.b}: {s.design}, so there is no p about kinds.")
    n_texts = len(set(np.concatenate([s.texts for s in pairs]).tolist()))
    if n_texts < len(tokens):
        notes.append(
            f"{len(tokens) - n_texts} of {len(tokens)} texts are left out: they have another label or none, no words, "
            "or an event that lacks one side."
        )
    if unlisted:
        notes.append(
            f"{unlisted:,} terms that stand fewer than {min_count} times are counted in all rates but not listed."
        )
    return notes
