"""Bytes to a Document, whatever the file is. Nothing here knows what a report looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parsers.document import Document
from parsers.formats.encoding import decode
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.html import read_html
from parsers.formats.pdf import read_pdf
from parsers.formats.pdfium import read_pdfium
from parsers.formats.sniff import NAMES, sniff_bytes, sniff_text
from parsers.formats.text import read_text

__all__ = ["DocumentUnreadableError", "Way", "open_document", "ways"]


@dataclass(frozen=True)
class Way:
    """One way of reading a file: the reader's name and what it does, which raises DocumentUnreadableError."""

    reader: str
    open: Callable[[], Document]


def ways(data: bytes, file: str) -> list[Way]:
    """The ways of reading these bytes, the fastest first. A later one is for what an earlier one did not read whole."""
    if sniff_bytes(data) == "pdf":
        return [Way("pdfium", lambda: read_pdfium(data, file)), Way("pdfplumber", lambda: read_pdf(data, file))]
    return [Way("only", lambda: open_document(data, file))]


def open_document(data: bytes, file: str) -> Document:
    """The document in these bytes, by the last way. `file` is its name, asked only when the bytes do not decide.

    Raises DocumentUnreadableError with a code and a sentence: an empty file, a type nobody reads yet, a damaged file.
    """
    if not data.strip():
        raise DocumentUnreadableError("empty_file", f"{file} is empty; expected a report")
    kind = sniff_bytes(data)
    if kind == "pdf":
        return read_pdf(data, file)
    if kind is None:
        text, good = decode(data)
        kind = sniff_text(text, file)
        remarks = () if good else (("bad_bytes", "some bytes are neither UTF-8 nor GB18030 and were left out"),)
        if kind == "html":
            return read_html(text, file, remarks)
        if kind == "text":
            return read_text(text, remarks)
    code = "needs_converter" if kind in ("ole", "rtf") else "type_unknown"
    raise DocumentUnreadableError(code, f"{file} is {NAMES[kind]}; text, HTML and PDF are read")
