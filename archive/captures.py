"""The WARC files of an archive, and the table that says where in them each answer stands.

data/warc/nianbao-20260131080000-001.warc.gz        closed: never written again
data/warc/nianbao-20260131080000-001.warc.gz.open   being written

Order of writing: the exchange is in the WARC file and on the disk (fdatasync) before its row of `captures` is
committed, and that before the original and the ledger's row; where writes are grouped (archive/together.py), all
exchanges of a group are on the disk before the first of its rows is committed, and with them what its rows say. What
says nothing of the wire (warcinfo, metadata) is on the disk with the next exchange, or when the file is closed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import version
from io import FileIO
from pathlib import Path
from typing import Any

from archive import warc
from archive.clock import now
from archive.exchange import CRAWL, PORTAL, Capture, Exchange, Place, refer, row_of
from archive.originals import fsync_folder
from archive.together import has_lost, settle
from archive.warc import DamagedWarcError, Record

OPEN = ".open"
JSON = json.JSONEncoder(ensure_ascii=False)
LARGEST_FILE = 1_000_000_000


class CaptureError(Exception):
    """What came over the wire cannot be kept: the disk takes no more, or may not be written."""


class Captures:
    """Writes exchanges and finds them again. One writer per data folder; `largest` is in bytes of a file."""

    def __init__(self, folder: Path, db: sqlite3.Connection, largest: int = LARGEST_FILE) -> None:
        self.folder, self.db, self.largest = folder, db, largest
        self._file: FileIO | None = None
        self._name, self._size = "", 0
        self._digest = hashlib.sha256()
        self._held, self._unsynced = False, False
        self._told: list[str] = []

    def hold(self) -> None:
        """Leave it to `sync` to wait for the disk, and to write what is told."""
        self._held = True

    def release(self) -> None:
        """Wait for the disk with each exchange again."""
        self.sync()
        self._held = False

    def sync(self) -> None:
        """Write what was told, and wait until all is on the disk. Raises CaptureError."""
        self._write_told()
        if self._file is not None and self._unsynced:
            try:
                os.fdatasync(self._file.fileno())
            except OSError as error:
                raise CaptureError(f"{self.folder / self._name}: cannot be written ({error.strerror})") from error
        self._unsynced = False

    def path(self, name: str) -> Path:
        """Where a WARC file is; the one being written has a suffix."""
        closed = self.folder / name
        return closed if closed.exists() else self.folder / f"{name}{OPEN}"

    def write(self, exchange: Exchange) -> Place:
        """Keep an exchange: its records on the disk, then its row. Raises CaptureError, and writes nothing then.

        Held, it may raise CaptureError for an exchange before it, of the same group.
        """
        moment = now()
        request_id, digest = warc.new_id(), warc.digest(exchange.body)
        request = warc.serialise(
            "request",
            exchange.request + exchange.request_body,
            date=moment,
            url=exchange.url,
            record_id=request_id,
            payload=exchange.request_body,
        )
        fields = {"WARC-Concurrent-To": request_id, CRAWL: str(exchange.crawl_id), PORTAL: exchange.portal}
        fields |= {"WARC-IP-Address": exchange.ip} if exchange.ip else {}
        fields |= exchange.fields
        status = int(exchange.head.split(b" ", 2)[1][:3])
        kind, answer, digest = self._answer(exchange, status, digest, moment, fields)
        self._make_room(len(request) + len(answer))
        offset = self._append(request + answer, sync=True) + len(request)
        body_digest = warc.digest(exchange.request_body) if exchange.request_body else None
        row = (exchange.crawl_id, exchange.method, exchange.url, body_digest, moment, status, kind, digest)
        self.index(row, self._name, offset)
        return Place(self._name, offset, moment)

    def note(self, url: str, content: bytes, fields: Mapping[str, str] | None = None) -> None:
        """Keep JSON of our own beside the exchanges (a metadata record). Raises CaptureError."""
        record = warc.serialise("metadata", content, date=now(), url=url, fields=fields)
        self._make_room(len(record))
        self._append(record, sync=False)

    def tell(self, kind: str, what: Mapping[str, Any]) -> None:
        """Keep what the ledger is about to write, as JSON: crawl, fetch, problem or end. Raises CaptureError.

        Held, fetches are kept as a list with the rest of their group, before the rows of that are committed. What they
        belong to is kept at once: a rebuild reads it first.
        """
        told = JSON.encode({"kind": kind, **what})
        if self._held and kind == "fetch":
            self._told.append(told)
            return
        self._write_told()
        self.note(f"urn:nianbao:ledger:{kind}", told.encode())

    def _write_told(self) -> None:
        """Write a group's fetches in one record, into the file of its exchanges however long that is."""
        told, self._told = self._told, []
        if not told:
            return
        if self._file is None:
            self._begin()
        content = f"[{', '.join(told)}]".encode()
        self._append(warc.serialise("metadata", content, date=now(), url="urn:nianbao:ledger:fetches"), sync=False)

    def resource(self, url: str, data: bytes, media_type: str) -> None:
        """Keep a file that came by hand, not over the wire (a resource record). Raises CaptureError."""
        record = warc.serialise("resource", data, date=now(), url=url, payload=data, content_type=media_type)
        self._make_room(len(record))
        self._append(record, sync=True)

    def read(self, name: str, offset: int) -> Capture:
        """The answer at a place. Raises DamagedWarcError, OSError, KeyError for a revisit of what is not here."""
        record = warc.read_record(self.path(name), offset)
        body = record.payload
        if record.type == "revisit":
            first = self._first(record.payload_digest or "")
            if first is None:
                raise KeyError(f"{self.path(name)}: no WARC file holds the body {record.payload_digest}")
            body = warc.read_record(self.path(first["warc"]), first["warc_offset"]).payload
        return Capture(Place(name, offset, record.fields["warc-date"]), record, body)

    def of_crawl(self, crawl_id: int) -> list[sqlite3.Row]:
        """The rows of a crawl, in the order of their capture."""
        return self.db.execute("SELECT * FROM captures WHERE crawl_id = ? ORDER BY id", (crawl_id,)).fetchall()

    def index(self, row: tuple[object, ...], name: str, offset: int) -> None:
        """Write the row of an answer (`row_of`), unless it is there."""
        with self.db:
            self.db.execute(
                "INSERT OR IGNORE INTO captures (crawl_id, method, url, body_digest, captured_at, status, record_type,"
                " payload_digest, warc, warc_offset)"
                # A database restored from a copy may not know the crawl.
                " VALUES ((SELECT id FROM crawls WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, name, offset),
            )

    def files(self) -> list[Path]:
        """Every WARC file of the folder, in order; the one being written has its suffix."""
        return sorted(path for path in self.folder.glob("*.warc.gz*") if path.suffix in (".gz", OPEN))

    def recover(self) -> int:
        """Close what a killed process left open: cut at the last whole record, index what has no row; gives how many.

        A file in which no record is whole is kept, empty of rows, under the suffix .torn.
        """
        return sum(self._recover(path) for path in self.files() if path.suffix == OPEN)

    def close(self) -> None:
        """Close the file being written, on the disk and under its own name.

        One whose rows were lost keeps its suffix: the next process to open the archive makes them anew.
        """
        self._write_told()
        if self._file is None:
            return
        os.fsync(self._file.fileno())
        # No row is made anew for a file that has its own name.
        settle(self.db)
        self._file.close()
        self._file, self._unsynced = None, False
        if has_lost(self.db):
            return
        _close(self.folder / f"{self._name}{OPEN}")
        self._seal(self._name, self._size, self._digest.hexdigest())

    def _seal(self, name: str, size: int, sha256: str) -> None:
        """Write down what a closed file is, of what was written and not of what the disk gives back."""
        with self.db:
            self.db.execute("INSERT OR IGNORE INTO warc_files VALUES (?, ?, ?, ?)", (name, size, sha256, now()))

    def _answer(
        self, exchange: Exchange, status: int, digest: str, moment: str, fields: dict[str, str]
    ) -> tuple[str, bytes, str]:
        """(type, record, payload digest): a revisit where this body is here already, or was said to be unchanged."""
        earlier, profile = self._last_of(exchange.url) if status == 304 else None, warc.NOT_MODIFIED
        if earlier is None and exchange.body:
            earlier, profile = self._first(digest), warc.SAME_PAYLOAD
        url = exchange.url
        if earlier is None:
            block = exchange.head + exchange.body
            body = exchange.body
            answer = warc.serialise(
                "response", block, date=moment, url=url, payload=body, payload_digest=digest, fields=fields
            )
            return "response", answer, digest
        fields |= refer(earlier, profile)
        answer = warc.serialise("revisit", exchange.head, date=moment, url=url, fields=fields)
        return "revisit", answer, earlier["payload_digest"]

    def _first(self, digest: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.db.execute(
            "SELECT * FROM captures WHERE payload_digest = ? AND record_type = 'response' ORDER BY id LIMIT 1",
            (digest,),
        ).fetchone()
        return row

    def _last_of(self, url: str) -> sqlite3.Row | None:
        """The last whole answer of an address, of which a 304 says that it still holds."""
        row: sqlite3.Row | None = self.db.execute(
            "SELECT c.url, c.captured_at, c.payload_digest FROM captures c WHERE c.url = ? AND c.status = 200"
            " ORDER BY c.id DESC LIMIT 1",
            (url,),
        ).fetchone()
        return row

    def _make_room(self, size: int) -> None:
        if self._file is not None and self._size + size > self.largest:
            self.close()
        if self._file is None:
            self._begin()

    def _begin(self) -> None:
        stamp = "".join(letter for letter in now() if letter.isdigit())
        number = 1
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            while self.path(name := f"nianbao-{stamp}-{number:03}.warc.gz").exists():
                number += 1
            self._file = FileIO(self.folder / f"{name}{OPEN}", "x")
            fsync_folder(self.folder)
        except OSError as error:
            raise CaptureError(f"{self.folder}: no WARC file can be begun ({error.strerror})") from error
        self._name, self._size = name, 0
        self._digest = hashlib.sha256()
        told = f"software: nianbao/{version('nianbao')}\r\nformat: WARC File Format 1.1\r\n"
        told += "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        told += "description: Annual reports on government information disclosure, as the portals answered\r\n"
        self._append(warc.serialise("warcinfo", told.encode(), date=now(), fields={"WARC-Filename": name}), sync=False)

    def _append(self, data: bytes, sync: bool) -> int:
        """Write whole or not at all; gives the offset."""
        file, start = self._file, self._size
        if file is None:
            raise CaptureError(f"{self.folder}: no WARC file is open")
        try:
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
            if sync and not self._held:
                os.fdatasync(file.fileno())
            self._unsynced |= sync and self._held
        except OSError as error:
            with suppress(OSError):
                file.truncate(start)
                file.seek(start)
            raise CaptureError(f"{self.folder / self._name}: cannot be written ({error.strerror})") from error
        self._size = start + len(data)
        self._digest.update(data)
        return start

    def _recover(self, path: Path) -> int:
        adopted, end = 0, 0
        requests: dict[str, Record] = {}
        try:
            for record in warc.records(path):
                end = record.offset + record.length
                if record.type == "request":
                    requests = {record.fields["warc-record-id"]: record}
                elif record.type in ("response", "revisit"):
                    request = requests.get(record.fields.get("warc-concurrent-to", ""))
                    adopted += self._adopt(path.name.removesuffix(OPEN), record, request)
        except DamagedWarcError:
            os.truncate(path, end)
        if end == 0:
            path.rename(path.with_suffix(".torn"))
        else:
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            _close(path)
            self._seal(path.name.removesuffix(OPEN), end, sha256)
        return adopted

    def _adopt(self, name: str, record: Record, request: Record | None) -> int:
        """Index a record that has no row yet; whether it had none."""
        there = self.db.execute("SELECT 1 FROM captures WHERE warc = ? AND warc_offset = ?", (name, record.offset))
        if request is None or there.fetchone():
            return 0
        self.index(row_of(record, request), name, record.offset)
        return 1


def exchanges(path: Path) -> Iterator[tuple[Record, Record]]:
    """(answer, request) of every exchange in a WARC file. Raises DamagedWarcError, OSError."""
    request: Record | None = None
    for record in warc.records(path):
        if record.type == "request":
            request = record
        elif record.type in ("response", "revisit") and request is not None:
            yield record, request


def _close(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    path.rename(path.with_suffix(""))
    fsync_folder(path.parent)
