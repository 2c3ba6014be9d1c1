"""Identities between the cells of a report, as data (rules.toml), and their results. Values are never repaired."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from parsers.forms import FORMS
from parsers.forms.codes import added_rows
from parsers.report import Cell, Check, CheckStatus
from parsers.requestlabels import ONE_ROW_OTHER, OTHER_LEAVES, known_rows

Rows = Mapping[str, Mapping[str, Cell]]
Value = int | Decimal | None


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
    return [check for rule in RULES.values() if tables[rule.table] for check in _results(rule, tables[rule.table])]


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


def _results(rule: Rule, rows: Rows) -> Iterator[Check]:
    named = (terms(rule, rows), rule.right)
    lines = [[rows.get(term, {}) for term in side] for side in named] if rule.over == "applicant" else []
    for scope in scopes(rule, rows):
        if rule.over == "applicant":
            left, right = ([_value(line, scope) for line in side] for side in lines)
        else:
            line = rows.get(scope, {})
            left, right = ([_value(line, term) for term in side] for side in named)
        sums = _sum(left), _sum(right)
        yield Check(rule.rule, scope, *sums, _status((left, right), sums))


def terms(rule: Rule, rows: Rows) -> tuple[str, ...]:
    """The left side's terms in the shape that the document prints, with the leaves that later forms added."""
    printed = next((shape for shape in rule.left_one_of if any(term in rows for term in shape)), None)
    shape = printed if printed is not None else (rule.left_one_of[0] if rule.left_one_of else ())
    added = tuple(row.code for row in added_rows() if row.group and row.code in rows) if rule.left_one_of else ()
    return rule.left + shape + added


def scopes(rule: Rule, rows: Rows) -> list[str]:
    """Whatever the rule is checked for: applicants, routes, or the rows that the form prints."""
    if rule.over == "applicant":
        return [name.code for name in FORMS["2021"].applicants]
    if rule.over == "route":
        return [name.code for name in FORMS["2021"].routes]
    left_out = set(OTHER_LEAVES) if ONE_ROW_OTHER in rows and not set(OTHER_LEAVES) & set(rows) else set()
    if ONE_ROW_OTHER not in rows:
        left_out = {ONE_ROW_OTHER}
    left_out |= {row.code for row in added_rows()} - set(rows)
    return [known.code for known in known_rows() if known.code not in left_out]


def _value(line: Mapping[str, Cell], code: str) -> Value:
    return line[code].value if code in line else None


def _sum(values: list[Value]) -> int | None:
    """The sum of what is there; None, not zero, of nothing."""
    known = [value for value in values if value is not None]
    return int(sum(known)) if known else None


def _status(sides: tuple[list[Value], list[Value]], sums: tuple[int | None, int | None]) -> CheckStatus:
    if None in sides[0] or None in sides[1]:
        return "uncertain"
    return "pass" if sums[0] == sums[1] else "fail"
