"""Bold made by printing every character twice, a hair apart, reads as doubled digits: the second prints go."""

from __future__ import annotations

from parsers.geometry.lines import HAIR, stand_apart
from parsers.geometry.page import Char, Page

# Nor are two prints of one character farther apart than this share of its width.
_SHARE = 0.4


def undoubled(page: Page) -> Page:
    """The page with each character once. A page on which none is printed twice is returned as it is."""
    if stand_apart(page.lines) or not _is_any_doubled(page.chars):
        return page
    kept: dict[tuple[str, int, int], list[Char]] = {}
    chars = [char for char in page.chars if _is_first(kept, char)]
    return Page(page.number, page.width, page.height, tuple(chars), page.levels, page.uprights, page.rotation)


def _is_any_doubled(chars: tuple[Char, ...]) -> bool:
    """Do two prints of a character fall into one field of a grid? Of three grids one parts no two that are near."""
    field = 3 * HAIR
    prints = [(text, x0 / field, top / field) for text, x0, top, _, _, _ in chars]
    for shift in (0.0, 1 / 3, 2 / 3):
        places = {(text, int(x + shift), int(y + shift)) for text, x, y in prints}
        if len(places) < len(chars):
            return True
    return False


def _is_first(kept: dict[tuple[str, int, int], list[Char]], char: Char) -> bool:
    hair = min(HAIR, _SHARE * min(char.x1 - char.x0, char.bottom - char.top))
    column, row = int(char.x0 // HAIR), int(char.top // HAIR)
    for right in (-1, 0, 1):
        for down in (-1, 0, 1):
            for other in kept.get((char.text, column + right, row + down), ()):
                if abs(other.x0 - char.x0) <= hair and abs(other.top - char.top) <= hair:
                    return False
    kept.setdefault((char.text, column, row), []).append(char)
    return True
