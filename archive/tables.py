"""The rows of one report: the form's tables, cells with their place, sections, checks, problems."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.bigrams import grams
from archive.differences import Parsed, cells_of, contradictions
from archive.editions import replaced
from archive.narrative import claim_rows, legacy_rows
from archive.privacy import mask_mobiles
from parsers.forms import MONEY
from parsers.rules import RULES
from parsers.sentences import sentence

PER_REPORT = (
    "proactive",
    "requests",
    "disputes",
    "summary",
    "cells",
    "claims",
    "legacy",
    "checks",
    "problems",
    "revisions",
)


def fill_report(db: sqlite3.Connection, report: int, current: sqlite3.Row, parser_version: str) -> None:
    """Replace all rows of a report by what its current edition says."""
    parsed: Parsed = json.loads(current["parsed"])
    clear(db, report)
    _report(db, report, current, parsed, parser_version)
    proactive = _proactive(parsed)
    _insert(db, "proactive", [{"report_id": report} | proactive])
    requests = {row: _values(cells) for row, cells in parsed["requests"].items()}
    disputes = {row: _values(cells) for row, cells in parsed["disputes"].items()}
    _insert(db, "requests", [{"report_id": report, "outcome": row} | cells for row, cells in requests.items()])
    _insert(db, "disputes", [{"report_id": report, "route": row} | cells for row, cells in disputes.items()])
    _summary(db, report, proactive, requests, disputes)
    _cells(db, report, parsed)
    _sections(db, report, parsed)
    _insert(db, "claims", claim_rows(report, parsed))
    _insert(db, "legacy", legacy_rows(report, parsed))
    _checks(db, report, parsed)
    _problems(db, report, current, parsed)


def clear(db: sqlite3.Connection, report: int) -> None:
    """Remove the rows that are derived from a report's current edition."""
    for row in db.execute("SELECT id, text FROM sections WHERE report_id = ?", (report,)).fetchall():
        # A contentless index must be told what it forgets.
        db.execute(
            "INSERT INTO sections_fts (sections_fts, rowid, grams) VALUES ('delete', ?, ?)",
            (row[0], grams(row[1])),
        )
    for table in (*PER_REPORT, "sections"):
        db.execute(f"DELETE FROM {table} WHERE report_id = ?", (report,))  # noqa: S608 our own names


def forget_report(db: sqlite3.Connection, report: int) -> None:
    """Drop a report that no original carries any more (its readings stay)."""
    clear(db, report)
    db.execute("DELETE FROM reports WHERE id = ?", (report,))


def _report(db: sqlite3.Connection, report: int, current: sqlite3.Row, parsed: Parsed, parser_version: str) -> None:
    start, end = parsed["period"] or (None, None)
    row = {
        "id": report,
        **{key: parsed[key] for key in ("unit", "unit_level", "form", "title", "status", "published", "signed")},
        "period_start": start,
        "period_end": end,
        "url": current["url"],
        "original": current["original"],
        "first_seen": current["first_seen"],
        "last_seen": current["last_seen"],
        "checks_failed": sum(check["status"] == "fail" for check in parsed["checks"]),
        "one_row_other": int(any(problem["code"] == "one_row_other" for problem in parsed["problems"])),
        "parser_version": parser_version,
    }
    changed = ", ".join(f"{column} = :{column}" for column in row if column != "id")
    db.execute(f"UPDATE reports SET {changed} WHERE id = :id", row)  # noqa: S608 our own names


def renew_report_dates(db: sqlite3.Connection) -> None:
    """Carry addresses and dates of editions over to their reports."""
    db.execute(
        "UPDATE reports SET (url, original) ="
        " (SELECT url, original FROM editions WHERE report_id = reports.id AND is_current),"
        " first_seen = (SELECT o.first_seen FROM editions e JOIN edition_originals o ON o.edition_id = e.id"
        "  WHERE e.report_id = reports.id ORDER BY o.first_fetch LIMIT 1),"
        " last_seen = (SELECT o.last_seen FROM editions e JOIN edition_originals o ON o.edition_id = e.id"
        "  WHERE e.report_id = reports.id ORDER BY o.last_fetch DESC LIMIT 1)"
    )


def renew_portal_counts(db: sqlite3.Connection) -> None:
    """How many reports came from each portal, and how many of them are gone."""
    db.execute("UPDATE portals SET reports = 0, gone = 0 WHERE reports > 0")
    db.execute(
        "UPDATE portals SET (reports, gone) = (c.reports, c.gone) FROM ("
        " SELECT k.portal, count(DISTINCT r.id) AS reports,"
        "  count(DISTINCT iif(r.gone_since IS NULL, NULL, r.id)) AS gone"
        " FROM (SELECT DISTINCT portal, sha256 FROM fetches WHERE role IS NOT NULL) k"
        " JOIN edition_originals o ON o.original = k.sha256 JOIN editions e ON e.id = o.edition_id"
        " JOIN reports r ON r.id = e.report_id GROUP BY k.portal) c WHERE c.portal = portals.portal"
    )


def _values(cells: dict[str, Any]) -> dict[str, Any]:
    return {code: cell["value"] for code, cell in cells.items()}


def _proactive(parsed: Parsed) -> dict[str, Any]:
    values = _values(parsed["proactive"])
    return values | {f"{item}_text": values[item] for item in MONEY if item in values}


def _summary(
    db: sqlite3.Connection,
    report: int,
    proactive: dict[str, Any],
    requests: dict[str, Any],
    disputes: dict[str, Any],
) -> None:
    who = db.execute(
        "SELECT r.unit, u.kind, g.name AS area, r.year, r.form, r.status FROM reports r"
        " LEFT JOIN units u ON u.id = r.unit_id LEFT JOIN regions g ON g.adcode = r.adcode WHERE r.id = ?",
        (report,),
    ).fetchone()
    totals = {outcome: row.get("total") for outcome, row in requests.items()}
    results = {f"{route}_{result}": value for route, row in disputes.items() for result, value in row.items()}
    _insert(db, "summary", [{"report_id": report} | dict(who) | proactive | totals | results])


CELL = "INSERT INTO cells (report_id, code_id, value, kind, raw, note, page, x0, top, x1, bottom) VALUES"
NOWHERE = (None, None, None, None)


def _cells(db: sqlite3.Connection, report: int, parsed: Parsed) -> None:
    ids = dict(db.execute("SELECT code, id FROM codes").fetchall())
    rows = [
        (report, ids[code], *map(cell.get, ("value", "kind", "raw", "note", "page")), *(cell["bbox"] or NOWHERE))
        for code, cell in cells_of(parsed).items()
    ]
    db.executemany(f"{CELL} (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _sections(db: sqlite3.Connection, report: int, parsed: Parsed) -> None:
    for section in parsed["sections"]:
        text = mask_mobiles(section["text"])
        made = db.execute(
            "INSERT INTO sections (report_id, number, heading, text) VALUES (?, ?, ?, ?)",
            (report, section["number"], section["heading"], text),
        )
        db.execute("INSERT INTO sections_fts (rowid, grams) VALUES (?, ?)", (made.lastrowid, grams(text)))


def _checks(db: sqlite3.Connection, report: int, parsed: Parsed) -> None:
    rows = []
    for check in parsed["checks"]:
        if check["status"] not in ("fail", "uncertain"):
            continue
        both = check["left"] is not None and check["right"] is not None
        rows.append(
            {
                "report_id": report,
                "rule": check["rule"],
                "version": RULES[check["rule"]].version,
                "scope": check["scope"],
                "left_value": check["left"],
                "right_value": check["right"],
                "delta": check["left"] - check["right"] if both else None,
                "status": check["status"],
                "blame": "unknown",
                "sentence": sentence(check, parsed),
            }
        )
    _insert(db, "checks", rows)


def _problems(db: sqlite3.Connection, report: int, current: sqlite3.Row, parsed: Parsed) -> None:
    found = [(problem["code"], problem["message"]) for problem in parsed["problems"]]
    if parsed["unit"] is None:
        found.append(("unit_unknown", "neither the title nor the text names the unit"))
    found += _contradictions(db, report, current, parsed)
    db.executemany(
        "INSERT INTO problems (portal, url, report_id, code, message, first_seen, last_seen)"
        " VALUES ((SELECT portal FROM fetches WHERE sha256 = ?1 AND role IS NOT NULL ORDER BY id LIMIT 1),"
        " ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        [
            (
                current["original"],
                current["url"],
                report,
                code,
                message,
                current["first_seen"],
                current["last_seen"],
            )
            for code, message in found
        ],
    )


def _contradictions(
    db: sqlite3.Connection, report: int, current: sqlite3.Row, parsed: Parsed
) -> Iterator[tuple[str, str]]:
    """Documents of one report that stand beside each other and do not say the same."""
    others = db.execute("SELECT * FROM editions WHERE report_id = ? AND NOT is_current", (report,)).fetchall()
    gone = replaced(db, report) if others else set()
    for other in others:
        differing = contradictions(parsed, json.loads(other["parsed"]))
        codes = ", ".join(difference.what for difference in differing)
        roles = {other["role"], current["role"]}
        if codes and roles == {"page", "attachment"}:
            told = [f"{one.what} ({current['role']} {one.old}, {other['role']} {one.new})" for one in differing]
            yield "page_differs_from_attachment", f"the two differ in: {', '.join(told)}"
        elif codes and len(roles) == 1 and "added" not in roles and other["id"] not in gone:
            yield "documents_differ", f"another document for this unit and year, {other['url']}, differs in: {codes}"


def _insert(db: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows that may name different columns: a column not named is NULL."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if not columns:
        return
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    values = [[row.get(column) for column in columns] for row in rows]
    db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 our own names
