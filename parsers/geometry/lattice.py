"""Rules that cross to cells: the pieces between them, merged where no rule parts them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, repeat
from typing import NamedTuple

from parsers.geometry.page import SNAP, Box, Rule

_OUTSIDE = -1


class Slot(NamedTuple):
    """A cell before its text: rows and columns it covers."""

    row: int
    column: int
    rowspan: int
    colspan: int


_new: partial[Slot] = partial(tuple.__new__, Slot)  # past what makes a named tuple slow to make


@dataclass(frozen=True)
class Lattice:
    """A table's rules as edges left to right and top to bottom, and its slots.

    `slot_at[row][column]` is the number of the slot that covers a piece, -1 where the piece is open to the outside.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[Slot, ...]
    slot_at: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        """The box around it."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def box_of(self, slot: Slot) -> Box:
        """The box of a slot."""
        right, below = self.xs[slot.column + slot.colspan], self.ys[slot.row + slot.rowspan]
        return self.xs[slot.column], self.ys[slot.row], right, below

    def find(self, x: float, y: float) -> int:
        """The number of the slot around a point, -1 when there is none."""
        xs, ys = self.xs, self.ys
        if not (xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]):
            return _OUTSIDE
        return self.slot_at[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]


def lattice(levels: Sequence[Rule], uprights: Sequence[Rule]) -> Lattice | None:
    """The cells that these rules make; None when they enclose none."""
    xs, ys = _edges(uprights), _edges(levels)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1:
        return None
    over = _walls(levels, ys, xs)
    beside = _walls(uprights, xs, ys)
    slots: list[Slot] = []
    slot_at = [[_OUTSIDE] * width for _ in range(height)]
    met = [[False] * width for _ in range(height)]
    for row, sides in enumerate(zip(*beside, strict=True)):
        if 0 not in sides and 0 not in over[row] and 0 not in over[row + 1]:
            slot_at[row] = list(range(len(slots), len(slots) + width))
            slots += map(_new, zip(repeat(row), range(width), repeat(1), repeat(1), strict=False))
            continue
        around = zip(over[row], over[row + 1], sides, sides[1:], strict=False)
        for column, (above, below, left, right) in enumerate(around):
            if above and below and left and right:
                slot_at[row][column] = len(slots)
                slots.append(_new((row, column, 1, 1)))
            elif not met[row][column]:
                block = _block(row, column, over, beside)
                if block is not None:
                    _, _, down, wide = block
                    for at in range(row, row + down):
                        slot_at[at][column : column + wide] = [len(slots)] * wide
                        met[at][column : column + wide] = [True] * wide
                    slots.append(block)
                    continue
                pieces, is_open = _room(row, column, over, beside, met)
                if not is_open:
                    for piece in pieces:
                        slot_at[piece[0]][piece[1]] = len(slots)
                    slots.append(_slot(pieces))
    return Lattice(tuple(xs), tuple(ys), tuple(slots), tuple(map(tuple, slot_at))) if slots else None


def _edges(rules: Sequence[Rule]) -> list[float]:
    """Where the rules lie; those closer than the snap distance are one."""
    edges: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not edges or at - edges[-1] > SNAP:
            edges.append(at)
    return edges


def _walls(rules: Sequence[Rule], ats: Sequence[float], across: Sequence[float]) -> list[bytearray]:
    """For each edge, which pieces between the edges across it have a rule there."""
    middles = [(one + other) / 2 for one, other in pairwise(across)]
    walls = [bytearray(len(middles)) for _ in ats]
    for at, start, stop in rules:
        wall = walls[max(bisect_right(ats, at) - 1, 0)]
        begin, end = bisect_left(middles, start), bisect_right(middles, stop)
        wall[begin:end] = b"\1" * (end - begin)
    return walls


def _block(row: int, column: int, over: list[bytearray], beside: list[bytearray]) -> Slot | None:
    """What `_room` finds, where it is a rectangle with rules all around and none within; None for any other."""
    below, right = row + 1, column + 1
    while below < len(over) - 1 and not over[below][column]:
        below += 1
    while right < len(beside) - 1 and not beside[right][row]:
        right += 1
    gap = over[row].find(0, column, right), over[below].find(0, column, right)
    if max(*gap, beside[column].find(0, row, below), beside[right].find(0, row, below)) >= 0:
        return None
    for wall in over[row + 1 : below]:
        if wall.find(1, column, right) >= 0:
            return None
    for wall in beside[column + 1 : right]:
        if wall.find(1, row, below) >= 0:
            return None
    return _new((row, column, below - row, right - column))


def _room(
    row: int, column: int, over: list[bytearray], beside: list[bytearray], met: list[list[bool]]
) -> tuple[list[tuple[int, int]], bool]:
    """All pieces that no rule parts from this one, and whether they lie open to the outside."""
    height, width = len(met), len(met[0])
    met[row][column] = True
    pieces = [(row, column)]
    is_open = False
    for down, right in pieces:
        for wall, to_row, to_column in (
            (over[down][right], down - 1, right),
            (over[down + 1][right], down + 1, right),
            (beside[right][down], down, right - 1),
            (beside[right + 1][down], down, right + 1),
        ):
            if wall:
                continue
            if not (0 <= to_row < height and 0 <= to_column < width):
                is_open = True
            elif not met[to_row][to_column]:
                met[to_row][to_column] = True
                pieces.append((to_row, to_column))
    return pieces, is_open


def _slot(pieces: Sequence[tuple[int, int]]) -> Slot:
    """The rectangle around the pieces. Where a lost rule leaves them ragged it lies over others, and no row aligns."""
    rows, columns = [row for row, _ in pieces], [column for _, column in pieces]
    row, column = min(rows), min(columns)
    return Slot(row, column, max(rows) - row + 1, max(columns) - column + 1)
