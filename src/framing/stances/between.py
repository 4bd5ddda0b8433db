"""What stands between two named parties of one sentence: its cues, each by its places from both names, and who speaks.

Of the two parties the first is the one that is named first in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.names import begins_with_capital
from framing.stances.cues import Signed
from framing.stances.named_pairs import NamedPairs
from framing.stances.near import any_between
from framing.stances.places import PLACES, place_of
from framing.stances.text import clauses
from framing.stances.tone import CLASSES, tone_cues
from framing.tokens import Tokens

ZONES = ("before", "between", "after")
FIRST, SECOND = "<1>", "<2>"
"""What stands for the two names, in the order of the text."""
_ACTS = frozenset(["praise", "blame"])
_BY = frozenset(["by", "from"])
_OBJECTS = frozenset(["attribute", "object"])
_JOINED = (["and"], ["but"], ["yet"], ["then"], ["while"])
_SPEECH = frozenset(
    """said say says saying told tells tell wrote writes write added adds argued argues argue arguing claimed claims
    stated states called calls calling described describes tweeted insisted insists suggested suggests noted notes
    warned warns according charges complained complains explained explains declared declares labeled labelled dubbed
    referred think thinks thought believe believes believed replied responded responding announced asked asks urged
    urges""".split()
)
_BY_REACH, _SPEECH_AFTER, _SPEECH_BEFORE = 5, 4, 3


class Cue(NamedTuple):
    """A cue of a pair's sentence: term, class, sign, zone, and its places from the first and the second name."""

    term: str
    kind: str
    sign: int
    zone: str
    first: str
    second: str


class Sentence(NamedTuple):
    """What is read of one pair: its cues, who speaks, whether ``by`` stands before the second name, the order.

    `turned` tells that the target is named first; `words` are those of the text, the names as `FIRST` and `SECOND`.
    """

    cues: list[Cue]
    first_speaks: bool
    second_speaks: bool
    by_second: bool
    n_names: int
    turned: bool
    words: list[str]


def sentences(named: NamedPairs) -> Iterator[Sentence]:
    """Read the sentence of each pair; one with the names in two sentences has no cues."""
    tokens, text = named.tokens, clauses(named.tokens)
    all_cues = tone_cues()
    cues = all_cues.find(tokens, text.number, np.ones(len(tokens.word), bool))
    turned = named.target.first < named.holder.first
    a = tuple(np.where(turned, t, h) for h, t in _ends(named))
    b = tuple(np.where(turned, h, t) for h, t in _ends(named))
    together = tokens.sentence[a[0]] == tokens.sentence[b[0]]
    rows = _cues_of(tokens, text.number, cues, a, b, together)
    speaks_a, speaks_b = _speaks(tokens, a, b[0]), _speaks(tokens, b, np.full(len(b[0]), len(tokens.word)))
    by = any_between(tokens, _BY, np.maximum(a[1] + 1, b[0] - _BY_REACH), b[0])
    capital = _names_between(tokens, a[1], b[0])
    words = masked_words(tokens, {FIRST: a, SECOND: b})
    for row, (found, text_words) in enumerate(zip(rows, words, strict=True)):
        yield Sentence(
            found, bool(speaks_a[row]), bool(speaks_b[row]), bool(by[row]), int(capital[row]), bool(turned[row]),
            text_words,
        )  # fmt: skip


def masked_words(tokens: Tokens, masks: Mapping[str, tuple[NDArray[np.int64], ...]]) -> list[list[str]]:
    """Return the words of each article in lower case, those from a first to a last word as one mask.

    Parameters
    ----------
    tokens
        The texts.
    masks
        First and last words that each mask stands for.
    """
    words = np.array(tokens.types.norms, object)[tokens.word]
    keep = np.ones(len(words), bool)
    for mask, ends in masks.items():
        for first, last in zip(*(end.tolist() for end in ends), strict=True):
            words[first] = mask
            keep[first + 1 : last + 1] = False
    bounds = np.searchsorted(tokens.article, np.arange(len(tokens) + 1))
    return [words[a:b][keep[a:b]].tolist() for a, b in zip(bounds[:-1], bounds[1:], strict=True)]


def _ends(named: NamedPairs) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64]], ...]:
    return (named.holder.first, named.target.first), (named.holder.last, named.target.last)


def _cues_of(
    tokens: Tokens, number: NDArray[np.int32], cues: Signed, a: tuple[NDArray[np.int64], ...],
    b: tuple[NDArray[np.int64], ...], together: NDArray[np.bool_],
) -> list[list[Cue]]:  # fmt: skip
    lists = tone_cues()
    of = tokens.sentence[cues.first]
    begin = np.searchsorted(of, tokens.sentence[a[0]])
    n = (np.searchsorted(of, tokens.sentence[a[0]], side="right") - begin) * together
    row = np.repeat(np.arange(len(n)), n)
    cue = np.arange(len(row)) - np.repeat(np.cumsum(n) - n, n) + begin[row]
    first, last = cues.first[cue], cues.last[cue]
    apart = ((last < a[0][row]) | (first > a[1][row])) & ((last < b[0][row]) | (first > b[1][row]))
    row, cue, first, last = row[apart], cue[apart], first[apart], last[apart]
    from_a = place_of(tokens, number, (first, last), (a[0][row], a[1][row]))
    from_b = place_of(tokens, number, (first, last), (b[0][row], b[1][row]))
    zone = (first > a[1][row]).astype(int) + (first > b[1][row])
    found: list[list[Cue]] = [[] for _ in n]
    for r, c, z, p, q in zip(*(x.tolist() for x in (row, cue, zone, from_a, from_b)), strict=True):
        term = int(cues.term[c])
        found[r].append(
            Cue(lists.matcher.terms[term], CLASSES[lists.kind[term]], int(cues.sign[c]), ZONES[z], PLACES[p], PLACES[q])
        )
    return found


def _speaks(tokens: Tokens, name: tuple[NDArray[np.int64], ...], limit: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell whether a verb of speech stands right after or before a name, in its sentence and before a limit."""
    begin = tokens.sentence_bounds[tokens.sentence[name[0]]]
    end = tokens.sentence_bounds[tokens.sentence[name[0]] + 1]
    after = any_between(tokens, _SPEECH, name[1] + 1, np.minimum(np.minimum(name[1] + 1 + _SPEECH_AFTER, end), limit))
    return after | any_between(tokens, _SPEECH, np.maximum(begin, name[0] - _SPEECH_BEFORE), name[0])


def _names_between(tokens: Tokens, first: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    capital = begins_with_capital(tokens.types)[tokens.word]
    running = np.append(0, np.cumsum(capital))
    return running[np.maximum(end, first + 1)] - running[first + 1]


def two_objects(sentence: Sentence) -> bool:
    """Tell whether somebody else treats one and then the other: "condemned the first but thanked the second"."""
    words = sentence.words
    if FIRST not in words or SECOND not in words:
        return False
    behind = words.index(FIRST) + 1
    return (
        words[behind : behind + 1] in _JOINED
        and any(cue.zone == "before" and cue.first in _OBJECTS for cue in sentence.cues)
        and any(cue.zone == "between" and cue.second in _OBJECTS for cue in sentence.cues)
    )


def from_second(sentence: Sentence, sign: int) -> bool:
    """Tell whether the attitude goes from the second name to the first, by the cues of its sign."""
    forth, back = 0.5, 0.0
    for cue in sentence.cues:
        if cue.sign != sign:
            continue
        if cue.zone == "between":
            if cue.first.startswith("passive") or (sentence.by_second and not cue.second.startswith("attribute")):
                back += 2
            elif cue.second == "attribute":
                forth += 3
            elif cue.kind in _ACTS and cue.second.startswith("object"):
                forth += 2
            elif sentence.second_speaks and not sentence.first_speaks:
                back += 1
        elif cue.zone == "after" and cue.second == "subject" and cue.kind in _ACTS and not sentence.n_names:
            back += 1
        elif cue.zone == "before" and sentence.second_speaks and not sentence.first_speaks:
            back += 1.5
    return back > forth
