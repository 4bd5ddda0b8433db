import pytest

from framing.errors import CodebookError
from framing.lookup import Hit, Matcher, expand, guarded, longest
from framing.tokens import tokenize


def found(terms, text):
    tokens = tokenize(text)
    return [text[tokens.start[h.first] : tokens.end[h.last]] for h in Matcher(terms).find(tokens)]


@pytest.mark.parametrize(
    ("term", "text", "matches"),
    [
        ("tariffs", "Tariffs and TARIFFS, tariff.", ["Tariffs", "TARIFFS"]),
        ("non-align*", "Non-aligned, non aligned and nonaligned.", ["Non-aligned", "non aligned"]),
        ("US", "The US told us, U.S. too.", ["US"]),
        ("u.s.", "The U.S. and us.", ["U.S."]),
        ("case:Turkey", "Turkey ate turkey; TURKEY’s.", ["Turkey", "TURKEY’s"]),
        ("case:White House", "The White House, a white house.", ["White House"]),
        ("stem:invest", "Investing, invests, invested; vest.", ["Investing", "invests", "invested"]),
        (
            "diversif* ~2 partner*",
            "diversify its main partners; diversify a, b, c partners",
            ["diversify its main partners"],
        ),
        ("(close|closer) ties", "Closer ties, close ties, ties.", ["Closer ties", "close ties"]),
        ("m?ddle power*", "Middle powers and muddle power.", ["Middle powers", "muddle power"]),
        ("defence cooperation", "defence, cooperation. Defence. Cooperation", []),
        ("strategic autonomy", "strategic (and) autonomy", []),
        ("*alignment", "Realignment, alignment, align.", ["Realignment", "alignment"]),
    ],
)
def test_terms(term, text, matches):
    assert found([term], text) == matches


def test_alternatives_nest():
    assert sorted(expand("(joint|own) (defen(ce|se)|arms)")) == [
        "joint arms", "joint defence", "joint defense", "own arms", "own defence", "own defense",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "message"),
    [("(a|b", "brackets must pair"), ("~2 a", "a gap must be"), ("a ~99 b", "a gap must be"), ("*", "no letter"), ("", "no word"),
     ("(a|b|c|d|e|f|g)" * 6, "stands for more than")],
)  # fmt: skip
def test_malformed_terms(term, message):
    with pytest.raises(CodebookError, match=message):
        Matcher([term])


def test_longest_wins_and_nothing_is_counted_twice():
    hits = [Hit(0, 0, 0), Hit(1, 0, 2), Hit(2, 2, 3), Hit(3, 5, 5)]
    assert longest(hits) == [Hit(1, 0, 2), Hit(3, 5, 5)]


def test_a_guard_bars_what_is_not_longer():
    hits = [Hit(0, 0, 0), Hit(1, 0, 3), Hit(2, 8, 8)]
    assert guarded(hits, [Hit(9, 0, 1)]) == [Hit(1, 0, 3), Hit(2, 8, 8)]


def test_types_met_later_are_matched_too():
    matcher = Matcher(["tariff*"])
    first = tokenize("no such word")
    assert matcher.find(first) == []
    assert len(matcher.find(tokenize("a tariff", first.types))) == 1
