"""Revisions: what changed in a report, told from the ledger and the readings alone, so that they can be told again.

Of a portal's documents (cause `source`): the cells and passages that an address carries differently than before,
a second document, an address that moved, a report that is gone or back. Page and attachment are two roles and are
never compared with each other; both sides of a comparison were read by the same program. Of our own programs (cause
`parser`): what was read before and is read differently now in the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from archive.differences import Difference, Parsed, corrections, differences
from archive.sightings import ADDRESSES, Look, Sighting, looks

COLUMNS = (
    "report_id", "role", "from_edition", "to_edition", "what", "old", "new", "cause", "seen", "portal", "crawl_id",
    "url", "parser_version",
)  # fmt: skip
INSERT = f"INSERT INTO revisions ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})"  # noqa: S608
AT_ONCE = 500
Row = dict[str, Any]


@dataclass
class _Role:
    """One role of a report (page or attachment) as the crawls went by."""

    at: dict[str, Sighting] = field(default_factory=dict)
    first_crawl: dict[int, int | None] = field(default_factory=dict)
    latest: Sighting | None = None
    told: set[tuple[int, int]] = field(default_factory=set)


def tell(db: sqlite3.Connection, report: int) -> None:
    """Write a report's revisions anew, and whether it is gone. The caller holds the transaction."""
    db.execute("DELETE FROM revisions WHERE report_id = ?", (report,))
    story = _Story(db)
    for look in _worth_telling(db, report):
        story.take(look)
    rows = [*story.rows, *_corrected(db, report)]
    db.executemany(INSERT, [dict.fromkeys(COLUMNS) | row | {"report_id": report} for row in rows])
    db.execute("UPDATE reports SET gone_since = ? WHERE id = ?", (story.gone_since, report))


def tell_what_moved(db: sqlite3.Connection) -> set[int]:
    """Tell again the reports that the ledger says something new of; gives them. In transactions of its own."""
    row = db.execute("SELECT fetch_id FROM told WHERE what = 'revisions'").fetchone()
    since = 0 if row is None else row[0]
    # What an unfinished crawl saw counts once it has ended.
    (until,) = db.execute(
        "SELECT ifnull((SELECT min(f.id) - 1 FROM crawls c JOIN fetches f ON f.crawl_id = c.id"
        " WHERE c.outcome IS NULL), (SELECT ifnull(max(id), 0) FROM fetches))"
    ).fetchone()
    reports = {
        row[0]
        for row in db.execute(
            "SELECT DISTINCT e.report_id FROM fetches f JOIN edition_originals o ON o.url = f.url"
            " JOIN editions e ON e.id = o.edition_id"
            " WHERE f.id > ? AND f.outcome NOT IN ('same', 'not_modified', 'error', 'blocked', 'robots', 'added')"
            " UNION SELECT id FROM reports WHERE gone_since IS NOT NULL",
            (since,),
        )
    }
    ordered = sorted(reports)
    for start in range(0, len(ordered), AT_ONCE):
        with db:
            for report in ordered[start : start + AT_ONCE]:
                tell(db, report)
    with db:
        db.execute(
            "INSERT INTO told VALUES ('revisions', ?) ON CONFLICT DO UPDATE SET fetch_id = excluded.fetch_id", (until,)
        )
    return reports


def _worth_telling(db: sqlite3.Connection, report: int) -> list[Look]:
    """What was seen of a report; nothing where one look settles that nothing can have changed."""
    (contents,) = db.execute(
        "SELECT count(*) FROM editions WHERE report_id = ? AND role IN ('page', 'attachment')", (report,)
    ).fetchone()
    addresses = [row[0] for row in db.execute(ADDRESSES, (report,))]
    if contents == len(addresses) == 1:
        plain = db.execute(
            "SELECT 1 FROM fetches WHERE url = ? AND outcome IN ('gone', 'soft_404', 'redirect') LIMIT 1", addresses
        ).fetchone()
        if plain is None:
            return []
    return looks(db, report)


class _Story:
    """The crawls in their order, and what each of them changed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.roles: dict[str, _Role] = {}
        self.rows: list[Row] = []
        self.gone_since: str | None = None
        self.gone: dict[str, str] = {}

    def take(self, look: Look) -> None:
        """One crawl's look at the report."""
        for role in sorted({sighting.role for sighting in look.seen}):
            self._role(self.roles.setdefault(role, _Role()), [one for one in look.seen if one.role == role], look)
        self._presence(look)

    def _role(self, known: _Role, seen: list[Sighting], look: Look) -> None:
        before = {one.edition: url for url, one in known.at.items()}
        # An address that was not asked may well carry what it did: only an answer says that it does not.
        lost = {*look.gone, *look.elsewhere, *self.gone}
        stays = any(url not in lost for url in known.at)
        latest = known.latest
        for one in seen:
            old = known.at.get(one.url)
            if old is not None and old.edition != one.edition:
                self._changed(known, old, one, look)
            elif old is None and one.edition not in known.first_crawl and latest is not None:
                # Beside a document that is still there it is a second one; in its place it is a revision.
                if stays or not look.done:
                    self._event(look, one, "document", latest.url, one.url, latest.edition)
                else:
                    self._changed(known, latest, one, look)
            elif old is None and one.edition in before and look.done:
                self._moved(known, before[one.edition], lost, one, look)
            known.at[one.url] = one
            known.first_crawl.setdefault(one.edition, look.crawl_id)
        known.latest = seen[-1]

    def _changed(self, known: _Role, old: Sighting, new: Sighting, look: Look) -> None:
        """Content replaced by other content: told once, though several addresses carry it."""
        if (old.edition, new.edition) in known.told:
            return
        known.told = {pair for pair in known.told if pair[0] != new.edition} | {(old.edition, new.edition)}
        for difference in _compare(self.db, old.original, new.original):
            self._event(look, new, difference.what, difference.old, difference.new, old.edition)

    def _moved(self, known: _Role, before: str, lost: set[str], one: Sighting, look: Look) -> None:
        """The same content at another address, and no longer where it was. Its twin by http or https is none."""
        there = {url for url, sighting in known.at.items() if sighting.edition == one.edition}
        if there <= lost and _without_scheme(one.url) not in map(_without_scheme, there):
            self._event(look, one, "address", before, one.url, one.edition)

    def _presence(self, look: Look) -> None:
        for one in look.seen:
            self.gone.pop(one.url, None)
        self.gone |= look.gone
        for known in self.roles.values():
            known.at = {url: one for url, one in known.at.items() if url not in look.elsewhere}
        alive = [url for known in self.roles.values() for url in known.at if url not in self.gone]
        if look.seen and self.gone_since is not None:
            self._event(look, look.seen[0], "back", None, look.seen[0].url, None)
            self.gone_since = None
        elif not alive and look.gone and self.gone_since is None and self.roles:
            url, seen = max(look.gone.items(), key=lambda item: item[1])
            last = next((known.at[url] for known in self.roles.values() if url in known.at), None)
            if last is None:
                return
            self.gone_since = seen
            self._add(look, last.role, last.edition, None, "gone", url, None, seen, url)

    def _event(
        self, look: Look, one: Sighting, what: str, old: str | None, new: str | None, from_edition: int | None
    ) -> None:
        self._add(look, one.role, from_edition, one.edition, what, old, new, one.seen, one.url)

    def _add(
        self,
        look: Look,
        role: str,
        from_edition: int | None,
        to_edition: int | None,
        what: str,
        old: str | None,
        new: str | None,
        seen: str,
        url: str,
    ) -> None:
        self.rows.append(
            {
                "role": role,
                "from_edition": from_edition,
                "to_edition": to_edition,
                "what": what,
                "old": old,
                "new": new,
                "cause": "source",
                "seen": seen,
                "portal": look.portal,
                "crawl_id": look.crawl_id,
                "url": url,
            }
        )


def _without_scheme(url: str) -> str:
    return url.partition("://")[2]


def _compare(db: sqlite3.Connection, old: str, new: str) -> Iterable[Difference]:
    """What differs between two files, both as the same program read them; the files, where nothing else can be told."""
    rows = db.execute(
        "SELECT a.parsed, b.parsed FROM readings a JOIN readings b ON b.parser_version = a.parser_version"
        " WHERE a.original = ? AND b.original = ? ORDER BY b.rowid DESC LIMIT 1",
        (old, new),
    ).fetchone()
    found = [] if rows is None else differences(json.loads(rows[0]), json.loads(rows[1]))
    return found or [Difference("file", old, new)]


def _corrected(db: sqlite3.Connection, report: int) -> Iterator[Row]:
    """What our own programs read differently over time in the files of this report, each correction once."""
    files = db.execute(
        "SELECT o.original, min(e.id) AS edition, e.role FROM editions e"
        " JOIN edition_originals o ON o.edition_id = e.id WHERE e.report_id = ?"
        " AND 1 < (SELECT count(*) FROM readings r WHERE r.original = o.original)"
        " GROUP BY o.original ORDER BY min(o.first_fetch), o.original",
        (report,),
    ).fetchall()
    told: set[tuple[str, Difference]] = set()
    for file in files:
        readings = db.execute(
            "SELECT parser_version, read_at, parsed FROM readings WHERE original = ? ORDER BY rowid",
            (file["original"],),
        ).fetchall()
        for before, after in pairwise(readings):
            if before["parsed"] == after["parsed"]:
                continue
            for difference in corrections(_parsed(before), _parsed(after)):
                if (after["parser_version"], difference) in told:
                    continue
                told.add((after["parser_version"], difference))
                yield {
                    "role": file["role"] if file["role"] != "added" else None,
                    "from_edition": file["edition"],
                    "to_edition": file["edition"],
                    "what": difference.what,
                    "old": difference.old,
                    "new": difference.new,
                    "cause": "parser",
                    "seen": after["read_at"],
                    "url": None,
                    "parser_version": after["parser_version"],
                }


def _parsed(row: sqlite3.Row) -> Parsed:
    parsed: Parsed = json.loads(row["parsed"])
    return parsed
