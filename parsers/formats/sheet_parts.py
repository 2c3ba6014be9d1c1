"""What an XLSX file says beside its values: how numbers are shown, what is hidden, which formulas have no result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.package import Package, attribute, child
from parsers.formats.sheet_numbers import BUILT_IN, GENERAL
from parsers.formats.sheet_strings import raised_strings, raised_text
from parsers.formats.word_text import is_on

# What calamine may lay out as one block in memory.
MOST_AREA = 4_000_000
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ON = ("1", "true")
Position = tuple[int, int]


class Style(NamedTuple):
    """How a cell is shown: its number format, whether its font is struck out."""

    code: str
    struck: bool


@dataclass
class SheetParts:
    """Of one sheet, by (row, column) from 0: formats, formulas without a result, errors; hidden rows, columns.

    `struck` are cells whose font is struck out; `raised` the texts of those with letters raised, lowered or struck out.
    """

    formats: dict[Position, str] = field(default_factory=dict)
    formulas: dict[Position, str] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    struck: set[Position] = field(default_factory=set)
    raised: dict[Position, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def is_row_hidden(self, row: int) -> bool:
        """Is this row not shown?"""
        return row in self.hidden_rows

    def is_column_hidden(self, column: int) -> bool:
        """Is this column not shown?"""
        return any(first <= column <= last for first, last in self.hidden_columns)


def read_parts(package: Package) -> dict[str, SheetParts]:
    """Each sheet's parts by its name.

    Raises DocumentUnreadableError for damaged XML, and for a sheet whose cells lie so far apart that no table is.
    """
    book, links = package.xml("xl/workbook.xml"), package.optional_xml("xl/_rels/workbook.xml.rels")
    targets = {attribute(link, "Id"): attribute(link, "Target") or "" for link in (links if links is not None else ())}
    styles = list(_styles(package.optional_xml("xl/styles.xml")))
    raised = raised_strings(package.optional_xml("xl/sharedStrings.xml"))
    found: dict[str, SheetParts] = {}
    sheets = child(book, "sheets")
    for sheet in sheets if sheets is not None else ():
        target = targets.get(_relation(sheet), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        root = package.optional_xml(path)
        if root is not None:
            found[attribute(sheet, "name") or ""] = _sheet(root, styles, raised, package.file)
    return found


def _relation(sheet: etree._Element) -> str | None:
    """The sheet's `r:id`; its `sheetId` is another thing."""
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _styles(styles: etree._Element | None) -> Iterator[Style]:
    """Each cell style, in the order that cells refer to."""
    named = {
        attribute(entry, "numFmtId"): attribute(entry, "formatCode") or GENERAL
        for entry in _entries(child(styles, "numFmts"))
    }
    struck = [is_on(child(font, "strike")) for font in _entries(child(styles, "fonts"))]
    for entry in _entries(child(styles, "cellXfs")):
        number, font = attribute(entry, "numFmtId") or "0", attribute(entry, "fontId") or ""
        known = BUILT_IN.get(int(number), f"[{number}]") if number.isdecimal() and len(number) < 9 else "[?]"
        is_struck = font.isdecimal() and len(font) < 9 and int(font) < len(struck) and struck[int(font)]
        yield Style(named.get(number, known), is_struck)


def _entries(holder: etree._Element | None) -> Iterator[etree._Element]:
    yield from holder if holder is not None else ()


def _sheet(root: etree._Element, styles: list[Style], raised: dict[int, str], file: str) -> SheetParts:
    parts = SheetParts()
    for column in _entries(child(root, "cols")):
        first, last = attribute(column, "min") or "", attribute(column, "max") or ""
        if (attribute(column, "hidden") or "") in _ON and first.isdecimal() and last.isdecimal():
            parts.hidden_columns.append((int(first) - 1, int(last) - 1))
    width = height = row_number = 0
    for row in _entries(child(root, "sheetData")):
        stated = attribute(row, "r") or ""
        row_number = int(stated) if stated.isdecimal() and len(stated) < 8 else row_number + 1
        if (attribute(row, "hidden") or "") in _ON:
            parts.hidden_rows.add(row_number - 1)
        at = -1
        for cell in row:
            place = _PLACE.fullmatch(attribute(cell, "r") or "")
            at = column_number(place[1]) if place else at + 1
            position = (int(place[2]) - 1 if place else row_number - 1, at)
            width, height = max(width, position[1] + 1), max(height, position[0] + 1)
            _cell(parts, cell, position, styles, raised)
    if width * height > MOST_AREA:
        raise DocumentUnreadableError(
            "sheet_too_large", f"{file} has a sheet of {height} by {width} cells; none was read"
        )
    return parts


def _cell(
    parts: SheetParts, cell: etree._Element, position: Position, styles: list[Style], raised: dict[int, str]
) -> None:
    formula, value, kind = child(cell, "f"), child(cell, "v"), attribute(cell, "t")
    if kind == "e" and value is not None:
        parts.errors[position] = value.text or "#"
    if formula is not None and value is None:
        parts.formulas[position] = f"={formula.text or ''}"
    number = attribute(cell, "s") or "0"
    style = styles[int(number)] if number.isdecimal() and len(number) < 9 and int(number) < len(styles) else None
    if value is not None and number.isdecimal() and len(number) < 9:
        parts.formats[position] = style.code if style else GENERAL
    if style and style.struck:
        parts.struck.add(position)
    index = (value.text or "") if value is not None and kind == "s" and raised else ""
    inline = child(cell, "is") if kind == "inlineStr" else None
    text = raised_text(inline) if inline is not None else raised.get(int(index)) if index.isdecimal() else None
    if text is not None:
        parts.raised[position] = text


def column_number(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
