"""What notebooks show: results as HTML, articles with highlights; what came with a text stays text."""

import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import framing
from framing.codebook import load_codebook
from framing.comparing.contrasts import compare
from framing.corpus import Corpus
from framing.errors import FramingError
from framing.highlights import highlighted

PAYLOADS = (
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit = 1">',
    "</style></td></table><svg onload=window.hit=1>",
    "\u202eright to left\u202c {{ 7 * 7 }} ${x}",
)
PLAIN = {
    "table", "thead", "tbody", "tr", "th", "td", "p", "b", "strong", "u", "sup", "sub", "bdi", "div", "style"
}  # fmt: skip


class Reader(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def wild():
    """Return a comparison whose texts, titles, sources, kinds, events, ids and codebook try to be markup."""
    book = load_codebook(None)
    themes = {n: replace(t, label=f"{t.label} {PAYLOADS[1]}", definition=PAYLOADS[2]) for n, t in book.themes.items()}
    book = replace(book, name="b" * 1_000_000 + PAYLOADS[0], description=PAYLOADS[2], themes=themes)
    line = "They signed a defence agreement with Turkey. It will not take sides, “said” she. "
    texts = [line + p + " " + line for p in PAYLOADS] + [line + "x" * 1_000_000]
    corpus = Corpus.from_texts(
        texts, ids=[f"{i}{p}" for i, p in enumerate(PAYLOADS)] + ["long"], kind=[PAYLOADS[0], PAYLOADS[1]] * 2 + [PAYLOADS[0]],
        title=[*PAYLOADS, "t" * 1_000_000], source=list(PAYLOADS) + ["s"], event=["e1" + PAYLOADS[1]] * 2 + ["e2"] * 3,
    )  # fmt: skip
    return compare(corpus, book)


def test_hostile_names_stay_text(wild):
    ids = [a.id for a in wild.analysis.corpus]
    shown = {
        "comparison": wild, "analysis": wild.analysis, "corpus": wild.analysis.corpus,
        "codebook": wild.analysis.codebook, "highlighted": highlighted(wild, ids[:4]),
        "stance": framing.stance(wild.analysis.corpus, codebook=wild.analysis.codebook),
        "check": framing.check_codebook(wild.analysis.codebook, wild.analysis.corpus),
    }  # fmt: skip
    for name, thing in shown.items():
        page = thing._repr_html_()
        found = Reader(page)
        assert found.tags <= PLAIN, (name, found.tags - PLAIN)
        assert found.attributes <= {"style", "dir", "border", "class", "title"}, (name, found.attributes)
        assert len(page) < 400_000, (name, len(page))
        assert "window.hit" in page or name in ("stance", "check"), name


def test_a_line_of_a_megabyte_is_shown_whole_and_soon(wild):
    start = time.perf_counter()
    page = highlighted(wild, "long")._repr_html_()
    assert time.perf_counter() - start < 5
    assert "x" * 1_000_000 in page


def test_pieces_put_together_are_the_text(wild, repository):
    for result in (wild, compare(repository / "corpus", extractors=["themes", "stance"])):
        for article in list(result.analysis.corpus)[:4]:
            parts = highlighted(result, article.id).parts[0]
            assert "".join(p.text for p in parts) == article.text


def test_highlights_are_the_evidence(repository):
    result = compare(repository / "corpus")
    article, measure = "hlscc-ankara-2026-analysis", "themes__non_alignment"
    shown = highlighted(result, article, [measure])
    spans = framing.evidence(result.analysis, article=article, measure=measure)
    own = [p.text for p in shown.parts[0] if p.themes]
    assert "".join(own) == "".join(spans["text"].drop_duplicates())
    page = shown._repr_html_()
    assert page.count("<sup>") == len(own) and page.count("Non-alignment and hedging") == len(own) + 1
    assert {p.voice for p in shown.parts[0]} == {"author", "paraphrased"} or len(shown.parts[0]) > 5
    assert "[Non-alignment and hedging: hedge]" in str(shown)


def test_stance_and_voice_are_shown(three):
    result = compare(three)
    shown = highlighted(result, ["wire", "analysis"])
    stances = {s for parts in shown.parts for p in parts for s in p.stances}
    assert ("stance__united_states", -1) in stances
    quoted = [p.text for p in shown.parts[0] if p.voice == "quoted"]
    assert "".join(quoted) == "We have much to learn from each other"
    page = shown._repr_html_()
    assert "underline 2px solid" in page and 'title="against: United States">[−b]' in page and page.count("<td") == 2
    assert repr(shown) == "<Highlighted: 2 articles>"


def test_mistakes_are_worded(three):
    result = compare(three)
    with pytest.raises(FramingError, match="unknown article 'wires'.*Did you mean 'wire'"):
        highlighted(result, "wires")
    with pytest.raises(FramingError, match="unknown theme share or overall stance 'readability__smog_index'"):
        highlighted(result, "wire", ["readability__smog_index"])
    with pytest.raises(FramingError, match="source must be what analyse or compare returned, got 'Corpus'"):
        highlighted(three, "wire")


def test_results_say_what_they_are(repository):
    result = compare(repository / "corpus")
    page = result._repr_html_()
    text = " ".join(Reader(page).text)
    assert "Design: paired by event" in text and "higher" not in text.split("Higher in")[0]
    row = result.contrasts.set_index(["measure", "a", "b"]).loc[("themes__defence", "wire-report", "analysis-piece")]
    assert f"{100 * row['difference']:.1f} points" in text and "Benjamini-Hochberg" in text
    corpus = Reader(result.analysis.corpus._repr_html_())
    assert "and 7 more" in "".join(corpus.text)
    book = Reader(result.analysis.codebook._repr_html_())
    assert "Pressure by the United States" in "".join(book.text)
