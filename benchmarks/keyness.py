"""Race `framing.keyness` against what users script or install for words that differ between kinds.

Usage: ``python benchmarks/keyness.py FILE.jsonl [--peer NAME=PYTHON,SCRIPT ...]``

FILE holds one article a line with ``text`` and ``kind``; ``python benchmarks/drawn_corpus.py 10000 FILE`` draws one. A
peer is a script of its own, run by an interpreter of its own as ``PYTHON SCRIPT FILE -o CSV``, that prints one JSON
line with ``articles_per_s`` from texts to table, imports not timed: ConvoKit (https://convokit.cornell.edu, class
FightingWords) and scattertext (https://github.com/JasonKessler/scattertext, LogOddsRatioInformativeDirichletPrior) want
other versions of scipy than each other. Everything runs one after the other in one run. One JSON line is printed.

articles_per_s
    `framing.keyness` for single words and every pair of kinds, from strings to the table with log-odds, z, G2 and the
    number of texts, without permutations; cpu_s the processor time of it.
counts_s
    The part of it after `framing.tokenize`, in seconds.
permuted_s
    The same part with 999 permutations of whole texts for each term and pair.
floor_articles_per_s; ratio_floor
    Log-odds by scikit-learn's CountVectorizer and numpy, the least that a script needs; how many times as fast the
    above is.
NAME_articles_per_s; ratio_NAME
    The same for a peer.
"""

import argparse
import json
import subprocess
import tempfile
import time
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

import framing


def floor(texts, kinds):
    """Return z scores of every pair of kinds, from strings."""
    vectorizer = CountVectorizer(token_pattern=r"[^\W_]+(?:[-'’.][^\W_]+)*")
    counts = vectorizer.fit_transform(texts)
    kinds = np.array(kinds)
    sums = {kind: np.asarray(counts[kinds == kind].sum(axis=0)).ravel() for kind in sorted(set(kinds))}
    prior = 470 * sum(sums.values()) / counts.sum()
    found = {}
    for a, b in combinations(sums, 2):
        one, two = (sums[k] + prior for k in (a, b))
        odds = [np.log(v / (v.sum() - v)) for v in (one, two)]
        found[a, b] = (odds[0] - odds[1]) / np.sqrt(1 / one + 1 / two)
    return vectorizer.get_feature_names_out(), found


def peers(arguments):
    """Return the articles a second that each peer reports."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for peer in arguments.peer:
            name, _, command = peer.partition("=")
            python, _, script = command.partition(",")
            out = Path(folder) / f"{name}.csv"
            run = subprocess.run(
                [python, script, arguments.file, "-o", out], capture_output=True, text=True, check=True
            )
            found[name] = json.loads(run.stdout.strip().splitlines()[-1])["articles_per_s"]
    return found


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--peer", action="append", default=[])
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.file.read_text(encoding="utf-8").splitlines()]
    texts, kinds = [r["text"] for r in rows], [r["kind"] for r in rows]
    framing.keyness(framing.Corpus.from_texts(texts[:30], kind=kinds[:30]), n_resamples=0, min_count=1)  # imports
    floor(texts[:30], kinds[:30])
    begin, cpu = time.perf_counter(), time.process_time()
    tokens = framing.tokenize(framing.Corpus.from_texts(texts, kind=kinds))
    middle = time.perf_counter()
    table = framing.keyness(tokens, ngrams=(1,), min_count=1, n_resamples=0).table
    end, cpu = time.perf_counter(), time.process_time() - cpu
    framing.keyness(tokens, ngrams=(1,), min_count=1, n_resamples=999)
    permuted = time.perf_counter() - end
    start = time.perf_counter()
    floor(texts, kinds)
    theirs = time.perf_counter() - start
    rate = len(rows) / (end - begin)
    result = {
        "n_articles": len(rows), "n_rows": len(table), "articles_per_s": round(rate, 1), "cpu_s": round(cpu, 2),
        "counts_s": round(end - middle, 2), "permuted_s": round(permuted, 2),
        "floor_articles_per_s": round(len(rows) / theirs, 1), "ratio_floor": round(rate * theirs / len(rows), 3),
    }  # fmt: skip
    for name, theirs in peers(arguments).items():
        result |= {f"{name}_articles_per_s": theirs, f"ratio_{name}": round(rate / theirs, 1)}
    print(json.dumps({"benchmark": "keyness", **result}))


if __name__ == "__main__":
    main()
