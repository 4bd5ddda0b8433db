import random

import pytest

from framing.counts.published import published_counts
from framing.spoken import by_letters, spoken_syllables
from framing.syllables import n_syllables, syllable_table
from framing.tokens import tokenize


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("cooperation", 5),  # in the dictionary
        ("ministries’", 3),
        ("boss's", 2),
        ("Pillingshot's", 3),
        ("betokened", 3),  # an inflection of a word that is not in the dictionary
        ("rebadged", 2),
        ("different", 2),  # weak vowels that speech leaves out
        ("usual", 2),
        ("nationally", 3),
        ("hour", 1),
        ("didn't", 2),  # the syllables without a vowel, and those without their consonants, stay
        ("current", 2),
        ("probably", 3),
        ("seafloor", 2),  # two known words
        ("biofuel", 3),
        ("deglobalisation", 6),
        ("centre", 2),
        ("kilometres", 4),
        ("ﬁgures", 2),  # a ligature, as PDF files have it
        ("UN’s", 2),  # not the prefix
        ("MEPs", 3),
        ("Our", 1),
        ("inspired", 2),  # the table has three, and two for "inspire"
        ("Entirely", 3),
        ("realised", 3),
        ("mln", 2),
        ("NGOs", 3),
        ("XIV", 1),  # a figure
        ("\u0304", 1),  # a mark that stands alone
        ("Dr", 2),  # not the street's "drive"
        ("km", 4),
        ("glycerine", 3),
        ("Türkiye", 3),
        ("politically", 4),
        ("internationally", 5),  # what is listed of "nationally" holds in its family
        ("traveller", 2),  # sounds like "traveler"
        ("favourite", 2),  # as Americans write it, it is in the table
        ("nationalisation", 5),
        ("Putrajaya", 4),  # a y between vowels parts them
        ("Muhyiddin", 3),
        ("exposé", 3),
        ("ChatGPT", 4),
        ("GDPR", 4),
        *((w, 4) for w in "IAEA UNSC IRGC CSIS IISS CSTO OECD USDA AIIB FATF UNSC's".split()),
        *((w, 3) for w in "MoU MoUs PhD PhDs PLA DoD MoD IoT UNESCO UNICEF ASEAN".split()),
        *((w, 2) for w in "EV EVs IT NATO AUKUS OPEC NASA APEC FIFA NORAD UNCTAD UMNO".split()),
        *((w, 1) for w in "BRICS SAARC THAAD".split()),
        ("JCPOA", 5),
        ("UNHCR", 5),
        ("WTO’s", 5),
        ("U.S.", 2),
        ("1918", 1),
        ("x" * 300, 100),
    ],
)
def test_syllables_of_words(word, syllables):
    assert spoken_syllables(word) == syllables


def test_like_textstat_the_first_form_of_the_dictionary_counts():
    assert [n_syllables(word) for word in ("different", "usual", "hour", "several")] == [3, 3, 2, 2]


def test_words_in_a_line_of_capitals_are_no_initialisms():
    texts = tokenize(["The IT firm led us. Who will?", "IT LED US. WHO WILL?"])
    assert published_counts(texts)["syllables"].tolist() == [6, 2, 3, 2]


def test_letters_do_better_than_hyphenation_on_words_of_the_dictionary():
    from pyphen import Pyphen

    words = random.Random(1).sample([w for w in syllable_table() if w.isalpha() and len(w) > 3], 3000)
    hyphens = Pyphen(lang="en_US")
    right = sum(by_letters(w) == n_syllables(w) for w in words)
    assert right > 0.9 * len(words) > sum(len(hyphens.positions(w)) + 1 == n_syllables(w) for w in words)
