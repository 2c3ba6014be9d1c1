"""Sheets (XLSX, XLS) to a Document by calamine: blocks of cells between blank rows are grids, merged cells whole."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date

import python_calamine as calamine

from parsers.document import Block, Document
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.package import Package
from parsers.formats.sheet_grids import Span, blocks_of, without_hidden
from parsers.formats.sheet_numbers import GENERAL, general, shown
from parsers.formats.sheet_parts import MOST_AREA, Position, SheetParts, read_parts

MOST_SHEETS = 50
_PARTS = (".xml", ".rels")


def read_xlsx(data: bytes, file: str) -> Document:
    """The workbook's visible sheets, numbers as their cells show them.

    Raises DocumentUnreadableError for a damaged or locked file, one that unpacks to too much, one without cells.
    """
    package = Package(data, file)
    parts = read_parts(package)
    return _read(_repacked(package), file, parts)


def read_xls(data: bytes, file: str) -> Document:
    """The same for the old binary format, whose number formats are not known here: numbers as stored, and told."""
    return _read(data, file, None)


def _repacked(package: Package) -> bytes:
    """The parts that calamine may want, unpacked within our caps: it has none of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for name in package.names:
            if name.endswith(_PARTS):
                copy.writestr(zipfile.ZipInfo(name), package.read(name))
    return out.getvalue()


def _read(data: bytes, file: str, parts: dict[str, SheetParts] | None) -> Document:
    reader = _Reader(parts)
    try:
        with _PanicsTold(file), calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            shown_sheets = [
                sheet.name for sheet in book.sheets_metadata if sheet.visible is calamine.SheetVisibleEnum.Visible
            ]
            for name in shown_sheets[:MOST_SHEETS]:
                reader.sheet(book.get_sheet_by_name(name), file)
    except calamine.PasswordError as error:
        reason = f"{file} is locked by a password; an open file is needed"
        raise DocumentUnreadableError("file_locked", reason) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        reason = f"{file} is a damaged workbook ({type(error).__name__}); the whole file is needed"
        raise DocumentUnreadableError("sheet_damaged", reason) from error
    if not reader.blocks:
        raise DocumentUnreadableError("no_text", f"{file} has no cells with anything in them")
    if len(shown_sheets) > MOST_SHEETS:
        reader.remarks.setdefault("too_many_sheets", f"only the first {MOST_SHEETS} sheets were read")
    return Document(tuple(reader.blocks), remarks=tuple(reader.remarks.items()))


class _PanicsTold:
    """Makes a panic of calamine's Rust code, which no exception class that can be named covers, a damaged file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if kind is not None and kind.__module__ == "pyo3_runtime":
            reason = f"{self.file} is a damaged workbook (calamine gave up); the whole file is needed"
            raise DocumentUnreadableError("sheet_damaged", reason) from error


@dataclass
class _Reader:
    """Collects the blocks of sheets, and what about their numbers is not certain."""

    parts: dict[str, SheetParts] | None
    blocks: list[Block] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)

    def sheet(self, sheet: calamine.CalamineSheet, file: str) -> None:
        """Read one sheet. Raises DocumentUnreadableError when its cells lie so far apart that no table is."""
        if sheet.total_height * sheet.total_width > MOST_AREA:
            size = f"{sheet.total_height} by {sheet.total_width}"
            raise DocumentUnreadableError("sheet_too_large", f"{file} has a sheet of {size} cells; none was read")
        parts = (self.parts or {}).get(sheet.name, SheetParts())
        top, left = sheet.start or (0, 0)
        texts: dict[Position, str] = {}
        for row, values in enumerate(sheet.to_python(), start=top):
            for column, value in enumerate(values, start=left):
                text = self._text(value, (row, column), parts)
                if text:
                    texts[row, column] = f"[{text}]" if (row, column) in parts.struck else text
        if parts.formulas:
            self.remarks["formula_without_result"] = "a formula's result is not in the file; the formula is shown"
        spans = [Span(*start, *end) for start, end in sheet.merged_cell_ranges or []]
        texts |= parts.formulas | parts.errors | parts.raised
        self.blocks += blocks_of(*without_hidden(texts, spans, parts), file)

    def _text(self, value: object, position: Position, parts: SheetParts) -> str:
        if isinstance(value, date):
            return f"{value.year}年{value.month}月{value.day}日"
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return "\n".join(line.strip() for line in str(value).split("\n")).strip()
        code = parts.formats.get(position, GENERAL)
        text = shown(value, code)
        if self.parts is None and value != int(value):
            self.remarks["numbers_as_stored"] = "fractions are read as stored; the sheet may show fewer digits"
        if text is None:
            # It may show any other figure, or none: 12.3 for 123456 in ten thousands.
            self.remarks["number_format"] = f"numbers in a format that is not known here have no value: {code}"
        return f"{general(value)}[?]" if text is None else text
