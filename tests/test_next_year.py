"""A week later a portal's columns have grown by a year or a unit: a pass over its known lists finds what is there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests import command
from tests.replica import Replica, pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.shelf import shelf

COLUMN = "/zfxxgk/zfxxgknb/"
UNITS = ("里湖县人民政府", "里湖县教育局", "里湖县民政局", "里湖县司法局", "里湖县水务局", "里湖县云台镇")
YEARS = range(2017, 2025)
JANUARY = ("2026-01-05T08:00:00Z", "2026-01-12T08:00:00Z", "2026-01-19T08:00:00Z")


# Which units have reports of which years.
Shelves = dict[str, list[int]]
FIRST: Shelves = {unit: [*YEARS] for unit in UNITS}


def county(shape: str, shelves: Shelves) -> Portal:
    """A county whose column is laid out by years, by units, or by both in either order."""
    portal = Portal("lihu", "里湖县", "http://www.lihu.gov.cn/")
    portal.html("/", "首页", pages.menu([Link("政府信息公开年报", COLUMN), Link("政务公开", "/zwgk/")]))
    portal.html("/zwgk/", "政务公开", pages.menu([Link("政府信息公开年报", COLUMN)]))
    levels(portal, COLUMN, shelves, shape.split("/"))
    return portal


def levels(portal: Portal, folder: str, shelves: Shelves, shape: list[str]) -> None:
    """A page of the column: its next level, or the reports of the units and years that are left."""
    if not shape:
        rows = [row for unit, years in shelves.items() for row in reports(portal, unit, years, folder)]
        portal.html(folder, "政府信息公开年报", pages.crumbs("政府信息公开年报") + pages.rows_html(rows))
        return
    below: dict[str, tuple[str, Shelves]] = {}
    if shape[0] == "years":
        for year in sorted({year for years in shelves.values() for year in years}, reverse=True):
            below[f"{year}年"] = f"{year}n/", {unit: [year] for unit, years in shelves.items() if year in years}
    else:
        below = {name(unit): (f"{slug(unit)}/", {unit: years}) for unit, years in shelves.items()}
    links = [Link(label, f"{folder}{at}") for label, (at, _) in below.items()]
    portal.html(folder, "政府信息公开年报", pages.menu(links))
    for at, left in below.values():
        levels(portal, f"{folder}{at}", left, shape[1:])


def reports(portal: Portal, unit: str, years: list[int], folder: str) -> list[Row]:
    level = "county" if unit.endswith("政府") else "township" if unit.endswith("镇") else "department"
    return shelf(portal, unit, level, years, f"{folder}t{{year}}0120_{{id}}.html")


def name(unit: str) -> str:
    return "县政府" if unit.endswith("政府") else unit.removeprefix("里湖")


def slug(unit: str) -> str:
    return f"u{sum(map(ord, unit)) % 10_000}"


def crawl(web: Replica, data: Path, now: str) -> list[str]:
    """The addresses asked for by a crawl at this time."""
    web.reset()
    ran = command.crawl(web, data, "--no-read", now=now)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert web.unlawful() == []
    return [seen.url for seen in web.requests]


def kept(data: Path) -> set[str]:
    with sqlite3.connect(data / "archive.db") as db:
        return {url for (url,) in db.execute("SELECT url FROM fetches WHERE role IS NOT NULL")}


def told(data: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "archive.db") as db:
        return db.execute(sql).fetchall()


SHAPES = ("years", "units", "years/units", "units/years")
GROWN = {
    "a year": {unit: [*YEARS, 2025] for unit in UNITS},
    "a unit": FIRST | {"里湖县统计局": [2024]},
}


@pytest.mark.parametrize("grown", GROWN)
@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_column_has_grown_by_is_found_a_week_later_with_few_requests(
    shape: str, grown: str, tmp_path: Path
) -> None:
    portal, data = county(shape, FIRST), tmp_path / "data"
    with Replica(more=(portal,)) as web:
        first = crawl(web, data, JANUARY[0])
        assert kept(data) == {report.url for report in portal.published}
        nothing = crawl(web, data, JANUARY[1])
        assert 1 < len(nothing) <= len(first) / 10, nothing
        before = kept(data)
        portal.become(county(shape, GROWN[grown]))
        again = crawl(web, data, JANUARY[2])
        fresh = {report.url for report in portal.published} - before
        print(f"{shape}, {grown}: {len(first)}, {len(nothing)} and {len(again)} requests, {len(fresh)} of them news")
    assert kept(data) - before == fresh != set()
    assert {url for url in again if url in before} == set()
    # What brings news pays for a few looks at what stands beside it.
    assert len(again) - len(fresh) <= len(first) / 10 + 4 * len(fresh)
    assert told(data, "SELECT outcome, new, whole FROM crawls ORDER BY id DESC LIMIT 1") == [("done", len(fresh), None)]
    # A list that is new beside the others is no sign of a portal rebuilt.
    assert told(data, "SELECT * FROM lists_changed") == []
