"""Who holds what is attributed: pronouns and parts of names resolved, and sentences that still relay a source."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.tokens import Tokens
from framing.voice.context import cue_kind
from framing.voice.model import ATTRIBUTED_AT, attributed_chance
from framing.voice.quotes import quoted_words
from framing.voice.sources import BREAK, CUT, Attribution, attributions

_PRONOUNS = {
    **dict.fromkeys("he him his himself".split(), "he"), **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("they them their themselves".split(), "they"), **dict.fromkeys("i me my myself".split(), "i"),
    **dict.fromkeys("we us our ourselves".split(), "we"), **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("who which that this these those".split(), "who"),
}  # fmt: skip
_MEN, _WOMEN = frozenset("mr sir datuk tan lord king prince".split()), frozenset("ms mrs miss lady queen madam".split())
_INSTITUTIONS = frozenset(
    """ministry government department agency office court council commission committee parliament senate congress
    house company corporation bank university institute centre center group party police army union association
    campaign administration report study survey poll statement times post news journal agency board federation
    organisation organization fund nations embassy""".split()
)
_GROUPS = frozenset(
    """analysts experts critics supporters observers officials sources lawmakers diplomats economists residents
    opponents researchers scientists scholars activists leaders ministers companies investors traders voters aides
    advisers governments countries nations states people police authorities others many some""".split()
)
_STATEMENTS = frozenset("statement speech address interview lecture remarks letter".split())
ONE_SOURCE = 0.8


@dataclass(frozen=True)
class Holder:
    """Who holds an attribution: a name as the text gives it, and its type."""

    name: str
    type: str


AUTHOR_HOLDER = Holder("author", "person")
"""Who says "I" and "we" outside quotation marks."""


def mention(tokens: Tokens, head: int) -> tuple[int, int]:
    """Return the first and last word of the name or noun phrase that a head word ends."""
    first = int(tokens.sentence_bounds[tokens.sentence[head]])
    strings = tokens.types.strings
    begin = head
    while begin > first and not tokens.before[begin] & BREAK:
        word, norm = strings[tokens.word[begin - 1]], tokens.norm(begin - 1)
        if norm in ("the", "a", "an"):
            return begin - 1, head
        proper = word[:1].isupper() and strings[tokens.word[begin]][:1].isupper()
        modifier = not strings[tokens.word[head]][:1].isupper() and norm not in CUT and norm not in _PRONOUNS
        if not (proper or modifier) or head - begin > 5 or norm in CUT:
            break
        begin -= 1
    return begin, head


def holders(tokens: Tokens, rows: list[Attribution]) -> list[Holder | None]:
    """Say who the holder of each attribution is.

    A pronoun stands for the last holder it fits, not for the nearest name; a part of a name stands for
    the whole name met before. Content that goes on from another sentence keeps its holder.
    """
    found: list[Holder | None] = []
    article = -1
    names: dict[str, None] = {}
    recent: list[tuple[Holder, str]] = []
    known: dict[int, Holder | None] = {}
    for row in rows:
        here = int(tokens.sentence_article[row.sentence])
        if here != article:
            article, names, recent, known = here, {}, [], {}
        if row.carried and row.cue in known:
            found.append(known[row.cue])
            continue
        holder = _holder(tokens, row, names, recent) if row.source >= 0 else None
        if holder is not None and not row.carried:
            recent.append((holder, _gender(tokens, row.source)))
        if row.cue >= 0:
            known[row.cue] = holder
        found.append(holder)
    return found


def _holder(
    tokens: Tokens, row: Attribution, names: dict[str, None], recent: list[tuple[Holder, str]]
) -> Holder | None:
    norm = tokens.norm(row.source)
    kind = _PRONOUNS.get(norm)
    if kind in ("i", "we"):  # outside quotation marks the author speaks
        return AUTHOR_HOLDER
    if kind is not None:
        for holder, gender in reversed(recent):
            fits = (
                holder.type in ("group", "institution") if kind == "they"
                else holder.type == "institution" if kind == "it"
                else holder.type == "person" and gender in ("", kind, "i", "we")
            )  # fmt: skip
            if fits:
                return holder
        return None
    first, last = mention(tokens, row.source)
    owner = tokens.articles[tokens.sentence_article[row.sentence]]
    text = re.sub(r"(?:['’]s|['’])$", "", owner.text[tokens.start[first] : tokens.end[last]])
    type_ = _type_of(tokens, first, row.source)
    if type_ == "person":
        words = set(text.split())
        text = next((name for name in names if words <= set(name.split())), text)
        names[text] = None
    return Holder(text, type_)


def _type_of(tokens: Tokens, first: int, head: int) -> str:
    norm, word = tokens.norm(head), tokens.types.strings[tokens.word[head]]
    if norm in _GROUPS:
        return "group"
    if norm in _INSTITUTIONS or (word.isupper() and len(word) > 1):
        return "institution"
    if word[:1].isupper():
        return "institution" if tokens.norm(first) == "the" else "person"
    return "group" if norm.endswith("s") or norm in ("people", "men", "women", "police") else "person"


def _gender(tokens: Tokens, head: int) -> str:
    norm = tokens.norm(head)
    if norm in _PRONOUNS:
        return _PRONOUNS[norm]
    titles = {tokens.norm(p) for p in range(max(0, head - 4), head)}
    return "he" if titles & _MEN else "she" if titles & _WOMEN else ""


def relayed(tokens: Tokens) -> NDArray[np.bool_]:
    """Tell which sentences probably still relay a source though nothing in them says so, shape (n_sentences,).

    A sentence without attributed words is relayed when it goes on, in its paragraph, from an attributed one; and
    anywhere in an article that gives a statement, a speech or the like of one holder, who has at least
    `ONE_SOURCE` of its attributions.
    """
    n = tokens.n_sentences
    attributed = (attributed_chance(tokens) > ATTRIBUTED_AT) | tokens.once(quoted_words)
    none = np.bincount(tokens.sentence, attributed, n) == 0
    article, paragraph = tokens.sentence_article, tokens.sentence_paragraph
    close = np.append(False, (article[1:] == article[:-1]) & (paragraph[1:] == paragraph[:-1]))[:n]
    found = np.zeros(n, bool)
    for place in np.flatnonzero(none & close).tolist():  # in text order, so that a run of them goes on
        found[place] = not none[place - 1] or found[place - 1]
    gives = np.bincount(tokens.article, tokens.types.among(_STATEMENTS)[tokens.word], len(tokens)) > 0
    rows = attributions(tokens)
    names: dict[int, list[str]] = {}
    for row, holder in zip(rows, holders(tokens, rows), strict=True):
        if holder is not None and not row.carried and cue_kind(tokens.norm(row.cue)):
            names.setdefault(int(article[row.sentence]), []).append(holder.name)
    for number, held in names.items():
        most = max(held.count(name) for name in set(held))
        if gives[number] and len(held) > 1 and most >= ONE_SOURCE * len(held):
            found |= none & (article == number)
    return found
