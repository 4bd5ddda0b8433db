import json
from math import comb

import numpy as np
import pandas as pd
import pytest
from scipy import stats as scipy_stats

import framing
from framing.comparing.contrasts import compare
from framing.comparing.design import INDEPENDENT, NO_SHARED, ONE_EVENT, PAIRED, SINGLE, ordered_kinds
from framing.comparing.pairs import COLUMNS
from framing.corpus import KINDS, Corpus, article_from
from framing.errors import DesignError
from framing.stats.interval import newcombe, wilson
from framing.stats.multiple import benjamini_hochberg, holm

WORDS = [
    "It rained on the port.",
    "They will not take sides.",
    "The two navies held joint exercises.",
    "Trade grew a little.",
]


def corpus_of(rng, kinds=("a", "b"), events=6, each=1, known=True):
    """Build texts of random sentences, `each` a kind and event."""
    texts, columns = [], {"kind": [], "event": []}
    for event in range(events):
        for kind in kinds:
            for _ in range(each):
                texts.append(" ".join(rng.choice(WORDS, size=12)))
                columns["kind"].append(kind)
                columns["event"].append(f"e{event}" if known else None)
    return Corpus.from_texts(texts, **columns)


def row(result, measure="themes__defence"):
    return result.contrasts.set_index("measure").loc[measure]


def test_paired_by_event(rng):
    result = compare(corpus_of(rng))
    one = row(result)
    values = result.values.query("measure == 'themes__defence'")
    d = values[values["kind"] == "a"]["value"].to_numpy() - values[values["kind"] == "b"]["value"].to_numpy()
    assert one["design"] == PAIRED
    assert one["difference"] == pytest.approx(d.mean()) == pytest.approx(one["mean_a"] - one["mean_b"])
    assert (one["ci_low"], one["ci_high"]) == pytest.approx(tuple(scipy_stats.ttest_1samp(d, 0).confidence_interval()))
    signs = np.array(np.meshgrid(*[[1, -1]] * 6)).reshape(6, -1).T
    assert one["p"] == pytest.approx(np.mean(np.abs(signs @ d) >= abs(d.sum()) - 1e-12))
    assert one["effect"] == pytest.approx((1 - 3 / (4 * 5 - 1)) * d.mean() / d.std(ddof=1))
    assert one["effect_name"] == "hedges_gz"
    known = result.contrasts.dropna(subset=["p"])
    assert known["p_adjusted"].to_numpy() == pytest.approx(scipy_stats.false_discovery_control(known["p"]))
    assert np.isnan(one["p_texts"])


def test_few_events_print_the_smallest_possible_p(rng):
    assert "3 events: smallest possible p 0.25" in row(compare(corpus_of(rng, events=3)))["note"]


def test_one_text_a_kind_gets_no_p_about_kinds(three):
    result = compare(three)
    table = result.contrasts
    assert table["p"].isna().all() and table["p_adjusted"].isna().all()
    assert set(table["design"]) == {SINGLE}
    assert "nothing is claimed about kinds" in result.design
    one = table.query("measure == 'themes__non_alignment' and b == 'wire-report'").iloc[0]
    assert 0 < one["p_texts"] <= 1
    k, n = (
        [result.analysis.sentences.query("article == @a")["themes__non_alignment"] for a in ("official", "wire")]
        for _ in "ab"
    )
    assert (one["ci_low"], one["ci_high"]) == pytest.approx(newcombe(k[0].sum(), len(k[0]), n[1].sum(), len(n[1])))
    assert table["note"].str.contains("no claim about kinds").sum() > 20


def test_the_seeds_get_intervals_of_their_own_sentences(seeds):
    table = compare(seeds).contrasts
    assert table["p"].isna().all()
    one = table.query("measure == 'themes__non_alignment' and a == 'wire-report'").iloc[0]
    assert one["difference"] < -0.3 and one["ci_high"] < 0 and one["p_texts"] < 0.01
    assert wilson(0, 19)[1] == pytest.approx(0.17, abs=0.005)
    missing = table.query("measure == 'stance__non_alignment' and b == 'wire-report'").iloc[0]
    assert np.isnan(missing["difference"]) and "missing in wire-report" in missing["note"]


def test_without_events_texts_are_independent(rng):
    result = compare(corpus_of(rng, each=2, events=4, known=False))
    one = row(result)
    assert one["design"] == INDEPENDENT
    assert "events unknown" in one["note"]
    assert one["effect_name"] == "hedges_g" and np.isfinite(one["p"])
    assert one["n_a"] == one["n_b"] == 8


def test_one_text_a_kind_without_events(three):
    result = compare(three.relabel("event", dict.fromkeys(["official", "wire", "analysis"])))
    lone = Corpus.from_texts([a.text for a in three], kind=[a.kind for a in three])
    for table in (compare(lone).contrasts,):
        assert set(table["design"]) == {INDEPENDENT}
        assert table["p"].isna().all()
        assert table["p_texts"].notna().any()
    assert result.contrasts["p"].isna().all()


def test_events_that_never_meet_are_not_silently_unpaired(rng):
    corpus = corpus_of(rng, events=4)
    apart = Corpus.from_texts(
        [a.text for a in corpus], kind=[a.kind for a in corpus], event=[f"{a.event}{a.kind}" for a in corpus]
    )
    one = row(compare(apart))
    assert one["design"] == NO_SHARED
    assert np.isnan(one["p"]) and np.isnan(one["ci_low"]) and np.isfinite(one["difference"])


def test_one_event_with_many_texts_claims_nothing(rng):
    inside = corpus_of(rng, events=1, each=5)
    stray = article_from("stray", "The two navies held joint exercises.", {"kind": "a", "event": "other"})
    one = row(compare(Corpus([*inside, stray])))
    assert one["mean_a"] == pytest.approx(
        compare(inside).values.query("measure == 'themes__defence' and kind == 'a'")["value"].mean()
    )
    assert one["design"] == ONE_EVENT
    assert np.isnan(one["p"]) and np.isnan(one["ci_low"])
    assert (one["n_a"], one["n_b"], one["n_events"]) == (5, 5, 1)


def test_equal_differences_give_no_interval():
    text = "They will not take sides. It rained. It rained again. Trade grew."
    corpus = Corpus.from_texts(
        [text, text.replace("not take sides", "go home")] * 4, kind=["a", "b"] * 4, event=list("aabbccdd")
    )
    one = row(compare(corpus), "themes__non_alignment")
    assert one["difference"] == pytest.approx(0.25)
    assert np.isnan(one["ci_low"]) and "equal differences in all events: no interval" in one["note"]


def test_any_labels_and_any_column(rng):
    corpus = corpus_of(rng, kinds=("z", "m", "wire-report"))
    assert ordered_kinds(["z", "analysis-piece", "m", "official-statement"]) == (
        "official-statement",
        "analysis-piece",
        "m",
        "z",
    )
    pairs = compare(corpus).contrasts[["a", "b"]].drop_duplicates().to_numpy().tolist()
    assert pairs == [["wire-report", "m"], ["wire-report", "z"], ["m", "z"]]
    outlets = Corpus.from_texts(
        [a.text for a in corpus], outlet=[a.kind for a in corpus], event=[a.event for a in corpus]
    )
    assert compare(outlets, by="outlet").kinds == ("wire-report", "m", "z")


def test_articles_without_a_label_are_named(rng):
    corpus = corpus_of(rng).relabel("kind", {"3": None})
    labels = [a.kind if a.id != "3" else None for a in corpus]
    partly = Corpus.from_texts([a.text for a in corpus], kind=labels, event=[a.event for a in corpus])
    assert "Without 'kind' and so in no contrast: 3." in compare(partly).notes


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("kinds", "unknown column 'kinds'.*Did you mean 'kind'"),
        ("source", "unknown column 'source'; known: id, kind, event"),
        ("event", "single label 'visit'"),
    ],
)
def test_what_cannot_be_compared(three, by, message):
    with pytest.raises(DesignError, match=message):
        compare(three, by=by)


def test_the_order_of_articles_does_not_matter_and_the_seed_does(rng):
    for known in (True, False):
        corpus = corpus_of(rng, events=16, known=known)
        first = compare(corpus, seed=3).contrasts
        turned = compare(Corpus(list(corpus)[::-1]), seed=3).contrasts
        pd.testing.assert_frame_equal(first, turned)
        other = compare(corpus, seed=4).contrasts
        assert (first["p"].dropna() != other["p"].dropna()).any()


def test_renderings(three):
    result = compare(three)
    table = result.render("table", everything=True)
    assert max(map(len, table.splitlines())) <= 80
    assert "higher in" in table and "Stance missing in official-statement, not zero" in table
    assert "| measure |" in result.render("md")
    assert result.render("csv").splitlines()[0].split(",") == list(COLUMNS)
    data = json.loads(result.render("json"))
    assert data["contrasts"][0]["p"] is None
    assert "<table" in result._repr_html_() and "Comparison of" in repr(result)
    with pytest.raises(DesignError, match="form must be"):
        result.render("pdf")


def test_long_names_fit_eighty_columns(rng):
    corpus = corpus_of(rng, kinds=("a kind with quite a long name indeed", "another kind with a long name"))
    assert max(map(len, compare(corpus).render(everything=True).splitlines())) <= 80


def test_html_is_escaped(three):
    kinds = dict(zip(["official", "wire", "analysis"], ["<b>", "<script>alert(1)</script>", "c"], strict=True))
    page = compare(three.relabel("kind", kinds))._repr_html_()
    assert "<script" not in page and "&lt;script&gt;" in page and "<b><b>" not in page and "&lt;b&gt;" in page


def test_kinds_are_the_default_designs():
    assert KINDS == ("official-statement", "wire-report", "analysis-piece")


def test_an_unknown_event_column_is_an_error_and_not_a_weaker_design(three):
    with pytest.raises(DesignError, match="unknown column 'events'.*Did you mean 'event'"):
        compare(three, event="events")


def test_reading_problems_show_when_too_few_labels_are_left():
    good = [article_from(str(i), "It rained on the port.", {"kind": "wire"}) for i in range(2)]
    bad = article_from("one", "It rained.", {}, "front matter is not valid YAML")
    with pytest.raises(DesignError, match=r"single label 'wire' in 3 articles.*Without a label: one \(front matter"):
        compare(Corpus([*good, bad]))


def test_nothing_comparable_is_an_error():
    with pytest.raises(
        DesignError, match="no measure has values in two of the kinds a, b. .*No text of b could be scored"
    ):
        compare(Corpus.from_texts(["It rained on the port.", "..."], kind=["a", "b"]))


def test_labels_that_differ_only_in_case_are_named(rng):
    assert "The labels 'FOX', 'fox' differ only in case." in compare(corpus_of(rng, kinds=("FOX", "fox"))).notes


def single_designs(three):
    lone = [(a.text, a.kind) for a in three]
    texts, kinds = [t for t, _ in lone], [k for _, k in lone]
    yield Corpus.from_texts(texts, kind=kinds, event=["x", "y", "z"])
    yield Corpus.from_texts(texts, kind=kinds, event=["x", None, None])
    yield Corpus.from_texts([*texts, ""], kind=[*kinds, "wire-report"], event=["x"] * 4)


def test_one_scored_text_a_kind_always_gets_what_can_be_said(three):
    for corpus in single_designs(three):
        table = compare(corpus).contrasts
        assert table["p"].isna().all()
        assert set(table["design"]) == {SINGLE}
        one = table.query("measure == 'themes__us_pressure'")
        assert one["p_texts"].notna().all() and one["ci_low"].notna().all()


def test_the_block_interval_lies_on_the_side_of_the_difference():
    hard = "The international organisations considered their extraordinarily complicated recommendations. " * 9
    easy = "The cat sat on the mat. The dog ran to the big old tree. It was a fine day. " * 5
    table = compare(
        Corpus.from_texts(
            [hard + "It rained.", easy + "Representatives deliberated."], kind=["a", "b"], event=["e", "e"]
        )
    )
    one = row(table, "readability__flesch_kincaid_grade")
    assert 0 < one["ci_low"] < one["difference"] < one["ci_high"]


def test_a_text_whose_clauses_are_all_alike_gives_no_interval():
    neutral, blamed = "Envoys flew to Washington. ", "Envoys condemned Washington. "
    corpus = Corpus.from_texts([neutral * 8, neutral * 4 + blamed * 4], kind=["a", "b"], event=["e", "e"])
    one = row(compare(corpus), "stance__united_states")
    assert np.isnan(one["ci_low"]) and "all clauses of a text are alike" in one["note"]
    few = Corpus.from_texts([(neutral + blamed) * 2, (neutral + blamed) * 4], kind=["a", "b"], event=["e", "e"])
    assert "fewer than 5 clauses" in row(compare(few), "stance__united_states")["note"]


def test_few_independent_texts_note_the_smallest_p(rng):
    one = row(compare(corpus_of(rng, events=2, known=False)))
    assert "2 and 2 texts: smallest possible p 0.333" in one["note"]


def test_shares_of_single_texts_have_wilson_intervals(seeds):
    result = compare(seeds)
    shares = result.shares.set_index(["measure", "article"])
    for article, (k, n) in {"000": (2, 26), "003": (0, 19)}.items():
        row = shares.loc[("themes__non_alignment", article)]
        assert (row["k"], row["n"], row["n_effective"]) == (k, n, n)
        assert (row["low"], row["high"]) == pytest.approx(wilson(k, n))
    assert (shares["low"].le(shares["share"] + 1e-12) & shares["high"].ge(shares["share"] - 1e-12)).all()
    words = shares.loc["voice__attributed_share"]
    assert (words["n_effective"] < words["n"] / 5).all()  # words of one sentence go together
    text = result.render()
    assert "0.0 (0.0 to 16.8)" in text and "cannot show that their kinds differ" in " ".join(text.split())
    assert "*" not in text and json.loads(result.render("json"))["shares"]


def test_no_number_of_the_table_is_a_bare_minus(rng, three):
    for corpus in (three, corpus_of(rng, kinds=("a", "b", "c"))):
        for line in compare(corpus).render(everything=True).splitlines():
            assert line.startswith(("pp =", "--")) or not any(w[0] == "-" and w[1:2].isdigit() for w in line.split()), (
                line
            )


def test_the_row_of_the_design_and_the_estimand_are_stated(rng):
    for events, row in ((3, "'2 to 5 events'"), (7, "'6 to 19 events'"), (20, "'20 events or more'")):
        result = compare(corpus_of(rng, events=events), extractors=["themes"])
        assert row in result.design and result.notes[0].startswith("Estimand: the mean over events")
    weighted = compare(corpus_of(rng), extractors=["themes"], weights="texts")
    assert "weigh by their number of texts" in weighted.notes[0]
    free = compare(corpus_of(rng, known=False), extractors=["themes"])
    assert "'no events'" in free.design and "over the texts of each kind" in free.notes[0]


def test_counts_are_rarefied_or_not_tested(rng):
    short, long = (
        "“It rained,” the minister said. It was cold. ",
        "“It rained,” Ms Tan said. “It snowed,” Mr Lim said. ",
    )
    texts = [short * 4, long * 8 + "Analysts said it was a cold day. " * 4] * 6
    corpus = Corpus.from_texts(texts, kind=["a", "b"] * 6, event=[f"e{i // 2}" for i in range(12)])
    result = compare(corpus)
    one = row(result, "sourcing__n_holders")
    assert "rarefaction" in one["note"] and "8 sentences" in one["note"]
    assert one["mean_a"] == pytest.approx(1.0)
    raw = result.analysis.features["sourcing__n_holders"]
    assert raw.max() > one["mean_b"] > 2
    other = row(result, "stance__united_states_n")
    assert np.isnan(other["p"]) and np.isnan(other["p_omnibus"]) and "not tested" in other["note"]
    assert np.isfinite(other["difference"])


def test_distinct_things_in_equally_many_sentences():
    text = "The two navies held joint exercises. It rained. They will not take sides. It rained."
    table = framing.distinct([text, text + " It rained." * 4, "It rained. It rained."])
    assert table["themes"].tolist() == [2, 2, 0] and set(table["of_sentences"]) == {2}
    assert table["themes_rarefied"].tolist() == pytest.approx([2 * (1 - 3 / 6), 2 * (1 - 21 / 28), 0])
    assert framing.distinct(["It rained. It shone.", "It rained."], m=2)["holders_rarefied"].isna().tolist() == [
        False,
        True,
    ]


def test_one_text_a_kind_does_not_differ_in_shares_of_words_because_its_sentences_are_longer():
    names = "harbour market river garden window table village mountain paper school street winter".split()
    short = [f"The {name} was quiet." for name in names]
    short[5] = "“The table was quiet,” he said."
    long = [
        f"The {name} was quiet because the people of the town had gone to the coast for the week." for name in names
    ]
    corpus = Corpus([article_from(k, " ".join(t), {"kind": k}) for k, t in (("short", short), ("long", long))])
    table = compare(corpus, extractors=["voice", "style"]).contrasts.set_index("measure")
    assert table.loc["voice__quoted_share", "p_texts"] > 0.2
    assert table.loc["style__mean_sentence_length", "p_texts"] < 0.01


def test_a_bound_for_nothing_in_particular_is_an_error_and_one_primary_measure_needs_no_list():
    corpus = corpus_of(np.random.default_rng(3))
    with pytest.raises(DesignError, match="bounds must be measures or families"):
        compare(corpus, bounds=0.05)
    found = compare(corpus, primary="themes__defence").contrasts
    assert found.loc[found["measure"] == "themes__defence", "family"].eq("primary").all()


def test_the_smallest_p_of_unequal_sides_is_that_of_the_texts_that_have_the_measure():
    quiet, navies = "It rained on the port. It was a cold day. ", "The two navies held joint exercises. It rained. "
    texts = [quiet * 2, quiet * 3, navies * 3, navies * 2, navies * 4, ""]
    corpus = Corpus.from_texts(texts, kind=["a", "a", "b", "b", "b", "b"])
    one = row(compare(corpus, extractors=["themes"]))
    assert one["p"] == pytest.approx(1 / 10)
    assert "2 and 3 texts: smallest possible p 0.1" in one["note"]


def test_holders_are_rarefied_pair_by_pair_and_missing_in_very_short_texts():
    holders = "“It rained,” Ms Tan said. “It snowed,” Mr Lim said. It was a cold day. "
    lengths = {"a": 4, "b": 3, "c": 2}
    texts, kinds, events = [], [], []
    for event in range(6):
        for kind, n in lengths.items():
            texts.append(holders * n)
            kinds.append(kind)
            events.append(f"e{event}")
    texts += ["“It rained,” Ms Tan said.", holders * 2]
    kinds += ["b", "c"]
    events += ["brief"] * 2
    result = compare(Corpus.from_texts(texts, kind=kinds, event=events), extractors=["sourcing"])
    table = result.contrasts.query("measure == 'sourcing__n_holders'").set_index(["a", "b"])
    assert "expected in 9 sentences" in table.loc[("a", "b"), "note"]
    assert "expected in 6 sentences" in table.loc[("b", "c"), "note"]
    assert table.loc[("b", "c"), "n_events"] == 6, "the text of one sentence is missing"
    n = result.analysis.features.set_index("id")["n_sentences"]
    assert sorted(set(n)) == [1, 6, 9, 12]
    # both holders stand in 4 of 12 sentences: 1 - C(8, 9) / C(12, 9) is 1; in 6: 1 - C(8, 6) / C(12, 6)
    assert table.loc[("a", "b"), "mean_a"] == pytest.approx(2.0)
    assert table.loc[("a", "c"), "mean_a"] == pytest.approx(2 * (1 - comb(8, 6) / comb(12, 6)))
    brief = Corpus.from_texts(["“It rained,” Ms Tan said."] * 2, kind=["a", "b"], event=["x", "x"])
    alone = row(compare(brief), "sourcing__n_holders")
    assert np.isnan(alone["difference"]) and "no text of 5 sentences or more" in alone["note"]


def test_a_verdict_needs_six_events_and_is_adjusted(rng):
    few = compare(corpus_of(rng, events=2), extractors=["themes", "style"], bounds={"themes": 5.0, "style": 500.0})
    assert set(few.contrasts.query("bound > 0")["verdict"]) <= {"inconclusive", ""}
    assert (few.contrasts["p_equivalence"] < 0.05).any()
    assert any("inconclusive below 6 events" in note for note in few.notes)
    apart = compare(corpus_of(rng, events=5, known=False), extractors=["themes"], bounds={"themes": 5.0})
    assert set(apart.contrasts["verdict"]) <= {"inconclusive", ""}
    corpus = corpus_of(rng, kinds=("a", "b", "c"), events=8)
    bounds = {"themes__defence": 0.12, "themes__non_alignment": 0.12}
    table = compare(corpus, extractors=["themes"], bounds=bounds, primary=["themes__defence"]).contrasts
    primary = table["measure"] == "themes__defence"
    np.testing.assert_allclose(table["p_equivalence_adjusted"][primary], holm(table["p_equivalence"][primary]))
    np.testing.assert_allclose(
        table["p_equivalence_adjusted"][~primary], benjamini_hochberg(table["p_equivalence"][~primary])
    )
    for one in table.query("verdict != ''").itertuples():
        assert (one.verdict == "equivalent") == (one.p_equivalence_adjusted < 0.05)
    assert (table["p_equivalence_adjusted"] > table["p_equivalence"]).any()


def test_a_mixed_model_is_of_the_events_that_the_row_is_of(rng):
    pytest.importorskip("statsmodels")
    inside = corpus_of(rng, events=21)
    only_a = [
        article_from(f"alone {i}", "The two navies held joint exercises. " * 12, {"kind": "a", "event": f"alone {i}"})
        for i in range(15)
    ]
    options = {"extractors": ["themes"], "method": "mixed"}
    one, more = (row(compare(corpus, **options)) for corpus in (inside, Corpus([*inside, *only_a])))
    assert one["method"].startswith("mixed model")
    columns = ["difference", "ci_low", "ci_high", "p", "mean_a", "mean_b", "n_events", "effect"]
    assert more[columns].tolist() == pytest.approx(one[columns].tolist(), rel=1e-4)
    assert more["difference"] == pytest.approx(more["mean_a"] - more["mean_b"], abs=1e-6)
    d = compare(inside, extractors=["themes"]).contrasts.set_index("measure").loc["themes__defence"]
    assert more["ci_high"] - more["ci_low"] == pytest.approx(d["ci_high"] - d["ci_low"], rel=1e-2), "20 df"
