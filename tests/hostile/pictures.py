"""Pictures that say they are larger than any memory."""

from __future__ import annotations

import struct
import zlib


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A grey PNG of these dimensions with this (unpacked) data."""
    head = _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(data, 9)) + _chunk(b"IEND", b"")


def png_bomb(side: int = 30_000) -> bytes:
    """Nine hundred million honest pixels, all of them black, in a megabyte."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side + 1)) for _ in range(side)) + packer.flush()
    head = _chunk(b"IHDR", struct.pack(">LLBBBBB", side, side, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def jpeg(width: int = 65_500, height: int = 65_500) -> bytes:
    """A JPEG header of these dimensions, with nothing after it."""
    frame = struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0" + frame + scan + b"\0" * 99


def tiff(width: int = 200_000, height: int = 200_000) -> bytes:
    """A TIFF of one uncompressed strip of these dimensions, with nothing in it."""
    entries = [
        (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1),
        (278, 4, height), (279, 4, 0xFFFFFFF0),
    ]  # fmt: skip
    table = b"".join(struct.pack("<HHLL", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\x00" + struct.pack("<L", 8) + struct.pack("<H", len(entries)) + table + bytes(4)


def gif(width: int = 65_535, height: int = 65_535) -> bytes:
    """A GIF of these dimensions without a frame."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b";"


def bmp(width: int = 1_000_000, height: int = 1_000_000) -> bytes:
    """A BMP header of these dimensions."""
    return b"BM" + struct.pack("<LLL", 54, 0, 54) + struct.pack("<LllHHLLllLL", 40, width, height, 1, 24, *[0] * 6)
