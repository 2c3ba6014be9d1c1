"""Characters to text: the lines of a cell, and the lines of a page outside its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from parsers.document import Mark
from parsers.geometry.page import Box, Char
from parsers.geometry.wrapping import is_rest

# A gap wider than this share of a character's height sets words apart.
WORD_GAP = 0.3
# Characters whose middles are nearer than this share of their height stand on one line.
_SAME_LINE = 0.5
_TOUCH = 0.1
# A digit this much smaller than its neighbour is a footnote's mark, not a digit of the same figure.
_SMALLER = 0.75
_LEFT = itemgetter(1)
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


def lines_of(chars: Iterable[Char]) -> list[list[Char]]:
    """The characters in lines, top to bottom, each left to right."""
    found = list(chars)
    found.sort(key=_LEFT)
    if found and all(char[2] == found[0][2] for char in found):
        return [found]
    found.sort(key=_height)  # those of one height stay left to right
    lines: list[list[Char]] = []
    line: list[Char] = []
    middle = height = 0.0
    for char in found:
        _, _, top, _, bottom, _ = char
        here, high = (top + bottom) / 2, bottom - top
        if line and here - middle < _SAME_LINE * (high if high > height else height):
            line.append(char)
        else:
            line = [char]
            lines.append(line)
            middle, height = here, high
    for line in lines:
        line.sort(key=_LEFT)
    return lines


def _height(char: Char) -> float:
    return char[2] + char[4]


def spaced(line: Sequence[Char]) -> str:
    """A line's characters with a space where the gap is wider than letters are set apart."""
    before, _, top, end, bottom, _ = line[0]
    high = bottom - top
    pieces = [before]
    for letter, x0, top, x1, bottom, _ in line[1:]:
        higher = bottom - top
        if x0 - end > WORD_GAP * higher:
            pieces.append(" ")
        elif letter.isdigit() and before.isdigit() and min(high, higher) < _SMALLER * max(high, higher):
            pieces.append(" ")  # one of two neighbouring digits is a footnote's mark
        pieces.append(letter)
        before, end, high = letter, x1, higher
    return "".join(pieces)


def runs_of(line: Sequence[Char]) -> list[list[Char]]:
    """The line's characters in runs that touch each other: figures of two cells side by side never do."""
    runs = [[line[0]]]
    for char, after in pairwise(line):
        if after.x0 - char.x1 > _TOUCH * max(char.bottom - char.top, after.bottom - after.top):
            runs.append([])
        runs[-1].append(after)
    return runs


def cell_text(chars: Sequence[Char], right: float) -> str:
    """A cell's lines. A figure that fills its line to the cell's edge (`right`) goes on in the next: it was wrapped."""
    if not chars:
        return ""
    if chars[0][-1] and all(char.angle == chars[0].angle for char in chars):
        chars, right = _level(chars), float("inf")
    if len(chars) == 1:
        return chars[0].text
    lines = lines_of(chars)
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


def _level(chars: Sequence[Char]) -> list[Char]:
    """A cell's turned characters as if their lines ran level."""
    angle = chars[0].angle
    if angle == 90:
        return [Char(char.text, -char.bottom, char.x0, -char.top, char.x1) for char in chars]
    if angle == 270:
        return [Char(char.text, char.top, -char.x1, char.bottom, -char.x0) for char in chars]
    return [Char(char.text, -char.x1, -char.bottom, -char.x0, -char.top) for char in chars]
