import numpy as np

from framing.duplicates import duplicate_of
from framing.tokens import tokenize

LEAD = "The prime minister opened the new harbour bridge beside northern fishing villages today."


def test_the_first_earlier_sentence_is_named_across_blocks(monkeypatch):
    texts = [f"{LEAD} It rained. {LEAD} {LEAD.replace('today', 'yesterday')}", LEAD]
    expected = [0, 0, 1, 1, 0]
    assert duplicate_of(tokenize(texts)).tolist() == expected
    monkeypatch.setattr("framing.duplicates._BLOCK", 1)
    assert duplicate_of(tokenize(texts)).tolist() == expected


def test_short_or_different_sentences_are_no_duplicates():
    assert not duplicate_of(tokenize("It rained. It rained. The bridge opened. The harbour closed.")).any()
    assert duplicate_of(tokenize("")).shape == (0,)


def test_a_long_text_stays_cheap():
    found = duplicate_of(tokenize(f"{LEAD} " * 3000))
    assert np.count_nonzero(found == 1) == 2999
