"""The proxy plays hosts on http and https, refuses all others, and logs what it was asked."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from threading import Barrier, Thread
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest

from tests.replica.browser import Browser
from tests.replica.certificates import make_identity
from tests.replica.portal import Answer, Asked
from tests.replica.proxy import Proxy, Seen, overlapping
from tests.replica.web import Replica


def test_http_is_answered(web: Replica, browser: Browser) -> None:
    got = browser.ask("http://www.hqq.gov.cn/News/List?cat=118&page=2")
    assert (got.status, got.headers["content-type"]) == (200, "text/html; charset=utf-8")
    [seen] = web.requests
    assert (seen.scheme, seen.host, seen.path, seen.query) == (
        "http",
        "www.hqq.gov.cn",
        "/News/List",
        "cat=118&page=2",
    )
    assert (seen.method, seen.user_agent, seen.status) == ("GET", "replica-test/1", 200)
    assert seen.started <= seen.ended


def test_https_is_answered_under_a_certificate_of_the_throw_away_authority(web: Replica, browser: Browser) -> None:
    assert browser.ask("https://www.hongsibu.gov.cn/").status == 200
    [seen] = web.requests
    assert seen.url == "https://www.hongsibu.gov.cn/"


def test_nobody_else_trusts_the_certificate(web: Replica) -> None:
    with socket.create_connection(("127.0.0.1", int(web.proxy_url.rsplit(":", 1)[1])), timeout=10) as plain:
        plain.sendall(b"CONNECT www.hongsibu.gov.cn:443 HTTP/1.1\r\n\r\n")
        assert plain.recv(4096).startswith(b"HTTP/1.1 200")
        with pytest.raises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(plain, server_hostname="www.hongsibu.gov.cn")


@pytest.mark.parametrize("url", ["http://www.nx.gov.cn/", "http://files.example.org/x", "http://127.0.0.1/"])
def test_a_host_that_is_not_played_is_502_and_logged(web: Replica, browser: Browser, url: str) -> None:
    assert browser.ask(url).status == 502
    assert [(seen.url, seen.status) for seen in web.requests] == [(url, 502)]


def test_a_tunnel_to_a_host_that_is_not_played_is_refused_and_logged(web: Replica, browser: Browser) -> None:
    with pytest.raises(URLError):
        browser.ask("https://www.nx.gov.cn/")
    assert [(seen.method, seen.host, seen.status) for seen in web.requests] == [("CONNECT", "www.nx.gov.cn", 502)]


def test_https_is_refused_for_a_host_that_has_only_http(web: Replica, browser: Browser) -> None:
    with pytest.raises(URLError):
        browser.ask("https://www.hqq.gov.cn/")


def test_a_request_that_is_no_proxy_request_is_refused(web: Replica, browser: Browser) -> None:
    with socket.create_connection(("127.0.0.1", int(web.proxy_url.rsplit(":", 1)[1])), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert plain.recv(4096).startswith(b"HTTP/1.1 502")


def test_head_has_no_body_and_post_is_not_allowed(browser: Browser) -> None:
    head = browser.ask("http://www.hqq.gov.cn/", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) > 0
    assert browser.ask("http://www.hqq.gov.cn/", method="POST", data=b"a=b").status == 405


def test_http_is_sent_on_to_https_where_the_portal_does_so(browser: Browser) -> None:
    got = browser.ask("http://www.spt.gov.cn/robots.txt")
    assert (got.status, got.headers["location"]) == (301, "https://www.spt.gov.cn/robots.txt")


def test_a_copied_site_answers_with_the_copied_page(web: Replica, browser: Browser) -> None:
    path = urlsplit(web.truth[2].url).path
    copy = browser.ask(f"https://www.hongsibu.gov.cn.example.com{path}")
    assert copy.body == browser.ask(web.truth[2].url).body
    assert len(web.unlawful()) == 1


def test_requests_under_way_together_are_seen_to_overlap(tmp_path: Path) -> None:
    both = Barrier(2, timeout=20)

    class Meeting:
        def plays(self, scheme: str, host: str) -> bool:
            return True

        def answer(self, scheme: str, host: str, target: str, asked: Asked) -> Answer:
            both.wait()
            return Answer(b"")

    with Proxy(Meeting(), make_identity(["a.gov.cn"], tmp_path).server, 0.0) as proxy:
        serving = Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        clients = [Thread(target=_get, args=(proxy, f"http://{host}.changdu.gov.cn/")) for host in ("a", "b")]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        proxy.shutdown()
        serving.join()
    assert len(overlapping(proxy.log)) == 1


def _get(proxy: Proxy, url: str) -> None:
    with socket.create_connection(("127.0.0.1", proxy.server_address[1]), timeout=20) as plain:
        plain.sendall(f"GET {url} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
        while plain.recv(4096):
            pass


def test_requests_one_after_the_other_do_not_overlap(web: Replica, browser: Browser) -> None:
    for _ in range(5):
        browser.ask("https://karuo.changdu.gov.cn/")
        browser.ask("https://jiangda.changdu.gov.cn/")
    assert web.overlaps() == []
    assert {seen.site for seen in web.requests} == {"changdu.gov.cn"}


def test_only_requests_of_one_site_overlap() -> None:
    def seen(host: str, started: float, ended: float) -> Seen:
        return Seen("http", host, "/", "", "GET", "", started, ended, 200)

    log = [
        seen("www.a.gov.cn", 0, 2),
        seen("www.b.gov.cn", 1, 3),
        seen("x.a.gov.cn", 2, 4),
        seen("a.gov.cn", 3, 5),
    ]
    assert [(a.host, b.host) for a, b in overlapping(log)] == [("x.a.gov.cn", "a.gov.cn")]


def test_it_ends_while_a_client_keeps_its_connection_open() -> None:
    with Replica(portals=("karuo",)) as web:
        port = int(web.proxy_url.rsplit(":", 1)[1])
        plain = socket.create_connection(("127.0.0.1", port), timeout=10)
        plain.sendall(b"GET https://karuo.changdu.gov.cn/ HTTP/1.1\r\n\r\n")
        assert plain.recv(16).startswith(b"HTTP/1.1 200")
    with plain:
        while plain.recv(4096):
            pass


def test_an_unknown_portal_is_named() -> None:
    with pytest.raises(KeyError, match="atlantis"):
        Replica(portals=("atlantis",))
