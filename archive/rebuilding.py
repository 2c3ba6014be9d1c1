"""Rebuilding: originals from the WARC files, and a lost ledger from what was written beside the exchanges.

The tables are then read from the originals (archive/reading.py); public keys stand in keys.csv and stay as they are.
What is there and sound is left alone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.bodies import BodyError
from archive.exchange import row_of
from archive.ledger import CrawlEnd, Ledger, PortalRow
from archive.store import Archive
from archive.warc import DamagedWarcError, Record, read_record, records
from archive.withdrawn import apply_withdrawals

Row = dict[str, Any]


@dataclass
class Rebuilt:
    """What a rebuild did: originals restored, rows of the ledger made anew, and what could not be had, as sentences."""

    sound: int = 0
    restored: int = 0
    rows: int = 0
    losses: list[str] = field(default_factory=list)


def rebuild(archive: Archive, progress: Callable[[int, int], None] | None = None) -> Rebuilt:
    """Rebuild ledger and originals. `progress` is told (done, all) of WARC files. Raises OSError for a full disk."""
    done, by_hand = Rebuilt(), dict[str, tuple[Path, int]]()
    files = archive.captures.files()
    ledger = _Ledger(archive.db)
    for number, path in enumerate(files, start=1):
        try:
            for record in _indexed(archive, path):
                if record.type == "metadata":
                    told = json.loads(record.block)
                    done.rows += sum(map(ledger.take, told if isinstance(told, list) else [told]))
                elif record.type == "resource" and record.payload_digest:
                    by_hand[record.payload_digest] = (path, record.offset)
        except (DamagedWarcError, OSError) as error:
            done.losses.append(str(error))
        if progress is not None:
            progress(number, len(files))
    apply_withdrawals(archive)
    _restore(archive, by_hand, done)
    return done


def _indexed(archive: Archive, path: Path) -> Iterator[Record]:
    """The records of a file; each answer gets its row in the index if it has none."""
    request: Record | None = None
    for record in records(path):
        if record.type == "request":
            request = record
        elif record.type in ("response", "revisit") and request is not None:
            archive.captures.index(row_of(record, request), path.name, record.offset)
        yield record


class _Ledger:
    """Makes the rows of a lost ledger anew, in the order in which they were written."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db, self._ledger = db, Ledger(db)
        self._columns = [row[1] for row in db.execute("PRAGMA table_info(fetches)") if row[1] != "id"]
        self._there = {_key(dict(row)) for row in db.execute("SELECT * FROM fetches")}
        self._begun = {row[0] for row in db.execute("SELECT id FROM crawls")}
        self._ended = {row[0] for row in db.execute("SELECT id FROM crawls WHERE finished IS NOT NULL")}

    def take(self, told: Row) -> int:
        """Write a thing that a metadata record tells, unless it is there; how many rows that made."""
        kind = told.pop("kind")
        if kind == "crawl":
            return self._crawl(told)
        if kind == "fetch":
            return self._fetch(told)
        if kind == "problem":
            return self._problem(told)
        if kind == "end" and told["id"] not in self._ended:
            known = {name: told[name] for name in CrawlEnd.__dataclass_fields__ if name in told}
            self._ledger.finish_crawl(told["id"], CrawlEnd(**known), told["finished"])
        return 0

    def _crawl(self, told: Row) -> int:
        portal = told["portal"]
        if told["id"] not in self._begun:
            self._ledger.register([PortalRow(**portal)])
        with self._db:
            made = self._db.execute(
                "INSERT OR IGNORE INTO crawls (id, portal, started) VALUES (?, ?, ?)",
                (told["id"], portal["portal"], told["started"]),
            )
            self._db.execute(
                "UPDATE portals SET last_attempt = max(ifnull(last_attempt, ''), ?) WHERE portal = ?",
                (told["started"], portal["portal"]),
            )
        return made.rowcount

    def _fetch(self, told: Row) -> int:
        row = {name: told.get(name) for name in self._columns}
        if _key(row) in self._there:
            return 0
        self._there.add(_key(row))
        with self._db:
            if row["role"] is not None:
                self._db.execute(
                    "INSERT OR IGNORE INTO originals VALUES (?, ?, ?, ?)",
                    (row["sha256"], row["media_type"] or "application/octet-stream", row["bytes"], row["fetched_at"]),
                )
            values = ", ".join(f":{name}" for name in row)
            self._db.execute(f"INSERT INTO fetches ({', '.join(row)}) VALUES ({values})", row)  # noqa: S608
        return 1

    def _problem(self, told: Row) -> int:
        with self._db:
            made = self._db.execute(
                "INSERT INTO problems (portal, url, code, message, first_seen, last_seen)"
                " VALUES (:portal, :url, :code, :message, :seen, :seen)"
                " ON CONFLICT DO UPDATE SET last_seen = max(last_seen, excluded.last_seen)",
                told,
            )
        return made.rowcount


def _key(row: Row) -> tuple[Any, ...]:
    """By what a row of fetches is known again: its place in the WARC files, else what was not sent and when."""
    said = (row["crawl_id"], row["url"], row["purpose"], row["reason"], row["sha256"], row["status"])
    if row["warc"] is not None:
        return (*said, row["warc"], row["warc_offset"])
    return said if row["outcome"] in ("robots", "blocked") else (*said, row["fetched_at"])


def _restore(archive: Archive, by_hand: dict[str, tuple[Path, int]], done: Rebuilt) -> None:
    """Put back each original that is missing or changed, from any answer that carried it."""
    for (sha256,) in archive.db.execute(
        "SELECT sha256 FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM withdrawn) ORDER BY sha256"
    ).fetchall():
        path = archive.originals.path(sha256)
        if path.exists() and _hash(path) == sha256:
            done.sound += 1
            continue
        data = _from_warc(archive, sha256, by_hand)
        if data is None:
            done.losses.append(f"{path}: no WARC file holds this original; restore it from a copy")
            continue
        archive.originals.mend(data)
        done.restored += 1


def _from_warc(archive: Archive, sha256: str, by_hand: dict[str, tuple[Path, int]]) -> bytes | None:
    places = archive.db.execute(
        "SELECT DISTINCT warc, warc_offset FROM fetches WHERE sha256 = ? AND warc IS NOT NULL ORDER BY id", (sha256,)
    ).fetchall()
    for name, offset in places:
        try:
            data = archive.captures.read(name, offset).data
        except (DamagedWarcError, BodyError, KeyError, OSError):
            continue
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
    if sha256 in by_hand:
        payload = read_record(*by_hand[sha256]).payload
        return payload if hashlib.sha256(payload).hexdigest() == sha256 else None
    return None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
