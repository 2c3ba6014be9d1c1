"""The README's examples are true: a format is one file, and so is a form."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.matrix.cases import Case
from tests.matrix.makers.html import article, html_table, whole
from tests.replica.statutory import APPLICANTS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
READ = """
import json, sys
from pathlib import Path
from parsers import Hint, read
from parsers.forms import codes
found = read(Path(sys.argv[1]).read_bytes(), Hint(sys.argv[1])).to_json()
print(json.dumps({"report": found, "codes": [code.code for code in codes()]}))
"""


def example(path: str) -> str:
    """The block of the README that follows the name of this file."""
    return re.split(r"```\w+\n", README.split(f"`{path}`")[1], maxsplit=1)[1].split("```")[0]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the parsers, to put a file into."""
    shutil.copytree(ROOT / "parsers", tmp_path / "parsers", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def read_in(house: Path, name: str, data: bytes) -> dict[str, Any]:
    """What the copy's parsers read in a file, and the codes that they list."""
    (house / name).write_bytes(data)
    environment = {**os.environ, "PYTHONPATH": str(house)}
    done = subprocess.run(
        [sys.executable, "-c", READ, name], cwd=house, env=environment, capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_format_is_one_file(house: Path) -> None:
    story = Case("html", "plain", "statutory", "distinct").story
    data = json.dumps({"content": whole(story, article(story)).decode()}).encode()
    before = read_in(house, "report.json", data)["report"]
    (house / "parsers/formats/json_page_format.py").write_text(example("parsers/formats/json_page_format.py"), "utf-8")
    after = read_in(house, "report.json", data)["report"]
    assert (before["status"], after["status"]) == ("not_a_report", "parsed")
    assert {cell["value"] for row in after["requests"].values() for cell in row.values()} == {
        int(raw) for path, raw in story.figures.cells.items() if path.startswith("requests.")
    }
    cut = read_in(house, "report.json", data[:-5])["report"]
    assert (cut["status"], [problem["code"] for problem in cut["problems"]]) == ("unreadable", ["json_damaged"])


def test_a_form_is_one_file(house: Path) -> None:
    local = Case("html", "plain", "local-rows", "wrong-flow").story
    usual = Case("html", "plain", "statutory", "wrong-flow").story
    page = whole(local, article(local, html_table))
    before = read_in(house, "a.html", page)["report"]
    (house / "parsers/forms/2027.toml").write_text(example("parsers/forms/2027.toml"), "utf-8")
    told = read_in(house, "a.html", page)
    after = told["report"]
    assert (before["form"], after["form"]) == ("2021", "2027")
    assert [after["requests"]["denied_work_secret"][who]["value"] for who, _ in APPLICANTS] == list(range(9001, 9008))
    assert {f"requests.denied_work_secret.{who}" for who, _ in APPLICANTS} <= set(told["codes"])
    assert {row: cells for row, cells in after["requests"].items() if row != "denied_work_secret"} == before["requests"]
    assert (after["proactive"], after["disputes"]) == (before["proactive"], before["disputes"])
    # The new row counts in the sum over all ways of closing, and adds up by itself.
    sums = {(check["rule"], check["scope"]): (check["left"], check["status"]) for check in after["checks"]}
    without = {(check["rule"], check["scope"]): (check["left"], check["status"]) for check in before["checks"]}
    assert sums["items", "natural_person"] == (without["items", "natural_person"][0] + 9001, "fail")
    assert ("row", "denied_work_secret") in sums
    # A report in the form of 2021 is read as before, and lacks nothing.
    plain = read_in(house, "b.html", whole(usual, article(usual, html_table)))["report"]
    assert (plain["form"], plain["status"], len(plain["requests"])) == ("2021", "parsed", 25)
    assert ("row", "denied_work_secret") not in {(check["rule"], check["scope"]) for check in plain["checks"]}
