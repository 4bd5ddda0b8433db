"""The voice model: its weights, and what it makes of a batch of articles."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.type_table import BRACKET, COLON, COMMA, DASH, QUOTE
from framing.voice.chain import added, centred, posterior, shares
from framing.voice.context import Context, Feature, Ints, Lexicon, score
from framing.voice.cue_features import cue_features
from framing.voice.patterns import Marks, Tags, openings, plain_content, tags
from framing.voice.plain_sources import plain_sources
from framing.voice.segment_features import segment_features
from framing.voice.segments import Segments, segment

STATES = ("none", "source", "cue", "content_before_cue", "content_after_cue", "content_going_on")
"""What a segment may be; the last three are attributed."""
SOURCE, CUE, CONTENT = 1, 2, 3
CUE_CLASSES = ("none", "content_after", "content_before", "content_elsewhere")
N_JUNCTIONS = 10
ATTRIBUTED_AT = 0.45
"""A segment is attributed when its chance to be content is above this."""
PLAIN = 0.9
"""The least chance of words that plainly are content."""
MIN_CUE = 0.1
"""A sentence without a word so likely to be a cue has no indirect speech."""
_FILE = "weights.txt.gz"
_SCALE = 100  # weights are stored as whole hundredths
_THAT = frozenset({"that"})


@dataclass(frozen=True)
class Weights:
    """Tables of weights by stage and feature, and the scores of going from state to state."""

    lexicon: Lexicon
    cue: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    segment: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    source: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    moves: NDArray[np.float32] = field(
        default_factory=lambda: np.zeros((N_JUNCTIONS, len(STATES), len(STATES)), np.float32)
    )


class Reading(NamedTuple):
    """What the model makes of some words.

    Attributes
    ----------
    context, segments
        The words and the stretches that the model decides on.
    chances
        The chance of each of `STATES` for each segment, shape (n_segments, n_states).
    """

    context: Context
    segments: Segments
    chances: NDArray[np.floating]

    @property
    def content(self) -> NDArray[np.floating]:
        """The chance of each segment to be attributed."""
        return added([self.chances[:, state] for state in range(CONTENT, len(STATES))])


def read(tokens: Tokens) -> Reading:
    """Read articles: where the cues are, then which segments are sources, cues and content."""
    return read_with(tokens, weights())


def read_with(tokens: Tokens, model: Weights) -> Reading:
    """Read articles with given weights."""
    context = Context.of(tokens, model.lexicon)
    segments = segment(context, cue_chances(cue_features(context), model.cue))
    scores = score(segment_features(context, segments), model.segment, len(STATES))
    chances = posterior(scores, junctions(context, segments), model.moves, chain_bounds(tokens, segments))
    return Reading(context, segments, chances)


def attributed_chance(tokens: Tokens) -> NDArray[np.floating]:
    """Return the chance of each word to be attributed, marks left aside, shape (n_words,).

    Rules stand above the model. What `framing.voice.patterns.plain_content` finds has a high chance: what stands before
    a tag ("..., the ministry said."), behind a plain opening ("The envoy said it rained", "According to the envoy, it
    rained", "In the envoy's view, it rained"), is told to somebody ("told Reuters the deal was dead") and the like.
    Some words have none: what `framing.voice.plain_sources` finds, names of sources ("according to the ministry", ",
    said the minister", "The mayor, a Green, said"), those who are told, when and where it was said, and words of a
    sentence in which nothing may be a cue: what is said in it may well be relayed from a source (see
    `framing.voice.holders.relayed`), but nothing in it says so.
    """
    return tokens.once(_attributed_chance)


def _attributed_chance(tokens: Tokens) -> NDArray[np.floating]:
    if not len(tokens.word):
        return np.zeros(0)
    chance = _model_chance(tokens)
    chance[~tokens.once(_has_cue)[tokens.sentence]] = 0.0
    context, (marks, tagged, opening) = tokens.once(read).context, tokens.once(found_patterns)
    plain = plain_content(context, marks, tagged, opening)
    chance[plain] = np.maximum(chance[plain], PLAIN)
    chance[plain_sources(context, marks, tagged, chance > ATTRIBUTED_AT)] = 0.0
    return chance


def found_patterns(tokens: Tokens) -> tuple[Marks, Tags, Ints]:
    """Return the marks, `tags` and `openings` that `framing.voice.patterns` goes by."""
    context = tokens.once(read).context
    marks = Marks.of(context)
    return marks, tags(context, marks), openings(context, marks)


def _model_chance(tokens: Tokens) -> NDArray[np.floating]:
    found: Reading = tokens.once(read)
    return np.repeat(found.content, found.segments.last - found.segments.first + 1)


def _has_cue(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which sentences hold a word that may be a cue, shape (n_sentences,)."""
    segments = tokens.once(read).segments
    has = np.zeros(tokens.n_sentences, bool)
    has[tokens.sentence[segments.first[segments.cue >= MIN_CUE]]] = True
    return has


def cue_chances(features: list[Feature], tables: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the chances of `CUE_CLASSES` of each candidate (multinomial logit)."""
    scores = score(features, tables, len(CUE_CLASSES))
    return shares(np.exp(centred(scores)))


def chain_bounds(tokens: Tokens, segments: Segments) -> NDArray[np.int64]:
    """Return the first segment of each article that has words, and the number of segments."""
    owner = tokens.article[segments.first]
    return np.append(np.flatnonzero(np.append(True, owner[1:] != owner[:-1])[: len(owner)]), len(owner))


def junctions(context: Context, segments: Segments) -> NDArray[np.int64]:
    """Return the kind of junction before each segment: punctuation, or a bound of sentence or paragraph."""
    tokens, here = context.tokens, segments.first
    bits = context.bits[here]
    comma, quote = (bits & COMMA) > 0, (bits & QUOTE) > 0
    kind = np.where(comma & quote, 3, np.where(quote, 2, np.where((bits & (COLON | DASH | BRACKET)) > 0, 4, comma)))
    that = tokens.types.among(_THAT)[tokens.word[here]]
    kind = np.where((kind == 0) & that, 9, kind)
    opens = here == context.first[here]
    new_paragraph = opens & np.append(True, np.diff(tokens.paragraph)[here[1:] - 1] > 0)[: len(here)]
    return np.where(opens, 5 + quote + 2 * new_paragraph, kind)


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return the weights that ship with the package."""
    raw = (resources.files("framing.voice") / _FILE).read_bytes()
    return loads(gzip.decompress(raw).decode("utf-8"))


def dumps(model: Weights) -> str:
    """Write weights as text: the lexicon, then one line a feature value with whole hundredths."""
    lines = ["words " + " ".join(model.lexicon.words)]
    lines.append("cues " + " ".join(f"{word}={chance:.2f}" for word, chance in model.lexicon.cues.items()))
    for stage, tables in (
        ("cue", model.cue), ("segment", model.segment), ("source", model.source), ("moves", {"": model.moves})
    ):  # fmt: skip
        for name, table in tables.items():
            flat = table.reshape(table.shape[0], -1)
            whole = np.rint(flat * _SCALE).astype(int)
            lines.append(f"table {stage} {name or '-'} {flat.shape[0]} {flat.shape[1]}")
            lines += [
                f"{row} " + " ".join(map(str, values)) for row, values in enumerate(whole.tolist()) if any(values)
            ]
    return "\n".join(lines) + "\n"


def loads(text: str) -> Weights:
    """Read what `dumps` wrote."""
    words, cues, *lines = text.splitlines()
    chances = dict(pair.rsplit("=", 1) for pair in cues.split()[1:])
    model = Weights(Lexicon(tuple(words.split()[1:]), {word: float(chance) for word, chance in chances.items()}))
    heads = [place for place, line in enumerate(lines) if line.startswith("table ")]
    for place, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        _, stage, name, n_rows, n_columns = lines[place].split()
        table = np.zeros((int(n_rows), int(n_columns)), np.float32)
        block = lines[place + 1 : end]
        if block:
            values = np.fromstring(" ".join(block), np.int32, sep=" ").reshape(len(block), -1)
            table[values[:, 0]] = values[:, 1:].astype(np.float32) / _SCALE
        if stage == "moves":
            model.moves[:] = table.reshape(model.moves.shape)
        else:
            getattr(model, stage)[name] = table
    return model
