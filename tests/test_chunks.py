import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import chunks
from framing.chunks import ChunkTable, _unglued, cut
from framing.errors import FramingError
from framing.tokens import tokenize

LETTERS = st.text(alphabet="ab.!?…\"”“'’,;:-—( )[1]\n\r\t\u2028\u2029\u00a0\x85\x0cÉé🙂", max_size=60)


@given(st.lists(LETTERS, max_size=4))
def test_chunks_are_the_stretches_between_white_space(texts):
    table = ChunkTable()
    found = cut(texts, table)
    assert [table.strings[i] for i in found.ids] == [piece for text in texts for piece in _unglued(text).split()]
    for number, start, end, owner in zip(found.ids, found.start, found.end, found.owner, strict=True):
        base = found.base[owner]
        assert texts[owner][start - base : end - base] == table.strings[number]


@given(st.lists(LETTERS, min_size=1, max_size=4))
def test_texts_are_cut_the_same_alone_and_together(texts):
    together = tokenize(texts)
    for number, text in enumerate(texts):
        alone = tokenize(text)
        mine = together.article == number
        for name in ("start", "end", "glued", "before", "fenced"):
            np.testing.assert_array_equal(getattr(together, name)[mine], getattr(alone, name))
        own = together.sentence_article == number
        for name in ("sentence_number", "sentence_start", "sentence_end", "sentence_paragraph"):
            np.testing.assert_array_equal(getattr(together, name)[own], getattr(alone, name))


def test_a_dash_that_joins_two_sentences_is_white_space():
    text = "The ship was lost.—In May it was found. He came to St.-Denis, saw U.S.—A maps.--She left"
    tokens = tokenize(text)
    assert [tokens.text_of(i) for i in range(tokens.n_sentences)] == [
        "The ship was lost.", "In May it was found.", "He came to St.-Denis, saw U.S.—A maps.", "She left",
    ]  # fmt: skip


def sentences_of(text):
    tokens = tokenize(text)
    return [tokens.text_of(i) for i in range(tokens.n_sentences)]


def test_a_line_that_opens_a_quotation_anew_opens_a_paragraph():
    running = "He said “we take our time, and we walk slowly to the sea\n“We like the sea,” she said."
    assert sentences_of(running) == [
        "He said “we take our time, and we walk slowly to the sea", "“We like the sea,” she said.",
    ]  # fmt: skip
    wrapped = "He said that they walk slowly to the\n“sea of peace” and back."
    assert len(sentences_of(wrapped)) == 1
    closed = "He said “we walk” and then went on to\n“the sea” alone. “No\n“one” knew.”"
    assert sentences_of(closed)[0] == "He said “we walk” and then went on to\n“the sea” alone."
    assert len(sentences_of(closed)) == 3


def test_more_characters_than_offsets_can_count_are_refused(monkeypatch):
    monkeypatch.setattr(chunks, "_MOST", 20)
    with pytest.raises(FramingError, match="21 characters together.*framing.features"):
        tokenize(["ten letter", "ten letter"])
