"""The three tables in a document's grids: one pass over all rows, whatever tables they were cut into.

A row opens a table by its header, never by its place: the tables may stand in one grid, in six, or nested in others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from parsers.alignment import figures_of, shares_rows
from parsers.disputeheader import dispute_header
from parsers.document import Document, Grid, GridCell
from parsers.found import DisputeFound, Found
from parsers.gridrows import Row, rows_of
from parsers.headers import (
    RESULTS,
    banner_keys,
    banner_number,
    is_dispute_header,
    is_request_header,
    proactive_header,
)
from parsers.labels import key
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
        for row in rows_of(grid):
            self._row(grid, row)
        self._end_disputes(grid)

    def _row(self, grid: Grid, row: Row) -> None:
        # No figure is a word of any header.
        keys = [key(cell.text) for cell in row.words if cell.row == row.number]
        if not banner_keys().keys().isdisjoint(keys):
            row = self._banner(row)
            keys = [key(cell.text) for cell in row.words if cell.row == row.number]
            if not row.begun():
                return
        elif self.banners:
            row = row.without(self.banners)
        head = proactive_header(row.printed, self.proactive.numbers) if row.words else None
        if head is not None:
            self.zone = "proactive"
            self.proactive.header(head)
        elif is_request_header(keys):
            if self.zone != "requests" or not self.requests.in_header:
                self.requests.open(again=self.zone == "requests")
            self.zone = "requests"
            self.requests.header_row(row.number)
        elif is_dispute_header(keys, len(row.begun()) > len(keys)):
            if self.zone != "disputes" or (self.dispute_head and self.dispute_head[-1] < row.number - 2):
                self.dispute_head = []
            self.zone = "disputes"
            self.dispute_head.append(row.number)
        elif self.zone != "requests" and leading_row(row.begun()):
            self.zone = "requests"
            self.requests.open(again=False)
            self.requests.row(grid, row)
        elif self.zone == "proactive":
            self.proactive.row(grid, row)
        elif self.zone == "requests":
            self.zone = "requests" if self.requests.row(grid, row) else None
        elif self.zone == "disputes":
            self._dispute_row(grid, row)
        elif self.zone is None and self.dispute_head:
            self._further_dispute_row(grid, row)

    def _banner(self, row: Row) -> Row:
        """Take in the row's banners; the row without them."""
        banners = [cell for cell in row.words if cell.row == row.number and banner_number(cell.text)]
        self.zone = "proactive"
        self.proactive.banner(banner_number(banners[0].text) or {})
        self.banners.update(banners)
        return row.without(self.banners)

    def _dispute_row(self, grid: Grid, row: Row) -> None:
        """A further row of table four's header, or its row of figures."""
        printed = row.begun()
        words = [cell for cell in row.words if cell.row == row.number]
        if printed and len(words) == len(printed):
            if self.dispute_head and self.dispute_head[-1] == row.number - 1:
                self.dispute_head.append(row.number)
            return
        if not self.dispute_head:
            return
        if not printed:
            # Blank cells under the header are table four left empty, unless figures follow.
            self.dispute_blank = self.dispute_blank or row.cells
            return
        self._take_disputes(grid, row.cells)
        self.dispute_blank = None
        self.zone = None

    def _further_dispute_row(self, grid: Grid, row: Row) -> None:
        """A row below table four's figures. Where it is like theirs, nobody knows which of the two is meant."""
        printed = row.begun()
        if len(printed) - sum(cell.row == row.number for cell in row.words) >= len(RESULTS):
            self._take_disputes(grid, row.cells)

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
        chosen = figures_of(cells, len(head.columns), candidates, grid.fixed and not head.narrow, not head.narrow)
        if chosen is None or not shares_rows(chosen, chosen[0]):
            self.found.disputes_unaligned = True
            return
        self.found.disputes.append(DisputeFound(dict(zip(head.columns, chosen, strict=True))))
