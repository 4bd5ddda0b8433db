"""What the trained model reads round a marked target: masked n-grams, words by place, rule outputs and position."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framing.hits import Hits
from framing.lookup import stem
from framing.stances.between import ZONES, NamedPairs, Sentence, from_second, sentences
from framing.stances.between import keys_of as pair_keys
from framing.stances.labelled import Labelled
from framing.stances.marked import read
from framing.stances.near import any_between
from framing.stances.places import PLACES, SIDES, place_of, side
from framing.stances.text import clauses
from framing.stances.tone import CLASSES, SIGNS, pairs, tone_cues
from framing.tokens import Tokens

BLOCKS = ("words", "window", "places", "cues")
"""Groups of features; the first two are weighted by inverse document frequency."""

_MASK = "<target>"
_WINDOW = 8
_NEGATORS = frozenset(
    """not no never neither nor without cannot can't isn't aren't wasn't weren't don't doesn't didn't won't wouldn't
    hardly couldn't shouldn't haven't hasn't hadn't""".split()
)
_NEGATION_REACH = 4
_MOST_MENTIONS = 4
_AROUND = 3  # words on either side of a pair of names

Row = dict[str, float]


def features(marked: Labelled) -> dict[str, list[Row]]:
    """Return the features of each row, block by block."""
    return {
        "words": [_ngrams(words, 2) for words in _masked(marked)],
        "window": [_windows(words) for words in _masked(marked)],
        "places": _by_place(marked),
        "cues": _rule_outputs(marked),
    }


def pair_features(named: NamedPairs) -> dict[str, list[Row]]:
    """Return the features of each pair of names, block by block."""
    masked = _words(named.tokens, {"<p>": named.holder, "<q>": named.target})
    read_ = list(sentences(named))
    return {
        "words": [_ngrams(words, 2) for words in masked],
        "window": [_ngrams(_stretch(words), 3) for words in masked],
        "places": [_stems_by_zone(words) for words in masked],
        "cues": [_pair_outputs(sentence) for sentence in read_],
    }


def _stretch(words: list[str]) -> list[str]:
    """Return the words between two masks, with a few on either side."""
    at = sorted(words.index(mask) for mask in ("<p>", "<q>") if mask in words)
    return words[max(0, at[0] - _AROUND) : at[-1] + 1 + _AROUND] if at else []


def _stems_by_zone(words: list[str]) -> Row:
    at = sorted(words.index(mask) for mask in ("<p>", "<q>") if mask in words)
    if len(at) < 2:
        return {}
    order = "p first" if words[at[0]] == "<p>" else "q first"
    found: Row = {order: 1.0, f"words between: {min((at[1] - at[0]) // 3, 6)}": 1.0}
    for number, word in enumerate(words):
        zone = (number > at[0]) + (number > at[1])
        if number not in at:
            root = stem(word)
            found[f"{ZONES[zone]}:{root}"] = 1.0
            found[f"{order}, {ZONES[zone]}:{root}"] = 1.0
            if number + 1 in at or number - 1 in at:
                found[f"beside a name, {ZONES[zone]}:{root}"] = 1.0
    return found


def _pair_outputs(sentence: Sentence) -> Row:
    found: Counter[str] = Counter()
    for cue in sentence.cues:
        found.update(pair_keys(cue))
        way = SIGNS[cue.sign > 0]
        found.update((f"{way} back: {from_second(sentence, cue.sign) != sentence.turned}", f"{cue.kind} {way}"))
    row: Row = {key: float(np.sqrt(n)) for key, n in found.items()}
    row[f"speaks: {sentence.first_speaks} {sentence.second_speaks}, by: {sentence.by_second}"] = 1.0
    row[f"names between: {min(sentence.n_names, 4)}"] = 1.0
    return row


def _masked(marked: Labelled) -> list[list[str]]:
    return _words(marked.tokens, {_MASK: marked.mentions})


def _words(tokens: Tokens, masks: dict[str, Hits]) -> list[list[str]]:
    """Return the words of each article in lower case, some of them as one mask."""
    words = np.array(tokens.types.norms, object)[tokens.word]
    keep = np.ones(len(words), bool)
    for mask, hits in masks.items():
        for first, last in zip(hits.first.tolist(), hits.last.tolist(), strict=True):
            words[first] = mask
            keep[first + 1 : last + 1] = False
    bounds = np.searchsorted(tokens.article, np.arange(len(tokens) + 1))
    return [words[a:b][keep[a:b]].tolist() for a, b in zip(bounds[:-1], bounds[1:], strict=True)]


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
    negated = any_between(tokens, _NEGATORS, np.maximum(word - _NEGATION_REACH, begin[mention]), word)
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
