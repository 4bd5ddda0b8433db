"""Draw a corpus of any size from the sentences of the sample corpus.

Usage: ``python benchmarks/drawn_corpus.py N OUT.jsonl [--seed 7]``

Articles of about 450 words in three kinds, each of sentences of its own kind, three articles an event. Numbers are
drawn anew, and some names are replaced by invented ones that follow a power law, so that the number of distinct words
grows with the corpus as it does in real ones. The same seed gives the same bytes; a smaller N gives the first
articles of a larger one.
"""

import argparse
import json
import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = 450
SYLLABLES = [c + v for c in "b d f g h k l m n p r s t v w y z ch sh tr".split() for v in "aeiou"]
NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\b")
NUMBER = re.compile(r"\d+")


def sentences_by_kind():
    """Return the sentences of the sample corpus by kind."""
    import framing

    table = framing.features(ROOT / "corpus", unit="sentence", extractors=["themes"])
    kinds = {article.id: article.kind for article in framing.read_corpus(ROOT / "corpus")}
    found = {}
    for article, text in zip(table["article"], table["text"], strict=True):
        found.setdefault(kinds[article], []).append(" ".join(text.split()))
    return found


def invented(rng):
    """Return a name; names early in the list are common, and there is always a new one."""
    number = min(int(40 * rng.paretovariate(0.7)), 10**8)
    parts = []
    while number or len(parts) < 2:
        number, place = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[place])
    return "".join(parts).capitalize()


def varied(sentence, rng):
    """Return a sentence with other numbers and some other names."""
    sentence = NUMBER.sub(lambda m: str(rng.randrange(1, 10 ** len(m.group()))), sentence)
    return NAME.sub(lambda m: invented(rng) if rng.random() < 0.2 else m.group(), sentence)


def articles(n, seed):
    """Yield rows."""
    rng = random.Random(seed)
    pool = sentences_by_kind()
    for number in range(n):
        kind = list(pool)[number % len(pool)]
        paragraphs, words, wanted = [], 0, rng.gauss(WORDS, 90)
        while words < wanted:
            paragraph = " ".join(varied(rng.choice(pool[kind]), rng) for _ in range(rng.randint(1, 4)))
            words += len(paragraph.split())
            paragraphs.append(paragraph)
        yield {
            "id": f"{number:07d}", "kind": kind, "event": f"event-{number // len(pool)}",
            "source": f"{kind} {number % 5}", "date": f"2025-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}",
            "text": "\n\n".join(paragraphs),
        }  # fmt: skip


def main():
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    with arguments.out.open("w", encoding="utf-8", newline="\n") as file:
        for row in articles(arguments.n, arguments.seed):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
