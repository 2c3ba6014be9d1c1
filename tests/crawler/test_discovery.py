"""From a home page to its reports, on portals that nobody has met."""

from __future__ import annotations

import asyncio

import pytest

from crawler.discovery import Discovery, Wanted
from crawler.family import Form, Request
from crawler.listings import listing
from crawler.web import Answer
from tests.crawler.fakes import (
    HOME,
    SIGNED,
    SILENT,
    DictWeb,
    MemoryBook,
    discovery,
    links,
    page,
    pdf,
    redirect,
    report,
)

TITLE = "里湖区{}年政府信息公开工作年度报告"
COLUMN = f"{HOME}gk/nb/"
WIDE = "<p>" + "湖" * 400 + "</p>"

Pages = dict[str, Answer | list[Answer]]
EVERYTHING = Wanted()


def crawled(pages: Pages, wanted: Wanted = EVERYTHING, home: str = HOME) -> tuple[Discovery, DictWeb, MemoryBook]:
    crawl, web, book = discovery(pages, home, wanted)
    asyncio.run(crawl.run())
    return crawl, web, book


def portal(**more: Answer | list[Answer]) -> Pages:
    """A home page, a column of two reports, and pages by path."""
    pages: Pages = {
        HOME: page(links(("要闻", "/xw/"), ("政府信息公开年报", "/gk/nb/"), ("政务公开", "/gk/"))),
        COLUMN: page(links((TITLE.format(2024), "2024.html"), (TITLE.format(2023), "2023.html"))),
        f"{COLUMN}2024.html": report(TITLE.format(2024)),
        f"{COLUMN}2023.html": report(TITLE.format(2023)),
    }
    return pages | {f"{HOME}{path.removeprefix('/')}": answer for path, answer in more.items()}


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


def test_years_and_units_of_the_column_are_expanded() -> None:
    rows = links(("2023年", "2023/"), ("部门", "bm/"), ("2023年", "/other/2023/"))
    pages = portal(**{"/gk/nb/": page(rows + links((TITLE.format(2024), "2024.html")))})
    pages[f"{COLUMN}2023/"] = page(links((TITLE.format(2023), "../2023.html")))
    pages[f"{COLUMN}bm/"] = page(links(("里湖区教育局2024年政府信息公开年报", "e.html")))
    pages[f"{COLUMN}bm/e.html"] = report("里湖区教育局2024年政府信息公开年报")
    crawl, web, _ = crawled(pages)
    assert len(crawl.reports) == 3
    assert f"{HOME}other/2023/" not in web.asked


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


def test_the_same_portal_is_asked_in_the_same_order() -> None:
    assert crawled(portal())[1].asked == crawled(portal())[1].asked


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


def test_a_report_whose_own_title_is_too_old_is_not_kept() -> None:
    rows = links(("里湖区政府信息公开工作年度报告（最新）", "2024.html"), (TITLE.format(2024), "2023.html"))
    pages = portal(**{"/gk/nb/": page(rows), "/gk/nb/2023.html": report(TITLE.format(2019))})
    _, web, book = crawled(pages, Wanted(since=2023))
    assert f"{COLUMN}2023.html" in web.asked
    assert f"{COLUMN}2023.html" not in book.kept


def test_a_year_of_a_column_before_the_one_wanted_is_not_opened() -> None:
    rows = links((TITLE.format(2024), "2024.html"), ("2019年", "2019/"), ("2023年", "2023/"))
    pages = portal(**{"/gk/nb/": page(rows), "/gk/nb/2023/": page(links((TITLE.format(2023), "../2023.html")))})
    asked = crawled(pages, Wanted(since=2022))[1].asked
    assert f"{COLUMN}2023/" in asked
    assert f"{COLUMN}2019/" not in asked


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


def test_a_home_page_of_scripts_alone_is_blocked_with_its_evidence() -> None:
    crawl, web, book = crawled({HOME: page("<script>var a=1;document.cookie='x='+a;location.reload()</script>")})
    assert crawl.stopped is not None
    assert crawl.stopped.trouble == "blocked"
    assert "scripts alone" in str(crawl.stopped)
    assert book.problems == [("challenge", HOME)]
    assert [row.outcome for row in book.rows] == ["blocked"]
    assert len(web.asked) == 1


def test_counties_of_a_city_s_column_are_its_levels() -> None:
    rows = links((TITLE.format(2024), "2024.html"), ("湖东县", "hdx/"), ("湖西区", "/hxq/"))
    county = "湖东县2024年政府信息公开工作年度报告"
    pages = portal(**{"/gk/nb/": page(rows), "/gk/nb/hdx/": page(links((county, "1.html")))})
    pages[f"{COLUMN}hdx/1.html"] = report(county)
    _, web, book = crawled(pages)
    assert f"{COLUMN}hdx/1.html" in book.kept
    assert f"{HOME}hxq/" not in web.asked
    assert f"{COLUMN}hdx/" not in crawled(pages, Wanted("government"))[1].asked


def beside(labels: dict[str, str], at: str = "col/col7/index.html", menu: str = "", more: str = "") -> Pages:
    """A column whose address is a number, and levels that are its neighbours; each leads to a report of its own."""
    tabs = links(*((label, f"/{path}") for path, label in labels.items()))
    pages: Pages = {HOME: page(links(("政府信息公开年报", f"/{at}")) + menu), f"{HOME}{at}": page(tabs + more)}
    for number, (path, label) in enumerate(labels.items()):
        title = f"里湖区{label}2024年政府信息公开工作年度报告"
        pages[f"{HOME}{path}"] = page(links((title, f"/art/{number}.html")))
        pages[f"{HOME}art/{number}.html"] = report(title)
    return pages


def test_levels_lie_beside_a_column_whose_address_is_a_number() -> None:
    labels = {"col/col8/index.html": "2023年", "col/col9/index.html": "教育局", "col/col10/index.html": "更多>>"}
    assert len(crawled(beside(labels))[2].kept) == 3
    by_query = {"list.aspx?cid=8": "2023年", "list.aspx?cid=9": "教育局"}
    assert len(crawled(beside(by_query, "list.aspx?cid=7"))[2].kept) == 2


def test_what_stands_in_the_portal_s_menu_or_is_called_otherwise_is_no_level_beside_a_column() -> None:
    labels = {"col/col8/index.html": "公安局", "col/col9/index.html": "通知公告", "zwgk/8/index.html": "2022年"}
    pages = beside(labels, menu=links(("公安局", "/col/col8/index.html")))
    assert crawled(pages)[2].kept == {}


def test_levels_that_lead_to_nothing_are_given_up_after_a_few() -> None:
    labels = {f"col/col{number}/index.html": f"{number}号局" for number in range(20, 60)}
    labels = {
        path: f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'东南西北'[number // 10]}局" for number, path in enumerate(labels)
    }
    pages = beside(labels) | {f"{HOME}{path}": page("<p>机构职能</p>" + WIDE) for path in labels}
    asked = crawled(pages)[1].asked
    assert len([url for url in asked if "/col/col" in url and "col7" not in url]) == 4


def test_the_government_s_column_alone_takes_years_beside_it_and_no_units() -> None:
    labels = {"col/col8/index.html": "2023年", "col/col9/index.html": "教育局"}
    asked = crawled(beside(labels), Wanted("government"))[1].asked
    assert f"{HOME}col/col8/index.html" in asked
    assert f"{HOME}col/col9/index.html" not in asked


def test_years_stand_in_a_drop_down_list_and_below_a_file_of_the_root() -> None:
    choices = '<option>选择</option><option value="all">全部</option><option value="/nb/2023.htm">2023年</option>'
    pages = {
        HOME: page(links(("政府信息公开年报", "/nb.htm"))),
        f"{HOME}nb.htm": page(f"<select>{choices}</select>"),
        f"{HOME}nb/2023.htm": page(links((TITLE.format(2023), "/r.htm"))),
        f"{HOME}r.htm": report(TITLE.format(2023)),
    }
    _, web, book = crawled(dict(pages))
    assert list(book.kept) == [f"{HOME}r.htm"]
    assert f"{HOME}all" not in web.asked


def test_what_only_labels_speak_for_does_not_branch_for_ever() -> None:
    pages = beside({"col/col8/index.html": "更多>>"})
    for number in range(8, 60):
        more = links(("更多>>", f"/col/col{number + 1}/index.html"), ("水务局", f"/col/col{number + 100}/index.html"))
        pages[f"{HOME}col/col{number}/index.html"] = page(more + WIDE + str(number))
    asked = crawled(pages)[1].asked
    assert [url for url in asked if "/col/" in url and "col7" not in url] == [f"{HOME}col/col8/index.html"]


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


@pytest.mark.parametrize("label", ["{}年", "里湖区人民政府{}年政府信息公开工作年度报告"])
def test_a_column_that_is_its_newest_report_names_the_others_beside_it(label: str) -> None:
    others = links(*((label.format(year), f"{year}.html") for year in (2023, 2022)))
    pages = portal(**{"/gk/nb/": report(TITLE.format(2024), others), "/gk/nb/2022.html": report(TITLE.format(2022))})
    assert sorted(crawled(pages)[2].kept) == [COLUMN, f"{COLUMN}2022.html", f"{COLUMN}2023.html"]
