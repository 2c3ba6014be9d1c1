"""Readings and originals made up for the archive's tests."""

from __future__ import annotations

from typing import Any

from archive.ledger import Fetch, Role
from archive.store import Archive


def cell(raw: str) -> dict[str, Any]:
    """A cell as printed: digits are a number, an empty string is blank."""
    if raw.isdigit():
        return {"value": int(raw), "kind": "number", "raw": raw, "page": None, "bbox": None}
    kind = {"": "blank", "/": "slash"}[raw]
    return {"value": None, "kind": kind, "raw": raw, "page": None, "bbox": None}


def reading(**changed: Any) -> dict[str, Any]:
    """A complete little reading of 红旗区人民政府's report for 2023; keywords replace its keys."""
    parsed: dict[str, Any] = {
        "file": "report.html",
        "title": "红旗区人民政府2023年政府信息公开工作年度报告",
        "unit": "红旗区人民政府",
        "unit_level": "county",
        "year": 2023,
        "form": "2021",
        "status": "parsed",
        "period": ["2023-01-01", "2023-12-31"],
        "published": None,
        "signed": None,
        "contact": {"phone": "0373-0000000"},
        "proactive": {"licensing_decisions": cell("7"), "penalty_decisions": cell("")},
        "requests": {
            "new_received": {"natural_person": cell("3"), "total": cell("3")},
            "total_processed": {"natural_person": cell("2"), "total": cell("2")},
        },
        "disputes": {"reconsideration": {"upheld": cell("1"), "total": cell("1")}},
        "sections": [{"number": 1, "heading": "一、总体情况", "text": "本区作出罚款决定七件，电话13812345678。"}],
        "checks": [
            {"rule": "flow", "scope": "total", "left": 3, "right": 2, "status": "fail"},
            {"rule": "row", "scope": "new_received", "left": 3, "right": 3, "status": "pass"},
        ],
        "problems": [],
    }
    return parsed | changed


def keep(archive: Archive, data: bytes, url: str | None, role: Role = "page", portal: str | None = None) -> str:
    """Store bytes and their ledger row, as a crawl (or `add`) would."""
    stored = archive.originals.put(data)
    fetch = Fetch(
        portal=portal,
        url=url,
        purpose="add" if role == "added" else "report",
        reason="test",
        outcome="added" if role == "added" else None,
        status=None if role == "added" else 200,
        sha256=stored.sha256,
        role=role,
        anchor="report.html",
        media_type="text/html",
        bytes=len(data),
    )
    archive.ledger.record(None, fetch, data)
    return stored.sha256
