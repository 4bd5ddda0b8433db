"""A mixed model of two kinds: random effects of events and, where there are several, of sources."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import stats

from framing.errors import missing_extra


def mixed_difference(
    y: ArrayLike, first: ArrayLike, events: ArrayLike, sources: ArrayLike | None = None
) -> tuple[float, float, float, int]:
    """Return difference, standard error, p and df of y ~ kind + (1 | event) + (1 | source), fitted by REML.

    Parameters
    ----------
    y
        Values, shape (n_articles,).
    first
        Whether each article is of the first kind.
    events, sources
        Labels of each article.

    Returns
    -------
    tuple of float
        Mean of the first kind less mean of the second, its standard error, p, and degrees of freedom; error and p are
        NaN where the model does not converge. p is of t with one degree of freedom less than there are events: with one
        text a kind and event this is the paired t test, where a normal p would be too small.

    Raises
    ------
    MissingDependencyError
        If statsmodels is not installed.
    """
    try:
        import statsmodels.api as sm
    except ImportError as error:
        raise missing_extra("statsmodels", "mixed", "method 'mixed'") from error
    y, first = np.asarray(y, float), np.asarray(first, float)
    several = sources is not None and len(set(np.asarray(sources, object))) > 1
    frame = pd.DataFrame({"y": y, "first": first, "event": np.asarray(events, object)})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if several:  # crossed effects: one group, with the two as its variance components
                frame = frame.assign(source=np.asarray(sources, object), all=1)
                parts = {"event": "0 + C(event)", "source": "0 + C(source)"}
                model = sm.MixedLM.from_formula("y ~ first", frame, groups="all", re_formula="0", vc_formula=parts)
            else:
                model = sm.MixedLM.from_formula("y ~ first", frame, groups="event")
            fit = model.fit(reml=True, method=["powell", "nm"])  # gradients break down where a variance is zero
        except (np.linalg.LinAlgError, ValueError):
            return np.nan, np.nan, np.nan, 0
    difference, error = (float(np.asarray(v)[1]) for v in (fit.fe_params, fit.bse_fe))
    df = frame["event"].nunique() - 1
    if not (np.isfinite(error) and error > 0 and fit.converged):
        return difference, np.nan, np.nan, df
    return difference, error, float(2 * stats.t.sf(abs(difference) / error, df)), df
