"""No name leads a crawl into a private network, whichever way it is resolved."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from twisted.internet.defer import succeed

from crawler.addresses import (
    GuardedResolver,
    GuardedThreadedResolver,
    PrivateAddressError,
    check_literal,
    is_public,
    proxy_hosts,
    refused_in,
)

PRIVATE = {
    "private, 10": "10.1.2.3",
    "private, 172": "172.31.0.1",
    "private, 192": "192.168.0.1",
    "loopback": "127.0.0.1",
    "link-local": "169.254.169.254",
    "shared (CGNAT)": "100.64.0.1",
    "this network": "0.0.0.0",  # noqa: S104 an address to refuse
    "multicast": "224.0.0.251",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "documentation": "192.0.2.1",
    "loopback, IPv6": "::1",
    "link-local, IPv6, with its zone": "fe80::1%eth0",
    "unique local": "fd00::1",
    "multicast, IPv6": "ff02::1",
    "IPv4 mapped": "::ffff:10.0.0.1",
    "6to4": "2002:0a00:0001::1",
    "NAT64": "64:ff9b::a00:1",
}


class FakeResolver(AbstractResolver):
    """Knows one name, and counts how often it is asked."""

    def __init__(self, *addresses: str) -> None:
        self.addresses, self.asked = addresses, 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self.addresses
        ]

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("trait", PRIVATE)
def test_addresses_that_are_nobody_s_on_the_web_are_not_public(trait: str) -> None:
    assert not is_public(PRIVATE[trait])


@pytest.mark.parametrize(
    "address", ["1.25.240.11", "223.5.5.5", "2400:3200::1", "::ffff:223.5.5.5", "64:ff9b::df05:505"]
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    guarded = GuardedResolver(FakeResolver("223.5.5.5", "10.0.0.1"), frozenset)
    with pytest.raises(PrivateAddressError, match=r"leads to 10\.0\.0\.1, an address of a private"):
        asyncio.run(guarded.resolve("www.lihu.gov.cn", 80))


def test_what_was_looked_at_is_what_is_connected_to() -> None:
    inner = FakeResolver("223.5.5.5")
    found = asyncio.run(GuardedResolver(inner, frozenset).resolve("www.lihu.gov.cn", 80))
    assert ([result["host"] for result in found], inner.asked) == (["223.5.5.5"], 1)


def test_an_operator_s_proxy_may_stand_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://user:pass@Proxy.internal:3128")
    assert "proxy.internal" in proxy_hosts()
    guarded = GuardedResolver(FakeResolver("10.0.0.1"))
    assert asyncio.run(guarded.resolve("proxy.internal", 3128))[0]["host"] == "10.0.0.1"
    with pytest.raises(PrivateAddressError):
        asyncio.run(guarded.resolve("www.lihu.gov.cn", 80))


def test_addresses_in_place_of_names() -> None:
    check_literal("www.lihu.gov.cn", proxied=False)
    check_literal("1.25.240.11", proxied=False)
    check_literal("10.0.0.1", proxied=True)
    with pytest.raises(PrivateAddressError, match="it is an address"):
        check_literal("10.0.0.1", proxied=False)


def test_scrapy_s_own_resolver_refuses_too(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = {"www.lihu.gov.cn": "127.0.0.1", "www.dahe.gov.cn": "223.5.5.5"}
    base = GuardedThreadedResolver.__mro__[1]
    monkeypatch.setattr(base, "getHostByName", lambda _, name, timeout=(): succeed(addresses[name]))
    resolver = object.__new__(GuardedThreadedResolver)
    found: list[object] = []
    resolver.getHostByName("www.dahe.gov.cn").addCallback(found.append)
    resolver.getHostByName("www.lihu.gov.cn").addErrback(lambda failure: found.append(failure.value))
    assert found[0] == "223.5.5.5"
    assert isinstance(found[1], PrivateAddressError)


def test_the_refusal_is_found_behind_a_library_s_error() -> None:
    refusal, outer, hidden = PrivateAddressError("a.gov.cn", "10.0.0.1"), OSError("x"), OSError("y")
    outer.__cause__ = hidden
    assert refused_in(outer) is None
    hidden.__context__ = refusal
    assert refused_in(outer) is refusal


def test_a_crawl_without_a_proxy_sends_nothing_into_a_private_network(tmp_path: Path) -> None:
    """A portal whose name leads to this very machine, where somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        home = f"http://www.lihu.gov.cn:{listener.getsockname()[1]}/"
        portals = tmp_path / "portals.csv"
        portals.write_text(f"portal,adcode,name,home\nlihu,,里湖区,{home}\n", "utf-8")
        wish = {
            "data": str(tmp_path / "data"),
            "portals": str(portals),
            "only": [],
            "resolves": {"www.lihu.gov.cn": "127.0.0.1"},
            "options": {"delay": 1.0, "contact": "https://example.org/crawler"},
        }
        plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        ran = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.crawler.drive", json.dumps(wish)],
            capture_output=True,
            text=True,
            env=plain,
            cwd=Path(__file__).parents[2],
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        with pytest.raises(TimeoutError):
            listener.accept()
    (result,) = json.loads(ran.stdout)
    assert (result["status"], result["requests"]) == ("broken", 0)
    assert "www.lihu.gov.cn: not asked, it leads to 127.0.0.1" in result["reason"]
    with sqlite3.connect(tmp_path / "data" / "archive.db") as db:
        (told,) = db.execute("SELECT message FROM problems WHERE code = 'off_site'").fetchone()
    assert "leads to 127.0.0.1" in told
