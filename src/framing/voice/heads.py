"""The head of words that name a source."""

from __future__ import annotations

from framing.tokens import Tokens
from framing.type_table import BRACKET, COLON, COMMA, DASH, QUOTE
from framing.voice.context import Ints

BREAK = COMMA | COLON | DASH | BRACKET | QUOTE
CUT = frozenset(
    """of for at in from with to on by as who whose which that and or but about against into near under over after
    before during since is was are were has have had said says say told released published conducted called based led
    named""".split()
)
SHARES = frozenset("one some many most each several all both none few two three any".split())


def head_of(tokens: Tokens, words: Ints) -> int:
    """Return the head of words that name a source: the last word before a comma, preposition or relative clause."""
    place = int(words[0])
    rest = words[1:].tolist()
    if len(rest) > 1 and tokens.norm(place) in SHARES and tokens.norm(rest[0]) == "of":
        place, rest = rest[1], rest[2:]  # "one of the advisers"
    for word in rest:
        if word != place + 1 or tokens.before[word] & BREAK or tokens.norm(word) in CUT:
            break
        place = word
    return place
