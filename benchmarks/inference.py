"""Check that intervals cover, tests keep their level, and known contrasts come out; and how fast permutations are.

Usage: ``python benchmarks/inference.py coverage``
       ``python benchmarks/inference.py texts``
       ``python benchmarks/inference.py null basil|brown FILE [--shuffles N]``
       ``python benchmarks/inference.py contrasts brown FILE``
       ``python benchmarks/inference.py power``
       ``python benchmarks/inference.py speed``

FILE may be gzipped. BASIL: https://github.com/launchnlp/BASIL, articles of three outlets on one event each. Brown: the
Brown corpus with genres as in nltk_data. One JSON line is printed.

coverage
    coverage_e3, coverage_e5, ...: share of nominal 95 % intervals for the mean event difference that hold the true
    one, by the method that `framing.compare` chooses, with so many events; _share: shares of sentences of at least .1;
    _skew: both kinds equally skewed; _uneven: one kind skewed, the other not. bootstrap_t_e5, wild_t_e5_share, ...: the
    same for the methods that can be asked for. naive_*: sentences taken for independent; percentile_*: the percentile
    bootstrap over events.
texts
    The same for texts without events: shape_nA_nB has the coverage of the interval, how often p is at most .05, and how
    often the two disagree about zero. share, rare: equal shares of .05 and .02 of 20 sentences; rarer: .02 and .1;
    headline: texts of one sentence, equal shares of .05; headlines: .05 and .2; zeros: a fifth of the texts has any;
    unlike: equal means, as few high shares and as many low ones; spread: normal, one sd four times the other; normal;
    skew: both skewed; uneven: one skewed, the other not.
null
    false_positive_rate at .05 over all measures that vary in at least 20 events (texts, for Brown), when labels are
    shuffled within events, or a genre is cut into random halves; measures_above: measures whose rate is above .05 by a
    binomial test at .05, Bonferroni over the measures.
contrasts
    Genres of Brown: nominalisations and grade higher in government than in news, reporting verbs higher in news than in
    government, the author's first person plural higher in editorials than in news; sign_right and off_zero count them.
power
    events_e50, ...: the smallest number of events that finds a difference of .5 (.3, .8) sd of the event differences
    with 80 % chance, as `framing plan` prints it; t_*, flips_*: how often the t interval and the sign flips of
    `framing.compare` find it with so many simulated events.
speed
    permutations_per_s: resamples x measures a second of the omnibus and the three sign-flip tests of `framing.compare`
    on 10,000 articles, 60 measures, three kinds, 5 % missing; seconds for 10,000 resamples; ratio_scipy: against
    `scipy.stats.permutation_test` on the same pairs.
"""

import argparse
import gzip
import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

import framing
from framing.comparing.event_means import EventMeans
from framing.comparing.independent import contrast
from framing.stats import paired
from framing.stats.label_test import label_test
from framing.stats.omnibus import within_event_p
from framing.stats.power import events_needed

EVENTS = (3, 5, 8, 20, 30)
REPEATS = 20_000
PART = 5_000  # of them, for the methods that resample
SENTENCES = 25


def normal(rng, n):
    """Return differences by event and their true mean."""
    return 0.4 + rng.normal(0, 1, (n, REPEATS)), 0.4


def shares_by_text(rng, n, p):
    """Return shares of sentences of two texts an event, which vary by event and by text."""
    size = 12.0  # of the beta distribution that texts are drawn from
    return [rng.binomial(SENTENCES, rng.beta(size * q, size * (1 - q), (n, REPEATS))) / SENTENCES for q in p]


def share(rng, n):
    """Return differences of shares of .3 and .15."""
    a, b = shares_by_text(rng, n, (0.3, 0.15))
    return a - b, 0.15


def skew(rng, n):
    """Return differences of two kinds that are equally skewed."""
    return 0.4 + rng.exponential(1, (n, REPEATS)) - rng.exponential(1, (n, REPEATS)), 0.4


def uneven(rng, n):
    """Return differences of a strongly skewed kind and one that hardly varies."""
    return rng.lognormal(0, 1, (n, REPEATS)) - rng.normal(0, 0.3, (n, REPEATS)), float(np.exp(0.5))


def covered(low, high, truth):
    """Return the share of intervals that hold the truth, among those that exist."""
    known = np.isfinite(low)
    return round(float(np.mean((low[known] <= truth) & (truth <= high[known]))), 4)


def naive(rng, n):
    """Cover a difference of shares by a Wald interval that pools sentences."""
    a, b = shares_by_text(rng, n, (0.3, 0.15))
    p, q = a.mean(axis=0), b.mean(axis=0)
    half = 1.96 * np.sqrt((p * (1 - p) + q * (1 - q)) / (n * SENTENCES))
    return covered(p - q - half, p - q + half, 0.15)


def percentile(rng, n, repeats=2_000):
    """Cover a mean by the percentile bootstrap over events."""
    d = 0.4 + rng.normal(0, 1, (repeats, n))
    means = np.stack([row[rng.integers(0, n, (999, n))].mean(axis=1) for row in d])
    low, high = np.quantile(means, [0.025, 0.975], axis=1)
    return covered(low, high, 0.4)


def coverage(_):
    """Return coverage by number of events and shape."""
    rng = np.random.default_rng(20260101)
    result = {}
    for n in EVENTS:
        for name, draw in (("", normal), ("_share", share), ("_skew", skew), ("_uneven", uneven)):
            d, truth = draw(rng, n)
            result[f"coverage_e{n}{name}"] = covered(*paired.intervals(d)[:2], truth)
            for method in ("bootstrap-t", "wild-t") if n > 3 else ():
                found = paired.intervals(d[:, :PART], method, rng)
                result[f"{method.replace('-', '_')}_e{n}{name}"] = covered(*found[:2], truth)
        result[f"naive_e{n}"], result[f"percentile_e{n}"] = naive(rng, n), percentile(rng, n)
    return {**result, "repeats": REPEATS}


def shares_of(p, sentences=20):
    """Return a function that draws shares of sentences, which vary by text."""
    return lambda rng, size: rng.binomial(sentences, rng.beta(8 * p, 8 * (1 - p), size)) / sentences


def headlines(p):
    """Return a function that draws texts of one sentence."""
    return lambda rng, size: (rng.random(size) < p) * 1.0


def zeros(p, mean):
    """Return a function that draws shares of which most are zero."""
    return lambda rng, size: (rng.random(size) < p) * rng.beta(2, 2 / mean - 2, size)


def normals(sd):
    """Return a function that draws normal values around zero."""
    return lambda rng, size: rng.normal(0, sd, size)


def lognormals(rng, size):
    """Draw strongly skewed values around zero."""
    return rng.lognormal(0, 1, size) - np.exp(0.5)


def exponentials(rng, size):
    """Draw skewed values around zero."""
    return rng.exponential(1, size) - 1


SHAPES = {
    "share": (shares_of(0.05), shares_of(0.05), 0.0), "rare": (shares_of(0.02), shares_of(0.02), 0.0),
    "rarer": (shares_of(0.02), shares_of(0.1), -0.08), "headline": (headlines(0.05), headlines(0.05), 0.0),
    "headlines": (headlines(0.05), headlines(0.2), -0.15), "zeros": (zeros(0.2, 0.1), zeros(0.2, 0.1), 0.0),
    "unlike": (zeros(0.1, 0.2), zeros(0.5, 0.04), 0.0), "spread": (normals(1), normals(4), 0.0),
    "normal": (normals(1), normals(1), 0.0), "skew": (exponentials, exponentials, 0.0),
    "uneven": (lognormals, normals(0.3), 0.0),
}  # fmt: skip
TEXTS = ((5, 5), (5, 20), (20, 5), (5, 40), (40, 5), (10, 10), (10, 40), (20, 20), (40, 40))


def independent_texts(_):
    """Return coverage, size and agreement for texts without events."""
    rng = np.random.default_rng(20260102)
    result = {}
    for name, (draw_a, draw_b, truth) in SHAPES.items():
        for n, m in TEXTS:
            x, y = draw_a(rng, (n, 1_000)), draw_b(rng, (m, 1_000))
            tests = label_test(np.concatenate([x, y]), np.arange(n + m) < n, 999, rng)
            found = [contrast(*c, np.nan, False, ("a", "b")).columns for c in zip(x.T, y.T, tests, strict=True)]
            low, high, p = (np.array([row[key] for row in found]) for key in ("ci_low", "ci_high", "p"))
            known = np.isfinite(low)
            off = ((low > 0) | (high < 0))[known]
            result[f"{name}_n{n}_{m}"] = {
                "coverage": covered(low, high, truth), "p_below": float(np.mean(p <= 0.05)),
                "disagree": float(np.mean(off != (p[known] <= 0.05))),
            }  # fmt: skip
    return {**result, "repeats": 1_000}


def rows_of(path):
    """Return the rows of a file of JSON lines."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_basil(path):
    """Return BASIL as a corpus with outlets as kinds."""
    rows = rows_of(path)
    texts = ["\n\n".join(row["paragraphs"]) for row in rows]
    return framing.Corpus.from_texts(texts, kind=[r["source"].lower() for r in rows], event=[r["event"] for r in rows])


def read_brown(path):
    """Return Brown as a corpus with genres as kinds."""
    rows = rows_of(path)
    return framing.Corpus.from_texts([" ".join(r["sentences"]) for r in rows], kind=[r["category"] for r in rows])


def rejected(p, varies):
    """Return rejections by measure, shape (n_tests, n_measures), NaN where a measure is not tested."""
    p = np.asarray(p)[:, varies]
    return np.where(np.isfinite(p), p <= 0.05, np.nan)


def judged(hits):
    """Return the figures of many null tests."""
    n, found = np.isfinite(hits).sum(axis=0), np.nansum(hits, axis=0)
    p = np.array(
        [stats.binomtest(int(k), int(m), 0.05, alternative="greater").pvalue for k, m in zip(found, n, strict=True)]
    )
    return {
        "false_positive_rate": round(float(found.sum() / n.sum()), 4),
        "highest_of_a_measure": round(float((found / n).max()), 4),
        "measures_above": int((p < 0.05 / len(p)).sum()),
        "n_measures": len(n),
        "n_tests": int(n.sum()),
    }


def null(arguments):
    """Return rejection rates where nothing differs."""
    rng = np.random.default_rng(7)
    corpus = {"basil": read_basil, "brown": read_brown}[arguments.set](arguments.file)
    table = framing.features(corpus, n_jobs=2)
    values = table[[c for c in table.columns if "__" in c and table[c].dtype == float]]
    groups = np.array([article.kind for article in corpus], object)
    if arguments.set == "brown":
        return null_halves(values.to_numpy(float), groups, arguments.shuffles, rng)
    events = np.array([article.event for article in corpus], object)
    kinds = tuple(sorted(set(groups)))
    cube = EventMeans.of(values, events, groups, kinds)
    pairs, everything = [], []
    for _ in range(arguments.shuffles):
        x = np.stack([event[rng.permutation(len(kinds))] for event in cube.mean])
        d = x[:, 0] - x[:, 1]
        pairs.append(paired.sign_flips(d, rng, 1_999))
        everything.append(within_event_p(x, rng, 999))
    varies = (np.abs(np.nan_to_num(cube.mean[:, 0] - cube.mean[:, 1])) > 1e-12).sum(axis=0) >= 20
    complete = np.isfinite(cube.mean).all(axis=1).sum(axis=0) >= 20
    omnibus = judged(rejected(everything, varies & complete))
    return {
        **judged(rejected(pairs, varies)),
        **{f"omnibus_{k}": v for k, v in omnibus.items()},
        "shuffles": arguments.shuffles,
    }


def null_halves(x, groups, shuffles, rng):
    """Cut each large genre into random halves, and test them as texts without events."""
    hits = []
    for genre in sorted({g for g in groups if np.sum(groups == g) >= 40}):
        own = x[groups == genre]
        varies = np.array([len(np.unique(c[np.isfinite(c)])) >= 20 for c in own.T])
        for _ in range(shuffles // 2):
            first = rng.permutation(len(own)) < len(own) // 2
            p = np.array([tested.p for tested in label_test(own, first, 999, rng)])
            hits.append(rejected(p[None, :], np.ones(len(varies), bool))[0])
            hits[-1][~varies] = np.nan
    hits = np.array(hits)
    return {**judged(hits[:, np.isfinite(hits).any(axis=0)]), "shuffles": shuffles // 2}


KNOWN = (
    ("style__nominalisations_per_1000", "government", "news"),
    ("readability__flesch_kincaid_grade", "government", "news"),
    ("style__reporting_verbs_per_1000", "news", "government"),
    ("style__first_person_plural_per_1000_author", "editorial", "news"),
)


def contrasts(arguments):
    """Return known contrasts between genres."""
    corpus = read_brown(arguments.file)
    genres = {genre for _, *pair in KNOWN for genre in pair}
    found = framing.compare(framing.Corpus(a for a in corpus if a.kind in genres), extractors=["readability", "style"])
    result, right, off = {}, 0, 0
    for measure, high, low in KNOWN:
        rows = found.contrasts[(found.contrasts["measure"] == measure) & found.contrasts["a"].isin((high, low))]
        row = rows[rows["b"].isin((high, low))].iloc[0]
        side = 1 if row["a"] == high else -1
        ends = sorted((side * row["ci_low"], side * row["ci_high"]))
        right, off = right + (side * row["difference"] > 0), off + (ends[0] > 0)
        name = measure.partition("__")[2]
        result[name] = {"higher_in": high, "than": low, "by": round(side * row["difference"], 3)}
        result[name]["interval"] = [round(v, 3) for v in ends]
    return {"sign_right": int(right), "off_zero": int(off), "n_contrasts": len(KNOWN), **result}


def power(_):
    """Return simulated power at the number of events that the plan asks for."""
    rng = np.random.default_rng(5)
    result = {}
    for effect in (0.3, 0.5, 0.8):
        n = events_needed(effect)
        d = rng.normal(effect, 1, (n, 4_000))
        low, high, _ = paired.intervals(d)
        flips = paired.sign_flips(d, rng, 1_999)
        key = f"{100 * effect:.0f}"
        result |= {f"events_e{key}": n, f"t_e{key}": round(float(np.mean((low > 0) | (high < 0))), 3)}
        result[f"flips_e{key}"] = round(float(np.mean(flips <= 0.05)), 3)
    return result


def speed(_):
    """Return permutations a second, and against scipy."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(3_334, 3, 60))
    x[rng.random(x.shape) < 0.05] = np.nan
    frame = pd.DataFrame(x.reshape(-1, 60)[:10_000])
    events = np.repeat(np.arange(3_334), 3)[:10_000].astype(object)
    kinds = np.tile(["a", "b", "c"], 3_334)[:10_000].astype(object)
    begin = time.perf_counter()
    cube = EventMeans.of(frame, events, kinds, ("a", "b", "c"))
    within_event_p(cube.mean, rng, 10_000)
    for a, b in (("a", "b"), ("a", "c"), ("b", "c")):
        paired.sign_flips(cube.differences(a, b), rng, 10_000)
    seconds = time.perf_counter() - begin
    d = cube.differences("a", "b")
    own = d[np.isfinite(d[:, 0]), 0]
    n = 500
    begin = time.perf_counter()
    stats.permutation_test(
        (own,), lambda v, axis: v.mean(axis=axis), permutation_type="samples", n_resamples=n, vectorized=True, rng=rng
    )
    theirs = (time.perf_counter() - begin) / n
    begin = time.perf_counter()
    paired.sign_flips(d, rng, 10_000)
    ours = (time.perf_counter() - begin) / (10_000 * 60)
    return {
        "permutations_per_s": round(4 * 10_000 * 60 / seconds), "seconds": round(seconds, 2),
        "ratio_scipy": round(theirs / ours, 1), "n_articles": len(frame), "n_measures": 60, "n_resamples": 10_000,
    }  # fmt: skip


def main():
    """Print the figures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("coverage")
    parts.add_parser("texts")
    parts.add_parser("speed")
    parts.add_parser("power")
    for name, sets in (("null", ("basil", "brown")), ("contrasts", ("brown",))):
        part = parts.add_parser(name)
        part.add_argument("set", choices=sets)
        part.add_argument("file", type=Path)
        part.add_argument("--shuffles", type=int, default=200)
    arguments = parser.parse_args()
    works = {
        "coverage": coverage, "texts": independent_texts, "null": null, "contrasts": contrasts, "power": power,
        "speed": speed,
    }  # fmt: skip
    work = works[arguments.part]
    print(json.dumps({"benchmark": "inference", "part": arguments.part, **work(arguments)}))


if __name__ == "__main__":
    main()
