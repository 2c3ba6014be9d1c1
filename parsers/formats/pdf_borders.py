"""Borders that a ruled table leaves open: at its sides, or where a page cuts it in the middle of a row."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from parsers.geometry.page import SNAP, Box

Edge = dict[str, Any]
# So many rules ending at one place have a border there, drawn or not.
_LEAST_RULES = 3


def open_borders(box: Box, edges: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """(upright, level) lines that close a table: where its rules reach beyond its outermost lines across them."""
    left, top, right, bottom = box
    upright = [
        {"object_type": "line", "x0": x, "x1": x, "top": top, "bottom": bottom, "height": bottom - top}
        for x in _ends_beyond(edges, ("h", "x0", "x1", "top"), (left, right), (top, bottom))
    ]
    level = [
        {"object_type": "line", "x0": left, "x1": right, "top": y, "bottom": y, "width": right - left, "height": 0}
        for y in _ends_beyond(edges, ("v", "top", "bottom", "x0"), (top, bottom), (left, right))
    ]
    return upright, level


def _ends_beyond(
    edges: list[Edge], keys: tuple[str, str, str, str], sides: tuple[float, float], across: tuple[float, float]
) -> list[float]:
    """Where at least three rules end outside `sides`. `keys`: orientation, names of start, end and place across."""
    orientation, start, end, place = keys
    touching = [
        edge
        for edge in edges
        if edge["orientation"] == orientation
        and across[0] - SNAP <= edge[place] <= across[1] + SNAP
        and edge[end] - edge[start] > SNAP
        and edge[end] >= sides[0] - SNAP
        and edge[start] <= sides[1] + SNAP
    ]
    if not touching:
        return []
    found = []
    for name, limit, side in (
        (start, min(edge[start] for edge in touching), sides[0]),
        (end, max(edge[end] for edge in touching), sides[1]),
    ):
        rules = {round(edge[place] / SNAP) for edge in touching if abs(edge[name] - limit) < SNAP}
        if abs(limit - side) > 2 * SNAP and len(rules) >= _LEAST_RULES:
            found.append(float(limit))
    return found


def true_boxes(boxes: list[Box], edges: list[Edge]) -> list[Box]:
    """Cells between the lines as drawn. Snapping moves a line to the middle of others near it, past a digit or two."""
    upright = sorted((float(e["x0"]), float(e["top"]), float(e["bottom"])) for e in edges if e["orientation"] == "v")
    level = sorted((float(e["top"]), float(e["x0"]), float(e["x1"])) for e in edges if e["orientation"] == "h")
    return [
        (
            _drawn(upright, x0, (top + bottom) / 2),
            _drawn(level, top, (x0 + x1) / 2),
            _drawn(upright, x1, (top + bottom) / 2),
            _drawn(level, bottom, (x0 + x1) / 2),
        )
        for x0, top, x1, bottom in boxes
    ]


def _drawn(lines: list[tuple[float, float, float]], near: float, at: float) -> float:
    """The middle of the lines close to `near` that pass `at`; `near` itself where none does."""
    first = bisect_left(lines, (near - 2 * SNAP,))
    places = []
    for place, start, end in lines[first:]:
        if place > near + 2 * SNAP:
            break
        if start <= at <= end:
            places.append(place)
    return (min(places) + max(places)) / 2 if places else near
