"""The report without a browser: its card, its bytes, its errors."""

import re

import numpy as np
import pytest

from framing.comparing.contrasts import compare
from framing.display import headline_measures
from framing.errors import FramingError
from framing.report import report_html, write_report
from framing.report.bodies import bodies
from framing.report.card import Line, card, lint


def test_the_card_says_what_the_table_says(three):
    result = compare(three)
    lines = card(result)
    assert len(lines) == 5 and all(line.caveat for line in lines)
    rows = result.contrasts.set_index(["measure", "a", "b"])
    linked = [line for line in lines if line.measure]
    assert len(linked) >= 3
    for line in linked:
        row = rows.loc[(line.measure, line.a, line.b)]
        factor = 100 if line.slots["mean_a"].endswith("%") else 1
        for side in ("mean_a", "mean_b"):
            shown = float(line.slots[side].replace("−", "-").removesuffix(" %"))
            assert shown == pytest.approx(factor * row[side], abs=0.051 if factor == 100 else 0.0051)
        assert line.slots["mean_a"] in line.text and line.a in line.text


def test_the_card_shows_the_largest_difference_that_is_well_carried(repository):
    result = compare(repository / "corpus")
    rows = result.contrasts[result.contrasts["measure"].str.startswith("themes__")]
    largest = rows.loc[rows["difference"].abs().idxmax()]
    assert card(result)[1].measure == largest["measure"]
    stance = card(result)[2]
    row = result.contrasts.set_index(["measure", "a", "b"]).loc[(stance.measure, stance.a, stance.b)]
    assert row["n_events"] >= 4, "not the one with two events"
    own = result.contrasts[result.contrasts["measure"].isin(headline_measures(list(result.analysis.measures)))]
    own = own[own["measure"].str.startswith("stance__") & own["difference"].notna()]
    few = own[own["n_events"] < own["n_events"].max() / 2]
    larger = int((few["difference"].abs() > abs(row["difference"])).sum())
    assert larger > 1 and f"Left aside: {len(few)} that rest on fewer than 4 events, of which {larger} are larger." in (
        stance.caveat
    )


def test_no_word_of_cause_or_intent():
    with pytest.raises(ValueError, match="because"):
        Line("{a} is higher because of {b}.", {}, "")
    with pytest.raises(ValueError, match="wants"):
        Line("{a} is higher.", {}, "It wants to.")
    for word in (
        "caused",
        "leads to",
        "deliberately",
        "in order to",
        "biased",
        "hides",
        "aims",
        "tries",
        "manipulates",
    ):
        assert lint(f"One kind {word} more."), word
    assert lint("Raised in 5 % of the sentences; the interval includes zero.") == []


def test_names_may_hold_words_that_the_lint_refuses(three):
    kinds = dict(zip(["official", "wire", "analysis"], ["causes", "bias {x}", "intent"], strict=True))
    assert any("causes" in line.text for line in card(compare(three.relabel("kind", kinds))))


def test_a_family_without_values_says_so(three):
    lines = card(compare(three, extractors=["readability"]))
    assert len(lines) == 5
    assert [("nothing is compared" in line.text) for line in lines] == [False, True, True, True, False]


def test_same_bytes_and_one_file(three, tmp_path):
    first, second = (write_report(compare(three), tmp_path / f"{n}.html").read_bytes() for n in "ab")
    assert first == second
    page = first.decode()
    assert not re.search(r'(?:src|href)="(?!data:|#)', page), "nothing is loaded from elsewhere"
    assert 'http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;' in page
    for title in ("In five sentences", "Who says what about whom", "Differences between kinds", "The texts", "Methods"):
        assert title in page


def test_evidence_adds_up_and_points_into_the_text(three):
    analysis = compare(three).analysis
    found = bodies(analysis, ["themes__non_alignment", "themes__defence"])
    for body, article, total in zip(found, three, analysis.features["themes__non_alignment"], strict=True):
        own = [e for e in body["e"] if e[0] == 0]
        assert np.isclose(sum(e[4] for e in own), total)
        assert all(article.text[e[1] : e[2]].strip() for e in body["e"])
        assert all(s < e for s, e, _ in body["v"])


def test_offsets_count_as_browsers_count(three):
    from framing.analysis import analyse

    text = "\U0001f600\U0001f600 They signed a defence agreement."
    body = bodies(analyse([text]), ["themes__defence"])[0]
    found = {text.encode("utf-16-le")[2 * e[1] : 2 * e[2]].decode("utf-16-le") for e in body["e"]}
    assert found and all(part in text and not part.startswith(" ") for part in found)


def test_where_no_report_can_be_written(three, tmp_path):
    result = compare(three)
    with pytest.raises(FramingError, match="is a folder"):
        write_report(result, tmp_path)
    with pytest.raises(FramingError, match="there is no folder"):
        write_report(result, tmp_path / "no" / "report.html")


def test_hostile_names_are_escaped_everywhere(hostile):
    page = report_html(hostile)
    assert "<script>window.hit" not in page and "<img src=x" not in page and "<svg onload" not in page
    assert page.count("</style>") == 1
