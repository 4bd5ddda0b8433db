"""The design of a comparison: which kinds and events the articles have, and what they can carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from framing.arguments import check_column, text_of
from framing.corpus import KINDS, Corpus
from framing.errors import DesignError, counted, listed

PAIRED, INDEPENDENT, SINGLE = "paired by event", "independent texts", "one text a kind"
ONE_EVENT, NO_SHARED = "one event", "no shared event"
MARKED_FROM = 6
"""Below so many events (or, without events, texts of a kind) nothing is marked as significant."""


@dataclass(frozen=True)
class Design:
    """Labels and events of the articles of a corpus.

    Attributes
    ----------
    corpus
        The articles.
    by, event
        The columns of labels and of events.
    groups, events
        The label and the event of each article, ``None`` where unknown.
    left_out
        Articles whose label is none of those that shall be compared; their group is ``None``.
    """

    corpus: Corpus
    by: str
    event: str
    groups: np.ndarray
    events: np.ndarray
    left_out: tuple[str, ...] = ()

    @classmethod
    def read(cls, corpus: Corpus, by: str, event: str, kinds: Sequence[str] | None = None) -> Design:
        """Read the design from a corpus.

        Parameters
        ----------
        corpus
            The articles.
        by, event
            The columns of labels and of events.
        kinds
            The labels to compare; all when not given.

        Raises
        ------
        DesignError
            If a column is unknown or `by` has fewer than two labels.
        """
        if not len(corpus):
            raise DesignError("nothing to compare: the corpus has no articles.")
        for column in (by, event):
            check_column("column", column, corpus, usual=("kind", "event"))  # these have a message of their own below
        groups, events = (np.array([text_of(a.value(c)) for a in corpus], dtype=object) for c in (by, event))
        other = np.array([g is not None and kinds is not None and g not in kinds for g in groups], bool)
        groups[other] = None
        left_out = tuple(a.id for a, out in zip(corpus, other, strict=True) if out)
        design = cls(corpus, by, event, groups, events, left_out)
        if len(design.kinds) < 2:
            raise DesignError(design._too_few())
        return design

    def _too_few(self) -> str:
        kinds = self.kinds
        has = f"the single label {kinds[0]!r}" if kinds else "no label"
        without = [a for a, g in zip(self.corpus, self.groups, strict=True) if g is None and a.id not in self.left_out]
        lost = [f"{a.id} ({a.problem})" if a.problem else a.id for a in without]
        note = f" Without a label: {some(lost)}." if kinds and lost else ""
        if not kinds and (unread := [f"{a.id} ({a.problem})" for a in without if a.problem]):
            note = f" Could not be read: {some(unread)}."
        return (
            f"nothing to compare: the column {self.by!r} has {has} in {counted(len(self.corpus), 'article')}; "
            f"give two or more labels, or another column with --by.{note}"
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The labels, in the order in which they are shown."""
        return ordered_kinds(self.groups.tolist())

    @property
    def events_known(self) -> bool:
        """Whether any article has an event."""
        return any(e is not None for e in self.events)

    def n(self, kind: str) -> int:
        """Return the number of articles of a kind."""
        return int(np.sum(self.groups == kind))

    def shared_events(self, a: str, b: str, scored: np.ndarray | None = None) -> list[str]:
        """Return the events with texts of both kinds, in the order of the corpus; with scored texts where told."""
        scored = np.ones(len(self.groups), bool) if scored is None else scored
        pairs = list(zip(self.groups[scored], self.events[scored], strict=True))
        have = {k: {e for g, e in pairs if g == k and e is not None} for k in (a, b)}
        return [e for e in dict.fromkeys(self.events) if e in have[a] and e in have[b]]

    def describe(self, scored: np.ndarray) -> str:
        """Say in words what the data are and what is done with them.

        Parameters
        ----------
        scored
            Whether each article could be scored at all; events count by the texts that could.
        """
        kinds = self.kinds
        counts = ", ".join(f"{self.n(k)} {k}{self._of_which(k, scored)}" for k in kinds)
        n_pairs = [len(self.shared_events(a, b, scored)) for a, b in combinations(kinds, 2)]
        if all(self.n(k) == 1 for k in kinds):
            where = "events unknown" if not self.events_known else "one event" if min(n_pairs) else "no shared event"
            return (
                f"one text a kind ({counts}; {where}). Row 'one text a kind': differences between these texts, with "
                "intervals over their own sentences and a shuffle of these; nothing is claimed about kinds, and there "
                f"is no mark of significance. {len(kinds)} texts can show how they themselves differ, sentence by "
                "sentence; they cannot show that their kinds differ, as another text of a kind might have come out "
                "otherwise: that takes several events."
            )
        if not self.events_known:
            return (
                f"independent texts ({counts}; events unknown). Row 'no events': Welch's t of the texts, with p and "
                "intervals from permuted labels; if texts report the same events, name their column, as they are then "
                "not independent."
            )
        low, high = min(n_pairs), max(n_pairs)
        n = str(low) if low == high else f"{low} to {high}"
        if high < 2:
            return (
                f"{n} shared event{'s' if n != '1' else ''} ({counts}). Row 'one event': differences of means only; "
                "intervals and tests about kinds need two or more shared events."
            )
        apart = sum(k == 0 for k in n_pairs)
        rest = f" {apart} of {len(n_pairs)} pairs share no event: plain differences of means, no test." if apart else ""
        rows = dict.fromkeys(row_of(k) for k in sorted({k for k in n_pairs if k > 1}))
        return f"paired by event ({counts}; {n} events with both kinds). {' '.join(rows)}{rest}"

    def _of_which(self, kind: str, scored: np.ndarray) -> str:
        n = int(np.sum((self.groups == kind) & scored))
        return "" if n == self.n(kind) else f" of which {n} can be scored"

    def estimand(self, scored: np.ndarray, weights: str = "equal") -> str:
        """Say what number the differences estimate, given which articles could be scored."""
        if not self.events_known:
            return "Estimand: mean of one kind's texts less mean of the other's, over the texts of each kind."
        if max(len(self.shared_events(a, b, scored)) for a, b in combinations(self.kinds, 2)) < 2:
            return "Estimand: the difference between the texts at hand; it is no estimate for other texts or events."
        how = "events weigh equally" if weights == "equal" else "events weigh by their number of texts"
        return (
            "Estimand: the mean over events of (mean of one kind's texts on the event less mean of the other's); "
            f"{how}. The event is the sampling unit, never the sentence."
        )

    def notes(self, features: pd.DataFrame) -> tuple[str, ...]:
        """Say what was left out and what is missing.

        Parameters
        ----------
        features
            As `framing.Analysis.features`.
        """
        ids = [a.id for a in self.corpus]
        notes = []
        out = set(self.left_out)
        if unlabelled := [i for i, g in zip(ids, self.groups, strict=True) if g is None and i not in out]:
            notes.append(f"Without {self.by!r} and so in no contrast: {some(unlabelled)}.")
        if self.left_out:
            notes.append(f"Of a kind that the plan does not name and so in no contrast: {some(self.left_out)}.")
        if self.events_known and (lost := [i for i, e in zip(ids, self.events, strict=True) if e is None]):
            notes.append(f"Without {self.event!r} and so in no paired contrast: {some(lost)}.")
        folded: dict[str, list[str]] = {}
        for kind in self.kinds:
            folded.setdefault(kind.casefold().strip(), []).append(kind)
        notes += [f"The labels {listed(map(repr, v))} differ only in case." for v in folded.values() if len(v) > 1]
        notes += self._twice()
        if bad := features.loc[features["problem"].notna(), "id"].tolist():
            notes.append(f"With missing scores or a warning (see the column problem): {some(bad)}.")
        notes += self._missing(features)
        return tuple(notes)

    def _twice(self) -> list[str]:
        """Name texts that stand under several kinds: they hide what differs."""
        same: dict[str, list[int]] = {}
        for i, article in enumerate(self.corpus):
            if self.groups[i] is not None and article.text.strip():
                same.setdefault(article.sha256, []).append(i)
        several = [own for own in same.values() if len({self.groups[i] for i in own}) > 1]
        if not several:
            return []
        named = [" = ".join(f"{self.corpus[i].id} ({self.groups[i]})" for i in own) for own in several]
        return [f"The same text under several kinds, and so in both sides of contrasts: {some(named)}."]

    def _missing(self, features: pd.DataFrame) -> list[str]:
        """Name, for each kind, the targets that none of its texts mentions."""
        stance = [c for c in features if c.startswith("stance__") and f"{c}_n" in features]
        notes = []
        for kind in self.kinds:
            own = features[self.groups == kind]
            scored = own[own.filter(regex="__").notna().any(axis=1)]
            if not len(scored):
                notes.append(f"No text of {kind} could be scored.")
                continue
            absent = [c.partition("__")[2] for c in stance if scored[c].isna().all()]
            if absent:
                notes.append(f"Stance missing in {kind}, not zero, because no text names it: {listed(absent)}.")
        return notes


def row_of(n_events: int) -> str:
    """Say what so many events with both kinds can carry, and what is therefore done."""
    if n_events < MARKED_FROM:
        return (
            "Row '2 to 5 events': mean of the within-event differences, exact sign flips with the smallest p they can "
            "give, and a t interval that rests on its assumptions; read the points, there are no marks of significance."
        )
    if n_events < 20:
        return (
            "Row '6 to 19 events': mean of the within-event differences, t interval over events, sign flips of events; "
            "a percentile bootstrap would not hold its level."
        )
    return (
        "Row '20 events or more': mean of the within-event differences, t interval over events, sign flips of events; "
        "a mixed model may be asked for as well (method 'mixed'). Least squares over articles is refused."
    )


def ordered_kinds(labels: Sequence[Any]) -> tuple[str, ...]:
    """Return distinct labels: the default design's in its order, then the others by alphabet."""
    found = {str(label) for label in labels if label is not None}
    return tuple([k for k in KINDS if k in found] + sorted(found.difference(KINDS)))


def some(names: Sequence[str]) -> str:
    """Return up to five names and how many more there are."""
    return listed(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
