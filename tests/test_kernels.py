"""The loops in C and their twins in numpy: the same bytes."""

import os
import pickle
import subprocess
import sys
import textwrap
from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing import analyse, features, tokenize
from framing.chunks import ChunkTable, cut
from framing.kernels import kernels
from framing.layout import paragraphs, read_layout, wrapping
from framing.lookup import Matcher
from framing.tokens import Tokens
from framing.type_table import Types
from framing.voice.model import read, weights
from framing.voice.sources import attributions

pytestmark = pytest.mark.skipif(kernels is None, reason="the package was built without its loops in C, or they are off")

PIECES = st.sampled_from(
    """The the minister Analysts officials said says warned told that according to would will not I we he “We ” , . ; :
    — ( ) - " ' 's `` '' non-aligned U.S. D.C. US$30 RM21.2 1,500 Malaysia China Malaysia's trade partnership policy
    institutionalisation creating books … ... [...] [17] 1. a) • \n \n\n \r\n \u2028 \u2029 \x85 \x0c \u00a0 \u200b 🙂 é İ
    lost.—In won.--The signed.It ended.He.Then no.”She 2024.¹ (note).3 a.m. reportedly, added. claimed noted"""
    .split(" ")
)  # fmt: skip
TEXTS = st.lists(st.lists(PIECES, max_size=40).map(" ".join), max_size=3)


def plainly(function, *arguments):
    """Call a function with the loops set aside wherever they are used."""
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("framing.") and name != "framing.kernels" and hasattr(module, "kernels"):
                patch.setattr(module, "kernels", None)
        return function(*arguments)


def test_the_loops_are_set_aside_where_they_are_used():
    using = [
        name for name, m in sys.modules.items() if name.startswith("framing.") and getattr(m, "kernels", 0) is kernels
    ]
    assert len(using) > 8
    assert plainly(lambda: [name for name in using if sys.modules[name].kernels is kernels]) == ["framing.kernels"]


def same_tokens(one: Tokens, other: Tokens):
    assert one.types.strings == other.types.strings
    for field in fields(Tokens):
        if field.name not in ("articles", "types"):
            left, right = getattr(one, field.name), getattr(other, field.name)
            assert left.dtype == right.dtype, field.name
            np.testing.assert_array_equal(left, right, field.name)


@given(TEXTS)
@settings(max_examples=200)
def test_words_are_placed_alike(texts):
    same_tokens(tokenize(texts), plainly(tokenize, texts))


@given(TEXTS, st.frozensets(st.sampled_from("the said that minister malaysia non i u.s. 1,500 absent".split())))
@settings(max_examples=100)
def test_places_of_words_are_those_of_a_search(texts, words):
    tokens = tokenize(texts)
    expected = [place for place in range(len(tokens.word)) if tokens.norm(place) in words]
    assert tokens.places(words).tolist() == plainly(tokenize(texts).places, words).tolist() == expected


@given(st.lists(st.text(max_size=60), max_size=3))
@settings(max_examples=200)
def test_any_characters_are_cut_alike(texts):
    one, other = ChunkTable(), plainly(ChunkTable)
    left, right = cut(texts, one), plainly(cut, texts, other)
    assert one.strings == other.strings
    for name in ("ids", "start", "end", "owner", "opens"):
        np.testing.assert_array_equal(getattr(left, name), getattr(right, name), name)


HEADS_AND_CREDITS = st.lists(
    st.sampled_from(
        [
            "KUALA LUMPUR:", "HANOI, April 15 (Agency) -", "The pier in May.", "It rained all day", "— Bernama pic", "PHOTO: AFP",
            "(Reuters/Jane Doe)", "- File photo", "REUTERS/Jim Bourg", "/ Getty Images", "Images: Foo", "3. one", "- two",
            "By Jane Doe", "WASHINGTON (AP)", "image", "“So,” he said", "\n", "\n\n", "\r\n", "\x1c", "\u2028", " ", ".", "’", "…",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(HEADS_AND_CREDITS, st.sampled_from([None, "The pier in May."]))
@settings(max_examples=400)
@example("It rained.\n\n- one\n- two\n\nThe pier in May. — Bernama pic\n\nIt went on.", None)
@example(
    "The pier. PHOTO: AFP\x1cIt rained and rained for days and days on end.\n\nThen it stopped.\n\nIt went on.", None
)
@example("OSLO — It rained.\n\nIt went on.", None)
@example("OSLO ― It rained.\n\nIt went on.", None)
@example("OSLO_ It rained.\n\nIt went on.", None)
def test_layouts_are_read_alike(text, title):
    assert read_layout(text, title) == plainly(read_layout, text, title)


LINES = st.text(alphabet='aIV1.)(•-“": \t\n\r\u2028\u2029\x0b\x0c\x1c\x85\u00a0é🙂', max_size=50)


@given(LINES, st.sampled_from([None, 0, 1, 3]))
@settings(max_examples=400)
def test_paragraphs_are_found_alike(text, limit):
    assert paragraphs(text, limit) == plainly(paragraphs, text, limit)
    assert read_layout(text) == plainly(read_layout, text)


WORDS = st.sampled_from(
    "the a government's institutionalisation 1. (iv) U.S. it. non- — • “We é 🙂 \u2060 \x1c".split(" ")
)


@pytest.mark.slow
@given(
    st.lists(st.lists(WORDS, max_size=60).map(" ".join), max_size=4),
    st.integers(30, 120),
    st.sampled_from(["\n", "\r\n", "\n\n", "\n  "]),
)
@settings(max_examples=300)
def test_wrapped_lines_are_joined_alike(parts, width, between):
    text = between.join(textwrap.fill(part, width) for part in parts)
    assert wrapping._joined(text) == plainly(wrapping._joined, text)
    assert read_layout(text) == plainly(read_layout, text)


@given(LINES)
@settings(max_examples=200)
def test_any_lines_are_joined_alike(text):
    lines = text.replace("a", "a word and another one of a line ")
    assert wrapping._joined(lines) == plainly(wrapping._joined, lines)


def reading(texts):
    tokens = tokenize(texts)
    if not len(tokens.word):
        return []
    found = tokens.once(read)
    rows = attributions(tokens)
    return [
        found.segments.first, found.segments.cue, found.segments.before, found.segments.after, found.chances,
        rows.first, rows.last, rows.cue, rows.source, rows.carried,
    ]  # fmt: skip


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_voice_model_reads_alike(texts):
    for left, right in zip(reading(texts), plainly(reading, texts), strict=True):
        assert left.dtype == right.dtype
        assert left.tobytes() == right.tobytes()


def test_codes_of_features_fit_their_tables():
    model = weights()
    for tables in (model.cue, model.segment, model.source):
        assert max(map(len, tables.values())) <= np.iinfo(np.int16).max


TERMS = [
    "said",
    "the minister",
    "non-align*",
    "trade ~2 policy",
    "(US|China) ~3 partnership",
    "policy ~1 trade ~2 said",
]


@given(TEXTS, st.booleans())
@example(["China said that he partnership"], False)  # as far apart as a term allows
@example(["policy I trade said I said"], True)
@settings(max_examples=150)
def test_terms_are_found_alike(texts, half):
    matcher = Matcher(TERMS)

    def find():
        tokens = tokenize(texts)
        return matcher.find(tokens, np.arange(len(tokens.word)) % 2 == 0 if half else None)

    left, right = find(), plainly(find)
    for name in ("term", "first", "last"):
        np.testing.assert_array_equal(getattr(left, name), getattr(right, name))


@pytest.mark.slow
@given(TEXTS)
@settings(max_examples=20, deadline=None)
def test_scores_and_evidence_are_alike(texts):
    long = [" ".join([text] * 8) for text in texts]
    pd.testing.assert_frame_equal(features(long), plainly(features, long), check_exact=True)
    pd.testing.assert_frame_equal(analyse(long).evidence, plainly(lambda: analyse(long).evidence), check_exact=True)


def test_the_sample_corpus_is_scored_alike(repository):
    corpus = repository / "corpus"
    pd.testing.assert_frame_equal(features(corpus), plainly(features, corpus), check_exact=True)
    pd.testing.assert_frame_equal(
        features(corpus, counts="textstat", unit="sentence"),
        plainly(lambda: features(corpus, counts="textstat", unit="sentence")),
        check_exact=True,
    )


@pytest.mark.parametrize("first", ["One two, three.", "Naïve İstanbul 🙂"])
def test_a_table_of_types_goes_on_after_a_journey(first):
    types = Types()
    tokenize([first, "Two again."], types)
    there = pickle.loads(pickle.dumps(types))
    same_tokens(tokenize([first + " Four five"], types), tokenize([first + " Four five"], there))


def test_the_environment_sets_them_aside():
    code = "import framing, framing.kernels as k; print(k.kernels, framing.features(['It rained.']).n_words[0])"
    run = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "FRAMING_KERNELS": "0"}, capture_output=True, text=True
    )
    assert run.stdout.split() == ["None", "2"], run.stderr


def test_arrays_of_another_kind_are_refused_not_read():
    words = np.zeros(3, np.int64)
    with pytest.raises(TypeError, match="4 bytes expected, got 8"):
        kernels.spots(words, words, words, words, words, None, 1)
    with pytest.raises(TypeError, match="arguments expected"):
        kernels.words(words)
    with pytest.raises(ValueError, match="unequal length"):
        kernels.spots(np.zeros(3, np.int32), np.zeros(1, bool), *np.zeros((2, 1), np.int64), np.zeros(2, bool), None, 1)
    with pytest.raises(ValueError, match="below n_types"):
        kernels.by_type(np.array([0, 3], np.int32), 3)
    with pytest.raises(TypeError, match="two tuples"):
        kernels.add_up(np.zeros((1, 1), np.float32), (), None)
    with pytest.raises((BufferError, ValueError)):
        kernels.passes(*[np.zeros((2, 2))[:, 0]] * 7)
    with pytest.raises(TypeError, match="string expected"):
        kernels.Numbers([], b"").cut(b"bytes", np.zeros(1, np.int64))
