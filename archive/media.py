"""Media types of originals, by what stands in their bytes: extensions and headers lie."""

from __future__ import annotations

from collections.abc import Callable

from parsers.formats.encoding import decode
from parsers.formats.sniff import sniff_bytes, sniff_text

# Names of parsers.formats.sniff. OLE is what of that kind nobody can open.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ofd": "application/ofd",
    "odf": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "ole": "application/x-ole-storage",
    "locked": "application/x-ole-storage",
    "xls": "application/vnd.ms-excel",
    "rtf": "application/rtf",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "gzip": "application/gzip",
    "mht": "multipart/related",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tiff": "image/tiff",
    "binary": "application/octet-stream",
    "html": "text/html",
    "text": "text/plain",
}
HEAD = 100_000


def media_type(data: bytes, text: Callable[[], str] | None = None) -> str:
    """The media type of a body; application/octet-stream for what is not known.

    `text` gives the whole body decoded, where its reader needs it too.
    """
    kind = sniff_bytes(data)
    if kind is None:
        kind = sniff_text(decode(data[:HEAD])[0] if text is None or len(data) > HEAD else text(), "")
    return MEDIA_TYPES.get(kind, "application/octet-stream")
