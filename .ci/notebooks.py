"""Execute every notebook; with ``--write`` also save what it printed.

Without ``--write`` the outputs must be those that are saved: text, HTML and Markdown word for word, and a picture
where there is one.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

root = Path(__file__).resolve().parent.parent
write = "--write" in sys.argv


SHOWN = ("text/plain", "text/html", "text/markdown")
# Pictures are saved as PNG in the notebook, whatever backend the surroundings ask for.
os.environ.pop("MPLBACKEND", None)


def shown(output):
    """Return what an output shows; of a picture, that it is one."""
    data = output.get("data", {})
    if "image/png" in data:
        return "picture"
    return output.get("text") or [data.get(form) for form in SHOWN]


def texts(notebook):
    """Return the outputs of each code cell."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [[shown(o) for o in cell.outputs if o.get("name") != "stderr"] for cell in cells]


paths = sorted((root / "notebooks").glob("*.ipynb"))
assert paths, "no notebooks"
for path in paths:
    notebook = nbformat.read(path, as_version=4)
    saved = texts(notebook)
    NotebookClient(notebook, timeout=280, resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "framing.figures." in cell.source and "picture" not in map(shown, cell.outputs):
            sys.exit(f"{path.name}: a figure is not shown: {cell.source}")
    if write:
        notebook.metadata = {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        nbformat.write(notebook, path)
    elif texts(notebook) != saved:
        sys.exit(f"{path.name}: the saved output is not what the notebook prints; run .ci/notebooks.py --write")
    print(path.name, "ok", flush=True)
