"""Characters of a PDF to lines of text. A line may mix fonts that sit at different heights, as 2024年 often does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from parsers.geometry.text import Line

Char = dict[str, Any]
# A gap wider than this share of the letters' height sets words apart.
_GAP = 0.3
_TOUCH = 0.1
# A letter this much smaller than its neighbour is a footnote's mark, not a digit of the same figure.
_SMALLER = 0.75


def middle(char: Char) -> float:
    """A character's height on the page."""
    return float(char["top"] + char["bottom"]) / 2


def group_lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters by line, top to bottom, each line left to right; white space is left out."""
    lines: list[list[Char]] = []
    for char in sorted((char for char in chars if char["text"].strip()), key=middle):
        if lines and middle(char) - middle(lines[-1][0]) < 0.5 * max(char["size"], lines[-1][0]["size"]):
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda char: float(char["x0"])) for line in lines]


def spaced(line: Sequence[Char]) -> str:
    """The line's letters, with a space where a gap or a much smaller letter sets them apart."""
    text = str(line[0]["text"])
    for before, after in pairwise(line):
        small, large = sorted((float(before["size"]), float(after["size"])))
        apart = after["x0"] - before["x1"] > _GAP * large or small < _SMALLER * large
        text += " " * apart + str(after["text"])
    return text


def runs_of(line: Sequence[Char]) -> list[list[Char]]:
    """The line's letters in runs that touch each other: figures of two cells side by side never do."""
    runs = [[line[0]]]
    for before, after in pairwise(line):
        if after["x0"] - before["x1"] > _TOUCH * max(before["size"], after["size"]):
            runs.append([])
        runs[-1].append(after)
    return runs


def text_lines(chars: Iterable[Char], page: int) -> list[Line]:
    """The lines that some characters of a page make."""
    lines = []
    for line in group_lines(chars):
        tops, bottoms = [float(char["top"]) for char in line], [float(char["bottom"]) for char in line]
        size = max(float(char["size"]) for char in line)
        x0, x1 = float(line[0]["x0"]), max(float(char["x1"]) for char in line)
        box = x0, min(tops), x1, max(bottoms)
        lines.append(Line(spaced(line), page, box, size, box))
    return lines
