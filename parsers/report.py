"""The Report: what one document says, as the contract's JSON and as dataclasses."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Kind = Literal["number", "blank", "slash", "dash", "none", "text", "unreadable"]
Status = Literal["parsed", "partial", "tables_missing", "not_a_report", "unreadable"]
Evidence = Literal[
    "title", "made_by", "signature", "breadcrumb", "source", "site_code", "period", "signed", "published", "text"
]
CheckStatus = Literal["pass", "fail", "uncertain", "not_applicable"]


class Place(NamedTuple):
    """Where a cell stands: page from 1, box (x0, top, x1, bottom) in points from the page's top left."""

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None


_UNKNOWN = Place()


@dataclass(frozen=True)
class Cell:
    """One printed cell of a statutory table.

    `value` is there exactly where `kind` is "number": an int for counts, a Decimal for money, never a float.
    `raw` is the text as printed; `note` is a problem code such as `unit_inferred`. `confidence` (0 to 1) tells how well
    the text was seen where it was recognized in a picture; there is none where the document holds text.
    """

    value: int | Decimal | None
    kind: Kind
    raw: str
    place: Place = _UNKNOWN
    note: str | None = None
    confidence: float | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's CELL: money as a string, no float anywhere but the box."""
        cell: dict[str, Any] = {
            "value": _plain(self.value),
            "kind": self.kind,
            "raw": self.raw,
            "page": self.place.page,
            "bbox": list(self.place.bbox) if self.place.bbox else None,
        }
        if self.note is not None:
            cell["note"] = self.note
        if self.confidence is not None:
            cell["confidence"] = self.confidence
        return cell


@dataclass(frozen=True)
class Section:
    """One of the six statutory sections (0: the text before the first), tables left out."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True)
class Claim:
    """A quantity stated in prose. `text` stands in `sentence`, and `sentence` in the section.

    `quantity` is a code of quantities.toml, None where the words do not tell what is counted; `value` a Decimal only
    where it is not whole.
    """

    section: int
    sentence: str
    text: str
    quantity: str | None
    value: int | Decimal
    unit: str
    approximate: bool

    def to_json(self) -> dict[str, Any]:
        """The contract's claim: a value that is not whole as a string."""
        return asdict(self) | {"value": _plain(self.value)}


@dataclass(frozen=True)
class LegacyFigure:
    """A figure of a statistics table before 2019: its row's number and label, unit, column header, cell."""

    row: int
    label: str
    unit: str | None
    column: str | None
    cell: Cell

    def to_json(self) -> dict[str, Any]:
        """The contract's object, with the number of its row in the document."""
        return {
            "row": self.row,
            "label": self.label,
            "unit": self.unit,
            "column": self.column,
            "cell": self.cell.to_json(),
        }


@dataclass(frozen=True)
class Check:
    """The result of one identity: `scope` is a code of the form, left and right the two sides' sums."""

    rule: str
    scope: str
    left: int | None
    right: int | None
    status: CheckStatus


@dataclass(frozen=True)
class Problem:
    """A thing about the document that a person should look at."""

    code: str
    message: str


@dataclass(frozen=True)
class Candidate:
    """A unit or a year that something in the document names, believed or not.

    A `site_code` gives the six digits of an area; a date speaks for the year before it.
    """

    what: Literal["unit", "year"]
    evidence: Evidence
    value: str


@dataclass(frozen=True)
class StepDown:
    """A reader that did not read a file whole, and why the next one read it too."""

    reader: str
    reason: str


@dataclass
class Report:
    """What one document says. Tables are keyed by the codes of the forms' data files.

    `steps_down` tells how it was read: which readers were not enough. Nothing there need worry anybody.
    `candidates` are all units and years that it names, in the order in which they are believed.
    `awaits_recognition`: this is not the last word, characters must still be recognised (`Hint.recognise`).
    """

    file: str
    status: Status
    title: str | None = None
    unit: str | None = None
    unit_level: str | None = None
    year: int | None = None
    form: str | None = None
    period: tuple[str, str] | None = None
    published: str | None = None
    signed: str | None = None
    contact: dict[str, str] = field(default_factory=dict)
    proactive: dict[str, Cell] = field(default_factory=dict)
    requests: dict[str, dict[str, Cell]] = field(default_factory=dict)
    disputes: dict[str, dict[str, Cell]] = field(default_factory=dict)
    legacy: list[LegacyFigure] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    steps_down: list[StepDown] = field(default_factory=list)
    awaits_recognition: bool = False
    candidates: list[Candidate] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The object that `nianbao parse` prints (contract.md), ready for json.dumps."""
        return {
            "file": self.file,
            "title": self.title,
            "unit": self.unit,
            "unit_level": self.unit_level,
            "year": self.year,
            "form": self.form,
            "status": self.status,
            "period": list(self.period) if self.period else None,
            "published": self.published,
            "signed": self.signed,
            "contact": self.contact,
            "proactive": {item: cell.to_json() for item, cell in self.proactive.items()},
            "requests": _rows_to_json(self.requests),
            "disputes": _rows_to_json(self.disputes),
            "legacy": [figure.to_json() for figure in self.legacy],
            "sections": [asdict(section) for section in self.sections],
            "claims": [claim.to_json() for claim in self.claims],
            "checks": [asdict(check) for check in self.checks],
            "problems": [asdict(problem) for problem in self.problems],
            "candidates": [asdict(candidate) for candidate in self.candidates],
            "steps_down": [asdict(step) for step in self.steps_down],
        }


def _rows_to_json(rows: dict[str, dict[str, Cell]]) -> dict[str, dict[str, Any]]:
    return {row: {column: cell.to_json() for column, cell in cells.items()} for row, cells in rows.items()}


def _plain(value: int | Decimal | None) -> int | str | None:
    return format(value, "f") if isinstance(value, Decimal) else value
