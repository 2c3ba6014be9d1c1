"""What kind of file some bytes are, by what stands in them, never by a name."""

from __future__ import annotations

import re

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
_ZIP_MEMBERS = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"OFD.xml", "ofd"),
    (b"content.xml", "odf"),
)
NAMES = {
    "ole": "an old Office file (doc, xls or wps)",
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
            return _zip_kind(data) if name == "zip" else name
    if data[:512].lstrip().lower().startswith(b"mime-version:"):
        return "mht"
    if b"\x00" in data[:_HEAD] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return None


def _zip_kind(data: bytes) -> str:
    for member, name in _ZIP_MEMBERS:
        if member in data:
            return name
    return "zip"


def sniff_text(text: str, file: str) -> str:
    """html, text, or binary for characters that no text has. The file's name only decides what nothing else does."""
    head = text[:_HEAD]
    odd = sum(char < " " and char not in "\t\n\r\f\v\x1a" for char in head) + head.count("�")
    if odd > 0.1 * len(head):
        return "binary"
    tags = len(_TAGS.findall(text[: 16 * _HEAD]))
    if tags >= 2 or (tags and (head.lstrip().startswith("<") or file.lower().endswith((".htm", ".html", ".shtml")))):
        return "html"
    return "text"
