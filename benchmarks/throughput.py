"""Race `framing.features` against what users script today, on one machine, on one corpus, in one run.

Usage: ``python benchmarks/throughput.py [--corpus FILE.jsonl] [-n N] [--slice N] [--curve]``

Needs the extra ``benchmarks`` and, for textstat's own syllables, NLTK's cmudict (see `script_baseline.py`). Without
--corpus, `drawn_corpus.py` draws N articles of about 450 words (default 10,000). Every contender runs in a fresh
process of its own, one after the other, three times in turns, and its best run counts, which is the one that other work
of the machine slowed least; imports are timed for none but the start-up.

What is timed, and the keys of the one JSON line that is printed:

articles_per_s_1, articles_per_s_2
    ``framing.features(FILE)`` with one and with two processes: reading the file, starting the processes, the codebook
    and the word lists, all default measures, and the table. On all n_articles.
script_articles_per_s; ratio_script_1, ratio_script_2
    `script_baseline.py`, from reading the file to the saved figure, on the first --slice articles (n_slice); and how
    many times faster the above are. Its tests and figure cost nearly the same for few articles as for many, so a
    small slice flatters the ratio.
textstat_articles_per_s, eight_articles_per_s; ratio_textstat, ratio_textstat_slice
    Eight indices by textstat, text by text, dictionaries loaded before, on the slice; the same eight (and the other
    four that come with them) by `framing.tokenize` and `framing.Readability`, from strings to the table, on all
    n_articles; their ratio. textstat takes as long for every text; framing works a word out when it first comes,
    so its first texts cost more: the last key is the ratio with both on the slice alone.
textstat_syllables
    Where textstat's syllables came from.
floor_articles_per_s; ratio_floor
    ``collections.Counter(text.split())`` for each text, the least that any counting of words costs; and how many
    times slower than it one process of the first contender is.
peak_rss_mb
    Peak resident memory of a process that runs ``framing.write_features(FILE, "features.parquet")``.
startup_extra_s
    Wall time of ``framing features`` on three articles minus that of ``python -c "import pandas, sklearn.base"``;
    medians of five.
curve
    With --curve: articles, seconds and rss_mb of ``framing.write_features`` to Parquet in one process, for 1,000,
    10,000 and 100,000 drawn articles.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
CURVE = (1_000, 10_000, 100_000)
ROUNDS = 3
SLOW = ("script", "textstat")  # these run on the slice
TIMED = ("features_1", "features_2", "eight", "floor", *SLOW)


def texts(path):
    """Return the texts of a corpus."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def clocked(work):
    """Return the seconds that work takes."""
    begin = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - begin}


def peak_rss_mb():
    """Return the peak of this process; `getrusage` alone may show that of the process it was forked from."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text(encoding="utf-8").splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024


def run_features(path, n_jobs):
    """Score the file as a table."""
    from framing import features

    return clocked(lambda: features(path, n_jobs=n_jobs))


def run_writing(path):
    """Score the file into another, and measure memory."""
    from framing import write_features

    with tempfile.TemporaryDirectory() as folder:
        result = clocked(lambda: write_features(path, Path(folder) / "features.parquet"))
    return {**result, "rss_mb": peak_rss_mb()}


def run_textstat(path):
    """Compute eight indices, text by text."""
    from script_baseline import INDICES, prepare_textstat

    textstat, source = prepare_textstat()
    own = texts(path)
    functions = [getattr(textstat, name) for name in INDICES]
    return {**clocked(lambda: [[f(text) for f in functions] for text in own]), "syllables": source}


def run_eight(path):
    """Compute the same eight indices with framing, in batches as `features` does."""
    from framing import Readability, tokenize
    from framing.type_table import Types
    from script_baseline import INDICES

    own, types, extractor = texts(path), Types(), Readability()
    Readability().transform(["This sentence makes it load its dictionaries. " * 5])

    def work():
        for begin in range(0, len(own), 500):
            extractor.transform(tokenize(own[begin : begin + 500], types))[list(INDICES)]

    return clocked(work)


def run_floor(path):
    """Count the words of each text."""
    own = texts(path)
    return clocked(lambda: [Counter(text.split()) for text in own])


CONTENDERS = {
    "features_1": lambda path: run_features(path, 1),
    "features_2": lambda path: run_features(path, 2),
    "writing": run_writing,
    "textstat": run_textstat,
    "eight": run_eight,
    "floor": run_floor,
}


def alone(name, path):
    """Run a contender in a process of its own and return what it prints."""
    print(f"running {name} on {path.name}", file=sys.stderr)
    script = [HERE / "script_baseline.py"] if name == "script" else [HERE / "throughput.py", "--contender", name]
    words = [path] if name == "script" else ["--corpus", path]
    run = subprocess.run([sys.executable, *script, *words], stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(run.stdout)


def draw(n, path):
    """Draw a corpus, in a process of its own so that this one stays small."""
    subprocess.run([sys.executable, HERE / "drawn_corpus.py", str(n), path], check=True)
    return path


def head(source, n, path):
    """Copy the first rows of a corpus and return their number."""
    with source.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8", newline="\n") as out:
        rows = list(islice((line for line in lines if line.strip()), n))
        out.writelines(row if row.endswith("\n") else row + "\n" for row in rows)
    return len(rows)


def startup_extra(folder, corpus):
    """Return the wall time of the command on three articles beyond that of its two largest imports."""
    head(corpus, 3, folder / "three.jsonl")
    commands = [
        [sys.executable, "-m", "framing", "features", folder / "three.jsonl"],
        [sys.executable, "-c", "import pandas, sklearn.base"],
    ]
    seconds = []
    for command in commands:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
        seconds.append(median(clocked(lambda c=command, q=quiet: subprocess.run(c, **q))["seconds"] for _ in range(5)))
    return seconds[0] - seconds[1]


def race(folder, corpus, n, n_slice):
    """Run every contender and return the figures."""
    whole, part = folder / "corpus.jsonl", folder / "slice.jsonl"
    n = head(corpus, n, whole) if n else head(corpus, sys.maxsize, whole)
    n_slice = head(whole, n_slice, part)
    runs = {name: [] for name in TIMED}
    for _ in range(ROUNDS):  # in turns, so that a slow spell of the machine strikes all of them
        for name in TIMED:
            runs[name].append(alone(name, part if name in SLOW else whole))
    runs["eight_slice"] = [alone("eight", part) for _ in range(ROUNDS)]
    rate = {name: n / min(run["seconds"] for run in runs[name]) for name in TIMED if name not in SLOW}
    slow = {
        "script": max(run["articles_per_s"] for run in runs["script"]),
        "textstat": n_slice / min(run["seconds"] for run in runs["textstat"]),
    }
    eight_slice = n_slice / min(run["seconds"] for run in runs["eight_slice"])
    return {
        "n_articles": n,
        "n_slice": n_slice,
        "articles_per_s_1": rate["features_1"],
        "articles_per_s_2": rate["features_2"],
        "script_articles_per_s": slow["script"],
        "ratio_script_1": rate["features_1"] / slow["script"],
        "ratio_script_2": rate["features_2"] / slow["script"],
        "textstat_articles_per_s": slow["textstat"],
        "eight_articles_per_s": rate["eight"],
        "ratio_textstat": rate["eight"] / slow["textstat"],
        "ratio_textstat_slice": eight_slice / slow["textstat"],
        "textstat_syllables": runs["textstat"][0]["syllables"],
        "floor_articles_per_s": rate["floor"],
        "ratio_floor": rate["floor"] / rate["features_1"],
        "peak_rss_mb": alone("writing", whole)["rss_mb"],
        "startup_extra_s": startup_extra(folder, whole),
    }


def curve(folder):
    """Return articles, seconds and memory for growing corpora."""
    rows = []
    for n in CURVE:
        found = alone("writing", draw(n, folder / f"drawn-{n}.jsonl"))
        rows.append({"articles": n, "seconds": round(found["seconds"], 1), "rss_mb": round(found["rss_mb"])})
    return rows


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="JSON lines with id, kind and text; else one is drawn")
    parser.add_argument(
        "-n", type=int, help="number of articles: the first of --corpus (default all), or to draw (10,000)"
    )
    parser.add_argument("--slice", type=int, default=1_000, help="number of articles for the slow contenders")
    parser.add_argument("--curve", action="store_true", help="also time 1,000, 10,000 and 100,000 articles")
    parser.add_argument("--contender", choices=CONTENDERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.contender:
        print(json.dumps(CONTENDERS[arguments.contender](arguments.corpus)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        corpus = arguments.corpus or draw(arguments.n or 10_000, folder / "drawn.jsonl")
        result = {
            "benchmark": "throughput",
            "cores": os.cpu_count(),
            **race(folder, corpus, arguments.n, arguments.slice),
        }
        if arguments.curve:
            result["curve"] = curve(folder)
    print(json.dumps({k: round(v, 2) if isinstance(v, float) else v for k, v in result.items()}))


if __name__ == "__main__":
    main()
