"""The cells over a table's columns as one value. Offices print the forms alike: a header read once is read for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from parsers.document import Grid
from parsers.labels import LONGEST_LABEL

# More cells than the header of any form has.
_MOST_CELLS = 120
Meaning = TypeVar("Meaning")


class HeadCell(NamedTuple):
    """A cell of a header: its number among them, text, first row (from the header's first), first and end column."""

    number: int
    text: str
    row: int
    column: int
    end: int

    @property
    def is_printed(self) -> bool:
        """Is anything printed in the cell?"""
        return bool(self.text) and not self.text.isspace()


class Head(NamedTuple):
    """A header: how many columns the grid has, the rows' numbers (from 0), the cells that cover each, left to right."""

    width: int
    numbers: tuple[int, ...]
    rows: tuple[tuple[HeadCell, ...], ...]


def head_of(grid: Grid, rows: Sequence[int]) -> Head:
    """What stands in these rows of a grid."""
    first = rows[0] if rows else 0
    met: dict[int, HeadCell] = {}
    found = []
    for row in rows:
        covering = []
        for cell in grid.rows[row]:
            if id(cell) not in met:
                met[id(cell)] = HeadCell(len(met), cell.text, cell.row - first, cell.column, cell.column + cell.colspan)
            covering.append(met[id(cell)])
        found.append(tuple(covering))
    return Head(grid.width, tuple([row - first for row in rows]), tuple(found))


def read_once(read: Callable[[Head], Meaning]) -> Callable[[Grid, Sequence[int]], Meaning]:
    """`read` for rows of a grid; what it made of a header is kept for the next that is the same in every cell."""
    kept = lru_cache(256)(read)

    def read_rows(grid: Grid, rows: Sequence[int]) -> Meaning:
        head = head_of(grid, rows)
        cells = [cell for row in head.rows for cell in row]
        is_usual = len(cells) <= _MOST_CELLS and all(len(cell.text) <= LONGEST_LABEL for cell in cells)
        return kept(head) if is_usual else read(head)

    return read_rows


def stacks_of(head: Head) -> list[list[HeadCell]]:
    """For each column the printed header cells over it, top to bottom, each once."""
    stacks: list[list[HeadCell]] = [[] for _ in range(head.width)]
    for row in head.rows:
        for cell in row:
            if cell.is_printed:
                for stack in stacks[cell.column : cell.end]:
                    if cell not in stack:
                        stack.append(cell)
    return stacks
