"""Straight rules in a picture: long dark strokes, level and upright, each once however thick or broken it is."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from parsers.formats.scan_engine import Grey
from parsers.geometry.page import Rule
from parsers.geometry.strokes import joined

Mask = NDArray[np.uint8]
# In points. Rules are longer than any stroke of a letter; a gap in one that is no wider is the print's; what is thicker
# is a picture.
_SHORTEST_LEVEL = 20.0
_SHORTEST_UPRIGHT = 12.0
_GAP = 1.5
# How near a rule must come to the one at which it ends, and a pixel and a half more.
_NEAR = 1.0
_THICKEST = 4.0
# How much darker than the paper around it, in grey levels.
_DARKER = 24
_AROUND = 18.0
_WHITE = 255
# Strokes from this length on, in points, tell how a page lies; so much higher than thick they are none.
_LONG = 60.0
_RISE = 0.04


def dark(grey: Grey, dots: float) -> Mask:
    """What is darker than its surroundings: 255, else 0."""
    size = 2 * round(_AROUND * dots / 2) + 1
    return np.asarray(
        cv2.adaptiveThreshold(grey, _WHITE, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, _DARKER)
    ).astype(np.uint8)


def rules_of(grey: Grey, dots: float) -> tuple[tuple[Rule, ...], tuple[Rule, ...], Mask]:
    """(level, upright) rules in points, of those that meet others, and the pixels that are theirs."""
    ink = dark(grey, dots)
    level_mask = _strokes(ink, dots, _SHORTEST_LEVEL)
    upright_mask = np.ascontiguousarray(_strokes(np.ascontiguousarray(ink.T), dots, _SHORTEST_UPRIGHT).T)
    levels, uprights = _rules(level_mask, dots), _rules(np.ascontiguousarray(upright_mask.T), dots)
    levels, uprights = _framed(joined(levels), joined(uprights), _NEAR + 1.5 / dots)
    mask = np.zeros_like(ink)
    for at, start, end in levels:
        _paint(mask, level_mask, at, start, end, dots)
    for at, start, end in uprights:
        _paint(mask.T, upright_mask.T, at, start, end, dots)
    return tuple(levels), tuple(uprights), mask


def without(grey: Grey, rules: Mask) -> Grey:
    """The picture with its rules painted over in the colour of the paper."""
    wider = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    clean = grey.copy()
    clean[wider > 0] = int(np.percentile(grey, 75))
    return clean


def slopes(grey: Grey, dots: float) -> tuple[list[float], list[float]]:
    """The angles, in degrees clockwise, of the long strokes that run about level, and their lengths."""
    ink = _strokes(dark(grey, dots), dots, _SHORTEST_LEVEL / 4)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    angles, lengths = [], []
    for at, (x, y, width, height, _) in enumerate(stats.tolist()):
        if at == 0 or width < _LONG * dots or height > _RISE * width + _THICKEST * dots:
            continue
        down, across = np.nonzero(labels[y : y + height, x : x + width] == at)
        angles.append(float(np.degrees(np.arctan(np.polyfit(across, down, 1)[0]))))
        lengths.append(float(width))
    return angles, lengths


def _strokes(ink: Mask, dots: float, shortest: float) -> Mask:
    """The pixels of level strokes: long enough, and thin."""
    gap, length, thickest = (max(1, round(size * dots)) for size in (_GAP, shortest, _THICKEST))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    found = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    thick = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((thickest + 2, 1), np.uint8))
    found[cv2.dilate(thick, np.ones((3, 3), np.uint8)) > 0] = 0
    return np.asarray(found, dtype=np.uint8)


def _rules(mask: Mask, dots: float) -> list[Rule]:
    _, _, stats, middles = cv2.connectedComponentsWithStats(mask)
    return [
        Rule(float(middle[1] + 0.5) / dots, x / dots, (x + width) / dots)
        for (x, _, width, _, _), middle in zip(stats[1:].tolist(), middles[1:], strict=True)
    ]


def _framed(levels: list[Rule], uprights: list[Rule], near: float) -> tuple[list[Rule], list[Rule]]:
    """Those that begin and end at others across them, or beyond the last of these: letters' strokes do not."""
    while True:
        kept_levels = [rule for rule in levels if _is_framed(rule, uprights, near)]
        kept_uprights = [rule for rule in uprights if _is_framed(rule, kept_levels, near)]
        if len(kept_levels) == len(levels) and len(kept_uprights) == len(uprights):
            return levels, uprights
        levels, uprights = kept_levels, kept_uprights


def _is_framed(rule: Rule, across: list[Rule], near: float) -> bool:
    met = [other.at for other in across if other.start - near <= rule.at <= other.end + near]
    return any(rule.start - near <= at <= rule.end + near for at in met) and all(
        end < min(met) or end > max(met) or any(abs(end - at) < near for at in met) for end in rule[1:]
    )


def _paint(mask: Mask, strokes: Mask, at: float, start: float, end: float, dots: float) -> None:
    """Take over the pixels of one level rule."""
    top, bottom = max(0, int((at - _THICKEST) * dots)), int((at + _THICKEST) * dots) + 1
    left, right = max(0, int(start * dots) - 1), int(end * dots) + 2
    mask[top:bottom, left:right] |= strokes[top:bottom, left:right]
