"""Concordances: places, contexts, kinds, and texts that try to break out of a terminal or a page."""

import pytest
from click.testing import CliRunner

import framing
from framing.cli import main
from framing.concordance import kwic
from framing.concordance_display import kwic_html, kwic_text
from framing.corpus import Corpus
from framing.errors import CodebookError, FramingError
from framing.terminal import columns, head, left_aligned, printable, right_aligned, tail


def test_places_and_contexts(three):
    found = kwic(three, "(joint exercise*|patrol vessel*)")
    assert found["article"].tolist() == ["official", "wire"]
    row = found.iloc[0]
    assert (row.sentence, row.left, row.keyword) == (2, "The Leaders agreed that", "joint exercises")
    assert row.right == "of the two navies would begin in the spring."
    assert three["official"].text[row.start : row.end] == "joint exercises"
    assert found.iloc[1].kind == "wire-report" and found.iloc[1].event == "visit"


def test_offsets_always_point_at_the_keyword(three):
    for row in kwic(three, "t*").itertuples():
        assert " ".join(three[row.article].text[row.start : row.end].split()) == row.keyword


def test_a_window_of_words_crosses_sentences_but_not_articles():
    texts = ["One two. Three four five. Six.", "Seven three eight."]
    found = kwic(texts, "three", window=2)
    assert found[["left", "keyword", "right"]].values.tolist() == [
        ["One two.", "Three", "four five"],
        ["Seven", "three", "eight"],
    ]
    assert kwic(texts, "three", window=0)[["left", "right"]].values.tolist() == [["", ""], ["", ""]]


def test_a_sentence_without_end_is_not_carried_by_each_of_its_places():
    found = kwic(["tariff and " * 20_000], "tariff")
    assert len(found) == 20_000 and found["left"].str.len().max() < 2_000 and found["right"].str.len().max() < 2_000
    assert found["left"].iloc[10].split() == ["tariff", "and"] * 10


def test_the_longest_place_counts_once():
    found = kwic(["An arms race and arms."], ["arms", "arms race"])
    assert found[["keyword", "rule"]].values.tolist() == [["arms race", "arms race"], ["arms", "arms"]]


def test_a_theme_is_shown_as_it_is_counted(three):
    found = kwic(three, theme="defence")
    spans = framing.evidence(three, measure="themes__defence")
    assert found[["start", "end"]].values.tolist() == spans[["start", "end"]].astype(int).values.tolist()
    assert found["rule"].tolist() == spans["rule"].tolist()
    inherited = kwic(["The United States raised its voice. New tariffs followed in May."], theme="us_pressure")
    assert inherited["inherited"].tolist() == [True]
    assert kwic(
        ["The United States raised its voice. New tariffs followed."], theme="us_pressure", inherited=False
    ).empty


def test_voices_and_kinds(three):
    found = kwic(three, "much")
    assert found["voice"].tolist() == ["quoted"]
    assert set(kwic(three, "the", kind="analysis-piece")["kind"]) == {"analysis-piece"}
    assert set(kwic(three, "the", kind=["analysis-piece", "wire-report"])["article"]) == {"analysis", "wire"}
    assert len(kwic(three, "the", kind="visit", by="event")) == len(kwic(three, "the"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({}, "give either a pattern or a theme"), ({"pattern": "a", "theme": "defence"}, "give either a pattern or a theme"),
     ({"theme": "defense"}, "unknown theme 'defense'.*Did you mean 'defence'"), ({"pattern": "a", "kind": "wire"}, "unknown kind 'wire'; known: official"),
     ({"pattern": "a", "window": "page"}, "window must be 'sentence' or a number"), ({"pattern": "a", "window": 999}, "from 0 to 200, got 999"),
     ({"pattern": []}, "pattern must be a term"), ({"pattern": 3}, "pattern must be a term.*got 3")],
)  # fmt: skip
def test_what_has_no_meaning(three, arguments, message):
    with pytest.raises(FramingError, match=message):
        kwic(three, **arguments)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [("(a", "brackets must pair"), ("", "has no word"), ("@states.*", "references stand in codebooks only")],
)
def test_patterns_that_are_none(three, pattern, message):
    with pytest.raises(CodebookError, match=message):
        kwic(three, pattern)


def test_nothing_found_keeps_the_columns(three):
    found = kwic(three, "submarine")
    assert found.empty and found.columns[0] == "article" and kwic_text(found) == "Not found."
    assert "Not found." in kwic_html(found) and kwic([], "a").empty


WIDE = "貿易協定について 大臣は 関税 と言った。安全保障の議論は続く。"


def test_lines_fit_and_keywords_stand_below_one_another():
    texts = ["A very long beginning of a sentence that does not fit at all on one side has a tariff, and it goes on for long.",
             "Tariff!", f"{WIDE} tariff {WIDE}", "e\u0301" * 60 + " tariff " + "e\u0301" * 60, "tariff" + "s" * 200 + " tariff"]  # fmt: skip
    lines = [line for line in kwic_text(kwic(texts, "tariff*")).splitlines() if line.startswith("  S")]
    assert len(lines) == 6 and all(columns(line) <= 80 for line in lines)
    assert {columns(line[: line.lower().index("tariff")]) for line in lines} == {43}


def test_a_terminal_is_not_taken_over():
    text = kwic_text(kwic(["Before \x1b[2J\x07\u202e tariff \x9b31m after\r\nit."], "tariff"))
    assert not {"\x1b", "\x07", "\u202e", "\x9b", "\r"} & set(text)


def test_a_page_holds_texts_as_texts():
    corpus = Corpus.from_texts(["<script>alert(1)</script> tariff \" onload='x' & <b>"], ids=["<i>"], kind=['"><img>'])
    page = kwic_html(kwic(corpus, "tariff"), title="<title>")
    assert "<script" not in page and "<img" not in page and "<i>" not in page and "&lt;script&gt;" in page
    assert "default-src 'none'" in page and "src=" not in page.replace("default-src", "") and "http:" not in page


def test_a_limit_says_what_is_left_out():
    text = kwic_text(kwic(["tariff " * 9], "tariff"), limit=4)
    assert text.splitlines()[0] == "no kind: 9 places in 1 article" and text.endswith("... and 5 more")


@pytest.mark.parametrize("width", [1, 2, 5, 9, 40])
def test_cuts_never_exceed_their_width(width):
    for text in (WIDE, "e\u0301" * 30, "plain words", ""):
        text = printable(text)
        assert columns(head(text, width)) <= width and columns(tail(text, width)) <= width
        assert columns(left_aligned(text, width)) == columns(right_aligned(text, width)) == width


def test_the_command(three, tmp_path):
    path = tmp_path / "texts.jsonl"
    rows = [{"id": a.id, "text": a.text, "kind": a.kind} for a in three]
    path.write_text("\n".join(framing.json_text(r).replace("\n", "") for r in rows), encoding="utf-8")

    def run(*words):
        return CliRunner().invoke(main, ["kwic", str(path), *words])

    table = run("tariff*")
    assert table.exit_code == 0 and "analysis-piece: 1 place in 1 article" in table.stdout
    assert run("tariff*", "--format", "csv", "--window", "3").stdout.startswith("article,kind,event")
    assert run("tariff*", "--format", "html").stdout.startswith("<!doctype html>")
    for name in ("out.csv", "out.html"):
        assert run("--theme", "defence", "-o", str(tmp_path / name)).exit_code == 0 and (tmp_path / name).stat().st_size
    for words in (
        (),
        ("tariff*", "--theme", "defence"),
        ("(a",),
        ("a", "--window", "-1"),
        ("a", "-o", str(tmp_path / "no" / "x.html")),
    ):
        failed = run(*words)
        assert failed.exit_code == 2 and "Traceback" not in failed.output


def test_a_column_that_no_article_has_is_an_error_and_not_one_group():
    corpus = Corpus.from_texts(["A ship sailed.", "A ship sank."], kind=["a", "b"], desk=["x", None])
    with pytest.raises(FramingError, match="unknown column 'knd'; known: id, kind, desk.*Did you mean 'kind'"):
        kwic(corpus, "ship", by="knd")
    assert kwic(corpus, "ship", by="desk")["kind"].fillna("none").tolist() == ["x", "none"]
    assert kwic(["A ship sailed."], "ship")["kind"].isna().all() and not len(kwic([], "ship", by="desk"))
    with pytest.raises(FramingError, match="kind must be a name or several"):
        kwic(corpus, "ship", kind=5)


def test_a_window_of_a_raised_figure_is_a_clear_error(tmp_path):
    (tmp_path / "a.txt").write_text("A ship sailed.", encoding="utf-8")
    run = CliRunner().invoke(main, ["kwic", str(tmp_path), "ship", "--window", "²"])
    assert run.exit_code == 2 and "window must be 'sentence' or a number of words" in run.output
