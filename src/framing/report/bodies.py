"""What a page needs to mark up the articles: places of voices and evidence, counted as browsers count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.analysis import Analysis
from framing.marks import voice_runs


def utf16(text: str) -> Callable[[int], int]:
    r"""Return a function from a position in `text` to the one in JavaScript, which counts UTF-16 units.

    Examples
    --------
    >>> utf16("a\U0001f600b")(2)
    3
    """
    if text.isascii() or max(text, default="") < "\U00010000":
        return lambda place: place
    wide = np.array([ord(c) > 0xFFFF for c in text], dtype=np.int64)
    before = np.concatenate([[0], np.cumsum(wide)])
    return lambda place: place + int(before[place])


def shown_text(text: str) -> str:
    """Return a text that survives an HTML parser with its length: U+0000 cannot stand in a page."""
    return text.replace("\x00", "\ufffd")


def bodies(analysis: Analysis, measures: Sequence[str]) -> list[dict[str, Any]]:
    """Return the marks of each article.

    Parameters
    ----------
    analysis
        With the articles and their evidence.
    measures
        Whose evidence is listed; positions in it stand for them.

    Returns
    -------
    list of dict
        One an article: ``v`` the runs of voices (start, end, voice) that are not the author's, ``e`` the
        evidence (measure, start, end, sentence, contribution, rule, inherited), ``s`` the sentences (start, end).
        Rules are positions in the list that `rules` returns.
    """
    tokens = analysis.tokens
    spans = voice_runs(tokens)
    rows = _evidence(analysis, measures)
    numbers = {article.id: i for i, article in enumerate(tokens.articles)}
    owner = rows["article"].map(numbers).to_numpy(int)
    values = list(zip(
        rows["measure_number"].tolist(), rows["start"].tolist(), rows["end"].tolist(), rows["sentence"].tolist(),
        rows["contribution"].tolist(), rows["rule_number"].tolist(), rows["inherited"].tolist(), strict=True,
    ))  # fmt: skip
    own: list[list[Any]] = [[] for _ in tokens.articles]
    for i, value in zip(owner.tolist(), values, strict=True):
        own[i].append(value)
    sentences: list[list[Any]] = [[] for _ in tokens.articles]
    places = zip(
        tokens.sentence_article.tolist(), tokens.sentence_start.tolist(), tokens.sentence_end.tolist(), strict=True
    )
    for i, start, end in places:
        sentences[i].append((start, end))
    return [_body(a.text, spans[i], own[i], sentences[i]) for i, a in enumerate(tokens.articles)]


def rules(analysis: Analysis, measures: Sequence[str]) -> list[str]:
    """Return the distinct rules of the evidence, in the order in which `bodies` counts them."""
    return _evidence(analysis, measures)["rule"].drop_duplicates().tolist()


def _evidence(analysis: Analysis, measures: Sequence[str]) -> pd.DataFrame:
    table = analysis.evidence
    number = {m: i for i, m in enumerate(measures)}
    table = table[table["measure"].isin(list(number)) & table["start"].notna()]
    return table.assign(
        measure_number=table["measure"].map(number).astype(int),
        rule_number=pd.factorize(table["rule"])[0],
        start=table["start"].astype(int), end=table["end"].astype(int), sentence=table["sentence"].astype(int),
    )  # fmt: skip


def _body(text: str, runs: list[Any], evidence: list[Any], sentences: list[Any]) -> dict[str, Any]:
    at = utf16(text)
    return {
        "v": [[at(s), at(e), v] for s, e, v in runs],
        "e": [
            [m, at(s), at(e), n, float(f"{c:.6g}") if np.isfinite(c) else None, r, int(i)]
            for m, s, e, n, c, r, i in evidence
        ],
        "s": [[at(s), at(e)] for s, e in sentences],
    }
