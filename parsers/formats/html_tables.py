"""HTML tables to grids: spans kept with their origin, nested layout tables told from tables of data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from parsers.document import Grid, GridCell
from parsers.labels import LONGEST_LABEL

Rows = list[list[etree._Element]]

# More running text than this in one cell, in several paragraphs, is an article laid out by a table.
_ARTICLE = 600
_ARTICLE_PARAGRAPHS = 4
_MOST_SPAN = 1000
_MOST_CELLS = 200_000
_LONGEST_STYLE = 200
_BREAKS = frozenset(["p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section"])
_UNSEEN = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "audio", "video"])
# Shown, but no digits of the figure beside them: footnote marks, struck out text, readings, choices and buttons.
_APART = frozenset(["sup", "sub", "del", "s", "strike", "rt", "rp", "select", "textarea", "button"])
_STRUCK = re.compile(r"text-decoration[^;]*line-through", re.I)
_DIGITS = re.compile(r"\s*(\d{1,6})")
_TYPED = (None, "text", "number")
# What is given no place at all, and what keeps its place unseen.
_GONE = re.compile(r"display\s*:\s*none", re.I)
_HIDDEN = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.I)
_SIZELESS = re.compile(r"font-size\s*:\s*0(?![.\d])", re.I)
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u3000]+")
_BROKEN_SOURCE = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])"
)


class _Style(NamedTuple):
    """What a style does to an element: gives it no place, keeps it unseen, its letters without size, strikes it out."""

    gone: bool
    hidden: bool
    sizeless: bool
    struck: bool


_PLAIN = _Style(False, False, False, False)


def _style_of(element: etree._Element) -> _Style:
    style = element.get("style")
    if not style:
        return _PLAIN
    return (_style if len(style) < _LONGEST_STYLE else _style.__wrapped__)(style)


@lru_cache(1024)  # a page says the same of all its cells
def _style(style: str) -> _Style:
    found = _Style(*(bool(pattern.search(style)) for pattern in (_GONE, _HIDDEN, _SIZELESS, _STRUCK)))
    return found if any(found) else _PLAIN


def is_gone(element: etree._Element) -> bool:
    """Does the page itself give this no place?"""
    return element.get("hidden") is not None or _style_of(element).gone


def is_hidden(element: etree._Element) -> bool:
    """Does the page itself keep this from being seen, whether or not it keeps its place?"""
    return _is_hidden(element, _style_of(element))


def _is_hidden(element: etree._Element, style: _Style) -> bool:
    if style is not _PLAIN and (style.gone or style.hidden):
        return True
    # Letters without size often only close gaps between children that have a size of their own.
    return element.get("hidden") is not None or (style.sizeless and len(element) == 0)


def rows_of(table: etree._Element) -> Rows:
    """The cells of each of the table's own rows, those of tables in it left out."""
    return [_own_cells(row) for row in _own_rows(table)]


def is_layout(table: etree._Element, rows: Rows) -> bool:
    """Does this table only place things: others nested in it, a single column, or a whole article in a cell?"""
    if any(not _is_wrapper(inner) for inner in table.iterdescendants("table")):
        return True
    if max((len(row) for row in rows), default=0) <= 1:
        return True
    return any(_is_article(cell) for row in rows for cell in row)


def _is_wrapper(table: etree._Element) -> bool:
    """A table of one cell around nothing but text adds nothing to the cell it stands in."""
    return sum(len(_own_cells(row)) for row in _own_rows(table)) <= 1 and table.find(".//table") is None


def _is_article(cell: etree._Element) -> bool:
    if not len(cell):
        return False
    paragraphs = sum(1 for _ in cell.iterdescendants("p", "br", "div"))
    return paragraphs >= _ARTICLE_PARAGRAPHS and sum(len(text) for text in cell.itertext()) > _ARTICLE


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in table.iterdescendants("tr"):
        if next(row.iterancestors("table")) is table and not is_gone(row):
            yield row


def _own_cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iterchildren("td", "th") if not is_gone(cell)]


def grid_of(rows: Rows, inside: tuple[int, ...]) -> Grid | None:
    """The table as a grid, each cell where it begins with the places it covers; None for a table without cells."""
    hanging: list[set[int]] = [set() for _ in rows]  # columns that a cell of a row above covers
    covered = 0
    cells: list[GridCell] = []
    for at, row in enumerate(rows):
        column = 0
        taken = hanging[at]
        for element in row:
            while column in taken:
                column += 1
            down = min(_span(element, "rowspan") or len(rows), len(rows) - at)
            right = _span(element, "colspan") or 1
            if covered + down * right > _MOST_CELLS:
                return None
            # A span never runs into a cell that hangs down from above.
            if right > 1 and taken:
                right = next((step for step in range(1, right) if column + step in taken), right)
            covered += down * right
            if down > 1:
                for below in hanging[at + 1 : at + down]:
                    below.update(range(column, column + right))
            cells.append(GridCell(cell_text(element), at, column, down, right))
            column += right
    return Grid(tuple(cells), inside=inside) if cells else None


def _span(element: etree._Element, name: str) -> int:
    stated = element.get(name)
    if not stated:
        return 1
    digits = _DIGITS.match(stated)
    return min(int(digits[1]), _MOST_SPAN) if digits else 1


def cell_text(cell: etree._Element) -> str:
    """The cell's text: spans joined without a gap, as they are shown; a line for each paragraph or break."""
    style = _style_of(cell)
    if _is_hidden(cell, style):
        return ""
    text = "".join(_pieces(cell)) if len(cell) else cell.text or ""
    text = f"[{text}]" if style.struck else text
    if text.isalnum():
        return text
    return (_lines if len(text) <= LONGEST_LABEL else _lines.__wrapped__)(text)


@lru_cache(4096)  # reports print the same labels
def _lines(text: str) -> str:
    return "\n".join(line for part in text.split("\v") if (line := _line(part)))


def _line(text: str) -> str:
    return text if text.isalnum() else _SPACE.sub(" ", _BROKEN_SOURCE.sub("", text)).strip()


def _pieces(cell: etree._Element) -> list[str]:
    """Pieces of text; a vertical tab stands where a line ends, brackets around what is no part of a figure."""
    pieces = [cell.text or ""]
    # Elements whose children are met, with what to say when the last of these is through.
    around: list[tuple[Iterator[etree._Element], str]] = [(iter(cell), "")]
    while around:
        children, at_end = around[-1]
        for element in children:
            tag, tail, style = element.tag, element.tail or "", _style_of(element)
            if tag in _UNSEEN or _is_hidden(element, style):
                pieces.append(tail)
                continue
            before, after = ("\v", "\v" + tail) if tag in _BREAKS else ("", tail)
            if tag in _APART or style.struck:
                before, after = before + "[", "]" + after
            pieces += before, _typed(element) if tag == "input" else element.text or ""
            if len(element):
                around.append((iter(element), after))
                break
            pieces.append(after)
        else:
            pieces.append(at_end)
            around.pop()
    return pieces


def _typed(element: etree._Element) -> str:
    """What an input field shows."""
    return (element.get("value") or "") if element.get("type") in _TYPED else ""
