"""How each portal fares: its last success apart from its last attempt, and whether it keeps what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.clock import now
from archive.store import connect_for_reading


@dataclass(frozen=True)
class PortalHealth:
    """A line of `nianbao status`. `reports` counts the reports in the archive that came from this portal."""

    portal: str
    name: str
    status: str
    last_attempt: str | None
    last_success: str | None
    blocked_until: str | None
    expect_min: int | None
    reports: int
    reason: str | None

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
        " (SELECT f.reason FROM fetches f WHERE f.portal = p.portal AND p.status NOT IN ('ok', 'new')"
        "  AND f.outcome IN ('blocked', 'robots', 'error') ORDER BY f.id DESC LIMIT 1)"
        " FROM portals p ORDER BY p.portal"
    ).fetchall()
    db.close()
    return [PortalHealth(*row) for row in rows]


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
