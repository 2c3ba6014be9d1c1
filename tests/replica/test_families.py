"""The portals of the CMS families: real areas, hosts of their own, and what stands in a crawl's way on each."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from archive.regions import read_regions
from tests.replica import WIDE, Replica
from tests.replica.browser import Browser
from tests.replica.families import wide_portals
from tests.replica.portal import Portal
from tests.replica.portals import all_portals

FAMILIES = [portal for portal in wide_portals() if portal not in all_portals()]


def test_there_are_twenty_portals_or_more_each_with_hosts_of_its_own() -> None:
    hosts = Counter(host.host for portal in wide_portals() for host in (portal, *portal.hosts))
    assert len(wide_portals()) >= 20
    assert set(hosts.values()) == {1}
    assert all(host.endswith(".gov.cn") for host in hosts)


def test_areas_are_real_and_what_is_expected_is_what_is_there() -> None:
    names = {region.adcode: region.name for region in read_regions()}
    for portal in FAMILIES:
        assert names[portal.adcode] == portal.name
        assert portal.expect_min == (len(portal.published) if portal.condition == "ok" else None)


def test_each_report_is_true_once() -> None:
    counts = Counter((report.unit, report.year) for portal in FAMILIES for report in portal.published)
    assert set(counts.values()) == {1}
    assert sum(len(portal.published) >= 30 for portal in FAMILIES) >= 3


@pytest.mark.parametrize("portal", [p for p in FAMILIES if p.condition == "ok"], ids=lambda portal: portal.slug)
def test_reports_answer_where_truth_says_and_differ(portal: Portal) -> None:
    hosts = {host.host: host for host in (portal, *portal.hosts)}
    bodies = set()
    for report in portal.published:
        scheme, _, rest = report.url.partition("://")
        host, _, path = rest.partition("/")
        answer = hosts[host].answer(scheme, f"/{path}")
        assert answer.status == 200, report.url
        bodies.add(answer.body)
    assert len(bodies) == len(portal.published)


def test_a_cookie_a_busy_server_and_a_form_are_answered_as_they_should_be() -> None:
    slugs = ("putuo-shanghai", "yunlong-xuzhou")
    with Replica(portals=slugs) as web:
        browser = Browser(web)
        first = browser.ask("http://www.putuo.gov.cn/")
        assert (first.status, first.headers["location"]) == (302, "http://www.putuo.gov.cn/")
        assert "CT6TS" in first.headers["set-cookie"]
        busy = [browser.ask("http://www.putuo.gov.cn/xxgk/zfxxgknb/").status for _ in range(2)]
        assert busy == [503, 200]
        interface = "http://www.xzyl.gov.cn/EpointWebBuilder/rest/lightfrontaction/getgovinfolist"
        assert b'"data":[]' in browser.ask(interface).body
        assert b'"data":[]' in browser.ask(interface, "POST", b"params=%7B%7D").body
        assert browser.ask("http://www.xzyl.gov.cn/", "POST", b"x=1").status == 405


def test_the_portals_file_names_what_is_registered() -> None:
    with Replica(portals=WIDE) as web, web.portals_csv.open(encoding="utf-8", newline="") as file:
        homes = {row["portal"]: (row["home"], row["platform"]) for row in csv.DictReader(file)}
    assert homes["putuo-shanghai"] == ("https://www.putuo.gov.cn/", "")
    assert homes["ganjingzi"] == ("https://www.dlgjz.gov.cn/", "dalian")
