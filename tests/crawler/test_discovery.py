"""From a home page to its reports, on portals that nobody has met."""

from __future__ import annotations

import asyncio

import pytest

from crawler.discovery import Discovery, Wanted
from crawler.family import Form
from crawler.web import Answer
from tests.crawler.fakes import (
    COLUMN,
    HOME,
    SIGNED,
    TITLE,
    WIDE,
    DictWeb,
    MemoryBook,
    Pages,
    crawled,
    discovery,
    links,
    page,
    pdf,
    portal,
    redirect,
    report,
)


def test_reports_are_found_with_few_requests() -> None:
    crawl, web, book = crawled(portal())
    assert book.kept == {f"{COLUMN}2024.html": "page", f"{COLUMN}2023.html": "page"}
    assert web.asked == [HOME, COLUMN, f"{COLUMN}2023.html", f"{COLUMN}2024.html"]
    assert (len(crawl.reports), crawl.columns, crawl.new, crawl.stopped) == (2, 1, 2, None)


def test_every_request_is_a_row_with_its_purpose_and_reason() -> None:
    _, web, book = crawled(portal())
    assert [row.url for row in book.rows] == web.asked
    assert [row.purpose for row in book.rows] == ["home", "column", "report", "report"]
    assert all(row.reason for row in book.rows)
    assert book.rows[2].parent_url == COLUMN
    assert book.rows[2].anchor == TITLE.format(2023)


def test_the_column_is_found_through_hubs() -> None:
    pages = portal(**{"/gk/": page(links(("政府信息公开指南", "zn/"), ("政府信息公开年报", "nb/")))})
    pages[HOME] = page(links(("政务公开", "/gk/"), ("网站地图", "/map/")))
    crawl, web, _ = crawled(pages)
    assert len(crawl.reports) == 2
    assert f"{HOME}map/" not in web.asked


def test_what_a_budget_cuts_off_is_counted() -> None:
    script = '<script>createPageHTML(99,0,"index","html")</script>'
    pages = portal(**{"/gk/nb/": page(links((TITLE.format(2024), "2024.html")) + script)})
    pages |= {f"{COLUMN}index_{n}.html": page(links(("别的", f"x{n}.html")) + WIDE) for n in range(1, 99)}
    crawl, web, _ = crawled(pages, Wanted("government"))
    assert sum("index_" in url for url in web.asked) == 59
    assert len(crawl.reports) == 1


def test_a_report_that_is_page_and_file_is_one() -> None:
    tail = links(
        ("附件：里湖区2024年政府信息公开工作年度报告.pdf", "./P02.pdf"),
        ("附件：2022年年报.doc", "./2022.doc"),
    )
    pages = portal(**{"/gk/nb/2024.html": report(TITLE.format(2024), tail), "/gk/nb/P02.pdf": pdf()})
    crawl, web, book = crawled(pages)
    assert book.kept[f"{COLUMN}P02.pdf"] == "attachment"
    assert len(crawl.reports) == 2
    assert f"{COLUMN}2022.doc" not in web.asked


def test_a_page_with_the_title_alone_still_gives_its_files() -> None:
    bare = page(f"<h1>{TITLE.format(2024)}</h1>" + links(("点击下载", "P02.pdf")), TITLE.format(2024))
    _, _, book = crawled(portal(**{"/gk/nb/2024.html": bare, "/gk/nb/P02.pdf": pdf()}))
    assert book.kept[f"{COLUMN}P02.pdf"] == "attachment"
    assert f"{COLUMN}2024.html" not in book.kept


def test_a_list_may_lead_straight_to_a_file() -> None:
    _, _, book = crawled(portal(**{"/gk/nb/2024.html": pdf()}))
    assert book.kept[f"{COLUMN}2024.html"] == "attachment"


def test_an_error_page_in_a_file_s_place_is_not_kept() -> None:
    tail = links(("附件.pdf", "P02.pdf"))
    pages = portal(**{"/gk/nb/2024.html": report(TITLE.format(2024), tail), "/gk/nb/P02.pdf": page("页面不存在")})
    _, _, book = crawled(pages)
    assert f"{COLUMN}P02.pdf" not in book.kept
    assert book.outcomes()[f"{COLUMN}P02.pdf"] == ["error"]


def test_a_title_may_lead_to_a_list_of_its_year() -> None:
    year = page(links((TITLE.format(2024), "r.html"), ("里湖区教育局2024年政府信息公开年报", "e.html")))
    pages = portal(**{"/gk/nb/2024/": year, "/gk/nb/2024/r.html": report("甲"), "/gk/nb/2024/e.html": report("乙")})
    pages[COLUMN] = page(links(("2024年政府信息公开年度报告", "2024/")))
    crawl, _, _ = crawled(pages)
    assert len(crawl.reports) == 2


def test_a_look_alike_under_a_cut_title_is_not_kept() -> None:
    cut = page(links(("里湖区人民政府2024年政府信息公开…", "2024.html")))
    drawn = report("【图解】" + TITLE.format(2024))
    _, _, book = crawled(portal(**{"/gk/nb/": cut, "/gk/nb/2024.html": drawn}))
    assert book.kept == {}


def test_a_soft_404_is_learned_once_and_not_kept() -> None:
    missing = page("<ul><li>首页</li></ul><p>页面不存在</p>")
    pages = portal(**{"/gk/nb/2024.html": missing, "/gk/nb/2023.html": missing})
    crawl, _, web, book = (*_with_default(pages, missing),)
    assert crawl.reports == set()
    assert book.outcomes()[f"{COLUMN}2024.html"] == book.outcomes()[f"{COLUMN}2023.html"] == ["soft_404"]
    assert [row.purpose for row in book.rows].count("probe") == 1
    assert len(web.asked) == 5


def _with_default(pages: Pages, missing: Answer) -> tuple[Discovery, None, DictWeb, MemoryBook]:
    """A crawl of a host that answers every unknown address with this page."""
    crawl, web, book = discovery(pages)
    known = web.get

    async def get(url: str, form: Form | None = None, referer: str | None = None) -> Answer:
        answer = await known(url, form)
        return answer if answer.status != 404 else Answer(url, 200, missing.headers, missing.body)

    web.get = get  # type: ignore[method-assign]  # the same web, with another page for what is missing
    asyncio.run(crawl.run())
    return crawl, None, web, book


def test_an_address_sent_to_the_home_page_is_missing() -> None:
    _, _, book = crawled(portal(**{"/gk/nb/2024.html": redirect("/")}))
    assert book.outcomes()[HOME][-1] == "soft_404"


def test_links_out_of_scope_are_told_and_never_asked() -> None:
    outside = "http://www.lihu.gov.cn.example.com/2022.html"
    rows = links((TITLE.format(2024), "2024.html"), (TITLE.format(2022), outside), ("友情链接", "http://example.org/"))
    _, web, book = crawled(portal(**{"/gk/nb/": page(rows)}))
    assert book.problems == [("off_site", outside)]
    assert all(url.startswith(HOME) for url in web.asked)


def test_http_and_https_twins_are_asked_once() -> None:
    rows = links((TITLE.format(2024), "2024.html"), (TITLE.format(2024), f"{COLUMN}2024.html".replace("http", "https")))
    crawl, web, _ = crawled(portal(**{"/gk/nb/": page(rows)}))
    assert len(crawl.reports) == 1
    assert len(web.asked) == 3


def test_since_leaves_older_titles_alone() -> None:
    crawl, web, _ = crawled(portal(), Wanted(since=2024))
    assert len(crawl.reports) == 1
    assert f"{COLUMN}2023.html" not in web.asked


def test_a_column_whose_reports_are_all_too_old_is_a_column_found() -> None:
    crawl, web, _ = crawled(portal(), Wanted(since=2030))
    assert (len(crawl.reports), crawl.columns) == (0, 1)
    assert f"{HOME}gk/" not in web.asked


def test_government_scope_keeps_to_the_government_s_column() -> None:
    menu = links(("政府信息公开年报", "/gk/nb/"), ("部门信息公开年报", "/gk/bm/"), ("部门信息公开", "/bm/"))
    pages = portal(**{"/gk/bm/": page(links(("里湖区教育局2024年政府信息公开年报", "e.html")))}) | {HOME: page(menu)}
    assert f"{HOME}gk/bm/" not in crawled(pages, Wanted("government"))[1].asked
    assert f"{HOME}gk/bm/" in crawled(pages)[1].asked


def test_gbk_that_says_utf_8_is_read() -> None:
    body = page(links((TITLE.format(2024), "2024.html"))).body.decode().encode("gb18030")
    headers = {"content-type": "text/html; charset=utf-8"}
    crawl, _, _ = crawled(portal(**{"/gk/nb/": Answer("", 200, headers, body)}))
    assert len(crawl.reports) == 1


def test_a_title_without_a_report_is_told() -> None:
    _, _, book = crawled(portal(**{"/gk/nb/2024.html": page("<h1>2024</h1><img src=1.jpg>" + WIDE)}))
    assert book.problems == [("title_without_report", f"{COLUMN}2024.html")]


def test_what_keeps_a_crawl_from_its_column_is_remembered() -> None:
    forbidden = Answer("", failure="robots", reason="robots.txt disallows", refusal="disallowed")
    crawl, _, _ = crawled(portal(**{"/gk/nb/": forbidden}))
    assert (crawl.stopped, crawl.hindered, len(crawl.reports)) == (None, "robots", 0)


def test_the_same_portal_is_asked_in_the_same_order() -> None:
    assert crawled(portal())[1].asked == crawled(portal())[1].asked


def test_a_report_whose_own_title_is_too_old_is_not_kept() -> None:
    rows = links(("里湖区政府信息公开工作年度报告（最新）", "2024.html"), (TITLE.format(2024), "2023.html"))
    pages = portal(**{"/gk/nb/": page(rows), "/gk/nb/2023.html": report(TITLE.format(2019))})
    _, web, book = crawled(pages, Wanted(since=2023))
    assert f"{COLUMN}2023.html" in web.asked
    assert f"{COLUMN}2023.html" not in book.kept


def test_a_page_of_a_column_that_is_a_report_without_saying_so_is_kept_and_told() -> None:
    years = page(links(("2023年", "2023/"), ("2022年", "2022/")))
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page(links(("政府信息公开年报", "nb/"))),
        f"{HOME}nb/": years,
        f"{HOME}nb/2023/": page(f"<h1>里湖区人民政府</h1>{SIGNED}"),
        f"{HOME}nb/2022/": page("<h1>里湖区人民政府</h1><p>没有内容</p>"),
    }
    found, _, book = discovery(pages)
    asyncio.run(found.run())
    assert book.kept == {f"{HOME}nb/2023/": "page"}
    assert ("report_without_title", f"{HOME}nb/2023/") in book.problems


@pytest.mark.parametrize("word", ["查看", "下载", "点击查看", "[查看详情]"])
def test_a_link_that_only_says_look_is_called_as_its_row_is(word: str) -> None:
    row = "<tr><td>1</td><td>{}</td><td>2025-01-20</td><td><a href='{}.html'>{}</a></td></tr>"
    table = "".join(row.format(TITLE.format(year), year, word) for year in (2023, 2024))
    pages = portal(**{"/gk/nb/": page(f"<table><tr><td>标题</td></tr>{table}</table>")})
    assert sorted(crawled(pages)[2].kept) == [f"{COLUMN}2023.html", f"{COLUMN}2024.html"]


@pytest.mark.parametrize(
    "shell", ["<meta http-equiv='refresh' content='0;url=/f/a.pdf'>", "<script>location.href='/f/a.pdf'</script>"]
)
def test_a_shell_behind_a_title_may_lead_to_a_file(shell: str) -> None:
    pages = portal(**{"/gk/nb/2024.html": page(shell), "/f/a.pdf": pdf()})
    assert crawled(pages)[2].kept[f"{HOME}f/a.pdf"] == "attachment"
