"""How lists are paged: a pure function of a page, per family."""

from __future__ import annotations

import pytest

from crawler.family import Request
from crawler.listings import listing

URL = "http://www.lihu.gov.cn/zwgk/nb/"


def pages(html: str, url: str = URL) -> list[str]:
    return [page.url.removeprefix(URL) for page in listing(url, html).pages]


@pytest.mark.parametrize(
    ("trait", "script", "expected"),
    [
        ("createPageHTML", 'createPageHTML(3,0,"index","html");', ["index_1.html", "index_2.html"]),
        ("createPage", "createPage(3, 0, 'index', 'htm')", ["index_1.htm", "index_2.htm"]),
        ("other order", 'createPageHTML(3,"index","shtml",0)', ["index_1.shtml", "index_2.shtml"]),
        ("with rows", 'createPageHTML(2, 0, "index", "html", 20)', ["index_1.html"]),
        ("another prefix", 'createPageHTML(2,0,"nblist","shtml")', ["nblist_1.shtml"]),
        ("one page", 'createPageHTML(1,0,"index","html")', []),
        ("script inside a comment", '<!--\ncreatePageHTML(2,0,"index","html");\n//-->', ["index_1.html"]),
        (
            "inline countPage",
            'var countPage = 3; for(i=1;i<countPage;i++) document.write("index_"+i+".html");',
            ["index_1.html", "index_2.html"],
        ),
    ],
)
def test_trs(trait: str, script: str, expected: list[str]) -> None:
    found = listing(URL, f"<script>{script}</script>")
    assert found.family == "trs", trait
    assert [page.url.removeprefix(URL) for page in found.pages] == expected


@pytest.mark.parametrize(
    ("trait", "script"),
    [
        ("pages of an article", 'createPageHTML(2,0,"t20190918_693227","shtml")'),
        ("a definition", "function createPageHTML(total, current, name, ext) {}"),
    ],
)
def test_what_is_no_trs_list(trait: str, script: str) -> None:
    assert listing(URL, f"<script>{script}</script>").pages == (), trait


@pytest.mark.parametrize(
    ("trait", "html", "expected"),
    [
        ("next", "<a href='?page=2'>下一页</a>", ["?page=2"]),
        (
            "下页 and 尾页",
            "<a href='list_2.html'>下页</a><a href='list_4.html'>尾页</a>",
            ["list_2.html", "list_4.html"],
        ),
        ("rel=next", "<link rel='next' href='?p=2'>", ["?p=2"]),
        (
            "numbers",
            "<a href='list_2.html'>2</a><a href='list_3.html'>[3]</a>",
            ["list_2.html", "list_3.html"],
        ),
        (
            "numbers in their order",
            "".join(f"<a href='list-{n}.html'>{n}</a>" for n in (10, 2, 9)),
            ["list-2.html", "list-9.html", "list-10.html"],
        ),
        (
            "a total implies the pages between",
            "<a href='?pageIndex=2'>2</a><a href='?pageIndex=2'>下一页</a><span>共 4 页</span>",
            ["?pageIndex=2", "?pageIndex=3", "?pageIndex=4"],
        ),
        ("a total without a known page implies nothing", "共9页 <a href='javascript:go(2)'>下一页</a>", []),
        ("another list's number", "<a href='/other/list_2.html'>2</a>", []),
        ("another host's", "<a href='http://x.gov.cn/zwgk/nb/?page=2'>下一页</a>", []),
        ("a day of a calendar", "<a href='?day=2'>2</a>", []),
        ("an article", "<a href='t20240101_22.html'>下一篇</a>", []),
    ],
)
def test_generic(trait: str, html: str, expected: list[str]) -> None:
    found = listing(URL, html)
    assert found.family == "generic"
    assert [page.url.removeprefix(URL) for page in found.pages] == expected, trait


def test_a_query_that_names_the_list_stays() -> None:
    url = "http://www.lihu.gov.cn/News/List?cat=118"
    html = "<a href='/News/List?cat=118&page=2'>下一页</a><a href='/News/List?cat=3&page=2'>2</a>"
    assert listing(url, html).pages == (Request("http://www.lihu.gov.cn/News/List?cat=118&page=2"),)


def test_a_number_behind_a_list_s_numbered_name_pages_it() -> None:
    html = "<a href='62030_2.html'>下一页</a><a href='62030_4.html'>末页</a><a href='62031.html'>2</a>"
    for url in ("http://www.lihu.gov.cn/channels/62030.html", "http://www.lihu.gov.cn/channels/62030_3.html"):
        asked = [page.url.rpartition("/")[2] for page in listing(url, html).pages]
        assert {"62030_2.html", "62030_4.html"} <= set(asked)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="?page=%C2%B2">2</a>',
        'createPageHTML(\u00b2,0,"index","html")',
        f'createPageHTML({"9" * 5000},0,"index","html")',
        f'var countPage = {"9" * 5000}; document.write("index_"+i+".html")',
        'createPageHTML(5,0,"//[","html")',
        'createPageHTML(5,0,"http://www.elsewhere.gov.cn/x","html")',
        f'<a href="/{"1" * 50_000}x">2</a>',
        "<a " * 300_000,
        "createPage(" * 100_000,
    ],
)
def test_a_hostile_pager_implies_no_page_elsewhere_and_no_error(html: str) -> None:
    pages = listing("http://www.lihu.gov.cn/nb/index.html", html).pages
    assert all(page.url.startswith("http://www.lihu.gov.cn/nb/") for page in pages)
