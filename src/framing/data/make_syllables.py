"""Make ``syllables.txt.gz`` from the CMU Pronouncing Dictionary as nltk distributes it.

Usage: ``python -m framing.data.make_syllables NLTK_DATA/corpora/cmudict.zip``

The table holds, for each word, the number of vowels of its first pronunciation: what textstat
counts when it has the dictionary. The dictionary's licence notice is written beside it.
"""

from __future__ import annotations

import argparse
import gzip
import io
import zipfile
from pathlib import Path


def syllables(lines: list[str]) -> dict[str, int]:
    """Return the number of syllables of the first pronunciation of each word.

    Examples
    --------
    >>> syllables(["NATURAL 1 N AE1 CH ER0 AH0 L", "NATURAL 2 N AE1 CH R AH0 L"])
    {'natural': 3}
    """
    found: dict[str, int] = {}
    for line in lines:
        word, _, *phones = line.split()
        found.setdefault(word.lower(), sum(phone[-1].isdigit() for phone in phones))
    return found


def main() -> None:
    """Write the table and the licence notice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cmudict_zip", type=Path)
    source = zipfile.ZipFile(parser.parse_args().cmudict_zip)
    counts = syllables(source.read("cmudict/cmudict").decode("latin-1").splitlines())
    by_count: dict[int, list[str]] = {}
    for word, n in counts.items():
        by_count.setdefault(n, []).append(word)
    text = "".join(f"{n} {' '.join(sorted(words))}\n" for n, words in sorted(by_count.items()))
    folder = Path(__file__).parent
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, buffer, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    (folder / "syllables.txt.gz").write_bytes(buffer.getvalue())
    readme = source.read("cmudict/README").decode("latin-1")
    head = "syllables.txt.gz counts syllables after the CMU Pronouncing Dictionary, whose notice follows.\n\n"
    notice = "\n".join(line.rstrip() for line in readme.strip().splitlines())
    (folder / "LICENSE-cmudict.txt").write_text(head + notice + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
