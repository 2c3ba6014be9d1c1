"""Every portal of the replica crawled from its home page alone, and compared with what the replica knows to be true.

The figures are printed: `python -m pytest -s tests/crawler/test_wide.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.health import PortalResult
from crawler.listings import FAMILIES
from tests.crawler.ground import Ground
from tests.replica import WIDE, Replica, TrueReport, pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Portal
from tests.replica.portals import all_portals
from tests.replica.shelf import DRESS, shelf

MANY = 30
OTHERS_PER_REPORT = 0.5
GOVERNMENT_COLUMN = 25
UNKNOWN = "gaoqing"
# Where each family is met; `generic` is the path of all that no other file knows.
HOMES = {
    "trs": "anshun",
    "ucap": "xinyuan",
    "hanweb": "laiyang",
    "jpaas": "lucheng-wenzhou",
    "xxgk": "shengsi",
    "gkmlpt": "yuexiu",
    "lonsun": "huaiyuan",
    "openness": "xuanzhou",
    "visionsite": "qingshui-tianshui",
    "truecms": "rudong",
    "epoint": "yunlong-xuzhou",
    "generic": UNKNOWN,
}


@dataclass(frozen=True)
class Tally:
    """What a crawl made of a portal's documents: how many there are, which were missed, which kept in vain."""

    portal: str
    reports: int
    missed: list[str]
    wrong: list[str]
    twice: list[str]
    others: int

    @property
    def ratio(self) -> float:
        """Requests that fetched neither a report nor its attachment, per report."""
        return self.others / max(self.reports, 1)


@dataclass(frozen=True)
class Wide:
    """The whole replica after a crawl."""

    ground: Ground
    results: dict[str, dict[str, Any]]
    tallies: dict[str, Tally]


def tally(ground: Ground, portal: Portal, government: bool = False) -> Tally:
    """Compare what is kept of a portal with its truth: with all of it, or with its own government's and office's."""
    rows = ground.rows("SELECT url, role FROM fetches WHERE portal = ? AND status IS NOT NULL", portal.slug)
    kept = {url for url, role in rows if role is not None}
    wanted = [report for report in portal.published if not government or _is_own_government(portal, report)]
    documents = [document for report in wanted for document in report.documents]
    known = {url for report in portal.published for url in report.urls}
    return Tally(
        portal=portal.slug,
        reports=len(wanted),
        missed=[d.urls[0] for d in documents if not kept & set(d.urls)],
        wrong=sorted(kept - known),
        twice=[d.urls[0] for d in documents if len(kept & set(d.urls)) > 1],
        others=sum(role is None for _, role in rows),
    )


def _is_own_government(portal: Portal, report: TrueReport) -> bool:
    return portal.name in report.unit and report.unit_level in ("prefecture", "county", "office")


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wide]:
    with Replica(latency=0.005, portals=WIDE) as web:
        ground = Ground(tmp_path_factory.mktemp("wide") / "data", web)
        results = ground.crawl()
        tallies = {portal.slug: tally(ground, portal) for portal in web.portals}
        print(_table(tallies))
        yield Wide(ground, results, tallies)
        assert web.failures == []


def _table(tallies: dict[str, Tally]) -> str:
    lines = ["", f"{'portal':20}{'reports':>8}{'missed':>8}{'wrong':>7}{'others':>8}{'per report':>12}"]
    for one in tallies.values():
        found = f"{one.reports:8}{len(one.missed):8}{len(one.wrong):7}{one.others:8}"
        lines.append(f"{one.portal:20}{found}{one.ratio:12.2f}")
    reports, missed = sum(t.reports for t in tallies.values()), sum(len(t.missed) for t in tallies.values())
    lines.append(f"{len(tallies)} portals, {reports} reports, {missed} documents missed")
    return "\n".join(lines)


def test_there_are_portals_of_every_family_and_enough_of_them(wide: Wide) -> None:
    assert len(wide.tallies) >= 20
    assert set(HOMES) == {family.name for family in FAMILIES}
    families = dict(wide.ground.rows("SELECT portal, cms FROM portals"))
    assert {name: families[portal] for name, portal in HOMES.items()} == {name: name for name in HOMES}


def test_the_reports_that_may_be_had_are_found(wide: Wide) -> None:
    documents = sum(len(report.documents) for report in wide.ground.web.truth)
    missed = [url for one in wide.tallies.values() for url in one.missed]
    assert len(missed) <= 0.02 * documents, missed
    for portal in all_portals():
        assert wide.tallies[portal.slug].missed == []


def test_nothing_else_is_kept_and_nothing_twice(wide: Wide) -> None:
    assert {one.portal: one.wrong for one in wide.tallies.values() if one.wrong} == {}
    assert {one.portal: one.twice for one in wide.tallies.values() if one.twice} == {}


def test_no_request_was_against_the_rules_nor_into_a_trap(wide: Wide) -> None:
    web = wide.ground.web
    assert web.unlawful() == []
    assert len(web.traps) > 30
    played = {portal.host for portal in web.portals} | {host.host for p in web.portals for host in p.hosts}
    assert {seen.host for seen in web.requests} <= played


def test_a_site_is_asked_one_thing_at_a_time(wide: Wide) -> None:
    assert wide.ground.web.overlaps() == []


def test_every_request_on_the_wire_is_a_row_with_what_was_sent(wide: Wide) -> None:
    # A tunnel that was refused carried no request: it is a row without a status.
    sent = [seen for seen in wide.ground.web.requests if seen.path]
    asked = sorted(url for (url,) in wide.ground.rows("SELECT url FROM fetches WHERE status IS NOT NULL"))
    assert asked == sorted(seen.url for seen in sent)
    refused = [seen.host for seen in wide.ground.web.requests if not seen.path]
    failed = wide.ground.rows("SELECT url FROM fetches WHERE purpose = 'robots' AND status IS NULL")
    assert {url.split("/")[2] for (url,) in failed} == set(refused) == {"www.putuo.gov.cn"}
    posts = [seen for seen in wide.ground.web.requests if seen.method == "POST"]
    rows = wide.ground.rows("SELECT url, sent FROM fetches WHERE method = 'POST' ORDER BY id")
    assert [url for url, _ in rows] == [seen.url for seen in posts]
    assert all(any(word in sent for word in ("pageIndex", "startrecord", "currpage")) for _, sent in rows)
    assert len({sent for _, sent in rows}) == len(rows) > 1


def test_few_requests_fetch_neither_report_nor_attachment(wide: Wide) -> None:
    large = [one for one in wide.tallies.values() if one.reports >= MANY]
    assert len(large) >= 3
    assert {one.portal: round(one.ratio, 2) for one in large if one.ratio > OTHERS_PER_REPORT} == {}


def test_a_family_nobody_has_met_is_found_by_the_generic_path(wide: Wide) -> None:
    one = wide.tallies[UNKNOWN]
    assert (one.missed, one.wrong, one.twice) == ([], [], [])
    assert one.reports >= MANY
    assert one.ratio <= OTHERS_PER_REPORT


def test_portals_end_as_what_they_are(wide: Wide) -> None:
    wanted = {"ok": ("done", "ok"), "blocked": ("blocked", "blocked"), "robots": ("blocked", "robots")}
    ends = {slug: (result["outcome"], result["status"]) for slug, result in wide.results.items()}
    assert ends == {portal.slug: wanted[portal.condition] for portal in wide.ground.web.portals}


def test_a_city_that_blocks_three_portals_is_left_alone(wide: Wide) -> None:
    assert wide.results["jinniu-chengdu"]["requests"] == 0
    told = wide.ground.rows("SELECT portal, message FROM problems WHERE code = 'platform_blocked'")
    assert [portal for portal, _ in told] == ["jinniu-chengdu"]
    assert all(name in told[0][1] for name in ("wuhou", "jinjiang-chengdu", "qingyang-chengdu"))


def test_each_kind_of_challenge_is_told_with_its_evidence_and_a_wait(wide: Wide) -> None:
    told = dict(wide.ground.rows("SELECT portal, message FROM problems WHERE code = 'challenge'"))
    evidence = {"wuhou": "$_ts", "jinjiang-chengdu": "521", "qingyang-chengdu": "acw_sc__v2"}
    assert {portal: mark for portal, mark in evidence.items() if mark not in told[portal]} == {}
    waits = wide.ground.rows(
        "SELECT julianday(blocked_until) - julianday(last_attempt) FROM portals WHERE blocked_until IS NOT NULL"
    )
    assert [round(days) for (days,) in waits] == [7] * 4


def test_bodies_without_a_report_are_seen_too(wide: Wide) -> None:
    names = {name for (name,) in wide.ground.rows("SELECT name FROM listed_units WHERE portal = 'jiangjin'")}
    assert {"区档案馆", "教育委员会", "区水利局"} <= names
    assert not {"区融媒体新闻中心", "走进江津", "政务公开"} & names


def test_the_government_s_column_alone_takes_few_requests(tmp_path: Path) -> None:
    with Replica(portals=WIDE) as web:
        ground = Ground(tmp_path / "data", web)
        ground.crawl(scope="government")
        tallies = {portal.slug: tally(ground, portal, government=True) for portal in web.portals}
        print(_table(tallies))
        assert web.unlawful() == []
    assert {one.portal: one.others for one in tallies.values() if one.others > GOVERNMENT_COLUMN} == {}
    assert [url for one in tallies.values() for url in one.missed] == []


def test_reports_before_a_year_are_left_out_by_every_family(tmp_path: Path) -> None:
    homes = tuple(dict.fromkeys(HOMES.values()))
    with Replica(portals=homes) as web:
        ground = Ground(tmp_path / "data", web)
        ground.crawl(since=2023)
        kept = ground.kept()
        old = [r.url for r in web.truth if r.year < 2023 and kept & set(r.urls)]
        missed = [r.url for r in web.truth if r.year >= 2023 and not kept & set(r.urls)]
    assert (old, missed) == ([], [])


def test_a_week_later_lists_of_every_kind_are_asked_for_news_alone(tmp_path: Path) -> None:
    with Replica(portals=("huaiyuan", "shengsi", "xinyuan", "yunlong-xuzhou")) as web:
        ground = Ground(tmp_path / "data", web)
        first = ground.crawl(now="2026-01-29T08:00:00Z")
        second = ground.crawl(now="2026-02-05T08:00:00Z")
        assert web.unlawful() == []
    for portal, result in second.items():
        assert (result["status"], result["new"]) == ("ok", 0), portal
        assert result["reports_found"] == first[portal]["reports_found"]
        assert result["requests"] < first[portal]["requests"] / 3


def test_what_a_budget_cut_off_is_told_in_the_line_and_in_the_archive(tmp_path: Path) -> None:
    portal = Portal("changan-shijiazhuang", "长安区", "http://www.sjzca.gov.cn/", adcode="130102", other_scheme="none")
    portal.html("/", "首页", pages.menu([Link("政府信息公开年报", "/nb/")]))
    rows = shelf(portal, "石家庄市长安区人民政府", "county", [2024], "/nb/{year}/{id}.html")
    rows += [Row(f"街道通讯第{number}期", f"/xw/{number}.html") for number in range(70)]
    for number in range(70):
        script = f'<script>createPageHTML(70,{number},"index","html")</script>'
        name = "index.html" if number == 0 else f"index_{number}.html"
        portal.html(f"/nb/{name}", "政府信息公开年报", pages.rows_html(rows[number : number + 1]) + script, DRESS)
    portal.put("/nb/", lambda: portal.answer(portal.scheme, "/nb/index.html"))
    with Replica(more=(portal,)) as web:
        ground = Ground(tmp_path / "data", web)
        result = ground.crawl()[portal.slug]
        asked = [seen.path for seen in web.requests if seen.path.startswith("/nb/")]
    told = ground.rows("SELECT url, message FROM problems WHERE code = 'budget'")
    assert (len(asked), result["reports_found"]) == (61, 1)
    assert result["cut_off"] == {"list pages": 10}
    assert told == [(portal.url("/nb/"), "the budget for list pages cut off 10 links")]
    assert "cut off by a budget: 10 list pages" in PortalResult(**result).line
