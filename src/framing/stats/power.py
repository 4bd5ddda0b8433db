"""How many events a design needs."""

from __future__ import annotations

import numpy as np
from scipy import stats

MOST = 100_000


def power_of_t(n: int, effect: float, alpha: float = 0.05) -> float:
    """Return the chance that the t test of `n` event differences finds a true mean of `effect` standard deviations.

    The noncentral t (Cohen 1988). In [0, 1]; 0 below two events.

    Examples
    --------
    >>> round(power_of_t(34, 0.5), 3)
    0.808
    """
    if n < 2:
        return 0.0
    limit, ncp = stats.t.ppf(1 - alpha / 2, n - 1), effect * np.sqrt(n)
    return float(stats.nct.sf(limit, n - 1, ncp) + stats.nct.cdf(-limit, n - 1, ncp))


def events_needed(effect: float = 0.5, power: float = 0.8, alpha: float = 0.05) -> int:
    """Return the smallest number of events that finds a difference of `effect` sd of the differences.

    Examples
    --------
    >>> events_needed(0.5), events_needed(0.5, alpha=0.05 / 3)
    (34, 45)
    """
    low, high = 2, 4
    while power_of_t(high, effect, alpha) < power and high < MOST:
        low, high = high, high * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if power_of_t(middle, effect, alpha) >= power else (middle + 1, high)
    return low
