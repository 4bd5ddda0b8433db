import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

import framing
from framing.cli import main
from framing.errors import FramingError
from framing.extractors.stance import UNSURE
from framing.stances.attitudes import direct, weighed
from framing.stances.labelled import mark, read_labelled
from framing.stances.marked import read
from framing.stances.named_pairs import bracketed
from framing.stances.trained import load_model
from framing.stances.training import train

GOOD = ("praised", "thanked", "welcomed", "applauded")
BAD = ("accused", "condemned", "denounced", "blamed")
PLAIN = ("visited", "phoned", "met", "saw")
PEOPLE = ("Anna Berg", "Carl Dahl", "Eva Frank", "Gil Hart")


def rows():
    found = []
    for label, verbs in ((1, GOOD), (-1, BAD), (0, PLAIN)):
        for verb in verbs:
            for who in PEOPLE:
                found.append((f"The council {verb} {who} on Monday.", who, label))
    return found


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    path = tmp_path_factory.mktemp("labelled") / "rows.csv"
    lines = ["text,target,label", *(f'"{text}",{who},{label}' for text, who, label in rows())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_words_of_the_target_are_found(labelled):
    marked = read_labelled(labelled)
    assert len(marked.label) == 48
    words = [
        [marked.tokens.norm(p) for p in range(f, e + 1)]
        for f, e in zip(marked.mentions.first, marked.mentions.last, strict=True)
    ]
    assert words[0] == ["anna", "berg"]


def test_some_rows_of_labelled_texts():
    marked = mark(["A met B.", "C met D.", "E met F."], [[(0, 1)], [(6, 7)], [(0, 1)]], [0, 1, -1])
    some = marked[np.array([1, 2])]
    assert [some.tokens.norm(p) for p in some.mentions.first] == ["d", "e"]
    assert some.label.tolist() == [1, -1]


def test_a_model_learns_saves_and_loads(labelled, tmp_path):
    marked = read_labelled(labelled)
    model = train(marked, folds=4)
    assert model.about["macro_f1"] > 0.5
    assert len(model.about["risk_coverage"]) == 10
    assert sorted(model.about["confidence"].values(), reverse=True) == list(model.about["confidence"].values())
    model.save(tmp_path / "model.json.gz")
    again = load_model(tmp_path / "model.json.gz")
    np.testing.assert_allclose(again.chances(marked), model.chances(marked), atol=0.005)
    assert (again.answers(marked).label == marked.label).mean() > 0.9


def test_the_model_reads_clauses_behind_the_same_interface(labelled, tmp_path):
    path = tmp_path / "model.json.gz"
    train(read_labelled(labelled), folds=4).save(path)
    text = "The council condemned Anna Berg on Monday. The council thanked Anna Berg on Monday."
    found = framing.stance(text, targets=["Anna Berg"], model=path, certainty=0.0)
    assert found.clauses["polarity"].tolist() == [-1, 1]
    assert set(found.clauses["rule"]) == {"trained model"}
    silent = framing.stance(text, targets=["Anna Berg"], model=path, certainty=1.0)
    assert silent.clauses["polarity"].isna().all()


def test_certainty_is_the_lead_of_the_answer_over_the_next(labelled, tmp_path):
    path = tmp_path / "model.json.gz"
    model = train(read_labelled(labelled), folds=4)
    model.save(path)
    text = "The council condemned Anna Berg on Monday."
    answers = model.answers(mark([text], [[(22, 31)]], [0]))
    odds = np.sort(model.lifted(mark([text], [[(22, 31)]], [0]))[0])
    np.testing.assert_allclose(answers.confidence, odds[-1] - odds[-2])
    lead = answers.confidence[0]
    for certainty, silent in ((lead - 0.01, False), (lead + 0.01, True)):
        found = framing.stance(text, targets=["Anna Berg"], model=path, certainty=certainty)
        assert found.clauses["polarity"].isna().all() == silent
    for wrong in (1.5, "high", True):
        with pytest.raises(FramingError, match="certainty must be a number from 0 to 1"):
            framing.stance(text, targets=["Anna Berg"], model=path, certainty=wrong)


def test_certainty_on_the_command_line(labelled, tmp_path):
    path, folder = tmp_path / "model.json.gz", tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("The council condemned Anna Berg on Monday.", encoding="utf-8")
    run = CliRunner()
    trained = run.invoke(main, ["train", "stance", str(labelled), "-o", str(path), "--folds", "4"])
    assert trained.exit_code == 0 and " 100% answered" in trained.output and "certainty 0." in trained.output
    ask = ["stance", str(folder), "--target", "Anna Berg", "--clauses", "--format", "csv", "--certainty"]
    silent, told = (run.invoke(main, [*ask, value, "--model", str(path)]).output for value in ("1", "0"))
    assert ",-1.0," in told and ",-1.0," not in silent
    assert "give it with --model" in run.invoke(main, [*ask, "0.5"]).stderr
    assert f"({UNSURE})" in run.invoke(main, ["stance", "--help"]).output


def test_too_few_rows():
    marked = mark(["A met B."] * 3, [[(0, 1)]] * 3, [0, 1, -1])
    with pytest.raises(FramingError, match="at least 30, and 5 or more texts of each label"):
        train(marked)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("text,label\na,1\n", "no column 'target'"),
        ("text,target,label\nIt rained.,snow,1\n", "row 1: the target 'snow' does not stand in the text"),
        ("text,target,label\nIt rained.,It,good\n", "row 1: label must be one of"),
        ("text,start,end,label\nIt rained.,x,2,1\n", "row 1: start and end must be whole numbers"),
        (
            "text,start,end,label\nIt rained.,500,502,1\n",
            "row 1: start and end must mark words of the text, which has 10",
        ),
    ],
)
def test_bad_tables(tmp_path, content, message):
    path = tmp_path / "rows.csv"
    path.write_text(content)
    with pytest.raises(FramingError, match=message):
        read_labelled(path)


def test_a_file_that_is_no_model(tmp_path):
    path = tmp_path / "model.json.gz"
    path.write_bytes(b"\x80\x04pickle")
    with pytest.raises(FramingError, match="not a stance model"):
        load_model(path)


def test_command_line(labelled, tmp_path):
    runner = CliRunner()
    out = tmp_path / "model.json.gz"
    done = runner.invoke(main, ["train", "stance", str(labelled), "-o", str(out), "--folds", "4"])
    assert done.exit_code == 0, done.output
    assert "macro-F1" in done.output and "speaks loudest for 'against'" in done.output
    text = tmp_path / "one.txt"
    text.write_text("The council condemned Anna Berg on Monday.")
    done = runner.invoke(main, ["stance", str(text), "--target", "Anna Berg", "--model", str(out), "--clauses"])
    assert done.exit_code == 0, done.output
    assert "trained model" in done.output
    done = runner.invoke(main, ["train", "stance", str(tmp_path / "none.csv"), "-o", str(out)])
    assert done.exit_code == 2 and "none.csv" in done.output


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The court convicted [Smith] of fraud.", -1),
        ("[Smith] lied to the committee.", -1),
        ("[Smith] is a hero to the town.", 1),
        ("[Smith] took the train to Leeds.", 0),
    ],
)
def test_the_tone_of_a_sentence(text, sign):
    start = text.index("[")
    end = text.index("]") - 1
    marked = mark([text.replace("[", "").replace("]", "")], [[(start, end)]], [0])
    assert read(marked).polarity.tolist() == [sign]
    assert read(marked, "clause").polarity[0] in (0, sign)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[Smith] praised [Jones] on Monday.", 1),
        ("[Smith] accused [Jones] on Monday.", 3),
        ("[Smith] was accused by [Jones] on Monday.", 4),
        ("[Smith] was praised by [Jones] on Monday.", 2),
        ("[Smith] and [Jones] took the train.", 0),
    ],
)
def test_direction_between_two_names(text, label):
    named = bracketed([text], [("Smith", "Jones")], [0])
    assert direct(named).tolist() == [label]
    turned = bracketed([text], [("Smith", "Jones")], [0])
    assert turned.tokens.articles[0].text == text.replace("[", "").replace("]", "")


def test_repeated_sentences_are_left_out_and_weigh_more():
    named = bracketed(["[A1] met [B1].", "A1 [met] [B1].", "[A1] met C1."], [("A1", "B1")] * 3, [0, 0, 0])
    assert len(named.label) == 1
    assert named.weight.tolist() == [2]


def test_a_pair_named_the_other_way_round_has_the_other_label():
    text = "[Smith] accused [Jones] on Monday."
    named = bracketed([text], [("Smith", "Jones")], [0])
    turned = replace(named, holder=named.target, target=named.holder)
    assert (direct(named).item(), direct(turned).item()) == (3, 4)


def test_without_a_cue_all_attitudes_are_zero():
    named = bracketed(["[Smith] and [Jones] took the train."], [("Smith", "Jones")], [0])
    assert weighed(named).parts == [{}]


@pytest.fixture(scope="module")
def pair_model():
    texts, labels = [], []
    for verbs, label in ((GOOD, 1), (BAD, 3), (PLAIN, 0)):
        for verb in verbs:
            for who in PEOPLE:
                texts += [f"[Dunn] {verb} [{who}] on Monday.", f"[{who}] was {verb} by [Dunn] on Monday."]
                labels += [label, label + 1 if label else 0]
    return train(bracketed(texts, [("", "")] * len(texts), labels), folds=4)


def test_a_model_of_pairs_learns_the_direction(pair_model, tmp_path):
    text = ["[Lim] thanked [Osman] today.", "[Lim] was thanked by [Osman] today.", "[Lim] was blamed by [Osman] today."]
    named = bracketed(text, [("Lim", "Osman")] * 3, [0] * 3)
    assert pair_model.answers(named).label.tolist() == [1, 2, 4]
    turned = replace(named, holder=named.target, target=named.holder)
    assert pair_model.answers(turned).label.tolist() == [2, 1, 3]
    np.testing.assert_allclose(pair_model.attitudes(named).sum(axis=1), 1)
    pair_model.save(tmp_path / "pairs.json.gz")
    again = load_model(tmp_path / "pairs.json.gz")
    np.testing.assert_allclose(again.attitudes(named), pair_model.attitudes(named), atol=0.005)
    assert again.about["macro_f1_directed"] > 0.5


def test_a_saved_model_is_plain_json(labelled, tmp_path):
    import gzip

    path = tmp_path / "model.json.gz"
    train(read_labelled(labelled), folds=4).save(path)
    assert json.loads(gzip.decompress(path.read_bytes()))["format"].startswith("framing stance model")


def test_rows_of_one_text_are_one_text_of_their_label():
    texts = [f"The bank praised Norland in week {n}." for n in range(20)]
    texts += [f"The bank met Norland in week {n}." for n in range(20)]
    texts += ["Norland Sudria Estia Weston Easton Hilland were condemned."] * 6
    spans = [[(text.index("Norland"), text.index("Norland") + 7)] for text in texts]
    with pytest.raises(FramingError, match="5 or more texts of each label, got '46 rows, with texts: 1 of -1"):
        train(mark(texts, spans, [1] * 20 + [0] * 20 + [-1] * 6))
