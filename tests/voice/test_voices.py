import pytest

from framing.tokens import tokenize
from framing.voice import VOICES, majority, quoted_spans, voices


def marked(text):
    """Write each word with the first letter of its voice."""
    tokens = tokenize(text)
    return " ".join(
        f"{text[s:e]}/{VOICES[v][0]}" for s, e, v in zip(tokens.start, tokens.end, voices(tokens), strict=True)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoy said that trade grew.", "The/a envoy/a said/a that/p trade/p grew/p"),
        ("Trade grew, the envoy said.", "Trade/p grew/p the/a envoy/a said/a"),
        ("Trade grew, said the envoy.", "Trade/p grew/p said/a the/a envoy/a"),
        ("Trade, he suggested, grew.", "Trade/p he/a suggested/a grew/p"),
        ("According to the ministry, trade grew.", "According/a to/a the/a ministry/a trade/p grew/p"),
        ("Trade grew, according to the ministry.", "Trade/p grew/p according/a to/a the/a ministry/a"),
        ("“Trade grew,” he said.", "Trade/q grew/q he/a said/a"),
        ("Trade grew in March.", "Trade/a grew/a in/a March/a"),
        ("The United States grew.", "The/a United/a States/a grew/a"),
    ],
)
def test_voices(text, expected):
    assert marked(text) == expected


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("``Yes,'' he said.", ["``Yes,''"]),
        ("“One.\n\n“Two.\n\n“Three,” she said. Four.", ["“One.", "“Two.", "“Three,”"]),
        ("“Open to the end.\n\nNext paragraph.", ["“Open to the end."]),
        ("A stray ” mark.", []),
        ("the ‘title’ of a book", []),
        ("", []),
    ],
)
def test_quotations(text, spans):
    assert [text[s:e] for s, e in quoted_spans(text)] == spans


def test_seed_quotations_run_on_over_paragraphs(seeds):
    tokens = tokenize(seeds)
    voice = majority(voices(tokens), tokens.sentence_bounds)
    quoted = {
        (seeds[int(a)].id, int(n))
        for a, n, v in zip(tokens.sentence_article, tokens.sentence_number, voice, strict=True)
        if VOICES[v] == "quoted"
    }
    assert quoted == {("000", 5), ("000", 16), *(("003", n) for n in (4, 5, 6, 7, 8, 11, 12))}
