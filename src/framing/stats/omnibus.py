"""One test for three kinds or more: labels permuted within events, many measures at once."""

from __future__ import annotations

from itertools import permutations
from math import factorial, lgamma

import numpy as np
from numpy.typing import ArrayLike, NDArray

_EXACT = 20_000
_AT_ONCE = 4_000_000  # numbers held at a time while resampling
_DRAWS = 1_000  # at least so many draws at a time
_SLACK = 1e-6
_TABLED = 5  # up to so many kinds all orders are listed


def within_event_p(values: ArrayLike, rng: np.random.Generator, n_resamples: int = 9_999) -> NDArray[np.float64]:
    """Return p values of "all kinds have the same mean" when labels are permuted within events.

    The statistic is the sum over kinds of the squared sum of the values centred in their event, which orders
    permutations as the F ratio of a randomised block design does. Events that lack a kind do not count for a measure.

    Parameters
    ----------
    values
        Event means, shape (n_events, n_kinds, n_measures), NaN where missing.
    rng, n_resamples
        Generator and number of random arrangements, where all (n_kinds!)^n_events are more than 20,000.

    Returns
    -------
    numpy.ndarray
        Shape (n_measures,); NaN below two complete events or without spread. The smallest possible value of an exact
        test is n_kinds! / (n_kinds!)^n_events, as arrangements that only rename kinds are equally extreme.
    """
    x = np.asarray(values, float)
    n, k, m = x.shape
    whole = np.isfinite(x).all(axis=1)
    x = np.where(whole[:, None, :], x, 0.0)
    x = np.where(whole[:, None, :], x - x.mean(axis=1, keepdims=True), 0.0)
    scale = np.sqrt((x**2).sum(axis=(0, 1)))
    usable = (whole.sum(axis=0) >= 2) & (scale > 1e-12)
    x = x / np.where(usable, scale, 1.0)
    observed = (x.sum(axis=0) ** 2).sum(axis=0) - _SLACK
    exact = k <= _TABLED and factorial(k) ** n <= _EXACT
    total = factorial(k) ** n if exact else n_resamples
    extreme = np.zeros(m, np.int64)
    # values centred in their event sum to zero, so the last text's is minus the others': one column less a text
    flat = x[:, :-1].astype(np.float32)
    step = max(_DRAWS, _AT_ONCE // max(1, n * k))
    orders = np.array(list(permutations(range(k)))) if k <= _TABLED else None
    table = None if orders is None else [_coefficients(orders[:, kind], k) for kind in range(k - 1)]
    for begin in range(0, total, step):
        size = min(step, total - begin)
        sums = [np.zeros((size, m), np.float32) for _ in range(k - 1)]
        width = max(1, _AT_ONCE // (size * k))  # events at a time, so that what is multiplied stays in the cache
        for left in range(0, n, width):
            own = flat[left : left + width]
            events = len(own)
            if orders is None or table is None:
                given = rng.permuted(np.broadcast_to(np.arange(k), (size, events, k)), axis=2)
                drawn = [_coefficients(given[:, :, kind], k) for kind in range(k - 1)]
            else:
                number = (
                    np.arange(begin, begin + size)[:, None] // len(orders) ** np.arange(n) % len(orders)
                    if exact
                    else rng.integers(0, len(orders), size=(size, events), dtype=np.uint8)
                )
                drawn = [np.take(rows, number, axis=0, mode="clip") for rows in table]
            for kind, coefficients in enumerate(drawn):
                sums[kind] += coefficients.reshape(size, -1) @ own.reshape(events * (k - 1), m)
        last = -sum(sums)  # centred values sum to zero over the kinds
        extreme += (sum(s**2 for s in sums) + last**2 >= observed).sum(axis=0)
    p = extreme / total if exact else (1 + extreme) / (total + 1)
    return np.where(usable, p, np.nan)


def smallest_p(n_events: int, n_kinds: int) -> float:
    """Return the smallest p that permuting labels within so many events can give."""
    return float(np.exp(lgamma(n_kinds + 1) * (1 - n_events)))


def _coefficients(text: NDArray[np.integer], k: int) -> NDArray[np.float32]:
    """Return how the values of an event's first texts add up to that of a given text, one more axis of k - 1."""
    one_hot = (text[..., None] == np.arange(k)).astype(np.float32)
    return np.ascontiguousarray(one_hot[..., :-1] - one_hot[..., -1:])
