"""Straight rules among a PDF page's drawings: stroked lines and boxes, thin filled boxes. White ones rule nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int, c_uint
from itertools import pairwise
from typing import Any

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
_PIECE, _PIECE_KIND = quick(pdfium.FPDFPath_GetPathSegment), quick(pdfium.FPDFPathSegment_GetType)
_POINT, _IS_CLOSED = quick(pdfium.FPDFPathSegment_GetPoint), quick(pdfium.FPDFPathSegment_GetClose)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class TooManyObjectsError(Exception):
    """A page holds more objects than any report's page does."""


def rules_of(page: Any, frame: Frame) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """(level, upright) rules on the page as shown. Raises TooManyObjectsError above the cap."""
    levels: list[Rule] = []
    uprights: list[Rule] = []
    for path, matrix in _paths(page):
        for (x0, y0), (x1, y1) in _seen_strokes(path, matrix):
            x0, y0 = frame.point(x0, y0)
            x1, y1 = frame.point(x1, y1)
            if not abs(x1 - x0) + abs(y1 - y0) < _LONGEST:
                continue
            if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) > abs(y1 - y0):
                levels.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) > abs(x1 - x0):
                uprights.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return tuple(levels), tuple(uprights)


def _paths(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Every path of the page and of the forms in it, with the matrix that takes it to the page."""
    met = 0
    waiting: list[tuple[Callable[..., int], Callable[..., Any], Any, Matrix, int]] = [
        (pdfium.FPDFPage_CountObjects, _OBJECT, page, _SAME, 0)
    ]
    while waiting:
        count_of, object_of, holder, matrix, depth = waiting.pop()
        count = max(count_of(holder), 0)
        met += count
        if met > MOST_OBJECTS:
            raise TooManyObjectsError(f"has over {MOST_OBJECTS} objects; it was not read")
        for at in range(count):
            item = object_of(holder, at)
            kind = _KIND(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield item, _times(_matrix(item), matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                within = _times(_matrix(item), matrix)
                waiting.append((pdfium.FPDFFormObj_CountObjects, _OBJECT_IN_FORM, item, within, depth + 1))


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not _MATRIX(item, byref(found)):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """First `one`, then `other`."""
    if one == _SAME:
        return other
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _seen_strokes(path: Any, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of a path that is drawn in a colour one can see."""
    fill, stroke = c_int(), c_int()
    if not _DRAW_MODE(path, byref(fill), byref(stroke)):
        return
    stroked = bool(stroke.value) and not _is_unseen(_STROKE_COLOUR, path)
    filled = bool(fill.value) and not stroked and not _is_unseen(_FILL_COLOUR, path)
    if not stroked and not filled:
        return
    for points in _outlines(path, matrix):
        if stroked:
            yield from pairwise(points)
        else:
            yield from _as_thin_box(points)


def _is_unseen(colour_of: Callable[..., int], path: Any) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not colour_of(path, byref(red), byref(green), byref(blue), byref(alpha)):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _outlines(path: Any, matrix: Matrix) -> Iterator[list[Point]]:
    """Each run of straight pieces of a path as its corners."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_PIECES:
        return
    a, b, c, d, e, f = matrix
    x, y = c_float(), c_float()
    points: list[Point] = []
    begin = 0.0, 0.0
    at_x, at_y = byref(x), byref(y)
    for at in range(count):
        piece = _PIECE(path, at)
        _POINT(piece, at_x, at_y)
        point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        kind = _PIECE_KIND(piece)
        if kind == pdfium.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:
            # A curve rules nothing: the outline is cut there.
            if len(points) > 1:
                yield points
            points = [point]
            begin = point if kind == pdfium.FPDF_SEGMENT_MOVETO else begin
        if kind == pdfium.FPDF_SEGMENT_LINETO and _IS_CLOSED(piece):
            points.append(begin)
    if len(points) > 1:
        yield points


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
