import pytest

from framing.names import names
from framing.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then I saw Prime Minister Anwar Ibrahim.", ["Prime", "Minister", "Anwar", "Ibrahim"]),
        ("Dr. Lim left. Lim returned.", ["Lim", "Lim"]),
        ("The Harbour Board met in Malaysia’s capital.", ["Harbour", "Board", "Malaysia’s"]),
        ("It ended. Rain fell, “Rain fell.”", []),
        ("", []),
    ],
)
def test_names(text, name):
    tokens = tokenize(text)
    assert [tokens.types.strings[i] for i in tokens.word[names(tokens)]] == name


def test_a_name_of_one_article_is_none_of_the_next():
    tokens = tokenize(["They met the old Rain.", "Rain fell."])
    assert names(tokens).sum() == 1
