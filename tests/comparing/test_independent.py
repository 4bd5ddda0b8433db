"""Texts without events: intervals and p agree, whatever the kinds vary."""

import numpy as np
import pandas as pd
import pytest

from framing import compare
from framing.comparing.independent import contrast
from framing.stats import no_spread
from framing.stats.label_test import label_test


def contrasted(x, y, bound=np.nan, by_t=False, n_resamples=1_999):
    x, y = np.asarray(x, float), np.asarray(y, float)
    first = np.arange(len(x) + len(y)) < len(x)
    test = label_test(np.concatenate([x, y])[:, None], first, n_resamples, np.random.default_rng(1))[0]
    return contrast(x, y, test, bound, by_t, ("wire", "staff"))


def off_zero(found):
    return found.columns["ci_low"] > 0 or found.columns["ci_high"] < 0


def test_a_kind_without_spread_is_not_known_without_error(rng):
    common = np.where(rng.random(400) < 0.05, 1.0, 0.0)
    found = contrasted(np.zeros(20), common)
    low, high = found.columns["ci_low"], found.columns["ci_high"]
    assert low < -0.05 and high > 0.05, "twenty texts without a theme allow for one text in six with it"
    assert found.columns["p"] > 0.2
    assert found.notes == ["the same value in every text of wire: the interval allows for unseen others"]


def test_few_varied_texts_beside_many_that_are_alike_are_no_finding(rng):
    few, many = [0.0, 0.0, 0.0, 0.0, 0.3, 0.4], np.where(rng.random(300) < 0.01, 0.2, 0.0)
    found = contrasted(few, many)
    assert found.columns["p"] > 0.05 and not off_zero(found)


def test_a_plain_difference_is_found_whatever_the_sizes(rng):
    few, many = np.array([1.0] * 11 + [0.0] * 9), np.where(rng.random(800) < 0.05, 1.0, 0.0)
    for x, y in ((few, many), (many, few)):
        found = contrasted(x, y)
        assert found.columns["p"] < 0.005 and off_zero(found)


@pytest.mark.parametrize("sizes", [(5, 5), (4, 9), (6, 40), (25, 25), (1_100, 120)])
def test_interval_and_p_agree_about_zero(rng, sizes):
    seen = set()
    for p, q in ((0.02, 0.02), (0.1, 0.6), (0.3, 0.9), (0.0, 0.5)):
        for _ in range(6):
            x, y = (np.where(rng.random(n) < r, rng.random(n), 0.0) for n, r in zip(sizes, (p, q), strict=True))
            columns = (found := contrasted(x, y)).columns
            if np.isfinite(columns["ci_low"]):
                seen.add(off_zero(found))
                assert off_zero(found) == (columns["p"] <= 0.05)
                assert columns["ci_low"] <= x.mean() - y.mean() <= columns["ci_high"]
    assert seen == {True, False}


def test_with_too_few_texts_the_interval_is_welchs_and_says_so():
    found = contrasted([0.1, 0.11, 0.12], [0.5, 0.51, 0.53])
    assert found.columns["method"].startswith("Welch interval") and off_zero(found)
    assert "smallest possible p 0.1" in found.notes[0] and "does not agree with p" in found.notes[1]


def test_values_that_are_all_the_same_have_no_interval():
    found = contrasted([0.2] * 4, [0.2] * 5, bound=0.1)
    assert np.isnan(found.columns["ci_low"]) and found.columns["p"] == 1
    assert found.notes[-1] == "the same value in every text: no interval"
    apart = contrasted([0.0] * 8, [1.0] * 8)
    assert off_zero(apart) and apart.columns["p"] < 0.02


def test_equivalence_goes_with_the_interval(rng):
    x, y = rng.normal(0, 1, 30), rng.normal(0, 1, 40)
    flat = np.zeros(40)
    for one, other in ((x, y), (flat, y), (flat, flat[:30] + (y[:30] > 1.5))):
        p = [contrasted(one, other, bound).columns["p_equivalence"] for bound in (0.1, 0.5, 1.0, 2.0)]
        assert p == sorted(p, reverse=True) and p[0] > 0.05 > p[-1]


def test_p_without_spread_is_where_its_interval_reaches_zero():
    x, y = [0.0] * 8, [0.1, 0.2, 0.0, 0.3, 0.2, 0.1]
    p = no_spread.p_difference(x, y)
    assert no_spread.interval(x, y, 1 - p)[1] == pytest.approx(0, abs=1e-6)
    q = no_spread.p_equivalence(x, y, 0.4)
    assert no_spread.interval(x, y, 1 - 2 * q)[0] == pytest.approx(-0.4, abs=1e-6)
    assert no_spread.p_difference(x, x) == 1 and no_spread.p_equivalence(x, y, 0.1) == 1


def test_rows_of_headlines_agree(rng):
    words = ["Ships sailed.", "They will not take sides.", "The navies held joint exercises."]
    kinds = np.repeat(["blog", "paper", "wire"], [25, 60, 12])
    chance = {"blog": (0.9, 0.05, 0.05), "paper": (0.7, 0.2, 0.1), "wire": (1.0, 0.0, 0.0)}
    texts = [rng.choice(words, p=chance[kind]) + f" It was day {i}." for i, kind in enumerate(kinds)]
    rows = compare(pd.DataFrame({"text": texts, "kind": kinds}), extractors=["themes"], seed=3).contrasts
    rows = rows[rows["ci_low"].notna()]
    apart = (rows["ci_low"] > 0) | (rows["ci_high"] < 0)
    assert len(rows) > 4 and (apart == (rows["p"] <= 0.05)).all()
    assert rows["note"].str.contains("the same value in every text of wire").any()
