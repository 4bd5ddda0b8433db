"""Measure themes of a codebook against sentences and headlines that people have labelled.

Usage: ``python benchmarks/themes.py cap|frac|ukmanifesto FILE [--codebook FILE]``; FILE may be gzipped.

cap
    Headlines and subject lines of the New York Times with topics of the Comparative Agendas Project (RTextTools on
    CRAN): ``id, headline, subject, topic``. Theme ``security`` of the shipped codebook ``policy-frames``, without its
    sub-indicator ``terror``, against topic 16, defence (that project's codebook puts terrorism with international
    affairs, subtopic 1927; figures for the whole theme are printed, too), and theme ``external`` against topic 19,
    international affairs.
frac
    Sentences with one frame each (github.com/mattguida/FrAC): ``id, sentence, frame_code``. Theme ``security`` against
    frame 8.
ukmanifesto
    Sentences of British manifestos, labelled by a crowd (quanteda.classifiers): ``sentence,
    crowd_immigration_label``. A codebook of a user's own, see IMMIGRATION below and the README.

An item has a theme when one of its sentences raises it. The one JSON line that is printed holds, for each theme, f1,
precision and recall with 95 % bootstrap intervals over items (f1_defence, precision_defence, ...), and n.
"""

import argparse
import gzip
import json
import tempfile
from pathlib import Path

import numpy as np

import framing

IMMIGRATION = """
[codebook]
name = "immigration"
version = "1"
language = "en"
[themes.immigration]
terms = [
  "immigra*", "migrant*", "migrat*", "asylum", "refugee*", "deport*", "visa*", "foreigner*", "work permit*",
  "(border|exit|entry) (control*|check*|force|agency)", "overstay*", "(illegal|unlawful) entr*",
  "citizenship (test|application*)",
]
"""
N_RESAMPLES = 2_000


def rows_of(path):
    """Return the rows of a file of JSON lines."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def raised(texts, codebook, without=()):
    """Return, for each theme, which texts raise it by other sub-indicators than some."""
    found = framing.analyse(framing.Corpus.from_texts(texts), codebook=codebook, extractors=["themes"])
    spans = found.evidence[~found.evidence["rule"].str.split(":").str[0].isin(without)]
    place = {article.id: i for i, article in enumerate(found.corpus)}
    result = {name: np.zeros(len(texts), bool) for name in found.codebook.themes}
    for name, rows in spans.groupby("measure"):
        result[name.removeprefix("themes__")][rows["article"].map(place)] = True
    return result


def scores(found, true):
    """Return F1, precision and recall."""
    right = (found & true).sum()
    precision, recall = right / max(1, found.sum()), right / max(1, true.sum())
    return np.array([2 * right / max(1, found.sum() + true.sum()), precision, recall])


def judged(name, found, true, seed=7):
    """Return the figures of one theme with intervals."""
    rng = np.random.default_rng(seed)
    n = len(true)
    drawn = np.array([scores(found[i], true[i]) for i in (rng.integers(0, n, n) for _ in range(N_RESAMPLES))])
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    result = {}
    for place, what in enumerate(("f1", "precision", "recall")):
        result[f"{what}_{name}"] = round(float(scores(found, true)[place]), 4)
        result[f"{what}_{name}_interval"] = [round(float(low[place]), 4), round(float(high[place]), 4)]
    return {**result, f"n_{name}": int(true.sum())}


def cap(rows, codebook):
    """Score headlines with their subject lines."""
    texts = [f"{row['headline']}.\n\n{row['subject']}." for row in rows]
    book = codebook or "policy-frames"
    whole, part = raised(texts, book), raised(texts, book, without=("terror",))
    topic = np.array([row["topic"] for row in rows])
    return {
        **judged("defence", part["security"], topic == 16),
        **judged("defence_and_terror", whole["security"], topic == 16),
        **judged("international", whole["external"], topic == 19),
    }


def frac(rows, codebook):
    """Score sentences with a frame each."""
    found = raised([row["sentence"] for row in rows], codebook or "policy-frames")
    return judged("security", found["security"], np.array([row["frame_code"] == 8 for row in rows]))


def ukmanifesto(rows, codebook):
    """Score sentences with a codebook of a few lines."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "immigration.toml"
        own.write_text(IMMIGRATION, encoding="utf-8")
        found = raised([row["sentence"] for row in rows], codebook or own)
    return judged(
        "immigration", found["immigration"], np.array([row["crowd_immigration_label"] == "Immigration" for row in rows])
    )


def main():
    """Print the figures of one set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    sets = {"cap": cap, "frac": frac, "ukmanifesto": ukmanifesto}
    parser.add_argument("set", choices=sets)
    parser.add_argument("file", type=Path)
    parser.add_argument("--codebook")
    arguments = parser.parse_args()
    rows = rows_of(arguments.file)
    figures = sets[arguments.set](rows, arguments.codebook)
    print(json.dumps({"benchmark": "themes", "set": arguments.set, **figures, "n": len(rows)}))


if __name__ == "__main__":
    main()
