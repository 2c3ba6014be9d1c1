"""A picture of a page set straight: quarter turns undone, then the tilt of a sheet that lay askew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from parsers.formats.scan_engine import Engine, Grey, Quad
from parsers.formats.scan_rules import slopes

# Lines of text this much longer than high tell which way they run.
_LONG = 2.0
_ASKED = 15
# A sheet that lies more askew than this, in degrees, is not seen; less than that is straight.
_MOST_TILT = 8.0
_LEAST_TILT = 0.03
_WHITE = 255


@dataclass(frozen=True)
class Upright:
    """A picture with its text level. `turn`: degrees clockwise in quarters, then `tilt` more, about the middle."""

    grey: Grey
    quads: list[Quad]
    turn: int
    tilt: float


def upright(grey: Grey, quads: Sequence[Quad], engine: Engine, dots: float) -> Upright:
    """The picture and its lines of text set straight; `dots` are its pixels per point."""
    turn = _quarter(grey, quads, engine)
    turned, moved = _turned(grey, quads, turn)
    tilt = _median_slope(moved)
    rough, _ = _tilted(turned, moved, tilt)
    tilt -= _weighted_median(*slopes(rough, dots))
    if abs(tilt) < _LEAST_TILT or abs(tilt) > _MOST_TILT:
        return Upright(turned, moved, turn, 0.0)
    return Upright(*_tilted(turned, moved, tilt), turn, tilt)


def _tilted(grey: Grey, quads: Sequence[Quad], degrees: float) -> tuple[Grey, list[Quad]]:
    """Turned clockwise about the middle, within its frame."""
    if abs(degrees) < _LEAST_TILT:
        return grey, list(quads)
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    level = cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(_WHITE,))
    moved = [np.asarray(cv2.transform(quad[None], matrix)[0], dtype=np.float32) for quad in quads]
    return np.asarray(level, dtype=np.uint8), moved


def crop_of(grey: Grey, quad: Quad) -> Grey:
    """The part of the picture within four corners, as a level picture."""
    width = max(1, round(max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))))
    height = max(1, round(max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(quad, dtype=np.float32), corners)
    crop = cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(crop, dtype=np.uint8)


def _sides(quad: Quad) -> tuple[float, float]:
    return float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[3] - quad[0]))


def _quarter(grey: Grey, quads: Sequence[Quad], engine: Engine) -> int:
    """By how many degrees clockwise the picture must be turned, in quarters."""
    level = upright_text = 0.0
    for quad in quads:
        width, height = _sides(quad)
        if width > _LONG * height:
            level += width
        elif height > _LONG * width:
            upright_text += height
    turn = 90 if upright_text > level else 0
    turned, moved = _turned(grey, quads, turn)
    lines = [quad for quad in moved if _sides(quad)[0] > _LONG * _sides(quad)[1]]
    lines = sorted(lines, key=lambda quad: -_sides(quad)[0])[:_ASKED]
    if not lines:
        return turn
    heads = engine.are_upside_down([crop_of(turned, quad) for quad in lines])
    return turn + 180 if 2 * sum(heads) > len(heads) else turn


def _turned(grey: Grey, quads: Sequence[Quad], turn: int) -> tuple[Grey, list[Quad]]:
    if turn == 0:
        return grey, list(quads)
    height, width = grey.shape
    moved = []
    for quad in quads:
        x, y = quad[:, 0], quad[:, 1]
        where = {90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[turn]
        moved.append(_ordered(np.stack(where, axis=1).astype(np.float32)))
    return np.ascontiguousarray(np.rot90(grey, -turn // 90)), moved


def _ordered(quad: Quad) -> Quad:
    """The corners clockwise from the top left one."""
    left, right = np.split(quad[np.argsort(quad[:, 0], kind="stable")], 2)
    (top_left, bottom_left), (top_right, bottom_right) = (side[np.argsort(side[:, 1])] for side in (left, right))
    return np.stack([top_left, top_right, bottom_right, bottom_left])


def _median_slope(quads: Sequence[Quad]) -> float:
    """By how many degrees clockwise it must be turned still, as far as its lines of text tell."""
    angles, lengths = [], []
    for quad in quads:
        width, height = _sides(quad)
        if width > 3 * _LONG * height:
            slope = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
            angles.append(float(np.degrees(np.arctan2(slope[1], slope[0]))))
            lengths.append(width)
    median = -_weighted_median(angles, lengths)
    return median if abs(median) < _MOST_TILT else 0.0


def _weighted_median(values: Sequence[float], weights: Sequence[float]) -> float:
    """0 for none."""
    half = sum(weights) / 2
    for value, weight in sorted(zip(values, weights, strict=True)):
        half -= weight
        if half <= 0:
            return value
    return 0.0
