from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from archive.schema import migrate, migrations
from archive.store import Archive, ArchiveBusyError, ArchiveMissingError, DataFolderError, connect_for_reading
from parsers.forms import codes


def test_a_second_writer_is_told_to_wait(archive: Archive) -> None:
    with pytest.raises(ArchiveBusyError, match="wait"), Archive.open(archive.folder):
        pass


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom archive.store import Archive\n"
        "with Archive.open(Path(sys.argv[1])):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    with Archive.open(tmp_path) as archive:
        assert archive.db.execute("SELECT count(*) FROM codes").fetchone()[0] > 200


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DataFolderError, match="--data"), Archive.open(tmp_path / "data"):
        pass


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(DataFolderError, match="cannot be written"), Archive.open(Path("/proc/nianbao")):
        pass


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("this is a letter, not a database, and long enough to be seen as one" * 20)
    with pytest.raises(DataFolderError, match=r"archive\.db"), Archive.open(tmp_path):
        pass


def test_reading_where_nothing_is_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissingError, match="nianbao crawl"):
        connect_for_reading(tmp_path)


def test_what_needs_an_archive_makes_none(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissingError), Archive.open(tmp_path / "typo", make=False):
        pass
    assert not (tmp_path / "typo").exists()


def test_each_migration_is_applied_once(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "a.db")
    assert migrate(db) == [name for name, _ in migrations()]
    assert migrate(db) == []


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        before = list(archive.db.iterdump())
    with Archive.open(tmp_path) as archive:
        assert list(archive.db.iterdump()) == before


def test_every_code_has_its_column(archive: Archive) -> None:
    columns = {
        table: {row[1] for row in archive.db.execute(f"PRAGMA table_info({table})")}
        for table in ("proactive", "requests", "disputes", "summary")
    }
    for code in codes():
        if code.table == "proactive":
            assert code.item in columns["proactive"]
            assert code.item in columns["summary"]
        elif code.table == "requests":
            assert code.applicant in columns["requests"]
            assert code.outcome in columns["summary"]
        else:
            assert code.result in columns["disputes"]
            assert f"{code.route}_{code.result}" in columns["summary"]


def test_every_column_of_a_form_table_has_its_code(archive: Archive) -> None:
    items = {code.item for code in codes() if code.table == "proactive"}
    columns = {row[1].removesuffix("_text") for row in archive.db.execute("PRAGMA table_info(proactive)")}
    assert columns - {"report_id"} == items


def test_areas_are_there_with_their_parents(archive: Archive) -> None:
    found = archive.db.execute("SELECT name, parent_adcode FROM regions WHERE adcode = '640303'").fetchone()
    assert tuple(found) == ("红寺堡区", "640300")
