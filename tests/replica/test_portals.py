"""What stands on the replica's portals: everything true can be reached, and the obstacles are real."""

from __future__ import annotations

import csv
import re
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from tests.replica.browser import Browser, Got
from tests.replica.portal import Portal
from tests.replica.portals import all_portals
from tests.replica.web import Replica

REGIONS = Path(__file__).parents[2] / "archive" / "regions.csv"
HOPS = 5


def _links(url: str, got: Got) -> set[str]:
    """Where a visitor can go from a page: its anchors (comments aside) and what its paging script makes."""
    if "location" in got.headers:
        return {urljoin(url, got.headers["location"])}
    if not got.headers.get("content-type", "").startswith("text/html"):
        return set()
    text = re.sub(r"<!--.*?-->", "", got.text, flags=re.DOTALL)
    found = {urljoin(url, unescape(href)) for href in re.findall(r'<a href="([^"]+)"', text)}
    if paging := re.search(r'createPageHTML\((\d+),\d+,"(\w+)","(\w+)"\)', text):
        stem, suffix = paging[2], paging[3]
        found |= {urljoin(url, f"{stem}_{number}.{suffix}") for number in range(1, int(paging[1]))}
    return {urldefrag(link).url for link in found}


def _walk(browser: Browser, portal: Portal, forbidden: tuple[str, ...]) -> dict[str, int]:
    """Every address of a portal within HOPS of its home page, robots obeyed, with its distance."""
    seen, front = {portal.home: 0}, [portal.home]
    for hop in range(1, HOPS + 1):
        found = {link for url in front for link in _links(url, browser.ask(url))}
        front = sorted(
            link
            for link in found - seen.keys()
            if urlsplit(link).hostname == portal.host and not link.startswith(forbidden)
        )
        seen |= dict.fromkeys(front, hop)
    return seen


@pytest.mark.parametrize("portal", all_portals(), ids=lambda portal: portal.slug)
def test_every_true_report_is_reached_by_links_and_nothing_else(web: Replica, browser: Browser, portal: Portal) -> None:
    seen = _walk(browser, portal, tuple(web.forbidden))
    for report in portal.published:
        for url in report.urls:
            assert url in seen, f"{report.title}: {url} is not within {HOPS} hops of {portal.home}"
            assert browser.ask(url).status == 200
    hidden = {url for report in portal.withheld for url in report.urls} | portal.traps.keys()
    if portal.condition == "ok":
        assert not hidden & seen.keys()


def test_each_report_is_true_once_and_there_are_enough(web: Replica) -> None:
    counts = Counter((report.unit, report.year) for report in web.truth)
    assert set(counts.values()) == {1}
    assert 25 <= len(web.truth) <= 40
    assert {report.year for report in web.truth} == set(range(2019, 2025))
    assert {report.unit_level for report in web.truth} == {"county", "office", "department", "township"}
    assert {report.media for report in web.truth} == {"text/html", "application/pdf"}
    assert {report.form for report in web.truth} == {"2019", "2021"}


def test_the_portals_file_has_the_contracts_columns_and_true_area_codes(web: Replica) -> None:
    with web.portals_csv.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["portal", "adcode", "name", "home", "platform", "expect_min", "notes"]
    lines = [line for line in REGIONS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    names = {region["adcode"]: region["name"] for region in csv.DictReader(lines)}
    assert [(row["portal"], names[row["adcode"]]) for row in rows] == [(row["portal"], row["name"]) for row in rows]
    assert all((urlsplit(row["home"]).hostname or "").endswith(".gov.cn") for row in rows)
    for row in rows:
        published = sum(report.portal == row["portal"] for report in web.truth)
        assert int(row["expect_min"] or 0) == published


def test_gbk_pages_do_not_say_so(browser: Browser) -> None:
    listing = browser.ask("http://www.bjchy.gov.cn/zwgk/xxgknb/")
    article = browser.ask("http://www.bjchy.gov.cn/zwgk/xxgknb/8a24fe839.htm")
    assert listing.headers["content-type"] == "text/html; charset=utf-8"
    assert article.headers["content-type"] == "text/html"
    for got in (listing, article):
        with pytest.raises(UnicodeDecodeError):
            got.body.decode("utf-8")
        assert b"charset" not in got.body
        assert "政府信息公开工作年度报告" in got.text


def test_a_soft_404_has_status_200_robots_among_it(browser: Browser) -> None:
    for path in ("robots.txt", "zwgk/xxgknb/8a24fe002.htm", "nowhere"):
        got = browser.ask(f"http://www.bjchy.gov.cn/{path}")
        assert got.status == 200
        assert "页面不存在" in got.text


def test_a_challenge_stands_before_every_page_but_robots(browser: Browser, web: Replica) -> None:
    assert browser.ask("http://www.cdwh.gov.cn/robots.txt").status == 404
    challenge = browser.ask("http://www.cdwh.gov.cn/")
    assert challenge.status == 412
    assert "$_ts" in challenge.text
    assert "set-cookie" in challenge.headers
    assert web.blocked_portals == ["wuhou"]


def test_robots_forbids_reports_that_are_there(browser: Browser, web: Replica) -> None:
    assert "Disallow: /zfxxgk/bmnb/" in browser.ask("https://www.bypc.gov.cn/robots.txt").text
    assert web.refused_portals == ["shunyi"]
    assert len(web.withheld) == 4
    for report in web.withheld:
        assert report.url.startswith(tuple(web.forbidden))
        assert browser.ask(report.url).status == 200
    assert len(web.unlawful()) == 4


def test_more_noise_than_reports_in_one_list(web: Replica, browser: Browser) -> None:
    rows = []
    for page in (1, 2, 3):
        text = browser.ask(f"http://www.hqq.gov.cn/News/List?cat=118&page={page}").text
        rows += re.findall(r"<li><a [^>]*>([^<]+)</a><span>", text)
    reports = [row for row in rows if "政府信息公开" in row]
    assert len(rows) - len(reports) > 2 * len(reports)
    assert any(row.endswith("…") for row in rows)


def test_links_lead_off_gov_cn_and_are_recorded_when_followed(web: Replica, browser: Browser) -> None:
    listing = browser.ask("https://www.hongsibu.gov.cn/xxgk/zfxxgkml/zfxxgknb/index_1.html").text
    assert "https://www.hongsibu.gov.cn.example.com/xxgk/" in listing
    away = browser.ask("https://www.spt.gov.cn/xxgk/out/nb2018.html")
    assert away.status == 302
    assert urlsplit(away.headers["location"]).hostname in web.off_site_hosts
    assert not any(host.endswith(".gov.cn") for host in web.off_site_hosts)


def test_a_hidden_menu_stands_in_a_comment(web: Replica, browser: Browser) -> None:
    [old] = [url for url in web.traps if "/old/" in url]
    home = browser.ask("https://www.hongsibu.gov.cn/").text
    comment = home[home.index("<!--") : home.index("-->")]
    assert urlsplit(old).path in comment
    assert urlsplit(old).path not in home.replace(comment, "")


def test_planted_mistakes_are_known(web: Replica) -> None:
    failing = {(report.portal, report.year): report.failing for report in web.truth if report.failing}
    assert failing.keys() == {("hongsibu", 2019), ("shapotou", 2022)}
    assert ("dispute_total", "reconsideration") in failing["shapotou", 2022]
    undecided = [(report.portal, report.year) for report in web.truth if report.undecided]
    assert undecided == [("hongqi", 2022)]
    one_row = {(report.portal, report.unit) for report in web.truth if report.one_row_other and report.form == "2021"}
    assert one_row == {
        ("hongsibu", "红寺堡区新庄集乡"),
        ("pingchuan", "平川区水泉镇"),
        ("hongze", "淮安市洪泽区人民政府"),
    }


def test_a_second_replica_serves_the_same_bytes(web: Replica, browser: Browser) -> None:
    first = {report.url: browser.ask(report.url).body for report in web.truth}
    with Replica() as other:
        again = Browser(other)
        assert {url: again.ask(url).body for url in first} == first
