"""Where a portal begins: home pages that are silent, refused, gone, shells of others, or challenges."""

from __future__ import annotations

from crawler.web import Answer
from tests.crawler.fakes import (
    HOME,
    SILENT,
    Pages,
    crawled,
    links,
    page,
    pdf,
    portal,
)


def test_the_other_scheme_is_tried_once_when_the_home_page_is_silent() -> None:
    https = HOME.replace("http", "https")
    crawl, web, _ = crawled({HOME: SILENT, https: page(links(("政府信息公开年报", "/gk/nb/")))})
    assert web.asked[:4] == [HOME, HOME, HOME, https]
    assert crawl.stopped is None

    crawl, web, _ = crawled({HOME: SILENT, https: SILENT})
    assert crawl.stopped is not None
    assert crawl.stopped.trouble == "no_answer"
    assert len(web.asked) == 6


def test_a_home_page_that_is_gone_or_no_page() -> None:
    for answer, trouble in ((page("", status=404), "gone"), (pdf(), "error")):
        crawl, _, _ = crawled({HOME: answer})
        assert crawl.stopped is not None
        assert crawl.stopped.trouble == trouble


def test_a_shell_leads_to_the_home_page_in_two_hops_at_most() -> None:
    def shell(to: str) -> Answer:
        return page(f'<meta http-equiv="refresh" content="0;url={to}">')

    pages = portal(**{"/a/": shell("/b/"), "/b/": page(links(("政府信息公开年报", "/gk/nb/")))}) | {HOME: shell("/a/")}
    crawl, _, book = crawled(pages)
    assert len(crawl.reports) == 2
    assert [row.outcome for row in book.rows[:2]] == ["redirect", "redirect"]

    endless: Pages = {
        HOME: shell("/a/"),
        f"{HOME}a/": shell("/b/"),
        f"{HOME}b/": shell("/c/"),
        f"{HOME}c/": page("x"),
    }
    assert f"{HOME}c/" not in crawled(endless)[1].asked


def test_a_shell_that_leads_to_another_site_is_not_followed() -> None:
    _, web, _ = crawled({HOME: page('<meta http-equiv="refresh" content="0;url=http://www.dahe.gov.cn/">')})
    assert web.asked == [HOME]


def test_a_home_page_that_is_refused_is_blocked() -> None:
    crawl, _, _ = crawled({HOME: page("<h1>403</h1>", status=403)})
    assert crawl.stopped is not None
    assert crawl.stopped.trouble == "blocked"


def test_a_robots_refusal_of_the_home_page_ends_the_portal() -> None:
    refused = Answer("", failure="robots", reason="robots.txt disallows", refusal="disallowed")
    crawl, web, _ = crawled({HOME: refused})
    assert crawl.stopped is not None
    assert crawl.stopped.trouble == "robots"
    assert web.asked == [HOME]


def test_a_home_page_of_scripts_alone_is_blocked_with_its_evidence() -> None:
    crawl, web, book = crawled({HOME: page("<script>var a=1;document.cookie='x='+a;location.reload()</script>")})
    assert crawl.stopped is not None
    assert crawl.stopped.trouble == "blocked"
    assert "scripts alone" in str(crawl.stopped)
    assert book.problems == [("challenge", HOME)]
    assert [row.outcome for row in book.rows] == ["blocked"]
    assert len(web.asked) == 1
