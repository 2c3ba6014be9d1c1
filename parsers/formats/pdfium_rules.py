"""Straight rules among a PDF page's drawings: stroked lines and boxes, thin filled boxes. White ones rule nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int, c_uint
from functools import partial
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from parsers.formats.caps import MOST_OBJECTS
from parsers.formats.pdfium_calls import quick
from parsers.formats.pdfium_frame import Frame
from parsers.geometry.page import SNAP, Rule

# Forms within forms, deeper than any writer of documents nests them.
_DEEPEST = 8
# A path of more pieces than a ruled page has is a picture.
_MOST_PIECES = 5_000
_WHITE = 250
# How far from level or upright a line may be, in points.
_STRAIGHT = 0.7
# Longer than any page; broken files have rules without end.
_LONGEST = 20_000.0

_OBJECT, _OBJECT_IN_FORM = quick(pdfium.FPDFPage_GetObject), quick(pdfium.FPDFFormObj_GetObject)
_KIND, _MATRIX = quick(pdfium.FPDFPageObj_GetType), quick(pdfium.FPDFPageObj_GetMatrix)
_DRAW_MODE = quick(pdfium.FPDFPath_GetDrawMode)
_STROKE_COLOUR, _FILL_COLOUR = quick(pdfium.FPDFPageObj_GetStrokeColor), quick(pdfium.FPDFPageObj_GetFillColor)
_PIECES, _PIECE = quick(pdfium.FPDFPath_CountSegments), quick(pdfium.FPDFPath_GetPathSegment)
_PIECE_KIND = quick(pdfium.FPDFPathSegment_GetType)
_POINT, _IS_CLOSED = quick(pdfium.FPDFPathSegment_GetPoint), quick(pdfium.FPDFPathSegment_GetClose)
_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_FORM, _IMAGE = pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE
_MOVE, _LINE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO

Matrix = tuple[float, ...]  # six numbers
Point = tuple[float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

# Where pdfium writes its answers, one path after another.
_FOUND, _X, _Y = pdfium.FS_MATRIX(), c_float(), c_float()
_FOUND_AT, _X_AT, _Y_AT = byref(_FOUND), byref(_X), byref(_Y)
_NUMBERS = memoryview(_FOUND).cast("B").cast("f")
_FILL, _STROKE = c_int(), c_int()
_FILL_AT, _STROKE_AT = byref(_FILL), byref(_STROKE)
_RED, _GREEN, _BLUE, _ALPHA = _COLOUR = c_uint(), c_uint(), c_uint(), c_uint()
_COLOUR_AT = tuple(map(byref, _COLOUR))
_rule: partial[Rule] = partial(tuple.__new__, Rule)


class TooManyObjectsError(Exception):
    """A page holds more objects than any report's page does."""


class Drawings(NamedTuple):
    """Level and upright rules on a page as shown; is there a picture on the page itself?"""

    levels: tuple[Rule, ...]
    uprights: tuple[Rule, ...]
    has_picture: bool


def drawings_of(page: Any, frame: Frame) -> Drawings:
    """What is drawn on a page. Raises TooManyObjectsError above the cap."""
    levels: list[Rule] = []
    uprights: list[Rule] = []
    paths, has_picture = _paths(page)
    is_plain, left, top = frame.rotation == 0, frame.left, frame.top
    for path, matrix in paths:
        for (x0, y0), (x1, y1) in _seen_strokes(path, matrix):
            if is_plain:
                x0, y0, x1, y1 = x0 - left, top - y0, x1 - left, top - y1
            else:
                (x0, y0), (x1, y1) = frame.point(x0, y0), frame.point(x1, y1)
            wide, high = abs(x1 - x0), abs(y1 - y0)
            if not wide + high < _LONGEST:
                continue
            if high <= _STRAIGHT and wide > high:
                levels.append(_rule(((y0 + y1) / 2, x0, x1) if x0 < x1 else ((y0 + y1) / 2, x1, x0)))
            elif wide <= _STRAIGHT and high > wide:
                uprights.append(_rule(((x0 + x1) / 2, y0, y1) if y0 < y1 else ((x0 + x1) / 2, y1, y0)))
    return Drawings(tuple(levels), tuple(uprights), has_picture)


def _paths(page: Any) -> tuple[list[tuple[Any, Matrix]], bool]:
    """Every path of the page and of the forms in it, with the matrix that takes it to the page; pictures on it?"""
    met = 0
    paths: list[tuple[Any, Matrix]] = []
    has_picture = False
    waiting: list[tuple[Callable[..., int], Callable[..., Any], Any, Matrix, int]] = [
        (pdfium.FPDFPage_CountObjects, _OBJECT, page, _SAME, 0)
    ]
    while waiting:
        count_of, object_of, holder, matrix, depth = waiting.pop()
        count = max(count_of(holder), 0)
        met += count
        if met > MOST_OBJECTS:
            raise TooManyObjectsError(f"has over {MOST_OBJECTS} objects; it was not read")
        items = list(map(object_of, repeat(holder), range(count)))
        for item, kind in zip(items, map(_KIND, items), strict=True):
            if kind == _TEXT:
                continue
            if kind == _PATH:
                paths.append((item, _times(_matrix(item), matrix)))
            elif kind == _FORM and depth < _DEEPEST:
                within = _times(_matrix(item), matrix)
                waiting.append((pdfium.FPDFFormObj_CountObjects, _OBJECT_IN_FORM, item, within, depth + 1))
            elif kind == _IMAGE and depth == 0:
                has_picture = True
    return paths, has_picture


def _matrix(item: Any) -> Matrix:
    return tuple(_NUMBERS) if _MATRIX(item, _FOUND_AT) else _SAME


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other`."""
    if one == _SAME:
        return other
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _seen_strokes(path: Any, matrix: Matrix) -> list[tuple[Point, Point]]:
    """The straight strokes of a path that is drawn in a colour one can see."""
    if not _DRAW_MODE(path, _FILL_AT, _STROKE_AT):
        return []
    fill = _FILL.value
    stroked = bool(_STROKE.value) and not _is_unseen(_STROKE_COLOUR, path)
    if stroked:
        return _one_line(path, matrix) if _PIECES(path) == 2 else _pairs(path, matrix)
    if not fill or _is_unseen(_FILL_COLOUR, path):
        return []
    return [stroke for points in _outlines(path, matrix) for stroke in _as_thin_box(points)]


def _pairs(path: Any, matrix: Matrix) -> list[tuple[Point, Point]]:
    """The strokes of a path, whatever it is like."""
    return [stroke for points in _outlines(path, matrix) for stroke in pairwise(points)]


def _one_line(path: Any, matrix: Matrix) -> list[tuple[Point, Point]]:
    """The stroke of a path of two pieces, as most rules are."""
    first, last = _PIECE(path, 0), _PIECE(path, 1)
    if _PIECE_KIND(last) != _LINE or _PIECE_KIND(first) == _LINE or _IS_CLOSED(last):
        return _pairs(path, matrix)
    _POINT(first, _X_AT, _Y_AT)
    x0, y0 = _X.value, _Y.value
    _POINT(last, _X_AT, _Y_AT)
    x1, y1 = _X.value, _Y.value
    if matrix != _SAME:
        a, b, c, d, e, f = matrix
        x0, y0, x1, y1 = a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f
    return [((x0, y0), (x1, y1))]


def _is_unseen(colour_of: Callable[..., int], path: Any) -> bool:
    if not colour_of(path, *_COLOUR_AT):
        return False
    return _ALPHA.value == 0 or min(_RED.value, _GREEN.value, _BLUE.value) >= _WHITE


def _outlines(path: Any, matrix: Matrix) -> list[list[Point]]:
    """Each run of straight pieces of a path as its corners."""
    count = _PIECES(path)
    if not 0 < count <= _MOST_PIECES:
        return []
    a, b, c, d, e, f = matrix
    outlines: list[list[Point]] = []
    points: list[Point] = []
    begin = 0.0, 0.0
    for at in range(count):
        piece = _PIECE(path, at)
        _POINT(piece, _X_AT, _Y_AT)
        x, y = _X.value, _Y.value
        point = a * x + c * y + e, b * x + d * y + f
        kind = _PIECE_KIND(piece)
        if kind == _LINE:
            points.append(point)
            if _IS_CLOSED(piece):
                points.append(begin)
        else:
            # A curve rules nothing: the outline is cut there.
            points = [point]
            outlines.append(points)
            begin = point if kind == _MOVE else begin
    return [points for points in outlines if len(points) > 1]


def _as_thin_box(points: list[Point]) -> Iterator[tuple[Point, Point]]:
    """The middle line of a filled box too thin to be a background."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if min(x1 - x0, y1 - y0) >= SNAP or len(points) > 6:
        return
    if x1 - x0 > y1 - y0:
        yield (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    else:
        yield ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
