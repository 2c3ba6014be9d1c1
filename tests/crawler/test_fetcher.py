"""Asking: retries, redirects, slowing down and challenges, every request a row."""

from __future__ import annotations

import asyncio

import pytest

from crawler.discovery import Discovery
from crawler.fetcher import SILENCES, Body, NoBody, PortalStoppedError
from crawler.frontier import Purpose, Task
from crawler.web import Answer
from tests.crawler.fakes import HOME, SILENT, DictWeb, MemoryBook, discovery, page, redirect

URL = f"{HOME}nb/"
BAD = page("bad gateway", status=502)


def fetch(
    pages: dict[str, Answer | list[Answer]], purpose: Purpose = "column", url: str = URL
) -> tuple[Body | NoBody, DictWeb, MemoryBook, Discovery]:
    crawl, web, book = discovery(pages)
    return asyncio.run(crawl.fetcher.fetch(Task(url, purpose, 100, ""))), web, book, crawl


def test_a_page_comes_and_is_left_to_be_judged() -> None:
    got, _, book, _ = fetch({URL: page("甲")})
    assert isinstance(got, Body)
    assert (got.url, got.kind, book.rows) == (URL, "text/html", [])


@pytest.mark.parametrize("first", [SILENT, BAD])
def test_silence_and_5xx_are_asked_again_with_a_rest(first: Answer) -> None:
    got, web, book, _ = fetch({URL: [first, page("甲")]})
    assert isinstance(got, Body)
    assert web.asked == [URL, URL]
    assert [row.outcome for row in book.rows] == ["error"]


def test_two_retries_are_enough() -> None:
    got, web, book, _ = fetch({URL: SILENT})
    assert isinstance(got, NoBody)
    assert got.trouble == "no_answer"
    assert len(web.asked) == len(book.rows) == 3


@pytest.mark.parametrize(("status", "outcome"), [(404, "gone"), (410, "gone"), (403, "error"), (400, "error")])
def test_what_a_server_refuses_is_asked_once(status: int, outcome: str) -> None:
    got, web, book, _ = fetch({URL: page("no", status=status)})
    assert isinstance(got, NoBody)
    assert web.asked == [URL]
    assert book.outcomes() == {URL: [outcome]}


def test_each_hop_of_a_redirect_is_a_row() -> None:
    got, _, book, _ = fetch({URL: redirect("/zw/"), f"{HOME}zw/": redirect("/zw/nb/"), f"{HOME}zw/nb/": page("甲")})
    assert isinstance(got, Body)
    assert got.redirected
    assert [(row.url, row.final_url, row.outcome) for row in book.rows] == [
        (URL, f"{HOME}zw/", "redirect"),
        (f"{HOME}zw/", f"{HOME}zw/nb/", "redirect"),
    ]


def test_a_redirect_to_itself_that_sets_a_cookie_is_followed() -> None:
    got, web, _, _ = fetch({URL: [redirect(URL, cookie=True), page("甲")]})
    assert isinstance(got, Body)
    assert web.asked == [URL, URL]


def test_http_to_https_is_no_circle() -> None:
    https = URL.replace("http", "https")
    got, _, _, _ = fetch({URL: redirect(https), https: [redirect(https, cookie=True), page("甲")]})
    assert isinstance(got, Body)


@pytest.mark.parametrize("cookie", [False, True])
def test_a_circle_ends(cookie: bool) -> None:
    got, web, book, _ = fetch({URL: redirect(URL, cookie)})
    assert isinstance(got, NoBody)
    assert len(web.asked) <= 3
    assert book.rows[-1].outcome == "error"


def test_a_chain_of_redirects_ends() -> None:
    pages: dict[str, Answer | list[Answer]] = {f"{HOME}{n}/": redirect(f"/{n + 1}/") for n in range(20)}
    got, web, _, _ = fetch(pages, url=f"{HOME}0/")
    assert isinstance(got, NoBody)
    assert len(web.asked) == 6


@pytest.mark.parametrize("location", ["javascript:1", "http://", "ftp://www.lihu.gov.cn/"])
def test_a_redirect_to_no_address(location: str) -> None:
    got, _, book, _ = fetch({URL: redirect(location)})
    assert isinstance(got, NoBody)
    assert book.outcomes() == {URL: ["error"]}


def test_a_redirect_out_of_scope_is_a_problem_and_no_request() -> None:
    outside = "http://www.lihu.gov.cn.example.com/"
    refused = Answer("", failure="off_site", reason="not asked")
    got, _, book, _ = fetch({URL: redirect(outside), outside: refused})
    assert isinstance(got, NoBody)
    assert book.problems == [("off_site", outside)]
    assert book.outcomes() == {URL: ["redirect"]}


def test_a_robots_refusal_is_a_row_without_a_status() -> None:
    got, _, book, _ = fetch({URL: Answer("", failure="robots", reason="disallowed", refusal="disallowed")})
    assert isinstance(got, NoBody)
    assert got.trouble == "robots"
    assert [(row.outcome, row.status) for row in book.rows] == [("robots", None)]


def test_a_body_too_large_is_not_asked_for_again() -> None:
    got, web, book, _ = fetch({URL: Answer("", failure="too_large", reason="larger than 64 MB")})
    assert isinstance(got, NoBody)
    assert len(web.asked) == 1
    assert book.rows[0].reason == "larger than 64 MB"


def test_the_home_page_s_challenge_ends_the_portal() -> None:
    with pytest.raises(PortalStoppedError, match="412"):
        fetch({HOME: page("", status=412)}, "home", HOME)


def test_a_second_challenge_ends_the_portal() -> None:
    crawl, web, book = discovery({URL: page("", status=521), f"{URL}2": page("", status=521)})

    async def twice() -> None:
        assert isinstance(await crawl.fetcher.fetch(Task(URL, "column", 1, "")), NoBody)
        with pytest.raises(PortalStoppedError):
            await crawl.fetcher.fetch(Task(f"{URL}2", "column", 1, ""))

    asyncio.run(twice())
    assert len(web.asked) == 2
    assert [code for code, _ in book.problems] == ["challenge", "challenge"]


def test_another_host_s_challenges_end_only_that_host() -> None:
    other = "http://gk.lihu.gov.cn/"
    crawl, web, _ = discovery({f"{other}{n}": page("", status=412) for n in range(3)})

    async def thrice() -> None:
        for number in range(3):
            assert isinstance(await crawl.fetcher.fetch(Task(f"{other}{number}", "hub", 1, "")), NoBody)

    asyncio.run(thrice())
    assert len(web.asked) == 2


def busy(status: int, seconds: str) -> Answer:
    return Answer("", status, {"retry-after": seconds})


def test_a_busy_site_is_left_to_rest_and_asked_again() -> None:
    got, _, book, crawl = fetch({URL: [busy(429, "40"), page("甲")]})
    assert isinstance(got, Body)
    assert crawl.sites.of("www.lihu.gov.cn").rest_until == 40.0
    assert [row.status for row in book.rows] == [429]


@pytest.mark.parametrize(("status", "trouble"), [(429, "blocked"), (503, "no_answer")])
def test_a_site_that_stays_busy_is_left_alone(status: int, trouble: str) -> None:
    with pytest.raises(PortalStoppedError) as stop:
        fetch({URL: busy(status, "1")})
    assert stop.value.trouble == trouble


def test_a_site_that_falls_silent_is_left_alone() -> None:
    crawl, web, _ = discovery({f"{URL}{n}": SILENT for n in range(20)})

    async def many() -> None:
        for number in range(20):
            await crawl.fetcher.fetch(Task(f"{URL}{number}", "report", 1, ""))

    with pytest.raises(PortalStoppedError, match="in a row"):
        asyncio.run(many())
    assert len(web.asked) == SILENCES * 3
