import pytest

import framing
from framing.named_states import state_hits
from framing.state_guards import no_states
from framing.tokens import tokenize
from framing.wordlists import states


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("China", "Vietnam condemned the patrols in the South China Sea."),
        ("Guinea", "Pirates attacked a tanker in the Gulf of Guinea."),
        ("Guinea", "Papua New Guinea praised the offer."),
        ("United States", "The Washington Post was criticised by two ministers."),
        ("Ireland", "Northern Ireland was blamed for the delay."),
        ("Republic of the Congo", "The Democratic Republic of the Congo was praised."),
    ],
)
def test_part_of_another_name_is_no_mention_of_a_state(state, text):
    assert framing.stance(text, targets=[state]).clauses.empty
    assert len(framing.stance(f"{text} {state} was condemned.", targets=[state]).clauses) == 1


def test_an_alias_given_by_the_user_counts():
    text = "Vietnam condemned the patrols in the South China Sea."
    assert len(framing.stance(text, targets={"China": ["China", "South China Sea"]}).clauses) == 1


def test_only_known_states_have_guards_and_no_guard_hides_a_name():
    assert set(no_states()) == set(states())
    for state, names in states().items():
        for name in names:
            hits = state_hits(tokenize([f"They met {name.removeprefix('case:')} today."]))
            assert len(hits), (state, name)
