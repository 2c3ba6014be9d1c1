"""Identities between the cells of a report, as data (rules.toml), and their results. Values are never repaired."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from parsers.forms import FORMS
from parsers.forms.codes import added_rows
from parsers.report import Cell, Check, CheckStatus
from parsers.requestlabels import ONE_ROW_OTHER, OTHER_LEAVES, known_rows

Rows = Mapping[str, Mapping[str, Cell]]
# The values of a row, in the order of the table's columns.
Line = tuple[int | Decimal | None, ...]
_COLUMNS = {
    "requests": tuple(name.code for name in FORMS["2021"].applicants),
    "disputes": tuple(name.code for name in FORMS["2021"].results),
}


@dataclass(frozen=True)
class Rule:
    """One version of an identity: sums of `left` and `right` are equal for each member of `over`.

    For `over` applicant the terms are rows, else columns. Of `left_one_of` the shape that is printed is added.
    """

    rule: str
    version: int
    era: str
    hard: bool
    table: Literal["requests", "disputes"]
    over: Literal["applicant", "outcome", "route"]
    left: tuple[str, ...]
    right: tuple[str, ...]
    statement_zh: str
    statement_en: str
    left_one_of: tuple[tuple[str, ...], ...] = ()


def rules() -> list[Rule]:
    """Every rule of rules.toml, in its order."""
    data = tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))
    return [
        Rule(
            **{
                **table,
                "left": tuple(table["left"]),
                "right": tuple(table["right"]),
                "left_one_of": tuple(map(tuple, table.get("left_one_of", ()))),
            }
        )
        for table in data["rule"]
    ]


# The rules in force, by name.
RULES = {rule.rule: rule for rule in rules()}


def check_tables(requests: Rows, disputes: Rows) -> list[Check]:
    """The result of every identity whose table was read, passing ones too."""
    tables = {"requests": requests, "disputes": disputes}
    lines = {
        name: {code: _line(cells, _COLUMNS[name]) for code, cells in rows.items()} for name, rows in tables.items()
    }
    return [
        check
        for rule in RULES.values()
        if tables[rule.table]
        for check in _results(rule, tables[rule.table], lines[rule.table])
    ]


def cells_of_broken(requests: Rows, disputes: Rows) -> list[Cell]:
    """Every cell that takes part in an identity that fails."""
    tables = {"requests": requests, "disputes": disputes}
    found: list[Cell | None] = []
    for check in check_tables(requests, disputes):
        if check.status == "fail":
            rule = RULES[check.rule]
            rows = tables[rule.table]
            for term in (*terms(rule, rows), *rule.right):
                row, column = (term, check.scope) if rule.over == "applicant" else (check.scope, term)
                found.append(rows.get(row, {}).get(column))
    return [cell for cell in dict.fromkeys(found) if cell is not None]


def _results(rule: Rule, rows: Rows, lines: Mapping[str, Line]) -> Iterator[Check]:
    over = scopes(rule, rows)
    columns = _COLUMNS[rule.table]
    blank: Line = (None,) * len(columns)
    if rule.over == "applicant":
        left = [lines.get(term, blank) for term in terms(rule, rows)]
        right = [lines.get(term, blank) for term in rule.right]
    else:
        down = dict(zip(columns, zip(*(lines.get(scope, blank) for scope in over), strict=True), strict=True))
        left = [down[term] for term in terms(rule, rows)]
        right = [down[term] for term in rule.right]
    for scope, one, other in zip(over, zip(*left, strict=True), zip(*right, strict=True), strict=True):
        total, wanted = _sum(one), _sum(other)
        status: CheckStatus = "pass" if total == wanted else "fail"
        yield Check(rule.rule, scope, total, wanted, "uncertain" if None in one or None in other else status)


def terms(rule: Rule, rows: Rows) -> tuple[str, ...]:
    """The left side's terms in the shape that the document prints, with the leaves that later forms added."""
    printed = next((shape for shape in rule.left_one_of if any(term in rows for term in shape)), None)
    shape = printed if printed is not None else (rule.left_one_of[0] if rule.left_one_of else ())
    added = tuple(row.code for row in added_rows() if row.group and row.code in rows) if rule.left_one_of else ()
    return rule.left + shape + added


def scopes(rule: Rule, rows: Rows) -> list[str]:
    """Whatever the rule is checked for: applicants, routes, or the rows that the form prints."""
    if rule.over == "applicant":
        return list(_COLUMNS["requests"])
    if rule.over == "route":
        return [name.code for name in FORMS["2021"].routes]
    left_out = set(OTHER_LEAVES) if ONE_ROW_OTHER in rows and not set(OTHER_LEAVES) & set(rows) else set()
    if ONE_ROW_OTHER not in rows:
        left_out = {ONE_ROW_OTHER}
    left_out |= {row.code for row in added_rows()} - set(rows)
    return [known.code for known in known_rows() if known.code not in left_out]


def _line(cells: Mapping[str, Cell], columns: Sequence[str]) -> Line:
    return tuple([cells[code].value if code in cells else None for code in columns])


def _sum(values: Line) -> int | None:
    """The sum of what is there; None, not zero, of nothing."""
    told: Iterator[int | Decimal] = filter(None, values)
    return int(sum(told)) if values.count(None) < len(values) else None
