"""The colours of figures can be told apart by colour-blind readers and in grey print."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from framing.figures.positions import LANES
from framing.figures.stance import COLOURS as STANCE
from framing.figures.style import COLOURS, MARKERS, looks

# Machado, Oliveira & Fernandes 2009 (doi 10.1109/TVCG.2009.113), severity 1.0, on linear RGB.
BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour):
    c = np.asarray(to_rgb(colour))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """Return CIE L*a*b* (D65) of linear RGB."""
    m = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    )
    xyz = m @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def seen(colour, by):
    """Return L*a*b* as somebody sees a colour; ``grey`` is a print without colour."""
    rgb = linear(colour)
    if by == "grey":
        return np.array([lab(rgb)[0], 0, 0])
    return lab(np.array(BLIND[by]) @ rgb)


def apart(one, other, by):
    """Return the distance (CIE 1976) of two colours; 2.3 is just noticeable."""
    return float(np.linalg.norm(seen(one, by) - seen(other, by)))


def test_the_simulation_simulates():
    assert apart("#ff0000", "#00ff00", "deuteranopia") < 0.6 * np.linalg.norm(
        lab(linear("#ff0000")) - lab(linear("#00ff00"))
    )
    for by in BLIND:
        assert apart("#808080", "#808080", by) == 0
        assert np.abs(seen("#999999", by)[1:]).max() < 1, "a grey stays a grey"
    # A red and a green that are told apart by colour only, and by few.
    assert (
        apart("#c85050", "#8a7a30", "deuteranopia")
        < 25
        < np.linalg.norm(lab(linear("#c85050")) - lab(linear("#8a7a30")))
    )


@pytest.mark.parametrize("by", BLIND)
def test_kinds_are_told_apart(by):
    for i, j in combinations(range(len(COLOURS)), 2):
        assert apart(COLOURS[i], COLOURS[j], by) > 15, (COLOURS[i], COLOURS[j])


def test_kinds_have_shapes_for_grey_print():
    assert len(set(MARKERS)) == len(MARKERS) == len(set(COLOURS)) == len(COLOURS)
    shown = looks([f"kind {i}" for i in range(8)])
    assert len(set(shown.values())) == len({m for _, m in shown.values()}) == 8
    for colour in COLOURS:
        assert seen(colour, "grey")[0] < 75, f"{colour} vanishes on white paper"


@pytest.mark.parametrize("by", [*BLIND, "grey"])
def test_lanes_of_voices_are_told_apart(by):
    """Voices have a place of their own; their colours differ as well."""
    assert len({lane for lane, _ in LANES.values()}) == 3
    limit = 12 if by == "grey" else 25
    for (_, a), (_, b) in combinations(LANES.values(), 2):
        assert apart(a, b, by) > limit, (a, b)


@pytest.mark.parametrize("by", BLIND)
def test_the_sides_of_stance_are_told_apart(by):
    values = (-1.0, -0.5, 0.0, 0.5, 1.0)
    shown = [STANCE((v + 1) / 2) for v in values]
    for (i, one), (j, other) in combinations(enumerate(shown), 2):
        assert apart(one, other, by) > (8 if abs(i - j) == 1 else 18), (values[i], values[j])
    for size in (0.5, 1.0):
        assert apart(STANCE((1 - size) / 2), STANCE((1 + size) / 2), by) > 25, "for and against look alike"


def test_grey_print_of_stance_reads_the_size_and_words_read_the_side():
    light = [seen(STANCE((v + 1) / 2), "grey")[0] for v in (0, 0.25, 0.5, 0.75, 1)]
    assert light == sorted(light, reverse=True) and light[0] - light[-1] > 30
    light = [seen(STANCE((v + 1) / 2), "grey")[0] for v in (0, -0.25, -0.5, -0.75, -1)]
    assert light == sorted(light, reverse=True) and light[0] - light[-1] > 30
