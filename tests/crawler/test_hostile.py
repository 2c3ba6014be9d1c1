"""Servers that break every rule: each is recorded as what it is, none breaks the crawl."""

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

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BOMB = gzip.compress(b"\0" * (65 * 1024 * 1024), 1)
# What each host answers for its home page, and the portal's status that follows.
HOSTS: dict[str, tuple[bytes, str]] = {
    "hangs-up": (b"", "unreachable"),
    "garbage": (b"\x00\x01\x02 not HTTP at all\r\n\r\n", "unreachable"),
    "no-status": (b"HTTP/1.1 \r\n\r\n", "unreachable"),
    "cut-short": (HEAD + b"Content-Length: 9000\r\n\r\n<html>", "unreachable"),
    "bad-chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nxx", "unreachable"),
    "bad-gzip": (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nno gzip!!", "unreachable"),
    "bomb": (HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB, "broken"),
    "announces-too-much": (HEAD + b"Content-Length: 99999999999\r\n\r\n<html>", "broken"),
    "empty": (HEAD + b"Content-Length: 0\r\n\r\n", "broken"),
    "no-colon": (b"HTTP/1.1 200 OK\r\nthis is no header\r\nContent-Length: 4\r\n\r\n<p>x", "broken"),
    "to-nowhere": (b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n", "broken"),
    "to-itself": (b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", "broken"),
    "off-site": (
        b"HTTP/1.1 302 Found\r\nLocation: http://example.org/\r\nContent-Length: 0\r\n\r\n",
        "broken",
    ),
}
NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        line = self.rfile.readline().decode("latin-1")
        while self.rfile.readline() not in (b"\r\n", b""):
            continue
        if line.startswith("CONNECT"):
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            return
        host = line.split("//", 1)[1].split("/")[0].removesuffix(".gov.cn")
        self.wfile.write(NO_ROBOTS if "/robots.txt" in line else HOSTS[host][0])


def test_hostile_servers(tmp_path: Path) -> None:
    lines = [f"{host},,无此地,http://{host}.gov.cn/" for host in HOSTS]
    portals = tmp_path / "portals.csv"
    portals.write_text("\n".join(["portal,adcode,name,home", *lines]), encoding="utf-8")
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        proxy = f"http://127.0.0.1:{server.server_address[1]}"
        wish = {
            "data": str(tmp_path / "data"),
            "portals": str(portals),
            "only": [],
            "options": {"delay": 0.0},
        }
        kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        done = subprocess.run(
            [sys.executable, "-m", "tests.crawler.drive", json.dumps(wish)],
            capture_output=True,
            text=True,
            env=kept | {"http_proxy": proxy, "https_proxy": proxy},
            cwd=Path(__file__).parents[2],
            check=False,
        )
        server.shutdown()
        thread.join()
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert {r["portal"]: r["status"] for r in results} == {host: status for host, (_, status) in HOSTS.items()}
    with sqlite3.connect(tmp_path / "data" / "archive.db") as db:
        codes = dict(db.execute("SELECT code, group_concat(portal || ': ' || message) FROM problems GROUP BY code"))
    assert "Traceback" not in done.stderr
    assert "crawl_broke" not in codes, codes
    assert "example.org" in codes["off_site"]
