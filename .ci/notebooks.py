"""Execute every notebook; with ``--write`` also save what it printed.

Without ``--write`` the text outputs must be those that are saved.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

root = Path(__file__).resolve().parent.parent
write = "--write" in sys.argv


def texts(notebook):
    """Return the plain-text outputs of each code cell."""
    return [
        [
            o.get("text") or o.get("data", {}).get("text/plain")
            for o in cell.outputs
            if "image/png" not in o.get("data", {}) and o.get("name") != "stderr"
        ]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


paths = sorted((root / "notebooks").glob("*.ipynb"))
assert paths, "no notebooks"
for path in paths:
    notebook = nbformat.read(path, as_version=4)
    saved = texts(notebook)
    NotebookClient(notebook, timeout=280, resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    if write:
        notebook.metadata = {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        nbformat.write(notebook, path)
    elif texts(notebook) != saved:
        sys.exit(f"{path.name}: the saved output is not what the notebook prints; run .ci/notebooks.py --write")
    print(path.name, "ok", flush=True)
