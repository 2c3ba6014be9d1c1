"""The README's questions, answered from the six real reports where they are at hand (`nianbao add`)."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.command import ROOT, nianbao

REPORTS = ROOT.parent / "shared" / "reports"
QUESTIONS = (ROOT / "README.md").read_text("utf-8").split("## Ask in SQL\n")[1].split("\n## ")[0]
README_SQL = re.findall(r"```sql\n(.*?)```", QUESTIONS, re.DOTALL)

if REPORTS.is_dir():

    @pytest.fixture(scope="module")
    def added(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
        data = tmp_path_factory.mktemp("added")
        ran = nianbao("add", *sorted([*REPORTS.glob("*.txt"), *REPORTS.glob("*.pdf")]), "--data", data)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return sqlite3.connect(data / "site" / "archive.db")

    def test_requests_received_in_2024_by_unit(added: sqlite3.Connection) -> None:
        assert added.execute(README_SQL[0]).fetchall() == [
            ("淮安市洪泽区人民政府", 95),
            ("红寺堡区", 26),
            ("红旗区人民政府", 20),
            ("沙坡头区人民政府办公室", 3),
            ("红寺堡区新庄集乡", 0),
        ]

    def test_what_does_not_add_up_in_one_report(added: sqlite3.Connection) -> None:
        rows = added.execute(README_SQL[1]).fetchall()
        assert sorted((rule, scope) for _, _, rule, scope, _ in rows) == [
            ("flow", "natural_person"),
            ("flow", "total"),
            ("items", "natural_person"),
            ("items", "total"),
        ]
        assert all("相差10" in sentence and "difference 10" in sentence for *_, sentence in rows)

    def test_keys_are_those_of_the_registry(added: sqlite3.Connection) -> None:
        keys = {row[0] for row in added.execute("SELECT key FROM reports")}
        assert {"640303-hongsibu-2019", "640303-hongsibu-2024", "640502-shapotou-office-2024"} <= keys


def test_the_readme_asks_its_questions() -> None:
    assert len(README_SQL) >= 2
    assert Path(ROOT / "README.md").is_file()
