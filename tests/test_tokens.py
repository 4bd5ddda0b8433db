import numpy as np
import pytest

from framing.errors import FramingError
from framing.tokens import tokenize
from framing.type_table import Types, normal_form


def strings(tokens):
    return [tokens.types.strings[i] for i in tokens.word]


def test_words_numbers_and_abbreviations():
    tokens = tokenize("The U.S. paid RM21.2 billion (US$30m) in a high-level deal—don’t ask.")
    assert strings(tokens) == [
        "The", "U.S.", "paid", "RM21.2", "billion", "US$30m", "in", "a", "high", "level", "deal", "don’t", "ask",
    ]  # fmt: skip
    assert tokens.n_words.tolist() == [12]  # high-level counts once


def test_offsets_point_into_the_text():
    text = "Türkiye’s  “move”\tpleased\nall."
    tokens = tokenize(text)
    assert [text[s:e] for s, e in zip(tokens.start, tokens.end, strict=True)] == strings(tokens)


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Türkiye’s", "türkiye"),
        ("partners'", "partners"),
        ("U.S", "u.s."),
        ("İstanbul", "istanbul"),
        ("Tu\u0308rk", "türk"),
        ("U.S.’s", "u.s."),
        ("AT&T's", "at&t"),
        ("2.5", "2.5"),
    ],
)
def test_normal_form(word, form):
    assert normal_form(word) == form


@pytest.mark.parametrize("texts", [[], [""], ["..."], ["a"], ["", "b", ""]])
def test_edges_keep_one_row_a_text(texts):
    tokens = tokenize(texts)
    assert len(tokens) == len(texts) == len(tokens.n_words) == len(tokens.n_sentences_by_article)


def test_taking_some_articles_is_like_tokenising_them():
    texts = ["One two. Three.", "Four.", "Five six seven."]
    some = tokenize(texts)[np.array([2, 0])]
    assert some.n_words.tolist() == [3, 3]
    assert some.shape == (2,)


def test_a_shared_table_of_types_grows():
    types = Types()
    tokenize("one two", types)
    tokenize("two three", types)
    assert types.strings == ["one", "two", "three"]


@pytest.mark.parametrize(("bad", "message"), [(3, "got int"), ([1], "text 1 must be a string or an Article, got int")])
def test_what_is_no_text(bad, message):
    with pytest.raises(FramingError, match=message):
        tokenize(bad)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/may-be/a-possible_story?x=perhaps&y=1",
        "www.example.org/a/may/",
        "jane.doe@may-be.example.org",
    ],
)
@pytest.mark.parametrize("around", ["{}", "({}),", "{}.", "“{}”", "<{}>"])
def test_a_link_or_an_address_is_one_word(address, around):
    tokens = tokenize([f"See {around.format(address)} for more"])
    assert [tokens.types.strings[i] for i in tokens.word] == ["See", address, "for", "more"]
    assert tokens.n_words.tolist() == [4]


@pytest.mark.parametrize(
    "word",
    [
        "U.S.’s",
        "D.C.'s",
        "R&D",
        "AT&T's",
        "ropeworld.com",
        "Ropeworld.com’s",
        "pic.ropeworld.com/AbC1",
        "rope.gov.my",
        "rope.co.uk",
    ],
)
@pytest.mark.parametrize("around", ["{}", "({}),", "“{}”"])
def test_possessives_short_names_with_ampersands_and_sites_are_one_word(word, around):
    tokens = tokenize([f"See {around.format(word)} for more"])
    assert strings(tokens) == ["See", word, "for", "more"]


def test_names_of_users_are_one_word_and_other_joined_words_are_not():
    tokens = tokenize(["@lim_ah_kow saw Lim&Sons, Q&amp;A and S&P500.It went."])
    assert strings(tokens) == ["lim_ah_kow", "saw", "Lim", "Sons", "Q", "amp", "A", "and", "S", "P500", "It", "went"]


@pytest.mark.parametrize("mark", "`´′＇")
def test_what_is_typed_for_an_apostrophe_is_one_inside_a_word(mark):
    tokens = tokenize([f"He didn{mark}t sell 5{mark} of {mark}rope{mark}."])
    assert strings(tokens) == ["He", "didn't", "sell", "5", "of", "rope"]


def test_marks_of_addresses_alone_make_none():
    tokens = tokenize(["@anwar and/or a // b www. c"])
    assert [tokens.types.strings[i] for i in tokens.word] == ["anwar", "and", "or", "a", "b", "www", "c"]
