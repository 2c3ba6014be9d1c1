"""The three tables in a document's grids: one pass over all rows, whatever tables they were cut into.

A row opens a table by its header, never by its place: the tables may stand in one grid, in six, or nested in others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from parsers.alignment import figure, figures_of, shares_rows
from parsers.document import Document, Grid, GridCell
from parsers.found import DisputeFound, Found
from parsers.headers import (
    banner_keys,
    banner_number,
    dispute_header,
    is_dispute_header,
    is_request_header,
    proactive_header,
)
from parsers.labels import key
from parsers.numbers import is_figure
from parsers.proactivegrid import ProactiveReader, starts_proactive
from parsers.requestgrid import RequestReader
from parsers.requestlabels import find_row

Zone = Literal["proactive", "requests", "disputes"]


def read_grids(document: Document) -> Found:
    """Every row of the three tables that stands in a grid."""
    reader = _GridReader()
    for block in document.blocks:
        if isinstance(block, Grid):
            reader.read(block)
    reader.requests.finish()
    return reader.found


def leading_row(cells: Sequence[GridCell]) -> bool:
    """Is this the first row of table three by its label?"""
    row = find_row(cells[0].text, -1) if cells else None
    return row is not None and row.code == "new_received"


class _GridReader:
    def __init__(self) -> None:
        self.found = Found()
        self.zone: Zone | None = None
        self.proactive = ProactiveReader(self.found)
        self.requests = RequestReader(self.found)
        self.dispute_head: list[int] = []
        self.dispute_blank: tuple[GridCell, ...] | None = None
        # Those of the grid's cells met so far that are banners: one may stand beside its rows, merged down.
        self.banners: set[GridCell] = set()

    def read(self, grid: Grid) -> None:
        if self.zone == "proactive" and not starts_proactive(grid):
            self.zone = None
        self.requests.new_grid(grid)
        self.dispute_head, self.dispute_blank = [], None
        self.banners.clear()
        for number, (cells, printed) in enumerate(zip(grid.rows, grid.printed, strict=True)):
            own = [cell for cell in printed if cell.row == number]
            if own or any(cell.row == number for cell in cells):
                self._row(grid, number, cells, own)
        self._end_disputes(grid)

    def _row(self, grid: Grid, number: int, cells: tuple[GridCell, ...], printed: list[GridCell]) -> None:
        keys = [cell.text if cell.text.isdigit() else key(cell.text) for cell in printed]
        banners = []
        if not banner_keys().keys().isdisjoint(keys):
            banners = [cell for cell, words in zip(printed, keys, strict=True) if words in banner_keys()]
            self.zone = "proactive"
            self.proactive.banner(banner_number(banners[0].text) or {})
            self.banners.update(banners)
            printed = [cell for cell in printed if cell not in self.banners]
            keys = [key(cell.text) for cell in printed]
        if self.banners:
            cells = tuple(cell for cell in cells if cell not in self.banners)
        if banners and not printed:
            return
        if head := proactive_header(cells, self.proactive.numbers):
            self.zone = "proactive"
            self.proactive.header(head)
        elif is_request_header(keys):
            if self.zone != "requests" or not self.requests.in_header:
                self.requests.open(again=self.zone == "requests")
            self.zone = "requests"
            self.requests.header_row(number)
        elif is_dispute_header(keys):
            if self.zone != "disputes" or (self.dispute_head and self.dispute_head[-1] < number - 2):
                self.dispute_head = []
            self.zone = "disputes"
            self.dispute_head.append(number)
        elif self.zone != "requests" and leading_row(printed):
            self.zone = "requests"
            self.requests.open(again=False)
            self.requests.row(grid, number, cells)
        elif self.zone == "proactive":
            self.proactive.row(grid, cells)
        elif self.zone == "requests":
            self.zone = "requests" if self.requests.row(grid, number, cells) else None
        elif self.zone == "disputes":
            self._dispute_row(grid, number, cells, printed)

    def _dispute_row(self, grid: Grid, number: int, cells: tuple[GridCell, ...], printed: list[GridCell]) -> None:
        """A further row of table four's header, or its row of figures."""
        if printed and not any(is_figure(cell.text) for cell in printed):
            if self.dispute_head and self.dispute_head[-1] == number - 1:
                self.dispute_head.append(number)
            return
        if not self.dispute_head:
            return
        if not printed:
            # Blank cells under the header are table four left empty, unless figures follow.
            self.dispute_blank = self.dispute_blank or cells
            return
        self._take_disputes(grid, cells)
        self.dispute_blank = None
        self.zone = None

    def _end_disputes(self, grid: Grid) -> None:
        if self.zone == "disputes" and self.dispute_head:
            if self.dispute_blank is not None:
                self._take_disputes(grid, self.dispute_blank)
            self.zone = None

    def _take_disputes(self, grid: Grid, cells: tuple[GridCell, ...]) -> None:
        head = dispute_header(grid, self.dispute_head)
        if head is None:
            self.found.disputes_unaligned = True
            return
        candidates = [head.spans] if head.spans else []
        if head.spans:
            cells = tuple(cell for cell in cells if cell.end > head.spans[0][0])
        chosen = figures_of(cells, len(head.columns), candidates, grid.fixed)
        if chosen is None or not shares_rows(chosen, chosen[0]):
            self.found.disputes_unaligned = True
            return
        figures = {column: figure(cell) for column, cell in zip(head.columns, chosen, strict=True)}
        self.found.disputes.append(DisputeFound(figures))
