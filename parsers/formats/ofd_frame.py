"""Where an object of an OFD page stands: its own millimetres to points of the page, by its boundary and matrix."""

from __future__ import annotations

import math

from lxml import etree

from parsers.formats.package import attribute
from parsers.geometry.page import Box

MM = 72 / 25.4
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


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


def frame_of(element: etree._Element) -> Matrix:
    """From the object's own millimetres to the page's points."""
    x, y = [*numbers(attribute(element, "Boundary")), 0.0, 0.0][:2]
    given = numbers(attribute(element, "CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a * MM, b * MM, c * MM, d * MM, (e + x) * MM, (f + y) * MM


def placed(frame: Matrix, x: float, y: float) -> Point:
    """A point of the object on the page."""
    a, b, c, d, e, f = frame
    return a * x + c * y + e, b * x + d * y + f


def box_around(*points: Point) -> Box:
    """The box around points: x0, top, x1, bottom."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
