"""What a competent user would script today, as one program: the contender that `throughput.py` races against.

Usage: ``python benchmarks/script_baseline.py CORPUS.jsonl [--resamples 999] [--out FOLDER]``

CORPUS: JSON lines with ``id``, ``kind`` and ``text``. The steps are the usual ones, with the usual libraries: pandas
for the table; eight indices of textstat, text by text; themes counted by a CountVectorizer over one- to four-word
phrases, wildcards expanded over the words of the corpus; VADER's score of every sentence, averaged over the text and
over the sentences that name a target; for each pair of kinds and feature a permutation test, a bootstrap interval,
two effect sizes, and Benjamini-Hochberg over all; a point plot of every feature. Prints one JSON line: articles,
seconds, articles_per_s (everything after the imports and the loading of dictionaries), textstat_syllables (where
syllables came from).

textstat wants NLTK's cmudict. It is looked for where NLTK looks and in ``$FRAMING_DATA/peers/nltk_data``; where it is
in neither, textstat is given framing's own table of syllables, which was made from it.
"""

import argparse
import itertools
import json
import os
import re
import tempfile
import time
import zipfile
from pathlib import Path

INDICES = (
    "flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index", "automated_readability_index",
    "coleman_liau_index", "dale_chall_readability_score", "linsear_write_formula",
)  # fmt: skip
THEMES = {
    "non_alignment": (
        "non-align*", "nonalign*", "neutral*", "multipolar*", "strategic autonomy", "choose sides", "take sides",
        "hedging", "bloc*", "own path", "independent foreign policy",
    ),
    "us_pressure": (
        "tariff*", "sanction*", "coerc*", "ultimatum*", "us pressure", "american pressure", "secondary sanctions",
        "pressure from washington", "threat* of tariffs", "trade war",
    ),
    "defence": (
        "defence", "defense", "militar*", "navy", "naval", "army", "air force", "missile*", "weapon*", "troop*",
        "frigate*", "arms deal*", "fighter jet*", "joint exercise*", "drone*",
    ),
}  # fmt: skip
TARGETS = {
    "united_states": ("united states", "washington", "america*", "u.s."),
    "china": ("china", "chinese", "beijing"),
    "india": ("india*", "new delhi"),
}
WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def prepare_textstat():
    """Return textstat with its syllables loaded, and where they are from."""
    import nltk

    shared = (
        Path(os.environ.get("FRAMING_DATA") or "no-such-folder") / "peers" / "nltk_data" / "corpora" / "cmudict.zip"
    )
    source = "cmudict of NLTK"
    try:
        nltk.data.find("corpora/cmudict/cmudict")
    except LookupError:
        if shared.exists():
            folder = Path(tempfile.gettempdir()) / "framing-benchmarks-nltk-data"
            if not (folder / "corpora" / "cmudict" / "cmudict").exists():
                zipfile.ZipFile(shared).extractall(folder / "corpora")
            nltk.data.path.insert(0, str(folder))
        else:
            source = "framing's table, made from cmudict"
            _lend_own_table()
    import textstat

    textstat.flesch_reading_ease("This sentence makes it load its dictionaries.")
    return textstat, source


def _lend_own_table():
    """Let textstat take the syllables of framing's table, as it has no dictionary and must not download one."""
    import nltk

    from framing.syllables import syllable_table

    class Lent:
        """Stands in for the corpus reader: a word of n syllables gets n stressed sounds."""

        @staticmethod
        def dict():
            """Return pronunciations by word."""
            return {word: [["AH0"] * n] for word, n in syllable_table().items()}

    nltk.data.find = lambda *_, **__: None
    nltk.corpus.cmudict = Lent()


def pattern(terms):
    """Compile one alternation for some terms with wildcards."""
    bodies = sorted((re.escape(t).replace(r"\*", r"\w*") for t in terms), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(bodies)})(?!\w)", re.IGNORECASE)


def phrases(term, words):
    """Write a term with wildcards out over the words of a corpus."""
    choices = []
    for part in term.split():
        if "*" in part:
            test = re.compile(re.escape(part).replace(r"\*", ".*"))
            choices.append([w for w in words if test.fullmatch(w)])
        else:
            choices.append([part])
    return [" ".join(choice) for choice in itertools.product(*choices)]


def count_themes(frame):
    """Add the hits of each theme in a thousand words."""
    from sklearn.feature_extraction.text import CountVectorizer

    words = {w.lower() for text in frame["text"] for w in WORD.findall(text)}
    expanded = {theme: sorted({p for t in terms for p in phrases(t, words)}) for theme, terms in THEMES.items()}
    vocabulary = {p: i for i, p in enumerate(sorted(set(itertools.chain(*expanded.values()))))}
    vectorizer = CountVectorizer(vocabulary=vocabulary, ngram_range=(1, 4), token_pattern=WORD.pattern)
    counts = vectorizer.transform(frame["text"]).tocsc()
    for theme, own in expanded.items():
        hits = counts[:, [vocabulary[p] for p in own]].sum(axis=1)
        frame[theme] = hits.A1 / frame["n_words"] * 1000 if hasattr(hits, "A1") else hits / frame["n_words"] * 1000


def score_sentiment(frame, vader):
    """Add the mean score of the sentences, of all and of those that name a target."""
    import numpy as np

    names = {target: pattern(terms) for target, terms in TARGETS.items()}
    values = {"sentiment": [], **{f"stance_{t}": [] for t in TARGETS}}
    for text in frame["text"]:
        scored = [(s, vader.polarity_scores(s)["compound"]) for s in SENTENCE_END.split(text) if s.strip()]
        values["sentiment"].append(np.mean([v for _, v in scored]) if scored else np.nan)
        for target, test in names.items():
            about = [v for s, v in scored if test.search(s)]
            values[f"stance_{target}"].append(np.mean(about) if about else np.nan)
    for name, column in values.items():
        frame[name] = column


def tests(frame, features, resamples):
    """Return a row for each pair of kinds and feature."""
    import numpy as np
    import pandas as pd
    from scipy import stats

    def difference(x, y, axis):
        return x.mean(axis) - y.mean(axis)

    rows = []
    for one, two in itertools.combinations(sorted(frame["kind"].unique()), 2):
        for feature in features:
            x, y = (frame.loc[frame["kind"] == kind, feature].dropna().to_numpy() for kind in (one, two))
            if min(len(x), len(y)) < 2:
                continue
            options = {"n_resamples": resamples, "vectorized": True, "rng": np.random.default_rng(0)}
            p = stats.permutation_test((x, y), difference, **options).pvalue
            interval = stats.bootstrap((x, y), difference, method="percentile", **options).confidence_interval
            spread = np.sqrt(((len(x) - 1) * x.var(ddof=1) + (len(y) - 1) * y.var(ddof=1)) / (len(x) + len(y) - 2))
            delta = 2 * stats.mannwhitneyu(x, y).statistic / len(x) / len(y) - 1
            d = (x.mean() - y.mean()) / spread if spread else np.nan
            rows.append((one, two, feature, d, interval.low, interval.high, p, delta))
    table = pd.DataFrame(rows, columns=["a", "b", "feature", "d", "low", "high", "p", "delta"])
    table["p_adjusted"] = stats.false_discovery_control(table["p"]) if len(table) else []
    return table


def draw(frame, features, path):
    """Draw the means of every feature by kind."""
    import matplotlib.pyplot as plt
    import seaborn as sns

    tidy = frame.melt("kind", features)
    options = {"col": "variable", "col_wrap": 5, "kind": "point", "sharey": False, "height": 2.2, "n_boot": 200}
    sns.catplot(tidy, x="kind", y="value", **options).savefig(path, dpi=110)
    plt.close("all")


def main():
    """Run the script and print its rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--resamples", type=int, default=999)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot
    import pandas as pd
    import scipy.stats  # noqa: F401
    import seaborn  # noqa: F401
    import sklearn.feature_extraction.text  # noqa: F401
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    textstat, source = prepare_textstat()
    vader = SentimentIntensityAnalyzer()
    with tempfile.TemporaryDirectory() as temporary:
        out = arguments.out or Path(temporary)
        out.mkdir(parents=True, exist_ok=True)
        begin = time.perf_counter()
        frame = pd.read_json(arguments.corpus, lines=True, dtype={"id": str})
        for index in INDICES:
            frame[index] = [getattr(textstat, index)(text) for text in frame["text"]]
        frame["n_words"] = [textstat.lexicon_count(text) for text in frame["text"]]
        count_themes(frame)
        score_sentiment(frame, vader)
        features = [*INDICES, *THEMES, "sentiment", *(f"stance_{t}" for t in TARGETS)]
        frame[["id", "kind", "n_words", *features]].to_csv(out / "features.csv", index=False)
        tests(frame, features, arguments.resamples).to_csv(out / "tests.csv", index=False)
        draw(frame, features, out / "means.png")
        seconds = time.perf_counter() - begin
    print(json.dumps({
        "benchmark": "script_baseline", "articles": len(frame), "seconds": round(seconds, 2),
        "articles_per_s": round(len(frame) / seconds, 1), "textstat_syllables": source,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
