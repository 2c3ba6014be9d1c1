"""Ruled tables of a PDF's pages as grids: cells with page and box."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from parsers.document import Grid, GridCell
from parsers.formats.pdf_borders import open_borders
from parsers.geometry.page import SNAP
from parsers.geometry.tables import Table
from parsers.report import Place

_LINES = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": 3,
    "join_tolerance": 3,
}


def ruled_tables(page: Any) -> list[Table]:
    """The page's tables of two columns or more. White lines and white boxes, which nobody sees, rule nothing."""
    visible = page.filter(_is_seen)
    found = []
    bodies = [char for char in page.chars if char["text"].strip()]
    tables = visible.find_tables(_LINES)
    borders = [open_borders(table.bbox, visible.edges) for table in tables]
    if any(upright or level for upright, level in borders):
        closed = {
            "explicit_vertical_lines": [line for upright, _ in borders for line in upright],
            "explicit_horizontal_lines": [line for _, level in borders for line in level],
        }
        tables = visible.find_tables({**_LINES, **closed})
    for table in tables:
        grid, xs = _grid(page, table, bodies)
        if grid.width < 2:
            continue
        box = tuple(float(side) for side in table.bbox)
        above = any(char["bottom"] < box[1] and char["top"] > 0.09 * page.height for char in bodies)
        below = any(char["top"] > box[3] and char["bottom"] < 0.91 * page.height for char in bodies)
        found.append(Table(page.page_number, (box[0], box[1], box[2], box[3]), grid, tuple(xs), not above, not below))
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


def _grid(page: Any, table: Any, chars: list[dict[str, Any]]) -> tuple[Grid, list[float]]:
    boxes = [tuple(float(side) for side in box) for box in table.cells]
    xs, ys = _edges([x for box in boxes for x in box[::2]]), _edges([y for box in boxes for y in box[1::2]])
    cells = []
    for x0, top, x1, bottom in sorted(boxes, key=lambda box: (box[1], box[0])):
        column, row = _nearest(xs, x0), _nearest(ys, top)
        right, down = _nearest(xs, x1) - column, _nearest(ys, bottom) - row
        inside = [
            c for c in chars if x0 <= (c["x0"] + c["x1"]) / 2 < x1 and top <= (c["top"] + c["bottom"]) / 2 < bottom
        ]
        place = Place(page.page_number, (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)))
        cells.append(GridCell(_text(inside, x1), row, column, max(down, 1), max(right, 1), place))
    return Grid(tuple(cells)), xs


def _edges(values: list[float]) -> list[float]:
    """Sorted edges, those closer than the snap distance taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SNAP:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _text(chars: list[dict[str, Any]], right: float) -> str:
    """The cell's lines. A figure that fills its line to the cell's edge goes on in the next: it was wrapped."""
    lines: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda char: ((char["top"] + char["bottom"]) / 2, char["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if lines and abs(_middle(lines[-1]) - middle) < 0.5 * char["size"]:
            lines[-1].append(char)
        else:
            lines.append([char])
    text = ""
    end = 0.0
    for line in lines:
        line.sort(key=lambda char: float(char["x0"]))
        words = _spaced(line)
        width = (line[-1]["x1"] - line[0]["x0"]) / len(line)
        wrapped = right - end < 1.6 * width and re.search(r"[\d.,]$", text) and re.match(r"[\d.,]", words)
        text += words if not text or wrapped else "\n" + words
        end = float(line[-1]["x1"])
    return text


def _middle(line: list[dict[str, Any]]) -> float:
    return float(line[0]["top"] + line[0]["bottom"]) / 2


def _spaced(line: list[dict[str, Any]]) -> str:
    """Characters with a space where the gap is wider than letters are set apart."""
    text = str(line[0]["text"])
    for char, after in pairwise(line):
        text += (" " if after["x0"] - char["x1"] > 0.3 * after["size"] else "") + str(after["text"])
    return text
