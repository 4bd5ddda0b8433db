"""The comparison card: five plain sentences, each from one row of a table and with its caveat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.comparing.contrasts import Comparison
from framing.display import headline_measures
from framing.errors import listed
from framing.labels import is_share, label, number, shortened

# A count of words shows neither why something stands in a text nor what its writer meant by it.
_REFUSED = re.compile(
    r"\b(because|due to|caus\w+|therefore|thus|hence|leads? to|led to|results? in|resulted in"
    r"|driv(?:es?|en)|drove|effects?|affect\w*|influenc\w+|impact\w*|explain\w*|in order to|so as to|inten[dt]\w*"
    r"|aim\w*|tr(?:y|ies|ied|ying)|wants?|wanted|seeks?|sought|hop(?:es?|ed|ing)|hid(?:es?|den|ing)|conceal\w*"
    r"|delibera\w+|purpose\w*|motiv\w+|manipulat\w+|bias\w*"
    r"|propagand\w+|spin|mislead\w*|ignor\w+|downplay\w*|exaggerat\w+|refus\w+)\b",
    re.IGNORECASE,
)


def lint(text: str) -> list[str]:
    """Return the words of cause and intent in a text, none when it is fit for the card.

    Examples
    --------
    >>> lint("Wire reports hide it because they want to."), lint("Wire reports raise it in 5 % of sentences.")
    (['hide', 'because', 'want'], [])
    """
    return _REFUSED.findall(text)


@dataclass(frozen=True)
class Line:
    """One sentence of the card.

    Attributes
    ----------
    template
        The sentence with named slots, without any word of cause or intent.
    slots
        What fills them, each a cell of a table or a label.
    caveat
        What has to be known to read the sentence rightly.
    measure, a, b
        The row of `framing.Comparison.contrasts` it is derived from; empty for the line on the texts.

    Raises
    ------
    ValueError
        If the template or the caveat holds a word of cause or intent.
    """

    template: str
    slots: dict[str, str]
    caveat: str
    measure: str = ""
    a: str = ""
    b: str = ""

    def __post_init__(self):
        if words := lint(self.template) + lint(self.caveat):
            raise ValueError(f"a sentence of the card must not speak of cause or intent: {listed(words)}.")

    @property
    def text(self) -> str:
        """The sentence."""
        return self.template.format_map(self.slots)


def card(comparison: Comparison) -> tuple[Line, ...]:
    """Return the five sentences: texts, themes, stance, voice, readability.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.

    Returns
    -------
    tuple of Line
        Always five; a family without a value in two kinds says so.
    """
    texts = Line(
        "{n} texts are compared: {counts}.", {"n": f"{_n_texts(comparison):,}", "counts": _counts(comparison)},
        _design_caveat(comparison.contrasts),
    )  # fmt: skip
    themes = "{subject}: raised in {mean_a} of the sentences of {a} and in {mean_b} of those of {b}{interval}."
    stance = (
        "{subject}: stance averages {mean_a} in {a} and {mean_b} in {b}, on a scale from −1 (against) to 1 (for)"
        "{interval}."
    )
    voice = "Words of sources, quoted or paraphrased, make up {mean_a} of {a} and {mean_b} of {b}{interval}."
    reading = "By the Flesch-Kincaid formula {a} reads at school grade {mean_a} and {b} at grade {mean_b}{interval}."
    return (
        texts,
        _line(comparison, "themes", themes, "A share counts sentences that match the codebook; it is an indicator."),
        _line(comparison, "stance", stance, "Texts that never name the target are left out, they are not neutral."),
        _line(comparison, "voice__attributed_share", voice, "Voices are found by a model that errs at times."),
        _line(comparison, "readability__flesch_kincaid_grade", reading, "A formula counts words and syllables only."),
    )


def _n_texts(comparison: Comparison) -> int:
    return int(comparison.values["article"].nunique())


def _counts(comparison: Comparison) -> str:
    per_kind = comparison.values.groupby("kind", sort=False)["article"].nunique()
    return listed(f"{per_kind.get(k, 0)} {shortened(k, 60)}" for k in comparison.kinds)


def _design_caveat(contrasts: pd.DataFrame) -> str:
    events = contrasts["n_events"].max()
    if np.isfinite(events) and events >= 6:
        return f"They share up to {events:.0f} events; the event, not the sentence, is the unit of every interval."
    if np.isfinite(events) and events > 1:
        return f"They share {events:.0f} events at most; below six, no test of two kinds can reach .05."
    if events == 1:
        return "They share one event at most, so the differences are about these texts, not about kinds of text."
    return "No events are known, so texts about different matters are set side by side."


def _line(comparison: Comparison, prefix: str, template: str, caveat: str) -> Line:
    """Build the sentence on the largest difference among the measures that begin with `prefix`."""
    table = comparison.contrasts
    known = headline_measures(table["measure"].drop_duplicates().tolist())
    rows = table[table["measure"].isin([m for m in known if m.startswith(prefix)]) & table["difference"].notna()]
    name = prefix.partition("__")[2] or prefix
    if not len(rows):
        missing = "{subject}: no two kinds have a value, so nothing is compared."
        return Line(missing, {"subject": name.replace("_", " ").capitalize()}, "Missing is not zero and not neutral.")
    # The largest of all would often be the one that rests on the fewest events.
    carried = rows["n_events"].fillna(rows[["n_a", "n_b"]].min(axis=1))
    well = carried >= carried.max() / 2
    rows, others = rows[well], rows[~well]
    row = rows.loc[rows["difference"].abs().idxmax()]
    measure = str(row["measure"])
    slots = {
        "subject": shortened(label(measure, comparison.analysis.codebook), 80),
        "a": shortened(str(row["a"]), 60), "b": shortened(str(row["b"]), 60),
        "mean_a": number(row["mean_a"], measure), "mean_b": number(row["mean_b"], measure),
        "interval": _interval(row, measure),
    }  # fmt: skip
    chosen = f"The largest of {len(rows)} differences is shown, which overstates it." if len(rows) > 1 else ""
    if len(others):
        unit = "texts of a kind" if rows["n_events"].isna().all() else "events"
        larger = int((others["difference"].abs() > abs(row["difference"])).sum())
        chosen += (
            f" Left aside: {len(others)} that rest on fewer than {np.ceil(carried.max() / 2):.0f} {unit}, of which "
            f"{larger or 'none'} {'is' if larger < 2 else 'are'} larger."
        )
    return Line(template, slots, " ".join(filter(None, [_reach(row), chosen, caveat])), measure, row["a"], row["b"])


def _interval(row: pd.Series, measure: str) -> str:
    difference = number(row["difference"], measure, signed=True) + (" points" if is_share(measure) else "")
    if not np.isfinite(row["ci_low"]):
        return f" (difference {difference})"
    low, high = (number(row[c], measure, signed=True) for c in ("ci_low", "ci_high"))
    return f" (difference {difference}, 95 % interval {low} to {high})"


def _reach(row: pd.Series) -> str:
    """Say what the interval of a contrast can carry."""
    if not np.isfinite(row["ci_low"]):
        return "No interval can be given for it."
    over = "the two texts' own sentences" if row["design"] == "one text a kind" else _over(row)
    if row["ci_low"] <= 0 <= row["ci_high"]:
        return f"The interval, over {over}, includes zero: which one is higher stays open."
    few = " and rests on its assumptions alone" if 1 < row["n_events"] < 6 else ""
    return f"The interval, over {over}, lies off zero{few}."


def _over(row: pd.Series) -> str:
    return f"{row['n_events']:.0f} events" if np.isfinite(row["n_events"]) else "independent texts"


def card_records(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the card as plain values for a template."""
    return [
        {"text": line.text, "caveat": line.caveat, "measure": line.measure, "a": line.a, "b": line.b}
        for line in card(comparison)
    ]
