"""What a comparison says of its texts: which count, which cannot, and which stand on both sides."""

import pytest

from framing import compare
from framing.corpus import Corpus, article_from
from framing.errors import DesignError

TEXT = "They will not take sides, the minister said on the {}. It rained on the port and on the ships. " * 2
GERMAN = "Der Minister sagte am {}, dass die Schiffe im Hafen liegen und dass es den ganzen Tag geregnet habe. " * 3


def corpus_of(texts, events=True):
    n = len(texts) // 2
    return Corpus.from_texts(
        [text.replace("{}", f"{i}th") for i, text in enumerate(texts)], kind=["a", "b"] * n,
        event=[f"e{i // 2}" if events else None for i in range(2 * n)],
    )  # fmt: skip


def test_events_are_counted_by_the_texts_that_can_be_scored():
    result = compare(corpus_of([TEXT] * 6 + [TEXT, GERMAN] * 2), extractors=["themes"])
    assert "5 a, 5 b of which 3 can be scored; 3 events with both kinds" in result.design
    assert (result.contrasts["n_events"] == 3).all()
    whole = compare(corpus_of([TEXT] * 10), extractors=["themes"])
    assert "(5 a, 5 b; 5 events with both kinds)" in whole.design


def test_with_one_event_left_nothing_is_said_to_be_paired():
    result = compare(corpus_of([TEXT, TEXT, TEXT, GERMAN]), extractors=["themes"])
    assert result.design.startswith("1 shared event (2 a, 2 b of which 1 can be scored)")
    assert "the difference between the texts at hand" in result.notes[0]


def test_a_text_under_two_kinds_is_named():
    texts = ["It rained on the port all day.", "It rained on the port all day.", "Ships sailed at noon.", "Snow fell."]
    corpus = Corpus.from_texts(texts, kind=["a", "b", "a", "b"])
    notes = compare(corpus, extractors=["themes"]).notes
    assert "The same text under several kinds, and so in both sides of contrasts: 1 (a) = 2 (b)." in notes
    alike = Corpus.from_texts(texts, kind=["a", "a", "b", "b"])
    assert not any("same text" in note for note in compare(alike, extractors=["themes"]).notes)


def test_files_that_are_passed_over_are_named(tmp_path):
    for number, kind in enumerate("aabb"):
        text = f"---\nkind: {kind}\n---\nIt rained on port {number} all day."
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "more.docx").write_text("It snowed.", encoding="utf-8")
    assert "1 file is not read: 1 .docx; texts are .txt, .md." in compare(tmp_path, extractors=["themes"]).notes


def test_front_matter_that_could_not_be_read_is_named_where_no_label_is_left():
    bad = [article_from(name, "It rained.", {}, "front matter is not valid YAML (line 2)") for name in ("one", "two")]
    message = r"has no label in 3 articles.*Could not be read: one \(front matter is not valid YAML \(line 2\)\), two"
    with pytest.raises(DesignError, match=message):
        compare(Corpus([*bad, article_from("three", "It rained.", {})]))


def test_n_counts_events_that_have_the_measure():
    texts = ["China praised the port. It rained all day on the ships.", "It rained all day on the ships in the port."]
    rows = compare(Corpus.from_texts(texts, kind=["a", "b"], event=["e", "e"]), extractors=["stance", "themes"])
    n = rows.contrasts.set_index("measure")["n_events"]
    assert n["themes__defence"] == 1 and n["stance__united_states"] == 0
