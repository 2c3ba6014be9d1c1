"""Two readings of one file: what only one has is taken, what both have and do not agree on is believed of neither."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from parsers.completeness import Path, cells_of
from parsers.labels import key
from parsers.report import Cell, LegacyFigure, Problem, Report
from parsers.rules import check_tables
from parsers.tables import Tables, compare_with_form

_BEST = ("parsed", "partial", "tables_missing", "not_a_report", "unreadable")
_WITH_TABLES = _BEST[:3]
# What a reader refused because the document contradicts itself is not filled in from another that saw less of it.
_CONTRADICTED = {"row_repeated", "form_mixed"}
_ABOUT_GAPS = {"row_missing", "row_not_aligned", "tables_missing", "empty_table"}
_MOST_NAMED = 10


def merged(first: Report, second: Report) -> Report:
    """One report of two readings; the better one says everything but the cells (the second where they are equal)."""
    base, other = sorted((second, first), key=lambda report: (_BEST.index(report.status), -_figures(report)))
    if base.status not in _WITH_TABLES or other.status not in _WITH_TABLES:
        return base
    if base.form and other.form and base.form != other.form:
        base.status = "partial"
        base.problems.append(Problem("readings_differ", "two readers take the tables for different forms"))
        return base
    if base.legacy or other.legacy:
        _tell_differing(base, _doubt_legacy(base, other))
        return base
    places = {path: cell.place for path, cell in cells_of(first).items() if cell.place.bbox}
    differing, added = _fill(base, cells_of(base), cells_of(other), _may_add(base, other))
    # The first reader knows a figure's own place where the second only knows its line's.
    for path, cell in cells_of(base).items():
        _put(base, path, replace(cell, place=places.get(path, cell.place)))
    if added:
        _tell_gaps(base)
    _tell_differing(base, differing)
    base.checks = check_tables(base.requests, base.disputes)
    return base


def _figures(report: Report) -> int:
    return len(cells_of(report)) + len(report.legacy)


def _tell_differing(base: Report, differing: list[Path]) -> None:
    if not differing:
        return
    base.status = "partial" if base.status == "parsed" else base.status
    names = ", ".join(".".join(path) for path in differing[:_MOST_NAMED])
    more = " and more" if len(differing) > _MOST_NAMED else ""
    message = f"{len(differing)} cells have no value, because two readers do not agree on them: {names}{more}"
    base.problems.append(Problem("readings_differ", message))


def _doubt_legacy(base: Report, other: Report) -> list[Path]:
    """Take the value from the older tables' figures on which both differ. Nothing is added: rows have only an order."""
    others = _by_label(other.legacy)
    differing: list[Path] = []
    for path, at in _by_label(base.legacy).items():
        figure = base.legacy[at]
        if path in others and not _same(figure.cell, other.legacy[others[path]].cell):
            base.legacy[at] = replace(figure, cell=_doubted(figure.cell))
            differing.append(("legacy", *path[:2]))
    return differing


def _by_label(figures: list[LegacyFigure]) -> dict[tuple[str, str, int], int]:
    """The number of each figure by its label and column, and how many had the same before it."""
    met: Counter[tuple[str, str]] = Counter()
    found = {}
    for at, figure in enumerate(figures):
        name = key(figure.label), key(figure.column or "")
        found[(*name, met[name])] = at
        met[name] += 1
    return found


def _doubted(cell: Cell) -> Cell:
    return replace(cell, value=None, kind="unreadable", note="readings_differ")


def _may_add(*reports: Report) -> bool:
    return not any(problem.code in _CONTRADICTED for report in reports for problem in report.problems)


def _fill(base: Report, own: dict[Path, Cell], others: dict[Path, Cell], add: bool) -> tuple[list[Path], bool]:
    """Change the cells of `base`; the paths on which both differ, and whether any cell was added."""
    differing = []
    added = False
    for path, cell in others.items():
        if path not in own:
            if add:
                _put(base, path, cell)
                added = True
        elif not _same(own[path], cell):
            _put(base, path, _doubted(own[path]))
            differing.append(path)
    return differing, added


def _same(one: Cell, other: Cell) -> bool:
    if one.kind != other.kind or one.value != other.value:
        return False
    return one.kind != "text" or "".join(one.raw.split()) == "".join(other.raw.split())


def _put(report: Report, path: Path, cell: Cell) -> None:
    table, row, *column = path
    if table == "proactive":
        report.proactive[row] = cell
    else:
        rows = report.requests if table == "requests" else report.disputes
        rows.setdefault(row, {})[column[0]] = cell


def _tell_gaps(report: Report) -> None:
    """Say anew what is missing, now that cells were added."""
    report.problems = [problem for problem in report.problems if problem.code not in _ABOUT_GAPS]
    seen = {name for name in ("proactive", "requests", "disputes") if getattr(report, name)} | set(report.requests)
    tables = Tables(report.proactive, report.requests, report.disputes, report.form, seen=seen)
    compare_with_form(tables)
    known = {problem.code for problem in report.problems}
    report.problems += [problem for problem in tables.problems if problem.code not in known]
    if tables.missing:
        report.status = "tables_missing"
    elif report.status == "tables_missing" or tables.doubtful:
        report.status = "partial"
    elif report.year is not None and report.form is not None and not known & _CONTRADICTED:
        report.status = "parsed"
