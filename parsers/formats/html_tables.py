"""HTML tables to grids: spans kept with their origin, nested layout tables told from tables of data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from parsers.document import Grid, GridCell

# More running text than this in one cell, in several paragraphs, is an article laid out by a table.
_ARTICLE = 600
_ARTICLE_PARAGRAPHS = 4
_MOST_SPAN = 1000
_MOST_CELLS = 200_000
_BREAKS = frozenset(["p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section"])
_UNSEEN = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "audio", "video"])
# Shown, but no digits of the figure beside them: footnote marks, struck out text, readings, choices and buttons.
_APART = frozenset(["sup", "sub", "del", "s", "strike", "rt", "rp", "select", "textarea", "button"])
_STRUCK = re.compile(r"text-decoration[^;]*line-through", re.I)
_TYPED = (None, "text", "number")
# What is given no place at all, and what keeps its place unseen.
_GONE = re.compile(r"display\s*:\s*none", re.I)
_HIDDEN = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.I)
_SIZELESS = re.compile(r"font-size\s*:\s*0(?![.\d])", re.I)
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u3000]+")
_BROKEN_SOURCE = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)


def is_gone(element: etree._Element) -> bool:
    """Does the page itself give this no place?"""
    return element.get("hidden") is not None or bool(_GONE.search(element.get("style") or ""))


def is_hidden(element: etree._Element) -> bool:
    """Does the page itself keep this from being seen, whether or not it keeps its place?"""
    style = element.get("style") or ""
    # Letters without size often only close gaps between children that have a size of their own.
    return is_gone(element) or bool(_HIDDEN.search(style)) or (bool(_SIZELESS.search(style)) and len(element) == 0)


def is_layout(table: etree._Element) -> bool:
    """Does this table only place things: others nested in it, a single column, or a whole article in a cell?"""
    if any(not _is_wrapper(inner) for inner in table.iterdescendants("table")):
        return True
    rows = [list(_own_cells(row)) for row in _own_rows(table)]
    if max((len(row) for row in rows), default=0) <= 1:
        return True
    return any(_is_article(cell) for row in rows for cell in row)


def _is_wrapper(table: etree._Element) -> bool:
    """A table of one cell around nothing but text adds nothing to the cell it stands in."""
    return sum(1 for row in _own_rows(table) for _ in _own_cells(row)) <= 1 and table.find(".//table") is None


def _is_article(cell: etree._Element) -> bool:
    paragraphs = sum(1 for _ in cell.iterdescendants("p", "br", "div"))
    return paragraphs >= _ARTICLE_PARAGRAPHS and sum(len(text) for text in cell.itertext()) > _ARTICLE


def _own(table: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    for element in table.iterdescendants(*tags):
        if next(element.iterancestors("table")) is table and not is_gone(element):
            yield element


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _own(table, ("tr",))


def _own_cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in row.iterchildren("td", "th"):
        if not is_gone(cell):
            yield cell


def grid_of(table: etree._Element, inside: tuple[int, ...]) -> Grid | None:
    """The table as a grid, each cell where it begins with the places it covers; None for a table without cells."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    rows = list(_own_rows(table))
    for at, row in enumerate(rows):
        column = 0
        for element in _own_cells(row):
            while (at, column) in taken:
                column += 1
            down = min(_span(element, "rowspan") or len(rows), len(rows) - at)
            right = _span(element, "colspan") or 1
            if len(taken) + down * right > _MOST_CELLS:
                return None
            # A span never runs into a cell that hangs down from above.
            right = next((step for step in range(right) if (at, column + step) in taken), right)
            taken |= {(at + under, column + beside) for under in range(down) for beside in range(right)}
            cells.append(GridCell(cell_text(element), at, column, down, right))
            column += right
    return Grid(tuple(cells), inside=inside) if cells else None


def _span(element: etree._Element, name: str) -> int:
    digits = re.match(r"\s*(\d{1,6})", element.get(name) or "1")
    return min(int(digits[1]), _MOST_SPAN) if digits else 1


def cell_text(cell: etree._Element) -> str:
    """The cell's text: spans joined without a gap, as they are shown; a line for each paragraph or break."""
    text = "".join(_pieces(cell))
    lines = (_SPACE.sub(" ", _BROKEN_SOURCE.sub("", line)).strip() for line in text.split("\v"))
    return "\n".join(line for line in lines if line)


def _pieces(cell: etree._Element) -> Iterator[str]:
    """Pieces of text; a vertical tab stands where a line ends, brackets around what is no part of a figure."""
    if is_hidden(cell):
        return
    skip: etree._Element | None = None
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if skip is not None:
            if event == "end" and element is skip:
                skip = None
                yield element.tail or ""
            continue
        if event == "start":
            if element is not cell and (element.tag in _UNSEEN or is_hidden(element)):
                skip = element
                continue
            yield "\v" if element.tag in _BREAKS else ""
            yield "[" if _is_apart(element) else ""
            yield _typed(element) if element.tag == "input" else element.text or ""
        else:
            yield "]" if _is_apart(element) else ""
            yield "\v" if element.tag in _BREAKS else ""
            yield (element.tail or "") if element is not cell else ""


def _is_apart(element: etree._Element) -> bool:
    return element.tag in _APART or bool(_STRUCK.search(element.get("style") or ""))


def _typed(element: etree._Element) -> str:
    """What an input field shows."""
    return (element.get("value") or "") if element.get("type") in _TYPED else ""
