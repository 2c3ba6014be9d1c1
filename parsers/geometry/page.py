"""A page as every format with pages gives it: characters with boxes, and straight rules.

Lengths are in points, measured from the top left of the page as it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import cos, radians, sin
from typing import NamedTuple

from parsers.geometry.lines import lines_of

Box = tuple[float, float, float, float]
# Rules this close are one (two pages of one table are drawn a point or two apart).
SNAP = 3.0


class Char(NamedTuple):
    """A printed character, never white space. `angle` is where its line runs: degrees counter-clockwise, 0 to 359."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    angle: int = 0

    @property
    def size(self) -> float:
        """How high its line is."""
        return self.x1 - self.x0 if self.angle in (90, 270) else self.bottom - self.top


class Rule(NamedTuple):
    """A straight rule: at `at` across, from `start` to `end` along. Level ones run along x, upright ones along y."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Page:
    """One page. `rotation` tells by how many degrees clockwise it was turned here to make its lines run level.

    `tilt` is what a sheet that lay askew was turned further, about its middle.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    levels: tuple[Rule, ...] = ()
    uprights: tuple[Rule, ...] = ()
    rotation: int = 0
    tilt: float = 0.0

    @cached_property
    def lines(self) -> list[list[Char]]:
        """Its characters in lines, top to bottom, each left to right; nobody changes them."""
        return lines_of(self.chars)

    def shown(self, box: Box) -> Box:
        """A box of this page as it lies on the page that is shown, rounded to hundredths of a point."""
        x0, top, x1, bottom = self._turned(box, -self.tilt) if self.tilt else box
        if self.rotation:
            x0, top, x1, bottom = self._shown(x0, top, x1, bottom)
        return _hundredths(x0), _hundredths(top), _hundredths(x1), _hundredths(bottom)

    def _shown(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        if self.rotation == 90:
            return top, self.width - x1, bottom, self.width - x0
        if self.rotation == 180:
            return self.width - x1, self.height - bottom, self.width - x0, self.height - top
        return self.height - bottom, x0, self.height - top, x1

    def level(self, box: Box) -> Box:
        """A box of the page that is shown as it lies on this page: what `shown` does, undone."""
        x0, top, x1, bottom = box
        if self.rotation == 90:
            x0, top, x1, bottom = self.width - bottom, x0, self.width - top, x1
        elif self.rotation == 180:
            x0, top, x1, bottom = self.width - x1, self.height - bottom, self.width - x0, self.height - top
        elif self.rotation == 270:
            x0, top, x1, bottom = top, self.height - x1, bottom, self.height - x0
        return self._turned((x0, top, x1, bottom), self.tilt) if self.tilt else (x0, top, x1, bottom)

    def _turned(self, box: Box, degrees: float) -> Box:
        """The box, as large as it is, where its middle comes when the page is turned clockwise about its own."""
        x0, top, x1, bottom = box
        right, down = (x0 + x1 - self.width) / 2, (top + bottom - self.height) / 2
        along, across = cos(radians(degrees)), sin(radians(degrees))
        x, y = self.width / 2 + right * along - down * across, self.height / 2 + right * across + down * along
        return x - (x1 - x0) / 2, y - (bottom - top) / 2, x + (x1 - x0) / 2, y + (bottom - top) / 2


@lru_cache(4096)  # the cells of a table share their sides
def _hundredths(value: float) -> float:
    return round(value, 2) + 0.0  # never -0.0
