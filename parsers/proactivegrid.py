"""Table two in a grid: banners, a header for each, one to three figures a row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from parsers.alignment import figures_of, is_printed, shares_rows
from parsers.document import Grid, GridCell
from parsers.forms import FORMS, ProactiveRow
from parsers.found import Found, ProactiveFound
from parsers.gridrows import Row
from parsers.headers import ProactiveHeader, banner_number, proactive_header
from parsers.labels import LONGEST_LABEL, begins_with, key, nearly


def find_rows(label: str) -> Mapping[tuple[str, int], ProactiveRow]:
    """The rows of table two with this label, by (form, number of the banner)."""
    return _find_rows(label) if len(label) <= LONGEST_LABEL else _find_rows.__wrapped__(label)


@lru_cache(1024)  # reports print the same labels
def _find_rows(label: str) -> Mapping[tuple[str, int], ProactiveRow]:
    for same in (_is_label, _is_nearly_label):
        rows = {
            (name, at): row
            for name, form in FORMS.items()
            for at, banner in enumerate(form.banners)
            for row in banner.rows
            if same(label, row)
        }
        if rows:
            return rows
    return {}


def _is_label(text: str, row: ProactiveRow) -> bool:
    return any(key(text) == key(label) or begins_with(text, label) for label in row.labels)


def _is_nearly_label(text: str, row: ProactiveRow) -> bool:
    return any(nearly(key(text), key(label)) for label in row.labels)


def starts_proactive(grid: Grid) -> bool:
    """Does the grid's first printed row belong to table two: a banner, a header, a known label?"""
    for printed in grid.printed:
        if printed:
            first = printed[0].text
            return bool(banner_number(first) or proactive_header(printed, None) or find_rows(first))
    return False


class ProactiveReader:
    """Follows banner, header and rows; a header holds until the next banner or header."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.numbers: dict[str, int] | None = None
        self.head: ProactiveHeader | None = None

    def banner(self, numbers: dict[str, int]) -> None:
        """A banner row: the part of table two that begins here."""
        self.numbers, self.head = numbers, None

    def header(self, head: ProactiveHeader) -> None:
        """A header row."""
        self.head = head
        self.found.forms += head.options[:1] if head.is_of_one_form else ()

    def row(self, grid: Grid, row: Row) -> None:
        """A row under a header: a known label with its figures, or a row that no form has."""
        if not row.words or key(row.words[0].text).startswith("注"):
            return
        label = row.words[0]
        rows = find_rows(label.text)
        if not rows:
            if len(row.words) < len(row.printed):
                self.found.unknown_row("table two", " ".join(cell.text for cell in row.printed))
            return
        self.found.proactive.append(self._found(grid, label, row.cells, rows))

    def _found(
        self,
        grid: Grid,
        label: GridCell,
        cells: tuple[GridCell, ...],
        rows: Mapping[tuple[str, int], ProactiveRow],
    ) -> ProactiveFound:
        after = [cell for cell in cells if cell.column >= label.end]
        if self.head is not None and not self.head.options and self.head.tells_other_time:
            return self._row(label, None, None, (), None, ())
        if self.head is None or (not self.head.options and len(self.head.texts) == 1):
            # Without a header that tells the form, the count of cells must: the form decides later what it may be.
            marks = [cell for cell in after if is_printed(cell)]
            count = len(after) if grid.fixed else len(marks)
            chosen = figures_of(after, count, [], grid.fixed) if count else None
            return self._row(label, None, None, tuple(range(count)), chosen, self.head.texts if self.head else ())
        option = next((option for option in self.head.options if option in rows), None)
        if option is None:
            return self._row(label, None, None, (), None, ())
        form, banner = option if self.head.is_of_one_form else (None, None)
        chosen = figures_of(after, len(self.head.columns), [self.head.spans], grid.fixed)
        return self._row(label, form, banner, self.head.columns, chosen, self.head.texts)

    def _row(
        self,
        label: GridCell,
        form: str | None,
        banner: int | None,
        columns: tuple[int, ...],
        chosen: tuple[GridCell, ...] | None,
        headers: tuple[str, ...],
    ) -> ProactiveFound:
        if chosen is not None and not shares_rows(chosen, label):
            chosen = None
        return ProactiveFound(label.text, form, banner, columns, chosen, headers)
