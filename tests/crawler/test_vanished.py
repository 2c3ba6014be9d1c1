"""Reports known from before to which nothing leads any more are asked for, and count for nothing."""

from __future__ import annotations

import asyncio

from crawler.skeleton import skeleton
from tests.crawler.fakes import COLUMN, HOME, TITLE, discovery, page, portal, report

GONE, UNLISTED = f"{COLUMN}2020.html", f"{COLUMN}2021.html"
LISTED = f"{COLUMN}2024.html"


def test_what_nothing_leads_to_is_asked_for_and_its_answer_written_down() -> None:
    crawl, web, book = discovery(portal() | {UNLISTED: report(TITLE.format(2021)), GONE: page("404", status=404)})
    asyncio.run(crawl.run())
    before, found, new = list(web.asked), set(crawl.reports), crawl.new
    asyncio.run(crawl.look_again([(LISTED,), (GONE,), (UNLISTED,)]))
    assert sorted(web.asked[len(before) :]) == [GONE, UNLISTED]
    assert book.outcomes()[GONE] == ["gone"]
    assert book.kept[UNLISTED] == "page"
    # A list that broke must not look sound because old addresses still answer.
    assert (crawl.reports, crawl.new) == (found, new)


def test_a_report_met_under_one_of_its_addresses_is_not_asked_for_under_the_others() -> None:
    crawl, web, _ = discovery(portal())
    asyncio.run(crawl.run())
    before = list(web.asked)
    asyncio.run(crawl.look_again([(LISTED, GONE), (LISTED.replace("http:", "https:"),)]))
    assert web.asked == before


def test_addresses_out_of_scope_are_not_asked_for() -> None:
    crawl, web, _ = discovery(portal())
    asyncio.run(crawl.run())
    before = list(web.asked)
    asyncio.run(crawl.look_again([("http://www.example.com/nb/2020.html",)]))
    assert web.asked == before


def row(year: int, tag: str = "li") -> str:
    return f'<{tag}><a href="{HOME}{year}.html">{TITLE.format(year)}</a><img src="new.gif"></{tag}>'


def test_the_shape_of_a_list_is_that_of_its_links_and_not_their_number() -> None:
    short, long = (f"<ul>{''.join(map(row, range(first, 2025)))}</ul>" for first in (2023, 2010))
    assert skeleton(short) == skeleton(long) == skeleton(short.replace('<img src="new.gif">', ""))
    redesigned = "<table><tr>" + "".join(row(year, "td") for year in range(2023, 2025)) + "</tr></table>"
    assert skeleton(redesigned) != skeleton(short)


def test_a_list_that_led_to_reports_is_written_down_with_its_shape() -> None:
    crawl, _, book = discovery(portal())
    asyncio.run(crawl.run())
    assert list(book.lists) == [COLUMN]
