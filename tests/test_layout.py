import textwrap
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing import features
from framing.corpus import Article
from framing.layout import lines, paragraphs, read_layout
from framing.readers import read_corpus
from framing.sentences import sentences
from framing.tokens import tokenize


def body_sentences(text, **metadata):
    article = Article.read("x", text, **metadata)
    return [text[s:e] for s, e, _ in sentences(article.body)]


def test_a_first_line_without_end_mark_before_a_blank_line_is_the_title():
    article = Article.read("x", "Rain stops play\n\nIt rained. It stopped.")
    assert article.title == "Rain stops play"
    assert body_sentences(article.text) == ["It rained.", "It stopped."]


@pytest.mark.parametrize("text", ["A deck with a full stop.\nOne more.", "A deck with a full stop.\n\nOne more."])
def test_a_deck_with_a_full_stop_is_the_first_sentence(text):
    assert body_sentences(text) == ["A deck with a full stop.", "One more."]


@pytest.mark.parametrize("title", ["Will it rain?", "Rain at last!", "Who said ‘no’ (and why)?"])
def test_a_first_line_that_asks_or_calls_is_the_title_where_none_is_given(title):
    text = f"{title}\n\nIt rained. It stopped."
    assert Article.read("x", text).title == title
    assert body_sentences(text) == ["It rained.", "It stopped."]
    assert body_sentences(text, title="Rain stops play")[0] == title


@pytest.mark.parametrize(
    "text", ["“Will it rain?”\n\nIt rained.", "Will it rain? It will.\n\nIt rained.", "Is it wet?\n\nNo. It was."]
)
def test_questions_that_are_prose_are_no_titles(text):
    assert read_layout(text).spans == ()


def test_a_lone_line_is_body_not_title():
    assert body_sentences("Only a headline") == ["Only a headline"]


LEAD = "The two sides met in Ankara. They signed an accord."


@pytest.mark.parametrize(
    "trailer",
    ["[1]", "¹", " (1)", "*", " https://example.org/a-b", " #ASEAN", " 🙂", " [Reuters]", " (Bernama)", " – Bernama", ".3",
     " [2] [3]", " #a #b", " (Reuters/AFP)", " and a second thought", " (https://t.co/x)"],
)  # fmt: skip
def test_a_lead_is_no_title_whatever_stands_after_its_end(trailer):
    article = Article.read("x", f"{LEAD}{trailer}\n\nIt rained.")
    assert (article.title, article.caption) == (None, None)
    assert body_sentences(article.text)[:1] == ["The two sides met in Ankara."]


@pytest.mark.parametrize(
    "title",
    ["U.S. President Trump meets Dr. Lim", "St. Petersburg summit: Gov. Tan leaves", "Xi: ‘no winners’ [Updated]",
     "Rain stops play #cricket", "Malaysia v. Singapore", "Why Anwar went to Ankara 🙂", "J. K. Tan on trade [1]"],
)  # fmt: skip
def test_abbreviations_and_marks_do_not_make_prose_of_a_title(title):
    assert Article.read("x", f"{title}\n\nIt rained.").title == title


def test_an_agency_in_brackets_still_credits_a_picture():
    assert Article.read("x", "Anwar Ibrahim in Ankara [Reuters]\n\nIt rained.").caption
    assert Article.read("x", "The mayor opens a bridge. [Photo: Reuters]\n\nIt rained.").caption


def test_a_first_line_that_repeats_the_title_is_the_title():
    assert body_sentences("What now?\n\nIt rained.", title="What now?") == ["It rained."]
    assert body_sentences("It’s over.\n\nIt rained.", title="It's  over.") == ["It rained."]


def test_the_line_that_repeats_the_title_is_the_title_without_a_blank_line():
    for title in ["Rain stops play", "Why now?", "It is over!"]:
        assert body_sentences(f"{title}\nIt rained on Monday. It stopped.", title=title) == [
            "It rained on Monday.",
            "It stopped.",
        ]
        assert body_sentences(f"The Daily Star\n{title}\nIt rained. It stopped.", title=title) == [
            "It rained.",
            "It stopped.",
        ]
    text = "Rain stops play in the third and last of the matches in Oslo\n" + wrapped(PROSE, 70)
    assert body_sentences(text, title=text.split("\n")[0])[0].startswith("The two governments")


@pytest.mark.parametrize(
    "body", ["It rained on Monday. It stopped.", "It rained a lot on Monday.\nIt stopped.\n“It is dry,” he said."]
)
def test_a_line_over_whole_paragraphs_is_the_title(body):
    article = Article.read("x", f"Rain stops play\n{body}")
    assert article.title == "Rain stops play"
    assert body_sentences(article.text)[0].startswith("It rained")


@pytest.mark.parametrize(
    "text",
    [
        "The minister said on Monday that\nMalaysia would not choose. It did.", "It rained in\nOslo. It stopped on Monday.",
        "It rained all day in Oslo,\nHe said to those who stood there. It stopped.", "Roses are red\nViolets are blue\nIt rains on you.",
        "The minister met with Datuk\nLim on Monday.",
    ],
)  # fmt: skip
def test_a_line_that_a_sentence_goes_on_from_is_no_title(text):
    assert Article.read("x", text).title is None


CREDITS = [
    "(Reporting by Valerie Volcovici; Additional reporting by Lawrence Hurley; Editing by Will Dunham.)", "Reporting by Jane Doe",
    "Reporting by Jane Doe in Ankara and Ali bin Abu; Editing by John Tan", "Our Standards: The Thomson Reuters Trust Principles.",
    "(With inputs from AFP)", "With inputs from agencies", "© 2025 Bernama. All rights reserved.", "Copyright © 2025 The Star.",
    "Copyright 2025 AFP. All rights reserved.", "Follow us on Facebook and Telegram.", "Follow us on X: @bernama",
    "READ MORE: https://example.org/may-be-a-story", "Read more: Why it rained", "Media contact: Jane Doe, press@example.org",
    "Media contact:\nJane Doe\n+60 3 1234 5678\npress@example.org", "Reuter", "REUTER", "ENDS", "###", "- 30 -", "-- BERNAMA", "– Bernama", "/TASS/",
    "Enditem", "==Kyodo", "-- Bernama ZZ/ABC", "Associated Press writer Jane Doe Jr. contributed to this report.",
    "John Tan in Oslo contributed reporting.", "Follow us on Facebook and X for more news.", "Tags: rain, ropes", "Source: Bernama",
    "(This story has not been edited by The Daily Rope and is auto-generated from a feed.)",
    "For media enquiries, please contact press@example.org.", "Reporting by Jane Doe\nOur Standards: The Principles.\nENDS",
]  # fmt: skip


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n"])
@pytest.mark.parametrize("credit", CREDITS)
def test_credits_at_the_end_are_kept_and_not_scored(credit, between):
    if credit.startswith("Media contact:\n") and between != "\n\n":
        pytest.skip("a block of its own")
    article = Article.read("x", f"It rained. It stopped.{between}{credit}\n")
    assert body_sentences(article.text) == ["It rained.", "It stopped."]
    assert {role for _, _, role in article.layout.spans} == {"credit"}
    assert article.layout.fields["credit"] in credit


@pytest.mark.parametrize(
    "credit",
    [" – Bernama", " - BERNAMA", "     REUTER", " Reuter", " --AFP", " -- BERNAMA ZZ/ABC", " Enditem", " ==Kyodo"],
)
def test_an_agency_behind_the_last_sentence_is_not_scored(credit):
    article = Article.read("x", f"It rained. It stopped.{credit}")
    assert article.layout.fields["credit"] == credit.strip()
    assert body_sentences(article.text) == ["It rained.", "It stopped."]


@pytest.mark.parametrize(
    "last",
    [
        "Reporting by Reuters found that the deal had failed.", "Editing by committee never works.", "Follow us, he said, and see.",
        "Copyright law was not discussed.", "Our standards: they are high.", "Read more books, the minister told pupils.",
        "With reports from the field the ministry is content.", "It ends.", "The end.", "For more information they must wait.",
        "Media contacts were not allowed.", "The story was first told by Reuters", "He spoke to AFP", "Written by hand, the treaty was signed.",
        "Follow us on this road, he said.", "More: the bill that he wrote failed.", "Reuters reported it.", "By Monday the rain stopped.",
        "The rain contributed to floods.", "Source: nobody knew it.", "This story has been told before.", "Follow us for more, he said.",
        "Published in 2024, the plan failed.", "Translated by machine, it read badly.",
    ],
)  # fmt: skip
def test_no_sentence_of_prose_is_a_credit(last):
    for text in [f"It rained.\n\n{last}", f"It rained.\n{last}", f"Rain stops play\n\n{last}\n\nIt rained."]:
        assert last in body_sentences(text)


def test_a_text_of_one_line_is_no_credit():
    assert body_sentences("(With inputs from AFP)") == ["(With inputs from AFP)"]


@pytest.mark.parametrize(
    "line",
    ["By Jane Doe", "By Jane Doe and Ali bin Abu", "BY JANE DOE, Reuters", "By Jane Doe | January 9, 2025", "By Tan Ah Kow, Staff Writer",
     "by Tan Ah Kow", "By Jane Doe in Kuala Lumpur", "By Jane Doe and Ali bin Abu | The Daily Rope",
     "Published 9 January 2025, 10:15 GMT", "Updated: January 9, 2025 at 10:15 am", "Last updated on Thursday, 9 January 2025",
     "By Jane Doe\nPublished 9 January 2025, 10:15 GMT"],
)  # fmt: skip
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_bylines_under_the_title_are_not_scored(line, between):
    article = Article.read("x", between.join(["Rain stops play", line, "It rained on Monday. It stopped."]))
    assert article.title == "Rain stops play"
    assert body_sentences(article.text) == ["It rained on Monday.", "It stopped."]


def test_caption_and_date_debris_become_fields():
    text = " date 2025-03-02 The mayor opens a bridge in the rain. (Handout photo)\n\nThe bridge is open."
    article = Article.read("x", text)
    assert (article.date, article.caption) == ("2025-03-02", "The mayor opens a bridge in the rain. (Handout photo)")
    assert body_sentences(text) == ["The bridge is open."]


@pytest.mark.parametrize(
    "line",
    [
        "16 April 2025",
        "April 16, 2025 10:30 AM",
        "2025-04-16",
        "Wednesday, 16 Apr 2025",
        "Wed, April 16th, 2025 | 10:30 pm MYT",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_day_on_a_line_of_its_own_is_the_date(line, between):
    article = Article.read("x", between.join(["Rain stops play", line, "It rained on Monday. It stopped."]))
    assert (article.title, article.layout.fields["date"]) == ("Rain stops play", line)
    assert body_sentences(article.text) == ["It rained on Monday.", "It stopped."]


def test_a_day_in_a_sentence_is_no_date():
    for text in ["16 April 2025", "Rain stops play\n\n16 April 2025 was wet.\n\nIt rained."]:
        assert "date" not in read_layout(text).fields


PICTURES = [
    "The pier on April 16, 2025. — Bernama pic", "The pier, once more – Reuters file photo", "The pier. — Picture by Tan Ah Kow",
    "The old pier - BERNAMAPIC", "PHOTO: AFP", "The pier. Photo credit: Jane Doe", "The pier. REUTERS/Jane Doe/File Photo",
    "The pier. Photograph: Jane Doe/AP", "The pier. Jane Doe/Getty Images", "The pier. (Xinhua/Tan Ah Kow)", "The pier. (AP Photo/Jane Doe)",
]  # fmt: skip


@pytest.mark.parametrize("caption", PICTURES)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_short_paragraph_that_ends_in_the_credit_of_a_picture_is_a_caption(caption, place):
    paragraphs_ = ["It rained on Monday.", "It stopped."]
    paragraphs_.insert(place, caption)
    article = Article.read("x", "\n\n".join(paragraphs_))
    assert article.caption == caption
    assert body_sentences(article.text) == ["It rained on Monday.", "It stopped."]


@pytest.mark.parametrize(
    "last",
    [
        "She took the photo.",
        "He sold it to Getty Images.",
        "They met — he had the pic.",
        "The photos: a history.",
        "It is in Reuters pictures.",
    ],
)
def test_prose_about_pictures_is_no_caption(last):
    assert last in body_sentences(f"It rained.\n\n{last}\n\nIt stopped.")


def test_a_text_of_captions_alone_is_scored():
    assert len(body_sentences("\n\n".join(PICTURES[:3]))) >= 1


def test_metadata_win_over_what_the_text_shows():
    article = Article.read("x", "date 2025-03-02 Rain fell. It stopped.", date="2025-03-01")
    assert article.date == "2025-03-01"


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO: ",
        "OSLO : ",
        "KUALA LUMPUR, Jan 9 - ",
        "HANOI, April 16 (Agency) — ",
        "BRASÍLIA, 14 August – ",
        "Oslo, 3 May 2025 - ",
        "FERGUSON, Mo. — ",
        "WEST PALM BEACH, Fla. (AP) — ",
        "WASHINGTON, D.C. — ",
        "OSLO ― ",
        "KUALA LUMPUR, JAN 9 - ",
        "9 JANUARY 2025: ",
        "Ankara (AA) – ",
        "Hanoi (VNA) – ",
        "Washington, DC – ",
        "WASHINGTON, DC – ",
        "PORT-AU-PRINCE — ",
        "ST. PETERSBURG — ",
        "MOSCOW, January 9. /TASS/. ",
        "(CNN) — ",
        "Jan 9 (Reuters) - ",
        "N'DJAMENA, Jan 9 (Reuters) - ",
        "OSLO (AP) _ ",
        "KUALA LUMPUR, Jan 9, Kyodo - ",
        "TOKYO - Jan 9 (Kyodo) — ",
        "Madrid, Jan 9 (EFE).- ",
        "(ANSA) - ROME, JAN 9 - ",
        "(ANSA) - Rome, Jan 9 - ",
        "MOSCOW. January 9 (Interfax) - ",
        "Tehran, IRNA – ",
        "New Delhi, Jan 9 (PTI) ",
        "OSLO, Jan 9 (CNA) ",
        "New Delhi [India], January 9 (ANI): ",
        "/PRNewswire/ -- ",
        "OSLO, Jan. 9, 2025 /PRNewswire/ -- ",
        "(Bloomberg) -- ",
        "OSLO (Jan 9): ",
        "Oslo, Norway, Jan 9 - ",
        unicodedata.normalize("NFD", "BRASÍLIA, 14 August – "),
        unicodedata.normalize("NFD", "BOGOTÁ: "),
        unicodedata.normalize("NFD", "Bogotá, 3 May 2025 - "),
    ],
)
def test_a_dateline_is_in_the_span_and_not_counted(dateline):
    text = f"{dateline}It rained hard. It stopped."
    tokens = tokenize([Article.read("x", text)])
    assert tokens.text_of(0) == f"{dateline}It rained hard."
    assert tokens.n_words.tolist() == [5]
    assert tokens.articles[0].dateline == dateline.strip()


@pytest.mark.parametrize(
    "text",
    [
        "NATO met on Monday. It agreed.",
        "NOTE: this is no place. It is a note.",
        "I: a memoir.",
        "NATO — the Western alliance — met.",
        "ASEAN: a bloc of ten.",
        "USA – not China – imposed tariffs.",
        "SANCTIONS: a short history. It ends.",
        "CHINA – the largest buyer – cut imports.",
        "January 9 – the day of the vote – was cold.",
        "Anwar (PKR) – the prime minister – spoke.",
        "In May 2025: nothing. It rained.",
        "Mr. Tan, DC comics fan, spoke.",
        "TAN: We build ropes. I like it.",
        "TAN: The pier is old. It will be torn down, Mr. Tan said on Monday.",
        "TAN: The pier is old.\n\nLIM: It is not.",
        "FILE PHOTO: The pier in May.",
        "FIRST: The pier is old.",
        "ROPE IS IN: The town wants it.",
        "DAP - PKR's ally - wants a pier.",
        "PAS (the Islamist party) - now wants a pier.",
    ],
)
def test_capitals_are_no_dateline_by_themselves(text):
    assert Article.read("x", text).dateline is None


def test_enumerators_are_not_counted():
    text = "1. The two sides met.\n\n2. They agreed."
    tokens = tokenize([Article.read("x", text)])
    assert [tokens.text_of(i) for i in range(2)] == ["1. The two sides met.", "2. They agreed."]
    assert tokens.n_words.tolist() == [6]


ITEMS = [
    "Expand trade in palm oil",
    "open a joint office",
    "Train officers, nurses",
    "share data",
    "ease visas",
    "meet again",
]
LABELS = {
    "1.": "1. 2. 3. 4. 5. 6.", "a.": "a. b. c. d. e. f.", "ii.": "i. ii. iii. iv. v. vi.", "1)": "1) 2) 3) 4) 5) 6)",
    "(i)": "(i) (ii) (iii) (iv) (v) (vi)", "A)": "A) B) C) D) E) F)", "(a)": "(a) (b) (c) (d) (e) (f)", "9.": "9. 10. 11. 12. 13. 14.",
    **{mark: " ".join([mark] * 6) for mark in "• ● ○ · ■ > ✓ + - – — * ▪ ◦ ►".split()},
}  # fmt: skip


@pytest.mark.parametrize("end", ["", ",", ";", "."])
@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("lead", ["They agreed to:", "They agreed to"])
def test_items_of_a_list_are_sentences_that_begin_with_their_label(lead, labels, end):
    lines = [f"{label} {item}{end}" for label, item in zip(labels.split(), ITEMS, strict=True)]
    text = "\n".join(["It rained.", lead, *lines, "The talks ended."])
    tokens = tokenize([Article.read("x", text)])
    assert [tokens.text_of(i) for i in range(tokens.n_sentences)] == ["It rained.", lead, *lines, "The talks ended."]
    assert tokens.n_words.tolist() == [2 + 3 + sum(len(item.split()) for item in ITEMS) + 3]


def test_bullets_need_no_space():
    assert body_sentences("They agreed to:\n•Expand trade\n•Open an office") == [
        "They agreed to:",
        "Expand trade",
        "Open an office",
    ]


@pytest.mark.parametrize(
    "text",
    ["The office opened on May\n5. It closed in June.", "It was held\n– as agreed – in Oslo.", "Oil, gas and\n1. something else."],
)  # fmt: skip
def test_one_label_at_the_beginning_of_a_line_makes_no_list(text):
    assert read_layout(text).spans == ()


def test_an_item_may_run_over_lines():
    text = "They agreed to:\n- expand trade in palm oil\n  and rubber\n- open an office\nin Ankara"
    assert [s.split()[0] for s in body_sentences(text)] == ["They", "expand", "open"]


def test_hard_wrapped_lines_are_one_paragraph():
    text = "One line that\ngoes on here.\nA new line.\n\nA new paragraph."
    assert [text[s:e] for s, e in paragraphs(text)] == [
        "One line that\ngoes on here.",
        "A new line.",
        "A new paragraph.",
    ]


PROSE = (
    "The two governments signed the Treaty of Amity (the “Treaty”) on Monday, and Dr. Lim of the U.S. Department of "
    "State said “we agree” in front of Datuk John Tan Jr. and others: the accord (of 2024) covers trade; it also covers "
    "defence. It was the third such meeting since May 5. He thanked Acme Inc. and the hosts, who in his words were very "
    "“kind and generous” to all of them. The non-aligned states watched."
)


def wrapped(text, width, indent=""):
    return textwrap.fill(text, width, initial_indent=indent, break_on_hyphens=False)


def words_of(sentences_):
    return [s.split() for s in sentences_]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize("width", range(56, 84))
def test_hard_wrapped_text_has_the_sentences_of_the_text(width, between, end):
    indent = "    " if between == "\n" else ""
    text = between.join([wrapped(PROSE, width, indent), wrapped("A last paragraph. It ends here.", width, indent)])
    assert words_of(body_sentences(text.replace("\n", end))) == words_of(
        body_sentences(f"{PROSE}\n\nA last paragraph. It ends here.")
    )


def test_paragraphs_of_hard_wrapped_text_are_parted_by_blank_lines_and_indents():
    for blank_line, indent in [("\n\n", ""), ("\n", "   ")]:
        text = blank_line.join(wrapped(PROSE, 70, indent) for _ in range(3))
        assert set(tokenize([text]).sentence_paragraph.tolist()) == {0, 1, 2}


def test_wrapping_the_sample_changes_nearly_no_score(repository):
    articles = list(read_corpus(repository / "corpus"))
    paragraphs_ = [[wrapped(part, 72) for part in a.text.split("\n\n")] for a in articles]
    again = [
        Article.read(a.id, "\n\n".join(parts), title=a.title) for a, parts in zip(articles, paragraphs_, strict=True)
    ]
    before, after = features(articles).select_dtypes("number"), features(again).select_dtypes("number")
    same = (before == after) | (before.isna() & after.isna())
    changed = set(before.columns[~same.all()])
    # names are told apart by how they are written, with the line break
    assert changed <= {"sourcing__n_holders", "sourcing__effective_voices"}


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("The Commission (PCC)\nannounced a plan.", 1), ("It met the U.S.\nenvoy on Monday.", 1),
        ("It met Dr.\nLim on Monday.", 1), ("“We agreed,”\nhe said.", 1), ("It agreed to:\nexpand trade;\nopen an office.", 3),
        ("It met the U.S.\nMalaysia left.", 2), ("It rained.\neBay grew.", 2),
    ],
)  # fmt: skip
def test_a_line_that_goes_on_in_lower_case_or_after_a_title_is_not_finished(text, n):
    assert len(body_sentences(text)) == n


def test_lines_that_end_as_sentences_do_are_paragraphs_however_long():
    text = "\n".join(f"The ministers of the two countries met in the old town for hour number {i}." for i in range(9))
    assert tokenize([text]).sentence_paragraph.tolist() == list(range(9))


def test_halves_of_a_word_with_a_hyphen_at_the_end_of_a_line_are_one_word():
    tokens = tokenize(["The govern-\nment of the non-\naligned state met in the Indo-\nPacific."])
    assert tokens.n_words.tolist() == [10]
    assert "aligned" in tokens.types.norms and "non" in tokens.types.norms


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "\r\n \r\n"])
def test_layout_of_nothing(text):
    assert read_layout(text).spans == ()
    assert sentences(text) == []


def test_seed_sentences_are_those_of_the_reading(seeds):
    tokens = tokenize(seeds)
    assert tokens.n_sentences_by_article.tolist() == [26, 19, 24]
    assert seeds["004"].title.startswith("Malaysia Looks")
    assert seeds["003"].date == "2026-01-08"
    assert seeds["003"].caption.endswith("(Facebook pic)")
    assert [a.dateline for a in seeds] == ["KUALA LUMPUR:", "ISTANBUL :", None]


def stripped(place, line):
    return place + len(line) - len(line.lstrip()), line.strip()


@given(st.text(alphabet="ab .:\n\r\t\u2028\x0b\x1c\x85🙂", max_size=40))
def test_lines_are_those_of_the_pattern_however_they_end(text):
    expected = [(m.start(), m.group()) for m in lines._LINE.finditer(text)]
    found = [stripped(*pair) for pair in lines._lines(text)]
    assert [pair for pair in found if pair[1]] == [stripped(*pair) for pair in expected if pair[1].strip()]


def test_a_place_that_speaks_for_its_state_is_still_one():
    assert Article.read("x", "OSLO: The pier is old. Oslo said on Monday that it stays.").dateline == "OSLO:"
