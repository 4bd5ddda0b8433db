"""Measure sentence bounds against annotated text.

Usage: ``python benchmarks/sentences.py GUM_FILE GOLDEN_FILE``

GUM_FILE: JSON lines with ``genre`` and ``sentences`` as ``[starts_paragraph, type, text]`` (from the GUM corpus,
amir-zeldes/gum). Sentences of a paragraph are joined by a space; a bound counts when it stands inside a paragraph.
GOLDEN_FILE: JSON lines with ``text`` and ``sentences`` (the golden rules of pySBD, nipunsadvilkar/pySBD). Files may be
gzipped. Prints one JSON line: f1_all, f1_news (bounds, micro-averaged), precision and recall, golden_right of golden_n.
"""

import argparse
import gzip
import json
from pathlib import Path

from framing.sentences import sentences


def rows(path):
    """Yield the objects of a JSON lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def paragraphs(document):
    """Yield the sentences of each paragraph."""
    current = []
    for starts, _, text in document["sentences"]:
        if starts and current:
            yield current
            current = []
        current.append(" ".join(text.split()))
    yield current


def bounds(parts):
    """Return the offsets at which sentences end inside a paragraph."""
    ends, place = set(), 0
    for part in parts[:-1]:
        place += len(part)
        ends.add(place)
        place += 1
    return ends


def counts(documents):
    """Return right, found and true bounds."""
    right = found = true = 0
    for document in documents:
        for parts in paragraphs(document):
            gold = bounds(parts)
            own = {e for _, e, _ in sentences(" ".join(parts))[:-1]}
            right, found, true = right + len(gold & own), found + len(own), true + len(gold)
    return right, found, true


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gum", type=Path)
    parser.add_argument("golden", type=Path)
    arguments = parser.parse_args()
    documents = list(rows(arguments.gum))
    result = {"benchmark": "sentences"}
    for name, chosen in (("all", documents), ("news", [d for d in documents if d["genre"] == "news"])):
        right, found, true = counts(chosen)
        result[f"f1_{name}"] = round(2 * right / (found + true), 4)
        result[f"precision_{name}"], result[f"recall_{name}"] = round(right / found, 4), round(right / true, 4)
        result[f"n_{name}"] = true
    golden = list(rows(arguments.golden))
    own = [[g["text"][s:e] for s, e, _ in sentences(g["text"])] for g in golden]
    result["golden_right"] = sum(o == [s.strip() for s in g["sentences"]] for o, g in zip(own, golden, strict=True))
    result["golden_n"] = len(golden)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
