"""Loops in C (``native/``) for what numpy cannot do in one pass, where the package was built with them.

Every use has a twin in numpy beside it that gives the same bytes, so a package built without a compiler is slower
and nothing else. ``FRAMING_KERNELS=0`` in the environment sets them aside, to look for a mistake.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


def _built() -> Any:
    try:
        return import_module("framing._kernels")
    except ImportError:  # built without a compiler
        return None


kernels = None if os.environ.get("FRAMING_KERNELS") == "0" else _built()
"""The module of loops, or ``None``."""


# An array this large, freed once, tells the C library of Linux to keep the pages of freed arrays for the next ones, as
# it does in any process that has freed one; else every large array of a batch would fetch its pages anew.
np.empty(31 << 20, np.uint8)


def as_arrays(buffers: tuple[bytearray, ...], *dtypes: DTypeLike) -> list[NDArray[Any]]:
    """Return buffers as arrays."""
    return [np.frombuffer(buffer, dtype) for buffer, dtype in zip(buffers, dtypes, strict=True)]
