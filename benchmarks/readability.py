"""Measure readability against teachers' judgement, the published values, and versions of one article.

Usage: ``python benchmarks/readability.py clear|onestopenglish FILE [--counts framing|textstat]``
       ``python benchmarks/readability.py textstat FILE... --nltk-data FOLDER``

``clear``: JSON lines with ``text``, ``bt_easiness`` (higher is easier) and the authors' own ``pub_*`` values (CLEAR,
scrosseye/CLEAR-Corpus). Prints Pearson correlations with the judgement (``r_*``) and with the authors' values
(``agree_*``). ``onestopenglish``: JSON lines with ``article``, ``level`` (ele, int, adv) and ``text`` (OneStopEnglish,
nishkalavallabhi/OneStopEnglishCorpus). Prints the share of articles whose three versions an index puts strictly in
order. ``textstat``: JSON lines with ``text``, ``body`` or ``sentences``; compares ``counts="textstat"`` with textstat,
which reads the CMU dictionary from FOLDER; prints values compared and values off by more than 1e-9. Files may be
gzipped. Prints one JSON line.
"""

import argparse
import gzip
import json
import sys
from pathlib import Path

import numpy as np

from framing.corpus import Corpus
from framing.extractors.readability import INDICES, Readability

CLEAR = {
    "fre": ("flesch_reading_ease", "pub_flesch_reading_ease"),
    "fkgl": ("flesch_kincaid_grade", "pub_flesch_kincaid_grade"),
    "smog": ("smog_index", "pub_smog"),
    "dale_chall": ("dale_chall_readability_score", "pub_new_dale_chall"),
}
ORDER = {  # index and its sign: higher is harder
    "fre": ("flesch_reading_ease", -1),
    "fkgl": ("flesch_kincaid_grade", 1),
    "smog": ("smog_index", 1),
    "fog": ("gunning_fog", 1),
}
LEVELS = ("ele", "int", "adv")


def rows(path):
    """Return the objects of a JSON lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def text(row):
    """Return the text of a row."""
    for column in ("text", "body"):
        if column in row:
            return row[column] or ""
    return " ".join(s if isinstance(s, str) else s[-1] for s in row["sentences"])


def scores(texts, counts):
    """Return the indices of texts."""
    return Readability(counts=counts).fit_transform(texts)


def r(x, y):
    """Return Pearson's correlation where both values are there."""
    x, y = (np.array(v, dtype=float) for v in (x, y))
    both = np.isfinite(x) & np.isfinite(y)
    return round(float(np.corrcoef(x[both], y[both])[0, 1]), 4)


def clear(path, counts):
    """Return correlations with the judgement and with the authors' values."""
    texts = rows(path)
    table = scores([t["text"] for t in texts], counts)
    result = {}
    for what, column in (("r", 0), ("agree", 1)):
        for name, columns in CLEAR.items():
            gold = ["bt_easiness", columns[1]][column]
            result[f"{what}_{name}"] = r(table[columns[0]], [t[gold] for t in texts])
    return {**result, "n": len(texts)}


def onestopenglish(path, counts):
    """Return the share of articles in the right order."""
    texts = rows(path)
    table = scores([t["text"] for t in texts], counts)
    place = {(t["article"], t["level"]): i for i, t in enumerate(texts)}
    articles = sorted({a for a, _ in place if all((a, level) in place for level in LEVELS)})
    result = {}
    for name, (column, sign) in ORDER.items():
        values = sign * table[column].to_numpy(float)
        steps = np.diff([[values[place[a, level]] for level in LEVELS] for a in articles], axis=1)
        result[f"order_{name}"] = round(float(np.mean((steps > 0).all(axis=1))), 4)
    return {**result, "n": len(articles)}


def equality(paths, nltk_data):
    """Return how many values of ``counts="textstat"`` are off textstat's."""
    import nltk
    import textstat

    nltk.data.path = [str(nltk_data)]
    words = nltk.corpus.cmudict.dict()
    sys.modules["textstat.backend.counts._count_syllables"].get_cmudict = lambda lang: words
    articles = list(Corpus.from_texts([text(row) for path in paths for row in rows(path)]))
    table = scores(articles, "textstat")
    n = off = 0
    for article, row in zip(articles, table.itertuples(index=False), strict=True):
        for name, value in zip(INDICES, row, strict=True):
            if np.isfinite(value):
                n += 1
                off += abs(value - getattr(textstat, name)(article.body)) > 1e-9
    return {"n_texts": len(articles), "n_values": n, "n_off": off}


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", choices=["clear", "onestopenglish", "textstat"])
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--counts", choices=["framing", "textstat"], default="framing")
    parser.add_argument("--nltk-data", type=Path, metavar="FOLDER", help="folder with corpora/cmudict.zip")
    arguments = parser.parse_args()
    result = {"benchmark": "readability", "data": arguments.data}
    if arguments.data == "textstat":
        if arguments.nltk_data is None:
            parser.error("textstat needs --nltk-data")
        result |= equality(arguments.files, arguments.nltk_data)
    else:
        if len(arguments.files) != 1:
            parser.error("give one file")
        measure = clear if arguments.data == "clear" else onestopenglish
        result |= {"counts": arguments.counts, **measure(arguments.files[0], arguments.counts)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
