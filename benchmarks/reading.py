"""Score the default codebook against a hand reading of three articles.

Usage: ``python benchmarks/reading.py FOLDER`` with the articles as ``NNN_*.txt`` and the reading as ``READING.md``
(tables with columns S, marker, NA, USP, DEF, voice, TR, US, NA stance). Prints one JSON line: precision, recall and
F1 of each theme by sentence, borderline rows (``?``) left out, over the texts together; share of certain stance rows
with the right value (missing counts as a value); number of sentences of each text. In-sample: the codebook's author
knew these texts.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np

import framing

COLUMNS = {"themes__non_alignment": 2, "themes__us_pressure": 3, "themes__defence": 4}
STANCE = {"stance__turkiye_partnership": 6, "stance__united_states": 7, "stance__non_alignment": 8}


def read_reading(path):
    """Return (article, sentence) to the cells of its row."""
    rows, article = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"## Seed (\d+)", line):
            article = match.group(1)
        elif article and (match := re.match(r"\| (\d+) \|", line)):
            rows[article, int(match.group(1))] = [c.strip() for c in line.strip().strip("|").split("|")]
    return rows


def stance_value(cell):
    """Return 1, 0, -1, NaN for not about the target, or None for an uncertain row."""
    if "(u)" in cell:
        return None
    cell = cell.replace("–", "-").replace("+", "")
    return np.nan if cell in ("·", "") else float(cell)


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    gold = read_reading(folder / "READING.md")
    articles = [framing.read_corpus(path)[0] for path in sorted(folder.glob("[0-9]*.txt"))]
    corpus = framing.Corpus(articles)
    table = framing.features(corpus, unit="sentence")
    keys = [(a[:3], n) for a, n in zip(table["article"], table["sentence"], strict=True)]
    result = {"benchmark": "reading", "sentences": table.groupby("article", sort=False).size().tolist()}
    for column, place in COLUMNS.items():
        pairs = [
            (f == 1, gold[k][place] == "1") for k, f in zip(keys, table[column], strict=True) if gold[k][place] != "?"
        ]
        tp = sum(f and g for f, g in pairs)
        found, true = sum(f for f, _ in pairs), sum(g for _, g in pairs)
        result[column] = {
            "precision": round(tp / found, 3), "recall": round(tp / true, 3), "f1": round(2 * tp / (found + true), 3),
            "n": len(pairs),
        }  # fmt: skip
    for column, place in STANCE.items():
        values = [(f, stance_value(gold[k][place])) for k, f in zip(keys, table[column].astype(float), strict=True)]
        sure = [(f, g) for f, g in values if g is not None]
        right = sum(f == g or (np.isnan(f) and np.isnan(g)) for f, g in sure)
        result[column] = {"accuracy": round(right / len(sure), 3), "n": len(sure)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
