"""The report in a real browser."""

import time

import pytest

from framing.comparing.contrasts import compare
from framing.readers import read_corpus
from framing.report import write_report
from framing.report.html import embedded, verbatim


@pytest.fixture(scope="session")
def sample(tmp_path_factory, repository):
    result = compare(read_corpus(repository / "corpus"))
    return result, write_report(result, tmp_path_factory.mktemp("report") / "report.html")


def js(driver, code, *arguments):
    return driver.execute_script(code, *arguments)


def wait(driver, code, seconds=5):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := js(driver, code):
            return found
        time.sleep(0.02)
    raise AssertionError(f"never true: {code}")


def click(driver, selector):
    js(driver, "document.querySelector(arguments[0]).click()", selector)


def test_filters_of_the_differences(page, sample):
    driver = page(sample[1])
    visible = "return Array.from(document.querySelectorAll('#contrast-table tbody tr')).filter(r => !r.hidden).length"
    first, every = (
        js(driver, visible),
        js(driver, "return document.querySelectorAll('#contrast-table tbody tr').length"),
    )
    click(driver, "#contrast-main")
    assert first < js(driver, visible) == every == len(sample[0].contrasts)
    js(
        driver,
        "const e = document.getElementById('contrast-family'); e.value = 'Themes'; e.dispatchEvent(new Event('input'))",
    )
    assert js(driver, visible) == 9
    js(
        driver,
        "const e = document.getElementById('contrast-text'); e.value = 'DEFENCE'; e.dispatchEvent(new Event('input'))",
    )
    assert js(driver, visible) == 3
    assert js(driver, "return document.getElementById('contrast-count').textContent") == f"3 of {every} rows"


def test_sorting_keeps_what_is_missing_last(page, sample):
    driver = page(sample[1])
    column = "Array.from(document.querySelectorAll('#contrast-table tbody tr'), r => r.cells[5].dataset.v)"
    for direction in (1, -1):
        click(driver, "#contrast-table th:nth-child(6) button")
        values = js(driver, f"return {column}")
        given = [float(v) for v in values if v]
        assert given == sorted(given, reverse=direction < 0)
        assert "" not in values[: len(given)] and "" in values
    assert js(driver, "return document.querySelector('#contrast-table th:nth-child(6)').ariaSort") == "descending"


def test_a_number_leads_to_its_sentences_and_these_to_the_text(page, sample):
    result, path = sample
    driver = page(path)
    spans = result.analysis.evidence
    measure, article = "themes__non_alignment", "hlscc-ankara-2026-analysis"
    own = spans[(spans["measure"] == measure) & (spans["article"] == article)]
    js(
        driver,
        "const e = document.getElementById('value-text'); e.value = arguments[0]; e.dispatchEvent(new Event('input'))",
        article,
    )
    click(driver, '#value-table a[aria-label*="for Non-alignment"]')
    items = wait(driver, "return Array.from(document.querySelectorAll('#evidence-list mark'), m => m.textContent)")
    assert items == own["text"].tolist()
    assert js(driver, "return document.activeElement.id") == "evidence"
    assert f"{len(own)} spans in 1 of 1 articles" in js(
        driver, "return document.getElementById('evidence-about').textContent"
    )
    click(driver, "#evidence-list li:nth-child(2) a")
    hit = wait(driver, "return Array.from(document.querySelectorAll('.hit'), m => m.textContent).join('')")
    assert hit == own["text"].iloc[1]
    assert js(
        driver,
        "const b = document.querySelector('.hit').getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight",
    )


def test_a_mean_leads_to_the_sentences_of_its_kind(page, sample):
    result, path = sample
    driver = page(path)
    click(driver, '#means a[aria-label*="wire-report for Pressure"]')
    about = wait(driver, "return document.getElementById('evidence-about').textContent")
    ids = result.analysis.features.set_index("id").query("kind == 'wire-report'").index
    own = result.analysis.evidence.query("measure == 'themes__us_pressure' and article in @ids")
    assert f"{len(own)} spans in {own['article'].nunique()} of {len(ids)} articles" in about


def test_toggles_of_highlights(page, sample):
    driver = page(sample[1])
    js(driver, "document.querySelectorAll('#article-list details').forEach(d => d.open = true)")
    for selector, toggle in (
        (".text .theme", "[data-theme]"),
        (".text .quoted, .text .paraphrased", "#show-voice"),
        (".text .sign", "#show-stance"),
    ):
        count = f"return document.querySelectorAll('{selector}').length"
        before = wait(driver, count)
        js(driver, "document.querySelectorAll(arguments[0]).forEach(b => b.click())", toggle)
        assert js(driver, count) == 0
        js(driver, "document.querySelectorAll(arguments[0]).forEach(b => b.click())", toggle)
        assert js(driver, count) == before > 0


def test_every_text_is_shown_whole_highlights_or_not(page, sample):
    driver = page(sample[1])
    texts = [a.text for a in sample[0].analysis.corpus]
    shown = "return Array.from(document.querySelectorAll('.text'), t => t.textContent)"
    assert js(driver, shown) == texts
    click(driver, "#article-open")
    wait(
        driver,
        "return document.querySelectorAll('[data-painted]').length === document.querySelectorAll('article').length",
    )
    assert js(driver, shown) == texts


def test_one_event_side_by_side(page, sample):
    driver = page(sample[1])
    js(
        driver,
        "document.getElementById('article-beside').click(); const e = document.getElementById('article-event'); e.value = '0'; e.dispatchEvent(new Event('input'))",
    )
    boxes = js(
        driver,
        "return Array.from(document.querySelectorAll('#article-list article:not([hidden])'), a => [a.getBoundingClientRect().top, Number(a.dataset.kind), a.getBoundingClientRect().left])",
    )
    assert len(boxes) == 3 and len({round(b[0]) for b in boxes}) == 1
    assert [b[1] for b in sorted(boxes, key=lambda b: b[2])] == [0, 1, 2]


def test_hostile_texts_stay_texts(page, hostile, tmp_path):
    path = write_report(hostile, tmp_path / "report.html")
    driver = page(path)
    click(driver, "#article-open")
    wait(driver, "return document.querySelectorAll('[data-painted]').length === 5", 20)
    assert js(driver, "return window.hit") is None
    assert (
        js(
            driver,
            "return document.querySelectorAll('#article-list img, #article-list svg, #article-list style, main script:not([type])').length",
        )
        == 0
    )
    shown = js(driver, "return Array.from(document.querySelectorAll('.text'), t => t.textContent)")
    assert shown == [a.text.replace("\x00", "\ufffd") for a in hostile.analysis.corpus]
    assert js(driver, "return Array.from(document.querySelectorAll('#article-list .title'), t => t.textContent)")[
        0
    ].startswith("<script>")
    assert js(driver, "return document.querySelector('.full-title').textContent.length") > 1_000_000
    assert js(driver, "return document.documentElement.scrollWidth <= innerWidth"), "the page does not scroll sideways"
    js(driver, "location.hash = '#e-8-K0'")
    wait(driver, "return document.querySelectorAll('#evidence-list li').length")


def test_names_contrast_and_order_of_the_keyboard(page, sample):
    driver = page(sample[1])
    assert js(driver, "return document.documentElement.lang") == "en"
    nameless = """return Array.from(document.querySelectorAll('a, button, input, select, img, summary')).filter(e => {
        const name = e.alt || e.getAttribute('aria-label') || e.textContent || (e.labels && e.labels[0] && e.labels[0].textContent);
        return !(name || '').trim(); }).map(e => e.outerHTML)"""
    assert js(driver, nameless) == []
    levels = js(driver, "return Array.from(document.querySelectorAll('h1, h2, h3'), h => Number(h.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    ids = js(driver, "return Array.from(document.querySelectorAll('[id]'), e => e.id)")
    assert len(ids) == len(set(ids))
    assert (
        js(driver, 'return document.querySelectorAll(\'[tabindex]:not([tabindex="0"]):not([tabindex="-1"])\').length')
        == 0
    )
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    tops = []
    driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert js(driver, "return document.activeElement.className") == "skip"
    for _ in range(25):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        tops.append(js(driver, "return document.activeElement.getBoundingClientRect().top + scrollY"))
    assert all(b >= a - 40 for a, b in zip(tops, tops[1:], strict=False)), "the keyboard goes down the page"
    js(
        driver,
        "document.querySelectorAll('details')[0].open = true; document.getElementById('articles').scrollIntoView()",
    )
    wait(driver, "return document.querySelector('[data-painted]') !== null")
    assert js(driver, CONTRAST) == []


# WCAG 2.1: text has a contrast of 4.5 or more with what is behind it.
CONTRAST = """
const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
const light = ([r, g, b]) => { const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; } return [255, 255, 255, 1]; };
const bad = [];
for (const e of document.querySelectorAll('body *')) {
  if (!Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim()) || !e.checkVisibility() || e.disabled) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) bad.push([ratio.toFixed(2), e.outerHTML.slice(0, 80)]);
}
return bad;
"""


@pytest.mark.slow
@pytest.mark.parametrize(("n", "seconds", "megabytes"), [(300, 2, 6), (2_000, 8, 40)])
def test_large_reports_render_quickly(page, repository, tmp_path, n, seconds, megabytes):
    from dataclasses import replace

    from framing.corpus import Corpus

    own = list(read_corpus(repository / "corpus"))
    many = [replace(own[i % 27], id=f"{own[i % 27].id}-{i}", event=f"{own[i % 27].event}-{i // 27}") for i in range(n)]
    start = time.perf_counter()
    path = write_report(compare(Corpus(many)), tmp_path / "report.html")
    made = time.perf_counter() - start
    assert made < (15 if n == 300 else 120), f"made in {made:.1f} s"
    assert path.stat().st_size < megabytes * 1e6
    driver = page(path)
    taken = js(driver, "const t = performance.getEntriesByType('navigation')[0]; return t.loadEventEnd / 1000")
    assert taken < seconds, f"rendered in {taken:.2f} s"
    start = time.perf_counter()
    js(
        driver,
        "const e = document.getElementById('article-text'); e.value = 'tariff'; e.dispatchEvent(new Event('input')); document.body.offsetHeight",
    )
    js(driver, "location.hash = '#e-8-K1'; ")
    wait(driver, "return document.querySelectorAll('#evidence-list li').length")
    assert time.perf_counter() - start < seconds


def test_embedded_json_never_ends_its_element():
    written = str(embedded({"</script>": "<!--\u2028&"}))
    assert not set("<>&\u2028") & set(written)
    assert str(verbatim("a\r\n<b>")) == "a&#13;\n&lt;b&gt;"


def test_closing_the_panel_gives_the_focus_back(page, sample):
    driver = page(sample[1])
    selector = '#means a[aria-label*="wire-report for Pressure"]'
    js(driver, "const a = document.querySelector(arguments[0]); a.focus(); a.click()", selector)
    wait(driver, "return !document.getElementById('evidence').hidden")
    assert js(driver, "return document.activeElement.id") == "evidence"
    click(driver, "#evidence-close")
    assert js(driver, "return document.activeElement === document.querySelector(arguments[0])", selector)
    assert js(driver, "return document.getElementById('evidence').hidden && !location.hash")


def test_a_found_span_has_the_colour_of_its_theme(page, sample):
    driver = page(sample[1])
    colour = "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor"
    for theme in ("Non-alignment", "Pressure", "Defence"):
        click(driver, f'#means a[aria-label*="analysis-piece for {theme}"]')
        wait(driver, "return document.querySelectorAll('#evidence-list mark').length")
        toggle = js(
            driver,
            "return getComputedStyle(Array.from(document.querySelectorAll('.toggles label')).find(l => l.textContent.includes(arguments[0]))).backgroundColor",
            theme,
        )
        assert js(driver, colour, "#evidence-list mark") == toggle


def test_the_keyboard_sorts_filters_and_opens(page, sample):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    driver = page(sample[1])
    driver.find_element(By.CSS_SELECTOR, "#contrast-table th:nth-child(6) button").send_keys(Keys.ENTER)
    assert js(driver, "return document.querySelector('#contrast-table th:nth-child(6)').ariaSort") == "ascending"
    driver.find_element(By.ID, "article-text").send_keys("tariff")
    assert 0 < js(driver, "return document.querySelectorAll('#article-list article:not([hidden])').length") < 27
    summary = driver.find_element(By.CSS_SELECTOR, "#article-list article:not([hidden]) summary")
    summary.send_keys(Keys.ENTER)
    assert wait(driver, "return document.querySelectorAll('[data-painted]').length") == 1
    driver.find_element(By.ID, "show-stance").send_keys(Keys.SPACE)
    assert js(driver, "return document.querySelectorAll('.text .sign').length") == 0


def test_names_in_the_accessibility_tree(page, sample):
    driver = page(sample[1])
    driver.execute_cdp_cmd("Accessibility.enable", {})
    nodes = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    driver.execute_cdp_cmd("Accessibility.disable", {})
    named = {"link", "button", "checkbox", "combobox", "searchbox", "image", "table", "region", "navigation", "form"}
    seen = {}
    for node in nodes:
        role = node.get("role", {}).get("value")
        if role in named and not node.get("ignored"):
            seen.setdefault(role, []).append(node.get("name", {}).get("value", "").strip())
    assert set(seen) >= {"link", "button", "checkbox", "combobox", "searchbox", "image", "table", "region"}
    assert {role: names.count("") for role, names in seen.items() if "" in names} == {}
    numbers = [n for n in seen["link"] if "sentences of" in n]
    assert len(numbers) > 100 and all(":" in n for n in numbers), "a number says whose sentences it leads to"


def test_in_print_nothing_is_cut_and_highlights_are_words(page, sample):
    driver = page(sample[1])
    js(driver, "document.querySelector('#article-list details').open = true")
    wait(driver, "return document.querySelector('[data-painted]') !== null")
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    widths = {"contrasts": 680, "means": 680, "card": 680, "figures": 680, "values": 1030}  # px of A4 less its margins
    try:
        for name, width in widths.items():
            size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            js(driver, "document.body.style.padding = 0")
            wide = js(
                driver,
                "const s = document.getElementById(arguments[0]); return Math.max(...Array.from(s.querySelectorAll('table, p, img'), e => e.scrollWidth))",
                name,
            )
            assert wide <= width, name
        shown = "return getComputedStyle(document.querySelector(arguments[0]), arguments[1]).content"
        assert "attr" not in js(driver, shown, ".text .theme", "::before") and js(
            driver, shown, ".text .theme", "::before"
        ) not in ("none", "normal")
        assert js(driver, shown, ".text .sign", "::before") not in ("none", "normal")
        hidden = "return Array.from(document.querySelectorAll('nav, .filters, button')).filter(e => e.checkVisibility()).length"
        assert js(driver, hidden) == 0
        closed = "return Array.from(document.querySelectorAll('#article-list article')).filter(e => e.checkVisibility()).length"
        assert js(driver, closed) == 1, "texts that were not opened are not printed"
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_narrow_screen_needs_no_sideways_scrolling(page, sample):
    driver = page(sample[1])
    try:
        size = {"width": 360, "height": 700, "deviceScaleFactor": 1, "mobile": True}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        js(driver, "document.querySelector('#article-list details').open = true")
        assert js(driver, "return document.documentElement.scrollWidth") <= 360
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
