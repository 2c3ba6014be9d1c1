"""Strokes that stand for nothing, told by their shape alone: a recognizer takes a slash for a 1 and a dash for dirt."""

from __future__ import annotations

import numpy as np

from parsers.formats.scan_ink import Ink

# In points and square points: a dash is that thin, that long, and no speck; a longer one is a dash of a whole letter.
_THICKEST, _SHORTEST, _SPECK, _LONG = 1.8, 1.3, 0.8, 4.0
_LEAST_LONG = 1.25
# A slash: across by height, and how well its ink lies on one line.
_SLANT = (0.3, 1.0)
_STRAIGHT = 0.9
# A slash is as high as a figure, in points.
_LEAST_HIGH = 4.0
_INK = 0.3


def mark_in(ink: Ink) -> str | None:
    """The slash or dash that a line of ink is; None when it is something else."""
    if len(ink.glyphs) != 1:
        return None
    x0, top, x1, bottom = ink.box
    wide, high = (x1 - x0) / ink.dots, (bottom - top) / ink.dots
    depth = ink.depth[top:bottom, x0:x1]
    if wide >= _LEAST_LONG * high:
        area = float((depth > _INK).sum()) / ink.dots**2
        is_dash = high <= _THICKEST and wide >= _SHORTEST and area >= _SPECK
        return ("—" if wide >= _LONG else "-") if is_dash else None
    if high < _LEAST_HIGH:
        return None
    down, right = np.nonzero(depth > _INK)
    if np.ptp(right) == 0:
        return None
    straight = float(np.corrcoef(right, down)[0, 1])
    slant = float(np.polyfit(down, right, 1)[0])
    if abs(straight) < _STRAIGHT or not _SLANT[0] <= abs(slant) <= _SLANT[1]:
        return None
    return "/" if slant < 0 else "\\"
