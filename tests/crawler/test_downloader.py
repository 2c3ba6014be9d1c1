"""What a server sent, as it stands in the WARC file: header lines as they were, the body as sent."""

from __future__ import annotations

import gzip
import json
import os
import socketserver
import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from archive import warc
from archive.captures import exchanges
from archive.warc import Record

PAGE = "<html><body><p>里湖县人民政府</p></body></html>".encode() * 3
PACKED = gzip.compress(PAGE, mtime=0)
CHUNKS = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PACKED[:30], PACKED[30:])) + b"0\r\n\r\n"
HOSTS = {
    "chunked": b"HTTP/1.1 200 Fine\r\nX-oDD-Case: 1\r\ncontent-TYPE: text/html\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Encoding: gzip\r\nX-oDD-Case: 2\r\n\r\n" + CHUNKS,
    # A header line that is none: aiohttp will not read it, Scrapy's own handler does.
    "dirty": b"HTTP/1.1 200 OK\r\nthis is no header\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
    % (len(PAGE), PAGE),
}
NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        line = self.rfile.readline().decode("latin-1")
        while self.rfile.readline() not in (b"\r\n", b""):
            continue
        host = line.split("//", 1)[1].split("/")[0].removesuffix(".gov.cn")
        self.wfile.write(NO_ROBOTS if "/robots.txt" in line else HOSTS[host])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of a crawl of these hosts' home pages."""
    folder = tmp_path_factory.mktemp("downloader")
    lines = [f"{host},,无此地,http://{host}.gov.cn/" for host in HOSTS]
    (folder / "portals.csv").write_text("\n".join(["portal,adcode,name,home", *lines]), encoding="utf-8")
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        proxy = f"http://127.0.0.1:{server.server_address[1]}"
        wish = {"data": str(folder / "data"), "portals": str(folder / "portals.csv"), "only": []}
        kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        done = subprocess.run(
            [sys.executable, "-m", "tests.crawler.drive", json.dumps(wish | {"options": {"delay": 0.0}})],
            capture_output=True,
            text=True,
            env=kept | {"http_proxy": proxy, "https_proxy": proxy},
            cwd=Path(__file__).parents[2],
            check=False,
        )
        server.shutdown()
        thread.join()
    assert done.returncode == 0, done.stderr
    return folder / "data"


def home_of(data: Path, host: str) -> tuple[Record, Record]:
    (path,) = (data / "warc").iterdir()
    return next(pair for pair in exchanges(path) if pair[0].fields["warc-target-uri"] == f"http://{host}.gov.cn/")


def test_header_lines_keep_their_order_and_case_and_the_body_its_encoding(data: Path) -> None:
    answer, request = home_of(data, "chunked")
    lines = [b"HTTP/1.1 200 Fine", b"X-oDD-Case: 1", b"content-TYPE: text/html", b"Content-Encoding: gzip"]
    assert answer.head.split(b"\r\n") == [*lines, b"X-oDD-Case: 2"]
    assert answer.payload == PACKED
    assert answer.payload_digest == warc.digest(PACKED)
    assert answer.fields["nianbao-transfer-encoding"] == "chunked"
    first, *asked = request.head.split(b"\r\n")
    assert first == b"GET / HTTP/1.1"
    assert b"Host: chunked.gov.cn" in asked
    assert any(line.startswith(b"User-Agent: nianbao/") for line in asked)
    # Through a proxy nobody knows the server's address.
    assert "warc-ip-address" not in answer.fields


def test_a_server_that_one_handler_refuses_is_asked_by_the_other_and_each_request_is_a_row(data: Path) -> None:
    answer, _ = home_of(data, "dirty")
    assert answer.fields["nianbao-headers"] == "normalised"
    assert answer.payload == PAGE
    with sqlite3.connect(data / "archive.db") as db:
        rows = db.execute(
            "SELECT status, reason, warc IS NOT NULL FROM fetches WHERE purpose = 'home' AND portal = 'dirty'"
            " ORDER BY id"
        ).fetchall()
    assert [(status, kept) for status, _, kept in rows] == [(None, 0), (200, 1)]
    assert "to be asked again" in rows[0][1]
