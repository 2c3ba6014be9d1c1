"""How each portal fares: its last success apart from its last attempt, and whether it keeps what was expected."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from archive.clock import now
from archive.store import connect_for_reading

LAST_MONTH = 3


@dataclass(frozen=True)
class PortalHealth:
    """A line of `nianbao status`.

    `reports` counts the reports in the archive that came from this portal; `reason` says why its last crawl ended as
    it did; `years` are those of the government's own reports.
    """

    portal: str
    name: str
    status: str
    last_attempt: str | None
    last_success: str | None
    blocked_until: str | None
    expect_min: int | None
    reports: int
    expect_since: int | None
    reason: str | None
    years: tuple[int, ...]

    @property
    def missing_years(self) -> list[int]:
        """Years since the first expected one that are due, and of which the archive has no report of the government."""
        if self.expect_since is None or self.last_attempt is None:
            return []
        return [year for year in range(self.expect_since, last_due(now()) + 1) if year not in self.years]

    @property
    def broke_expectation(self) -> bool:
        """Attempted, and fewer reports are here than a person said there must be."""
        return self.last_attempt is not None and self.expect_min is not None and self.reports < self.expect_min


def portal_health(folder: Path) -> list[PortalHealth]:
    """Every portal in the archive, in the order of its slug. Raises ArchiveMissingError."""
    db = connect_for_reading(folder)
    rows = db.execute(
        "SELECT p.portal, p.name, p.status, p.last_attempt, p.last_success, p.blocked_until, p.expect_min,"
        " (SELECT count(DISTINCT e.report_id) FROM fetches f JOIN edition_originals o ON o.original = f.sha256"
        "  JOIN editions e ON e.id = o.edition_id WHERE f.portal = p.portal AND f.role IS NOT NULL),"
        " p.expect_since,"
        " (SELECT c.reason FROM crawls c WHERE c.portal = p.portal ORDER BY c.id DESC LIMIT 1)"
        " FROM portals p ORDER BY p.portal"
    ).fetchall()
    years = {row["portal"]: government_years(db, row["portal"]) for row in rows if row["last_attempt"]}
    db.close()
    return [PortalHealth(*(*row, years.get(row["portal"], ()))) for row in rows]


def government_years(db: sqlite3.Connection, portal: str) -> tuple[int, ...]:
    """The years of the reports that a portal's own government filed, and that the archive has from it."""
    rows = db.execute(
        "SELECT DISTINCT r.year FROM fetches f JOIN edition_originals o ON o.original = f.sha256"
        " JOIN editions e ON e.id = o.edition_id JOIN reports r ON r.id = e.report_id"
        " JOIN units u ON u.id = r.unit_id JOIN portals p ON p.portal = f.portal"
        " WHERE f.portal = ? AND f.role IS NOT NULL AND u.kind = 'government' AND u.adcode = p.adcode"
        " AND r.year IS NOT NULL ORDER BY r.year",
        (portal,),
    )
    return tuple(row[0] for row in rows)


def last_due(today: str) -> int:
    """The last year of which governments must have reported: by 31 March of the year after."""
    year, month = int(today[:4]), int(today[5:7])
    return year - 1 if month > LAST_MONTH else year - 2


def blocked_until(folder: Path, portal: str) -> str | None:
    """Until when a portal is not to be asked, where an archive says so; None without one."""
    if not (folder / "archive.db").exists():
        return None
    db = connect_for_reading(folder)
    row = db.execute(
        "SELECT blocked_until FROM portals WHERE portal = ? AND blocked_until > ?", (portal, now())
    ).fetchone()
    db.close()
    return None if row is None else str(row[0])
