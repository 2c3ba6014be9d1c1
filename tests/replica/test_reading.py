"""What the parsers read in the replica's documents is what was rendered, cell by cell.

Figures come from the data of the replica, sums from its own; only the answer is taken from the parsers.
"""

from __future__ import annotations

from typing import Any

import pytest

from parsers import Hint, looks_like_report, read
from tests.replica.portal import Portal
from tests.replica.portals import all_portals
from tests.replica.truth import TrueDocument, TrueReport

DOCUMENTS = [
    pytest.param(portal, report, document, id=f"{portal.slug}-{report.unit}-{report.year}-{document.role}")
    for portal in all_portals()
    for report in (*portal.published, *portal.withheld)
    for document in report.documents
]


def _body(portal: Portal, document: TrueDocument) -> bytes:
    path = "/" + document.urls[0].removeprefix(portal.home)
    return portal.answer(portal.scheme, path).body


def _cells(found: dict[str, Any]) -> dict[str, tuple[object, str]]:
    cells = {f"proactive.{item}": cell for item, cell in found["proactive"].items()}
    for table in ("requests", "disputes"):
        cells |= {f"{table}.{row}.{name}": cell for row, part in found[table].items() for name, cell in part.items()}
    return {path: (cell["value"], cell["kind"]) for path, cell in cells.items()}


def _checks(found: dict[str, Any], status: str) -> set[tuple[str, str]]:
    return {(check["rule"], check["scope"]) for check in found["checks"] if check["status"] == status}


@pytest.mark.parametrize(("portal", "report", "document"), DOCUMENTS)
def test_a_document_says_what_was_rendered(portal: Portal, report: TrueReport, document: TrueDocument) -> None:
    found = read(_body(portal, document), Hint(document.urls[0])).to_json()
    for name in ("unit", "unit_level", "year", "title", "signed"):
        assert found[name] == getattr(report, name), name
    assert found["period"] == (list(report.period) if report.period else None)
    assert [section["number"] for section in found["sections"] if section["number"]] == [1, 2, 3, 4, 5, 6]
    if not document.has_tables:
        assert found["status"] == "tables_missing"
        return
    assert (found["status"], found["form"]) == ("parsed", report.form)
    assert _cells(found) == {path: (report.values[path], report.kinds[path]) for path in report.figures}
    assert _checks(found, "fail") == report.failing
    assert _checks(found, "uncertain") == report.undecided


@pytest.mark.parametrize(("portal", "report", "document"), DOCUMENTS)
def test_a_reports_page_looks_like_one(portal: Portal, report: TrueReport, document: TrueDocument) -> None:
    if document.role == "page":
        assert looks_like_report(_body(portal, document)).is_report
        published = read(_body(portal, document), Hint(document.urls[0])).published
        assert published == report.published
