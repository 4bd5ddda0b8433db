import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing
from framing.tokens import tokenize
from framing.voice.addressees import addressees
from framing.voice.content import Attribution, Attributions, innermost
from framing.voice.context import Feature, covered
from framing.voice.make_weights import matrix
from framing.voice.model import found_patterns, read
from framing.voice.patterns import according, plain_content, reported, stated_later, told
from framing.voice.plain_sources import apposed

AROUND = "OSLO, May 2 - The two ports signed a contract on Monday. It covers salt. {} The harbour lies in the north."


def found(sentence):
    """Return cue, holder and content of what is attributed in a sentence of an article."""
    table = framing.analyse([AROUND.format(sentence)], extractors=["voice"]).attributions
    return [tuple(row) for row in table[["cue", "holder", "text"]].values.tolist() if row[2] in sentence]


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("Lim Wei told Reuters the pier was lost.", ("told", "Lim Wei", "the pier was lost")),
        ("Lim Wei told reporters on Monday the pier was lost.", ("told", "Lim Wei", "the pier was lost")),
        ("A diver told the newspaper Norland had sold it.", ("told", "A diver", "Norland had sold it")),
        ("Salt exports rose 5 percent, the ministry said.", ("said", "the ministry", "Salt exports rose 5 percent")),
        ("Ferries stopped, officials said on Friday.", ("said", "officials", "Ferries stopped")),
        ("Anna Berg, the union's top lawyer, said the pier would sink.", ("said", "Anna Berg", "the pier would sink")),
        ("The mayor, speaking in Bergen, said trade would grow.", ("said", "The mayor", "trade would grow")),
        ("Prices fell, said MERIDA, the agency that ran the fair.", ("said", "MERIDA", "Prices fell")),
        (
            "Boats, tugs and ferries were lost, said MERIDA, a bank.",
            ("said", "MERIDA", "Boats, tugs and ferries were lost"),
        ),
        ("Norland said the roof leaks.", ("said", "Norland", "the roof leaks")),
        ("The envoy added that the roof leaks too.", ("added", "The envoy", "that the roof leaks too")),
        ("The envoy wrote in a letter on May 5 that salt is dear.", ("wrote", "The envoy", "that salt is dear")),
        ("The envoy said piers will close on Friday.", ("said", "The envoy", "piers will close on Friday")),
        ("According to divers, seals bit two men.", ("According", "divers", "seals bit two men")),
        ("In the envoy's view, the pier is lost.", ("view", "the envoy", "the pier is lost")),
        ("The pier is lost, in Anna Berg’s opinion.", ("opinion", "Anna Berg", "The pier is lost")),
        ("In the view of the union, the pier is lost.", ("view", "the union", "the pier is lost")),
        ("From Norland's point of view, the pier is lost.", ("point", "Norland", "the pier is lost")),
        ("As per the harbour office, the pier is lost.", ("per", "the harbour office", "the pier is lost")),
        ("The mayor was described by his rivals as a clown.", ("described", "rivals", "as a clown")),
        ("The pier was described by the head of the port as a ruin.", ("described", "the head", "as a ruin")),
        ("Norland was accused by Greenpeace of dumping salt.", ("accused", "Greenpeace", "of dumping salt")),
        ("A memo seen by Reuters said the pier was lost.", ("said", "A memo", "the pier was lost")),
        ("Bernama quoted the palace as saying it rained.", ("saying", "the palace", "it rained")),
        ("The envoy was quoted by Xinhua as saying it rained.", ("saying", "The envoy", "it rained")),
        ("Anna Berg wrote on Friday that the pier was lost.", ("wrote", "Anna Berg", "that the pier was lost")),
        ("While Norland maintains that it paid in full.", ("maintains", "Norland", "that it paid in full")),
        ("Two divers familiar with the pier said it leaks.", ("said", "Two divers", "it leaks")),
        ("Her lawyer, Anna Berg, said it would rain.", ("said", "Anna Berg", "it would rain")),
        ("The yard's owner, Norland Ltd, said it would rain.", ("said", "Norland Ltd", "it would rain")),
    ],
)
def test_plain_patterns(sentence, row):
    assert found(sentence) == [row]


@pytest.mark.parametrize(
    "sentence",
    [
        "He told a joke in the bar.",
        "She told Lim Wei in Bergen.",
        "Then they added a pier.",
        "In other words, the pier is lost.",
        "Salt rose by two crowns per barrel, and fell.",
        "Omar Said flew to Bergen on Friday.",
    ],
)
def test_what_tells_nothing_is_no_content(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("She told the head of the agency the deal was off.", ["the head of the agency"]),
        ("He told The Harbour Times he would go.", ["The Harbour Times"]),
        ("He told Reuters Norland would join.", ["Reuters"]),
        ("They told him prices rose and told AFP Monday it rained.", ["him", "AFP Monday"]),
        ("He told them, and left.", []),
        ("He told it.", []),
        ("", []),
    ],
)
def test_addressees(text, named):
    tokens = tokenize([text])
    begin, end = addressees(tokens)
    assert [
        " ".join(tokens.types.strings[w] for w in tokens.word[b:e]) for b, e in zip(begin, end, strict=True)
    ] == named


def test_codes_of_many_features_do_not_overflow():
    size = 3 * 2**14  # together more than 16 bits hold, one by one not
    codes = np.full(50, 2**14, np.int16)
    table = matrix([Feature(name, codes, size) for name in "abc"])
    assert table.columns.tolist() == [2**14 + i * size for i in range(3)]
    assert table.values.sum() == 150


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("The pier would be free to close, the harbour office said on Nov 3.", "The pier would be free to close"),
        ("Roughly a third of the salt is subject to the duty, published estimates indicate.", "Roughly a third of the salt is subject to the duty"),
        ("Dahl wrote in a post on July 22 that salt would be free.", "that salt would be free"),
    ],
)  # fmt: skip
def test_content_with_a_time_or_a_place_at_its_cue(sentence, content):
    assert [row[2] for row in found(sentence)] == [content]


def test_a_verb_of_reporting_and_that_anywhere_in_the_sentence():
    sentence = (
        "Anna Berg of the pier office countered that nothing was late, while Norland Yards maintains that it will pay."
    )
    assert found(sentence) == [
        ("countered", "Anna Berg", "that nothing was late"), ("maintains", "Norland Yards", "that it will pay"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        (
            "Reuters reported that Lim had told Reza that Norland was to blame.",
            [("told", "Lim"), ("reported", "Reuters")],
        ),
        (
            "The ministry said Norland lied, adding that Sudria agreed.",
            [("said", "The ministry"), ("adding", "The ministry")],
        ),
        (
            "Norland lied, the ministry said, adding that Sudria agreed.",
            [("said", "the ministry"), ("adding", "the ministry")],
        ),
        ("The pier is weak, say critics.", [("say", "critics")]),
        ("Facebook claims that the pier leaks.", [("claims", "Facebook")]),
        ("Prices will fall, say analysts at the bank.", [("say", "analysts")]),
        ("Anna Berg, who said that salt is dear, left.", [("said", "Anna Berg")]),
        ("The ports will close, according to two divers who asked not to be named.", [("according", "two divers")]),
    ],
)
def test_sources_that_grammar_settles(sentence, rows):
    assert sorted(row[:2] for row in found(sentence)) == sorted(rows)


def test_inner_speech_begins_behind_who_is_told():
    rows = found("Reuters reported that Lim had told Reza that Norland was to blame.")
    assert [content for cue, _, content in rows if cue == "told"] == ["that Norland was to blame"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kyiv denied claims that its guards had fled.",  # whose claims is not said
        "The mayor is said to be ill.",
    ],
)
def test_a_subject_is_no_source_of_what_others_say(sentence):
    assert {holder for _, holder, _ in found(sentence)} == {None}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12))))
def test_runs_cover_each_place_once(runs):
    first, length = (np.array(column, np.int64) for column in (zip(*runs, strict=True) if runs else ((), ())))
    assert covered(first, length).tolist() == sorted({p for begin, n in runs for p in range(begin, begin + n)})


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 500)), max_size=12))
def test_the_shortest_attribution_owns_a_word(runs):
    rows = Attributions.of([Attribution(0, first, first + more, -1, -1) for first, more in runs])
    owner = innermost(rows, 1500)
    for place in (0, 100, 450, 700, 899, 1399):
        lengths = [last - first for first, last in zip(rows.first, rows.last, strict=True) if first <= place <= last]
        own = owner[place]
        assert (own < 0) == (not lengths) and (own < 0 or rows.last[own] - rows.first[own] == min(lengths))


def test_what_a_text_without_full_stops_says_is_held_once():
    tokens = tokenize(" ".join(["the minister said that it rained and he told Reuters the deal was dead"] * 400))
    context, (marks, tagged, opening) = tokens.once(read).context, tokens.once(found_patterns)
    assert tokens.n_sentences == 1
    for found in (reported(context, marks), told(context, marks)):
        assert 1000 < len(found) == len(set(found.tolist())) <= len(tokens.word)
    assert len(plain_content(context, marks, tagged, opening)) <= 8 * len(tokens.word)


def patterns(text):
    """Return the context of a text, its marks, its tags and its openings."""
    tokens = tokenize(text)
    return tokens.once(read).context, *tokens.once(found_patterns)


@pytest.mark.parametrize(
    ("name", "n"), [("the very old grey harbour master", 1), ("the very old tall grey harbour master", 0)]
)
def test_the_name_in_a_tag_has_six_words_at_most(name, n):
    _, _, tagged, _ = patterns(f"The two piers are weak, {name} said.")
    assert len(tagged.cue) == n


@pytest.mark.parametrize(
    ("between", "n"), [("in a very long letter on Monday night", 3), ("in a very long open letter on Monday night", 0)]
)
def test_that_stands_nine_words_behind_its_verb_at_most(between, n):
    context, marks, _, _ = patterns(f"The envoy wrote {between} that it rained.")
    assert len(stated_later(context, marks)) == n


@pytest.mark.parametrize(("more", "n"), [("", 2), ("old ", 0)])
def test_a_phrase_with_according_has_eleven_words_behind_to_at_most(more, n):
    name = f"the head of the {more}office of the port of the north"
    context, marks, _, _ = patterns(f"According to {name}, it rained.")
    assert len(according(context, marks)) == n


@pytest.mark.parametrize(("more", "n"), [("", 20), ("old ", 0)])
def test_a_comment_on_a_speaker_ends_twenty_words_into_the_sentence(more, n):
    text = f"The mayor, a {more}friend of the port and of the boats of the bay of the north of the land, said the pier was weak."
    context, marks, _, _ = patterns(text)
    content = np.zeros(len(context.code), bool)
    content[context.last[0] - 3 :] = True
    assert text.split().index("said") == 20 + len(more.split())
    assert len(apposed(context, marks, content)) == n


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg, an old friend who was her aide, said Norland leaks.",  # a comment on who speaks
        "Salt, tar and rope are dear, say, Norland in May.",
        "Salt, tar and rope were sold, said a list.",  # no name shows that it is turned round
    ],
)
def test_a_comma_before_a_verb_of_saying_does_not_make_a_tag(sentence):
    _, _, tagged, _ = patterns(sentence)
    assert not len(tagged.cue)
