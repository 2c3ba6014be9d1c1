"""HTML tables to grids: spans kept with their origin, nested layout tables told from tables of data."""

from __future__ import annotations

import re

from lxml import etree

from parsers.document import Grid, GridCell
from parsers.formats.html_cells import text_of, text_within
from parsers.formats.html_looks import PLAIN, Look, look_by, look_of

# More running text than this in one cell, in several paragraphs, is an article laid out by a table.
_ARTICLE = 600
_ARTICLE_PARAGRAPHS = 4
_MOST_SPAN = 1000
_MOST_CELLS = 200_000
_CELLS = frozenset(["td", "th"])
_DIGITS = re.compile(r"\s*(\d{1,6})")

# A cell with its look, the rows (0: all that follow) and the columns that it says it spans; and with its text.
_Cell = tuple[etree._Element, Look, int, int]
_Printed = tuple[str, int, int]


def read_table(table: etree._Element, inside: tuple[int, ...]) -> tuple[Grid, ...] | None:
    """The table as a grid, none where that would be too large; None for a table that only places things.

    Such a one has others nested in it, or a single column, or a whole article in a cell.
    """
    nesting = False
    for inner in table.iterdescendants("table"):
        if not _is_wrapper(inner):
            return None
        nesting = True
    rows = [_cells(row) for row in _own_rows(table, nesting)]
    if max(map(len, rows), default=0) <= 1:
        return None
    printed = _printed(rows)
    return None if printed is None else _grids(printed, inside)


def _is_wrapper(table: etree._Element) -> bool:
    """A table of one cell around nothing but text adds nothing to the cell it stands in."""
    return table.find(".//table") is None and sum(len(_cells(row)) for row in _own_rows(table, nesting=False)) <= 1


def _own_rows(table: etree._Element, nesting: bool) -> list[etree._Element]:
    """The table's rows that have a place, those of tables in it left out."""
    rows = [row for row in table.iterdescendants("tr") if not look_of(row).gone]
    return [row for row in rows if next(row.iterancestors("table")) is table] if nesting else rows


def _cells(row: etree._Element) -> list[_Cell]:
    """The row's cells that have a place."""
    cells: list[_Cell] = []
    for element in row:
        if element.tag in _CELLS:
            names = element.keys()
            look = look_by(element, names) if names else PLAIN
            if not look.gone:
                down = _span(element, "rowspan") if "rowspan" in names else 1
                cells.append((element, look, down, _span(element, "colspan") or 1 if "colspan" in names else 1))
    return cells


def _span(element: etree._Element, name: str) -> int:
    digits = _DIGITS.match(element.get(name) or "")
    return min(int(digits[1]), _MOST_SPAN) if digits else 1


def _printed(rows: list[list[_Cell]]) -> list[list[_Printed]] | None:
    """What each cell prints; None where one holds an article."""
    printed: list[list[_Printed]] = []
    for row in rows:
        texts: list[_Printed] = []
        for element, look, down, right in row:
            if len(element):
                text, length = text_within(element, look)
                if (length is None or length > _ARTICLE) and _is_article(element):
                    return None
            else:
                text = text_of(element, look)
            texts.append((text, down, right))
        printed.append(texts)
    return printed


def _is_article(cell: etree._Element) -> bool:
    paragraphs = sum(1 for _ in cell.iterdescendants("p", "br", "div"))
    return paragraphs >= _ARTICLE_PARAGRAPHS and sum(len(text) for text in cell.itertext()) > _ARTICLE


def _grids(rows: list[list[_Printed]], inside: tuple[int, ...]) -> tuple[Grid, ...]:
    """The cells as one grid, each where it begins with the places it covers."""
    hanging: list[set[int]] = [set() for _ in rows]  # columns that a cell of a row above covers
    covered = 0
    cells: list[GridCell] = []
    for at, (row, taken) in enumerate(zip(rows, hanging, strict=True)):
        column = 0
        for text, down, right in row:
            while column in taken:
                column += 1
            if down != 1:
                down = min(down or len(rows), len(rows) - at)
            if covered + down * right > _MOST_CELLS:
                return ()
            # A span never runs into a cell that hangs down from above.
            if right > 1 and taken:
                right = next((step for step in range(1, right) if column + step in taken), right)
            covered += down * right
            if down > 1:
                for below in hanging[at + 1 : at + down]:
                    below.update(range(column, column + right))
            cells.append(GridCell(text, at, column, down, right))
            column += right
    return (Grid(tuple(cells), inside=inside),)
