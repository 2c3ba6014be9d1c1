"""WARC records: as others read them, and damage found to the byte."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive import warc
from archive.warc import DamagedWarcError, damage, read_record, records, serialise

URL = "http://www.lihu.gov.cn/a%20b.html?x=1"
HEAD = b"HTTP/1.1 200 OK\r\nServer: TRS\r\ncontent-TYPE: text/html; charset=GBK\r\nX-a:  b\r\n\r\n"
PAGE = "<p>政府信息公开年度报告</p>".encode("gb18030") * 40
DATE = "2026-01-31T08:00:00Z"


def response(body: bytes) -> bytes:
    return serialise("response", HEAD + body, date=DATE, url=URL, payload=body, fields={"Nianbao-Crawl": "7"})


def check(path: Path) -> int:
    """warcio's own verdict."""
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode + ("pass" not in done.stdout)


def test_a_record_comes_back_byte_for_byte_with_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(serialise("warcinfo", b"software: x\r\n", date=DATE) + response(PAGE))
    info, record = records(path)
    assert info.type == "warcinfo"
    assert record.block == HEAD + PAGE
    assert record.payload == PAGE
    assert record.status == 200
    assert record.headers[1] == (b"content-TYPE", b"text/html; charset=GBK")
    assert record.fields["nianbao-crawl"] == "7"
    assert record.payload_digest == warc.digest(PAGE)
    assert damage(record) is None
    assert read_record(path, record.offset) == record
    assert check(path) == 0


def test_another_reader_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(response(PAGE) + response(b"%PDF-1.7 " + bytes(range(256)) * 300))
    with path.open("rb") as file:
        bodies = [record.raw_stream.read() for record in ArchiveIterator(file)]
    assert bodies == [record.payload for record in records(path)]
    assert check(path) == 0


def test_text_is_compressed_and_a_pdf_stands_as_it_is() -> None:
    pdf = b"%PDF-1.7\n" + bytes(range(256)) * 40
    assert len(response(PAGE)) < len(PAGE)
    assert pdf in response(pdf)
    packed = zlib.compress(PAGE, wbits=31)
    assert packed in response(packed)


def test_a_field_cannot_break_the_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(serialise("response", HEAD, date=DATE, url=URL, fields={"Nianbao-TLS": "bad\r\nWARC-Type: x"}))
    (record,) = records(path)
    assert record.type == "response"
    assert record.fields["nianbao-tls"] == "bad WARC-Type: x"


def test_a_torn_end_is_told_with_the_byte_where_it_begins(tmp_path: Path) -> None:
    first, second = response(PAGE), response(PAGE[:40])
    for kept in range(1, len(second)):
        path = tmp_path / "torn.warc.gz"
        path.write_bytes(first + second[:kept])
        whole = []
        with pytest.raises(DamagedWarcError) as told:
            whole += [record.offset for record in records(path)]
        assert told.value.offset == len(first)


def test_each_flipped_bit_is_seen(tmp_path: Path) -> None:
    good = response(b"%PDF-1.7 " + bytes(200))
    path = tmp_path / "flipped.warc.gz"
    unseen = []
    # The gzip header's text flag, time and system (bytes 3 to 9) mean nothing to anybody.
    for place in [*range(3), *range(10, len(good))]:
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        try:
            (record,) = records(path)
        except (DamagedWarcError, ValueError):
            continue
        if damage(record) is None:
            unseen.append(place)
    assert unseen == []


def test_a_file_that_is_no_warc_is_named(tmp_path: Path) -> None:
    path = tmp_path / "letter.warc.gz"
    path.write_bytes(zlib.compress(b"Dear reader\r\n\r\n", wbits=31))
    with pytest.raises(DamagedWarcError, match=r"letter\.warc\.gz.*byte 0"):
        list(records(path))


def test_many_members_in_one_read(tmp_path: Path) -> None:
    path = tmp_path / "many.warc.gz"
    out = io.BytesIO()
    offsets = []
    for number in range(500):
        offsets.append(out.tell())
        out.write(response(f"page {number}".encode()))
    path.write_bytes(out.getvalue())
    assert [record.offset for record in records(path)] == offsets
    assert [record.payload for record in records(path, offsets[498])] == [b"page 498", b"page 499"]
