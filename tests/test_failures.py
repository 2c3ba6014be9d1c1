"""It does not break: a full disk, a folder nobody can write, a locked database, a signal, two crawls, a lost file.

Each on real conditions: a small disk is really mounted, a lock really held, a process really ended.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import nianbao as command
from archive import store
from tests.command import NIANBAO, ROOT, crawl, environment, nianbao
from tests.replica import Replica
from tests.test_kill import state

MEGABYTE = 1_000_000
DISK = 64 * MEGABYTE


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB, really mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", disk], capture_output=True, text=True)
    if made.returncode != 0:
        pytest.fail(
            f"this test needs a real small disk, and none can be mounted here ({made.stderr.strip()}): run as root"
        )
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def free(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def fill(disk: Path, leave: int) -> Path:
    """Take the disk's room but for so many bytes."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free(disk) - leave)
    return filler


def crawl_with(web: Replica, data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    arguments = ["crawl", "--portals", str(web.portals_csv), "--delay", "0", "--data", str(data)]
    return subprocess.run(
        [*NIANBAO, *arguments], env=environment(web) | settings, cwd=ROOT, capture_output=True, text=True, check=False
    )


def told_in_a_sentence(ran: subprocess.CompletedProcess[str], words: str) -> None:
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert words in ran.stderr
    assert "what was written before is safe" in ran.stderr


def test_a_crawl_stops_before_the_disk_is_full_and_goes_on_when_there_is_room(small_disk: Path, tmp_path: Path) -> None:
    data = small_disk / "data"
    with Replica(portals=("hongsibu", "hongqi")) as web:
        assert crawl(web, tmp_path / "whole").returncode == 0
        expected = state(tmp_path / "whole")
        limit = free(small_disk) - 8 * MEGABYTE
        filler = fill(small_disk, leave=limit + 700_000)
        ran = crawl_with(web, data, NIANBAO_MIN_FREE_MB=str(limit // MEGABYTE))
        told_in_a_sentence(ran, "must stay free")
        assert free(small_disk) > MEGABYTE
        assert nianbao("verify", "--data", data).returncode == 0
        assert list((data / "warc").glob("*.warc.gz"))
        statuses = sqlite3.connect(data / "archive.db").execute("SELECT DISTINCT last_success FROM portals").fetchall()
        assert statuses == [(None,)]
        filler.unlink()
        assert crawl_with(web, data, NIANBAO_MIN_FREE_MB="1").returncode == 0
        assert state(data) == expected


def test_a_disk_that_is_really_full_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    data = small_disk / "data"
    with Replica(portals=("hongsibu", "hongqi")) as web:
        assert crawl(web, tmp_path / "whole").returncode == 0
        expected = state(tmp_path / "whole")
        # Enough for the registry of areas and some answers, for no whole crawl.
        filler = fill(small_disk, leave=1_500_000)
        ran = crawl_with(web, data, NIANBAO_MIN_FREE_MB="0")
        assert ran.returncode == 1, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
        assert "what was written before is safe" in ran.stderr
        filler.unlink()
        if (data / "archive.db").exists():
            assert nianbao("verify", "--data", data).returncode in (0, 2)
        assert crawl_with(web, data, NIANBAO_MIN_FREE_MB="0").returncode == 0
        assert state(data) == expected
        assert nianbao("verify", "--data", data).returncode == 0


def test_publishing_on_a_full_disk_leaves_the_old_snapshot(small_disk: Path) -> None:
    data = small_disk / "data"
    with Replica(portals=("karuo",)) as web:
        assert crawl_with(web, data, NIANBAO_MIN_FREE_MB="1").returncode == 0
    before = (data / "site" / "archive.db").read_bytes()
    filler = fill(small_disk, leave=200_000)
    ran = nianbao("publish", "--data", data)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert (data / "site" / "archive.db").read_bytes() == before
    assert not (data / "site" / "archive.db.making").exists()
    filler.unlink()
    assert nianbao("publish", "--data", data).returncode == 0


def test_a_folder_that_nobody_can_write_is_said_and_can_still_be_read(small_disk: Path) -> None:
    data = small_disk / "data"
    with Replica(portals=("karuo",)) as web:
        assert crawl_with(web, data, NIANBAO_MIN_FREE_MB="1").returncode == 0
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
        ran = crawl_with(web, data, NIANBAO_MIN_FREE_MB="0")
    assert ran.returncode == 2, ran.stdout + ran.stderr
    assert "cannot be written (Read-only file system)" in ran.stderr
    assert "Traceback" not in ran.stderr
    for verb in ("status", "verify"):
        told = nianbao(verb, "--data", data)
        assert told.returncode == 0, told.stderr


def test_a_reader_of_the_database_holds_nobody_up(tmp_path: Path) -> None:
    with Replica(portals=("karuo",)) as web:
        assert crawl(web, tmp_path).returncode == 0
        reader = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
        reader.execute("BEGIN")
        (before,) = reader.execute("SELECT count(*) FROM fetches").fetchone()
        assert crawl(web, tmp_path).returncode == 0
        assert reader.execute("SELECT count(*) FROM fetches").fetchone() == (before,)
        reader.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM fetches").fetchone()[0] > before
        reader.close()


def test_a_database_that_another_program_will_not_let_go_is_told_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Replica(portals=("karuo",)) as web:
        assert crawl(web, tmp_path).returncode == 0
    expected = state(tmp_path)
    writer = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    # The lock is a real one; only the minute's patience is cut short.
    monkeypatch.setattr(store, "PATIENCE", 0.3)
    ran = CliRunner().invoke(command.main, ["read", "--all", "--data", str(tmp_path)])
    assert ran.exit_code == 1
    assert "database is locked" in ran.output
    assert "what was written before is safe" in ran.output
    writer.execute("ROLLBACK")
    writer.close()
    monkeypatch.undo()
    assert nianbao("read", "--all", "--data", tmp_path).returncode == 0
    assert state(tmp_path) == expected


def started(web: Replica, data: Path) -> subprocess.Popen[str]:
    arguments = ["crawl", "--portals", str(web.portals_csv), "--delay", "0", "--data", str(data)]
    process = subprocess.Popen(
        [*NIANBAO, *arguments],
        env=environment(web),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while len(web.requests) < 4:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    return process


def test_a_crawl_told_to_end_ends_in_order_and_is_taken_up_again(tmp_path: Path) -> None:
    with Replica(portals=("hongsibu", "hongqi"), latency=0.05) as web:
        assert crawl(web, tmp_path / "whole").returncode == 0
        web.reset()
        process = started(web, tmp_path / "ended")
        process.send_signal(signal.SIGTERM)
        out, error = process.communicate(timeout=120)
        assert process.returncode == 1, out + error
        assert "Traceback" not in error
        assert "interrupted" in out
        assert nianbao("verify", "--data", tmp_path / "ended").returncode == 0
        assert crawl(web, tmp_path / "ended").returncode == 0
        assert state(tmp_path / "ended") == state(tmp_path / "whole")


def test_the_second_of_two_crawls_says_so_and_ends(tmp_path: Path) -> None:
    with Replica(portals=("hongsibu",)) as web:
        with web.held(after=4):
            first = started(web, tmp_path)
            second = crawl(web, tmp_path)
            assert first.poll() is None
        assert second.returncode == 2
        assert "another nianbao is writing here" in second.stderr
        out, error = first.communicate(timeout=300)
        assert first.returncode == 0, out + error


def test_an_original_removed_by_hand_is_found_and_what_was_read_of_it_stays(tmp_path: Path) -> None:
    with Replica(portals=("karuo",)) as web:
        assert crawl(web, tmp_path).returncode == 0
        expected = state(tmp_path)
        lost = next((tmp_path / "originals").glob("??/*.bin"))
        copy = lost.read_bytes()
        lost.unlink()
        ran = nianbao("verify", "--data", tmp_path)
        assert ran.returncode == 1
        assert f"missing: {lost}" in ran.stdout
        nianbao("read", "--all", "--data", tmp_path)
        assert state(tmp_path) == expected
        lost.write_bytes(copy)
        assert nianbao("verify", "--data", tmp_path).returncode == 0


def test_publishing_killed_at_any_moment_never_shows_a_half_written_state(tmp_path: Path) -> None:
    with Replica(portals=("karuo", "jiangda")) as web:
        assert crawl(web, tmp_path).returncode == 0
    snapshot = tmp_path / "site" / "archive.db"
    for seconds in (0.2, 0.5, 0.8, 1.0, 1.2):
        process = subprocess.Popen([*NIANBAO, "publish", "--data", tmp_path], env=environment(), cwd=ROOT)
        time.sleep(seconds)
        process.kill()
        process.wait()
        db = sqlite3.connect(f"file:{snapshot}?immutable=1", uri=True)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM reports").fetchone() == (2,)
        assert "readings" not in {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        db.close()
    assert nianbao("publish", "--data", tmp_path).returncode == 0
    assert [path.name for path in (tmp_path / "site").iterdir() if "making" in path.name] == []


def test_a_setting_that_is_no_number_is_wrong_use(tmp_path: Path) -> None:
    with Replica(portals=("karuo",)) as web:
        ran = crawl_with(web, tmp_path, NIANBAO_MIN_FREE_MB="plenty")
    assert ran.returncode == 2
    assert "a whole number of megabytes is expected" in ran.stderr
