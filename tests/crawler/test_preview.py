"""`nianbao preview`: what a crawl would take, within 20 requests, leaving nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import nianbao
from tests.crawler.ground import Ground
from tests.replica import Replica

KEPT = "last_asked.json"


def look(web: Replica, portal: str, data: Path, *more: str) -> list[str]:
    ran = nianbao("preview", portal, "--portals", web.portals_csv, "--delay", "0", "--data", data, *more, web=web)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    return ran.stdout.splitlines()


@pytest.mark.parametrize("portal", ["hongsibu", "shapotou", "hongqi"])
def test_columns_levels_and_reports_are_told_with_their_evidence(portal: str, tmp_path: Path) -> None:
    with Replica(portals=(portal,)) as web:
        lines = look(web, portal, tmp_path / "data")
        assert web.unlawful() == []
        assert 0 < len(web.requests) <= 20
        true = web.truth
    reports = [line for line in lines if line.startswith("report ")]
    for report in true:
        assert any(report.title in line and f"report {report.year} " in line for line in reports), report.title
    assert [
        line for line in lines if line.startswith("column ") and "label 信息公开年报 +100" in line
    ] or portal != "hongqi"
    assert any(line.startswith("level county: ") for line in lines)
    assert all("title +150" in line or "title cut short" in line for line in reports)
    assert any("opened: signs: " in line for line in reports)
    assert any(line.startswith("turned down ") and "veto" in line for line in lines)


def test_nothing_stays_but_when_the_site_was_asked(tmp_path: Path) -> None:
    with Replica(portals=("hongqi",)) as web:
        look(web, "http://www.hqq.gov.cn/", tmp_path / "data")
    assert [path.name for path in tmp_path.rglob("*")] == ["data", KEPT]
    assert list(json.loads((tmp_path / "data" / KEPT).read_text("utf-8"))) == ["hqq.gov.cn"]


def test_no_request_is_sent_beyond_those_allowed(tmp_path: Path) -> None:
    with Replica(portals=("hongsibu",)) as web:
        ground = Ground(tmp_path / "data", web)
        result = ground.crawl(most_requests=4)["hongsibu"]
        assert len(web.requests) == 4
        assert "4 requests were sent" in result["reason"]
        left = ground.rows("SELECT count(*) FROM links WHERE reason LIKE '%the crawl ended before'")
        assert left[0][0] > 0


def test_a_year_that_is_the_report_itself_is_told_as_a_report(tmp_path: Path) -> None:
    with Replica(portals=("miyun",)) as web:
        lines = look(web, "miyun", tmp_path / "data")
        assert web.unlawful() == []
        assert len(web.requests) <= 20
        towns = {report.url for report in web.truth if report.unit_level == "township"}
    told = [line for line in lines if line.startswith("report ") and any(url in line for url in towns)]
    assert told
    assert all("year in column" in line and "signs: " in line for line in told)


def test_beside_an_opened_link_that_led_to_no_report_the_next_is_opened(tmp_path: Path) -> None:
    with Replica(portals=("miyun",)) as web:
        look(web, "miyun", tmp_path / "data")
        asked = [seen.path for seen in web.requests]
    announcing = [path for path in asked if path.startswith("/zwgk/zfxxgknb/6") or path.endswith("bgs.html")]
    assert len(announcing) > 1


@pytest.mark.parametrize(("portal", "state"), [("wuhou", "blocked"), ("shunyi", "robots")])
def test_robots_and_challenges_are_respected_as_in_a_crawl(portal: str, state: str, tmp_path: Path) -> None:
    with Replica(portals=(portal,)) as web:
        (first, *_) = look(web, portal, tmp_path / "data")
        assert f"; {state}; " in first
        assert web.unlawful() == []
        assert len(web.requests) <= 2


def test_a_portal_s_name_with_a_typo_and_a_host_that_is_no_government_s_are_refused(tmp_path: Path) -> None:
    for wrong, sentence in (("hongsbu", "did you mean hongsibu"), ("https://a.example/", "does not end with .gov.cn")):
        ran = nianbao("preview", wrong, "--contact", "https://example.org", "--data", tmp_path / "data")
        assert (ran.returncode, sentence in ran.stderr) == (2, True), ran.stderr
    assert not (tmp_path / "data").exists()


def test_nobody_is_asked_without_a_contact(tmp_path: Path) -> None:
    ran = nianbao("preview", "hongsibu", "--data", tmp_path / "data")
    assert ran.returncode == 2
    assert "--contact" in ran.stderr
