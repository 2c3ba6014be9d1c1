"""Pages made at random: tables with merged cells, lines drawn askew, letters in cells, over borders, twice."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from parsers.geometry.page import Char, Page, Rule

_LETTERS = "0123456789012345678900.,，年件元/—区县办数据Aa³"


def random_page(random: Random) -> Page:
    """A page of one to three tables, some side by side or one in another, and text around them."""
    levels: list[Rule] = []
    uprights: list[Rule] = []
    chars: list[Char] = []
    for _ in range(random.randint(0, 3)):
        _table(random, levels, uprights, chars)
    for _ in range(random.randint(0, 12)):
        chars += _line(random, random.uniform(20, 500), random.uniform(20, 780), random.randint(1, 40))
    for _ in range(random.choice((0, 0, 3, 30))):
        chars += _line(random, random.uniform(0, 600), random.uniform(0, 800), 1)
    if random.random() < 0.2:
        near = (0.0, 0.3, 1.0, 1.19, 1.3)
        chars += [_moved(char, random.choice(near), random.choice(near)) for char in chars if random.random() < 0.5]
    if random.random() < 0.2:
        random.shuffle(chars)
    return Page(random.randint(1, 9), 600, 800, tuple(chars), tuple(levels), tuple(uprights))


def orderly_page(random: Random, odd: bool) -> Page:
    """A page of one table with merged cells whose text stands within them, and lines around it.

    If `odd`, one thing is not so: a run printed twice, one over a border beside it or below it, one beside the table.
    """
    askew = random.choice((0.0, 0.3))
    xs, ys = [60.0], [120.0]
    for _ in range(random.randint(2, 8)):
        xs.append(xs[-1] + random.uniform(30, 60))
    for _ in range(random.randint(2, 12)):
        ys.append(ys[-1] + random.uniform(26, 40))
    levels = [Rule(ys[0], xs[0], xs[-1]), Rule(ys[-1], xs[0], xs[-1])]
    uprights = [Rule(xs[0], ys[0], ys[-1]), Rule(xs[-1], ys[0], ys[-1])]
    runs: list[list[Char]] = []
    for row, (top, bottom) in enumerate(pairwise(ys)):
        merged = random.random() < 0.2
        for left, right in pairwise(xs):
            if row and not (merged and left == xs[0]):
                levels.append(Rule(top + random.uniform(-askew, askew), left, right))
            if left != xs[0] and random.random() < 0.9:
                uprights.append(Rule(left + random.uniform(-askew, askew), top, bottom))
            for line in range(random.choice((0, 1, 1, 2))):
                runs.append(_word(random, left + 3, top + 3 + 11 * line, random.randint(1, 5)))
    runs += [_word(random, 60, 60 + 15 * line, random.randint(5, 40)) for line in range(3)]
    if odd:
        which = random.randrange(4)
        run = random.choice(runs)
        move = [(random.uniform(0, 1), random.uniform(0, 1)), (xs[1] - run[0].x0 - 2.2, 0.0)]
        move += [(0.0, ys[1] - run[0].top - random.uniform(3, 6)), (xs[-1] - run[0].x0 + random.uniform(-2, 9), 0.0)]
        runs.append([_moved(char, *move[which]) for char in run])
    chars = tuple(char for run in runs for char in run)
    return Page(1, 600, 800, chars, tuple(levels), tuple(uprights))


def _word(random: Random, x: float, top: float, long: int) -> list[Char]:
    """Letters side by side, small ones, not all of one height."""
    found = []
    for at in range(long):
        found.append(
            Char(random.choice(_LETTERS), x + 5 * at, top - random.choice((0, 0.3)), x + 5 * at + 4.9, top + 9)
        )
    return found


def _moved(char: Char, right: float, down: float) -> Char:
    return Char(char.text, char.x0 + right, char.top + down, char.x1 + right, char.bottom + down, char.angle)


def _table(random: Random, levels: list[Rule], uprights: list[Rule], chars: list[Char]) -> None:
    askew = random.choice((0.0, 0.0, 0.4, 1.5))
    xs, ys = [random.uniform(20, 250)], [random.uniform(40, 500)]
    for _ in range(random.randint(1, 8)):
        xs.append(xs[-1] + random.uniform(15, 70))
    for _ in range(random.randint(1, 12)):
        ys.append(ys[-1] + random.uniform(9, 40))

    def at(place: float) -> float:
        return place + random.uniform(-askew, askew)

    for top, bottom in pairwise(ys):
        for left, right in pairwise(xs):
            if random.random() < 0.9 or top == ys[0]:
                levels.append(Rule(at(top), left, right))
            if random.random() < 0.85 or left == xs[0]:
                uprights.append(Rule(at(left), top, bottom))
            chars += _cell(random, left, top, right, bottom)
        if random.random() < 0.97:
            uprights.append(Rule(at(xs[-1]), top, bottom))
    levels.append(Rule(at(ys[-1]), xs[0], xs[-1]))


def _cell(random: Random, left: float, top: float, right: float, bottom: float) -> list[Char]:
    """Some lines of text in a cell, or over its right border."""
    size = random.choice((6.0, 9.0, 9.0, 11.0))
    found: list[Char] = []
    for line in range(random.choice((0, 1, 1, 1, 2, 3))):
        most = max(1, int((right - left) / (size / 2)))
        long = random.randint(1, most + (4 if random.random() < 0.1 else 0))
        found += _line(
            random, left + random.uniform(-1, 6), top + 1 + line * size * random.uniform(0.4, 1.2), long, size
        )
    return found


def _line(random: Random, x: float, top: float, long: int, size: float = 9.0) -> list[Char]:
    """Letters side by side, not all of one height; some set apart, some over each other, some turned."""
    found = []
    uneven = random.choice((0.0, 0.0, 0.05, 0.4))
    angle = random.choice((0,) * 30 + (90, 180, 270))
    for _ in range(long):
        wide = size * random.choice((0.5, 0.5, 1.0))
        high = size * random.choice((1.0, 1.0, 1.0, 1 + uneven, 1 - uneven))
        down = size * random.uniform(-uneven, uneven) / 2
        found.append(Char(random.choice(_LETTERS), x, top + down, x + wide, top + down + high, angle))
        x += wide * random.choice((1.0,) * 12 + (1.4, 2.5, 0.5, 0.0))
    return found
