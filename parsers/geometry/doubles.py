"""Bold made by printing every character twice, a hair apart, reads as doubled digits: the second prints go."""

from __future__ import annotations

import math
from operator import itemgetter, sub

from parsers.geometry.lines import LEFT
from parsers.geometry.page import Char, Page

# Two prints of one character are no farther apart than this, in points and as a share of its width.
_HAIR = 1.2
_SHARE = 0.4
_TOP = itemgetter(2)


def undoubled(page: Page) -> Page:
    """The page with each character once. A page on which none is printed twice is returned as it is."""
    if _stand_apart(page.lines) or not _is_any_doubled(page.chars):
        return page
    kept: dict[tuple[str, int, int], list[Char]] = {}
    chars = [char for char in page.chars if _is_first(kept, char)]
    return Page(page.number, page.width, page.height, tuple(chars), page.levels, page.uprights, page.rotation)


def _stand_apart(lines: list[list[Char]]) -> bool:
    """Is no character near another, of whatever kind: in its line by where they begin, in two lines by their tops?"""
    lowest = -math.inf
    for line in lines:
        lefts, tops = list(map(LEFT, line)), list(map(_TOP, line))
        if min(tops) - lowest <= _HAIR or min(map(sub, lefts[1:], lefts), default=math.inf) <= _HAIR:
            return False
        lowest = max(lowest, max(tops))
    return True


def _is_any_doubled(chars: tuple[Char, ...]) -> bool:
    """Do two prints of a character fall into one field of a grid? Of three grids one parts no two that are near."""
    field = 3 * _HAIR
    prints = [(text, x0 / field, top / field) for text, x0, top, _, _, _ in chars]
    for shift in (0.0, 1 / 3, 2 / 3):
        places = {(text, int(x + shift), int(y + shift)) for text, x, y in prints}
        if len(places) < len(chars):
            return True
    return False


def _is_first(kept: dict[tuple[str, int, int], list[Char]], char: Char) -> bool:
    hair = min(_HAIR, _SHARE * min(char.x1 - char.x0, char.bottom - char.top))
    column, row = int(char.x0 // _HAIR), int(char.top // _HAIR)
    for right in (-1, 0, 1):
        for down in (-1, 0, 1):
            for other in kept.get((char.text, column + right, row + down), ()):
                if abs(other.x0 - char.x0) <= hair and abs(other.top - char.top) <= hair:
                    return False
    kept.setdefault((char.text, column, row), []).append(char)
    return True
