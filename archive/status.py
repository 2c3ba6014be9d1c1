"""How each portal fares, its last success apart from its last attempt, and what the last crawls changed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from archive.clock import now
from archive.store import connect_for_reading
from parsers import VERSION

SHOWN = 3
EVENTS = {
    "gone": "gone, last seen {last_seen}; the copy is kept",
    "back": "back at {new}",
    "address": "moved from {old} to {new}",
    "document": "a second document beside {old}: {new}",
    "file": "replaced by another file, in neither of which anything could be read",
}
LAST_MONTH = 3


@dataclass(frozen=True)
class PortalHealth:
    """A line of `nianbao status`.

    `reports` counts the reports in the archive that came from this portal, `gone` those of them that are no longer
    there; `broke_expectation`: attempted, and fewer reports are here than a person said there must be; `reason` says
    why its last crawl ended as it did; `years` are those of the government's own reports; `lists` says what became of
    its lists in the last crawl.
    """

    portal: str
    name: str
    status: str
    last_attempt: str | None
    last_success: str | None
    blocked_until: str | None
    expect_min: int | None
    reports: int
    gone: int
    broke_expectation: bool
    expect_since: int | None
    reason: str | None
    years: tuple[int, ...] = ()
    lists: tuple[str, ...] = ()

    @property
    def missing_years(self) -> list[int]:
        """Years since the first expected one that are due, and of which the archive has no report of the government."""
        if self.expect_since is None or self.last_attempt is None:
            return []
        return [year for year in range(self.expect_since, last_due(now()) + 1) if year not in self.years]


HEALTH = (
    "SELECT portal, name, status, last_attempt, last_success, blocked_until, expect_min, reports, gone,"
    " below_expectation AS broke_expectation, expect_since, reason FROM health ORDER BY portal"
)
LISTS = "SELECT portal, url, how FROM lists_changed ORDER BY portal, url"
CHANGED = {
    "shape": "the list has another shape than before",
    "replaced": "a new list stands where another is not found any more",
}
NEWS = """
WITH last AS (SELECT max(id) AS crawl FROM crawls WHERE outcome IS NOT NULL GROUP BY portal)
SELECT r.key, v.what, v.old, v.new, r.last_seen FROM last JOIN revisions v ON v.crawl_id = last.crawl
JOIN reports r ON r.id = v.report_id WHERE v.cause = 'source' ORDER BY r.key, v.rowid
"""
CORRECTIONS = "SELECT count(*), count(DISTINCT report_id) FROM revisions WHERE cause = 'parser' AND parser_version = ?"


def portal_health(folder: Path) -> list[PortalHealth]:
    """Every portal in the archive, in the order of its slug. Raises ArchiveMissingError."""
    db = connect_for_reading(folder)
    lists: dict[str, list[str]] = {}
    for portal, url, how in db.execute(LISTS):
        lists.setdefault(portal, []).append(f"{CHANGED[how]}: {url}")
    rows = db.execute(HEALTH).fetchall()
    years = {row["portal"]: government_years(db, row["portal"]) for row in rows if row["last_attempt"]}
    db.close()
    return [
        PortalHealth(**dict(row), years=years.get(row["portal"], ()), lists=tuple(lists.get(row["portal"], ())))
        for row in rows
    ]


def news(folder: Path) -> list[str]:
    """What the portals' last crawls changed, a line per report, and what our own program corrected."""
    db = connect_for_reading(folder)
    told = [
        f"{key}: {_sentence(list(rows))}" for key, rows in groupby(db.execute(NEWS).fetchall(), lambda row: row["key"])
    ]
    cells, reports = db.execute(CORRECTIONS, (VERSION,)).fetchone()
    db.close()
    return told + ([f"our own corrections: {cells} in {reports} reports (parser {VERSION[:12]})"] if cells else [])


def _sentence(rows: list[sqlite3.Row]) -> str:
    events = [EVENTS[row["what"]].format(**dict(row)) for row in rows if row["what"] in EVENTS]
    changed = [row for row in rows if row["what"] not in EVENTS]
    cells = [f"{row['what']} {_value(row['old'])} -> {_value(row['new'])}" for row in changed if _is_cell(row)]
    passages = len(changed) - len(cells)
    parts = events + cells[:SHOWN]
    parts += [f"{len(cells) - SHOWN} more cells"] if len(cells) > SHOWN else []
    return "; ".join(parts + ([f"{passages} passages"] if passages else []))


def _is_cell(row: sqlite3.Row) -> bool:
    return not str(row["what"]).startswith(("sections.", "title", "signed"))


def _value(printed: str | None) -> str:
    return "nothing" if printed is None else printed or "blank"


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
