"""Cells between the lines as drawn, and the figures that a line cuts: nobody can tell whose digits those are."""

from __future__ import annotations

import math
from bisect import bisect, bisect_left
from collections.abc import Iterable, Mapping, Sequence

from parsers.geometry.lattice import Lattice
from parsers.geometry.lines import HAIR
from parsers.geometry.page import SNAP, Box, Char, Page, Rule
from parsers.geometry.text import runs_of

Boxes = tuple[Box, ...]
# How far from a slot of the lattice its drawn box may reach.
REACH = 2 * SNAP
# A border cuts a character where more than this share of its width is on either side.
CUT = 0.25
# A line strikes out a digit where it runs farther from its top and bottom than this share of its height.
STRUCK = 0.2


def drawn_boxes(made: Lattice, page: Page) -> Boxes:
    """The slots' boxes between the lines as drawn: taking near lines for one moves them, past a digit or two."""
    xs, ys = made.xs, made.ys
    upright, level = _beside(xs, page.uprights), _beside(ys, page.levels)
    if not upright and not level:
        return tuple([(xs[at], ys[row], xs[at + right], ys[row + down]) for row, at, down, right in made.slots])
    boxes = []
    for row, column, down, right in made.slots:
        x0, top, x1, bottom = xs[column], ys[row], xs[column + right], ys[row + down]
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if x0 in upright:
            x0 = _drawn(upright[x0], x0, y)
        if x1 in upright:
            x1 = _drawn(upright[x1], x1, y)
        if top in level:
            top = _drawn(level[top], top, x)
        if bottom in level:
            bottom = _drawn(level[bottom], bottom, x)
        boxes.append((x0, top, x1, bottom))
    return tuple(boxes)


def _beside(edges: Sequence[float], rules: Iterable[Rule]) -> dict[float, list[Rule]]:
    """The rules close to an edge, for edges that not all of those lie on."""
    ordered = sorted(rules)
    ats = [rule[0] for rule in ordered]
    found = {}
    for edge in edges:
        begin, end = bisect_left(ats, edge - REACH), bisect(ats, edge + REACH)
        if ats[begin:end].count(edge) < end - begin:
            found[edge] = ordered[begin:end]
    return found


def _drawn(beside: list[Rule], edge: float, along: float) -> float:
    """The middle of the rules close to an edge that pass a place along it; the edge itself where none does."""
    places = [at for at, start, end in beside if start <= along <= end]
    return (places[0] + places[-1]) / 2 if places else edge


def find(made: Lattice, boxes: Boxes, x: float, y: float) -> int:
    """The number of the slot whose drawn box holds a point, -1 when there is none."""
    xs, ys = made.xs, made.ys
    if not (ys[0] - REACH <= y < ys[-1] + REACH and xs[0] - REACH <= x < xs[-1] + REACH):
        return -1
    slot = made.find(x, y)
    if slot >= 0:
        x0, top, x1, bottom = boxes[slot]
        if x0 <= x < x1 and top <= y < bottom:
            return slot
    for right in (0, -REACH, REACH):
        for down in (0, -REACH, REACH):
            other = made.find(x + right, y + down)
            if other >= 0 and _holds(boxes[other], x, y):
                return other
    # A ragged slot's box is not its shape.
    return slot


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def cut_runs(lines: Sequence[Sequence[Char]], boxes: Boxes) -> list[list[Char]]:
    """Runs of characters that a border cuts: they belong to the cell of their middle, if to any."""
    borders = sorted({x for box in boxes for x in box[::2]})
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    here = (line for line in lines if top <= _height(line[0]) < bottom)
    return [run for line in here for run in runs_of(line) if _is_cut(run, borders)]


def _is_cut(run: Sequence[Char], borders: Sequence[float]) -> bool:
    """Does a border run through a character, or between two digits that touch? Figures of two cells never do."""
    before = math.inf  # the middle of the digit before
    for letter, x0, _, x1, _, _ in run:
        slack, middle = CUT * (x1 - x0), (x0 + x1) / 2
        if _is_any_between(borders, x0 + slack, x1 - slack):
            return True
        if not letter.isdigit():
            before = math.inf
            continue
        if _is_any_between(borders, before, middle):
            return True
        before = middle
    return False


def _is_any_between(borders: Sequence[float], left: float, right: float) -> bool:
    at = bisect(borders, left)
    return at < len(borders) and borders[at] < right


def runs_over(run: Sequence[Char], box: Box) -> bool:
    """Does a figure (`run`) that a border cuts reach into this cell? It may be two cells' figures that touch."""
    over = run[-1].x1 > box[0] + 1 and run[0].x0 < box[2] - 1 and box[1] <= _height(run[0]) < box[3]
    whole = run[0].x0 >= box[0] - 1 and run[-1].x1 <= box[2] + 1
    return over and not whole and any(char.text.isdigit() for char in run if _is_in(char, box))


def over_levels(made: Lattice, boxes: Boxes, cells: Mapping[int, Sequence[Char]]) -> set[int]:
    """The slots above and below a level line that runs through the middle of a digit."""
    found = set()
    for at, chars in cells.items():
        _, first, _, last = boxes[at]
        for letter, x0, top, x1, bottom, _ in chars:
            y = (top + bottom) / 2
            if letter.isdigit() and not first + HAIR <= y < last - HAIR:
                down = -2 * HAIR if y < first + HAIR else 2 * HAIR
                found |= {at, find(made, boxes, (x0 + x1) / 2, y + down)}
    return found


def strokes_within(levels: Sequence[Rule], made: Sequence[Lattice]) -> list[Rule]:
    """The level lines in tables that do not run from column to column: they strike out or underline."""
    found = []
    for each in made:
        x0, top, x1, bottom = each.box
        odd = {ends for ends in {rule[1:] for rule in levels} if not all(_is_edge(each.xs, x) for x in ends)}
        inside = [rule for rule in levels if rule[1:] in odd and top < rule[0] < bottom] if odd else []
        found += [rule for rule in inside if rule[1] < x1 and rule[2] > x0]
    return found


def _is_edge(edges: Sequence[float], at: float) -> bool:
    return _is_any_between(edges, at - SNAP, at + SNAP)


def struck(strokes: Sequence[Rule], cells: Mapping[int, Sequence[Char]]) -> set[int]:
    """The slots with a digit that a stroke runs through, not only under or over."""
    found = set()
    for at, chars in cells.items() if strokes else ():
        for char in chars:
            x, slack = (char.x0 + char.x1) / 2, STRUCK * (char.bottom - char.top)
            upper, lower = char.top + slack, char.bottom - slack
            if char.text.isdigit() and any(upper < y < lower and left <= x <= right for y, left, right in strokes):
                found.add(at)
    return found


def _is_in(char: Char, box: Box) -> bool:
    """Does a part of it stand in the cell? A label that leans over with its comma takes no figure along."""
    return char.x1 > box[0] + 1 and char.x0 < box[2] - 1


def _height(char: Char) -> float:
    return (char.top + char.bottom) / 2
