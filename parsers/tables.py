"""The three tables of a report: what was found in grids or lines, made cells once the form is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parsers.cells import cell_of
from parsers.document import Document
from parsers.forms import FORMS, Item, RequestRow
from parsers.forms.codes import added_rows
from parsers.found import Figure, Found, ProactiveFound, RequestFound
from parsers.gridtables import read_grids
from parsers.headers import APPLICANTS
from parsers.labels import key
from parsers.linetables import read_lines
from parsers.proactivegrid import find_rows
from parsers.report import Cell, Problem
from parsers.requestlabels import ONE_ROW_OTHER, OTHER_LEAVES, known_rows

NAMES = {
    "proactive": "table two (information published)",
    "requests": "table three (requests)",
    "disputes": "table four (reconsideration and litigation)",
}
# Townships and many bodies have no power to make regulations and leave this row out.
_MAY_BE_LEFT_OUT = "规章"


@dataclass
class Tables:
    """Cells by the codes of the forms. `doubtful` is true when something printed could not be read for certain."""

    proactive: dict[str, Cell] = field(default_factory=dict)
    requests: dict[str, dict[str, Cell]] = field(default_factory=dict)
    disputes: dict[str, dict[str, Cell]] = field(default_factory=dict)
    form: str | None = None
    problems: list[Problem] = field(default_factory=list)
    doubtful: bool = False
    missing: list[str] = field(default_factory=list)
    # Tables of which rows were seen, and rows of table three that were, whether or not their figures were certain.
    seen: set[str] = field(default_factory=set)

    def note(self, code: str, message: str, doubtful: bool = True) -> None:
        """Record a problem; a doubtful one makes the report `partial`."""
        self.problems.append(Problem(code, message))
        self.doubtful |= doubtful


def find_tables(document: Document) -> Found:
    """The rows of the three tables: from grids, and where a table is in none, from lines of text."""
    grids = read_grids(document)
    lines = read_lines(document)
    found = Found(
        # Half a table may be ruled and the other half not: rows that no grid has come from the lines.
        proactive=grids.proactive + _not_yet(lines.proactive, {key(row.label) for row in grids.proactive}),
        requests=grids.requests + _not_yet_requested(lines.requests, {row.code for row in grids.requests}),
        disputes=grids.disputes or lines.disputes,
        forms=grids.forms or lines.forms,
        problems=[*grids.problems],
        paragraphs=lines.paragraphs,
    )
    if not grids.requests and not grids.proactive:
        found.problems += lines.problems
    found.disputes_unaligned = not found.disputes and (grids.disputes_unaligned or lines.disputes_unaligned)
    return found


def _not_yet(rows: list[ProactiveFound], known: set[str]) -> list[ProactiveFound]:
    return [row for row in rows if key(row.label) not in known]


def _not_yet_requested(rows: list[RequestFound], known: set[str]) -> list[RequestFound]:
    return [row for row in rows if row.code not in known]


def make_tables(found: Found, year: int | None) -> Tables:
    """Cells of all three tables and the form they follow; `year` only helps where table two's header is lost."""
    tables = Tables(problems=list(found.problems), seen=_seen(found))
    _requests(tables, found)
    tables.form = _form(tables, found, year)
    _proactive(tables, found)
    _disputes(tables, found)
    _tell_unreadable(tables)
    compare_with_form(tables)
    return tables


def _tell_unreadable(tables: Tables) -> None:
    rows = [tables.proactive, *tables.requests.values(), *tables.disputes.values()]
    count = sum(cell.kind == "unreadable" for row in rows for cell in row.values())
    if count:
        tables.note("cells_unreadable", f"{count} cells have no value, because they were not seen for certain")


def _seen(found: Found) -> set[str]:
    tables = {table for table in NAMES if getattr(found, table)}
    return tables | {row.code for row in found.requests} | ({"disputes"} if found.disputes_unaligned else set())


def _requests(tables: Tables, found: Found) -> None:
    seen: dict[str, list[Mapping[str, Figure] | None]] = {}
    labels: dict[str, str] = {}
    for row in found.requests:
        seen.setdefault(row.code, []).append(row.figures)
        labels.setdefault(row.code, row.label)
    alone = _alone_in_one(seen)
    if alone:
        named = "；".join(_quoted(labels[code]) for code in alone)
        tables.note("row_repeated", f"table three is printed twice with different figures, and only once with: {named}")
    for known in known_rows():
        figures = _agreed(tables, labels.get(known.code, ""), seen.get(known.code, []))
        if figures is not None and known.code not in alone:
            tables.requests[known.code] = {code: cell_of(figures[code], "count") for code in APPLICANTS}


def _alone_in_one(seen: Mapping[str, list[Mapping[str, Figure] | None]]) -> list[str]:
    """Of two tables three with different figures the rows that only one of them has, or has for certain.

    Nobody knows whose they are: last year's table may stand beside this year's, an office's beside the county's.
    """
    twice = [prints for prints in seen.values() if len(prints) > 1]
    if len(twice) * 2 < len(seen) or not any(_differ(prints) for prints in twice):
        return []
    return [code for code, prints in seen.items() if sum(figures is not None for figures in prints) == 1]


def _differ(prints: Sequence[Mapping[str, Figure] | None]) -> bool:
    texts = [[figures[code].raw for code in APPLICANTS] for figures in prints if figures is not None]
    return any(text != texts[0] for text in texts)


def _agreed(tables: Tables, label: str, prints: list[Mapping[str, Figure] | None]) -> Mapping[str, Figure] | None:
    """The figures of a row that may be printed more than once; None, with a problem, where there is no certainty."""
    if not prints:
        return None
    aligned = [figures for figures in prints if figures is not None]
    if not aligned:
        tables.note("row_not_aligned", f"table three: the cells of the row {_quoted(label)} cannot be told apart")
        return None
    if len(aligned) > 1 and _differ(aligned):
        tables.note("row_repeated", f"table three: the row {_quoted(label)} is printed twice with different figures")
        return None
    return aligned[0]


def _quoted(label: str) -> str:
    return f"“{''.join(label.split())}”"


def _form(tables: Tables, found: Found, year: int | None) -> str | None:
    """The form; one made from it where the rows that only that one has are printed."""
    form = _headed_form(tables, found, year)
    printed = {row.code for row in found.requests}
    later = (name for name, known in FORMS.items() if known.like == form and set(known.added) & printed)
    return next(later, form) if form else None


def _headed_form(tables: Tables, found: Found, year: int | None) -> str | None:
    named = {form for form, _ in found.forms}
    if len(named) > 1:
        # The first banner tells the forms apart best; its header decides when the others contradict.
        named = {form for form, banner in found.forms if banner == 0}
        tables.note(
            "form_mixed", "table two has headers of both forms; the first banner's decides, if any", len(named) != 1
        )
        return named.pop() if len(named) == 1 else None
    if named:
        return named.pop()
    leaves = any(row.code in OTHER_LEAVES for row in found.requests)
    one_row = any(row.code == ONE_ROW_OTHER for row in found.requests)
    if leaves:
        return "2021"
    if one_row and year is not None and year <= 2020:
        return "2019"
    if one_row:
        tables.note("form_unknown", "table two's header is missing and （六） is one row: the form cannot be told")
    return None


def _proactive(tables: Tables, found: Found) -> None:
    seen: dict[str, list[tuple[Cell, str]]] = {}
    for row in found.proactive:
        for item, cell in _row_cells(tables, row).items():
            seen.setdefault(item, []).append((cell, row.label))
    dropped: set[str] = set()
    for item, prints in seen.items():
        if any(cell.raw != prints[0][0].raw for cell, _ in prints):
            tables.note("row_repeated", f"table two: {_quoted(prints[0][1])} is printed twice with different figures")
            dropped.add(item)
    if dropped and 2 * sum(len(prints) > 1 for prints in seen.values()) >= len(seen):
        # Two tables: what only one of them has is of nobody knows which.
        dropped |= {item for item, prints in seen.items() if len(prints) == 1}
    if len({form for form, banner in found.forms if banner == 0}) > 1:
        dropped |= seen.keys()
    tables.proactive = {item: prints[0][0] for item, prints in seen.items() if item not in dropped}


def _row_cells(tables: Tables, row: ProactiveFound) -> dict[str, Cell]:
    items = _items(row, tables.form)
    if row.figures is None or items is None or len(row.figures) != len(items):
        tables.note("row_not_aligned", f"table two: the cells of the row {_quoted(row.label)} cannot be told apart")
        return {}
    cells = {}
    for at, (figure, item) in enumerate(zip(row.figures, items, strict=True)):
        header = row.headers[at] if at < len(row.headers) else ""
        cells[item.code] = cell_of(figure, item.quantity, header)
    return cells


def _items(row: ProactiveFound, form: str | None) -> list[Item] | None:
    """The items of a row in the order of its figures; None where the form does not have so many."""
    rows = find_rows(row.label)
    options = [option for option in rows if option[0] == (row.form or form) and row.banner in (None, option[1])]
    if len(options) != 1:
        return None
    items = rows[options[0]].items
    if sorted(row.columns) != list(range(len(items))):
        return None
    return [items[column] for column in row.columns]


def _disputes(tables: Tables, found: Found) -> None:
    for block in found.disputes:
        for (route, result), printed in block.figures.items():
            cell = cell_of(printed, "count")
            before = tables.disputes.setdefault(route, {}).setdefault(result, cell)
            if before.raw != cell.raw:
                tables.note("row_repeated", "table four is printed twice with different figures")
                tables.disputes = {}
                return
    if found.disputes_unaligned:
        tables.note("row_not_aligned", "table four: the cells of its row cannot be told apart")


def compare_with_form(tables: Tables) -> None:
    """Say what is missing: whole tables, rows, the leaves of （六）; and a form with nothing filled in."""
    for table, name in NAMES.items():
        if table not in tables.seen:
            tables.missing.append(table)
            tables.note("tables_missing", f"{name} is missing: it is not in the document as a table that can be read")
    if "requests" in tables.seen:
        _note_missing_rows(tables)
    if "disputes" in tables.seen:
        _note_missing_routes(tables)
    if tables.form and "proactive" in tables.seen:
        _note_missing_items(tables, tables.form)
    cells = [*tables.proactive.values(), *(cell for row in _all_rows(tables) for cell in row.values())]
    if cells and all(cell.kind == "blank" for cell in cells):
        tables.note("empty_table", "the tables are printed without a single figure", False)


def _all_rows(tables: Tables) -> list[dict[str, Cell]]:
    return [*tables.requests.values(), *tables.disputes.values()]


def _note_missing_rows(tables: Tables) -> None:
    leaves = [code for code in OTHER_LEAVES if code in tables.requests]
    if ONE_ROW_OTHER in tables.requests and tables.form == "2021" and not leaves:
        tables.note(
            "one_row_other",
            "（六）其他处理 is one row under the 2021 form: its three leaves are not printed",
            False,
        )
    if leaves and tables.form == "2019":
        tables.note("three_leaves_other", "（六）其他处理 has three leaves under the 2019 form", False)
    one_row = ONE_ROW_OTHER in tables.seen or tables.form == "2019"
    skipped = set(OTHER_LEAVES) if one_row and not set(OTHER_LEAVES) & tables.seen else {ONE_ROW_OTHER}
    skipped |= {row.code for row in added_rows()} - {row.code for row in _rows_of(tables.form)}
    missing = [known.labels[0] for known in known_rows() if known.code not in tables.seen | skipped]
    if missing:
        tables.note("row_missing", f"table three lacks {len(missing)} rows of the form: {'；'.join(missing)}")


def _rows_of(form: str | None) -> tuple[RequestRow, ...]:
    return FORMS[form].rows if form else ()


def _note_missing_routes(tables: Tables) -> None:
    missing = [route.zh for route in FORMS["2021"].routes if route.code not in tables.disputes]
    if missing and tables.disputes:
        tables.note("row_missing", f"table four: no figures were read for {'；'.join(missing)}")


def _note_missing_items(tables: Tables, form: str) -> None:
    for banner in FORMS[form].banners:
        for row in banner.rows:
            if not any(item.code in tables.proactive for item in row.items):
                left_out = row.labels[0] == _MAY_BE_LEFT_OUT
                tables.note("row_missing", f"table two: no figures were read for {row.labels[0]}", not left_out)
