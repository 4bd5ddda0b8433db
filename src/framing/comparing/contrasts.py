"""Comparison: contrasts of every measure between kinds, with adjusted p values, verdicts and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from tqdm import tqdm

from framing.analysis import Analysis, analyse
from framing.arguments import checked_seed, names_of, text_of
from framing.by_kind import positions, stances
from framing.codebook import Codebook
from framing.comparing.claims import Claims
from framing.comparing.design import MARKED_FROM, Design, some
from framing.comparing.pairs import COLUMNS, N_RESAMPLES, Pairs
from framing.comparing.plan import Plan, read_plan
from framing.comparing.typical import typical_sentences
from framing.comparison_html import comparison_html
from framing.corpus import Corpus
from framing.display import comparison_text
from framing.distinct_things import HOLDERS
from framing.errors import DesignError, FramingError, bad_value, listed
from framing.inputs import as_corpus, is_path
from framing.readers import passed_over
from framing.stats.equivalence import VERDICTS, verdict
from framing.stats.multiple import benjamini_hochberg, holm
from framing.stats.omnibus import smallest_p, within_event_p
from framing.tables import csv_text, json_text, records
from framing.text_shares import text_shares


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
    claims
        Primary contrasts, bounds, reference, method and weights as asked for.
    plan
        The plan that it was held against.
    """

    contrasts: pd.DataFrame
    design: str
    notes: tuple[str, ...]
    analysis: Analysis
    by: str = "kind"
    event: str = "event"
    seed: int = 0
    kinds: tuple[str, ...] = field(default=())
    claims: Claims = field(default_factory=Claims)
    plan: Plan | None = None

    @property
    def values(self) -> pd.DataFrame:
        """Long form: measure, kind, article, value; one row an article with a label and a measure."""
        table = self.analysis.features
        long = table[["id", *self.analysis.measures]].assign(kind=self._groups).dropna(subset=["kind"])
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

    @cached_property
    def stances(self) -> pd.DataFrame:
        """Stance by kind, target and voice: kind, target, voice, stance, n_clauses, n_articles; NaN where missing."""
        return stances(self.analysis, self._groups, self.kinds)

    @cached_property
    def positions(self) -> pd.DataFrame:
        """Where themes stand: measure, article, kind, sentence, n_sentences, voice; one row a matching sentence."""
        return positions(self.analysis, self._groups)

    @property
    def single(self) -> bool:
        """Whether nothing but single texts is compared, so that nothing is said about kinds."""
        return bool(self.contrasts["p"].isna().all() and self.contrasts["p_texts"].notna().any())

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Every share of every text with its Wilson interval; see `framing.text_shares.text_shares`."""
        return text_shares(self.analysis, self._groups)

    @property
    def _groups(self) -> NDArray[np.object_]:
        groups = (text_of(a.value(self.by)) for a in self.analysis.corpus)
        return np.array([g if g in self.kinds else None for g in groups], dtype=object)

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
            shares = self.shares if self.single else None
            return comparison_text(self.contrasts, self.design, self.notes, everything, form == "md", shares) + "\n"
        if form == "csv":
            return csv_text(self.contrasts)
        if form == "json":
            found = {"design": self.design, "notes": list(self.notes), "contrasts": records(self.contrasts)}
            return json_text(found | ({"shares": records(self.shares)} if self.single else {}))
        raise DesignError(bad_value("form", "'table', 'md', 'csv' or 'json'", form))

    def typical_sentences(self, measure: str, n: int = 3) -> pd.DataFrame:
        """Return the sentences that carry a contrast, the first `n` of each kind; see `framing.comparing.typical`."""
        table = typical_sentences(self.analysis, measure, self.by, self.event, n)
        return table[table["kind"].isin(self.kinds)].reset_index(drop=True)

    def __str__(self) -> str:
        return self.render()

    def __repr__(self) -> str:
        return f"<Comparison of {listed(self.kinds)}: {len(self.contrasts)} contrasts; {self.design}>"

    def _repr_html_(self) -> str:
        return comparison_html(self.contrasts, self.design, self.notes, self.analysis.codebook)


def compare(
    corpus: Any,
    codebook: str | Path | Codebook | None = None,
    *,
    by: str = "kind",
    event: str = "event",
    extractors: Sequence[str] | None = None,
    inherited: bool = True,
    counts: str = "framing",
    method: str | None = None,
    reference: str | None = None,
    primary: Sequence[str] = (),
    bounds: Mapping[str, float] | None = None,
    weights: str = "equal",
    plan: str | Path | Plan | None = None,
    seed: int | None = None,
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
    method
        An interval to use instead of the one that the design carries best, see `framing.comparing.claims.METHODS`; one
        that the design cannot carry is refused.
    reference
        A kind that all others are compared with, instead of every pair.
    primary
        Measures declared beforehand: their contrasts are adjusted by Holm, all others by Benjamini-Hochberg.
    bounds
        For a measure or a family (``{"themes": 0.05}``), the largest difference that does not matter; each contrast
        then gets a verdict: different, equivalent or inconclusive. Both p are adjusted for it; below six events (or,
        without events, texts of a kind) it is inconclusive.
    weights
        ``"equal"`` weights of events, or ``"texts"``: the number of texts in them.
    plan
        A `framing.comparing.plan.Plan` or its file. What is not given here is taken from it (a codebook of your own
        must be given, a shipped one is found by its name), its exclusions are applied, only its kinds are compared,
        and the notes say what is as planned and what deviates.
    seed
        Seed of all resampling, 0 when not given.
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
        If `by` is no column or has fewer than two labels, a name is unknown, the design cannot carry the method, or an
        analysis holds articles that the plan excludes.
    """
    planned = _plan_of(plan)
    if bounds is not None and not isinstance(bounds, Mapping):
        expected = "measures or families with a bound each"
        raise DesignError(bad_value("bounds", expected, bounds, 'For all themes write bounds={"themes": 0.05}.'))
    claims = Claims(primary, dict(bounds or {}), reference, method, weights)
    if planned is not None:
        claims = _filled(claims, planned.claims)
        seed = planned.seed if seed is None else seed
        inherited, counts = inherited and planned.inherited, planned.counts if counts == "framing" else counts
        by, event = (planned.by if by == "kind" else by), (planned.event if event == "event" else event)
    seed = checked_seed(0 if seed is None else seed)
    extractors = None if extractors is None else names_of("extractors", extractors)
    kinds = planned.kinds if planned is not None and planned.by == by else None
    left = [f"{note[:1].upper()}{note[1:]}." for note in [passed_over(corpus) if is_path(corpus) else ""] if note]
    if isinstance(corpus, Analysis):
        analysis = corpus
        if planned is not None:
            _refuse_excluded(planned, analysis.corpus)
        design = Design.read(analysis.corpus, by, event, kinds)
    else:
        corpus = as_corpus(corpus)
        if planned is not None:
            corpus = planned.keep(corpus)
            codebook = planned.book() if codebook is None else codebook
            extractors = planned.extractors or None if extractors is None else extractors
        design = Design.read(corpus, by, event, kinds)  # before the scores, which take long
        options = {"extractors": extractors, "inherited": inherited, "counts": counts}
        analysis = analyse(corpus, codebook, **options, progress=progress)
    claims.check(list(analysis.measures), design.kinds)
    maker = Pairs(analysis, design, claims, seed)
    pairs = tqdm(claims.pairs(design.kinds), "comparing", leave=False, disable=None if progress else True)
    table = pd.DataFrame([row for pair in pairs for row in maker.rows(*pair)], columns=list(COLUMNS))
    order = {name: i for i, name in enumerate(analysis.measures)}
    table = table.sort_values("measure", key=lambda c: c.map(order), kind="stable", ignore_index=True)
    if table["difference"].isna().all():
        raise DesignError(
            f"nothing to compare: no measure has values in two of the kinds {listed(design.kinds)}. "
            + " ".join(design.notes(analysis.features))
        )
    omnibus = _omnibus(maker)
    table["p_omnibus"] = table["measure"].map(omnibus)
    _adjust(table, claims)
    notes = (*design.notes(analysis.features), *_family_notes(table, claims, len(design.kinds)))
    if planned is not None:
        notes += _plan_notes(planned, analysis, design, claims, seed)
    scored = analysis.features[list(analysis.measures)].notna().any(axis=1).to_numpy()
    notes = (design.estimand(scored, claims.weights), *left, *notes)
    return Comparison(table, design.describe(scored), notes, analysis, by, event, seed, design.kinds, claims, planned)


def check_comparison(value: Any) -> None:
    """Raise if a value is not what `compare` returns, as where an analysis is passed instead."""
    if not isinstance(value, Comparison):
        raise FramingError(bad_value("comparison", "what framing.compare returned", value))


def _plan_of(plan: Any) -> Plan | None:
    if plan is None or isinstance(plan, Plan):
        return plan
    if isinstance(plan, str | Path):
        return read_plan(plan)
    raise DesignError(bad_value("plan", "a framing.Plan or the path of its file", plan))


def _refuse_excluded(plan: Plan, corpus: Corpus) -> None:
    """Refuse an analysis of articles that the plan excludes: its tables hold them already."""
    kept = {a.id for a in plan.keep(corpus)}
    excluded = [a.id for a in corpus if a.id not in kept]
    if excluded:
        raise DesignError(
            f"the plan excludes articles that the analysis holds: {some(excluded)}. Give the corpus instead of the "
            "analysis, or analyse plan.keep(corpus)."
        )


def _filled(claims: Claims, planned: Claims) -> Claims:
    """Return claims with what was not given taken from a plan."""
    return Claims(
        claims.primary or planned.primary, claims.bounds or planned.bounds, claims.reference or planned.reference,
        claims.method or planned.method, planned.weights if claims.weights == "equal" else claims.weights,
    )  # fmt: skip


def _plan_notes(plan: Plan, analysis: Analysis, design: Design, claims: Claims, seed: int) -> tuple[str, ...]:
    kept, broken = plan.deviations(analysis, design, claims, seed)
    notes = [f"As planned (plan {plan.sha256[:12]}): {listed(kept)}."]
    notes += [f"Deviates from the plan: {'; '.join(broken)}."] if broken else []
    notes += [f"Rules of exclusion in the plan, not checked here: {'; '.join(plan.rules)}."] if plan.rules else []
    return tuple(notes)


def _omnibus(maker: Pairs) -> dict[str, float]:
    """Test, for three kinds or more, whether any differ, by permuting labels within events."""
    kinds = maker.design.kinds
    if len(kinds) < 3 or not maker.design.events_known:
        return {}
    p = within_event_p(maker.events.mean, maker.rng("omnibus"), N_RESAMPLES)
    counts = {n for n, m in maker.analysis.measures.items() if m.kind == "count" and n != HOLDERS}
    return {n: v for n, v in zip(maker.events.measures, p.tolist(), strict=True) if n not in counts}


def _adjust(table: pd.DataFrame, claims: Claims) -> None:
    """Adjust p values: Holm for what was declared primary, Benjamini-Hochberg for the rest; give verdicts."""
    primary = table["measure"].isin(claims.primary).to_numpy()
    table["family"] = np.where(primary, "primary", "exploratory")
    for name, adjusted in (("p", "p_adjusted"), ("p_equivalence", "p_equivalence_adjusted")):
        p, found = table[name].to_numpy(float), np.full(len(table), np.nan)
        found[primary], found[~primary] = holm(p[primary]), benjamini_hochberg(p[~primary])
        table[adjusted] = found
    bounded = table["bound"].notna() & table["ci_low"].notna() & table["p"].notna()
    rests_on = table["n_events"].fillna(table[["n_a", "n_b"]].min(axis=1))
    few = bounded & (rests_on < MARKED_FROM)
    both = zip(table["p_adjusted"], table["p_equivalence_adjusted"], strict=True)
    table["verdict"] = np.select([few, bounded], ["inconclusive", [verdict(p, e) for p, e in both]], "")


def _family_notes(table: pd.DataFrame, claims: Claims, n_kinds: int) -> list[str]:
    """Say how p values were adjusted, and over how many contrasts."""
    tested = table[table["p"].notna()]
    n_primary, n_rest = (int((tested["family"] == name).sum()) for name in ("primary", "exploratory"))
    notes = []
    if n_primary:
        notes.append(f"p_adjusted of the {n_primary} primary contrasts: Holm.")
    if n_rest:
        which = " of the others" if n_primary else ""
        notes.append(
            f"p_adjusted{which}: Benjamini-Hochberg over a family of {n_rest} contrasts; intervals are not adjusted."
        )
    n_skewed = int(table["note"].str.contains("skewed event differences").sum())
    if n_skewed:
        notes.append(
            f"{n_skewed} contrasts have skewed event differences (see the column note): if only one of the kinds is "
            "skewed, a t interval covers about 85 % instead of 95 %, bootstrap-t about 90 %."
        )
    omnibus = table.drop_duplicates("measure")["p_omnibus"].dropna()
    if len(omnibus):
        least = smallest_p(int(tested["n_events"].max()) if len(tested) else 1, n_kinds)
        floor = f"; the smallest p possible is {least:.2g}" if least > 0.001 else ""
        notes.append(
            f"p_omnibus: labels of the {n_kinds} kinds permuted within events; {int((omnibus < 0.05).sum())} of "
            f"{len(omnibus)} measures are below .05 before any adjustment{floor}."
        )
    if claims.bounds:
        verdicts = table["verdict"].value_counts()
        said = ", ".join(f"{verdicts.get(name, 0)} {name}" for name in VERDICTS)
        notes.append(
            "Verdicts against the bounds that were set (two one-sided tests, their p adjusted as p is; inconclusive "
            f"below {MARKED_FROM} events or texts of a kind): {said}."
        )
    n_texts = int(table["p_texts"].notna().sum())
    if n_texts:
        notes.append(f"p texts: {n_texts} of them, not adjusted for their number; about 5 % fall below .05 by chance.")
    return notes
