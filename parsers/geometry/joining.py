"""Tables that a page cuts: their parts as one grid, the header that the next page repeats left out."""

from __future__ import annotations

import re
from operator import attrgetter

from parsers.document import Grid, GridCell
from parsers.geometry.page import SNAP
from parsers.geometry.tables import Table


def join_tables(tables: list[Table]) -> list[Table]:
    """Tables that end a page and go on at the head of the next become one."""
    joined: list[Table] = []
    last_page = 0
    for table in tables:
        before = joined[-1] if joined else None
        if before and before.at_bottom and table.at_top and table.page == last_page + 1 and _same_width(before, table):
            joined[-1] = _stacked(before, table)
        else:
            joined.append(table)
        last_page = table.page
    return joined


def _same_width(one: Table, other: Table) -> bool:
    return abs(one.box[0] - other.box[0]) < 3 * SNAP and abs(one.box[2] - other.box[2]) < 3 * SNAP


def _stacked(upper: Table, lower: Table) -> Table:
    """The lower table's rows under the upper's, columns matched by their edges."""
    dropped = _repeated_rows(upper.grid, lower.grid)
    shift = upper.xs[0] - lower.xs[0]
    moved = tuple(x + shift for x in lower.xs)
    xs = _edges((*upper.xs, *moved))
    height = _height(upper.grid) - dropped
    above, below = [[_nearest(xs, x) for x in edges] for edges in (upper.xs, moved)]
    cells = [_fitted(cell, above, 0) for cell in upper.grid.cells]
    cells += [_fitted(cell, below, height) for cell in lower.grid.cells if cell.row >= dropped]
    grid = Grid(tuple(cells), fixed=upper.grid.fixed and lower.grid.fixed)
    return Table(upper.page, upper.box, grid, xs, upper.at_top, lower.at_bottom)


def _fitted(cell: GridCell, columns: list[int], down: int) -> GridCell:
    """The cell among the columns of the joined grid (`columns`: where its own edges are there), `down` rows lower."""
    column = columns[cell.column]
    wide = max(columns[cell.column + cell.colspan] - column, 1)
    if not down and column == cell.column and wide == cell.colspan:
        return cell
    row, rowspan = cell.row + down, cell.rowspan
    return GridCell(cell.text, row, column, rowspan, wide, cell.place, cell.sure, cell.doubt, cell.confidence)


def _edges(values: tuple[float, ...]) -> tuple[float, ...]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SNAP:
            edges.append(value)
    return tuple(edges)


def _nearest(edges: tuple[float, ...], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _repeated_rows(upper: Grid, lower: Grid) -> int:
    """How many rows at the lower grid's head repeat the upper's, none of them with a digit in it."""
    most = min(_height(upper), _height(lower))
    for number in range(most):
        texts = _row(upper, number)
        if texts != _row(lower, number) or re.search(r"\d", "".join(texts)):
            return number
    return most


def _height(grid: Grid) -> int:
    return max([cell.row + cell.rowspan for cell in grid.cells], default=0)


def _row(grid: Grid, number: int) -> list[str]:
    """The texts of a row, left to right, as in `Grid.rows`, without their spaces."""
    cells = [cell for cell in grid.cells if cell.row <= number < cell.row + cell.rowspan]
    return ["".join(cell.text.split()) for cell in sorted(cells, key=attrgetter("column"))]
