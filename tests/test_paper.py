"""Tables for papers."""

import html
import re
from html.parser import HTMLParser
from importlib import util

import pytest

from framing.comparing.contrasts import compare
from framing.display import P_TEXTS
from framing.errors import FramingError, MissingDependencyError
from framing.paper import paper_table
from framing.report import report_html

WILD = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style> $x_1$ \\input{a} 5 % | & # ~ ^ {"]


@pytest.fixture(scope="module")
def sample(repository):
    return compare(repository / "corpus", bounds={"themes": 0.05})


@pytest.fixture
def wild(three):
    kinds = dict(zip(["official", "wire", "analysis"], WILD, strict=True))
    return compare(three.relabel("kind", kinds))


def test_the_table_says_what_the_contrasts_say(sample):
    text = paper_table(sample, "md", ["themes__defence", "stance__united_states"])
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith(("| Defence", "| Stance"))
    ]
    table = sample.contrasts.set_index(["measure", "a", "b"])
    pairs = [p for p in dict.fromkeys(zip(sample.contrasts["a"], sample.contrasts["b"], strict=True))]
    assert len(rows) == 2 * len(pairs)
    for i, row in enumerate(rows):
        own = table.loc[(["themes__defence", "stance__united_states"][i % 2], *pairs[i // 2])]
        scale = 1 if i % 2 else 100
        shown = float(row[3].replace("−", "-"))
        assert shown == pytest.approx(scale * own["difference"], abs=0.0051 if i % 2 else 0.051)
        assert int(row[8]) == own["n_events"] and float(row[6]) == pytest.approx(own["p"], abs=0.00051)
        assert row[9] == own["verdict"]


@pytest.mark.parametrize("form", ["latex", "html", "md"])
def test_notes_say_what_a_reader_must_know(sample, form):
    text = html.unescape(paper_table(sample, form)).replace("$-$", "−")
    family = sample.contrasts["p_adjusted"].notna().sum()
    assert family > 100
    for part in (
        "paired by event", "t intervals over 2 to 9 events", f"Benjamini-Hochberg over a family of {family} contrasts",
        "Hedges' g of paired differences", f"diplomacy {sample.analysis.codebook.version}",
        sample.analysis.codebook.sha256[:12], "seed 0", "Below 6 events", "is not zero",
    ):  # fmt: skip
        assert part in text, part
    assert not re.search(r"\d\s*(\$\^|\\\\)?\*|†|\^\{\*", text.partition("</style>")[2] or text), "no stars"
    assert paper_table(sample, form) == paper_table(sample, form)


def test_latex_is_booktabs_and_well_formed(sample, wild):
    for result in (sample, wild):
        text = paper_table(result, "latex", title="5 % of $x_1$ & \\input{a}")
        assert all(f"\\{rule}" in text for rule in ("toprule", "midrule", "bottomrule")) and "\\hline" not in text
        assert "|" not in re.search(r"begin\{tabular\*\}.*", text)[0], "no vertical rules"
        begun, ended = (re.findall(rf"\\{word}{{([a-z*]+)}}", text) for word in ("begin", "end"))
        assert sorted(begun) == sorted(ended)
        body = text[text.index("\\toprule") : text.index("\\bottomrule")]
        bare = re.sub(r"\\[\\#$%&_{}]|\$(?:-|\\[a-z]+)\$|\\[a-z]+\*?", "", body)
        assert not set("$%#_~^") & set(re.sub(r"\[2.5pt\]", "", bare)), "every special sign is escaped"
        assert bare.count("{") == bare.count("}")
        lines = [x for x in re.sub(r"\\&", "", body).splitlines() if "&" in x]
        assert len({x.count("&") for x in lines}) == 1 and len(lines) > 10
        assert "−" not in text and "\\input{" not in text


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))


def test_hostile_names_stay_text(wild):
    parser = Tags()
    text = paper_table(wild, "html", title=WILD[0])
    parser.feed(text)
    assert {tag for tag, _ in parser.seen} <= {
        "div",
        "style",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "span",
    }
    assert not any(name.startswith("on") for _, attributes in parser.seen for name in attributes)
    assert all(html.escape(name, quote=False) in text.replace("&quot;", '"') for name in WILD[:2])
    marked = paper_table(wild, "md", title=WILD[0])
    assert "<" not in marked
    cells = [re.sub(r"\\\|", "", line).count("|") for line in marked.splitlines() if line.startswith("|")]
    assert len(set(cells)) == 1, "no name adds a column"


def test_mistakes_are_worded(sample, monkeypatch):
    with pytest.raises(FramingError, match="form must be one of 'latex', 'html', 'md', got 'docx'"):
        paper_table(sample, "docx")
    with pytest.raises(FramingError, match="unknown measure 'themes__defense'.*Did you mean 'themes__defence'"):
        paper_table(sample, "md", ["themes__defense"])
    monkeypatch.setattr("framing.paper.find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'framing\[tables\]'"):
        paper_table(sample)
    assert paper_table(sample, "md"), "Markdown needs no extra"
    assert util.find_spec("great_tables")


def test_the_p_of_two_texts_is_explained_in_the_same_words_everywhere(three):
    result = compare(three)
    said = " ".join(P_TEXTS.split())
    assert "random split" in said and "chi-square" in said
    for text in (result.render(), result.render("md"), paper_table(result, "md"), report_html(result)):
        assert said in " ".join(html.unescape(text).split())


def test_one_measure_is_a_measure_and_not_its_letters(sample):
    assert paper_table(sample, "md", "themes__defence") == paper_table(sample, "md", ["themes__defence"])
