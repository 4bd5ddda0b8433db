import csv
import filecmp
import io
import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from framing.cli import main


@pytest.fixture
def run():
    def call(*words):
        return CliRunner().invoke(main, [str(w) for w in words])

    return call


@pytest.fixture
def folder(tmp_path, three):
    place = tmp_path / "texts"
    place.mkdir()
    rows = ["id,kind,event,parties"]
    for article in three:
        (place / f"{article.id}.txt").write_text(article.text, encoding="utf-8")
        rows.append(f'{article.id},{article.kind},visit,"Malaysia, Türkiye"')
    (place / "metadata.csv").write_text("\n".join(rows), encoding="utf-8")
    return place


def test_compare_writes_everything_twice_the_same(run, folder, tmp_path):
    for name in ("one", "two"):
        result = run("compare", folder, "--out", tmp_path / name, "--seed", 7)
        assert result.exit_code == 0, result.output
    names = sorted(str(p.relative_to(tmp_path / "one")) for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert {"features.csv", "sentences.csv", "contrasts.csv", "evidence.csv", "attributions.csv", "run.json"} <= set(
        names
    )
    figures = {n.rpartition("/")[2] for n in names if n.startswith("figures")}
    stems = {n.partition(".")[0] for n in figures} - {"captions"}
    assert figures == {"captions.md", *(f"{stem}.{form}" for stem in stems for form in ("png", "svg", "csv"))}
    assert {"stance-matrix", "contrasts-themes", "positions"} <= stems
    match, mismatch, errors = filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", names, shallow=False)
    assert (mismatch, errors) == ([], [])
    record = (tmp_path / "one" / "run.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in record
    assert json.loads(record)["options"]["readability_counts"] == "framing"
    assert set(json.loads(record)["texts"]) == {"official", "wire", "analysis"}
    assert json.loads(record)["codebook"]["name"] == "diplomacy"


@pytest.mark.slow
def test_same_bytes_in_another_process(run, folder, tmp_path):
    run("compare", folder, "--out", tmp_path / "one")
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-m", "framing", "compare", str(folder), "--out", str(tmp_path / "two")]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes(), path.name


def test_stdout_carries_data_only(run, folder):
    (folder / "bad.txt").write_text("", encoding="utf-8")
    result = run("compare", folder, "--format", "json")
    assert json.loads(result.stdout)["contrasts"]
    assert "warning: bad: empty text" in result.stderr
    rows = list(csv.DictReader(io.StringIO(run("features", folder).stdout)))
    assert {r["id"]: r["problem"] for r in rows}["bad"] == "empty text"
    assert {r["id"]: r["stance__united_states"] for r in rows}["bad"] == ""


def test_table_fits_eighty_columns(run, folder):
    lines = run("compare", folder).stdout.splitlines()
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_features_as_files(run, folder, tmp_path, suffix):
    path = tmp_path / f"f.{suffix}"
    assert run("features", folder, "-o", path).exit_code == 0
    assert path.stat().st_size > 500


def test_a_corpus_with_a_bad_row_keeps_what_was_scored(run, tmp_path, monkeypatch):
    monkeypatch.setattr("framing.scoring._BATCH", 1)
    corpus, out = tmp_path / "corpus.jsonl", tmp_path / "out.csv"
    corpus.write_text('{"text": "It rained on the port."}\n{"text": \n', encoding="utf-8")
    result = run("features", corpus, "-o", out)
    assert result.exit_code == 2
    kept = tmp_path / "out.partial.csv"
    assert "line 2: not valid JSON" in result.stderr
    assert f"What was finished before (1 article) is kept in {kept}." in result.stderr
    assert len(list(csv.DictReader(io.StringIO(kept.read_text(encoding="utf-8"))))) == 1


def test_many_problems_are_counted_not_listed(run, tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    lines = ['{"text": "Hello"}\n'] * 30
    lines += [f'{{"text": "{words} in the port. It rained."}}\n' for words in ("It rained", "It rained all day")]
    corpus.write_text("".join(lines), encoding="utf-8")
    for words in (["-o", tmp_path / "out.csv"], []):
        errors = run("features", corpus, *words).stderr
        assert "warning: 30 articles (1, 2, 3 and 27 more): too short: 1 word\n" in errors
        assert re.search(
            r"warning: 2 articles \(31, 32\): too short for readability: \d+ words needed, has 7 to 9\n", errors
        )
        assert errors.count("warning:") < 5


def test_of_very_many_problems_the_first_are_summed_up(run, tmp_path, monkeypatch):
    monkeypatch.setattr("framing.streaming.SHOWN_PROBLEMS", 4)
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"text": "Hello"}\n' * 9, encoding="utf-8")
    errors = run("features", corpus, "-o", tmp_path / "out.csv").stderr
    assert "warning: 5 more articles; the column 'problem' of the features lists all." in errors


def test_features_in_two_processes(run, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("framing.scoring._BATCH", 1)
    for jobs in (1, 2):
        assert run("features", folder, "-o", tmp_path / f"{jobs}.csv", "--jobs", jobs).exit_code == 0
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    assert run("features", folder).stdout == (tmp_path / "1.csv").read_text(encoding="utf-8")


def test_features_by_sentence_and_evidence(run, folder):
    rows = list(csv.DictReader(io.StringIO(run("features", folder, "--unit", "sentence").stdout)))
    assert rows[0]["sentence"] == "1" and rows[0]["stance__united_states"] == ""
    found = run("evidence", folder, "--article", "analysis", "--measure", "themes__us_pressure").stdout
    assert all(r["measure"] == "themes__us_pressure" for r in csv.DictReader(io.StringIO(found)))
    without = run("evidence", folder, "--article", "analysis", "--measure", "themes", "--no-inherited").stdout
    assert "True" not in without


def test_counts_can_be_chosen(run, folder):
    own, same, other = (
        run("features", folder, *c).stdout for c in ((), ("--counts", "framing"), ("--counts", "textstat"))
    )
    assert own == same != other
    assert "Invalid value for '--counts'" in run("features", folder, "--counts", "spacy").stderr


def test_figures(run, folder, tmp_path):
    result = run("figures", folder, "--out", tmp_path / "f")
    assert sorted(result.stdout.split()) == sorted(str(p) for p in (tmp_path / "f").iterdir())


def test_codebooks(run, folder, tmp_path):
    assert run("codebook", "list").stdout.startswith("diplomacy\t")
    mine = tmp_path / "mine.toml"
    mine.write_text(run("codebook", "show", "diplomacy").stdout, encoding="utf-8")
    given = run("compare", folder, "--codebook", mine, "--format", "csv")
    assert given.stdout == run("compare", folder, "--format", "csv").stdout


def test_aliases_of_one_target_are_put_together(run, folder):
    apart = run("stance", folder, "--target", "X=Malaysia", "--target", "X=Türkiye", "--by", "voice,voice").stdout
    assert apart == run("stance", folder, "--target", "X=Malaysia,Türkiye", "--by", "voice").stdout


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to open")
@pytest.mark.parametrize("words", [["codebook", "list"], ["evidence", "{folder}", "--article", "wire"]])
def test_tables_on_a_terminal_fit_eighty_columns(folder, words):
    master, slave = os.openpty()
    command = [sys.executable, "-m", "framing", *(w.format(folder=folder) for w in words)]
    with subprocess.Popen(command, stdout=slave) as process:
        os.close(slave)
        raw = b""
        with open(master, "rb", buffering=0) as shown:
            while process.poll() is None or raw[-1:] != b"\n":
                try:
                    raw += shown.read(4096)
                except OSError:  # the other end is closed
                    break
    lines = raw.decode("utf-8").splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 80
    assert not any("\t" in line for line in lines)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["compare", "no/where"], "no such file or folder"),
        (["compare", "{empty}"], "no articles"),
        (["compare", "{folder}", "--by", "kid"], "unknown column 'kid'"),
        (["compare", "{folder}", "--by", "event"], "single label 'visit'"),
        (["compare", "{folder}", "--codebook", "diplo"], "unknown codebook 'diplo'"),
        (["compare", "{folder}", "--codebook", "{typo}"], "unknown key 'themez'"),
        (["compare", "{twice}"], "duplicate id"),
        (["compare", "{columns}"], "missing column: expected 'text'"),
        (["features", "{folder}", "-o", "x.xlsx"], "one of .csv, .parquet, .jsonl"),
        (["evidence", "{folder}", "--article", "zzz"], "unknown article 'zzz'"),
        (["evidence", "{folder}", "--article", "wire", "--measure", "zzz"], "unknown measure 'zzz'"),
        (["codebook", "show", "zzz"], "unknown codebook 'zzz'"),
        (["compare", "{folder}", "--seed", "-1"], "Invalid value for '--seed'"),
        (["compare", "{folder}", "--out", "{file}"], "is a file; give a folder"),
        (["features", "{folder}", "--jobs", "0"], "--jobs must be a whole number of processes"),
        (["features", "{folder}", "-o", "no/where.csv"], "there is no folder no; make it first"),
    ],
)
def test_users_mistakes_exit_with_2_and_no_traceback(run, folder, tmp_path, words, message):
    (tmp_path / "empty").mkdir()
    (tmp_path / "typo.toml").write_text(
        '[codebook]\nname="x"\nversion="1"\nlanguage="en"\n[themez.a]\n', encoding="utf-8"
    )
    (tmp_path / "twice.csv").write_text("id,text\n1,a\n1,b\n", encoding="utf-8")
    (tmp_path / "columns.csv").write_text("id,body\n1,a\n", encoding="utf-8")
    places = {
        "folder": folder, "empty": tmp_path / "empty", "typo": tmp_path / "typo.toml", "twice": tmp_path / "twice.csv",
        "columns": tmp_path / "columns.csv", "file": tmp_path / "typo.toml",
    }  # fmt: skip
    result = run(*[w.format(**places) for w in words])
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_one_bad_article_does_not_stop_the_others(run, folder):
    (folder / "latin.txt").write_bytes(b"caf\xe9")
    (folder / "word.txt").write_text("Hello", encoding="utf-8")
    result = run("compare", folder, "--format", "csv")
    assert result.exit_code == 0
    assert "warning: latin: wrong encoding" in result.stderr and "warning: word: too short" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["compare"],
        ["features"],
        ["evidence"],
        ["figures"],
        ["codebook"],
        ["codebook", "list"],
        ["codebook", "show"],
        ["codebook", "language"],
        ["codebook", "schema"],
        ["codebook", "check"],
        ["codebook", "suggest"],
        ["codebook", "convert"],
        ["kwic"],
        ["salience"],
        ["corpus"],
        ["corpus", "check"],
        ["plan"],
        ["robustness"],
        ["words"],
    ],
)
def test_every_help_has_an_example(run, words):
    text = run(*words, "--help").output
    assert "Example: framing" in text
    assert max(map(len, text.splitlines())) <= 80


def test_figures_of_one_column_with_words_and_robustness(run, folder, tmp_path):
    words = tmp_path / "words.csv"
    words.write_text("word,weight,side\nally,3.5,more in statements\ntariff,2,more in wires\n", encoding="utf-8")
    result = run("figures", folder, "--out", tmp_path / "out", "--format", "svg", "--width", "85mm", "--words", words)
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "keyness.svg").read_text(encoding="utf-8")
    assert ">ally</text>" in page and 'width="240.94' in page, "85 mm are 240.94 points"
    words.write_text("word,weight\nally,3\n", encoding="utf-8")
    failed = run("figures", folder, "--out", tmp_path / "no", "--words", words)
    assert failed.exit_code == 2 and "lacks the column 'side'" in failed.output and not (tmp_path / "no").exists()
    words.write_text("word,weight,side\nally,many,x\n", encoding="utf-8")
    failed = run("figures", folder, "--out", tmp_path / "no", "--words", words)
    assert failed.exit_code == 2 and "must hold numbers only" in failed.output


@pytest.mark.parametrize("what", ["terms", "shift"])
def test_figures_draw_the_words_that_the_command_writes(run, folder, tmp_path, what):
    pair = () if what == "terms" else ("--pair", "official-statement", "wire-report")
    table = run("words", folder, "--what", what, "--format", "csv", "--min-count", "2", *pair)
    words = tmp_path / "words.csv"
    words.write_text(table.output, encoding="utf-8")
    result = run("figures", folder, "--out", tmp_path / "out", "--format", "svg", "--words", words)
    assert result.exit_code == 0 and list((tmp_path / "out").glob("keyness*.svg")), result.output


@pytest.mark.slow
def test_specification_curves_from_the_command_line(run, repository, tmp_path):
    result = run(
        "figures", repository / "corpus", "--out", tmp_path, "--format", "svg", "--robust", "themes__us_pressure"
    )
    assert result.exit_code == 0, result.output
    table = (tmp_path / "specifications-1.csv").read_text(encoding="utf-8").splitlines()
    assert len(table) == 129 and table[0].startswith("measure,a,b,headline,quotations")
    assert "Pressure by the United States, official-statement minus" in (tmp_path / "captions.md").read_text("utf-8")


@pytest.mark.parametrize(("form", "part"), [("latex", "\\toprule"), ("html", "<table"), ("md", "| measure")])
def test_tables_for_papers(run, folder, form, part):
    result = run("compare", folder, "--format", form)
    assert result.exit_code == 0 and part in result.stdout
    if form != "md":
        assert "SMOG index" in result.stdout and "Coleman" not in result.stdout
        assert "Stance: United States, author" in run("compare", folder, "--format", form, "--all").stdout


def test_texts_that_stance_cannot_read_are_named(run, tmp_path):
    (tmp_path / "a.txt").write_text(
        "China condemned Japan. Japan praised China. China thanked India. " * 3, encoding="utf-8"
    )
    for more in ((), ("--between", "--target", "Japan")):
        result = run("stance", tmp_path, "--target", "China", *more)
        assert "warning: a: does not read as running text" in result.stderr
        assert "texts that could be read" in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--between", "--target", "China"], "name two or more with --target"),
        (["--target", "=a"], "--target '=a' has no name"),
        (["--target", "China", "--model", "none.json.gz"], "none.json.gz: no such file"),
        (["--codebook", "none.toml"], "none.toml: no such file. Codebooks that come with framing: diplomacy"),
    ],
)
def test_mistakes_in_stance_are_named(run, folder, words, message):
    result = run("stance", folder, *words)
    assert result.exit_code == 2 and message in result.stderr


def test_targets_that_are_never_named_are_listed(run, folder):
    assert run("stance", folder, "--target", "Atlantis").stdout.startswith("Atlantis: not named in the texts")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["features", "--jobs", "0"], "--jobs must be a whole number of processes, or -1 for all cores, got 0."),
        (["kwic", "-o", "k.txt", "port"], "--output must be a file that ends in .csv, .jsonl, .parquet, .html"),
    ],
)
def test_messages_name_what_was_typed(run, folder, words, message):
    result = run(words[0], folder, *words[1:])
    assert result.exit_code == 2 and message in result.stderr


def test_a_file_of_labels_that_is_not_there(run, tmp_path):
    result = run("train", "stance", tmp_path / "nope.csv", "-o", tmp_path / "model.json.gz")
    assert result.exit_code == 2 and "nope.csv: no such file; give a CSV" in result.stderr
    assert "Errno" not in result.stderr


def test_a_table_without_texts_says_how_to_mend_it(run, tmp_path):
    (tmp_path / "c.csv").write_text("id,body\n1,It rained.\n", encoding="utf-8")
    result = run("features", tmp_path / "c.csv")
    assert "expected 'text', got id, body. Rename your column of texts to 'text'." in result.stderr


def test_one_article_is_in_the_singular(run, tmp_path):
    (tmp_path / "c.csv").write_text("text\nIt rained.\n", encoding="utf-8")
    assert "has no label in 1 article;" in run("compare", tmp_path / "c.csv").stderr
