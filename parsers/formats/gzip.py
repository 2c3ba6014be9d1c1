"""A gzip file: one file, packed. Opened without trust, as archives of many are (parsers/formats/package.py)."""

from __future__ import annotations

import zlib

from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.package import MOST_RATIO, MOST_UNPACKED, SMALL

# Of zlib: the header of gzip is expected.
_GZIP = 31


class Gzip:
    """An opened gzip file. `left` is how many bytes may still be unpacked."""

    def __init__(self, data: bytes, file: str, left: int = MOST_UNPACKED) -> None:
        self.file = file
        self.left = left
        self._data = data
        self.names = [file.removesuffix(".gz")]

    def is_unicode(self, _: str) -> bool:
        """The name is the archive's own, in our code."""
        return True

    def read(self, _: str, most: int = MOST_UNPACKED) -> bytes:
        """The file's bytes. Raises DocumentUnreadableError when they are damaged or more than any document's."""
        most = min(most, self.left, max(SMALL, MOST_RATIO * len(self._data)))
        unpacker = zlib.decompressobj(_GZIP)
        try:
            data = unpacker.decompress(self._data, most + 1)
        except zlib.error as error:
            raise self._damaged() from error
        if len(data) > most:
            reason = f"{self.file} unpacks to more than any document; it was not unpacked"
            raise DocumentUnreadableError("unpacked_too_large", reason)
        if not unpacker.eof:
            raise self._damaged()
        self.left -= len(data)
        return data

    def _damaged(self) -> DocumentUnreadableError:
        return DocumentUnreadableError("gzip_damaged", f"{self.file} is a damaged gzip file; the whole file is needed")
