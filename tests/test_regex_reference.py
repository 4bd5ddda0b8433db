"""Themes count what a plain regular expression counts, for every sort of pattern that one can say.

The expressions below are written by hand, not made from the terms. They run over single sentences, because a phrase does
not run on into the next one.
"""

import gzip
import json
import re

import pytest

import framing
from framing.tokens import tokenize

HEAD = '[codebook]\nname = "x"\nversion = "1"\nlanguage = "en"\n[themes.a]\n'
B = r"(?<![^\W_])(?<![^\W_]['’])(?<!\b[^\W_]\.)"  # a word begins: no letter before, nor one with an apostrophe; "U.S."
E = r"(?:['’]s|['’](?![^\W_]))?(?![^\W_])(?!['’][^\W_])(?!\$\d)"  # it ends, perhaps as a possessive
S = r"""(?:\s|[-‐‑/'’‘“”"«»`])+"""  # between two words of a phrase
W = r"[^\W_]+(?:['’.][^\W_]+)*['’]?"  # any word in a gap

KINDS = {
    "word": ("terms = ['government']", rf"(?i){B}government{E}"),
    "word with plural beside it": ("terms = ['state', 'states']", rf"(?i){B}(?:state|states){E}"),
    "capitals": ("terms = ['US', 'UN']", rf"{B}(?:US|UN){E}"),
    "case": ("terms = ['case:May', 'case:March']", rf"{B}(?:May|March|MARCH){E}"),
    "wildcard": ("terms = ['trad*', 'secur*']", rf"(?i){B}(?:trad|secur)[^\W_]*(?:['’][^\W_]+)*['’]?(?![^\W_])"),
    "wildcard inside": ("terms = ['m?n', 'w?r']", rf"(?i){B}(?:m[^\W_]n|w[^\W_]r){E}"),
    "wildcard before": ("terms = ['*national']", rf"(?i){B}[^\W_]*national{E}"),
    "phrase": ("terms = ['prime minister', 'of the']", rf"(?i){B}(?:prime{S}minister|of{S}the){E}"),
    "hyphen": ("terms = ['long-term', 'non-aligned']", rf"(?i){B}(?:long{S}term|non{S}aligned){E}"),
    "alternatives": ("terms = ['(foreign|economic) (minister|policy|affairs)']", rf"(?i){B}(?:foreign|economic){S}(?:minister|policy|affairs){E}"),
    "gap": ("terms = ['the ~2 of']", rf"(?i){B}the{S}(?:{W}{S}){{0,2}}?of{E}"),
    "gap with wildcard": ("terms = ['we ~3 (will|would)']", rf"(?i){B}we{S}(?:{W}{S}){{0,3}}?(?:will|would){E}"),
    "longest of several": ("terms = ['united', 'united states', 'states']", rf"(?i){B}(?:united{S}states|united|states){E}"),
    "exclusion": ("terms = ['arms', 'security']\nnot = ['arms (race|deal)', 'security council']",
                  rf"(?i){B}(?:arms(?!{S}(?:race|deal){E})|security(?!{S}council{E})){E}"),
    "exclusion before": ("terms = ['war']\nnot = ['civil war', 'cold war']", rf"(?i){B}(?<!civil )(?<!cold )war{E}"),
}  # fmt: skip


@pytest.fixture
def spans_by_sentence(tmp_path):
    def count(body, tokens):
        path = tmp_path / "book.toml"
        path.write_text(HEAD + body, encoding="utf-8")
        spans = framing.Themes(framing.load_codebook(path)).extract(tokens).spans
        counts = [0] * tokens.n_sentences
        for sentence in spans["sentence"]:
            counts[sentence] += 1
        return counts

    return count


def sentences(tokens):
    bodies = [a.body for a in tokens.articles]
    bounds = zip(tokens.sentence_article, tokens.sentence_start, tokens.sentence_end, strict=True)
    return [bodies[a][s:e] for a, s, e in bounds]


def reference(expression, texts):
    pattern = re.compile(expression)
    return [sum(1 for _ in pattern.finditer(text)) for text in texts]


WRITTEN = """The Prime Minister of the United States said the U.S. would trade. "Security", said the prime-minister's aide,
"is no state of the union". NATO's arms, the arms race and the arms deal: the Security Council and its security's cost. In May the
UN may vote; us and US, un and UN. The man's wars, the men's war, a civil war and the Cold War. Long-term and long term
non-aligned, nonaligned states' rights. International and national, multi-national. The foreign minister, the finance ministry.
The government said we in the end would win, and we will not. The end of all, the very long end of, the of. State and states.
"""


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_text_written_for_it(kind, spans_by_sentence):
    body, expression = KINDS[kind]
    tokens = tokenize([WRITTEN])
    expected = reference(expression, sentences(tokens))
    assert sum(expected) > 0
    assert spans_by_sentence(body, tokens) == expected


@pytest.fixture(scope="module")
def open_tokens(shared):
    def rows(name):
        with gzip.open(next((shared / "data" / name).glob("open*.gz")), "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    headlines = [r["headline"] + "." for r in rows("cap-nytimes")[:600]]
    manifestos = [r["sentence"] for r in rows("uk-manifesto-crowd")[:1500]]
    frames = [r["sentence"] for r in rows("frac-frames")]
    return tokenize([t for t in headlines + manifestos + frames if t.strip()])


@pytest.mark.parametrize("kind", KINDS)
def test_on_open_sets(kind, spans_by_sentence, open_tokens):
    body, expression = KINDS[kind]
    texts = sentences(open_tokens)
    expected = reference(expression, texts)
    found = spans_by_sentence(body, open_tokens)
    assert [(t, e, f) for t, e, f in zip(texts, expected, found, strict=True) if e != f] == []
    assert kind in ("capitals", "case", "hyphen") or sum(expected) > 0


def test_a_rule_is_one_expression_for_each_group(spans_by_sentence, open_tokens):
    texts = sentences(open_tokens)
    body = "rules = [{all = [['government*', 'minister*'], ['tax*', 'cut*']]}]"
    groups = [re.compile(rf"(?i){B}(?:government|minister)"), re.compile(rf"(?i){B}(?:tax|cut)")]
    expected = [all(g.search(t) for g in groups) for t in texts]
    assert sum(expected) > 0
    assert [n > 0 for n in spans_by_sentence(body, open_tokens)] == expected
