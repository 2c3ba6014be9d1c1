"""A page's tables as grids, and the characters that stand in none."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from parsers.document import Grid, GridCell
from parsers.geometry.columns import Marked, marked
from parsers.geometry.drawn import Boxes, cut_runs, drawn_boxes, find, runs_over
from parsers.geometry.lattice import Lattice, lattice
from parsers.geometry.page import SNAP, Box, Char, Page
from parsers.geometry.strokes import closed, joined, meeting
from parsers.geometry.text import Line, cell_text, lines_of, spaced
from parsers.report import Place

# Running heads stand in the strips at a page's head and foot, this share of its height.
MARGIN = 0.09
# More rules than any form has: a drawing, a map.
_MOST_RULES = 1500


@dataclass(frozen=True)
class Table:
    """A table on its (first) page: where it stands, its grid, the edges of its columns.

    `at_top`: nothing but a running head is above it; `at_bottom`: nothing but a page number is below.
    """

    page: int
    box: Box
    grid: Grid
    xs: tuple[float, ...]
    at_top: bool
    at_bottom: bool


@dataclass(frozen=True)
class Sheet:
    """What stands on a page: lines and tables."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    height: float


def sheet_of(page: Page) -> Sheet:
    """The page's tables of two columns or more, and its lines outside them."""
    found = [made for made in _lattices(page) if len(made.xs) > 2]
    inside: list[dict[int, list[Char]]] = [{} for _ in found]
    outside = []
    drawn = [drawn_boxes(made, page) for made in found]
    lines = lines_of(page.chars) if found else []
    cut = [cut_runs(lines, boxes) for boxes in drawn]
    middles = [{id(char): (run[0].x0 + run[-1].x1) / 2 for run in runs for char in run} for runs in cut]
    tried = list(zip(found, inside, drawn, middles, strict=True))
    for char in page.chars:
        _, x0, top, x1, bottom, _ = char
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        for made, cells, boxes, whole in tried:
            slot = find(made, boxes, whole.get(id(char), x) if whole else x, y)
            if slot >= 0:
                cells.setdefault(slot, []).append(char)
                break
        else:
            outside.append(char)
    margins = _margins(page)
    tables = [
        _table(page, made, cells, boxes, runs, margins)
        for made, cells, boxes, runs in zip(found, inside, drawn, cut, strict=True)
    ]
    lines = lines_of(outside)
    rows = marked(page, lines)
    told = [_line(page, line, rows.get(at)) for at, line in enumerate(lines)]
    return Sheet(tuple(told), tuple(table for table in tables if table.grid.width > 1), page.height)


def _lattices(page: Page) -> list[Lattice]:
    levels, uprights = joined(page.levels), joined(page.uprights)
    if len(levels) > _MOST_RULES or len(uprights) > _MOST_RULES:
        return []
    made = (lattice(*closed(*group)) for group in meeting(levels, uprights) if group[1])
    return [each for each in made if each is not None]


def _table(
    page: Page,
    made: Lattice,
    inside: dict[int, list[Char]],
    boxes: Boxes,
    cut: list[list[Char]],
    margins: tuple[float, float],
) -> Table:
    cells = []
    # A label that runs over its border is read all the same; of digits nobody can tell whose they are.
    doubtful = [run for run in cut if any(char.text.isdigit() for char in run)]
    for number, slot in enumerate(made.slots):
        box = boxes[number]
        sure = not (doubtful and any(runs_over(run, box) for run in doubtful))
        text = cell_text(inside.get(number, ()), box[2])
        place = Place(page.number, page.shown(box))
        cells.append(GridCell(text, slot.row, slot.column, slot.rowspan, slot.colspan, place, sure))
    _, top, _, bottom = made.box
    at_top, at_bottom = top + SNAP <= margins[0], bottom - SNAP >= margins[1]
    return Table(page.number, made.box, Grid(tuple(cells)), made.xs, at_top, at_bottom)


def _margins(page: Page) -> tuple[float, float]:
    """The foot of the highest character that stands in no running head, and the top of the lowest."""
    head, foot = MARGIN * page.height, (1 - MARGIN) * page.height
    highest = min((bottom for _, _, top, _, bottom, _ in page.chars if top > head), default=math.inf)
    lowest = max((top for _, _, top, _, bottom, _ in page.chars if bottom < foot), default=-math.inf)
    return highest, lowest


def _line(page: Page, chars: list[Char], row: Marked | None) -> Line:
    box = chars[0].x0, min(char.top for char in chars), chars[-1].x1, max(char.bottom for char in chars)
    line = Line(spaced(chars), page.number, box, max(char.size for char in chars), page.shown(box))
    return line if row is None else replace(line, label=row.label, marks=row.marks, spots=row.spots)
