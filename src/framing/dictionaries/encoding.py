"""Bytes of a word list as text, whatever program wrote them."""

from __future__ import annotations

import codecs

from framing.dictionaries.foreign import Lost
from framing.errors import CodebookError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(raw: bytes, where: str, lost: list[Lost]) -> str:
    """Return the text of a file: UTF-8, UTF-16 with a byte order mark, or else Windows-1252, which is noted in `lost`.

    Raises
    ------
    CodebookError
        If it is none of them, or no text.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, encoding, where)
    if b"\0" in raw:
        raise CodebookError(f"{where}: holds zero bytes, so it is no text, or UTF-16 without a mark; save it as UTF-8.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _strict(raw, "cp1252", where)
        lost.append(Lost("", "encoding", "not UTF-8; read as Windows-1252: check its accented letters"))
        return text


def _strict(raw: bytes, encoding: str, where: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise CodebookError(
            f"{where}: neither UTF-8 nor {encoding} (position {error.start}); save the file as UTF-8."
        ) from error
