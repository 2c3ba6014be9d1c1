"""A crawl that comes back looks at the known pages of a portal's columns, and asks for what is new on them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from urllib.parse import quote

from archive.memory import Known, KnownPage, Memory, Pass
from crawler.discovery import Discovery, Wanted
from crawler.returning import Returning
from crawler.web import Answer
from tests.crawler.fakes import HOME, DictWeb, MemoryBook, discovery, links, page, report

NB = f"{HOME}nb/"
TITLE = "里湖县{}{}年政府信息公开工作年度报告"
UNITS = tuple(f"{name}局" for name in ("教育", "民政", "司法", "水务", "统计", "审计"))


def known(url: str, parent: str, unit: str, year: int) -> Known:
    return Known(url, "report", parent, TITLE.format(unit, year), "2026-01-05T08:00:00Z", True)


def memory(by_unit: bool = True, requests: int = 60, passes: int = 0) -> Memory:
    """A column by units, each with its reports up to 2024; or one list of all."""
    pages, documents = [KnownPage(NB, HOME, "政府信息公开年报")], list[Known]()
    for at, unit in enumerate(UNITS):
        here = f"{NB}{at}/" if by_unit else NB
        if by_unit:
            pages.append(KnownPage(here, NB, unit))
        documents += [known(f"{NB}{at}/{year}.html", here, unit, year) for year in range(2019, 2025)]
    return Memory(tuple(documents), tuple(pages), Pass("2026-01-05T08:00:00Z", requests), passes)


def unit_page(at: int, years: range) -> Answer:
    return page(links(*((TITLE.format(UNITS[at], year), f"{year}.html") for year in years)))


def web(latest: dict[int, int] | None = None) -> dict[str, Answer | list[Answer]]:
    """The portal as it is now; `latest` has the last year of units that have filed."""
    pages: dict[str, Answer | list[Answer]] = {NB: page(links(*((unit, f"{at}/") for at, unit in enumerate(UNITS))))}
    for at, unit in enumerate(UNITS):
        last = (latest or {}).get(at, 2024)
        pages[f"{NB}{at}/"] = unit_page(at, range(2019, last + 1))
        pages |= {f"{NB}{at}/{year}.html": report(TITLE.format(unit, year)) for year in range(2025, last + 1)}
    return pages


def comes_back(
    pages: dict[str, Answer | list[Answer]], remembered: Memory, wanted: Wanted | None = None
) -> tuple[Discovery, DictWeb, MemoryBook]:
    crawl, asked, book = discovery(pages, wanted=wanted)
    crawl.returning = Returning(remembered, "2026-01-12T08:00:00Z")
    crawl.leads.returning = crawl.known_lists.returning = crawl.returning
    asyncio.run(crawl.run())
    return crawl, asked, book


def test_nothing_new_costs_no_more_than_a_tenth() -> None:
    crawl, asked, _ = comes_back(web(), memory())
    assert (crawl.whole, len(crawl.reports)) == (False, 36)
    assert asked.asked == [NB, *(f"{NB}{at}/" for at in range(5))]


def test_a_unit_that_has_filed_pays_for_looks_at_the_others() -> None:
    crawl, asked, book = comes_back(web({0: 2025, 5: 2025}), memory(requests=40))
    assert sorted(book.kept) == [f"{NB}0/2025.html", f"{NB}5/2025.html"]
    assert not crawl.whole
    assert len(asked.asked) == 9


def test_every_unit_s_turn_comes() -> None:
    found = [comes_back(web({5: 2025}), memory(requests=40, passes=passes))[2].kept for passes in range(3)]
    assert [len(kept) for kept in found] == [0, 0, 1]


def test_a_page_of_the_column_that_leads_nowhere_any_more_has_the_portal_read_through() -> None:
    pages = web() | {f"{NB}0/": page("<p>网站改版</p>"), HOME: page(links(("政府信息公开年报", "nb/")))}
    assert comes_back(pages, memory())[0].whole


def test_a_column_whose_menu_alone_is_left_has_the_portal_read_through() -> None:
    moved = page(links(("政府信息公开年报", "/nb/"), (TITLE.format("教育局", 2024), "/v2/1.html")))
    pages = {NB: moved, f"{HOME}v2/1.html": report("甲"), HOME: page(links(("政府信息公开年报", "nb/")))}
    assert comes_back(dict(pages), memory(by_unit=False))[0].whole


def test_a_level_that_was_empty_when_it_was_new_is_looked_at_again() -> None:
    remembered = memory()
    remembered = replace(remembered, pages=(*remembered.pages, KnownPage(f"{NB}6/", NB, "档案局", led=False)))
    pages = web() | {
        f"{NB}6/": page(links(("里湖县档案局2025年政府信息公开工作年度报告", "1.html"))),
        f"{NB}6/1.html": report("里湖县档案局2025年政府信息公开工作年度报告"),
    }
    assert list(comes_back(pages, replace(remembered, passes=1))[2].kept) == [f"{NB}6/1.html"]
    # Empty still, it says nothing of the others.
    assert not comes_back(pages | {f"{NB}6/": page("<p>暂无内容</p>")}, replace(remembered, passes=1))[0].whole


def test_the_latest_year_that_was_not_there_is_asked_for_again_and_an_older_one_is_not() -> None:
    remembered = memory()
    dead = [KnownPage(f"{NB}{year}/", NB, f"{year}年", led=False, can_be_asked=False) for year in (2018, 2025)]
    tabs = links(*((unit, f"{at}/") for at, unit in enumerate(UNITS)), ("2018年", "2018/"), ("2025年", "2025/"))
    asked = comes_back(web() | {NB: page(tabs)}, replace(remembered, pages=(*remembered.pages, *dead)))[1].asked
    assert f"{NB}2025/" in asked
    assert f"{NB}2018/" not in asked


def test_a_list_that_a_form_gets_is_looked_at_by_way_of_its_page() -> None:
    interface = f"{HOME}EpointWebBuilder/rest/lightfrontaction/getgovinfolist"
    script = '<script src="/js/webBuilderCommon.js"></script>siteGuid="7e";deptcode="d";categorynum="003"'
    rows = ",".join(
        f'{{"title":"{TITLE.format("教育局", year)}","infourl":"/nb/{year}.html"}}' for year in (2023, 2024, 2025)
    )
    fields = '{"siteGuid": "7e", "deptcode": "d", "categorynum": "003", "pageIndex": 0, "pageSize": 20}'
    sent = f"params={quote(fields).replace('%20', '+')}"
    pages = {
        NB: page(script),
        f"{interface} {sent}": Answer("", 200, {}, f'{{"custom":{{"data":[{rows}]}}}}'.encode()),
        f"{NB}2025.html": report(TITLE.format("教育局", 2025)),
    }
    remembered = Memory(
        tuple(known(f"{NB}{year}.html", interface, "教育局", year) for year in (2023, 2024)),
        (KnownPage(NB, HOME, "政府信息公开年报"), KnownPage(interface, NB, "政府信息公开年报", False, False)),
        Pass("2026-01-05T08:00:00Z", 40),
    )
    crawl, _, book = comes_back(dict(pages), remembered)
    assert (crawl.whole, list(book.kept)) == (False, [f"{NB}2025.html"])
    assert list(book.lists) == [NB]


def test_years_before_the_one_wanted_are_left_alone() -> None:
    pages = web() | {NB: page(links(*((unit, f"{at}/") for at, unit in enumerate(UNITS)), ("2018年", "2018/")))}
    assert f"{NB}2018/" in comes_back(pages, memory())[1].asked
    assert f"{NB}2018/" not in comes_back(pages, memory(), Wanted(since=2023))[1].asked


def test_what_a_crawl_that_read_the_portal_through_left_alone_is_left_alone() -> None:
    tabs = links(*((unit, f"{at}/") for at, unit in enumerate(UNITS)))
    foreign = links(("省政府信息公开年报", "http://www.dahe.gov.cn/nb/"), ("年报", "/qy/1.html"))
    asked = comes_back(web() | {NB: page(tabs + foreign)}, memory())[1].asked
    assert not [url for url in asked if "dahe" in url or "qy" in url]


def test_a_new_unit_beside_its_column_is_told_from_the_portal_s_menu_by_the_home_page() -> None:
    column = f"{HOME}col/col7/index.html"
    documents = tuple(known(f"{HOME}art/{year}.html", column, "教育局", year) for year in range(2019, 2025))
    remembered = Memory(
        documents,
        (
            KnownPage(column, HOME, "政府信息公开年报"),
            KnownPage(f"{HOME}col/col8/index.html", column, "教育局", led=False),
        ),
        Pass("2026-01-05T08:00:00Z", 60),
    )
    rows = links(*((TITLE.format("教育局", year), f"/art/{year}.html") for year in range(2019, 2025)))
    tabs = links(("公安局", "/col/col1/index.html"), ("统计局", "/col/col9/index.html"))
    title = TITLE.format("统计局", 2025)
    pages = {
        column: page(rows + tabs),
        HOME: page(links(("政府信息公开年报", "/col/col7/index.html"), ("公安局", "/col/col1/index.html"))),
        f"{HOME}col/col9/index.html": page(links((title, "/art/9.html"))),
        f"{HOME}art/9.html": report(title),
    }
    crawl, asked, book = comes_back(dict(pages), remembered)
    assert (crawl.whole, list(book.kept)) == (False, [f"{HOME}art/9.html"])
    assert f"{HOME}col/col1/index.html" not in asked.asked
    silent = pages | {HOME: page("", status=500)}
    assert comes_back(dict(silent), remembered)[2].kept == {}
