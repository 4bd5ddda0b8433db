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
_SHORTEST_BASE = 5  # letters of a word whose forms are also those of longer words

Phones = tuple[str, ...]


def pronunciations(lines: list[str]) -> dict[str, list[Phones]]:
    """Return the phones of each pronunciation of each lower-case word."""
    found: dict[str, list[Phones]] = {}
    for line in lines:
        word, _, *phones = line.split()
        found.setdefault(word.lower(), []).append(tuple(phones))
    return found


def n_vowels(phones: Phones) -> int:
    """Return the number of phones that carry a stress, which are the vowels.

    Examples
    --------
    >>> n_vowels(tuple("N AE1 CH ER0 AH0 L".split()))
    3
    """
    return sum(_is_vowel(phone) for phone in phones)


def _is_vowel(phone: str) -> bool:
    return phone[-1:].isdigit()


def spoken(words: dict[str, list[Phones]]) -> dict[str, int]:
    """Return the syllables of words in fluent speech, which leaves out weak vowels ("compression", Wells 2008).

    The dictionary lists "every" in two syllables, "different" in three or two, "general" in three or two: its order
    says nothing. The shorter form counts where it is listed and but leaves out weak vowels behind the first syllable,
    before l, r or n and another vowel ("gen'ral"), or before l or r behind one ("hour"). It counts for the whole
    family: what is listed of "national" holds for "international", of "traveler" for "traveller". The u of "-ual"
    and the a of "-ically" are left out in all words: they are listed both ways in "casual" and "logically", in "mutual"
    and "politically" one way only.

    Source: J. C. Wells, Longman Pronunciation Dictionary, 3rd ed., 2008. Forms that lose consonants ("prob'ly") and
    syllables without a vowel ("didn't") are no compression.

    Parameters
    ----------
    words
        The pronunciations of each word, the first one first.

    Examples
    --------
    >>> listed = {
    ...     "natural": ["N AE1 CH ER0 AH0 L", "N AE1 CH R AH0 L"],
    ...     "unnatural": ["AH0 N N AE1 CH ER0 AH0 L"],
    ...     "usual": ["Y UW1 ZH AH0 W AH0 L"],
    ...     "didn't": ["D IH1 D AH0 N T", "D IH1 D N T", "D IH1 N T"],
    ... }
    >>> spoken({word: [tuple(form.split()) for form in forms] for word, forms in listed.items()})
    {'natural': 2, 'unnatural': 3, 'usual': 2, "didn't": 2}
    """
    forms = {word: {_parted(other) for other in listed} for word, listed in words.items()}
    first = {word: _parted(listed[0]) for word, listed in words.items()}
    _share_in_families(forms, first)
    return {word: _shortest(word, first[word], forms[word]) for word in words}


def _share_in_families(forms: dict[str, set[Phones]], first: dict[str, Phones]) -> None:
    """Add the forms that words have from others of their family: what is longer by an ending or a beginning."""
    alike: dict[Phones, set[Phones]] = {}
    for word, phones in first.items():  # those that sound alike share one set
        forms[word] = alike.setdefault(phones, set()) | forms[word]
        alike[phones] |= forms[word]
    for word, phones in first.items():
        forms[word] = alike[phones]
    for word, whole in first.items():
        for cut in range(_SHORTEST_BASE, len(word)):
            base = first.get(word[:cut])
            if base and len(base) < len(whole) and whole[: len(base)] == base:
                ending = whole[len(base) :]
                forms[word[:cut]] |= {f[: -len(ending)] for f in forms[word] if f[-len(ending) :] == ending}
                forms[word] |= {form + ending for form in forms[word[:cut]]}
            base = first.get(word[-cut:])
            if base and len(base) < len(whole) and whole[-len(base) :] == base:
                forms[word] |= {whole[: -len(base)] + form for form in forms[word[-cut:]]}


def _shortest(word: str, first: Phones, forms: set[Phones]) -> int:
    n = min([n_vowels(first), *(n_vowels(form) for form in forms if _only_leaves_out(first, form))])
    sound = " ".join(first)
    weak = ("ual" in word and ("AH0 W AH0 L" in sound or "UW0 AH0 L" in sound)) or (
        "ically" in word and "K AH0 L IY0" in sound
    )
    return n - (weak and n == n_vowels(first))


def _only_leaves_out(whole: Phones, short: Phones) -> bool:
    """Tell whether a pronunciation is another one without some weak vowels beside l, r or n."""
    place = 0
    for i, phone in enumerate(whole):
        before, after, behind = whole[i - 1] if i else "", *[*whole[i + 1 : i + 3], "", ""][:2]
        other = short[place] if place < len(short) else ""
        if other.rstrip("012") == phone.rstrip("012") or (phone in _WEAK and other in _WEAK):
            place += 1
        elif (
            phone not in _WEAK
            or not any(map(_is_vowel, whole[:i]))
            or not ((after in _SONORANTS and _is_vowel(behind)) or (after in _LIQUIDS and _is_vowel(before)))
        ):
            return False
    return place == len(short)


def _parted(phones: Phones) -> Phones:
    """Return phones with the vowel of "er" and its r apart."""
    return tuple(part for phone in phones for part in ((f"AH{phone[2]}", "R") if phone[:2] == "ER" else (phone,)))


def main() -> None:
    """Write the table and the licence notice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cmudict_zip", type=Path)
    source = zipfile.ZipFile(parser.parse_args().cmudict_zip)
    words = pronunciations(source.read("cmudict/cmudict").decode("latin-1").splitlines())
    by_count: dict[tuple[int, int], list[str]] = {}
    for word, fewer in spoken(words).items():
        by_count.setdefault((n_vowels(words[word][0]), fewer), []).append(word)
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
