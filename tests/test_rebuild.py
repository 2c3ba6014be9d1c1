"""From the WARC files alone: originals with identical hashes, tables with identical keys."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import crawl, nianbao
from tests.replica import Replica
from tests.replica.figures import invented
from tests.replica.render_pdf import report_pdf
from tests.replica.story import Story
from tests.test_kill import only, state

# What is kept nowhere but in the database: what a command was given, where lists stood, how each link was judged.
NOT_KEPT = {"runs", "lists", "links", "migrations"}


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one file added by hand and two crawls."""
    folder = tmp_path_factory.mktemp("rebuild")
    story = Story("里湖县", "county", 2023, invented("rebuild", "2021"))
    (folder / "added.pdf").write_bytes(report_pdf(story))
    ran = nianbao("add", folder / "added.pdf", "--data", folder / "data")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    with Replica(portals=("pingchuan", "hongze")) as web:
        for arguments in ((), ("--recheck", "all")):
            ran = crawl(web, folder / "data", *arguments)
            assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder / "data"


def originals(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "originals").rglob("*.bin")}


def test_a_lost_database_and_lost_originals_come_back_from_the_warc_files(archived: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copytree(archived / "warc", data / "warc")
    shutil.copy(archived / "keys.csv", data / "keys.csv")
    ran = nianbao("rebuild", "--data", data)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert originals(data) == originals(archived)
    before, after = state(archived), state(data)
    assert len(before["reports"]) > 8
    told = {name: only(after[name], rows) for name, rows in before.items() if name not in NOT_KEPT}
    assert {name: rows for name, rows in told.items() if rows} == {}


def test_one_original_missing_and_one_changed_are_put_back(archived: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(archived, data)
    before = originals(data)
    missing, changed, *_ = sorted((data / "originals").rglob("*.bin"))
    missing.unlink()
    changed.write_bytes(b"not the report")
    assert nianbao("verify", "--data", data).returncode == 1
    ran = nianbao("rebuild", "--data", data)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"2 restored, {len(before) - 2} were sound, 0 lost; 0 rows" in ran.stdout
    assert originals(data) == before
    assert state(data) == state(archived)


def test_what_no_warc_file_holds_is_told_and_the_rest_goes_on(archived: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(archived, data)
    files = sorted((data / "warc").iterdir())
    files[0].write_bytes(files[0].read_bytes()[:2000])
    shutil.rmtree(data / "originals")
    ran = nianbao("rebuild", "--data", data)
    assert ran.returncode == 1
    assert files[0].name in ran.stdout
    assert "no WARC file holds this original" in ran.stdout
    assert 0 < len(originals(data)) < len(originals(archived))


def test_a_folder_without_anything_to_rebuild_from_is_named(tmp_path: Path) -> None:
    ran = nianbao("rebuild", "--data", tmp_path)
    assert ran.returncode == 2
    assert "neither warc/ nor archive.db" in ran.stderr
    assert list(tmp_path.iterdir()) == []
