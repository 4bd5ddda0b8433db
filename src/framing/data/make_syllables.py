"""Make ``syllables.txt.gz`` from the CMU Pronouncing Dictionary as nltk distributes it.

Usage: ``python -m framing.data.make_syllables NLTK_DATA/corpora/cmudict.zip``

The table holds, for each word, the number of vowels of its first pronunciation, which is what textstat counts when it
has the dictionary, and after a stroke its `spoken` syllables where they are fewer. The dictionary's licence notice is
written beside it.
"""

from __future__ import annotations

import argparse
import gzip
import io
import zipfile
from pathlib import Path

_WEAK = ("AH0", "IH0")
_SONORANTS, _LIQUIDS = ("L", "R", "N"), ("L", "R")


def pronunciations(lines: list[str]) -> dict[str, list[list[str]]]:
    """Return the phones of each pronunciation of each lower-case word."""
    found: dict[str, list[list[str]]] = {}
    for line in lines:
        word, _, *phones = line.split()
        found.setdefault(word.lower(), []).append(phones)
    return found


def n_vowels(phones: list[str]) -> int:
    """Return the number of phones that carry a stress, which are the vowels.

    Examples
    --------
    >>> n_vowels("N AE1 CH ER0 AH0 L".split())
    3
    """
    return sum(phone[-1].isdigit() for phone in phones)


def spoken(word: str, listed: list[list[str]]) -> int:
    """Return the syllables of a word in fluent speech, which leaves out weak vowels ("compression", Wells 2008).

    The dictionary lists "every" in two syllables, "different" in three or two, "general" in three or two: its order
    says nothing. The shorter form counts where it is listed and but leaves out a weak vowel before l, r or n and
    another vowel ("gen'ral"), or before l or r behind one ("hour"). The u of "-ual" is left out in all words: it is
    listed both ways in "casual" and "unusual", in "usual" one way only.

    Source: J. C. Wells, Longman Pronunciation Dictionary, 3rd ed., 2008. Forms that lose consonants ("prob'ly") and
    syllables without a vowel ("didn't") are no compression.

    Examples
    --------
    >>> spoken("natural", ["N AE1 CH ER0 AH0 L".split(), "N AE1 CH R AH0 L".split()])
    2
    >>> spoken("usual", ["Y UW1 ZH AH0 W AH0 L".split()])
    2
    >>> spoken("didn't", ["D IH1 D AH0 N T".split(), "D IH1 D N T".split(), "D IH1 N T".split()])
    2
    """
    first = listed[0]
    n = min(n_vowels(other) for other in listed if other is first or _only_leaves_out(first, other))
    sound = " ".join(first)
    weak_u = "ual" in word and ("AH0 W AH0 L" in sound or "UW0 AH0 L" in sound)
    return n - (weak_u and n == n_vowels(first))


def _only_leaves_out(whole: list[str], short: list[str]) -> bool:
    """Tell whether a pronunciation is another one without some weak vowels beside l, r or n."""
    phones, rest = _parted(whole), [phone.rstrip("012") for phone in _parted(short)]
    place = 0
    for i, phone in enumerate(phones):
        before, after, behind = phones[i - 1] if i else "", *[*phones[i + 1 : i + 3], "", ""][:2]
        if place < len(rest) and rest[place] == phone.rstrip("012"):
            place += 1
        elif phone not in _WEAK or not (
            (after in _SONORANTS and behind[-1:].isdigit()) or (after in _LIQUIDS and before[-1:].isdigit())
        ):
            return False
    return place == len(rest)


def _parted(phones: list[str]) -> list[str]:
    """Return phones with the vowel of "er" and its r apart."""
    return [part for phone in phones for part in ((f"AH{phone[2]}", "R") if phone[:2] == "ER" else (phone,))]


def main() -> None:
    """Write the table and the licence notice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cmudict_zip", type=Path)
    source = zipfile.ZipFile(parser.parse_args().cmudict_zip)
    words = pronunciations(source.read("cmudict/cmudict").decode("latin-1").splitlines())
    by_count: dict[tuple[int, int], list[str]] = {}
    for word, listed in words.items():
        by_count.setdefault((n_vowels(listed[0]), spoken(word, listed)), []).append(word)
    text = "".join(
        f"{n}{f'/{fewer}' if fewer < n else ''} {' '.join(sorted(words))}\n"
        for (n, fewer), words in sorted(by_count.items())
    )
    folder = Path(__file__).parent
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, buffer, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    (folder / "syllables.txt.gz").write_bytes(buffer.getvalue())
    readme = source.read("cmudict/README").decode("latin-1")
    about = "syllables.txt.gz counts the syllables of words of the CMU Pronouncing Dictionary, whose notice follows."
    notice = "\n".join(line.rstrip() for line in readme.strip().splitlines())
    (folder / "LICENSE-cmudict.txt").write_text(f"{about}\n\n{notice}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
