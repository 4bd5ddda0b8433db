"""Who is for or against whom: the stance between parties that a sentence names together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import share
from framing.codebook import load_codebook
from framing.errors import FramingError, bad_value
from framing.extractors.base import scorable
from framing.extractors.stance import UNSURE
from framing.hits import Hits
from framing.inputs import as_corpus
from framing.matrix import known_groups, summary, unread
from framing.own_targets import own_targets
from framing.stances.attitudes import weighed
from framing.stances.mentions import Aliases
from framing.stances.modelled import MODEL
from framing.stances.named_pairs import NamedPairs, placed, polarity
from framing.stances.tone import SIGNS
from framing.stances.trained import model_for
from framing.tokens import Tokens, tokenize
from framing.voice import VOICES, majority, voices
from framing.voice.holders import relayed

SENTENCE_COLUMNS = (
    "article", "kind", "event", "source", "sentence", "start", "end", "text", "voice", "relay", "holder", "target",
    "polarity", "undirected", "because",
)  # fmt: skip
"""Columns of `PartyTable.sentences`."""

STRENGTH_COLUMNS = (
    "row",
    "name",
    "first_for_second",
    "second_for_first",
    "first_against_second",
    "second_against_first",
)
"""Columns of `PartyTable.strengths`."""

GROUPS = ("kind", "event", "source", "voice", "article")
"""What `PartyTable.matrix` can group by."""

_SHOWN = 3  # cues named in ``because``
_OF_CUE = re.compile(rf".+: (?:{'|'.join(SIGNS)})\b")  # "condemn*: negative" in "condemn*: negative between, object"
_FORTH = (1, 3)  # labels of an attitude of the party named first


@dataclass(frozen=True)
class PartyTable:
    """Stance between parties: one row a sentence and two parties that it names.

    Attributes
    ----------
    sentences
        `SENTENCE_COLUMNS`. ``polarity`` is 1 where the holder is for the target, -1 where it is against it, and 0
        where the sentence takes no side; then the holder is the party named first. It is missing where a model
        abstains. ``undirected`` is 1, 0 or -1 for goodwill, neither or ill will between the two, whoever holds it:
        that is easier to tell and is decided by itself, so it may differ. ``voice`` is that of most words of the
        sentence. ``because`` names the cues that count most.
    strengths
        `STRENGTH_COLUMNS`: what each cue and its place add to the values of the four possible attitudes, the
        parties in the order of the text; ``row`` is the row of `sentences`. The sums decide, each against its
        threshold (see `framing.stances.attitudes`); those for and those against together decide ``undirected``.
        Empty where a model read the sentences.
    parties
        The parties, in order.
    problems
        The texts that could not be read, by id, and why.
    """

    sentences: pd.DataFrame
    strengths: pd.DataFrame
    parties: tuple[str, ...]
    problems: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _both_ways(self) -> pd.DataFrame:
        """Each row in both directions: an attitude of one party is none of the other."""
        own = self.sentences
        back = own.assign(holder=own["target"], target=own["holder"], polarity=own["polarity"] * 0.0)
        return pd.concat([own, back], ignore_index=True)

    def matrix(self, by: Sequence[str] = ("kind",)) -> pd.DataFrame:
        """Return the stance of each party toward each other one, by groups.

        Parameters
        ----------
        by
            Columns to group by, of `GROUPS`.

        Returns
        -------
        pandas.DataFrame
            One row a group, holder and target that a sentence names together, as `framing.matrix.summary` counts
            clauses: ``stance`` in [-1, 1] is the number of sentences in which the holder is for the target less those
            in which it is against it, over all ``n`` sentences that name both.

        Raises
        ------
        FramingError
            If there is no such column.
        """
        return summary(self._both_ways, [*known_groups(by, GROUPS), "holder", "target"])

    def __repr__(self) -> str:
        return f"<PartyTable: {len(self.sentences)} pairs in sentences on {', '.join(self.parties)}>"

    def _repr_html_(self) -> str:
        return self.matrix().to_html(float_format="{:.2f}".format, na_rep="–", index=False)


class _Pair(NamedTuple):
    """Two parties of a sentence, and their words, in the order of the text."""

    sentence: int
    names: tuple[str, str]
    words: tuple[tuple[int, int], tuple[int, int]]


class _Read(NamedTuple):
    """What was read of each pair: label as in `NamedPairs`, sign, the reason, and the table of strengths."""

    label: NDArray[np.float64]
    sign: NDArray[np.float64]
    because: list[str]
    strengths: pd.DataFrame


def stance_between(
    texts: Any,
    parties: Mapping[str, str | Sequence[str]] | Sequence[str],
    *,
    model: str | Path | None = None,
    certainty: float = UNSURE,
) -> PartyTable:
    """Say which parties are for or against which others, sentence by sentence.

    Parameters
    ----------
    texts
        A text, texts, a `framing.Corpus`, a frame with a column ``text``, or the path of a corpus.
    parties
        Two names or more, or names with the aliases that stand for them, as for `framing.stance`.
    model, certainty
        Path of a model that ``framing train stance`` learned from labelled pairs, which then reads the sentences
        instead of the rules. It abstains where the probability of its answer leads that of the next by less than
        `certainty`, in [0, 1]; the command prints how many answers each value leaves and how many are wrong.

    Returns
    -------
    PartyTable

    Raises
    ------
    FramingError
        If an argument is not usable.

    Notes
    -----
    Made for news: only what one sentence says of two parties that it names counts, and of several mentions the two
    nearest to each other. Which of the two holds the attitude is hard to tell; the README says how often it is right.

    Examples
    --------
    >>> found = stance_between("Norway condemned Russia. Norway met Russia.", ["Norway", "Russia"])
    >>> found.sentences[["holder", "target", "polarity"]].values.tolist()
    [['Norway', 'Russia', -1.0], ['Norway', 'Russia', 0.0]]
    """
    targets = own_targets(parties, "parties")
    if len(targets) < 2:
        raise FramingError(bad_value("parties", "two names or more", list(targets)))
    book = replace(load_codebook(None), targets=targets, themes={})
    tokens = tokenize(as_corpus(texts))
    ok, problems = scorable(tokens, book.language)
    pairs = _pairs_of(tokens, Aliases(book).find(tokens), ok)
    label, sign = np.zeros(len(pairs)), np.zeros(len(pairs))
    because = [""] * len(pairs)
    strengths = pd.DataFrame(columns=list(STRENGTH_COLUMNS))
    if pairs:
        named, rows = _named(tokens, pairs)
        read = _by_rules(named, rows) if model is None else _by_model(named, model, share("certainty", certainty))
        label[rows], sign[rows] = read.label, read.sign
        strengths = read.strengths
        for row, reason in zip(rows.tolist(), read.because, strict=True):
            because[row] = reason
    return PartyTable(
        _sentences(tokens, pairs, label, sign, because), strengths, tuple(targets), unread(tokens, problems)
    )


def _pairs_of(tokens: Tokens, mentions: Mapping[str, Hits], ok: NDArray[np.bool_]) -> list[_Pair]:
    """Return each two parties that a sentence names, by their nearest mentions, in the order of the text."""
    named: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for name, hits in mentions.items():
        hits = hits[ok[tokens.article[hits.first]]]
        for sentence, first, last in zip(
            tokens.sentence[hits.first].tolist(), hits.first.tolist(), hits.last.tolist(), strict=True
        ):
            named.setdefault(sentence, {}).setdefault(name, []).append((first, last))
    found = []
    for sentence in sorted(named):
        for one, other in combinations(named[sentence], 2):
            near = min(
                (
                    (max(a[0], b[0]) - min(a[1], b[1]), a, b)
                    for a in named[sentence][one]
                    for b in named[sentence][other]
                    if a[1] < b[0] or b[1] < a[0]
                ),
                default=None,
            )
            if near is not None:
                (name, words), (later, later_words) = sorted(((one, near[1]), (other, near[2])), key=lambda p: p[1])
                found.append(_Pair(sentence, (name, later), (words, later_words)))
    return found


def _named(tokens: Tokens, pairs: Sequence[_Pair]) -> tuple[NamedPairs, NDArray[np.int64]]:
    spans = [
        [
            (int(tokens.start[first] - tokens.sentence_start[s]), int(tokens.end[last] - tokens.sentence_start[s]))
            for first, last in words
        ]
        for s, _, words in pairs
    ]
    return placed([tokens.text_of(pair.sentence) for pair in pairs], spans, [0] * len(pairs))


def _by_rules(named: NamedPairs, rows: NDArray[np.int64]) -> _Read:
    label, sign, parts = weighed(named)
    because, table = [], []
    for row, way, part in zip(rows.tolist(), label.tolist(), parts, strict=True):
        table += [(row, name, *strength.tolist()) for name, strength in part.items()]
        because.append(_reason(part, way) if way else "")
    return _Read(label.astype(float), sign.astype(float), because, pd.DataFrame(table, columns=list(STRENGTH_COLUMNS)))


def _reason(part: Mapping[str, NDArray[np.float64]], way: int) -> str:
    """Return the cues that add most to the values of an attitude, for or against in either direction."""
    values = slice(0, 2) if way in (1, 2) else slice(2, 4)
    of_cue: dict[str, float] = {}
    for name, strength in part.items():
        if cue := _OF_CUE.match(name):
            of_cue[cue[0]] = of_cue.get(cue[0], 0.0) + float(strength[values].sum())
    loudest = sorted((cue for cue, value in of_cue.items() if value > 0), key=lambda cue: (-of_cue[cue], cue))
    return "; ".join(loudest[:_SHOWN]) or "tone"


def _by_model(named: NamedPairs, path: str | Path, certainty: float) -> _Read:
    learned = model_for("pair", path)
    answers = learned.answers(named)
    label = np.where(answers.confidence < certainty, np.nan, answers.label)
    sign = np.where(np.isnan(label), np.nan, polarity(np.nan_to_num(label).astype(np.int64)))
    return _Read(label, sign, [MODEL] * len(label), pd.DataFrame(columns=list(STRENGTH_COLUMNS)))


def _sentences(
    tokens: Tokens, pairs: Sequence[_Pair], label: NDArray[np.float64], undirected: NDArray[np.float64],
    because: list[str],
) -> pd.DataFrame:  # fmt: skip
    sentence = np.array([pair.sentence for pair in pairs], np.int64)
    of = [tokens.articles[i] for i in tokens.sentence_article[sentence].tolist()]
    forth = np.isin(label, _FORTH) | (label == 0) | np.isnan(label)
    sign = np.where(np.isnan(label) | (label == 0), label, np.where(label <= 2, 1.0, -1.0))
    voice = majority(voices(tokens), tokens.sentence_bounds)
    names = [pair.names if way else pair.names[::-1] for pair, way in zip(pairs, forth.tolist(), strict=True)]
    return pd.DataFrame({
        "article": [a.id for a in of],
        "kind": [a.kind for a in of],
        "event": [a.event for a in of],
        "source": [a.source for a in of],
        "sentence": tokens.sentence_number[sentence],
        "start": tokens.sentence_start[sentence],
        "end": tokens.sentence_end[sentence],
        "text": [tokens.text_of(s) for s in sentence.tolist()],
        "voice": [VOICES[v] for v in voice[sentence]],
        "relay": relayed(tokens)[sentence],
        "holder": [name for name, _ in names],
        "target": [name for _, name in names],
        "polarity": sign,
        "undirected": undirected,
        "because": because,
    }, columns=list(SENTENCE_COLUMNS))  # fmt: skip
