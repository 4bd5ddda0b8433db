"""A comparison as a plain dict: everything a template shows, computed before anything is rendered."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from framing.comparing.contrasts import Comparison
from framing.comparing.design import text_of
from framing.display import P_TEXTS, headline_measures
from framing.figure_tables import figure_tables
from framing.figures import gallery, image
from framing.labels import FAMILY_NAMES, is_share, label, number, p_text, shortened
from framing.provenance import run_record
from framing.report.bodies import bodies, rules, shown_text
from framing.report.card import card_records
from framing.tables import csv_text, json_text
from framing.version import __version__
from framing.voice import VOICES

_PIXELS = 130  # an inch of a figure on the screen: text of 8 pt as large as the text round it
_LABEL = 120
MANY_ROWS = 1_500
"""Beyond so many contrasts the page holds those of the main measures only."""


def summary(comparison: Comparison) -> dict[str, Any]:
    """Return what a report shows, as plain values.

    Parameters
    ----------
    comparison
        What `framing.compare` returned.
    """
    analysis = comparison.analysis
    book = analysis.codebook
    shown = headline_measures(list(analysis.measures))
    problems = analysis.features.loc[analysis.features["problem"].notna(), ["id", "problem"]]
    short = _shortened(comparison.kinds)
    articles = _articles(comparison, shown)
    measures = [_measure(comparison, m) for m in shown]
    contrasts = _contrasts(comparison, shown)
    themes = [i for i, m in enumerate(shown) if m.startswith("themes__")]
    return {
        "version": __version__,
        "codebook": {n: getattr(book, n) for n in ("name", "version", "description", "sha256")},
        "design": comparison.design[:1].upper() + comparison.design[1:],
        "notes": list(comparison.notes),
        "p_texts": P_TEXTS,
        "problems": problems.to_dict("records"),
        "by": comparison.by,
        "kinds": short,
        "events": _shortened(_events(comparison)),
        "card": _card(comparison, contrasts),
        "figures": _figures(comparison),
        "measures": measures,
        "contrasts": contrasts,
        "means": _means(comparison, shown),
        "articles": articles,
        "themes": [{"number": i, "label": measures[i]["label"]} for i in themes],
        "page": {
            "measures": measures, "kinds": short, "rules": rules(analysis, shown), "voices": list(VOICES),
            "themeOf": {i: n for n, i in enumerate(themes)},
            "articles": [
                {
                    "id": shortened(a["id"], _LABEL), "title": a["short"], "source": a["source_short"],
                    "kind": a["kind_number"],
                    "text": [v["text"] for v in a["values"]], "value": [v["sort"] for v in a["values"]],
                }
                for a in articles
            ],
        },
        "record": json_text({k: v for k, v in run_record(comparison).items() if k != "texts"}),
    }  # fmt: skip


def _shortened(names: Iterable[str]) -> list[str]:
    return [shortened(name, _LABEL) for name in names]


def _events(comparison: Comparison) -> list[str]:
    events = (text_of(a.value(comparison.event)) for a in comparison.analysis.corpus)
    return list(dict.fromkeys(e for e in events if e is not None))


def _card(comparison: Comparison, contrasts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the card, each sentence with the place of its row among the contrasts of the page."""
    place = {row["key"]: f"#c-{i}" for i, row in enumerate(contrasts)}
    return [
        line | {"link": place.get((line["measure"], line["a"], line["b"]), "")} for line in card_records(comparison)
    ]


def _measure(comparison: Comparison, measure: str) -> dict[str, Any]:
    family = measure.partition("__")[0]
    return {
        "id": measure, "label": _label(comparison, measure), "family": FAMILY_NAMES.get(family, family),
        "prefix": family, "additive": bool(comparison.analysis.measures[measure].additive), "share": is_share(measure),
    }  # fmt: skip


def _figures(comparison: Comparison) -> list[dict[str, str]]:
    found = []
    for picture in gallery(figure_tables(comparison)):
        figure = picture.draw().get_figure()
        data = base64.b64encode(image(figure, "svg")).decode("ascii")
        table = base64.b64encode(csv_text(picture.data).encode("utf-8", "surrogatepass")).decode("ascii")
        plt.close(figure)
        found.append({
            "name": picture.name, "title": picture.title, "caption": picture.caption,
            "width": str(round(figure.get_size_inches()[0] * _PIXELS)), "uri": f"data:image/svg+xml;base64,{data}",
            "csv": f"data:text/csv;base64,{table}",
        })  # fmt: skip
    return found


def _label(comparison: Comparison, measure: str) -> str:
    return shortened(label(measure, comparison.analysis.codebook), _LABEL)


def _plain(value: Any) -> float | None:
    return float(value) if value is not None and np.isfinite(value) else None


def _contrasts(comparison: Comparison, shown: list[str]) -> list[dict[str, Any]]:
    table = comparison.contrasts
    if len(table) > MANY_ROWS:
        table = table[table["measure"].isin(shown)]
    place = {m: i for i, m in enumerate(shown)}
    kinds = {k: i for i, k in enumerate(comparison.kinds)}
    rows = []
    for row in table.to_dict("records"):
        measure = row["measure"]
        family = measure.partition("__")[0]
        given = np.isfinite(row["ci_low"])
        interval = " to ".join(number(row[c], measure, signed=True) for c in ("ci_low", "ci_high")) if given else "–"
        p = row["p_adjusted"] if np.isfinite(row["p_adjusted"]) else row["p_texts"]
        rows.append({
            "number": place.get(measure), "label": _label(comparison, measure),
            "family": FAMILY_NAMES.get(family, family),
            "a": shortened(row["a"], _LABEL), "b": shortened(row["b"], _LABEL),
            "a_number": kinds[row["a"]], "b_number": kinds[row["b"]], "key": (measure, row["a"], row["b"]),
            "mean_a": number(row["mean_a"], measure), "mean_b": number(row["mean_b"], measure),
            "difference": number(row["difference"], measure, signed=True), "interval": interval,
            "p": p_text(p), "n": _n(row), "note": row["note"],
            "sort": [_plain(row[c]) for c in ("mean_a", "mean_b", "difference", "ci_low")] + [_plain(p)],
            "main": measure in place,
        })  # fmt: skip
    return rows


def _n(row: dict[str, Any]) -> str:
    if np.isfinite(row["n_events"]):
        return f"{row['n_events']:.0f} event{'s' if row['n_events'] != 1 else ''}"
    return f"{row['n_a']:.0f} + {row['n_b']:.0f} texts" if np.isfinite(row["n_a"]) else "–"


def _means(comparison: Comparison, shown: list[str]) -> list[dict[str, Any]]:
    means: pd.DataFrame = comparison.means.set_index(["measure", "kind"])
    rows = []
    for i, measure in enumerate(shown):
        cells = []
        for kind in comparison.kinds:
            mean, n = means.loc[(measure, kind), ["mean", "n"]] if (measure, kind) in means.index else (np.nan, 0)
            cells.append({"text": number(mean, measure), "sort": _plain(mean), "n": int(n)})
        rows.append({"number": i, "cells": cells})
    return rows


def _articles(comparison: Comparison, shown: list[str]) -> list[dict[str, Any]]:
    analysis = comparison.analysis
    values = analysis.features[shown].to_numpy(float)
    marks = bodies(analysis, shown)
    problems = analysis.features["problem"].tolist()
    kinds = {k: i for i, k in enumerate(comparison.kinds)}
    events = {e: i for i, e in enumerate(_events(comparison))}
    rows = []
    for i, article in enumerate(analysis.corpus):
        title = article.title or article.id
        kind, event = text_of(article.value(comparison.by)), text_of(article.value(comparison.event))
        source = article.source or ""
        rows.append({
            "id": article.id, "title": title, "short": shortened(title, 140),
            "kind_number": kinds.get(kind), "kind_short": shortened(kind or "without a kind", _LABEL),
            "event": event is not None, "event_number": events.get(event),
            "event_short": shortened(event or "", _LABEL),
            "source": source, "source_short": shortened(source, _LABEL), "date": str(article.date or ""),
            "url": article.url or "",
            "problem": problems[i] if isinstance(problems[i], str) else "",
            "values": [{"text": number(v, m), "sort": _plain(v)} for v, m in zip(values[i], shown, strict=True)],
            "text": shown_text(article.text), "sha256": article.sha256, "marks": marks[i],
        })  # fmt: skip
    return rows
