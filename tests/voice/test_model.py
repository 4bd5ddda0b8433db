import gzip
import json

import numpy as np
import pytest

from framing.readers import read_corpus
from framing.tokens import tokenize
from framing.voice import voices
from framing.voice.make_weights import learn, load
from framing.voice.model import dumps, loads, read, read_with, weights


def test_an_article_is_read_the_same_alone_and_among_others(repository):
    sample = read_corpus(repository / "corpus")
    together = tokenize(sample)
    chances = read(together).content
    owner = together.article[read(together).segments.first]
    for number, article in enumerate(sample):
        alone = tokenize([article])
        np.testing.assert_array_equal(voices(together)[together.article == number], voices(alone))
        np.testing.assert_allclose(chances[owner == number], read(alone).content, atol=1e-5)


def test_weights_are_written_and_read_back():
    text = dumps(weights())
    assert dumps(loads(text)) == text
    tokens = tokenize("“It rained,” the envoy said. Critics warn that the roof leaks, according to a report.")
    np.testing.assert_array_equal(read_with(tokens, loads(text)).chances, read(tokens).chances)


def test_texts_without_words():
    assert len(voices(tokenize(["", "..."]))) == 0


@pytest.mark.slow
def test_cues_are_learned_from_marked_articles(tmp_path):
    texts, marks = [], []
    for number in range(30):
        said, plain = ("The roof of the old pier leaks", "The sea is grey")
        # content after the cue, before it, and none; the last is a cue without content in its sentence
        text = f"In August the envoy yodelled that {said.lower()} {number}. {plain}. They yodelled here. {said}, she sang. He sang. He hummed."
        begin = text.index(" that ") + 1
        texts.append({"doc": str(number), "text": text})
        marks.append({"doc": str(number), "attributions": [
            {"source": [[10, 19]], "cue": [[20, 28]], "content": [[begin, text.index(".")]]},
            {"source": [], "cue": [[text.index("sang"), text.index("sang") + 4]],
             "content": [[text.index(said), text.index(said) + len(said)]]},
            {"source": [], "cue": [[text.index("hummed"), len(text) - 1]], "content": [[begin, begin + 4]]},
        ]})  # fmt: skip
    files = []
    for name, rows in (("texts", texts), ("marks", marks)):
        files.append(tmp_path / f"{name}.jsonl.gz")
        files[-1].write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    model = learn(load(*files), rounds=40)
    assert "yodelled" in model.lexicon.cues
    tokens = tokenize("On Monday the envoy yodelled that the roof of the old house leaks. The sea is grey.")
    found = read_with(tokens, model)
    attributed = np.repeat(found.content > 0.5, found.segments.last - found.segments.first + 1)
    words = [tokens.norm(i) for i in np.flatnonzero(attributed)]
    assert words == "that the roof of the old house leaks".split()
