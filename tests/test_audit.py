import io
import json

import pandas as pd
import pytest
from click.testing import CliRunner

from framing import Corpus, check_corpus
from framing.audit import AUDIT_COLUMNS, unbalanced
from framing.cli import main
from framing.display import audit_text

SAID = """The harbour board met on Tuesday and looked at the plan for a second pier, which the town has wanted for years.

{0}We will build it before the winter,{1} said the chair of the board, who has held the post since the spring.

The fishers were less certain. {0}Nobody asked us,{1} one of them said, {0}and nobody will.{1} The meeting closed at six.
"""
MARKS = {
    "Post": ("“", "”"), "Mail": ("“", "”"), "Star": ("“", "”"), "Times": ("''", "''"), "Herald": ("‘", "’"),
    "Plain": ("'", "'"),
}  # fmt: skip
NONE = SAID.format("", "")


def corpus_of(texts, source, **columns):
    n = len(texts)
    return Corpus.from_texts(texts, source=source, **{"kind": ["wire"] * n, "event": ["pier"] * n, **columns})


@pytest.fixture
def harbour():
    """Return the same report as six sources would mark its speech, and once without marks."""
    texts = [f"{SAID.format(*marks)} So the {source} wrote." for source, marks in MARKS.items()]
    return corpus_of([*texts, NONE], [*MARKS, "Bulletin"])


def test_each_source_and_its_marks(harbour):
    table = check_corpus(harbour).set_index("source")
    assert [table.index.name, *table.columns] == list(AUDIT_COLUMNS)
    assert table["articles"].tolist() == [1] * 7
    assert table.loc["Post", ["style", "marks"]].tolist() == ["curly", "curly 6"]
    assert table.loc["Times", ["style", "marks"]].tolist() == ["doubled", "doubled 6"]
    assert 0.15 < table.loc["Post", "quoted_share"] == table.loc["Mail", "quoted_share"] < 0.35
    # two apostrophes on both sides are read, or it is said that they are not
    assert table.loc["Times", "unread"] == 1 or table.loc["Times", "quoted_share"] == table.loc["Post", "quoted_share"]
    for source in ("Herald", "Plain"):
        row = table.loc[source, ["style", "marks", "without_marks", "single_marks", "unread", "unbalanced"]]
        assert row.tolist() == ["single", "single 6", 0, 3, 0, 0]
        assert table.loc[source, "quoted_share"] == table.loc["Post", "quoted_share"]
    assert table.loc["Bulletin", ["style", "marks"]].tolist() == [None, None]
    assert table.loc["Bulletin", "quoted_share"] == 0


def test_flags(harbour):
    flags = check_corpus(harbour).set_index("source")["flags"]
    assert flags["Post"] is None
    assert flags["Times"].startswith("marks differ from the other sources (doubled, not curly)")
    assert flags["Bulletin"] == "no quotation marks"
    for source in ("Herald", "Plain"):
        assert flags[source] == "marks differ from the other sources (single, not curly)"


def test_marks_that_are_not_read_are_flagged(harbour, monkeypatch):
    monkeypatch.setattr("framing.audit.quoted_spans", lambda body: [])
    table = check_corpus(harbour).set_index("source")
    assert "QUOTATION MARKS THAT ARE NOT READ as such in 1 of 1 article: 1" in table.loc["Post", "flags"]
    assert table["unread"].tolist() == [1, 1, 1, 1, 1, 1, 0]


def test_single_marks_beside_as_much_in_double_ones_are_not_read_and_flagged():
    mixed = (
        "‘We will wait here,’ she said. ‘We will not go,’ he said. “We will,” said all. “It is time,” said the chair. "
    )
    (flags,) = check_corpus(corpus_of([mixed + NONE], ["Herald"]))["flags"]
    assert "single marks seem to hold speech (2 times) in texts in which double ones do" in flags


def test_other_faults_are_flagged_with_ids():
    good = SAID.format("“", "”")
    texts = [good, good, good.replace("will.”", "will."), "<p>It rained.</p> <p>“Yes.”</p>", ""]
    columns = {"kind": ["wire", None, "wire", "wire", "wire"], "event": ["pier", "pier", "", "pier", "pier"]}
    corpus = corpus_of(texts, ["Post"] * 5, ids=list("abcde"), **columns)
    row = check_corpus(corpus).iloc[0]
    assert row["flags"].split("; ") == [
        "unbalanced marks in 1 of 5 articles: c",
        "HTML tags in 1 of 5 articles: d",
        "no kind in 1 of 5 articles: b",
        "no event in 1 of 5 articles: c",
        "the text of another article in 1 of 5 articles: b = a",
        "under 30 words in 2 of 5 articles: d, e",
        "nothing that can be scored in 1 of 5 articles: e (1 × empty text)",
    ]
    assert row[["without_marks", "unbalanced", "html", "duplicates", "short", "unscorable"]].tolist() == [
        1,
        1,
        1,
        1,
        2,
        1,
    ]


def test_debris_of_a_broken_extraction_is_flagged():
    good = SAID.format("“", "”")
    texts = [
        good + "<br>",
        good + "Fish &amp; chips.",
        good + "In TÃ¼rkiye.",
        good + "\ufffdNo.",
        good + "AT&T; x < y.",
    ]
    (row,) = check_corpus(corpus_of(texts, ["Post"] * 5)).itertuples()
    assert (row.html, row.garbled) == (1, 3)
    assert "garbled or lost in a wrong encoding (â€œ), in 3 of 5 articles: 2, 3, 4" in row.flags


def test_one_kind_in_two_spellings_is_flagged():
    corpus = Corpus.from_texts(
        [SAID.format("“", "”")] * 3, source=list("abc"), kind=["wire", "Wire", "wire"], event=["e"] * 3
    )
    flags = check_corpus(corpus).set_index("source")["flags"]
    assert "the kind 'Wire' (1 of 1 article) is 'wire' elsewhere: two kinds" in flags["b"]
    assert "elsewhere" not in str(flags["a"])


def test_one_source_in_two_spellings_is_flagged():
    flags = check_corpus(corpus_of([SAID.format("“", "”")] * 3, ["The Post", "the post", "The Post"]))
    assert flags.set_index("source")["flags"]["the post"].startswith("the source is 'The Post' elsewhere: two sources")
    assert "elsewhere" not in str(flags["flags"][0])


def test_sources_with_like_names_are_told_apart_on_a_terminal():
    names = [f"Ministry of Foreign Affairs of the Republic of {place}, Office of the Spokesman" for place in "AB"]
    text = audit_text(check_corpus(corpus_of([NONE, NONE + "One."], names)))
    assert max(map(len, text.splitlines())) <= 80
    table = text.partition("marks =")[0]
    assert "of A," in table and "of B," in table


def test_files_that_are_not_read_are_counted(tmp_path):
    for name in ("a.txt", "b.html", "c.docx", "d.DOCX", "e", "README.html", ".f.text", "_g.text", "notes.csv"):
        (tmp_path / name).write_text(NONE, encoding="utf-8")
    note = "4 files are not read: 2 .docx, 1 .html, 1 without ending"
    checked = CliRunner().invoke(main, ["corpus", "check", str(tmp_path)])
    assert note in " ".join(checked.stdout.split())
    scored = CliRunner().invoke(main, ["features", str(tmp_path)])
    assert note in scored.stderr and note not in scored.stdout
    (tmp_path / "c.csv").write_text("text\nIt rained.\n", encoding="utf-8")
    assert "not read" not in CliRunner().invoke(main, ["features", str(tmp_path / "c.csv")]).stderr


def test_articles_without_a_source_are_one_row():
    assert check_corpus(["It rained.", "It shone."])["source"].tolist() == ["(none)"]
    assert check_corpus([]).columns.tolist() == list(AUDIT_COLUMNS)


@pytest.mark.parametrize(
    ("body", "odd"),
    [
        ("“One.” “Two.”", False),
        ("“One. “Two.”", True),
        ("One.” Two.", True),
        ('"One." "Two.', True),
        ("“One.\n\n“Two.\n\n“Three.”", False),
        ("“One.\n\nTwo.”", True),
        ("``One.''", False),
        ("''One.'' ''Two.''", False),
        ("''One.'' ''Two.", True),
        ("``One.'' Two.''", True),
        ("«One.»", False),
        ("„One.“", True),
    ],
)
def test_unbalanced(body, odd):
    assert unbalanced(body) is odd


@pytest.fixture
def path(tmp_path, harbour):
    file = tmp_path / "corpus.csv"
    harbour.metadata.assign(text=[a.text for a in harbour]).to_csv(file, index=False)
    return file


def run(*words):
    return CliRunner().invoke(main, [str(w) for w in words])


def test_the_command(path, tmp_path):
    result = run("corpus", "check", path)
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "! no quotation marks" in result.stdout and "Times" in result.stdout
    assert run("corpus", "check", path, "--strict").exit_code == 1
    table = pd.read_csv(io.StringIO(run("corpus", "check", path, "--format", "csv").stdout))
    assert table.columns.tolist() == list(AUDIT_COLUMNS)
    rows = json.loads(run("corpus", "check", path, "--format", "json").stdout)
    assert [r["flags"] for r in rows[:2]] == [None, None]
    out = tmp_path / "audit.md"
    assert run("corpus", "check", path, "--format", "md", "-o", out).stdout == ""
    assert "- no quotation marks" in out.read_text(encoding="utf-8")


def test_nothing_to_look_at(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps({"text": SAID.format("“", "”"), "source": "Post", "kind": "a", "event": "b"}), "utf-8")
    result = run("corpus", "check", path, "--strict")
    assert result.exit_code == 0 and "Nothing to look at." in result.stdout
    assert run("corpus", "check", tmp_path / "no.jsonl").exit_code == 2


@pytest.mark.parametrize("label", ["SECRETARY RUBIO", "Q", "Anwar Ibrahim", "MR. TAN", "PM Anwar (Malaysia)"])
def test_a_transcript_is_named(label):
    turns = "\n\n".join(f"{label}: We will build it before the winter.\n\nA: It rained on day {i}." for i in range(3))
    (flags,) = check_corpus(corpus_of([turns], ["Herald"]))["flags"]
    assert "looks like a transcript: speakers before colons are not read as sources, in 1 of 1 article: 1" in flags


@pytest.mark.parametrize(
    "text", ["The points:\nOne: a.\nTwo: b.\nThree: c.", "Q: Why?\n\nA: So.\n\nQ: When?", "At 10:15 it rained.\n" * 4]
)
def test_labels_that_are_not_repeated_make_no_transcript(text):
    (flags,) = check_corpus(corpus_of([text], ["Herald"]))["flags"]
    assert "transcript" not in (flags or "")


def test_words_parted_at_line_ends_are_named():
    (flags,) = check_corpus(
        corpus_of(["The govern-\nment met.", "The Indo-\nPacific, a well-\n\nknown sea -\nand so on."], ["Herald"] * 2)
    )["flags"]
    assert "words parted by a hyphen at a line end (govern-ment)" in flags and "in 1 of 2 articles: 1" in flags
