"""Word shifts: what each word adds to a difference between two kinds; the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from framing.arguments import checked_seed, names_of
from framing.errors import DesignError, bad_value
from framing.stats.distance import jensen_shannon, shift
from framing.tables import csv_text, json_text, records
from framing.words.counts import word_counts
from framing.words.divergence import distances
from framing.words.sides import columns_of, sides_of, tokens_of
from framing.words.text import shift_text

COLUMNS = ("word", "part", "side", "count_a", "count_b", "rate_a", "rate_b", "score")


@dataclass(frozen=True)
class WordShift:
    """What each word adds to a difference.

    Attributes
    ----------
    table
        One row a word, none left out: ``part`` is what it adds, never negative, ``side`` says in words toward which
        kind. For a divergence the parts add up to it; for a difference of averages, the parts of one side less those of
        the other.
    a, b
        The two kinds.
    whole
        The divergence in bits, or the size of the difference of averages.
    averages
        The averages of both kinds; ``None`` for a divergence.
    null
        Mean, lower and upper bound of the divergences that shuffled labels give; ``None`` for averages.
    notes
        What was left out, and how to read it.
    """

    table: pd.DataFrame
    a: str
    b: str
    whole: float
    averages: tuple[float, float] | None
    null: tuple[float, float, float] | None
    notes: tuple[str, ...]

    @property
    def weights(self) -> pd.DataFrame:
        """Columns word, weight, side, as `framing.figures.lollipop` draws them."""
        return self.table[["word", "part", "side"]].rename(columns={"part": "weight"})

    def headline(self) -> str:
        """Say what the whole is, with the side in words."""
        if self.averages is None:
            mean, low, high = self.null or (np.nan,) * 3
            return (
                f"{self.a} against {self.b}: divergence {self.whole:.3f} bits; shuffled labels give {mean:.3f} "
                f"({low:.3f} to {high:.3f})"
            )
        one, two = self.averages
        side = f"higher in {self.a if one > two else self.b} by {self.whole:.4g}" if one != two else "equal"
        return f"{self.a} against {self.b}: average {one:.4g} and {two:.4g}, {side}"

    def render(self, form: str = "table", top: int = 15) -> str:
        """Return the shift as text: ``"table"`` (80 columns, the first `top` a side), ``"csv"`` or ``"json"`` (all).

        Raises
        ------
        DesignError
            If the format is unknown.
        """
        if form == "table":
            return shift_text(self.table, self.headline(), self.notes, top) + "\n"
        if form == "csv":
            return csv_text(self.table)
        if form == "json":
            head = {"a": self.a, "b": self.b, "whole": self.whole, "averages": self.averages}
            head |= {"null": self.null, "notes": list(self.notes)}
            return json_text({**head, "words": records(self.table)})
        raise DesignError(bad_value("form", "'table', 'csv' or 'json'", form))

    def __str__(self) -> str:
        return self.render()


def word_shift(
    corpus: Any,
    pair: Sequence[str] | None = None,
    scores: Mapping[str, float] | None = None,
    *,
    by: str | None = None,
    event: str | None = None,
    without: Sequence[str] = (),
    seed: int = 0,
) -> WordShift:
    """Return what each word adds to the divergence of two kinds, or to the difference of their averages of a score.

    Parameters
    ----------
    corpus, by, event, seed
        As in `framing.keyness`.
    pair
        The two kinds; may be left out where there are only two.
    scores
        What words are worth (lower case, or capitals as in "US"); the averages are over the words with a score. Without
        scores the shift is of the Jensen-Shannon divergence.
    without
        Words to leave out; the notes name them.

    Returns
    -------
    WordShift

    Raises
    ------
    DesignError
        If a column or label is unknown, no pair was named, no word of a kind has a score, or an argument has no
        meaning.
    """
    _check(scores)
    seed, without = checked_seed(seed), names_of("without", without)
    tokens = tokens_of(corpus)
    pairs = sides_of(tokens, *columns_of(corpus, by, event), pair)
    if len(pairs) != 1:
        raise DesignError(
            f"name two kinds with pair, of: {', '.join(dict.fromkeys(k for s in pairs for k in (s.a, s.b)))}."
        )
    sides = pairs[0]
    counts = word_counts(tokens).without(frozenset(w.lower() for w in without))
    own = counts.matrix[sides.texts]
    x, y = (np.asarray(own[side].sum(axis=0)).ravel() for side in (sides.first, ~sides.first))
    worth = np.array([np.nan if scores is None else scores.get(w, np.nan) for w in counts.terms], float)
    used = (x + y > 0) & (np.isfinite(worth) | (scores is None))
    n_a, n_b = int(x.sum()), int(y.sum())
    x, y, worth, words = x[used], y[used], worth[used], counts.terms[used]
    if scores is None:
        whole, parts = jensen_shannon(x, y)
        averages, toward = None, np.sign(x / max(x.sum(), 1) - y / max(y.sum(), 1))
    else:
        if min(x.sum(), y.sum()) == 0:
            raise DesignError(
                f"scores: no word of {sides.a if x.sum() == 0 else sides.b} has one; give words in lower case."
            )
        averages, parts = shift(x, y, worth)
        whole, toward = abs(averages[0] - averages[1]), np.sign(parts)
    verb = "more in" if scores is None else "raises"
    side = np.select([toward > 0, toward < 0], [f"{verb} {sides.a}", f"{verb} {sides.b}"], "equal")
    table = pd.DataFrame({
        "word": words, "part": np.abs(parts), "side": side, "count_a": x.astype(int), "count_b": y.astype(int),
        "rate_a": 1000 * x / max(n_a, 1), "rate_b": 1000 * y / max(n_b, 1), "score": worth,
    }, columns=list(COLUMNS))  # fmt: skip
    order = {f"{verb} {sides.a}": 0, f"{verb} {sides.b}": 1}
    table = table.assign(turn=table["side"].map(order).fillna(2))
    table = table.sort_values(["turn", "part", "word"], ascending=[True, False, True], kind="stable", ignore_index=True)
    notes = [
        f"Columns: what the word adds, and its rate per 1,000 words in {sides.a} and in {sides.b}. The sums are over "
        "all words, also those not shown."
    ]
    if scores is not None:
        n_scored, n_words = int(x.sum() + y.sum()), n_a + n_b
        notes.append(
            f"{n_scored:,} of {n_words:,} words have a score ({n_scored / n_words:.1%}); the averages are over these."
        )
    notes += [f"Left out: {', '.join(sorted(without))}."] if without else []
    null = None
    if scores is None:
        columns = dict(zip(("by", "event"), columns_of(corpus, by, event), strict=True))
        found = distances(tokens, **columns, pair=(sides.a, sides.b), over=["words"], without=without, seed=seed)
        null = tuple(float(v) for v in found.table.loc[0, ["null_mean", "null_low", "null_high"]])
    return WordShift(table[list(COLUMNS)], sides.a, sides.b, float(whole), averages, null, tuple(notes))


def _check(scores: Any) -> None:
    if scores is None:
        return
    if not isinstance(scores, Mapping) or not all(isinstance(v, Real) for v in scores.values()):
        raise DesignError(bad_value("scores", "words with a number each", scores, 'For example {"good": 1.0}.'))
