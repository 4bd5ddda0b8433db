"""Differences by event: intervals, sign flips, omnibus, effect sizes, equivalence and power."""

from itertools import permutations, product

import numpy as np
import pytest
from scipy import stats

from framing.stats.effect import cliffs_delta, g_interval, hedges_gz, paired_dominance
from framing.stats.equivalence import tost_p, verdict
from framing.stats.multiple import holm
from framing.stats.omnibus import smallest_p, within_event_p
from framing.stats.paired import bootstrap_t_intervals, means, sign_flips, t_intervals
from framing.stats.power import events_needed, power_of_t


@pytest.fixture
def gaps(rng):
    d = rng.normal(0.4, 1, size=(9, 4))
    d[2, 1] = d[5, 1] = np.nan
    d[:, 3] = 0.25
    return d


def test_t_intervals_are_scipy_s_column_by_column(gaps):
    low, high = t_intervals(means(gaps))
    for column in range(3):
        own = gaps[np.isfinite(gaps[:, column]), column]
        expected = stats.ttest_1samp(own, 0).confidence_interval(0.95)
        assert (low[column], high[column]) == pytest.approx((expected.low, expected.high))
    assert np.isnan([low[3], high[3]]).all()


def test_weights_of_events(gaps):
    equal, doubled = means(gaps), means(gaps, np.full(9, 7.0))
    assert doubled.error[:3] == pytest.approx(equal.error[:3])
    one = means(gaps[:, :1], [1, 1, 1, 1, 1, 1, 1, 1, 0])
    assert one.mean[0] == pytest.approx(gaps[:8, 0].mean())


def test_sign_flips_are_exact_below_fifteen_events(gaps, rng):
    p = sign_flips(gaps, rng)
    for column in range(4):
        own = gaps[np.isfinite(gaps[:, column]), column]
        sums = [abs(np.dot(s, own)) for s in product((1, -1), repeat=len(own))]
        assert p[column] == pytest.approx(np.mean(np.array(sums) >= abs(own.sum()) - 1e-9))


def test_many_sign_flips_agree_with_scipy(rng):
    d = rng.normal(0.35, 1, size=(40, 2))
    p = sign_flips(d, np.random.default_rng(1), 20_000)
    for column in range(2):
        theirs = stats.permutation_test(
            (d[:, column],), np.mean, permutation_type="samples", n_resamples=20_000, rng=np.random.default_rng(2)
        )
        assert p[column] == pytest.approx(theirs.pvalue, abs=0.01)


def test_within_event_permutation_is_exact_for_few_events(rng):
    x = rng.normal(size=(4, 3, 2))
    found = within_event_p(x, rng)
    centred = x - x.mean(axis=1, keepdims=True)

    def statistic(y):
        return (y.sum(axis=0) ** 2).sum(axis=0)

    drawn = np.array([
        statistic(np.stack([centred[e][list(order)] for e, order in enumerate(orders)]))
        for orders in product(list(permutations(range(3))), repeat=4)
    ])  # fmt: skip
    assert found == pytest.approx((drawn >= statistic(centred) - 1e-9).mean(axis=0), abs=2e-3)
    assert found.min() >= smallest_p(4, 3) - 1e-12


def test_within_event_permutation_keeps_its_level(rng):
    x = rng.exponential(size=(25, 3, 400))
    x[3, 1, :100] = np.nan
    p = within_event_p(x, rng, 999)
    assert 0.02 < np.mean(p <= 0.05) < 0.085
    assert np.isnan(within_event_p(np.ones((5, 3, 1)), rng)).all()


def test_cliffs_delta_by_pairs(rng):
    x, y = rng.integers(0, 6, 8), rng.integers(0, 6, 11)
    signs = np.sign(x[:, None] - y[None, :])
    delta, low, high = cliffs_delta(x, y)
    assert delta == pytest.approx(signs.mean())
    assert low < delta < high
    assert cliffs_delta(y, x)[0] == -delta
    assert np.isnan(cliffs_delta([1, 2], [3, 4])[1:]).all()


def test_paired_dominance_and_g_z(rng):
    d = rng.normal(0.8, 1, 30)
    delta, low, high = paired_dominance(d)
    assert delta == pytest.approx(np.sign(d).mean()) and low < delta < high
    g = hedges_gz(d)
    low, high = g_interval(g, 29, np.sqrt(30))
    factor = 1 - 3 / (4 * 29 - 1)
    t = g / factor * np.sqrt(30)
    assert stats.nct.cdf(t, 29, low / factor * np.sqrt(30)) == pytest.approx(0.975)
    assert stats.nct.cdf(t, 29, high / factor * np.sqrt(30)) == pytest.approx(0.025)


def test_holm_and_equivalence():
    assert holm([0.01, 0.02, 0.03]).tolist() == pytest.approx([0.03, 0.04, 0.04])
    d = np.array([0.01, -0.02, 0.015, 0.0, -0.01, 0.02])
    found = means(d[:, None])
    p = tost_p(found.mean, found.error, found.n - 1, 0.05)[0]
    above, below = (stats.ttest_1samp(d, b, alternative=a).pvalue for b, a in ((-0.05, "greater"), (0.05, "less")))
    assert p == pytest.approx(max(above, below))
    assert verdict(0.5, p) == "equivalent"
    assert verdict(0.01, np.nan) == "different"
    assert verdict(0.3, 0.4) == "inconclusive"


def test_power(rng):
    n = events_needed(0.5)
    assert power_of_t(n, 0.5) >= 0.8 > power_of_t(n - 1, 0.5)
    d = rng.normal(0.5, 1, size=(n, 4000))
    assert np.mean(stats.ttest_1samp(d, 0).pvalue < 0.05) == pytest.approx(0.81, abs=0.03)


def test_bootstrap_t_covers_skewed_differences_about_as_promised(rng):
    d = rng.exponential(size=(15, 200)) - 1
    low, high = bootstrap_t_intervals(d, rng, 399)
    assert 0.88 < np.mean((low <= 0) & (high >= 0)) <= 1
    assert np.isnan(bootstrap_t_intervals([[1.0], [2.0]], rng)[0]).all()
