"""Ruled tables of a PDF's pages as grids: cells with page and box."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from itertools import pairwise
from typing import Any

from pdfplumber.table import merge_edges

from parsers.document import Grid, GridCell
from parsers.formats.pdf_borders import open_borders, true_boxes
from parsers.formats.pdf_lines import Char, group_lines, middle, runs_of, spaced
from parsers.geometry import page as geometry
from parsers.geometry.drawn import CUT, struck
from parsers.geometry.page import SNAP, Box, Rule
from parsers.geometry.tables import MARGIN, Table
from parsers.geometry.wrapping import is_rest
from parsers.report import Place

_LINES_APART = 3
_LINES = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": _LINES_APART,
    "join_tolerance": _LINES_APART,
}


def ruled_tables(page: Any) -> list[Table]:
    """The page's tables of two columns or more. White lines and white boxes, which nobody sees, rule nothing."""
    visible = page.filter(_is_seen)
    found = []
    bodies = [char for char in page.chars if char["text"].strip()]
    tables = visible.find_tables(_LINES)
    # A rule may be drawn in pieces, one for each cell.
    edges = merge_edges(visible.edges, *4 * (_LINES_APART,))
    borders = [open_borders(table.bbox, edges) for table in tables]
    if any(upright or level for upright, level in borders):
        closed = {
            "explicit_vertical_lines": [line for upright, _ in borders for line in upright],
            "explicit_horizontal_lines": [line for _, level in borders for line in level],
        }
        tables = visible.find_tables({**_LINES, **closed})
    rules = [Rule(edge["top"], edge["x0"], edge["x1"]) for edge in visible.edges if edge["orientation"] == "h"]
    for table in tables:
        boxes = true_boxes(
            [(float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in table.cells], visible.edges
        )
        grid, xs = _grid(page, boxes, bodies, rules)
        if grid.width < 2:
            continue
        box = min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)
        above = any(char["bottom"] < box[1] and char["top"] > MARGIN * page.height for char in bodies)
        below = any(char["top"] > box[3] and char["bottom"] < (1 - MARGIN) * page.height for char in bodies)
        found.append(Table(page.page_number, box, grid, tuple(xs), not above, not below))
    return found


def _is_seen(item: dict[str, Any]) -> bool:
    if item["object_type"] not in ("rect", "line", "curve"):
        return bool(item["object_type"] == "char")
    stroke = bool(item.get("stroke")) and not _is_white(item.get("stroking_color"))
    # A thin filled box is a line; a wide one is a background.
    thin = min(float(item["width"]), float(item["height"])) < SNAP
    fill = bool(item.get("fill")) and thin and not _is_white(item.get("non_stroking_color"))
    return stroke or fill


def _is_white(color: Any) -> bool:
    """White in grey or RGB; CMYK white is all zeros."""
    if color is None:
        return False
    parts = tuple(color) if isinstance(color, (tuple, list)) else (color,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return False
    return all(part < 0.02 for part in parts) if len(parts) == 4 else all(part > 0.98 for part in parts)


def _grid(page: Any, boxes: list[Box], chars: list[Char], rules: list[Rule]) -> tuple[Grid, list[float]]:
    xs, ys = _edges([x for box in boxes for x in box[::2]]), _edges([y for box in boxes for y in box[1::2]])
    strokes = [rule for rule in rules if all(abs(rule.at - y) > SNAP for y in ys)]
    cut = _cut_runs(chars, sorted({x for box in boxes for x in box[::2]}))
    whole = {id(char): (run[0]["x0"] + run[-1]["x1"]) / 2 for run in cut for char in run}
    centers = [whole.get(id(char), (char["x0"] + char["x1"]) / 2) for char in chars]
    cells = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        x0, top, x1, bottom = box
        column, row = _nearest(xs, x0), _nearest(ys, top)
        right, down = _nearest(xs, x1) - column, _nearest(ys, bottom) - row
        inside = [char for char, x in zip(chars, centers, strict=True) if x0 <= x < x1 and top <= middle(char) < bottom]
        place = Place(page.page_number, (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)))
        sure = not any(_runs_over(run, box) for run in cut) and not _is_struck(inside, strokes)
        cells.append(GridCell(_text(inside, x1), row, column, max(down, 1), max(right, 1), place, sure))
    return Grid(tuple(cells)), xs


def _cut_runs(chars: list[Char], borders: list[float]) -> list[list[Char]]:
    """Runs of letters that a border cuts: they belong to the cell of their middle, if to any."""
    return [run for line in group_lines(chars) for run in runs_of(line) if _is_cut(run, borders)]


def _is_cut(run: list[Char], borders: list[float]) -> bool:
    """Does a border run through a letter, or between two digits that touch? Figures of two cells never do."""
    spans = []
    for char in run:
        slack = CUT * (char["x1"] - char["x0"])
        spans.append((char["x0"] + slack, char["x1"] - slack))
    for char, after in pairwise(run):
        if char["text"].isdigit() and after["text"].isdigit():
            spans.append(((char["x0"] + char["x1"]) / 2, (after["x0"] + after["x1"]) / 2))
    return any(bisect(borders, left) < bisect_left(borders, right) for left, right in spans)


def _runs_over(run: list[Char], box: Box) -> bool:
    """Does a figure that a border cuts reach into this cell? It may be two cells' figures that touch."""
    x0, top, x1, bottom = box
    over = run[-1]["x1"] > x0 + 1 and run[0]["x0"] < x1 - 1 and top <= middle(run[0]) < bottom
    whole = run[0]["x0"] >= x0 - 1 and run[-1]["x1"] <= x1 + 1
    inside = (char for char in run if char["x1"] > x0 + 1 and char["x0"] < x1 - 1)
    return over and not whole and any(char["text"].isdigit() for char in inside)


def _is_struck(chars: list[Char], strokes: list[Rule]) -> bool:
    boxes = (geometry.Char(char["text"], char["x0"], char["top"], char["x1"], char["bottom"]) for char in chars)
    return bool(struck(strokes, {0: list(boxes)} if strokes else {}))


def _edges(values: list[float]) -> list[float]:
    """Sorted edges, those closer than the snap distance taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SNAP:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _text(chars: list[Char], right: float) -> str:
    """The cell's lines. A figure that fills its line to the cell's edge goes on in the next: it was wrapped."""
    text = ""
    end = 0.0
    for line in group_lines(chars):
        words = spaced(line)
        needed = line[-1]["x1"] - line[0]["x0"]
        width = needed / len(line)
        wrapped = right - end < 1.6 * width and re.search(r"[\d.,]$", text) and re.match(r"[\d.,]", words)
        wrapped = wrapped or is_rest(text, words, right - end, needed, width)
        text += words if not text or wrapped else "\n" + words
        end = float(line[-1]["x1"])
    return text
