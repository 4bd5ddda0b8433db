"""What the trained model reads round a marked target: masked n-grams, words by place, rule outputs and position."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.lookup import stem
from framing.stances.between import masked_words
from framing.stances.labelled import Labelled
from framing.stances.marked import read
from framing.stances.near import any_between
from framing.stances.places import PLACES, SIDES, place_of, side
from framing.stances.text import clauses
from framing.stances.tone import CLASSES, SIGNS, pairs, tone_cues

WEIGHTED = ("words", "window")
"""Groups of features that are weighted by inverse document frequency."""

_MASK = "<target>"
_WINDOW = 8
NEGATORS = frozenset(
    """not no never neither nor without cannot can't isn't aren't wasn't weren't don't doesn't didn't won't wouldn't
    hardly couldn't shouldn't haven't hasn't hadn't""".split()
)
_NEGATION_REACH = 4
_MOST_MENTIONS = 4

Row = dict[str, float]


def features(marked: Labelled) -> dict[str, list[Row]]:
    """Return the features of each row, block by block."""
    return {
        "words": [_ngrams(words, 2) for words in _masked(marked)],
        "window": [_windows(words) for words in _masked(marked)],
        "places": _by_place(marked),
        "cues": _rule_outputs(marked),
    }


def _masked(marked: Labelled) -> list[list[str]]:
    return masked_words(marked.tokens, {_MASK: (marked.mentions.first, marked.mentions.last)})


def _ngrams(words: list[str], most: int) -> Row:
    found: Counter[str] = Counter()
    for n in range(1, most + 1):
        found.update(" ".join(words[i : i + n]) for i in range(len(words) - n + 1))
    return dict(found)


def _windows(words: list[str]) -> Row:
    keep = {j for i, word in enumerate(words) if word == _MASK for j in range(max(0, i - _WINDOW), i + _WINDOW + 1)}
    return _ngrams([word for i, word in enumerate(words) if i in keep], 3)


def _by_place(marked: Labelled) -> list[Row]:
    """Return the stems of a sentence by their place from the target, negated ones apart."""
    tokens, mentions = marked.tokens, marked.mentions
    sentence = tokens.sentence[mentions.first]
    begin, end = tokens.sentence_bounds[sentence], tokens.sentence_bounds[sentence + 1]
    n = end - begin
    mention = np.repeat(np.arange(len(n)), n)
    word = np.arange(len(mention)) - np.repeat(np.cumsum(n) - n, n) + begin[mention]
    apart = (word < mentions.first[mention]) | (word > mentions.last[mention])
    mention, word = mention[apart], word[apart]
    place = place_of(tokens, clauses(tokens).number, (word, word), (mentions.first[mention], mentions.last[mention]))
    negated = any_between(tokens, NEGATORS, np.maximum(word - _NEGATION_REACH, begin[mention]), word)
    norms = tokens.types.norms
    stems = {t: stem(norms[t]) for t in np.unique(tokens.word[word]).tolist()}
    rows: list[Row] = [{} for _ in marked.label]
    for m, w, p, no in zip(mention.tolist(), tokens.word[word].tolist(), place.tolist(), negated.tolist(), strict=True):
        row = rows[int(mentions.term[m])]
        row[f"{PLACES[p]}:{'not ' * no}{stems[w]}"] = 1.0
        row[f"anywhere:{stems[w]}"] = 1.0
    return rows


def _rule_outputs(marked: Labelled) -> list[Row]:
    """Return sums of cues by class, sign and place, what the rules decide, and where the target stands."""
    tokens, text = marked.tokens, clauses(marked.tokens)
    cues = tone_cues()
    found = cues.find(tokens, text.number, np.ones(len(tokens.word), bool))
    near = pairs(tokens, text, marked.mentions, found)
    sums: list[Counter[str]] = [Counter() for _ in marked.label]
    for mention, cue, place in zip(*(part.tolist() for part in near), strict=True):
        kind, way = CLASSES[int(cues.kind[found.term[cue]])], SIGNS[int(found.sign[cue] > 0)]
        where, term = f"{way} {PLACES[place]}", f"{cues.matcher.terms[int(found.term[cue])]}: {way}"
        beside = SIDES[int(side(np.array(place)))]
        sums[int(marked.mentions.term[mention])].update(
            (way, where, f"{kind} {way}", f"{kind} {where}", f"{way} {beside}", term, f"{term} {beside}")
        )
    rules = read(
        marked, "clause"
    ).polarity  # the tone of the sentence is learned: its parts are here, its strengths are not
    rows: list[Row] = [{key: float(np.sqrt(n)) for key, n in found.items()} for found in sums]
    for row, polarity in zip(rows, rules.tolist(), strict=True):
        row[f"rules say {polarity}"] = 1.0
    for row, extra in zip(rows, _position(marked), strict=True):
        row.update(extra)
    return rows


def _position(marked: Labelled) -> list[Row]:
    tokens, mentions = marked.tokens, marked.mentions
    begin = tokens.sentence_bounds[tokens.sentence[mentions.first]]
    end = tokens.sentence_bounds[tokens.sentence[mentions.first] + 1]
    depth: NDArray[Any] = (mentions.first - begin) / np.maximum(end - begin, 1)
    rows: list[Row] = [{} for _ in marked.label]
    for number, at, opens in zip(
        mentions.term.tolist(), depth.tolist(), (mentions.first == begin).tolist(), strict=True
    ):
        row = rows[int(number)]
        row["mentions"] = min(row.get("mentions", 0.0) + 1, _MOST_MENTIONS) / _MOST_MENTIONS
        row.setdefault("depth in the sentence", at)
        if opens:
            row["opens the sentence"] = 1.0
    return rows
