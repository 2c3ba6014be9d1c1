"""What kind of file some bytes are, by what stands in them, never by a name."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import islice

_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
)
# What the members of a container begin with. A ZIP that holds such files has them as members, not their parts.
_ZIP_MEMBERS = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"OFD.xml", "ofd"),
    (b"content.xml", "odf"),
)
_ZIP_ENTRY, _ZIP_END = b"PK\x01\x02", b"PK\x05\x06"
_ZIP_ENTRY_SIZE, _ZIP_END_SIZE = 46, 22
# Names of streams in an OLE container are UTF-16.
_OLE_STREAMS = tuple(
    (name.encode("utf-16-le"), kind)
    for name, kind in (("EncryptedPackage", "locked"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
)
NAMES = {
    "doc": "an old Word file (doc or wps)",
    "ole": "an old Office file in which neither text nor a sheet can be found",
    "xls": "an old Excel file (xls)",
    "locked": "an Office file locked by a password",
    "zip": "a ZIP archive",
    "docx": "a Word file (docx)",
    "xlsx": "an Excel file (xlsx)",
    "pptx": "a PowerPoint file (pptx)",
    "ofd": "an OFD file",
    "odf": "an OpenDocument file",
    "rtf": "an RTF file",
    "jpeg": "a JPEG picture",
    "png": "a PNG picture",
    "gif": "a GIF picture",
    "bmp": "a BMP picture",
    "tiff": "a TIFF picture",
    "rar": "a RAR archive",
    "7z": "a 7z archive",
    "gzip": "a gzip file",
    "mht": "a saved web page (MHT)",
    "binary": "a file of unknown type",
}
_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|div|table|span|p|meta|title|h[1-6]|td|ul|br|script)\b", re.I)
# What no text has.
_ODD = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\N{REPLACEMENT CHARACTER}]")
# Readers find the PDF header anywhere in the first kilobyte; so do we.
_PDF_HEAD = 1024
_HEAD = 4096


def sniff_bytes(data: bytes) -> str | None:
    """pdf, one of NAMES, or None for what may be text."""
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    for magic, name in _MAGIC:
        if data.startswith(magic):
            if name == "bmp" and b"\x00" not in data[:32]:
                continue  # a text may begin with BM
            if name == "zip":
                return _zip_kind(data)
            return _ole_kind(data) if name == "ole" else name
    if _is_mht(data[:_HEAD].lstrip().lower()):
        return "mht"
    if b"\x00" in data[:_HEAD] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return None


def _is_mht(head: bytes) -> bool:
    """A saved page begins with the header of a mail."""
    begins = head.startswith((b"mime-version:", b"from:", b"subject:", b"date:", b"content-type:"))
    return head.startswith(b"mime-version:") or (begins and b"\ncontent-type: multipart/" in head)


def _zip_kind(data: bytes) -> str:
    """By the members' names; in a file cut short, which has lost the list of them, by what can be seen of them."""
    names = list(_member_names(data))
    for member, kind in _ZIP_MEMBERS:
        if any(name.lstrip(b"/").startswith(member) for name in names) or (not names and member in data):
            return kind
    return "zip"


def _member_names(data: bytes) -> Iterator[bytes]:
    """The names in a ZIP's directory, which stands at its end."""
    end = data.rfind(_ZIP_END, -_ZIP_END_SIZE - 0xFFFF)
    if end < 0 or len(data) < end + _ZIP_END_SIZE:
        return
    count, size = struct.unpack_from("<HL", data, end + 10)
    at = end - size
    for _ in range(count):
        if at < 0 or not data.startswith(_ZIP_ENTRY, at) or len(data) < at + _ZIP_ENTRY_SIZE:
            return
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        yield data[at + _ZIP_ENTRY_SIZE : at + _ZIP_ENTRY_SIZE + name]
        at += _ZIP_ENTRY_SIZE + name + extra + comment


def _ole_kind(data: bytes) -> str:
    return next((kind for name, kind in _OLE_STREAMS if name in data), "ole")


def sniff_text(text: str, file: str) -> str:
    """html, text, or binary for characters that no text has. The file's name only decides what nothing else does."""
    head = text[:_HEAD]
    odd = len(_ODD.findall(head))
    if odd > 0.1 * len(head):
        return "binary"
    tags = sum(1 for _ in islice(_TAGS.finditer(text, 0, 16 * _HEAD), 2))
    if tags >= 2 or (tags and (head.lstrip().startswith("<") or file.lower().endswith((".htm", ".html", ".shtml")))):
        return "html"
    return "text"
