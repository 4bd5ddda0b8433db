"""The components of salience, with values worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from scipy import stats as scipy_stats

import framing
from framing.cli import main
from framing.corpus import Corpus
from framing.errors import DesignError
from framing.salience import theme_salience
from framing.salience_display import salience_text
from framing.stats.dispersion import deviation_of_proportions
from framing.terminal import columns
from framing.theme_finder import ThemeFinder

BOOK = '[codebook]\nname = "sea"\nversion = "1"\nlanguage = "en"\n[themes.boats]\nterms = ["boat*"]\n[themes.towns]\nterms = ["town*"]\n'


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "sea.toml"
    path.write_text(BOOK, encoding="utf-8")
    return path


TEXT = (
    "Boats are back\n\n"
    "The boat came in. It rained on the pier. “The boat sank,” the captain said. They sang. They ate. "
    "They slept. The minister said that a boat would come. They left."
)


def row(table, theme, article="1"):
    return table[(table["theme"] == theme) & (table["article"] == article)].iloc[0]


def test_by_hand(book):
    """Eight sentences, of which 1, 3 and 7 raise the theme."""
    found = row(theme_salience([TEXT], book), "boats")
    assert (found.n_sentences, found.n_raised, found.share) == (8, 3, 3 / 8)
    expected = scipy_stats.binomtest(3, 8).proportion_ci(method="wilson")
    assert (found.share_low, found.share_high) == pytest.approx((expected.low, expected.high))
    assert (found.present, found.headline, found.lead) == (1, 1, 1)
    assert found.first_mention == 1 / 8
    assert found.mean_depth == pytest.approx((1 + 3 + 7) / 3 / 8)
    # quarters of two sentences hold 1, 1, 0 and 1 of three: |1/3 - 1/4| three times and 1/4, halved
    assert found.dispersion == pytest.approx((3 * (1 / 3 - 1 / 4) + 1 / 4) / 2)
    assert (found.n_quoted, found.n_raised_quoted, found.share_quoted) == (1, 1, 1.0)
    assert (found.n_paraphrased, found.n_raised_paraphrased) == (1, 1)
    assert (found.n_author, found.n_raised_author, found.share_author) == (6, 1, pytest.approx(1 / 6))
    assert found.n_author + found.n_quoted + found.n_paraphrased == found.n_sentences
    low = scipy_stats.binomtest(1, 6).proportion_ci(method="wilson")
    assert (found.share_author_low, found.share_author_high) == pytest.approx((low.low, low.high))


def test_absent_is_not_missing(book):
    found = theme_salience([TEXT, "", "A boat came. A boat left."], book)
    absent = row(found, "towns")
    assert (absent.n_raised, absent.share, absent.present, absent.headline, absent.lead) == (0, 0, 0, 0, 0)
    assert np.isnan([absent.first_mention, absent.mean_depth, absent.dispersion]).all()
    assert absent.share_high == pytest.approx(scipy_stats.binomtest(0, 8).proportion_ci(method="wilson").high)
    unscored = row(found, "boats", "2")
    assert unscored.problem == "empty text"
    assert unscored.loc["n_sentences":].isna().all()
    untitled = row(found, "boats", "3")
    assert pd.isna(untitled.headline) and untitled.present == 1 and np.isnan(untitled.dispersion)
    assert untitled.n_quoted == 0 and np.isnan(untitled.share_quoted) and np.isnan(untitled.share_quoted_low)


def test_lead_and_title_are_apart(book):
    third = "Nothing on that\n\nIt rained. It shone. A boat came. They left."
    found = row(theme_salience([third], book), "boats")
    assert (found.headline, found.lead, found.first_mention) == (0, 0, 0.75)
    assert found.dispersion == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("counts", "sizes", "expected"),
    [([1, 1, 1, 1], [5, 5, 5, 5], 0), ([4, 0, 0, 0], [5, 5, 5, 5], 0.75), ([1, 2], [1, 2], 0), ([0, 3], [3, 1], 0.75)],
)  # fmt: skip
def test_deviation_of_proportions(counts, sizes, expected):
    assert deviation_of_proportions(counts, sizes) == pytest.approx(expected)


def test_undefined_dispersion():
    assert np.isnan(deviation_of_proportions([0, 0], [1, 1])) and np.isnan(deviation_of_proportions([1, 0], [1, 0]))


def test_shares_are_those_of_the_features(three):
    found = theme_salience(three)
    features = framing.features(three, extractors=["themes"]).set_index("id")
    assert [features.loc[r.article, f"themes__{r.theme}"] for r in found.itertuples()] == found["share"].tolist()
    analysis = framing.analyse(three, inherited=False)
    pd.testing.assert_frame_equal(theme_salience(analysis), theme_salience(three, inherited=False))


def test_the_default_features_and_measures_are_what_they_were(three):
    assert not [c for c in framing.features(three).columns if "salience" in c or "first_mention" in c]


def test_titles_keep_the_parties_of_their_event():
    texts = ["Japan orders patrol vessels from South Korea\n\nIt rained. It shone. They slept well. They ate."] * 2
    corpus = Corpus.from_texts(texts, parties=[("Japan", "South Korea"), ("Malaysia", "Türkiye")])
    found = theme_salience(corpus)
    assert found.loc[found["theme"] == "defence", "headline"].tolist() == [1, 0]


def test_no_articles(book):
    assert theme_salience([], book).empty and salience_text(theme_salience([], book)) == "No article."


def test_the_command(book, tmp_path):
    path = tmp_path / "texts.jsonl"
    rows = [{"id": "一" * 30, "text": TEXT}, {"id": "b", "text": ""}]
    path.write_text("\n".join(framing.json_text(r).replace("\n", "") for r in rows), encoding="utf-8")
    run = CliRunner().invoke(main, ["salience", str(path), "--codebook", str(book)])
    assert run.exit_code == 0 and max(map(columns, run.stdout.splitlines())) <= 80 and " .38 " in run.stdout
    out = CliRunner().invoke(main, ["salience", str(path), "--codebook", str(book), "-o", str(tmp_path / "s.csv")])
    assert out.exit_code == 0 and len((tmp_path / "s.csv").read_text().splitlines()) == 5
    failed = CliRunner().invoke(main, ["salience", str(path), "--codebook", str(book), "--theme", "x"])
    assert failed.exit_code == 2 and "unknown theme 'x'; known: boats, towns" in failed.output


def test_on_the_seeds(seeds):
    """METHODS: non-alignment 11 of 24 sentences in one text, 2 of 26 in another, never in the third."""
    found = theme_salience(seeds)
    never = row(found, "non_alignment", "003")
    assert never.present == 0 and np.isnan(never.first_mention)
    wire = row(found, "non_alignment", "000")
    assert (wire.n_raised, wire.n_sentences, wire.first_mention) == (2, 26, pytest.approx(5 / 26))
    assert (
        row(found, "us_pressure", "004").headline == 1 and found.loc[found["article"] != "004", "headline"].isna().all()
    )
    assert row(found, "defence", "000").share > row(found, "defence", "003").share > row(found, "defence", "004").share


@pytest.mark.parametrize("level", [95, 0, 1, -0.5, float("nan"), "0.95"])
def test_a_level_beyond_its_range_is_refused(book, level):
    with pytest.raises(DesignError, match="level must be a number between 0 and 1"):
        theme_salience([TEXT], book, level=level)


@pytest.mark.parametrize("m", [-1, 0, 2.5])
def test_distinct_things_need_a_number_of_sentences(m):
    with pytest.raises(DesignError, match="m must be a whole number from 1"):
        framing.distinct([TEXT], m=m)
    with pytest.raises(DesignError, match="without themes"):
        framing.distinct(framing.analyse([TEXT], extractors=["style"]))


def test_each_article_looks_at_its_own_finds_only(book, monkeypatch):
    """All articles looked at the finds of all: twice the articles took four times as long."""
    looked = []

    class Finds(dict):
        def __iter__(self):
            looked.append(len(self))
            return super().__iter__()

    real = ThemeFinder.find
    monkeypatch.setattr(
        ThemeFinder, "find", lambda *given: {theme: Finds(finds) for theme, finds in real(*given).items()}
    )
    found = theme_salience([TEXT] * 40, book)
    assert found.loc[found["theme"] == "boats", "n_raised"].tolist() == [3] * 40
    assert sum(looked) <= 3 * 40 + 40, "finds of the bodies once, and of the titles"
