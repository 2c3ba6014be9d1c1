"""A forward proxy on loopback that plays whole hosts, on http and, through CONNECT, on https."""

from __future__ import annotations

import socket
import ssl
import sys
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import combinations
from threading import Event, Lock
from typing import Protocol
from urllib.parse import urlsplit

from tests.replica.portal import Answer, Asked


class World(Protocol):
    """What the proxy shows."""

    def plays(self, scheme: str, host: str) -> bool:
        """Whether the host answers on this scheme at all."""

    def answer(self, scheme: str, host: str, target: str, asked: Asked) -> Answer:
        """The answer of a host that is played, for a path with its query."""


@dataclass(frozen=True)
class Seen:
    """A request that reached the proxy.

    `started` and `ended` are seconds of one steady clock: the request's head was read, its answer was about
    to be sent. A client that waits for its answer can therefore never be seen to overlap. `conditional`: it
    named what its asker has already. A CONNECT stands here only when it was refused; what goes through an
    accepted one stands here as https. Status 502: a host that is not played.
    """

    scheme: str
    host: str
    path: str
    query: str
    method: str
    user_agent: str
    started: float
    ended: float
    status: int
    conditional: bool = False

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}" + (f"?{self.query}" if self.query else "")

    @property
    def site(self) -> str:
        """The registrable domain: gov.cn is a suffix, so one label before it; two labels elsewhere."""
        return ".".join(self.host.split(".")[-3 if self.host.endswith(".gov.cn") else -2 :])


def overlapping(log: list[Seen]) -> list[tuple[Seen, Seen]]:
    """Pairs of requests to one site that were under way at the same time."""
    pairs = combinations(sorted(log, key=lambda seen: seen.started), 2)
    return [(a, b) for a, b in pairs if a.site == b.site and b.started < a.ended]


class Proxy(ThreadingHTTPServer):
    """Listens on a free port of 127.0.0.1. `failures` are errors of the proxy itself; tests want none."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, world: World, tls: ssl.SSLContext, latency: float) -> None:
        self.world, self.tls, self.latency = world, tls, latency
        self.log: list[Seen] = []
        self.failures: list[BaseException] = []
        # After so many answers the next ones wait, until they are let go.
        self.most: int | None = None
        self.let_go = Event()
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def note(self, seen: Seen) -> None:
        with self._lock:
            self.log.append(seen)

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def hang_up(self) -> None:
        """Cut every connection that a client keeps open, so that its thread ends."""
        with self._lock:
            left = list(self._open)
        for connection in left:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was quicker
                continue

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep what went wrong for the tests; a client that hangs up or is killed is not an error."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self.failures.append(error)


class _Handler(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"
    server_version = "replica"
    sys_version = ""
    timeout = 60
    tunnel: str | None = None

    # One packet for head and body.
    wbufsize = -1
    disable_nagle_algorithm = True

    def setup(self) -> None:
        """Take up a connection; called again for the one inside a tunnel."""
        super().setup()
        self.server.opened(self.connection)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.server.closed(self.connection)
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing on the terminal: requests are in the proxy's own log."""

    def do_CONNECT(self) -> None:
        host, _, port = self.path.partition(":")
        started = time.monotonic()
        if port != "443" or not self.server.world.plays("https", host):
            self._note("https", host, "", started, 502)
            self.send_error(502, f"The replica does not play https://{host}")
            return
        self.send_response(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        self.rfile.close()
        self.wfile.close()
        self.wfile = BytesIO()  # what a failed handshake leaves for the base class to flush
        try:
            self.request = self.server.tls.wrap_socket(self.connection, server_side=True)
        except OSError:  # the client did not like the certificate, or left
            self.close_connection = True
            return
        self.setup()
        self.tunnel = host
        self.close_connection = False

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _answer(self, body: bytes = b"") -> None:
        started = time.monotonic()
        parts = urlsplit(self.path)
        scheme, host = ("https", self.tunnel) if self.tunnel else (parts.scheme, parts.hostname or "")
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if not self.server.world.plays(scheme, host):
            answer = Answer(f"The replica does not play {scheme}://{host}".encode(), 502, "text/plain")
        else:
            times = sum(seen.url == f"{scheme}://{host}{target}" for seen in list(self.server.log))
            asked = Asked(self.command, body, self.headers.get("Cookie", ""), times, self.headers.get("Referer", ""))
            answer = self.server.world.answer(scheme, host, target, asked)
        if self._has_it_already(answer):
            answer = Answer(b"", 304, media=None, headers=answer.headers)
        if self.server.latency:
            time.sleep(self.server.latency)
        if self.server.most is not None and len(self.server.log) >= self.server.most:
            self.server.let_go.wait()
        self._note(scheme, host, target, started, answer.status)
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.media:
            self.send_header("Content-Type", answer.media)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _has_it_already(self, answer: Answer) -> bool:
        """Whether the asker names the very state that would be sent, by its mark, else by its date."""
        sent = dict(answer.headers)
        for condition, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            if condition in self.headers:
                return answer.status == 200 and self.headers[condition] == sent.get(name)
        return False

    def _note(self, scheme: str, host: str, target: str, started: float, status: int) -> None:
        path, _, query = target.partition("?")
        agent = self.headers.get("User-Agent", "")
        ended = time.monotonic()
        conditional = "If-None-Match" in self.headers or "If-Modified-Since" in self.headers
        self.server.note(Seen(scheme, host, path, query, self.command, agent, started, ended, status, conditional))
