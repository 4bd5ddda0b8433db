import time

import pytest

import framing
from framing.single_marks import single_speech, with_double_marks
from framing.tokens import tokenize
from framing.voice import quoted_words


@pytest.mark.parametrize(
    ("body", "n"),
    [
        ("‘We will wait,’ he said.", 1),
        ("'We won't wait,' he said.", 1),
        ("He called it a ‘hub’ for trade.", 0),
        ("The ministers' talks and the farmers' protest went on.", 0),
        ("'Tis the fishers' pier, from the '90s, and rock 'n' roll.", 0),
        ("“They told us ‘wait and see what comes’ again,” she said.", 0),
        ("It isn’t the town’s pier. The boats’ owners won’t pay.", 0),
    ],
)
def test_single_speech(body, n):
    assert single_speech(body) == n


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("‘We will wait,’ he said of the ‘hub’.", "“We will wait,” he said of the “hub”."),
        ("'We won't wait,' he said. 'Tis late.", "“We won't wait,” he said. 'Tis late."),
        ("‘The ministers’ talks failed,’ he said.", "“The ministers’ talks failed,” he said."),
        ('‘The “plan” and the "pier" are dead,’ he said.', "“The ‘plan’ and the ’pier’ are dead,” he said."),
        ("“They told us ‘wait and see what comes’ again,” she said.", None),
        ("‘We wait here,’ he said. “We do not,” she said.", None),
        ("He called it a ‘hub’ for trade.", None),
        ("The ministers' talks and the farmers' protest went on, and 'twas late.", None),
        ("", None),
    ],
)
def test_marks_of_speech_are_read_as_double_ones(body, read):
    assert with_double_marks(body) == (body if read is None else read)
    assert len(with_double_marks(body)) == len(body)


def test_a_text_in_single_marks_is_quoted_as_one_in_double_ones():
    text = "The board met on Tuesday. ‘We will build it,’ Anna Berg said. ‘Nobody asked the union.’ It rained."
    single, double = (tokenize([t]) for t in (text, with_double_marks(text)))
    assert quoted_words(single).tolist() == quoted_words(double).tolist()
    assert quoted_words(single).sum() == 8
    found = framing.analyse([text], extractors=["voice"]).attributions
    assert found["text"].tolist() == ["We will build it", "Nobody asked the union"]
    assert set(found["holder"]) == {"Anna Berg"}


@pytest.mark.parametrize(
    "part", ["He said 'yes and no and maybe so. ", "He said ‘yes ", "She said “no and 'yes ", "„No «no ``no 'no "]
)
def test_marks_that_never_close_cost_linear_time(part):
    text = part * (400_000 // len(part))
    begin = time.perf_counter()
    single_speech(text), with_double_marks(text)
    assert time.perf_counter() - begin < 10  # minutes where each mark looks for its end anew
