"""Reading: originals without a result of this parser version, read in worker processes and loaded one by one.

What is to be read is derived from the tables, so a kill in between costs nothing: the next run takes up the rest.
"""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as ReadingTimeoutError
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from archive.changes import Change, changes
from archive.clock import now
from archive.editions import content_hash, renew_edition_dates, renew_seen, settle
from archive.keys import Keys
from archive.limits import within_limits
from archive.load import Loader, reading_before, source_of
from archive.regions import Regions
from archive.sightings import place_sightings
from archive.store import Archive
from archive.tables import renew_report_dates
from archive.units import refresh_units
from archive.worker import begin, read_file
from parsers import VERSION
from parsers.report import Problem, Report

SECONDS_PER_FILE = 180
SECONDS_TO_START = 60
FILES_PER_WORKER = 200
# Files handed out at a time: enough to keep the workers busy, few enough to hold in memory.
BATCH = 64
FILE_LOST = "file_unreadable"


@dataclass
class ReadingSummary:
    """What a run of reading did. `unread`: (name, reason) of files that gave no report."""

    read: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    unread: list[tuple[str, str]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)


def read_originals(
    archive: Archive,
    workers: int = 2,
    again: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ReadingSummary:
    """Read what has no result of this parser version (`again`: everything) and load it.

    `progress` is told (done, all). A file that kills or outlasts its worker is `unreadable`, with the reason.
    """
    db = archive.db
    todo = _to_read(db, again)
    loader = Loader(db, Keys(archive.folder / "keys.csv"), Regions.of(db), VERSION)
    summary = ReadingSummary()
    for done, (original, parsed) in enumerate(_readings(archive, todo, workers), start=1):
        before = reading_before(db, original, VERSION)
        # A file lost from our disk says nothing of the document: what was read of it before stays.
        if not _is_lost(parsed):
            with db:
                _keep_reading(db, original, parsed)
                loader.load(original, parsed)
        _count(summary, source_of(db, original).name, parsed)
        if before is not None and not _is_lost(parsed):
            summary.changed += changes(before, parsed)
        if progress is not None:
            progress(done, len(todo))
    for original in _come_from_elsewhere(db):
        with db:
            loader.load(original, _stored_reading(db, original))
    renew_seen(db)
    with db:
        for report in sorted(settle(db)):
            loader.refresh(report)
    renew_edition_dates(db)
    with db:
        renew_report_dates(db)
        refresh_units(db, lambda: place_sightings(db, loader.keys, loader.regions))
    return summary


def _to_read(db: sqlite3.Connection, again: bool) -> list[str]:
    rows = db.execute(
        "SELECT sha256 FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM withdrawn)"
        " AND (?1 OR sha256 NOT IN (SELECT original FROM readings WHERE parser_version = ?2)) ORDER BY sha256",
        (again, VERSION),
    )
    return [row[0] for row in rows]


def _come_from_elsewhere(db: sqlite3.Connection) -> list[str]:
    """Added files that a crawl has found since, or whose unit the operator has named since: read, but misplaced."""
    rows = db.execute(
        "SELECT DISTINCT o.original FROM edition_originals o JOIN editions e ON e.id = o.edition_id"
        " WHERE e.role = 'added' AND (EXISTS"
        "  (SELECT 1 FROM fetches f WHERE f.sha256 = o.original AND f.role IN ('page', 'attachment'))"
        " OR (SELECT f.unit_given FROM fetches f WHERE f.sha256 = o.original AND f.unit_given IS NOT NULL"
        "  ORDER BY f.id DESC LIMIT 1) <> ifnull(json_extract(e.parsed, '$.unit'), ''))"
        # One that was withdrawn, or lost, has no reading of this version.
        " AND o.original IN (SELECT original FROM readings WHERE parser_version = ?) ORDER BY o.original",
        (VERSION,),
    )
    return [row[0] for row in rows]


def _stored_reading(db: sqlite3.Connection, original: str) -> dict[str, Any]:
    row = db.execute("SELECT parsed FROM readings WHERE original = ? AND parser_version = ?", (original, VERSION))
    parsed: dict[str, Any] = json.loads(row.fetchone()[0])
    return parsed


def _readings(archive: Archive, todo: list[str], workers: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """(original, parsed) as they are done."""
    if not todo:
        return
    with _pool(workers) as pool:
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            names = {original: source_of(archive.db, original).name for original in batch}
            futures = {
                original: pool.schedule(
                    read_file,
                    args=[str(archive.originals.path(original)), names[original]],
                    timeout=SECONDS_PER_FILE,
                )
                for original in batch
            }
            for original, future in futures.items():
                yield original, _result(names[original], future)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPool]:
    # Forked from a clean server, not from us: a fork would inherit the open database and the lock.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "archive.worker"])
    ready = context.Semaphore(0)
    with ProcessPool(
        max_workers=workers, max_tasks=FILES_PER_WORKER, initializer=begin, initargs=[ready], context=context
    ) as pool:
        yield pool
        # A worker that is still starting when its pool goes would end with a traceback.
        for _ in range(workers):
            ready.acquire(timeout=SECONDS_TO_START)


def _result(name: str, future: Future[str]) -> dict[str, Any]:
    error = future.exception()
    if error is None:
        parsed: dict[str, Any] = within_limits(json.loads(future.result()))
        return parsed
    if isinstance(error, ReadingTimeoutError):
        return _unreadable(name, "reading_timeout", f"reading took over {SECONDS_PER_FILE} s and was stopped")
    if isinstance(error, ProcessExpired):
        return _unreadable(name, "reader_died", f"the reading process died (exit code {error.exitcode})")
    if isinstance(error, MemoryError):
        return _unreadable(name, "too_much_memory", "reading needs more memory than a reading process may take")
    if isinstance(error, OSError):
        return _unreadable(name, FILE_LOST, f"the file cannot be opened: {error.strerror}")
    # One file that our own mistake cannot read must not keep all others from being read.
    return _unreadable(name, "reader_failed", f"reading failed ({type(error).__name__}: {error}); please report it")


def _is_lost(parsed: dict[str, Any]) -> bool:
    return any(problem["code"] == FILE_LOST for problem in parsed["problems"])


def _unreadable(name: str, code: str, message: str) -> dict[str, Any]:
    return Report(file=name, status="unreadable", problems=[Problem(code, message)]).to_json()


def _keep_reading(db: sqlite3.Connection, original: str, parsed: dict[str, Any]) -> None:
    db.execute(
        "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?)",
        (
            original,
            VERSION,
            now(),
            parsed["status"],
            content_hash(parsed, original),
            json.dumps(parsed, ensure_ascii=False),
        ),
    )


def _count(summary: ReadingSummary, name: str, parsed: dict[str, Any]) -> None:
    status = parsed["status"]
    summary.read += 1
    summary.by_status[status] = summary.by_status.get(status, 0) + 1
    if status in ("unreadable", "not_a_report"):
        reason = "; ".join(problem["message"] for problem in parsed["problems"]) or status
        summary.unread.append((name, reason))


def parse_files(paths: list[Path], workers: int = 2) -> Iterator[dict[str, Any]]:
    """Read files in worker processes, in their order, for `nianbao parse`; touches no archive."""
    with _pool(workers) as pool:
        futures = [pool.schedule(read_file, args=[str(path), path.name], timeout=SECONDS_PER_FILE) for path in paths]
        for path, future in zip(paths, futures, strict=True):
            yield _result(path.name, future)
