"""Pages whose text runs up, down or upside down, turned until it runs level."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from parsers.geometry.page import Box, Char, Page, Rule

_ANGLE = itemgetter(5)
# A character turned by less than this many degrees is one on a level line that is not quite straight.
_NEARLY = 5


def as_angle(degrees: float) -> int:
    """Whole degrees from 0 to 359, nearly straight ones straight."""
    quarter = 90 * round(degrees / 90)
    return (quarter if abs(degrees - quarter) < _NEARLY else round(degrees)) % 360


def straight(page: Page) -> Page:
    """The page turned by the angle of most of its characters; those that run aslant (a watermark) are dropped."""
    if not any(map(_ANGLE, page.chars)):
        return page
    angles = Counter(char.angle for char in page.chars)
    chars = page.chars
    if any(angle % 90 for angle in angles):
        chars = tuple(char for char in chars if char.angle % 90 == 0)
        angles = Counter(char.angle for char in chars)
    turn = max(angles, key=lambda angle: angles[angle], default=0)
    if turn == 0 or 2 * angles[turn] <= len(chars):
        return page if chars is page.chars else _with(page, chars)
    return _turned(page, chars, turn)


def _with(page: Page, chars: tuple[Char, ...]) -> Page:
    return Page(page.number, page.width, page.height, chars, page.levels, page.uprights, page.rotation)


def _turned(page: Page, chars: tuple[Char, ...], turn: int) -> Page:
    width, height = page.width, page.height

    def box(x0: float, top: float, x1: float, bottom: float) -> Box:
        if turn == 90:
            return height - bottom, x0, height - top, x1
        if turn == 180:
            return width - x1, height - bottom, width - x0, height - top
        return top, width - x1, bottom, width - x0

    turned = tuple(Char(char.text, *box(*char[1:5]), (char.angle - turn) % 360) for char in chars)
    levels = [box(rule.start, rule.at, rule.end, rule.at) for rule in page.levels]
    uprights = [box(rule.at, rule.start, rule.at, rule.end) for rule in page.uprights]
    if turn != 180:
        levels, uprights = uprights, levels
        width, height = height, width
    return Page(
        page.number,
        width,
        height,
        turned,
        tuple(Rule(top, x0, x1) for x0, top, x1, _ in levels),
        tuple(Rule(x0, top, bottom) for x0, top, _, bottom in uprights),
        turn,
    )
