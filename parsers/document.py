"""The Document: what every format is turned into, whatever it was. Knows no form.

A document is a row of blocks in reading order: paragraphs, and grids of cells between them. What it has by the hundred
is not frozen, though nobody changes it: to make a frozen one takes several times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Literal

from parsers.report import Place

NOWHERE = Place()
_COLUMN = attrgetter("column")


@dataclass(slots=True)
class Mark:
    """A figure in a line of text whose place shows its column; an empty text is a blank cell."""

    text: str
    place: Place


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or one line of it where the format only knows lines.

    `fresh` is False where the line goes on with the paragraph before it. `inside` names the containers around it
    (numbers given by the format, outermost first), `level` a heading's depth; `linked` is true
    when all of it is a link. `label` and `marks` are there where a line is a row of a table without rules: its words,
    and the figures after them, one for each column. `spots` are figures at a line's end whose columns nobody knows.
    """

    text: str
    place: Place = NOWHERE
    fresh: bool = True
    inside: tuple[int, ...] = ()
    level: int | None = None
    linked: bool = False
    label: str = ""
    marks: tuple[Mark, ...] = ()
    spots: tuple[Mark, ...] = ()


# The doubt about a figure in a picture of which nobody can tell whether it has a fraction or thousands: 3,378 or 3.378.
POINT_OR_COMMA = "point_or_comma"


@dataclass(eq=False, slots=True)
class GridCell:
    """A cell where it begins; compared by identity, so that a merged cell counts once however often it is met.

    `sure` is false where nobody can tell which figure is this cell's: it runs over the border, or was not seen well
    enough; `doubt` is the note's code for it, or POINT_OR_COMMA. `confidence` (0 to 1) is there where a picture of the
    text was read.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    place: Place = NOWHERE
    sure: bool = True
    doubt: str | None = None
    confidence: float | None = None

    @property
    def raw(self) -> str:
        """The text without white space around it."""
        return self.text.strip()

    @property
    def end(self) -> int:
        """The column after its last."""
        return self.column + self.colspan


@dataclass(frozen=True, eq=False)
class Grid:
    """A table. `fixed` is true where the format has real cells (HTML, PDF), false where tabs made them."""

    cells: tuple[GridCell, ...]
    fixed: bool = True
    inside: tuple[int, ...] = ()

    @cached_property
    def width(self) -> int:
        """Number of columns."""
        return max([cell.column + cell.colspan for cell in self.cells], default=0)

    @cached_property
    def rows(self) -> tuple[tuple[GridCell, ...], ...]:
        """For each row the cells that cover it, left to right, cells merged from above included."""
        rows: list[list[GridCell]] = []
        for cell in self.cells:
            end = cell.row + cell.rowspan
            while len(rows) < end:
                rows.append([])
            if cell.rowspan == 1:
                rows[cell.row].append(cell)
            else:
                for row in rows[cell.row : end]:
                    row.append(cell)
        return tuple([tuple(sorted(row, key=_COLUMN)) for row in rows])

    @cached_property
    def printed(self) -> tuple[tuple[GridCell, ...], ...]:
        """The rows without the cells that print nothing."""
        return tuple([tuple([cell for cell in row if cell.text and not cell.text.isspace()]) for row in self.rows])


Block = Paragraph | Grid
# Where a page says that it stands: in whose part of the portal, from which source, on the site of which area's code.
Standing = tuple[Literal["breadcrumb", "source", "site_code"], str]


@dataclass(frozen=True)
class Document:
    """Blocks in reading order, and what the format itself says beside them.

    `titles` are titles given by the page's metadata, best first; `published` a publication date stated there;
    `standing` is where it says that it stands;
    `remarks` are (code, message) about the format, such as bytes that could not be decoded. `closer` is there where the
    cells at given places can be looked at again, more closely: it gives the document with what is seen then.
    """

    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()
    published: str | None = None
    remarks: tuple[tuple[str, str], ...] = ()
    standing: tuple[Standing, ...] = ()
    closer: Callable[[Iterable[Place]], Document] | None = field(default=None, compare=False)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs alone."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))
