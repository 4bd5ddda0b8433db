"""Run the README: each Python block in one namespace, each console line that begins with ``framing``."""

import os
import re
import shlex
import subprocess
import tempfile
from pathlib import Path

root = Path(__file__).resolve().parent.parent
text = (root / "README.md").read_text(encoding="utf-8")
with tempfile.TemporaryDirectory() as work:
    (Path(work) / "corpus").symlink_to(root / "corpus")
    os.chdir(work)
    namespace: dict = {}
    python = re.findall(r"```python\n(.*?)```", text, re.S)
    console = [line for block in re.findall(r"```console\n(.*?)```", text, re.S) for line in block.splitlines()]
    commands = [line.removeprefix("$ ") for line in console if line.startswith("$ framing")]
    assert python and commands, "README has no examples"
    for command in commands:
        print(command, flush=True)
        subprocess.run(shlex.split(command.split(" > ")[0]), check=True, stdout=subprocess.DEVNULL)
    for block in python:
        print(block, flush=True)
        exec(compile(block, "README.md", "exec"), namespace)
