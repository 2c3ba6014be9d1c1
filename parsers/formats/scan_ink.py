"""Is there ink in a cell, and where: a cell is blank by what is on the paper, never because nothing was recognized."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.formats.scan_engine import Grey
from parsers.geometry.page import Box

Glyph = tuple[int, int, int, int]
# In points: what a cell's rules may leave of themselves along its edge; noise is smoothed over so much.
_EDGE = 1.0
_THIN = 1.5
_SMOOTH = 0.3
# In square points: less is a speck of dust.
_SPECK = 0.25
# How dark ink is, as a share of the page's own; from the lower one on it may be ink.
_SURE, _MAYBE = 0.3, 0.2
# Glyphs whose middles are this much of a line's height apart stand on different lines.
_NEXT_LINE = 0.7
# What is together no higher than this, in heights of the tallest glyph or in points, is one line: 元 is in two pieces.
_ONE_LINE, _LOWEST_LINE = 1.3, 6.0


@dataclass(frozen=True)
class Ink:
    """A cell's picture, the boxes of its glyphs (x0, top, x1, bottom, in pixels), whether something faint is there.

    `depth` is how much darker than the paper it is, 1 being the page's ink; `dots` are its pixels per point.
    """

    crop: Grey
    depth: NDArray[np.float32]
    dots: float
    glyphs: tuple[Glyph, ...]
    faint: bool

    @property
    def is_blank(self) -> bool:
        """Nothing there, for certain."""
        return not self.glyphs and not self.faint

    @property
    def box(self) -> Glyph:
        """The box around all glyphs."""
        left, top, right, bottom = zip(*self.glyphs, strict=True)
        return min(left), min(top), max(right), max(bottom)

    @property
    def columns(self) -> list[tuple[int, int]]:
        """From where to where the glyphs stand side by side; what stands over another belongs to it."""
        spans: list[tuple[int, int]] = []
        for x0, _, x1, _ in sorted(self.glyphs):
            if spans and x0 < spans[-1][1]:
                spans[-1] = spans[-1][0], max(spans[-1][1], x1)
            else:
                spans.append((x0, x1))
        return spans

    def lines(self) -> list[Ink]:
        """The same line by line, top to bottom."""
        lines: list[list[Glyph]] = []
        end = 0
        tallest = max((bottom - top for _, top, _, bottom in self.glyphs), default=0)
        for glyph in sorted(self.glyphs, key=lambda glyph: glyph[1] + glyph[3]):
            middle = (glyph[1] + glyph[3]) / 2
            if not lines or middle > end + (_NEXT_LINE - 0.5) * tallest:
                lines.append([])
                end = glyph[3]
            lines[-1].append(glyph)
            end = max(end, glyph[3])
        highest = max(_ONE_LINE * tallest, _LOWEST_LINE * self.dots)
        return [replace(self, glyphs=tuple(line)) for line in _pieced(lines, highest)]


def _pieced(lines: list[list[Glyph]], highest: float) -> list[list[Glyph]]:
    """The lines, those put together that are no higher than one."""
    pieced: list[list[Glyph]] = []
    for line in lines:
        both = pieced[-1] + line if pieced else []
        if both and max(bottom for *_, bottom in both) - min(top for _, top, *_ in both) <= highest:
            pieced[-1] = both
        else:
            pieced.append(line)
    return pieced


def paper_and_ink(grey: Grey) -> tuple[float, float]:
    """The grey levels of a page's paper and of what is printed on it."""
    paper = float(np.percentile(grey, 75))
    printed = grey[grey < paper - 50]
    return paper, float(np.percentile(printed, 10)) if printed.size else 0.0


def ink_in(grey: Grey, box: Box, dots: float, levels: tuple[float, float]) -> Ink:
    """The ink within a cell's box (in points) of a picture whose rules are painted over."""
    x0, top, x1, bottom = (round(side * dots) for side in box)
    edge = round(_EDGE * dots)
    crop = np.ascontiguousarray(grey[max(0, top + edge) : bottom - edge, max(0, x0 + edge) : x1 - edge])
    if not crop.size:
        return Ink(np.full((1, 1), 255, np.uint8), np.zeros((1, 1), np.float32), dots, (), True)
    paper, printed = levels
    smooth = cv2.GaussianBlur(crop, (0, 0), _SMOOTH * dots).astype(np.float32)
    depth = np.asarray((paper - smooth) / max(1.0, paper - printed), dtype=np.float32)
    sure = _glyphs(depth > _SURE, dots)
    faint = not sure and bool(_glyphs(depth > _MAYBE, dots))
    return Ink(crop, depth, dots, tuple(sure), faint)


def _glyphs(mask: NDArray[np.bool_], dots: float) -> list[Glyph]:
    height, width = mask.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    found = []
    for x, y, wide, high, area in stats[1:].tolist():
        at_edge = x == 0 or y == 0 or x + wide == width or y + high == height
        if area < max(2.0, _SPECK * dots * dots) or (at_edge and min(wide, high) <= _THIN * dots):
            continue
        found.append((x, y, x + wide, y + high))
    return found
