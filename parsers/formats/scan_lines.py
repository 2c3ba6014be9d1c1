"""A picture's lines of text as characters with boxes, each line cut where an upright rule of a table crosses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from parsers.formats.scan_engine import Engine, Grey, Quad, Read
from parsers.formats.scan_frame import crop_of
from parsers.geometry.page import Box, Char, Rule

# A rule this near the end of a line, in points, cuts nothing off.
_MARGIN = 3.0
_LEAST_CONFIDENCE = 0.3
# The width of a character by the height of its line, wide and narrow ones.
_WIDE, _NARROW = 0.85, 0.5
# Characters farther apart than so many widths have a space between them.
_APART = 1.6


@dataclass(frozen=True)
class Strip:
    """A piece of a line: its corners in pixels, its box in points."""

    quad: Quad
    box: Box


def strips(quads: Sequence[Quad], uprights: Sequence[Rule], dots: float) -> list[Strip]:
    """The lines of a level picture in pieces that no upright rule crosses."""
    return [piece for quad in quads for piece in _pieces(quad, uprights, dots)]


def _pieces(quad: Quad, uprights: Sequence[Rule], dots: float) -> Iterator[Strip]:
    left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
    middle = float(quad[:, 1].mean()) / dots
    cuts = [
        rule.at * dots
        for rule in uprights
        if rule.start <= middle <= rule.end and left + _MARGIN * dots < rule.at * dots < right - _MARGIN * dots
    ]
    sides = [left, *sorted(cuts), right]
    for begin, end in pairwise(sides):
        piece = _between(quad, (begin - left) / max(right - left, 1), (end - left) / max(right - left, 1))
        x, y = piece[:, 0] / dots, piece[:, 1] / dots
        yield Strip(piece, (float(x.min()), float(y.min()), float(x.max()), float(y.max())))


def _between(quad: Quad, start: float, end: float) -> Quad:
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    corners = [quad[0] + start * top, quad[0] + end * top, quad[3] + end * bottom, quad[3] + start * bottom]
    return np.asarray(corners, dtype=np.float32)


def chars_of(grey: Grey, found: Sequence[Strip], engine: Engine) -> list[Char]:
    """The characters that stand in the strips."""
    reads = engine.read([crop_of(grey, strip.quad) for strip in found])
    return [char for strip, read in zip(found, reads, strict=True) for char in _chars(read, strip.box)]


def _chars(read: Read, box: Box) -> Iterator[Char]:
    x0, top, x1, bottom = box
    middles = [x0 + middle * (x1 - x0) for middle in read.middles]
    for at, (text, score) in enumerate(zip(read.text, read.scores, strict=True)):
        if text.isspace() or score < _LEAST_CONFIDENCE:
            continue
        width = (_NARROW if text.isascii() else _WIDE) * (bottom - top)
        left, right = middles[at] - width / 2, middles[at] + width / 2
        if at > 0 and not read.text[at - 1].isspace() and middles[at] - middles[at - 1] < _APART * width:
            left = (middles[at - 1] + middles[at]) / 2
        if at + 1 < len(middles) and not read.text[at + 1].isspace() and middles[at + 1] - middles[at] < _APART * width:
            right = (middles[at] + middles[at + 1]) / 2
        yield Char(text, left, top, max(right, left + 0.1), bottom)
