import numpy as np
import pytest

from framing.analysis import evidence
from framing.extractors import Sourcing
from framing.tokens import tokenize

TEXT = (
    "Prime Minister Anwar Ibrahim said on Monday that the talks had gone well. "
    "“We will sign the pact in May,” Anwar told reporters.\n\n"
    "Analysts claimed that the pact would cost a great deal."
)


@pytest.fixture(scope="module")
def row():
    return Sourcing().fit_transform([TEXT]).iloc[0]


def test_shares_of_attributed_words(row):
    assert 0 < row["direct_share"] < 1
    assert 0 < row["named_share"] < 1  # the analysts have no name
    assert row["official_share"] == pytest.approx(row["named_share"])  # a prime minister speaks for a government


def test_holders_are_counted_once(row):
    assert row["n_holders"] == 2
    assert 1 < row["effective_voices"] <= 2


def test_equal_holders_are_as_many_effective_voices():
    text = "Mary Smith said that it rained all day. John Brown said that it rained all night."
    assert Sourcing().fit_transform([text])["effective_voices"].item() == pytest.approx(2, abs=0.05)


def test_verbs_lean():
    both = "Officials noted that it rained. Critics claimed that it hailed."
    assert Sourcing().fit_transform([both])["endorsing_minus_distancing"].item() == 0
    assert Sourcing().fit_transform(["Officials noted that the river rose."])["endorsing_minus_distancing"].item() == 1


def test_nothing_attributed_is_missing_but_no_holder_is_none():
    row = Sourcing().fit_transform(["It rained in the north. The river rose by a metre."]).iloc[0]
    assert np.isnan(row["named_share"]) and np.isnan(row["effective_voices"])
    assert row["n_holders"] == 0


def test_contributions_add_up():
    extractor = Sourcing()
    tokens = tokenize([TEXT, "Ministers said that the plan was ready. It rained."])
    spans = extractor.extract(tokens).spans
    table = extractor.fit_transform(tokens)
    for measure in extractor.measures():
        if not measure.additive:
            continue
        sums = spans[spans["measure"] == measure.name].groupby("article")["contribution"].sum()
        for number, value in enumerate(table[measure.name]):
            if not np.isnan(value):
                assert sums.get(number, 0.0) == pytest.approx(value), measure.name


def test_seeds_order_as_read(seeds):
    table = Sourcing().fit_transform(seeds)
    assert table["n_holders"]["003"] == 2  # the prime minister and the foreign ministry
    assert table["named_share"]["003"] == 1 > table["named_share"]["004"]
    assert table["direct_share"]["004"] == 0 < table["direct_share"]["000"] < table["direct_share"]["003"]


def test_the_number_of_voices_shows_the_words_it_rests_on():
    text = "“It rained all day,” the minister said. Analysts claimed that it hailed."
    spans = evidence([text], measure="sourcing__effective_voices")
    assert spans["text"].tolist() == ["It rained all day", "that it hailed"] and spans["contribution"].isna().all()


@pytest.mark.parametrize(
    ("source", "named", "official"),
    [
        ("The Prime Minister", 0, 1),
        ("The prime minister", 0, 1),
        ("Prime Minister Anwar", 1, 1),
        ("China", 1, 1),
        ("Boeing", 1, 0),
        ("A Boeing spokeswoman", 1, 0),
        ("Business leaders", 0, 0),
        ("The general manager of the hotel", 0, 0),
    ],
)
def test_named_and_official_shares_follow_the_name_not_the_capitals_of_the_house(source, named, official):
    row = Sourcing().fit_transform([f"{source} said that taxes were too high and that the plan would fail."]).iloc[0]
    assert (row["named_share"], row["official_share"]) == (named, official)
