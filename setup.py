"""The extension in C; pyproject.toml has all else."""

import sys
from pathlib import Path

from setuptools import Extension, setup

# No fused multiply-add, so that sums are the same on every processor.
FLAGS = [] if sys.platform == "win32" else ["-O3", "-ffp-contract=off"]

SOURCES = Path("src/framing/native")

# Where there is no compiler the package is built without it, and gives the same results.
setup(
    ext_modules=[
        Extension(
            "framing._kernels",
            sorted(map(str, SOURCES.glob("*.c"))),
            depends=sorted(map(str, SOURCES.glob("*.h"))),
            extra_compile_args=FLAGS,
            optional=True,
        )
    ]
)
