"""From portal to SQL on the replica web: what a crawl finds is what is lawfully published, cell by cell."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.command import crawl, nianbao
from tests.replica import Replica, TrueReport

# A government's report is filed under its area's own name, whichever of its names the title prints.
REPORT = "SELECT r.* FROM reports r JOIN units u ON u.id = r.unit_id"


@dataclass
class Crawled:
    """The replica after a crawl, and what the crawl left."""

    web: Replica
    data: Path
    run: subprocess.CompletedProcess[str]
    db: sqlite3.Connection


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    data = tmp_path_factory.mktemp("crawled")
    with Replica(latency=0.01) as web:
        run = crawl(web, data)
        db = sqlite3.connect(data / "archive.db")
        db.row_factory = sqlite3.Row
        yield Crawled(web, data, run, db)
        db.close()


def found(crawled: Crawled, report: TrueReport) -> sqlite3.Row:
    rows = crawled.db.execute(
        "SELECT * FROM reports WHERE title = ? AND year = ? AND id IN (SELECT e.report_id FROM fetches f"
        " JOIN edition_originals o ON o.original = f.sha256 JOIN editions e ON e.id = o.edition_id WHERE f.portal = ?)",
        ("".join(report.title.split()), report.year, report.portal),
    ).fetchall()
    assert len(rows) == 1, f"{report.title}: {len(rows)} reports"
    row: sqlite3.Row = rows[0]
    return row


def test_the_crawl_ends_well(crawled: Crawled) -> None:
    assert crawled.run.returncode == 0, crawled.run.stdout + crawled.run.stderr
    assert "Traceback" not in crawled.run.stderr
    assert crawled.web.failures == []


def test_each_published_report_is_there_and_nothing_else(crawled: Crawled) -> None:
    expected = sorted(("".join(report.title.split()), report.year) for report in crawled.web.truth)
    there = sorted((row["title"], row["year"]) for row in crawled.db.execute("SELECT title, year FROM reports"))
    assert there == expected


def test_each_unit_has_one_report_a_year(crawled: Crawled) -> None:
    twice = crawled.db.execute("SELECT unit_id, year FROM reports GROUP BY 1, 2 HAVING count(*) > 1").fetchall()
    assert twice == []


def test_each_report_says_what_was_rendered(crawled: Crawled) -> None:
    for report in crawled.web.truth:
        row = found(crawled, report)
        wanted: dict[str, Any] = {
            "unit": report.unit,
            "unit_level": report.unit_level,
            "form": report.form,
            "signed": report.signed,
            "one_row_other": int(report.one_row_other and report.form == "2021"),
            "period_start": report.period[0] if report.period else None,
            "period_end": report.period[1] if report.period else None,
        }
        assert {key: row[key] for key in wanted} == wanted, report.title
        assert row["url"] in report.urls


def test_each_cell_is_the_figure_that_was_rendered(crawled: Crawled) -> None:
    compared = 0
    for report in crawled.web.truth:
        cells = crawled.db.execute(
            "SELECT code, value, kind FROM cells JOIN codes ON codes.id = code_id WHERE report_id = ?",
            (found(crawled, report)["id"],),
        ).fetchall()
        there = {cell["code"]: (cell["value"], cell["kind"]) for cell in cells}
        wanted = {
            code: (float(value) if isinstance(value, str) else value, report.kinds[code])
            for code, value in report.values.items()
        }
        assert there == wanted, report.title
        compared += len(there)
    assert compared > 5000


def test_money_is_exact(crawled: Crawled) -> None:
    for report in crawled.web.truth:
        money = {code: value for code, value in report.values.items() if isinstance(value, str)}
        for code, value in money.items():
            row = crawled.db.execute(
                "SELECT * FROM proactive WHERE report_id = ?", (found(crawled, report)["id"],)
            ).fetchone()
            assert row[code.removeprefix("proactive.") + "_text"] == value


def test_planted_wrong_totals_fail_exactly_the_rules_they_should(crawled: Crawled) -> None:
    planted = 0
    for report in crawled.web.truth:
        checks = crawled.db.execute(
            "SELECT rule, scope, status FROM checks WHERE report_id = ?", (found(crawled, report)["id"],)
        ).fetchall()
        failed = {(check["rule"], check["scope"]) for check in checks if check["status"] == "fail"}
        uncertain = {(check["rule"], check["scope"]) for check in checks if check["status"] == "uncertain"}
        assert failed == report.failing, report.title
        assert uncertain == report.undecided, report.title
        planted += len(failed)
    assert planted >= 4


def test_no_request_was_unlawful(crawled: Crawled) -> None:
    assert crawled.web.unlawful() == []
    assert crawled.web.forbidden
    assert crawled.web.requests


def test_never_two_requests_to_a_site_at_once(crawled: Crawled) -> None:
    assert crawled.web.overlaps() == []


def test_every_request_is_in_the_ledger(crawled: Crawled) -> None:
    asked = sorted(seen.url for seen in crawled.web.requests)
    rows = crawled.db.execute("SELECT url FROM fetches WHERE status IS NOT NULL ORDER BY url")
    assert sorted(row["url"] for row in rows) == asked
    assert crawled.db.execute("SELECT count(*) FROM fetches WHERE reason = '' OR purpose = ''").fetchone()[0] == 0


def test_blocked_and_refused_portals_say_so(crawled: Crawled) -> None:
    states = dict(crawled.db.execute("SELECT portal, status FROM portals").fetchall())
    for portal in crawled.web.portals:
        wanted = {"blocked": "blocked", "robots": "robots"}.get(portal.condition, "ok")
        assert states[portal.slug] == wanted
    told = nianbao("status", "--data", crawled.data)
    assert told.returncode == 0
    for slug in crawled.web.blocked_portals:
        assert f"{slug} " in told.stdout
    assert "blocked" in told.stdout


def test_links_off_the_government_s_hosts_are_told(crawled: Crawled) -> None:
    told = " ".join(row[0] for row in crawled.db.execute("SELECT url FROM problems WHERE code = 'off_site'"))
    assert all(host in told for host in crawled.web.off_site_hosts)


def test_few_requests_that_fetched_no_report(crawled: Crawled) -> None:
    for portal in crawled.web.portals:
        rows = crawled.db.execute(
            "SELECT count(*) FROM fetches WHERE portal = ? AND status IS NOT NULL AND role IS NULL",
            (portal.slug,),
        ).fetchone()
        assert rows[0] <= 25, portal.slug


def test_originals_are_the_bytes_that_were_sent(crawled: Crawled) -> None:
    ran = nianbao("verify", "--data", crawled.data)
    assert ran.returncode == 0, ran.stdout
    count = crawled.db.execute("SELECT count(*) FROM originals").fetchone()[0]
    assert f"{count} originals, 0 lost" in ran.stdout


def test_crawling_again_finds_the_same_and_nothing_new(crawled: Crawled, tmp_path: Path) -> None:
    def state() -> list[tuple[Any, ...]]:
        return [tuple(row) for row in crawled.db.execute("SELECT key, original, url, status FROM reports ORDER BY key")]

    before = state()
    ran = crawl(crawled.web, crawled.data)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert state() == before
    last = crawled.db.execute(
        "SELECT sum(new), sum(changed) FROM crawls WHERE id IN (SELECT max(id) FROM crawls GROUP BY portal)"
    ).fetchone()
    assert tuple(last) == (0, 0)
