"""Measure what matching costs: many patterns against few, and against other matchers on the same work.

Usage: ``python benchmarks/lookup.py [--corpus FILE.jsonl] [-n 10000] [--slice 2000] [--spacy PYTHON]``

Without --corpus, `drawn_corpus.py` draws n articles. 1,000 patterns (500 words, 300 of two or three words, 200 with a
wildcard) are drawn with seed 0 from what stands in the first 1,000 articles; the 50 are the first 25, 15 and 10 of
them. Every contender runs in a process of its own, one after the other. Keys of the one JSON line:

ratio_1000_to_50; themes_s_50, themes_s_1000
    `framing.Themes` with the patterns in ten themes on all articles, from strings to the table: what 1,000 patterns
    cost more than 50. Best of three each, taken in turns.
matching_only_ratio_1000_to_50; match_s_50, match_s_1000; n_hits_50, n_hits_1000
    Building a `framing.lookup.Matcher` and finding all places of its patterns in tokens made before. Twenty times as
    many patterns have about twenty times as many hits, and here nothing but the hits costs.
framing_s, countvectorizer_s, phrasematcher_s; times_countvectorizer, times_phrasematcher
    From strings to one number a text and theme on the first --slice articles, all 1,000 patterns in ten themes:
    `Themes`; scikit-learn's CountVectorizer over the patterns as its vocabulary (overlaps counted twice); spaCy's
    PhraseMatcher on a blank pipeline, overlaps filtered. The others know no wildcards: theirs are written out over the
    vocabulary first, and that is not timed. Best of three each; how many times longer each takes than framing.

spaCy is not among the package's extras: give the Python of an environment that has it and what framing needs
(--spacy), else it is left out and ``phrasematcher_skipped`` says so.
"""

import argparse
import fnmatch
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
N_THEMES = 10
MIX = {"word": 500, "phrase": 300, "wildcard": 200}
WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


def texts(path, n=None):
    """Return the first texts of a corpus."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for _, line in zip(range(n) if n else iter(int, 1), lines, strict=False)]


def drawn_patterns(sample, seed=0):
    """Return 1,000 patterns of three sorts from what stands in some texts."""
    rng = random.Random(seed)
    lists = [[w.lower() for w in WORD.findall(text) if w.isalpha()] for text in sample]
    words = Counter(w for own in lists for w in own)
    common = sorted(w for w, n in words.items() if n >= 3 and len(w) > 3)
    grams = Counter(" ".join(own[i : i + size]) for own in lists for size in (2, 3) for i in range(len(own) - size + 1))
    repeated = sorted(g for g, n in grams.items() if n >= 3)
    rng.shuffle(common)
    rng.shuffle(repeated)
    stems = list(dict.fromkeys(w[:5] + "*" for w in common if len(w) > 6))
    return {"word": common[: MIX["word"]], "phrase": repeated[: MIX["phrase"]], "wildcard": stems[: MIX["wildcard"]]}


def some(patterns, n):
    """Return n of the 1,000 patterns in the same mix, as ten themes of about equal size."""
    flat = [p for sort, own in patterns.items() for p in own[: MIX[sort] * n // 1000]]
    return {f"theme{i}": flat[i::N_THEMES] for i in range(N_THEMES)}


def codebook(themes):
    """Return a codebook of plain lists of terms."""
    import framing

    head = '[codebook]\nname = "drawn"\nversion = "1"\nlanguage = "en"\n'
    body = "".join(f"[themes.{name}]\nterms = {json.dumps(own)}\n" for name, own in themes.items())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.toml"
        path.write_text(head + body, encoding="utf-8")
        return framing.load_codebook(path)


def clocked(work):
    """Return the seconds that work takes, and what it returns."""
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def run_match(path, n_slice):
    """Match 50 and 1,000 patterns on the tokens of all articles, in turns."""
    from framing.lookup import Matcher
    from framing.tokens import tokenize
    from framing.type_table import Types

    own = texts(path)
    patterns = drawn_patterns(own[:1000])
    terms = {n: [p for part in some(patterns, n).values() for p in part] for n in (50, 1000)}
    types = Types()
    batches = [tokenize(own[i : i + 500], types) for i in range(0, len(own), 500)]

    def match(n):
        matcher = Matcher(terms[n])
        return sum(len(matcher.find(batch)) for batch in batches)

    rounds = [{n: clocked(lambda n=n: match(n)) for n in terms} for _ in range(3)]
    seconds = {n: median(r[n][0] for r in rounds) for n in terms}
    return {
        "match_s_50": seconds[50], "match_s_1000": seconds[1000],
        "matching_only_ratio_1000_to_50": seconds[1000] / seconds[50],
        "n_hits_50": rounds[0][50][1], "n_hits_1000": rounds[0][1000][1],
    }  # fmt: skip


def run_themes(path, n_slice):
    """Score ten themes of 50 and of 1,000 patterns, from strings to the table."""
    own = texts(path)
    patterns = drawn_patterns(own[:1000])
    books = {n: codebook(some(patterns, n)) for n in (50, 1000)}
    seconds = {n: best(lambda b=book: scored(b, own), 1) for n, book in books.items()}  # and again, in turns
    for n, book in [*books.items(), *books.items()]:
        seconds[n] = min(seconds[n], best(lambda b=book: scored(b, own), 1))
    return {
        "themes_s_50": seconds[50], "themes_s_1000": seconds[1000], "ratio_1000_to_50": seconds[1000] / seconds[50],
    }  # fmt: skip


def scored(book, own):
    """Score texts from strings to the table, in batches as `features` does, with words not met before."""
    from framing import Themes
    from framing.tokens import tokenize
    from framing.type_table import Types

    extractor, types = Themes(book), Types()
    for i in range(0, len(own), 500):
        extractor.transform(tokenize(own[i : i + 500], types))


def best(work, n=3):
    """Return the least seconds of some runs."""
    return min(clocked(work)[0] for _ in range(n))


def run_framing(path, n_slice):
    """Score ten themes of 1,000 patterns on the slice, from strings to the table."""
    own = texts(path, n_slice)
    book = codebook(some(drawn_patterns(texts(path, 1000)), 1000))
    return {"framing_s": best(lambda: scored(book, own))}


def expanded(themes, own):
    """Write wildcards out over the words of some texts."""
    vocabulary = sorted({w.lower() for text in own for w in WORD.findall(text)})
    return {
        name: sorted({w for p in part for w in (fnmatch.filter(vocabulary, p) if "*" in p else [p])})
        for name, part in themes.items()
    }


def run_countvectorizer(path, n_slice):
    """Count the written-out patterns with scikit-learn."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    own = texts(path, n_slice)
    themes = expanded(some(drawn_patterns(texts(path, 1000)), 1000), own)
    place = {w: i for i, w in enumerate(sorted(set().union(*themes.values())))}

    def work():
        counter = CountVectorizer(vocabulary=place, ngram_range=(1, 3), token_pattern=WORD.pattern)
        found = counter.transform(own)
        return [np.asarray(found[:, [place[w] for w in part]].sum(axis=1)).ravel() for part in themes.values()]

    return {"countvectorizer_s": best(work)}


def run_phrasematcher(path, n_slice):
    """Count the written-out patterns with spaCy."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    own = texts(path, n_slice)
    themes = expanded(some(drawn_patterns(texts(path, 1000)), 1000), own)
    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for name, part in themes.items():
        matcher.add(name, list(nlp.tokenizer.pipe(part)))

    def work():
        counts = []
        for doc in nlp.pipe(own, batch_size=64):
            by_theme = {}
            for key, first, last in matcher(doc):
                by_theme.setdefault(key, []).append(doc[first:last])
            counts.append({key: len(filter_spans(spans)) for key, spans in by_theme.items()})
        return counts

    return {"phrasematcher_s": best(work), "spacy_version": spacy.__version__}


CONTENDERS = {
    "match": run_match,
    "themes": run_themes,
    "framing": run_framing,
    "countvectorizer": run_countvectorizer,
    "phrasematcher": run_phrasematcher,
}


def alone(name, path, n_slice, python=sys.executable):
    """Run a contender in a process of its own and return its figures."""
    print(f"running {name}", file=sys.stderr)
    command = [python, HERE / "lookup.py", "--contender", name, "--corpus", path, "--slice", str(n_slice)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)


def race(path, n_slice, spacy):
    """Run every contender and return the figures."""
    result = {}
    for name in ("match", "themes", "framing", "countvectorizer"):
        result |= alone(name, path, n_slice)
    if spacy:
        result |= alone("phrasematcher", path, n_slice, spacy)
        result["times_phrasematcher"] = result["phrasematcher_s"] / result["framing_s"]
    else:
        result["phrasematcher_skipped"] = "no --spacy PYTHON was given"
    result["times_countvectorizer"] = result["countvectorizer_s"] / result["framing_s"]
    return {k: round(v, 3) if isinstance(v, float) else v for k, v in result.items()}


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("-n", type=int, default=10_000, help="articles to draw without --corpus")
    parser.add_argument("--slice", type=int, default=2_000)
    parser.add_argument("--spacy", metavar="PYTHON")
    parser.add_argument("--contender", choices=CONTENDERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.contender:
        print(json.dumps(CONTENDERS[arguments.contender](arguments.corpus, arguments.slice)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.corpus or Path(folder) / "corpus.jsonl"
        if not arguments.corpus:
            subprocess.run([sys.executable, HERE / "drawn_corpus.py", str(arguments.n), path], check=True)
        n = len(texts(path))
        figures = race(path, min(arguments.slice, n), arguments.spacy)
        print(json.dumps({"benchmark": "lookup", "n_articles": n, "n_slice": min(arguments.slice, n), **figures}))


if __name__ == "__main__":
    main()
