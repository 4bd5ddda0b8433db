"""The stance matrix: who, in whose voice, is for or against whom, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.codebook import Codebook, load_codebook
from framing.errors import FramingError, bad_value, unknown_name
from framing.extractors.base import scorable
from framing.extractors.stance import UNSURE, Stance
from framing.inputs import as_corpus
from framing.own_targets import own_targets
from framing.stances.holding import holder_of
from framing.stances.polarity import ABSTAINED, rules
from framing.stances.text import clauses
from framing.tokens import Tokens, tokenize
from framing.voice import VOICES, voices
from framing.voice.holders import relayed

CLAUSE_COLUMNS = (
    "article", "kind", "event", "source", "target", "sentence", "start", "end", "text", "polarity", "rule", "inherited",
    "voice", "relay", "holder", "holder_type",
)  # fmt: skip
"""Columns of `StanceTable.clauses`."""

GROUPS = ("kind", "event", "source", "voice", "holder", "holder_type", "article")
"""What `StanceTable.matrix` can group by."""


@dataclass(frozen=True)
class StanceTable:
    """Stance toward some targets: one row a clause, and what follows from the clauses.

    Attributes
    ----------
    clauses
        One row a clause about a target: `CLAUSE_COLUMNS`. ``polarity`` is 1, 0 or -1, and missing where the cues
        of the clause cancel, so that the rules abstain. ``relay`` marks a clause of a sentence without attributed
        words that probably still relays a source.
    ids
        The articles, those that name no target included.
    targets
        The targets, in order.
    problems
        The texts that could not be read for stance, by id, and why.
    """

    clauses: pd.DataFrame
    ids: tuple[str, ...]
    targets: tuple[str, ...]
    problems: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def articles(self) -> pd.DataFrame:
        """One row an article and target, see `summary`; ``stance`` is missing where the target is never named.

        ``author_low`` and ``author_high`` are the range of the author's own stance over the two readings of
        clauses that probably relay a source: as the author's words, and as the source's.
        """
        table = summary(self.clauses, ["article", "target"])
        index = pd.MultiIndex.from_product([self.ids, self.targets], names=["article", "target"])
        table = table.set_index(["article", "target"]).reindex(index)
        counts = ["n", "positive", "negative", "neutral"]
        table[counts] = table[counts].fillna(0).astype(int)
        table = table.drop(columns="n_articles")
        for voice in VOICES:
            own = summary(self.clauses[self.clauses["voice"] == voice], ["article", "target"])
            table[voice] = own.set_index(["article", "target"])["stance"].reindex(index)
        own = self.clauses[(self.clauses["voice"] == "author") & ~self.clauses["relay"]]
        without = summary(own, ["article", "target"]).set_index(["article", "target"])["stance"].reindex(index)
        both = np.stack([table["author"].to_numpy(float), without.to_numpy(float)])
        table["author_low"], table["author_high"] = np.fmin(*both), np.fmax(*both)
        return table.reset_index()

    def matrix(self, by: Sequence[str] = ("kind", "voice", "holder_type")) -> pd.DataFrame:
        """Return stance by groups and target, over the clauses of each group; see `summary`.

        Parameters
        ----------
        by
            Columns to group by, of `GROUPS`.

        Raises
        ------
        FramingError
            If there is no such column.
        """
        return summary(self.clauses, [*known_groups(by, GROUPS), "target"])

    def __repr__(self) -> str:
        return f"<StanceTable: {len(self.clauses)} clauses on {', '.join(self.targets)} in {len(self.ids)} articles>"

    def _repr_html_(self) -> str:
        return self.matrix().to_html(float_format="{:.2f}".format, na_rep="–", index=False)


def known_groups(by: str | Sequence[str], groups: Sequence[str]) -> list[str]:
    """Return the columns to group by, one given as a text included and each once.

    Raises
    ------
    FramingError
        If one of them is none of `groups`.
    """
    chosen = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    for name in chosen:
        if name not in groups:
            raise FramingError(unknown_name("group", name, groups))
    return chosen


def summary(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return what the clauses of each group say of its target.

    Parameters
    ----------
    table
        Clauses, as in `StanceTable.clauses`.
    by
        Columns that make the groups; rows without a label in one of them make a group of their own.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order of the labels: ``stance`` = (P - N) / (P + N + U) in [-1, 1], where P, N and U
        (``positive``, ``negative``, ``neutral``) count clauses for, against and without evaluation; ``n`` = P + N + U;
        ``log_ratio`` = ln((P + .5) / (N + .5)) (Lowe, Benoit, Mikhaylov and Laver 2011, Legislative Studies
        Quarterly 36); ``abstained`` = the share of all clauses whose cues cancel; ``n_articles``.
    """
    polarity = table["polarity"].to_numpy(float)
    counts = table[list(by)].assign(
        positive=polarity > 0, negative=polarity < 0, neutral=polarity == 0, silent=np.isnan(polarity),
        id=table["article"],
    )  # fmt: skip
    grouped = counts.groupby(list(by), dropna=False, observed=True, sort=True)
    found = grouped[["positive", "negative", "neutral", "silent"]].sum().astype(int)
    p, n, u, silent = (found[c].to_numpy(float) for c in found)
    total = p + n + u
    with np.errstate(divide="ignore", invalid="ignore"):
        found.insert(0, "stance", (p - n) / total)
        found["abstained"] = silent / (total + silent)
    found.insert(1, "n", total.astype(int))
    found["log_ratio"] = np.where(total > 0, np.log((p + 0.5) / (n + 0.5)), np.nan)
    found["n_articles"] = grouped["id"].nunique()
    return found.drop(columns="silent").reset_index()


def stance(
    texts: Any,
    targets: Mapping[str, str | Sequence[str]] | Sequence[str] | None = None,
    *,
    codebook: str | Path | Codebook | None = None,
    reach: str = "clause",
    inherited: bool = True,
    model: str | Path | None = None,
    certainty: float = UNSURE,
) -> StanceTable:
    """Say who is for or against some targets, in whose voice.

    Parameters
    ----------
    texts
        A text, texts, a `framing.Corpus`, a frame with a column ``text``, or the path of a corpus.
    targets
        Names, or names with the aliases that stand for them: ``{"the bank": ["World Bank", "IBRD"]}``. Aliases with
        a capital match capitals only, so that "us" is not the US. The name of a state stands for all its
        names. Not given: the targets of the codebook.
    codebook
        Name, path or `framing.Codebook` whose cues count.
    reach
        ``"clause"``: what is done or said to the target decides. ``"sentence"``: where that is silent, the tone of
        the sentence decides as well, which is meant for general news about persons and parties.
    inherited
        Whether a target carried over from the sentence before counts.
    model, certainty
        Path of a model that ``framing train stance`` wrote, which then reads the clauses instead of the rules. It
        abstains where the probability of its answer leads that of the next by less than `certainty`, in [0, 1];
        the command prints how many answers each value leaves and how many of them are wrong.

    Returns
    -------
    StanceTable

    Raises
    ------
    FramingError
        If an argument is not usable.

    Examples
    --------
    >>> found = stance("Critics condemned the bank. The mayor hailed the bank.", targets={"bank": ["bank"]})
    >>> found.clauses[["holder", "polarity", "rule"]].values.tolist()
    [['author', -1.0, 'blame: “condemned”'], ['author', 1.0, 'praise: “hailed”']]
    """
    book = load_codebook(codebook)
    if targets is not None:
        if isinstance(targets, Sized) and not len(targets):
            raise FramingError(
                bad_value("targets", "one name or more", targets, "Leave it out for the codebook's own.")
            )
        book = replace(book, targets=own_targets(targets), themes={})
    corpus = as_corpus(texts)
    return stance_of(tokenize(corpus), Stance(book, inherited, reach, model, certainty))


def stance_of(tokens: Tokens, extractor: Stance) -> StanceTable:
    """Return the clauses that an extractor finds in some tokens, with their holders."""
    text = clauses(tokens)
    ok, problems = scorable(tokens, load_codebook(extractor.codebook).language)
    relay = relayed(tokens)
    pieces = []
    for name, units in extractor.clauses(tokens).items():
        article = text.article_of[units.clause]
        keep = ok[article]
        units = type(units)(*(part[keep] for part in units))
        article, sentence = article[keep], text.sentence_of[units.clause]
        start = tokens.start[text.bounds[units.clause]]
        end = tokens.end[text.bounds[units.clause + 1] - 1]
        holder = holder_of(tokens, units.place)
        of = [tokens.articles[i] for i in article.tolist()]
        pieces.append(
            pd.DataFrame({
                "article": [a.id for a in of],
                "kind": [a.kind for a in of],
                "event": [a.event for a in of],
                "source": [a.source for a in of],
                "target": name,
                "sentence": tokens.sentence_number[sentence],
                "start": start,
                "end": end,
                "text": [a.text[s:e] for a, s, e in zip(of, start.tolist(), end.tolist(), strict=True)],
                "polarity": np.where(units.rule == ABSTAINED, np.nan, units.polarity),
                "rule": rules(tokens, units),
                "inherited": units.inherited,
                "voice": [VOICES[v] for v in voices(tokens)[units.place]],
                "relay": relay[sentence],
                "holder": [h.name for h in holder],
                "holder_type": [h.type for h in holder],
            }, columns=list(CLAUSE_COLUMNS))
        )  # fmt: skip
    table = pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=list(CLAUSE_COLUMNS))
    names = tuple(load_codebook(extractor.codebook).targets)
    return StanceTable(table, tuple(a.id for a in tokens.articles), names, unread(tokens, problems))


def unread(tokens: Tokens, problems: Sequence[str]) -> dict[str, str]:
    """Return the texts that cannot be scored, by id, and why."""
    return {article.id: problem for article, problem in zip(tokens.articles, problems, strict=True) if problem}
