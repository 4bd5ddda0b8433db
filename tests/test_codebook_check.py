import numpy as np
import pytest
from click.testing import CliRunner

import framing
from framing.cli import main
from framing.codebook_check import check_codebook
from framing.corpus import Corpus
from framing.errors import FramingError
from framing.term_influence import Shares, raised_in
from framing.theme_finder import theme_finder
from framing.tokens import tokenize

HEAD = '[codebook]\nname = "x"\nversion = "1"\nlanguage = "en"\n'
PLAIN = (
    "The clerk counted boats near the long pier. Rain fell over the town all day. The old baker closed his shop early. "
)


@pytest.fixture
def book(tmp_path):
    def write(text):
        path = tmp_path / "book.toml"
        path.write_text(HEAD + text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def corpus():
    """Four events in two kinds; 'harbour' is frequent in one of them, 'anchor' in the other."""
    a = [PLAIN + "The harbour was full. A harbour wall broke. The harbour master left. The anchor held."] * 4
    b = [PLAIN + "The anchor held. An anchor chain broke. The lamp was lit. The bell rang."] * 4
    return Corpus.from_texts([*a, *b], kind=["wire"] * 4 + ["analysis"] * 4, event=list("abcd") * 2)


def rows(found, check):
    return found.findings[found.findings["check"] == check]


def test_a_dominating_term_and_its_sign_flip_are_named(book, corpus):
    found = check_codebook(book("[themes.sea]\nterms = ['harbour*', 'anchor*']"), corpus)
    assert rows(found, "sign flip")["term"].tolist() == ["harbour*"]
    assert rows(found, "dominates")["term"].tolist() == ["harbour*"]
    assert "60% of its hits" not in rows(found, "top terms")["message"].iloc[0]
    left = found.leave_one_out.set_index("term")
    assert left.loc["harbour*", "difference"] == pytest.approx(-2 / 7)  # analysis - wire
    assert left.loc["harbour*", "without"] == pytest.approx(1 / 7)
    assert rows(found, "one kind only")["term"].tolist() == ["harbour*"]


def test_leave_one_out_equals_the_codebook_without_the_term(book, corpus):
    found = check_codebook(
        book("[themes.sea]\nterms = ['harbour*', 'harbour master', 'anchor']\nnot = ['anchor chain']"), corpus
    )
    for row in found.leave_one_out.itertuples():
        terms = [t for t in ("harbour*", "harbour master", "anchor") if t != row.term]
        share = framing.Themes(book(f"[themes.sea]\nterms = {terms}\nnot = ['anchor chain']")).fit_transform(corpus)[
            "sea"
        ]
        assert row.without == pytest.approx(share[4:].mean() - share[:4].mean())


def test_the_difference_is_that_of_compare(three):
    texts = [*three, *three]
    corpus = Corpus.from_texts(
        [a.text for a in texts],
        kind=[a.kind for a in texts],
        event=["one"] * 3 + ["two"] * 3,
        parties=[a.parties for a in texts],
    )
    found = check_codebook("diplomacy", corpus)
    contrasts = framing.compare(corpus, extractors=["themes"]).contrasts.set_index(["measure", "a", "b"])["difference"]
    assert len(found.leave_one_out)
    for row in found.leave_one_out.itertuples():
        assert row.difference == pytest.approx(contrasts[f"themes__{row.theme}", row.a, row.b])


def test_words_of_several_senses_are_flagged(book):
    text = "[themes.a]\nterms = ['align*', 'defence', 'arms', 'like', 'intelligence', 'united', 'frigate*']\n"
    found = check_codebook(book(text), ["They align their arms like a united defence; intelligence helps."])
    assert rows(found, "ambiguous")["term"].tolist() == ["align*", "defence", "arms", "like", "intelligence", "united"]
    assert "no contrasts were checked" in found.notes[0]


def test_the_seed_traps_are_flagged(book, seeds):
    text = "[themes.a]\nterms = ['align*', 'defence', 'arms', 'intelligence']\n[themes.b]\nterms = ['like', 'united']"
    found = check_codebook(book(text), seeds)
    assert set(rows(found, "ambiguous")["term"]) == {"align*", "defence", "arms", "like", "intelligence", "united"}


def test_topic_words_among_cues_of_tone(book):
    text = "[themes.a]\nterms = ['frigate*']\n[cues.praise]\npositive = ['united', 'security', 'applaud*']"
    found = check_codebook(book(text), ["The United States spoke of security."])
    assert set(rows(found, "ambiguous")["term"]) == {"united", "security"}
    assert set(rows(found, "ambiguous")["theme"]) == {"cues.praise.positive"}


def test_a_guard_makes_a_warning_a_note(book):
    texts = ["Their defence was strong."]
    plain = check_codebook(book("[themes.a]\nterms = ['defence']"), texts)
    guarded = check_codebook(book("[themes.a]\nterms = ['defence']\nnot = ['in (defence|praise) of']"), texts)
    assert [rows(f, "ambiguous")["level"].tolist() for f in (plain, guarded)] == [["warning"], ["note"]]


def test_examples_are_run(book):
    found = check_codebook(
        book(
            "[themes.a]\nterms = ['boat*']\nexamples = ['A boat.', 'A ship.']\ncounter_examples = ['Boats of paper.']"
        ),
        ["A boat sank."],
    )
    said = rows(found, "example")["message"].tolist()
    assert len(said) == 2 and "'A ship.' does not raise" in said[0] and "'Boats of paper.' raises" in said[1]


def test_dead_shadowed_and_overlapping_terms(book, corpus):
    text = "[themes.a]\nterms = ['harbour*', 'harbou?', 'submarine']\n[themes.b]\nterms = ['harbour*']"
    found = check_codebook(book(text), corpus)
    assert rows(found, "dead")["term"].tolist() == ["submarine"]
    assert rows(found, "never counts")["term"].tolist() == ["harbou?"]
    overlaps = rows(found, "overlap")
    assert set(overlaps["level"]) == {"note", "warning"} and "harbour*" in overlaps["term"].tolist()


def test_a_word_that_lives_in_one_expression(book):
    texts = ["The United States spoke. The United States left. The United States won."]
    found = check_codebook(book("[themes.a]\nterms = ['united']"), texts)
    assert "'united states'" in rows(found, "fixed expression")["message"].iloc[0]


def test_placebos_know_a_planted_difference_from_none(book, corpus):
    planted = check_codebook(book("[themes.a]\nterms = ['harbour*']"), corpus)
    none = check_codebook(book("[themes.a]\nterms = ['pier']"), corpus)
    assert planted.placebo["p"].iloc[0] < 0.6 and none.placebo["difference"].iloc[0] == 0
    assert check_codebook(book("[themes.a]\nterms = ['harbour*']"), corpus).placebo.equals(planted.placebo)


def test_shares_of_articles(corpus):
    tokens = tokenize(corpus)
    shares = Shares.of(tokens, np.ones(8, bool), None)
    finder = theme_finder(framing.load_codebook("diplomacy"))
    assert not shares.by_article(raised_in(tokens, finder.find(tokens, True)["defence"])).any()


def test_a_seed_that_is_none(corpus):
    with pytest.raises(FramingError, match="seed must be a whole number from 0, got -1"):
        check_codebook("diplomacy", corpus, seed=-1)


def test_the_command(book, tmp_path, corpus):
    folder = tmp_path / "texts.jsonl"
    import json

    folder.write_text(
        "\n".join(json.dumps({"id": a.id, "text": a.text, "kind": a.kind, "event": a.event}) for a in corpus)
    )
    path = book("[themes.sea]\nterms = ['harbour*', 'anchor*']\nexamples = ['A ship.']")
    run = CliRunner().invoke(
        main, ["codebook", "check", str(path), str(folder), "--out", str(tmp_path / "out"), "--strict"]
    )
    assert run.exit_code == 1
    assert "sign flip: sea, 'harbour*': without it" in run.stdout and max(map(len, run.stdout.splitlines())) <= 80
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "findings.csv",
        "terms.csv",
        "leave_one_out.csv",
        "placebo.csv",
    }
    for form in ("csv", "json"):
        assert CliRunner().invoke(main, ["codebook", "check", str(path), str(folder), "--format", form]).exit_code == 0
