"""Data files of words that every codebook shares: states, cues of stance, verbs of reporting, words of style."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def states() -> dict[str, tuple[str, ...]]:
    """Return the gazetteer: each state with all terms that name it, its people or its government.

    The terms match capitals as written (``case:``), so that "us" is not the US.
    """
    return {
        row["state"]: tuple(
            dict.fromkeys(
                "case:" + name.strip()
                for column in ("state", "aliases", "adjective", "capital")
                for name in row[column].split(";")
                if name.strip()
            )
        )
        for row in gazetteer()
    }


@lru_cache(maxsize=1)
def gazetteer() -> list[dict[str, str]]:
    """Return the rows of ``states.csv``."""
    file = resources.files("framing") / "codebooks" / "states.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache(maxsize=1)
def state_of_name() -> dict[str, str]:
    """Return the gazetteer turned round: lower-case name to state, first state wins."""
    found: dict[str, str] = {}
    for state, names in states().items():
        for name in names:
            found.setdefault(name.removeprefix("case:").lower(), state)
    return found


@lru_cache(maxsize=8)
def word_lists(name: str) -> dict[str, Any]:
    """Return a data file of word lists that ships with the package, e.g. ``"_stance_cues"``."""
    return tomllib.loads((resources.files("framing") / "codebooks" / f"{name}.toml").read_text(encoding="utf-8"))


WORD_LISTS = (
    "_stance_cues.toml",
    "_tone_cues.toml",
    "_reporting_verbs.toml",
    "_style.toml",
    "states.csv",
    "weights.txt.gz",
    "strengths.txt.gz",
)
"""The data files that every codebook shares, the learned weights of voice and tone among them."""


_FOLDERS = {"weights.txt.gz": "voice", "strengths.txt.gz": "stances"}


def word_list_hash(name: str) -> str:
    """Return the hash of one of `WORD_LISTS`."""
    file = resources.files("framing") / _FOLDERS.get(name, "codebooks") / name
    return hashlib.sha256(file.read_bytes()).hexdigest()
