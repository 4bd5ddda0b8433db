import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import framing
from framing.analysis import HEAD, Analysis, analyse, evidence
from framing.corpus import Corpus
from framing.errors import FramingError
from framing.scoring import features

PIECES = [
    "The United States imposed tariffs on steel.", "“We will not take sides,” the minister said.", "It rained.",
    "The two navies held joint exercises with Türkiye.", "Such moves have increased uncertainty.", "OSLO: Talks began.",
    "Critics condemned Washington, while Ankara was praised by envoys.", "A headline without mark", "\n\n", "\n", "…", "“",
    "He said ties with Türkiye have deepened; balance, he added, is strategic autonomy!", "US$30 billion? 2.5 per cent.",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join)
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS | ANY_TEXT)
def test_additive_measures_are_the_sum_of_their_evidence(text):
    found = analyse(Corpus.from_texts([text]))
    check_sums(found)
    for row in found.evidence.dropna(subset=["start"]).itertuples():
        assert 0 <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.text
    for row in found.sentences.itertuples():
        assert text[row.start : row.end] == row.text


def check_sums(found: Analysis):
    sums = found.evidence.groupby(["article", "measure"])["contribution"].sum()
    table = found.features.set_index("id")
    for name, measure in found.measures.items():
        for article, value in table[name].items():
            spans = found.evidence.query("article == @article and measure == @name")
            if not measure.additive:
                assert spans["contribution"].isna().all()
            elif np.isfinite(value):
                assert sums.get((article, name), 0.0) == pytest.approx(value, abs=1e-9), (article, name)
            else:
                assert spans.empty, (article, name)


def test_sums_on_the_sample_corpus(repository):
    check_sums(analyse(repository / "corpus"))


def test_sums_on_the_seeds(seeds):
    check_sums(analyse(seeds))


def test_shape_of_the_tables(three):
    found = analyse(three)
    assert found.features.columns.tolist()[:8] == list(HEAD)
    assert "readability__flesch_reading_ease" in found.features and "themes__non_alignment" in found.features
    for part in ("", "_author", "_quoted", "_paraphrased", "_directed", "_portrayal", "_n"):
        assert f"stance__united_states{part}" in found.features
    assert found.sentences.columns.tolist()[:8] == [
        "article",
        "sentence",
        "start",
        "end",
        "text",
        "voice",
        "relay",
        "duplicate_of",
    ]
    assert found.evidence.columns.tolist() == [
        "article", "measure", "sentence", "start", "end", "text", "rule", "inherited", "contribution",
    ]  # fmt: skip
    constant = found.evidence[found.evidence["rule"] == "constant"]
    assert len(constant) and constant[["sentence", "start", "end"]].isna().all().all()


def test_zero_and_missing_are_two_things(three):
    table = analyse(three).features.set_index("id")
    assert table.loc["wire", "stance__united_states"] == 0
    assert np.isnan(table.loc["official", "stance__united_states"])
    assert table.loc["wire", "themes__us_pressure"] == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty text"),
        ("Hello", "too short: 1 word"),
        ("... !!! ???", "no sentence"),
        ("Der Minister sprach gestern mit seiner Kollegin, und beide waren zufrieden, weil das Abkommen nun bald "
         "unterzeichnet wird und die Verhandlungen gut verlaufen sind.", "does not read as running text in a language the codebook covers"),
        ("It was short and good.", "too short for readability"),
    ],
)  # fmt: skip
def test_a_bad_article_stays_with_its_reason(text, reason):
    good = "The minister spoke about the weather and about the rain. " * 10
    table = features(Corpus.from_texts([text, good], ids=["bad", "good"])).set_index("id")
    assert reason in table.loc["bad", "problem"]
    assert np.isnan(table.loc["bad", "readability__flesch_reading_ease"])
    assert table.loc["good", "problem"] is None


def test_a_language_in_the_metadata_that_the_codebook_does_not_cover():
    table = features(Corpus.from_texts(["The minister spoke about the weather."], language=["ms"]))
    assert "language 'ms' is not covered" in table["problem"].item()
    assert table.filter(like="__").isna().all(axis=None)


def test_batches_do_not_change_results(three, monkeypatch):
    whole = features(three)
    monkeypatch.setattr("framing.scoring._BATCH", 1)
    pd.testing.assert_frame_equal(features(three), whole)
    pd.testing.assert_frame_equal(features(three, unit="sentence"), analyse(three).sentences)


def test_near_duplicates_are_named(seeds):
    sentences = analyse(seeds).sentences
    repeats = sentences.dropna(subset=["duplicate_of"])
    assert [(r.article, r.sentence, r.duplicate_of) for r in repeats.itertuples()] == [("000", 2, 1)]


def test_frames_and_strings_are_corpora_too():
    frame = pd.DataFrame({"id": [1, 2], "text": ["It rained today.", "It shone today."], "kind": ["a", "b"]})
    assert features(frame)["kind"].tolist() == ["a", "b"]
    assert features("It rained. It shone.")["n_sentences"].tolist() == [2]
    holes = pd.DataFrame({"text": ["It rained today.", None, float("nan")]})
    assert features(holes)["problem"].tolist()[1:] == ["empty text"] * 2
    with pytest.raises(FramingError, match="no column 'text'"):
        features(frame.drop(columns="text"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"unit": "word"}, "unit must be 'article' or 'sentence', got 'word'"),
        ({"extractors": ["tone"]}, "unknown extractor 'tone'; known: .*readability.*themes"),
        ({"extractors": "tone"}, "unknown extractor 'tone'"),
        ({"extractors": []}, "extractors must be one name or more"),
    ],
)
def test_bad_arguments(three, arguments, message):
    with pytest.raises(FramingError, match=message):
        features(three, **arguments)


def test_one_extractor_may_be_named_without_a_list(three):
    assert features(three, extractors="style").equals(features(three, extractors=["style"]))


def test_an_unknown_measure_is_answered_in_short_with_the_nearest_first(three):
    with pytest.raises(
        FramingError, match="^unknown measure 'themes__defense'. Did you mean 'themes__defence'"
    ) as near:
        evidence(three, measure="themes__defense")
    with pytest.raises(
        FramingError, match="^unknown measure 'flesch'. .*'readability__flesch_reading_ease'. Or: "
    ) as part:
        evidence(three, measure="flesch")
    with pytest.raises(FramingError, match=r"; known: .* and \d+ more.$") as none:
        evidence(three, measure="zzz")
    assert max(len(str(error.value)) for error in (near, part, none)) < 300


def test_evidence_of_one_measure(three):
    table = evidence(three, article="analysis", measure="themes__us_pressure")
    assert set(table["measure"]) == {"themes__us_pressure"}
    with pytest.raises(FramingError, match="unknown article 'x'; known: official, wire, analysis"):
        evidence(three, article="x")
    with pytest.raises(FramingError, match="unknown measure 'themes__war'"):
        evidence(three, measure="themes__war")


def test_results_print_well(three):
    found = framing.analyse(three)
    assert "3 articles" in repr(found)
    assert "<table" in found._repr_html_()


FOREIGN = {
    "nl": "De minister van Buitenlandse Zaken sprak gisteren in Den Haag met zijn collega over het verdrag, dat in het voorjaar "
          "is getekend en dat volgens hem goed was voor de handel en voor de boeren.",
    "it": "Il ministro ha incontrato ieri a Roma il suo collega per parlare del trattato che era stato firmato in primavera e che, "
          "secondo lui, aiuta il commercio e i contadini della regione.",
    "es": "El ministro se reunió ayer en Madrid con su colega para hablar del tratado que fue firmado en primavera y que, a su "
          "juicio, ha ayudado al comercio y a los agricultores de la zona.",
    "da": "Ministeren talte i går i København med sin kollega om aftalen, som blev underskrevet i foråret, og som efter hans "
          "mening var god for handelen og for alle de små landmænd i hele landet.",
    "pt": "O ministro falou ontem em Lisboa com o colega sobre o tratado que foi assinado na primavera e que, a seu ver, é bom "
          "para o comércio e para os agricultores da região.",
    "ms": "Menteri luar bertemu rakan sejawatnya semalam di Putrajaya untuk membincangkan perjanjian yang ditandatangani pada "
          "musim bunga dan yang baik untuk perdagangan serta petani.",
}  # fmt: skip


@pytest.mark.parametrize("code", FOREIGN)
def test_other_languages_are_not_scored_as_english(code):
    row = features([FOREIGN[code]]).iloc[0]
    assert "does not read as running text" in row["problem"]
    assert np.isnan(row["themes__defence"])


@pytest.mark.parametrize("code", ["en", "en-GB", "eng", "English", "British English"])
def test_english_by_any_name(code):
    assert (
        features(Corpus.from_texts(["The minister spoke about the rain."], language=[code]))["themes__defence"].item()
        == 0
    )


@pytest.mark.parametrize(
    ("debris", "said"),
    [
        ("<br>", "holds 1 HTML tag (<br>), counted as words"),
        ("<script>x</script>", "holds 2 HTML tags (<script>), counted as words"),
        ("&quot;No&quot; in T&uuml;rkiye", "holds 3 HTML entities (&quot;), counted as words"),
        ("â€œNo", "holds 1 garbled character (â€œ), counted as words"),
        ("In TÃ¼rkiye and EskiÅŸehir", "holds 2 garbled characters (Ã¼), counted as words"),
        ("It didn\ufffdt", "holds 1 lost character (U+FFFD), inside words"),
        ("\ufffdNo, in São Paulo, <he> said, AT&T; x < y > z, “Ä”", None),
    ],
)
def test_debris_that_counts_as_words_is_a_problem(debris, said):
    text = f"{debris}. " + "The ships of the state lay in the port, and they will be there for the day. " * 10
    problem = features([text])["problem"][0]
    assert problem == said if said is None else said in problem


def test_html_is_scored_with_a_warning():
    row = features(["<p>The United States imposed tariffs.</p> <br> It rained."]).iloc[0]
    assert "holds 3 HTML tags" in row["problem"] and row["themes__us_pressure"] > 0


def test_nothing_to_score_has_the_right_shape(three):
    assert features([], unit="sentence").columns.tolist() == analyse(three).sentences.columns.tolist()
