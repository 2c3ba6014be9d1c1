"""The cells of scanned tables read again, each for itself: figures by several looks, blanks by the lack of ink."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.document import POINT_OR_COMMA, Block, Document, Grid, GridCell
from parsers.formats.scan_engine import Engine, Grey, Read
from parsers.formats.scan_ink import Ink, ink_in, paper_and_ink
from parsers.formats.scan_looks import CLOSER_LOOKS, FIRST_LOOKS, Look, Seen, agreed, look_at
from parsers.formats.scan_marks import mark_in
from parsers.geometry.page import Page
from parsers.geometry.tables import Sheet, Table
from parsers.geometry.wrapping import must_go_on
from parsers.numbers import is_figure
from parsers.report import Place

# Words that stand in a cell of figures: 12件, 318000元, 无.
_BESIDE_FIGURES = "件项个条宗起份元万亿千百无零"
_HAN = re.compile(rf"[^\W\d_a-zA-Z{_BESIDE_FIGURES}]")
_ANY_HAN = re.compile(r"[\u3400-\u9fff]")
_FIGURE = re.compile(r"[\d,.，．]+")
# Thousands, or a figure with a fraction of three digits.
_PARTED = re.compile(r"\d{1,3}(?:,\d{3})+")
# So many other words make a label.
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Looked:
    """A line of ink and what was read in it so far."""

    ink: Ink
    reads: tuple[Read, ...]

    def seen(self) -> Seen:
        """What is to be believed of it."""
        mark = mark_in(self.ink)
        return agreed(self.ink, self.reads) if mark is None else Seen(mark, None, 1.0)


@dataclass
class Kept:
    """The figures of a document by their places, for a closer look."""

    lines: dict[Place, list[Looked]] = field(default_factory=dict)


def read_again(sheet: Sheet, page: Page, grey: Grey, dots: float, engine: Engine, kept: Kept) -> Sheet:
    """The sheet with every cell that is no label read again. `grey` is the page's picture without its rules."""
    levels = paper_and_ink(grey)
    inks = {
        cell.place: ink_in(grey, page.level(cell.place.bbox), dots, levels)
        for table in sheet.tables
        for cell in table.grid.cells
        if cell.place.bbox is not None and not _is_label(cell.text)
    }
    lines = _looked(
        {place: [Looked(line, ()) for line in ink.lines()] for place, ink in inks.items()}, FIRST_LOOKS, engine
    )
    kept.lines |= lines
    seen = {place: _sensible(_joined(each, inks[place].faint)) for place, each in lines.items()}
    return replace(sheet, tables=tuple(_with_table(table, seen) for table in sheet.tables))


def look_closer(document: Document, places: Iterable[Place], kept: Kept, engine: Engine) -> Document:
    """The document with the figures at these places looked at again; what is seen differently is not believed."""
    again = {place: kept.lines[place] for place in places if kept.lines.get(place)}
    seen = {place: _sensible(_joined(each, False)) for place, each in _looked(again, CLOSER_LOOKS, engine).items()}
    blocks: list[Block] = [_with(block, seen) if isinstance(block, Grid) else block for block in document.blocks]
    return replace(document, blocks=tuple(blocks), closer=None)


def _is_label(text: str) -> bool:
    return len(_HAN.findall(text)) >= _LEAST_WORDS


def _looked(
    cells: Mapping[Place, Sequence[Looked]], looks: Sequence[Look], engine: Engine
) -> dict[Place, list[Looked]]:
    """The cells' lines with what these looks read added. Marks are told by their shape: nothing is read in them."""
    asked = [line.ink for lines in cells.values() for line in lines if mark_in(line.ink) is None]
    found = iter(look_at(asked, looks, engine))
    return {
        place: [line if mark_in(line.ink) else Looked(line.ink, line.reads + next(found)) for line in lines]
        for place, lines in cells.items()
    }


def _joined(lines: Sequence[Looked], faint: bool) -> Seen:
    """The whole cell. One without ink is blank, one with something faint in it doubtful."""
    if faint:
        return Seen("", "low_confidence", 0.0)
    parts = [line.seen() for line in lines]
    doubts = [part.doubt for part in parts if part.doubt is not None]
    if len(lines) > 1 and any(mark_in(line.ink) for line in lines):
        # No figure has a dash of its own above or below it: a piece of a letter, or of a rule.
        doubts.append("low_confidence")
    confidence = min((part.confidence for part in parts), default=1.0)
    text = _unwrapped([part.text for part in parts])
    if "\n" in text and all(_FIGURE.fullmatch(line) for line in text.split("\n")):
        # One figure that was wrapped, or two whose rule was not seen.
        doubts.append("low_confidence")
    figure = text.replace(".", ",")
    if _PARTED.fullmatch(figure) and not set(doubts) - {POINT_OR_COMMA}:
        return Seen(figure if doubts else text, POINT_OR_COMMA, confidence)
    doubt = doubts[0] if doubts else None
    return Seen(text, "readings_differ" if doubt == POINT_OR_COMMA else doubt, confidence)


def _sensible(seen: Seen) -> Seen:
    """What was seen, if a cell can print it: neither figure nor Han is dirt, which as a word would cost its row."""
    if _ANY_HAN.search(seen.text) or all(is_figure(line) for line in seen.text.split("\n") if line):
        return seen
    return Seen("", seen.doubt or "low_confidence", seen.confidence)


def _unwrapped(lines: Sequence[str]) -> str:
    """The lines, those in one that can only be one figure."""
    text = ""
    for line in lines:
        text += line if not text or must_go_on(text, line) else f"\n{line}"
    return text


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
