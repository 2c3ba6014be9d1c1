"""Bytes to text. The declared charset is not asked: it lies both ways (measured.md, portals.md)."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A UTF-8 page cut or spoilt in a few places has far fewer broken characters than this share.
_FEW = 0.001
_LOST = "\N{REPLACEMENT CHARACTER}"


def decode(data: bytes) -> tuple[str, bool]:
    """(text, were all bytes good?): byte order mark, then strict UTF-8, then GB18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _whole(data[len(mark) :], encoding)
    text, good = _whole(data, "utf-8")
    if good or text.count(_LOST) <= _FEW * len(text):
        return text, good
    other, good = _whole(data, "gb18030")
    return (text, False) if not good and text.count(_LOST) < other.count(_LOST) else (other, good)


def _whole(data: bytes, encoding: str) -> tuple[str, bool]:
    try:
        return data.decode(encoding), True
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), False
