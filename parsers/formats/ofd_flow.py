"""Pages of characters and lines to blocks in reading order: grids joined over pages, lines of text around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parsers.document import Block, Grid, GridCell, Paragraph
from parsers.formats.ofd_grids import SNAP, Char, Line, box_of, edges, grids, lines_of, nearest, spaced
from parsers.pagenumber import PAGE_NUMBER
from parsers.report import Place

# The strips at a page's head and foot where running heads stand, as a share of its height.
_MARGIN = 0.09
_ENDS = "。！？!?；;：:"


@dataclass
class Page:
    """What a page draws; its size in points."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class _TextLine:
    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """The document's blocks, running heads and page numbers dropped."""
    tables = {page.number: grids(page.chars, page.lines) for page in pages}
    lines = _without_running_heads([(page, list(_text_lines(page, tables[page.number]))) for page in pages])
    items: list[_TextLine | Grid] = []
    for page in pages:
        here = [line for line in lines if line.page == page.number]
        both: list[tuple[float, _TextLine | Grid]] = [(line.top, line) for line in here]
        both += [(box_of(grid)[1], grid) for grid in tables[page.number]]
        items += [item for _, item in sorted(both, key=lambda entry: entry[0])]
    yield from _marked(_joined(items))


def _text_lines(page: Page, tables: Sequence[Grid]) -> Iterator[_TextLine]:
    boxes = [box_of(grid) for grid in tables]
    outside = [
        char
        for char in page.chars
        if not any(b[0] <= char.middle[0] <= b[2] and b[1] <= char.middle[1] <= b[3] for b in boxes)
    ]
    for line in lines_of(outside):
        top, bottom = min(char.top for char in line), max(char.bottom for char in line)
        yield _TextLine(spaced(line), page.number, line[0].x0, top, line[-1].x1, bottom)


def _without_running_heads(pages: Sequence[tuple[Page, list[_TextLine]]]) -> list[_TextLine]:
    margins: Counter[str] = Counter()
    for page, lines in pages:
        margins.update({_mask(line) for line in lines if _in_margin(line, page)})
    return [
        line
        for page, lines in pages
        for line in lines
        if not (_in_margin(line, page) and (_is_page_number(line.text) or margins[_mask(line)] > 1))
    ]


def _mask(line: _TextLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _in_margin(line: _TextLine, page: Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _is_page_number(text: str) -> bool:
    return bool(PAGE_NUMBER.match(text) or re.fullmatch(r"\d{1,3}(\s*/\s*\d{1,3})?", text))


def _joined(items: Sequence[_TextLine | Grid]) -> list[_TextLine | Grid]:
    """A table that ends a page and goes on at the head of the next, as wide as before, is one."""
    joined: list[_TextLine | Grid] = []
    for item in items:
        before = joined[-1] if joined else None
        if isinstance(item, Grid) and isinstance(before, Grid) and _goes_on(before, item):
            joined[-1] = _stacked(before, item)
        else:
            joined.append(item)
    return joined


def _goes_on(upper: Grid, lower: Grid) -> bool:
    left, _, right, _ = box_of(lower)
    ends = [cell for cell in upper.cells if cell.place.page == max(c.place.page or 0 for c in upper.cells)]
    box = box_of(Grid(tuple(ends)))
    follows = (lower.cells[0].place.page or 0) == (ends[0].place.page or 0) + 1
    return follows and abs(box[0] - left) < 3 * SNAP and abs(box[2] - right) < 3 * SNAP


def _stacked(upper: Grid, lower: Grid) -> Grid:
    """The lower grid's rows under the upper's, columns matched by their edges, a repeated header left out."""
    dropped = _repeated_rows(upper, lower)
    kept = [cell for cell in lower.cells if cell.row >= dropped]
    both = [*upper.cells, *kept]
    boxes = [cell.place.bbox or (0.0, 0.0, 0.0, 0.0) for cell in both]
    xs = edges([x for box in boxes for x in box[::2]])
    stacked = []
    for at, (cell, box) in enumerate(zip(both, boxes, strict=True)):
        column = nearest(xs, box[0])
        row = cell.row if at < len(upper.cells) else len(upper.rows) + cell.row - dropped
        right = max(nearest(xs, box[2]) - column, 1)
        stacked.append(GridCell(cell.text, row, column, cell.rowspan, right, cell.place))
    return Grid(tuple(stacked))


def _repeated_rows(upper: Grid, lower: Grid) -> int:
    """How many rows at the lower grid's head repeat the upper's, none of them with a digit in it."""
    same = 0
    for above, below in zip(upper.rows, lower.rows, strict=False):
        texts = ["".join(cell.text.split()) for cell in above]
        if texts != ["".join(cell.text.split()) for cell in below] or re.search(r"\d", "".join(texts)):
            break
        same += 1
    return same


def _marked(items: Sequence[_TextLine | Grid]) -> Iterator[Block]:
    """Grids as they are; lines with the mark whether they go on with the one before."""
    lines = [item for item in items if isinstance(item, _TextLine)]
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    before: _TextLine | None = None
    for item in items:
        if isinstance(item, Grid):
            yield item
            before = None
            continue
        fresh = before is None or _is_fresh(before, item, lefts[len(lefts) // 5], rights[4 * len(rights) // 5])
        yield Paragraph(item.text, Place(item.page, (item.x0, item.top, item.x1, item.bottom)), fresh)
        before = item


def _is_fresh(before: _TextLine, line: _TextLine, left: float, right: float) -> bool:
    indented = line.x0 > left + 1.2 * line.size
    short = before.x1 < right - 2.5 * before.size
    return indented or short or abs(before.size - line.size) > 1 or (before.text[-1] in _ENDS and line.x0 > left + 1)
