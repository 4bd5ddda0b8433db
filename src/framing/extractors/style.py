"""Style: companions of readability that do not grow with the length of a text, and stance toward what is said.

Hedges, boosters and deontics are rates of listed words (``codebooks/_style.toml``), over all words and
by voice. The type-token ratio is not here: it falls with length; its moving average does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.extractors.base import EXTRACTORS, Columns, Extraction, Extractor, Measure, Score, scorable
from framing.hits import guarded, longest
from framing.kernels import kernels
from framing.lookup import Matcher
from framing.names import all_capitals, names
from framing.tokens import Tokens
from framing.voice import VOICES, voices
from framing.wordlists import word_lists

WINDOW = 100
"""Words in a window of the moving-average type-token ratio; a shorter text has none."""
MIN_WORDS = 30
"""Below so many words, of the text or of a voice, its rates are missing: one word would make 33 per 1,000."""
PER = 1000.0
CLASSES = ("hedges", "boosters", "deontics", "first_person_plural")
"""The classes of listed words whose rates are given by voice, too."""
WHOLE = ("reporting_verbs",)
"""The classes of listed words whose rates are given over all words only."""
LISTED = (*CLASSES, *WHOLE)
NOMINALISATIONS = "nominalisations"
_MIN_STEM = 2  # letters before the ending: "action", not "ity"
_PLURALS = {"ities": "ity", "nesses": "ness", "tions": "tion", "ments": "ment"}

Totals = Mapping[str, NDArray[np.float64]]


class _Finds(NamedTuple):
    """Words and phrases of one class that count; `rules` are the terms that found them, empty for nominalisations."""

    name: str
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    rules: list[str]


def mattr(totals: Totals) -> NDArray[np.float64]:
    """Return the mean over all windows of `WINDOW` words of (types / words) in the window.

    Covington & McFall (2010), "Cutting the Gordian knot: the moving-average type-token ratio",
    Journal of Quantitative Linguistics 17(2). In (0, 1]; higher is a more varied vocabulary. Each part of a hyphenated
    word is a word here.
    """
    return totals["window_types"] / (WINDOW * totals["windows"])


def mean_sentence_length(totals: Totals) -> NDArray[np.float64]:
    """Return words / sentences; above 0, higher is longer. A hyphenated word is one word."""
    return totals["words"] / totals["sentences"]


def rate(name: str, part: str = "") -> Score:
    """Return the score 1,000 * finds / words, of all words or of one voice; from 0, higher is more of them.

    Parameters
    ----------
    name
        What is found, e.g. ``"hedges"`` (Hyland 2005) or ``"nominalisations"`` (Biber 1988).
    part
        A voice, or ``""`` for all words.
    """
    suffix = f"_{part}" if part else ""

    def score(totals: Totals) -> NDArray[np.float64]:
        return PER * totals[name + suffix] / totals["words" + suffix]

    return score


@EXTRACTORS.register("style")
class Style(Extractor):
    """Variety of words, length of sentences, and rates of hedges, boosters, deontics, reporting verbs and others.

    ``mattr`` is the moving-average type-token ratio over `WINDOW` words, capitals and possessives set aside and each
    part of a hyphenated word a word; ``mean_sentence_length`` is in words, a hyphenated one once.
    ``hedges_per_1000`` and the like count finds per 1,000 words; ``_author``, ``_quoted``, ``_paraphrased`` are the
    same in one voice, per 1,000 words of that voice. Contractions count as their words, and parts of names are no
    nominalisations. Rates are missing below `MIN_WORDS` words, of the text or of the voice; they are comparable only
    under the same lists.

    Examples
    --------
    >>> text = "It may rain. Perhaps it will not rain on the two of us, but the sea is cold in May. " * 2
    >>> row = Style().fit_transform([text]).iloc[0]
    >>> row["mean_sentence_length"].item(), round(row["hedges_per_1000"].item(), 1)
    (10.0, 100.0)
    """

    def measures(self) -> tuple[Measure, ...]:
        """Return two means, the rates over all words, and four rates a class by voice."""
        rates = [(name, "") for name in (NOMINALISATIONS, *WHOLE)]
        rates += [(name, part) for name in CLASSES for part in ("", *VOICES)]
        return (
            Measure("mattr", mattr, ("window_types", "windows")),
            Measure("mean_sentence_length", mean_sentence_length, ("words", "sentences")),
            *(
                Measure(_rate_name(name, part), rate(name, part), (name + _suffix(part), "words" + _suffix(part)))
                for name, part in rates
            ),
        )

    def extract(self, tokens: Tokens) -> Extraction:
        """Count each sentence, and keep every find as evidence."""
        ok, problems = scorable(tokens)
        voice = voices(tokens)
        finds = [*_listed(tokens), *_nominalisations(tokens)]
        units = _units(tokens, voice, finds)
        n_words = {
            part: np.bincount(units["article"], units["words" + _suffix(part)], len(tokens)) for part in ("", *VOICES)
        }
        windowed = np.bincount(units["article"], units["windows"], len(tokens)) > 0
        for i in np.flatnonzero(ok & ~windowed).tolist():
            least, what = (MIN_WORDS, "style") if n_words[""][i] < MIN_WORDS else (WINDOW, "MATTR")
            problems[i] = f"too short for {what}: {least} words needed, has {n_words[''][i]:.0f}"
        valid = {}
        for measure in self.measures():
            part = measure.name.rpartition("_")[2]
            valid[measure.name] = ok & (n_words[part if part in VOICES else ""] >= MIN_WORDS)
        valid["mattr"] = ok & windowed
        return Extraction(
            self.measures(), {"sentences": units}, dict.fromkeys(valid, "sentences"), valid,
            partial(_spans, tokens, units, voice, finds, valid), {}, problems,
        )  # fmt: skip


def _suffix(part: str) -> str:
    return f"_{part}" if part else ""


def _rate_name(name: str, part: str) -> str:
    return f"{name}_per_{PER:.0f}{_suffix(part)}"


def _units(tokens: Tokens, voice: NDArray[np.int8], finds: list[_Finds]) -> Columns:
    """Count words, finds and windows in each sentence, of all words and by voice."""
    n = tokens.n_sentences
    whole = ~tokens.glued
    types, windows = windows_by_sentence(tokens)
    table = {
        "article": tokens.sentence_article, "sentence": np.arange(n), "sentences": np.ones(n), "window_types": types,
        "windows": windows,
    }  # fmt: skip
    for part, words in zip(("", *VOICES), _by_voice(tokens, voice, np.flatnonzero(whole)), strict=True):
        table["words" + _suffix(part)] = words
    for found in finds:
        for part, counts in zip(("", *VOICES), _by_voice(tokens, voice, found.first), strict=True):
            table[found.name + _suffix(part)] = counts
    return table


def _by_voice(tokens: Tokens, voice: NDArray[np.int8], places: NDArray[np.int64]) -> NDArray[np.float64]:
    """Count places by sentence: of all voices, then of each, shape (1 + n_voices, n_sentences)."""
    n, n_voices = tokens.n_sentences, len(VOICES)
    key = tokens.sentence[places] * n_voices + voice[places]
    by_voice = np.bincount(key, minlength=n * n_voices).reshape(n, n_voices).T.astype(float)
    return np.concatenate([by_voice.sum(axis=0, keepdims=True), by_voice])


def windows_by_sentence(tokens: Tokens, window: int = WINDOW) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count the types in all windows of so many words, and the windows, by the sentence in which a window ends.

    A word adds a type to those windows that hold it and not the same word before it, which are
    neighbours: one step up and one step down a word, then a running sum, make the types of all windows.
    Windows do not run across articles.
    """
    n = len(tokens.word)
    norm = tokens.types.norm_number[tokens.word]
    bounds = tokens.sentence_bounds[tokens.article_bounds]
    if kernels:
        types, windows = np.zeros(tokens.n_sentences), np.zeros(tokens.n_sentences)
        kernels.windows(norm, tokens.sentence, bounds, types, windows, int(norm.max(initial=-1)) + 1, window)
        return types, windows
    article = tokens.article
    # sorting by counting: the places of each word, in text order
    by_norm = sparse.csr_array((np.ones(n, bool), (norm, np.arange(n))), shape=(int(norm.max(initial=-1)) + 1, n))
    order = by_norm.indices
    again = (norm[order[1:]] == norm[order[:-1]]) & (article[order[1:]] == article[order[:-1]])
    previous = np.full(n, -1, np.int32)
    previous[order[1:][again]] = order[:-1][again]
    begin, end = bounds.astype(np.int32)[:-1][article], bounds.astype(np.int32)[1:][article]
    place = np.arange(n, dtype=np.int32)
    first = np.maximum(np.maximum(previous + 1, place - (window - 1)), begin)
    last = np.minimum(place, end - window)
    adds = first <= last
    steps = np.bincount(first[adds], minlength=n + 1) - np.bincount(last[adds] + 1, minlength=n + 1)
    starts = np.flatnonzero(place + window <= end)
    types = np.cumsum(steps)[starts]
    closing = tokens.sentence[starts + window - 1]
    return (
        np.bincount(closing, types, tokens.n_sentences),
        np.bincount(closing, minlength=tokens.n_sentences).astype(float),
    )


def _listed(tokens: Tokens) -> Iterable[_Finds]:
    """Find the words of all classes; of overlapping terms of a class the longest counts."""
    matcher, slots = _matcher()
    hits = matcher.find(tokens)
    which = np.array([LISTED.index(name) * 2 + (role == "not") for name, role in slots])[hits.term]
    for number, name in enumerate(LISTED):
        own = longest(guarded(hits[which == 2 * number], hits[which == 2 * number + 1]))
        yield _Finds(name, own.first, own.last, [matcher.terms[term] for term in own.term.tolist()])


@lru_cache(maxsize=1)
def _matcher() -> tuple[Matcher, list[tuple[str, str]]]:
    lists = word_lists("_style")
    slots = [(name, role) for name in LISTED for role in ("terms", "not") for _ in lists[name][role]]
    terms = [term for name, role in dict.fromkeys(slots) for term in lists[name][role]]
    return Matcher(terms, contractions=True), slots


def _nominalisations(tokens: Tokens) -> Iterable[_Finds]:
    norms = tokens.types.norms
    column = tokens.types.column(NOMINALISATIONS, lambda ids: np.array([_ending(norms[i]) != "" for i in ids], bool))
    places = tokens.word_index.of_types(column)
    capitals = all_capitals(tokens.types)[tokens.word[places]]  # in a headline in capitals every word has one
    places = places[~names(tokens)[places] | capitals]
    yield _Finds(NOMINALISATIONS, places, places, [""] * len(places))  # endings are looked up when they are shown


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, ...], frozenset[str]]:
    lists = word_lists("_style")[NOMINALISATIONS]
    return tuple(lists["endings"]), frozenset(lists["not"])


def _ending(norm: str) -> str:
    """Return the ending that makes a word a nominalisation, or an empty string."""
    endings, excluded = _endings()
    if not norm.endswith(endings):
        return ""
    for ending in endings:
        if norm.endswith(ending) and len(norm) - len(ending) >= _MIN_STEM and norm.isalpha():
            singular = norm.removesuffix(ending) + _PLURALS.get(ending, ending)
            return "" if singular in excluded or norm in excluded else ending
    return ""


def _spans(
    tokens: Tokens,
    units: Columns,
    voice: NDArray[np.int8],
    finds: list[_Finds],
    valid: Mapping[str, NDArray[np.bool_]],
) -> pd.DataFrame:
    """One row a sentence for the two means, one row a find and rate; contributions add up to the score."""
    owner = tokens.sentence_article
    totals = {
        name: np.bincount(owner, units[name], len(tokens))
        for name in ("sentences", "windows", *("words" + _suffix(p) for p in ("", *VOICES)))
    }
    pieces = [_finds_table(tokens, voice, finds, totals)]
    with np.errstate(divide="ignore", invalid="ignore"):
        for measure, parts, whole, unit, rule in (
            ("mattr", "window_types", "windows", WINDOW, f"types in the windows of {WINDOW} words that end here"),
            ("mean_sentence_length", "words", "sentences", 1, "words"),
        ):
            pieces.append(pd.DataFrame({
                "article": owner, "measure": measure, "sentence": np.arange(tokens.n_sentences),
                "start": tokens.sentence_start, "end": tokens.sentence_end, "rule": rule, "inherited": False,
                "contribution": units[parts] / (unit * totals[whole][owner]),
            }))  # fmt: skip
    table = pd.concat(pieces, ignore_index=True)
    keep = np.zeros(len(table), bool)
    for measure, mask in valid.items():
        keep |= (table["measure"] == measure).to_numpy() & mask[table["article"].to_numpy(int)]
    return table[keep & (table["contribution"] != 0).to_numpy()].reset_index(drop=True)


def _finds_table(
    tokens: Tokens, voice: NDArray[np.int8], finds: list[_Finds], totals: Mapping[str, NDArray[np.float64]]
) -> pd.DataFrame:
    rows = []
    for found in finds:
        for first, last, rule in zip(found.first.tolist(), found.last.tolist(), found.rules, strict=True):
            sentence = int(tokens.sentence[first])
            article = int(tokens.sentence_article[sentence])
            rule = rule or f"-{_ending(tokens.norm(first))}"
            place = sentence, int(tokens.start[first]), int(tokens.end[last]), rule, False
            parts = ("",) if found.name not in CLASSES else ("", VOICES[voice[first]])
            for part in parts:
                n_words = totals["words" + _suffix(part)][article]
                rows.append((article, _rate_name(found.name, part), *place, PER / n_words if n_words else np.nan))
    names = ["article", "measure", "sentence", "start", "end", "rule", "inherited", "contribution"]
    return pd.DataFrame(rows, columns=names)
