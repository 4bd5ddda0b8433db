import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import CodebookError
from framing.hits import Hit, Hits, guarded, longest, longest_of_few
from framing.lookup import Matcher, expand
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
    assert list(longest(Hits.of(hits))) == [Hit(1, 0, 2), Hit(3, 5, 5)]
    assert longest_of_few(hits) == [Hit(1, 0, 2), Hit(3, 5, 5)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), st.integers(0, 4)), max_size=60))
def test_longest_is_the_same_for_few_and_many(rows):
    hits = [Hit(term, first, first + more) for term, first, more in dict.fromkeys(rows)]
    assert list(longest(Hits.of(hits))) == longest_of_few(hits)


def test_a_guard_bars_what_is_not_longer():
    hits = [Hit(0, 0, 0), Hit(1, 0, 3), Hit(2, 8, 8)]
    assert list(guarded(Hits.of(hits), Hits.of([Hit(9, 0, 1)]))) == [Hit(1, 0, 3), Hit(2, 8, 8)]


def test_types_met_later_are_matched_too():
    matcher = Matcher(["tariff*"])
    first = tokenize("no such word")
    assert not len(matcher.find(first))
    assert len(matcher.find(tokenize("a tariff", first.types))) == 1


def test_a_nearer_word_is_taken_and_phrases_go_on():
    assert found(["in ~2 view of"], "in the view of all, in view of, in a b c view of") == [
        "in the view of",
        "in view of",
    ]
    assert found(["a b c", "a b"], "a b c, a b d") == ["a b", "a b c", "a b"]


def test_hits_may_be_asked_for_in_some_places():
    tokens = tokenize("A b. A b.")
    assert [h.first for h in Matcher(["a b", "b"]).find(tokens, tokens.sentence == 1)] == [2, 3]


@pytest.mark.parametrize("term", ["St. Lucia", "St Lucia", "case:St. Lucia"])
@pytest.mark.parametrize("written", ["St. Lucia", "St Lucia"])
def test_a_stop_of_an_abbreviation_is_no_part_of_a_term_and_no_fence(term, written):
    assert len(Matcher([term]).find(tokenize([f"They met {written} today."]))) == 1


def test_the_stop_of_a_sentence_is_a_fence():
    assert not len(Matcher(["left Lucia"]).find(tokenize(["They left. Lucia stayed."])))


@pytest.mark.parametrize(
    "name", ["AT&T", "R&D", "Lim&Sons", "ropeworld.com", "Johnson & Johnson", "Yahoo!", "U.S.", "Dr. Lee"]
)
def test_names_with_signs_are_found_as_written(name):
    assert len(Matcher([name]).find(tokenize([f"They sued {name} in May."]))) == 1


@pytest.mark.parametrize("term", ["r&d", "R&D", "R&D-led", "(r&d|rope) led", "r&d*", "case:R&D"])
def test_a_short_name_with_an_ampersand_is_one_word_of_a_term(term):
    assert len(Matcher([term]).find(tokenize(["An R&D-led firm."]))) == 1
