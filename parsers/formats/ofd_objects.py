"""The text and path objects of an OFD page as characters with boxes and straight lines, in points."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from parsers.formats.ofd_flow import Page
from parsers.formats.ofd_grids import Char, Line
from parsers.formats.package import attribute, child, local

_MM = 72 / 25.4
# How far a character's box reaches over and under its baseline, as a share of its size.
_ASCENT, _DESCENT = 0.86, 0.14
# A filled box thinner than this (in points) is a line; a stroke is taken for straight within it.
_THIN = 2.0
_SHORTEST = 3.0
_FULL_WIDTH = "WF"
_HOLDERS = frozenset({"Content", "Layer", "PageBlock"})
# How many numbers follow each command of a path (GB/T 33190, 9.1).
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_TOKEN = re.compile(r"[SMLQBAC]|-?\d+(?:\.\d+)?(?:[eE]-?\d+)?|-?\.\d+")
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


def page_objects(root: etree._Element, page: Page) -> None:
    """Add what a page's content draws to the page; what is marked as not visible is not there."""
    _draw(child(root, "Content"), page)


def _draw(holder: etree._Element | None, page: Page) -> None:
    for element in holder if holder is not None else ():
        name = local(element)
        if attribute(element, "Visible") == "false" or attribute(element, "Alpha") == "0":
            continue
        if name in _HOLDERS:
            _draw(element, page)
        elif name == "TextObject":
            page.chars += _chars(element, page.number)
        elif name == "PathObject":
            page.lines += _lines(element, page.number)


def numbers(text: str | None) -> list[float]:
    """The numbers of a list; what is none, or not finite, ends it."""
    found: list[float] = []
    for part in (text or "").split():
        try:
            value = float(part)
        except ValueError:
            break
        if not math.isfinite(value) or abs(value) > 1e6:
            break
        found.append(value)
    return found


def deltas(text: str | None) -> list[float]:
    """Distances between characters; `g 3 5.5` is 5.5 three times."""
    parts = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < 100_000:
        if parts[at] == "g":
            step, count = numbers(" ".join(parts[at + 2 : at + 3])), parts[at + 1 : at + 2]
            found += step * min(int(count[0]), 100_000) if step and count and count[0].isdecimal() else []
            at += 3
        else:
            found += numbers(parts[at])
            at += 1
    return found


def _frame(element: etree._Element) -> Matrix:
    """From the object's own millimetres to the page's points."""
    x, y = [*numbers(attribute(element, "Boundary")), 0.0, 0.0][:2]
    given = numbers(attribute(element, "CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a * _MM, b * _MM, c * _MM, d * _MM, (e + x) * _MM, (f + y) * _MM


def _placed(frame: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = frame
    return a * x + c * y + e, b * x + d * y + f


def _chars(element: etree._Element, page: int) -> Iterator[Char]:
    frame = _frame(element)
    size = (numbers(attribute(element, "Size")) or [3.5])[0]
    scale = (numbers(attribute(element, "HScale")) or [1.0])[0]
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode":
            continue
        x = (numbers(attribute(code, "X")) or [x])[0]
        y = (numbers(attribute(code, "Y")) or [y])[0]
        right, down = deltas(attribute(code, "DeltaX")), deltas(attribute(code, "DeltaY"))
        text = code.text or ""
        for at, letter in enumerate(text):
            wide = unicodedata.east_asian_width(letter) in _FULL_WIDTH
            width = size * scale * (1.0 if wide else 0.5)
            step = right[at] if at < len(right) else (0.0 if down else width)
            if letter.strip():
                corners = [
                    _placed(frame, x, y - _ASCENT * size),
                    _placed(frame, x + (min(width, step) if step > 0 else width), y + _DESCENT * size),
                ]
                (x0, x1), (top, bottom) = (sorted(corner[axis] for corner in corners) for axis in (0, 1))
                yield Char(letter, page, x0, top, x1, bottom)
            # Without a distance after the last character the next TextCode brings its own place.
            x += step
            y += down[at] if at < len(down) else 0.0


def _lines(element: etree._Element, page: int) -> Iterator[Line]:
    stroked = attribute(element, "Stroke") != "false" and not _is_white(child(element, "StrokeColor"))
    filled = attribute(element, "Fill") == "true" and not _is_white(child(element, "FillColor"))
    data = child(element, "AbbreviatedData")
    frame = _frame(element)
    for path in _paths(data.text or "" if data is not None else ""):
        points = [_placed(frame, x, y) for x, y in path]
        if filled and len(points) > 2:
            line = _line(points, page)
            if line is not None:
                yield line
                continue
        if stroked:
            yield from (line for pair in pairwise(points) if (line := _line(list(pair), page)) is not None)


def _is_white(color: etree._Element | None) -> bool:
    parts = numbers(attribute(color, "Value"))
    return len(parts) in (1, 3) and all(part >= 250 for part in parts)


def _line(points: list[Point], page: int) -> Line | None:
    """The straight line that these points lie on, level or upright; None for anything else."""
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    thin, long = sorted((x1 - x0, bottom - top))
    return Line(page, x0, top, x1, bottom) if thin < _THIN and long > _SHORTEST else None


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
