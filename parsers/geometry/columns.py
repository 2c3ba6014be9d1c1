"""Columns of figures that no rule parts: told by where the figures of full rows stand, and only where that is certain.

A table of figures has a known number of columns. Rows that print all of them show where the columns are; a row that
prints fewer then shows which of its cells are blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.document import Mark
from parsers.geometry.page import Char, Page
from parsers.geometry.text import WORD_GAP
from parsers.report import Place

# How many figures a row of such a table has.
WIDTHS = (15, 7)
_FIGURE = re.compile(r"[+＋\-－−—–]?[\d０-９][\d０-９,.，．]*(?:件|万?元|万)?|[/／\\\-—–－]{1,2}|无|零")
_LAST = re.compile(r"[\d０-９,.，．件元万/／\\\-—–－无零]")
# So many full rows show where columns are.
_LEAST_FULL = 3
# Above the first and below the last full row a row must print this share of its figures.
_MOST_OF = 0.5


@dataclass(frozen=True)
class Token:
    """Characters with no gap between them."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class Column:
    """A column's sides, and from where to where its figures are printed."""

    x0: float
    x1: float
    first: float
    last: float

    def holds(self, token: Token) -> bool:
        """Does the token stand within the sides, and where the other figures do?"""
        overlap = min(token.x1, self.last) - max(token.x0, self.first)
        narrower = min(token.x1 - token.x0, self.last - self.first)
        return self.x0 <= token.x0 and token.x1 <= self.x1 and 2 * overlap >= narrower


@dataclass(frozen=True)
class Marked:
    """A line's label and its figures by column; `spots`: the figures at its end where nothing tells their columns."""

    label: str = ""
    marks: tuple[Mark, ...] = ()
    spots: tuple[Mark, ...] = ()


def marked(page: Page, lines: Sequence[list[Char]]) -> dict[int, Marked]:
    """The rows of figures among a page's lines, by number of the line."""
    # Only lines that end as a figure does may end with figures.
    ending = {at: _tokens(line) for at, line in enumerate(lines) if _LAST.fullmatch(line[-1][0][-1:])}
    counts = {at: _figures_at_end(row) for at, row in ending.items()}
    found: dict[int, Marked] = {}
    for width in WIDTHS:
        full = [at for at, count in counts.items() if count == width]
        for at in full:
            found[at] = _marked(page, lines[at], ending[at], [(t.x0, t.x1, t.text) for t in ending[at][-width:]])
        columns = _columns([ending[at][-width:] for at in full]) if len(full) >= _LEAST_FULL else None
        if columns is not None:
            for at, line in enumerate(lines):
                if at in found:
                    continue
                row = ending[at] if at in ending else _tokens(line)
                inside = full[0] < at < full[-1]
                cells = _in_columns(row, columns, 1 if inside else round(_MOST_OF * width) + 1)
                if cells is not None:
                    found[at] = _marked(page, line, row, cells)
    for at, count in counts.items():
        if count and at not in found:
            spots = [(t.x0, t.x1, t.text) for t in ending[at][-count:]]
            found[at] = Marked(spots=_marks(page, lines[at], spots))
    return found


def _tokens(line: Sequence[Char]) -> list[Token]:
    groups = [[line[0]]]
    for char, after in pairwise(line):
        if after.x0 - char.x1 > WORD_GAP * (after.bottom - after.top):
            groups.append([])
        groups[-1].append(after)
    return [Token("".join(char.text for char in group), group[0].x0, group[-1].x1) for group in groups]


def _figures_at_end(row: Sequence[Token]) -> int:
    count = 0
    for token in reversed(row):
        if not _FIGURE.fullmatch(token.text):
            break
        count += 1
    return count


def _columns(rows: Sequence[Sequence[Token]]) -> list[Column] | None:
    """The columns, meeting halfway between their figures; None where the figures of two overlap."""
    extents = [(min(t.x0 for t in column), max(t.x1 for t in column)) for column in zip(*rows, strict=True)]
    if any(left[1] >= right[0] for left, right in pairwise(extents)):
        return None
    borders = [(left[1] + right[0]) / 2 for left, right in pairwise(extents)]
    first = extents[0][0] - (borders[0] - extents[0][1])
    last = extents[-1][1] + (extents[-1][0] - borders[-1])
    sides = pairwise([first, *borders, last])
    return [Column(*side, *extent) for side, extent in zip(sides, extents, strict=True)]


Cells = list[tuple[float, float, str]]


def _in_columns(row: Sequence[Token], columns: Sequence[Column], least: int) -> Cells | None:
    """The row's figures by column, blanks between them; None unless each stands in one column and nothing else does."""
    texts: dict[int, Token] = {}
    for token in row:
        if token.x1 <= columns[0].x0:
            continue
        at = next((at for at, column in enumerate(columns) if column.holds(token)), None)
        if at is None or at in texts or not _FIGURE.fullmatch(token.text):
            return None
        texts[at] = token
    if not least <= len(texts) < len(columns):
        return None
    return [(each.x0, each.x1, texts[at].text if at in texts else "") for at, each in enumerate(columns)]


def _marked(page: Page, line: Sequence[Char], row: Sequence[Token], cells: Cells) -> Marked:
    label = " ".join(token.text for token in row if token.x1 <= cells[0][0])
    return Marked(label, _marks(page, line, cells))


def _marks(page: Page, line: Sequence[Char], cells: Cells) -> tuple[Mark, ...]:
    top, bottom = min(char.top for char in line), max(char.bottom for char in line)
    return tuple(Mark(text, Place(page.number, page.shown((x0, top, x1, bottom)))) for x0, x1, text in cells)
