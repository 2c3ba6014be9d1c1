"""The six real reports of ../shared, where they are: every cell as read by eye. The golden pairs stand without them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from parsers import Hint, read

REPORTS = Path(__file__).resolve().parents[3] / "shared/reports"
EXPECTED = sorted(REPORTS.glob("*.expected.json"))


def same(wanted: Any, found: Any) -> bool:
    if wanted is None or found is None:
        return wanted is None and found is None
    return Decimal(str(wanted)) == Decimal(str(found))


# Where they are not, there is nothing to run, and nothing is said to be skipped.
if EXPECTED:

    @pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
    def test_real_report(path: Path) -> None:
        wanted = json.loads(path.read_text("utf-8"))
        report = read((REPORTS / wanted["file"]).read_bytes(), Hint(wanted["file"])).to_json()
        assert report["status"] == "parsed"
        assert report["proactive"].keys() == wanted["proactive"].keys()
        for item, value in wanted["proactive"].items():
            assert same(value, report["proactive"][item]["value"]), item
        for table in ("requests", "disputes"):
            assert report[table].keys() == wanted[table].keys()
            for row, cells in wanted[table].items():
                assert {code: cell["value"] for code, cell in report[table][row].items()} == cells, row
        for key in ("title", "unit", "unit_level", "year", "form", "period", "signed"):
            assert report[key] == wanted[key], key
