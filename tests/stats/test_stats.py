import numpy as np
import pytest
from scipy import stats as scipy_stats

from framing.stats.agreement import krippendorff_alpha
from framing.stats.effect import cohen_h, hedges_g, hedges_gz
from framing.stats.interval import block_totals, newcombe, welch, wilson
from framing.stats.label_test import MANY, label_test
from framing.stats.multiple import benjamini_hochberg
from framing.stats.paired import sign_flips
from framing.stats.permutation import split_p, split_totals


def test_intervals_equal_scipy(rng):
    x, y = rng.normal(size=12), rng.normal(1, 2, size=9)
    difference, error, df = welch(x, y)
    theirs = scipy_stats.ttest_ind(x, y, equal_var=False)
    assert (difference / error, df) == pytest.approx((theirs.statistic, theirs.df))
    half = scipy_stats.t.ppf(0.975, df) * error
    assert (difference - half, difference + half) == pytest.approx(tuple(theirs.confidence_interval()))
    expected = scipy_stats.binomtest(7, 19).proportion_ci(method="wilson")
    assert wilson(7, 19) == pytest.approx((expected.low, expected.high))


def test_published_wilson_of_the_seeds():
    """Computed by hand: 11/24 [.28, .65], 2/26 [.02, .24], 0/19 [0, .17]."""
    rounded = [tuple(round(v, 2) for v in wilson(k, n)) for k, n in ((11, 24), (2, 26), (0, 19))]
    assert rounded == [(0.28, 0.65), (0.02, 0.24), (0.0, 0.17)]


def test_newcombe_published_example():
    """Newcombe (1998), example (a), method 10: 56/70 - 48/80 gives [.0524, .3339]."""
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize("d", [[], [1.0], [2.0, 2.0, 2.0]])
def test_no_spread_no_effect(d):
    assert np.isnan(hedges_gz(d))
    assert np.isnan(welch([1.0, *d], [3.0])[1:]).all()


def test_effects_by_hand():
    assert hedges_g([1, 2, 3, 4], [2, 3, 4, 5]) == pytest.approx(-1 / np.sqrt(5 / 3) * (1 - 3 / 23))
    assert hedges_gz([1, 2, 3]) == pytest.approx(2 * (1 - 3 / 7))
    assert np.isnan(hedges_gz([1, 3]))
    assert cohen_h(1, 0) == pytest.approx(np.pi)
    assert np.isnan(hedges_g([1], [1, 2]))


def labels_by_scipy(x, first, n_resamples=np.inf):
    """Return scipy's p of each column; all labellings whose Welch t is as far from zero count, on either side."""

    def size(a, b, axis):
        return np.abs(scipy_stats.ttest_ind(a, b, axis=axis, equal_var=False).statistic)

    found = []
    for column in x.T:
        known = np.isfinite(column)
        sides = column[known & first], column[known & ~first]
        rng = np.random.default_rng(2)
        found.append(
            scipy_stats.permutation_test(
                sides, size, n_resamples=n_resamples, alternative="greater", rng=rng, vectorized=True
            ).pvalue
        )
    return found


def p_of_labels(*arguments):
    return [tested.p for tested in label_test(*arguments)]


def texts_of(rng, n, n_first, gaps=True):
    """Return values of three measures, of which one has no difference, and their labels; some are missing."""
    first = np.arange(n) < n_first
    x = rng.normal(size=(n, 3)) + first[:, None] * [0.0, 0.7, -0.9] * np.sqrt(12 / n)
    x[::4, 1] = np.where(gaps, np.nan, x[::4, 1])
    x[1, 2] = np.nan if gaps else x[1, 2]
    return x, first


@pytest.mark.parametrize(("n", "n_first"), [(10, 5), (11, 4), (12, 9)])
def test_all_labellings_equal_scipy(rng, n, n_first):
    x, first = texts_of(rng, n, n_first)
    assert p_of_labels(x, first, 99, rng) == pytest.approx(labels_by_scipy(x, first))


@pytest.mark.parametrize(("n", "n_first"), [(40, 20), (45, 12)])
def test_some_labellings_are_near_scipy(rng, n, n_first):
    x, first = texts_of(rng, n, n_first)
    p = np.array(p_of_labels(x, first, 19_999, rng))
    assert p.tolist() == pytest.approx(labels_by_scipy(x, first, 9_999), abs=0.015)
    assert ((p > 0.05) & (p < 0.9)).any(), "p at either end would not tell one side from two"


@pytest.mark.parametrize("n_first", [600, 250])
def test_labellings_of_very_many_texts_are_near_scipy(rng, n_first):
    x, first = texts_of(rng, MANY + 200, n_first)
    x[2, 0] = np.nan
    p = np.array(p_of_labels(x, first, 9_999, rng))
    t = [scipy_stats.ttest_ind(c[first], c[~first], nan_policy="omit").pvalue for c in x.T]
    assert p.tolist() == pytest.approx(t, abs=0.02)
    assert ((p > 0.05) & (p < 0.9)).any()


def signs_by_scipy(d, n_resamples=np.inf):
    found = []
    for column in d.T:
        own = column[np.isfinite(column)]
        rng = np.random.default_rng(2)
        found.append(
            scipy_stats.permutation_test(
                (own,), lambda a, axis: np.abs(a.mean(axis)), permutation_type="samples", n_resamples=n_resamples,
                alternative="greater", rng=rng, vectorized=True,
            ).pvalue
        )  # fmt: skip
    return found


def test_all_signs_equal_scipy(rng):
    d = rng.normal([0.1, 0.5, -0.6], 1, size=(9, 3))
    d[3, 1] = d[:3, 2] = np.nan
    assert sign_flips(d, rng).tolist() == pytest.approx(signs_by_scipy(d))


def test_random_signs_are_near_scipy(rng):
    d = rng.normal([0.1, 0.25, -0.3], 1, size=(30, 3))
    d[:5, 1] = np.nan
    p = sign_flips(d, rng, 19_999)
    assert p.tolist() == pytest.approx(signs_by_scipy(d, 9_999), abs=0.015)
    assert ((p > 0.05) & (p < 0.9)).any()


def test_few_events_are_exact_beside_measures_of_many(rng):
    d = rng.normal(0.3, 1, size=(40, 4))
    d[14:, 1] = d[:30, 2] = d[:, 3] = np.nan
    p = sign_flips(d, rng, 99)
    assert p[1:3].tolist() == pytest.approx(signs_by_scipy(d[:, 1:3]))
    assert np.isnan(p[3]) and p[0] * 100 == pytest.approx(round(p[0] * 100))


@pytest.mark.parametrize("events", [3, 5, 6])
def test_floor_of_the_sign_flip(events, rng):
    assert sign_flips(np.arange(1.0, events + 1)[:, None], rng, 99) == [2 / 2**events]


def test_monte_carlo_is_near_exact(rng):
    d = rng.normal(0.5, 1, size=(20, 1))
    z = abs(d.sum()) / np.sqrt((d**2).sum())
    assert sign_flips(d, rng)[0] == pytest.approx(2 * scipy_stats.norm.sf(z), abs=0.02)


def test_splits_have_the_right_size_and_are_uniform(rng):
    a, b = np.eye(6)[:2], np.eye(6)[2:]
    drawn = split_totals(a, b, 6000, rng)
    assert (drawn.sum(axis=1) == 2).all()
    assert drawn.mean(axis=0) == pytest.approx(np.full(6, 1 / 3), abs=0.03)


def test_p_of_splits_counts_the_observed_one():
    assert split_p(1.0, np.zeros(499)) == 1 / 500
    assert split_p(0.0, np.zeros(499)) == 1.0
    assert split_p(0.5, [np.nan, 0.1, -0.5]) == pytest.approx(2 / 3)
    assert np.isnan(split_p(np.nan, [0.1]))


def test_block_bootstrap_keeps_blocks_together(rng):
    counts = np.column_stack([np.repeat([0.0, 1.0], 31), np.ones(62)])
    blocks, single = (block_totals(counts, 900, rng, block=size) for size in (3, 1))
    assert (blocks[:, 1] == 62).all() and (single[:, 1] == 62).all()
    assert single[:, 0].mean() == pytest.approx(31, abs=0.6)
    assert blocks[:, 0].std() > 1.3 * single[:, 0].std()
    assert (block_totals(counts[:1], 5, rng) == counts[0]).all()


def test_chunks_do_not_change_draws(monkeypatch):
    counts = np.arange(40.0).reshape(20, 2)
    draw = lambda: (  # noqa: E731
        block_totals(counts, 50, np.random.default_rng(1)),
        split_totals(counts, counts, 50, np.random.default_rng(1)),
    )
    whole = draw()
    monkeypatch.setattr("framing.stats.interval._AT_ONCE", 100)
    monkeypatch.setattr("framing.stats.permutation._AT_ONCE", 100)
    for one, two in zip(whole, draw(), strict=True):
        assert (one == two).all()


def test_adjustment_equals_scipy(rng):
    p = rng.uniform(size=30)
    assert benjamini_hochberg(p) == pytest.approx(scipy_stats.false_discovery_control(p))
    assert np.isnan(benjamini_hochberg([np.nan])).all()
    assert benjamini_hochberg([]).shape == (0,)


def test_alpha():
    assert krippendorff_alpha([[0, 1, 1, 0], [0, 1, 1, 0]]) == 1
    assert np.isnan(krippendorff_alpha([[1, 1], [1, 1]]))
    with pytest.raises(ValueError, match="level must be"):
        krippendorff_alpha([[1], [1]], "ratio")
