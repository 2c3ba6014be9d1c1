"""How each portal fares, its last success apart from its last attempt, and what the last crawls changed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

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


@dataclass(frozen=True)
class PortalHealth:
    """A line of `nianbao status`.

    `reports` counts the reports in the archive that came from this portal, `gone` those of them that are no longer
    there; `broke_expectation`: attempted, and fewer reports are here than a person said there must be; `lists` says
    what became of its lists in the last crawl.
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
    reason: str | None
    lists: tuple[str, ...] = ()


HEALTH = (
    "SELECT portal, name, status, last_attempt, last_success, blocked_until, expect_min, reports, gone,"
    " below_expectation AS broke_expectation, reason FROM health ORDER BY portal"
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
    db.close()
    return [PortalHealth(**dict(row), lists=tuple(lists.get(row["portal"], ()))) for row in rows]


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
