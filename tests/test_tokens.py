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


def test_marks_of_addresses_alone_make_none():
    tokens = tokenize(["@anwar and/or a // b www. c"])
    assert [tokens.types.strings[i] for i in tokens.word] == ["anwar", "and", "or", "a", "b", "www", "c"]
