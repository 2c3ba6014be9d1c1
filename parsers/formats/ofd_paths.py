"""The path objects of an OFD page (GB/T 33190, 9) as straight rules, in points. White ones rule nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from parsers.formats.ofd_frame import Point, box_around, frame_of, numbers, placed
from parsers.formats.package import attribute, child
from parsers.geometry.page import Rule

# A filled box thinner than this (in points) is a line; a stroke is taken for straight within it.
_THIN = 2.0
_SHORTEST = 3.0
_WHITE = 250
# How many numbers follow each command of a path (GB/T 33190, 9.1).
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_TOKEN = re.compile(r"[SMLQBAC]|-?\d+(?:\.\d+)?(?:[eE]-?\d+)?|-?\.\d+")


def rules_of(element: etree._Element) -> Iterator[tuple[bool, Rule]]:
    """The straight level and upright lines that a path object draws: (is it level, the rule)."""
    stroked = attribute(element, "Stroke") != "false" and not _is_white(child(element, "StrokeColor"))
    filled = attribute(element, "Fill") == "true" and not _is_white(child(element, "FillColor"))
    data = child(element, "AbbreviatedData")
    frame = frame_of(element)
    for path in _paths(data.text or "" if data is not None else ""):
        points = [placed(frame, x, y) for x, y in path]
        if filled and len(points) > 2:
            rule = _rule(points)
            if rule is not None:
                yield rule
                continue
        if stroked:
            yield from (rule for pair in pairwise(points) if (rule := _rule(list(pair))) is not None)


def _is_white(color: etree._Element | None) -> bool:
    parts = numbers(attribute(color, "Value"))
    return len(parts) in (1, 3) and all(part >= _WHITE for part in parts)


def _rule(points: list[Point]) -> tuple[bool, Rule] | None:
    """The straight line that these points lie on, level or upright; None for anything else."""
    x0, top, x1, bottom = box_around(*points)
    thin, long = sorted((x1 - x0, bottom - top))
    if not (thin < _THIN and long > _SHORTEST):
        return None
    is_level = x1 - x0 >= bottom - top
    return is_level, Rule((top + bottom) / 2, x0, x1) if is_level else Rule((x0 + x1) / 2, top, bottom)


def _paths(text: str) -> Iterator[list[Point]]:
    """The parts of a path between two moves, as corner points; a curve counts by its end."""
    path: list[Point] = []
    command, operands = "", []
    for piece in [*_TOKEN.findall(text), "M"]:
        if piece not in _OPERANDS:
            operands.append(float(piece))
            if command not in _OPERANDS or len(operands) < _OPERANDS[command]:
                continue
            path.append((operands[-2], operands[-1]))
            operands = []
            continue
        if piece in ("M", "S"):
            if path:
                yield path
            path = []
        elif piece == "C" and path:
            path.append(path[0])
        command, operands = piece, []
    if path:
        yield path
