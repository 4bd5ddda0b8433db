"""Compare two folders of figures by their names and by the words and numbers written in each SVG.

Bytes would differ between versions of matplotlib; what a reader reads must not.
"""

import re
import sys
from pathlib import Path

new, kept = (Path(folder) for folder in sys.argv[1:])


def words(path):
    """Return the texts of an SVG."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", path.read_text(encoding="utf-8"))


# The picture of the report is made by .ci/report_picture.py, which needs Chromium.
names = [
    sorted(p.name for p in folder.iterdir() if p.suffix in (".png", ".svg") and p.name != "report.png")
    for folder in (new, kept)
]
stale = [n for n in names[0] if n.endswith(".svg") and n in names[1] and words(new / n) != words(kept / n)]
if names[0] != names[1] or stale:
    sys.exit(f"figures/ is not current ({stale or names}); run: framing figures corpus --out figures")
