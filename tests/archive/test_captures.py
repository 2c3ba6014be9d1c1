"""The folder of WARC files: what is written once, found again, mended after a kill."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive import warc
from archive.captures import CaptureError, Captures, exchanges
from archive.exchange import Exchange
from archive.ledger import Fetch
from archive.store import Archive
from tests.archive.test_warc import check

URL = "http://www.hqq.gov.cn/1.html"
BODY = b"<p>one page</p>"


def exchange(
    crawl: int, body: bytes = BODY, url: str = URL, status: str = "200 OK", more: bytes = b"", posted: bytes = b""
) -> Exchange:
    return Exchange(
        crawl_id=crawl,
        portal="hongqi",
        url=url,
        method="POST" if posted else "GET",
        request=(b"POST" if posted else b"GET") + b" /1.html HTTP/1.1\r\nHost: www.hqq.gov.cn\r\n\r\n",
        request_body=posted,
        head=b"HTTP/1.1 " + status.encode() + b"\r\nContent-Type: text/html\r\n" + more + b"\r\n",
        body=body,
        ip="203.0.113.7",
        fields={"Nianbao-TLS": "valid"},
    )


@pytest.fixture
def crawl(archive: Archive) -> int:
    return archive.ledger.begin_crawl("hongqi")


def types(path: Path) -> list[str]:
    return [record.type for record in warc.records(path)]


def test_an_exchange_is_two_records_and_a_row(archive: Archive, crawl: int) -> None:
    place = archive.captures.write(exchange(crawl))
    capture = archive.captures.read(place.warc, place.offset)
    assert capture.body == BODY
    assert capture.tls == "valid"
    record = capture.record
    assert record.fields["warc-target-uri"] == URL
    assert record.fields["warc-ip-address"] == "203.0.113.7"
    assert record.fields["nianbao-crawl"] == str(crawl)
    (row,) = archive.captures.of_crawl(crawl)
    assert (row["url"], row["status"], row["record_type"], row["warc_offset"]) == (URL, 200, "response", place.offset)
    path = archive.captures.path(place.warc)
    assert path.suffix == ".open"
    archive.captures.close()
    assert archive.captures.path(place.warc).suffix == ".gz"
    ((answer, request),) = exchanges(archive.captures.path(place.warc))
    assert answer == record
    assert request.head.startswith(b"GET /1.html HTTP/1.1")
    assert check(archive.captures.path(place.warc)) == 0


def test_a_body_that_is_there_already_is_a_revisit(archive: Archive, crawl: int) -> None:
    first = archive.captures.write(exchange(crawl))
    again = archive.captures.write(exchange(crawl, url=URL + "?again"))
    capture = archive.captures.read(again.warc, again.offset)
    assert capture.record.type == "revisit"
    assert capture.record.fields["warc-profile"] == warc.SAME_PAYLOAD
    assert capture.record.fields["warc-refers-to-target-uri"] == URL
    assert capture.record.fields["warc-refers-to-date"] == first.captured_at
    assert capture.record.payload == b""
    assert capture.body == BODY
    archive.captures.close()
    assert check(archive.captures.path(again.warc)) == 0


def test_not_modified_refers_to_what_is_unchanged(archive: Archive, crawl: int) -> None:
    archive.captures.write(exchange(crawl))
    place = archive.captures.write(exchange(crawl, b"", status="304 Not Modified"))
    capture = archive.captures.read(place.warc, place.offset)
    assert capture.record.fields["warc-profile"] == warc.NOT_MODIFIED
    assert capture.record.status == 304
    assert capture.body == BODY


def test_what_is_unchanged_is_found_by_its_address(archive: Archive) -> None:
    asked = list[str]()
    archive.db.set_trace_callback(asked.append)
    archive.captures._last_of("http://www.lihu.gov.cn/")
    archive.db.set_trace_callback(None)
    (plan,) = archive.db.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    assert "USING INDEX captures_url" in plan["detail"]


def test_a_file_is_closed_before_it_grows_too_large(archive: Archive, crawl: int) -> None:
    captures = Captures(archive.folder / "small", archive.db, largest=3000)
    for number in range(20):
        captures.write(exchange(crawl, os.urandom(500), f"{URL}?{number}"))
    captures.close()
    files = captures.files()
    assert len(files) > 3
    assert all(path.stat().st_size <= 3000 and types(path)[0] == "warcinfo" for path in files)
    assert all(path.suffix == ".gz" for path in files)
    for row in captures.of_crawl(crawl):
        assert captures.read(row["warc"], row["warc_offset"]).record.fields["warc-target-uri"] == row["url"]


def test_what_a_kill_left_open_is_cut_at_its_last_whole_record_and_indexed(archive: Archive, crawl: int) -> None:
    captures = archive.captures
    posted = captures.write(exchange(crawl, posted=b"page=2"))
    last = captures.write(exchange(crawl, b"<p>two</p>", URL + "?2"))
    whole = captures.path(last.warc).read_bytes()
    rows = [tuple(row)[1:] for row in captures.of_crawl(crawl)]
    (archive.folder / "killed").mkdir()
    torn = whole + whole[: last.offset // 3] + b"\x1f\x8b\x08torn"
    (archive.folder / "killed" / f"{last.warc}.open").write_bytes(torn)
    with archive.db:
        archive.db.execute("DELETE FROM captures")
    again = Captures(archive.folder / "killed", archive.db)
    assert again.recover() >= 2
    closed = again.path(last.warc)
    assert closed.suffix == ".gz"
    assert closed.read_bytes()[: len(whole)] == whole
    assert check(closed) == 0
    assert [tuple(row)[1:] for row in again.of_crawl(crawl)][:2] == rows
    assert again.read(posted.warc, posted.offset).body == BODY
    assert again.recover() == 0


def test_a_file_with_no_whole_record_is_set_aside(archive: Archive) -> None:
    folder = archive.folder / "warc"
    folder.mkdir()
    (folder / "x.warc.gz.open").write_bytes(b"\x1f\x8b")
    assert archive.captures.recover() == 0
    assert (folder / "x.warc.gz.torn").exists()


def test_what_the_ledger_writes_stands_in_the_warc_file_too(archive: Archive, crawl: int) -> None:
    archive.ledger.record(crawl, Fetch("hongqi", URL, "report", "a report", status=404, outcome="gone"))
    archive.captures.close()
    (path,) = archive.captures.files()
    notes = [record for record in warc.records(path) if record.type == "metadata"]
    assert [note.fields["warc-target-uri"].rsplit(":", 1)[1] for note in notes] == ["crawl", "fetch"]
    assert b'"outcome": "gone"' in notes[1].block


def test_a_full_disk_leaves_the_file_whole(archive: Archive, crawl: int) -> None:
    place = archive.captures.write(exchange(crawl))
    path = archive.captures.path(place.warc)
    before = path.read_bytes()
    captures = Captures(Path("/dev/full/warc"), archive.db)
    with pytest.raises(CaptureError, match="no WARC file can be begun"):
        captures.write(exchange(crawl))
    assert path.read_bytes() == before
