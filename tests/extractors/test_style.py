import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.corpus import Corpus
from framing.extractors.base import scores
from framing.extractors.style import CLASSES, MIN_WORDS, WINDOW, Style, windows_by_sentence
from framing.tokens import tokenize

FILLER = "The sea is cold and grey here by the old stone pier."  # twelve words, none of them listed


def row(text):
    return Style().fit_transform([text]).iloc[0]


def found(text, name):
    """Return the matched words of one class in a text."""
    tokens = tokenize(f"{text} {FILLER} {FILLER} {FILLER}")
    spans = Style().extract(tokens).spans
    mine = spans[spans["measure"] == f"{name}_per_1000"]
    return [tokens.articles[0].text[s:e] for s, e in zip(mine["start"], mine["end"], strict=True)]


def test_rates_by_hand():
    text = (
        "It may rain here. “We must perhaps hedge again, certainly.” "
        + "The sea is cold and grey here by the old stone pier today. " * 2
        + "The government of the city took action."
    )
    values = row(text)
    tokens = tokenize(text)
    n = int(tokens.n_words[0])
    assert n == 4 + 6 + 2 * 13 + 7
    assert values["hedges_per_1000"] == pytest.approx(2000 / n)
    assert values["boosters_per_1000"] == pytest.approx(1000 / n)
    assert values["deontics_per_1000"] == pytest.approx(1000 / n)
    assert values["nominalisations_per_1000"] == pytest.approx(1000 / n)
    assert values["hedges_per_1000_author"] == pytest.approx(1000 / (n - 6))
    assert np.isnan(values["hedges_per_1000_quoted"])  # six words are too few
    assert values["mean_sentence_length"] == pytest.approx(n / 5)
    assert np.isnan(values["mattr"])


def test_contractions_count_as_their_words():
    short = """We've to act, and it's clear that they'd likely agree. It couldn't wait; it's essential to speak, they've said.
    Let's go: there's no doubt that it might’ve rained, and we’ll see what's possible. They shouldn't say it isn't clearly so,
    and we're supposed to know that they must've gone."""
    full = """We have to act, and it is clear that they would likely agree. It could not wait; it is essential to speak, they
    have said. Let us go: there is no doubt that it might have rained, and we will see what is possible. They should not say it
    is not clearly so, and we are supposed to know that they must have gone."""
    one, two = row(short), row(full)
    ratio = tokenize(short).n_words[0] / tokenize(full).n_words[0]
    rates = [f"{name}_per_1000" for name in (*CLASSES, "reporting_verbs")]
    assert (ratio * one[rates]).tolist() == pytest.approx(two[rates].tolist())
    assert (one[rates] > 0).all()


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("We’re here, we've come, we'll go, we’d stay: let's talk.", "first_person_plural",
         ["We’re", "we've", "we'll", "we’d", "let's"]),
        ("It might've rained; they could’ve known, and May've.", "hedges", ["might've", "could’ve", "May've"]),
        ("It couldn't rain, and it can’t.", "hedges", []),
        ("It's possible, they say.", "hedges", ["It's possible"]),
        ("They've to go, we'd to stay; it’s essential to try.", "deontics", ["They've to", "we'd to", "it’s essential to"]),
        ("They should've gone, and mustn't wait. He must've known.", "deontics", ["should've", "mustn't"]),
        ("It's clear that it works. There’s no doubt.", "boosters", ["It's clear that", "There’s no doubt"]),
        ("It isn't clearly so.", "boosters", []),
        ("Let’s say so.", "reporting_verbs", []),
        ("The sanctions of China's are its own.", "deontics", []),
        ("The Association of Nations met on cooperation.", "nominalisations", ["cooperation"]),
        ("They signed the Treaty of Cooperation. Cooperation grew.", "nominalisations", []),
        ("THE COOPERATION GREW.", "nominalisations", ["COOPERATION"]),
        ("It may rain in May.", "hedges", ["may"]),
        ("May came.", "hedges", []),
        ("They might win with all their might.", "hedges", ["might"]),
        ("American military might grew.", "hedges", []),
        ("A hedge against risk is about forty ships.", "hedges", []),
        ("It could not move, as soon as possible.", "hedges", []),
        ("It seems likely that prices could fall.", "hedges", ["seems", "likely", "could"]),
        ("He appears on stage.", "hedges", []),
        ("He appears to agree.", "hedges", ["appears to"]),
        ("The data suggests that it holds.", "hedges", ["suggests that"]),
        ("Of course it is clearly so.", "boosters", ["Of course", "clearly"]),
        ("It is not clearly so.", "boosters", []),
        ("In fact there is no doubt.", "boosters", ["In fact", "there is no doubt"]),
        ("We need to act; the need to act is old.", "deontics", ["need to"]),
        ("We have to go; it has to do with rain.", "deontics", ["have to"]),
        ("It is a must, and he must have left.", "deontics", []),
        ("His will is known, and it will rain.", "deontics", []),
        ("States should act and ought to speak.", "deontics", ["should", "ought to"]),
        ("The nations of the city saw a moment of business.", "nominalisations", []),
        ("Governments and cities.", "nominalisations", []),
        ("Negotiations on the agreement’s fairness and realities.", "nominalisations",
         ["Negotiations", "agreement’s", "fairness", "realities"]),
    ],
)  # fmt: skip
def test_what_counts(text, name, words):
    assert found(text, name) == words


def test_too_short_is_missing_with_a_reason():
    short, middling = FILLER, " ".join([FILLER] * 4)
    problems = Style().extract(tokenize([short, middling])).problems
    assert f"too short for style: {MIN_WORDS} words needed" in problems[0]
    assert f"too short for MATTR: {WINDOW} words needed" in problems[1]
    assert row(short).isna().drop("mattr").all()
    assert row(middling)["hedges_per_1000"] == 0


def naive(words, window):
    """The definition: one window at each word that has enough words after it."""
    windows = [words[i : i + window] for i in range(len(words) - window + 1)]
    return np.mean([len(set(w)) / window for w in windows])


LINES = st.lists(st.lists(st.sampled_from("Rain rain’s sea tea; fell. fell, Low low-tide A b".split()), min_size=1, max_size=40)
                 .map(" ".join), min_size=1, max_size=4)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(LINES, st.integers(1, 12))
def test_windows_against_the_definition(texts, window):
    tokens = tokenize(texts)
    types, windows = windows_by_sentence(tokens, window)
    for index in range(len(texts)):
        words = [tokens.norm(p) for p in np.flatnonzero(tokens.article == index)]
        mine = tokens.sentence_article == index
        assert windows[mine].sum() == max(0, len(words) - window + 1)
        if windows[mine].sum():
            assert types[mine].sum() / (window * windows[mine].sum()) == pytest.approx(naive(words, window))


def test_mattr_of_a_whole_text():
    text = "The sea is cold and The Sea was grey, but the old pier stood. " * 12
    tokens = tokenize(text)
    assert row(text)["mattr"] == pytest.approx(naive([tokens.norm(p) for p in range(len(tokens.word))], WINDOW))


PIECES = [
    "It may rain, and perhaps it must.", "“We should certainly act on the agreement,” he said.", FILLER, "\n\n",
    "The minister said that talks could possibly fail and that they have to go on.", "A win-win situation, indeed.",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join))
def test_evidence_adds_up_to_the_score(text):
    tokens = tokenize(Corpus.from_texts([text]))
    extraction = Style().extract(tokens)
    values = scores(extraction, tokens).iloc[0]
    sums = extraction.spans.groupby("measure")["contribution"].sum()
    for name, value in values.items():
        if np.isfinite(value):
            assert sums.get(name, 0.0) == pytest.approx(value, abs=1e-9)
        else:
            assert name not in sums


def test_voices_share_the_finds(seeds):
    units = Style().extract(tokenize(seeds)).units["sentences"]
    for name in ("words", *CLASSES):
        by_voice = sum(units[f"{name}_{voice}"] for voice in ("author", "quoted", "paraphrased"))
        assert (by_voice == units[name]).all()
