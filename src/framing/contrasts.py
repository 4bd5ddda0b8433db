"""Comparison: contrasts of every measure between kinds, with what the design can carry and no more.

The sampling unit is the event. Which interval and test a contrast gets follows from how many events
hold texts of both kinds; what the design cannot carry is left missing, and the note says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from tqdm import tqdm

from framing.analysis import Analysis, analyse
from framing.codebook import Codebook
from framing.design import INDEPENDENT, NO_SHARED, ONE_EVENT, PAIRED, SINGLE, Design, text_of
from framing.display import comparison_text
from framing.errors import DesignError, bad_value, listed
from framing.extractors import Measure
from framing.stats.effect import cohen_h, hedges_g, hedges_gz
from framing.stats.interval import newcombe, t_interval, welch_interval
from framing.stats.multiple import benjamini_hochberg
from framing.stats.permutation import label_permutation, sign_flip
from framing.tables import csv_text, json_text, records
from framing.two_texts import TwoTexts

COLUMNS = (
    "measure", "a", "b", "mean_a", "mean_b", "difference", "ci_low", "ci_high", "effect", "effect_name", "p",
    "p_texts", "p_adjusted", "n_a", "n_b", "n_events", "design", "note",
)  # fmt: skip
N_RESAMPLES = 9_999


@dataclass(frozen=True)
class Comparison:
    """Contrasts between kinds, with the analysis they rest on.

    Attributes
    ----------
    contrasts
        One row a measure and pair of kinds; ``difference`` is mean of ``a`` minus mean of ``b``.
    design
        What the data allow, in words.
    notes
        What was left out or cannot be said.
    analysis
        The `framing.Analysis` behind it.
    by, event, seed
        As asked for.
    kinds
        The labels that are compared, in the order in which they are shown.
    """

    contrasts: pd.DataFrame
    design: str
    notes: tuple[str, ...]
    analysis: Analysis
    by: str = "kind"
    event: str = "event"
    seed: int = 0
    kinds: tuple[str, ...] = field(default=())

    @property
    def values(self) -> pd.DataFrame:
        """Long form: measure, kind, article, value; one row an article with a label and a measure."""
        table = self.analysis.features
        groups = pd.Series([text_of(a.value(self.by)) for a in self.analysis.corpus], dtype=object)
        long = table[["id", *self.analysis.measures]].assign(kind=groups.to_numpy()).dropna(subset=["kind"])
        long = long.melt(["id", "kind"], var_name="measure", value_name="value").rename(columns={"id": "article"})
        order = {k: i for i, k in enumerate(self.kinds)}
        long = long.assign(order=long["measure"].map({m: i for i, m in enumerate(self.analysis.measures)}))
        long = long.sort_values(["order", "kind"], key=lambda c: c.map(order) if c.name == "kind" else c, kind="stable")
        return long[["measure", "kind", "article", "value"]].reset_index(drop=True)

    @property
    def means(self) -> pd.DataFrame:
        """Mean and number of scored articles of each measure by kind, in long form."""
        grouped = self.values.groupby(["measure", "kind"], sort=False)["value"]
        return grouped.agg(mean="mean", n="count").reset_index()

    def render(self, form: str = "table", everything: bool = False) -> str:
        """Return the contrasts as text: ``"table"`` (80 columns), ``"md"``, ``"csv"`` or ``"json"``.

        Parameters
        ----------
        form
            The format; ``"json"`` also holds design and notes, and null for what is missing.
        everything
            Whether tables show every measure; csv and json always do.

        Raises
        ------
        DesignError
            If the format is unknown.
        """
        if form in ("table", "md"):
            return comparison_text(self.contrasts, self.design, self.notes, everything, form == "md") + "\n"
        if form == "csv":
            return csv_text(self.contrasts)
        if form == "json":
            return json_text({"design": self.design, "notes": list(self.notes), "contrasts": records(self.contrasts)})
        raise DesignError(bad_value("form", "'table', 'md', 'csv' or 'json'", form))

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return f"<Comparison of {listed(self.kinds)}: {len(self.contrasts)} contrasts; {self.design}>"

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{_escape(n)}</li>" for n in self.notes)
        table = self.contrasts.to_html(float_format="{:.3f}".format, na_rep="–", max_rows=60, index=False)
        return f"<p>{_escape(self.design)}</p><ul>{notes}</ul>{table}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def compare(
    corpus: Any,
    codebook: str | Path | Codebook | None = None,
    *,
    by: str = "kind",
    event: str = "event",
    extractors: Sequence[str] | None = None,
    inherited: bool = True,
    counts: str = "framing",
    seed: int = 0,
    progress: bool = False,
) -> Comparison:
    """Contrast every measure between every pair of kinds.

    Parameters
    ----------
    corpus
        A path, a `framing.Corpus`, texts, a data frame, or an `Analysis` (used as it is).
    codebook, extractors, inherited, counts
        As in `framing.analyse`.
    by
        Column whose labels are compared.
    event
        Column that says which articles are about the same event.
    seed
        Seed of all resampling.
    progress
        Whether to show progress bars on standard error; they show on a terminal only.

    Returns
    -------
    Comparison
        With the estimand "mean over events of (mean of a in the event - mean of b in the event)"
        where events exist: the event, not the article or sentence, is the sampling unit.

    Raises
    ------
    DesignError
        If `by` is no column or has fewer than two labels.
    """
    if not isinstance(seed, int) or seed < 0:
        raise DesignError(bad_value("seed", "a whole number from 0", seed))
    analysis = corpus
    if not isinstance(analysis, Analysis):
        options = {"extractors": extractors, "inherited": inherited, "counts": counts}
        analysis = analyse(corpus, codebook, **options, progress=progress)
    design = Design.read(analysis.corpus, by, event)
    data = _Data(analysis, design, seed, TwoTexts(analysis, seed), _scored(analysis))
    pairs = [(n, m, a, b) for n, m in analysis.measures.items() for a, b in combinations(design.kinds, 2)]
    rows = [data.contrast(*pair) for pair in tqdm(pairs, "comparing", leave=False, disable=None if progress else True)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    if table["difference"].isna().all():
        raise DesignError(
            f"nothing to compare: no measure has values in two of the kinds {listed(design.kinds)}. "
            + " ".join(design.notes(analysis.features, 0))
        )
    table["p_adjusted"] = benjamini_hochberg(table["p"].to_numpy(float))
    notes = design.notes(analysis.features, int(table["p"].notna().sum()))
    return Comparison(table, design.describe(), notes, analysis, by, event, seed, design.kinds)


@dataclass(frozen=True)
class _Data:
    """Values, labels and events of the articles, and how a contrast is made of them."""

    analysis: Analysis
    design: Design
    seed: int
    texts: TwoTexts
    scored: np.ndarray

    def rng(self, *parts: str) -> np.random.Generator:
        """A generator that depends on the seed and the contrast, not on the order of work."""
        return np.random.default_rng([self.seed, crc32("\x1f".join(parts).encode())])

    def contrast(self, name: str, measure: Measure, a: str, b: str) -> dict[str, Any]:
        values = self.analysis.features[name].to_numpy(float)
        scored = np.isfinite(values)
        row: dict[str, Any] = dict.fromkeys(COLUMNS, np.nan) | {
            "measure": name,
            "a": a,
            "b": b,
            "effect_name": "",
            "note": "",
        }
        rows_a, rows_b = (np.flatnonzero((self.design.groups == k) & scored) for k in (a, b))
        notes = [] if self.design.events_known else ["events unknown"]
        if measure.kind == "count":
            notes.append("a count, grows with the length of the text")
        row["design"], rows_a, rows_b, note = self._choose(a, b, rows_a, rows_b)
        notes += [note] if note else []
        one_each = self._usable(a) == self._usable(b) == 1
        fill = {
            PAIRED: self._paired, INDEPENDENT: self._single if one_each else self._independent, SINGLE: self._single,
            ONE_EVENT: self._one_event, NO_SHARED: self._descriptive,
        }[row["design"]]  # fmt: skip
        fill(row, notes, name, measure, rows_a, rows_b, values)
        row["ci_low"], row["ci_high"] = _within_range(row["ci_low"], row["ci_high"], measure.kind)
        row["note"] = "; ".join(notes)
        return row

    def _usable(self, kind: str) -> int:
        """Return the number of articles of a kind that could be scored at all."""
        return int(np.sum((self.design.groups == kind) & self.scored))

    def _choose(
        self, a: str, b: str, rows_a: np.ndarray, rows_b: np.ndarray
    ) -> tuple[str, np.ndarray, np.ndarray, str]:
        """Choose what the articles of two kinds can carry; articles without any score do not count."""
        if not self.design.events_known:
            return INDEPENDENT, rows_a, rows_b, ""
        events, groups = self.design.events, self.design.groups
        shared = [
            e
            for e in self.design.shared_events(a, b)
            if all(np.any((events == e) & (groups == k) & self.scored) for k in (a, b))
        ]
        if len(shared) > 1:
            return PAIRED, rows_a, rows_b, ""
        if len(shared) == 1:
            inside = events == shared[0]
            lone = all(np.sum(inside & (groups == k) & self.scored) == 1 for k in (a, b))
            rows_a, rows_b = rows_a[inside[rows_a]], rows_b[inside[rows_b]]
            return (SINGLE if lone else ONE_EVENT), rows_a, rows_b, ""
        if self._usable(a) == self._usable(b) == 1:
            return SINGLE, rows_a, rows_b, "the two texts share no known event"
        return NO_SHARED, rows_a, rows_b, "no event has both kinds: a difference of means without interval or test"

    def _means(self, row: dict[str, Any], notes: list[str], x: np.ndarray, y: np.ndarray) -> bool:
        row |= {"n_a": len(x), "n_b": len(y)}
        row["mean_a"] = x.mean() if len(x) else np.nan
        row["mean_b"] = y.mean() if len(y) else np.nan
        row["difference"] = row["mean_a"] - row["mean_b"]
        missing = [row[k] for k, v in (("a", x), ("b", y)) if not len(v)]
        if missing:
            notes.append(f"missing in {listed(missing)}")
        return not missing

    def _descriptive(self, row, notes, name, measure, rows_a, rows_b, values) -> None:
        self._means(row, notes, values[rows_a], values[rows_b])

    def _one_event(self, row, notes, name, measure, rows_a, rows_b, values) -> None:
        self._means(row, notes, values[rows_a], values[rows_b])
        row["n_events"] = 1
        notes.append("one event: no interval and no p about kinds")

    def _paired(self, row, notes, name, measure, rows_a, rows_b, values) -> None:
        """Contrast event means: t interval, exact or Monte Carlo sign flips, Hedges g_z."""
        events = self.design.events
        shared = sorted(self.design.shared_events(row["a"], row["b"]))  # sorted, so that no draw hangs on their order
        by_event = {e: (rows_a[events[rows_a] == e], rows_b[events[rows_b] == e]) for e in shared}
        pairs = [(values[i], values[j]) for i, j in by_event.values() if len(i) and len(j)]
        lost = len(by_event) - len(pairs)
        x, y = np.array([v.mean() for v, _ in pairs]), np.array([w.mean() for _, w in pairs])
        row["n_events"] = len(pairs)
        if not self._means(row, notes, x, y):
            notes[-1:] = ["no event has the measure in both kinds"]
        row |= {"n_a": sum(len(v) for v, _ in pairs), "n_b": sum(len(w) for _, w in pairs)}
        if lost and pairs:
            notes.append(f"missing in {lost} of {len(by_event)} events")
        d = x - y
        if len(d) < 2:
            notes += ["one event: no interval and no p about kinds"] if len(d) else []
            return
        row["ci_low"], row["ci_high"] = t_interval(d)
        row["effect"], row["effect_name"] = hedges_gz(d), "hedges_gz"
        row["p"] = sign_flip(d, N_RESAMPLES, self.rng(name, row["a"], row["b"]))
        if not np.isfinite(row["ci_low"]):
            notes.append("equal differences in all events: no interval")
        if len(d) < 6:
            notes.append(
                f"{len(d)} events: smallest possible p {2 / 2 ** len(d):.3g}; the t interval rests on its assumptions"
            )

    def _independent(self, row, notes, name, measure, rows_a, rows_b, values) -> None:
        x, y = values[rows_a], values[rows_b]
        if not self._means(row, notes, x, y):
            return
        if min(len(x), len(y)) < 2:
            notes.append("fewer than two texts of a kind: no interval and no p about kinds")
            return
        row["ci_low"], row["ci_high"] = welch_interval(x, y)
        row["effect"], row["effect_name"] = hedges_g(x, y), "hedges_g"
        floor = 2 / comb(len(x) + len(y), len(x))
        if floor > 0.01:
            notes.append(f"{len(x)} and {len(y)} texts: smallest possible p {floor:.3g}")
        row["p"] = label_permutation(np.sort(x), np.sort(y), N_RESAMPLES, self.rng(name, row["a"], row["b"]))

    def _single(self, row, notes, name, measure, rows_a, rows_b, values) -> None:
        """Say what can be said of two texts: intervals and a permutation over their own sentences."""
        row["n_events"] = 1 if self.design.events_known else np.nan
        if not self._means(row, notes, values[rows_a], values[rows_b]):
            return
        a, b = int(rows_a[0]), int(rows_b[0])
        notes.append("these two texts only, no claim about kinds")
        if measure.kind == "count":
            return
        if measure.kind == "share":
            (k1, n1), (k2, n2) = ([self.texts.total(name, c, i) for c in measure.counts] for i in (a, b))
            row["ci_low"], row["ci_high"] = newcombe(k1, n1, k2, n2)
            row["effect"], row["effect_name"] = cohen_h(k1 / n1, k2 / n2), "cohen_h"
            notes.append("Newcombe-Wilson interval over sentences")
        else:
            (row["ci_low"], row["ci_high"]), note = self.texts.interval(name, measure, a, b)
            notes.append(note)
        row["p_texts"] = self.texts.p(name, measure, a, b)


def _scored(analysis: Analysis) -> np.ndarray:
    """Tell which articles have any score."""
    return analysis.features[list(analysis.measures)].notna().any(axis=1).to_numpy()


def _within_range(low: float, high: float, kind: str) -> tuple[float, float]:
    """Cut an interval to the differences that the measure's scale allows; this loses no coverage."""
    bound = {"share": 1.0, "balance": 2.0}.get(kind, np.inf)
    return max(low, -bound), min(high, bound)
