"""`nianbao status` after the web has changed: each portal is told for what it is, and its reports stay."""

from __future__ import annotations

import csv
import io
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.command import crawl, nianbao
from tests.replica import Replica, pages
from tests.replica.pages import Link, Row
from tests.replica.portal import Answer, Maker, Portal

HEALTHY, DEAD, EMPTIED, REDESIGNED, LOST, BLOCKED = "karuo", "jiangda", "hongze", "shapotou", "pingchuan", "hongqi"
ALL = (HEALTHY, DEAD, EMPTIED, REDESIGNED, LOST, BLOCKED)


def page(title: str, body: str) -> Maker:
    return lambda: Answer(pages.page("改版后的网站", title, body).encode())


def emptied() -> dict[str, Maker]:
    """The column is there, and nothing in it."""
    home = pages.menu([Link("政府信息公开年报", "/nb/")])
    return {"/": page("首页", home), "/nb/": page("政府信息公开年报", "<p>暂无内容</p>")}


def redesigned(portal: Portal) -> dict[str, Maker]:
    """All its reports at other addresses, under a home page and a column that are others too."""
    made: dict[str, Maker] = {"/": page("首页", pages.menu([Link("信息公开年报", "/xin/nb.html")]))}
    rows = []
    for number, report in enumerate(portal.published):
        path = report.documents[0].urls[0].removeprefix(portal.home.rstrip("/"))
        answer = portal.answer(portal.scheme, path)
        made[f"/xin/{number}.html"] = lambda answer=answer: answer  # type: ignore[misc]
        rows.append(Row(report.title, f"/xin/{number}.html"))
    return made | {"/xin/nb.html": page("信息公开年报", pages.rows_html(rows))}


def lost() -> dict[str, Maker]:
    """A home page from which nothing leads to a column."""
    return {"/": page("首页", pages.menu([Link("政务动态", "/dt/")]))}


def blocked() -> dict[str, Maker]:
    return {"/": lambda: Answer(b"<script>$_ts={}</script>", 412)}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], int]:
    """The data folder, the lines of status by portal, and its exit status, after a second crawl."""
    data = tmp_path_factory.mktemp("health") / "data"
    with Replica(portals=ALL) as web, ExitStack() as changes:
        assert crawl(web, data).returncode == 0
        by_slug = {portal.slug: portal for portal in web.portals}
        changes.enter_context(web.silent(DEAD))
        pages_now = {
            EMPTIED: emptied(),
            REDESIGNED: redesigned(by_slug[REDESIGNED]),
            LOST: lost(),
            BLOCKED: blocked(),
        }
        for slug, made in pages_now.items():
            changes.enter_context(by_slug[slug].playing(made))
        assert crawl(web, data).returncode == 1
        assert web.failures == []
    ran = nianbao("status", "--data", data)
    lines = {line.split(" ")[0]: line for line in ran.stdout.splitlines()}
    return data, lines, ran.returncode


Told = tuple[Path, dict[str, str], int]


@pytest.mark.parametrize(
    ("slug", "state", "words"),
    [
        (HEALTHY, "ok", "its known lists were looked at"),
        (DEAD, "unreachable", "answered 502"),
        (EMPTIED, "broken", "emptied: no report found on a portal that had some"),
        (REDESIGNED, "ok", "redesigned: none of the"),
        (LOST, "broken", "redesigned: no column of reports found"),
        (BLOCKED, "blocked", "412 challenge"),
    ],
)
def test_each_portal_is_told_for_what_it_is(told: Told, slug: str, state: str, words: str) -> None:
    line = told[1][slug]
    assert f": {state}; " in line
    assert words in line


def test_last_success_is_apart_from_last_attempt_and_no_report_is_lost(told: Told) -> None:
    _, lines, code = told
    for slug in (DEAD, EMPTIED, LOST, BLOCKED):
        assert "last success 20" in lines[slug]
        assert "; 0 reports" not in lines[slug]
    assert "not asked before 20" in lines[BLOCKED]
    assert code == 1


def test_expectations_are_suggested_from_the_last_complete_crawl(told: Told) -> None:
    ran = nianbao("portals", "expect", HEALTHY, REDESIGNED, "--data", told[0])
    assert ran.returncode == 0
    lines = list(csv.DictReader(io.StringIO(ran.stdout)))
    assert [line["portal"] for line in lines] == [HEALTHY, REDESIGNED]
    assert all(int(line["expect_min"]) >= 1 and line["expect_since"] for line in lines)


def test_an_unknown_portal_has_no_expectations(told: Told) -> None:
    assert nianbao("portals", "expect", "nowhere", "--data", told[0]).returncode == 2
    ran = nianbao("portals", "expect", "nowhere", HEALTHY, "--data", told[0])
    assert (ran.returncode, "no such portal" in ran.stderr) == (1, True)
