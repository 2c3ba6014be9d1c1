"""A reading held to what the file prints: cells right, wrong, lacking; status, checks and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from parsers.completeness import cells_of
from parsers.report import Cell, Report
from tests.matrix.cases import UNIT, Case
from tests.replica.statutory import PROACTIVE
from tests.replica.truth import Value, broken_identities, kind_of, value_of


@dataclass
class Verdict:
    """How many of a file's cells were read right, are said to be unreadable, are lacking or wrong; and all faults."""

    cells: int = 0
    right: int = 0
    unreadable: int = 0
    lacking: int = 0
    wrong: int = 0
    faults: list[str] = field(default_factory=list)


def judge(case: Case, report: Report, sizes: Mapping[int, tuple[float, float]] | None = None) -> Verdict:
    """What is wrong with a reading. `sizes`: the pages' widths and heights, where boxes are to lie on them."""
    verdict = Verdict(cells=len(case.figures.cells))
    read = {".".join(path): cell for path, cell in cells_of(report).items()}
    for path, raw in case.figures.cells.items():
        _judge_cell(case, path, raw, read.get(path), verdict)
    if verdict.unreadable > case.made_by.unreadable * verdict.cells and case.made_by.legible:
        verdict.faults.append(f"{verdict.unreadable} of {verdict.cells} cells are called unreadable")
    invented = sorted(read.keys() - case.figures.cells.keys())
    verdict.wrong += len(invented)
    verdict.faults += [f"{path} is not printed, read as {read[path].raw!r}" for path in invented]
    if case.made_by.legible:
        _judge_report(case, report, read, verdict)
    if case.made_as.boxes:
        verdict.faults += [f"{path}: {fault}" for path, cell in read.items() for fault in misplaced(cell, sizes or {})]
    return verdict


def _judge_cell(case: Case, path: str, raw: str, cell: Cell | None, verdict: Verdict) -> None:
    wanted = value_of(path, raw), kind_of(raw)
    if cell is None:
        verdict.lacking += 1
        if not may_lack(case, path):
            verdict.faults.append(f"{path} is printed {raw!r} and was not read")
    elif cell.kind == "unreadable":
        verdict.unreadable += 1
        if case.made_by.legible and not case.made_by.unreadable:
            verdict.faults.append(f"{path} is printed {raw!r} and called unreadable")
    elif (_number(cell.value), cell.kind) == (_number(wanted[0]), wanted[1]):
        verdict.right += 1
    else:
        verdict.wrong += 1
        verdict.faults.append(f"{path} is printed {raw!r} and was read as {cell.value!r} ({cell.kind}, {cell.raw!r})")


def _number(value: Value | Decimal) -> Decimal | None:
    """A sheet's cell of 3559.40 holds 3559.4: an amount is compared as a number."""
    return None if value is None else Decimal(value)


def may_lack(case: Case, path: str) -> bool:
    """Need this cell not be read: the letters are lost, or its row has a blank that leaves no trace in the file?"""
    if not case.made_by.legible:
        return True
    flat = case.made_by.flat or path.startswith(case.worded.shaky or "-")
    return flat and any(kind_of(case.figures.cells[other]) == "blank" for other in _row(case, path))


def _row(case: Case, path: str) -> list[str]:
    """The cells that stand in one row with this one."""
    table, row, *_ = path.split(".")
    if table == "disputes":
        return [other for other in case.figures.cells if other.startswith("disputes.")]
    if table == "requests":
        return [other for other in case.figures.cells if other.startswith(f"requests.{row}.")]
    codes = next(codes for banner in PROACTIVE[case.figures.form] for _, codes in banner.rows if row in codes)
    return [f"proactive.{code}" for code in codes]


def _judge_report(case: Case, report: Report, read: Mapping[str, Cell], verdict: Verdict) -> None:
    lost = case.worded.lacks or verdict.lacking > 0 or verdict.unreadable > 0
    wanted = {
        "status": "partial" if lost else "parsed",
        "form": case.figures.form,
        "year": case.story.year,
        "unit": UNIT,
    }
    for name, value in wanted.items():
        if getattr(report, name) != value:
            codes = [f"{problem.code}: {problem.message}" for problem in report.problems]
            verdict.faults.append(f"{name} is {getattr(report, name)!r}, not {value!r}; problems: {codes}")
    seen = case.figures
    unread = {path for path in case.figures.cells if path not in read or read[path].kind == "unreadable"}
    for path in unread:
        seen = seen.without_row(path)
    # Of a table that was not read at all no identity is told.
    untold = set() if report.disputes else {"dispute_total"}
    untold |= {"flow", "items", "row"} if not report.requests else set()
    for status, broken in zip(("fail", "uncertain"), broken_identities(seen), strict=True):
        identities = {identity for identity in broken if identity[0] not in untold}
        told = {(check.rule, check.scope) for check in report.checks if check.status == status}
        if told != identities:
            verdict.faults.append(f"checks that are {status}: {sorted(told ^ identities)} told wrongly")
    told_rows = [problem.message for problem in report.problems if problem.code == "unknown_row"]
    for label in case.worded.local:
        if not any(label in "".join(message.split()) for message in told_rows):
            verdict.faults.append(f"the row {label} is not told as unknown")
    if len(told_rows) != len(case.worded.local):
        verdict.faults.append(f"rows told as unknown: {told_rows}")


def misplaced(cell: Cell, sizes: Mapping[int, tuple[float, float]]) -> list[str]:
    """Why the cell's place is none on the file's pages."""
    page, box = cell.place.page, cell.place.bbox
    if page is None or box is None:
        return ["has no page or box"]
    if page not in sizes:
        return [f"stands on page {page} of {len(sizes)}"]
    width, height = sizes[page]
    x0, top, x1, bottom = box
    inside = -1 <= x0 < x1 <= width + 1 and -1 <= top < bottom <= height + 1
    return [] if inside else [f"its box {box} is not on the page of {width:.0f} by {height:.0f}"]
