"""Editions: the distinct contents of a report, who carried them, and which one is current (design.md, decision 6)."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from typing import Any

Parsed = dict[str, Any]


def cells_of(parsed: Parsed) -> dict[str, dict[str, Any]]:
    """{code: CELL} of all three tables, keyed as in the table `codes`: requests.granted_full.total."""
    cells = {f"proactive.{item}": cell for item, cell in parsed["proactive"].items()}
    for table in ("requests", "disputes"):
        for row, columns in parsed[table].items():
            cells |= {f"{table}.{row}.{column}": cell for column, cell in columns.items()}
    return cells


def content_hash(parsed: Parsed) -> str:
    """A sha256 over the tables' printed cells and the sections' text, white space removed: chrome does not count."""
    cells = {code: [cell["kind"], _bare(cell["raw"])] for code, cell in cells_of(parsed).items()}
    # No key for a report without such a table: hashes made before these were read stay what they are.
    for figure in parsed.get("legacy", []):
        place = f"legacy.{figure['row']}.{_bare(figure['label'])}.{_bare(figure['column'] or '')}"
        cells[place] = [figure["cell"]["kind"], _bare(figure["cell"]["raw"])]
    texts = [[section["number"], _bare(section["heading"]), _bare(section["text"])] for section in parsed["sections"]]
    canonical = json.dumps([cells, texts], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def attach(db: sqlite3.Connection, report_id: int, original: str, role: str, parsed: Parsed) -> int:
    """Make this original carry an edition of the report; gives the edition's id."""
    digest = content_hash(parsed)
    detach(db, original)
    seen = db.execute(
        "SELECT url, min(fetched_at) AS first, max(fetched_at) AS last FROM fetches"
        " WHERE sha256 = ? AND role IS NOT NULL GROUP BY url",
        (original,),
    ).fetchall()
    edition = db.execute(
        "INSERT INTO editions (report_id, content_hash, role, original, url, first_seen, last_seen, is_current, parsed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)"
        " ON CONFLICT (report_id, content_hash, role) DO UPDATE SET parsed = excluded.parsed RETURNING id",
        (
            report_id,
            digest,
            role,
            original,
            seen[0]["url"],
            min(row["first"] for row in seen),
            max(row["last"] for row in seen),
            json.dumps(parsed, ensure_ascii=False),
        ),
    ).fetchone()[0]
    db.executemany(
        "INSERT INTO edition_originals VALUES (?, ?, ?, ?, ?)",
        [(edition, original, row["url"], row["first"], row["last"]) for row in seen],
    )
    return int(edition)


def detach(db: sqlite3.Connection, original: str) -> set[int]:
    """Take an original out of the edition it carried; gives the reports that are touched. The reading stays."""
    rows = db.execute(
        "SELECT DISTINCT e.id, e.report_id FROM edition_originals o JOIN editions e ON e.id = o.edition_id"
        " WHERE o.original = ?",
        (original,),
    ).fetchall()
    db.execute("DELETE FROM edition_originals WHERE original = ?", (original,))
    for edition, _ in rows:
        db.execute(
            "DELETE FROM editions WHERE id = ? AND id NOT IN (SELECT edition_id FROM edition_originals)",
            (edition,),
        )
    return {report for _, report in rows}


def renew_seen(db: sqlite3.Connection) -> None:
    """Carry the ledger's addresses and dates over to editions and their files, for everything seen again."""
    db.execute(
        "INSERT INTO edition_originals"
        " SELECT o.edition_id, f.sha256, f.url, min(f.fetched_at), max(f.fetched_at)"
        " FROM fetches f JOIN (SELECT DISTINCT edition_id, original FROM edition_originals) o ON o.original = f.sha256"
        " WHERE f.role IS NOT NULL GROUP BY o.edition_id, f.sha256, f.url"
        " ON CONFLICT (edition_id, original, ifnull(url, ''))"
        " DO UPDATE SET first_seen = excluded.first_seen, last_seen = excluded.last_seen"
    )
    # Of several addresses the secure one is shown, then the shorter: twins and mirrors of a platform are longer.
    db.execute(
        "UPDATE editions SET (original, url) = (SELECT original, url FROM edition_originals"
        "  WHERE edition_id = editions.id"
        "  ORDER BY url IS NULL, url NOT LIKE 'https:%', length(url), url, original LIMIT 1),"
        " first_seen = (SELECT min(first_seen) FROM edition_originals WHERE edition_id = editions.id),"
        " last_seen = (SELECT max(last_seen) FROM edition_originals WHERE edition_id = editions.id)"
    )


def is_complete(parsed: Parsed) -> bool:
    """All three tables were read, or the one of a report before 2019."""
    return bool(parsed["proactive"] and parsed["requests"] and parsed["disputes"]) or bool(parsed.get("legacy"))


def choose_current(db: sqlite3.Connection, report_id: int) -> sqlite3.Row | None:
    """Mark and give the current edition: crawled before added, complete, attachment before page, then the latest."""
    rows = db.execute("SELECT * FROM editions WHERE report_id = ?", (report_id,)).fetchall()
    if not rows:
        return None
    current = max(
        rows,
        key=lambda row: (
            row["role"] != "added",
            is_complete(json.loads(row["parsed"])),
            row["role"] == "attachment",
            row["first_seen"],
            row["id"],
        ),
    )
    db.execute("UPDATE editions SET is_current = (id = ?) WHERE report_id = ?", (current["id"], report_id))
    found: sqlite3.Row = current
    return found


def differing_cells(left: Parsed, right: Parsed) -> list[str]:
    """The codes that both readings print, with another value or kind."""
    ours, theirs = cells_of(left), cells_of(right)
    return [
        code
        for code in ours.keys() & theirs.keys()
        if (ours[code]["value"], ours[code]["kind"]) != (theirs[code]["value"], theirs[code]["kind"])
    ]
