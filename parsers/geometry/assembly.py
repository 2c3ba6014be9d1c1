"""Pages to a Document: tables joined, running heads and page numbers dropped, lines marked where they go on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from parsers.document import Block, Document, Paragraph
from parsers.geometry.joining import join_tables
from parsers.geometry.tables import MARGIN, Sheet, Table
from parsers.geometry.text import Line
from parsers.pagenumber import PAGE_NUMBER
from parsers.report import Place

_ENDS = "。！？!?；;：:"


def assemble(sheets: Sequence[Sheet]) -> Document:
    """The document that these pages make."""
    tables = join_tables([table for sheet in sheets for table in sheet.tables])
    return Document(tuple(_blocks(_without_running_heads(sheets), tables)))


def _without_running_heads(sheets: Sequence[Sheet]) -> list[Line]:
    """All lines but page numbers and what stands alike at the head or foot of several pages."""
    margins: Counter[str] = Counter()
    for sheet in sheets:
        margins.update({_mask(line) for line in sheet.lines if _in_margin(line, sheet.height)})
    return [
        line
        for sheet in sheets
        for line in sheet.lines
        if not (_in_margin(line, sheet.height) and (_is_page_number(line.text) or margins[_mask(line)] > 1))
    ]


def _mask(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _in_margin(line: Line, height: float) -> bool:
    return line.box[3] < MARGIN * height or line.box[1] > (1 - MARGIN) * height


def _is_page_number(text: str) -> bool:
    return bool(PAGE_NUMBER.match(text) or re.fullmatch(r"\d{1,3}(\s*/\s*\d{1,3})?", text))


def _blocks(lines: list[Line], tables: list[Table]) -> Iterator[Block]:
    """Lines and grids by page and height, each line marked whether it goes on with the one before."""
    items: list[tuple[int, float, Line | Table]] = [(line.page, line.box[1], line) for line in lines]
    items += [(table.page, table.box[1], table) for table in tables]
    left, right = _text_edges(lines)
    before: Line | None = None
    for _, _, item in sorted(items, key=lambda item: item[:2]):
        if isinstance(item, Line):
            fresh = before is None or _is_fresh(before, item, left, right)
            place = Place(item.page, item.shown)
            yield Paragraph(item.text, place, fresh, label=item.label, marks=item.marks, spots=item.spots)
            before = item
        else:
            yield item.grid
            before = None


def _text_edges(lines: list[Line]) -> tuple[float, float]:
    """Where most lines begin and end."""
    if not lines:
        return 0.0, 0.0
    lefts, rights = sorted(line.box[0] for line in lines), sorted(line.box[2] for line in lines)
    return lefts[len(lefts) // 5], rights[4 * len(rights) // 5]


def _is_fresh(before: Line, line: Line, left: float, right: float) -> bool:
    indented = line.box[0] > left + 1.2 * line.size
    short = before.box[2] < right - 2.5 * before.size
    ended = before.text[-1] in _ENDS and line.box[0] > left + 1
    return indented or short or abs(before.size - line.size) > 1 or ended
