"""What the trained model reads round two named parties: stems by zone, beside the names, on the way, and cues."""

from __future__ import annotations

from collections.abc import Iterator

from framing.lookup import stem
from framing.stances.attitudes import TITLES, before, strength_rows
from framing.stances.between import FIRST, SECOND, ZONES, Sentence, sentences
from framing.stances.features import NEGATORS, Row
from framing.stances.named_pairs import NamedPairs

_COMMON = frozenset(
    """the a an of in on at to and that for it is was were be been are with as by his her their its this which who has
    have had not but from or""".split()
)
_BESIDE = (-3, -2, -1, 1, 2, 3)
_REACH = 6
_MIDDLE = 3  # content words on the way that are kept as a whole
_SHORT = 6  # content words between two names that stand near each other
_NEGATION_REACH = 3


def pair_features(named: NamedPairs) -> dict[str, list[Row]]:
    """Return the features of each pair of names in the order of the text, block by block."""
    read = list(sentences(named))
    return {
        "places": [dict.fromkeys(_by_zone(s), 1.0) for s in read],
        "beside": [dict.fromkeys(_beside(s), 1.0) for s in read],
        "between": [dict.fromkeys(_between(s), 1.0) for s in read],
        "cues": strength_rows(named, read, by_class=False),
    }


def _ends(sentence: Sentence) -> tuple[int, int] | None:
    words = sentence.words
    return (words.index(FIRST), words.index(SECOND)) if FIRST in words and SECOND in words else None


def _by_zone(sentence: Sentence) -> Iterator[str]:
    """Stems before, between and after the names, those after a negation once more."""
    at = _ends(sentence)
    if at is None:
        return
    yield f"words between: {min((at[1] - at[0]) // 3, 6)}"
    yield f"names between: {min(sentence.n_names, 4)}"
    yield f"speak: {sentence.first_speaks} {sentence.second_speaks}, by: {sentence.by_second}"
    for number, word in enumerate(sentence.words):
        if number in at:
            continue
        zone = ZONES[(number > at[0]) + (number > at[1])]
        yield f"{zone}: {stem(word)}"
        if NEGATORS.intersection(sentence.words[max(0, number - _NEGATION_REACH) : number]):
            yield f"{zone}: not {stem(word)}"


def _beside(sentence: Sentence) -> Iterator[str]:
    """Stems at each place beside the names, and the nearest ones that are no titles or common words."""
    words = sentence.words
    for name, at in zip(("first", "second"), _ends(sentence) or (), strict=False):
        for step in _BESIDE:
            if 0 <= at + step < len(words):
                yield f"{name} {step:+}: {stem(words[at + step])}"
        ahead = [stem(w) for w in words[max(0, at - _REACH) : before(words, at) + 1] if w not in TITLES]
        behind = [stem(w) for w in words[at + 1 : at + 1 + _REACH] if w not in _COMMON]
        for nearest, side in ((ahead[::-1], "ahead of"), (behind, "behind")):
            if nearest:
                yield f"next {side} {name}: {nearest[0]}"
            yield from (f"near {side} {name}: {word}" for word in nearest[:2])
            if len(nearest) > 1:
                yield f"next two {side} {name}: {nearest[0]}, {nearest[1]}"


def _between(sentence: Sentence) -> Iterator[str]:
    """Stems that begin, end and fill the way from the first name to the second."""
    at = _ends(sentence)
    if at is None:
        return
    every = [stem(word) for word in sentence.words[at[0] + 1 : at[1]]]
    telling = [word for word in every if word not in _COMMON]
    for kind, words in (("word", every), ("content word", telling)):
        if words:
            yield f"first {kind}: {words[0]}"
            yield f"last {kind}: {words[-1]}"
            yield f"first and last {kind}: {words[0]}, {words[-1]}"
    if len(telling) <= _MIDDLE:
        yield f"all: {' '.join(telling)}"
    for number, word in enumerate(telling):
        if len(telling) <= _SHORT:
            yield f"close: {word}"
        yield f"{'near' if number < 2 else 'far from'} the first: {word}"
        yield f"{'near' if len(telling) - number <= 2 else 'far from'} the second: {word}"
