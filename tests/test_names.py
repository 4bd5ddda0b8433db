import pytest

from framing.names import known_names, names
from framing.tokens import tokenize


def found(text):
    tokens = tokenize(text)
    name = names(tokens)
    known = known_names(tokens, name)
    of = lambda mask: [tokens.types.strings[i] for i in tokens.word[mask]]  # noqa: E731
    return of(name), of(known)


@pytest.mark.parametrize(
    ("text", "name", "known"),
    [
        ("Then I saw Prime Minister Anwar Ibrahim.", ["Prime", "Minister", "Anwar", "Ibrahim"], ["Anwar", "Ibrahim"]),
        ("Dr. Lim left. Lim returned.", ["Lim", "Lim"], ["Lim", "Lim"]),
        ("The Harbour Board met in Malaysia’s capital.", ["Harbour", "Board", "Malaysia’s"], ["Malaysia’s"]),
        ("It ended. Rain fell, “Rain fell.”", [], []),
        ("", [], []),
    ],
)
def test_names(text, name, known):
    assert found(text) == (name, known)


def test_an_address_does_not_reach_into_the_next_article():
    tokens = tokenize(["They met the president", "Gabriela left and then Gabriela came."])
    assert not known_names(tokens, names(tokens)).any()
