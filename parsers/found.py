"""What the readers of tables hand over: printed rows with their codes, before any figure is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from parsers.document import NOWHERE
from parsers.report import Place, Problem


class Figure(Protocol):
    """A printed cell: its text and place, and whether it is certain that the text is this cell's (see GridCell)."""

    @property
    def raw(self) -> str: ...
    @property
    def place(self) -> Place: ...
    @property
    def sure(self) -> bool: ...
    @property
    def doubt(self) -> str | None: ...
    @property
    def confidence(self) -> float | None: ...


class LineFigure(NamedTuple):
    """A figure in a line of text."""

    raw: str
    place: Place = NOWHERE
    sure: bool = True
    doubt: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class ProactiveFound:
    """A row of table two. `form` and `banner` are what its header decided (None: no header was read).

    `figures` are in the order of `columns` (numbers of the banner's columns); None: they could not be aligned.
    `headers` are those columns' printed headers, which may state the unit of money.
    """

    label: str
    form: str | None
    banner: int | None
    columns: tuple[int, ...]
    figures: tuple[Figure, ...] | None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class RequestFound:
    """A row of table three; `figures` by applicant, None where they could not be aligned."""

    code: str
    label: str
    figures: Mapping[str, Figure] | None


@dataclass(frozen=True)
class DisputeFound:
    """Figures of table four by (route, result)."""

    figures: Mapping[tuple[str, str], Figure]


@dataclass
class Found:
    """All that was found of the three tables, in the order of the document.

    `forms` are (form, number of the banner) as headers of table two named them; `paragraphs` the numbers
    of the document's blocks that are lines of a table, not of the text.
    """

    proactive: list[ProactiveFound] = field(default_factory=list)
    requests: list[RequestFound] = field(default_factory=list)
    disputes: list[DisputeFound] = field(default_factory=list)
    forms: list[tuple[str, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    paragraphs: set[int] = field(default_factory=set)
    # Table four was seen, but its figures could not be aligned.
    disputes_unaligned: bool = False

    def unknown_row(self, table: str, raw: str) -> None:
        """Note a row that no form knows, as printed."""
        self.problems.append(Problem("unknown_row", f"{table}: a row that no form has: {raw}"))
