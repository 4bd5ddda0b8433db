import numpy as np
import pytest

from framing.extractors import Stance
from framing.tokens import tokenize

NAMES = ["United States", "US", "Washington"]


def stance(text, target, **parameters):
    return Stance(**parameters).fit_transform([text])[target].item()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Officials condemned {} for its conduct.", -1),
        ("The minister thanked {} for its help.", 1),
        ("{} imposed tariffs on furniture.", -1),
        ("{} was praised by the envoy.", 1),
        ("{} pressure has grown this year.", -1),
        ("Exports to {} rose in May.", 0),
        ("The delegation flew to {} on Monday.", 0),
        ("The minister did not condemn {} in public.", 0),
        ("{} is a reliable partner.", 1),
        ("{} is hardly a reliable partner.", -1),
        ("They face coercion by {} again.", -1),
        ("{} has threatened Malaysia.", -1),
        ("{} has criticised China.", 0),
        ("{} has praised Malaysia.", 0),
        ("Iran was condemned by {}.", 0),
        ("The move was welcomed by {}.", 0),
        ("{} was struck by an earthquake.", 0),
        ("{} faces new tariffs.", 0),
        ("Iran praised China, and Mexico condemned {}.", -1),
        ("Iran praised China but Mexico condemned {}.", -1),
        ("{} firmly rejected the coercion.", 0),
        ("{} said that sanctions would not work.", 0),
        ("{} said it would impose sanctions.", -1),
        ("Analysts fear that China will overtake {}.", 0),
        ("Malaysia does not support sanctions against {}.", 0),
        ("The minister said it would not be wise, at a time of rain and wind, to condemn {}.", -1),
        ("{} and its many friends in the region on Monday once more and without delay imposed duties.", 0),
        ("Exports to {} that the port handled fell while China imposed tariffs.", 0),
    ],
)
def test_polarity_toward_an_actor(text, sign, name):
    assert stance(text.format(name), "united_states") == sign


def test_a_target_never_named_is_missing_and_one_merely_named_is_zero():
    assert np.isnan(stance("Let us eat turkey sandwiches together.", "united_states"))
    assert np.isnan(stance("Let us eat turkey sandwiches together.", "turkiye_partnership"))
    assert stance("The United States issued a statement on Monday.", "united_states") == 0


def test_portrayal_is_a_column_of_its_own():
    row = (
        Stance()
        .fit_transform(["Critics condemned Washington. Washington imposed tariffs. Washington met envoys."])
        .iloc[0]
    )
    assert row["united_states"] == pytest.approx(-2 / 3)
    assert row["united_states_directed"] == pytest.approx(-1 / 2)
    assert row["united_states_portrayal"] == -1
    assert row["united_states_n"] == 3


def test_voices_are_scored_apart():
    text = "The envoy said that the United States imposed tariffs. The United States is a large state."
    row = Stance().fit_transform([text]).iloc[0]
    assert row["united_states_paraphrased"] == -1
    assert row["united_states_author"] == 0
    assert np.isnan(row["united_states_quoted"])


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The government maintains its policy of non-alignment.", 1),
        ("It is not a shift away from the policy of non-alignment.", 1),
        ("The cabinet abandoned non-alignment.", -1),
        ("Non-alignment was discussed.", 0),
    ],
)
def test_polarity_toward_a_policy(text, sign):
    assert stance(text, "non_alignment") == sign


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Türkiye is a partner. Erdogan said deepening ties will not spare anyone from tariffs.", -1 / 2),
        ("Türkiye is a partner. Erdogan said deepening ties will help everyone.", 1 / 2),
        ("Erdogan and Türkiye listened. In ports we can create synergies together.", 1 / 2),
    ],
)
def test_a_relation_without_its_name(text, score):
    assert stance(text, "turkiye_partnership") == pytest.approx(score)


def test_inherited_targets_count_and_can_be_left_out():
    text = "Washington spoke on Monday. Such moves have increased uncertainty."
    found = Stance().extract(tokenize(text)).spans
    own = found[found["measure"] == "united_states"]
    assert own["inherited"].tolist() == [False, True]
    assert stance(text, "united_states") == pytest.approx(-1 / 2)
    assert stance(text, "united_states", inherited=False) == 0


def test_seed_documents(seeds):
    table = Stance().fit_transform(seeds)
    assert (table["turkiye_partnership"] > 0).all()
    assert table["united_states"].tolist()[:2] == [0, 0]
    assert table["united_states"]["004"] < 0
    assert table["non_alignment"]["000"] > 0 < table["non_alignment"]["004"]
    assert np.isnan(table["non_alignment"]["003"])
    assert table["non_alignment_n"]["003"] == 0


def test_seed_sentences_that_trap(seeds, places):
    tokens = tokenize(seeds)
    found = Stance().extract(tokens).sentence_columns
    place = places(tokens)
    assert found["united_states"][place["004", 11]] == -1
    assert found["united_states"][place["003", 10]] == 0
    assert found["united_states"][place["000", 6]] == 0
    assert found["non_alignment"][place["000", 5]] == 1
    for opened in range(4, 9):  # a quotation over several paragraphs, closed once
        assert np.isnan(found["united_states"][place["003", opened]])


def test_seed_sentences_match_the_reading(seeds, places, reading):
    tokens = tokenize(seeds)
    found, place = Stance().extract(tokens).sentence_columns, places(tokens)
    columns = {
        "turkiye_partnership": "turkiye_partnership",
        "united_states": "united_states",
        "policy": "non_alignment",
    }
    right = {target: [] for target in columns.values()}
    for (article, number), row in reading.items():
        for column, target in columns.items():
            if "(u)" in row[column]:
                continue  # the reader was not certain
            want = np.nan if row[column] == "·" else float(row[column].replace("–", "-").replace("+", ""))
            got = found[target][place[article, number]]
            right[target].append(got == want or (np.isnan(got) and np.isnan(want)))
    every = [r for rows in right.values() for r in rows]
    assert np.mean(every) >= 0.9
    assert np.mean(right["united_states"]) == np.mean(right["non_alignment"]) == 1
    assert np.mean(right["turkiye_partnership"]) >= 0.85


@pytest.mark.parametrize(
    "text",
    ["Washington met envoys. Indonesia's tariffs on rice rose.", "Washington met envoys. China imposed tariffs."],
)
def test_acts_of_another_state_are_not_inherited(text):
    assert stance(text, "united_states") == 0


def test_the_article_before_does_not_change_a_score():
    own = "Washington again this week imposed tariffs."
    for before in ("This is what we all must deal with.", "It rained. They came from", "Will it rain over the"):
        assert Stance().fit_transform([before, own])["united_states"].iloc[1] == -1


def test_negation_reaches_five_words_only():
    near = "Officials did not at all condemn Washington."
    far = "Officials were not there and in the evening rain condemned Washington."
    assert stance(near, "united_states") == 0
    assert stance(far, "united_states") == -1
