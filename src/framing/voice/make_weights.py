"""Learn ``weights.txt.gz`` from articles in which attributions were marked by hand.

Usage: ``python -m framing.voice.make_weights TEXT ATTRIBUTIONS [--out FILE]``

TEXT: JSON lines with ``doc`` and ``text``; ATTRIBUTIONS: JSON lines with ``doc`` and
``attributions``, each with ``source``, ``cue`` and ``content`` as ``[start, end]`` offsets; files may be
gzipped. The shipped weights were learned from the train part of PolNeAR (Newell, Margolin & Ruths
2018); of each article the first annotator is used.

First a multinomial logit learns which words are cues and on which side their content stands. Its
chances for articles it has not seen (by folds) then enter a linear-chain conditional random field
over segments (Lafferty, McCallum & Pereira 2001).

The penalty of the field was chosen on folds of that train part; with a weak one every draw of the attributions that
are turned round (`load`) gives another model.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from framing.corpus import Corpus
from framing.tokens import Tokens, tokenize
from framing.voice.chain import passes
from framing.voice.content import Attribution, Attributions
from framing.voice.context import Context, Feature, Lexicon
from framing.voice.cue_features import cue_features
from framing.voice.heads import head_of
from framing.voice.model import (
    CONTENT,
    CUE,
    CUE_CLASSES,
    N_JUNCTIONS,
    SOURCE,
    STATES,
    Weights,
    chain_bounds,
    dumps,
    junctions,
    read_with,
)
from framing.voice.segment_features import segment_features
from framing.voice.segments import segment
from framing.voice.sources import candidate_pairs, source_features

N_WORDS = 1000
MIN_CUES, MIN_CUE_CHANCE = 4, 0.08
MIN_SEEN = 12  # feature values seen less often get no weight
CUE_PENALTY, PENALTY, MOVE_PENALTY = 10.0, 25.0, 0.1
SOURCE_PENALTY, SOURCE_ODDS = 3.0, 5.0
FOLDS = 5
INVERTED, SEED = 0.4, 0
_PRONOUNS = frozenset("he she they it we i you who".split())


class Marked(NamedTuple):
    """Articles and, for each word, whether it is a source, a cue or content; and each attribution's words."""

    tokens: Tokens
    source: NDArray[np.bool_]
    cue: NDArray[np.bool_]
    content: NDArray[np.bool_]
    attributions: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def load(texts: Path, attributions: Path, inverted: bool = False) -> Marked:
    """Read articles and the first annotator's attributions.

    With `inverted`, some "..., the minister said" are turned into "..., said the minister": the order is
    common in the wire copy of other countries and rare in the American articles learned from.
    """
    text = {row["doc"]: row["text"] for row in rows(texts)}
    marks: dict[str, list[dict[str, Any]]] = {}
    for row in rows(attributions):
        marks.setdefault(row["doc"], row["attributions"])
    if inverted:
        dice = np.random.default_rng(SEED)
        text = {doc: _invert(body, marks.get(doc, []), dice) for doc, body in text.items()}
    tokens = tokenize(Corpus.from_texts(text.values(), ids=text))
    firsts = np.searchsorted(tokens.article, np.arange(len(tokens) + 1))
    found = []
    flags = {name: np.zeros(len(tokens.word), bool) for name in ("source", "cue", "content")}
    for number, doc in enumerate(text):
        begin, end = firsts[number : number + 2]
        starts = tokens.start[begin:end]
        for mark in marks.get(doc, []):
            places = []
            for name, flag in flags.items():
                spans = mark.get(name) or []
                inside = [np.flatnonzero((starts >= s) & (starts < e)) + begin for s, e in spans]
                here = np.unique(np.concatenate([np.zeros(0, np.int64), *inside]))
                flag[here] = True
                places.append(here)
            found.append(tuple(places))
    return Marked(tokens, flags["source"], flags["cue"], flags["content"], found)


def _invert(text: str, marks: list[dict[str, Any]], dice: np.random.Generator) -> str:
    """Swap source and cue of some attributions that follow their content; the marks are changed in place."""
    for mark in marks:
        source, cue, content = mark.get("source") or [], mark.get("cue") or [], mark.get("content") or []
        if len(source) != 1 or len(cue) != 1 or not content:
            continue
        (s, e), (b, z) = source[0], cue[0]
        named = text[s:e]
        tail = (
            content[-1][1] <= s and e + 1 == b and text[z : z + 1] in (".", ",") and text[:s].rstrip()[-1:] in ",”'\""
        )
        plain = named.lower() not in _PRONOUNS and " " not in text[b:z] and not set(named) & set(".,")
        if tail and plain and dice.random() < INVERTED:
            text = f"{text[:s]}{text[b:z]} {named[:1] if named[:4] != 'The ' else 't'}{named[1:]}{text[z:]}"
            mark["cue"], mark["source"] = [[s, s + z - b]], [[z - (e - s), z]]
    return text


def learn_lexicon(marked: Marked) -> Lexicon:
    """Collect the most frequent words, and the words that are cues often enough."""
    norms = marked.tokens.types.norms
    number: dict[str, int] = {}
    of_type = np.array([number.setdefault(norm, len(number)) for norm in norms])
    word = of_type[marked.tokens.word]
    names = list(number)
    seen = np.bincount(word, minlength=len(names))
    cues = np.bincount(word[marked.cue], minlength=len(names))
    chance = (cues + 0.1) / (seen + 1)
    common = [names[i] for i in np.lexsort((np.arange(len(names)), -seen))[:N_WORDS]]
    chosen = sorted(names[i] for i in np.flatnonzero((cues >= MIN_CUES) & (chance >= MIN_CUE_CHANCE)))
    return Lexicon(tuple(common), {name: round(float(chance[number[name]]), 2) for name in chosen})


def cue_truth(marked: Marked, candidates: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the class of each candidate, see `framing.voice.model.CUE_CLASSES`."""
    sentence = marked.tokens.sentence
    truth = np.zeros(len(marked.tokens.word), np.int64)
    for _, cue, content in marked.attributions:
        for place in cue:
            own = content[sentence[content] == sentence[place]]
            truth[place] = 3 if not len(own) else 1 if own.min() > place else 2 if own.max() < place else 3
    return truth[candidates]


def state_truth(marked: Marked) -> NDArray[np.int64]:
    """Return the state of each word; content wins over cue, cue over source."""
    sentence = marked.tokens.sentence
    truth = np.zeros(len(sentence), np.int64)
    truth[marked.source], truth[marked.cue] = SOURCE, CUE
    for _, cue, content in marked.attributions:
        for number in np.unique(sentence[content]):
            own, cues = content[sentence[content] == number], cue[sentence[cue] == number]
            truth[own] = CONTENT + 1 if len(cues) else CONTENT + 2
            if len(cues):
                truth[own[own < cues.min()]] = CONTENT
    return truth


def segment_truth(words: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the state of most words of each segment; attributed or not is decided first."""
    by_state = np.add.reduceat(np.eye(len(STATES))[words], first)
    attributed = by_state[:, CONTENT:].sum(axis=1) * 2 > by_state.sum(axis=1)
    return np.where(attributed, CONTENT + by_state[:, CONTENT:].argmax(1), by_state[:, :CONTENT].argmax(1))


class Matrix(NamedTuple):
    """Features as a sparse matrix of ones, with the feature and code of each column that is kept."""

    values: sparse.csr_array
    features: list[Feature]
    columns: NDArray[np.int64]

    def tables(self, weights: NDArray[np.floating]) -> dict[str, NDArray[np.float32]]:
        """Put the columns' weights, shape (n_columns, n_classes), into a table for each feature."""
        full = np.zeros((sum(f.size for f in self.features), weights.shape[1]), np.float32)
        full[self.columns] = weights
        ends = np.cumsum([f.size for f in self.features])
        return {f.name: full[end - f.size : end] for f, end in zip(self.features, ends.tolist(), strict=True)}


def matrix(features: list[Feature]) -> Matrix:
    """Write features as a sparse matrix, without the values that are seen too seldom."""
    offsets = np.cumsum([0, *(f.size for f in features)])
    codes = np.stack([f.codes.astype(np.int64) + o for f, o in zip(features, offsets[:-1], strict=True)], axis=1)
    ends = np.arange(0, codes.size + 1, codes.shape[1])
    values = sparse.csr_array((np.ones(codes.size, np.float32), codes.ravel(), ends), (len(codes), int(offsets[-1])))
    columns = np.flatnonzero(np.bincount(codes.ravel(), minlength=values.shape[1]) >= MIN_SEEN)
    return Matrix(values[:, columns].tocsr(), features, columns)


def learn_cues(table: Matrix, truth: NDArray[np.int64], article: NDArray[np.int32]) -> tuple[Any, NDArray[np.float64]]:
    """Learn the cue tables; return them and the chances of each candidate from folds that did not hold it."""

    def fitted(chosen: Any) -> LogisticRegression:
        return LogisticRegression(C=1 / CUE_PENALTY, max_iter=300).fit(table.values[chosen], truth[chosen])

    unseen = np.zeros((len(truth), len(CUE_CLASSES)))
    for train, test in GroupKFold(FOLDS).split(truth, truth, article):
        unseen[test] = fitted(train).predict_proba(table.values[test])
    whole = fitted(np.arange(len(truth)))
    bias = whole.intercept_ / len(table.features)  # every row has one value of each feature
    return with_bias(table, whole.coef_.T + bias, bias), unseen


def with_bias(table: Matrix, weights: NDArray[np.floating], bias: NDArray[np.floating]) -> Any:
    """Return tables in which values without a column carry their share of the bias too."""
    tables = table.tables(weights)
    for feature in table.features:
        tables[feature.name][~_seen(table, feature)] = bias
    return tables


def _seen(table: Matrix, feature: Feature) -> NDArray[np.bool_]:
    begin = 0
    for other in table.features:
        if other.name == feature.name:
            break
        begin += other.size
    mask = np.zeros(feature.size, bool)
    mask[table.columns[(table.columns >= begin) & (table.columns < begin + feature.size)] - begin] = True
    return mask


def learn_chain(
    table: Matrix, truth: NDArray[np.int64], kinds: NDArray[np.int64], bounds: NDArray[np.int64], rounds: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit the conditional random field by L-BFGS; return the columns' weights and the moves."""
    n, k = len(truth), len(STATES)
    values, turned = table.values, table.values.T.tocsr()
    inner = np.setdiff1d(np.arange(n), bounds[:-1])
    width = values.shape[1] * k
    seen = turned @ np.eye(k, dtype=np.float32)[truth]
    seen_moves = np.zeros((N_JUNCTIONS, k, k))
    np.add.at(seen_moves, (kinds[inner], truth[inner - 1], truth[inner]), 1)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, moves = flat[:width].reshape(-1, k), flat[width:].reshape(N_JUNCTIONS, k, k)
        scores = (values @ weights.astype(np.float32)).astype(np.float64)
        forward, backward, scale = passes(scores, kinds, moves, bounds)
        chances = forward * backward
        chances /= chances.sum(axis=1, keepdims=True)
        here = np.exp(scores - scores.max(axis=1, keepdims=True))
        step = np.exp(moves)[kinds[inner]]
        pairs = forward[inner - 1][:, :, None] * step * (here * backward / scale[:, None])[inner][:, None, :]
        moved = np.stack([pairs[kinds[inner] == kind].sum(axis=0) for kind in range(N_JUNCTIONS)])
        total = np.log(scale).sum() + scores.max(axis=1).sum()
        gold = scores[np.arange(n), truth].sum() + moves[kinds[inner], truth[inner - 1], truth[inner]].sum()
        value = total - gold + PENALTY / 2 * (weights**2).sum() + MOVE_PENALTY / 2 * (moves**2).sum()
        slope = turned @ chances.astype(np.float32) - seen + PENALTY * weights
        return value, np.concatenate([slope.ravel(), (moved - seen_moves + MOVE_PENALTY * moves).ravel()])

    start = np.zeros(width + seen_moves.size)
    best = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 10})
    return best.x[:width].reshape(-1, k), best.x[width:].reshape(N_JUNCTIONS, k, k)


def learn_sources(marked: Marked, model: Weights) -> dict[str, NDArray[np.float32]]:
    """Learn which word near a cue is the head of its source."""
    found = read_with(marked.tokens, model)
    sentence = marked.tokens.sentence
    rows, heads = [], []
    for source, cue, content in marked.attributions:
        if len(cue) and len(source):
            own = content[sentence[content] == sentence[cue[0]]]
            if len(own) and sentence[source[0]] == sentence[cue[0]]:
                rows.append(Attribution(int(sentence[cue[0]]), int(own.min()), int(own.max()), int(cue[0]), -1))
                heads.append(head_of(marked.tokens, source))
    columns = Attributions.of(rows)
    pairs = candidate_pairs(found.context, columns)
    truth = pairs.word == np.array(heads)[pairs.row]
    table = matrix(source_features(found, columns, pairs))
    model_of = LogisticRegression(C=1 / SOURCE_PENALTY, max_iter=300).fit(table.values, truth)
    # no intercept: the most likely word wins, and a sure miss stays below 0
    bias = (model_of.intercept_ + SOURCE_ODDS) / len(table.features)
    return with_bias(table, model_of.coef_.T + bias, bias)


def learn(marked: Marked, rounds: int = 260) -> Weights:
    """Learn all weights from marked articles."""
    lexicon = learn_lexicon(marked)
    context = Context.of(marked.tokens, lexicon)
    candidates = context.candidates
    cues, unseen = learn_cues(
        matrix(cue_features(context)), cue_truth(marked, candidates), marked.tokens.article[candidates]
    )
    segments = segment(context, unseen)
    table = matrix(segment_features(context, segments))
    truth = segment_truth(state_truth(marked), segments.first)
    bounds = chain_bounds(marked.tokens, segments)
    weights, moves = learn_chain(table, truth, junctions(context, segments), bounds, rounds)
    model = Weights(lexicon, cues, table.tables(weights), moves=moves.astype(np.float32))
    model.source.update(learn_sources(marked, model))
    return model


def main() -> None:
    """Learn the weights and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("attributions", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("weights.txt.gz"))
    arguments = parser.parse_args()
    text = dumps(learn(load(arguments.texts, arguments.attributions, inverted=True)))
    arguments.out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main()
