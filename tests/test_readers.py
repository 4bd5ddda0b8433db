import json

import pytest

from framing.errors import CorpusError, MissingDependencyError
from framing.readers import read_corpus

TEXT = "The talks went well. They will go on."


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def test_folder_with_front_matter_keeps_ids_and_dates_as_text(tmp_path):
    front = "---\nid: 000\nkind: wire-report\ndate: 2026-01-08\nparties: [Malaysia, Türkiye]\ndesk: east\n---\n"
    article = read_corpus(write(tmp_path, {"a.md": front + TEXT}))[0]
    assert (article.id, article.date, article.parties) == ("000", "2026-01-08", ("Malaysia", "Türkiye"))
    assert article.text == TEXT
    assert article.extra == {"desk": "east"}


def test_metadata_joins_by_relative_path_and_else_by_stem(tmp_path):
    write(
        tmp_path,
        {"x/000.txt": TEXT, "001.txt": TEXT, "metadata.csv": "file,id,kind\nx/000.txt,A/ü 1,wire\n,001,official\n"},
    )
    corpus = read_corpus(tmp_path)
    assert {a.id: a.kind for a in corpus} == {"001": "official", "A/ü 1": "wire"}


def test_ids_stay_text_without_metadata(tmp_path):
    assert [a.id for a in read_corpus(write(tmp_path, {"000.txt": TEXT, "x/001.md": TEXT}))] == ["000", "001"]
    assert [a.id for a in read_corpus(write(tmp_path, {"y/000.txt": TEXT}))] == ["000", "001", "y/000"]


def test_readme_hidden_names_and_tables_are_no_articles(tmp_path):
    names = [
        "README.md",
        "README.en.md",
        "readme.txt",
        ".hidden.txt",
        "_draft.md",
        "table.csv",
        ".git/x.txt",
        "_old/x.txt",
    ]
    write(tmp_path, {**dict.fromkeys(names, TEXT), "one.txt": TEXT})
    assert [a.id for a in read_corpus(tmp_path)] == ["one"]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_one_table(tmp_path, suffix):
    rows = [
        {"id": "007", "kind": "a", "text": TEXT},
        {"id": "8", "kind": "b", "text": 'Quote "this", please.\nTwo lines.'},
    ]
    path = tmp_path / f"corpus.{suffix}"
    if suffix == "jsonl":
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    else:
        import pandas as pd

        frame = pd.DataFrame(rows)
        frame.to_csv(path, index=False) if suffix == "csv" else frame.to_parquet(path)
    corpus = read_corpus(path)
    assert [(a.id, a.kind, a.text) for a in corpus] == [(r["id"], r["kind"], r["text"]) for r in rows]


def test_semicolon_table_and_missing_ids(tmp_path):
    path = write(tmp_path, {"c.csv": f"kind;text\na;{TEXT}\nb;{TEXT}\n"}) / "c.csv"
    assert [a.id for a in read_corpus(path)] == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.csv", f"ID,Kind,TEXT,Desk\n7,wire,{TEXT},east\n"),
        ("c.jsonl", json.dumps({"ID": "7", "Kind": "wire", "Text": TEXT, "Desk": "east"})),
        ("c.md", f"---\nID: 7\nKind: wire\nDesk: east\nTitle: #NoTariffs now\n---\n{TEXT}"),
    ],
)
def test_known_columns_may_have_capitals(tmp_path, name, content):
    article = read_corpus(write(tmp_path, {name: content}) / name)[0]
    assert (article.id, article.kind, article.text, article.extra) == ("7", "wire", TEXT, {"Desk": "east"})
    assert article.title in (None, "#NoTariffs now")


def test_crlf_and_byte_order_mark(tmp_path):
    raw = b"\xef\xbb\xbf---\r\nkind: a\r\n---\r\nOne day.\r\n\r\nTwo days."
    article = read_corpus(write(tmp_path, {"a.txt": raw}))[0]
    assert article.kind == "a"
    assert article.text == "One day.\r\n\r\nTwo days."


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no articles"),
        ({"README.md": TEXT}, "README"),
        ({"a.txt": TEXT, "metadata.csv": "kind\nx\n"}, "missing column: expected 'file'"),
        ({"a.txt": TEXT, "metadata.csv": "id,kind\nb,x\n"}, "no text file for id 'b'"),
        ({"a.txt": TEXT, "metadata.csv": "file,kind\nb.txt,x\n"}, "no text file 'b.txt'"),
        ({"a.txt": TEXT, "metadata.csv": "id,kind\na,x\na,y\n"}, "duplicate id"),
        ({"x/a.txt": TEXT, "y/a.txt": TEXT, "metadata.csv": "id,kind\na,x\n"}, "fits 2 files"),
        ({"a.md": f"---\nid: z\n---\n{TEXT}", "b.md": f"---\nid: z\n---\n{TEXT}"}, "duplicate id"),
    ],
)
def test_folders_that_cannot_be_read(tmp_path, files, message):
    with pytest.raises(CorpusError, match=message):
        read_corpus(write(tmp_path, files))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("c.csv", "id,body\n1,x\n", "missing column: expected 'text'"),
        ("c.csv", "id,text\n1,x\n1,y\n", "duplicate id"),
        ("c.csv", "id,text\n1,x,y,z\n", "line 2: more cells"),
        ("c.csv", "id,text,text\n1,x,y\n", "more than one column 'text'"),
        ("c.csv", b"id,text\n1,caf\xe9\n", "not UTF-8"),
        ("c.csv", "", "no articles"),
        ("c.csv", "id,text\n", "no articles"),
        ("c.jsonl", '{"text": "a"}\n{"text": ', "line 2: not valid JSON"),
        ("c.jsonl", '{"text": "a"}\n{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", "line 2: not readable JSON"),
        ("c.jsonl", '{"text": ' + "1" * 10_000 + "}", "line 1: not readable JSON"),
        ("c.csv", "sep=;\nid;text\n1;x;y\n", "line 3: more cells"),
        ("c.jsonl", "[1]", "line 1: expected a JSON object, got list"),
        ("c.parquet", "no parquet", "not a readable Parquet file"),
        ("c.docx", "x", "unknown file type '.docx'; known: .txt, .md, .csv, .jsonl, .parquet"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path, name, content, message):
    with pytest.raises(CorpusError, match=message):
        read_corpus(write(tmp_path, {name: content}) / name)


def test_a_path_that_is_not_there():
    with pytest.raises(CorpusError, match="no such file or folder"):
        read_corpus("no/such/place")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"caf\xe9 au lait.", "wrong encoding: not UTF-8 .byte 0xe9 at position 3"), (b"a\x00b", "null bytes"),
     (b"---\nkind: [a\n---\nText here.", "front matter is not valid YAML"),
     (b"---\nkind: wire\n\nText here.", "front matter is not closed")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_stays_with_its_reason(tmp_path, content, reason):
    corpus = read_corpus(write(tmp_path, {"bad.txt": content, "good.txt": TEXT}))
    assert len(corpus) == 2
    import re

    assert re.search(reason, corpus["bad"].problem)


@pytest.mark.parametrize(
    "title",
    ["Anwar: we will not choose", '"We will not" says Anwar', "[Update] Talks go on", "@anwar speaks: a thread",
     "*Breaking* talks: day two", "- We will not choose", "#NoTariffs now", "Oil is the #1 worry", "[Update]", "!Kung talks",
     "{sic} he said", "% of trade", "`quoted`"],
)  # fmt: skip
def test_an_ordinary_headline_in_front_matter_stays_as_it_is(tmp_path, title):
    front = f"---\ntitle: {title}\nkind: wire\nparties: [Malaysia, Türkiye]\ndesk: east\n---\n"
    article = read_corpus(write(tmp_path, {"a.md": front + TEXT}))[0]
    assert (article.title, article.kind, article.parties) == (title, "wire", ("Malaysia", "Türkiye"))
    assert (article.text, article.problem, article.extra) == (TEXT, None, {"desk": "east"})


def test_front_matter_that_needs_yaml_keeps_it(tmp_path):
    front = "---\n# ours\ntitle: >\n  One long\n  headline\nsource: 'a: b' # desk\nnote: !!int abc\nparties:\n- A\n- B\n---\n"
    article = read_corpus(write(tmp_path, {"a.md": front + TEXT}))[0]
    assert (article.title, article.source, article.parties) == ("One long headline", "a: b", ("A", "B"))
    assert article.extra == {"note": "!!int abc"}


def test_a_row_of_metadata_is_named_by_its_line(tmp_path):
    table = 'id,note\na.txt,"two\nlines"\nb,x\n'
    with pytest.raises(CorpusError, match="line 4: no text file for id 'b'"):
        read_corpus(write(tmp_path, {"a.txt": TEXT, "metadata.csv": table}))


def test_an_id_may_be_the_name_of_the_file(tmp_path):
    files = {"a1.txt": TEXT, "a2.txt": TEXT, "metadata.csv": "sep=;\r\nid;kind\r\na1.txt;wire\r\na2;other\r\n"}
    assert {a.id: a.kind for a in read_corpus(write(tmp_path, files))} == {"a1.txt": "wire", "a2": "other"}


def test_a_text_that_begins_with_a_rule_is_not_front_matter(tmp_path):
    text = "---\nA scene break, not front matter.\n\nThe story goes on."
    assert read_corpus(write(tmp_path, {"a.txt": text}))[0].text == text


def test_parquet_without_pyarrow_names_the_extra(tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    path = write(tmp_path, {"c.parquet": "x"}) / "c.parquet"
    with pytest.raises(MissingDependencyError, match=r"pip install 'framing\[parquet\]'"):
        read_corpus(path)


def test_half_a_surrogate_pair_is_replaced_at_equal_length(tmp_path):
    path = write(tmp_path, {"c.jsonl": '{"id": "a\\ud83d", "text": "It \\ud83d rained."}'}) / "c.jsonl"
    article = read_corpus(path)[0]
    assert (article.id, article.text) == ("a\ufffd", "It \ufffd rained.")
