import pytest

from framing.corpus import Corpus
from framing.extractors import Themes
from framing.tokens import tokenize


def raised(text, **parameters):
    """Return the names of the themes that a text raises."""
    row = Themes(**parameters).fit_transform(Corpus.from_texts([text])).iloc[0]
    return {name for name, value in row.items() if value > 0}


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("They will not take sides between the powers.", {"non_alignment"}),
        ("The ministers align on climate and on trade.", set()),
        ("The trade balance and the balance of payments improved.", set()),
        ("The court guards its independence with care.", set()),
        ("The hedge fund bought shares.", set()),
        ("The United States imposed tariffs on steel.", {"us_pressure"}),
        ("China imposed tariffs on steel.", set()),
        ("Let us speak of tariffs.", set()),
        ("The U.S. agreed to lower its tariffs on tea.", set()),
        ("Pressure on prices in the United States eased.", set()),
        ("The two states agreed on joint exercises.", {"defence"}),
        ("She wrote in defence of the poor.", set()),
        ("Artificial intelligence and social security were discussed.", set()),
        ("It kept its rival at arm's length with both arms.", set()),
        ("It rained.", set()),
    ],
)
def test_what_raises_a_theme(text, themes):
    assert raised(text) == themes


def test_an_agent_is_carried_over_within_a_paragraph_only():
    near = "The United States raised its voice. New tariffs followed in May."
    far = near.replace(". New", ".\n\nNew")
    assert raised(near) == {"us_pressure"}
    assert raised(near, inherited=False) == set()
    assert raised(far) == set()
    assert raised(near.replace("New tariffs", "Then China's tariffs")) == set()


def test_inherited_matches_are_marked():
    found = Themes().extract(tokenize("The United States raised its voice. New tariffs followed in May."))
    assert found.spans["inherited"].tolist() == [True]


def test_defence_is_read_for_the_parties_of_the_event():
    text = "Japan ordered patrol vessels from South Korea."
    mine = Corpus.from_texts([text], parties=[("Japan", "South Korea")])
    others = Corpus.from_texts([text], parties=[("Malaysia", "Türkiye")])
    unknown = Corpus.from_texts([text])
    assert [Themes().fit_transform(c)["defence"].item() for c in (mine, others, unknown)] == [1.0, 0.0, 1.0]


def test_seed_sentences_match_the_reading(seeds, reading):
    """F1 against the reading's clear rows, borderline rows left out, over the three texts together."""
    tokens = tokenize(seeds)
    found = Themes().extract(tokens).sentence_columns
    for theme in ("non_alignment", "us_pressure", "defence"):
        pairs = [
            (found[theme][s] == 1, reading[seeds[int(a)].id, int(n)][theme])
            for s, (a, n) in enumerate(zip(tokens.sentence_article, tokens.sentence_number, strict=True))
        ]
        clear = [(f, gold == "1") for f, gold in pairs if gold != "?"]
        right = sum(f and g for f, g in clear)
        f1 = 2 * right / (sum(f for f, _ in clear) + sum(g for _, g in clear))
        assert f1 >= 0.85, theme


def test_seed_order_of_the_themes(seeds):
    table = Themes().fit_transform(seeds)
    na, us, defence = (table[c] for c in ("non_alignment", "us_pressure", "defence"))
    assert na["004"] > na["000"] + 0.3 > na["003"] == 0
    assert us["004"] > us["000"] == us["003"] == 0
    assert defence["000"] > defence["003"] > defence["004"] > 0


def test_seed_traps(seeds, places):
    tokens = tokenize(seeds)
    found = Themes().extract(tokens).sentence_columns
    place = places(tokens)
    assert found["non_alignment"][place["000", 5]] == 1  # "not a shift away from" affirms
    for agreeing in (("000", 20), ("000", 23), ("003", 7)):  # agreement of views is no alignment
        assert found["non_alignment"][place[agreeing]] == 0
    for presence in (("004", 3), ("004", 11)):  # military presence and posturing are no cooperation
        assert found["defence"][place[presence]] == 0
    assert found["us_pressure"][place["003", 10]] == 0  # the United States as a customer


def test_the_literal_word_is_not_the_construct(seeds):
    """Counting the word ranks the texts wrongly; the codebook ranks them right."""
    literal = {a.id: a.body.lower().count("non-alignment") for a in seeds}
    assert literal["000"] > literal["004"] == literal["003"] == 0
    concept = Themes().fit_transform(seeds)["non_alignment"]
    assert concept["004"] > concept["000"] > concept["003"]
