"""Old Office files and RTF that no program would write."""

from __future__ import annotations

import struct

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole(streams: tuple[str, ...], fat: list[int], sectors: int = 8, difat: int = _END) -> bytes:
    """An OLE container whose directory (sector 1) names these streams, with this table of sectors (sector 0)."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, _END, 0, difat, int(difat != _END))
    header += struct.pack("<L", 0) + struct.pack("<L", _FREE) * 108
    table = b"".join(struct.pack("<L", entry) for entry in fat).ljust(SECTOR, b"\xff")
    entries = [_entry("Root Entry", 5, 0)] + [_entry(name, 2, 2) for name in streams]
    return header + table + b"".join(entries).ljust(SECTOR, b"\0") + bytes(SECTOR * (sectors - 2))


def _entry(name: str, kind: int, start: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    # The left neighbour of every entry is the entry itself, and its child too.
    links = struct.pack("<LLL", 1, 1, 1)
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBB", len(coded), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<LQ", start, 1_000_000)
    )


def ole_in_a_circle(stream: str) -> bytes:
    """A container whose sectors, directory and streams lead back to themselves."""
    return ole((stream,), [_FAT, 1, 3, 2, 2, 2])


def ole_table_in_a_circle(stream: str) -> bytes:
    """A container whose table of tables is its own successor."""
    return ole((stream,), [_FAT, _END, 2], difat=0)


def locked_word(data: bytes) -> bytes:
    """A DOC file with the mark of one locked by a password."""
    at = next(at for at in range(SECTOR, len(data), SECTOR) if data.startswith(b"\xec\xa5", at))
    spoilt = bytearray(data)
    spoilt[at + 11] |= 0x01
    return bytes(spoilt)


def nested_rtf(depth: int = 200_000) -> bytes:
    """Groups in groups."""
    return b"{\\rtf1 " + b"{" * depth + b"x" + b"}" * depth + b"}"


def rtf_of_tables(rows: int = 3_000) -> bytes:
    """A table of very many rows."""
    return b"{\\rtf1 " + b"\\trowd\\cellx1000\\cellx2000 1\\cell 2\\cell\\row\n" * rows + b"}"


def rtf_that_asks(url: str) -> bytes:
    """A document that shows a picture and a file from elsewhere."""
    fields = b"".join(
        b'{\\field{\\*\\fldinst %s "%s/%d"}{\\fldrslt x}}' % (verb, url.encode(), number)
        for number, verb in enumerate((b"INCLUDEPICTURE", b"INCLUDETEXT", b"HYPERLINK", b"LINK Word.Document.8"))
    )
    template = b"{\\*\\template %s/t.dot}" % url.encode()
    return b"{\\rtf1\\ansi " + template + b"{\\pard some words\\par}" + fields + b"}"


def rtf_bomb(megabytes: int = 20) -> bytes:
    """Binary data where words are expected."""
    return b"{\\rtf1{\\object\\objdata " + b"0" * (megabytes * 1_000_000) + b"}}"
