"""Fixtures for all tests: the repository, the shared data, a seeded generator, no network."""

import os
import socket
from pathlib import Path

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

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


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse every socket that is not local, in every test."""
    real = socket.socket.connect

    def connect(self, address):
        local = self.family == getattr(socket, "AF_UNIX", None) or address[0] in ("127.0.0.1", "::1", "localhost")
        if not local:
            raise AssertionError(f"the network was touched: {address!r}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
