"""Reports as text that something extracted from a page or a PDF."""

from __future__ import annotations

from collections.abc import Callable

from tests.matrix.makers.model import Format, Look
from tests.parsers.office import placed
from tests.replica.grids import Box, Grid
from tests.replica.story import Story, compose

_WIDTH = 7


def _told(story: Story, table: Callable[[Grid], str], mark: str = "") -> bytes:
    blocks = compose(story)
    pieces = []
    for block in blocks:
        if block.grid is not None:
            pieces.append(table(block.grid))
        else:
            pieces.append((mark if block.kind in ("heading", "title") else "") + block.text)
    return "\n\n".join(pieces).encode()


def _rows(grid: Grid) -> list[list[str]]:
    """Each row's cells where they begin, with empty ones for what is merged."""
    rows = [[""] * grid.width for _ in grid.rows]
    for (row, column), box in placed(grid).items():
        rows[row][column] = box.text
    return rows


def _tabs(grid: Grid) -> str:
    return "\n".join("\t".join(row) + "\t" for row in _rows(grid))


def _bars(grid: Grid) -> str:
    rows = ["| " + " | ".join(row) + " |" for row in _rows(grid)]
    return "\n".join([rows[0], "|" + "---|" * grid.width, *rows[1:]])


def _wrapped(grid: Grid) -> str:
    """As a PDF's text comes out: labels wrapped, figures behind the last line or on one of their own."""
    lines = []
    for row in grid.rows:
        figures = [box.text for box in row if box.path]
        labels = [_broken(box) for box in row if not box.path and box.text]
        lines += [line for label in labels[:-1] for line in label]
        last = labels[-1] if labels else []
        if len(last) > 1 or not figures:
            lines += [*last, " ".join(figures)]
        else:
            lines.append(" ".join([*last, *figures]))
    return "\n".join(line for line in lines if line)


def _broken(box: Box) -> list[str]:
    return [box.text[at : at + _WIDTH] for at in range(0, len(box.text), _WIDTH)]


def _cell_per_line(grid: Grid) -> str:
    return "\n".join(box.text for row in grid.rows for box in row if box.text)


TEXT = Format(
    ".txt",
    {
        "tabs": Look(lambda story: _told(story, _tabs, "## ")),
        "bars": Look(lambda story: _told(story, _bars, "### ")),
        "wrapped": Look(lambda story: _told(story, _wrapped), flat=True),
        "cell-per-line": Look(lambda story: _told(story, _cell_per_line), flat=True),
    },
    sources=("tests/parsers/office.py",),
)
