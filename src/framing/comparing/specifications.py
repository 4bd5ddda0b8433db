"""Robustness: one contrast under every defensible way to measure it (a specification curve).

Choices after specification curves (Simonsohn, Simmons & Nelson 2020, Nature Human Behaviour 4) and of
preText (Denny & Spirling 2018): headline, quotations, duplicates, inherited matches, unit, strictness, weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from textwrap import fill
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis import Analysis, analyse, measure_names
from framing.arguments import checked_seed, names_of
from framing.codebook import Codebook
from framing.comparing.design import Design
from framing.comparing.event_means import EventMeans
from framing.corpus import Article, Corpus
from framing.duplicates import duplicate_of
from framing.errors import DesignError, bad_value, listed, unknown_name
from framing.inputs import as_corpus
from framing.labels import p_text
from framing.stats import paired
from framing.voice import QUOTED, majority, voices

N_RESAMPLES = 9_999
CHOICES = {
    "headline": ("out", "in"),
    "quotations": ("in", "out"),
    "duplicates": ("in", "out"),
    "inherited": ("in", "out"),
    "unit": ("sentences", "words"),
    "codebook": ("broad", "strict"),
    "weights": ("equal", "texts"),
}
"""What is varied; the first of each is how `framing.compare` measures. ``strict`` asks for two finds in a sentence, or
leaves a target's own acts out; ``words`` weighs sentences and clauses by their length."""


@dataclass(frozen=True)
class Robustness:
    """Specifications of contrasts.

    Attributes
    ----------
    specifications
        One row a measure, pair and specification: the `CHOICES`, ``difference``, interval, ``p`` and ``n_events``.
    summary
        One row a measure and pair: the difference as `framing.compare` measures it, median, lowest and highest,
        ``same_sign`` (share of specifications on the median's side), ``significant`` (share with p < .05), and
        ``p_joint``: how often random signs of the events give a median as far from zero.
    """

    specifications: pd.DataFrame
    summary: pd.DataFrame

    def __str__(self) -> str:
        return robustness_text(self.summary)

    def curve(self, measure: str, a: str, b: str) -> pd.DataFrame:
        """Return one contrast as `framing.figures.specification_curve` draws it.

        Columns: the measure and the pair, the choices, estimate, low, high. Positive where `a` is higher; the pair may
        be named either way round.

        Raises
        ------
        DesignError
            If there is no such contrast.
        """
        table = self.specifications
        for x, y, sign in ((a, b, 1), (b, a, -1)):
            rows = table[(table["measure"] == measure) & (table["a"] == x) & (table["b"] == y)]
            if len(rows):
                ends = rows[["ci_low", "ci_high"]].to_numpy(float) * sign
                ends = ends if sign > 0 else ends[:, ::-1]
                own = rows[["measure", *CHOICES]].assign(a=a, b=b, estimate=sign * rows["difference"])
                return own.assign(low=ends[:, 0], high=ends[:, 1]).reset_index(drop=True)
        known = listed(dict.fromkeys(f"{r.measure} of {r.a} and {r.b}" for r in self.summary.itertuples()))
        raise DesignError(f"no contrast {measure!r} of {a!r} and {b!r}; there are: {known}.")


def robustness(
    corpus: Any,
    codebook: str | Path | Codebook | None = None,
    measures: Sequence[str] | None = None,
    *,
    by: str = "kind",
    event: str = "event",
    seed: int = 0,
) -> Robustness:
    """Measure contrasts of themes and stance under all combinations of `CHOICES`.

    Parameters
    ----------
    corpus, codebook, by, event, seed
        As in `framing.compare`.
    measures
        Theme shares and overall stances; all of them when not given.

    Returns
    -------
    Robustness

    Raises
    ------
    DesignError
        If there are no events with both kinds, a measure is unknown or none is asked for, or the seed has no meaning.
    """
    seed = checked_seed(seed)
    asked = None if measures is None else names_of("measures", measures)
    if asked == ():
        raise DesignError(bad_value("measures", "theme shares or overall stances, or None for all", measures))
    analysis = corpus if isinstance(corpus, Analysis) else None
    texts = analysis.corpus if analysis else as_corpus(corpus)
    book = analysis.codebook if analysis else codebook
    design = Design.read(texts, by, event)
    if not design.events_known:
        raise DesignError("robustness works on events with both kinds, and the texts have no events.")
    variants = {
        "out": _rows_of(analyse(texts, book, extractors=["themes", "stance"])),
        "in": _rows_of(analyse(_with_headlines(texts), book, extractors=["themes", "stance"])),
    }
    known = list(variants["out"])
    chosen = known if asked is None else asked
    for name in chosen:
        if name not in known and name in measure_names(book):
            raise DesignError(
                f"measure {name!r} is not varied: robustness takes theme shares and overall stances, {listed(known)}."
            )
        if name not in known:
            raise DesignError(unknown_name("measure", name, known))
    specs = pd.DataFrame(list(product(*CHOICES.values())), columns=list(CHOICES))
    tables, summaries = [], []
    for name in chosen:
        cube = _event_means(variants, name, specs, design)
        for a, b in combinations(design.kinds, 2):
            table, summary = _of_pair(cube.differences(a, b), cube.texts(a, b), specs, rng_of(seed, name, a, b))
            tables.append(table.assign(measure=name, a=a, b=b))
            summaries.append({"measure": name, "a": a, "b": b, **summary})
    table, summary = pd.concat(tables, ignore_index=True), pd.DataFrame(summaries)
    if table["difference"].isna().all():
        raise DesignError(f"no event has texts of two of the kinds {listed(design.kinds)} with any of the measures.")
    first = ["measure", "a", "b", *CHOICES]
    return Robustness(table[[*first, *(c for c in table if c not in first)]], summary)


def rng_of(seed: int, *parts: str) -> np.random.Generator:
    """Return a generator that depends on the seed and the contrast, not on the order of work."""
    return np.random.default_rng([seed, crc32("\x1f".join(parts).encode())])


@dataclass(frozen=True)
class _Rows:
    """Sentences (of a theme) or clauses (about a target) of all articles, one array value a row.

    ``value`` and ``counts`` have one entry for each combination of inherited and codebook.
    """

    article: NDArray[np.int64]
    words: NDArray[np.float64]
    quoted: NDArray[np.bool_]
    duplicate: NDArray[np.bool_]
    value: dict[tuple[str, str], NDArray[np.float64]]
    counts: dict[tuple[str, str], NDArray[np.bool_]]

    def score(self, spec: Any, n_articles: int) -> NDArray[np.float64]:
        """Return the score of each article under a specification, NaN where nothing counts."""
        key = spec.inherited, spec.codebook
        use = self.counts[key].copy()
        if spec.quotations == "out":
            use &= ~self.quoted
        if spec.duplicates == "out":
            use &= ~self.duplicate
        weight = use * (self.words if spec.unit == "words" else 1.0)
        whole = np.bincount(self.article, weight, n_articles)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.bincount(self.article, weight * self.value[key], n_articles) / np.where(whole > 0, whole, np.nan)


_KEYS = tuple(product(CHOICES["inherited"], CHOICES["codebook"]))


def _rows_of(analysis: Analysis) -> dict[str, _Rows]:
    """Return the rows of every theme and target."""
    tokens = analysis.tokens
    n_words = np.bincount(tokens.sentence, minlength=tokens.n_sentences).astype(float)
    quoted = majority(voices(tokens), tokens.sentence_bounds) == QUOTED
    repeats = duplicate_of(tokens) > 0
    found = {}
    for name in analysis.codebook.themes:
        found[f"themes__{name}"] = _theme_rows(analysis, name, n_words, quoted, repeats)
    for name in analysis.codebook.targets:
        units = analysis.units(f"stance__{name}")
        units = units[units["clauses"] > 0]
        sentence, portrayal = units["sentence"].to_numpy(int), units["clauses_portrayal"].to_numpy() > 0
        inherited = units["inherited"].to_numpy(bool)
        counts = {(i, c): ~(inherited & (i == "out")) & ~(portrayal & (c == "strict")) for i, c in _KEYS}
        found[f"stance__{name}"] = _Rows(
            units["article"].to_numpy(int), (units["end"] - units["start"]).to_numpy(float),
            units["voice"].to_numpy() == QUOTED, repeats[sentence],
            dict.fromkeys(_KEYS, units["polarity"].to_numpy(float)), counts,
        )  # fmt: skip
    return found


def _theme_rows(
    analysis: Analysis, name: str, n_words: NDArray[np.float64], quoted: NDArray[np.bool_], repeats: NDArray[np.bool_]
) -> _Rows:
    tokens, themes = analysis.tokens, analysis.found["themes"]
    n, owner = tokens.n_sentences, tokens.sentence_article
    spans = themes.spans
    spans = spans[spans["measure"] == name]
    sentence, inherited = spans["sentence"].to_numpy(int), spans["inherited"].to_numpy(bool)
    raised = np.nan_to_num(themes.sentence_columns[name]) > 0
    every, direct = np.bincount(sentence, minlength=n), np.bincount(sentence[~inherited], minlength=n)
    carried = (every > 0) & (direct == 0)
    value = {
        ("in", "broad"): raised, ("out", "broad"): raised & ~carried,
        ("in", "strict"): raised & (every > 1), ("out", "strict"): raised & (direct > 1),
    }  # fmt: skip
    scored = themes.valid[name][owner]
    values = {key: v.astype(float) for key, v in value.items()}
    return _Rows(owner.astype(int), n_words, quoted, repeats, values, dict.fromkeys(_KEYS, scored))


def _with_headlines(corpus: Corpus) -> Corpus:
    """Return the articles with their titles as first sentences."""
    return Corpus(
        a if not a.title else Article(
            **{f: getattr(a, f) for f in _KEPT}, text=f"{a.title.strip().rstrip('.')}.\n\n{a.body}"
        )
        for a in corpus
    )  # fmt: skip


_KEPT = ("id", "kind", "event", "source", "date", "url", "language", "parties", "extra", "problem")


def _event_means(variants: dict[str, dict[str, _Rows]], name: str, specs: pd.DataFrame, design: Design) -> EventMeans:
    """Return event means with one "measure" a specification."""
    n = len(design.corpus)
    scores = {i: variants[spec.headline][name].score(spec, n) for i, spec in enumerate(specs.itertuples())}
    return EventMeans.of(pd.DataFrame(scores, index=range(n)), design.events, design.groups, design.kinds)


def _of_pair(
    d: NDArray[np.float64], texts: NDArray[np.int64], specs: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return all specifications of a contrast, and what they say together."""
    inside = np.isfinite(d).any(axis=1)
    d, texts = d[inside], texts[inside].max(axis=1, initial=1).astype(float)
    weights = np.where((specs["weights"] == "texts").to_numpy(), texts[:, None], 1.0) * np.isfinite(d)
    filled, total = np.nan_to_num(d), weights.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(total > 0, weights / total, np.nan)
        difference = (shares * filled).sum(axis=0) if len(d) else np.full(len(specs), np.nan)
    table = specs.copy()
    table["difference"] = difference
    low, high, p = (np.full(len(specs), np.nan) for _ in range(3))
    for label in CHOICES["weights"]:
        own = (specs["weights"] == label).to_numpy()
        of_events = None if label == "equal" else texts
        if len(d) > 1:
            low[own], high[own], _ = paired.intervals(d[:, own], weights=of_events)
            p[own] = paired.sign_flips(d[:, own], rng, N_RESAMPLES, of_events)
    table = table.assign(ci_low=low, ci_high=high, p=p, n_events=np.isfinite(d).sum(axis=0))
    return table, _summary(difference, p, shares * filled, rng)


_SUMMARY = ("as_compared", "median", "lowest", "highest", "same_sign", "significant", "p_joint", "n_specifications")


def _summary(
    difference: NDArray[np.float64], p: NDArray[np.float64], parts: NDArray[np.float64], rng: np.random.Generator
) -> dict[str, float]:
    known = np.isfinite(difference)
    if not known.any():
        return dict.fromkeys(_SUMMARY, np.nan)
    own = np.where(np.abs(difference[known]) < 1e-12, 0.0, difference[known])
    middle = float(np.median(own))
    n = len(parts)
    if n < 2:
        joint = np.nan
    else:
        exact = 2**n <= N_RESAMPLES
        signs = (
            1.0 - 2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
            if exact
            else 1.0 - 2 * rng.integers(0, 2, size=(N_RESAMPLES, n))
        )
        drawn = np.abs(np.median(signs @ parts[:, known], axis=1)) >= abs(middle) - 1e-12
        joint = float(drawn.mean()) if exact else float((1 + drawn.sum()) / (N_RESAMPLES + 1))
    tested = p[np.isfinite(p)]
    return {
        "as_compared": float(difference[0]), "median": middle, "lowest": float(own.min()), "highest": float(own.max()),
        "same_sign": float(np.mean(np.sign(own) == np.sign(middle))),
        "significant": float(np.mean(tested < 0.05)) if len(tested) else np.nan, "p_joint": joint,
        "n_specifications": len(own),
    }  # fmt: skip


def robustness_text(summary: pd.DataFrame, width: int = 80) -> str:
    """Write a summary for a terminal: the side in words, the difference without sign."""
    lines = []
    for (a, b), rows in summary.groupby(["a", "b"], sort=False):
        lines += [f"A {a[:32]} against B {b[:32]}", ""]
        lines.append(f"{'measure':<23}{'higher in':<19}{'median':>7}{'range':>19}{'side':>6}{'p':>6}".rstrip())
        for row in rows.itertuples():
            share = row.measure.startswith("themes__")
            scale, digits = (100, 1) if share else (1, 2)
            name = row.measure.partition("__")[2] if share else row.measure.replace("__", " ")
            name = name if len(name) < 23 else name[:21] + "…"
            if not np.isfinite(row.median):
                lines.append(f"{name:<23}–")
                continue
            side = a if row.median > 0 else b if row.median < 0 else "equal"
            span = _span(scale * row.lowest, scale * row.highest, digits, row.median < 0)
            p = p_text(row.p_joint)
            middle = f"{scale * abs(row.median):.{digits}f}"
            lines.append(f"{name:<23}{side[:18]:<19}{middle:>7}{span:>19}{row.same_sign:>6.0%}{p:>6}")
        lines.append("")
    n = int(summary["n_specifications"].max())
    note = (
        f"Median and range of the difference over up to {n} specifications ({', '.join(CHOICES)}); themes in "
        "percentage points. A range that spans zero names the side of each end, A or B. side = share of specifications "
        "on the median's side; p = how often random signs of the events, the same in all specifications, give a median "
        "as far from zero; it is not adjusted for the number of contrasts."
    )
    if summary["p_joint"].isna().all():
        note += " Here p is missing: it takes two events with both kinds or more."
    return "\n".join([*lines, fill(note, width)])


def _span(low: float, high: float, digits: int, turned: bool) -> str:
    """Write a range without signs, from the end nearer to the other side."""
    low, high, own, other = (-high, -low, "B", "A") if turned else (low, high, "A", "B")
    ends = [f"{abs(v):.{digits}f}" for v in (low, high)]
    crosses = low < 0 < high and any(float(e) for e in ends)
    return f"{ends[0]} {other} to {ends[1]} {own}" if crosses else f"{ends[0]} to {ends[1]}"
