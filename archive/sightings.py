"""What the ledger says of a report's addresses: where it was seen, crawl by crawl, and where it is no longer.

An address is alive while it carries the report, gone once a crawl that was read to its end had 404, 410 or what the
site says of an address that cannot exist, for an answer. Silence, a block or a refusal say nothing.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from itertools import groupby

KEPT = ("page", "attachment")
ADDRESSES = (
    "SELECT DISTINCT o.url FROM editions e JOIN edition_originals o ON o.edition_id = e.id"
    " WHERE e.report_id = ? AND e.role IN ('page', 'attachment') AND o.url IS NOT NULL"
)
ANSWERS = (
    "SELECT f.id, f.crawl_id, f.portal, f.url, f.fetched_at, f.outcome, f.sha256, f.role, c.outcome AS crawl"  # noqa: S608
    f" FROM ({ADDRESSES}) a JOIN fetches f ON f.url = a.url LEFT JOIN crawls c ON c.id = f.crawl_id"
    " WHERE f.purpose NOT IN ('robots', 'probe', 'add') ORDER BY f.id"
)
# A redirect may lead to nothing: the answer at its end stands under the address it led to.
END = (
    "SELECT outcome FROM fetches WHERE crawl_id = ? AND parent_url = ? AND id > ? AND outcome <> 'redirect'"
    " ORDER BY id LIMIT 1"
)
MISSING = ("gone", "soft_404")


@dataclass(frozen=True)
class Sighting:
    """An address that carried an edition of the report: which, in which file."""

    edition: int
    role: str
    original: str
    url: str
    seen: str
    portal: str | None


@dataclass
class Look:
    """What one crawl saw of a report: sightings in order, addresses that are gone and those with something else."""

    crawl_id: int | None
    done: bool
    seen: list[Sighting] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)
    portal: str | None = None


def looks(db: sqlite3.Connection, report: int) -> list[Look]:
    """Every crawl that had an answer from one of the report's addresses, in the ledger's order."""
    carried = {
        row["original"]: (row["id"], row["role"])
        for row in db.execute(
            "SELECT o.original, e.id, e.role FROM editions e JOIN edition_originals o ON o.edition_id = e.id"
            " WHERE e.report_id = ? AND e.role IN ('page', 'attachment')",
            (report,),
        )
    }
    answers = db.execute(ANSWERS, (report,)).fetchall()
    found = []
    for crawl_id, group in groupby(answers, key=lambda row: row["crawl_id"]):
        look = Look(crawl_id, False)
        for row in group:
            look.done, look.portal = row["crawl"] == "done", row["portal"]
            _take(db, look, row, carried)
        found.append(look)
    return found


def _take(db: sqlite3.Connection, look: Look, row: sqlite3.Row, carried: dict[str, tuple[int, str]]) -> None:
    url, outcome = row["url"], row["outcome"]
    if outcome == "redirect":
        end = db.execute(END, (row["crawl_id"], url, row["id"])).fetchone()
        outcome = end[0] if end is not None and end[0] in MISSING else "redirect"
    if (row["role"] in KEPT or outcome == "not_modified") and row["sha256"] in carried:
        edition, role = carried[row["sha256"]]
        look.seen.append(Sighting(edition, role, row["sha256"], url, row["fetched_at"], row["portal"]))
    elif outcome in MISSING:
        if look.done:
            look.gone[url] = row["fetched_at"]
    elif row["role"] in KEPT or outcome == "redirect":
        look.elsewhere.add(url)


def known_addresses(db: sqlite3.Connection, portal: str) -> list[tuple[str, ...]]:
    """The addresses of each report that this portal carries and that is not gone, for a crawl to miss."""
    rows = db.execute(
        "SELECT e.report_id, o.url FROM (SELECT DISTINCT url FROM fetches WHERE portal = ? AND role IS NOT NULL) f"
        " JOIN edition_originals o ON o.url = f.url JOIN editions e ON e.id = o.edition_id"
        " JOIN reports r ON r.id = e.report_id WHERE r.gone_since IS NULL AND e.role IN ('page', 'attachment')"
        " GROUP BY e.report_id, o.url ORDER BY e.report_id, o.url",
        (portal,),
    ).fetchall()
    return [tuple(url for _, url in group) for _, group in groupby(rows, key=lambda row: int(row["report_id"]))]
