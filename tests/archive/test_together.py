"""Rows held back: what a kill, a failing disk and a mistake leave of them."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.captures import CaptureError
from archive.exchange import Exchange
from archive.ledger import CrawlEnd, Fetch, PortalRow
from archive.store import Archive
from archive.together import MOST_BLOCKS, GroupLostError
from archive.warc import Record, records

HOME = "http://www.x.gov.cn/"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data") as archive:
        archive.ledger.register([PortalRow("x", "X", HOME)])
        yield archive


def keep(archive: Archive, crawl_id: int, name: str) -> str:
    """One page as a crawl keeps it; gives its hash."""
    body = f"<p>{name}</p>".encode()
    place = archive.captures.write(
        Exchange(crawl_id, "x", f"{HOME}{name}", "GET", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", body)
    )
    sha256 = archive.originals.put(body).sha256
    fetch = Fetch("x", f"{HOME}{name}", "report", "title", status=200, sha256=sha256, role="page", warc=place.warc)
    archive.ledger.record(crawl_id, fetch, body)
    return sha256


def seen(archive: Archive, query: str) -> int:
    """What another process sees."""
    db = sqlite3.connect(archive.folder / "archive.db")
    count: int = db.execute(query).fetchone()[0]
    db.close()
    return count


def test_a_crawl_is_there_at_once_its_pages_with_the_group(archive: Archive) -> None:
    with archive.together():
        crawl_id = archive.ledger.begin_crawl("x")
        assert seen(archive, "SELECT count(*) FROM crawls") == 1
        sha256 = keep(archive, crawl_id, "a")
        assert archive.originals.read(sha256) == b"<p>a</p>"
        assert not archive.originals.put(b"<p>a</p>").is_new
        assert seen(archive, "SELECT (SELECT count(*) FROM fetches) + (SELECT count(*) FROM captures)") == 0
        archive.db.settle()
        assert seen(archive, "SELECT (SELECT count(*) FROM fetches) + (SELECT count(*) FROM captures)") == 2
        keep(archive, crawl_id, "b")
        archive.ledger.finish_crawl(crawl_id, CrawlEnd("done", "ok"))
        assert seen(archive, "SELECT requests FROM crawls") == 2
    assert len(list(archive.originals)) == 2


def test_a_group_has_an_end(archive: Archive) -> None:
    with archive.together():
        crawl_id = archive.ledger.begin_crawl("x")
        for number in range(MOST_BLOCKS):
            keep(archive, crawl_id, str(number))
        assert seen(archive, "SELECT count(*) FROM fetches") >= MOST_BLOCKS // 2


def test_no_row_is_committed_before_its_bytes_are_on_the_disk(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = list[str]()

    def sync(descriptor: int) -> None:
        assert seen(archive, "SELECT count(*) FROM fetches") == 0
        synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)

    with archive.together():
        crawl_id = archive.ledger.begin_crawl("x")
        sha256 = keep(archive, crawl_id, "a")
        monkeypatch.setattr(os, "fsync", sync)
        monkeypatch.setattr(os, "fdatasync", sync)
        archive.db.settle()
        monkeypatch.undo()
        assert seen(archive, "SELECT count(*) FROM fetches") == 1
    warc, original, folder = synced
    assert warc.endswith(".warc.gz.open")
    assert original.startswith(".writing-")
    assert folder == sha256[:2]


def test_the_fetches_of_a_group_stand_in_one_record_before_their_rows_are_committed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[Record]()

    def sync(_: int) -> None:
        assert seen(archive, "SELECT count(*) FROM fetches") == 0
        (path,) = archive.captures.files()
        told.extend(record for record in records(path) if record.fields.get("warc-target-uri", "").endswith(":fetches"))

    with archive.together():
        crawl_id = archive.ledger.begin_crawl("x")
        for name in ("a", "b"):
            keep(archive, crawl_id, name)
        monkeypatch.setattr(os, "fdatasync", sync)
        archive.db.settle()
        monkeypatch.undo()
    (record,) = told
    assert [fetch["url"] for fetch in json.loads(record.block)] == [f"{HOME}a", f"{HOME}b"]


def test_a_mistake_in_one_block_undoes_that_block_alone(archive: Archive) -> None:
    with archive.together():
        crawl_id = archive.ledger.begin_crawl("x")
        keep(archive, crawl_id, "a")
        with pytest.raises(sqlite3.IntegrityError):
            archive.ledger.record(crawl_id, Fetch("nobody", HOME, "home", "no such portal"))
        keep(archive, crawl_id, "b")
    assert seen(archive, "SELECT count(*) FROM fetches") == 2


def test_what_a_failing_disk_took_is_made_anew_from_the_warc_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    with Archive.open(tmp_path / "data") as archive:
        archive.ledger.register([PortalRow("x", "X", HOME)])
        with archive.together():
            crawl_id = archive.ledger.begin_crawl("x")
            keep(archive, crawl_id, "a")
            monkeypatch.setattr(os, "fdatasync", fail)
            with pytest.raises(CaptureError, match="Input/output error"):
                archive.db.settle()
            monkeypatch.undo()
            with pytest.raises(GroupLostError):
                keep(archive, crawl_id, "b")
        assert seen(archive, "SELECT count(*) FROM captures") == 0
    with Archive.open(tmp_path / "data") as archive:
        assert archive.ledger.resume_crawl("x") == crawl_id
        assert [row["url"] for row in archive.captures.of_crawl(crawl_id)] == [f"{HOME}a", f"{HOME}b"]


def test_a_warc_file_gets_its_own_name_after_its_rows_are_committed(archive: Archive) -> None:
    archive.captures.largest = 3000
    with archive.together():
        crawl_id = archive.ledger.begin_crawl("x")
        for number in range(8):
            keep(archive, crawl_id, str(number))
        closed = {path.name for path in archive.captures.files() if path.suffix == ".gz"}
        assert closed
        assert seen(archive, "SELECT count(DISTINCT warc) FROM captures") >= len(closed)
