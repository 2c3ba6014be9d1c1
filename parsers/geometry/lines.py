"""Characters in lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.geometry.page import Char

# Characters whose middles are nearer than this share of their height stand on one line.
SAME_LINE = 0.5
LEFT = itemgetter(1)


def lines_of(chars: Iterable[Char]) -> list[list[Char]]:
    """The characters in lines, top to bottom, each left to right."""
    found = sorted(chars, key=LEFT)
    if not found:
        return []
    top = found[0][2]
    if all(char[2] == top for char in found):
        return [found]
    middles = [(char[2] + char[4]) / 2 for char in found]
    ordered = sorted(range(len(found)), key=middles.__getitem__)  # those of one height stay left to right
    middles.sort()
    lines: list[list[Char]] = []
    begin = 0
    while begin < len(ordered):
        _, _, top, _, bottom, _ = found[ordered[begin]]
        middle, height = middles[begin], bottom - top
        # What is nearer than the first one's height tells is on its line; then what a greater height of its own does.
        end = bisect_left(middles, SAME_LINE * height, begin + 1, key=lambda here: here - middle)
        while end < len(ordered):
            _, _, top, _, bottom, _ = found[ordered[end]]
            high = bottom - top
            if not middles[end] - middle < SAME_LINE * (high if high > height else height):
                break
            end += 1
        line = [found[at] for at in ordered[begin:end]]
        line.sort(key=LEFT)
        lines.append(line)
        begin = end
    return lines
