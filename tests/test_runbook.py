"""The runbook is true: its commands and tables exist, and what it says of restoring is what happens."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from archive.schema import migrate
from archive.space import MIN_FREE_MB, SETTING
from nianbao import main
from tests.archive.test_fixity import flip
from tests.command import crawl, nianbao
from tests.replica import Replica
from tests.test_kill import state

ROOT = Path(__file__).resolve().parent.parent
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")


@pytest.mark.parametrize("verb", sorted(set(re.findall(r"(?:^|`)nianbao ([a-z]+)", RUNBOOK, re.M))))
def test_every_command_named_exists(verb: str) -> None:
    assert verb in main.commands


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)]+)\)", RUNBOOK))
def test_every_link_leads_to_a_file(path: str) -> None:
    assert (ROOT / "docs" / path).exists()


def test_the_table_and_its_words_are_those_of_the_schema() -> None:
    db = sqlite3.connect(":memory:")
    migrate(db)
    (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'revisions'").fetchone()
    assert all(f"'{cause}'" in sql for cause in ("source", "parser"))
    assert f"{MIN_FREE_MB} MB" in RUNBOOK
    assert SETTING in RUNBOOK


def test_an_archive_is_restored_from_its_copy_as_the_runbook_says(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    with Replica(portals=("hongqi",)) as web:
        assert crawl(web, data).returncode == 0
    shutil.copytree(data, copy)
    assert nianbao("verify", "--data", copy).returncode == 0
    expected = state(data)
    # A disk that goes: the database, an original, a WARC file.
    (data / "archive.db").unlink()
    next((data / "originals").glob("??/*.bin")).unlink()
    flip(next((data / "warc").glob("*.warc.gz")), 100)
    shutil.rmtree(data / "site")
    assert nianbao("status", "--data", data).returncode == 2
    shutil.copytree(copy, data, dirs_exist_ok=True)
    for verb in ("verify", "read", "status"):
        ran = nianbao(verb, "--data", data)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert state(data) == expected
    assert (data / "site" / "archive.db").exists()


def test_one_lost_original_is_restored_by_copying_its_file(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Replica(portals=("karuo",)) as web:
        assert crawl(web, data).returncode == 0
    lost = next((data / "originals").glob("??/*.bin"))
    kept = lost.read_bytes()
    flip(lost, 10)
    assert f"changed: {lost}" in nianbao("verify", "--data", data).stdout
    lost.write_bytes(kept)
    assert nianbao("verify", "--data", data).returncode == 0


def test_a_withdrawal_is_done_as_the_runbook_says(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Replica(portals=("karuo",)) as web:
        assert crawl(web, data).returncode == 0
    original = next((data / "originals").glob("??/*.bin"))
    line = f"{original.stem},2026-01-05,names a private person,A. Person\n"
    (data / "withdrawn.csv").write_text(f"sha256,date,ground,who\n{line}", "utf-8")
    assert nianbao("publish", "--data", data).returncode == 0
    assert not original.exists()
    assert nianbao("verify", "--data", data).returncode == 0
    db = sqlite3.connect(data / "site" / "archive.db")
    assert db.execute("SELECT sha256 FROM withdrawn").fetchall() == [(original.stem,)]
    assert db.execute("SELECT count(*) FROM reports").fetchone() == (1,)
