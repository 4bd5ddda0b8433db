"""Sources that grammar settles: the subject of speech that is reported in speech, and of ", adding that"."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from framing.type_table import COMMA
from framing.voice.content import Attributions
from framing.voice.context import BREAKS, Context, Ints
from framing.voice.heads import BREAK, CUT, SHARES
from framing.voice.model import found_patterns
from framing.voice.passives import passives, quotings
from framing.voice.patterns import Tags

_PARTICIPLES = frozenset(
    """adding noting saying stressing warning insisting arguing claiming stating suggesting explaining telling
    acknowledging emphasising emphasizing""".split()
)
_BETWEEN = frozenset("had has have also then later once already never not would will may could might".split())
_PASSIVE = frozenset("was were is are be been being".split())
_CLAIMS = frozenset(
    """claims claim reports report allegations allegation accusations accusation suggestions suggestion rumours rumors
    assertions charges""".split()
)
_REJECTS = frozenset(
    """reject rejects rejected rejecting deny denies denied denying dismiss dismisses dismissed dismissing investigate
    investigates investigated investigating refute refutes refuted refuting dispute disputes disputed disputing rebuff
    rebuffed rebut rebutted contest contests contested ignore ignored ignores face faces faced facing probe probes
    probed probing counter countered answer answered confirm confirmed examine examined check checked""".split()
)
_SHOWS = frozenset(
    """show shows showed indicate indicates indicated suggest suggests suggested say argue argues believe believes
    expressed carried compares compared places placed put puts gave gives""".split()
)
_OF = frozenset("of for from in at".split())
_OF_SHARE = frozenset(["of"])
_FARTHEST = 4  # words between a subject and its verb
_LONGEST = 12  # words of a name
_MOST_ROWS = 50  # attributions that are looked back at in a sentence: a text without full stops has one for all


def settled(context: Context, rows: Attributions, source: Ints, barred: NDArray[np.bool_]) -> Ints:
    """Return the heads of sources, those that the grammar settles put right.

    Of "Reuters reported that Lim had told Reza that it rained" the inner content is Lim's, who stands in the outer one;
    of "The ministry said it rained, adding that it hailed" both are the ministry's.

    Parameters
    ----------
    context, rows
        The words and their attributions in text order.
    source
        The heads that were chosen, or -1, shape (n_rows,).
    barred
        Whether each word heads no name, shape (n_words,).
    """
    if not len(rows):
        return source
    told = _Cues.of(rows)
    found = _of_patterns(context, barred, told, source)
    found = _of_inner_speech(context, barred, told, found)
    found[told.has & _rejected(context, told.word)] = -1
    found = _of_participles(context, told, _of_others(context, told, found))
    return _without_verbs(context, barred, found)


class _Cues(NamedTuple):
    """The cues of attributions, shape (n_rows,).

    Attributes
    ----------
    rows
        The attributions.
    word
        The words, 0 where there is none.
    has, opens, inside
        Whether there is one in the sentence, whether its content stands behind it, and whether it stands in the content
        of another one.
    """

    rows: Attributions
    word: Ints
    has: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    inside: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Attributions) -> _Cues:
        """Look over the cues of attributions."""
        word, has = np.maximum(rows.cue, 0), (rows.cue >= 0) & ~rows.carried
        opens = has & (rows.first > word)
        n = max(int(rows.last.max()), int(word.max())) + 2
        steps = np.bincount(rows.first[opens], minlength=n) - np.bincount(rows.last[opens] + 1, minlength=n)
        return cls(rows, word, has, opens, has & (np.cumsum(steps)[word] > 0))

    def at(self, places: Ints) -> tuple[NDArray[np.bool_], Ints]:
        """Tell which cues are among some words in text order, and at which of them."""
        if not len(places):
            return np.zeros(len(self.word), bool), np.zeros(len(self.word), np.int64)
        number = np.minimum(np.searchsorted(places, self.word), len(places) - 1)
        return self.has & (places[number] == self.word), number


def _of_patterns(context: Context, barred: NDArray[np.bool_], cues: _Cues, found: Ints) -> Ints:
    """Take the sources of openings and of tags from the words that name them there."""
    for places, heads in _beside(context, barred, *context.tokens.once(found_patterns)[1:]):
        known, number = cues.at(places)
        known[known] = heads[number[known]] >= 0
        found = found.copy()
        found[known] = heads[number[known]]
    return found


def _of_inner_speech(context: Context, barred: NDArray[np.bool_], cues: _Cues, found: Ints) -> Ints:
    """Give speech that is reported in speech to its own subject, not to that of the outer one."""
    rows = cues.rows
    for row in np.flatnonzero(cues.inside & cues.opens).tolist():
        outer = _outer(rows, row)
        if outer >= 0 and found[row] < rows.cue[outer]:
            subject = _subject(context, barred, int(rows.cue[row]), int(rows.first[outer]))
            found[row] = subject if subject >= 0 else found[row]
    return found


def _of_others(context: Context, cues: _Cues, found: Ints) -> Ints:
    """Give what is quoted from others, and passives, to those whose word it is, who is not a passive's subject."""
    quoting, passive = quotings(context.tokens), passives(context.tokens)
    known, number = cues.at(quoting.saying)
    found[known] = quoting.source[number[known]]
    known, number = cues.at(passive.cue)
    known[known] = passive.relayed[number[known]] == 0
    agent = np.full(len(found), -1)
    agent[known] = passive.agent[number[known]]
    return np.where(known & ((agent >= 0) | (found < cues.word)), agent, found)


def _of_participles(context: Context, cues: _Cues, found: Ints) -> Ints:
    """Give ", adding that" to the source of the cue before it."""
    rows, word = cues.rows, context.tokens.word
    comma = (context.bits[cues.word] & BREAKS) == COMMA
    aside = cues.has & comma & context.tokens.types.among(_PARTICIPLES)[word[cues.word]]
    for row in np.flatnonzero(aside).tolist():
        for earlier in range(row - 1, max(row - 1 - _MOST_ROWS, -1), -1):
            if rows.sentence[earlier] != rows.sentence[row]:
                break
            if cues.has[earlier] and rows.cue[earlier] < rows.cue[row] and not cues.inside[earlier]:
                found[row] = found[earlier]
                break
    return found


def _without_verbs(context: Context, barred: NDArray[np.bool_], head: Ints) -> Ints:
    """Return heads with the noun instead of the verb behind it: "reports" of "reports show"."""
    place = np.maximum(head, 1)
    verb = (head > 0) & context.tokens.types.among(_SHOWS)[context.tokens.word[place]] & (place > context.first[place])
    verb &= ((context.bits[place] & BREAKS) == 0) & ~barred[place - 1]
    return head - verb


def _rejected(context: Context, cue: Ints) -> NDArray[np.bool_]:
    """Tell which cues are claims that somebody rejects: "Kyiv denied claims that" does not say whose they are."""
    tokens = context.tokens
    rejects, word = tokens.types.among(_REJECTS), tokens.word
    before = np.maximum(cue - 1, context.first[cue])
    before = np.where(rejects[word[before]], before, np.maximum(before - 1, context.first[cue]))  # "denied the claims"
    return tokens.types.among(_CLAIMS)[word[cue]] & rejects[word[before]] & (before < cue)


def _outer(rows: Attributions, row: int) -> int:
    """Return the row whose content, behind its cue, holds the cue of another; of several the nearest, or -1."""
    cue, best = rows.cue[row], -1
    for other in range(row - 1, max(row - 1 - _MOST_ROWS, -1), -1):
        if rows.sentence[other] != rows.sentence[row]:
            break
        if 0 <= rows.cue[other] < rows.first[other] <= cue <= rows.last[other]:
            best = other if best < 0 or rows.first[other] > rows.first[best] else best
    return best


def _subject(context: Context, barred: NDArray[np.bool_], cue: int, begin: int) -> int:
    """Return the head of what stands right before a verb, from `begin` on, or -1."""
    tokens = context.tokens
    place = cue - 1
    while place >= begin and cue - place <= _FARTHEST and (
        tokens.norm(place) in _BETWEEN or tokens.types.strings[tokens.word[place]].endswith("ly")
    ):  # fmt: skip
        place -= 1
    if place < begin or barred[place] or tokens.norm(place) in _PASSIVE:
        return -1
    if any(context.bits[p] & BREAKS for p in range(place + 1, cue + 1)):
        return -1
    for step in range(place - 1, max(begin, place - _FARTHEST) - 1, -1):  # "a spokesman for the union"
        if tokens.norm(step) in _OF and step - 1 >= begin and not barred[step - 1]:
            return step - 1
        if context.bits[step + 1] & BREAKS:
            break
    return place


def _beside(context: Context, barred: NDArray[np.bool_], tagged: Tags, opening: Ints) -> list[tuple[Ints, Ints]]:
    """Return cues in text order and the heads of their sources, of openings and of tags."""
    turned = tagged.first == tagged.cue
    begin, end = np.where(turned, tagged.cue + 1, tagged.first), np.where(turned, tagged.end, tagged.cue)
    return [
        (opening, _heads(context, barred, context.first[opening], opening)),
        (tagged.cue, _heads(context, barred, begin, end)),
    ]  # fmt: skip


def _heads(context: Context, barred: NDArray[np.bool_], begin: Ints, end: Ints) -> Ints:
    """Return what `framing.voice.heads.head_of` does, for the words from each `begin` on before each `end`."""
    tokens, types = context.tokens, context.tokens.types
    for _ in range(_FARTHEST):  # "officials later also | said"
        end = end - ((end - 1 > begin) & barred[np.maximum(end - 1, 0)])
    share = (end - begin > 2) & types.among(SHARES)[tokens.word[begin]]
    share &= types.among(_OF_SHARE)[tokens.word[np.minimum(begin + 1, len(barred) - 1)]]
    head = begin + 2 * share
    going = np.ones(len(head), bool)
    for _ in range(_LONGEST):
        place = np.minimum(head + 1, len(barred) - 1)
        going &= (head + 1 < end) & ~types.among(CUT)[tokens.word[place]] & ((tokens.before[place] & BREAK) == 0)
        head = head + going
    for _ in range(_FARTHEST):  # "two diplomats familiar | with the matter"
        head = head - ((head > begin) & barred[head])
    return np.where(end > begin, head, -1)
