import pandas as pd
import pytest

import framing
from framing.corpus import Corpus
from framing.errors import CorpusError, FramingError
from framing.tokens import tokenize

TEXTS = ["The talks went well. They will go on.", "They met."]


@pytest.mark.parametrize("extractor", [framing.Style, framing.Themes, framing.Readability, framing.Voice])
def test_extractors_score_the_texts_of_a_frame_and_of_a_mapping(extractor):
    frame = pd.DataFrame({"kind": ["a", "b"], "id": ["x", "y"], "text": TEXTS})
    expected = extractor().fit_transform(TEXTS)
    for texts, index in ((frame, [0, 1]), (dict(zip(frame["id"], TEXTS, strict=True)), ["x", "y"])):
        table = extractor().fit_transform(texts)
        assert table.index.tolist() == index
        pd.testing.assert_frame_equal(table.reset_index(drop=True), expected.reset_index(drop=True))


def test_a_missing_text_of_a_series_is_an_empty_text():
    series = pd.Series(["It rained.", None, float("nan")])
    found, expected = framing.features(series), framing.features(pd.DataFrame({"text": series}))
    pd.testing.assert_frame_equal(found, expected)
    assert found["problem"].tolist()[1:] == ["empty text", "empty text"]


def test_features_of_a_mapping_are_those_of_its_texts():
    table = framing.features({"a": TEXTS[0], "b": TEXTS[1]})
    assert table[["id", "n_words"]].values.tolist() == [["a", 8], ["b", 2]]


@pytest.mark.parametrize("texts", ["It rained.", {"a": "It rained."}, pd.DataFrame({"text": TEXTS})])
def test_what_is_no_list_of_texts_is_refused(texts):
    with pytest.raises(CorpusError, match="texts must be a list of strings"):
        Corpus.from_texts(texts)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["It rained.", None], "text 2 must be a string or an Article, got NoneType"),
        (pd.DataFrame({"body": TEXTS}), "no column 'text'; it has body"),
        ({"text": TEXTS}, "text 1 must be a string, got list"),
    ],
)
def test_what_is_no_text_is_named(texts, message):
    with pytest.raises(FramingError, match=message):
        tokenize(texts)


def test_texts_and_articles_may_stand_side_by_side():
    article = Corpus.from_texts([TEXTS[0]], ids=["x"])[0]
    assert [a.id for a in tokenize([article, TEXTS[1]])] == ["x", "2"]


@pytest.mark.parametrize("through_a_file", [False, True])
def test_numbers_and_days_of_a_frame_are_written_plainly(tmp_path, through_a_file):
    frame = pd.DataFrame(
        {
            "id": [2024.0, None, 3.5],
            "kind": [7, None, 8],
            "date": pd.to_datetime(["2025-01-02", None, "2025-01-03T10:00"], format="ISO8601"),
            "year": [2024, None, 2025],
            "text": ["It rained.", "It shone.", "It snowed."],
        }
    )
    if through_a_file:
        pytest.importorskip("pyarrow")
        frame.to_parquet(tmp_path / "c.parquet")
    corpus = framing.read_corpus(tmp_path / "c.parquet") if through_a_file else tokenize(frame).articles
    assert [(a.id, a.kind, a.date) for a in corpus] == [
        ("2024", "7", "2025-01-02"),
        ("2", None, None),
        ("3.5", "8", "2025-01-03 10:00:00"),
    ]
    assert [str(a.extra.get("year")) for a in corpus] == ["2024", "None", "2025"]


def test_a_column_that_no_article_has_is_an_error():
    corpus = Corpus.from_texts(TEXTS, kind=["a", "b"], outlet=["p", None])
    assert [a.id for a in corpus.where(outlet="p")] == ["1"]
    with pytest.raises(CorpusError, match="unknown column 'knid'.* Did you mean 'kind'"):
        corpus.where(knid="a")


def test_id_is_a_column_like_others():
    assert [a.id for a in Corpus.from_texts(TEXTS, id=["x", "y"])] == ["x", "y"]
    with pytest.raises(CorpusError, match="give one of them"):
        Corpus.from_texts(TEXTS, ids=["x", "y"], id=["x", "y"])


def test_any_column_can_be_set():
    corpus = Corpus.from_texts(TEXTS, kind=["a", "b"], outlet=["p", None])
    assert [a.kind for a in corpus.relabel("kind", {"2": "c"})] == ["a", "c"]
    assert [a.extra for a in corpus.relabel("outlet", {"2": "q"})] == [{"outlet": "p"}, {"outlet": "q"}]
    assert [a.extra.get("desk") for a in corpus.relabel("desk", {"2": "east"})] == [None, "east"]


def test_known_columns_of_a_frame_may_have_capitals():
    frame = pd.DataFrame({"Text": TEXTS, "Kind": ["a", "b"], "kind": ["c", "d"]})
    article = tokenize(frame).articles[0]
    assert (article.text, article.kind, article.extra) == (TEXTS[0], "c", {"Kind": "a"})
    assert [a.kind for a in Corpus.from_texts(TEXTS, Kind=["a", "b"])] == ["a", "b"]
