"""Candidate terms: planted words are found by the method that should find them, and nothing is added."""

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.sparse import csr_matrix

import framing
from framing.cli import main
from framing.corpus import Corpus
from framing.errors import FramingError
from framing.latent_space import nearness, word_vectors
from framing.ngrams import ngrams
from framing.suggestions import suggest_terms
from framing.terminal import columns
from framing.tokens import tokenize

BOOK = '[codebook]\nname = "sea"\nversion = "1"\nlanguage = "en"\n[themes.fishing]\nterms = ["trawler*", "fishing boat*"]\n'


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "sea.toml"
    path.write_text(BOOK, encoding="utf-8")
    return path


@pytest.fixture
def corpus():
    """Sentences on boats, in which "herring" and "deck crew" stand, and on a town, in which they hardly do."""
    boats = ["The trawler brought herring to the quay.", "A fishing boat lost its deck crew at night.",
             "Two trawlers with herring and a deck crew sailed.", "The trawler sold herring before dawn."]  # fmt: skip
    town = ["The mayor opened a library in spring.", "A tax on windows was repealed.", "Children sang in the square.",
            "The council met and the mayor spoke.", "Their herring was not sold in the square."]  # fmt: skip
    texts = [" ".join([*boats, *town[i % 5 :], *town[: i % 5]]) for i in range(6)]
    return Corpus.from_texts(texts, kind=["wire", "analysis"] * 3)


def test_words_and_pairs():
    found = ngrams(tokenize("NATO met. NATO, they met NATO: they met."))
    assert found.names == ["met", "NATO", "they", "met NATO", "NATO met", "they met"]
    assert found.counts().tolist() == [3, 3, 2, 1, 1, 2]
    assert [(found.first[i], found.last[i], found.sentence[i]) for i in (0, 8)] == [(0, 0, 0), (0, 1, 0)]


def test_words_that_stand_in_like_sentences_lie_near_one_another():
    boat, net, mayor = [1, 1, 1, 1, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0, 0, 1], [0, 0, 0, 0, 1, 1, 1, 1]
    vectors = word_vectors(csr_matrix(np.array([boat, net, mayor], float).T))
    cosine = nearness(vectors, np.array([True, False, False]))
    assert cosine[0] == pytest.approx(1) and cosine[1] > cosine[2]
    assert np.isnan(nearness(vectors, np.zeros(3, bool))).all()
    assert word_vectors(csr_matrix(np.ones((2, 3)))).shape == (3, 0)


def test_planted_words_are_found_and_known_ones_are_not(book, corpus):
    found = suggest_terms(book, corpus)
    rows = found.terms.set_index("term")
    assert set(rows.index[:2]) == {"herring", "deck crew"}
    assert not {"trawler", "trawlers", "fishing boat", "fishing", "the", "deck", "crew"} & set(rows.index)
    # by hand: three sentences on boats and one on the town hold herring, in each of six articles
    assert rows.loc["herring", ["n_raised", "n_other", "n_sentences", "n_articles", "adds"]].tolist() == [
        18,
        6,
        24,
        6,
        6,
    ]
    assert rows["cosine"].dropna().between(-1, 1).all()
    assert rows.loc["herring", "cosine"] > 0.5 > rows["cosine"].get("mayor", -1)


def test_keyness_is_the_formula_on_the_counts(book, corpus):
    """The z of "herring" follows from counts made without the module: words outside the finds."""
    texts = [s for a in corpus for s in a.text.replace(".", "").lower().split("  ")]
    words = " ".join(texts).replace("fishing boat", "").replace("trawlers", "").replace("trawler", "").split()
    n_in = 6 * (6 + 7 + 8 + 5)  # words of the four sentences on boats without the terms
    n_out = len(words) - n_in
    names = sorted(set(words))
    boats = "the brought herring to the quay a lost its deck crew at night two with herring and a deck crew sailed the sold herring before dawn"
    inside = {w: 6 * boats.split().count(w) for w in names}
    assert sum(inside.values()) == n_in and n_out == 6 * 33
    raised, other = (np.array(c) for c in zip(*((inside[w], words.count(w) - inside[w]) for w in names), strict=True))
    a0 = min(raised.sum(), other.sum())
    a = a0 * (raised + other) / (raised.sum() + other.sum())
    odds = [np.log((y + a) / (y.sum() + a0 - y - a)) for y in (raised, other)]  # Monroe, Colaresi & Quinn's formula
    z = (odds[0] - odds[1]) / np.sqrt(1 / (raised + a) + 1 / (other + a))
    found = suggest_terms(book, corpus).terms.set_index("term")
    assert found.loc["herring", "keyness"] == pytest.approx(z[names.index("herring")], abs=1e-6)


def test_examples_show_new_sentences_first(book, corpus):
    found = suggest_terms(book, corpus, examples=3)
    own = found.examples[found.examples["term"] == "herring"]
    assert own["raised"].tolist() == [False, False, False] and own["article"].nunique() == 3
    assert own["text"].iloc[0] == "Their herring was not sold in the square."
    crew = found.examples[found.examples["term"] == "deck crew"]
    assert crew["raised"].all() and crew["sentence"].tolist()[0] == 2
    assert suggest_terms(book, corpus, examples=0).examples.empty


def test_the_same_twice_and_the_codebook_is_untouched(book, corpus):
    before = book.read_bytes()
    one, two = (suggest_terms(book, corpus, seed=3) for _ in range(2))
    assert one.terms.equals(two.terms) and one.examples.equals(two.examples)
    assert book.read_bytes() == before
    assert "the latent space rests on 54 sentences" in one.notes[0]


def test_too_few_sentences_are_said_not_guessed_from(book):
    found = suggest_terms(book, ["A trawler sank. It rained. It shone. They ate. They slept. They left."])
    assert found.terms.empty and "fishing: 1 sentences raise it" in found.notes[0]
    none = suggest_terms(book, ["A trawler sank. " * 6])
    assert "only 0 sentences do not raise it" in none.notes[0]
    assert "No candidate." in framing.suggestions_text(found)
    assert suggest_terms(book, []).terms.empty


@pytest.mark.parametrize(
    ("options", "message"),
    [({"theme": "fish"}, "unknown theme 'fish'; known: fishing. Did you mean 'fishing'"), ({"top": 0}, "top must be a whole number from 1, got 0"),
     ({"seed": -1}, "seed must be a whole number from 0"), ({"examples": True}, "examples must be")],
)  # fmt: skip
def test_what_cannot_be_asked(book, corpus, options, message):
    with pytest.raises(FramingError, match=message):
        suggest_terms(book, corpus, **options)


def test_the_command(book, corpus, tmp_path):
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(framing.json_text({"id": a.id, "text": a.text}).replace("\n", "") for a in corpus))
    words = ["codebook", "suggest", str(book), str(path)]
    run = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    assert "herring" in run.stdout and max(map(columns, run.stdout.splitlines())) <= 80
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"terms.csv", "examples.csv"}
    for form in ("csv", "json"):
        run = CliRunner().invoke(main, [*words, "--format", form, "--theme", "fishing"])
        assert run.exit_code == 0 and "herring" in run.stdout and "latent space" not in run.stdout * (form == "csv")
    assert CliRunner().invoke(main, [*words, "--theme", "x"]).exit_code == 2


def test_on_the_seeds(seeds):
    found = suggest_terms("diplomacy", seeds)
    assert set(found.terms["theme"]) == {"non_alignment", "defence"}
    assert any(note.startswith("us_pressure: 4 sentences raise it") for note in found.notes)
