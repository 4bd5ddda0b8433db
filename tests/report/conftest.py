"""A headless Chromium for the tests of the report, and a corpus of hostile texts."""

import shutil

import pytest


@pytest.fixture(scope="session")
def browser():
    """Return a driver of real headless Chromium with its network off."""
    binary, driver = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("no chromium and chromedriver on the path (Debian: apt-get install chromium chromium-driver)")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra: test)")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--window-size=1200,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options=options, service=Service(driver))
    yield found
    found.quit()


@pytest.fixture
def page(browser):
    """Return a function that opens a file and afterwards demands a clean console and no request that leaves the file."""
    import json

    def requests():
        messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
        sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [url for url in sent if not url.startswith(("data:", "file:"))]

    def open_page(path):
        for name in ("browser", "performance"):
            browser.get_log(name)
        browser.get("about:blank")
        browser.get(path.as_uri())
        return browser

    yield open_page
    assert browser.get_log("browser") == []
    assert requests() == []


PAYLOADS = (
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit = 1">',
    "</style></script></textarea><svg onload=window.hit=1>",
    "{{ 7 * 7 }} {% raw %} ${window.hit = 1} <!-- ]]> &lt;b&gt; \u202eright to left\u202c \u2028",
)


@pytest.fixture
def hostile():
    """Return a comparison whose texts, titles, sources, kinds, events, ids and codebook try to be markup."""
    from dataclasses import replace

    from framing.codebook import load_codebook
    from framing.comparing.contrasts import compare
    from framing.corpus import Corpus

    book = load_codebook(None)
    themes = {name: replace(theme, label=f"{theme.label} {PAYLOADS[1]}") for name, theme in book.themes.items()}
    book = replace(book, name="b" * 1_000_000 + PAYLOADS[0], description=PAYLOADS[2], themes=themes)
    line = "They signed a defence agreement with Turkey. It will not take sides, \U0001f600 “said” she.\r\n"
    texts = [line + PAYLOADS[i] + " " + line for i in range(4)] + ["\n\x00" + line + "x" * 1_000_000]
    wild = [*PAYLOADS, "t" * 1_000_000 + PAYLOADS[0]]
    kinds = [PAYLOADS[0], PAYLOADS[1]] * 2 + [PAYLOADS[0]]
    corpus = Corpus.from_texts(
        texts, ids=[f"{i}{p}" for i, p in enumerate(PAYLOADS)] + ["long"], kind=kinds, title=wild, source=wild[::-1],
        event=["e1" + PAYLOADS[1]] * 2 + ["e2"] * 3, url=["javascript:window.hit=1"] * 5,
    )  # fmt: skip
    return compare(corpus, book)
