"""Measure ``framing report``: seconds from start to file, and the size of the page.

Usage: ``python benchmarks/report.py [N] [--corpus PATH] [--seed 7]``

Without ``--corpus`` the report is made on N articles (300 by default) as `drawn_corpus.py` draws them. Prints one JSON
line: articles, seconds (the whole command, start of Python included), megabytes (10^6 bytes) and, where chromium and
chromedriver are installed, load_seconds: until the browser has loaded the page.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drawn_corpus import articles


def load_seconds(page):
    """Return how long a headless Chromium takes to load a page, ``None`` without one."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        return None
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        browser.get(page.as_uri())
        return browser.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd / 1000")
    finally:
        browser.quit()


def main():
    """Make the report and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=300)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus, page = arguments.corpus, Path(folder) / "report.html"
        if corpus is None:
            corpus = Path(folder) / "drawn.jsonl"
            rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in articles(arguments.n, arguments.seed))
            corpus.write_text("".join(rows), encoding="utf-8", newline="\n")
        start = time.perf_counter()
        command = [sys.executable, "-m", "framing", "report", str(corpus), "-o", str(page)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        loaded = load_seconds(page)
        found = {
            "articles": page.read_text(encoding="utf-8").count("<article "), "seconds": round(seconds, 1),
            "megabytes": round(page.stat().st_size / 1e6, 2),
            "load_seconds": None if loaded is None else round(loaded, 2),
        }  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    main()
