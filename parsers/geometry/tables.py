"""A page's tables as grids, and the characters that stand in none."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import partial
from operator import itemgetter, sub

from parsers.document import Grid, GridCell
from parsers.geometry.columns import Marked, marked
from parsers.geometry.doubles import undoubled
from parsers.geometry.drawn import cut_runs, drawn_boxes, over_levels, runs_over, strokes_within, struck
from parsers.geometry.lattice import Lattice, lattice
from parsers.geometry.lines import lines_of, stand_apart
from parsers.geometry.page import SNAP, Box, Char, Page, Rule
from parsers.geometry.placing import Tried, place, place_at_once
from parsers.geometry.strokes import closed, joined, meeting
from parsers.geometry.text import Line, cell_text, lines_in, spaced, text_at_once, text_of
from parsers.report import Place

# Running heads stand in the strips at a page's head and foot, this share of its height.
MARGIN = 0.09
# More rules than any form has: a drawing, a map.
_MOST_RULES = 1500
_ANGLE = itemgetter(5)
_place: partial[Place] = partial(tuple.__new__, Place)  # past what makes a named tuple slow to make


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


def printed(page: Page) -> Sheet:
    """The page's tables and lines, whatever is printed twice on it taken once."""
    return _at_once(page) or sheet_of(undoubled(page))


def sheet_of(page: Page) -> Sheet:
    """The page's tables of two columns or more, and its lines outside them."""
    lattices, strokes = _ruled(page)
    tried = [_tried(page, made) for made in lattices]
    if not tried:
        return _sheet(page, [], page.lines)
    outside = place(page.chars, tried)
    tables = []
    for each in tried:
        texts = {at: cell_text(chars, each.boxes[at][2]) for at, chars in each.cells.items()}
        doubted = over_levels(each.made, each.boxes, each.cells) | struck(strokes, each.cells)
        tables.append(_table(page, each, texts, doubted))
    return _sheet(page, tables, lines_of(outside))


def _at_once(page: Page) -> Sheet | None:
    """What `printed` gives for a page as most with a table are: no line cuts a figure, nothing is near another.

    None for any other, and where that cannot be told from one cell alone.
    """
    lattices, strokes = _ruled(page)
    if strokes:
        return None
    tried = [Tried(made, drawn_boxes(made, page), []) for made in lattices]
    outside = place_at_once(page.chars, tried) if tried else None
    if outside is None:
        return None
    lines = lines_of(outside)
    if not stand_apart(lines):
        return None
    tables = []
    for each in tried:
        texts = {}
        for at, chars in each.cells.items():
            text = chars[0][0] if len(chars) == 1 else text_at_once(chars)
            if text is None:
                inside, right = lines_in(chars, each.boxes[at][2])
                if not stand_apart(inside):
                    return None
                text = text_of(inside, right)
            texts[at] = text
        tables.append(_table(page, each, texts))
    return _sheet(page, tables, lines)


def _sheet(page: Page, tables: list[Table], lines: list[list[Char]]) -> Sheet:
    rows = marked(page, lines)
    told = [_line(page, line, rows.get(at)) for at, line in enumerate(lines)]
    return Sheet(tuple(told), tuple(table for table in tables if table.grid.width > 1), page.height)


def _tried(page: Page, made: Lattice) -> Tried:
    boxes = drawn_boxes(made, page)
    return Tried(made, boxes, cut_runs(page.lines, boxes))


def _ruled(page: Page) -> tuple[list[Lattice], list[Rule]]:
    """The page's tables, and the level lines in them that are no borders."""
    levels, uprights = joined(page.levels), joined(page.uprights)
    if len(levels) > _MOST_RULES or len(uprights) > _MOST_RULES:
        return [], []
    made = (lattice(*closed(*group)) for group in meeting(levels, uprights) if group[1])
    lattices = [each for each in made if each is not None and len(each.xs) > 2]
    return lattices, strokes_within(levels, lattices)


def _table(page: Page, tried: Tried, texts: dict[int, str], doubted: Container[int] = ()) -> Table:
    """A table of these texts, by number of their slot; of `doubted` slots nobody can tell the figures."""
    made, number, shown = tried.made, page.number, page.shown
    cells = []
    # A label that runs over its border is read all the same; of digits nobody can tell whose they are.
    doubtful = [run for run in tried.cut if any(char.text.isdigit() for char in run)]
    unsure = {at for run in doubtful for at, box in enumerate(tried.boxes) if runs_over(run, box)}
    for at, ((row, column, down, right), box) in enumerate(zip(made.slots, tried.boxes, strict=True)):
        cells.append(
            GridCell(
                texts.get(at, ""),
                row,
                column,
                down,
                right,
                _place((number, shown(box))),
                at not in unsure and at not in doubted,
            )
        )
    _, top, _, bottom = made.box
    return Table(number, made.box, Grid(tuple(cells)), made.xs, _is_at_top(page, top), _is_at_bottom(page, bottom))


def _is_at_top(page: Page, top: float) -> bool:
    """Is nothing but a running head above a table that begins at `top`?"""
    head, least = MARGIN * page.height, top + SNAP
    return not any(char[4] < least and char[2] > head for char in page.chars)


def _is_at_bottom(page: Page, bottom: float) -> bool:
    """Is nothing but a running foot below a table that ends at `bottom`? Text is mostly printed from the top down."""
    foot, most = (1 - MARGIN) * page.height, bottom - SNAP
    return not any(char[2] > most and char[4] < foot for char in reversed(page.chars))


def _line(page: Page, chars: list[Char], row: Marked | None) -> Line:
    tops, bottoms = [char[2] for char in chars], [char[4] for char in chars]
    box = chars[0][1], min(tops), chars[-1][3], max(bottoms)
    size = max(map(sub, bottoms, tops)) if not any(map(_ANGLE, chars)) else max([char.size for char in chars])
    told = (row.label, row.marks, row.spots) if row else ()
    return Line(spaced(chars), page.number, box, size, page.shown(box), *told)
