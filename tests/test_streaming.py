import json
import tracemalloc

import pandas as pd
import pytest

import framing.analysis
from framing import FramingError, features, read_corpus, write_features, write_table
from framing.extractors import EXTRACTORS
from framing.readers import iter_drafts
from framing.streaming import SHOWN_PROBLEMS

SUFFIXES = ["csv", "jsonl", "parquet"]


@pytest.fixture
def table(tmp_path, three):
    """Return a corpus of nine rows as JSON lines; some lack a date, one a text."""
    path = tmp_path / "corpus.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(9):
            article = three[number % 3]
            row = {"id": f"a{number}", "text": article.text, "kind": article.kind, "event": "visit"}
            row |= {"date": f"2025-01-0{number}"} if number > 5 else {}
            row |= {"text": None} if number == 4 else {}
            file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr("framing.scoring._BATCH", 2)
    monkeypatch.setattr("framing.tables._ROW_GROUP", 3)


def read(path):
    return pd.read_parquet(path) if path.suffix == ".parquet" else path.read_bytes()


def same(one, two):
    if isinstance(one, bytes):
        assert one == two
    else:
        pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("unit", ["article", "sentence"])
def test_the_file_is_the_table(table, tmp_path, small_batches, suffix, unit):
    streamed, whole = tmp_path / f"streamed.{suffix}", tmp_path / f"whole.{suffix}"
    written = write_features(table, streamed, unit=unit)
    write_table(features(read_corpus(table), unit=unit), whole)
    same(read(streamed), read(whole))
    assert (written.n_articles, written.n_rows) == (9, len(features(table, unit=unit)))
    assert ("a4", "empty text") in written.problems
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus.jsonl", streamed.name, whole.name]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_same_bytes_whatever_the_number_of_processes(table, tmp_path, small_batches, suffix):
    for n_jobs in (1, 2, 3):
        write_features(table, tmp_path / f"{n_jobs}.{suffix}", n_jobs=n_jobs)
    one, *others = [(tmp_path / f"{n}.{suffix}").read_bytes() for n in (1, 2, 3)]
    assert others == [one, one]
    pd.testing.assert_frame_equal(features(table, n_jobs=2), features(table))
    pd.testing.assert_frame_equal(features(table, unit="sentence", n_jobs=2), features(table, unit="sentence"))


def test_processes_that_are_spawned_give_the_same(table, tmp_path, small_batches, monkeypatch):
    monkeypatch.setattr("framing.processes._start_method", lambda: "spawn")
    pd.testing.assert_frame_equal(features(table, n_jobs=2), features(table))


def test_forgetting_types_changes_nothing(table, small_batches, monkeypatch):
    whole = features(table)
    monkeypatch.setattr("framing.scoring._MAX_TYPES", 1)
    pd.testing.assert_frame_equal(features(table), whole)


def test_a_batch_is_bounded_in_characters(table, monkeypatch):
    monkeypatch.setattr("framing.scoring._BATCH_CHARACTERS", 600)
    sizes = [sum(len(d.text) for d in batch) for batch in framing.scoring._batches(iter_drafts(table))]
    assert len(sizes) > 3 and max(sizes) < 1500


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_what_is_finished_is_kept_when_a_row_is_bad(table, tmp_path, small_batches, suffix, n_jobs):
    with table.open("a", encoding="utf-8") as file:
        file.write('{"text": \n')
    out = tmp_path / f"out.{suffix}"
    with pytest.raises(FramingError, match="line 10: not valid JSON") as caught:
        write_features(table, out, n_jobs=n_jobs)
    kept = tmp_path / f"out.partial.{suffix}"
    assert caught.value.__notes__ == [f"What was finished before (8 articles) is kept in {kept}."]
    assert not out.exists()
    whole = tmp_path / f"whole.{suffix}"
    write_table(features(read_corpus_of_eight(table)), whole)
    same(read(kept), read(whole))


def read_corpus_of_eight(path):
    return [draft.article() for draft, _ in zip(iter_drafts(path), range(8), strict=False)]


def test_a_second_failure_keeps_what_the_first_one_kept(table, tmp_path, small_batches):
    with table.open("a", encoding="utf-8") as file:
        file.write('{"id": "a0", "text": "Again."}\n')
    for _ in range(2):
        with pytest.raises(FramingError, match=r"duplicate id: 'a0' stands more than once \(again as article 10 of"):
            write_features(table, tmp_path / "out.csv")
    assert {"out.partial.csv", "out.partial-2.csv"} <= {p.name for p in tmp_path.iterdir()}


def test_an_old_file_stays_until_the_new_one_is_whole(table, tmp_path, small_batches):
    out = tmp_path / "out.csv"
    out.write_text("old", encoding="utf-8")
    table.write_text(table.read_text(encoding="utf-8") + "[]", encoding="utf-8")
    with pytest.raises(FramingError, match="expected a JSON object"):
        write_features(table, out)
    assert out.read_text(encoding="utf-8") == "old"


def test_nothing_is_left_when_nothing_was_finished(tmp_path):
    source = tmp_path / "corpus.jsonl"
    source.write_text('{"body": "It rained."}\n', encoding="utf-8")
    with pytest.raises(FramingError, match="missing column: expected 'text', got body") as caught:
        write_features(source, tmp_path / "out.csv")
    assert not hasattr(caught.value, "__notes__")
    assert [p.name for p in tmp_path.iterdir()] == ["corpus.jsonl"]


def test_a_break_keeps_what_is_finished(table, tmp_path, small_batches, monkeypatch):
    real, calls = EXTRACTORS.get("themes").extract, []

    def breaks(self, tokens):
        calls.append(tokens)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(self, tokens)

    monkeypatch.setattr(EXTRACTORS.get("themes"), "extract", breaks)
    with pytest.raises(KeyboardInterrupt) as caught:
        write_features(table, tmp_path / "out.parquet", extractors=["themes"])
    assert "4 articles" in caught.value.__notes__[0]
    assert pd.read_parquet(tmp_path / "out.partial.parquet")["id"].tolist() == ["a0", "a1", "a2", "a3"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("out.xlsx", "the suffix of the output file must be one of .csv, .parquet, .jsonl, got 'out.xlsx'"),
        ("no/out.csv", "there is no folder .*no; make it first"),
        ("corpus.jsonl", "the scores would replace the corpus"),
        ("folder.csv", "is a folder; give the name of a file"),
    ],
)
def test_outputs_that_cannot_be(table, tmp_path, name, message):
    (tmp_path / "folder.csv").mkdir()
    before = table.read_bytes()
    with pytest.raises(FramingError, match=message):
        write_features(table, tmp_path / name)
    assert table.read_bytes() == before


def test_only_the_first_problems_are_kept(tmp_path):
    written = write_features(["Hello"] * (SHOWN_PROBLEMS + 5), tmp_path / "out.csv")
    assert (len(written.problems), written.n_problems) == (SHOWN_PROBLEMS, SHOWN_PROBLEMS + 5)


def test_no_articles_make_an_empty_table(tmp_path):
    write_features([], tmp_path / "out.parquet")
    pd.testing.assert_index_equal(pd.read_parquet(tmp_path / "out.parquet").columns, features(["It rained."]).columns)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_articles_are_read_one_after_the_other(tmp_path, suffix):
    """Reading holds a small part of the corpus."""
    path = tmp_path / f"corpus.{suffix}"
    frame = pd.DataFrame({"id": range(500), "text": ["It rained.\n" * 1_000] * 500})
    if suffix == "parquet":
        frame.to_parquet(path, row_group_size=100)
    elif suffix == "csv":
        frame.to_csv(path, index=False)
    else:
        path.write_text("".join(json.dumps(r) + "\n" for r in frame.to_dict("records")), encoding="utf-8")
    next(iter_drafts(path))  # modules load on first use
    tracemalloc.start()
    n = sum(1 for _ in iter_drafts(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n == 500 and peak < 0.3 * 500 * 11_000


def test_hyphenation_remembers_no_word():
    from framing.syllables import _hyphenator, n_syllables

    assert n_syllables("multipolarity") == 6
    assert not _hyphenator().hd.cache
