"""Several looks at one figure, each by another picture of it. What they do not all see is seen by none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from parsers.document import POINT_OR_COMMA
from parsers.formats.scan_engine import ALIKE, HEIGHT, Engine, Grey, Read
from parsers.formats.scan_ink import Ink

_SHAPES = {ord(letter): group[0] for group in ALIKE for letter in group}
_LEAST_CONFIDENCE = 0.5
# By the height of a digit: how far apart two of them stand at least, how wide a 1 is, how wide one is with its space.
_NARROWEST, _ONE, _WIDEST = 0.5, 0.1, 0.95
# Full-width digits: how far the middles of two neighbours stand apart.
_APART = (1.1, 1.7)
# How wide a digit or a comma is printed changes no figure.
_NARROW = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("，"): ","}
# A comma and a point are one or two dots of ink in a coarse picture.
_DOTS = ",.，．"
_DOTTED = re.compile(r"\d[\d,]*,[\d,]*")


@dataclass(frozen=True)
class Seen:
    """What a cell's looks agree on. `doubt` (see GridCell) is why they are not believed; `confidence` from 0 to 1."""

    text: str
    doubt: str | None
    confidence: float


Look = Callable[[Ink], Grey]


def plain(ink: Ink) -> Grey:
    """As it is, with some paper around."""
    return _padded(ink, 0.3, 0.3)


def wide(ink: Ink) -> Grey:
    """As it is, smaller in more paper."""
    return _padded(ink, 0.6, 0.6)


def stretched(ink: Ink) -> Grey:
    """Paper made white and ink black, the noise smoothed."""
    crop = cv2.GaussianBlur(_padded(ink, 0.4, 0.4), (0, 0), 0.6).astype(np.float32)
    low, high = float(np.percentile(crop, 1)), float(np.percentile(crop, 85))
    return np.asarray(np.clip((crop - low) * (255 / max(1.0, high - low)), 0, 255), dtype=np.uint8)


def black(ink: Ink) -> Grey:
    """Larger, black on white."""
    crop = _padded(ink, 0.3, 0.5)
    scale = max(1.0, 2 * HEIGHT / crop.shape[0])
    large = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(large, (0, 0), 0.4 * scale)
    return np.asarray(cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1], dtype=np.uint8)


FIRST_LOOKS: tuple[Look, ...] = (plain, black)
CLOSER_LOOKS: tuple[Look, ...] = (wide, stretched)


def look_at(inks: Sequence[Ink], looks: Sequence[Look], engine: Engine) -> list[tuple[Read, ...]]:
    """What each of the looks reads in each of these lines of ink."""
    by_look = [engine.read([look(ink) for ink in inks]) for look in looks]
    return list(zip(*by_look, strict=True))


def agreed(ink: Ink, reads: Sequence[Read]) -> Seen:
    """What all readings of a line of ink agree on, if it is as wide as that and has no glyph more."""
    texts = ["".join(read.text.split()).translate(_NARROW) for read in reads]
    shapes = {text.translate(_SHAPES) for text in texts}
    confidence = min(read.confidence for read in reads)
    dotted = {shape.replace(".", ",") for shape in shapes}
    if (len(shapes) > 1 or confidence < _LEAST_CONFIDENCE) and len(dotted) == 1 and _DOTTED.fullmatch(min(dotted)):
        return _dotted(ink, min(dotted), texts, reads)
    if len(shapes) > 1:
        return Seen(texts[0], "readings_differ", confidence)
    shape = shapes.pop()
    # A shape that no look takes for the figure itself is not one.
    text = shape if shape in texts else texts[0]
    doubtful = not text or (shape not in texts and len(set(texts)) > 1) or confidence < _LEAST_CONFIDENCE
    return Seen(text, "low_confidence" if doubtful or not _fits(ink, text) else None, confidence)


def _dotted(ink: Ink, figure: str, texts: Sequence[str], reads: Sequence[Read]) -> Seen:
    """A figure of which only the dots are in doubt, if its digits are seen; commas stand for both."""
    digits = [score for read in reads for char, score in zip(read.text, read.scores, strict=True) if char not in _DOTS]
    confidence = min(digits, default=0.0)
    is_seen = any(text.replace(".", ",") == figure for text in texts) and confidence >= _LEAST_CONFIDENCE
    return Seen(figure, POINT_OR_COMMA if is_seen and _fits(ink, figure) else "low_confidence", confidence)


def _fits(ink: Ink, text: str) -> bool:
    """Are there no more glyphs than characters, and are digits as wide as so many of them are?"""
    if len(ink.columns) > len(text):
        return False
    if not (text.isascii() and text.isdigit()):
        return True
    x0, top, x1, bottom = ink.box
    share = (x1 - x0) / (bottom - top)
    return (len(text) - 1) * _NARROWEST + _ONE <= share <= len(text) * _WIDEST or _is_full_width(ink, len(text))


def _is_full_width(ink: Ink, count: int) -> bool:
    """So many digits, each seen for itself and as far from the next as full-width ones are?"""
    _, top, _, bottom = ink.box
    high, columns = bottom - top, ink.columns
    apart = [(after[0] + after[1] - before[0] - before[1]) / 2 for before, after in pairwise(columns)]
    return (
        len(columns) == count
        and all(end - start <= _WIDEST * high for start, end in columns)
        and all(_APART[0] * high <= gap <= _APART[1] * high for gap in apart)
    )


def _padded(ink: Ink, above: float, beside: float) -> Grey:
    """The ink with paper around it, in shares of its height."""
    x0, top, x1, bottom = ink.box
    high = max(bottom - top, 1)
    down, right = max(1, round(above * high)), max(1, round(beside * high))
    paper = int(np.percentile(ink.crop, 85))
    far = max(down, right)
    large = cv2.copyMakeBorder(ink.crop, far, far, far, far, cv2.BORDER_CONSTANT, value=(paper,))
    return np.ascontiguousarray(large[top + far - down : bottom + far + down, x0 + far - right : x1 + far + right])
