"""Bytes of files as text: UTF-8, or UTF-16 with a mark; anything else is named with its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from framing.errors import CorpusError

_NULL_BYTES = "wrong encoding: holds null bytes; save the file as UTF-8 text"


def decode(raw: bytes) -> tuple[str, str | None]:
    """Decode bytes as UTF-8, or as UTF-16 with a mark; else return no text and the reason."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        return "", _wrong_byte(error.object[error.start : error.start + 1], error.start)
    if "\x00" in text:
        return "", _NULL_BYTES
    return text, None


def _wrong_byte(byte: bytes, position: int) -> str:
    return f"wrong encoding: not UTF-8 (byte 0x{byte.hex()} at position {position}); save the file as UTF-8"


def decoded_lines(path: Path, newline: str) -> Iterator[str]:
    """Yield the lines of a table with their ends, decoded as `decode` does, without holding the whole file."""
    with path.open("rb") as raw:
        encoding = "utf-16" if raw.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    with path.open(encoding=encoding, newline=newline) as lines:
        try:
            for line in lines:
                if "\x00" in line:
                    raise CorpusError(f"{path}: {_NULL_BYTES}.")
                yield line
        except UnicodeDecodeError as error:
            place = _bad_byte(path) if encoding != "utf-16" else None
            byte, position = place or (error.object[error.start : error.start + 1], error.start)
            raise CorpusError(f"{path}: {_wrong_byte(byte, position)}.") from error


def _bad_byte(path: Path) -> tuple[bytes, int] | None:
    """Return the first byte of a file that is not UTF-8 and its position: a decoder in pieces does not know it."""
    place = 0
    with path.open("rb") as lines:
        for line in lines:
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as here:
                return line[here.start : here.start + 1], place + here.start
            place += len(line)
    return None
