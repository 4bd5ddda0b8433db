"""Score the default codebook against the hand labels of the sample corpus, and the labels against each other.

Usage: ``python benchmarks/sample_corpus.py corpus [--without EVENT ...]``

Prints one JSON line. Themes: precision, recall and F1 by sentence, borderline labels (``?``) left out, against
the first labelling. Stance: share of (sentence, target) pairs of the first labelling with the right sign.
Agreement: Krippendorff's alpha of the two labellings, ordinal (0, ?, 1 and -1, 0, 1). Intervals: 95 %, percentiles
of 2,000 resamples of articles, seed 0.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd

import framing
from framing.stats.agreement import krippendorff_alpha

THEMES = ("non_alignment", "us_pressure", "defence")
LEVELS = {"0": 0.0, "?": 0.5, "1": 1.0}


def read_labels(path):
    """Read a label file; every cell is text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def by_sentence(labels):
    """One row a sentence with its theme labels and voice."""
    return labels.drop_duplicates(["article", "sentence"]).set_index(["article", "sentence"])


def f1_parts(gold, found):
    """Return precision, recall and F1; NaN where undefined."""
    tp, fp, fn = (np.sum(found & gold), np.sum(found & ~gold), np.sum(~found & gold))
    ratio = lambda a, b: a / b if b else np.nan  # noqa: E731
    return {
        "precision": ratio(tp, tp + fp),
        "recall": ratio(tp, tp + fn),
        "f1": ratio(2 * tp, 2 * tp + fp + fn),
    }


def intervals(table, statistic, n=2000):
    """Return percentile intervals over resamples of articles."""
    rng = np.random.default_rng(0)
    parts = [part for _, part in table.groupby("article", sort=True)]
    draws = []
    for _ in range(n):
        chosen = [parts[i] for i in rng.integers(0, len(parts), len(parts))]
        draws.append(statistic(np.concatenate([p.to_numpy() for p in chosen])))
    draws = pd.DataFrame(draws)
    return {k: [round(float(v), 3) for v in np.nanquantile(draws[k], [0.025, 0.975])] for k in draws}


def theme_scores(labels, sentences, theme):
    """Score one theme."""
    table = by_sentence(labels)[[theme]].join(sentences[f"themes__{theme}"])
    table = table[table[theme] != "?"]
    table = pd.DataFrame(
        {
            "article": table.index.get_level_values(0),
            "gold": table[theme] == "1",
            "found": table.iloc[:, 1] == 1,
        }
    ).astype({"gold": bool, "found": bool})
    data = table.set_index("article")
    statistic = lambda rows: f1_parts(rows[:, 0].astype(bool), rows[:, 1].astype(bool))  # noqa: E731
    scores = {k: round(float(v), 3) for k, v in statistic(data.to_numpy()).items()}
    return {
        **scores,
        "n": len(table),
        "n_positive": int(table["gold"].sum()),
        "interval": intervals(data, statistic),
    }


def stance_scores(labels, sentences, target):
    """Share of labelled sentences of one target with the right sign; not found counts as wrong."""
    own = labels[labels["target"] == target].set_index(["article", "sentence"])
    found = own.join(sentences[f"stance__{target}"], how="left")[f"stance__{target}"]
    right = (found.astype(float) == own["stance"].astype(float)).to_numpy()
    named = found.notna().to_numpy()
    return {
        "accuracy": round(float(right.mean()), 3),
        "accuracy_where_found": round(float(right[named].mean()), 3) if named.any() else None,
        "found": round(float(named.mean()), 3),
        "n": len(own),
    }


def agreement(first, second):
    """Krippendorff's alpha per theme and for stance."""
    a, b = by_sentence(first), by_sentence(second)
    b = b.loc[a.index]
    result = {
        theme: round(krippendorff_alpha([a[theme].map(LEVELS), b[theme].map(LEVELS)], "ordinal"), 3) for theme in THEMES
    }
    pairs = [
        x[x["target"] != ""].set_index(["article", "sentence", "target"])["stance"].astype(float)
        for x in (first, second)
    ]
    both = pd.concat(pairs, axis=1, join="outer")
    result["stance"] = round(krippendorff_alpha(both.to_numpy(float).T, "ordinal"), 3)
    result["stance_n_both"] = int(both.notna().all(axis=1).sum())
    about = both.notna().astype(float).to_numpy().T
    all_pairs = len(a) * 3
    padded = np.hstack([about, np.zeros((2, all_pairs - about.shape[1]))])
    result["stance_about"] = round(krippendorff_alpha(padded, "nominal"), 3)
    return result


def main():
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--without", nargs="*", default=[], help="events to leave out, e.g. those that were read")
    arguments = parser.parse_args()
    folder = arguments.corpus
    first, second = read_labels(folder / "annotations.csv"), read_labels(folder / "annotations-second.csv")
    corpus = framing.read_corpus(folder)
    kept = {a.id for a in corpus if a.event not in arguments.without}
    first, second = (labels[labels["article"].isin(kept)] for labels in (first, second))
    sentences = framing.features(corpus, unit="sentence")
    sentences = sentences[sentences["article"].isin(kept)]
    sentences["sentence"] = sentences["sentence"].astype(str)
    sentences = sentences.set_index(["article", "sentence"])
    targets = sorted(t for t in first["target"].unique() if t)
    print(json.dumps({
        "benchmark": "sample_corpus", "n_sentences": len(sentences), "without": arguments.without,
        "themes": {t: theme_scores(first, sentences, t) for t in THEMES},
        "stance": {t: stance_scores(first, sentences, t) for t in targets},
        "alpha": agreement(first, second),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
