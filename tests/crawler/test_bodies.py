"""Which labels of menus and directories name a body, and what a crawl does with the bodies it sees."""

from __future__ import annotations

import asyncio

import pytest

from crawler.bodies import body_name, same_body
from crawler.discovery import Wanted
from crawler.minisite import MiniSite
from crawler.web import Answer
from tests.crawler.fakes import HOME, DictWeb, MemoryBook, discovery, links, page, report

TITLE = "里湖区{}{}年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("教育局", "教育局"),
        ("区教育局信息公开目录", "区教育局"),
        ("里湖区 住房和城乡建设局", "里湖区住房和城乡建设局"),
        ("城关镇政府信息公开年报", "城关镇"),
        ("向阳街道办事处", "向阳街道办事处"),
        ("经济开发区管委会", "经济开发区管委会"),
        ("区政府办公室", "区政府办公室"),
    ],
)
def test_labels_that_name_a_body(label: str, name: str) -> None:
    assert body_name(label) == name


@pytest.mark.parametrize(
    "label",
    [
        "部门",
        "区政府部门",
        "乡镇（街道）",
        "街道办事处",
        "各乡镇",
        "镇街道",
        "政府部门及直属机构",
        "开发区",
        "办事大厅",
        "新闻中心",
        "互动中心",
        "首页",
        "我要咨询教育局",
        "里湖区人民政府",
        "部门信息公开",
        "教育局召开培训会议",
        "信息公开年报",
        "局",
        "2024年",
    ],
)
def test_labels_that_name_none(label: str) -> None:
    assert body_name(label) is None


def test_names_of_one_body_differ_in_the_area_before_them_alone() -> None:
    assert same_body("教育局", "里湖区教育局")
    assert not same_body("教育局", "教育体育局")


def test_own_pages_are_a_folder_or_a_host() -> None:
    folder = MiniSite("教育局", f"{HOME}bm/jyj/index.html", "www.lihu.gov.cn")
    assert folder.holds(f"{HOME}bm/jyj/zwgk/")
    assert not folder.holds(f"{HOME}bm/czj/")
    host = MiniSite("水利局", "http://slj.lihu.gov.cn/", "www.lihu.gov.cn")
    assert host.holds("http://slj.lihu.gov.cn/zwgk/")
    assert not host.holds(f"{HOME}zwgk/")


def portal() -> dict[str, Answer | list[Answer]]:
    """A column of the government's, a directory of three bodies, two with own pages and one report each."""
    menu = (("政府信息公开年报", "/nb/"), ("部门信息公开", "/bm/"))
    bodies = (("教育局", "/bm/jyj/"), ("水利局", "http://slj.lihu.gov.cn/"), ("档案馆", "/bm/daj/"), ("要闻", "/xw/"))
    education, water = TITLE.format("教育局", 2024), TITLE.format("水利局", 2024)
    return {
        HOME: page(links(*menu)),
        f"{HOME}nb/": page(links((TITLE.format("", 2024), "/nb/1.html"))),
        f"{HOME}nb/1.html": report(TITLE.format("", 2024)),
        f"{HOME}bm/": page(links(*menu, *bodies)),
        f"{HOME}bm/jyj/": page(links(*menu, ("政务公开", "/zwgk/"), ("政府信息公开", "/bm/jyj/gk/"))),
        f"{HOME}bm/jyj/gk/": page(links(*menu, ("信息公开年报", "/bm/jyj/gk/nb/"))),
        f"{HOME}bm/jyj/gk/nb/": page(links((education, "/bm/jyj/gk/nb/1.html"))),
        f"{HOME}bm/jyj/gk/nb/1.html": report(education),
        "http://slj.lihu.gov.cn/": page(links((water, "/1.html"), ("下一页", "/?page=2"))),
        "http://slj.lihu.gov.cn/?page=2": page(links((TITLE.format("水利局", 2023), "/2.html"))),
        "http://slj.lihu.gov.cn/1.html": report(water),
        "http://slj.lihu.gov.cn/2.html": report(TITLE.format("水利局", 2023)),
        f"{HOME}bm/daj/": page(links(*menu, *((f"政务公开{n}", f"/bm/daj/{n}/") for n in range(9)))),
    }


def crawled(pages: dict[str, Answer | list[Answer]], wanted: Wanted | None = None) -> tuple[DictWeb, MemoryBook]:
    crawl, web, book = discovery(pages, wanted=wanted)
    asyncio.run(crawl.run())
    return web, book


def test_bodies_of_a_directory_are_looked_up_on_their_own_pages() -> None:
    web, book = crawled(portal())
    assert set(book.kept) == {
        f"{HOME}nb/1.html",
        f"{HOME}bm/jyj/gk/nb/1.html",
        "http://slj.lihu.gov.cn/1.html",
        "http://slj.lihu.gov.cn/2.html",
    }
    # What the portal's menu leads to is no business of a unit's budget.
    assert f"{HOME}zwgk/" not in web.asked


def test_bodies_are_taken_down_with_or_without_a_report() -> None:
    _, book = crawled(portal())
    seen = {unit.name: (unit.level, unit.evidence, unit.seen_on) for unit in book.units}
    assert seen == dict.fromkeys(("教育局", "水利局", "档案馆"), ("department", "directory", f"{HOME}bm/"))


def test_the_government_s_column_alone_asks_no_body() -> None:
    web, book = crawled(portal(), Wanted("government"))
    assert set(book.kept) == {f"{HOME}nb/1.html"}
    assert not any("/bm/" in url or "slj" in url for url in web.asked)


def test_a_body_that_a_column_shows_is_not_looked_up_again() -> None:
    pages = portal()
    own = TITLE.format("教育局", 2023)
    pages[f"{HOME}nb/"] = page(links((TITLE.format("", 2024), "/nb/1.html"), ("教育局", "/nb/jyj/")))
    pages[f"{HOME}nb/jyj/"] = page(links((own, "/nb/jyj/1.html")))
    pages[f"{HOME}nb/jyj/1.html"] = report(own)
    web, book = crawled(pages)
    assert f"{HOME}nb/jyj/1.html" in book.kept
    assert f"{HOME}bm/jyj/" not in web.asked
    assert {unit.name: unit.evidence for unit in book.units}["教育局"] == "column"


def test_a_unit_s_column_kept_elsewhere_is_followed_from_the_report_column() -> None:
    pages = portal()
    own = TITLE.format("财政局", 2023)
    rows = links((TITLE.format("", 2024), "/nb/1.html"), ("财政局", "/czj/xxgknb/"), ("统计局", "/tjj/news/"))
    pages[f"{HOME}nb/"] = page(rows)
    pages[f"{HOME}czj/xxgknb/"] = page(links((own, "/czj/xxgknb/1.html")))
    pages[f"{HOME}czj/xxgknb/1.html"] = report(own)
    web, book = crawled(pages)
    assert f"{HOME}czj/xxgknb/1.html" in book.kept
    assert f"{HOME}tjj/news/" not in web.asked
