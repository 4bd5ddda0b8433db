"""Save a picture of the report on the sample corpus as figures/report.png, for the README.

Usage: ``python .ci/report_picture.py`` with chromium and chromedriver on the path (Debian: chromium, chromium-driver).
Above, the beginning of the report; below, the three texts on one event side by side.
"""

import base64
import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

import framing
from framing.report import write_report

root = Path(__file__).resolve().parent.parent
WIDTH = 1200
PARTS = (
    (770, "scrollTo(0, 0)"),
    (
        860,
        "const pick = document.getElementById('article-event');"
        "pick.value = Array.from(pick.options).find(o => o.textContent === 'hlscc-ankara-2026').value;"
        "document.getElementById('article-beside').checked = true; pick.dispatchEvent(new Event('input'));"
        "document.querySelector('.toggles').style.position = 'static';"
        "document.getElementById('h-articles').scrollIntoView()",
    ),
)


def main():
    """Make the picture."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    shots = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            page = write_report(framing.compare(root / "corpus"), Path(folder) / "report.html")
            browser.get(page.as_uri())
            for height, code in PARTS:
                size = {"width": WIDTH, "height": height, "deviceScaleFactor": 1, "mobile": False}
                browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
                browser.execute_script(code)
                browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
                shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
                shots.append(Image.open(io.BytesIO(base64.b64decode(shot))).convert("RGB"))
    finally:
        browser.quit()
    picture = Image.new("RGB", (WIDTH + 2, sum(s.height for s in shots) + 2 + 14), "#b0b0b0")
    top = 1
    for shot in shots:
        picture.paste(shot, (1, top))
        top += shot.height + 14
    picture.quantize(128).save(root / "figures" / "report.png", optimize=True)


if __name__ == "__main__":
    main()
