"""Bodies seen on a portal, in its directories and report columns: whether or not a report of theirs was found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from archive.clock import now
from archive.keys import Keys
from archive.regions import Regions
from archive.units import identify, unit_id

Evidence = Literal["directory", "column"]


@dataclass(frozen=True)
class ListedUnit:
    """A body as a portal lists it: its name and level, under which heading, where it leads and where it stands."""

    name: str
    level: str | None
    url: str
    seen_on: str
    evidence: Evidence
    parent: str | None = None


def record_listed(db: sqlite3.Connection, portal: str, units: Iterable[ListedUnit]) -> None:
    """Write what a crawl saw; a name seen before keeps its first date."""
    with db:
        db.executemany(
            "INSERT INTO listed_units (portal, name, level, parent, url, seen_on, evidence, first_seen, last_seen)"
            " VALUES (:portal, :name, :level, :parent, :url, :seen_on, :evidence, :now, :now)"
            " ON CONFLICT (portal, name) DO UPDATE SET level = excluded.level, parent = excluded.parent,"
            " url = excluded.url, seen_on = excluded.seen_on, evidence = excluded.evidence,"
            " last_seen = excluded.last_seen",
            [vars(unit) | {"portal": portal, "now": now()} for unit in units],
        )


def place_listed(db: sqlite3.Connection, keys: Keys, regions: Regions) -> None:
    """Give every body seen its unit: the one that published a report under this name, or one of its own."""
    rows = db.execute(
        "SELECT s.name, s.level, s.evidence, s.portal, p.adcode, min(s.first_seen) AS first_seen FROM listed_units s"
        " JOIN portals p ON p.portal = s.portal GROUP BY s.portal, s.name ORDER BY s.portal, s.name"
    ).fetchall()
    for row in rows:
        identity = identify(row["name"], row["level"], row["adcode"], regions, row["portal"])
        unit = unit_id(db, keys, identity, row["name"], row["level"])
        db.execute(
            "UPDATE units SET evidence = ?, portal = coalesce(portal, ?)"
            " WHERE id = ? AND id NOT IN (SELECT unit_id FROM reports WHERE unit_id IS NOT NULL)",
            (row["evidence"], row["portal"], unit),
        )
        db.execute(
            "INSERT OR IGNORE INTO unit_names VALUES (?, ?, NULL, NULL, ?)", (unit, row["name"], row["evidence"])
        )
