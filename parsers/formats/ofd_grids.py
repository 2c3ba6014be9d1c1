"""Ruled tables of one page from its characters and lines. Knows no file format; a point is 1/72 inch, y grows down."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.document import Grid, GridCell
from parsers.report import Place

# Lines this close are one; a line may fall this short of the one it meets.
SNAP = 3.0
# Lines are held against each other; a dense table has under two thousand.
_MOST_LINES = 4_000
_MOST_CELLS = 50_000


@dataclass(frozen=True)
class Char:
    """A character and its box in points from the page's top left."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Line:
    """A horizontal or vertical line: of its two sides one is longer than the snap distance, the other is not."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top

    @property
    def at(self) -> float:
        """Where it lies across its direction."""
        return (self.top + self.bottom) / 2 if self.is_level else (self.x0 + self.x1) / 2

    @property
    def reach(self) -> tuple[float, float]:
        """Where it begins and ends."""
        return (self.x0, self.x1) if self.is_level else (self.top, self.bottom)


def grids(chars: Sequence[Char], lines: Sequence[Line]) -> list[Grid]:
    """The page's tables of two columns or more, top to bottom; each cell with page, box and text."""
    found = []
    for table in _tables(list(dict.fromkeys(lines))[:_MOST_LINES]):
        level, upright = [line for line in table if line.is_level], [line for line in table if not line.is_level]
        xs, ys = edges([line.at for line in upright]), edges([line.at for line in level])
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
            continue
        inside = [char for char in chars if _within(char, (xs[0], ys[0], xs[-1], ys[-1]))]
        cells = list(_cells(_Walls(xs, ys, upright, level), inside, table[0].page))
        if cells:
            found.append(Grid(tuple(cells)))
    return sorted(found, key=lambda grid: box_of(grid)[1])


def box_of(grid: Grid) -> tuple[float, float, float, float]:
    """The box around a grid's cells, which all have one."""
    boxes = [cell.place.bbox for cell in grid.cells if cell.place.bbox is not None]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def edges(values: Sequence[float]) -> list[float]:
    """Sorted places, those closer than the snap distance taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SNAP:
            found.append(value)
    return found


def nearest(places: Sequence[float], value: float) -> int:
    """The number of the place closest to a value."""
    return min(range(len(places)), key=lambda at: abs(places[at] - value))


def _within(char: Char, box: tuple[float, float, float, float]) -> bool:
    x, y = char.middle
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _tables(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that meet, directly or through others, are one table."""
    level, upright = [line for line in lines if line.is_level], [line for line in lines if not line.is_level]
    group = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    upright_order = sorted(range(len(upright)), key=lambda at: upright[at].at)
    for number, line in enumerate(level):
        start, end = line.reach
        for at in upright_order:
            other = upright[at]
            if other.at > end + SNAP:
                break
            if other.at >= start - SNAP and other.reach[0] - SNAP <= line.at <= other.reach[1] + SNAP:
                group[root(number)] = root(len(level) + at)
    tables: dict[int, list[Line]] = {}
    for at, line in enumerate([*level, *upright]):
        tables.setdefault(root(at), []).append(line)
    return list(tables.values())


class _Walls:
    """Which sides of the smallest boxes between a table's lines are drawn."""

    def __init__(self, xs: list[float], ys: list[float], upright: list[Line], level: list[Line]) -> None:
        self.xs, self.ys = xs, ys
        self._upright = _drawn(xs, ys, upright)
        self._level = _drawn(ys, xs, level)

    def beside(self, column: int, row: int) -> bool:
        """Is there a wall at the left of this box?"""
        return (column, row) in self._upright

    def above(self, column: int, row: int) -> bool:
        """Is there a wall over this box?"""
        return (row, column) in self._level


def _drawn(places: list[float], steps: list[float], lines: list[Line]) -> set[tuple[int, int]]:
    """(number of the place, number of the step) for each step that a line covers at its middle."""
    drawn = set()
    middles = [(start + end) / 2 for start, end in pairwise(steps)]
    for line in lines:
        at = nearest(places, line.at)
        drawn |= {(at, step) for step, middle in enumerate(middles) if line.reach[0] <= middle <= line.reach[1]}
    return drawn


def _cells(walls: _Walls, chars: Sequence[Char], page: int) -> Iterator[GridCell]:
    """The rectangles of boxes without a wall between them. A region open at a side, or of another shape, is no cell."""
    by_box: dict[tuple[int, int], list[Char]] = {}
    for char in chars:
        x, y = char.middle
        by_box.setdefault((_step(walls.xs, x), _step(walls.ys, y)), []).append(char)
    seen: set[tuple[int, int]] = set()
    for row in range(len(walls.ys) - 1):
        for column in range(len(walls.xs) - 1):
            if (column, row) in seen:
                continue
            region, closed = _region(walls, column, row)
            seen |= region
            right, down = max(x for x, _ in region), max(y for _, y in region)
            left, top = min(x for x, _ in region), min(y for _, y in region)
            if not closed or len(region) != (right - left + 1) * (down - top + 1):
                continue
            inside = [char for box in region for char in by_box.get(box, [])]
            box = (walls.xs[left], walls.ys[top], walls.xs[right + 1], walls.ys[down + 1])
            x0, y0, x1, y1 = (round(side, 2) for side in box)
            place = Place(page, (x0, y0, x1, y1))
            yield GridCell(text_of(inside, box[2]), top, left, down - top + 1, right - left + 1, place)


def _step(places: list[float], value: float) -> int:
    return max(bisect_right(places, value) - 1, 0)


def _region(walls: _Walls, column: int, row: int) -> tuple[set[tuple[int, int]], bool]:
    """All boxes that can be reached without crossing a wall, and whether walls close them in."""
    columns, rows = len(walls.xs) - 1, len(walls.ys) - 1
    region, todo, closed = {(column, row)}, [(column, row)], True
    while todo:
        x, y = todo.pop()
        ways = [
            (x - 1, y, walls.beside(x, y)),
            (x + 1, y, walls.beside(x + 1, y)),
            (x, y - 1, walls.above(x, y)),
            (x, y + 1, walls.above(x, y + 1)),
        ]
        for next_x, next_y, wall in ways:
            if wall or (next_x, next_y) in region:
                continue
            if not (0 <= next_x < columns and 0 <= next_y < rows):
                closed = False
                continue
            region.add((next_x, next_y))
            todo.append((next_x, next_y))
    return region, closed


def text_of(chars: Sequence[Char], right: float) -> str:
    """The lines of a cell that ends at `right`. A figure that fills its line to there goes on in the next."""
    text, end = "", 0.0
    for line in lines_of(chars):
        words = spaced(line)
        width = (line[-1].x1 - line[0].x0) / len(line)
        wrapped = right - end < 1.6 * width and text[-1:] in _DIGITS and words[:1] in _DIGITS
        text += words if not text or wrapped else "\n" + words
        end = line[-1].x1
    return text


_DIGITS = frozenset("0123456789.,")


def lines_of(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters in lines, top to bottom, each left to right."""
    lines: list[list[Char]] = []
    for char in sorted((char for char in chars if char.text.strip()), key=lambda char: char.middle[1]):
        if lines and char.middle[1] - lines[-1][0].middle[1] < 0.5 * char.size:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda char: char.x0) for line in lines]


def spaced(line: Sequence[Char]) -> str:
    """A line's text, with a space where the gap is wider than letters are set apart."""
    text = line[0].text
    for char, after in pairwise(line):
        text += (" " if after.x0 - char.x1 > 0.3 * after.size else "") + after.text
    return text.strip()
