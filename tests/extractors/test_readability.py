import gzip
import json

import numpy as np
import pytest

from framing.corpus import Corpus
from framing.counts import published_counts
from framing.errors import FramingError
from framing.extractors.readability import (
    FORMULAS,
    INDICES,
    MIN_SENTENCES_SMOG,
    MIN_WORDS,
    TEXTSTAT_FORMULAS,
    Readability,
    linsear_write_formula,
    smog_index,
)
from framing.tokens import tokenize

LONG = "The committee considered the international agreement carefully. It didn't decide. " * 8


@pytest.fixture(scope="session")
def textstat_with_cmudict(shared):
    """Return textstat as it counts when it finds nltk's dictionary."""
    import sys

    import nltk
    import textstat

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nltk.data, "path", [str(shared / "peers" / "nltk_data")])
        words = nltk.corpus.cmudict.dict()
        counting = sys.modules["textstat.backend.counts._count_syllables"]
        patch.setattr(counting, "get_cmudict", lambda lang: words)
        yield textstat


def texts(shared):
    yield LONG
    yield "Word—word. See http://a.b/c?d=e. 'Tis the dogs' day; 2.5 per cent, 3.1 per cent!\n\nHeadline\nTwo " * 6
    yield "Prices rose 3%.The minister was pleased.—In May they fell again, and the ships lay idle. " * 6
    for name in ("clear", "reuters-21578"):
        for path in sorted((shared / "data" / name).glob("*.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                rows = [json.loads(line) for _, line in zip(range(60), lines, strict=False)]
            yield from (row.get("text") or row.get("body") or "" for row in rows)


def test_equal_to_textstat_with_cmudict(shared, textstat_with_cmudict, seeds):
    articles = list(Corpus.from_texts(list(texts(shared)))) + list(seeds)
    table = Readability(counts="textstat").fit_transform(articles)
    n = 0
    for article, row in zip(articles, table.itertuples(index=False), strict=True):
        for name, value in zip(INDICES, row, strict=True):
            if np.isfinite(value):
                n += 1
                assert value == pytest.approx(getattr(textstat_with_cmudict, name)(article.body), abs=1e-9), (
                    article.id,
                    name,
                )
    assert n > 1000


def test_formulas_by_hand():
    totals = {k: np.array([v], float) for k, v in {
        "words": 100, "sentences": 5, "syllables": 150, "letters": 450, "characters": 500, "chunks": 100, "unfamiliar": 10,
        "difficult2": 20, "difficult3": 10, "complex": 10, "long": 30, "mini": 40, "polysyllables": 12,
        "linsear_points": 120, "linsear_sentences": 5,
    }.items()}  # fmt: skip
    by_hand = {
        "flesch_reading_ease": 206.835 - 1.015 * 20 - 84.6 * 1.5, "flesch_kincaid_grade": 0.39 * 20 + 11.8 * 1.5 - 15.59,
        "coleman_liau_index": 0.058 * 450 - 0.296 * 5 - 15.8, "automated_readability_index": 4.71 * 5 + 0.5 * 20 - 21.43,
        "dale_chall_readability_score": 0.1579 * 10 + 0.0496 * 20 + 3.6365, "gunning_fog": 0.4 * (20 + 10), "lix": 50, "rix": 6,
        "spache_readability": 0.141 * 20 + 0.086 * 20 + 0.839, "mcalpine_eflaw": 28,
    }  # fmt: skip
    assert {name: formula(totals)[0] for name, formula in TEXTSTAT_FORMULAS.items()} == pytest.approx(by_hand)
    by_hand |= {
        "coleman_liau_index": 0.0588 * 450 - 0.296 * 5 - 15.8, "automated_readability_index": 4.71 * 4.5 + 0.5 * 20 - 21.43,
        "spache_readability": 0.141 * 20 + 0.086 * 10 + 0.839,
    }  # fmt: skip
    assert {name: formula(totals)[0] for name, formula in FORMULAS.items()} == pytest.approx(by_hand)
    assert smog_index(totals)[0] == pytest.approx(1.043 * (30 * 12 / 5) ** 0.5 + 3.1291)
    assert linsear_write_formula(totals)[0] == pytest.approx(12.0)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("One two three. Four five.", f"{MIN_WORDS} words needed, has 5"),
        ("It is a day of the week and " * 6 + "it is long.", "3 sentences needed, has 1"),
    ],
)
@pytest.mark.parametrize("counts", ["framing", "textstat"])
def test_too_short_is_missing_with_a_reason(text, problem, counts):
    found = Readability(counts).extract(tokenize(text))
    assert problem in found.problems[0]
    assert np.isnan(Readability(counts).fit_transform([text])["smog_index"].item())


@pytest.mark.parametrize("counts", ["framing", "textstat"])
def test_bounds_of_what_is_scored(counts):
    words = "It is a day of the week. ".split() * 5
    texts = [" ".join(words[: MIN_WORDS - 1]), " ".join(words[:MIN_WORDS])]
    assert Readability(counts).fit_transform(texts)["flesch_reading_ease"].isna().tolist() == [True, False]
    sentence = "It is a day of the week and we are here by the sea and the hill. "  # two are long enough for a text
    texts = [sentence * (MIN_SENTENCES_SMOG - 1), sentence * MIN_SENTENCES_SMOG]
    assert Readability(counts).fit_transform(texts)["smog_index"].isna().tolist() == [True, False]


def counted(text):
    counts = published_counts(tokenize(text))
    return {name: column.sum() for name, column in counts.items() if name not in ("article", "sentence")}


def test_published_counts_by_hand():
    # syllables: The tall gov-ern-ment-sup-port-ed mar-ket closed . Mis-ter Lim left at 1918
    text = "The tall government-supported market closed. Mr Lim left at 1918."
    assert counted(text) == {
        "words": 10, "sentences": 2, "syllables": 1 + 1 + 6 + 2 + 1 + 2 + 1 + 1 + 1 + 1, "letters": 3 + 4 + 19 + 6 + 6 + 2 + 3 + 4 + 2 + 4,
        "polysyllables": 1,  # a hyphenated word is one word
        "unfamiliar": 4,  # "supported", and the name, its title and the numeral
        "complex": 0,  # "government" is familiar; "supported" reaches three by its ending
        "long": 1, "mini": 4, "linsear_points": 12, "linsear_sentences": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("They met Gabriela there.", {"polysyllables": 1, "complex": 0, "unfamiliar": 1}),  # a name of any kind
        ("They met Mr. Brown there. Brown left.", {"unfamiliar": 1}),  # a name that is a listed word
        ("They met Burns there, by the burns.", {"unfamiliar": 1}),  # a name is no inflection
        ("They met in Malaysia.", {"unfamiliar": 1, "complex": 0}),
        ("Nobody saw another grandmother.", {"polysyllables": 3, "complex": 0}),  # long and familiar
        ("They met at “Multilateral” talks.", {"unfamiliar": 1, "complex": 0}),
        ("He said, “Multilateral talks failed.”", {"complex": 1}),  # the capital of a quotation's first word
        ("The bookkeeper created trespasses.", {"polysyllables": 3, "complex": 0}),  # Gunning's own examples
        ("The bookkeepers saw the grandmother’s hat.", {"polysyllables": 2, "complex": 0}),
        ("The leadership was reasonable.", {"complex": 2}),  # no compounds of "ship" and "able"
        ("The cooperation mattered.", {"complex": 1}),
    ],
)
def test_names_and_hard_words(text, counts):
    found = counted(text)
    assert {name: found[name] for name in counts} == counts


def test_linsear_counts_a_sentence_by_its_share_inside_the_sample():
    found = counted("It was so good to be. " * 20)  # sixteen sentences of six words and four words of the next
    assert found["linsear_points"] == 100
    assert found["linsear_sentences"] == pytest.approx(16 + 4 / 6)


def test_an_unknown_way_to_count():
    with pytest.raises(FramingError, match="counts must be 'framing' or 'textstat', got 'spacy'"):
        Readability(counts="spacy").fit_transform([LONG])


def test_evidence_is_made_on_first_use(monkeypatch):
    found = Readability().extract(tokenize(LONG))
    assert callable(found.evidence)
    assert found.spans is found.spans
    assert set(found.spans["measure"]) == set(INDICES)
