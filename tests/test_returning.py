"""Coming back to a portal: what a second pass asks, and what it is not sent again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import command
from tests.replica import Replica, listings
from tests.replica.figures import invented
from tests.replica.pages import Link, menu
from tests.replica.portal import Portal
from tests.replica.proxy import Seen
from tests.replica.story import Story

COLUMN = "/zfxxgk/zfxxgknb/"
YEARS = range(2019, 2025)
LAST = "crawl_id = (SELECT max(id) FROM crawls)"
BODIES = ("县教育局", "县民政局", "县司法局", "县水务局", "县统计局")


def county(reports: int = 36) -> Portal:
    """A county with a paged column of its own and lists of its departments' reports."""
    portal = Portal("lihu", "里湖县", "http://www.lihu.gov.cn/", modified=None)
    portal.robots("User-agent: *\nDisallow: /admin/\n")
    portal.html("/", "首页", menu([Link("政府信息公开年报", COLUMN), Link("政务公开", "/zwgk/")]))
    portal.html("/zwgk/", "政务公开", menu([Link("政府信息公开年报", COLUMN)]))
    rows = []
    for number in range(reports):
        year, who = YEARS[number % len(YEARS)], number // len(YEARS)
        unit = "里湖县" if who == 0 else f"里湖{BODIES[who - 1]}"
        story = Story(
            unit,
            "county" if who == 0 else "department",
            year,
            invented(f"lihu-{number}", "2021" if year > 2020 else "2019"),
        )
        rows.append(portal.report(f"{COLUMN}t{year}_{number}.html", story))
    listings.trs(portal, COLUMN, "政府信息公开年报", rows, per_page=12)
    return portal


def crawl(web: Replica, data: Path, *arguments: str, now: str = "") -> list[Seen]:
    """Crawl and give the requests made; NIANBAO_NOW sets the clock."""
    web.reset()
    os.environ.pop("NIANBAO_NOW", None)
    ran = command.crawl(web, data, *arguments, now=now)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return web.requests


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Replica, Path, list[Seen]]]:
    data = tmp_path_factory.mktemp("returning") / "data"
    with Replica(more=(county(),)) as web:
        first = crawl(web, data, now="2026-01-05T08:00:00Z")
        yield web, data, first
        assert web.failures == []


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "archive.db") as db:
        return db.execute(sql).fetchall()


def test_a_pass_on_which_nothing_is_due_makes_a_tenth_of_the_requests(ground: tuple[Replica, Path, list[Seen]]) -> None:
    web, data, first = ground
    assert len(rows(data, "SELECT 1 FROM reports")) == 36
    before = rows(data, "SELECT key, original, first_seen FROM reports ORDER BY key")
    again = crawl(web, data, now="2026-01-12T08:00:00Z")
    print(f"first pass {len(first)} requests, second {len(again)}: {[seen.url for seen in again]}")
    assert 1 < len(again) <= len(first) / 10
    assert rows(data, "SELECT key, original, first_seen FROM reports ORDER BY key") == before
    last = rows(data, "SELECT outcome, reports_found, new, changed, whole FROM crawls ORDER BY id DESC LIMIT 1")
    assert last == [("done", 36, 0, 0, None)]
    assert rows(data, "SELECT status FROM portals") == [("ok",)]


@pytest.mark.parametrize(
    ("arguments", "now"), [(("--recheck", "all"), "2026-01-19T08:00:00Z"), ((), "2026-06-01T08:00:00Z")]
)
def test_a_pass_on_which_all_are_due_asks_once_for_each_and_is_sent_nothing(
    ground: tuple[Replica, Path, list[Seen]], arguments: tuple[str, ...], now: str
) -> None:
    web, data, _ = ground
    documents = {url for portal in web.portals for report in portal.published for url in report.urls}
    again = crawl(web, data, *arguments, now=now)
    asked = [seen for seen in again if seen.url in documents]
    assert sorted(seen.url for seen in asked) == sorted(documents)
    assert all(seen.conditional and seen.status == 304 for seen in asked)
    kept = rows(data, f"SELECT outcome, count(*) FROM fetches WHERE role IS NOT NULL AND {LAST} GROUP BY 1")  # noqa: S608
    assert kept == [("not_modified", 36)]
    told = rows(data, f"SELECT DISTINCT record_type FROM captures WHERE status = 304 AND {LAST}")  # noqa: S608
    assert told == [("revisit",)]
    assert len(rows(data, "SELECT 1 FROM originals")) == 36


def test_due_crawls_only_what_is_due(ground: tuple[Replica, Path, list[Seen]]) -> None:
    web, data, _ = ground
    ran = command.crawl(web, data, "--due", now="2026-06-02T08:00:00Z")
    assert (ran.returncode, ran.stdout) == (0, "no portal is due\n")
    assert crawl(web, data, "--due", now="2027-01-02T08:00:00Z")


def test_a_recheck_that_is_no_number_is_told(ground: tuple[Replica, Path, list[Seen]]) -> None:
    web, data, _ = ground
    ran = command.crawl(web, data, "--recheck", "often")
    assert ran.returncode == 2
    assert "expected a number of days, or all" in ran.stderr
