"""The contrasts of one pair of kinds, for all measures: what the design carries, and no more.

The sampling unit is the event. Which interval and test a pair gets follows from how many events hold texts
of both kinds; what the design cannot carry is left missing, and the note says why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.analysis import Analysis
from framing.comparing.claims import Claims
from framing.comparing.design import INDEPENDENT, MARKED_FROM, NO_SHARED, ONE_EVENT, PAIRED, SINGLE, Design
from framing.comparing.event_means import EventMeans
from framing.comparing.independent import contrast
from framing.comparing.mixed_model import mixed_difference
from framing.comparing.two_texts import TwoTexts
from framing.distinct_things import FEWEST_SENTENCES, HOLDERS, rarefied_holders, shortest
from framing.errors import DesignError
from framing.stats import paired
from framing.stats.effect import cliffs_delta, g_interval, hedges_g, hedges_gz, paired_dominance
from framing.stats.equivalence import tost_p
from framing.stats.label_test import label_test

COLUMNS = (
    "measure", "a", "b", "mean_a", "mean_b", "difference", "ci_low", "ci_high", "effect", "effect_low", "effect_high",
    "effect_name", "cliffs_delta", "cliffs_low", "cliffs_high", "p", "p_texts", "p_omnibus", "p_adjusted", "family",
    "bound", "p_equivalence", "p_equivalence_adjusted", "verdict", "n_a", "n_b", "n_events", "design", "method", "note",
)  # fmt: skip
N_RESAMPLES = 9_999
MIN_EVENTS = {"t": 2, "bootstrap-t": 6, "wild-t": 6, "mixed": 20}
"""Below so many events with both kinds a method is refused."""

SKEWED = 1.0
"""Beyond this skewness of the event differences, the note of a row says so."""

GROWS = "a count, grows with the length of the text: no interval, not tested"
"""Why a count has no test: rates and shares of the same thing have one."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Pairs:
    """Makes the rows of pairs of kinds.

    Attributes
    ----------
    analysis, design, claims, seed
        The scored articles, their labels and events, what is asked, and the seed.
    """

    analysis: Analysis
    design: Design
    claims: Claims
    seed: int

    @cached_property
    def _texts(self) -> TwoTexts:
        return TwoTexts(self.analysis, self.seed)

    @cached_property
    def _scored(self) -> NDArray[np.bool_]:
        """Tell which articles have any score."""
        return self._raw.notna().any(axis=1).to_numpy()

    @property
    def _raw(self) -> pd.DataFrame:
        return self.analysis.features[list(self.analysis.measures)]

    def values(self, m: int) -> pd.DataFrame:
        """Return one row an article, one column a measure; holders are as expected in `m` sentences."""
        if m not in self._by_length:
            values = self._raw
            if HOLDERS in values:
                found = rarefied_holders(self.analysis.tokens, m) if m else np.nan
                values = values.assign(**{HOLDERS: np.where(values[HOLDERS].notna(), found, np.nan)})
            self._by_length[m] = values
        return self._by_length[m]

    @cached_property
    def _by_length(self) -> dict[int, pd.DataFrame]:
        return {}

    def _common_length(self, articles: NDArray[np.bool_]) -> int:
        """Return the number of sentences of the shortest of some texts that is long enough; 0 where none is."""
        long = self.analysis.tokens.n_sentences_by_article >= FEWEST_SENTENCES
        return shortest(self.analysis.tokens, articles & long & self._scored)

    @cached_property
    def events(self) -> EventMeans:
        """The means of every measure by event and kind; holders in as many sentences as the shortest text has."""
        compared = np.array([g is not None for g in self.design.groups], bool)
        values = self.values(self._common_length(compared))
        return EventMeans.of(values, self.design.events, self.design.groups, self.design.kinds)

    def _events_of(self, a: str, b: str, m: int) -> EventMeans:
        """Return the means of two kinds, holders as expected in `m` sentences."""
        columns = [self.events.kinds.index(kind) for kind in (a, b)]
        mean, n = self.events.mean[:, columns], self.events.n[:, columns]
        if HOLDERS in self.events.measures:
            own = EventMeans.of(self.values(m)[[HOLDERS]], self.design.events, self.design.groups, (a, b))
            place = self.events.measures.index(HOLDERS)
            mean[:, :, place], n[:, :, place] = own.mean[:, :, 0], own.n[:, :, 0]
        return replace(self.events, kinds=(a, b), mean=mean, n=n)

    def rng(self, *parts: str) -> np.random.Generator:
        """A generator that depends on the seed and the pair, not on the order of work."""
        return np.random.default_rng([self.seed, crc32("\x1f".join(parts).encode())])

    def rows(self, a: str, b: str) -> list[Row]:
        """Return one row a measure.

        Raises
        ------
        DesignError
            If the method that was asked for is one that the design cannot carry.
        """
        design, articles, note = self._choose(a, b)
        compared = np.zeros(len(self.design.groups), bool)
        compared[np.concatenate(list(articles.values()))] = True
        m = self._common_length(compared)
        values = self.values(m)
        blank = dict.fromkeys(COLUMNS, np.nan) | {"a": a, "b": b, "design": design} | dict.fromkeys(_WORDS, "")
        rows = [blank | {"measure": name, "bound": self.claims.bound(name)} for name in self.analysis.measures]
        notes: list[list[str]] = [[] if self.design.events_known else ["events unknown"] for _ in rows]
        for own, (name, measure) in zip(notes, self.analysis.measures.items(), strict=True):
            if name == HOLDERS:
                own.append(
                    f"expected in {m} sentences, as many as the shortest text of {FEWEST_SENTENCES} or more has "
                    "(rarefaction)"
                    if m
                    else f"no text of {FEWEST_SENTENCES} sentences or more"
                )
            elif measure.kind == "count":
                own.append(GROWS)
            own += [note] if note else []
        one_each = self._usable(a) == self._usable(b) == 1
        if design == PAIRED:
            self._paired(rows, notes, a, b, m)
        elif design == INDEPENDENT and not one_each:
            self._independent(rows, notes, values, articles[a], articles[b])
        else:
            self._refuse(a, b, 1 if design in (SINGLE, ONE_EVENT) else 0)
            fill = {NO_SHARED: self._descriptive, ONE_EVENT: self._one_event}.get(design, self._single)
            fill(rows, notes, values, articles[a], articles[b])
        for row, own, measure in zip(rows, notes, self.analysis.measures.values(), strict=True):
            row["ci_low"], row["ci_high"] = _within_range(row["ci_low"], row["ci_high"], measure.kind)
            row["note"] = "; ".join(own)
            if GROWS in own:
                row |= dict.fromkeys(_TESTED, np.nan) | {"method": "", "effect_name": ""}
        return rows

    def _usable(self, kind: str) -> int:
        """Return the number of articles of a kind that could be scored at all."""
        return int(np.sum((self.design.groups == kind) & self._scored))

    def _choose(self, a: str, b: str) -> tuple[str, dict[str, NDArray[np.int64]], str]:
        """Choose what the articles of two kinds can carry; articles without any score do not count."""
        events, groups = self.design.events, self.design.groups
        articles = {kind: np.flatnonzero(groups == kind) for kind in (a, b)}
        if not self.design.events_known:
            return INDEPENDENT, articles, ""
        shared = [
            e
            for e in self.design.shared_events(a, b)
            if all(np.any((events == e) & (groups == k) & self._scored) for k in (a, b))
        ]
        if len(shared) > 1:
            names = set(shared)
            inside = np.array([e in names for e in events], bool)
            return PAIRED, {kind: rows[inside[rows]] for kind, rows in articles.items()}, ""
        if len(shared) == 1:
            inside = events == shared[0]
            lone = all(np.sum(inside & (groups == k) & self._scored) == 1 for k in (a, b))
            articles = {kind: rows[inside[rows]] for kind, rows in articles.items()}
            return (SINGLE if lone else ONE_EVENT), articles, ""
        if self._usable(a) == self._usable(b) == 1:
            return SINGLE, articles, "the two texts share no known event"
        return NO_SHARED, articles, "no event has both kinds: a difference of means without interval or test"

    def _refuse(self, a: str, b: str, n_events: int) -> None:
        """Refuse a method that so many events with both kinds cannot carry."""
        method = self.claims.method
        if method is None:
            return
        if method == "welch":
            raise DesignError(
                "method 'welch' is refused: the texts have events, and Welch takes texts on one event for independent; "
                "ask for 't', or leave the events out."
            )
        least = MIN_EVENTS[method]
        if n_events < least:
            raise DesignError(
                f"method {method!r} is refused for {a} against {b}: it needs {least} or more events with both kinds, "
                f"there {'is' if n_events == 1 else 'are'} {n_events}."
            )

    # ------------------------------------------------------------ events with both kinds

    def _paired(self, rows: list[Row], notes: list[list[str]], a: str, b: str, m: int) -> None:
        """Contrast event means: t interval, exact or Monte Carlo sign flips, Hedges g_z, Cliff's delta."""
        events = self._events_of(a, b, m)
        d, n_texts = events.differences(a, b), events.texts(a, b)
        inside = np.isfinite(d).any(axis=1)
        self._refuse(a, b, int(inside.sum()))
        d, n_texts = d[inside], n_texts[inside]
        weights = None if self.claims.weights == "equal" else n_texts.max(axis=1).astype(float)
        method = self.claims.method if self.claims.method not in (None, "mixed") else paired.DEFAULT
        low, high, found = paired.intervals(d, method, self.rng(a, b, method), weights)
        method += " interval, sign flips"
        p = paired.sign_flips(d, self.rng(a, b), N_RESAMPLES, weights)
        both = [events.mean[inside][:, side] for side in (0, 1)]
        counts = [events.n[inside][:, side] for side in (0, 1)]
        shared = len(self.design.shared_events(a, b))
        bounds = np.array([row["bound"] for row in rows])
        skewed = np.abs(paired.skewness(d)) > SKEWED
        equivalence = tost_p(found.mean, found.error, found.n - 1, bounds)
        for i, (row, own) in enumerate(zip(rows, notes, strict=True)):
            known = np.isfinite(d[:, i])
            n = int(found.n[i])
            row["n_events"] = n
            row["n_a"], row["n_b"] = (int(c[known, i].sum()) for c in counts)
            if not n:
                own.append("no event has the measure in both kinds")
                continue
            w = np.ones(n) if weights is None else weights[known]
            row["mean_a"], row["mean_b"] = (float(np.average(x[known, i], weights=w)) for x in both)
            row["difference"] = row["mean_a"] - row["mean_b"]
            if n < shared:
                own.append(f"missing in {shared - n} of {shared} events")
            if n < 2:
                own.append("one event: no interval and no p about kinds")
                continue
            row |= {"ci_low": low[i], "ci_high": high[i], "p": p[i], "method": method, "p_equivalence": equivalence[i]}
            _effects(row, d[known, i])
            if not np.isfinite(found.error[i]):
                own.append("equal differences in all events: no interval")
            elif skewed[i] and n >= MIN_EVENTS["bootstrap-t"] and self.claims.method in (None, "t"):
                own.append("skewed event differences: the t interval may cover less than 95 %, see bootstrap-t")
            if n < MARKED_FROM:
                least = paired.smallest_p(n)
                own.append(f"{n} events: smallest possible p {least:.3g}; the t interval rests on its assumptions")
        if self.claims.method == "mixed":
            shared = [np.array(events.events, object)[np.isfinite(column)] for column in events.differences(a, b).T]
            self._mixed(rows, notes, self.values(m), shared, a, b)

    def _mixed(
        self, rows: list[Row], notes: list[list[str]], values: pd.DataFrame, shared: list[NDArray[np.object_]],
        a: str, b: str,
    ) -> None:  # fmt: skip
        """Fit a mixed model of each measure to the events with both kinds: means and n of a row are of these too."""
        groups, events = self.design.groups, self.design.events
        sources = np.array([article.source or "" for article in self.analysis.corpus], object)
        for row, own, of_both in zip(rows, notes, shared, strict=True):
            x = values[row["measure"]].to_numpy(float)
            inside = set(of_both)
            mine = np.isfinite(x) & ((groups == a) | (groups == b)) & np.array([e in inside for e in events], bool)
            if row["n_events"] < MIN_EVENTS["mixed"]:
                own.append("fewer than 20 events with the measure: t interval instead of the mixed model")
                continue
            difference, error, p, df = mixed_difference(x[mine], groups[mine] == a, events[mine], sources[mine])
            if not np.isfinite(error):
                own.append("the mixed model did not converge: t interval instead")
                continue
            half = _t(df) * error
            row |= {"difference": difference, "ci_low": difference - half, "ci_high": difference + half, "p": p}
            row["p_equivalence"] = float(tost_p(difference, error, df, row["bound"]))
            several = " (1 | source)" if len(set(sources[mine])) > 1 else ""
            row["method"] = f"mixed model (1 | event){several}, t"
            if not np.isclose(difference, row["mean_a"] - row["mean_b"], rtol=1e-3, atol=1e-6):
                own.append("difference as the model weighs the texts; means over events")

    # ------------------------------------------------------------ everything else

    def _means(self, row: Row, notes: list[str], x: NDArray[np.float64], y: NDArray[np.float64]) -> bool:
        row |= {"n_a": len(x), "n_b": len(y)}
        row["mean_a"] = x.mean() if len(x) else np.nan
        row["mean_b"] = y.mean() if len(y) else np.nan
        row["difference"] = row["mean_a"] - row["mean_b"]
        missing = [row[k] for k, v in (("a", x), ("b", y)) if not len(v)]
        if missing:
            notes.append(f"missing in {', '.join(missing)}")
        return not missing

    def _descriptive(self, rows, notes, values, articles_a, articles_b) -> None:
        for row, own in zip(rows, notes, strict=True):
            self._means(row, own, *(_known(values, row, articles) for articles in (articles_a, articles_b)))

    def _one_event(self, rows, notes, values, articles_a, articles_b) -> None:
        self._descriptive(rows, notes, values, articles_a, articles_b)
        for row, own in zip(rows, notes, strict=True):
            row["n_events"] = int(np.isfinite(row["difference"]))
            own.append("one event: no interval and no p about kinds")

    def _independent(self, rows, notes, values, articles_a, articles_b) -> None:
        """Contrast texts whose events are unknown: see `framing.comparing.independent`."""
        if self.claims.method not in (None, "welch"):
            raise DesignError(
                f"method {self.claims.method!r} is refused: it works on events, and the texts have none; "
                "give an event column with --event, or ask for 'welch'."
            )
        by_text = [sorted(own, key=lambda i: self.analysis.corpus[i].sha256) for own in (articles_a, articles_b)]
        articles = np.concatenate(by_text)  # so that no draw hangs on the order of the articles
        first = np.arange(len(articles)) < len(articles_a)
        tested = label_test(values.to_numpy(float)[articles], first, N_RESAMPLES, self.rng(rows[0]["a"], rows[0]["b"]))
        for row, own, test in zip(rows, notes, tested, strict=True):
            x, y = (_known(values, row, articles) for articles in (articles_a, articles_b))
            if not self._means(row, own, x, y):
                continue
            if min(len(x), len(y)) < 2:
                own.append("fewer than two texts of a kind: no interval and no p about kinds")
                continue
            found = contrast(x, y, test, row["bound"], self.claims.method == "welch", (row["a"], row["b"]))
            row |= found.columns
            own += found.notes
            row["effect"], row["effect_name"] = hedges_g(x, y), "hedges_g"
            per = np.sqrt(len(x) * len(y) / (len(x) + len(y)))
            row["effect_low"], row["effect_high"] = g_interval(row["effect"], len(x) + len(y) - 2, per)
            row["cliffs_delta"], row["cliffs_low"], row["cliffs_high"] = cliffs_delta(x, y)

    def _single(self, rows, notes, values, articles_a, articles_b) -> None:
        """Say what can be said of two texts: intervals and a permutation over their own sentences."""
        for row, own in zip(rows, notes, strict=True):
            sides = [articles[np.isfinite(_of(values, row, articles))] for articles in (articles_a, articles_b)]
            both = self._means(row, own, *(_of(values, row, articles) for articles in sides))
            row["n_events"] = int(both) if self.design.events_known else np.nan
            if both:
                self._two_texts(row, own, *(int(articles[0]) for articles in sides))

    def _two_texts(self, row: Row, own: list[str], a: int, b: int) -> None:
        name = row["measure"]
        measure = self.analysis.measures[name]
        own.append("these two texts only, no claim about kinds")
        if measure.kind == "count":
            return  # no sentence shows how a count would vary
        if measure.kind == "share":
            (row["ci_low"], row["ci_high"]), row["effect"], row["method"] = self._texts.share_interval(
                name, measure, a, b
            )
            row["effect_name"] = "cohen_h"
        else:
            (row["ci_low"], row["ci_high"]), row["method"] = self._texts.interval(name, measure, a, b)
        own.append(row["method"])
        row["p_texts"] = self._texts.p(name, measure, a, b)


_TESTED = (
    "ci_low", "ci_high", "effect", "effect_low", "effect_high", "cliffs_delta", "cliffs_low", "cliffs_high", "p",
    "p_texts", "p_equivalence",
)  # fmt: skip
_WORDS = ("measure", "effect_name", "family", "verdict", "method", "note")


def _of(values: pd.DataFrame, row: Row, articles: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the values of the measure of a row in some articles."""
    return values[row["measure"]].to_numpy(float)[articles]


def _known(values: pd.DataFrame, row: Row, articles: NDArray[np.int64]) -> NDArray[np.float64]:
    found = _of(values, row, articles)
    return found[np.isfinite(found)]


def _t(df: float) -> float:
    from scipy import stats

    return float(stats.t.ppf(0.975, df)) if np.isfinite(df) else np.nan


def _effects(row: Row, d: NDArray[np.float64]) -> None:
    """Add standardised effects of event differences."""
    row["effect"], row["effect_name"] = hedges_gz(d), "hedges_gz"
    row["effect_low"], row["effect_high"] = g_interval(row["effect"], len(d) - 1, np.sqrt(len(d)))
    row["cliffs_delta"], row["cliffs_low"], row["cliffs_high"] = paired_dominance(d)


def _within_range(low: float, high: float, kind: str) -> tuple[float, float]:
    """Cut an interval to the differences that the measure's scale allows; this loses no coverage."""
    bound = {"share": 1.0, "balance": 2.0}.get(kind, np.inf)
    return max(low, -bound), min(high, bound)
