"""Every registered extractor keeps the same manners."""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import StandardScaler

from framing.corpus import Corpus
from framing.extractors import EXTRACTORS, Themes
from framing.tokens import tokenize

TEXTS = [
    "The United States imposed tariffs and Türkiye deepened its ties. They will not take sides. " * 4,
    "",
    "It rained on the two navies during their joint exercises, the minister said. " * 4,
]


@pytest.fixture(params=EXTRACTORS.names())
def extractor(request):
    return EXTRACTORS.get(request.param)()


def test_there_are_extractors():
    assert {"readability", "style", "themes", "stance"} <= set(EXTRACTORS.names())


def test_clone_and_parameters_round_trip(extractor):
    assert clone(extractor).get_params() == extractor.get_params()
    assert (
        type(extractor)(**extractor.get_params()).set_params(**extractor.get_params()).get_params()
        == extractor.get_params()
    )


def test_names_equal_columns_and_rows_keep_their_order(extractor):
    table = extractor.fit_transform(TEXTS)
    assert table.columns.tolist() == extractor.get_feature_names_out().tolist()
    assert table.index.tolist() == [0, 1, 2]
    assert table.loc[1].isna().all()


def test_all_at_once_equals_one_by_one(extractor):
    together = extractor.fit_transform(TEXTS)
    apart = pd.concat([extractor.fit_transform([t]) for t in TEXTS], ignore_index=True)
    pd.testing.assert_frame_equal(together.reset_index(drop=True), apart)


SENTENCES = [
    "Washington again this week imposed tariffs.", "This is what we must deal with.", "They bought tea, coffee, and rice.",
    "Will it rain?", "He said so, and", "“We welcome Türkiye,” she added.", "Such moves raised fears.", "A title\n\n", "\n\n",
]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=6).map(" ".join), min_size=2, max_size=4))
def test_no_article_depends_on_its_neighbours(texts):
    for name in EXTRACTORS.names():
        extractor = EXTRACTORS.get(name)()
        together = extractor.fit_transform(texts).reset_index(drop=True)
        apart = pd.concat([extractor.fit_transform([t]) for t in texts], ignore_index=True)
        pd.testing.assert_frame_equal(together, apart)


def test_same_twice_after_pickling_and_without_touching_the_input(extractor):
    texts = list(TEXTS)
    first = extractor.fit_transform(texts)
    again = pickle.loads(pickle.dumps(extractor)).transform(texts)
    pd.testing.assert_frame_equal(first, again)
    assert texts == TEXTS


def test_values_stay_on_their_scale(extractor):
    table = extractor.fit_transform(TEXTS)
    bounds = {"share": (0, 1), "balance": (-1, 1), "count": (0, np.inf), "index": (-np.inf, np.inf)}
    for measure in extractor.measures():
        values = table[measure.name].dropna()
        low, high = bounds[measure.kind]
        assert values.between(low, high).all()


def test_works_in_a_pipeline_and_over_tokens(extractor):
    pipeline = Pipeline(
        [
            ("measure", extractor),
            ("fill", SimpleImputer(strategy="constant", fill_value=0.0, keep_empty_features=True)),
            ("scale", StandardScaler()),
        ]
    )
    assert pipeline.fit_transform([TEXTS[0], TEXTS[2]]).shape[0] == 2
    tokens = tokenize(TEXTS)
    found = extractor.fit_transform(tokens)
    assert found.index.tolist() == ["1", "2", "3"]
    pd.testing.assert_frame_equal(found.reset_index(drop=True), extractor.fit_transform(TEXTS))


@pytest.mark.parametrize("index", [[2, 1, 0], ["3", "1", "2"], pd.date_range("2026-01-01", periods=3)])
def test_scores_have_the_index_of_a_series_or_frame(extractor, index):
    frame = pd.DataFrame({"text": TEXTS, "id": list("abc"), "year": [1, 2, 3]}, index=index)
    expected = extractor.fit_transform(TEXTS).set_axis(frame.index)
    for texts in (frame["text"], frame, frame["text"].rename("headline").astype("string")):
        found = extractor.fit_transform(texts)
        pd.testing.assert_frame_equal(found, expected)
        name = found.columns[0]
        assert frame.join(found)[name].equals(expected[name])
        assert frame.assign(score=found[name])["score"].tolist() == pytest.approx(expected[name].tolist(), nan_ok=True)
        assert pd.concat([frame, found], axis=1).shape == (3, 3 + found.shape[1])


@pytest.mark.parametrize("columns", ["text", ["text"]])
def test_works_among_the_columns_of_a_frame(extractor, columns):
    frame = pd.DataFrame({"text": TEXTS, "year": [1.0, 2.0, 4.0]}, index=["c", "a", "b"])
    both = ColumnTransformer([("own", extractor, columns), ("scaled", StandardScaler(), ["year"])])
    found = both.set_output(transform="pandas").fit_transform(frame)
    assert found.index.tolist() == ["c", "a", "b"]
    own = extractor.fit_transform(frame["text"]).add_prefix("own__")
    pd.testing.assert_frame_equal(found[own.columns], own)
    assert Pipeline([("both", both), ("same", "passthrough")]).fit_transform(frame).index.tolist() == ["c", "a", "b"]


def test_ids_name_the_rows_of_articles_and_mappings():
    corpus = Corpus.from_texts(["It rained."], ids=["x"])
    for texts in (corpus, list(corpus), corpus[0], {"x": "It rained."}):
        assert Themes().fit_transform(texts).index.tolist() == ["x"]
    assert Themes().fit_transform(text for text in TEXTS).index.tolist() == [0, 1, 2]


def test_a_missing_text_of_a_series_has_no_scores():
    found = Themes().fit_transform(pd.Series(["They will not take sides.", None], index=["a", "b"]))
    assert found["non_alignment"].tolist() == pytest.approx([1.0, np.nan], nan_ok=True)


def test_a_union_names_columns_by_family():
    union = FeatureUnion([(n, EXTRACTORS.get(n)()) for n in EXTRACTORS.names()]).set_output(transform="pandas")
    columns = union.fit_transform(TEXTS).columns
    assert "themes__defence" in columns and "stance__united_states" in columns


def test_no_texts(extractor):
    table = extractor.fit_transform([])
    assert table.shape == (0, len(extractor.measures()))
