"""The sample corpus is what its README says: nine events, three kinds, facts from the fact sheet."""

import itertools
import re
from collections import Counter

import pandas as pd
import pytest

from framing.corpus import KINDS
from framing.readers import read_corpus
from framing.sentences import sentences


@pytest.fixture(scope="module")
def sample(repository):
    return read_corpus(repository / "corpus")


@pytest.fixture(scope="module")
def sections(shared):
    sheet = (shared / "corpus-facts.md").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^## \d+\. ([\w-]+):", sheet)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def body_words(text):
    return re.findall(r"[\w'’]+(?:[-.,][\w'’]+)*", text)


def test_nine_events_with_one_text_of_each_kind(sample):
    assert Counter(a.kind for a in sample) == dict.fromkeys(KINDS, 9)
    assert Counter(a.event for a in sample) == dict.fromkeys({a.event for a in sample}, 3)
    assert len({a.event for a in sample}) == 9


def test_texts_say_what_they_are_and_keep_to_the_length(sample):
    for article in sample:
        assert article.extra["note"].startswith("written for the corpus; not an authentic"), article.id
        assert len(article.parties) == 2, article.id
        n = len(article.text.split())
        assert 220 <= n <= 425, f"{article.id}: {n} words"
        assert 10 <= len(sentences(article.body)) <= 22, article.id


def quotations(text):
    return [q.strip(" ,.") for pair in re.findall(r"“([^”]+)”|\"([^\"]+)\"", text) for q in pair if q]


def test_every_quotation_is_on_the_sheet_for_its_event(sample, sections):
    for article in sample:
        quotes = sections[article.event].split("- **Quotes:**")[1].split("\n- **")[0].lower()
        for quote in quotations(article.text):
            assert quote.lower() in quotes, f"{article.id}: {quote!r}"


def test_every_figure_is_on_the_sheet_for_its_event(sample, sections):
    for article in sample:
        known = set(re.findall(r"\d+(?:[.,]\d+)*", sections[article.event]))
        known |= {n.replace(",", "") for n in known}
        for number in re.findall(r"\d+(?:[.,]\d+)*", article.body):
            assert number in known or number.replace(",", "") in known, f"{article.id}: {number}"


def runs(text, n=9):
    words = [w.lower() for w in re.findall(r"[\w’'-]+", text)]
    return {" ".join(words[i : i + n]) for i in range(len(words) - n + 1)}


def test_no_sentence_comes_from_the_sheet_or_from_another_text(sample, sections):
    texts = {a.id: runs(a.text) for a in sample}
    for name, section in sections.items():
        for id, own in texts.items():
            assert not own & runs(section), f"{id} repeats the sheet of {name}"
    for (a, x), (b, y) in itertools.combinations(texts.items(), 2):
        assert not x & y, f"{a} and {b} share {sorted(x & y)[:1]}"


@pytest.mark.parametrize("name", ["annotations.csv", "annotations-second.csv"])
def test_every_sentence_has_labels_of_the_scheme(sample, repository, name):
    labels = pd.read_csv(repository / "corpus" / name, dtype=str, keep_default_na=False)
    numbered = {(a.id, str(i)) for a in sample for i in range(1, len(sentences(a.body)) + 1)}
    assert set(zip(labels["article"], labels["sentence"], strict=True)) == numbered
    assert not labels.duplicated(["article", "sentence", "target"]).any()
    for theme in ("non_alignment", "us_pressure", "defence"):
        assert set(labels[theme]) <= {"0", "?", "1"}
    assert set(labels["stance"]) == {"-1", "0", "1", ""}
    assert ((labels["target"] == "") == (labels["stance"] == "")).all()
    assert set(labels["voice"]) <= {"quoted", "paraphrased", "author", "relay"}
