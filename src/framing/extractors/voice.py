"""Voice: how much of a text is somebody else's words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.extractors.base import (
    EXTRACTORS,
    Columns,
    Extraction,
    Extractor,
    Measure,
    Score,
    scorable,
    totals_by_article,
)
from framing.tokens import Tokens
from framing.voice import attributed_chance, quoted_words

MEASURES = ("attributed_share", "quoted_share", "paraphrased_share")


def share(voice: str) -> Score:
    """Return the share of the words that are in a voice, in [0, 1]."""

    def score(totals: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        return totals[voice] / totals["words"]

    return score


@EXTRACTORS.register("voice")
class Voice(Extractor):
    """Shares of the words of a text that are attributed to somebody: quoted, paraphrased, and both together.

    The quoted share counts words in quotation marks. The paraphrased share is an expected count: each
    other word counts with its chance to be attributed, which estimates a share with less error than
    counting the words above a threshold (probabilistic classify and count, Bella et al. 2010). All lie
    in [0, 1]; they are missing where a text cannot be scored.

    Examples
    --------
    >>> row = Voice().fit_transform(["“It rained all day,” the minister said. It rained."]).iloc[0]
    >>> round(row["quoted_share"].item(), 2)
    0.44
    """

    def measures(self) -> tuple[Measure, ...]:
        """Return three shares."""
        return tuple(
            Measure(name, share(name.removesuffix("_share")), (name.removesuffix("_share"), "words"), True, "share")
            for name in MEASURES
        )

    def extract(self, tokens: Tokens) -> Extraction:
        """Count the words of each voice, sentence by sentence."""
        ok, problems = scorable(tokens)
        n = tokens.n_sentences
        quoted = tokens.once(quoted_words)
        attributed = np.where(quoted, 1.0, attributed_chance(tokens))
        units = {
            "article": tokens.sentence_article,
            "sentence": np.arange(n),
            "words": np.diff(tokens.sentence_bounds).astype(float),
            "attributed": np.bincount(tokens.sentence, attributed, n),
            "quoted": np.bincount(tokens.sentence[quoted], minlength=n).astype(float),
        }  # fmt: skip
        units["paraphrased"] = units["attributed"] - units["quoted"]
        return Extraction(
            self.measures(), {"sentences": units}, dict.fromkeys(MEASURES, "sentences"), dict.fromkeys(MEASURES, ok),
            lambda: _spans(tokens, units, ok), {}, problems,
        )  # fmt: skip


def _spans(tokens: Tokens, units: Columns, ok: NDArray[np.bool_]) -> pd.DataFrame:
    """One row a sentence that adds to a share."""
    totals = totals_by_article(units, ("words",), len(tokens))["words"]
    owner = tokens.sentence_article
    pieces = []
    for name in MEASURES:
        counts = units[name.removesuffix("_share")]
        keep = np.flatnonzero((counts > 0) & ok[owner])
        pieces.append(pd.DataFrame({
            "article": owner[keep], "measure": name, "sentence": keep, "start": tokens.sentence_start[keep],
            "end": tokens.sentence_end[keep], "rule": "words " + name.removesuffix("_share"), "inherited": False,
            "contribution": counts[keep] / totals[owner[keep]],
        }))  # fmt: skip
    return pd.concat(pieces, ignore_index=True)
