import numpy as np
import pandas as pd
import pytest

import framing
from framing.corpus import Corpus
from framing.errors import FramingError
from framing.wordlists import states

TEXT = (
    "The envoy said that China had imposed tariffs. “We condemn China,” the minister told reporters. "
    "China lies east of the sea. The mayor praised NATO."
)


@pytest.fixture(scope="module")
def table():
    return framing.stance([TEXT, "It rained all day in the hills."], targets=["China", "NATO"])


def test_one_row_a_clause_with_voice_and_holder(table):
    rows = table.clauses[["target", "polarity", "voice", "holder_type"]].values.tolist()
    assert rows == [
        ["China", -1, "paraphrased", "person"],
        ["China", -1, "quoted", "person"],
        ["China", 0, "author", "author"],
        ["NATO", 1, "author", "author"],
    ]
    assert table.clauses["holder"].tolist()[:2] == ["The envoy", "the minister"]


def test_scores_follow_from_the_clauses(table):
    row = table.articles.set_index(["article", "target"]).loc[("1", "China")]
    assert (row["stance"], row["n"], row["negative"], row["neutral"]) == (pytest.approx(-2 / 3), 3, 2, 1)
    assert row["log_ratio"] == pytest.approx(np.log(0.5 / 2.5))
    assert row["author"] == 0 and row["quoted"] == -1


def test_never_named_is_missing(table):
    row = table.articles.set_index(["article", "target"]).loc[("2", "NATO")]
    assert np.isnan(row["stance"]) and row["n"] == 0


def test_matrix_groups_and_refuses_other_columns(table):
    found = table.matrix(["voice"])
    assert set(found["voice"]) == {"author", "quoted", "paraphrased"}
    assert found["n"].sum() == 4
    with pytest.raises(FramingError, match="'tone'"):
        table.matrix(["tone"])
    assert table.matrix(["voice", "voice"]).equals(found)


def test_range_over_the_two_readings_of_relayed_sentences():
    text = (
        "The chairman said in a statement that ties with Japan had deepened. Japan is a reliable partner.\n\n"
        "Japan imposed tariffs in May."
    )
    row = framing.stance(text, targets=["Japan"]).articles.iloc[0]
    assert row["author_low"] == -1 and row["author_high"] == 0
    assert row["author_low"] <= row["author"] <= row["author_high"]


def test_cues_that_cancel_are_no_evidence():
    found = framing.stance("Officials praised and condemned China in May.", targets=["China"])
    text = "Officials condemned China but not only condemned, never condemned China."
    assert len(found.clauses) == 1
    both = framing.stance("China is an honest but unreliable state.", targets=["China"])
    assert both.clauses["polarity"].isna().all(), both.clauses["rule"].tolist()
    assert both.clauses["rule"].tolist() == ["cues cancel"]
    row = both.articles.iloc[0]
    assert np.isnan(row["stance"]) and row["n"] == 0 and row["abstained"] == 1
    assert framing.stance(text, targets=["China"]).clauses["polarity"].notna().any()


def test_states_stand_for_all_their_names_and_us_is_not_the_us():
    found = framing.stance("They told us. Washington met envoys. US troops left.", targets=["United States"])
    assert found.clauses["sentence"].tolist() == [2, 3]


def test_aliases_of_ones_own():
    found = framing.stance("Critics accused the World Bank of waste.", targets={"bank": ["World Bank", "IBRD"]})
    assert found.clauses["polarity"].tolist() == [-1]


@pytest.mark.parametrize("targets", ["NATO", 3, [], {}, {"bank": []}, [""], {"bank": [4]}])
def test_bad_targets(targets):
    with pytest.raises(FramingError, match="targets"):
        framing.stance("It rained.", targets=targets)


def test_bad_reach():
    with pytest.raises(FramingError, match="reach must be 'clause' or 'sentence', got 'page'"):
        framing.stance("It rained.", targets=["NATO"], reach="page")


NAMES = [*list(states())[:60], "European Union", "NATO", "United Nations", "World Bank", "ASEAN", "Federal Reserve"]
NEUTRAL = [
    "{} issued a statement on Monday.",
    "Exports to {} rose by 3 per cent in May.",
    "The delegation flew to {} on Tuesday morning.",
    "Officials of {} met in the capital.",
]


@pytest.mark.parametrize("reach", ["clause", "sentence"])
def test_merely_named_targets_score_zero_whatever_the_name(reach):
    assert "United States" in {*NAMES, *states()} and len(NAMES) > 50
    names = [*NAMES, "United States", "United Kingdom", "United Arab Emirates"]
    texts = [" ".join(s.format(name) for s in NEUTRAL) for name in names]
    found = framing.stance(Corpus.from_texts(texts), targets=names, reach=reach).clauses
    own = found[[names[int(a) - 1] == t for a, t in zip(found["article"], found["target"], strict=True)]]
    assert len(own) >= 4 * len(names)
    assert (own["polarity"] == 0).all(), own.loc[own["polarity"] != 0, ["target", "text", "rule"]].to_string()


def test_html_and_text(table):
    assert "China" in table._repr_html_()
    assert repr(table) == "<StanceTable: 4 clauses on China, NATO in 2 articles>"


def test_the_table_agrees_with_the_features(three):
    table = framing.stance(three).articles.set_index(["article", "target"])["stance"].unstack()
    features = framing.features(three).set_index("id")
    for target in table:
        pd.testing.assert_series_equal(
            table[target],
            features[f"stance__{target}"].loc[table.index],
            check_names=False,
            check_dtype=False,
            check_index_type=False,
        )


def test_the_matrix_as_text_names_kinds_in_order_and_fits_eighty_columns():
    kinds = ["wire-report", "analysis-piece", "official-statement"]
    corpus = Corpus.from_texts([TEXT] * 3, kind=kinds)
    names = ["China", "NATO", *(f"a target with a long name {i}" for i in range(3))]
    found = framing.stance(corpus, targets=names)
    groups = ["kind", "voice", "holder_type"]
    text = framing.stance_text(found.matrix(groups), groups, found.targets)
    lines = text.splitlines()
    assert [line for line in lines if line in kinds][:3] == ["official-statement", "wire-report", "analysis-piece"]
    assert max(map(len, lines)) <= 80
    assert text.count("-1.00 (1)") == 2 * 3
    short = framing.stance_text(found.matrix(["voice"]), ["voice"], found.targets, markdown=True)
    assert short.startswith("| voice | China | NATO |")


def test_a_rule_says_its_class_and_the_words_of_the_text():
    text = "Ministers did not condemn the bank. They expressed  \n their gratitude to the bank. The bank is old."
    found = framing.stance(text, targets={"bank": ["bank"]})
    assert found.clauses["rule"].tolist() == [
        "blame: “condemn”, negated", "praise: “expressed their gratitude”", "named, no cue",
    ]  # fmt: skip
