"""Tables of a Word file as grids: a merged cell is one cell, of nested tables the innermost are the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.document import Grid, GridCell
from parsers.formats.package import attribute, child, name_of, parts_of

# More running text than this in one cell, in several paragraphs, is an article laid out by a table.
_ARTICLE = 600
_ARTICLE_PARAGRAPHS = 4
_MOST_COLUMNS = 500
_MOST_CELLS = 200_000
_HOLDERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})


class TableTooLargeError(Exception):
    """A table has more columns or cells than any printed one."""


@dataclass(frozen=True)
class WordRow:
    """A row: its cells, how many columns of the table it leaves free before them, how much text it holds at most."""

    cells: tuple[etree._Element, ...]
    indent: int
    length: int


class WordTable:
    """A `tbl` element with the rows that tracked changes left in it."""

    def __init__(self, element: etree._Element) -> None:
        self.holds_others = next(element.iterdescendants("{*}tbl"), None) is not None
        rows = [(row, parts_of(child(row, "trPr"))) for row in _children(element, "tr")]
        self.rows = [
            WordRow(tuple(_children(row, "tc")), _count(properties.get("gridBefore")), _length(row))
            for row, properties in rows
            if "del" not in properties
        ]


def _children(holder: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for element in holder:
        name = name_of(element.tag)
        if name == wanted:
            yield element
        elif name in _HOLDERS:
            yield from _children(element, wanted)


def _count(element: etree._Element | None, least: int = 0) -> int:
    if element is None:
        return least
    text = attribute(element, "val") or ""
    return max(least, int(text)) if text.isdecimal() and len(text) < 9 else least


def _length(row: etree._Element) -> int:
    return len(etree.tostring(row, method="text", encoding="unicode", with_tail=False))


def is_layout(table: WordTable) -> bool:
    """Does this table only place things: others nested in it, a single column, or a whole article in a cell?"""
    cells = [cell for row in table.rows for cell in row.cells]
    if table.holds_others and any(not _is_wrapper(inner) for cell in cells for inner in _tables_in(cell)):
        return True
    if max((len(row.cells) for row in table.rows), default=0) <= 1:
        return True
    return any(_is_article(cell) for row in table.rows if row.length > _ARTICLE for cell in row.cells)


def _tables_in(cell: etree._Element) -> Iterator[etree._Element]:
    yield from cell.iter("{*}tbl")


def _is_wrapper(element: etree._Element) -> bool:
    """A table of one cell adds nothing to the cell it stands in; what is nested deeper is met on its own."""
    return sum(len(row.cells) for row in WordTable(element).rows) <= 1


def _is_article(cell: etree._Element) -> bool:
    if sum(1 for _ in cell.iter("{*}p", "{*}br")) < _ARTICLE_PARAGRAPHS:
        return False
    return sum(len(element.text or "") for element in cell.iter("{*}t")) > _ARTICLE


def word_grid(table: WordTable, text_of: Callable[[etree._Element], str], inside: tuple[int, ...]) -> Grid | None:
    """The table as a grid, each cell where it begins; None for a table without cells.

    Raises TableTooLargeError. `text_of` is asked once for each cell that is shown, in their order.
    """
    # Cells may still go on, to the right and downwards, until the grid is made.
    cells: list[GridCell] = []
    above: dict[int, GridCell] = {}
    for at, row in enumerate(table.rows):
        column = row.indent
        here: dict[int, GridCell] = {}
        beside: GridCell | None = None
        for element in row.cells:
            properties = parts_of(child(element, "tcPr"))
            width = _count(properties.get("gridSpan"), least=1)
            if column + width > _MOST_COLUMNS or len(cells) > _MOST_CELLS:
                raise TableTooLargeError(
                    f"a table has over {_MOST_COLUMNS} columns or {_MOST_CELLS} cells; it was left out"
                )
            if beside is not None and _goes_on(properties.get("hMerge")):
                beside.colspan += width
                column += width
                continue
            before = above.get(column)
            if before is not None and before.colspan == width and _goes_on(properties.get("vMerge")):
                before.rowspan += 1
                here[column] = before
                beside = None
            else:
                # A cell that says it goes on, under none that could, is its own.
                here[column] = beside = GridCell(text_of(element), at, column, colspan=width)
                cells.append(beside)
            column += width
        above = here
    return Grid(tuple(cells), inside=inside) if cells else None


def _goes_on(merge: etree._Element | None) -> bool:
    return merge is not None and (attribute(merge, "val") or "continue") != "restart"
