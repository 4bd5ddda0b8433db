"""How often the plain patterns of voices hold: ``python benchmarks/voice_patterns.py TEXT ATTRIBUTIONS``.

Files as for `voice.py`. Prints one JSON line: for each pattern of `framing.voice.patterns` (and `apposed` of
`framing.voice.plain_sources`) the stretches it finds, and the share of them of which most words are marked as
attributed content. ``between`` and ``apposed`` find what is none: their shares are low when they are right.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from framing.voice import attributed_chance
from framing.voice.context import covered
from framing.voice.make_weights import load
from framing.voice.model import ATTRIBUTED_AT, found_patterns, read
from framing.voice.patterns import according, cues_apart, described, reported, stated_later, told
from framing.voice.plain_sources import apposed
from framing.voice.viewpoints import viewpoints


def share(words, content):
    """Return the number of stretches of words side by side, and the share of those that are mostly content."""
    words = np.unique(words)
    stretches = np.split(words, np.flatnonzero(np.diff(words) > 1) + 1) if len(words) else []
    right = [content[stretch].mean() > 0.5 for stretch in stretches]
    return {"n": len(right), "attributed": round(float(np.mean(right)), 3) if right else None}


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("attributions", type=Path)
    arguments = parser.parse_args()
    marked = load(arguments.texts, arguments.attributions)
    tokens = marked.tokens
    context, (marks, tags, opening) = tokens.once(read).context, tokens.once(found_patterns)
    stop = np.minimum(marks.until(opening), context.last[opening] + 1)
    views = viewpoints(tokens)
    cue, that = cues_apart(context, marks)
    found = {
        "openings": covered(opening + 1, stop - opening - 1),
        "tags": covered(tags.sentence, tags.first - tags.sentence),
        "reported": reported(context, marks), "stated_later": stated_later(context, marks),
        "according": according(context, marks), "viewpoints": covered(views.begin, views.stop - views.begin),
        "described": described(context, marks), "told": told(context, marks),
        "between": covered(cue + 1, that - cue - 1),
        "apposed": apposed(context, marks, attributed_chance(tokens) > ATTRIBUTED_AT),
    }  # fmt: skip
    figures = {name: share(words, marked.content) for name, words in found.items()}
    print(json.dumps({"benchmark": "voice_patterns", "n_articles": len(tokens), **figures}))


if __name__ == "__main__":
    main()
