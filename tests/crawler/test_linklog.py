"""What a crawl leaves in the table `links`: what became of each link, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from archive.ledger import Link
from crawler.discovery import Wanted
from crawler.harvest import Anchor
from crawler.linklog import BATCH, LinkLog
from crawler.links import Place, judge
from crawler.web import Answer
from tests.crawler.fakes import HOME, discovery, links, page, report

SITE = "lihu.gov.cn"


def decisions(pages: dict[str, Answer | list[Answer]], wanted: Wanted | None = None) -> dict[str, Link]:
    under_way, _, book = discovery(pages, wanted=wanted)
    asyncio.run(under_way.run())
    return {link.anchor: link for link in book.judged}


def test_each_promising_link_has_what_became_of_it() -> None:
    found = decisions(
        {
            HOME: page(links(("政府信息公开年报", "nb/"), ("首页", "/"), ("通知公告", "tz/"))),
            f"{HOME}nb/": page(
                links(
                    ("里湖区2023年政府信息公开工作年度报告", "1.html"),
                    ("里湖区2012年政府信息公开工作年度报告", "2.html"),
                    ("里湖区2023年政府信息公开工作年度报告解读", "3.html"),
                    ("里湖区2023年法治政府建设年度报告", "4.html"),
                    ("里湖区2022年政府信息公开工作年度报告", "http://www.lihu.example/5.html"),
                    ("政府信息公开指南", "6.html"),
                )
            ),
            f"{HOME}nb/1.html": report("里湖区2023年政府信息公开工作年度报告"),
        },
        Wanted(since=2019),
    )
    assert {anchor: link.decision for anchor, link in found.items()} == {
        "政府信息公开年报": "followed",
        "里湖区2023年政府信息公开工作年度报告": "followed",
        "里湖区2012年政府信息公开工作年度报告": "skipped",
        "里湖区2023年政府信息公开工作年度报告解读": "veto",
        "里湖区2023年法治政府建设年度报告": "veto",
        "里湖区2022年政府信息公开工作年度报告": "off_site",
    }
    assert found["里湖区2012年政府信息公开工作年度报告"].reason.endswith("; before 2019")
    column = found["政府信息公开年报"]
    assert (column.kind, column.score, column.parent_url, column.depth) == ("column", 125, HOME, 0)
    assert found["里湖区2023年法治政府建设年度报告"].column_prefix == "www.lihu.gov.cn/nb/"


def test_a_budget_is_the_reason_of_what_it_cut_off() -> None:
    many = {f"政府信息公开{'专栏平台'[n % 2 * 2 :][:2]}": f"h{n}/" for n in range(2)}
    pages: dict[str, Answer | list[Answer]] = {HOME: page(links(*((label, href) for label, href in many.items())))}
    under_way, _, book = discovery(pages)
    under_way.frontier.budget = type(under_way.frontier.budget)(hubs=1)
    asyncio.run(under_way.run())
    assert sorted((link.decision, link.reason.partition("; ")[2]) for link in book.judged) == [
        ("budget", "budget: hubs"),
        ("followed", ""),
    ]


def test_a_portal_that_is_left_leaves_its_queue_behind() -> None:
    blocked = page("<script>$_ts={}</script>", status=412)
    found = decisions(
        {
            HOME: page(links(("政府信息公开年报", "nb/"), ("政府信息公开", "gk/"), ("政务公开", "zw/"))),
            f"{HOME}nb/": blocked,
            f"{HOME}gk/": blocked,
        }
    )
    assert [found[label].decision for label in ("政府信息公开年报", "政府信息公开")] == ["followed", "followed"]
    assert found["政务公开"].decision == "skipped"
    assert found["政务公开"].reason.endswith("the crawl ended before")


def test_rows_are_written_in_batches_and_once() -> None:
    batches: list[int] = []

    def write(rows: Sequence[Link]) -> None:
        batches.append(len(rows))

    log, place = LinkLog(write), Place(0, SITE)
    for number in [*range(BATCH + 10), 3]:
        anchor = Anchor(f"{HOME}{number}.html", "里湖区2023年法治政府建设年度报告")
        log.passed_over(judge(anchor, place, SITE), place, HOME)
    log.close()
    log.close()
    assert batches == [BATCH, 10]
