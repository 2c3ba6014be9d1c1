"""When two addresses are one page, and what stands under a column."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from crawler.urls import (
    canonical,
    column_prefix,
    host_of,
    is_beside,
    is_twin,
    is_under,
    natural_key,
    other_scheme,
    resolve,
    trap,
    without_session,
)

PAGE = "http://www.lihu.gov.cn/zwgk/nb/"


@pytest.mark.parametrize(
    ("trait", "twin"),
    [
        ("https", "https://www.lihu.gov.cn/zwgk/nb/"),
        ("index file", "http://www.lihu.gov.cn/zwgk/nb/index.html"),
        ("index file, other extension", "http://www.lihu.gov.cn/zwgk/nb/index.shtml"),
        ("fragment", "http://www.lihu.gov.cn/zwgk/nb/#top"),
        ("session in the path", "http://www.lihu.gov.cn/zwgk/nb/;jsessionid=A1B2"),
        ("session in the query", "http://www.lihu.gov.cn/zwgk/nb/?PHPSESSID=a1&_t=17"),
        ("upper-case host", "http://WWW.LIHU.gov.cn/zwgk/nb/"),
        ("port that says nothing", "http://www.lihu.gov.cn:80/zwgk/nb/"),
        ("bare host", "https://lihu.gov.cn/zwgk/nb/"),
        ("host for telephones", "http://m.lihu.gov.cn/zwgk/nb/"),
    ],
)
def test_twins_are_one_page(trait: str, twin: str) -> None:
    assert canonical(twin) == canonical(PAGE), trait


@pytest.mark.parametrize(
    "other",
    [f"{PAGE}?page=2", f"{PAGE}index_1.html", "http://www.lihu.gov.cn/zwgk/", "http://x.gov.cn/zwgk/nb/"],
)
def test_other_pages_are_not(other: str) -> None:
    assert canonical(other) != canonical(PAGE)


@pytest.mark.parametrize(
    ("page", "twin"),
    [
        (f"{PAGE}202401/t20240118_47.html", f"{PAGE}202401/t20240118_47_wap.html"),
        (f"{PAGE}2023/content/post_9438467.html", f"{PAGE}2023/content/mpost_9438467.html"),
    ],
)
def test_a_page_and_its_twin_for_telephones_are_one(page: str, twin: str) -> None:
    assert canonical(page) == canonical(twin)
    assert (is_twin(page), is_twin(twin)) == (False, True)


def test_units_on_hosts_of_their_own_are_no_twins() -> None:
    assert canonical("http://slj.lihu.gov.cn/") != canonical("http://www.lihu.gov.cn/")
    assert canonical("http://www.gov.cn/") != canonical("http://gov.cn/m/")


@pytest.mark.parametrize(
    "path",
    [
        "list.shtml?date=2024-05-01",
        "jsearchfront/search.do?q=a",
        "was5/web/search?a=1",
        "search/index.html",
        "hdjl/1.html",
        "gb2big5/zwgk/",
        "big5/www.lihu.gov.cn/",
        "zwgk/nb/?print=1",
        "print.aspx?id=3",
        "wza/index.html",
        "barrierfree/",
        "mobile/index.html",
        "login.jsp",
    ],
)
def test_what_leads_nowhere_is_a_trap(path: str) -> None:
    assert trap(f"http://www.lihu.gov.cn/{path}") is not None


@pytest.mark.parametrize("path", ["zwgk/nb/", "zwgk/printing/1.html", "tw/1.html", "zwgk/update/?id=2"])
def test_what_only_resembles_one_is_none(path: str) -> None:
    assert trap(f"http://www.lihu.gov.cn/{path}") is None


def test_an_address_is_asked_as_linked_less_its_session() -> None:
    assert without_session(f"{PAGE};jsessionid=A?b=2&a=1&_t=3#x") == f"{PAGE}?b=2&a=1"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./t1.html", f"{PAGE}t1.html"),
        ("..\\gk\\1.html", "http://www.lihu.gov.cn/zwgk/gk/1.html"),
        (" /a \n", "http://www.lihu.gov.cn/a"),
        ("a b.pdf", f"{PAGE}a%20b.pdf"),
        ("//x.gov.cn", "http://x.gov.cn/"),
        ("javascript:void(0)", None),
        ("http://x.gov.cn:port/", None),
        ("https://", None),
    ],
)
def test_resolve(href: str, url: str | None) -> None:
    assert resolve(PAGE, href) == url


def test_the_prefix_is_the_entry_s_folder() -> None:
    prefix = column_prefix(f"{PAGE}index.html")
    assert is_under(f"{PAGE}2024/1.html", prefix)
    assert is_under("https://www.lihu.gov.cn/zwgk/nb/2024/", prefix)
    assert not is_under("http://www.lihu.gov.cn/zwgk/nb2/", prefix)
    assert not is_under("http://x.gov.cn/zwgk/nb/", prefix)


def test_page_two_comes_before_page_ten() -> None:
    pages = [f"{PAGE}index_{page}.html" for page in (10, 2, 1)]
    assert sorted(pages, key=natural_key) == list(reversed(pages))


def test_hosts_and_schemes() -> None:
    assert host_of("https://WWW.Lihu.gov.cn:8080/") == "www.lihu.gov.cn"
    assert host_of("http://[::1") == ""
    assert other_scheme(PAGE) == "https://www.lihu.gov.cn/zwgk/nb/"
    assert other_scheme("https://a.gov.cn/") == "http://a.gov.cn/"


def test_an_address_longer_than_servers_take_is_none() -> None:
    assert resolve("http://www.lihu.gov.cn/", "/" + "1" * 5000) is None


HEBEI = "http://www.lihu.gov.cn/columns/8a7b6c5d-1111-4222-8333-94a5b6c7d8e9/index.html"


@pytest.mark.parametrize(
    ("trait", "page", "other", "expected"),
    [
        ("numbers", "/col/col44163/index.html", "/col/col9/index.html", True),
        ("uuids", HEBEI, "/columns/0f1e2d3c-aaaa-4bbb-8ccc-1234567890ab/index.html", True),
        ("rows of a database", "/gk/channel_c_5f9fa491ab327f36/", "/gk/channel_c_60ab12cd34ef56ab/", True),
        ("a name with a year", "/html/S/nb/index.html", "/html/S/nb2023/index.html", True),
        ("a name with a year and its letter", "/xxgknb/", "/xxgknb_2023n/", True),
        ("channels of one letter more", "/x/c112281a/list.shtml", "/x/c112283b/list.shtml", True),
        ("files of the root", "/xxgk-list-nb.html", "/xxgk-list-bmnb.html", True),
        ("codes in a parameter", "/?a=dir&p=D0104X", "/?a=dir&p=D02Y", True),
        ("one parameter more", "/list.asp?id=3", "/list.asp?id=3&unit=jyj", True),
        ("another name", "/zwgk/nb/", "/zwgk/jyj/", False),
        ("another file of the root", "/nb.html", "/jyj.html", False),
        ("the same query", "/?a=dir&p=D01", "/?a=dir&p=D01", False),
        ("another script", "/list.asp?id=3", "/view.asp?id=4", False),
        ("another kind of query", "/?a=dir&p=D01", "/?a=news&p=D02", False),
        ("another host", "/col/col1/", "http://jyj.lihu.gov.cn/col/col2/", False),
        ("words that hexadecimal digits spell", "/deadbeefcafe/", "/facade/", False),
    ],
)
def test_levels_of_a_column_lie_beside_it_where_addresses_say_nothing(
    trait: str, page: str, other: str, expected: bool
) -> None:
    here = urljoin("http://www.lihu.gov.cn/", page)
    assert is_beside(urljoin(here, other), column_prefix(here), here) is expected, trait
