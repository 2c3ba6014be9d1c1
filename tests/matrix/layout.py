"""Rows put into and taken out of a grid of merged cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.parsers.office import placed as placed
from tests.replica.grids import Box, Grid

Place = tuple[int, int]


def matching(text: str, label: str) -> bool:
    """Is this the label, white space aside?"""
    return "".join(text.split()) == label


def cells_in(grid: Grid, label: str) -> bool:
    """Does the grid print this label?"""
    return any(matching(box.text, label) for row in grid.rows for box in row)


def from_placed(grid: Grid, boxes: Mapping[Place, Box]) -> Grid:
    """The grid with these boxes where they begin."""
    height = max(row + box.rows for (row, _), box in boxes.items())
    rows = [
        tuple(boxes[at, column] for column in sorted(column for row, column in boxes if row == at))
        for at in range(height)
    ]
    return replace(grid, rows=tuple(rows))


def without_row(grid: Grid, label: str) -> Grid:
    """The grid without the row of this label; what is merged over it is one row shorter."""
    boxes = placed(grid)
    gone = next(row for (row, _), box in boxes.items() if matching(box.text, label))
    found: dict[Place, Box] = {}
    for (row, column), box in boxes.items():
        if row <= gone < row + box.rows:
            if box.rows > 1:
                found[row, column] = replace(box, rows=box.rows - 1)
        else:
            found[row - (row > gone), column] = box
    return from_placed(grid, found)


def with_row(grid: Grid, after: str, cells: Sequence[Box]) -> Grid:
    """The grid with a row of these cells below the one labelled `after`; what is merged around that covers it too."""
    boxes = placed(grid)
    above = next(row for (row, _), box in boxes.items() if matching(box.text, after))
    found: dict[Place, Box] = {}
    covered = set()
    for (row, column), box in boxes.items():
        around = row <= above < row + box.rows and box.rows > 1
        found[row + (row > above), column] = replace(box, rows=box.rows + around)
        covered |= {column + right for right in range(box.cols)} if around else set()
    free = (column for column in range(grid.width) if column not in covered)
    for column, box in zip(free, cells, strict=True):
        found[above + 1, column] = box
    return from_placed(grid, found)
