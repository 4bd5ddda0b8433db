"""Claims, plans, robustness and typical sentences."""

import sys
from dataclasses import replace
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from scipy import stats as scipy_stats

import framing
from framing.cli import main
from framing.codebook import load_codebook
from framing.comparing.claims import Claims
from framing.comparing.contrasts import compare
from framing.comparing.mixed_model import mixed_difference
from framing.comparing.plan import Plan, read_plan
from framing.comparing.specifications import CHOICES, robustness, robustness_text
from framing.corpus import Corpus
from framing.errors import DesignError, FramingError, MissingDependencyError
from framing.stats.multiple import benjamini_hochberg, holm
from framing.stats.power import events_needed, power_of_t

SAY = [
    "It rained on the port.",
    "They will not take sides.",
    "The two navies held joint exercises.",
    "Washington threatened to impose tariffs.",
    "“The army will buy drones,” the minister said.",
]


def corpus_of(rng, kinds=("a", "b", "c"), events=8, known=True):
    texts, columns = [], {"kind": [], "event": [], "source": [], "title": []}
    for event in range(events):
        for number, kind in enumerate(kinds):
            p = np.array([4, 1, 1 + 2 * number, 1, 1]) / (8 + 2 * number)
            texts.append(" ".join(rng.choice(SAY, size=14, p=p)))
            columns["kind"].append(kind)
            columns["event"].append(f"e{event}" if known else None)
            columns["source"].append(f"s{event % 3}")
            columns["title"].append("Navies train together")
    return Corpus.from_texts(texts, **columns)


@pytest.fixture(scope="module")
def corpus():
    return corpus_of(np.random.default_rng(5))


def test_primary_contrasts_are_a_family_of_their_own(corpus):
    table = compare(corpus, primary=["themes__defence"]).contrasts
    primary = table["measure"] == "themes__defence"
    assert (table["family"] == np.where(primary, "primary", "exploratory")).all()
    assert table[primary]["p_adjusted"].tolist() == pytest.approx(holm(table[primary]["p"]).tolist())
    rest = table[~primary]
    np.testing.assert_allclose(rest["p_adjusted"], benjamini_hochberg(rest["p"]))


def test_verdicts_need_a_bound(corpus):
    table = compare(corpus, bounds={"themes": 0.5, "style__mattr": 1e-6}).contrasts.set_index("measure")
    assert (table.loc["themes__defence", "verdict"] == "equivalent").all()
    row = table.loc["themes__defence"].iloc[0]
    d = row["difference"], (row["ci_high"] - row["ci_low"]) / 2 / scipy_stats.t.ppf(0.975, 7)
    expected = max(scipy_stats.t.sf((d[0] + 0.5) / d[1], 7), scipy_stats.t.cdf((d[0] - 0.5) / d[1], 7))
    assert row["p_equivalence"] == pytest.approx(expected)
    assert set(table.loc["style__mattr", "verdict"]) <= {"different", "inconclusive", ""}
    assert (table.loc["voice__quoted_share", "verdict"] == "").all()


def test_a_reference_stands_second(corpus):
    table = compare(corpus, reference="b").contrasts
    assert set(zip(table["a"], table["b"], strict=True)) == {("a", "b"), ("c", "b")}


def test_weights_of_events_by_texts():
    texts = [
        "They will not take sides. It rained.",
        "It rained. It rained.",
        "It rained. It shone.",
        "It rained. It is.",
    ]
    texts = [" ".join([t] * 6) for t in texts]
    own = Corpus.from_texts(
        [*texts, texts[2], texts[2]], kind=["a", "b", "a", "b", "a", "b"], event=["x", "x", "y", "y", "y", "y"]
    )
    equal, by_texts = (
        compare(own, weights=w).contrasts.set_index("measure").loc["themes__non_alignment", "difference"]
        for w in ("equal", "texts")
    )
    assert (equal, by_texts) == pytest.approx((0.25, 0.5 * 2 / 6))


@pytest.mark.parametrize(
    "options, message",
    [
        ({"method": "percentile"}, "refused"),
        ({"method": "ols"}, "independent"),
        ({"method": "welch"}, "texts have events"),
        ({"method": "mixed"}, "needs 20 or more events"),
        ({"method": "magic"}, "unknown method"),
        ({"primary": ["themes__defense"]}, "Did you mean 'themes__defence'"),
        ({"bounds": {"themes": -1}}, "above 0"),
        ({"bounds": {"theme": 1}}, "Did you mean 'themes'"),
        ({"reference": "d"}, "unknown reference"),
        ({"weights": "words"}, "weights"),
    ],
)
def test_what_the_design_cannot_carry_is_refused(corpus, options, message):
    with pytest.raises(DesignError, match=message):
        compare(corpus, extractors=["themes", "style"], **options)


def test_methods_on_texts_without_events(rng):
    own = corpus_of(rng, kinds=("a", "b"), known=False)
    assert compare(own, method="welch").contrasts["method"].str.contains("Welch").any()
    with pytest.raises(DesignError, match="works on events"):
        compare(own, method="t")


def test_bootstrap_t_and_mixed_model_on_request(rng):
    own = corpus_of(rng, kinds=("a", "b"), events=22)
    plain, boot = (compare(own, extractors=["themes"], method=m).contrasts for m in (None, "bootstrap-t"))
    assert boot["method"].str.startswith("bootstrap-t").all()
    assert not np.allclose(plain["ci_low"], boot["ci_low"])
    pytest.importorskip("statsmodels")
    mixed = compare(own, extractors=["themes"], method="mixed").contrasts.set_index("measure").loc["themes__defence"]
    one = plain.set_index("measure").loc["themes__defence"]
    assert mixed["method"].startswith("mixed model")
    assert mixed["difference"] == pytest.approx(one["difference"], abs=0.01)
    assert mixed["ci_high"] - mixed["ci_low"] == pytest.approx(one["ci_high"] - one["ci_low"], rel=0.4)


def test_omnibus_stands_beside_pairs(corpus, rng):
    result = compare(corpus)
    by_measure = result.contrasts.groupby("measure")["p_omnibus"]
    assert (by_measure.nunique(dropna=False) == 1).all()
    assert result.contrasts.set_index("measure").loc["themes__defence", "p_omnibus"].iloc[0] < 0.2
    assert any("permuted within events" in note for note in result.notes)
    assert compare(corpus_of(rng, kinds=("a", "b"))).contrasts["p_omnibus"].isna().all()


def test_a_plan_goes_to_a_file_and_back(corpus, tmp_path):
    claims = Claims(primary=("themes__defence",), bounds={"themes": 0.05}, reference="b")
    plan = Plan.of(corpus, load_codebook(), claims, rules=('No "reprints"',), exclude={"source": ("s0",)})
    path = tmp_path / "plan.toml"
    path.write_text(plan.text(), encoding="utf-8")
    assert read_plan(path) == plan
    assert "34 events" in plan.power(2)


def test_a_comparison_says_what_is_as_planned(corpus, tmp_path):
    plan = Plan.of(corpus, load_codebook(), Claims(primary=("themes__defence",), reference="b"))
    kept = compare(corpus, plan=plan)
    assert set(kept.contrasts["b"]) == {"b"}
    assert not any("Deviates" in n for n in kept.notes)
    other = Corpus(list(corpus)[:-3])
    broken = next(n for n in compare(other, plan=plan, reference="a").notes if "Deviates" in n)
    assert (
        "reference: planned b, is a" in broken
        and "number of articles: planned 24, is 21" in broken
        and "texts" in broken
    )


def test_a_plan_excludes(corpus):
    plan = Plan.of(corpus, load_codebook(), Claims(), exclude={"source": ("s0",)})
    result = compare(corpus, plan=plan)
    assert "s0" not in set(result.analysis.features["source"])


@pytest.mark.parametrize("text", ["no toml", "[other]\n", "[plan]\nkind = 1\n", '[plan]\nkinds = ["a"]\n'])
def test_a_bad_plan_is_a_clear_error(corpus, tmp_path, text):
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DesignError, match="plan"):
        compare(corpus, plan=path)
    with pytest.raises(DesignError, match="framing plan"):
        compare(corpus, plan=tmp_path / "none.toml")


def test_robustness_begins_with_the_comparison_itself(corpus):
    found = robustness(corpus)
    table = compare(corpus, extractors=["themes", "stance"]).contrasts.set_index(["measure", "a", "b"])
    for row in found.summary.itertuples():
        one = table.loc[(row.measure, row.a, row.b)]
        assert row.as_compared == pytest.approx(one["difference"], nan_ok=True)
        first = found.specifications[
            (found.specifications["measure"] == row.measure)
            & (found.specifications["a"] == row.a)
            & (found.specifications["b"] == row.b)
        ].iloc[0]
        assert (first["ci_low"], first["p"]) == pytest.approx((one["ci_low"], one["p"]), nan_ok=True)
    n = np.prod([len(v) for v in CHOICES.values()])
    assert (found.specifications.groupby(["measure", "a", "b"]).size() == n).all()
    assert found.summary["lowest"].le(found.summary["highest"]).where(found.summary["median"].notna(), True).all()


def test_each_choice_does_what_it_says(corpus):
    specs = robustness(corpus, measures=["themes__defence"]).specifications
    specs = specs[(specs["a"] == "a") & (specs["b"] == "c")]
    plain = {name: values[0] for name, values in CHOICES.items()}

    def of(**changed):
        rows = specs
        for name, value in {**plain, **changed}.items():
            rows = rows[rows[name] == value]
        return rows["difference"].item()

    assert of(headline="in") == pytest.approx(of() * 14 / 15)
    quoted = [a.text.count("“") for a in corpus]
    navies = [a.text.count("navies") for a in corpus]
    shares = (
        pd.Series([n / (14 - q) for n, q in zip(navies, quoted, strict=True)]).groupby([a.kind for a in corpus]).mean()
    )
    assert of(quotations="out") == pytest.approx(shares["a"] - shares["c"])
    with pytest.raises(DesignError, match="unknown measure"):
        robustness(corpus, measures=["themes__defense"])


def test_repeated_sentences_can_be_left_out():
    long = "The two navies held a large joint exercise off the northern coast for nine days in the spring of last year."
    texts = [
        f"{long} {long} It rained. It shone.",
        "It rained. It shone.",
        f"{long} It rained.",
        "It rained. It shone.",
    ]
    own = Corpus.from_texts(texts, kind=["a", "b", "a", "b"], event=["x", "x", "y", "y"])
    specs = robustness(own, measures=["themes__defence"]).specifications.iloc[:, 3:].set_index("duplicates")
    assert specs["difference"].loc["in"].iloc[0] == pytest.approx(0.5)
    assert specs["difference"].loc["out"].iloc[0] == pytest.approx((1 / 3 + 1 / 2) / 2)


def test_typical_sentences_carry_the_score(corpus):
    table = compare(corpus).typical_sentences("themes__defence", 2)
    assert table.groupby("kind").size().tolist() == [2, 2, 2]
    assert table["text"].str.contains("navies|army").all()
    assert (table.groupby("kind")["article"].nunique() == 2).all()
    assert table["contribution"].tolist() == pytest.approx([1 / 14] * 6)
    with pytest.raises(DesignError, match="unknown measure"):
        compare(corpus).typical_sentences("themes__x")


def test_a_curve_is_what_the_figure_draws(corpus):
    found = robustness(corpus, measures=["themes__defence"])
    one, two = found.curve("themes__defence", "a", "c"), found.curve("themes__defence", "c", "a")
    assert list(one.columns) == ["measure", *CHOICES, "a", "b", "estimate", "low", "high"] and len(one) == 128
    np.testing.assert_allclose(one["estimate"], -two["estimate"])
    np.testing.assert_allclose(one["low"], -two["high"])
    assert (one["low"].dropna() <= one["estimate"][one["low"].notna()]).all()
    axes = framing.figures.specification_curve(one)
    assert len(axes.lines) >= 2
    assert axes.get_title(loc="left") == "defence: a minus c"
    assert axes.get_figure()._supxlabel.get_text().startswith("Above zero: higher in a.")
    with pytest.raises(FramingError, match="the table is of 2 contrasts; give one"):
        framing.figures.specification_curve(pd.concat([one, two]))
    with pytest.raises(DesignError, match="'readability__smog_index' is not varied: robustness takes theme shares"):
        robustness(corpus, measures=["readability__smog_index"])
    with pytest.raises(DesignError, match="there are: themes__defence of a and b"):
        found.curve("themes__defence", "a", "x")


def test_the_joint_p_flips_whole_events(corpus):
    found = robustness(corpus, measures=["themes__defence"])
    row = found.summary[(found.summary["a"] == "a") & (found.summary["b"] == "c")].iloc[0]
    assert row["p_joint"] * 2**8 == pytest.approx(round(row["p_joint"] * 2**8))
    assert row["p_joint"] >= 2 / 2**8
    curve = found.curve("themes__defence", "a", "c")["estimate"]
    assert (row["median"], row["lowest"], row["highest"]) == pytest.approx((curve.median(), curve.min(), curve.max()))
    assert row["same_sign"] == pytest.approx((np.sign(curve) == np.sign(curve.median())).mean())
    text = robustness_text(found.summary)
    assert max(map(len, text.splitlines())) <= 80 and " -" not in text


def test_the_mixed_model_of_one_text_a_cell_is_the_paired_t_test(rng):
    pytest.importorskip("statsmodels")
    level = rng.normal(0, 2, 30)
    d = rng.normal(0.5, 1, 30)
    y = np.concatenate([level + d / 2, level - d / 2])
    found = mixed_difference(y, np.arange(60) < 30, np.tile(np.arange(30), 2))
    theirs = scipy_stats.ttest_rel(y[:30], y[30:])
    assert found[0] == pytest.approx(d.mean(), abs=1e-6)
    assert found[1] == pytest.approx(d.std(ddof=1) / 30**0.5, rel=1e-3)
    assert found[2] == pytest.approx(theirs.pvalue, rel=1e-2) and found[3] == 29


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.api", None)
    with pytest.raises(MissingDependencyError, match=r"statsmodels.*pip install 'framing\[mixed\]'"):
        mixed_difference([1.0, 2.0], [True, False], ["e", "e"])


def test_the_page_on_statistics_tells_the_computed_numbers(corpus):
    page = resources.files("framing.stats").joinpath("STATISTICS.md").read_text(encoding="utf-8")
    for effect in (0.3, 0.5, 0.8):
        cells = " | ".join(str(events_needed(effect, 0.8, 0.05 / n)) for n in (1, 3, 9))
        assert f"| {str(effect)[1:]} sd | {cells} |" in page
    plan = Plan.of(corpus, load_codebook(), Claims(primary=("themes__defence",)))
    text = plan.power(3, Plan.n_events_of(corpus, "kind", "event"))
    assert "0.5 sd                      34                  45" in text
    assert f"With the 8 events of this corpus the chance is {power_of_t(8, 0.5, 0.05 / 3):.0%}" in " ".join(
        text.split()
    )
    run = CliRunner().invoke(main, ["plan", "--statistics"])
    assert run.exit_code == 0 and run.output == page


def test_skewed_differences_are_noted(rng):
    texts, kinds = [], []
    for event in range(12):
        texts += [
            "The two navies held joint exercises. " * (9 if event == 3 else 0) + "It rained. " * 10,
            "It rained. It shone. " * 5,
        ]
        kinds += ["a", "b"]
    own = Corpus.from_texts(texts, kind=kinds, event=[f"e{i // 2}" for i in range(24)])
    result = compare(own, extractors=["themes"])
    assert "bootstrap-t" in result.contrasts.set_index("measure").loc["themes__defence", "note"]
    assert any("skewed event differences" in n for n in result.notes)
    boot = compare(own, extractors=["themes"], method="bootstrap-t").contrasts.set_index("measure")
    assert "see bootstrap-t" not in boot.loc["themes__defence", "note"]


PLAIN = {name: values[0] for name, values in CHOICES.items()}


def differences(corpus, measure, **changed):
    """Return the difference as compared, and under each of some choices by itself."""
    specs = robustness(corpus, measures=measure).specifications
    found = []
    for own in ({}, *({name: value} for name, value in changed.items())):
        rows = specs
        for name, value in {**PLAIN, **own}.items():
            rows = rows[rows[name] == value]
        found.append(rows["difference"].item())
    return found


def two_of(first, second, **columns):
    return Corpus.from_texts([first, second], kind=["a", "b"], event=["x", "x"], **columns)


def test_words_weigh_sentences_by_their_length():
    """One of two sentences raises defence, by 6 of 10 words; none does in the other text."""
    corpus = two_of("The two navies held joint exercises. It rained last night.", "It rained. It shone on the port.")
    assert differences(corpus, "themes__defence", unit="words") == pytest.approx([1 / 2, 6 / 10])


def test_words_weigh_clauses_by_their_length():
    """One clause is for and one against in the first text; the clauses of the second are neutral."""
    praise, blame = "Critics hailed Washington.", "Many critics of the city condemned Washington."
    corpus = two_of(f"{praise} {blame}", "Envoys flew to Washington. Envoys flew to Washington.")
    clauses = framing.analyse(corpus, extractors=["stance"]).units("stance__united_states").query("article == 0")
    length = dict(zip(clauses["polarity"], clauses["end"] - clauses["start"], strict=True))
    assert set(length) == {1.0, -1.0} and length[1.0] != length[-1.0]
    expected = (length[1.0] - length[-1.0]) / (length[1.0] + length[-1.0])
    assert differences(corpus, "stance__united_states", unit="words") == pytest.approx([0.0, expected])


def test_the_strict_codebook_asks_for_two_finds_in_a_sentence():
    """Two sentences of three raise defence, one of them by two finds."""
    two, one, none = "The two navies held joint exercises.", "They held a joint exercise.", "It rained."
    corpus = two_of(f"{two} {one} {none}", f"{none} {none} {none}")
    spans = framing.analyse(corpus, extractors=["themes"]).evidence.query("measure == 'themes__defence'")
    assert spans["sentence"].value_counts().to_dict() == {1: 2, 2: 1}
    assert differences(corpus, "themes__defence", codebook="strict") == pytest.approx([2 / 3, 1 / 3])


def test_the_strict_codebook_leaves_acts_of_the_target_out():
    """The target's own act is against it by portrayal; what is said of it is for it."""
    corpus = two_of("Washington imposed tariffs. Critics hailed Washington.", "Envoys flew to Washington.")
    features = framing.features(corpus, extractors=["stance"]).set_index("id")
    assert features.loc["1", ["stance__united_states_portrayal", "stance__united_states_directed"]].tolist() == [-1, 1]
    assert differences(corpus, "stance__united_states", codebook="strict") == pytest.approx([0.0, 1.0])


def test_events_weigh_by_their_texts():
    """One event of two texts with a difference of 1, one of four with 0."""
    raised, none = "The two navies held joint exercises.", "It rained."
    corpus = Corpus.from_texts(
        [raised, none, none, none, none, none], kind=["a", "b"] * 3, event=["x", "x", "y", "y", "y", "y"]
    )
    assert differences(corpus, "themes__defence", weights="texts") == pytest.approx([1 / 2, 2 / 6])


def test_intervals_and_p_weigh_events_too(rng):
    more = corpus_of(rng, kinds=("a", "b"), events=7)
    own = Corpus([*more, *(replace(a, id=f"{a.id} again") for a in list(more)[:6])])
    specs = robustness(own, measures="themes__defence", seed=2).specifications
    for weights in ("equal", "texts"):
        rows = specs
        for name, value in {**PLAIN, "weights": weights}.items():
            rows = rows[rows[name] == value]
        one = compare(own, extractors=["themes"], weights=weights).contrasts.set_index("measure").loc["themes__defence"]
        for column in ("difference", "ci_low", "ci_high", "p"):
            assert rows[column].item() == pytest.approx(one[column]), (weights, column)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"measures": []}, "measures must be theme shares or overall stances"),
        ({"measures": 5}, "measures must be a name or several"),
    ],
)
def test_robustness_refuses_what_has_no_meaning(corpus, options, message):
    with pytest.raises(DesignError, match=message):
        robustness(corpus, **options)
