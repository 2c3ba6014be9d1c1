"""Does a reading deliver the complete form: every row and column that it promises, each cell with its number?"""

from __future__ import annotations

from parsers.forms import FORMS
from parsers.report import Cell, Report
from parsers.requestlabels import ONE_ROW_OTHER, OTHER_LEAVES

Path = tuple[str, ...]


def cells_of(report: Report) -> dict[Path, Cell]:
    """All cells of the three tables by (table, row or item, column)."""
    cells: dict[Path, Cell] = {("proactive", item): cell for item, cell in report.proactive.items()}
    for table, rows in (("requests", report.requests), ("disputes", report.disputes)):
        cells |= {(table, row, column): cell for row, columns in rows.items() for column, cell in columns.items()}
    return cells


def what_lacks(report: Report) -> str | None:
    """Why a reading is not to be believed alone, in a sentence; None when it is complete."""
    if report.status != "parsed" or report.form is None:
        codes = ", ".join(dict.fromkeys(problem.code for problem in report.problems))
        return f"it gave a report that is {report.status}" + (f" ({codes})" if codes else "")
    if report.form not in FORMS:
        return f"its form ({report.form}) is not one that tells which cells there must be"
    cells = cells_of(report)
    promised = _promised(report.form, {path[1] for path in cells})
    absent = sum(path not in cells for path in promised)
    if absent:
        return f"it gave {len(promised) - absent} of the form's {len(promised)} cells"
    empty = sum(cell.kind != "number" for cell in cells.values())
    return f"it gave {empty} cells without a number" if empty else None


def prints_all(report: Report) -> bool:
    """Is every cell of the form there, whether or not with a number?"""
    cells = cells_of(report)
    return report.form in FORMS and all(path in cells for path in _promised(report.form, {path[1] for path in cells}))


def _promised(name: str, printed: set[str]) -> list[Path]:
    form = FORMS[name]
    paths: list[Path] = [
        ("proactive", item.code) for banner in form.banners for row in banner.rows for item in row.items
    ]
    rows = [row.code for row in form.rows]
    if ONE_ROW_OTHER in printed and not printed & set(OTHER_LEAVES):
        # （六） may be one row under either form.
        rows = [row for row in rows if row not in OTHER_LEAVES] + [ONE_ROW_OTHER]
    paths += [("requests", row, name.code) for row in dict.fromkeys(rows) for name in form.applicants]
    return paths + [("disputes", route.code, result.code) for route in form.routes for result in form.results]
