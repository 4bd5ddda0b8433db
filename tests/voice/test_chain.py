from itertools import product

import numpy as np

from framing.voice.chain import posterior


def test_posterior_equals_the_sum_over_all_paths():
    dice = np.random.default_rng(3)
    bounds = np.array([0, 4, 5, 8])
    scores, kinds, moves = dice.normal(size=(8, 3)), dice.integers(0, 2, 8), dice.normal(size=(2, 3, 3))
    found = posterior(scores, kinds, moves, bounds)
    for begin, end in zip(bounds[:-1], bounds[1:], strict=True):
        expected = np.zeros((end - begin, 3))
        for path in product(range(3), repeat=end - begin):
            total = sum(scores[begin + i, s] for i, s in enumerate(path))
            total += sum(moves[kinds[begin + i], path[i - 1], path[i]] for i in range(1, len(path)))
            for i, s in enumerate(path):
                expected[i, s] += np.exp(total)
        np.testing.assert_allclose(found[begin:end], expected / expected.sum(axis=1, keepdims=True))


def test_no_chain():
    assert posterior(np.zeros((0, 3)), np.zeros(0, int), np.zeros((2, 3, 3)), np.zeros(1, int)).shape == (0, 3)
