import tomllib

import pytest

from framing.codebook import codebook_names, load_codebook
from framing.errors import CodebookError
from framing.extractors import Themes
from framing.wordlists import states

HEAD = '[codebook]\nname = "x"\nversion = "1"\nlanguage = "en"\n'
THEME = HEAD + '[themes.sea]\nterms = ["ship*"]\n'


@pytest.fixture
def book(tmp_path):
    def write(text):
        path = tmp_path / "book.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_codebook_of_your_own(book):
    frame = Themes(book(THEME)).fit_transform(["Ships sailed. It rained."])
    assert frame.columns.tolist() == ["sea"]
    assert frame.iloc[0, 0] == 0.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"\xff\xfe", "not UTF-8"),
        ("[codebook", "not valid TOML"),
        (HEAD, "holds no theme and no target"),
        ("[themes.a]\nterms = ['b']", "name in .codebook. must be text"),
        (HEAD + "[thems.a]\nterms = ['b']", "unknown key 'thems'.*Did you mean 'themes'"),
        (HEAD + "[themes.a]\nterm = ['b']", "unknown key 'term'.*Did you mean 'terms'"),
        (HEAD + "[themes.a]\nterms = 'b'", "themes.a.terms must be a list"),
        (HEAD + "[themes.a]\nterms = [1]", "themes.a.terms.a must be a list of texts"),
        (HEAD + "[themes.a]\nterms = ['']", "empty term"),
        (HEAD + "[themes.a]\nlabel = 'b'", "neither terms nor rules"),
        (HEAD + "[themes.a]\nterms = ['b']\nscope = 'all'", "scope must be 'any' or 'parties'"),
        (HEAD + "[themes.a__b]\nterms = ['b']", "letters, digits and single _"),
        (HEAD + "[themes.a]\nterms = ['@lists.b']", "unknown reference 'lists.b'"),
        (HEAD + "[themes.a]\nterms = ['@states.Atlantis']", "unknown state 'Atlantis'"),
        (HEAD + "[lists]\na = ['@lists.b']\nb = ['@lists.a']\n[themes.c]\nterms = ['@lists.a']", "leads back to itself"),
        (HEAD + "[targets.a]\nkind = 'actor'", "has no aliases"),
        (HEAD + "[targets.a]\nkind = 'x'\naliases = ['b']", "kind must be"),
        (HEAD + "[themes.a]\nterms = []", "empty list"),
        (HEAD + "[themes]\na = 3\n[targets.b]\ntheme = 'a'", "must be a table"),
        (HEAD + "themes = 3\n", "unknown key 'themes'"),
        (HEAD + "[targets.a]\naliases = ['b']\n[targets.a_author]\naliases = ['c']", "would hide a column"),
        (HEAD + "[themes.a]\nrules = [{all = 'b'}]", "must be a list of term lists"),
        (HEAD + "[themes.a]\nrules = [{all = [['b']], inherit = 9}]", "whole number from 0 to 3"),
    ],
)  # fmt: skip
def test_codebooks_that_cannot_be_read(book, text, message):
    with pytest.raises(CodebookError, match=message):
        load_codebook(book(text))


def test_malformed_terms_name_the_term(book):
    with pytest.raises(CodebookError, match="brackets must pair"):
        Themes(book(HEAD + "[themes.a]\nterms = ['(b']")).fit_transform(["text here"])


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(
        CodebookError, match="unknown codebook 'diplomatic'; known: diplomacy, policy-frames. Did you mean 'diplomacy'"
    ):
        load_codebook("diplomatic")


@pytest.mark.parametrize("name", codebook_names())
def test_examples_of_shipped_codebooks_hold(name):
    book = load_codebook(name)
    assert book.version and book.licence and book.sources and len(book.sha256) == 64
    assert "Measured with benchmarks/" in tomllib.loads(book.text)["codebook"]["notes"]
    assert any(theme.guards for theme in book.themes.values())
    for theme in book.themes.values():
        assert theme.definition and theme.examples and theme.counter_examples
        scores = Themes(book).fit_transform([*theme.examples, *theme.counter_examples])[theme.name]
        assert (scores[: len(theme.examples)] > 0).all(), theme.examples
        assert (scores[len(theme.examples) :] == 0).all(), theme.counter_examples


def test_the_gazetteer_is_whole():
    assert len(states()) >= 195
    assert "case:Turkey" in states()["Türkiye"]


def test_a_target_may_be_the_policy_of_a_plain_theme(book):
    from framing.extractors import Stance

    text = THEME + '[targets.sailing]\nkind = "policy"\ntheme = "sea"\n'
    assert Stance(book(text)).fit_transform(["They defend their ships."])["sailing"].item() == 1
