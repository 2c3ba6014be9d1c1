"""Challenges, shells and soft 404s, as they look."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.obstacles import (
    blocked_until,
    challenge,
    fingerprint,
    is_soft_404,
    probe_url,
    retry_after,
    script_stub,
    shell_target,
)

URL = "http://www.lihu.gov.cn/"
WORDS = "<p>" + "里湖区今年修了三条路，栽了九百棵树，办了十七场读书会。" * 20 + "</p>"


@pytest.mark.parametrize(
    ("trait", "status", "text"),
    [
        ("412 with its script", 412, '<script>$_ts=window["$_ts"]</script>'),
        ("412 alone", 412, ""),
        ("468", 468, ""),
        ("521 with a cookie script", 521, "<script>document.cookie='__jsl_clearance_s=1'</script>"),
        ("512", 512, ""),
        ("200 with acw_sc__v2", 200, "<script>var arg1='0A1B2C3D4E5F60718293A4B5C6D7E8F901234567';</script>"),
        ("200 with $_ts", 200, "<html><script>$_ts = {}</script></html>"),
        ("202 with $_ts", 202, "<script>$_ts={}</script>"),
        ("403 by a firewall", 403, "<h1>请求被阻断</h1>"),
    ],
)
def test_challenges(trait: str, status: int, text: str) -> None:
    assert challenge(status, {}, text) is not None, trait


@pytest.mark.parametrize(
    ("trait", "status", "headers", "text"),
    [
        ("an ordinary cookie", 200, {"set-cookie": "acw_tc=76b20f; HttpOnly"}, WORDS),
        ("a page that writes about it", 200, {}, WORDS + "<p>acw_sc__v2 是什么</p>"),
        ("a plain 403", 403, {}, "<h1>403 Forbidden</h1>"),
        ("a missing page", 404, {}, "<h1>404</h1>"),
        ("a page", 200, {}, WORDS),
    ],
)
def test_what_is_no_challenge(trait: str, status: int, headers: dict[str, str], text: str) -> None:
    assert challenge(status, headers, text) is None, trait


@pytest.mark.parametrize(
    ("trait", "html", "target"),
    [
        ("meta refresh", '<meta http-equiv="refresh" content="0;url=/zw/index.html">', "/zw/index.html"),
        ("refresh in quotes", "<META HTTP-EQUIV=Refresh CONTENT=\"1; URL='zw/'\">", "/zw/"),
        ("location.href", "<script>window.location.href='zw/'</script>", "/zw/"),
        ("location.replace", "<script>location.replace('/zw/')</script>", "/zw/"),
        ("frame", "<frameset><frame src='main.html'></frameset>", "/main.html"),
        (
            "a frame behind that of the head",
            "<frameset><frame name='topFrame' src='a.html'><frame src='/main.html'></frameset>",
            "/main.html",
        ),
        ("no frame but the head's", "<frameset><frame src='/top.html'></frameset>", "/top.html"),
        ("iframe", "<body><iframe src=/main.jsp></iframe></body>", "/main.jsp"),
    ],
)
def test_shells(trait: str, html: str, target: str) -> None:
    assert shell_target(URL, html) == f"http://www.lihu.gov.cn{target}", trait


@pytest.mark.parametrize(
    ("trait", "html"),
    [
        ("a slow refresh renews a page", f'<meta http-equiv="refresh" content="600;url=/x/">{WORDS}'),
        ("a page with a frame", f"{WORDS}<iframe src=/weather></iframe>"),
        ("a page with links and a script", "<a href=/a/>甲</a><script>if(0)location.href='/m/'</script>"),
        ("in a comment", '<!-- <meta http-equiv="refresh" content="0;url=/old/"> -->'),
        ("to itself", f'<meta http-equiv="refresh" content="0;url={URL}">'),
        ("to no address", '<meta http-equiv="refresh" content="0;url=javascript:1">'),
    ],
)
def test_what_is_no_shell(trait: str, html: str) -> None:
    assert shell_target(URL, html) is None, trait


def test_the_probe_looks_random_and_is_the_same_for_a_crawl() -> None:
    assert probe_url(f"{URL}a/b?c=1", 7) == probe_url(URL, 7)
    assert probe_url(URL, 7) != probe_url(URL, 8)
    assert probe_url(URL, 7) != probe_url("http://x.gov.cn/", 7)


def test_a_soft_404_says_the_same_whatever_it_was_asked() -> None:
    def missing(path: str, clock: str) -> str:
        return f"<ul><li>首页</li><li>要闻</li></ul><p>页面不存在</p><p>您访问的 {path}</p><i>现在 {clock}</i>"

    probe = fingerprint(missing("/3f2a/9c.html", "10:02"))
    assert is_soft_404(fingerprint(missing("/zwgk/nb/", "10:05")), probe)
    assert not is_soft_404(fingerprint(WORDS), probe)


def test_empty_pages_are_alike() -> None:
    assert is_soft_404(fingerprint("<html></html>"), fingerprint(""))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120.0),
        ("Sat, 21 Nov 2026 08:02:00 GMT", 120.0),
        ("Sat, 21 Nov 2026 07:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, datetime(2026, 11, 21, 8, 0, tzinfo=UTC)) == seconds


def test_a_blocked_portal_rests_seven_days() -> None:
    assert blocked_until("2026-01-29T08:00:00Z") == "2026-02-05T08:00:00Z"


@pytest.mark.parametrize("piece", ["<meta ", "<script", "<script>", "<", "<iframe ", "<a "])
def test_a_page_of_unclosed_tags_takes_no_time(piece: str) -> None:
    # The square of this size would take hours; all portals of a crawl share one process.
    hostile = piece * (1_000_000 // len(piece))
    assert challenge(200, {}, hostile) is None
    assert shell_target(URL, hostile) is None
    assert fingerprint(hostile) is not None


def test_numbers_that_no_server_means_are_no_numbers() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert retry_after("\u00b2", now) is None
    assert retry_after("Mon, 01 Jan 2026 00:00:00 +99999999999999999999", now) is None
    assert shell_target(URL, f'<meta http-equiv="refresh" content="{"1" * 5000};url=/x">' + WORDS) is None


@pytest.mark.parametrize(
    ("trait", "html", "is_stub"),
    [
        ("a script alone", "<html><head><script src='/x.js'></script></head><body></body></html>", True),
        ("a script and a request", "<script>go()</script><noscript>请开启JavaScript并刷新该页</noscript>", True),
        ("an application", "<title>里湖区</title><div id='app'></div><script src='/app.js'></script>", True),
        ("links", "<script>go()</script><a href='/gk/'>政务公开</a>", False),
        ("a frame", "<script>go()</script><iframe src='/list.html'></iframe>", False),
        ("words", f"<script>go()</script><p>{'湖' * 80}</p>", False),
        ("nothing at all", "<html><body></body></html>", False),
    ],
)
def test_a_page_of_scripts_alone(trait: str, html: str, is_stub: bool) -> None:
    assert (script_stub(html) is not None) is is_stub, trait
