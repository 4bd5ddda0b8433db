"""Words: keyness, distances and shifts with labels."""

import gzip
import json
import math
import re
from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import framing
from framing.corpus import Corpus
from framing.errors import DesignError, FramingError
from framing.lookup import cased_form
from framing.names import names
from framing.tokens import tokenize
from framing.words.counts import word_counts

PLAIN = "the old port took in a ship and their crew went to town".split()


def corpus_of(rng, kinds=("a", "b"), events=8, known=True, each=1, length=60):
    """Build texts of random words; texts of the first kind say "grain" more often."""
    texts, columns = [], {"kind": [], "event": []}
    for event in range(events):
        for number, kind in enumerate(kinds):
            for _ in range(each):
                words = rng.choice(
                    [*PLAIN, "grain"], size=length, p=[(0.98 if number else 0.9) / 13] * 13 + [0.02 if number else 0.1]
                )
                texts.append(". ".join(" ".join(words[i : i + 10]).capitalize() for i in range(0, length, 10)) + ".")
                columns["kind"].append(kind)
                columns["event"].append(f"e{event}" if known else None)
    return Corpus.from_texts(texts, **columns)


def test_words_and_runs_are_counted_as_they_stand():
    tokens = tokenize(["Non-aligned states met. The states' non-aligned bloc, the bloc.", "", "Met."])
    found = word_counts(tokens)
    assert dict(zip(found.terms, found.matrix.toarray()[0], strict=True)) == {
        "non-aligned": 2, "states": 2, "met": 1, "the": 2, "bloc": 2,
    }  # fmt: skip
    assert found.matrix.sum(axis=1).ravel().tolist()[0] == tokens.n_words.tolist()
    runs = word_counts(tokens, 2)
    assert (
        sorted(runs.terms)
        == [
            "bloc the",
            "non-aligned bloc",
            "non-aligned states",
            "states met",
            "states non-aligned",
            "the bloc",
            "the states",
        ][1:]
    )
    assert word_counts(tokens, 3).matrix.shape == (3, 3)
    assert word_counts(tokens, by_sentence=True).matrix.sum(axis=1).ravel().tolist()[0] == [3, 6, 1]
    assert word_counts(tokenize([""]), 2).matrix.shape == (1, 0)


def test_words_in_capitals_are_not_the_words_in_small_letters():
    text = "The US told us to go. Who knows who the WHO asked? It is IT’s fault. The US’s US-led NATO, that is Nato. WHO IS IT?"
    terms = word_counts(tokenize([text]))
    count = dict(zip(terms.terms, terms.matrix.toarray()[0].astype(int), strict=True))
    assert [count[w] for w in ("US", "us", "WHO", "who", "IT", "it", "US-led")] == [2, 1, 1, 3, 1, 2, 1]
    assert count["nato"] == 2
    assert "NATO" not in count
    runs = word_counts(tokenize([text]), 2)
    assert {"the US", "told us", "the WHO"} <= set(runs.terms)
    left = {term for term in terms.without(frozenset(["us"])).terms if term.lower() == "us"}
    assert not left


def test_a_shift_and_a_distance_tell_capitals_apart():
    texts = ["The US asked the others to wait."] * 2 + ["They asked us and the others to wait."] * 2
    corpus = Corpus.from_texts(texts, kind=["a", "a", "b", "b"])
    assert {"US", "us"} <= set(framing.word_shift(corpus).table["word"])
    lower = Corpus.from_texts([text.lower() for text in texts], kind=["a", "a", "b", "b"])
    apart, merged = (framing.distances(c, over=["words"]).table.loc[0, "jsd"] for c in (corpus, lower))
    assert apart > merged


def capital(string):
    word = cased_form(string)
    return word.isupper() and sum(map(str.isalpha, word)) > 1


def test_keyness_equals_a_naive_computation_on_brown(shared):
    with gzip.open(shared / "data" / "brown-genres" / "open.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [r for r in rows if r["category"] in ("news", "government")]
    corpus = Corpus.from_texts([" ".join(r["sentences"]) for r in rows], kind=[r["category"] for r in rows])
    found = framing.keyness(corpus, ngrams=(1,), n_resamples=0, min_count=3, prior=400).table
    counts = {"government": Counter(), "news": Counter()}
    whole = tokenize(corpus)
    strings = [whole.types.strings[i] for i in whole.word]
    small = {whole.norm(i) for i, string in enumerate(strings) if string.islower()}
    named = {whole.norm(i) for i in np.flatnonzero(names(whole)) if not capital(strings[i])}
    for article in corpus:
        tokens = tokenize([article])
        strings = [tokens.types.strings[i] for i in tokens.word]
        mixed = {tokens.sentence[i] for i, string in enumerate(strings) if string.islower()}

        def term(i, tokens=tokens, strings=strings, mixed=mixed):
            norm = tokens.norm(i)
            own = capital(strings[i]) and tokens.sentence[i] in mixed and not (norm in named and norm not in small)
            return cased_form(strings[i]) if own else norm

        for i in range(len(tokens.word)):  # word by word, hyphens joined
            if not tokens.glued[i]:
                parts = [term(i)]
                while i + 1 < len(tokens.word) and tokens.glued[i + 1]:
                    i += 1
                    parts.append(term(i))
                counts[article.kind]["-".join(parts)] += 1
    x, y = counts["government"], counts["news"]
    n_x, n_y = sum(x.values()), sum(y.values())
    terms = [t for t in x | y if x[t] + y[t] >= 3]
    assert set(found["term"]) == set(terms) and len(terms) > 2_000
    for row in found.itertuples():
        a = 400 * (x[row.term] + y[row.term]) / (n_x + n_y)
        i, j = x[row.term] + a, y[row.term] + a
        value = math.log(i / (n_x + 400 - i)) - math.log(j / (n_y + 400 - j))
        assert row.log_odds == pytest.approx(abs(value), abs=1e-10)
        assert row.z == pytest.approx(abs(value) / math.sqrt(1 / i + 1 / j), abs=1e-10)
        side = "more in government" if value > 0 else "more in news"
        assert row.side == (side if abs(value) > 1e-12 else row.side)
    top = found[found["side"] == "more in news"]["term"].head(40).tolist()
    assert {"said", "he"} <= set(top)


def test_sides_are_words_and_sizes_have_no_sign(rng):
    corpus = corpus_of(rng)
    one = framing.keyness(corpus, pair=("a", "b")).table
    two = framing.keyness(corpus, pair=("b", "a")).table
    assert one.set_index("term").loc["grain", "side"] == "more in a"
    assert (one[["log_odds", "z", "g2"]] >= 0).all().all()
    merged = one.merge(two, on="term")
    assert len(merged) == len(one) and (merged["side_x"] == merged["side_y"]).all()
    np.testing.assert_allclose(merged["z_x"], merged["z_y"])
    np.testing.assert_allclose(merged["p_x"], merged["p_y"])
    assert one["p"].between(2 / 2**8, 1).all()
    assert one.set_index("term").loc["grain", "p"] < 0.05


def test_p_permutes_whole_texts_within_events(rng):
    corpus = corpus_of(rng, events=5)
    row = framing.keyness(corpus, ngrams=(1,)).table.set_index("term").loc["grain"]
    grain = np.array([len(re.findall("grain", a.text, re.I)) for a in corpus])
    first = np.array([a.kind == "a" for a in corpus])
    signs = (np.arange(32)[:, None] >> np.arange(5)) & 1
    labels = np.where(np.arange(10) % 2, 1 - signs[:, np.arange(10) // 2], signs[:, np.arange(10) // 2]) == 1
    size = [abs(grain[own].sum() - grain[~own].sum()) for own in labels]
    assert row["p"] == pytest.approx(np.mean(np.array(size) >= abs(grain[first].sum() - grain[~first].sum())))


def test_equal_counts_in_longer_texts_are_no_difference(rng):
    texts = []
    for event in range(4):
        for extra in (12, 0):  # texts of the first kind are longer in every event
            words = [*PLAIN * 4, *rng.choice(PLAIN, extra), "salt", "salt", *["grain"] * (3 if extra else 0)]
            words += ["barley"] * (1 + (event == 0))
            texts.append(" ".join(rng.permutation(words)).capitalize() + ".")
    corpus = Corpus.from_texts(texts, kind=["a", "b"] * 4, event=[f"e{i // 2}" for i in range(8)])
    found = framing.keyness(corpus, ngrams=(1,)).table.set_index("term")
    assert found.loc["salt", "count_a"] == found.loc["salt", "count_b"] == 8
    assert found.loc["salt", "p"] == 1 and found.loc["barley", "p"] == 1
    assert found.loc["grain", "p"] == 2 / 2**4
    # many events: half an occurrence in all is little, and the labels still cannot change the counts
    many = Corpus.from_texts(texts * 5, kind=["a", "b"] * 20, event=[f"e{i // 2}" for i in range(40)])
    found = framing.keyness(many, ngrams=(1,), n_resamples=999).table.set_index("term")
    assert found.loc["salt", "p"] == found.loc["barley", "p"] == 1 and found.loc["grain", "p"] < 0.01


def test_p_without_events_takes_half_an_occurrence_off():
    long, short = "salt " + "the old port " * 40, "salt " + "the old port " * 20
    texts = [f"{t.capitalize()}." for t in (*[long] * 6, *[short] * 6)]
    texts[0] = texts[0].replace("Salt", "Port")
    found = framing.keyness(Corpus.from_texts(texts, kind=["a"] * 6 + ["b"] * 6), ngrams=(1,)).table.set_index("term")
    assert (found.loc["salt", "count_a"], found.loc["salt", "count_b"]) == (5, 6)
    counts, totals = np.array([0] + [1] * 11), np.array([121] * 6 + [61] * 6)
    sizes = []
    for own in map(list, combinations(range(12), 6)):
        n_a, n_b = totals[own].sum(), totals.sum() - totals[own].sum()
        x = counts[own].sum()
        sizes.append(max(0.0, abs(x / n_a - (11 - x) / n_b) - (1 / n_a + 1 / n_b) / 2))
    assert found.loc["salt", "p"] == pytest.approx(np.mean(np.array(sizes) >= sizes[0] - 1e-9))


def test_a_word_of_one_text_is_not_key(rng):
    plain = list(corpus_of(rng, known=False, events=20))
    texts = [a.text for a in plain]
    texts[0] += " Otters." * 60
    found = framing.keyness(Corpus.from_texts(texts, kind=[a.kind for a in plain]), ngrams=(1,)).table.set_index("term")
    assert found.loc["otters", "z"] > 2.5 and found.loc["otters", "p"] > 0.5
    assert (found.loc["otters", "texts_a"], found.loc["otters", "texts_b"]) == (1, 0)
    assert found.loc["grain", "p"] < 0.01


def test_random_labels_keep_the_level(rng):
    hits = []
    for seed in range(6):
        corpus = corpus_of(np.random.default_rng(seed), kinds=("a", "a"), known=False, events=15)
        shuffled = Corpus.from_texts([a.text for a in corpus], kind=rng.permutation(["a", "b"] * 15).tolist())
        hits += (framing.keyness(shuffled, ngrams=(1, 2), n_resamples=999).table["p"] <= 0.05).tolist()
    assert len(hits) > 300 and 0.01 < np.mean(hits) < 0.1


def test_two_stages_agree_with_one(rng):
    corpus = corpus_of(rng, known=False, events=20)
    few, many = (framing.keyness(corpus, n_resamples=n).table.set_index("term")["p"] for n in (999, 9_999))
    assert (few - many).abs().max() < 0.06 and many.min() < 0.001 < few.min() + 1e-9


def test_more_than_two_kinds(rng):
    corpus = corpus_of(rng, kinds=("a", "b", "c"))

    def pairs(**options):
        return framing.keyness(corpus, n_resamples=0, **options).table[["a", "b"]].drop_duplicates().to_numpy().tolist()

    assert pairs() == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert pairs(reference="a") == [["b", "a"], ["c", "a"]]
    assert pairs(rest=True) == [[k, "all others"] for k in "abc"]
    rest = framing.keyness(corpus, rest=True, ngrams=(1,)).table.set_index(["a", "term"])
    assert rest.loc[("a", "grain"), "side"] == "more in a"
    assert rest.loc[("b", "grain"), "side"] == "more in all others"
    assert (
        rest.loc[("a", "grain"), ["count_a", "count_b"]].sum() == rest.loc[("c", "grain"), ["count_a", "count_b"]].sum()
    )


@pytest.mark.parametrize(
    "options, message",
    [
        ({"pair": ("a", "x")}, "unknown label 'x'"),
        ({"pair": ("a", "a")}, "two different labels"),
        ({"reference": "x"}, "unknown reference 'x'"),
        ({"reference": "a", "rest": True}, "give one of pair, reference and rest"),
        ({"pair": 5}, "pair must be two different labels, got 5"),
        ({"pair": "ab"}, "pair must be two different labels, got 'ab'"),
        ({"ngrams": ()}, "whole numbers from 1 to 5"),
        ({"ngrams": 2}, r"ngrams must be a list of lengths, got 2. Write ngrams=\[2\]"),
        ({"ngrams": "12"}, "whole numbers from 1 to 5"),
        ({"min_count": 0}, "min_count must be a whole number from 1"),
        ({"prior": 0}, "prior must be"),
        ({"prior": "x"}, "prior must be a number of words above 0, got 'x'"),
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"without": 5}, "without must be a name or several of them, got 5"),
        ({"by": "outlet"}, "unknown column 'outlet'"),
    ],
)
def test_what_has_no_meaning_is_refused(rng, options, message):
    with pytest.raises(DesignError, match=message):
        framing.keyness(corpus_of(rng), **options)


def test_one_text_a_kind_gets_no_p_and_a_note(three):
    found = framing.keyness(three, min_count=1)
    assert found.table["p"].isna().all() and found.table["p_adjusted"].isna().all()
    assert any("No single word separates kinds" in n for n in found.notes)
    assert "p adj" not in found.render() and "*" not in found.render()
    apart = framing.distances(three).table
    assert apart["p"].isna().all() and apart["p_texts"].between(0.001, 1).all()


def test_no_word_separates_the_seeds(seeds):
    found = framing.keyness(seeds, ngrams=(1,), min_count=2)
    reach, n = map(int, re.match(r"One text a kind: (\d+) of (\d+) terms", found.notes[0]).groups())
    assert n == len(found.table) > 300 and reach < 0.02 * n
    table = framing.distances(seeds, over=["words"]).table
    assert (table["null_mean"] > 0.4).all() and (table["jsd"] > table["null_mean"]).all()


def test_distances_stand_beside_their_null(rng):
    corpus = corpus_of(rng, events=10, length=200)
    found = framing.distances(corpus)
    assert found.table["null_low"].le(found.table["null_mean"]).all()
    words = found.table.set_index("over").loc["words"]
    assert words["jsd"] > words["null_high"] and words["p"] <= 0.01
    assert f"{words['null_mean']:.3f} ({words['null_low']:.3f} to {words['null_high']:.3f})" in found.render()
    same = Corpus.from_texts([a.text for a in corpus], kind=rng.permutation(["a", "b"] * 10).tolist())
    assert framing.distances(same, over=["words"]).table["p"].item() > 0.02
    with pytest.raises(DesignError, match="never|from 99"):
        framing.distances(corpus, n_resamples=0)
    with pytest.raises(DesignError, match="over must be"):
        framing.distances(corpus, over=["letters"])


def test_the_exact_null_of_few_texts(rng):
    corpus = corpus_of(rng, events=4, length=200)
    p = framing.distances(corpus, over=["words"]).table["p"].item()
    assert p * 16 == pytest.approx(round(p * 16)) and p >= 2 / 16


def test_designs_that_carry_no_p_about_kinds(rng):
    one = corpus_of(rng, events=1, each=4)
    apart = Corpus.from_texts([a.text for a in one], kind=[a.kind for a in one], event=[a.kind for a in one])
    for corpus, word in ((one, "one event"), (apart, "no shared event")):
        assert framing.keyness(corpus).table["p"].isna().all()
        row = framing.distances(corpus, over=["words"]).table.iloc[0]
        assert np.isnan(row["p"]) and np.isfinite(row["null_mean"]) and word in row["note"]
        assert any(word in n for n in framing.keyness(corpus).notes)


def test_a_shift_adds_up_and_names_its_sides(rng):
    corpus = corpus_of(rng)
    found = framing.word_shift(corpus)
    assert found.table["part"].sum() == pytest.approx(found.whole, abs=1e-12)
    assert found.whole == pytest.approx(framing.distances(corpus, over=["words"]).table["jsd"].item(), abs=1e-12)
    assert found.table.iloc[0]["word"] == "grain" and found.table.iloc[0]["side"] == "more in a"
    scored = framing.word_shift(corpus, scores={"grain": 1.0, "ship": -1.0, "town": 0.0})
    one, two = scored.averages
    signed = np.where(scored.table["side"] == "raises a", 1, -1) * scored.table["part"]
    assert signed.sum() == pytest.approx(one - two, abs=1e-12)
    assert "higher in a by" in scored.render() and "have a score" in scored.render()
    with pytest.raises(DesignError, match="no word of a has one"):
        framing.word_shift(corpus, scores={"Grain": 1.0})
    with pytest.raises(DesignError, match="name two kinds with pair"):
        framing.word_shift(corpus_of(rng, kinds=("a", "b", "c")))


def test_figures_draw_the_tables(rng):
    corpus = corpus_of(rng)
    for table in (framing.keyness(corpus).weights(), framing.word_shift(corpus).weights):
        assert list(table.columns) == ["word", "weight", "side"]
        axes = framing.figures.lollipop(table)
        assert any(t.get_text().startswith("more in a") for t in axes.texts)
        axes.figure.clear()
    found, shift = framing.keyness(corpus), framing.word_shift(corpus)
    for result, unit in ((found, "z of the log-odds"), (shift.table, "Part of the difference")):
        axes = framing.figures.lollipop(result)
        assert unit in axes.get_xlabel()
        axes.figure.clear()
    three = framing.keyness(corpus_of(rng, kinds=("a", "b", "c")))
    with pytest.raises(FramingError, match=r"several pairs \(a and b; a and c; b and c\)"):
        framing.figures.lollipop(three)
    names = [p.name for p in framing.figures.gallery(framing.figures.Tables(keyness=three.table))]
    assert names == ["keyness-1", "keyness-2", "keyness-3"]
    with pytest.raises(FramingError, match="what framing.keyness or framing.word_shift"):
        framing.figures.lollipop(corpus)
    with pytest.raises(DesignError, match="name one pair"):
        three.weights()
    with pytest.raises(DesignError, match="weight must be"):
        framing.keyness(corpus).weights("p")


def test_renderings_fit_and_hold_everything(rng):
    found = framing.keyness(
        corpus_of(rng, kinds=("a kind with quite a long name indeed", "another kind, long as well", "c"))
    )
    assert max(map(len, found.render().splitlines())) <= 80
    assert len(found.render("csv").splitlines()) == len(found.table) + 1
    assert len(json.loads(found.render("json"))["terms"]) == len(found.table)
    with pytest.raises(DesignError, match="form must be"):
        found.render("pdf")


def test_the_order_of_articles_does_not_matter(rng):
    corpus = corpus_of(rng, events=16)
    one, two = (framing.keyness(Corpus(list(corpus)[::s]), n_resamples=99).table for s in (1, -1))
    pd.testing.assert_frame_equal(one, two)


def test_words_can_be_left_out_and_are_named(rng):
    found = framing.keyness(corpus_of(rng), without=["grain"])
    assert not found.table["term"].str.contains("grain").any()
    assert any("Left out" in n and "grain" in n for n in found.notes)


def test_a_comparison_brings_its_columns(rng):
    corpus = corpus_of(rng)
    renamed = Corpus.from_texts(
        [a.text for a in corpus], outlet=[a.kind for a in corpus], topic=[a.event for a in corpus]
    )
    found = framing.compare(renamed, by="outlet", event="topic", extractors=["themes"])
    pd.testing.assert_frame_equal(framing.keyness(found).table, framing.keyness(corpus).table)
    assert len(framing.distances(found).table) == 2


def test_one_word_to_leave_out_is_a_word_and_not_its_letters(rng):
    corpus = corpus_of(rng, events=3)
    for find in (framing.keyness, framing.distances, framing.word_shift):
        one, two = (find(corpus, without=words) for words in ("Grain", ["Grain"]))
        pd.testing.assert_frame_equal(one.table, two.table)
        assert one.notes == two.notes and any(re.search(r": [Gg]rain\.", note) for note in one.notes)
    assert framing.distances(corpus, over="words").table["over"].tolist() == ["words"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"scores": ["grain"]}, r"scores must be words with a number each, got \['grain'\]"),
        ({"scores": {"grain": "much"}}, "scores must be words with a number each"),
    ],
)
def test_a_shift_of_what_has_no_meaning_is_refused(rng, options, message):
    with pytest.raises(DesignError, match=message):
        framing.word_shift(corpus_of(rng, events=2), **options)
    if "seed" in options:
        with pytest.raises(DesignError, match=message):
            framing.distances(corpus_of(rng, events=2), **options)


def test_rates_of_a_shift_are_of_all_words():
    corpus = Corpus.from_texts(["The old port took grain.", "A ship took grain to the old old town."], kind=["a", "b"])
    scored = framing.word_shift(corpus, scores={"grain": 1.0, "old": -1.0}).table.set_index("word")
    assert scored.loc["grain", ["rate_a", "rate_b"]].tolist() == pytest.approx([1000 / 5, 1000 / 9])
    assert scored.loc["old", ["rate_a", "rate_b"]].tolist() == pytest.approx([1000 / 5, 2000 / 9])
    plain = framing.word_shift(corpus).table.set_index("word")
    pd.testing.assert_frame_equal(scored[["rate_a", "rate_b"]], plain.loc[scored.index, ["rate_a", "rate_b"]])
