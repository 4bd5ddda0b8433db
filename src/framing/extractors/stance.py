"""Stance: who is for or against each target, clause by clause, with a neutral default.

The unit is a clause that names the target. Directed acts, moves of a relation, the target's own acts
on others, what the target is said to be, and dealings with a policy decide its polarity, in this
order; a clause in which nothing is done or said to the target counts as 0. Adjectives that merely
stand near a target never count. A clause whose cues cancel is left out: the rules abstain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.arguments import share
from framing.codebook import Codebook, load_codebook
from framing.errors import FramingError, bad_value
from framing.extractors.base import EXTRACTORS, Columns, Extraction, Extractor, Measure, Score, scorable
from framing.hits import Hits
from framing.stances.cues import CueList, FoundCues
from framing.stances.inherited import inherit
from framing.stances.mentions import Aliases
from framing.stances.polarity import ABSTAINED, Units, judge, rules
from framing.stances.text import Clauses, clauses
from framing.stances.tone import widen
from framing.tokens import Tokens
from framing.voice import VOICES, voices

REACHES = ("clause", "sentence")
UNSURE = 0.15
"""Confidence below which a model abstains where nothing else is asked for."""
_PARTS = ("", *VOICES, "directed", "portrayal")


def balance(part: str = "") -> Score:
    """Return the score (P - N) / (P + N + U) of the clauses of one part, net tone over all mentions.

    It lies in [-1, 1]; above 0 is favourable; without a clause it is missing.
    """
    suffix = f"_{part}" if part else ""

    def score(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        return totals["polarity" + suffix] / totals["clauses" + suffix]

    return score


def count_clauses(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the number of target clauses."""
    return totals["clauses"]


@EXTRACTORS.register("stance")
class Stance(Extractor):
    """Stance toward each target of the codebook, over all and by voice.

    For a target ``T`` the columns are ``T`` (all clauses), ``T_author``, ``T_quoted``, ``T_paraphrased`` (clauses
    whose deciding word, or else whose first mention of the target, is in that voice), ``T_directed`` (without the
    clauses decided by the target's own acts), ``T_portrayal`` (these alone) and ``T_n`` (the number of clauses).
    Scores lie in [-1, 1], above 0 is favourable, and are missing without a clause.

    Parameters
    ----------
    codebook
        Name, path or `framing.Codebook`; ``None`` is the default codebook.
    inherited
        Whether a target carried over from the sentence before counts.
    reach
        ``"clause"``: the grammar of the clause decides. ``"sentence"``: where that is silent, so does the tone of
        the sentence, with strengths learned from general news (`framing.stances.tone`).
    model
        Path of a model that ``framing train stance`` wrote: it reads the clauses that name a target instead of the
        rules. Inherited targets stay with the rules.
    certainty
        The model abstains where the probability of its answer leads that of the next by less than this, in [0, 1].

    Examples
    --------
    >>> row = Stance().fit_transform(["Officials accused the United States of coercion."]).iloc[0]
    >>> row["united_states"].item(), row["united_states_n"].item()
    (-1.0, 1.0)
    """

    def __init__(
        self,
        codebook: str | Path | Codebook | None = None,
        inherited: bool = True,
        reach: str = "clause",
        model: str | Path | None = None,
        certainty: float = UNSURE,
    ):
        self.codebook = codebook
        self.inherited = inherited
        self.reach = reach
        self.model = model
        self.certainty = certainty

    def measures(self) -> tuple[Measure, ...]:
        """Return seven measures a target."""
        return tuple(m for name in load_codebook(self.codebook).targets for m in _target_measures(name))

    def extract(self, tokens: Tokens) -> Extraction:
        """Find all target clauses, their polarity and voice."""
        ok, problems = scorable(tokens, load_codebook(self.codebook).language)
        units, columns, spans, unit_of = {}, {}, [], {}
        for name, found in self.clauses(tokens).items():
            text = clauses(tokens)
            found = Units(*(part[ok[text.article_of[found.clause]]] for part in found))
            units[name] = _unit_table(tokens, text, found)
            columns[name] = _sentence_sign(units[name], tokens.n_sentences)
            spans.append(partial(_spans, units[name], partial(rules, tokens, found), name, len(tokens)))
            unit_of |= {m.name: name for m in _target_measures(name)}
        return Extraction(
            self.measures(), units, unit_of, dict.fromkeys(unit_of, ok), partial(_all_spans, spans), columns, problems
        )

    def clauses(self, tokens: Tokens) -> dict[str, Units]:
        """Return the clauses about each target with their polarity and rule, in text order.

        Raises
        ------
        FramingError
            If `reach` is neither ``"clause"`` nor ``"sentence"``, or `certainty` no number in [0, 1].
        """
        if self.reach not in REACHES:
            raise FramingError(bad_value("reach", " or ".join(map(repr, REACHES)), self.reach))
        book = load_codebook(self.codebook)
        certainty = share("certainty", self.certainty)
        text, finder = clauses(tokens), _finder(book)
        mentions = finder.aliases.find(tokens)
        cues = finder.cues_near(tokens, text, mentions)
        found = {}
        for name, target in book.targets.items():
            if self.model is not None:
                units = _by_model(tokens, text, mentions[name], self.model, certainty)
            else:
                units = judge(tokens, text, target, mentions[name], cues)
            if self.model is None and self.reach == "sentence":
                widen(tokens, text, mentions[name], units)
            if self.inherited:
                units = units.with_others(inherit(tokens, text, target, units, cues))
            found[name] = units
        return found


def _target_measures(name: str) -> list[Measure]:
    found = []
    for part in _PARTS:
        suffix = f"_{part}" if part else ""
        counts = ("polarity" + suffix, "clauses" + suffix)
        found.append(Measure(name + suffix, balance(part), counts, True, "balance"))
    return [*found, Measure(f"{name}_n", count_clauses, ("clauses",), True, "count")]


def _unit_table(tokens: Tokens, text: Clauses, found: Units) -> Columns:
    clause = found.clause
    table: dict[str, NDArray[np.generic]] = {
        "article": text.article_of[clause],
        "sentence": text.sentence_of[clause],
        "start": tokens.start[text.bounds[clause]],
        "end": tokens.end[text.bounds[clause + 1] - 1],
        "inherited": found.inherited,
        "voice": voices(tokens)[found.place],
    }
    scored = found.rule != ABSTAINED
    portrayal = found.rule == "portrayal"
    parts = {"": scored, "directed": scored & ~portrayal, "portrayal": portrayal}
    parts |= {name: scored & (table["voice"] == number) for number, name in enumerate(VOICES)}
    for part, mask in parts.items():
        suffix = f"_{part}" if part else ""
        table["polarity" + suffix] = found.polarity * mask.astype(float)
        table["clauses" + suffix] = mask.astype(float)
    return table


def _sentence_sign(table: Columns, n_sentences: int) -> NDArray[np.float64]:
    sentence = table["sentence"]
    sums = np.bincount(sentence, table["polarity"], n_sentences)
    return np.where(np.bincount(sentence, minlength=n_sentences) > 0, np.sign(sums), np.nan)


def _all_spans(makers: list[Callable[[], pd.DataFrame]]) -> pd.DataFrame:
    if not makers:
        return pd.DataFrame(columns=_SPAN_COLUMNS)
    return pd.concat([make() for make in makers])


_SPAN_COLUMNS = ["article", "measure", "sentence", "start", "end", "rule", "inherited", "contribution"]


def _spans(units: Columns, rules: Callable[[], list[str]], name: str, n_articles: int) -> pd.DataFrame:
    table = pd.DataFrame({**units, "rule": pd.Series(rules(), dtype=object)})
    pieces = []
    for part in (*_PARTS, "n"):
        suffix = f"_{part}" if part and part != "n" else ""
        rows = table[table["clauses" + suffix] > 0].copy()
        totals = np.bincount(rows["article"], minlength=n_articles)
        rows["measure"] = f"{name}_n" if part == "n" else name + suffix
        weight = 1.0 if part == "n" else rows["polarity" + suffix] / totals[rows["article"].to_numpy(int)]
        rows["contribution"] = weight
        pieces.append(rows[_SPAN_COLUMNS])
    return pd.concat(pieces, ignore_index=True)


def _by_model(tokens: Tokens, text: Clauses, mentions: Hits, model: str | Path, certainty: float) -> Units:
    from framing.stances.modelled import judge_by_model  # scikit-learn's models load slowly and few need them
    from framing.stances.trained import model_for

    return judge_by_model(tokens, text, mentions, model_for("target", model), certainty)


class _Finder:
    """All aliases and cues of a codebook, compiled."""

    def __init__(self, book: Codebook):
        self.aliases = Aliases(book)
        self.cues = CueList(book)

    def cues_near(self, tokens: Tokens, text: Clauses, mentions: Mapping[str, Hits]) -> FoundCues:
        """Find the cues in the sentences that name a target and in those after them, which may go on about it."""
        near = np.zeros(tokens.n_sentences + 1, bool)
        for hits in mentions.values():
            near[tokens.sentence[hits.first]] = True
        near[1:] |= near[:-1]
        return self.cues.find(tokens, text.number, near[tokens.sentence])


@lru_cache(maxsize=4)
def _finder(book: Codebook) -> _Finder:
    """Compile a codebook once; its matchers then also remember the types they have met."""
    return _Finder(book)
