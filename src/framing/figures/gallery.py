"""Which figures a set of tables allows, each with the data behind it and a caption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from framing.figures.dots import dots
from framing.figures.forest import forest
from framing.figures.heatmap import theme_heatmap
from framing.figures.lollipop import lollipop
from framing.figures.positions import position_strip
from framing.figures.specification import specification_curve
from framing.figures.stance import stance_matrix
from framing.figures.style import shortened

SHOWN_ARTICLES = 24
SHOWN_ROWS = 60


@dataclass(frozen=True)
class Tables:
    """The tables that figures are drawn from; those that are missing or empty give no figure.

    Attributes
    ----------
    contrasts, means, values
        As in `framing.Comparison`.
    stances
        Columns kind, target, voice, stance, n_clauses, n_articles: see `stance_matrix`.
    positions
        Columns measure, article, kind, sentence, n_sentences, voice: see `position_strip`.
    keyness
        Columns word, weight, side: see `lollipop`.
    specifications
        Columns estimate, low, high and one a choice: see `specification_curve`.
    labels
        Words for measures and targets.
    codebook, counts
        Name and version of the codebook; what readability counts.
    """

    contrasts: pd.DataFrame = field(default_factory=pd.DataFrame)
    means: pd.DataFrame = field(default_factory=pd.DataFrame)
    values: pd.DataFrame = field(default_factory=pd.DataFrame)
    stances: pd.DataFrame = field(default_factory=pd.DataFrame)
    positions: pd.DataFrame = field(default_factory=pd.DataFrame)
    keyness: pd.DataFrame = field(default_factory=pd.DataFrame)
    specifications: pd.DataFrame = field(default_factory=pd.DataFrame)
    labels: dict[str, str] = field(default_factory=dict)
    codebook: str = ""
    counts: str = ""


@dataclass(frozen=True)
class Picture:
    """One figure: how it is drawn, the data behind it, and its caption."""

    name: str
    title: str
    draw: Callable[[], Axes]
    data: pd.DataFrame
    caption: str


def gallery(tables: Tables, width: float = 178) -> list[Picture]:
    """Return every figure that the tables allow.

    Parameters
    ----------
    tables
        What to draw.
    width
        Width of the figures in mm; 85 is one column of a journal, 178 are two.

    Returns
    -------
    list of Picture
        In the order in which a report shows them; nothing is drawn before `Picture.draw` is called.
    """
    found = [*_stances(tables, width), *_themes(tables, width), *_indices(tables, width), *_words(tables, width)]
    foot = f" Codebook: {shortened(tables.codebook, 80)}." if tables.codebook else ""
    return [Picture(p.name, p.title, p.draw, p.data, p.caption + foot) for p in found]


def _of(table: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    return table[table["measure"].isin(measures)] if len(table) else table


def _measures(tables: Tables, family: str) -> list[str]:
    names = tables.means["measure"].drop_duplicates().tolist() if len(tables.means) else []
    own = [m for m in names if m.startswith(family)]
    return [m for m in own if f"{m}_n" in names] if family == "stance__" else own


def _stances(tables: Tables, width: float) -> list[Picture]:
    pictures = []
    if len(tables.stances):
        draw = partial(stance_matrix, tables.stances, width=width, labels=tables.labels)
        n = f"{tables.stances['n_clauses'].sum():,} clauses"
        caption = (
            f"Who says what about whom: mean stance of articles by voice and target, from −1 (against) to 1 (for); {n}."
            " The size of a square is the number of clauses; a hatched cell is missing: the target is not named in "
            "that voice, which is not the same as neutral."
        )
        pictures.append(Picture("stance-matrix", "Who says what about whom", draw, tables.stances, caption))
    pictures += _contrasts(tables, "stance__", "contrasts-stance", "Which differences in stance hold", width)
    return pictures


def _themes(tables: Tables, width: float) -> list[Picture]:
    themes = _measures(tables, "themes__")
    if not themes:
        return []
    own = _of(tables.means, themes)
    n = ", ".join(f"{k} {n:.0f}" for k, n in own.groupby("kind", sort=False)["n"].max().items())
    caption = (
        f"Mean share of body sentences that raise a theme, per cent. Articles: {shortened(n, 300)}. Hatched: missing."
    )
    heat = partial(theme_heatmap, own, width=width, labels=tables.labels)
    pictures = [Picture("themes", "Which themes where", heat, own, caption)]
    values = _of(tables.values, themes)
    spread = partial(dots, values, width=width, labels=tables.labels)
    caption = "Share of sentences that raise a theme: small marks are articles, large ones the mean of their kind."
    pictures.append(Picture("articles-themes", "Every article's themes", spread, values, caption))
    pictures += _contrasts(tables, "themes__", "contrasts-themes", "Which differences in themes hold", width)
    strip = tables.positions
    if len(strip):
        articles = strip["article"].drop_duplicates()
        shown = strip[strip["article"].isin(articles.head(SHOWN_ARTICLES))]
        cut = f" The first {SHOWN_ARTICLES} of {len(articles)} articles." if len(articles) > SHOWN_ARTICLES else ""
        caption = (
            "Where themes stand: a tick is a matching sentence, from the first to the last; lanes are voices." + cut
        )
        draw = partial(position_strip, shown, width=width, labels=tables.labels)
        pictures.append(Picture("positions", "Where in the text", draw, shown, caption))
    return pictures


def _contrasts(tables: Tables, family: str, name: str, title: str, width: float) -> list[Picture]:
    measures = _measures(tables, family)
    rows = _of(tables.contrasts, measures)
    if not len(rows):
        return []
    cut = ""
    if len(rows) > SHOWN_ROWS:
        largest = rows["difference"].abs().sort_values(ascending=False, kind="stable").index[:SHOWN_ROWS]
        cut = f" The {SHOWN_ROWS} largest of {len(rows)} differences are shown."
        rows = rows.loc[rows.index.isin(largest)]
    draw = partial(forest, rows, width=width, labels=tables.labels)
    return [Picture(name, title, draw, rows, interval_caption(rows) + cut)]


def interval_caption(rows: pd.DataFrame) -> str:
    """Say what the points and intervals of a forest plot are, with the number they rest on."""
    designs = set(rows["design"]) if "design" in rows else set()
    kind = (
        "95 % t intervals over events" if "paired by event" in designs
        else "95 % intervals over the texts' own sentences" if "one text a kind" in designs
        else "95 % Welch intervals over texts" if "independent texts" in designs else "95 % intervals"
    )  # fmt: skip
    events = rows["n_events"].max() if "n_events" in rows else np.nan
    n = f", up to {events:.0f} events" if np.isfinite(events) else ""
    return (
        f"Differences between kinds with {kind}{n}; not adjusted for their number. Hollow: the interval includes zero, "
        "is not given, or rests on fewer than six events or texts."
    )


def _indices(tables: Tables, width: float) -> list[Picture]:
    known = ("readability__flesch_kincaid_grade", "readability__smog_index")
    rows = _of(tables.values, known)
    if not len(rows):
        return []
    note = f"Words, sentences and syllables as {tables.counts} counts them." if tables.counts else ""
    draw = partial(dots, rows, note=note, width=width, labels=tables.labels)
    caption = "School grades by two readability formulas: small marks are articles, large ones the mean of their kind."
    return [Picture("articles-readability", "How hard to read", draw, rows, caption)]


def _words(tables: Tables, width: float) -> list[Picture]:
    pictures = []
    if len(tables.keyness):
        n = len(tables.keyness)
        caption = f"Words that make the difference, by weight and side; {n} words in the table behind the figure."
        draw = partial(lollipop, tables.keyness, width=width)
        pictures.append(Picture("keyness", "Which words make the difference", draw, tables.keyness, caption))
    if len(tables.specifications):
        own = tables.specifications
        caption = f"The estimate under {len(own)} specifications, in order of size; below, the choices of each."
        draw = partial(specification_curve, own, width=width)
        pictures.append(Picture("specifications", "Is it robust", draw, own, caption))
    return pictures
