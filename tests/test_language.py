"""The codebook language: what its parts do, that schema and page agree with the reader, and hostile files."""

import json
import re
import time
import tomllib
from importlib import resources

import jsonschema
import pytest

from framing.codebook import codebook_names, load_codebook
from framing.errors import CodebookError
from framing.extractors import Themes
from framing.lookup import Matcher
from framing.tokens import tokenize

HEAD = '[codebook]\nname = "x"\nversion = "1"\nlanguage = "en"\n'


@pytest.fixture
def book(tmp_path):
    def write(text):
        path = tmp_path / "book.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def packaged(name):
    return (resources.files("framing") / "codebooks" / name).read_text(encoding="utf-8")


def score(path, text):
    return Themes(load_codebook(path)).fit_transform([text]).iloc[0, 0]


def test_weights_add_up_to_the_threshold(book):
    path = book(
        HEAD + "[themes.a]\nterms = ['drone*', {term = 'minister*', weight = 0.5}, {term = 'visit*', weight = 0.5}]"
    )
    assert score(path, "The minister slept.") == 0
    assert score(path, "The minister ended the visit.") == 1
    assert score(path, "The drone fell.") == 1
    assert score(book(HEAD + "[themes.a]\nthreshold = 2\nterms = ['drone*', 'visit*']"), "The drone fell.") == 0


def test_contributions_go_by_weight_and_add_up(book):
    path = book(HEAD + "[themes.a]\nterms = ['drone*', {term = 'minister*', weight = 0.5}]")
    spans = Themes(load_codebook(path)).extract(tokenize("The minister saw a drone. It fell.")).spans
    assert spans["contribution"].tolist() == pytest.approx([1 / 6, 1 / 3])


@pytest.mark.parametrize(
    ("mode", "plain", "negated"), [("count", 1, 1), ("drop", 1, 0), ("only", 0, 1)]
)  # fmt: skip
def test_negation(book, mode, plain, negated):
    path = book(HEAD + f"[themes.a]\nnegated = '{mode}'\nterms = ['join*']")
    assert score(path, "They will join the bloc.") == plain
    assert score(path, "They will not join the bloc.") == negated
    assert score(path, "They will not only join the bloc.") == plain


def test_negation_of_a_single_term(book):
    path = book(HEAD + "[themes.a]\nterms = ['stay*', {term = 'join*', negated = 'only'}]")
    assert [score(path, t) for t in ("They join.", "They never join.", "They never stay.")] == [0, 1, 1]


def test_nested_terms_are_named_by_their_path(book):
    path = book(HEAD + "[themes.a.terms]\nb = ['cat']\n[themes.a.terms.c]\nd = ['dog']\n")
    assert dict(load_codebook(path).themes["a"].terms) == {"b": ("cat",), "c/d": ("dog",)}
    assert Themes(load_codebook(path)).extract(tokenize("A dog ran off.")).spans["rule"].tolist() == ["c/d: dog"]


def test_a_rule_may_say_what_must_not_stand_there(book):
    path = book(HEAD + "[themes.a]\nrules = [{all = [['boat'], ['catch']], none = ['rowing'], within = 'clause'}]")
    assert score(path, "The boat had a catch.") == 1
    assert score(path, "The rowing boat had a catch.") == 0
    assert score(path, "The boat sank; the catch was lost.") == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("terms = [{term = 'a', weight = 0}]", "weight of 'a' must be a number above 0"),
        ("terms = [{term = 'a', weight = true}]", "weight of 'a' must be a number above 0"),
        ("terms = [{term = 'a', negated = 'no'}]", "negated of 'a' must be 'count', 'drop' or 'only', got 'no'"),
        ("terms = [{word = 'a'}]", "of tables { term"),
        ("terms = [{term = 'a', colour = 1}]", "unknown key 'colour'"),
        ("terms = ['@lists.l', {term = 'b', weight = 2}, {term = 'b', weight = 3}]", "'b' has two values of weight"),
        ("terms = ['fine', '(b']", r"themes.a.terms.a \(line 8\): term '\(b': brackets must pair"),
        ("terms = ['a ~2']", "a gap must stand between two words"),
        ("terms = ['stem:inv*']", "stem: takes a whole word"),
        ("negated = 1\nterms = ['b']", "negated must be"),
        ("threshold = -1\nterms = ['b']", "threshold must be a number above 0"),
        ("terms = {b = {c = 'd'}}", "a list of terms or a table of such lists"),
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_named(book, text, message):
    with pytest.raises(CodebookError, match=message):
        load_codebook(book(HEAD + "[lists]\nl = ['c']\n[themes.a]\n" + text))


def test_the_page_of_the_language_is_a_codebook_that_holds(book):
    page = packaged("LANGUAGE.md")
    own = load_codebook(book(re.search(r"```toml\n(.*?)```", page, re.DOTALL).group(1)))
    theme = own.themes["fishing"]
    scores = Themes(own).fit_transform([*theme.examples, *theme.counter_examples])["fishing"]
    assert scores.tolist() == [1, 0]
    assert theme.weights == {"crew*": 0.5}


@pytest.mark.parametrize("name", codebook_names())
def test_shipped_codebooks_keep_to_the_schema(name):
    jsonschema.validate(tomllib.loads(load_codebook(name).text), json.loads(packaged("codebook.schema.json")))


@pytest.mark.parametrize(
    "text", ["[thems.a]\nterms=['b']", "[themes.a]\nterm=['b']", "[themes.a]\nterms=[1]", "[themes.a]\nterms=[]",
             "[themes.a]\nterms=['b']\nscope='all'", "[themes.a]\nlabel='b'", "[targets.a]\nkind='x'\naliases=['b']"],
)  # fmt: skip
def test_schema_and_reader_refuse_the_same(book, text):
    schema = json.loads(packaged("codebook.schema.json"))
    with pytest.raises(jsonschema.ValidationError, match=r"."):
        jsonschema.validate(tomllib.loads(HEAD + text), schema)
    with pytest.raises(CodebookError, match=r"book\.toml"):
        load_codebook(book(HEAD + text))


THEME = HEAD + "[themes.a]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"#" * 10_000_000, "10,000,000 bytes; a codebook has at most 8,000,000"),
        (THEME + "terms = " + "[" * 100_000, "nested too deeply"),
        (THEME + "terms" + ".a" * 20_000 + " = ['b']", "more than 50 parts"),
        ("[lists]\n" + "".join(f"l{i} = ['@lists.l{i + 1}', '@lists.l{i + 1}']\n" for i in range(12)) + "l12 = ['b']\n"
         + THEME + "terms = ['@lists.l0']", None),
        ("[lists]\nb = ['@lists.c']\nc = ['@lists.b']\n" + THEME + "terms = ['@lists.b']", "leads back to itself"),
        (THEME + "terms = ['" + "(a|b)" * 30 + "']", "more than 2000 phrases"),
        (THEME + "terms = ['" + "(" * 900 + "']", "brackets must pair"),
        (THEME + "terms = ['" + "a" * 100_000 + "']", "100,000 characters; 1,000 are allowed"),
        (THEME + "terms = [" + ",".join(f"'(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d) w{i}'" for i in range(3000)) + "]",
         "more than 500,000 phrases"),
        ("[lists]\nl = [" + ",".join(f"'w{i}'" for i in range(30_000)) + "]\n"
         + "".join(f"[themes.t{i}]\nterms = ['@lists.l']\n" for i in range(20)) + HEAD, "more than 250,000 terms"),
        (THEME.encode() + b"terms = ['\x00']", "not valid TOML"),
        ((THEME + "terms = ['a']").encode("utf-16"), "not UTF-8"),
    ],
)  # fmt: skip
def test_hostile_codebooks_end_soon(book, text, message):
    path = book(text)
    start = time.perf_counter()
    if message is None:
        assert score(path, "A b c.") == 1
    else:
        with pytest.raises(CodebookError, match=message):
            load_codebook(path)
    assert time.perf_counter() - start < 10


@pytest.mark.slow
def test_a_hundred_thousand_terms(book):
    terms = ", ".join(f"'w{i}x'" if i % 3 else f"'w{i}* of v{i}'" for i in range(100_000))
    path = book(THEME + f"terms = [{terms}]")
    start = time.perf_counter()
    assert score(path, "There was w3yy of v3 and w4x and w5.") == 1
    assert time.perf_counter() - start < 30


def test_wildcards_never_run_away():
    terms = ["*a*a*a*a*a*a*a*a*a*b", "?" * 200 + "c*", "a" + "*a" * 300 + "*c"]
    start = time.perf_counter()
    assert not len(Matcher(terms).find(tokenize("a" * 20_000 + " " + "ab" * 5_000 + "x")))
    assert time.perf_counter() - start < 5
    assert len(Matcher(["a*b*b", "*a*c"]).find(tokenize("ab abb axbxb xxaxxc ac"))) == 4


def test_what_looks_like_code_is_only_text(book, tmp_path):
    mark = tmp_path / "made"
    path = book(
        THEME + f"""terms = ['__import__("os").mkdir("{mark}")']\nlabel = '!!python/object/apply:os.mkdir [{mark}]'"""
    )
    assert score(path, "import os and go on.") == 0
    assert not mark.exists()
