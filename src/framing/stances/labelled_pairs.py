"""Tables of labelled pairs: a text, two parties that it names, and whether the one is for or against the other."""

from __future__ import annotations

import re
from pathlib import Path

from framing.errors import FramingError
from framing.stances.labelled import Labelled, label_of, labelled_from, read_table
from framing.stances.named_pairs import NamedPairs, placed

COLUMNS = ("text", "holder", "target", "label")
_LABELS = {1: 1, 0: 0, -1: 3}  # of the holder toward the target, see `NamedPairs.label`


def read_marked(path: str | Path) -> Labelled | NamedPairs:
    """Read a table of labelled targets, or of labelled pairs where it has a column ``holder``.

    Parameters
    ----------
    path
        A CSV or JSON-lines file (``.gz`` too). For pairs: the columns ``text``, ``holder`` and ``target`` (as they
        stand in the text; of several places the two nearest to each other count) and ``label``, the stance of the
        holder toward the target (-1, 0, 1 or negative, neutral, positive).

    Raises
    ------
    FramingError
        As `framing.stances.labelled.read_labelled`; or if a party does not stand in its text.
    """
    path = Path(path)
    table = read_table(path)
    if "holder" not in table:
        return labelled_from(path, table)
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        raise FramingError(f"{path}: no column {', '.join(map(repr, missing))}; found {', '.join(table.columns)}.")
    rows = list(table[list(COLUMNS)].astype(str).itertuples(index=False, name=None))
    label = [_LABELS[label_of(path, number, row[3])] for number, row in enumerate(rows, 1)]
    spans = [_nearest(path, number, *row[:3]) for number, row in enumerate(rows, 1)]
    named, found = placed([row[0] for row in rows], spans, label)
    if lost := sorted(set(range(len(rows))) - set(found.tolist())):
        raise FramingError(
            f"{path}, row {lost[0] + 1}: holder and target must be two different words of the running text; "
            f"got {rows[lost[0]][1]!r} and {rows[lost[0]][2]!r}."
        )
    return named


def _nearest(path: Path, number: int, text: str, holder: str, target: str) -> list[tuple[int, int]]:
    """Return the offsets of holder and target, where they stand nearest to each other."""
    places = []
    for column, name in (("holder", holder), ("target", target)):
        found = [match.span() for match in re.finditer(re.escape(name), text)] if name else []
        if not found:
            raise FramingError(f"{path}, row {number}: the {column} {name!r} does not stand in the text.")
        places.append(found)
    apart = [
        (max(a[0], b[0]) - min(a[1], b[1]), a, b) for a in places[0] for b in places[1] if a[1] <= b[0] or b[1] <= a[0]
    ]
    if not apart:
        raise FramingError(
            f"{path}, row {number}: holder and target must stand beside each other; got {holder!r} and {target!r}."
        )
    return list(min(apart)[1:])
