"""Which figures a set of tables allows, each with the data behind it and a caption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from framing.figures.captions import articles_of, contrasts_caption, sizes
from framing.figures.dots import dots
from framing.figures.forest import forest, rows_on_page
from framing.figures.heatmap import theme_heatmap
from framing.figures.lettering import named, shortened
from framing.figures.lollipop import lollipop
from framing.figures.positions import position_strip
from framing.figures.specification import specification_curve
from framing.figures.stance import stance_matrix
from framing.figures.word_tables import word_tables

SHOWN_ARTICLES = 30
SHOWN_ROWS = 48
"""So many rows fit on a page."""


@dataclass(frozen=True)
class Tables:
    """The tables that figures are drawn from; those that are missing or empty give no figure.

    Attributes
    ----------
    contrasts, values
        As in `framing.Comparison`.
    means
        Columns measure, kind, mean, n and, where known, ci_low and ci_high.
    stances
        Columns kind, target, voice, stance, n_clauses, n_articles: see `stance_matrix`.
    positions
        Columns measure, article, kind, sentence, n_sentences, voice: see `position_strip`.
    keyness
        Columns word, weight, side, or the table of `framing.keyness` or `framing.word_shift`: see `lollipop`.
    specifications
        Columns measure, a, b, estimate, low, high and one a choice: see `specification_curve`.
    labels
        Words for measures and targets.
    codebook, counts, version
        Name and version of the codebook; what readability counts; version of the program.
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
    version: str = ""


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
    found = [
        *_stances(tables, width), *_themes(tables, width), *_indices(tables, width), *_words(tables, width),
        *_specifications(tables, width),
    ]  # fmt: skip
    foot = f" Codebook: {shortened(tables.codebook, 80)}." if tables.codebook else ""
    foot += f" framing {tables.version}." if tables.version else ""
    return [replace(p, caption=p.caption + foot) for p in found]


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
        clauses = tables.stances.groupby("kind", sort=False)["n_clauses"].sum()
        caption = (
            "Who says what about whom: mean stance of articles by voice and target, from −1 (against) to 1 (for); a "
            "description, without intervals. The area of a square is the number of clauses (very small squares are "
            f"drawn larger), by kind: {sizes(clauses.to_dict())}. A hatched cell is missing: the target is not named "
            "in that voice, which is not the same as neutral."
        )
        pictures.append(Picture("stance-matrix", "Who says what about whom", draw, tables.stances, caption))
    pictures += _contrasts(tables, "stance__", "contrasts-stance", "Which differences in stance hold", width)
    return pictures


def _themes(tables: Tables, width: float) -> list[Picture]:
    themes = _measures(tables, "themes__")
    if not themes:
        return []
    own = _of(tables.means, themes)
    caption = (
        "Mean share of body sentences that raise a theme, per cent; a description, without intervals. Articles: "
        f"{sizes(own.groupby('kind', sort=False)['n'].max().to_dict())}. Hatched: missing."
    )
    heat = partial(theme_heatmap, own, width=width, labels=tables.labels)
    pictures = [Picture("themes", "Which themes where", heat, own, caption)]
    pictures += _dots(tables, themes, "articles-themes", "Every article's themes", width)
    pictures += _contrasts(tables, "themes__", "contrasts-themes", "Which differences in themes hold", width)
    return pictures + _positions(tables, width)


def _positions(tables: Tables, width: float) -> list[Picture]:
    strip = tables.positions
    if not len(strip):
        return []
    articles = strip.drop_duplicates("article")
    each = max(1, SHOWN_ARTICLES // articles["kind"].nunique())
    some = articles.groupby("kind", sort=False).head(each)
    first = {k: i for i, k in enumerate(_kinds(tables, articles["kind"]))}
    some = some.sort_values("kind", key=lambda c: c.map(first), kind="stable")
    order = {a: i for i, a in enumerate(some["article"])}
    shown = strip[strip["article"].isin(order)].sort_values("article", key=lambda c: c.map(order), kind="stable")
    cut = ""
    if len(some) < len(articles):
        cut = f"Shown: the first {each} articles of each kind, of {len(articles):,}; they stand for themselves."
    caption = (
        "Where themes stand: a tick is a matching sentence, from the first to the last of an article; lanes are "
        f"voices. Articles: {sizes({k: int((articles['kind'] == k).sum()) for k in first})}. {cut}"
    ).rstrip()
    draw = partial(position_strip, shown, width=width, labels=tables.labels, note=cut)
    return [Picture("positions", "Where in the text", draw, shown, caption)]


def _kinds(tables: Tables, otherwise: pd.Series) -> list[str]:
    """Return the kinds in the order of the other figures."""
    table = tables.means
    return (table["kind"] if len(table) else otherwise).drop_duplicates().tolist()


def _dots(
    tables: Tables, measures: Sequence[str], name: str, title: str, width: float, note: str = ""
) -> list[Picture]:
    values, means = _of(tables.values, measures), _of(tables.means, measures)
    if not len(values):
        return []
    kinds = values["kind"].nunique()
    cut, most = "", max(1, SHOWN_ROWS // kinds)
    if values["measure"].nunique() > most:
        spread = means.groupby("measure", sort=False)["mean"].agg(lambda m: m.max() - m.min())
        kept = spread.sort_values(ascending=False, kind="stable").index[:most]
        cut = f" The {most} of {len(spread)} measures with the largest differences between means."
        values, means = values[values["measure"].isin(kept)], means[means["measure"].isin(kept)]
    known = means if "ci_low" in means else None
    draw = partial(dots, values, width=width, labels=tables.labels, means=known, note=note)
    many = max(articles_of(values).values(), default=0) > 200
    marks = "bars the middle half and the middle nine tenths of the articles" if many else "small marks are articles"
    interval = ""
    if known is not None:
        interval = " with its 95 % t interval, standard errors clustered by event (none below six events or texts)"
    caption = (
        f"{title}: the large mark is the mean of a kind{interval}; {marks}. Articles: "
        f"{sizes(articles_of(values))}.{cut}" + (f" {note}" if note else "")
    )
    return [Picture(name, title, draw, values, caption)]


def _contrasts(tables: Tables, family: str, name: str, title: str, width: float) -> list[Picture]:
    measures = _measures(tables, family)
    rows = _of(tables.contrasts, measures)
    if not len(rows):
        return []
    cut, of = "", len(rows)
    most = max(6, min(SHOWN_ROWS, rows_on_page(rows, width)))
    if len(rows) > most:
        largest = rows["difference"].abs().sort_values(ascending=False, kind="stable").index[:most]
        cut = f" The {most} largest of {len(rows)} differences are shown, which overstates their size."
        rows = rows.loc[rows.index.isin(largest)]
    draw = partial(forest, rows, width=width, labels=tables.labels, of=of)
    return [Picture(name, title, draw, rows, contrasts_caption(rows) + cut)]


def _indices(tables: Tables, width: float) -> list[Picture]:
    known = ("readability__flesch_kincaid_grade", "readability__smog_index")
    note = f"Words, sentences and syllables as {tables.counts} counts them." if tables.counts else ""
    return _dots(tables, known, "articles-readability", "How hard to read, by two formulas", width, note)


def _words(tables: Tables, width: float) -> list[Picture]:
    if not len(tables.keyness):
        return []
    found = word_tables("keyness", tables.keyness)
    pictures = []
    for number, (pair, table, unit) in enumerate(found, 1):
        caption = (
            f"Words that make the difference{' between ' + shortened(pair, 80) if pair else ''}, by weight"
            f"{f' ({unit})' if unit else ''} and side; {len(table):,} words in the table behind the figure."
        )
        draw = partial(lollipop, table, width=width, unit=unit)
        name = "keyness" if len(found) == 1 else f"keyness-{number}"
        pictures.append(Picture(name, "Which words make the difference", draw, table, caption))
    return pictures


def _specifications(tables: Tables, width: float) -> list[Picture]:
    if not len(tables.specifications):
        return []
    pictures = []
    groups = tables.specifications.groupby(["measure", "a", "b"], sort=False)
    for number, ((measure, a, b), own) in enumerate(groups, 1):
        if own["estimate"].isna().all():
            continue
        scale = 100 if str(measure).startswith("themes__") else 1
        columns = [c for c in ("estimate", "low", "high") if c in own]
        data = own.assign(**{c: scale * own[c] for c in columns})
        label = shortened(named(str(measure), tables.labels), 80)
        pair = f"{shortened(a, 60)} minus {shortened(b, 60)}"
        unit = "Difference, points" if scale == 100 else "Difference"
        caption = (
            f"{label}, {pair}: the difference under {len(own)} specifications, in order of size, with 95 % t intervals "
            "over events; below, the choices behind each."
        )
        draw = partial(specification_curve, data, width=width, unit=unit, labels=tables.labels)
        pictures.append(Picture(f"specifications-{number}", f"Is it robust: {label}", draw, data, caption))
    return pictures
