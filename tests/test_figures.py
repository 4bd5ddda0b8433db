import hashlib

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from framing import figures
from framing.contrasts import compare
from framing.figure_tables import figure_tables


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
