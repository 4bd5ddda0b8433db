"""Score codebooks against labels that other people gave to single sentences and headlines.

Usage: ``python benchmarks/themes.py cap|frac|ukmanifesto FILE``

``cap``: New York Times headlines with their subject lines (RTextTools), ``policy-frames`` against the topics defence
(16) and international affairs (19). ``frac``: sentences with one generic frame each (FrAC), security and defence (8).
``ukmanifesto``: sentences of manifestos with crowd labels (quanteda.classifiers),
immigration by the small codebook that the page of the
language shows. The lists were written from the constructs; nothing is fitted here.

Prints one JSON line: precision, recall, F1, n, and 95 % intervals, percentiles of 2,000 resamples of items, seed 0.
"""

import argparse
import gzip
import json
import re
import tempfile
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np

import framing


def read(path):
    """Read JSON lines, gzipped or not."""
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def documented_codebook():
    """Return the small codebook of the page of the language."""
    page = (resources.files("framing") / "codebooks" / "LANGUAGE.md").read_text(encoding="utf-8")
    text = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[-1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "immigration.toml"
        path.write_text(text, encoding="utf-8")
        return framing.load_codebook(path)


def without_terrorism():
    """Return ``policy-frames`` with the line of the Comparative Agendas Project: terrorism is topic 1927."""
    book = framing.load_codebook("policy-frames")
    theme = book.themes["security_defence"]
    kept = {name: terms for name, terms in theme.terms.items() if name != "terrorism"}
    return replace(book, themes={**book.themes, theme.name: replace(theme, terms=kept)}, sha256="without terrorism")


def raised(texts, book, theme):
    """Tell which texts raise a theme in any sentence."""
    return framing.Themes(book).fit_transform(texts)[theme].to_numpy(float) > 0


def parts(gold, found):
    """Return precision, recall and F1; NaN where undefined."""
    tp = np.sum(gold & found)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.array([tp / np.sum(found), tp / np.sum(gold), 2 * tp / (np.sum(gold) + np.sum(found))])


def scores(name, gold, found):
    """Return precision, recall and F1 with their intervals, under names that end with the category."""
    rng = np.random.default_rng(0)
    draws = [parts(gold[rows], found[rows]) for rows in rng.integers(0, len(gold), (2000, len(gold)))]
    low, high = np.nanquantile(draws, [0.025, 0.975], axis=0)
    values = parts(gold, found)
    result = {f"n_{name}": int(gold.sum())}
    for i, key in enumerate(("precision", "recall", "f1")):
        result[f"{key}_{name}"] = round(float(values[i]), 3)
        result[f"{key}_{name}_interval"] = [round(float(low[i]), 3), round(float(high[i]), 3)]
    return result


def cap(rows):
    """Defence and international affairs in headlines or their subject lines."""
    topics = np.array([r["topic"] for r in rows])
    result = {}
    for name, topic, theme in (("defence", 16, "security_defence"), ("international", 19, "external_relations")):
        found = [
            raised([" ".join(r[field].split()) + "." for r in rows], without_terrorism(), theme)
            for field in ("headline", "subject")
        ]
        result |= scores(name, topics == topic, found[0] | found[1])
    return result


def frac(rows):
    """Security and defence in sentences."""
    gold = np.array([r["frame_code"] == 8 for r in rows])
    return scores("security", gold, raised([r["sentence"] for r in rows], "policy-frames", "security_defence"))


def ukmanifesto(rows):
    """Immigration in manifestos."""
    rows = [r for r in rows if r["crowd_immigration_label"]]
    gold = np.array([r["crowd_immigration_label"] == "Immigration" for r in rows])
    return scores("immigration", gold, raised([r["sentence"] for r in rows], documented_codebook(), "immigration"))


SETS = {"cap": cap, "frac": frac, "ukmanifesto": ukmanifesto}


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=SETS)
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    rows = read(arguments.file)
    print(json.dumps({"benchmark": "themes", "set": arguments.set, "n": len(rows), **SETS[arguments.set](rows)}))


if __name__ == "__main__":
    main()
