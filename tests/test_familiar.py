import pytest

from framing.familiar import _ADJECTIVES, easy_words, is_familiar, is_listed


@pytest.mark.parametrize(
    "word", ["the", "boys", "churches", "libraries", "asks", "dropped", "carried", "making", "redder", "Happiest", "wouldn’t"],
)  # fmt: skip
def test_familiar(word):
    assert is_familiar(word)


@pytest.mark.parametrize(
    "word", ["burner", "clippings", "easily", "soundly", "oxen", "shown", "bossy", "sharpen", "treatment", "boy's", "Malaysia",
             "NATO", "human", "1947", "20th", "Mr", "U.S.", "a.m."],
)  # fmt: skip
def test_unfamiliar(word):
    assert not is_familiar(word)


@pytest.mark.parametrize(
    ("word", "listed"), [("Boy", True), ("won’t", True), ("boys", False), ("they'd", True), ("Mr", False)]
)
def test_listed(word, listed):
    assert is_listed(word) is listed


def test_every_adjective_is_listed():
    assert _ADJECTIVES <= easy_words()
