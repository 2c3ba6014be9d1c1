"""Editions: the distinct contents of a report, who carried them, and which one is current (design.md, decision 6)."""

from __future__ import annotations

import hashlib
import json
import sqlite3

from archive.differences import Parsed, bare, cells_of, figures_of, passages


def content_hash(parsed: Parsed, original: str) -> str:
    """A sha256 over the tables' printed cells and the sections' text: white space, chrome and counters do not count.

    Of a file in which nothing could be read (a scan) only its own sha256 says whether it is another.
    """
    # No key for a report without an old table: hashes made before these were read stay what they are.
    printed = cells_of(parsed) | figures_of(parsed)
    cells = {code: [cell["kind"], bare(cell["raw"])] for code, cell in printed.items()}
    texts = [
        [section["number"], bare(section["heading"]), bare("".join(passages(section["text"])))]
        for section in parsed["sections"]
    ]
    if not cells and not any(text for _, _, text in texts):
        return original
    canonical = json.dumps([cells, texts], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def attach(
    db: sqlite3.Connection, report_id: int, original: str, role: str, parsed: Parsed, digest: str | None = None
) -> int:
    """Make this original carry an edition of the report; gives the edition's id."""
    detach(db, original)
    seen = db.execute(f"{SEEN} WHERE s.first_fetch IS NOT NULL ORDER BY s.first_fetch", (original,)).fetchall()
    edition = db.execute(
        "INSERT INTO editions (report_id, content_hash, role, original, url, first_seen, last_seen, is_current, parsed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)"
        " ON CONFLICT (report_id, content_hash, role)"
        " DO UPDATE SET original = excluded.original, url = excluded.url, parsed = excluded.parsed RETURNING id",
        (
            report_id,
            digest or content_hash(parsed, original),
            role,
            original,
            seen[0]["url"],
            seen[0]["first_seen"],
            max(seen, key=lambda row: int(row["last_fetch"]))["last_seen"],
            json.dumps(parsed, ensure_ascii=False),
        ),
    ).fetchone()[0]
    db.executemany(
        "INSERT INTO edition_originals VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(edition, original, *row) for row in seen],
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
        if db.execute("SELECT 1 FROM edition_originals WHERE edition_id = ?", (edition,)).fetchone() is None:
            # Told anew when the report is written anew.
            db.execute("DELETE FROM revisions WHERE ?1 IN (from_edition, to_edition)", (edition,))
            db.execute("DELETE FROM editions WHERE id = ?", (edition,))
    return {report for _, report in rows}


def renew_seen(db: sqlite3.Connection) -> None:
    """Carry the ledger's addresses and dates over to the files of editions, for everything seen again.

    The whole ledger is gone through, so this takes transactions of its own, each a small part of all hashes.
    """
    for part in range(PARTS):
        with db:
            db.execute(
                "INSERT INTO edition_originals"
                " SELECT s.edition_id, s.original, s.url, a.fetched_at, b.fetched_at, a.id, b.id FROM"
                " (SELECT o.edition_id, o.original, f.url, min(f.id) AS first, max(f.id) AS last"
                "  FROM (SELECT DISTINCT edition_id, original FROM edition_originals"
                "   WHERE original >= ? AND original < ?) o JOIN fetches f ON f.sha256 = o.original"
                "  WHERE f.role IS NOT NULL GROUP BY o.edition_id, f.sha256, f.url) s"
                " JOIN fetches a ON a.id = s.first JOIN fetches b ON b.id = s.last WHERE true"
                " ON CONFLICT (edition_id, original, ifnull(url, ''))"
                " DO UPDATE SET first_seen = excluded.first_seen, last_seen = excluded.last_seen,"
                "  first_fetch = excluded.first_fetch, last_fetch = excluded.last_fetch",
                (f"{part:02x}", f"{part + 1:02x}" if part + 1 < PARTS else "g"),
            )


def settle(db: sqlite3.Connection) -> set[int]:
    """Choose anew what is shown, after `renew_seen`; gives the reports that must be written anew for it.

    They show another file now, or an older content that is back. The caller holds the transaction.
    """
    return _show_best_files(db) | _change_current(db)


def renew_edition_dates(db: sqlite3.Connection) -> None:
    """Carry addresses and dates of files over to their editions, in transactions of its own."""
    best_url = f"(SELECT url FROM edition_originals o WHERE {OF_EDITION} AND o.original = e.original {BEST})"  # noqa: S608
    first, last = (
        f"(SELECT {which} FROM edition_originals o WHERE {OF_EDITION} ORDER BY {order} LIMIT 1)"  # noqa: S608 our own words
        for which, order in (("first_seen", "first_fetch"), ("last_seen", "last_fetch DESC"))
    )
    (highest,) = db.execute("SELECT ifnull(max(id), 0) FROM editions").fetchone()
    for start in range(0, highest + 1, EDITIONS_AT_ONCE):
        with db:
            db.execute(
                f"UPDATE editions AS e SET url = {best_url}, first_seen = {first}, last_seen = {last}"  # noqa: S608
                f" WHERE id >= ? AND id < ? AND (url, first_seen, last_seen) IS NOT ({best_url}, {first}, {last})",
                (start, start + EDITIONS_AT_ONCE),
            )


# Where and when an original was seen: by the ledger's numbers, because the clock may jump.
SEEN = (
    "SELECT s.url, a.fetched_at AS first_seen, b.fetched_at AS last_seen, s.first_fetch, s.last_fetch"
    " FROM (SELECT url, min(id) AS first_fetch, max(id) AS last_fetch FROM fetches"
    "  WHERE sha256 = ? AND role IS NOT NULL GROUP BY url) s"
    " JOIN fetches a ON a.id = s.first_fetch JOIN fetches b ON b.id = s.last_fetch"
)
# By the first two digits of a hash.
PARTS = 256
EDITIONS_AT_ONCE = 2000
# Of several addresses the secure one is shown, then the shorter: twins and mirrors of a platform are longer.
BEST = "ORDER BY o.url IS NULL, o.url NOT LIKE 'https:%', length(o.url), o.url, o.original LIMIT 1"
OF_EDITION = "o.edition_id = e.id"


def _show_best_files(db: sqlite3.Connection) -> set[int]:
    """Show the best of an edition's files, with its own reading: places on a page belong to one file."""
    best = f"(SELECT o.original FROM edition_originals o WHERE {OF_EDITION} {BEST})"  # noqa: S608 our own words
    rows = db.execute(
        f"SELECT e.id, e.report_id, {best} AS best FROM editions e WHERE best IS NOT e.original"  # noqa: S608
    ).fetchall()
    touched = set()
    for row in rows:
        reading = db.execute(
            "SELECT parsed FROM readings WHERE original = ? ORDER BY rowid DESC LIMIT 1", (row["best"],)
        ).fetchone()
        if reading is None:
            continue
        parsed = json.loads(reading[0])
        shown = json.loads(db.execute("SELECT parsed FROM editions WHERE id = ?", (row["id"],)).fetchone()[0])
        parsed |= {key: shown[key] for key in ("unit", "unit_level")}
        db.execute(
            "UPDATE editions SET original = ?, parsed = ? WHERE id = ?",
            (row["best"], json.dumps(parsed, ensure_ascii=False), row["id"]),
        )
        touched.add(row["report_id"])
    return touched


def _change_current(db: sqlite3.Connection) -> set[int]:
    """Choose again where an address has carried several contents; gives the reports whose choice is another."""
    rows = db.execute(
        "SELECT DISTINCT a.report_id, c.id FROM editions a JOIN editions b ON b.report_id = a.report_id AND b.id < a.id"
        " JOIN edition_originals x ON x.edition_id = a.id JOIN edition_originals y ON y.edition_id = b.id"
        " JOIN editions c ON c.report_id = a.report_id AND c.is_current WHERE x.url = y.url"
    ).fetchall()
    chosen = {report: (before, choose_current(db, report)) for report, before in rows}
    return {report for report, (before, now) in chosen.items() if now is not None and now["id"] != before}


def is_complete(parsed: Parsed) -> bool:
    """All three tables were read, or the one of a report before 2019."""
    return bool(parsed["proactive"] and parsed["requests"] and parsed["disputes"]) or bool(parsed.get("legacy"))


REPLACED = (
    "SELECT e.id FROM editions e WHERE e.report_id = ? AND NOT EXISTS ("
    " SELECT 1 FROM edition_originals o WHERE o.edition_id = e.id AND NOT EXISTS ("
    "  SELECT 1 FROM editions m JOIN edition_originals n ON n.edition_id = m.id"
    "  WHERE m.report_id = e.report_id AND m.role = e.role AND m.id <> e.id"
    "  AND n.url = o.url AND n.last_fetch > o.last_fetch))"
)


def replaced(db: sqlite3.Connection, report_id: int) -> set[int]:
    """The editions each of whose addresses has since answered with another content of this report."""
    return {row[0] for row in db.execute(REPLACED, (report_id,))}


def choose_current(db: sqlite3.Connection, report_id: int) -> sqlite3.Row | None:
    """Mark and give the current edition: crawled before added, complete, not replaced, attachment before page, latest.

    An edition is replaced when each of its addresses has since answered with another content of this report.
    """
    rows = db.execute(
        "SELECT e.*, (SELECT min(first_fetch) FROM edition_originals o WHERE o.edition_id = e.id) AS first_fetch"
        " FROM editions e WHERE report_id = ?",
        (report_id,),
    ).fetchall()
    if not rows:
        return None
    current = rows[0] if len(rows) == 1 else _first_choice(rows, replaced(db, report_id))
    db.execute("UPDATE editions SET is_current = (id = ?) WHERE report_id = ?", (current["id"], report_id))
    return current


def _first_choice(rows: list[sqlite3.Row], old: set[int]) -> sqlite3.Row:
    return max(
        rows,
        key=lambda row: (
            row["role"] != "added",
            is_complete(json.loads(row["parsed"])),
            row["id"] not in old,
            row["role"] == "attachment",
            row["first_fetch"],
            row["id"],
        ),
    )
