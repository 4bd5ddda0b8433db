import numpy as np
import pytest

from framing.analysis import analyse
from framing.corpus import Corpus
from framing.tokens import tokenize
from framing.voice.heads import head_of
from framing.voice.holders import relayed
from framing.voice.model import read
from framing.voice.plain_heads import _heads
from framing.voice.sources import cue_class


def table(text):
    return analyse([text], extractors=["voice"]).attributions


@pytest.mark.parametrize(
    ("text", "holder", "type_", "cue"),
    [
        ("The roof of the old pier leaks, said the harbour master.", "the harbour master", "person", "said"),
        ("Analysts say that the roof of the old pier leaks.", "Analysts", "group", "say"),
        ("According to the transport ministry, the pier leaks badly.", "the transport ministry", "institution", "According"),
        ("Prime Minister Lim Wei said the pier would be closed on Monday.", "Prime Minister Lim Wei", "person", "said"),
        ("The Minister said the pier would be closed on Monday.", "The Minister", "person", "said"),
        ("The US said that the pier would be closed on Monday.", "The US", "institution", "said"),
        ("Malaysia said the pier would be closed on Monday.", "Malaysia", "institution", "said"),
        ("Republicans said the pier would be closed on Monday.", "Republicans", "group", "said"),
        ("Alexander van der Lim said the pier would be closed on Monday.", "Alexander van der Lim", "person", "said"),
        ("The minister repeatedly said that the pier leaks.", "The minister", "person", "said"),
    ],
)  # fmt: skip
def test_holder_and_cue(text, holder, type_, cue):
    found = table(text)
    assert (found["holder"].tolist(), found["holder_type"].tolist(), found["cue"].tolist()) == (
        [holder],
        [type_],
        [cue],
    )


def test_a_pronoun_is_the_last_source_not_the_last_man():
    text = (
        "Lim Wei, the harbour master, said the roof leaks after a talk with Mayor Tan Ah Kow. "
        "He said that the repair would take a month."
    )
    assert set(table(text)["holder"]) == {"Lim Wei"}


@pytest.mark.parametrize(
    ("between", "pronoun", "holder"),
    [
        ("Maria Lopes came to Bergen.", "She", "Maria Lopes"),
        ("The union went on strike.", "It", "The union"),
        ("The farmers blocked the road.", "They", "The farmers"),
        ("The European Union was split.", "He", "Lim Wei"),
        ("Prices rose in May.", "He", "Lim Wei"),
        ("Maria Lopes came to Bergen. It rained. It snowed.", "She", "Lim Wei"),  # too far
    ],
)
def test_a_pronoun_is_who_opens_the_sentence_before(between, pronoun, holder):
    text = f"Lim Wei said the roof leaks. {between} {pronoun} said the pier would close."
    assert table(text)["holder"].tolist() == ["Lim Wei", holder]


def test_a_name_in_quotation_marks_is_nobodys_speech():
    text = "The mayor said the pier was lost. Her film “The Long Dry” opened. It was “cruel”."
    assert table(text)["holder"].tolist() == ["The mayor", None, "The mayor"]


def test_titles_do_not_make_another_holder():
    text = (
        "Lim Wei said the roof leaks. Mr. Lim said it has leaked for years. Mayor Lim Wei said it would be mended. "
        "Tan Wei said it would not."
    )
    assert table(text)["holder"].tolist() == ["Lim Wei", "Lim Wei", "Lim Wei", "Tan Wei"]


def test_a_state_is_it_and_no_he():
    text = "Lim Wei said the pier leaks. Malaysia said the pier would be mended. He said that it would take a month. "
    assert table(text)["holder"].tolist() == ["Lim Wei", "Malaysia", "Lim Wei"]
    assert table("Malaysia said the pier leaks. It added that the roof leaks too.")["holder"].tolist()[1] == "Malaysia"


def test_an_unclosed_quotation_goes_to_the_cue_where_it_closes():
    text = "Tan said that the roof leaks.\n\n“The pier leaks.\n\n“The harbour leaks,” Lim Wei said."
    assert table(text)["holder"].tolist() == ["Tan", "Lim Wei", "Lim Wei"]


def test_a_quotation_that_runs_on_keeps_its_holder():
    text = "“The roof of the pier leaks,” Lim Wei said.\n\n“It has leaked for years. Nobody looked.”"
    found = table(text)
    assert set(found["holder"]) == {"Lim Wei"}
    assert found["carried"].tolist() == [False, True, True]


def test_offsets_point_at_the_content():
    text = "Lim Wei said that the roof leaks."
    row = table(text).iloc[0]
    assert text[row["start"] : row["end"]] == row["text"] == "that the roof leaks"


def test_the_author_is_who_says_i():
    assert (
        table("Lim Wei said the pier leaks badly. I would argue that the harbour has been neglected.")[
            "holder"
        ].tolist()[-1]
        == "author"
    )


def test_heads():
    tokens = tokenize("one of the advisers of Lim, a spokesman for the harbour")
    assert tokens.norm(head_of(tokens, np.arange(0, 6))) == "advisers"
    assert tokens.norm(head_of(tokens, np.arange(6, 11))) == "spokesman"


def test_classes_of_cues():
    assert [cue_class(w) for w in ("said", "claimed", "reiterated", "warned", "pledged", "rained")] == [
        "neutral", "distancing", "arguing", "arguing", "performative", "other",
    ]  # fmt: skip


def test_relay():
    text = (
        "Lim Wei said in a statement that the pier would be closed. The roof is old.\n\nThe walls are grey. "
        "Lim Wei added that the work would take a month."
    )
    tokens = tokenize(Corpus.from_texts([text, "It rained. The sea is grey."]))
    assert relayed(tokens).tolist() == [False, True, True, False, False, False]


@pytest.mark.parametrize(("others", "relays"), [(1, True), (2, False)])
def test_a_statement_relays_where_four_in_five_attributions_are_of_one_holder(others, relays):
    own, other = "Lim Wei said that the pier would close. ", "Anna Berg said that the pier would stay. "
    text = "Lim Wei gave a statement.\n\n" + own * 4 + other * others + "\n\nThe roof is old."
    found = relayed(tokenize(text))
    assert found[-1] == relays


def test_seed_holders(seeds):
    found = analyse(seeds, extractors=["voice"]).attributions
    said = found.groupby(["article", "sentence"])["holder"].agg(lambda names: {n for n in names if n})
    for sentence in (4, 15):  # "He", though another man was named last
        assert "Mohd Faiz" in " ".join(said["000", sentence])
    for sentence in (4, 5, 6, 7, 8, 9, 11, 12):
        assert all("Anwar" in name for name in said["003", sentence])
    assert said["003", 17] == {"Wisma Putra"}
    groups = [(3, "Analysts"), (10, "Experts"), (18, "Analysts"), (21, "Critics"), (22, "supporters")]
    for sentence, name in groups:
        assert name in said["004", sentence]


@pytest.mark.parametrize("when", ["", " on Monday", " in March", " in Brussels"])
@pytest.mark.parametrize(
    "source", ["the foreign ministry", "the Indian commerce minister", "Hakan Fidan", "a senior official"]
)
def test_a_source_between_content_and_cue_is_no_content_and_dates_are_no_sources(when, source):
    text = f"Grain exports will resume next year, {source} said{when}."
    (row,) = analyse([text]).attributions.to_dict("records")
    assert row["holder"] == source
    assert row["text"] == "Grain exports will resume next year"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The foreign minister said the deal was good for farmers. The prime minister said the deal was a disaster.",
            ["The foreign minister", "The prime minister"],
        ),
        (
            "The Ministry of Finance said prices fell. The Ministry of Defence said troops had left.",
            ["The Ministry of Finance", "The Ministry of Defence"],
        ),
        ("Secretary of State Marco Rubio said talks were on. Rubio said he was hopeful.", ["Secretary of State Marco Rubio"] * 2),
        ("Vietnam’s trade minister, Nguyen Hong Dien, said the deal was near. Dien said it was not done.", ["Nguyen Hong Dien"] * 2),
        ("South Korea said the missile flew far. It said the launch was a provocation.", ["South Korea"] * 2),
        ("Prosecutors said the man was guilty. They said he had fled.", ["Prosecutors"] * 2),
    ],
)  # fmt: skip
def test_offices_bodies_and_names(text, names):
    assert analyse([text]).attributions["holder"].tolist() == names


@pytest.mark.parametrize(
    "name", ["the minister of trade", "one of the advisers", "Lim Wei", "officials at the bank", "Anna Berg, a lawyer"]
)
def test_heads_of_many_names_are_those_of_each(name):
    tokens = tokenize([f"{name} said it rained."])
    end = [tokens.norm(p) for p in range(len(tokens.word))].index("said")
    found = _heads(tokens.once(read).context, np.zeros(len(tokens.word), bool), np.array([0]), np.array([end]))
    assert found.tolist() == [head_of(tokens, np.arange(end))]
