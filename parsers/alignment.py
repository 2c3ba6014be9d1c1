"""Which cells of a grid's row are its figures. A row that does not decide it has none: nothing is padded or shifted."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.document import GridCell
from parsers.numbers import is_figure

Span = tuple[int, int]


def is_printed(cell: GridCell) -> bool:
    """Is anything printed in the cell?"""
    text = cell.text
    return bool(text) and not text.isspace()


def figures_of(
    after: Sequence[GridCell],
    count: int,
    candidates: Sequence[tuple[Span, ...]],
    fixed: bool,
    countable: bool = True,
    adjacent: bool = False,
) -> tuple[GridCell, ...] | None:
    """The `count` cells that are the figures among the cells after a row's label; None where that is not certain.

    In this order: exactly that many cells follow, in a format with real cells; exactly that many figures are
    printed, with no empty cell between them and nothing else; each stands alone under a column of one of `candidates`
    (spans of a header's columns or of the figures of complete rows), and nothing is printed beside them. Counting is
    out of the question in a table that is not `countable`: it has columns beside the form's. The first figure is known
    to stand next to an `adjacent` label; behind others the label's own columns may go on with empty cells.
    """
    if fixed and len(after) == count and (adjacent or not candidates or not _is_shifted(after, candidates)):
        return tuple(after)
    marks = [at for at, cell in enumerate(after) if is_printed(cell)]
    in_a_row = len(marks) == count and marks[-1] - marks[0] == count - 1
    if countable and in_a_row and all(is_figure(after[at].text) for at in marks):
        return tuple(after[at] for at in marks)
    under = _under_any(after, candidates)
    distinct = {tuple(map(id, cells)) for cells in under}
    if len(distinct) == 1 or (under and not marks):
        return under[0]
    return None


def are_all(after: Sequence[GridCell], count: int, fixed: bool, adjacent: bool) -> bool:
    """Are the cells after a label plainly the figures, whatever columns others keep to: none of them can be shifted?"""
    return fixed and len(after) == count and (adjacent or is_printed(after[0]))


def _is_shifted(after: Sequence[GridCell], candidates: Sequence[tuple[Span, ...]]) -> bool:
    """Is the first cell empty, and not because it stands under a column that is?"""
    return not is_printed(after[0]) and any(map(is_printed, after)) and not _under_any(after, candidates)


def _under_any(after: Sequence[GridCell], candidates: Sequence[tuple[Span, ...]]) -> list[tuple[GridCell, ...]]:
    return [cells for cells in (_under(after, spans) for spans in candidates) if cells is not None]


def _under(after: Sequence[GridCell], spans: tuple[Span, ...]) -> tuple[GridCell, ...] | None:
    chosen = []
    for start, end in spans:
        over = [cell for cell in after if cell.column < end and cell.end > start]
        if len(over) != 1:
            return None
        chosen.append(over[0])
    if len({id(cell) for cell in chosen}) != len(spans):
        return None
    if any(is_printed(cell) and all(cell is not other for other in chosen) for cell in after):
        return None
    return tuple(chosen)


def shares_rows(cells: Sequence[GridCell], label: GridCell) -> bool:
    """Does each printed figure stand in the label's rows and no other? One merged over two rows belongs to neither."""
    row, rowspan = label.row, label.rowspan
    apart = [cell for cell in cells if cell.row != row or cell.rowspan != rowspan]
    return not any(map(is_printed, apart))
