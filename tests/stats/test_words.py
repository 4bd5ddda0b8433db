"""Keyness, distances, rarefaction and random labels, from arrays."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from scipy import stats as scipy_stats
from scipy.spatial.distance import jensenshannon

from framing.stats.distance import divergences, jensen_shannon, shift
from framing.stats.keyness import g2, log_odds
from framing.stats.rarefaction import rarefied
from framing.stats.relabelling import arrangements, n_arrangements, relabellings, smallest_p


def test_g2_is_scipys_likelihood_ratio_with_a_side(rng):
    x, y = rng.integers(0, 50, 30), rng.integers(0, 50, 30)
    found = g2(x, y)
    for i in range(30):
        table = [[x[i], y[i]], [x.sum() - x[i], y.sum() - y[i]]]
        if x[i] + y[i] == 0:
            assert found[i] == 0
            continue
        expected = scipy_stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert abs(found[i]) == pytest.approx(expected, abs=1e-9)
        assert np.sign(found[i]) == np.sign(x[i] / x.sum() - y[i] / y.sum())
    assert np.isnan(g2([0, 0], [1, 2])).all()


def test_sides_swap_with_the_arguments(rng):
    x, y, prior = rng.integers(0, 50, 30), rng.integers(0, 90, 30), rng.random(30) + 0.1
    one, two = log_odds(x, y, prior), log_odds(y, x, prior)
    np.testing.assert_allclose(one.z, -two.z)
    np.testing.assert_allclose(one.variance, two.variance)
    np.testing.assert_allclose(g2(x, y), -g2(y, x))


def test_a_stronger_prior_draws_rare_terms_to_zero():
    weak, strong = (log_odds([3, 97], [0, 100], np.array([0.015, 0.985]) * a) for a in (1, 1000))
    assert weak.value[0] > strong.value[0] > 0


def test_log_odds_of_the_only_term_there_is_are_missing():
    assert np.isnan(log_odds([5], [7], [1]).value).all()


@pytest.mark.parametrize("n", [1, 2, 50, 5_000])
def test_parts_of_the_divergence_add_up(rng, n):
    x, y = rng.integers(0, 9, n) + (np.arange(n) == 0), rng.integers(0, 9, n) + (np.arange(n) == 0)
    whole, parts = jensen_shannon(x, y)
    assert parts.sum() == pytest.approx(whole, abs=1e-12)
    assert (parts >= 0).all()
    assert whole == pytest.approx(jensenshannon(x, y, base=2) ** 2, abs=1e-12)
    assert divergences([x], x + y)[0] == pytest.approx(whole, abs=1e-12)


def test_divergence_at_its_ends():
    assert jensen_shannon([1, 0], [0, 1])[0] == pytest.approx(1)
    assert jensen_shannon([2, 4], [1, 2])[0] == pytest.approx(0, abs=1e-15)
    assert np.isnan(jensen_shannon([0, 0], [1, 2])[0])
    assert jensen_shannon([1, 3], [3, 1], (0.2, 0.8))[1].sum() == pytest.approx(
        jensen_shannon([3, 1], [1, 3], (0.8, 0.2))[0]
    )


def test_parts_of_a_shift_add_up(rng):
    x, y, score, other = rng.integers(1, 9, 40), rng.integers(1, 9, 40), rng.normal(size=40), rng.normal(size=40)
    (one, two), parts = shift(x, y, score, other)
    assert one == pytest.approx(np.average(score, weights=x)) and two == pytest.approx(np.average(other, weights=y))
    assert parts.sum() == pytest.approx(one - two, abs=1e-12)


@pytest.mark.parametrize("m", [1, 2, 3, 5, 6])
def test_rarefaction_is_the_mean_over_all_draws(m):
    units = [{"a"}, {"a", "b"}, set(), {"c"}, {"a", "c"}, {"d"}]
    incidence = [sum(t in u for u in units) for t in "abcd"]
    every = [len(set().union(*draw)) for draw in combinations(units, m)]
    assert rarefied(incidence, 6, m) == pytest.approx(np.mean(every), abs=1e-12)


def test_rarefaction_at_its_ends():
    assert rarefied([], 5, 3) == 0
    assert np.isnan(rarefied([1], 2, 3)) and np.isnan(rarefied([], 0, 0))


def blocks_of(*sizes):
    first = np.concatenate([np.arange(n) < k for n, k in sizes])
    return first, np.repeat(np.arange(len(sizes)), [n for n, _ in sizes])


@pytest.mark.parametrize("sizes", [[(4, 2)], [(2, 1)] * 3, [(3, 1), (2, 1), (4, 3)], [(3, 1), (3, 1)]])
def test_labels_stay_within_their_blocks(rng, sizes):
    first, blocks = blocks_of(*sizes)
    every = arrangements(first, blocks)
    assert len(every) == n_arrangements(first, blocks) == np.prod([comb(n, k) for n, k in sizes])
    assert len(np.unique(every, axis=0)) == len(every)
    drawn = np.concatenate(list(relabellings(first, blocks, 4_000, rng)))
    for rows in (every, drawn):
        for block in np.unique(blocks):
            assert (rows[:, blocks == block].sum(axis=1) == first[blocks == block].sum()).all()
    seen, counts = np.unique(drawn, axis=0, return_counts=True)
    assert len(seen) == len(every)
    assert scipy_stats.chisquare(counts).pvalue > 1e-4


def test_the_smallest_p():
    assert smallest_p(*blocks_of(*[(2, 1)] * 3)) == 2 / 8
    assert smallest_p(*blocks_of((3, 1))) == 1 / 3
    first, blocks = blocks_of(*[(2, 1)] * 20)
    assert arrangements(first, blocks) is None


def test_log_odds_by_hand():
    """Monroe, Colaresi & Quinn's formulas by hand: y 3|1 of n 4|4, prior 2 for both words, a0 4."""
    found = log_odds([3, 1], [1, 3], [2, 2])
    assert found.value == pytest.approx([2 * np.log(5 / 3), -2 * np.log(5 / 3)])
    assert found.z[0] == pytest.approx(2 * np.log(5 / 3) / np.sqrt(1 / 5 + 1 / 3))
