"""``python -m framing`` is the command ``framing``."""

from framing.cli import main

main(prog_name="framing")
