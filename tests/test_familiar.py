import pytest

from framing.familiar import _ADJECTIVES, easy_words, is_familiar


@pytest.mark.parametrize(
    "word", ["the", "boys", "boy's", "churches", "libraries", "asks", "dropped", "carried", "making", "taken", "redder",
             "Happiest", "soundly", "wouldn’t", "they'd", "Mr", "U.S.", "a.m.", "1947", "20th"],
)  # fmt: skip
def test_familiar(word):
    assert is_familiar(word)


@pytest.mark.parametrize(
    "word", ["burner", "clippings", "easily", "oxen", "bossy", "sharpen", "treatment", "Malaysia", "NATO", "human"]
)
def test_unfamiliar(word):
    assert not is_familiar(word)


def test_every_adjective_is_listed():
    assert _ADJECTIVES <= easy_words()
