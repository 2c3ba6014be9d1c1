"""Serves the published snapshot, and goes over to a new one without refusing a connection.

    python datasette/serve.py --data DIR [--host H] [--port N] [--live]

This process binds the listening socket once and keeps it. A child serves Datasette on it. When the snapshot's
inode changes, a second child is started on the same socket; once it answers, the first is asked to end
(SIGTERM), finishes the requests it has, and goes. A snapshot that cannot be opened leaves the first in place.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from nianbao_site.child import GRACE_SECONDS, READY, START_SECONDS, serve_child
from nianbao_site.config import NothingPublishedError, database_path

POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Options:
    """The command line: what to show, and where to listen."""

    data: Path
    host: str
    port: int
    live: bool


@dataclass
class Child:
    """A serving process, the inode that it shows, and the line over which it says that it is ready."""

    process: subprocess.Popen[bytes]
    line: socket.socket
    inode: int

    def is_ready(self) -> bool:
        """Wait until it answers requests; False when it ends first or takes more than a minute."""
        self.line.settimeout(START_SECONDS)
        try:
            return self.line.recv(len(READY)) == READY
        except TimeoutError:
            return False

    def end(self) -> None:
        """Ask it to finish its requests and go, and see that it does."""
        self.process.terminate()
        try:
            self.process.wait(GRACE_SECONDS + 5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.line.close()


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop. 0: told so; 1: the serving process cannot be kept up; 2: nothing to serve."""
    given = _parser().parse_args(arguments)
    options = Options(given.data, given.host, given.port, given.live)
    if given.child is not None:
        serve_child(options.data, *given.child, live=options.live)
        return 0
    try:
        database_path(options.data, live=options.live)
        listener = listen(options.host, options.port)
    except NothingPublishedError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"{options.host}:{options.port}: cannot be listened on ({error}); try another --port",
            file=sys.stderr,
        )
        return 2
    with listener, _stop_on_signals() as stopped:
        return supervise(options, listener, stopped)


def listen(host: str, port: int) -> socket.socket:
    """The socket that all children share. Connections wait in its backlog while none of them accepts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=1024)
    listener.set_inheritable(True)
    return listener


def supervise(options: Options, listener: socket.socket, stopped: threading.Event) -> int:
    """Keep one child serving the newest snapshot until `stopped` is set; gives the exit status."""
    child = start_child(options, listener)
    if not child.is_ready():
        child.end()
        print(f"{options.data}: the site did not start; its own message stands above", file=sys.stderr)
        return 1
    host, port = listener.getsockname()[:2]
    print(f"nianbao: http://{f'[{host}]' if ':' in host else host}:{port}/", file=sys.stderr, flush=True)
    refused = 0
    while not stopped.wait(POLL_SECONDS):
        inode = _inode(options)
        died = child.process.poll() is not None
        if not died and inode in (child.inode, refused, 0):
            continue
        newer = start_child(options, listener)
        if newer.is_ready():
            child.end()
            child, refused = newer, 0
        else:
            newer.end()
            if died:
                print("nianbao: the serving process ended and cannot be started again", file=sys.stderr)
                return 1
            refused = inode
            print("nianbao: the new snapshot cannot be shown; the old one stays", file=sys.stderr, flush=True)
    child.end()
    return 0


def start_child(options: Options, listener: socket.socket) -> Child:
    """A new serving process on the shared socket; it ends when its line to this process closes."""
    inode = _inode(options)
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, str(Path(__file__).resolve()), "--data", str(options.data)]
        command += ["--live"] if options.live else []
        command += ["--child", str(listener.fileno()), str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=(listener.fileno(), theirs.fileno()))  # noqa: S603 ourselves
    return Child(process, ours, inode)


def _inode(options: Options) -> int:
    """The inode of what is to be shown; 0 while nothing is there."""
    try:
        return database_path(options.data, live=options.live).stat().st_ino
    except (NothingPublishedError, FileNotFoundError):
        return 0


@contextlib.contextmanager
def _stop_on_signals() -> Iterator[threading.Event]:
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="serve.py", description="Serve the archive's published snapshot.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("NIANBAO_DATA", "data")))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--live", action="store_true", help="show archive.db itself, for developers")
    parser.add_argument("--child", type=int, nargs=2, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
