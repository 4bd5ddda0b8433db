import hashlib
from dataclasses import replace
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from scipy import stats

from framing import figures
from framing.comparing.contrasts import compare
from framing.comparing.specifications import robustness
from framing.corpus import Corpus
from framing.errors import FramingError
from framing.figure_tables import figure_tables
from framing.matrix import stance
from framing.mean_intervals import mean_intervals
from framing.readers import read_corpus


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_forest_is_hollow_where_the_interval_includes_zero():
    frame = pd.DataFrame({
        "measure": ["themes__x"] * 3, "a": ["k"] * 3, "b": list("lmn"), "difference": [0.1, 0.1, np.nan],
        "ci_low": [0.05, -0.1, np.nan], "ci_high": [0.2, 0.3, np.nan],
    })  # fmt: skip
    ax = figures.forest(frame)
    points = [line for line in ax.lines if line.get_marker() not in ("None", None) and len(line.get_xdata()) == 1]
    assert [p.get_markerfacecolor() == "white" for p in points] == [False, True]
    assert [p.get_xdata()[0] for p in points] == [10.0, 10.0]
    assert any("missing" in t.get_text() for t in ax.texts)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["k minus l", "k minus m", "k minus n"]


def test_dots_show_every_article_and_n():
    frame = pd.DataFrame({
        "measure": "themes__x", "kind": ["a", "a", "b", "c"], "article": list("wxyz"), "value": [0.1, 0.3, 0.2, np.nan]
    })  # fmt: skip
    ax = figures.dots(frame)
    assert sorted(t.get_text() for t in ax.texts) == ["missing", "n = 1", "n = 2", "x"]
    shown = np.concatenate([line.get_xdata() for line in ax.lines])
    assert sorted(np.round(shown, 6)) == [10, 20, 20, 20, 30]


def test_missing_cells_are_hatched():
    frame = pd.DataFrame({"measure": ["themes__x"] * 2, "kind": ["a", "b"], "mean": [0.25, np.nan], "n": [1, 0]})
    ax = figures.theme_heatmap(frame)
    assert [p.get_hatch() for p in ax.patches if isinstance(p, Rectangle)] == ["////"]
    assert [t.get_text() for t in ax.texts] == ["25"]


def test_stance_matrix_has_a_row_a_voice(three):
    tables = figure_tables(compare(three))
    ax = figures.stance_matrix(tables.stances, labels=tables.labels)
    shown = [t.get_text() for t in ax.texts]
    assert shown.count("author") == shown.count("quoted") == 3
    assert {"official-statement", "wire-report", "analysis-piece"} <= set(shown)
    assert {"Partnership with Türkiye", "United States", "Policy of non-alignment"} <= set(shown)
    given = tables.stances["stance"].notna()
    hatched = [p for p in ax.patches if p.get_hatch()]
    assert len(hatched) == (~given).sum() > 0


def test_same_bytes_and_real_text(three, tmp_path):
    result = compare(three)
    digests = []
    for name in ("one", "two"):
        paths = figures.save_figures(figure_tables(result), tmp_path / name)
        digests.append([hashlib.sha256(p.read_bytes()).hexdigest() for p in paths])
    assert digests[0] == digests[1] and len(digests[0]) > 12
    svg = (tmp_path / "one" / "stance-matrix.svg").read_text(encoding="utf-8")
    assert "official-statement</text>" in svg
    assert not plt.get_fignums()


def test_users_style_is_left_alone(three):
    before = dict(plt.rcParams)
    figures.theme_heatmap(compare(three).means)
    assert dict(plt.rcParams) == before


def test_labels_are_never_read_as_formulas(three, tmp_path):
    kinds = dict(zip(["official", "wire", "analysis"], ["$x_{$", "a_b$", "<b>"], strict=True))
    result = compare(three.relabel("kind", kinds))
    figures.save_figures(figure_tables(result), tmp_path)
    assert "$x_{$" in (tmp_path / "themes.svg").read_text(encoding="utf-8")


def test_texts_without_events_are_hollow_when_few():
    frame = pd.DataFrame({
        "measure": ["themes__x"], "a": ["k"], "b": ["l"], "difference": [0.1], "ci_low": [0.05], "ci_high": [0.2],
        "n_events": [np.nan], "n_a": [1], "n_b": [9],
    })  # fmt: skip
    points = [line for line in figures.forest(frame).lines if len(line.get_xdata()) == 1 and line.get_marker() == "o"]
    assert points[0].get_markerfacecolor() == "white"


@pytest.mark.parametrize("form", figures.FORMATS)
def test_every_format_has_the_same_bytes_and_vectors_hold_real_text(three, form):
    tables = figure_tables(compare(three, extractors=["themes", "stance"]))
    for picture in figures.gallery(tables, 85):
        if picture.name not in ("themes", "stance-matrix"):
            continue
        first, second = (figures.image(picture.draw().get_figure(), form) for _ in range(2))
        assert first == second
        if form == "svg":
            assert b"wire-report</text>" in first and b"<image" not in first
        if form == "pdf":
            assert b"/FontFile2" in first and b"/CreationDate" not in first, "type 42: text that can be searched"


def test_captions_say_n_interval_codebook_and_version(repository):
    tables = figure_tables(compare(repository / "corpus"))
    captions = {p.name: p.caption for p in figures.gallery(tables)}
    for name, caption in captions.items():
        assert "Codebook: diplomacy" in caption and "framing 0." in caption, name
        assert "official-statement" in caption or "events" in caption, f"{name} says no n"
    assert "95 % t intervals over 9 events" in captions["contrasts-themes"]
    assert "95 % t interval, standard errors clustered by event" in captions["articles-themes"]


def test_hostile_names_stay_text_in_vectors(three, tmp_path):
    wild = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</svg>\u202e & ]]> " + "x" * 100_000]
    kinds = dict(zip(["official", "wire", "analysis"], wild, strict=True))
    tables = figure_tables(compare(three.relabel("kind", kinds)))
    for path in figures.save_figures(tables, tmp_path, ["svg"]):
        if path.suffix != ".svg":
            continue
        text = path.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        tags = {e.tag.rpartition("}")[2] for e in root.iter()}
        assert not tags & {"script", "img", "image", "foreignObject", "a"}, path.name
        assert not [k for e in root.iter() for k in e.attrib if k.startswith("on")]
        assert text.count("</svg>") == 1 and len(text) < 400_000


def test_means_have_intervals_over_events(three, repository):
    frame = mean_intervals(compare(repository / "corpus"))
    row = frame.set_index(["measure", "kind"]).loc[("themes__defence", "wire-report")]
    values = compare(repository / "corpus").values
    own = values[(values["measure"] == "themes__defence") & (values["kind"] == "wire-report")]["value"].to_numpy()
    low, high = stats.t.interval(0.95, len(own) - 1, own.mean(), own.std(ddof=1) / np.sqrt(len(own)))
    assert row["n"] == row["n_events"] == 9
    assert (row["mean"], row["ci_low"], row["ci_high"]) == pytest.approx((own.mean(), low, high))
    few = mean_intervals(compare(three))
    assert few["ci_low"].isna().all(), "one event carries no interval"


def test_texts_on_one_event_do_not_narrow_the_interval(repository):
    corpus = list(read_corpus(repository / "corpus"))
    twice = Corpus([*corpus, *(replace(a, id=f"{a.id}-again") for a in corpus)])
    once, doubled = (mean_intervals(compare(c, extractors=["themes"])) for c in (Corpus(corpus), twice))
    assert (doubled["n"] == 2 * once["n"]).all() and (doubled["n_events"] == once["n_events"]).all()
    assert doubled["ci_high"].to_numpy() == pytest.approx(once["ci_high"].to_numpy())


def test_specification_curves_and_words(repository):
    result = compare(repository / "corpus", extractors=["themes"])
    robust = robustness(result.analysis, measures=["themes__defence"])
    words = pd.DataFrame({"word": ["ally", "tariff"], "weight": [3.0, 2.0], "side": ["statements", "wires"]})
    pictures = {p.name: p for p in figures.gallery(figure_tables(result, robust, words))}
    assert {"specifications-1", "specifications-2", "specifications-3", "keyness"} <= set(pictures)
    assert "128 specifications" in pictures["specifications-1"].caption
    ax = pictures["specifications-1"].draw()
    shown = np.concatenate([np.atleast_1d(line.get_ydata()) for line in ax.lines if line.get_marker() == "o"])
    own = robust.specifications.query("a == 'official-statement' and b == 'wire-report'")["difference"]
    assert sorted(shown) == pytest.approx(sorted(100 * own))
    ax = pictures["keyness"].draw()
    ends = {line.get_xdata()[0] for line in ax.lines if line.get_marker() in ("o", "s")}
    assert ends == {-3.0, 2.0}


def test_positions_show_each_kind_and_say_what_is_left_out(repository):
    own = list(read_corpus(repository / "corpus"))
    many = Corpus(replace(own[i % 27], id=f"{i}", event=f"e{i // 27}") for i in range(54))
    picture = {p.name: p for p in figures.gallery(figure_tables(compare(many, extractors=["themes"])))}["positions"]
    assert "the first 10 articles of each kind, of 54" in picture.caption
    assert picture.data.drop_duplicates("article")["kind"].value_counts().tolist() == [10, 10, 10]
    ax = picture.draw()
    assert len(ax.get_yticklabels()) == 30
    assert "of each kind, of 54" in ax.get_figure().get_supxlabel().replace("\n", " ")


CONTRASTS = {"a": "k", "b": "l", "difference": 0.1, "ci_low": 0.05, "ci_high": 0.2}


@pytest.mark.parametrize(
    "measures",
    [
        ["themes__x", "readability__smog_index"],
        ["readability__smog_index", "voice__quoted_share"],
        ["stance__x", "stance__x_n"],
    ],
)
def test_measures_of_different_scales_are_not_drawn_on_one_axis(measures):
    with pytest.raises(FramingError, match=f"contrasts: .*different scales.*{measures[0]}.*{measures[1]}"):
        figures.forest(pd.DataFrame({"measure": measures, **CONTRASTS}))
    with pytest.raises(FramingError, match=f"values: .*different scales.*{measures[0]}.*{measures[1]}"):
        figures.dots(pd.DataFrame({"measure": measures, "kind": "k", "value": 0.3}))


def test_shares_of_sentences_and_of_words_are_per_cent():
    both = ["themes__x", "voice__quoted_share"]
    assert figures.forest(pd.DataFrame({"measure": both, **CONTRASTS})).lines
    assert figures.dots(pd.DataFrame({"measure": both, "kind": "k", "value": 0.3})).lines


DRAWN = {
    "forest": ["measure", "a", "b", "difference", "ci_low", "ci_high"],
    "dots": ["measure", "kind", "value"],
    "theme_heatmap": ["measure", "kind", "mean"],
    "lollipop": ["word", "weight", "side"],
    "position_strip": ["measure", "article", "kind", "sentence", "n_sentences", "voice"],
    "specification_curve": ["estimate"],
    "stance_matrix": ["kind", "target", "voice", "stance", "n_clauses"],
}


SOURCES = {"lollipop": "framing.keyness", "specification_curve": "Robustness.curve"}


@pytest.mark.parametrize("name", DRAWN)
def test_a_table_that_cannot_be_drawn_is_a_clear_error(name):
    draw, columns = getattr(figures, name), DRAWN[name]
    with pytest.raises(FramingError, match="no rows, so there is nothing to draw"):
        draw(pd.DataFrame(columns=columns, dtype=object))
    with pytest.raises(FramingError, match=f"lacks the columns? .*{columns[-1]!r}; it has .*other"):
        draw(pd.DataFrame({**dict.fromkeys(columns[:-1], ["x"]), "other": ["x"]}))
    source = SOURCES.get(name, "Comparison")
    with pytest.raises(FramingError, match=f"a data frame with the columns .*{columns[0]}.*, got 'list'.*{source}"):
        draw([1, 2])


def test_a_heat_map_without_themes_and_a_curve_without_estimates_are_clear_errors():
    with pytest.raises(FramingError, match="means of themes: the table has no rows"):
        figures.theme_heatmap(pd.DataFrame({"measure": ["style__mattr"], "kind": ["a"], "mean": [0.7]}))
    with pytest.raises(FramingError, match="specifications with an estimate: the table has no rows"):
        figures.specification_curve(pd.DataFrame({"estimate": [np.nan], "unit": ["words"]}))
    with pytest.raises(FramingError, match="means: the table lacks the columns 'ci_low', 'ci_high'"):
        values = pd.DataFrame({"measure": ["themes__x"], "kind": ["a"], "value": [0.1]})
        figures.dots(values, means=values.rename(columns={"value": "mean"}))


@pytest.mark.parametrize("width", ["85mm", None, True, 20, float("nan")])
def test_a_width_that_is_none_is_a_clear_error(tmp_path, width):
    with pytest.raises(FramingError, match="the width of figures must be from 60 to 400 mm"):
        figures.save_figures(figures.Tables(), tmp_path / "out", width=width)
    assert not (tmp_path / "out").exists()


def test_one_form_is_a_form_and_not_its_letters(three, tmp_path):
    result = compare(three, extractors=["themes"])
    paths = figures.save_figures(figure_tables(result), tmp_path, "svg")
    assert {p.suffix for p in paths} == {".svg", ".csv", ".md"}
    with pytest.raises(FramingError, match="tables must be what .* makes of a comparison, got 'Comparison'"):
        figures.save_figures(result, tmp_path)


def test_a_stance_table_is_drawn_as_it_is():
    texts = [
        "The mayor hailed Washington. Critics condemned Washington. Envoys flew to Washington.",
        "“We condemned Washington,” the minister said. “We hailed Washington,” aides said. The mayor hailed Washington.",
    ]
    found = stance(Corpus.from_texts(texts, kind=["a", "b"]), targets={"US": ["Washington"]})
    by_voice = found.matrix(["kind", "voice"])
    shown, by_holder = ([t.get_text() for t in figures.stance_matrix(m).texts] for m in (by_voice, found.matrix()))
    assert len(found.matrix()) > len(by_voice)
    assert shown == by_holder, "types of holders are drawn together, each by its clauses"
    for row in by_voice.itertuples():
        assert (
            str(row.n) in shown
            and ("0" if abs(row.stance) < 0.005 else f"{row.stance:+.2f}".replace("-", "−")) in shown
        )
    assert "no kind" in [
        t.get_text() for t in figures.stance_matrix(stance(texts, targets=["Washington"]).matrix()).texts
    ]
    with pytest.raises(FramingError, match="stances: the table lacks the column 'voice'"):
        figures.stance_matrix(found.matrix(["kind"]))


def _pairs(n_kinds):
    pairs = [(f"kind {i}", f"kind {j}") for i in range(n_kinds) for j in range(i)]
    ends = {"difference": 0.2, "ci_low": 0.1, "ci_high": 0.3, "n_events": 9.0, "measure": "themes__x"}
    return pd.DataFrame(pairs, columns=["a", "b"]).assign(**ends)


@pytest.mark.parametrize(("n_kinds", "n_colours"), [(4, 6), (5, 1)])
def test_more_pairs_than_colours_have_one_colour(n_kinds, n_colours):
    ax = figures.forest(_pairs(n_kinds))
    assert (
        len({line.get_markeredgecolor() for line in ax.lines if line.get_marker() not in ("None", None)}) == n_colours
    )


def test_a_forest_says_how_many_differences_it_leaves_out():
    table = _pairs(4)
    assert "Shown: the 6 largest of 40 differences" in figures.forest(table, of=40).get_figure()._supxlabel.get_text()
    assert "Shown" not in figures.forest(table, of=6).get_figure()._supxlabel.get_text()
    many = pd.concat(
        [_pairs(5).assign(measure=f"themes__{m}", difference=0.01 * m) for m in range(9)], ignore_index=True
    )
    means = pd.DataFrame({"measure": many["measure"].unique(), "kind": "a", "mean": 0.1, "n": 3})
    pictures = {p.name: p for p in figures.gallery(figures.Tables(contrasts=many, means=means))}
    assert "of 90 differences" in pictures["contrasts-themes"].draw().get_figure()._supxlabel.get_text()


def test_long_ids_are_not_cut():
    ids = [f"2026-01-0{i}_national-news-agency_harbour-agreement" for i in range(1, 4)]
    columns = {"measure": "themes__x", "kind": "wire", "sentence": 1.0, "n_sentences": 9, "voice": "author"}
    ax = figures.position_strip(pd.DataFrame({"article": ids}).assign(**columns))
    assert [label.get_text() for label in ax.get_yticklabels()] == ids


def test_ids_of_a_kind_are_shown_without_what_all_of_them_end_in():
    events = ["harbour-talks-in-the-north-2025", "harbour-talks-in-the-south-2025", "salt-2024"]
    rows = [("theme", f"{e}-{kind}", kind, 1, 9, "author") for kind in ("wire", "analysis") for e in events]
    positions = pd.DataFrame(rows, columns=["measure", "article", "kind", "sentence", "n_sentences", "voice"])
    narrow, wide = (
        [label.get_text() for label in figures.position_strip(positions, width=width).get_yticklabels()]
        for width in (85, 300)
    )
    assert wide == [row[1] for row in rows]
    assert narrow[:3] == narrow[3:] and len(set(narrow)) == 3 and narrow[2] == "salt-2024"
    assert all(label.startswith("harbour") for label in narrow[:2])
