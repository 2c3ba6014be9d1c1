"""The process that answers requests: Datasette under uvicorn on a socket that serve.py bound."""

from __future__ import annotations

import asyncio
import socket
import threading
from pathlib import Path

import uvicorn

from nianbao_site.config import SETTINGS, archive_database, make_datasette

START_SECONDS = 60
GRACE_SECONDS = 30
SETTLE_SECONDS = 0.5
READY = b"ready"


def serve_child(data: Path, listener: int, line: int, *, live: bool) -> None:
    """Serve Datasette on an inherited socket until told to stop, or until the line to the parent closes."""
    datasette = make_datasette(data, live=live)
    app = datasette.app()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config, datasette, socket.socket(fileno=line))
    server.run(sockets=[socket.socket(fileno=listener)])


class _Server(uvicorn.Server):
    """uvicorn, which opens the snapshot in every thread, says that it is ready, and ends with its parent."""

    def __init__(self, config: uvicorn.Config, datasette: object, line: socket.socket) -> None:
        super().__init__(config)
        self.datasette = datasette
        self.line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # A thread that opened the file only later would find the next snapshot under its name.
        together = threading.Barrier(SETTINGS["num_sql_threads"])
        database = archive_database(self.datasette)
        await asyncio.gather(
            *(database.execute_fn(lambda _: together.wait(START_SECONDS)) for _ in range(together.parties))
        )
        await super().startup(sockets)
        self.line.sendall(READY)
        self.line.setblocking(False)
        asyncio.get_running_loop().add_reader(self.line, self._parent_is_gone)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listening in self.servers:
            listening.close()
        # uvicorn would drop a connection that was accepted a moment ago and has not sent its request yet.
        await asyncio.sleep(SETTLE_SECONDS)
        await super().shutdown(sockets)

    def _parent_is_gone(self) -> None:
        asyncio.get_running_loop().remove_reader(self.line)
        self.should_exit = True
