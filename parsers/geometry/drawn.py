"""Cells between the lines as drawn, and the figures that a line cuts: nobody can tell whose digits those are."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Sequence

from parsers.geometry.lattice import Lattice
from parsers.geometry.page import SNAP, Box, Char, Page, Rule
from parsers.geometry.text import runs_of

Boxes = tuple[Box, ...]


def drawn_boxes(made: Lattice, page: Page) -> Boxes:
    """The slots' boxes between the lines as drawn: taking near lines for one moves them, past a digit or two."""
    uprights, levels = sorted(page.uprights), sorted(page.levels)
    boxes = []
    for slot in made.slots:
        x0, top, x1, bottom = made.box_of(slot)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        boxes.append(
            (_drawn(uprights, x0, y), _drawn(levels, top, x), _drawn(uprights, x1, y), _drawn(levels, bottom, x))
        )
    return tuple(boxes)


def _drawn(rules: Sequence[Rule], near: float, along: float) -> float:
    """The middle of the rules close to `near` that pass `along`; `near` itself where none does."""
    places = []
    for rule in rules[bisect_left(rules, (near - 2 * SNAP,)) :]:
        if rule.at > near + 2 * SNAP:
            break
        if rule.start <= along <= rule.end:
            places.append(rule.at)
    return (min(places) + max(places)) / 2 if places else near


def find(made: Lattice, boxes: Boxes, x: float, y: float) -> int:
    """The number of the slot whose drawn box holds a point, -1 when there is none."""
    reach = 2 * SNAP
    x0, top, x1, bottom = made.box
    if not (x0 - reach <= x < x1 + reach and top - reach <= y < bottom + reach):
        return -1
    slot = made.find(x, y)
    if slot >= 0 and _holds(boxes[slot], x, y):
        return slot
    for right in (0, -reach, reach):
        for down in (0, -reach, reach):
            other = made.find(x + right, y + down)
            if other >= 0 and _holds(boxes[other], x, y):
                return other
    # A ragged slot's box is not its shape.
    return slot


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def cut_runs(lines: Sequence[Sequence[Char]], boxes: Boxes) -> list[list[Char]]:
    """Runs of characters that a border cuts through one: they belong to the cell of their middle, if to any."""
    borders = sorted({x for box in boxes for x in box[::2]})
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return [
        run
        for line in lines
        if top <= _height(line[0]) < bottom and any(_is_cut(char, borders) for char in line)
        for run in runs_of(line)
        if any(_is_cut(char, borders) for char in run)
    ]


def _is_cut(char: Char, borders: Sequence[float]) -> bool:
    slack = 0.25 * (char.x1 - char.x0)
    at = bisect(borders, char.x0 + slack)
    return at < len(borders) and borders[at] < char.x1 - slack


def runs_over(run: Sequence[Char], box: Box) -> bool:
    """Does a figure that a border cuts reach into this cell? It may be two cells' figures that touch."""
    over = run[-1].x1 > box[0] + 1 and run[0].x0 < box[2] - 1 and box[1] <= _height(run[0]) < box[3]
    whole = run[0].x0 >= box[0] - 1 and run[-1].x1 <= box[2] + 1
    return over and not whole and any(char.text.isdigit() for char in run if _is_in(char, box))


def _is_in(char: Char, box: Box) -> bool:
    """Does a part of it stand in the cell? A label that leans over with its comma takes no figure along."""
    return char.x1 > box[0] + 1 and char.x0 < box[2] - 1


def _height(char: Char) -> float:
    return (char.top + char.bottom) / 2
