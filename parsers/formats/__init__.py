"""Bytes to a Document, whatever the file is. Nothing here knows what a report looks like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parsers.document import Document
from parsers.formats.caps import held_to_cap
from parsers.formats.converted import Converter, read_converted
from parsers.formats.encoding import decode
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.html import read_html
from parsers.formats.mht import read_mht
from parsers.formats.ofd import has_pictures as has_pictures_in_ofd
from parsers.formats.ofd import read_ofd
from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_scanned import has_pictures
from parsers.formats.pdfium import HiddenTextError, hides_text, read_pdfium
from parsers.formats.rar import names_in_rar
from parsers.formats.registry import format_of
from parsers.formats.sheet import read_xls, read_xlsx
from parsers.formats.sniff import NAMES, sniff_bytes, sniff_text
from parsers.formats.text import read_text
from parsers.formats.word import read_word
from parsers.formats.word_pictures import PICTURES
from parsers.formats.word_pictures import has_pictures as has_pictures_in_word

__all__ = ["DocumentUnreadableError", "Way", "open_document", "ways"]


# What reads scans takes a second to load; most files need none of it.
def _read_scan(data: bytes, file: str) -> Document:
    from parsers.formats.scan import read_scan

    return read_scan(data, file)


def _read_scanned_ofd(data: bytes, file: str) -> Document:
    from parsers.formats.scan import read_scanned_ofd

    return read_scanned_ofd(data, file)


def _read_scanned_word(data: bytes, file: str) -> Document:
    from parsers.formats.scan import read_scanned_word

    return read_scanned_word(data, file)


def _read_picture(data: bytes, file: str) -> Document:
    from parsers.formats.scan import read_picture

    return read_picture(data, file)


# No portal's file is larger: the crawl takes no more than this either.
MOST_BYTES = 64 * 1024 * 1024
_READERS: dict[str, Callable[[bytes, str], Document]] = {
    "pdf": read_pdf,
    "docx": read_word,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ofd": read_ofd,
    "mht": read_mht,
    **dict.fromkeys(PICTURES, _read_picture),
}
_CONVERTED = ("doc", "rtf")
# (code, what a person can do) for kinds that are known and not read.
_REFUSED = {
    "ole": ("office_damaged", "it is another program's, or cut short; the whole file is needed, as DOC, DOCX or PDF"),
    "locked": ("file_locked", "an open file is needed"),
    "rar": ("archive_unreadable", "only ZIP archives are opened; unpack it and add the file in it"),
    "7z": ("archive_unreadable", "only ZIP archives are opened; unpack it and add the file in it"),
}


@dataclass(frozen=True)
class Way:
    """One way of reading a file: the reader's name and what it does, which raises DocumentUnreadableError.

    `recognises`: it recognises characters in pictures, which costs most, and is for what no other way sees at all;
    `applies` tells whether the file has anything for it.
    """

    reader: str
    open: Callable[[], Document]
    recognises: bool = False
    applies: Callable[[], bool] = lambda: True


def ways(data: bytes, file: str, convert: Converter | None = None) -> list[Way]:
    """The ways of reading these bytes, the fastest first. A later one is for what an earlier one did not read whole."""
    kind = sniff_bytes(data) if len(data) <= MOST_BYTES else None
    if kind == "pdf":
        return _ways_of_pdf(data, file)
    if kind == "ofd":
        return [
            Way("ofd", lambda: open_document(data, file)),
            Way(
                "scan",
                lambda: _read_scanned_ofd(data, file),
                recognises=True,
                applies=lambda: has_pictures_in_ofd(data, file),
            ),
        ]
    if kind in PICTURES:
        return [Way("scan", lambda: open_document(data, file), recognises=True)]
    if kind == "docx" or (kind in _CONVERTED and convert is not None):
        return _ways_of_word(data, file, kind, convert)
    return [Way("only", lambda: open_document(data, file, convert))]


def _ways_of_word(data: bytes, file: str, kind: str, convert: Converter | None) -> list[Way]:
    def modern() -> bytes:
        return data if kind == "docx" or convert is None else convert(data, kind)

    return [
        Way("word", lambda: open_document(data, file, convert)),
        Way(
            "scan",
            lambda: _read_scanned_word(modern(), file),
            recognises=True,
            applies=lambda: has_pictures_in_word(modern(), file),
        ),
    ]


def _ways_of_pdf(data: bytes, file: str) -> list[Way]:
    """One pass of the fast reader tells whether the file hides text, which may then not be read at all."""
    may_hide = b"/Image" in data
    read: Document | DocumentUnreadableError
    try:
        read = read_pdfium(data, file, wary=may_hide)
        hides = False
    except HiddenTextError:
        hides = True
    except DocumentUnreadableError as error:
        read = error
        hides = may_hide and hides_text(data, file)
    if hides:
        return [Way("scan", lambda: _read_scan(data, file), recognises=True)]
    return [
        Way("pdfium", lambda: _given(read)),
        Way("pdfplumber", lambda: open_document(data, file)),
        Way("scan", lambda: _read_scan(data, file), recognises=True, applies=lambda: has_pictures(data, file)),
    ]


def _given(read: Document | DocumentUnreadableError) -> Document:
    if isinstance(read, Document):
        return read
    raise read


def open_document(data: bytes, file: str, convert: Converter | None = None) -> Document:
    """The document in these bytes, by the last way. `file` is its name, asked only when the bytes do not decide.

    Raises DocumentUnreadableError with a code and a sentence: an empty file, a type nobody reads yet, a damaged file.
    """
    if not data.strip():
        raise _empty(file)
    if len(data) > MOST_BYTES:
        raise DocumentUnreadableError("too_large", f"{file} has over {MOST_BYTES} bytes; not read")
    kind = sniff_bytes(data)
    later = format_of(data) if kind not in (*_READERS, *_CONVERTED) else None
    if later is not None:
        return later.read(data, file)
    if kind in _READERS:
        try:
            return _READERS[kind](data, file)
        except RecursionError as error:
            reason = f"{file} is {NAMES.get(kind, 'a PDF')} with parts nested deeper than any document's"
            raise DocumentUnreadableError("nested_too_deep", reason) from error
    if kind in _CONVERTED:
        return read_converted(data, kind, file, convert)
    if kind is None:
        text, good = decode(data)
        if not text.strip():
            raise _empty(file)
        kind = sniff_text(text, file)
        remarks = () if good else (("bad_bytes", "some bytes are neither UTF-8 nor GB18030 and were left out"),)
        if kind == "html":
            return read_html(text, file, remarks)
        if kind == "text":
            return read_text(held_to_cap(text, file), remarks)
    code, advice = _REFUSED.get(
        kind, ("type_unknown", "text, HTML, PDF, DOC, DOCX, WPS, RTF, XLS, XLSX, OFD and pictures are read")
    )
    held = f" with {', '.join(names)} in it" if kind == "rar" and (names := names_in_rar(data)) else ""
    raise DocumentUnreadableError(code, f"{file} is {NAMES[kind]}{held}; {advice}")


def _empty(file: str) -> DocumentUnreadableError:
    return DocumentUnreadableError("empty_file", f"{file} is empty; expected a report")
