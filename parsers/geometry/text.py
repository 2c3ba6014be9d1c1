"""Characters to text: the lines of a cell, and the lines of a page outside its tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.document import Mark
from parsers.geometry.lines import HAIR, LEFT, lines_of
from parsers.geometry.page import Box, Char
from parsers.geometry.wrapping import is_rest

# A gap wider than this share of a character's height sets words apart.
WORD_GAP = 0.3
_TOUCH = 0.1
# A digit this much smaller than its neighbour is a footnote's mark, not a digit of the same figure.
_SMALLER = 0.75
# A digit that begins within this share of the one before is printed over it.
_OVER = 0.45
_BEGINS, _ENDS = re.compile(r"[\d.,]"), re.compile(r"[\d.,]$")


@dataclass(frozen=True)
class Line:
    """A line of text outside tables. `box` is measured on the page with its text level, `shown` on the page shown.

    `label` and `marks`: what it says and the figures after it, where it is a row of a table that no rules part;
    `spots`: the figures at its end where their columns are not known.
    """

    text: str
    page: int
    box: Box
    size: float
    shown: Box
    label: str = ""
    marks: tuple[Mark, ...] = ()
    spots: tuple[Mark, ...] = ()


def spaced(line: Sequence[Char]) -> str:
    """A line's characters with a space where the gap is wider than letters are set apart.

    So it is between digits printed over each other too: they are of two figures, and no figure is made of both.
    """
    before, left, top, end, bottom, _ = line[0]
    high = bottom - top
    text = before
    for letter, x0, top, x1, bottom, _ in line[1:]:
        higher = bottom - top
        apart = (
            x0 - end > WORD_GAP * higher
            or (x0 < end and x0 - left < _OVER * (end - left) and letter.isdigit() and before.isdigit())
            or ((higher != high or high < 0) and _is_mark(before, letter, high, higher))
        )
        text += " " + letter if apart else letter
        before, left, end, high = letter, x0, x1, higher
    return text


def _is_mark(before: str, letter: str, high: float, higher: float) -> bool:
    """Is one of two neighbours a footnote's mark: both digits, and one much smaller?"""
    return letter.isdigit() and before.isdigit() and min(high, higher) < _SMALLER * max(high, higher)


def runs_of(line: Sequence[Char]) -> list[list[Char]]:
    """The line's characters in runs that touch each other: figures of two cells side by side never do."""
    runs = [[line[0]]]
    for char, after in pairwise(line):
        if after.x0 - char.x1 > _TOUCH * max(char.bottom - char.top, after.bottom - after.top):
            runs.append([])
        runs[-1].append(after)
    return runs


def cell_text(chars: Sequence[Char], right: float) -> str:
    """The text of a cell that ends at `right`, line by line."""
    if len(chars) < 2:
        return chars[0][0] if chars else ""
    only = text_at_once(chars)
    return text_of(*lines_in(chars, right)) if only is None else only


def lines_in(chars: Sequence[Char], right: float) -> tuple[list[list[Char]], float]:
    """A cell's characters in lines as they are read, and where those end at the latest."""
    if chars[0][-1] and all(char.angle == chars[0].angle for char in chars):
        return lines_of(_level(chars)), float("inf")
    return lines_of(chars), right


def text_of(lines: Sequence[list[Char]], right: float) -> str:
    """A cell's lines. A figure that fills its line to the cell's edge (`right`) goes on in the next: it was wrapped."""
    if len(lines) == 1:
        return spaced(lines[0])
    text = ""
    end = 0.0
    for line in lines:
        words = spaced(line)
        needed = line[-1].x1 - line[0].x0
        width = needed / len(line)
        wrapped = right - end < 1.6 * width and _ENDS.search(text) and _BEGINS.match(words)
        goes_on = not text or wrapped or is_rest(text, words, right - end, needed, width)
        text += words if goes_on else "\n" + words
        end = line[-1].x1
    return text


def text_at_once(chars: Sequence[Char]) -> str | None:
    """The text of a cell as most are: level, in one line, no two characters near each other; None for any other.

    It is what `spaced` makes of the one line that `lines_of` finds.
    """
    line = sorted(chars, key=LEFT)
    text, left, top, end, bottom, angle = line[0]
    if angle or chars[0][-1]:
        return None
    before, high, low = text, bottom - top, top + bottom
    least, up = high, low
    for letter, x0, top, x1, bottom, _ in line[1:]:
        if x0 - left <= HAIR or (x0 < end and x0 - left < _OVER * (end - left)):
            return None
        higher, twice = bottom - top, top + bottom
        apart = x0 - end > WORD_GAP * higher
        if higher != high:
            apart = apart or _is_mark(before, letter, high, higher)
            if higher < least:
                least = higher
        if twice < low:
            low = twice
        elif twice > up:
            up = twice
        text += " " + letter if apart else letter
        before, left, end, high = letter, x0, x1, higher
    # All of them are as near to the highest one as the lowest of them demands.
    return text if up - low < least else None


def _level(chars: Sequence[Char]) -> list[Char]:
    """A cell's turned characters as if their lines ran level."""
    angle = chars[0].angle
    if angle == 90:
        return [Char(char.text, -char.bottom, char.x0, -char.top, char.x1) for char in chars]
    if angle == 270:
        return [Char(char.text, char.top, -char.x1, char.bottom, -char.x0) for char in chars]
    return [Char(char.text, -char.x1, -char.bottom, -char.x0, -char.top) for char in chars]
