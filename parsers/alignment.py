"""Which cells of a grid's row are its figures. A row that does not decide it has none: nothing is padded or shifted."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.document import GridCell
from parsers.found import Figure

Span = tuple[int, int]


def is_printed(cell: GridCell) -> bool:
    """Is anything printed in the cell?"""
    return bool(cell.text.strip())


def figures_of(
    after: Sequence[GridCell], count: int, candidates: Sequence[tuple[Span, ...]], fixed: bool
) -> tuple[GridCell, ...] | None:
    """The `count` cells that are the figures among the cells after a row's label; None where that is not certain.

    In this order: exactly that many cells follow, in a format with real cells; exactly that many are printed, with
    no empty one between them; each stands alone under a column of one of `candidates` (spans of a header's columns
    or of the figures of complete rows), and nothing is printed beside them.
    """
    if fixed and len(after) == count:
        return tuple(after)
    marks = [at for at, cell in enumerate(after) if is_printed(cell)]
    if len(marks) == count and marks[-1] - marks[0] == count - 1:
        return tuple(after[at] for at in marks)
    found = [cells for cells in (_under(after, spans) for spans in candidates) if cells is not None]
    distinct = {tuple(map(id, cells)) for cells in found}
    if len(distinct) == 1 or (found and not marks):
        return found[0]
    return None


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
    return all((cell.row, cell.rowspan) == (label.row, label.rowspan) for cell in cells if is_printed(cell))


def figure(cell: GridCell) -> Figure:
    """The cell as a printed figure."""
    return Figure(cell.text.strip(), cell.place)
