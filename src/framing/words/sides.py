"""The two sides of a comparison of words: whose texts stand where, and what may be shuffled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from framing.analysis import Analysis
from framing.comparing.claims import Claims
from framing.comparing.design import INDEPENDENT, NO_SHARED, ONE_EVENT, PAIRED, SINGLE, Design, text_of
from framing.corpus import Corpus
from framing.errors import DesignError, bad_value, unknown_name
from framing.inputs import as_corpus
from framing.tokens import Tokens, tokenize

OTHERS = "all others"


@dataclass(frozen=True)
class Sides:
    """Texts of two sides.

    Attributes
    ----------
    a, b
        The labels.
    texts
        The articles, in an order that does not depend on that of the corpus, shape (n_texts,).
    first
        Whether each is of side `a`.
    blocks
        Number of the block within which labels may be permuted.
    design
        One of the designs of `framing.comparing.design`.
    """

    a: str
    b: str
    texts: NDArray[np.int64]
    first: NDArray[np.bool_]
    blocks: NDArray[np.int64]
    design: str

    @property
    def carries_p(self) -> bool:
        """Whether labels can be permuted to say something about kinds."""
        enough = min(self.first.sum(), (~self.first).sum()) > 1
        return bool(self.design == PAIRED or (self.design == INDEPENDENT and enough))

    @property
    def single(self) -> bool:
        """Whether each side is one text."""
        return bool(self.first.sum() == (~self.first).sum() == 1)

    def rng(self, seed: int, *parts: str) -> np.random.Generator:
        """Return a generator that depends on the seed and the sides, not on the order of work."""
        return np.random.default_rng([seed, crc32("\x1f".join((self.a, self.b, *parts)).encode())])


def tokens_of(corpus: Any) -> Tokens:
    """Return the tokens of what users pass as a corpus, or of a comparison or analysis."""
    analysis = getattr(corpus, "analysis", corpus)
    if isinstance(analysis, Analysis):
        return analysis.tokens
    return corpus if isinstance(corpus, Tokens) else tokenize(as_corpus(corpus))


def columns_of(corpus: Any, by: str | None, event: str | None) -> tuple[str, str]:
    """Return the columns of labels and events, as asked for or as a comparison has them."""
    return by or getattr(corpus, "by", "kind"), event or getattr(corpus, "event", "event")


def sides_of(
    tokens: Tokens, by: str, event: str, pair: Sequence[str] | None = None, reference: str | None = None,
    rest: bool = False,
) -> list[Sides]:  # fmt: skip
    """Return the pairs of sides to compare.

    Parameters
    ----------
    tokens
        The texts.
    by, event
        Columns of labels and events.
    pair
        Two labels, instead of every pair.
    reference
        A label that all others are compared with; it stands second.
    rest
        Whether to compare each label with all others together.

    Raises
    ------
    DesignError
        If a column or label is unknown, there are fewer than two labels, or more than one of the choices is given.
    """
    corpus = Corpus(tokens.articles)
    design = Design.read(corpus, by, event)
    kinds = design.kinds
    if sum((pair is not None, reference is not None, rest)) > 1:
        raise DesignError("give one of pair, reference and rest: they say in different ways what is compared.")
    if pair is not None:
        labels = tuple(pair) if isinstance(pair, Iterable) and not isinstance(pair, str) else ()
        if len(labels) != 2 or labels[0] == labels[1]:
            raise DesignError(bad_value("pair", "two different labels", pair))
        for name in labels:
            if name not in kinds:
                raise DesignError("pair: " + unknown_name("label", name, kinds))
        chosen = [(labels[0], labels[1])]
    elif rest:
        chosen = [(kind, OTHERS) for kind in kinds]
        if len(kinds) == 2:
            chosen = [(kinds[0], kinds[1])]
    else:
        if reference is not None and reference not in kinds:
            raise DesignError(unknown_name("reference", reference, kinds))
        chosen = Claims(reference=reference).pairs(kinds)
    usable = tokens.n_words > 0
    hashes = [article.sha256 for article in design.corpus]
    return [_sides(design, a, b, usable, hashes) for a, b in chosen]


def _sides(design: Design, a: str, b: str, usable: NDArray[np.bool_], hashes: list[str]) -> Sides:
    groups, events = design.groups, design.events
    if b == OTHERS and b not in design.kinds:
        groups = np.array([g if g in (a, None) else OTHERS for g in groups], object)
    own = np.flatnonzero(((groups == a) | (groups == b)) & usable)
    names = [text_of(events[i]) for i in own]
    order = sorted(range(len(own)), key=lambda i: (names[i] or "", hashes[own[i]], groups[own[i]] != a))
    own = own[order]
    first = groups[own] == a
    if not design.events_known:
        both = min(first.sum(), (~first).sum()) == 1 == max(first.sum(), (~first).sum())
        return Sides(a, b, own, first, np.zeros(len(own), int), SINGLE if both else INDEPENDENT)
    own_events = events[own]
    have = [
        {e for e, f in zip(own_events, first, strict=True) if f == side and e is not None} for side in (True, False)
    ]
    shared = sorted(have[0] & have[1])
    if not shared:
        lone = first.sum() == 1 == (~first).sum()
        return Sides(a, b, own, first, np.zeros(len(own), int), SINGLE if lone else NO_SHARED)
    number = {e: i for i, e in enumerate(shared)}
    inside = np.array([e in number for e in own_events], bool)
    own, first = own[inside], first[inside]
    blocks = np.array([number[events[i]] for i in own], int)
    if len(shared) > 1:
        return Sides(a, b, own, first, blocks, PAIRED)
    return Sides(a, b, own, first, blocks, SINGLE if len(own) == 2 else ONE_EVENT)
