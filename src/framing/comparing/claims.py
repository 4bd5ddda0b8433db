"""What a comparison is asked to show: primary contrasts, bounds of equivalence, a reference, a method, weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import isfinite
from numbers import Real

from framing.arguments import names_of
from framing.errors import DesignError, bad_value, unknown_name

METHODS = ("t", "bootstrap-t", "wild-t", "mixed", "welch")
"""Intervals that can be asked for by name; the default is chosen from the design."""

_REFUSED = {
    "percentile": "its intervals cover about 80 % instead of 95 % with five events; ask for 't'",
    "ols": "least squares over articles takes texts on one event for independent; ask for 't' or 'mixed'",
    "sentences": "sentences of one article are not independent; the event is the sampling unit",
}


@dataclass(frozen=True)
class Claims:
    """What is asked of a comparison.

    Attributes
    ----------
    primary
        Measures whose contrasts were declared beforehand; they are adjusted by Holm, the rest by
        Benjamini-Hochberg.
    bounds
        For a measure, or a whole family (``"themes"``), the largest difference that does not matter, on its own scale.
    reference
        A kind that all others are compared with; else every pair.
    method
        One of `METHODS`, or ``None`` for what the design carries best.
    weights
        ``"equal"`` weights of events, or ``"texts"`` for the number of texts in them.
    """

    primary: tuple[str, ...] = ()
    bounds: Mapping[str, float] = field(default_factory=dict)
    reference: str | None = None
    method: str | None = None
    weights: str = "equal"

    def __post_init__(self):
        object.__setattr__(self, "primary", names_of("primary", self.primary))

    def check(self, measures: Sequence[str], kinds: Sequence[str]) -> None:
        """Check that all names are known.

        Raises
        ------
        DesignError
            If a measure, kind, method or kind of weights is unknown, or a bound is not above 0.
        """
        for name in self.primary:
            if name not in measures:
                raise DesignError("primary: " + unknown_name("measure", name, measures))
        families = {m.partition("__")[0] for m in measures}
        for name, bound in self.bounds.items():
            if name not in measures and name not in families:
                raise DesignError("bounds: " + unknown_name("measure or family", name, [*families, *measures]))
            if isinstance(bound, bool) or not isinstance(bound, Real) or not (bound > 0 and isfinite(bound)):
                raise DesignError(bad_value(f"the bound of {name}", "a number above 0", bound))
        if self.reference is not None and self.reference not in kinds:
            raise DesignError(unknown_name("reference", self.reference, kinds))
        if self.weights not in ("equal", "texts"):
            raise DesignError(bad_value("weights", "'equal' or 'texts'", self.weights))
        if self.method is not None and not isinstance(self.method, str):
            raise DesignError(bad_value("method", f"one of {', '.join(map(repr, METHODS))}", self.method))
        if self.method in _REFUSED:
            raise DesignError(f"method {self.method!r} is refused: {_REFUSED[self.method]}.")
        if self.method is not None and self.method not in METHODS:
            raise DesignError(unknown_name("method", self.method, METHODS))

    def pairs(self, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """Return the pairs of kinds to compare; a reference stands second."""
        if self.reference is None:
            return list(combinations(kinds, 2))
        return [(kind, self.reference) for kind in kinds if kind != self.reference]

    def bound(self, measure: str) -> float:
        """Return the bound of a measure, NaN where none was set."""
        return float(self.bounds.get(measure, self.bounds.get(measure.partition("__")[0], float("nan"))))
