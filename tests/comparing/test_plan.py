"""Plans: what of them holds, what deviates, and what the record of a run says of what was asked."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import framing
from framing.analysis import analyse
from framing.cli import main
from framing.codebook import load_codebook
from framing.comparing.claims import Claims
from framing.comparing.contrasts import compare
from framing.comparing.plan import Plan, read_plan
from framing.corpus import Corpus
from framing.errors import DesignError, FramingError
from framing.provenance import run_record

SAY = ["It rained on the port.", "They will not take sides.", "The two navies held joint exercises."]


def corpus_of(kinds=("a", "b", "c"), events=6):
    rng = np.random.default_rng(8)
    rows = [(f"e{e}", kind) for e in range(events) for kind in kinds]
    return Corpus.from_texts(
        [" ".join(rng.choice(SAY, size=8)) for _ in rows],
        event=[e for e, _ in rows], kind=[k for _, k in rows], source=[f"s{i % 4}" for i in range(len(rows))],
    )  # fmt: skip


@pytest.fixture(scope="module")
def corpus():
    return corpus_of()


def deviation(result):
    return next((note for note in result.notes if note.startswith("Deviates")), "")


def test_two_claims_give_two_records(corpus):
    analysis = analyse(corpus, extractors=["themes"])
    asked = [
        {}, {"method": "t"}, {"reference": "a"}, {"primary": "themes__defence"}, {"bounds": {"themes": 0.1}},
        {"bounds": {"themes": np.float32(0.2)}}, {"weights": "texts"}, {"plan": Plan.of(corpus, load_codebook(), Claims())},
    ]  # fmt: skip
    records = [run_record(compare(analysis, **options)) for options in asked]
    assert len({json.dumps(record["options"]) for record in records}) == len(asked)
    claims = records[3]["options"]["claims"]
    assert claims == {
        "primary": ("themes__defence",),
        "bounds": {},
        "reference": None,
        "method": None,
        "weights": "equal",
    }
    assert records[0]["options"]["plan_sha256"] is None
    assert records[-1]["options"]["plan_sha256"] == asked[-1]["plan"].sha256
    assert not any("statsmodels" in record["packages"] for record in records)


def test_the_record_names_what_fitted_a_mixed_model():
    statsmodels = pytest.importorskip("statsmodels")
    found = compare(corpus_of(("a", "b"), 21), extractors=["themes"], method="mixed")
    assert run_record(found)["packages"]["statsmodels"] == statsmodels.__version__


def test_an_analysis_of_excluded_articles_is_refused(corpus):
    plan = Plan.of(corpus, load_codebook(), Claims(), exclude={"source": ("s0",)})
    with pytest.raises(DesignError, match=r"excludes articles that the analysis holds: 1, 5, 9, 13, 17"):
        compare(analyse(corpus, extractors=["themes"]), plan=plan)
    kept = analyse(plan.keep(corpus))
    assert not deviation(compare(kept, plan=plan))


def test_a_value_to_exclude_that_no_article_has_is_refused(corpus):
    with pytest.raises(DesignError, match=r"unknown source to exclude 's00'.*Did you mean 's0'"):
        Plan.of(corpus, load_codebook(), Claims(), exclude={"source": ("s0", "s00")})


def test_what_is_excluded_as_planned_is_no_deviation(corpus):
    plan = Plan.of(corpus, load_codebook(), Claims(), exclude={"source": "s0"})
    assert plan.n_articles == 13
    frame = corpus.metadata.assign(text=[a.text for a in corpus])
    for own in (corpus, frame):
        result = compare(own, plan=plan)
        assert len(result.analysis.corpus) == 13 and not deviation(result)
    with pytest.raises(DesignError, match="unknown column of the plan's exclusions 'sorce'.*Did you mean 'source'"):
        compare(corpus, plan=replace(plan, exclude={"sorce": ("s0",)}))


def test_the_command_counts_what_is_kept(corpus, tmp_path):
    table, file = tmp_path / "texts.csv", tmp_path / "plan.toml"
    corpus.metadata.assign(text=[a.text for a in corpus]).to_csv(table, index=False)
    made = CliRunner().invoke(
        main, ["plan", str(table), "--exclude", "source=s0", "--exclude", "source=s1", "-o", str(file)]
    )
    assert made.exit_code == 0, made.output
    plan = read_plan(file)
    assert plan.exclude == {"source": ("s0", "s1")} and plan.n_articles == 8
    run = CliRunner().invoke(main, ["compare", str(table), "--plan", str(file)])
    assert run.exit_code == 0 and "As planned" in run.output and "Deviates" not in run.output
    wrong = CliRunner().invoke(main, ["plan", str(table), "--exclude", "s0"])
    assert wrong.exit_code == 2 and "expected COLUMN=VALUE" in wrong.output


def test_the_codebook_is_the_planned_one(corpus, tmp_path):
    plan = Plan.of(corpus, load_codebook("policy-frames"), Claims())
    result = compare(corpus, plan=plan)
    assert result.analysis.codebook.name == "policy-frames" and not deviation(result)
    with pytest.raises(DesignError, match="is not the one of that name that ships.*as codebook"):
        compare(corpus, plan=replace(plan, codebook_sha256="0" * 64))
    own = tmp_path / "sea.toml"
    own.write_text('[codebook]\nname = "sea"\nversion = "1"\nlanguage = "en"\n[themes.rain]\nterms = ["rain*"]\n')
    of_own = Plan.of(corpus, load_codebook(own), Claims())
    with pytest.raises(DesignError, match="'sea' 1 .*none of those that ship: give its file"):
        compare(corpus, plan=of_own)
    assert not deviation(compare(corpus, own, plan=of_own))
    assert "codebook: planned" in deviation(compare(corpus, "diplomacy", plan=of_own))


def test_only_the_planned_kinds_are_compared(corpus):
    plan = replace(Plan.of(corpus, load_codebook(), Claims()), kinds=("c", "a"))
    for own in (corpus, analyse(corpus)):
        result = compare(own, plan=plan)
        assert result.kinds == ("a", "c") and not deviation(result)
        assert set(result.contrasts["a"]) | set(result.contrasts["b"]) == {"a", "c"}
        assert set(result.values["kind"]) == set(result.stances["kind"]) == {"a", "c"}
        assert set(result.typical_sentences("themes__defence")["kind"]) == {"a", "c"}
        assert any(
            n.startswith("Of a kind that the plan does not name and so in no contrast: 2, 5") for n in result.notes
        )
    two = compare(Corpus(a for a in corpus if a.kind != "b"), plan=plan).contrasts
    pd.testing.assert_frame_equal(two, compare(corpus, plan=plan).contrasts)


def test_extractors_are_planned_too(corpus):
    plan = Plan.of(corpus, load_codebook(), Claims(), extractors=("themes", "stance"))
    result = compare(corpus, plan=plan)
    assert list(result.analysis.found) == ["themes", "stance"] and not deviation(result)
    assert "extractors: planned stance, themes, is themes" in deviation(
        compare(corpus, plan=plan, extractors=["themes"])
    )
    assert Plan.of(corpus, load_codebook(), Claims()).extractors[:3] == ("readability", "style", "themes")


def test_a_plan_written_by_hand_says_nothing_of_the_codebook(corpus, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text('[plan]\nkinds = ["a", "b", "c"]\nprimary = "themes__defence"\nexclude = {source = "s0"}\n')
    result = compare(corpus, plan=path)
    assert result.claims.primary == ("themes__defence",) and not deviation(result)
    assert "codebook" not in next(note for note in result.notes if note.startswith("As planned"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("bounds = 3", "bounds must be a table"),
        ('bounds = {themes = "wide"}', "the bound of themes must be a number"),
        ('exclude = "x"', "exclude must be a table"),
        ("exclude = {source = {a = 1}}", "exclude, source must be a label or a list"),
        ('inherited = "no"', "inherited must be true or false, got 'no'"),
        ("seed = -1", "seed must be a whole number from 0, got -1"),
        ("primary = [1]", r"primary must be a name or several of them, got \[1\]"),
        ("by = 3", "by must be a text, got 3"),
        ("method = []", r"method must be a text, got \[\]"),
        ('counts = "letters"', "counts must be 'framing' or 'textstat'"),
        ("n_articles = 1.5", "n_articles must be a whole number"),
    ],
)
def test_a_plan_with_a_value_of_another_type_is_a_clear_error(corpus, tmp_path, line, message):
    path = tmp_path / "plan.toml"
    path.write_text(f'[plan]\nkinds = ["a", "b"]\n{line}\n', encoding="utf-8")
    with pytest.raises(DesignError, match="plan.toml: " + message):
        compare(corpus, plan=path)


def test_years_are_labels_in_a_plan(corpus, tmp_path):
    years = Corpus.from_texts(
        [a.text for a in corpus], year=[2019 + i % 3 for i in range(18)], event=[a.event for a in corpus]
    )
    path = tmp_path / "plan.toml"
    path.write_text('[plan]\nkinds = [2019, 2020]\nby = "year"\nexclude = {event = ["e0"], year = 2021}\n')
    result = compare(years, plan=path, extractors="themes")
    assert result.kinds == ("2019", "2020") and not deviation(result)
    assert len(result.analysis.corpus) == 10 and list(result.analysis.found) == ["themes"]


def test_bounds_of_numpy_go_to_a_file_and_back(corpus, tmp_path):
    plan = Plan.of(corpus, load_codebook(), Claims(bounds={"themes": np.float64(0.25), "stance": np.int64(1)}))
    (tmp_path / "plan.toml").write_text(plan.text(), encoding="utf-8")
    assert read_plan(tmp_path / "plan.toml") == plan


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"plan": {"kinds": ["a", "b"]}}, "plan must be a framing.Plan or the path of its file"),
        ({"primary": 5}, "primary must be a name or several of them, got 5"),
        ({"method": ["t"]}, r"method must be one of .*, got \['t'\]"),
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"seed": True}, "seed must be a whole number from 0"),
        ({"seed": 1.5}, "seed must be a whole number from 0"),
        ({"bounds": {"themes": float("inf")}}, "above 0"),
        ({"bounds": {"themes": True}}, "above 0"),
    ],
)
def test_arguments_of_another_type_are_clear_errors(corpus, options, message):
    with pytest.raises(DesignError, match=message):
        compare(corpus, extractors=["themes"], **options)


def test_a_seed_of_numpy_is_a_seed(corpus):
    one, two = (compare(corpus, extractors=["themes"], seed=seed) for seed in (3, np.int64(3)))
    pd.testing.assert_frame_equal(one.contrasts, two.contrasts)
    assert type(two.seed) is int


def test_an_analysis_is_no_comparison(corpus, tmp_path):
    analysis = analyse(corpus, extractors=["themes"])
    for write in (framing.paper_table, lambda own: framing.write_comparison(own, tmp_path / "out")):
        with pytest.raises(FramingError, match="comparison must be what framing.compare returned"):
            write(analysis)
    assert not (tmp_path / "out").exists()
