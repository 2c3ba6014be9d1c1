"""The text objects of an OFD page (GB/T 33190, 11) as characters with boxes, in points."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator

from lxml import etree

from parsers.formats.ofd_frame import Matrix, box_around, frame_of, numbers, placed
from parsers.formats.package import attribute, local
from parsers.geometry.page import Char
from parsers.geometry.turn import as_angle

# How far a character's box reaches over and under its baseline, as a share of its size.
_ASCENT, _DESCENT = 0.86, 0.14
_FULL_WIDTH = "WF"
_MOST_DELTAS = 100_000
# Steps along the line for each direction of reading, in degrees clockwise.
_STEPS = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}


def chars_of(element: etree._Element) -> Iterator[Char]:
    """The characters that a text object shows, white space left out."""
    frame = frame_of(element)
    size = (numbers(attribute(element, "Size")) or [3.5])[0]
    scale = (numbers(attribute(element, "HScale")) or [1.0])[0]
    ahead, below = _STEPS[_quarter(element, "ReadDirection")]
    turned = _quarter(element, "CharDirection")
    angle = as_angle(-math.degrees(math.atan2(frame[1], frame[0])) - turned)
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode":
            continue
        x = (numbers(attribute(code, "X")) or [x])[0]
        y = (numbers(attribute(code, "Y")) or [y])[0]
        right, down = deltas(attribute(code, "DeltaX")), deltas(attribute(code, "DeltaY"))
        for at, letter in enumerate(code.text or ""):
            wide = unicodedata.east_asian_width(letter) in _FULL_WIDTH
            width = size * scale * (1.0 if wide else 0.5)
            step = right[at] if at < len(right) else (0.0 if down else ahead * width)
            if letter.strip():
                shown = min(width, step) if step > 0 and not turned else width
                yield _char(letter, frame, (x, y), (shown, size), turned, angle)
            # Without a distance after the last character the next TextCode brings its own place.
            x += step
            y += down[at] if at < len(down) else (0.0 if right else below * width)


def deltas(text: str | None) -> list[float]:
    """Distances between characters; `g 3 5.5` is 5.5 three times."""
    parts = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < _MOST_DELTAS:
        if parts[at] == "g":
            step, count = numbers(" ".join(parts[at + 2 : at + 3])), parts[at + 1 : at + 2]
            found += step * min(int(count[0]), _MOST_DELTAS) if step and count and count[0].isdecimal() else []
            at += 3
        else:
            found += numbers(parts[at])
            at += 1
    return found


def _quarter(element: etree._Element, name: str) -> int:
    """A direction in degrees clockwise; what is no quarter turn is none."""
    given = attribute(element, name) or "0"
    return int(given) if given in ("90", "180", "270") else 0


def _char(
    letter: str, frame: Matrix, origin: tuple[float, float], extent: tuple[float, float], turned: int, angle: int
) -> Char:
    """A character whose baseline begins at `origin`, `extent` its width and size, turned about its origin."""
    along, across = _STEPS[turned]
    corners = []
    for right, under in ((0.0, -_ASCENT * extent[1]), (extent[0], _DESCENT * extent[1])):
        x, y = right * along - under * across, right * across + under * along
        corners.append((origin[0] + x, origin[1] + y))
    (x0, y0), (x1, y1) = corners
    return Char(letter, *box_around(*(placed(frame, x, y) for x in (x0, x1) for y in (y0, y1))), angle)
