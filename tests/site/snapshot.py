"""A small published archive of the made-up reports.

It is written with the archive's own schema and list of codes, but row by row: the site must show whatever a
database holds, not only what today's loader writes into it.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from archive.bigrams import grams
from archive.originals import Originals
from archive.schema import migrate
from parsers.forms import codes, outcomes, routes
from tests.site.made_up import IMAGE, JS_URL, SCRIPT, Report, reports

SEEN = "2026-01-31T08:00:00Z"


def kind_of(raw: str) -> str:
    """The kind of a cell printed so."""
    kinds = {"": "blank", "/": "slash", "—": "dash", "无": "none"}
    return kinds.get(raw) or ("number" if raw.replace(".", "").lstrip("+").isdigit() else "text")


def build(data: Path, *, extra_title: str = "") -> dict[str, str]:
    """Write data/site/archive.db and the originals; gives {report key: sha256 of its original}.

    Written beside its place and renamed over it, as `publish` does: built again, it has another inode.
    """
    site = data / "site"
    site.mkdir(parents=True, exist_ok=True)
    temporary = site / "archive.db.making"
    temporary.unlink(missing_ok=True)
    db = sqlite3.connect(temporary)
    migrate(db)
    with db:
        _reference_rows(db)
        store = Originals(data / "originals")
        made = {report.key: _write(db, store, number, report) for number, report in enumerate(reports(), start=1)}
        _revisions(db)
        db.execute("UPDATE reports SET title = title || ? WHERE id = 1", (extra_title,))
    counts = {table: {"count": count} for table, count in _counts(db)}
    db.close()
    inspect = {
        "archive": {
            "hash": "0" * 64,
            "size": temporary.stat().st_size,
            "file": "archive.db",
            "tables": counts,
        }
    }
    (site / "inspect.json").write_text(json.dumps(inspect), "utf-8")
    temporary.rename(site / "archive.db")
    return made


def _counts(db: sqlite3.Connection) -> list[tuple[str, int]]:
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    shown = [name for name in names if not name.startswith("sections_fts_")]
    sql = "SELECT count(*) FROM {}"
    return [(name, db.execute(sql.format(name)).fetchone()[0]) for name in shown]


def _reference_rows(db: sqlite3.Connection) -> None:
    insert(db, "regions", {"adcode": "999901", "name": "青石区", "level": "county"})
    for table, rows in (("outcomes", outcomes()), ("routes", routes()), ("codes", codes())):
        for row in rows:
            insert(db, table, vars(row))
    for rule in ("flow", "items", "row", "dispute_total"):
        insert(db, "rules", {"rule": rule, "version": 1, "era": "2019,2021", "hard": 1} | _statements(rule))
    portal = {"portal": "qingshi", "adcode": "999901", "name": "青石区", "home": "http://www.qingshi.gov.cn/"}
    insert(db, "portals", portal | {"status": "ok", "last_attempt": SEEN, "last_success": SEEN})
    blocked = {
        "portal": "lanhe",
        "name": f"蓝河县{SCRIPT}",
        "home": JS_URL,
        "status": "blocked",
        "notes": IMAGE,
    }
    insert(db, "portals", blocked | {"last_attempt": SEEN})
    government = {"id": 1, "key": "999901-qingshi", "kind": "government", "name": "青石区", "level": "county"}
    insert(db, "units", government | {"adcode": "999901", "portal": "qingshi"})
    office = {"id": 2, "key": "999901-qingshi-office", "kind": "office", "name": "青石区人民政府办公室"}
    insert(db, "units", office | {"level": "office", "adcode": "999901", "parent_id": 1})
    department = {"id": 3, "key": "999901-hostile", "kind": "department", "name": f"{SCRIPT}局"}
    insert(db, "units", department | {"level": "department", "adcode": "999901", "parent_id": 1})
    for unit_id, name in ((1, "青石区"), (1, "青石区人民政府"), (3, IMAGE)):
        insert(
            db,
            "unit_names",
            {"unit_id": unit_id, "name": name, "first_year": 2019, "last_year": 2024, "evidence": "title"},
        )
    crawl = {
        "id": 1,
        "portal": "qingshi",
        "started": SEEN,
        "finished": SEEN,
        "outcome": "done",
        "requests": 12,
    }
    insert(db, "crawls", crawl | {"reports_found": 2, "new": 2})
    link = {"crawl_id": 1, "url": JS_URL, "parent_url": JS_URL, "anchor": SCRIPT, "kind": "report", "score": 150}
    link |= {"decision": "veto", "reason": SCRIPT, "depth": 1, "heading": SCRIPT, "menu": SCRIPT, "script": SCRIPT}
    insert(db, "links", link)
    problem = {"portal": "lanhe", "url": JS_URL, "code": "blocked", "message": SCRIPT}
    insert(db, "problems", problem | {"first_seen": SEEN, "last_seen": SEEN})


def _revisions(db: sqlite3.Connection) -> None:
    """A figure that a portal changed, a passage that means harm, one that moved and is gone, our own correction."""
    list_of = {"portal": "lanhe", "url": JS_URL, "skeleton": "b", "first_seen": SEEN, "last_seen": SEEN}
    insert(db, "crawls", {"id": 2, "portal": "lanhe", "started": SEEN, "outcome": "done"})
    insert(db, "lists", list_of | {"first_crawl": 1, "last_crawl": 2, "changed": SEEN, "changed_crawl": 2})
    edition = {"from_edition": 1, "to_edition": 1, "role": "page", "portal": "qingshi", "crawl_id": 1}
    source = edition | {"report_id": 1, "cause": "source", "seen": SEEN, "url": "https://www.qingshi.gov.cn/a.pdf"}
    insert(db, "revisions", source | {"what": "requests.new_received.total", "old": "25", "new": "26"})
    insert(db, "revisions", source | {"what": "sections.1.2", "old": None, "new": f"{SCRIPT}{IMAGE}"})
    insert(db, "revisions", source | {"what": "proactive.coercion_decisions", "old": "", "new": "无"})
    hostile = source | {"report_id": 4, "url": JS_URL}
    insert(db, "revisions", hostile | {"what": "address", "old": JS_URL, "new": f"https://evil.example/{IMAGE}"})
    insert(db, "revisions", hostile | {"what": "gone", "old": JS_URL, "new": None})
    insert(db, "revisions", hostile | {"what": f"legacy.1.{SCRIPT}.", "old": IMAGE, "new": SCRIPT})
    parser = source | {"cause": "parser", "url": None, "portal": None, "parser_version": "made-up"}
    insert(db, "revisions", parser | {"what": "requests.granted_full.total", "old": "2", "new": "20"})
    db.execute("UPDATE reports SET gone_since = ? WHERE id = 4", (SEEN,))


def _statements(rule: str) -> dict[str, str]:
    return {"statement_zh": f"规则 {rule}", "statement_en": f"rule {rule}"}


def _write(db: sqlite3.Connection, store: Originals, number: int, report: Report) -> str:
    sha256 = store.put(report.original).sha256
    seen = {"first_seen": SEEN, "last_seen": SEEN}
    size = len(report.original)
    insert(
        db,
        "originals",
        {"sha256": sha256, "media_type": report.media_type, "bytes": size, "first_seen": SEEN},
    )
    row = {
        "id": number,
        "key": report.key,
        "unit_id": report.unit_id,
        "unit": report.unit,
        "adcode": "999901" if report.unit_id else None,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "status": "parsed" if report.raw else "tables_missing",
        "url": report.url,
        "original": sha256,
        "checks_failed": sum(check[4] == "fail" for check in report.checks),
        "one_row_other": int(report.one_row_other),
        "parser_version": "made-up",
    }
    insert(db, "reports", row | seen)
    edition = {
        "id": number,
        "report_id": number,
        "content_hash": f"c{number}",
        "role": "page",
        "original": sha256,
    }
    insert(db, "editions", edition | {"url": report.url, "is_current": 1, "parsed": "{}"} | seen)
    insert(db, "edition_originals", {"edition_id": number, "original": sha256, "url": report.url} | seen)
    fetch = {
        "crawl_id": 1,
        "portal": "qingshi",
        "method": "GET",
        "url": report.url,
        "fetched_at": SEEN,
        "status": 200,
    }
    fetch |= {
        "outcome": "new",
        "purpose": "report",
        "reason": f"title {SCRIPT}",
        "sha256": sha256,
        "role": "page",
    }
    insert(db, "fetches", fetch | {"anchor": report.title, "parent_url": JS_URL})
    _figures(db, number, report)
    for section, heading, text in report.sections:
        made = insert(db, "sections", {"report_id": number, "number": section, "heading": heading, "text": text})
        insert(db, "sections_fts", {"rowid": made, "grams": grams(text)})
    for rule, scope, left, right, status, sentence in report.checks:
        sides = {"left_value": left, "right_value": right, "delta": left - right}
        check = {"report_id": number, "rule": rule, "version": 1, "scope": scope, "status": status}
        insert(db, "checks", check | sides | {"blame": "unknown", "sentence": sentence})
    for claim in report.claims:
        names = ("sentence", "text", "quantity", "value", "unit", "table_value", "agrees")
        row = {"report_id": number, "section": 1, "approximate": 0} | dict(zip(names, claim, strict=True))
        insert(db, "claims", row)
    for place, (label, unit, column, raw) in enumerate(report.legacy, start=1):
        about = {"label": label, "unit": unit, "column_label": column, "kind": "text", "raw": raw}
        insert(db, "legacy", {"report_id": number, "row": place} | about)
    for code, message in report.problems:
        insert(db, "problems", {"report_id": number, "url": report.url, "code": code, "message": message} | seen)
    return sha256


def _figures(db: sqlite3.Connection, number: int, report: Report) -> None:
    ids = dict(db.execute("SELECT code, id FROM codes").fetchall())
    tables: dict[str, dict[str, dict[str, Any]]] = {"proactive": {}, "requests": {}, "disputes": {}}
    for code, raw in report.raw.items():
        kind = kind_of(raw)
        value = (float(raw) if "." in raw else int(raw)) if kind == "number" else None
        cell = {"report_id": number, "code_id": ids[code], "value": value, "kind": kind, "raw": raw}
        place = {"page": report.page, "x0": 100.0, "top": 200.0, "x1": 140.0, "bottom": 212.0} if report.page else {}
        insert(db, "cells", cell | place)
        table, row, *column = code.split(".")
        tables[table].setdefault(row, {})[column[0] if column else "value"] = value
    items = {item: cells["value"] for item, cells in tables["proactive"].items()}
    insert(db, "proactive", {"report_id": number} | items)
    for outcome, cells in tables["requests"].items():
        insert(db, "requests", {"report_id": number, "outcome": outcome} | cells)
    for route, cells in tables["disputes"].items():
        insert(db, "disputes", {"report_id": number, "route": route} | cells)
    unit_kind = {1: "government", 2: "office", 3: "department"}.get(report.unit_id or 0)
    flat = {"unit": report.unit, "kind": unit_kind, "area": "青石区", "year": report.year, "form": report.form}
    totals = {outcome: cells.get("total") for outcome, cells in tables["requests"].items()}
    results = {f"{route}_{result}": value for route, row in tables["disputes"].items() for result, value in row.items()}
    insert(db, "summary", {"report_id": number, "status": "parsed"} | flat | items | totals | results)


def insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Insert one row; gives its rowid."""
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    made = db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))  # noqa: S608 our names
    return int(made.lastrowid or 0)
