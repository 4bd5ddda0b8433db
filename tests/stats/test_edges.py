"""Statistics against other libraries, and on data that have nothing to say."""

import numpy as np
import pytest
from scipy import stats

from framing.stats.effect import cliffs_delta, cohen_h, g_interval, hedges_g, hedges_gz, paired_dominance
from framing.stats.equivalence import tost_p
from framing.stats.interval import effective_n, newcombe, wilson, wilson_bounds
from framing.stats.label_test import MANY, label_test
from framing.stats.multiple import benjamini_hochberg, holm
from framing.stats.omnibus import within_event_p
from framing.stats.paired import bootstrap_t_intervals, intervals, means, sign_flips, skewness
from framing.stats.power import power_of_t


def test_equal_to_scipy(rng):
    x, y = rng.normal(0, 1, 23), rng.normal(0.4, 1.3, 17)
    u = stats.mannwhitneyu(x, y).statistic
    assert cliffs_delta(x, y)[0] == pytest.approx(2 * u / (23 * 17) - 1, abs=1e-12)
    p = rng.random(30)
    np.testing.assert_allclose(benjamini_hochberg(p), stats.false_discovery_control(p), atol=1e-12)
    pooled = stats.ttest_ind(x, y).statistic * np.sqrt(1 / 23 + 1 / 17)
    assert hedges_g(x, y) == pytest.approx(pooled * (1 - 3 / (4 * 38 - 1)), abs=1e-12)
    d = rng.normal(0.3, 1, (25, 3))
    np.testing.assert_allclose(skewness(d), stats.skew(d), atol=1e-12)


def test_equal_to_statsmodels(rng):
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    multitest = pytest.importorskip("statsmodels.stats.multitest")
    weightstats = pytest.importorskip("statsmodels.stats.weightstats")
    power = pytest.importorskip("statsmodels.stats.power")
    for k, n in ((0, 19), (2, 26), (11, 24), (24, 24)):
        assert wilson(k, n) == pytest.approx(proportion.proportion_confint(k, n, method="wilson"), abs=1e-9)
    theirs = proportion.confint_proportions_2indep(13, 24, 2, 26, method="newcomb", compare="diff")
    assert newcombe(13, 24, 2, 26) == pytest.approx(theirs, abs=1e-9)
    assert cohen_h(0.4, 0.1) == pytest.approx(proportion.proportion_effectsize(0.4, 0.1), abs=1e-12)
    p = rng.random(30)
    np.testing.assert_allclose(holm(p), multitest.multipletests(p, method="holm")[1], atol=1e-12)
    assert power_of_t(34, 0.5) == pytest.approx(power.TTestPower().power(0.5, 34, 0.05), abs=1e-9)
    x, y = rng.normal(0, 1, 30), rng.normal(0.1, 1, 30)
    found = means((x - y)[:, None])
    theirs = weightstats.ttost_paired(x, y, -0.6, 0.6)[0]
    assert tost_p(found.mean, found.error, found.n - 1, 0.6)[0] == pytest.approx(theirs, abs=1e-12)


def test_words_of_one_sentence_count_less_than_words_apart(rng):
    n = np.full(40, 20.0)
    apart = effective_n(rng.binomial(20, 0.3, 40), n)[0]
    together = effective_n(20.0 * (rng.random(40) < 0.3), n)[0]
    assert 400 < apart <= 800 and together == pytest.approx(39, abs=1e-9)
    assert effective_n([1, 0, 1], [1, 1, 1])[0] == 3  # sentences themselves: no design effect
    assert effective_n([0, 0], [9, 9])[0] == 2 and effective_n([7], [9])[0] == 1 and effective_n([], [])[0] == 0
    by_group = effective_n([10, 0, 10, 3], [10, 10, 10, 9], np.array([0, 0, 0, 2]), 3)
    assert by_group.tolist() == pytest.approx([2.0, 0.0, 1.0])


def test_effective_intervals_cover_clustered_words(rng):
    sizes = rng.integers(8, 30, (400, 25))
    quoted = rng.random((400, 25)) < 0.3
    k, n = (sizes * quoted).sum(axis=1), sizes.sum(axis=1)
    worth = np.array([effective_n(a * b, a)[0] for a, b in zip(sizes, quoted, strict=True)])
    low, high = wilson_bounds(k / n, worth)
    plain_low, plain_high = wilson_bounds(k / n, n)
    assert np.mean((low <= 0.3) & (0.3 <= high)) > 0.92
    assert np.mean((plain_low <= 0.3) & (0.3 <= plain_high)) < 0.6


NOTHING = {
    "constant": np.full((8, 2), 0.25), "missing": np.full((8, 2), np.nan), "one event": np.array([[1.0, 2.0]]),
    "no event": np.zeros((0, 2)), "ties": np.tile([[1.0, -1.0]], (8, 1)) * np.resize([1, -1], (8, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTHING)
@pytest.mark.parametrize("method", ["t", "bootstrap-t", "wild-t"])
def test_differences_with_nothing_to_say(rng, name, method):
    d = NOTHING[name]
    low, high, found = intervals(d, method, rng)
    p = sign_flips(d, rng)
    assert found.mean.shape == p.shape == low.shape == (2,)
    if name != "ties":
        assert np.isnan(low).all() and np.isnan(high).all()
    if name in ("missing", "no event"):
        assert np.isnan(p).all() and np.isnan(found.mean).all()
    else:
        assert ((p > 0) & (p <= 1)).all()
    assert np.isnan(skewness(d)).all() or name == "ties"


def test_texts_with_nothing_to_say(rng):
    first = np.arange(8) < 4
    assert label_test(np.full((8, 1), 3.0), first, 99, rng)[0].p == 1.0
    for x, kinds in ((np.full((8, 1), np.nan), first), (rng.normal(size=(8, 1)), np.ones(8, bool))):
        missing = label_test(x, kinds, 99, rng)[0]
        assert np.isnan([missing.p, missing.critical(), missing.beyond(1.0)]).all()
    assert np.isnan(within_event_p(np.full((6, 3, 1), np.nan), rng)).all()
    assert np.isnan([hedges_g([1.0], [2.0, 3.0]), hedges_gz([1.0, 1.0, 1.0]), *g_interval(np.nan, 3, 1.0)]).all()
    assert np.isnan([*cliffs_delta([1.0], [2.0]), *paired_dominance([1.0])]).all()
    assert cliffs_delta([1, 1, 1], [1, 1, 1])[0] == 0 and np.isnan(benjamini_hochberg([np.nan])).all()


@pytest.mark.slow
def test_a_hundred_thousand_texts(rng):
    x = rng.normal(size=(100_000, 3))
    first = np.arange(len(x)) % 2 == 0
    x[first, 1] += 0.05
    x[rng.random(x.shape) < 0.05] = np.nan
    p = [tested.p for tested in label_test(x, first, 199, rng)]
    assert p[1] == pytest.approx(1 / 200) and p[0] > 0.005
    assert cliffs_delta(x[first, 0][:50_000], x[~first, 0][:50_000])[0] == pytest.approx(0, abs=0.02)
    cube = x[:99_999].reshape(33_333, 3, 3)
    assert within_event_p(cube, rng, 199).shape == (3,)
    assert sign_flips(cube[:, 0] - cube[:, 1], rng, 199).shape == (3,)
    low, high = bootstrap_t_intervals(cube[:, 0] - cube[:, 1], rng, 99)
    assert (low < high).all()


def test_permuting_measures_together_gives_the_same_p(rng):
    x = rng.normal(size=(MANY + 400, 3))
    first = np.arange(len(x)) % 3 == 0
    x[first] += 0.08
    x[rng.random(x.shape) < 0.02] = np.nan
    p = [tested.p for tested in label_test(x, first, 4_999, rng)]
    t = [stats.ttest_ind(x[first, i], x[~first, i], nan_policy="omit").pvalue for i in range(3)]
    assert p == pytest.approx(t, abs=0.03)
