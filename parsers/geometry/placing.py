"""Which cell each character of a page stands in."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.geometry.drawn import CUT, REACH, Boxes, find
from parsers.geometry.lattice import Lattice
from parsers.geometry.lines import HAIR
from parsers.geometry.page import Box, Char

# Digits of two cells, each nearer than this to the border between them, may touch; in points.
_NEAR = 0.8
_NOWHERE: Box = (math.inf, math.inf, -math.inf, -math.inf)


@dataclass
class Tried:
    """A table that characters may stand in: its slots' boxes as drawn, and the characters by number of the slot.

    `cut` are the runs of characters that a border cuts: all of a run stand where its middle does (`middles`, by id).
    """

    made: Lattice
    boxes: Boxes
    cut: list[list[Char]]
    cells: dict[int, list[Char]] = field(default_factory=dict)
    middles: dict[int, float] = field(init=False)

    def __post_init__(self) -> None:
        self.middles = {id(char): (run[0].x0 + run[-1].x1) / 2 for run in self.cut for char in run}


def place(chars: Iterable[Char], tables: Sequence[Tried]) -> list[Char]:
    """Put each character into the first table that has a cell for it; returns those that no table has."""
    outside: list[Char] = []
    cut = {at for table in tables for at in table.middles}
    # Most characters stand where the one before does: in a room all of whose points are one cell's, or no table's.
    left, top, right, bottom = _NOWHERE
    mates = outside
    for char in chars:
        _, x0, y0, x1, y1, _ = char
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if cut and id(char) in cut:
            cell = _cell(tables, char, x, y)
            (outside if cell is None else cell).append(char)
            continue
        if not (left <= x < right and top <= y < bottom):
            mates, (left, top, right, bottom) = _around(tables, x, y, outside)
        mates.append(char)
    return outside


def place_at_once(chars: Iterable[Char], tables: Sequence[Tried]) -> list[Char] | None:
    """What `place` does on a page as most are, where no figure runs over a border; None on any other.

    Every character stands in its cell, or away from all tables: across within the borders, digits so far within that
    they touch none beyond, and no nearer to the rules above and below than two prints of one are to each other.
    """
    outside: list[Char] = []
    left, top, right, bottom = _NOWHERE
    near_left, near_right = left, right
    mates = outside
    for char in chars:
        letter, x0, y0, x1, y1, _ = char
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if not (left <= x < right and top <= y < bottom):
            mates, (left, top, right, bottom) = _around(tables, x, y, outside)
            near_left, near_right = left + _NEAR, right - _NEAR
            top, bottom = top + HAIR, bottom - HAIR
            if not top <= y < bottom:
                return None
        if x0 < near_left or x1 > near_right:
            # Half of what makes a cut: the border may be drawn a little farther in, in the rows above and below.
            slack = CUT / 2 * (x1 - x0)
            if letter.isdigit() or x0 + slack < left or x1 - slack > right:
                return None
        mates.append(char)
    return outside


def _cell(tables: Sequence[Tried], char: Char, x: float, y: float) -> list[Char] | None:
    """The cell of a character whose own middle is at (x, y)."""
    for table in tables:
        slot = find(table.made, table.boxes, table.middles.get(id(char), x), y)
        if slot >= 0:
            return table.cells.setdefault(slot, [])
    return None


def _around(tables: Sequence[Tried], x: float, y: float, outside: list[Char]) -> tuple[list[Char], Box]:
    """The cell around a point, or else `outside`, and a room around it that has the same one everywhere."""
    for at, table in enumerate(tables):
        made, boxes = table.made, table.boxes
        xs, ys = made.xs, made.ys
        column, row = bisect(xs, x) - 1, bisect(ys, y) - 1
        slot = made.slot_at[row][column] if 0 <= row < len(ys) - 1 and 0 <= column < len(xs) - 1 else -1
        if slot >= 0:
            x0, top, x1, bottom = boxes[slot]
            if x0 <= x < x1 and top <= y < bottom:
                # What of the slot's drawn box lies in the slot's own pieces of the lattice.
                _, _, tall, wide = made.slots[slot]
                first, last = _reach(made.slot_at[row], column) if wide > 1 else (column, column + 1)
                high, low = _reach([line[first:last] for line in made.slot_at], row) if tall > 1 else (row, row + 1)
                left, above, right, below = xs[first], ys[high], xs[last], ys[low]
                room = (
                    x0 if x0 > left else left,
                    top if top > above else above,
                    x1 if x1 < right else right,
                    bottom if bottom < below else below,
                )
                is_shared = at and not all(_is_apart(room, other.made) for other in tables[:at])
                return table.cells.setdefault(slot, []), _NOWHERE if is_shared else room
        slot = find(made, boxes, x, y)
        if slot >= 0:
            return table.cells.setdefault(slot, []), _NOWHERE
    return outside, _between(tables, y)


def _reach(slots: Sequence[object], at: int) -> tuple[int, int]:
    """From where to before where a row of slots, or of rows of slots, is the same as at a place."""
    first, last = at, at + 1
    while first > 0 and slots[first - 1] == slots[at]:
        first -= 1
    while last < len(slots) and slots[last] == slots[at]:
        last += 1
    return first, last


def _is_apart(room: Box, made: Lattice) -> bool:
    """Is no point of the room one that the table may have a cell for?"""
    left, top, right, bottom = made.box
    aside = room[2] <= left - REACH or room[0] >= right + REACH
    return aside or room[3] <= top - REACH or room[1] >= bottom + REACH


def _between(tables: Sequence[Tried], y: float) -> Box:
    """The strip of the page around `y` that no table reaches into."""
    above, below = -math.inf, math.inf
    for table in tables:
        first, last = table.made.ys[0] - REACH, table.made.ys[-1] + REACH
        if y < first:
            below = min(below, first)
        elif y >= last:
            above = max(above, last)
        else:
            return _NOWHERE
    return -math.inf, above, math.inf, below
