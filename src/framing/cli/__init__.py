"""The command line: one module a group of commands, each parses, calls the library once and writes."""

from framing.cli.command import main

__all__ = ["main"]
