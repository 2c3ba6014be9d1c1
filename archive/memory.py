"""What earlier crawls of a portal left for the next one: documents, lists, and bodies that may be unchanged."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from archive.bodies import BodyError
from archive.captures import Captures
from archive.originals import OriginalMissingError, Originals
from archive.warc import DamagedWarcError


@dataclass(frozen=True)
class Known:
    """An address asked for as a document before: why and from where, when it last answered, and with what.

    `kept` is whether its body is an original.
    """

    url: str
    purpose: str
    parent: str | None
    anchor: str | None
    checked: str
    kept: bool
    final_url: str | None = None


@dataclass(frozen=True)
class KnownPage:
    """A page of a column that was asked for before: where it was linked, and under which label.

    `led`: it led to reports, or to years and units. `can_be_asked`: it answered with a page in the last crawl that read
    the portal through, or since, and no form is needed for it.
    """

    url: str
    parent: str | None
    label: str | None
    led: bool = True
    can_be_asked: bool = True


@dataclass(frozen=True)
class Pass:
    """The last crawl that read a portal through: when it began, and what the costliest of them cost."""

    started: str
    requests: int


@dataclass(frozen=True)
class Memory:
    """One portal's memory; `passes` were made since `last_whole`."""

    documents: tuple[Known, ...] = ()
    pages: tuple[KnownPage, ...] = ()
    last_whole: Pass | None = None
    passes: int = 0


@dataclass(frozen=True)
class Earlier:
    """The body that an address had, and what its server calls that state."""

    body: bytes
    etag: str | None
    last_modified: str | None
    media_type: str | None


def recall(db: sqlite3.Connection, portal: str, crawl_id: int, scope: str) -> Memory:
    """What is known of a portal from crawls other than this one; `scope` is what it is to be read for."""
    whole = db.execute(
        "SELECT max(id) AS id, max(started) AS started, max(requests) AS requests FROM crawls"
        " WHERE portal = ? AND id <> ? AND outcome = 'done' AND whole IN (?, 'all')",
        (portal, crawl_id, scope),
    ).fetchone()
    if whole["id"] is None:
        return Memory(_documents(db, portal, crawl_id))
    passes = db.execute(
        "SELECT count(*) FROM crawls WHERE portal = ? AND id > ? AND id <> ?", (portal, whole["id"], crawl_id)
    )
    return Memory(
        documents=_documents(db, portal, crawl_id),
        pages=_pages(db, portal, crawl_id, whole["id"]),
        last_whole=Pass(whole["started"], whole["requests"]),
        passes=int(passes.fetchone()[0]),
    )


def _documents(db: sqlite3.Connection, portal: str, crawl_id: int) -> tuple[Known, ...]:
    # SQLite takes the other columns from the row that has the greatest id.
    rows = db.execute(
        "SELECT url, purpose, parent_url, anchor, fetched_at, role, final_url, max(id) FROM fetches"
        " WHERE portal = ? AND crawl_id <> ? AND (purpose IN ('report', 'attachment') OR role IS NOT NULL)"
        " AND url IS NOT NULL AND outcome NOT IN ('error', 'blocked', 'robots') GROUP BY url ORDER BY url",
        (portal, crawl_id),
    )
    return tuple(
        Known(url, purpose, parent, anchor, checked, role is not None, final_url)
        for url, purpose, parent, anchor, checked, role, final_url, _ in rows
    )


def _pages(db: sqlite3.Connection, portal: str, crawl_id: int, whole: int) -> tuple[KnownPage, ...]:
    rows = db.execute(
        "SELECT f.url, f.parent_url, f.anchor, l.url IS NOT NULL AND l.last_crawl >= ?3,"
        " f.status IN (200, 304) AND f.method = 'GET' AND f.outcome <> 'soft_404' AND f.crawl_id >= ?3, max(f.id)"
        " FROM fetches f LEFT JOIN lists l ON l.portal = f.portal AND l.url = f.url AND l.first_crawl <> ?2"
        " WHERE f.portal = ?1 AND f.crawl_id <> ?2 AND f.outcome NOT IN ('error', 'blocked', 'robots')"
        " AND (f.purpose IN ('column', 'list') OR l.url IS NOT NULL) GROUP BY f.url ORDER BY f.url",
        (portal, crawl_id, whole),
    )
    return tuple(KnownPage(url, parent, label, bool(led), bool(asked)) for url, parent, label, led, asked, _ in rows)


def visits(db: sqlite3.Connection, portal: str) -> list[tuple[str, str | None, bool]]:
    """(started, outcome, whether it found news) of each crawl of a portal, the oldest first."""
    rows = db.execute("SELECT started, outcome, new + changed > 0 FROM crawls WHERE portal = ? ORDER BY id", (portal,))
    return [(row[0], row[1], bool(row[2])) for row in rows]


class Bodies:
    """Finds the body that an address had in an earlier crawl, for a request on condition that it has changed."""

    def __init__(self, db: sqlite3.Connection, originals: Originals, captures: Captures) -> None:
        self._db, self._originals, self._captures = db, originals, captures

    def earlier(self, url: str, crawl_id: int) -> Earlier | None:
        """None where the server named no state, or the body cannot be had from our disk any more."""
        row = self._db.execute(
            "SELECT status, sha256, role, etag, last_modified, media_type, warc, warc_offset FROM fetches"
            " WHERE url = ? AND crawl_id <> ? AND method = 'GET' AND status IS NOT NULL ORDER BY id DESC LIMIT 1",
            (url, crawl_id),
        ).fetchone()
        if row is None or row["status"] not in (200, 304) or not (row["etag"] or row["last_modified"]):
            return None
        body = self._body(row)
        return None if body is None else Earlier(body, row["etag"], row["last_modified"], row["media_type"])

    def _body(self, row: Any) -> bytes | None:
        try:
            if row["role"] is not None and row["sha256"] is not None:
                return self._originals.read(row["sha256"])
            if row["warc"] is not None:
                return self._captures.read(row["warc"], row["warc_offset"]).data
        except (OriginalMissingError, DamagedWarcError, BodyError, KeyError, OSError):
            # Then it is asked for as if for the first time; `nianbao verify` tells of the loss.
            return None
        return None
