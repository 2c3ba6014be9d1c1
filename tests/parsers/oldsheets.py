"""XLS files made at test time, by hand: the records that Excel 97 writes (MS-XLS), in its container (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from tests.parsers.office import is_number, placed
from tests.replica.grids import respell
from tests.replica.story import Story, compose

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
# Streams smaller than this are kept in another way.
_LEAST_STREAM = 4096
Cells = Iterable[tuple[int, int, str]]
Span = tuple[int, int, int, int]  # first row, last row, first column, last column


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _beginning(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def _cell(row: int, column: int, text: str) -> bytes:
    """A plain number as a number, other text as text."""
    if is_number(text):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, float(text)))
    letters = text.encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(letters) // 2, 1) + letters)


def xls(cells: Cells, merged: Sequence[Span] = (), hidden: bool = False) -> bytes:
    """A workbook of one sheet."""
    filled = [entry for entry in cells if entry[2]]
    height = max((row for row, _, _ in filled), default=0) + 1
    width = max((column for _, column, _ in filled), default=0) + 1
    sheet = _beginning(0x10) + _record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0))
    sheet += b"".join(_cell(*entry) for entry in filled)
    for start in range(0, len(merged), 1000):
        part = merged[start : start + 1000]
        sheet += _record(0x00E5, struct.pack("<H", len(part)) + b"".join(struct.pack("<4H", *span) for span in part))
    sheet += _record(0x000A, b"")
    name = "年报".encode("utf-16-le")

    def head(offset: int) -> bytes:
        bound = struct.pack("<IBBBB", offset, int(hidden), 0, len(name) // 2, 1) + name
        return _beginning(0x05) + _record(0x0042, struct.pack("<H", 1200)) + _record(0x0085, bound) + _record(0x0A, b"")

    return _container(head(len(head(0))) + sheet)


def _container(stream: bytes) -> bytes:
    stream = stream.ljust(_LEAST_STREAM, b"\0")
    stream += bytes(-len(stream) % _SECTOR)
    sectors = len(stream) // _SECTOR
    chain = [*range(3, 2 + sectors), _END]
    fat = [_FAT, _END, *chain]
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    assert len(fat) == _SECTOR // 4, "a stream longer than one sector of the table can tell"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, _LEAST_STREAM, _END, 0, _END, 0) + struct.pack("<I", 0)
    head += struct.pack("<I", _FREE) * 108
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return head + struct.pack(f"<{len(fat)}I", *fat) + directory.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, inside: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, _FREE, inside)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def old_sheet_report(story: Story) -> bytes:
    """The story in one sheet: texts in the first column, a blank row after each table."""
    cells: list[tuple[int, int, str]] = []
    merged: list[Span] = []
    at = 0
    for block in compose(story):
        if block.grid is None:
            cells.append((at, 0, block.text))
            at += 1
            continue
        for (row, column), box in placed(block.grid).items():
            cells.append((at + row, column, box.text if box.path else respell(box.text, story.spelling)))
            if box.rows * box.cols > 1:
                merged.append((at + row, at + row + box.rows - 1, column, column + box.cols - 1))
        at += len(block.grid.rows) + 1
    return xls(cells, merged)
