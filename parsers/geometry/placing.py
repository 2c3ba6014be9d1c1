"""Which cell each character of a page stands in."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.geometry.drawn import REACH, Boxes, find
from parsers.geometry.lattice import Lattice
from parsers.geometry.page import Box, Char

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
    room = outside
    for char in chars:
        _, x0, y0, x1, y1, _ = char
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if cut and id(char) in cut:
            at, slot = _cell(tables, char, x, y)
            (outside if at < 0 else tables[at].cells.setdefault(slot, [])).append(char)
            continue
        if not (left <= x < right and top <= y < bottom):
            at, slot = _cell(tables, char, x, y)
            room = outside if at < 0 else tables[at].cells.setdefault(slot, [])
            left, top, right, bottom = _between(tables, y) if at < 0 else _room(tables, at, slot, x, y)
        room.append(char)
    return outside


def _cell(tables: Sequence[Tried], char: Char, x: float, y: float) -> tuple[int, int]:
    """The numbers of the table and of its slot that a character with its middle at (x, y) stands in; -1: none."""
    for at, table in enumerate(tables):
        slot = find(table.made, table.boxes, table.middles.get(id(char), x), y)
        if slot >= 0:
            return at, slot
    return -1, -1


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


def _room(tables: Sequence[Tried], at: int, slot: int, x: float, y: float) -> Box:
    """A room around a point of a slot all of whose points `_cell` finds there too."""
    made = tables[at].made
    xs, ys = made.xs, made.ys
    if made.find(x, y) != slot:
        return _NOWHERE
    first, row = bisect(xs, x) - 1, bisect(ys, y) - 1
    slots = made.slot_at[row]
    last = first + 1
    while first > 0 and slots[first - 1] == slot:
        first -= 1
    while last < len(slots) and slots[last] == slot:
        last += 1
    x0, y0, x1, y1 = tables[at].boxes[slot]
    left, top, right, bottom = max(xs[first], x0), max(ys[row], y0), min(xs[last], x1), min(ys[row + 1], y1)
    if not (left <= x < right and top <= y < bottom):
        return _NOWHERE
    for table in tables[:at]:
        xs, ys = table.made.xs, table.made.ys
        aside = right <= xs[0] - REACH or left >= xs[-1] + REACH
        if not (aside or bottom <= ys[0] - REACH or top >= ys[-1] + REACH):
            return _NOWHERE
    return left, top, right, bottom
