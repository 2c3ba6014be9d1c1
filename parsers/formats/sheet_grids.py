"""A sheet's cells as blocks: cut at blank rows, merged cells whole, what is hidden left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.document import Block, Grid, GridCell, Paragraph
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.sheet_parts import Position, SheetParts

_MOST_CELLS = 200_000
# A lone text under a table, longer than any label.
_LONG = 45


@dataclass(frozen=True)
class Span:
    """A merged range, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def area(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def without_hidden(
    texts: dict[Position, str], spans: list[Span], parts: SheetParts
) -> tuple[dict[Position, str], list[Span]]:
    """Cells and merged ranges as if hidden rows and columns were not there. A range keeps what is seen of it."""
    if not parts.hidden_rows and not parts.hidden_columns:
        return texts, spans
    last_row = max([row for row, _ in texts] + [span.bottom for span in spans], default=0)
    last_column = max([column for _, column in texts] + [span.right for span in spans], default=0)
    rows = _shifts(last_row, [parts.is_row_hidden(row) for row in range(last_row + 1)])
    columns = _shifts(last_column, [parts.is_column_hidden(column) for column in range(last_column + 1)])
    # The text of a merged range whose corner is hidden is seen in the rest of it.
    corners = {(span.top, span.left): span for span in spans}
    kept: dict[Position, str] = {}
    for (row, column), text in texts.items():
        corner = corners.get((row, column))
        hidden = parts.is_row_hidden(row) or parts.is_column_hidden(column)
        if corner is None and hidden:
            continue
        if corner is not None and (
            _size(rows, corner.top, corner.bottom) * _size(columns, corner.left, corner.right) == 0
        ):
            continue
        kept[rows[row], columns[column]] = text
    moved = [
        Span(rows[span.top], columns[span.left], rows[span.bottom + 1] - 1, columns[span.right + 1] - 1)
        for span in spans
    ]
    return kept, [span for span in moved if span.bottom >= span.top and span.right >= span.left]


def _shifts(last: int, hidden: list[bool]) -> list[int]:
    """The new number of each row (or column), and one more: a hidden one has that of the next seen."""
    new, numbers = 0, []
    for at in range(last + 1):
        numbers.append(new)
        new += not hidden[at]
    return [*numbers, new]


def _size(numbers: list[int], first: int, last: int) -> int:
    return numbers[last + 1] - numbers[first]


def blocks_of(texts: dict[Position, str], spans: list[Span], file: str) -> Iterator[Block]:
    """The blocks between blank rows; one of a single column is running text.

    Raises DocumentUnreadableError for a block of more cells than any table has.
    """
    printed = [span for span in spans if (span.top, span.left) in texts]
    if sum(span.area for span in printed) > 4 * _MOST_CELLS:
        raise DocumentUnreadableError("sheet_too_large", f"{file} has merged cells over a whole sheet; none was read")
    rows = {row for row, _ in texts} | {row for span in printed for row in range(span.top, span.bottom + 1)}
    for top, bottom in _runs(rows):
        inner = {place: text for place, text in texts.items() if top <= place[0] <= bottom}
        around = [span for span in spans if top <= span.top <= bottom]
        yield from _block(inner, around, top, bottom, file)


def _block(texts: dict[Position, str], spans: list[Span], top: int, bottom: int, file: str) -> Iterator[Block]:
    corners = {(span.top, span.left): span for span in spans}
    by_row: dict[int, list[Position]] = {}
    for place in sorted(texts):
        by_row.setdefault(place[0], []).append(place)
    if max(len(places) for places in by_row.values()) == 1 and not _beside(texts, corners):
        yield from (Paragraph(line) for place in sorted(texts) for line in texts[place].split("\n") if line)
        return
    left = min(column for _, column in texts)
    right = max([column for _, column in texts] + [corners[place].right for place in texts if place in corners])
    if (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
        raise DocumentUnreadableError(
            "sheet_too_large", f"{file} has a table of over {_MOST_CELLS} cells; none was read"
        )
    alone = _alone(texts, by_row, corners)
    covered = {
        (row, column)
        for span in spans
        for row in range(span.top, min(span.bottom, bottom) + 1)
        for column in range(max(span.left, left), min(span.right, right) + 1)
    }
    cells: list[GridCell] = []
    for row in range(top, bottom + 1):
        if row in alone:
            cells.append(GridCell(texts[by_row[row][0]], row - top, 0, 1, right - left + 1))
            continue
        for column in range(left, right + 1):
            span = corners.get((row, column))
            if span is None and (row, column) in covered:
                continue
            down = min(span.bottom, bottom) - row + 1 if span else 1
            beside = min(span.right, right) - column + 1 if span else 1
            cells.append(GridCell(texts.get((row, column), ""), row - top, column - left, down, beside))
    yield Grid(tuple(cells))


def _beside(texts: dict[Position, str], corners: dict[Position, Span]) -> bool:
    """Does a merged range stand beside texts in other rows, so that this is a table all the same?"""
    tall = [corners[place] for place in texts if place in corners and corners[place].bottom > corners[place].top]
    return any(span.top < row <= span.bottom for span in tall for row, _ in texts)


def _alone(texts: dict[Position, str], by_row: dict[int, list[Position]], corners: dict[Position, Span]) -> set[int]:
    """Rows above a table's first row, or long ones below its last, with one text: it is shown over the whole width."""
    rows = sorted(by_row)
    full = [row for row in rows if len(by_row[row]) > 1]
    held = {row for span in corners.values() if span.bottom > span.top for row in range(span.top, span.bottom + 1)}
    first, last = (full[0], full[-1]) if full else (rows[-1] + 1, rows[-1] + 1)
    return {
        row for row in rows if row not in held and (row < first or (row > last and len(texts[by_row[row][0]]) > _LONG))
    }


def _runs(rows: set[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow each other without a gap, as (first, last)."""
    ordered = sorted(rows)
    start = 0
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or ordered[at] != ordered[at - 1] + 1:
            yield ordered[start], ordered[at - 1]
            start = at
