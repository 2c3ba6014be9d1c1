"""Claim: what loading a reading costs, beside executemany of the very same rows into the same tables.

Loading finds the report, keeps the reading, chooses the edition, and writes tables, cells, text index, checks and
revisions. The other side knows all rows beforehand and only inserts them, every index kept up.
"""

from __future__ import annotations

import copy
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.keys import Keys
from archive.ledger import PortalRow
from archive.load import Loader
from archive.reading import keep_reading, settle_all
from archive.regions import Regions
from archive.store import Archive
from bench.contest import Contest
from bench.reports import html_pages
from parsers import VERSION, Hint, read

PORTAL = "bench"
TABLES = (
    "units", "reports", "editions", "edition_originals", "readings", "proactive", "requests", "disputes", "summary",
    "cells", "sections", "claims", "checks", "problems", "unit_names",
)  # fmt: skip


def contests(scene: ExitStack, reports: int = 300) -> list[Contest]:
    """Loading `reports` readings, their fetches and originals already in the ledger."""
    folder = Path(scene.enter_context(TemporaryDirectory(prefix="nianbao-bench-")))
    readings = synthetic(reports)

    def load() -> None:
        with TemporaryDirectory(dir=folder) as fresh, Archive.open(Path(fresh)) as archive:
            fill_ledger(archive, [sha256 for sha256, _ in readings])
            load_all(archive, readings)

    with Archive.open(folder / "rows") as archive:
        fill_ledger(archive, [sha256 for sha256, _ in readings])
        load_all(archive, readings)
        rows = {table: [tuple(row) for row in archive.db.execute(f"SELECT * FROM {table}")] for table in TABLES}  # noqa: S608

    def insert() -> None:
        with TemporaryDirectory(dir=folder) as fresh, Archive.open(Path(fresh)) as archive:
            fill_ledger(archive, [sha256 for sha256, _ in readings])
            archive.db.execute("PRAGMA foreign_keys = OFF")
            with archive.db:
                for table, found in rows.items():
                    marks = ", ".join("?" * len(found[0])) if found else ""
                    if found:
                        archive.db.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608

    total = sum(map(len, rows.values()))
    return [Contest("loading", "row", total, "the loader", "executemany", load, insert)]


def synthetic(number: int, first: int = 0) -> list[tuple[str, dict[str, Any]]]:
    """(sha256, reading) of so many made-up reports: ten years of each body, no two with the same figures."""
    models = [read(page, Hint("page.html")).to_json() for page in html_pages(10)]
    found = []
    for at in range(first, first + number):
        parsed = copy.deepcopy(models[at % len(models)])
        parsed |= {"unit": f"红旗区第{at // 10}局", "unit_level": "department", "year": 2015 + at % 10}
        cell = parsed["requests"]["new_received"]["natural_person"]
        parsed["requests"]["new_received"]["natural_person"] = cell | {"value": at, "raw": str(at)}
        found.append((f"{at:064x}", parsed))
    return found


def fill_ledger(archive: Archive, hashes: list[str]) -> None:
    """A crawl that brought these originals, without their files."""
    archive.ledger.register([PortalRow(PORTAL, "红旗区", "http://www.hqq.gov.cn/", adcode="410702")])
    crawl = archive.ledger.begin_crawl(PORTAL)
    seen = "2026-01-31T08:00:00Z"
    with archive.db:
        archive.db.executemany(
            "INSERT INTO originals VALUES (?, 'text/html', 20000, ?)", [(sha256, seen) for sha256 in hashes]
        )
        archive.db.executemany(
            "INSERT INTO fetches (crawl_id, portal, method, url, fetched_at, status, outcome, purpose, reason, sha256,"
            " role) VALUES (?, ?, 'GET', ?, ?, 200, 'new', 'report', 'bench', ?, 'page')",
            [(crawl, PORTAL, f"http://www.hqq.gov.cn/{sha256}.html", seen, sha256) for sha256 in hashes],
        )
        archive.db.execute("UPDATE crawls SET outcome = 'done' WHERE id = ?", (crawl,))


def load_all(archive: Archive, readings: list[tuple[str, dict[str, Any]]], settle: bool = True) -> float:
    """Load them as `nianbao read` does once a file is read; gives the seconds of processor time that settling took."""
    db = archive.db
    db.execute("PRAGMA synchronous = NORMAL")
    loader = Loader(db, Keys(archive.folder / "keys.csv"), Regions.of(db), VERSION)
    for sha256, parsed in readings:
        with db:
            keep_reading(db, sha256, parsed, VERSION)
            loader.load(sha256, parsed)
    started = time.process_time()
    if settle:
        settle_all(loader)
    return time.process_time() - started
