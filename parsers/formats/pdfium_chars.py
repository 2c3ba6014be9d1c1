"""The characters of a PDF's page by pdfium: of ordinary pages all at once, of others one by one, alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from ctypes import byref, c_double, create_string_buffer
from functools import lru_cache
from itertools import repeat
from operator import sub
from typing import Any

import pypdfium2.raw as pdfium

from parsers.formats.caps import MOST_CHARS
from parsers.formats.errors import DocumentUnreadableError
from parsers.formats.pdfium_calls import quick
from parsers.formats.pdfium_frame import Frame
from parsers.geometry.page import Char
from parsers.geometry.turn import as_angle

_CODE, _IS_UNMAPPED = quick(pdfium.FPDFText_GetUnicode), quick(pdfium.FPDFText_HasUnicodeMapError)
_BOX, _ANGLE = quick(pdfium.FPDFText_GetLooseCharBox), quick(pdfium.FPDFText_GetCharAngle)
_TEXT = quick(pdfium.FPDFText_GetText)
_HYPHENS = (0x02, 0xFFFE)  # what pdfium gives for a hyphen at the end of a line
_SPACES = " \r\n\t\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"
_SPACE_CODES = frozenset(map(ord, _SPACES))
_SURROGATES = range(0xD800, 0xE000)
_LOST = "\N{REPLACEMENT CHARACTER}"
# Codes that pdfium's text of the whole page need not give as it gives them one by one.
_UNLIKE = ("\0", "\x02", "\ufffe")
# Boxes that are lower or higher than letters are, in points, are looked at again.
_LEAST_LETTER = 3.0
_MOST_LETTER = 40.0
# Angles of letters that run level; pdfium gives -1 where it knows none.
_LEVEL = frozenset((0.0, -1.0))
# Room for the boxes of so many letters, filled again and again, and where each begins.
_AT_ONCE = 1024
_ROOM = (pdfium.FS_RECTF * _AT_ONCE)()
_PLACES = [byref(_ROOM, 16 * at) for at in range(_AT_ONCE)]
_SIDES = memoryview(_ROOM).cast("B").cast("f")
_new: Callable[[type[Char], Iterable[Any]], Char] = tuple.__new__


def chars_of(page: Any, frame: Frame, where: str) -> tuple[Char, ...]:
    """The characters that show: what a page was cropped of, or never had room for, is still in the file.

    Raises DocumentUnreadableError for a damaged page (`where` names it), one above the caps, and one with a font that
    does not tell its letters.
    """
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise DocumentUnreadableError("pdf_damaged", f"{where} is damaged; the whole file is needed")
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MOST_CHARS:
            raise DocumentUnreadableError(
                "too_many_objects", f"{where} has {count} characters, over {MOST_CHARS}; it was not read", final=True
            )
        chars = _at_once(text, count, frame, where) if frame.rotation == 0 else None
        return _on_page(_one_by_one(text, count, frame, where), frame) if chars is None else chars
    finally:
        pdfium.FPDFText_ClosePage(text)


def _on_page(chars: Iterable[Char], frame: Frame) -> tuple[Char, ...]:
    width, height = frame.width, frame.height
    return tuple(c for c in chars if c[1] < width and c[3] > 0 and c[2] < height and c[4] > 0)


def _at_once(text: Any, count: int, frame: Frame, where: str) -> tuple[Char, ...] | None:
    """What `_on_page` leaves of `_one_by_one` on a page that is not turned; None where that takes a closer look."""
    letters = _whole_text(text, count)
    if letters is None:
        return None
    every = repeat(byref(text.contents))
    places = [at for at, letter in enumerate(letters) if letter not in _SPACES]
    if 1 in map(_IS_UNMAPPED, every, places):
        raise _unmapped(where)
    for space in _SPACES:
        letters = letters.replace(space, "")
    sides = _sides(every, places)
    if sides is None or letters.split() != [letters]:  # none but spaces, or of another kind
        return None
    if not (math.isfinite(sum(map(sum, sides))) and _LEVEL.issuperset(map(_ANGLE, every, places))):
        return None
    x0s, y0s, x1s, y1s = sides
    heights = list(map(sub, y0s, y1s))
    if not (min(heights) > _LEAST_LETTER and max(heights) < _MOST_LETTER and max(map(sub, x1s, x0s)) < _MOST_LETTER):
        return None
    left, top = frame.left, frame.top
    if left:
        x0s, x1s = [x - left for x in x0s], [x - left for x in x1s]
    tops, bottoms = map(sub, repeat(top), y0s), map(sub, repeat(top), y1s)
    chars = tuple(map(_new, repeat(Char), zip(letters, x0s, tops, x1s, bottoms, repeat(0))))
    if max(x0s) < frame.width and min(x1s) > 0 and top - min(y0s) < frame.height and top - max(y1s) > 0:
        return chars
    return _on_page(chars, frame)


def _whole_text(text: Any, count: int) -> str | None:
    """A page's text, each letter at its number; None where that is not certain.

    pdfium keeps a page's letters and its text in step; the text lacks what it takes for control codes, and letters
    beyond the first 65,536 codes.
    """
    room = create_string_buffer(2 * (count + 1))
    if count < 1 or _TEXT(text, 0, count, byref(room)) != count + 1:
        return None
    try:
        letters = room.raw[:-2].decode("utf-16-le")
    except UnicodeDecodeError:
        return None
    return letters if len(letters) == count and not any(unlike in letters for unlike in _UNLIKE) else None


def _sides(every: Iterable[Any], places: list[int]) -> tuple[list[float], ...] | None:
    """The left sides of letters, their tops, right sides and bottoms, as the PDF measures them.

    `every`: the page's text, for every letter again.
    """
    sides: tuple[list[float], ...] = ([], [], [], [])
    for begin in range(0, len(places), _AT_ONCE):
        some = places[begin : begin + _AT_ONCE]
        if sum(map(_BOX, every, some, _PLACES)) != len(some):
            return None
        for at, side in enumerate(sides):
            side += _SIDES[at : 4 * len(some) : 4].tolist()
    return sides


def _unmapped(where: str) -> DocumentUnreadableError:
    return DocumentUnreadableError("no_unicode", f"{where} has a font without a table of its letters")


def _one_by_one(text: Any, count: int, frame: Frame, where: str) -> Iterator[Char]:
    """Every character of a page, whatever it is like."""
    box = pdfium.FS_RECTF()
    pointer = byref(box)
    is_plain, left, top = frame.rotation == 0, frame.left, frame.top
    for at in range(count):
        code = _CODE(text, at)
        if code in _SPACE_CODES:
            continue
        if _IS_UNMAPPED(text, at) == 1:
            raise _unmapped(where)
        letter = _letter(code)
        if letter.isspace():
            continue
        _BOX(text, at, pointer)
        x0, y1, x1, y0 = box.left, box.top, box.right, box.bottom
        if not (_LEAST_LETTER < y1 - y0 < _MOST_LETTER and x1 - x0 < _MOST_LETTER):
            _mend(text, at, box)
            x0, y1, x1, y0 = box.left, box.top, box.right, box.bottom
            if not all(map(math.isfinite, (x0, y1, x1, y0))):
                continue
        angle = _ANGLE(text, at)
        if is_plain and not angle > 0:
            yield Char(letter, x0 - left, top - y1, x1 - left, top - y0, 0)
        else:
            place = frame.box(x0, y0, x1, y1)
            yield Char(letter, *place, _degrees(angle, frame.rotation))


def _mend(text: Any, at: int, box: Any) -> None:
    """The box of a letter of a vertical font: pdfium (5.15) forgets to scale its loose one."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    matrix = pdfium.FS_MATRIX()
    if not (
        pdfium.FPDFText_GetCharBox(text, at, byref(left), byref(right), byref(bottom), byref(top))
        and pdfium.FPDFText_GetMatrix(text, at, matrix)
    ):
        return
    high = pdfium.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
    if high > 0 and not 0.4 < (box.top - box.bottom) / high < 2.5:
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        box.left, box.right, box.bottom, box.top = x - high / 2, x + high / 2, y - high / 2, y + high / 2


@lru_cache(8192)
def _letter(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return _LOST if code in _SURROGATES or code == 0 or code > 0x10FFFF else chr(code)


def _degrees(angle: float, rotation: int) -> int:
    """Counter-clockwise on the page as shown, which `rotation` turns clockwise; nearly straight is straight.

    pdfium's own angle is clockwise, in radians, -1 where it knows none; one that is no number tells nothing either.
    """
    return as_angle(-round(math.degrees(angle if 0 < angle < math.inf else 0)) - rotation)
