import numpy as np
import pandas as pd
import pytest

import framing
from framing.errors import FramingError
from framing.stances.attitudes import decide, strengths, undirected
from framing.stances.labelled_pairs import read_marked
from framing.stances.named_pairs import NamedPairs
from framing.stances.training import train

PARTIES = {"Norland": ["Norland", "Norlandic"], "Sudria": ["Sudria"], "Estia": ["Estia"]}
TEXT = (
    "Norland condemned Sudria. Norland met Sudria in May. Sudria was praised by Estia. "
    "The mayor condemned Norland. Norlandic ministers said little."
)


def test_each_two_parties_of_a_sentence_have_a_row_in_the_right_direction():
    found = framing.stance_between(TEXT, PARTIES).sentences
    assert found[["sentence", "holder", "target", "polarity"]].values.tolist() == [
        [1, "Norland", "Sudria", -1],
        [2, "Norland", "Sudria", 0],
        [3, "Estia", "Sudria", 1],
    ]
    assert [TEXT[s:e] for s, e in zip(found["start"], found["end"], strict=True)] == found["text"].tolist()
    assert found["because"].tolist() == ["condemn*: negative", "", "prais*: positive"]


@pytest.mark.parametrize(
    "text", ["Norland condemned Sudria but thanked Westria.", "The mayor blamed Sudria and praised Westria."]
)
def test_two_objects_of_somebody_else_have_no_attitude(text):
    found = framing.stance_between(text, ["Sudria", "Westria"]).sentences
    assert found[["polarity", "because"]].values.tolist() == [[0.0, ""]]


def test_the_strengths_add_up_to_what_decides():
    found = framing.stance_between(TEXT, PARTIES)
    sums = found.strengths.drop(columns="name").groupby("row").sum().reindex(range(3), fill_value=0.0)
    # in the order of the text: Norland against Sudria, nothing, and Estia, named second, for Sudria
    assert decide(sums.to_numpy(), strengths().thresholds).tolist() == [3, 0, 2]
    assert (
        undirected(sums.to_numpy(), strengths().of_sums).tolist()
        == found.sentences["undirected"].tolist()
        == [-1, 0, 1]
    )


def test_the_matrix_counts_all_sentences_that_name_both_in_both_directions():
    table = framing.stance_between(TEXT, PARTIES).matrix(["article"]).set_index(["holder", "target"])
    assert table.loc[("Norland", "Sudria"), ["stance", "n", "negative"]].tolist() == [-0.5, 2, 1]
    assert table.loc[("Sudria", "Norland"), ["stance", "n"]].tolist() == [0, 2]
    assert table.loc[("Estia", "Sudria"), "stance"] == 1
    assert ("Estia", "Norland") not in table.index


def test_names_in_a_dateline_take_no_side():
    found = framing.stance_between("NORLAND: Sudria condemned the plan. It rained.", ["NORLAND", "Sudria"])
    assert found.sentences["polarity"].eq(0).all()


def test_texts_without_two_parties_give_an_empty_table():
    found = framing.stance_between("It rained all day in the north.", PARTIES)
    assert len(found.sentences) == 0 and len(found.matrix()) == 0
    assert found.sentences.columns.tolist()[:2] == ["article", "kind"]


@pytest.mark.parametrize(
    ("parties", "message"),
    [
        (["Norland"], "parties must be two names or more, got"),
        ("Norland", "parties must be"),
        ([5, 6], "one alias or more, all of them text"),
        ({"Norland": [], "Sudria": "Sudria"}, "one alias or more"),
        (["Norland=Norland,Norlandic", "Sudria"], "With aliases write"),
    ],
)
def test_parties_that_are_none_are_an_error(parties, message):
    with pytest.raises(FramingError, match=message):
        framing.stance_between(TEXT, parties)


def test_an_unknown_group_is_an_error():
    with pytest.raises(FramingError, match="group"):
        framing.stance_between(TEXT, PARTIES).matrix(["holder"])


@pytest.fixture
def labelled(tmp_path):
    """Pairs in which what is done decides, with three verbs a label."""
    verbs = {1: ["hugged", "cheered", "lauded"], 0: ["met", "phoned", "visited"], -1: ["shelled", "robbed", "hit"]}
    names = ["Arland", "Boria", "Cesia", "Doria", "Elbia"]
    rows = [
        {"text": f"{a} {verb} {b} on day {i}.", "holder": a, "target": b, "label": label}
        for label, group in verbs.items()
        for i, verb in enumerate(group * 3)
        for a, b in zip(names, names[1:] + names[:1], strict=True)
    ]
    path = tmp_path / "pairs.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def test_a_model_learned_from_labelled_pairs_reads_sentences_and_may_abstain(labelled, tmp_path):
    marked = read_marked(labelled)
    assert isinstance(marked, NamedPairs) and set(np.unique(marked.label)) == {0, 1, 3}
    path = tmp_path / "pairs.json.gz"
    train(marked).save(path)
    parties = ["Norland", "Sudria"]
    found = framing.stance_between("Norland shelled Sudria. Norland hugged Sudria.", parties, model=path, certainty=0)
    assert found.sentences["polarity"].tolist() == [-1, 1]
    assert set(found.sentences["because"]) == {"trained model"}
    unsure = framing.stance_between("Norland shelled Sudria.", parties, model=path, certainty=1)
    assert unsure.sentences["polarity"].isna().all() and unsure.matrix(["article"])["n"].eq(0).all()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A hit B,A,C,1", "row 1: the target 'C' does not stand in the text"),
        ("A hit B,A,B,5", "row 1: label must be one of"),
        ("A hit B,A,A,1", "row 1: holder and target must stand beside each other"),
    ],
)
def test_faults_of_labelled_pairs_name_the_row(tmp_path, row, message):
    path = tmp_path / "pairs.csv"
    path.write_text(f"text,holder,target,label\n{row}\n", encoding="utf-8")
    with pytest.raises(FramingError, match=message):
        read_marked(path)


def test_a_model_for_one_target_is_refused(tmp_path):
    rows = [
        {"text": f"The town {v} Bank {i}.", "target": "Bank", "label": y}
        for y, v in ((1, "lauds"), (0, "sees"), (-1, "sues"))
        for i in range(12)
    ]
    pd.DataFrame(rows).to_csv(tmp_path / "one.csv", index=False)
    path = tmp_path / "one.json.gz"
    train(read_marked(tmp_path / "one.csv")).save(path)
    with pytest.raises(FramingError, match="reads the stance toward one target, not"):
        framing.stance_between(TEXT, PARTIES, model=path)


def test_a_model_for_pairs_is_refused_where_one_target_is_asked_for(labelled, tmp_path):
    path = tmp_path / "pairs.json.gz"
    train(read_marked(labelled)).save(path)
    with pytest.raises(FramingError, match="stance between two parties, not"):
        framing.stance(TEXT, targets=["Norland"], model=path)
