"""Characters in lines."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter, sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.geometry.page import Char

LEFT, _TOP = itemgetter(1), itemgetter(2)
# Two prints of one character are no farther apart than this, in points.
HAIR = 1.2


def lines_of(chars: Iterable[Char]) -> list[list[Char]]:
    """The characters in lines, top to bottom, each left to right.

    Those whose middles are nearer than half the height of the line's first, or of their own, stand on one line.
    """
    found = list(chars)
    if found and all(char[2] == found[0][2] for char in found):
        found.sort(key=LEFT)
        return [found]
    # Many have their middles at one height; here twice the middle's.
    same: defaultdict[float, list[Char]] = defaultdict(list)
    for char in found:
        same[char[2] + char[4]].append(char)
    lines: list[list[Char]] = []
    line: list[Char] = []
    first = height = 0.0
    for twice in sorted(same):
        level = same[twice]
        if line and twice - first < height:
            line += level
            continue
        level.sort(key=LEFT)
        for at, char in enumerate(level):
            high = char[4] - char[2]
            if line and twice - first < (high if high > height else height):
                line.append(char)
                continue
            # Those beside it are on its line, if it is of any height.
            line = level[at:] if high > 0 else [char]
            lines.append(line)
            first, height = twice, high
            if high > 0:
                break
    for line in lines:
        line.sort(key=LEFT)
    return lines


def stand_apart(lines: list[list[Char]]) -> bool:
    """Is no character near another, of whatever kind: in its line by where they begin, in two lines by their tops?"""
    lowest = -math.inf
    for line in lines:
        lefts, tops = list(map(LEFT, line)), list(map(_TOP, line))
        if min(tops) - lowest <= HAIR or min(map(sub, lefts[1:], lefts), default=math.inf) <= HAIR:
            return False
        lowest = max(lowest, max(tops))
    return True
