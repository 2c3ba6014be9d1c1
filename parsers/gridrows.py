"""The rows of a grid as tables are read from them: what prints nothing, figures and words are told apart once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from parsers.document import Grid, GridCell
from parsers.numbers import is_figure


@dataclass(slots=True)
class Row:
    """Cells that cover a row, left to right, merged ones from above included: all, those that print, words in them."""

    number: int
    cells: tuple[GridCell, ...]
    printed: tuple[GridCell, ...]
    words: tuple[GridCell, ...]

    def begun(self) -> list[GridCell]:
        """The printed cells that begin in this row."""
        return [cell for cell in self.printed if cell.row == self.number]

    def without(self, apart: Collection[GridCell]) -> Row:
        """The row without these cells."""
        kept = (tuple([c for c in cells if c not in apart]) for cells in (self.cells, self.printed, self.words))
        return Row(self.number, *kept)


def rows_of(grid: Grid) -> Iterator[Row]:
    """The rows in which a cell begins."""
    for number, (cells, printed) in enumerate(zip(grid.rows, grid.printed, strict=True)):
        for cell in cells:
            if cell.row == number:
                words = tuple([cell for cell in printed if not is_figure(cell.text)])
                yield Row(number, cells, printed, words)
                break
