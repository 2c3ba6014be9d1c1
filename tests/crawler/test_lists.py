"""The pages of a column's list: paged, in frames, without end, asked for by POST."""

from __future__ import annotations

import asyncio

from crawler.family import Request
from crawler.listings import listing
from crawler.web import Answer
from tests.crawler.fakes import (
    COLUMN,
    HOME,
    TITLE,
    WIDE,
    crawled,
    discovery,
    links,
    page,
    pdf,
    portal,
    report,
)


def test_pages_of_a_list_are_read_to_the_end() -> None:
    def part(number: int, script: str = "") -> Answer:
        row = links((TITLE.format(2010 + number), f"r{number}.html"), ("别的", f"x{number}.html"))
        return page(row + WIDE + script)

    script = '<script>createPageHTML(3,0,"index","html")</script>'
    pages = portal(**{"/gk/nb/": part(0, script), "/gk/nb/index_1.html": part(1), "/gk/nb/index_2.html": part(2)})
    pages |= {f"{COLUMN}r{n}.html": report(TITLE.format(2010 + n)) for n in range(3)}
    crawl, _, _ = crawled(pages)
    assert (len(crawl.reports), crawl.cms) == (3, "trs")


def test_a_list_that_answers_with_its_first_page_again_ends() -> None:
    script = '<script>createPageHTML(50,0,"index","html")</script>'
    first = page(links((TITLE.format(2024), "2024.html")) + WIDE + script)
    pages = portal(**{"/gk/nb/": first} | {f"/gk/nb/index_{n}.html": first for n in range(1, 50)})
    _, web, book = crawled(pages)
    assert sum("index_" in url for url in web.asked) == 1
    assert "repeats" in book.rows[2].reason or "repeats" in book.rows[3].reason


def test_a_list_s_last_page_may_be_short_when_a_report_stands_on_it() -> None:
    script = '<script>createPageHTML(4,0,"index","html")</script>'
    pages = portal(**{"/gk/nb/": page(links((TITLE.format(2024), "2024.html")) + script)})
    pages |= {f"{COLUMN}index_1.html": page(links((TITLE.format(2023), "2023.html")))}
    pages |= {f"{COLUMN}index_{number}.html": page(links(("首页", f"/{number}/"))) for number in (2, 3)}
    crawl, web, _ = crawled(pages)
    assert len(crawl.reports) == 2
    assert f"{COLUMN}index_2.html" in web.asked
    assert f"{COLUMN}index_3.html" not in web.asked


def frame(src: str) -> str:
    return f'<iframe src="{src}"></iframe>'


def test_a_list_in_a_frame_is_read_through_two_frames_at_most() -> None:
    row = links((TITLE.format(2024), "/gk/nb/2024.html"))
    pages = portal(**{"/gk/nb/": page(frame("/f1.html") + frame("http://www.dahe.gov.cn/top.html") + WIDE)})
    pages |= {f"{HOME}f1.html": page(frame("/f2.html") + WIDE), f"{HOME}f2.html": page(row + WIDE)}
    _, web, book = crawled(pages)
    assert book.kept == {f"{COLUMN}2024.html": "page"}
    assert not any("dahe" in url for url in web.asked)

    pages |= {f"{HOME}f2.html": page(frame("/f3.html") + WIDE), f"{HOME}f3.html": page(row + WIDE)}
    assert f"{HOME}f3.html" not in crawled(pages)[1].asked


def test_a_frame_that_has_only_another_frame_is_no_stub() -> None:
    pages = portal(**{"/gk/nb/": page(frame("/f1.html"))}) | {f"{HOME}f1.html": page(frame("/f2.html"))}
    pages |= {f"{HOME}f2.html": page(links((TITLE.format(2024), "/gk/nb/2024.html")))}
    assert crawled(pages)[2].kept == {f"{COLUMN}2024.html": "page"}


def test_a_row_that_leads_to_a_viewer_leads_to_the_file_it_shows() -> None:
    row = f'<li>{TITLE.format(2022)}<a href="/pdfjs/web/viewer.html?file=%2Ff%2F2022.pdf">查看</a></li>'
    _, web, book = crawled(portal(**{"/gk/nb/": page(row), "/f/2022.pdf": pdf()}))
    assert book.kept == {f"{HOME}f/2022.pdf": "attachment"}
    assert not any("viewer" in url for url in web.asked)


def test_a_page_between_the_list_and_the_report_may_say_no_more_than_read_it_here() -> None:
    title = TITLE.format(2022)
    whole = f"<p>全文如下：{links(('请点击查看全文', 'whole.html'))}</p>"
    between = page(f"<h1>{title}</h1>{whole}" + links(("办事指南", "zn.html")), title)
    pages = portal(**{"/gk/nb/": page(links((title, "a.html"))), "/gk/nb/a.html": between})
    pages[f"{COLUMN}whole.html"] = report("")
    _, web, book = crawled(pages)
    assert book.kept == {f"{COLUMN}whole.html": "page"}
    assert f"{COLUMN}zn.html" not in web.asked


def test_a_frame_of_a_page_that_lists_reports_itself_is_left_alone() -> None:
    rows = links((TITLE.format(2024), "2024.html")) + frame("/weather.html")
    assert f"{HOME}weather.html" not in crawled(portal(**{"/gk/nb/": page(rows)}))[1].asked


def test_a_second_page_by_another_name_is_asked_when_the_first_guess_is_not_there() -> None:
    script = "<script>createPageHTML('p', 2, 1, 'list', 'shtml', 15)</script>"
    pages = portal(**{"/gk/nb/": page(links((TITLE.format(2024), "2024.html")) + script)})
    pages[f"{COLUMN}list_1.shtml"] = page(links((TITLE.format(2023), "2023.html")) + WIDE)
    crawl, web, _ = crawled(pages)
    assert web.asked.index(f"{COLUMN}list_1.shtml") == web.asked.index(f"{COLUMN}list_2.shtml") + 1
    assert len(crawl.reports) == 2


def test_a_list_that_links_its_next_page_for_ever_ends_where_it_adds_nothing() -> None:
    def part(number: int) -> Answer:
        rows = links((TITLE.format(2024), "2024.html")) if number == 1 else links(("别的", "x.html"))
        return page(rows + links(("上一页", f"?p={number - 1}"), ("下一页", f"?p={number + 1}")) + WIDE + str(number))

    pages = portal(**{"/gk/nb/": part(1)}) | {f"{COLUMN}?p={number}": part(number) for number in range(2, 70)}
    _, web, book = crawled(pages)
    assert [url.removeprefix(COLUMN) for url in web.asked if "?p=" in url] == ["?p=2", "?p=3"]
    assert any("adds nothing" in row.reason for row in book.rows)


def test_what_a_post_sent_is_in_the_ledger() -> None:
    script = '<script src="/js/webBuilderCommon.js"></script>siteGuid="7e";deptcode="d";categorynum="003"'
    pages = portal(**{"/gk/nb/": page(script)})
    target = f"{HOME}EpointWebBuilder/rest/lightfrontaction/getgovinfolist"
    answer = f'{{"custom":{{"data":[{{"title":"{TITLE.format(2024)}","infourl":"/gk/nb/2024.html"}}]}}}}'
    found = Answer("", 200, {}, answer.encode())
    web_of = discovery(pages)
    web_of[1].pages |= {f"{target} {form.text}": found for form in (request.form for request in listed(script)) if form}
    asyncio.run(web_of[0].run())
    book = web_of[2]
    posts = [(row.url, row.sent) for row in book.rows if row.method == "POST"]
    assert [url for url, _ in posts] == [target]
    assert "pageIndex" in (posts[0][1] or "")
    assert f"{COLUMN}2024.html" in book.kept


def listed(script: str) -> tuple[Request, ...]:
    return listing(COLUMN, script).pages
