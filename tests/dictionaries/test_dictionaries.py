"""Word lists of other programs: there and back, what is lost, and files that are not what they seem."""

import csv
import hashlib
import time

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import framing
from framing.cli import main
from framing.codebook import load_codebook, lost_in_reading
from framing.conversion import convert_codebook
from framing.errors import CodebookError
from framing.extractors import Themes
from framing.wordlists import states

FULL = """[codebook]
name = "harbour"
version = "2.0"
language = "en"
licence = "CC-BY-4.0"
[themes.sea_trade]
label = "Trade by sea"
definition = "Ships and their freight."
examples = ["The freighter left."]
not = ["ship shape"]
negated = "drop"
[themes.sea_trade.terms]
ships = ["freighter*", "(cargo|container) ship*", "stem:sail", "NATO", "case:Turkey", "m?ddle"]
[themes.sea_trade.terms.ports]
docks = ["dock*", "load* ~2 cargo*", { term = "quay", weight = 0.5 }]
[themes.fish]
terms = ["herring", "long-term catch*"]
[[themes.fish.rules]]
name = "boat and catch"
all = [["boat*"], ["catch*"]]
[targets.port]
aliases = ["port"]
"""


@pytest.fixture
def write(tmp_path):
    def to(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return to


def terms(path):
    """Return the terms of a file by theme and sub-indicator."""
    book, _ = lost_in_reading(path)
    return {name: {sub: set(own) for sub, own in theme.terms.items()} for name, theme in book.themes.items()}


def test_yaml_holds_nesting_and_gaps(write, tmp_path):
    convert_codebook(write("full.toml", FULL), tmp_path / "out.yml")
    assert yaml.safe_load((tmp_path / "out.yml").read_text(encoding="utf-8")) == {
        "sea_trade": {
            "ships": ["freighter*", "cargo ship*", "container ship*", "NATO", "Turkey", "m?ddle"],
            "ports": {"docks": ["dock*", "load* cargo*", "load* * cargo*", "load* * * cargo*", "quay"]},
        },
        "fish": ["herring", "long-term catch*"],
    }  # fmt: skip


def test_liwc_holds_words_and_endings(write, tmp_path):
    convert_codebook(write("full.toml", FULL), tmp_path / "out.dic")
    assert (tmp_path / "out.dic").read_text(encoding="utf-8").splitlines() == [
        "%", "1\tsea_trade", "2\tsea_trade/ships", "3\tsea_trade/ports", "4\tsea_trade/ports/docks", "5\tfish", "%",
        "freighter*\t1\t2", "cargo ship*\t1\t2", "container ship*\t1\t2", "NATO\t1\t2", "Turkey\t1\t2", "dock*\t1\t3\t4",
        "quay\t1\t3\t4", "herring\t5", "long-term catch*\t5",
    ]  # fmt: skip


def test_what_is_lost_is_said(write, tmp_path):
    source = write("full.toml", FULL)
    lost = {form: convert_codebook(source, tmp_path / f"out.{form}").lost for form in ("yml", "dic", "csv")}
    said = {form: "\n".join(f"{r.category}: {r.what}: {r.why}" for r in t.itertuples()) for form, t in lost.items()}
    for form in said:
        assert "head: left out: name, version, language, licence" in said[form]
        for thing in ("definition", "1 examples", "rule 'boat and catch'", "target port"):
            assert thing in said[form], (form, thing)
    for form in ("yml", "dic"):
        for thing in ("'stem:sail': left out", "'NATO': written without its capitals", "'case:Turkey': written without",
                      "1 phrases under 'not'", "weights of 1 terms", "under negation"):  # fmt: skip
            assert thing in said[form], (form, thing)
    assert "'load* ~2 cargo*': left out: LIWC has no gaps" in said["dic"] and "load*" not in said["yml"]
    assert "'m?ddle': left out: LIWC has * at the end" in said["dic"]
    for thing in ("stem", "NATO", "phrases under", "weights", "negation"):
        assert thing not in said["csv"]


def test_csv_holds_all_of_terms_and_guards(write, tmp_path):
    source = write("full.toml", FULL)
    convert_codebook(source, tmp_path / "out.csv")
    before, (after, lost) = load_codebook(source), lost_in_reading(tmp_path / "out.csv")
    assert lost == []
    for name, theme in before.themes.items():
        back = after.themes[name]
        assert dict(back.terms) == dict(theme.terms) and back.guards == theme.guards and back.weights == theme.weights
        assert all(back.negation(t) == theme.negation(t) for own in theme.terms.values() for t in own)


@pytest.mark.parametrize("form", ["yml", "dic", "csv"])
def test_there_and_back_again(write, tmp_path, form):
    """What a format can hold comes back, and a second round trip loses nothing but the head of the codebook."""
    convert_codebook(write("full.toml", FULL), tmp_path / f"a.{form}")
    convert_codebook(tmp_path / f"a.{form}", tmp_path / "b.toml")
    again = convert_codebook(tmp_path / "b.toml", tmp_path / f"c.{form}")
    assert terms(tmp_path / f"a.{form}") == terms(tmp_path / "b.toml") == terms(tmp_path / f"c.{form}")
    assert set(again.lost["what"]) == {"head"}


LETTERS = "abcdefgé"
WORD = st.text(LETTERS, min_size=1, max_size=6)
GLOB = st.builds(lambda w, end: w + end, WORD, st.sampled_from(["", "*"]))
ENTRY = {"dic": st.builds(lambda ws, last: " ".join([*ws, last]), st.lists(WORD, max_size=2), GLOB),
         "yml": st.lists(st.one_of(GLOB, st.builds("{}?{}".format, WORD, WORD), st.builds("*{}".format, WORD)), min_size=1, max_size=3).map(" ".join)}  # fmt: skip
NAME = st.text(LETTERS + "ABC", min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["yml", "dic"]).flatmap(
    lambda form: st.tuples(st.just(form), st.dictionaries(NAME, st.lists(ENTRY[form], min_size=1, max_size=4), min_size=1, max_size=4))
))  # fmt: skip
def test_lists_without_more_come_back_as_they_were(tmp_path_factory, drawn):
    form, lists = drawn
    lists = {k: v for k, v in lists.items() if k.lower() == k or k.lower() not in lists}
    names = {}
    lists = {k: v for k, v in lists.items() if names.setdefault(k.lower(), k) == k}
    folder = tmp_path_factory.mktemp("round")
    if form == "yml":
        (folder / "a.yml").write_text(yaml.safe_dump(lists, allow_unicode=True, sort_keys=False), encoding="utf-8")
    else:
        numbers = {name: i for i, name in enumerate(lists, 1)}
        words = dict.fromkeys(w for own in lists.values() for w in own)
        body = [f"{w}\t" + "\t".join(str(numbers[k]) for k, own in lists.items() if w in own) for w in words]
        head = [f"{i}\t{name}" for name, i in numbers.items()]
        (folder / "a.dic").write_text("\n".join(["%", *head, "%", *body, ""]), encoding="utf-8")
    there = convert_codebook(folder / f"a.{form}", folder / "b.toml")
    back = convert_codebook(folder / "b.toml", folder / f"c.{form}")
    assert there.lost.empty and set(back.lost["what"]) <= {"head"}
    first, last = terms(folder / f"a.{form}"), terms(folder / f"c.{form}")
    assert first == last == {name: {name: set(own)} for name, own in lists.items()}


def test_a_foreign_list_measures_as_its_toml(write, tmp_path):
    dic = write("sea.dic", "%\n1\tsea\n%\nboat*\t1\nnew york\t1\n")
    book = load_codebook(dic)
    assert (book.name, book.version) == ("sea", "unversioned")
    assert book.sha256 == hashlib.sha256(dic.read_bytes()).hexdigest()
    assert Themes(dic).fit_transform(["Boats left New York. It rained."])["sea"].item() == 0.5


def test_loading_says_that_something_is_lost(write):
    with pytest.warns(UserWarning, match=r"1 things cannot be read as written, first: term ':\)'"):
        load_codebook(write("a.dic", "%\n1\ta\n%\n:)\t1\nword\t1\n"))


QUIRKS = "\ufeff\r\n%\r\n01 \tFunction words\r\n# a comment\r\n\t125\tCog/Mech\r\n%\t\r\nIt's  1\t125\r\n\r\n// remark\r\nabandon*\t001\r\nnew  york 125\r\nlike\t(02 134)125/464\t1\r\nkind (of)135 125\r\nNATO\t1,125\r\n"


def test_quirks_of_real_liwc_files(write):
    book, lost = lost_in_reading(write("q.dic", QUIRKS))
    assert {name: dict(t.terms) for name, t in book.themes.items()} == {
        "Function_words": {"Function_words": ("It's", "abandon*", "like", "nato")},
        "Cog_Mech": {"Cog_Mech": ("It's", "new york", "kind", "nato")},
    }  # fmt: skip
    assert book.themes["Function_words"].label == "Function words"
    said = " ".join(f"{x.what}: {x.why}" for x in lost)
    assert "condition '(02 134)125/464' of 'like' (line 12)" in said and "(of)135" in said
    assert "term \"It's\" (line 7): a final 's" in said


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.dic", "1\ta\nword\t1\n", "a.dic: has 0 lines of %"),
        ("a.dic", "%\n1\ta\nword\t1\n", "has 1 lines of %"),
        ("a.dic", "word\n%\n1\ta\n%\nw\t1\n", "line 1: text before the first line of %"),
        ("a.dic", "%\n1\ta\n%\nw\t1\n%\n", "line 5: a third line of %"),
        ("a.dic", "%\nx\ta\n%\nw\t1\n", r"line 2: expected the number of a category and its name, got 'x\\ta'"),
        ("a.dic", "%\n1\ta\n01\tb\n%\nw\t1\n", "line 3: the number 1 stands for 'a' already"),
        ("a.dic", "%\n1\ta\n2\ta\n%\nw\t1\n", "line 3: the name 'a' stands twice"),
        ("a.dic", "%\n1\ta\n%\nword\t1\t9\n", r"line 4: 'word' has the number 9, which no category has \(1\)"),
        ("a.dic", "%\n1\ta\n%\nword\n", "line 4: 'word' has no number"),
        ("a.dic", "%\n%\nword\t1\n", "no category between its lines of %"),
        ("a.dic", "%\n1\ta\n%\n", "no theme and no target"),
        ("a.yml", "- a\n- b\n", "a quanteda dictionary is a mapping"),
        ("a.yml", "a: [b\n", "not valid YAML"),
        ("a.yml", "a: [x]\nb: [y]\na: [z]\n", "line 3: the key 'a' stands twice"),
        ("a.yml", "a: &x [b]\nc: *x\n", r"line 2: an alias \(\*x\)"),
        ("a.yml", "a: !!python/object/apply:os.system ['true']\n", "line 1: a tag"),
        ("a.yml", "? [a]\n: [b]\n", "line 1: a key must be a text"),
        ("a.yml", "a: [x]\n---\nb: [y]\n", "holds 2 documents"),
        ("a.yml", "a: " + "[" * 100_000, "40 levels|not valid YAML"),
        ("a.yml", "\n".join("  " * i + "a:" for i in range(60)), "40 levels"),
        ("a.yml", "", "a quanteda dictionary is a mapping"),
        ("a.csv", "theme,word,colour,x\n", "no theme and no target"),
        ("a.csv", "a,b\nc,d\n", "line 1: the header needs a column 'term'; known columns are theme, sub, term"),
        ("a.csv", "theme,term\nt,(a\n", r"line 2: term '\(a': brackets must pair"),
        ("a.csv", "theme,term\nt,a,b\n", "line 2: 3 cells under 2 columns"),
        ("a.csv", "theme,term,use\nt,a,maybe\n", "line 2: use must be 'term' or 'not', got 'maybe'"),
        ("a.csv", "theme,term,weight\nt,a,heavy\n", "line 2: weight must be a number, got 'heavy'"),
        ("a.csv", "theme,term,negated\nt,a,no\n", "line 2: negated must be one of count, drop, only"),
        ("a.csv", "theme,term\nt,\n", "line 2: has no term"),
        ("a.csv", 'theme,term\nt,"a\n', "not valid CSV"),
        ("a.csv", "", "is empty"),
        ("a.csv", b"theme,term\nt,a\x00b\n", "zero bytes"),
        ("a.dic", b"%\n1\ta\n%\ncaf\x81\t1\n", "neither UTF-8 nor cp1252"),
        ("a.yml", "a: [b]".encode("utf-16")[2:], "zero bytes"),
        ("a.yml", b"#" * 10_000_000, "10,000,000 bytes; a codebook has at most 8,000,000"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(write, name, text, message):
    start = time.perf_counter()
    with pytest.raises(CodebookError, match=message):
        load_codebook(write(name, text))
    assert time.perf_counter() - start < 5


def test_encodings(write):
    text = "theme,term\nt,café\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        book, lost = lost_in_reading(write("a.csv", text.encode(encoding)))
        assert book.themes["t"].terms["t"] == ("café",) and not lost
    book, lost = lost_in_reading(write("a.csv", text.encode("cp1252")))
    assert book.themes["t"].terms["t"] == ("café",) and lost[0].what == "encoding"


def test_yaml_takes_nothing_but_texts(write):
    found = terms(write("a.yml", "answers: [no, yes, 1990, 1e3, ~, 2026-01-07, on]\n"))
    assert found == {"answers": {"answers": {"no", "yes", "1990", "1e3", "2026-01-07", "on"}}}


def test_yaml_of_mixed_depth(write):
    path = write("a.yml", "Foreign policy (2):\n  - treaty\n  - Trade: tariff*\n    Aid/Loans: [loan]\nsingle: word\n")
    assert terms(path) == {
        "Foreign_policy_2": {"Foreign policy (2)": {"treaty"}, "Trade": {"tariff*"}, "Aid-Loans": {"loan"}},
        "single": {"single": {"word"}},
    }  # fmt: skip


def test_csv_forms(write):
    assert terms(write("list.txt", "boat*\nfishing ~2 net*\n")) == {"list": {"list": {"boat*", "fishing ~2 net*"}}}
    assert terms(write("a.csv", "Category;Word\nsea;boat\n")) == {"sea": {"sea": {"boat"}}}
    assert terms(write("b.csv", "term\n@states.Malta\n"))["b"]["b"] == set(states()["Malta"])


@pytest.mark.slow
def test_a_hundred_thousand_words_in_bounded_time(write):
    lines = "\n".join(f"w{i}x*\t{i % 50 + 1}" for i in range(100_000))
    head = "\n".join(f"{i + 1}\tc{i}" for i in range(50))
    start = time.perf_counter()
    book = load_codebook(write("a.dic", f"%\n{head}\n%\n{lines}\n"))
    assert sum(len(t) for theme in book.themes.values() for t in theme.terms.values()) == 100_000
    load_codebook(write("a.yml", "a:\n" + "\n".join(f"- w{i}x" for i in range(100_000))))
    assert time.perf_counter() - start < 30


def test_a_csv_of_the_default_codebook_is_well_formed(tmp_path):
    convert_codebook("diplomacy", tmp_path / "d.csv")
    with (tmp_path / "d.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    book = load_codebook("diplomacy")
    n = sum(len(own) for t in book.themes.values() for own in t.terms.values())
    assert sum(r["use"] == "term" for r in rows) == n


def test_the_command(write, tmp_path):
    source = write("full.toml", FULL)
    run = CliRunner().invoke(main, ["codebook", "convert", str(source), str(tmp_path / "out.dic")])
    assert run.exit_code == 0 and "things were lost or changed" in run.stderr and "2 themes written" in run.stderr
    assert max(map(len, run.stderr.splitlines()[:-1])) <= 80
    whole = CliRunner().invoke(main, ["codebook", "convert", "diplomacy", str(tmp_path / "d.yml")])
    assert "2 of 3 themes written" in whole.stderr  # one has rules only
    assert convert_codebook("diplomacy", tmp_path / "d.yml").themes == ("non_alignment", "defence")
    assert (
        CliRunner().invoke(main, ["codebook", "convert", str(source), str(tmp_path / "o.dic"), "--strict"]).exit_code
        == 1
    )
    for words in (
        [str(source), str(tmp_path / "out.doc")],
        ["nosuch.toml", str(tmp_path / "o.yml")],
        [str(source), str(tmp_path / "no" / "o.yml")],
    ):
        failed = CliRunner().invoke(main, ["codebook", "convert", *words])
        assert failed.exit_code == 2 and "Traceback" not in failed.output
    assert framing.lost_text(convert_codebook(source, tmp_path / "same.toml").lost) == "Nothing was lost."
    assert (tmp_path / "same.toml").read_text() == FULL
