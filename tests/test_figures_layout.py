"""Nothing overlaps and nothing is cut: bounding boxes of all words, for the cases that break figures."""

from itertools import combinations, product

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from framing.figures import Tables, gallery

LONG = "Statement of the Permanent Mission to the United Nations and other International Organisations in Geneva no. "
NAMES = {
    2: ["official-statement", "wire-report"],
    3: ["official-statement", "wire-report", "analysis-piece"],
    8: [f"outlet number {i}" for i in range(1, 9)],
    "long": [LONG + str(i) for i in range(3)] + ["x" * 400],
    "wide": [
        "Заявление министерства",
        "Ανακοίνωση του υπουργείου",
        "Թուրքիայի հետ",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
    ],
}
LABELS = ["Non-alignment and hedging", "Pressure by the United States", "Defence cooperation", "Trade and investment"]
VOICES = ("author", "quoted", "paraphrased")


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def tables(kinds, n=9, labels=LABELS, missing=False, seed=1):
    """Return made-up tables of a comparison, as `framing.figure_tables` shapes them."""
    rng = np.random.default_rng(seed)
    themes = [f"themes__t{i}" for i in range(len(labels))]
    targets = [f"stance__s{i}" for i in range(3)]
    indices = ["readability__flesch_kincaid_grade", "readability__smog_index"]
    values = [
        (m, k, f"{k[:30]}-{i}", (np.nan if missing and k == kinds[0] else abs(rng.normal(0.1, 0.1)) * (100 if "read" in m else 1)))
        for m in [*themes, *indices, *targets] for k in kinds for i in range(n)
    ]  # fmt: skip
    values = pd.DataFrame(values, columns=["measure", "kind", "article", "value"])
    means = values.groupby(["measure", "kind"], sort=False)["value"].agg(mean="mean", n="count").reset_index()
    means = means.assign(ci_low=means["mean"] - 0.03, ci_high=means["mean"] + 0.03)
    counts = means[means["measure"].isin(targets)]
    means = pd.concat([means, counts.assign(measure=counts["measure"] + "_n")])
    rows = [(m, a, b) for m in [*themes, *targets] for a, b in combinations(kinds, 2)]
    contrasts = pd.DataFrame(rows, columns=["measure", "a", "b"])
    contrasts["difference"] = rng.normal(0, 0.1, len(contrasts))
    if missing:
        contrasts.loc[contrasts["a"] == kinds[0], "difference"] = np.nan
    contrasts = contrasts.assign(
        ci_low=contrasts["difference"] - 0.1, ci_high=contrasts["difference"] + 0.1, n_events=float(n), p=0.03,
        p_adjusted=rng.uniform(0, 0.2, len(contrasts)), design="paired by event", bound=0.05, n_a=n, n_b=n,
    )  # fmt: skip
    cells = [
        (k, t, v, rng.uniform(-1, 1), int(rng.integers(1, 20_000)), n) for k, t, v in product(kinds, targets, VOICES)
    ]
    stances = pd.DataFrame(cells, columns=["kind", "target", "voice", "stance", "n_clauses", "n_articles"])
    stances.loc[stances["kind"] == kinds[0], "stance"] = np.nan if missing else -1.0
    where = [
        (m, f"{k[:30]}-{i}", k, s, 20, VOICES[int(rng.integers(3))])
        for m in themes for k in kinds for i in range(min(n, 40)) for s in rng.integers(1, 21, 3)
    ]  # fmt: skip
    positions = pd.DataFrame(where, columns=["measure", "article", "kind", "sentence", "n_sentences", "voice"])
    keyness = pd.DataFrame({
        "word": [f"{'word' * (i % 4 + 1)}{i}" for i in range(40)], "weight": rng.exponential(10, 40),
        "side": [f"more in {kinds[i % 2]}" for i in range(40)],
    })  # fmt: skip
    options = pd.DataFrame(
        list(product(("out", "in"), ("in", "out"), ("sentences", "words"))), columns=["headline", "quotations", "unit"]
    )
    estimate = rng.normal(0, 0.05, len(options))
    specifications = options.assign(
        measure=themes[0], a=kinds[0], b=kinds[1], estimate=estimate, low=estimate - 0.05, high=estimate + 0.05
    )
    named = dict(zip(themes, labels, strict=True)) | dict(
        zip(targets, ["Partnership with Türkiye", "United States", labels[0]], strict=True)
    )
    return Tables(
        contrasts, means.reset_index(drop=True), values, stances, positions, keyness, specifications, named,
        "diplomacy 0.1.0", "framing",
    )  # fmt: skip


CASES = {
    **{f"{name} kinds": lambda name=name: tables(NAMES[name]) for name in NAMES},
    "long measures": lambda: tables(NAMES[3], labels=[f"{LONG}{i}" for i in range(4)]),
    "14 themes, 8 kinds": lambda: tables(NAMES[8], labels=[f"Theme number {i}" for i in range(14)]),
    "one article": lambda: tables(NAMES[2], n=1),
    "missing measures": lambda: tables(NAMES[3], missing=True),
    "10,000 articles": lambda: tables(NAMES[2], n=5_000),
}


def boxes(figure):
    """Return (text, box in pixels) of everything that is written in a drawn figure."""
    figure.canvas.draw()
    seen = {}
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                for label in (tick.label1, tick.label2):
                    seen[label] = label.get_visible() and low <= tick.get_loc() <= high and ax.axison
        for axis in (ax.xaxis, ax.yaxis):
            seen[axis.get_offset_text()] = bool(axis.get_offset_text().get_text())
    texts = [t for t in figure.findobj(Text) if seen.get(t, t.get_visible()) and t.get_text().strip()]
    return [(t, t.get_window_extent()) for t in texts]


def faults(figure):
    """Return the words that are cut by the edge of the figure, overlap others, or are too small to read."""
    found = []
    written = boxes(figure)
    page = figure.bbox
    for text, box in written:
        if box.x0 < page.x0 - 0.5 or box.x1 > page.x1 + 0.5 or box.y0 < page.y0 - 0.5 or box.y1 > page.y1 + 0.5:
            found.append(("cut", text.get_text(), box.extents.round(), page.extents.round()))
        if text.get_fontsize() < 7:
            found.append(("small", text.get_text(), text.get_fontsize()))
    for (one, a), (other, b) in combinations(written, 2):
        width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        if width > 1 and height > 1.5:
            found.append(("overlap", one.get_text(), other.get_text(), round(width), round(height)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("width", [85, 178])
@pytest.mark.parametrize("case", CASES)
def test_nothing_is_cut_and_nothing_overlaps(case, width):
    pictures = gallery(CASES[case](), width)
    assert len(pictures) >= 8
    for picture in pictures:
        figure = picture.draw().get_figure()
        assert faults(figure) == [], picture.name
        wide, high = figure.get_size_inches() * 25.4
        assert wide == pytest.approx(width) or (picture.name == "themes" and wide < width)
        assert high < 262, f"{picture.name} is {high:.0f} mm high, more than a page"
        plt.close(figure)


def test_a_fault_is_found():
    figure, ax = plt.subplots(figsize=(3, 3), layout="constrained")
    ax.text(0.5, 0.5, "one word")
    assert faults(figure) == []
    ax.text(0.52, 0.5, "another word")
    ax.text(0.9, 0.9, "a long line that runs over the edge").set_in_layout(False)
    ax.text(0.1, 0.1, "tiny", size=5)
    assert {f[0] for f in faults(figure)} == {"cut", "overlap", "small"}


def test_no_mean_hides_an_article():
    shown = tables(NAMES[3], n=40)
    for picture in gallery(shown, 178):
        if not picture.name.startswith("articles"):
            continue
        ax = picture.draw()
        ax.get_figure().canvas.draw()
        means, articles = [], []
        for line in ax.lines:
            if line.get_marker() in ("None", None, ""):
                continue
            at = ax.transData.transform(np.column_stack([line.get_xdata(), line.get_ydata()]))
            radius = line.get_markersize() * ax.get_figure().dpi / 72 / 2
            (means if line.get_markersize() > 4 else articles).append((at, radius))
        assert len(means) == len(articles) > 0
        for (mean, big), (own, small) in zip(means, articles, strict=True):
            # marks are drawn in pairs, articles first; a mean stays above all marks of its row
            gap = mean[0, 1] - own[:, 1].max()
            assert gap > 0.8 * big + 0.2 * small, "the mean stands over articles of its own row"
        every = np.vstack([own for own, _ in articles])
        for mean, big in means:
            assert (np.hypot(*(every - mean).T) > 0.75 * big).all(), "an article lies under a mean"


def test_figures_of_one_kind_of_table_each():
    assert [p.name for p in gallery(Tables())] == []
    made = tables(NAMES[3])
    only = Tables(keyness=made.keyness)
    assert [p.name for p in gallery(only)] == ["keyness"]
    assert not faults(gallery(only)[0].draw().get_figure())


@pytest.mark.parametrize("case", ["long kinds", "long measures"])
def test_long_names_are_told_apart(case):
    for picture in gallery(CASES[case](), 85):
        wanted = {"stance-matrix", "themes", "articles-themes", "contrasts-themes"}
        if picture.name not in wanted or (picture.name == "stance-matrix" and case == "long measures"):
            continue
        figure = picture.draw().get_figure()
        long = [t.get_text() for t, _ in boxes(figure) if "…" in t.get_text() or "Geneva" in t.get_text()]
        own = [t for t in long if t.startswith("State")]
        assert own and all("no. " in t.replace("\n", " ") for t in own), (picture.name, own)
        plt.close(figure)
