"""The names of the files in a RAR archive, from the headers of its versions 4 and 5. Nothing in it is unpacked."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_MARK_4 = b"Rar!\x1a\x07\x00"
_MARK_5 = b"Rar!\x1a\x07\x01\x00"
MOST_NAMES = 20
_MOST_BLOCKS = 10_000
# Version 4: types and flags of blocks.
_BASE = struct.Struct("<HBHH")
_FILE = struct.Struct("<LLBLLBBHL")
_FILE_4, _HAS_DATA, _LARGE, _WIDE_NAME = 0x74, 0x8000, 0x100, 0x200
# Version 5.
_FILE_5, _HAS_EXTRA, _HAS_DATA_5, _HAS_TIME, _HAS_CRC = 2, 1, 2, 2, 4


def names_in_rar(data: bytes) -> list[str]:
    """The first names, in the archive's order; none where the list is locked or damaged."""
    if data.startswith(_MARK_5):
        names = _names_5(data)
    elif data.startswith(_MARK_4):
        names = _names_4(data)
    else:
        return []
    found: list[str] = []
    try:
        for name in names:
            found.append(name)
            if len(found) == MOST_NAMES:
                break
    except (struct.error, IndexError):
        return found
    return found


def _names_4(data: bytes) -> Iterator[str]:
    at = len(_MARK_4)
    for _ in range(_MOST_BLOCKS):
        if at >= len(data):
            return
        _, kind, flags, size = _BASE.unpack_from(data, at)
        after = at + size
        if kind == _FILE_4:
            packed, _, _, _, _, _, _, length, _ = _FILE.unpack_from(data, at + _BASE.size)
            name_at = at + _BASE.size + _FILE.size
            if flags & _LARGE:
                packed |= struct.unpack_from("<L", data, name_at)[0] << 32
                name_at += 8
            name = data[name_at : name_at + length]
            # A name is printed twice where the first print lost letters; the second one has a code of its own.
            yield _decoded(name.split(b"\0")[0] if flags & _WIDE_NAME else name)
            after += packed
        elif flags & _HAS_DATA:
            after += struct.unpack_from("<L", data, at + _BASE.size)[0]
        if size < _BASE.size:
            return
        at = after


def _names_5(data: bytes) -> Iterator[str]:
    at = len(_MARK_5)
    for _ in range(_MOST_BLOCKS):
        if at >= len(data):
            return
        size, start = _number(data, at + 4)
        kind, place = _number(data, start)
        flags, place = _number(data, place)
        if flags & _HAS_EXTRA:
            _, place = _number(data, place)
        packed = 0
        if flags & _HAS_DATA_5:
            packed, place = _number(data, place)
        if kind == _FILE_5:
            yield _name_5(data, place)
        if size == 0:
            return
        at = start + size + packed


def _name_5(data: bytes, place: int) -> str:
    flags, place = _number(data, place)
    for _ in ("size unpacked", "attributes"):
        _, place = _number(data, place)
    place += 4 * bool(flags & _HAS_TIME) + 4 * bool(flags & _HAS_CRC)
    for _ in ("method", "system"):
        _, place = _number(data, place)
    length, place = _number(data, place)
    return _decoded(data[place : place + length])


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and the place after it. Raises IndexError."""
    value = 0
    for shift in range(0, 70, 7):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            break
    return value, at


def _decoded(name: bytes) -> str:
    """UTF-8 or, in old archives, the maker's own code: in China GB18030."""
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        text = name.decode("gb18030", "replace")
    return "".join(char if char.isprintable() else "?" for char in text)
