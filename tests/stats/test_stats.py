import numpy as np
import pytest
from scipy import stats as scipy_stats

from framing.stats.agreement import krippendorff_alpha
from framing.stats.effect import cohen_h, hedges_g, hedges_gz
from framing.stats.interval import block_totals, newcombe, t_interval, welch_interval, wilson
from framing.stats.multiple import benjamini_hochberg
from framing.stats.permutation import label_permutation, sign_flip, split_p, split_totals


def test_intervals_equal_scipy(rng):
    x, y = rng.normal(size=12), rng.normal(1, 2, size=9)
    assert t_interval(x) == pytest.approx(tuple(scipy_stats.ttest_1samp(x, 0).confidence_interval()))
    assert welch_interval(x, y) == pytest.approx(
        tuple(scipy_stats.ttest_ind(x, y, equal_var=False).confidence_interval())
    )
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
def test_no_spread_no_interval(d):
    assert np.isnan(t_interval(d)).all()
    assert np.isnan(hedges_gz(d))


def test_effects_by_hand():
    assert hedges_g([1, 2, 3, 4], [2, 3, 4, 5]) == pytest.approx(-1 / np.sqrt(5 / 3) * (1 - 3 / 23))
    assert hedges_gz([1, 2, 3]) == pytest.approx(2 * (1 - 3 / 7))
    assert np.isnan(hedges_gz([1, 3]))
    assert cohen_h(1, 0) == pytest.approx(np.pi)
    assert np.isnan(hedges_g([1], [1, 2]))


def test_permutations_equal_scipy(rng):
    x, y = rng.normal(size=5), rng.normal(1, size=5)
    mean = lambda a, b, axis: a.mean(axis) - b.mean(axis)  # noqa: E731
    expected = scipy_stats.permutation_test((x, y), mean, n_resamples=np.inf).pvalue
    assert label_permutation(x, y, 99, rng) == pytest.approx(expected)
    d = rng.normal(0.4, size=8)
    flipped = scipy_stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf).pvalue
    assert sign_flip(d, 99, rng) == pytest.approx(flipped)


@pytest.mark.parametrize("events", [3, 5, 6])
def test_floor_of_the_sign_flip(events, rng):
    assert sign_flip(np.arange(1, events + 1), 99, rng) == 2 / 2**events


def test_monte_carlo_is_near_exact(rng):
    d = rng.normal(0.5, 1, size=20)
    z = abs(d.sum()) / np.sqrt((d**2).sum())
    assert sign_flip(d, 9_999, rng) == pytest.approx(2 * scipy_stats.norm.sf(z), abs=0.02)


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
