"""Reading: originals without a result of this parser version, read in worker processes and loaded one by one.

What is to be read is derived from the tables, so a kill in between costs nothing: the next run takes up the rest.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.changes import Change, changes
from archive.clock import now
from archive.editions import content_hash, renew_edition_dates, renew_seen, settle
from archive.keys import Keys
from archive.listed import place_listed
from archive.load import Loader, reading_before, source_of
from archive.office import converter
from archive.readings import File, Reading, read_files
from archive.regions import Regions
from archive.revisions import tell_what_moved
from archive.store import Archive
from archive.tables import renew_portal_counts, renew_report_dates
from archive.units import refresh_units
from parsers import VERSION

FILE_LOST, NEEDS_CONVERTER = "file_unreadable", "needs_converter"


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
    for readings in _readings(archive, todo, workers):
        # What is done at the same time is kept at once: where loading is the slower part, the disk is asked less often.
        with db:
            for reading in readings:
                _take(loader, reading, summary)
        if progress is not None and readings:
            progress(summary.read, len(todo))
    for original in _come_from_elsewhere(db):
        with db:
            loader.load(original, _stored_reading(db, original))
    settle_all(loader)
    return summary


def _take(loader: Loader, reading: Reading, summary: ReadingSummary) -> None:
    """Keep and load one reading, and count it. The caller holds the transaction."""
    original, parsed = reading.file.key, reading.parsed
    before = reading_before(loader.db, original, VERSION, reading.converter)
    if not _says_nothing(parsed, before):
        digest = keep_reading(loader.db, original, parsed, VERSION, reading.converter)
        loader.load(original, parsed, digest)
        if before is not None:
            summary.changed += changes(before, parsed)
    _count(summary, reading.file.name, parsed)


def settle_all(loader: Loader) -> None:
    """What follows from all that was read and seen: addresses and dates, what is shown, revisions, counts."""
    db = loader.db
    renew_seen(db)
    with db:
        for report in sorted(settle(db)):
            loader.refresh(report)
    renew_edition_dates(db)
    tell_what_moved(db)
    with db:
        renew_report_dates(db)
        renew_portal_counts(db)
        refresh_units(db, lambda: place_listed(db, loader.keys, loader.regions))


def _to_read(db: sqlite3.Connection, again: bool) -> list[str]:
    """Originals without a reading of this version, or with one by another converter than the one that is there."""
    stale = {row[0] for row in db.execute("SELECT DISTINCT converter FROM readings WHERE converter IS NOT NULL")}
    if stale:
        # Without a converter nothing that one made possible is read anew.
        stale = stale - {converter()} if converter() else set()
    rows = db.execute(
        "SELECT sha256 FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM withdrawn)"
        " AND (?1 OR sha256 NOT IN (SELECT original FROM readings WHERE parser_version = ?2"
        "  AND (converter IS NULL OR converter NOT IN (SELECT value FROM json_each(?3))))) ORDER BY sha256",
        (again, VERSION, json.dumps(sorted(stale))),
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


def _readings(archive: Archive, todo: list[str], workers: int) -> Iterator[list[Reading]]:
    """The originals' readings as they are done."""
    files = (File(one, archive.originals.path(one), source_of(archive.db, one).name) for one in todo)
    return read_files(files, workers)


def _says_nothing(parsed: dict[str, Any], before: dict[str, Any] | None) -> bool:
    """Is what was read of the document before better kept: the file is lost from our disk, or the converter is gone?"""
    codes = {problem["code"] for problem in parsed["problems"]}
    if FILE_LOST in codes:
        return True
    had = before is not None and NEEDS_CONVERTER not in {problem["code"] for problem in before["problems"]}
    return had and NEEDS_CONVERTER in codes


def keep_reading(
    db: sqlite3.Connection, original: str, parsed: dict[str, Any], parser_version: str, converter: str | None = None
) -> str:
    """Keep what a program read in an original; gives its content hash. The caller holds the transaction."""
    digest = content_hash(parsed, original)
    db.execute(
        "INSERT OR REPLACE INTO readings (original, parser_version, read_at, status, content_hash, parsed, converter)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            original,
            parser_version,
            now(),
            parsed["status"],
            digest,
            json.dumps(parsed, ensure_ascii=False),
            converter,
        ),
    )
    return digest


def _count(summary: ReadingSummary, name: str, parsed: dict[str, Any]) -> None:
    status = parsed["status"]
    summary.read += 1
    summary.by_status[status] = summary.by_status.get(status, 0) + 1
    if status in ("unreadable", "not_a_report"):
        reason = "; ".join(problem["message"] for problem in parsed["problems"]) or status
        summary.unread.append((name, reason))


def parse_files(paths: list[Path], workers: int = 2) -> Iterator[dict[str, Any]]:
    """Read files in worker processes, in their order, for `nianbao parse`; touches no archive."""
    done: dict[int, dict[str, Any]] = {}
    following = 0
    for readings in read_files((File(str(at), path, path.name) for at, path in enumerate(paths)), workers):
        done |= {int(reading.file.key): reading.parsed for reading in readings}
        while following in done:
            yield done.pop(following)
            following += 1
