"""The cells of scanned tables read again, each for itself: figures by several looks, blanks by the lack of ink."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.document import Block, Document, Grid, GridCell
from parsers.formats.scan_engine import Engine, Grey
from parsers.formats.scan_ink import Ink, ink_in, paper_and_ink
from parsers.formats.scan_looks import CLOSER_LOOKS, FIRST_LOOKS, Look, Seen, look_at
from parsers.geometry.page import Page
from parsers.geometry.tables import Sheet, Table
from parsers.report import Place

# Words that stand in a cell of figures: 12件, 318000元, 无.
_BESIDE_FIGURES = "件项个条宗起份元万亿千百无零"
_HAN = re.compile(rf"[^\W\d_a-zA-Z{_BESIDE_FIGURES}]")
# So many other words make a label.
_LEAST_WORDS = 2


@dataclass
class Kept:
    """The figures of a document for a closer look: their lines of ink, and what was seen so far."""

    lines: dict[Place, tuple[list[Ink], Seen]] = field(default_factory=dict)


def read_again(sheet: Sheet, page: Page, grey: Grey, dots: float, engine: Engine, kept: Kept) -> Sheet:
    """The sheet with every cell that is no label read again. `grey` is the page's picture without its rules."""
    levels = paper_and_ink(grey)
    inks: dict[Place, Ink] = {}
    for table in sheet.tables:
        for cell in table.grid.cells:
            if cell.place.bbox is not None and not _is_label(cell.text):
                inks[cell.place] = ink_in(grey, page.level(cell.place.bbox), dots, levels)
    seen = _seen({place: ink.lines() for place, ink in inks.items()}, FIRST_LOOKS, engine)
    kept.lines |= {place: (inks[place].lines(), each) for place, each in seen.items() if not inks[place].is_blank}
    tables = tuple(_with_table(table, seen) for table in sheet.tables)
    return replace(sheet, tables=tables)


def look_closer(document: Document, places: Iterable[Place], kept: Kept, engine: Engine) -> Document:
    """The document with the figures at these places looked at again; what is seen differently is not believed."""
    lines = {place: kept.lines[place][0] for place in places if place in kept.lines}
    found = _seen(lines, CLOSER_LOOKS, engine)
    seen = {place: _both(kept.lines[place][1], again) for place, again in found.items()}
    blocks: list[Block] = [_with(block, seen) if isinstance(block, Grid) else block for block in document.blocks]
    return replace(document, blocks=tuple(blocks), closer=None)


def _both(first: Seen, again: Seen) -> Seen:
    if first.doubt is not None:
        return first
    confidence = min(first.confidence, again.confidence)
    if again.text != first.text:
        return Seen(first.text, "readings_differ", confidence)
    return Seen(first.text, again.doubt, confidence)


def _is_label(text: str) -> bool:
    return len(_HAN.findall(text)) >= _LEAST_WORDS


def _seen(cells: Mapping[Place, Sequence[Ink]], looks: Sequence[Look], engine: Engine) -> dict[Place, Seen]:
    """What is seen in each cell. A cell without ink is blank; one with something faint in it is doubtful."""
    inks = [line for lines in cells.values() for line in lines]
    by_line = iter(look_at(inks, looks, engine))
    found = {}
    for place, lines in cells.items():
        parts = [next(by_line) for _ in lines]
        found[place] = _joined(parts)
    return found


def _joined(parts: Sequence[Seen]) -> Seen:
    doubts = [part.doubt for part in parts if part.doubt is not None]
    confidence = min((part.confidence for part in parts), default=1.0)
    return Seen("\n".join(part.text for part in parts), doubts[0] if doubts else None, confidence)


def _with_table(table: Table, seen: Mapping[Place, Seen]) -> Table:
    return replace(table, grid=_with(table.grid, seen))


def _with(grid: Grid, seen: Mapping[Place, Seen]) -> Grid:
    return replace(grid, cells=tuple(_told(cell, seen.get(cell.place)) for cell in grid.cells))


def _told(cell: GridCell, seen: Seen | None) -> GridCell:
    if seen is None:
        return cell
    return replace(
        cell, text=seen.text, sure=seen.doubt is None, doubt=seen.doubt, confidence=round(seen.confidence, 3)
    )
