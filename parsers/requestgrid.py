"""Table three in a grid: labels in one to three columns, then seven figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.alignment import Span, are_all, figures_of, is_printed, shares_rows
from parsers.document import Grid, GridCell
from parsers.found import Found, RequestFound
from parsers.gridrows import Row
from parsers.headers import APPLICANTS
from parsers.labels import key, squeeze, without_ordinal
from parsers.numbers import is_figure
from parsers.requestheader import RequestHeader, is_contradicted, request_header, strange_end
from parsers.requestlabels import Known, find_row, group_keys

# A word in a cell of figures (`见附件`) is no longer than this; a label is.
_REMARK = 8


@dataclass(frozen=True)
class _Cut:
    """A row that may be the upper half of one cut by a page; `taken` when its label alone already named a row."""

    label: GridCell
    after: tuple[GridCell, ...]
    taken: bool


class RequestReader:
    """Follows header and rows over grids; what was read last decides where a misprinted label may belong."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.in_header = False
        self.fixed = True
        self.head_rows: list[int] = []
        self.head: RequestHeader | None = None
        self.order: tuple[str, ...] = APPLICANTS
        self.distrusted = False
        # Has the header columns beside the form's? Then only those under its labels are figures.
        self.narrow = False
        self.last = -1
        self.grid = Grid(())
        self.complete: tuple[list[tuple[Span, ...]], bool] | None = None
        self.leaning = False
        self.cut: _Cut | None = None

    def open(self, again: bool) -> None:
        """A table three begins, or (`again`) its header is repeated within it."""
        self.in_header, self.head_rows, self.head = True, [], None
        if not again:
            self.last, self.order, self.distrusted = -1, APPLICANTS, False
            self._lose_cut()

    def new_grid(self, grid: Grid) -> None:
        """Columns are those of one grid; the order that a header gave holds on."""
        self.in_header, self.head_rows, self.head = False, [], None
        # Most grids have no row of this table: where the complete ones have their figures is looked up when asked.
        self.grid, self.complete = grid, None

    def header_row(self, number: int) -> None:
        """One row of the header."""
        self.head_rows.append(number)

    def row(self, grid: Grid, row: Row) -> bool:
        """A row below the header's first. False when the table has ended with it."""
        if not any(cell.row == row.number for cell in row.words):
            self._unlabelled(row.begun())
            return True
        label, known = self._label(row.words)
        if self.in_header and known is None and len(row.words) == len(row.printed):
            self.head_rows.append(row.number)
            return True
        end = label.end
        if self.in_header:
            self._close_header(grid, row.number, end)
        after = tuple([cell for cell in row.cells if cell.column >= end])
        if known is None:
            self._unknown(label, after)
            return True
        self._lose_cut()
        self._take(known, label, after)
        return known.code != "carried_out"

    def finish(self) -> None:
        """The document has ended."""
        self._lose_cut()

    def _close_header(self, grid: Grid, number: int, start: int) -> None:
        """The header ends above row `number`, whose figures begin at column `start` or after it."""
        self.in_header = False
        rows = self.head_rows or _rows_above(grid, number)
        self.head = request_header(grid, rows)
        self.narrow = False
        if self.head:
            self.order = self.head.applicants
            self.leaning = _leans(grid, self.head.spans[0][0])
            self.narrow = strange_end(grid, rows) > self.head.spans[0][1]
        self.distrusted = self.head is None and (is_contradicted(grid, rows) or strange_end(grid, rows) > start)

    def _label(self, words: Sequence[GridCell]) -> tuple[GridCell, Known | None]:
        """The cell that names the row: the last with words in it, remarks among the figures apart."""
        for at in range(len(words) - 1, -1, -1):
            groups = tuple(cell.text for cell in words[:at])
            known = find_row(words[at].text, self.last, groups)
            if known is not None:
                return words[at], known
            if len(key(words[at].text)) > _REMARK or _is_numbered(words[at].text):
                break
        return words[-1], None

    def _take(self, known: Known, label: GridCell, after: tuple[GridCell, ...]) -> None:
        self.last = known.position
        chosen = self._chosen(known, after)
        if chosen is None or self.distrusted or not shares_rows(chosen, label):
            self.found.requests.append(RequestFound(known.code, label.text, None))
            return
        figures = dict(zip(self.order, chosen, strict=True))
        self.found.requests.append(RequestFound(known.code, label.text, figures))
        if not any(map(is_printed, chosen)):
            self.cut = _Cut(label, after, taken=True)

    def _chosen(self, known: Known, after: tuple[GridCell, ...]) -> tuple[GridCell, ...] | None:
        if self.head and self.narrow:
            return figures_of(after, len(APPLICANTS), [self.head.spans], fixed=False, countable=False)
        if are_all(after, len(APPLICANTS), self.grid.fixed, bool(known.group)):
            return after
        self.complete = self.complete or _complete_rows(self.grid)
        complete, countable = self.complete
        candidates = [*self._header_spans(countable), *complete]
        return figures_of(after, len(APPLICANTS), candidates, self.grid.fixed, countable, bool(known.group))

    def _header_spans(self, countable: bool) -> list[tuple[Span, ...]]:
        """The header's columns, unless the rows' figures are seen not to keep to them."""
        trusted = self.head is not None and not self.leaning and (countable or self.head.whole)
        return [self.head.spans] if self.head and trusted else []

    def _unlabelled(self, figures: list[GridCell]) -> None:
        """Figures with no label of their own: a page cut the row above, or something is lost. Neither is believed."""
        if figures:
            self._distrust_blank_row()
            self._lose_cut()
            self.found.unknown_row("table three", " ".join(cell.text for cell in figures))

    def _distrust_blank_row(self) -> None:
        if self.cut is not None and self.cut.taken:
            last = self.found.requests[-1]
            self.found.requests[-1] = RequestFound(last.code, last.label, None)

    def _unknown(self, label: GridCell, after: tuple[GridCell, ...]) -> None:
        """A label that names no row: half of one cut by a page, a merged label alone, or a row of their own."""
        if self._joined_with_cut(label, after):
            return
        filled = any(map(is_printed, after))
        if filled and self.cut is not None and self.cut.label.place.page != label.place.page:
            self._distrust_blank_row()
        self._lose_cut()
        if not key(label.text).startswith("注") and (filled or key(label.text) not in group_keys()):
            self.cut = _Cut(label, after, taken=False)

    def _joined_with_cut(self, label: GridCell, after: tuple[GridCell, ...]) -> bool:
        cut = self.cut
        known = find_row(cut.label.text + label.text, self.last) if cut else None
        if cut is None or known is None:
            return False
        upper, lower = any(map(is_printed, cut.after)), any(map(is_printed, after))
        if (upper and lower) or (cut.taken and self.found.requests[-1].code != known.code):
            return False
        if cut.taken:
            self.found.requests.pop()
        self.cut = None
        self._take(known, *((cut.label, cut.after) if upper else (label, after)))
        return True

    def _lose_cut(self) -> None:
        """The other half did not come: a row with figures that was not taken is unknown."""
        if self.cut is not None and not self.cut.taken and any(map(is_printed, self.cut.after)):
            self.found.unknown_row(
                "table three", " ".join([self.cut.label.text, *(cell.text for cell in self.cut.after)])
            )
        self.cut = None


def _rows_above(grid: Grid, number: int) -> list[int]:
    """Rows above the first one that may be a header which is not known for one: as wide as table three's."""
    first = number
    while first and sum(cell.row == first - 1 for cell in grid.printed[first - 1]) >= len(APPLICANTS):
        first -= 1
    return list(range(first, number))


def _is_numbered(text: str) -> bool:
    return without_ordinal(text) != squeeze(text)


def _leans(grid: Grid, start: int) -> bool:
    """Do rows print figures left of the header's first column, having lost a merged label?"""
    for cells in grid.printed:
        for cell in cells:
            if cell.column >= start:
                break
            if cell.end <= start and is_figure(cell.text) and _is_behind_label(cells, cell):
                return True
    return False


def _is_behind_label(cells: Sequence[GridCell], figure_cell: GridCell) -> bool:
    return any(cell.end <= figure_cell.column and find_row(cell.text, -1) for cell in cells)


def _complete_rows(grid: Grid) -> tuple[list[tuple[Span, ...]], bool]:
    """Where rows that print exactly seven figures, and no empty cell between them, have them; whether they tell.

    A row of this table with more than seven shows columns beside the form's: then seven in a row prove nothing.
    """
    found: list[tuple[Span, ...]] = []
    for number, (cells, printed) in enumerate(zip(grid.rows, grid.printed, strict=True)):
        if len(printed) < len(APPLICANTS):
            continue
        figures = [cell for cell in printed if is_figure(cell.text)]
        labels = [cell for cell in printed if cell.row == number and cell not in figures and find_row(cell.text, -1)]
        if labels and sum(cell.column >= labels[-1].end for cell in printed) > len(APPLICANTS):
            return [], False
        if len(figures) == len(APPLICANTS) and cells.index(figures[-1]) - cells.index(figures[0]) == len(figures) - 1:
            spans = tuple((cell.column, cell.end) for cell in figures)
            if spans not in found:
                found.append(spans)
    return found, True
