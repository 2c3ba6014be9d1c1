"""The body of an answer with its Content-Encoding undone, as the crawl's downloader undoes it."""

from __future__ import annotations

import gzip
import io
import struct
import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PIECE = 1 << 16


class BodyError(Exception):
    """A body cannot be unpacked by the encoding that its header names."""


def decoded(body: bytes, encodings: str) -> bytes:
    """Undo the encodings of a Content-Encoding header, the last one named first, up to one that is not known.

    Raises BodyError.
    """
    for name in reversed([part.strip().lower() for part in encodings.split(",") if part.strip()]):
        if name not in UNDO:
            break
        try:
            body = UNDO[name](body)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError, OSError, struct.error) as error:
            raise BodyError(f"a body does not unpack as {name}: {error}") from None
    return body


def _gunzip(body: bytes) -> bytes:
    """As much as can be had: servers cut the end off, or miscount it."""
    file = gzip.GzipFile(fileobj=io.BytesIO(body))
    out = bytearray()
    while True:
        try:
            piece = file.read1(PIECE)
        except (OSError, EOFError, struct.error, zlib.error):
            if not out:
                raise
            return bytes(out)
        if not piece:
            return bytes(out)
        out += piece


def _inflate(body: bytes) -> bytes:
    """With or without its header: servers send both under one name."""
    try:
        return zlib.decompress(body)
    except zlib.error:
        return zlib.decompress(body, -zlib.MAX_WBITS)


UNDO: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": lambda body: bytes(brotli.decompress(body)),
    "zstd": lambda body: bytes(zstd.decompress(body)),
}
