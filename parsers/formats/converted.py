"""Old Word files (DOC, WPS) and RTF, read from the DOCX that a converter outside of this package makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from parsers.document import Document
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.sniff import NAMES
from parsers.formats.word import read_word

Converter = Callable[[bytes, str], bytes]
"""Gives the DOCX for a file of kind doc or rtf; raises ConversionError. The same bytes, the same DOCX."""

# A report's groups nest some ten deep.
_MOST_RTF_DEPTH = 400
_RTF_GROUPS = re.compile(rb"\\.|[{}]", re.DOTALL)
_SECTOR = 512
# The first bytes of the stream that holds a Word file's text, and the flag in it of one locked by a password.
_WORD_MAGIC, _FLAGS_AT, _LOCKED = b"\xec\xa5", 10, 0x100


class ConversionError(Exception):
    """The converter made nothing of a file."""


def read_converted(data: bytes, kind: str, file: str, convert: Converter | None) -> Document:
    """The document in a DOC, WPS or RTF file; a remark says that it was converted.

    Raises DocumentUnreadableError for a locked file, for one that the converter cannot open, and without a converter.
    """
    name = NAMES[kind]
    if kind == "doc" and _is_locked(data):
        reason = f"{file} is locked by a password; an open file is needed"
        raise DocumentUnreadableError("file_locked", reason, final=True)
    if kind == "rtf" and _depth(data) > _MOST_RTF_DEPTH:
        reason = f"{file} is {name} nested deeper than any document"
        raise DocumentUnreadableError("nested_too_deep", reason, final=True)
    if convert is None:
        advice = "install LibreOffice (Debian, Ubuntu: apt-get install libreoffice-writer-nogui) and read it again"
        raise DocumentUnreadableError("needs_converter", f"{file} is {name}; {advice}, or save it as DOCX")
    try:
        docx = convert(data, kind)
    except ConversionError as error:
        reason = f"{file} is {name} that LibreOffice cannot open; the whole file is needed, or one saved as DOCX"
        raise DocumentUnreadableError("conversion_failed", reason, final=True) from error
    document = read_word(docx, file)
    remark = ("converted", f"{file} is {name}; what was read is the DOCX that LibreOffice made of it")
    return replace(document, remarks=(*document.remarks, remark))


def _is_locked(data: bytes) -> bool:
    """Streams begin at a sector's start: that is where the text's stream is looked for."""
    for at in range(_SECTOR, len(data) - _FLAGS_AT - 2, _SECTOR):
        if data.startswith(_WORD_MAGIC, at):
            return bool(int.from_bytes(data[at + _FLAGS_AT : at + _FLAGS_AT + 2], "little") & _LOCKED)
    return False


def _depth(data: bytes) -> int:
    deepest = depth = 0
    for match in _RTF_GROUPS.finditer(data):
        depth += {b"{": 1, b"}": -1}.get(match[0], 0)
        deepest = max(deepest, depth)
    return deepest
