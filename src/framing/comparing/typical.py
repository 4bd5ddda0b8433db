"""Typical sentences: for a contrast, the sentences on either side that carry it."""

from __future__ import annotations

from textwrap import fill

import pandas as pd

from framing.analysis import Analysis
from framing.comparing.design import text_of
from framing.errors import DesignError, unknown_name

COLUMNS = ("measure", "kind", "event", "article", "sentence", "contribution", "of_score", "rules", "text")


def typical_sentences(
    analysis: Analysis, measure: str, by: str = "kind", event: str = "event", n: int = 3
) -> pd.DataFrame:
    """Return the sentences that add most to a measure, the first `n` of each kind.

    Parameters
    ----------
    analysis
        The scored articles.
    measure
        A measure whose score is a sum over sentences.
    by, event
        Columns of labels and events.
    n
        Sentences a kind, no more than one an article while others are left.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`. ``contribution`` is what the sentence adds to its article's score, ``of_score`` the score.

    Raises
    ------
    DesignError
        If the measure is unknown or no sum over sentences.
    """
    if measure not in analysis.measures:
        raise DesignError(unknown_name("measure", measure, analysis.measures))
    spans = analysis.evidence
    spans = spans[(spans["measure"] == measure) & spans["sentence"].notna() & spans["contribution"].notna()]
    if not len(spans):
        raise DesignError(f"{measure}: no sentence adds to it in these texts, or it is no sum over sentences.")
    kinds = {a.id: text_of(a.value(by)) for a in analysis.corpus}
    events = {a.id: text_of(a.value(event)) for a in analysis.corpus}
    grouped = spans.groupby(["article", "sentence"], sort=False, as_index=False)
    table = grouped.agg(contribution=("contribution", "sum"), rules=("rule", lambda r: "; ".join(dict.fromkeys(r))))
    text = analysis.sentences.set_index(["article", "sentence"])["text"]
    scores = analysis.features.set_index("id")[measure]
    table = table.assign(
        measure=measure, kind=table["article"].map(kinds), event=table["article"].map(events),
        of_score=table["article"].map(scores), size=table["contribution"].abs(),
        text=[text.get((a, s)) for a, s in zip(table["article"], table["sentence"], strict=True)],
    ).dropna(subset=["kind"])  # fmt: skip
    order = ["kind", "size", "article", "sentence"]
    table = table.sort_values(order, ascending=[True, False, True, True], kind="stable")
    table["turn"] = table.groupby("article").cumcount()  # one an article first, then second ones
    table = table.sort_values(["kind", "turn", "size"], ascending=[True, True, False], kind="stable")
    return table.groupby("kind", sort=False).head(n)[list(COLUMNS)].reset_index(drop=True)


def typical_text(table: pd.DataFrame, width: int = 80) -> str:
    """Write typical sentences for a terminal."""
    blocks = []
    for kind, rows in table.groupby("kind", sort=False):
        lines = [f"{kind}: {rows['measure'].iloc[0]}"]
        for row in rows.itertuples():
            head = f"{row.article} S{row.sentence} {row.contribution:+.4f} of {row.of_score:.4f}  {row.rules}"
            lines.append(head if len(head) <= width else head[: width - 1] + "…")
            lines.append(fill(" ".join(str(row.text).split()), width, initial_indent="    ", subsequent_indent="    "))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
