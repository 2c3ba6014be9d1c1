"""The crawl as it runs, against the replica web: what it finds, what it asks, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.ground import Ground
from tests.replica import Replica

PATIENCE = 120
GOVERNMENT_COLUMN = 25


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ground, dict[str, dict[str, Any]]]]:
    """All portals crawled once, with answers slow enough for overlaps to show."""
    with Replica(latency=0.02) as web:
        ground = Ground(tmp_path_factory.mktemp("whole") / "data", web)
        yield ground, ground.crawl()
        assert web.failures == []


Whole = tuple[Ground, dict[str, dict[str, Any]]]


def test_every_lawful_report_is_found_and_nothing_else(whole: Whole) -> None:
    ground, _ = whole
    kept = ground.kept()
    missed = [d.urls for report in ground.web.truth for d in report.documents if not kept & set(d.urls)]
    assert missed == []
    assert kept <= {url for report in ground.web.truth for url in report.urls}


def test_each_document_is_kept_once(whole: Whole) -> None:
    ground, _ = whole
    kept = ground.kept()
    assert all(len(kept & set(d.urls)) == 1 for report in ground.web.truth for d in report.documents)


def test_no_request_was_unlawful(whole: Whole) -> None:
    ground, _ = whole
    assert ground.web.unlawful() == []
    assert {seen.host for seen in ground.web.requests if not seen.host.endswith(".gov.cn")} == set()


def test_one_request_at_a_time_per_site(whole: Whole) -> None:
    ground, _ = whole
    assert ground.web.overlaps() == []


def test_robots_txt_is_asked_first_and_once(whole: Whole) -> None:
    ground, _ = whole
    by_host: dict[tuple[str, str], list[str]] = {}
    for seen in sorted(ground.web.requests, key=lambda seen: seen.started):
        by_host.setdefault((seen.scheme, seen.host), []).append(seen.path)
    assert all(paths[0] == "/robots.txt" and paths.count("/robots.txt") == 1 for paths in by_host.values())


def test_every_request_on_the_wire_is_a_row(whole: Whole) -> None:
    ground, _ = whole
    asked = sorted(url for (url,) in ground.rows("SELECT url FROM fetches WHERE status IS NOT NULL"))
    assert asked == sorted(seen.url for seen in ground.web.requests)


def test_portals_end_as_what_they_are(whole: Whole) -> None:
    ground, results = whole
    for portal, result in results.items():
        if portal in ground.web.blocked_portals:
            assert (result["outcome"], result["status"]) == ("blocked", "blocked")
        elif portal in ground.web.refused_portals:
            assert (result["outcome"], result["status"]) == ("blocked", "robots")
        else:
            assert (result["outcome"], result["status"]) == ("done", "ok"), result
    states = ground.rows("SELECT status, last_success IS NULL, blocked_until IS NULL FROM portals ORDER BY 1")
    assert set(states) == {("blocked", 1, 0), ("ok", 0, 1), ("robots", 1, 1)}


def test_families_are_named(whole: Whole) -> None:
    ground, _ = whole
    families = dict(ground.rows("SELECT portal, cms FROM portals"))
    assert (families["hongsibu"], families["shapotou"], families["hongqi"]) == ("trs", "trs", "generic")


def test_off_site_links_are_told(whole: Whole) -> None:
    ground, _ = whole
    told = {url for (url,) in ground.rows("SELECT url FROM problems WHERE code = 'off_site'")}
    assert {url.split("/")[2] for url in told} == set(ground.web.off_site_hosts)


def test_certificates_are_judged_and_the_crawl_goes_on(whole: Whole) -> None:
    ground, _ = whole
    verdicts = ground.rows("SELECT DISTINCT tls FROM fetches WHERE url LIKE 'https:%' AND status IS NOT NULL")
    assert [verdict for (verdict,) in verdicts if not str(verdict).startswith("invalid: ")] == []
    assert ground.rows("SELECT DISTINCT tls FROM fetches WHERE url LIKE 'http:%'") == [(None,)]


def test_originals_are_on_the_disk(whole: Whole) -> None:
    ground, _ = whole
    listed = {sha256 for (sha256,) in ground.rows("SELECT sha256 FROM originals")}
    assert listed == {path.stem for path in (ground.data / "originals").glob("??/*.bin")}
    assert listed == {sha for (sha,) in ground.rows("SELECT sha256 FROM fetches WHERE role IS NOT NULL")}


def test_the_crawl_names_itself(whole: Whole) -> None:
    ground, _ = whole
    assert {seen.user_agent.split("/")[0] for seen in ground.web.requests} == {"nianbao"}


def test_a_government_s_column_takes_few_requests(tmp_path: Path) -> None:
    with Replica() as web:
        ground = Ground(tmp_path / "data", web)
        ground.crawl(scope="government")
        spent = ground.rows(
            "SELECT portal, count(*) FROM fetches WHERE status IS NOT NULL"
            " AND purpose NOT IN ('report', 'attachment') GROUP BY portal"
        )
        kept = ground.kept()
    assert max(count for _, count in spent) <= GOVERNMENT_COLUMN
    governments = [r for r in web.truth if r.unit_level in ("county", "office")]
    assert [r.urls for r in governments if not kept & set(r.urls)] == []


def test_a_second_crawl_finds_the_same_and_leaves_the_blocked_alone(tmp_path: Path) -> None:
    with Replica(portals=("hongze", "wuhou")) as web:
        ground = Ground(tmp_path / "data", web)
        first = ground.crawl(now="2026-01-29T08:00:00Z")
        web.reset()
        second = ground.crawl(now="2026-01-30T08:00:00Z")
        assert second["hongze"]["reports_found"] == first["hongze"]["reports_found"] > 0
        assert second["hongze"]["new"] == 0
        assert {seen.host for seen in web.requests} == {"www.hongze.gov.cn"}
        assert second["wuhou"]["requests"] == 0
        again = ground.crawl("wuhou", now="2026-02-05T09:00:00Z")
        assert again["wuhou"]["requests"] > 0


def test_interrupted_stops_at_once_and_can_be_run_again(tmp_path: Path) -> None:
    with Replica(portals=("hongsibu", "wuhou")) as web:
        ground = Ground(tmp_path / "data", web)
        process = ground.start(delay=30.0)
        _wait_until(lambda: len(web.requests) >= 2)
        process.send_signal(signal.SIGINT)
        results = ground.end(process)
        assert results["hongsibu"]["outcome"] == "interrupted"
        assert ground.rows("SELECT outcome FROM crawls WHERE portal = 'hongsibu'") == [(None,)]
        assert ground.rows("SELECT last_success FROM portals WHERE portal = 'hongsibu'") == [(None,)]
        assert ground.crawl("hongsibu")["hongsibu"]["status"] == "ok"
        outcomes = ground.rows("SELECT outcome FROM crawls WHERE portal = 'hongsibu' ORDER BY id")
        assert outcomes == [("done",)]


def test_a_mistake_of_ours_ends_its_portal_alone_and_is_told(tmp_path: Path) -> None:
    with Replica(portals=("hongze", "karuo")) as web:
        ground = Ground(tmp_path / "data", web)
        results = ground.crawl(break_on="卡若区")
        assert results["hongze"]["status"] == "ok"
        assert (results["karuo"]["outcome"], results["karuo"]["status"]) == ("failed", "broken")
        assert "KeyError" in results["karuo"]["reason"]
        assert ground.rows("SELECT portal FROM problems WHERE code = 'crawl_broke'") == [("karuo",)]


def test_a_portal_that_does_not_answer_is_unreachable(tmp_path: Path) -> None:
    with Replica(portals=("hongze",)) as web:
        ground = Ground(tmp_path / "data", web)
        portals = ground.data.parent / "portals.csv"
        portals.write_text("portal,adcode,name,home\ndead,,无此地,https://www.nobody-home.gov.cn/\n", encoding="utf-8")
        web.portals_csv = portals
        result = ground.crawl()["dead"]
        assert (result["outcome"], result["status"]) == ("failed", "unreachable")
        assert {seen.scheme for seen in web.requests} == {"http", "https"}


def test_nothing_is_asked_without_a_contact(tmp_path: Path) -> None:
    with Replica(portals=("hongze",)) as web:
        ground = Ground(tmp_path / "data", web)
        wish = {
            "data": str(ground.data),
            "portals": str(web.portals_csv),
            "only": [],
            "options": {"delay": 0.0},
        }
        plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        refused = subprocess.run(
            [sys.executable, "-m", "tests.crawler.drive", json.dumps(wish)],
            capture_output=True,
            text=True,
            env=plain,
            cwd=Path(__file__).parents[2],
            check=False,
        )
        assert "ContactMissingError" in refused.stderr
        assert web.requests == []


def _wait_until(condition: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
