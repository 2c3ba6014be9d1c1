"""Golden pairs: every document in tests/golden/ against its NAME.expected.json, found by walking the folder.

A row of figures is written as its tokens: a number, or `.` blank, `/` slash, `-` dash, 无 none, `?` other text.
What an expected file does not name is not compared.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parsers import Hint, read
from parsers.report import Cell, Report

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in GOLDEN.glob("*.expected.json"))
SIGNS = {"blank": ".", "slash": "/", "dash": "-", "none": "无", "text": "?"}
EXACT = ("status", "title", "unit", "unit_level", "year", "form", "published", "signed", "contact")


def document(name: str) -> Path:
    (found,) = (path for path in GOLDEN.glob(f"{name}.*") if not path.name.endswith(".expected.json"))
    return found


def token(cell: Cell) -> str:
    if isinstance(cell.value, Decimal):
        return format(cell.value, "f")
    return SIGNS[cell.kind] if cell.value is None else str(cell.value)


def rows(table: dict[str, dict[str, Cell]]) -> dict[str, str]:
    return {row: " ".join(map(token, cells.values())) for row, cells in table.items()}


def said(report: Report) -> dict[str, Any]:
    """The report in the words of the expected files."""
    checks = {
        status: sorted([check.rule, check.scope] for check in report.checks if check.status == status)
        for status in ("fail", "uncertain")
    }
    return {key: getattr(report, key) for key in EXACT} | {
        "period": list(report.period) if report.period else None,
        "proactive": {item: token(cell) for item, cell in report.proactive.items()},
        "requests": rows(report.requests),
        "disputes": rows(report.disputes),
        "failed": checks["fail"],
        "uncertain": checks["uncertain"],
        "problems": sorted(problem.code for problem in report.problems),
        "section_numbers": [section.number for section in report.sections],
    }


def test_there_are_golden_pairs() -> None:
    assert len(NAMES) > 10


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.expected.json").read_text("utf-8"))
    path = document(name)
    report = read(path.read_bytes(), Hint(path.name))
    sections = {str(section.number): section.text for section in report.sections}
    assert {number: sections.get(number) for number in expected.get("sections", {})} == expected.pop("sections", {})
    found = said(report)
    assert set(expected.pop("has_problems", [])) <= set(found["problems"])
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("name", [name for name in NAMES if document(name).suffix == ".html"])
def test_the_same_page_in_gb18030_reads_the_same(name: str) -> None:
    path = document(name)
    page = path.read_text("utf-8")
    one = read(page.encode("utf-8"), Hint(path.name))
    other = read(page.encode("gb18030"), Hint(path.name))
    assert other == one
