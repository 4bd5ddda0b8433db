"""Syllables of words as they are spoken: the shipped table, then the known parts of a word, then its letters."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from framing.syllables import syllable_table

_NO_WORD = 200
_MIN_STEM, _MIN_PART = 3, 4  # letters; shorter words are found in anything
_SIBILANT = ("s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze")
_DENTAL = ("t", "d", "te", "de")
_PREFIXES = {
    "un": 1, "re": 1, "non": 1, "pre": 1, "mis": 1, "dis": 1, "sub": 1, "mid": 1, "bi": 1, "co": 1, "de": 1,
    "in": 1, "im": 1, "ex": 1, "pro": 1, "tri": 1, "anti": 2, "inter": 2, "semi": 2, "multi": 2, "micro": 2,
    "nano": 2, "neuro": 2, "photo": 2, "electro": 3, "hydro": 2, "geo": 2, "bio": 2, "ultra": 2, "mega": 2, "mini": 2,
    "hyper": 2, "super": 2, "eco": 2, "auto": 2, "tele": 2, "thermo": 2, "trans": 1, "euro": 2, "pseudo": 2, "mono": 2,
}  # fmt: skip
# Endings are tried in this order; -s, -ed and possessives are inflections and have rules of their own.
_SUFFIXES = {
    "ly": 1, "ness": 1, "less": 1, "ful": 1, "ment": 1, "er": 1, "or": 1, "est": 1, "en": 1, "ish": 1, "able": 2,
    "ible": 2, "ably": 2, "ibly": 2, "ism": 2, "ist": 1, "ship": 1, "like": 1, "wise": 1, "ward": 1, "hood": 1,
    "dom": 1, "y": 1, "ing": 1,
}  # fmt: skip
# By the last letter of a word: its possible endings, the letters to cut off and the syllables to add.
_BY_LAST: dict[str, list[tuple[str, int, int]]] = {}
for _suffix, _n in _SUFFIXES.items():
    for _written in (_suffix, _suffix + "s"):
        _BY_LAST.setdefault(_written[-1], []).append((_written, len(_written), _n))
_BEGINNINGS = tuple(_PREFIXES)
# Read out in full, or letter by letter, where the table has another word ("dr" as in a street's "drive") or none; Roman
# numerals are figures.
_LETTERS = {
    "US": 2, "UN": 2, "ID": 2, "AG": 2, "AI": 2, "IP": 2, "SEC": 3, "FAO": 3, "WHO": 5, "NGO": 3, "EEG": 3, "LED": 3,
    "IT": 2, "EV": 2, "PLA": 3, "MoD": 3, "USDA": 4, "USAID": 3, "USCIS": 5, "OSCE": 4, "KLIA": 4, "UNFCCC": 6,
    "UNRWA": 2, "RCEP": 2, "CPEC": 2, "CNOOC": 2, "UEFA": 3, "ACLU": 4, "UCLA": 4,
}  # fmt: skip
_AS_WRITTEN = {
    "Dr": 2, "Capt": 2, "Col": 2, "Gov": 3, "Lt": 3, "Maj": 2, "Prof": 3, "Rep": 5, "Reps": 5, "Sen": 3, "Sens": 3,
    "Sgt": 2, "Apr": 2, "Feb": 4, "Aug": 2, "Sept": 3, "Oct": 3, "Nov": 3, "Dec": 3, "Ariz": 4, "Fla": 3, "Ky": 3,
    "Md": 3, "Minn": 4, "Okla": 4, "Va": 3, "Vt": 2,
    **dict.fromkeys("II III IV VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split(), 1),
}  # fmt: skip
# The table gives "inspire" two syllables and "inspired" three: dictionaries give both two, as they give "hour" one.
_IN_IRE = {
    "fire hire tire wire sire pyre lyre": 1,
    "acquire admire afire aspire attire backfire bonfire brushfire campfire ceasefire conspire crossfire desire empire "
    "enquire entire expire gunfire haywire hellfire inquire inspire misfire newswire perspire quagmire rehire require "
    "retire rewire sapphire satire transpire umpire vampire wildfire": 2,
    "reacquire": 3,
}  # fmt: skip
_IN_ANY_CASE = {
    **{word + ending: n for words, n in _IN_IRE.items() for word in words.split() for ending in ("", "s", "d")},
    "choir": 1, "choirs": 1, "wireless": 2, "tireless": 2, "tirelessly": 3, "tiresome": 2, "entirely": 3,
    "retirement": 3, "retirements": 3, "requirement": 3, "requirements": 3,
    "kg": 3, "km": 4, "cm": 4, "mm": 4, "kph": 3, "hrs": 2, "mins": 2, "bn": 2, "mn": 2, "mln": 2, "dlr": 2, "dlrs": 2,
    "pct": 2, "stg": 2, "avg": 2, "qtr": 2, "qtly": 3, "bpd": 3, "plc": 3, "cts": 1,
    "ourselves": 2, "türkiye": 3, "duterte": 3, "guterres": 3, "rutte": 2, "resumé": 3, "résumé": 3, "exposé": 3,
    "touché": 2,
    "realize": 3, "realized": 3, "realizing": 4, "realise": 3, "realised": 3, "realising": 4,
}  # fmt: skip
READ_OUT = {
    **_AS_WRITTEN,
    **{form: n for word, n in _LETTERS.items() for form in (word, word + "s")},
    **{form: n for word, n in _IN_ANY_CASE.items() for form in (word, word.capitalize(), word.upper())},
}
"""Syllables of words that the table has otherwise or not, as they are written."""
ALSO_WORDS = frozenset(["US", "IT", "WHO", "LED", "ID"])
"""Initialisms of `READ_OUT` that are words where all is in capitals."""
_POSSESSIVE = re.compile(r"['’]s?$")
_VOWELS = re.compile(r"[aeiouy]+")
# What an initialism of four or five letters must be made of to be read as a word ("BRICS", not "CSIS" or "OECD"):
# consonants that begin or end English words, or known names, and vowels that stand together in them.
_MOST_SPELLED = 5
_BEGIN = (
    "b|bh|bl|br|c|ch|cl|cr|d|dh|dr|f|fl|fr|g|gh|gl|gr|h|j|k|kh|kl|kn|kr|l|m|n|ng|p|ph|pl|pr|q|r|s|sc|sch|scr|sh|sk|sl|sm|"
    "sn|sp|spl|spr|sr|st|str|sw|t|th|thr|tr|ts|tw|v|w|wh|x|z|zh"
)
_END = (
    "b|c|ck|cs|ct|d|f|ff|ft|g|h|k|ks|l|ld|lf|lk|ll|lm|lp|ls|lt|lts|m|mp|ms|n|nc|nd|ng|nk|ns|nt|p|ph|ps|pt|r|rc|rd|rf|rg|"
    "rk|rl|rm|rn|rp|rs|rt|s|sh|sk|ss|st|t|th|ts|tt|v|w|x|z"
)
_TOGETHER = "[aeiouy]|aa|ae|ai|au|ea|ee|ei|eo|eu|ia|ie|io|oa|oe|oi|oo|ou|ua|ue|ui"
_LIKE_A_WORD = re.compile(rf"(?:{_BEGIN})?(?:{_TOGETHER})(?:(?:{_END})?(?:{_BEGIN})(?:{_TOGETHER}))*(?:{_END})?")
_SMALL_INSIDE = re.compile("[A-Z][a-z][A-Z]")  # "MoU", "PhD"
_WORD_AND_LETTERS = re.compile("([A-Z]?[a-z]{2,})([A-Z]{2,})")  # "ChatGPT"
# An e that is written and not spoken: at the end ("glycerine", "tales", "betokened"), or before an ending.
_SILENT = re.compile(
    r"(?<=[aeiouy])(?:[^aeiouy]|[^aeiouy]{2,}(?<!l)(?<![bgtv]r))e$"
    r"|(?<=[aeiouy])(?:(?:[^aeiouysxzcg]|[^aeiouy]{2,}(?<![sxzlcgh])(?<![bgtv]r)|th|ph)es)$"
    r"|(?<=[aeiouy])[^aeiouy]*(?:[^aeiouytdl]|[aeiouylrw]l)ed$"
    r"|(?<=[aeiouy])[^aeiouy]{1,2}e(?=(?:ly|ness|less|ments?|ful|fully|some|body|thing|where|how|times?)$)"
    r"|(?<=ic)a(?=lly$)"
)
# How the British write what the table has as Americans do: "favourite", "nationalisation", "modelling", "centre".
_AMERICAN = (
    ("our", "or"), ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("yse", "yze"), ("ll", "l"),
    ("tre", "ter"), ("ogue", "og"), ("mme", "m"), ("cheque", "check"), ("ae", "e"), ("oe", "e"), ("ence", "ense"),
)  # fmt: skip
# Vowel letters side by side in two syllables: "dial", "reaction", "museum", "violet", "going", "Surabaya", "prism".
_APART = re.compile(
    r"(?<![cstgx])ia|iu|io(?!u|n)|eo(?!n|us|p)|uo|(?<![qg])ua(?!r)|[aeiou](?=ing)|(?<=[aeiou])y+(?=[aeiou])|yi(?=ng)|ii|[aeo]o[aeiou]"
    r"|ea(?=tor|tion|n$|ns$)|ie(?=t|ty)|(?<=is|th|as|ys)m(?=s?$)|eu(?=m$|s$)"
)


def spoken_syllables(word: str) -> int:
    """Return the number of syllables of one word as it is read aloud.

    Parameters
    ----------
    word
        One word as it is written, without hyphens; numbers and initialisms are words too.

    Returns
    -------
    int
        Of titles, units, words of the wires and a few more what `READ_OUT` says, else from the CMU
        Pronouncing Dictionary where it has the word, without the weak vowels that fluent speech leaves out
        ("different" has two syllables; see `framing.data.make_syllables`). Else from a known word and its
        ending or prefix, or from two known words; else from groups of vowel letters. Initialisms that no
        word could be written like are read letter by letter. A figure counts
        1, however long: Flesch (1948) advises to keep figures out of the count of syllables, because
        read aloud ("nineteen eighteen") a few of them outweigh the words.

    Examples
    --------
    >>> [spoken_syllables(w) for w in ("cooperation", "seafloor", "rebadged", "GDP", "1918", "IAEA", "AUKUS", "MoU")]
    [5, 2, 2, 3, 1, 4, 2, 3]
    """
    table = syllable_table(spoken=True)
    known = READ_OUT.get(word) or table.get(word.lower())  # most words; the table holds no figures
    if known is not None:
        return known
    if not word.isalpha() and any(map(str.isdigit, word)):
        return 1
    lower = _plain(word.lower())
    known = table.get(lower)
    if known is not None:
        return known
    bare = _POSSESSIVE.sub("", word) if "'" in word or "’" in word else word
    if bare[-1:] == "s" and (bare[:-1].isupper() or _SMALL_INSIDE.fullmatch(bare[:-1])):  # "MPs", "MoUs"
        bare = bare[:-1]
    if bare in READ_OUT:
        return READ_OUT[bare]
    if parts := _WORD_AND_LETTERS.fullmatch(bare):
        return spoken_syllables(parts[1]) + spoken_syllables(parts[2])
    if bare.lower() not in table and _is_spelled(bare):
        return max(1, sum(3 if c in "Ww" else 1 for c in bare if c.isalpha()))
    return _of_word(lower)


def _plain(word: str) -> str:
    """Return a word with straight apostrophes and without accents, so that "café" has its vowels."""
    if word.isascii():
        return word
    word = word.replace("’", "'").replace("æ", "ae").replace("œ", "oe").replace("ı", "i").replace("ø", "o")
    return "".join(c for c in normalize("NFKD", word) if not combining(c))


def _is_spelled(word: str) -> bool:
    """Tell whether letters are read one by one: "U.S.", "EU", "IAEA", "MoU", not "NASA"."""
    if "." not in word and not word.isupper():
        return bool(_SMALL_INSIDE.fullmatch(word))
    letters = [c for c in word if c.isalpha()]
    if "." in word and len(letters) > 1:
        return True
    plain = "".join(letters)
    if not plain.isupper() or len(plain) < 2:
        return False
    lower = plain.lower()
    if len(plain) > _MOST_SPELLED:
        return not _VOWELS.search(lower)
    return len(plain) <= 3 or not _LIKE_A_WORD.fullmatch(lower)


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> int:
    """Return the syllables of a lower-case word, known or not."""
    if len(word) > _NO_WORD:  # a pasted code or address
        return len(word) // 3
    table = syllable_table(spoken=True)
    known = table.get(word)
    if known is not None:
        return known
    for find in (_possessive, _british, _inflected, _derived, _compound):
        found = find(word, table)
        if found:
            return found
    return by_letters(word)


def _possessive(word: str, table: dict[str, int]) -> int:
    stem, mark, rest = word.partition("'")
    if not mark or not stem:
        return 0
    return _of_word(stem) + (stem.endswith(_SIBILANT) if rest == "s" else rest not in ("", "s", "d", "t", "m"))


def _british(word: str, table: dict[str, int]) -> int:
    """Return the syllables of a word that Americans write otherwise; 0 when it is none."""
    for british, american in _AMERICAN:
        if british in word:
            known = table.get(word.replace(british, american))
            if known:
                return known
    return 0


def _inflected(word: str, table: dict[str, int]) -> int:
    """Return the syllables of a regular inflection of a known word; 0 when it is none."""
    if word.endswith("s"):
        for base in (
            word[:-1],
            word[:-2] if word.endswith("es") else "",
            word[:-3] + "y" if word[-3:] == "ies" else "",
        ):
            if base in table and len(base) > 1:
                return table[base] + base.endswith(_SIBILANT)
    if word.endswith("ed"):
        for base in (*_bases(word[:-2]), word[:-3] + "y" if word[-3:] == "ied" else ""):
            if base in table and len(base) > 1:
                return table[base] + base.endswith(_DENTAL)
    return 0


def _bases(stem: str) -> tuple[str, ...]:
    """Return what a stem before an ending may be the form of: "hop", "hope", "hopp"."""
    doubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else ""
    y = stem[:-1] + "y" if stem.endswith("i") else ""
    return stem, stem + "e", doubled, y


def _derived(word: str, table: dict[str, int]) -> int:
    """Return the syllables of a known word with an ending or a prefix; 0 when it is none."""
    if word.endswith("ically") and word[:-4] in table:  # "basically": the a is not spoken
        return table[word[:-4]] + 1
    if word.endswith("ly") and word[:-1] + "e" in table:  # "simply" from "simple"
        return table[word[:-1] + "e"]
    for suffix, length, extra in _BY_LAST.get(word[-1:], ()):
        if word.endswith(suffix):
            for base in _bases(word[:-length]):
                if len(base) >= _MIN_STEM and base in table:
                    return table[base] + extra
    for prefix, extra in _PREFIXES.items() if word.startswith(_BEGINNINGS) else ():
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) >= _MIN_PART:
            known = table.get(rest) or _inflected(rest, table)
            if known:
                return known + extra
    return 0


def _compound(word: str, table: dict[str, int]) -> int:
    """Return the syllables of two known words written as one, the first as long as can be; else 0."""
    for cut in range(len(word) - _MIN_PART, _MIN_STEM - 1, -1):
        first, second = word[:cut], word[cut:]
        if first in table and second in table:
            return table[first] + table[second]
    return 0


def by_letters(word: str) -> int:
    """Return the groups of vowel letters, less a silent e, more the vowels that part in speech; at least 1.

    Examples
    --------
    >>> [by_letters(w) for w in ("glycerine", "tubercles", "museum", "gaiety")]
    [3, 3, 3, 3]
    """
    return max(1, len(_VOWELS.findall(word)) - len(_SILENT.findall(word)) + len(_APART.findall(word)))
