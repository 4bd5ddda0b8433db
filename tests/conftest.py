"""Fixtures for all tests: the repository, the shared data, a seeded generator, no network."""

import os
import socket
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from hypothesis import settings

matplotlib.use("Agg")
# The same examples in every run: a change that passes here passes everywhere.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository():
    return ROOT


@pytest.fixture(scope="session")
def shared():
    folder = os.environ.get("FRAMING_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("the environment variable FRAMING_DATA names no folder with the measurement data")
    return Path(folder)


@pytest.fixture
def rng():
    return np.random.default_rng(20260107)


LOCAL = ("127.0.0.1", "::1", "localhost", "", None)


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Refuse every socket and look-up that is not local, for the whole run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        real = socket.getaddrinfo

        def getaddrinfo(host, *rest, **options):
            if host not in LOCAL:
                raise AssertionError(f"the network was touched: {host!r}")
            return real(host, *rest, **options)

        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


def _guarded(method):
    def call(self, *arguments):
        address = arguments[-1]
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in LOCAL:
            raise AssertionError(f"the network was touched: {address!r}")
        return method(self, *arguments)

    return call


OFFICIAL = """The two sides held talks in Ankara and reaffirmed their friendship with Türkiye.

The Leaders agreed that joint exercises of the two navies would begin in the spring. They welcomed the work of the
trade committee, which met twice during the year.

The Government maintains a policy of active non-alignment. Further meetings will be arranged through the embassies.
"""

WIRE = """ANKARA, Jan 9 - The foreign minister said on Friday that Türkiye would buy more palm oil from Malaysia.

“We have much to learn from each other,” he told reporters after the talks.

Officials added that a contract for two patrol vessels had been signed. The ministry gave no price.

Exports to the United States fell by a tenth in November, according to the statistics office.
"""

ANALYSIS = """A small state looks for room

Malaysia wants to diversify its markets and will not take sides between rival blocs. The visit to Türkiye belongs to
that effort, and it has deepened ties.

The United States imposed a tariff on furniture and threatened further duties. Such measures have raised fears of a
wider trade war. Critics doubt that hedging works.
"""


@pytest.fixture
def three():
    """Return three short articles on one event, one a kind."""
    from framing.corpus import KINDS, Corpus

    return Corpus.from_texts(
        [OFFICIAL, WIRE, ANALYSIS],
        ids=["official", "wire", "analysis"],
        kind=KINDS,
        event=["visit"] * 3,
        parties=[("Malaysia", "Türkiye")] * 3,
    )


@pytest.fixture(scope="session")
def seeds(shared):
    """Return the three seed articles with the kinds of their reading."""
    from framing.corpus import KINDS, Corpus
    from framing.readers import read_corpus

    folder = shared / "seeds"
    articles = [read_corpus(path)[0] for path in sorted(folder.glob("*.txt"))]
    return Corpus.from_texts(
        [a.text for a in articles], ids=[a.id[:3] for a in articles], kind=KINDS, event=["ankara"] * 3
    )


@pytest.fixture(scope="session")
def places():
    """Return a function from tokens to the index of each sentence by (article id, sentence number)."""

    def by_name(tokens):
        owners = zip(tokens.sentence_article, tokens.sentence_number, strict=True)
        return {(tokens.articles[int(a)].id, int(n)): s for s, (a, n) in enumerate(owners)}

    return by_name


@pytest.fixture(scope="session")
def reading(shared):
    """Return the reading of the seeds: (article, sentence) to its columns, as text."""
    import re

    found, seed = {}, None
    for line in (shared / "seeds" / "READING.md").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"## Seed (\d+)", line):
            seed = match.group(1)
        elif seed and (match := re.match(r"\| (\d+) \|", line)):
            cells = [c.strip() for c in line.strip().strip("|").split("|")]
            names = (
                "non_alignment",
                "us_pressure",
                "defence",
                "voice",
                "turkiye_partnership",
                "united_states",
                "policy",
            )
            found[seed, int(match.group(1))] = dict(zip(names, cells[2:9], strict=True))
    return found
