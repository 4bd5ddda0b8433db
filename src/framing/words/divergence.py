"""How far apart kinds are in their words and in their themes, always beside what shuffled labels give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.analysis import Analysis, analyse
from framing.arguments import checked_seed, names_of, whole_number
from framing.codebook import Codebook
from framing.comparing.design import NO_SHARED, ONE_EVENT
from framing.errors import DesignError, bad_value
from framing.stats.distance import divergences, jensen_shannon
from framing.stats.relabelling import arrangements, relabellings
from framing.tables import csv_text, json_text, records
from framing.tokens import Tokens
from framing.words.counts import word_counts
from framing.words.sides import Sides, columns_of, sides_of, tokens_of
from framing.words.text import distances_text

COLUMNS = (
    "a", "b", "over", "jsd", "null_mean", "null_low", "null_high", "p", "p_texts", "n_a", "n_b", "shuffled", "note",
)  # fmt: skip
OVER = ("words", "themes")
N_RESAMPLES = 999
NO_THEME = "no theme"


@dataclass(frozen=True)
class Distances:
    """Divergences of each pair of kinds.

    Attributes
    ----------
    table
        One row a pair and what it is over: ``jsd`` in bits, from 0 (equal) to 1 (nothing in common); ``null_mean`` and
        ``null_low`` to ``null_high``, the mean and the middle 95 % of the divergences that shuffled labels give;
        ``p``, how often shuffled labels of texts give as much, where the design carries it; ``p_texts``, the same for
        shuffled sentences of two texts, which says nothing of kinds; ``shuffled``, what was shuffled.
    notes
        How to read them.
    """

    table: pd.DataFrame
    notes: tuple[str, ...]

    def render(self, form: str = "table") -> str:
        """Return the distances as text: ``"table"`` (80 columns), ``"csv"`` or ``"json"``.

        Raises
        ------
        DesignError
            If the format is unknown.
        """
        if form == "table":
            return distances_text(self.table, self.notes) + "\n"
        if form == "csv":
            return csv_text(self.table)
        if form == "json":
            return json_text({"notes": list(self.notes), "distances": records(self.table)})
        raise DesignError(bad_value("form", "'table', 'csv' or 'json'", form))

    def __str__(self) -> str:
        return self.render()


_NOTES = (
    "Jensen-Shannon divergence, 0 to 1 bits. Of two short texts it is mostly sampling noise: read it against what "
    "shuffled labels give (mean, middle 95 %), never alone.",
    f"themes: sentences by theme, and those of {NO_THEME}; a sentence counts once for each theme it raises.",
)


def distances(
    corpus: Any,
    codebook: str | Path | Codebook | None = None,
    *,
    by: str | None = None,
    event: str | None = None,
    pair: Sequence[str] | None = None,
    reference: str | None = None,
    rest: bool = False,
    over: Sequence[str] = OVER,
    without: Sequence[str] = (),
    n_resamples: int = N_RESAMPLES,
    seed: int = 0,
) -> Distances:
    """Return the Jensen-Shannon divergence of kinds over words and over themes, with its permutation null.

    Parameters
    ----------
    corpus, by, event, pair, reference, rest, seed
        As in `framing.keyness`.
    codebook
        As in `framing.analyse`; the themes are its.
    over
        Some of ``"words"`` and ``"themes"``.
    without
        Words to leave out; the notes name them.
    n_resamples
        Number of permutations, at least 99: a divergence is never given without its null.

    Returns
    -------
    Distances

    Raises
    ------
    DesignError
        If a column or label is unknown or an argument has no meaning.

    Notes
    -----
    Labels of whole texts are shuffled, within events where there are events; of two single texts, the sentences. Texts
    that share no event, or only one, give a null but no p about kinds.
    """
    chosen, without = names_of("over", over), names_of("without", without)
    if not chosen or any(name not in OVER for name in chosen):
        raise DesignError(bad_value("over", "some of 'words' and 'themes'", over))
    n_resamples, seed = whole_number("n_resamples", n_resamples, 99), checked_seed(seed)
    by, event = columns_of(corpus, by, event)
    analysis = getattr(corpus, "analysis", corpus)
    if not isinstance(analysis, Analysis) and "themes" in chosen:
        analysis = analyse(tokens_of(corpus).articles, codebook, extractors=["themes"])
    tokens = tokens_of(analysis)
    pairs = sides_of(tokens, by, event, pair, reference, rest)
    rows = []
    for name in chosen:
        if name == "words":
            counts = word_counts(tokens, by_sentence=True).without(frozenset(w.lower() for w in without)).matrix
        else:
            counts = _theme_counts(analysis)
        rows += [_row(counts, tokens, sides, name, n_resamples, seed) for sides in pairs]
    order = {(s.a, s.b): i for i, s in enumerate(pairs)}
    rows.sort(key=lambda row: order[row["a"], row["b"]])
    notes = _NOTES if "themes" in chosen else _NOTES[:1]
    notes += (f"Words left out: {', '.join(sorted(without))}.",) if without else ()
    return Distances(pd.DataFrame(rows, columns=list(COLUMNS)), notes)


def _theme_counts(analysis: Analysis) -> sparse.csr_matrix:
    """Return which themes each sentence raises, and in the last column whether it raises none."""
    if "themes" not in analysis.found:
        raise DesignError("over themes: the analysis was made without themes; use extractor 'themes' as well.")
    columns = analysis.found["themes"].sentence_columns
    raised = np.stack([np.nan_to_num(columns[name]) > 0 for name in analysis.codebook.themes], axis=1)
    return sparse.csr_matrix(np.column_stack([raised, ~raised.any(axis=1)]).astype(float))


def _row(
    by_sentence: sparse.csr_matrix, tokens: Tokens, sides: Sides, over: str, n_resamples: int, seed: int
) -> dict[str, Any]:
    rows = {"a": sides.a, "b": sides.b, "over": over, "p": np.nan, "p_texts": np.nan, "note": ""}
    first, blocks = sides.first, sides.blocks
    owner = tokens.sentence_article
    if sides.single:
        places = [np.flatnonzero(owner == text) for text in sides.texts]
        counts = by_sentence[np.concatenate(places)]
        first = np.repeat(first, [len(p) for p in places])
        blocks, shuffled = np.zeros(len(first), int), "sentences of the two texts"
    else:
        n = tokens.n_sentences
        sums = sparse.csr_matrix((np.ones(n), (owner, np.arange(n))), shape=(len(tokens), n))
        counts = (sums @ by_sentence)[sides.texts]
        shuffled = "texts within events" if len(set(blocks)) > 1 else "texts"
    counts = counts[:, np.flatnonzero(np.asarray(counts.sum(axis=0)).ravel() > 0)].tocsr()
    x, y = (np.asarray(counts[side].sum(axis=0)).ravel() for side in (first, ~first))
    jsd, _ = jensen_shannon(x, y)
    drawn, exact = _null(counts, first, blocks, n_resamples, sides.rng(seed, "distances", over))
    drawn = drawn[np.isfinite(drawn)]
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (np.nan, np.nan)
    mean = drawn.mean() if len(drawn) else np.nan
    seen = 0 if exact else 1  # all arrangements hold the observed one; of a sample it is one more
    p = (seen + np.sum(drawn >= jsd - 1e-9)) / (seen + len(drawn)) if np.isfinite(jsd) else np.nan
    if sides.single:
        rows |= {"p_texts": p, "note": "these two texts only, no claim about kinds"}
    elif sides.carries_p:
        rows["p"] = p
    elif sides.design in (ONE_EVENT, NO_SHARED):
        rows["note"] = f"{sides.design}: no p about kinds"
    else:
        rows["note"] = "fewer than two texts of a kind: no p about kinds"
    return rows | {
        "jsd": jsd, "null_mean": mean, "null_low": low, "null_high": high, "n_a": int(sides.first.sum()),
        "n_b": int((~sides.first).sum()), "shuffled": shuffled,
    }  # fmt: skip


def _null(
    counts: sparse.csr_matrix, first: NDArray[np.bool_], blocks: NDArray[np.int64], n_resamples: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], bool]:  # fmt: skip
    """Return divergences of shuffled labels, and whether these are all arrangements, as where they are fewer."""
    by_entry = counts.T.tocsr()
    whole = np.asarray(counts.sum(axis=0)).ravel()
    every = arrangements(first, blocks, n_resamples)
    labels = relabellings(first, blocks, n_resamples, rng, counts.shape[1]) if every is None else [every]
    drawn = [divergences((by_entry @ np.ascontiguousarray(own.T)).T, whole) for own in labels]
    return np.concatenate(drawn), every is not None
